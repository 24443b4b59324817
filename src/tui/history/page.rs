//! What stands in the panel on the life of a clause.

use super::{called, span, wordings};
use crate::library::PolicyId;
use crate::model::{ClauseId, ClauseLife, History, TextRange};
use crate::tui::glyphs::Glyph;
use crate::tui::text::{sanitize, wrap};
use crate::tui::theme::Role;
use crate::tui::view::Ctx;
use ratatui::text::{Line, Span};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// What can be opened from the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// One of the wordings, by its place among them.
    Wording(usize),
    /// The version that lacks the clause.
    Removal(usize),
    /// The clause of another site.
    Elsewhere(PolicyId, ClauseId),
}

/// The lines of the panel while they are written.
pub(super) struct Page<'a, 'c> {
    columns: usize,
    ctx: &'a Ctx<'c>,
    pub(super) lines: Vec<Line<'static>>,
    /// What can be opened, each with its lines.
    pub(super) targets: Vec<(Target, Range<usize>)>,
}

impl<'a, 'c> Page<'a, 'c> {
    pub(super) fn new(columns: usize, ctx: &'a Ctx<'c>) -> Self {
        Self {
            columns,
            ctx,
            lines: Vec::new(),
            targets: Vec::new(),
        }
    }

    /// Wrapped text in one style.
    pub(super) fn prose(&mut self, role: Role, text: &str) {
        let text = sanitize(text);
        for range in wrap(&text, TextRange::new(0, text.len()), self.columns.max(1)) {
            self.lines
                .push(Line::from(self.ctx.span(role, range.of(&text))));
        }
    }

    fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    /// What the target is, and lines that go with it.
    fn target(&mut self, target: Target, head: String, lines: Vec<Line<'static>>) {
        let first = self.lines.len();
        self.lines
            .push(Line::from(self.ctx.span(Role::Strong, head)));
        self.lines.extend(lines);
        self.targets.push((target, first..self.lines.len()));
    }

    /// When the clause came, changed and went, and its wordings, the newest first.
    pub(super) fn life(&mut self, life: &ClauseLife, history: &History) {
        let when = |place: usize| called(history, place);
        let first = when(life.first);
        let mut said = vec![if life.since_oldest {
            format!("there since the oldest recorded version, {first}")
        } else {
            format!("appeared {first}")
        }];
        said.extend(life.unread_note());
        said.push(if life.changed == life.first {
            "words never changed".to_owned()
        } else {
            format!("words last changed {}", when(life.changed))
        });
        said.extend(life.removed.map(|place| format!("removed {}", when(place))));
        match life.comes_and_goes() {
            Some((first, last)) if when(first) == when(last) => said.push(format!(
                "came and went {} times {}",
                life.gaps.len(),
                span(history, first, last)
            )),
            Some((first, last)) => said.push(format!(
                "came and went {} times, missing first {} and last {}",
                life.gaps.len(),
                when(first),
                when(last)
            )),
            None => {
                for &(from, to) in &life.gaps {
                    said.push(format!("missing {}", span(history, from, to)));
                }
            }
        }
        let dot = format!(" {} ", self.ctx.glyph(Glyph::Dot));
        self.prose(Role::Text, &said.join(&dot));
        self.blank();
        let all = history.versions.len();
        let version = |place: usize| format!("{}{dot}version {} of {all}", when(place), place + 1);
        if let Some(place) = life.removed {
            self.target(
                Target::Removal(place),
                format!("removed {}", version(place)),
                Vec::new(),
            );
            self.blank();
        }
        for row in life.rows().into_iter().rev() {
            let nth = *row.end();
            let Some((place, text)) = life.wordings.get(nth) else {
                continue;
            };
            let before = nth.checked_sub(1).and_then(|nth| life.wordings.get(nth));
            let before = before.map(|(_, text)| text.as_str());
            let lines = wordings::lines(before, text, self.columns, self.ctx);
            let mut head = version(*place);
            let several = nth - row.start() + 1;
            if let (2.., Some((first, _))) = (several, life.wordings.get(*row.start())) {
                let (texts, first) = (life.texts(&row), when(*first));
                head.push_str(&format!(
                    "{dot}{several} times back and forth between {texts} wordings since {first}"
                ));
            }
            self.target(Target::Wording(nth), head, lines);
            self.blank();
        }
    }

    /// Who else uses the words.
    pub(super) fn elsewhere(&mut self, others: &[(PolicyId, ClauseId)]) {
        let site = |id| Some(&self.ctx.library.get(id)?.facts.provenance.site);
        let sites: FxHashSet<_> = others.iter().filter_map(|(id, _)| site(*id)).collect();
        let mut others = others.to_vec();
        // The first place in each policy stands for all in it.
        let mut listed = FxHashSet::default();
        others.retain(|(id, _)| listed.insert(*id));
        let policies = match others.len() {
            count if count > sites.len() => format!("{count} policies of "),
            _ => String::new(),
        };
        let said = match sites.len() {
            0 => "No other site of the library uses these words.".to_owned(),
            1 => format!("The same words stand in {policies}1 other site:"),
            count => format!("The same words stand in {policies}{count} other sites:"),
        };
        self.prose(Role::Text, &said);
        for (policy, clause) in others {
            let entry = self.ctx.library.get(policy);
            let name = entry.map_or_else(String::new, |entry| sanitize(&entry.name).into_owned());
            let first = self.lines.len();
            self.lines.push(Line::from(Span::raw(name)));
            self.targets
                .push((Target::Elsewhere(policy, clause), first..first + 1));
        }
    }
}
