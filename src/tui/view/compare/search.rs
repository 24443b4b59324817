//! Searching both sides at once, folded rows included.

use crate::compare::Comparison;
use crate::model::{Pair, Policy, Side, TextRange};
use crate::tui::prompt::Prompt;
use crate::tui::scroll::Scroll;
use crate::tui::search::{End, Found, pattern};
use crate::tui::theme::Role;
use crate::tui::view::Ctx;
use ratatui::style::Style;
use regex::Regex;
use rustc_hash::FxHashSet;

/// A hit: the row of the comparison it stands in, its side, its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    pub(super) row: usize,
    pub(super) side: Side,
    pub(super) text: TextRange,
}

/// A search that is being typed, and what the view was like before.
#[derive(Debug)]
pub(super) struct Typing {
    pub(super) prompt: Prompt,
    /// The row of the comparison under the cursor.
    pub(super) row: usize,
    pub(super) scroll: Scroll,
    /// What was folded out.
    pub(super) open: FxHashSet<usize>,
}

/// What is searched for, and where it was found.
#[derive(Debug, Default)]
pub(super) struct Search {
    pub(super) typing: Option<Typing>,
    pub(super) found: Found<Hit>,
}

impl Search {
    /// Searches all rows of both sides.
    pub(super) fn find(&mut self, query: &str, comparison: &Comparison, policies: Pair<&Policy>) {
        let hits = pattern(query).map(|pattern| hits(&pattern, comparison, policies));
        self.found = Found::new(query, hits.unwrap_or_default());
    }

    /// Searches anew for the same in another comparison.
    pub(super) fn again(&mut self, comparison: &Comparison, policies: Pair<&Policy>) {
        let before = std::mem::take(&mut self.found);
        self.find(before.query(), comparison, policies);
    }

    /// Goes to the first hit in or after a row, or round to the first of all.
    pub(super) fn from(&mut self, row: usize) -> Option<Hit> {
        self.found.first_from(|hit| hit.row < row).copied()
    }

    /// Goes to the next hit, or the one before, seen from a row.
    pub(super) fn step(&mut self, row: usize, forward: bool) -> Option<(Hit, Option<End>)> {
        let (hit, end) = self.found.step(forward, |hit| hit.row < row)?;
        Some((*hit, end))
    }

    /// The hits of a side that lie in a stretch, with their styles.
    pub(super) fn styles(
        &self,
        side: Side,
        range: TextRange,
        ctx: &Ctx<'_>,
    ) -> Vec<(TextRange, Style)> {
        let current = self.found.current();
        let hits = self.found.hits();
        let mut styles: Vec<(TextRange, Style)> = hits
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

/// The hits on both sides, row by row.
fn hits(pattern: &Regex, comparison: &Comparison, policies: Pair<&Policy>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for side in Side::BOTH {
        let policy = policies[side];
        let rows = rows_of_clauses(comparison, side, policy.clauses.len());
        for found in pattern.find_iter(&policy.text) {
            let text = TextRange::new(found.start(), found.end());
            let clause = policy.clause_at(text.start);
            let row = clause.and_then(|id| rows.get(id.index()).copied().flatten());
            hits.extend(row.map(|row| Hit { row, side, text }));
        }
    }
    hits.sort_unstable();
    hits
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
