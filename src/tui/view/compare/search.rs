//! Searching both sides at once, folded rows included.

use crate::compare::Comparison;
use crate::model::{Pair, Policy, Side, TextRange};
use crate::tui::prompt::Prompt;
use crate::tui::search::pattern;
use crate::tui::theme::Role;
use crate::tui::view::Ctx;
use ratatui::style::Style;

/// A hit: the row of the comparison it stands in, its side, its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    pub(super) row: usize,
    pub(super) side: Side,
    pub(super) text: TextRange,
}

/// What is searched for, and where it was found.
#[derive(Debug, Default)]
pub(super) struct Search {
    /// The line that is being typed, and the row where typing began.
    pub(super) typing: Option<(Prompt, usize)>,
    query: String,
    hits: Vec<Hit>,
    current: Option<usize>,
}

impl Search {
    /// Searches all rows of both sides.
    pub(super) fn find(&mut self, query: &str, comparison: &Comparison, policies: Pair<&Policy>) {
        query.clone_into(&mut self.query);
        self.current = None;
        self.hits.clear();
        let Some(pattern) = pattern(query) else {
            return;
        };
        for side in Side::BOTH {
            let policy = policies[side];
            let rows = rows_of_clauses(comparison, side, policy.clauses.len());
            for found in pattern.find_iter(&policy.text) {
                let text = TextRange::new(found.start(), found.end());
                let clause = policy.clause_at(text.start);
                let row = clause.and_then(|id| rows.get(id.index()).copied().flatten());
                self.hits.extend(row.map(|row| Hit { row, side, text }));
            }
        }
        self.hits.sort_unstable();
    }

    /// Searches anew for the same in another comparison.
    pub(super) fn again(&mut self, comparison: &Comparison, policies: Pair<&Policy>) {
        let query = std::mem::take(&mut self.query);
        self.find(&query, comparison, policies);
    }

    /// Forgets what was searched for.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.query.is_empty()
    }

    /// `3/17`, or `no hit`; nothing when nothing is searched for.
    pub(super) fn count(&self) -> Option<String> {
        if self.query.is_empty() {
            return None;
        }
        Some(match (self.current, self.hits.len()) {
            (_, 0) => "no hit".to_owned(),
            (Some(at), all) => format!("{}/{all}", at + 1),
            (None, all) => format!("{all} hits"),
        })
    }

    /// Goes to the first hit in or after a row, or round to the first of all.
    pub(super) fn from(&mut self, row: usize) -> Option<Hit> {
        let next = self.hits.partition_point(|hit| hit.row < row);
        self.go(next % self.hits.len().max(1))
    }

    /// Goes to the next hit, or the one before.
    pub(super) fn step(&mut self, row: usize, forward: bool) -> Option<Hit> {
        let all = self.hits.len().max(1);
        let next = match (self.current, forward) {
            (Some(at), true) => (at + 1) % all,
            (Some(at), false) => at.checked_sub(1).unwrap_or(all - 1),
            (None, true) => self.hits.partition_point(|hit| hit.row < row) % all,
            (None, false) => self
                .hits
                .partition_point(|hit| hit.row < row)
                .checked_sub(1)
                .unwrap_or(all - 1),
        };
        self.go(next)
    }

    fn go(&mut self, at: usize) -> Option<Hit> {
        self.current = (at < self.hits.len()).then_some(at);
        self.hits.get(at).copied()
    }

    /// The hits of a side that lie in a stretch, with their styles.
    pub(super) fn styles(
        &self,
        side: Side,
        range: TextRange,
        ctx: &Ctx<'_>,
    ) -> Vec<(TextRange, Style)> {
        let current = self.current.and_then(|at| self.hits.get(at));
        let mut styles: Vec<(TextRange, Style)> = self
            .hits
            .iter()
            .filter(|hit| hit.side == side && hit.text.overlaps(range))
            .map(|hit| {
                let role = if Some(hit) == current {
                    Role::MatchCurrent
                } else {
                    Role::Match
                };
                (hit.text, ctx.style(role))
            })
            .collect();
        styles.sort_by_key(|(range, _)| range.start);
        styles.dedup_by_key(|(range, _)| range.start);
        styles
    }
}

/// For each clause of a side, the first row that shows it.
fn rows_of_clauses(comparison: &Comparison, side: Side, clauses: usize) -> Vec<Option<usize>> {
    let mut rows = vec![None; clauses];
    for (at, row) in comparison.rows.iter().enumerate() {
        for id in &row.clauses[side] {
            if let Some(slot) = rows.get_mut(id.index()) {
                slot.get_or_insert(at);
            }
        }
    }
    rows
}
