//! Lines by practice: a question, what both sides answer, and below that the sentences which prove it.

use super::{Builder, Line, What, is_difference};
use crate::compare::{Comparison, PracticeVerdict, RowKind, Verdict};
use crate::model::{Pair, Side, TextRange};
use crate::tui::text::wrap;

/// Columns before the words of a question: cursor, sign, topic and the spaces between them.
pub(in crate::tui::view::compare) const BEFORE_QUESTION: u16 = 6;

/// Columns that a question leaves free behind it.
const BEHIND_QUESTION: usize = 2;

/// What a side answers at a row, in words; nothing where it has nothing to add there.
pub(in crate::tui::view::compare) fn said(
    comparison: &Comparison,
    row: usize,
    side: Side,
) -> String {
    match comparison.practice_of(row) {
        Some(found) if found.rows.start == row => comparison.said(found, side),
        _ => comparison
            .proof(row, side)
            .map_or_else(String::new, |proof| {
                format!("but also {}", proof.answer.label())
            }),
    }
}

impl Builder<'_> {
    pub(super) fn by_practice(&mut self) {
        let comparison = self.comparison;
        let on_topic = |(_, found): &(usize, &PracticeVerdict)| {
            let topic = self.shown.topic;
            topic.is_none_or(|topic| topic == found.question.topic)
        };
        let practices = comparison.practices.iter().enumerate().filter(on_topic);
        let shown: Vec<(usize, &PracticeVerdict)> = practices.collect();
        if shown.is_empty() {
            return self.note("No question is on this topic.");
        }
        let stated = shown.partition_point(|(_, found)| found.verdict != Verdict::Neither);
        let (answered, unanswered) = shown.split_at(stated);
        for (practice, found) in answered {
            self.answered(*practice, found);
        }
        self.unanswered(unanswered);
    }

    fn answered(&mut self, practice: usize, found: &PracticeVerdict) {
        let foldable = found.verdict == Verdict::Same && self.shown.topic.is_none();
        let folded = foldable && !self.shown.is_open(found.rows.start);
        if !(folded && self.is_below_fold()) {
            self.blank();
        }
        self.question(practice, found.rows.start, folded);
        if !folded {
            for row in found.rows.clone() {
                self.statements(row);
            }
        }
    }

    /// What neither side answers, folded under one line. Such questions have no row: they are counted
    /// on behind the last.
    fn unanswered(&mut self, silent: &[(usize, &PracticeVerdict)]) {
        if silent.is_empty() {
            return;
        }
        let row = self.comparison.rows.len();
        self.blank();
        self.rows.heads.push(self.rows.lines.len());
        self.push(What::Neither { row });
        if self.shown.topic.is_some() || self.shown.is_open(row) {
            for ((practice, _), row) in silent.iter().zip(row + 1..) {
                self.question(*practice, row, true);
            }
        }
    }

    fn is_below_fold(&self) -> bool {
        let above = self.rows.lines.last();
        above.is_some_and(|line| matches!(line.what, What::Question { folded: true, .. }))
    }

    fn question(&mut self, practice: usize, row: usize, folded: bool) {
        let Some(found) = self.comparison.practices.get(practice) else {
            return;
        };
        self.rows.heads.push(self.rows.lines.len());
        let content = self.comparison.rows.get(row);
        if content.is_some_and(|content| is_difference(content, self.shown)) {
            self.rows.stops.push(self.rows.lines.len());
        }
        let text = &found.question.text;
        let width = self.width.saturating_sub(BEFORE_QUESTION.into());
        let width = width.saturating_sub(BEHIND_QUESTION).max(1);
        for range in wrap(text, TextRange::new(0, text.len()), width) {
            let what = What::Question {
                practice,
                row,
                folded,
            };
            let text = Pair::new(Some(range), None);
            self.rows.lines.push(Line::new(what, text));
        }
    }

    /// What both sides answer and the sentences that prove it: beside each other, or in one column one
    /// side after the other.
    fn statements(&mut self, row: usize) {
        let Some(content) = self.comparison.rows.get(row) else {
            return;
        };
        let answers = Pair::new(self.answer(row, Side::Left), self.answer(row, Side::Right));
        let proofs = self.both(content, false);
        let sentences = What::Cells { row, first: false };
        let mut first = content.kind == RowKind::Contrary;
        if !self.rows.unified {
            self.level(What::Answer { row, first }, &answers);
            return self.level(sentences, &proofs);
        }
        for side in Side::BOTH {
            if answers[side].is_empty() {
                continue;
            }
            let alone = |ranges: &[TextRange]| {
                let mut pair = Pair::<Vec<TextRange>>::default();
                pair[side] = ranges.to_vec();
                pair
            };
            self.level(What::Answer { row, first }, &alone(&answers[side]));
            self.level(sentences, &alone(&proofs[side]));
            first = false;
        }
    }

    /// The wrapped words of an answer, as places in [`said`].
    fn answer(&self, row: usize, side: Side) -> Vec<TextRange> {
        let words = said(self.comparison, row, side);
        if words.is_empty() {
            return Vec::new();
        }
        wrap(
            &words,
            TextRange::new(0, words.len()),
            self.text_width[side],
        )
    }

    /// Puts stretches of both sides beside each other, the shorter side padded.
    fn level(&mut self, what: What, both: &Pair<Vec<TextRange>>) {
        for at in 0..both.left.len().max(both.right.len()) {
            let text = Pair::new(both.left.get(at).copied(), both.right.get(at).copied());
            let what = match what {
                What::Answer { row, first } => What::Answer {
                    row,
                    first: first && at == 0,
                },
                other => other,
            };
            self.rows.lines.push(Line::new(what, text));
        }
    }
}
