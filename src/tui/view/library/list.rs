//! The lines of the list: order, cursor, columns.

use super::Ctx;
use crate::library::{Entry, PolicyId};
use crate::model::{Policy, Topic, VersionDate};
use crate::tui::action::Action;
use crate::tui::fuzzy::{Fuzzy, Hit};
use crate::tui::glyphs::Glyph;
use crate::tui::scroll::Scroll;
use crate::tui::text::{sanitize, truncate, width};
use crate::tui::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use std::cmp::Ordering;

/// Columns of the version's date.
const DATE: usize = 12;

/// Columns of the number of words.
const WORDS: usize = 7;

/// Columns of the topics, one each.
const TOPICS: usize = Topic::ALL.len();

/// Heights of a topic's bar, from least to most, and the same in plain ASCII.
const BARS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
const ASCII_BARS: [&str; 8] = ["1", "2", "3", "4", "5", "6", "7", "8"];

/// What the list is ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum SortBy {
    #[default]
    Site,
    Version,
    Words,
    Title,
    Found,
    /// While a query is there: the best match first.
    Likeness,
}

impl SortBy {
    pub(super) fn label(self) -> &'static str {
        match self {
            SortBy::Site => "site",
            SortBy::Version => "version",
            SortBy::Words => "words",
            SortBy::Title => "title",
            SortBy::Found => "place",
            SortBy::Likeness => "likeness",
        }
    }

    fn next(self) -> Self {
        match self {
            SortBy::Site => SortBy::Version,
            SortBy::Version => SortBy::Words,
            SortBy::Words => SortBy::Title,
            SortBy::Title => SortBy::Found,
            SortBy::Found | SortBy::Likeness => SortBy::Site,
        }
    }
}

/// A policy that is listed.
#[derive(Clone, Debug)]
struct Listed {
    id: PolicyId,
    /// What the query hit, in the text that [`haystack`] makes.
    hit: Hit,
    /// What a second line says, if there is one.
    second: Option<Second>,
}

/// Why an entry has a second line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Second {
    Host,
    Title,
    Path,
}

/// The list.
#[derive(Debug, Default)]
pub(super) struct List {
    listed: Vec<Listed>,
    /// For each line of the list, which entry it belongs to.
    lines: Vec<usize>,
    cursor: usize,
    scroll: Scroll,
    area: Rect,
    sort: SortBy,
    reversed: bool,
    fuzzy: Fuzzy,
    querying: bool,
}

impl List {
    /// The policy under the cursor.
    pub(super) fn selected(&self) -> Option<PolicyId> {
        self.listed.get(self.cursor).map(|listed| listed.id)
    }

    /// How many policies are listed.
    pub(super) fn len(&self) -> usize {
        self.listed.len()
    }

    /// What the list is ordered by, and whether upwards.
    pub(super) fn order(&self) -> (SortBy, bool) {
        (
            if self.querying {
                SortBy::Likeness
            } else {
                self.sort
            },
            !self.reversed,
        )
    }

    pub(super) fn sort_next(&mut self) {
        self.sort = self.sort.next();
    }

    pub(super) fn reverse(&mut self) {
        self.reversed = !self.reversed;
    }

    pub(super) fn resize(&mut self, area: Rect) {
        self.area = area;
    }

    /// Lists what the query finds; the cursor stays on its policy where that is still listed.
    pub(super) fn refresh(&mut self, query: &str, ctx: &Ctx<'_>) {
        let selected = self.selected();
        self.querying = !query.trim().is_empty();
        self.listed = ctx
            .library
            .ids()
            .filter_map(|id| {
                let entry = ctx.library.get(id)?;
                let hit = self.fuzzy.score(query, &haystack(entry))?;
                let second = second_line(entry, &hit);
                Some(Listed { id, hit, second })
            })
            .collect();
        let (by, reversed) = (self.order().0, self.reversed);
        self.listed.sort_by(|a, b| {
            let order = compare(by, a, b, ctx);
            let order = if reversed && by != SortBy::Likeness {
                order.reverse()
            } else {
                order
            };
            order.then(a.id.cmp(&b.id))
        });
        self.lines.clear();
        for (index, listed) in self.listed.iter().enumerate() {
            self.lines.push(index);
            if listed.second.is_some() {
                self.lines.push(index);
            }
        }
        let place = selected.and_then(|id| self.listed.iter().position(|listed| listed.id == id));
        self.scroll.resize(
            self.lines.len(),
            usize::from(self.area.height.saturating_sub(1)),
        );
        self.go(place.unwrap_or(self.cursor));
    }

    /// Puts the cursor on the best match.
    pub(super) fn select_best(&mut self) {
        self.go(0);
    }

    fn go(&mut self, to: usize) {
        self.cursor = to.min(self.listed.len().saturating_sub(1));
        let first = self.lines.partition_point(|&entry| entry < self.cursor);
        let end = self.lines.partition_point(|&entry| entry <= self.cursor);
        self.scroll.to(first);
        self.scroll.reveal(first..end);
    }

    pub(super) fn step(&mut self, action: Action) {
        let page = usize::from(self.area.height.saturating_sub(2)).max(1);
        let to = match action {
            Action::Up => self.cursor.saturating_sub(1),
            Action::Down => self.cursor + 1,
            Action::PageUp => self.cursor.saturating_sub(page),
            Action::PageDown => self.cursor + page,
            Action::HalfPageUp => self.cursor.saturating_sub(page / 2),
            Action::HalfPageDown => self.cursor + page / 2,
            Action::Top => 0,
            Action::Bottom => self.listed.len(),
            Action::ScrollUp => return self.scroll.wheel(-1),
            Action::ScrollDown => return self.scroll.wheel(1),
            _ => return,
        };
        self.go(to);
    }

    pub(super) fn wheel(&mut self, rows: isize) {
        self.scroll.wheel(rows);
        self.cursor = self.lines.get(self.scroll.cursor()).copied().unwrap_or(0);
    }

    /// Moves to the entry at a row of the screen; whether there is one.
    pub(super) fn click(&mut self, row: u16) -> bool {
        let Some(below) = row.checked_sub(self.area.y + 1) else {
            return false;
        };
        let line = self.scroll.top() + usize::from(below);
        let entry = self.lines.get(line).copied();
        if let Some(entry) = entry {
            self.go(entry);
        }
        entry.is_some()
    }

    pub(super) fn render(
        &self,
        marked: Option<PolicyId>,
        focused: bool,
        buffer: &mut Buffer,
        ctx: &Ctx<'_>,
    ) {
        let columns = Columns::for_width(usize::from(self.area.width));
        let head = columns.head(ctx);
        buffer.set_line(self.area.x, self.area.y, &head, self.area.width);
        if self.listed.is_empty() {
            let empty = if self.querying {
                "  nothing matches"
            } else {
                "  no policies were found"
            };
            let line = Line::from(ctx.span(Role::Dim, empty));
            buffer.set_line(self.area.x, self.area.y + 1, &line, self.area.width);
        }
        for (line, y) in self
            .scroll
            .visible()
            .zip(self.area.y + 1..self.area.bottom())
        {
            let Some(&index) = self.lines.get(line) else {
                continue;
            };
            let Some(listed) = self.listed.get(index) else {
                continue;
            };
            let Some(entry) = ctx.library.get(listed.id) else {
                continue;
            };
            let first = line == 0 || self.lines.get(line - 1) != Some(&index);
            let current = index == self.cursor;
            let drawn = if first {
                columns.row(listed, entry, marked == Some(listed.id), current, ctx)
            } else {
                columns.second(listed, entry, ctx)
            };
            buffer.set_line(self.area.x, y, &drawn, self.area.width);
            if current {
                let style = if focused {
                    ctx.style(Role::Focus)
                } else {
                    ctx.style(Role::Current)
                };
                buffer.set_style(
                    Rect {
                        y,
                        height: 1,
                        ..self.area
                    },
                    style,
                );
            }
        }
    }
}

/// What a query is matched with: site, host, title.
fn haystack(entry: &Entry) -> String {
    let provenance = &entry.policy.provenance;
    let host = provenance.host.as_deref().unwrap_or("");
    let named = if entry.name.starts_with(&provenance.site) {
        &entry.name
    } else {
        &provenance.site
    };
    format!(
        "{} {host} {}",
        sanitize(named),
        sanitize(&entry.policy.title)
    )
}

/// Where site, host and title begin in the [`haystack`].
fn fields(entry: &Entry) -> [usize; 3] {
    let provenance = &entry.policy.provenance;
    let named = if entry.name.starts_with(&provenance.site) {
        &entry.name
    } else {
        &provenance.site
    };
    let host = sanitize(named).len() + 1;
    let title = host + provenance.host.as_deref().unwrap_or("").len() + 1;
    [0, host, title]
}

/// A second line names the page's host where it is not the site's, the file where the name needs
/// it, and otherwise whatever the query hit beside the site.
fn second_line(entry: &Entry, hit: &Hit) -> Option<Second> {
    let [_, host, title] = fields(entry);
    let hits = |from: usize, to: usize| hit.at.iter().filter(|&&at| from <= at && at < to).count();
    let (in_site, in_host, in_title) = (hits(0, host), hits(host, title), hits(title, usize::MAX));
    if in_title > in_site && in_title >= in_host {
        return Some(Second::Title);
    }
    if entry.policy.provenance.foreign_host().is_some() || in_host > in_site {
        return Some(Second::Host);
    }
    entry.name.ends_with(')').then_some(Second::Path)
}

fn date(policy: &Policy) -> String {
    policy
        .version()
        .map_or_else(String::new, |version| version.to_string())
}

fn compare(by: SortBy, a: &Listed, b: &Listed, ctx: &Ctx<'_>) -> Ordering {
    if by == SortBy::Likeness {
        return b.hit.score.cmp(&a.hit.score);
    }
    let (Some(x), Some(y)) = (ctx.library.get(a.id), ctx.library.get(b.id)) else {
        return Ordering::Equal;
    };
    match by {
        SortBy::Site => x.name.to_lowercase().cmp(&y.name.to_lowercase()),
        SortBy::Version => {
            let date = |entry: &Entry| entry.policy.version().map(VersionDate::date);
            date(x).cmp(&date(y))
        }
        SortBy::Words => x.words.cmp(&y.words),
        SortBy::Title => x
            .policy
            .title
            .to_lowercase()
            .cmp(&y.policy.title.to_lowercase()),
        SortBy::Found | SortBy::Likeness => a.id.cmp(&b.id),
    }
}

/// Which columns fit, and how wide the site may be.
struct Columns {
    site: usize,
    date: bool,
    words: bool,
    topics: bool,
}

impl Columns {
    fn for_width(width: usize) -> Self {
        // Cursor and mark stand before the site; the least useful column goes first.
        let rest = width.saturating_sub(3);
        let fits = |columns: usize, site: usize| rest >= columns + site;
        let date = fits(DATE + 2, 14);
        let topics = fits(DATE + TOPICS + 4, 18);
        let words = fits(DATE + TOPICS + WORDS + 6, 20);
        let used = usize::from(date) * (DATE + 2)
            + usize::from(topics) * (TOPICS + 2)
            + usize::from(words) * (WORDS + 2);
        Self {
            site: rest.saturating_sub(used),
            date,
            words,
            topics,
        }
    }

    fn head(&self, ctx: &Ctx<'_>) -> Line<'static> {
        let dim = |text: String| ctx.span(Role::Dim, text);
        let mut spans = vec![dim(format!("   {:<1$}", "site", self.site))];
        if self.date {
            spans.push(dim(format!("  {:<DATE$}", "version")));
        }
        if self.words {
            spans.push(dim(format!("  {:>WORDS$}", "words")));
        }
        if self.topics {
            spans.push(dim("  ".to_owned()));
            for topic in Topic::ALL {
                spans.push(Span::styled(
                    topic.sign().to_string(),
                    ctx.theme.topic(topic),
                ));
            }
        }
        Line::from(spans)
    }

    fn row(
        &self,
        listed: &Listed,
        entry: &Entry,
        marked: bool,
        current: bool,
        ctx: &Ctx<'_>,
    ) -> Line<'static> {
        let cursor = if current {
            ctx.glyph(Glyph::Cursor)
        } else {
            " "
        };
        let mark = if marked { "L" } else { " " };
        let mut spans = vec![ctx.span(Role::Accent, format!("{cursor}{mark} "))];
        let shown = if self.date {
            &entry.policy.provenance.site
        } else {
            &entry.name
        };
        spans.extend(self.name(shown, 0, &listed.hit, ctx));
        if self.date {
            spans.push(ctx.span(Role::Dim, format!("  {:<DATE$}", date(&entry.policy))));
        }
        if self.words {
            spans.push(ctx.span(Role::Text, format!("  {:>WORDS$}", entry.words)));
        }
        if self.topics {
            spans.push(Span::raw("  "));
            spans.extend(bars(listed.id, ctx));
        }
        Line::from(spans)
    }

    /// The site, cut to its column, with the matched letters marked.
    fn name(&self, text: &str, offset: usize, hit: &Hit, ctx: &Ctx<'_>) -> Vec<Span<'static>> {
        let text = sanitize(text);
        let shown = truncate(&text, self.site, ctx.glyph(Glyph::Ellipsis));
        let mut spans = marked(&shown, offset, hit, ctx.style(Role::Text), ctx);
        spans.push(Span::raw(
            " ".repeat(self.site.saturating_sub(width(&shown))),
        ));
        spans
    }

    fn second(&self, listed: &Listed, entry: &Entry, ctx: &Ctx<'_>) -> Line<'static> {
        let [_, host, title] = fields(entry);
        let (lead, text, offset) = match listed.second {
            Some(Second::Title) => ("title: ", entry.policy.title.clone(), title),
            Some(Second::Path) => (
                "file: ",
                entry.policy.provenance.origin.to_string(),
                usize::MAX / 2,
            ),
            _ => (
                "page: ",
                entry.policy.provenance.host.clone().unwrap_or_default(),
                host,
            ),
        };
        let mut spans = vec![ctx.span(Role::Dim, format!("     {lead}"))];
        spans.extend(marked(
            &sanitize(&text),
            offset,
            &listed.hit,
            ctx.style(Role::Dim),
            ctx,
        ));
        Line::from(spans)
    }
}

/// Text with the letters marked that the query hit.
fn marked(text: &str, offset: usize, hit: &Hit, base: Style, ctx: &Ctx<'_>) -> Vec<Span<'static>> {
    let matched = base.patch(ctx.style(Role::Match));
    let mut spans: Vec<Span<'static>> = Vec::new();
    for (at, c) in text.char_indices() {
        let style = if hit.at.binary_search(&(offset + at)).is_ok() {
            matched
        } else {
            base
        };
        match spans.last_mut() {
            Some(last) if last.style == style => last.content.to_mut().push(c),
            _ => spans.push(Span::styled(c.to_string(), style)),
        }
    }
    spans
}

/// One bar a topic: how much of the policy speaks of it.
fn bars(id: PolicyId, ctx: &Ctx<'_>) -> Vec<Span<'static>> {
    let labels = ctx.library.labels(id);
    let mut counts = [0usize; TOPICS];
    for clause in &labels.clauses {
        for scored in &clause.topics {
            counts[scored.topic.index()] += 1;
        }
    }
    let heights = if ctx.glyphs.ascii { ASCII_BARS } else { BARS };
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    Topic::ALL
        .iter()
        .map(|&topic| match counts[topic.index()] {
            0 => ctx.span(Role::Dim, ctx.glyph(Glyph::BarNone)),
            count => {
                let height = (count * heights.len())
                    .div_ceil(most)
                    .clamp(1, heights.len());
                Span::styled(heights[height - 1], ctx.theme.topic(topic))
            }
        })
        .collect()
}
