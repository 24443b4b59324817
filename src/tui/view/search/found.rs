//! What was found, laid out as rows: a line for each site, under it its hits. Only where a row
//! stands is worked out for all of them; what it looks like is drawn when it is seen.

use super::Asked;
use super::snippet::Snippet;
use crate::library::PolicyId;
use crate::library::search::{Hit, Results, SiteHits};
use crate::tui::action::Action;
use crate::tui::effect::Sought;
use crate::tui::scroll::Scroll;
use crate::tui::view::Moved;
use ratatui::layout::Rect;
use std::ops::Range;
use std::sync::Arc;

/// Text is not wider than this, in columns: longer lines are hard to read.
const WIDEST: u16 = 100;

/// From this width on, topics stand before the text.
const WITH_TOPICS: u16 = 60;

/// From this height on, a hit has up to three lines and sites stand apart.
const ROOMY: u16 = 12;

/// Columns before a text with its topic, and without.
const LEAD: u16 = 7;
const LEAD_ALONE: u16 = 3;

/// What stands on one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// A site, by its place.
    Site(usize),
    /// What there is to say of a hit beside its text.
    Note(usize),
    /// A line of a hit's text.
    Text(usize, usize),
    Gap,
}

/// What was found, where it stands, and which hit is under the cursor.
#[derive(Debug)]
pub(super) struct Found {
    results: Arc<Results>,
    asked: Asked,
    /// The site of each hit and its place there.
    hits: Vec<(usize, usize)>,
    snippets: Vec<Snippet>,
    rows: Vec<Row>,
    /// The rows of each hit.
    stands: Vec<Range<usize>>,
    cursor: usize,
    scroll: Scroll,
    with_topics: bool,
}

impl Found {
    /// What was found. When the same was looked for before, the cursor stays on its hit.
    pub(super) fn new(results: &Arc<Results>, asked: Asked, before: Option<Found>) -> Self {
        let sites = results.sites.iter().enumerate();
        let hits = sites.flat_map(|(site, hits)| (0..hits.hits.len()).map(move |at| (site, at)));
        let mut found = Self {
            results: Arc::clone(results),
            hits: hits.collect(),
            asked,
            snippets: Vec::new(),
            rows: Vec::new(),
            stands: Vec::new(),
            cursor: 0,
            scroll: Scroll::default(),
            with_topics: false,
        };
        let same = before.filter(|before| before.asked.sought == found.asked.sought);
        if let Some(hit) = same.as_ref().and_then(Found::current) {
            let is_it = |other: &Hit| other.policy == hit.policy && other.text == hit.text;
            found.cursor = results.hits().position(is_it).unwrap_or(0);
        }
        found
    }

    /// Goes over to another library; hits in policies that it does not have are gone. To be laid out
    /// again.
    pub(super) fn moves(&mut self, moved: &Moved<'_>) {
        let current = self.current().map(|hit| hit.text.clone());
        let mut results = Results::clone(&self.results);
        for site in &mut results.sites {
            site.hits.retain_mut(|hit| {
                let now = moved.policy(hit.policy);
                hit.policy = now.unwrap_or(hit.policy);
                now.is_some()
            });
        }
        results.sites.retain(|site| !site.hits.is_empty());
        *self = Self::new(&Arc::new(results), self.asked.clone(), None);
        let is_it = |hit: &Hit| Some(&hit.text) == current.as_ref();
        self.cursor = self.results.hits().position(is_it).unwrap_or(0);
    }

    /// Lays the rows out for an area.
    pub(super) fn lay(&mut self, area: Rect) {
        let roomy = area.height >= ROOMY;
        self.with_topics = area.width >= WITH_TOPICS;
        let columns = area.width.saturating_sub(self.lead() + 2).clamp(1, WIDEST);
        let most = if roomy { 3 } else { 2 };
        let snippet = |hit: &Hit| Snippet::of(&hit.text, &hit.marks, columns.into(), most);
        self.snippets = self.results.hits().map(snippet).collect();
        self.rows.clear();
        self.stands.clear();
        let mut site_before = None;
        for (at, snippet) in self.snippets.iter().enumerate() {
            let site = self.hits.get(at).map(|(site, _)| *site);
            let mut start = self.rows.len();
            if site != site_before {
                if roomy && at > 0 {
                    self.rows.push(Row::Gap);
                    start += 1;
                }
                self.rows.extend(site.map(Row::Site));
            }
            site_before = site;
            if self.has_note(at) {
                self.rows.push(Row::Note(at));
            }
            self.rows
                .extend((0..snippet.lines.len()).map(|line| Row::Text(at, line)));
            self.stands.push(start..self.rows.len());
        }
        self.scroll.resize(self.rows.len(), area.height.into());
        self.to(self.cursor);
    }

    /// Columns before the text of a hit.
    pub(super) fn lead(&self) -> u16 {
        if self.with_topics { LEAD } else { LEAD_ALONE }
    }

    pub(super) fn has_topics(&self) -> bool {
        self.with_topics
    }

    /// Whether there is more to say of a hit than its site does.
    fn has_note(&self, at: usize) -> bool {
        self.is_by_likeness()
            || self.asked.versions
            || self
                .site_of(at)
                .is_some_and(|site| one_policy(site).is_none())
    }

    /// Whether clauses like another one were looked for.
    pub(super) fn is_by_likeness(&self) -> bool {
        matches!(self.asked.sought, Sought::Like(..))
    }

    pub(super) fn results(&self) -> &Results {
        &self.results
    }

    pub(super) fn asked(&self) -> &Asked {
        &self.asked
    }

    pub(super) fn is_empty(&self) -> bool {
        self.hits.is_empty()
    }

    /// How many hits there are.
    pub(super) fn count(&self) -> usize {
        self.hits.len()
    }

    pub(super) fn cursor(&self) -> usize {
        self.cursor
    }

    /// What stands on the rows in sight.
    pub(super) fn visible(&self) -> &[Row] {
        self.rows.get(self.scroll.visible()).unwrap_or_default()
    }

    pub(super) fn hit(&self, at: usize) -> Option<&Hit> {
        let (site, place) = *self.hits.get(at)?;
        self.results.sites.get(site)?.hits.get(place)
    }

    pub(super) fn site(&self, site: usize) -> Option<&SiteHits> {
        self.results.sites.get(site)
    }

    /// The site of a hit.
    pub(super) fn site_of(&self, at: usize) -> Option<&SiteHits> {
        self.site(self.hits.get(at)?.0)
    }

    pub(super) fn snippet(&self, at: usize) -> Option<&Snippet> {
        self.snippets.get(at)
    }

    /// The hit under the cursor.
    pub(super) fn current(&self) -> Option<&Hit> {
        self.hit(self.cursor)
    }

    fn to(&mut self, at: usize) {
        self.cursor = at.min(self.hits.len().saturating_sub(1));
        if let Some(stand) = self.stands.get(self.cursor) {
            self.scroll.reveal(stand.clone());
        }
    }

    /// To the first hit of the site after, or before.
    fn step_site(&mut self, forward: bool) {
        let Some(&(site, place)) = self.hits.get(self.cursor) else {
            return;
        };
        let wanted = match (forward, place) {
            (true, _) => site + 1,
            (false, 0) => site.saturating_sub(1),
            (false, _) => site,
        };
        if let Some(at) = self.hits.iter().position(|&(site, _)| site == wanted) {
            self.to(at);
        }
    }

    /// Moves by half screens, and the cursor to what is then at the top.
    fn page(&mut self, halves: isize) {
        let rows = isize::try_from((self.scroll.height() / 2).max(1)).unwrap_or(1);
        let before = self.scroll.top();
        self.scroll.wheel(rows.saturating_mul(halves));
        let top = self.scroll.top();
        if top == before {
            return self.to(if halves > 0 { usize::MAX } else { 0 });
        }
        let shown = self.stands.iter().position(|stand| stand.start >= top);
        self.to(shown.unwrap_or(self.cursor));
    }

    /// Carries out a movement; whether it is one.
    pub(super) fn update(&mut self, action: Action) -> bool {
        match action {
            Action::Up => self.to(self.cursor.saturating_sub(1)),
            Action::Down => self.to(self.cursor + 1),
            Action::ScrollUp => self.scroll.wheel(-1),
            Action::ScrollDown => self.scroll.wheel(1),
            Action::PageUp => self.page(-2),
            Action::PageDown => self.page(2),
            Action::HalfPageUp => self.page(-1),
            Action::HalfPageDown => self.page(1),
            Action::Top => self.to(0),
            Action::Bottom => self.to(usize::MAX),
            Action::NextSection => self.step_site(true),
            Action::PreviousSection => self.step_site(false),
            _ => return false,
        }
        true
    }

    pub(super) fn wheel(&mut self, rows: isize) {
        self.scroll.wheel(rows);
    }

    /// Puts the cursor on the hit in a row of the window; whether there is one.
    pub(super) fn click(&mut self, row: usize) -> bool {
        let row = row + self.scroll.top();
        let at = self.stands.iter().position(|stand| stand.contains(&row));
        if let Some(at) = at {
            self.to(at);
        }
        at.is_some()
    }
}

/// The policy of all hits of a site, when it is one.
pub(super) fn one_policy(site: &SiteHits) -> Option<PolicyId> {
    let first = site.hits.first()?.policy;
    let same = site.hits.iter().all(|hit| hit.policy == first);
    same.then_some(first)
}
