//! Lines by topic: a head for each topic, its rows, and what neither side speaks of.

use super::{Builder, What};
use crate::compare::{Row, RowKind, Verdict};
use crate::model::Side;
use std::ops::Range;

impl Builder<'_> {
    pub(super) fn by_topic(&mut self) {
        let mut neither = false;
        for (index, verdict) in self.comparison.topics.iter().enumerate() {
            if self.shown.topic.is_some_and(|topic| topic != verdict.topic) {
                continue;
            }
            if verdict.verdict == Verdict::Neither && self.shown.topic.is_none() {
                neither = true;
                continue;
            }
            self.topic(index, verdict.verdict, verdict.rows.clone());
        }
        if self.shown.topic.is_none() && !self.comparison.rest.is_empty() {
            self.on_no_topic(self.comparison.rest.clone());
        }
        if neither {
            self.blank();
            self.rows.heads.push(self.rows.lines.len());
            let row = self.comparison.rows.len();
            self.push(What::Neither { row });
        }
    }

    fn topic(&mut self, index: usize, verdict: Verdict, rows: Range<usize>) {
        let content: &[Row] = self.comparison.rows.get(rows.clone()).unwrap_or(&[]);
        // Only what is the same word for word may be out of sight.
        let equal = content.iter().all(|row| row.kind == RowKind::Same);
        let foldable = verdict == Verdict::Same && equal && self.shown.topic.is_none();
        let folded = foldable && !self.shown.is_open(rows.start);
        self.blank();
        self.rows.heads.push(self.rows.lines.len());
        self.push(What::Topic {
            topic: index,
            folded,
            row: rows.start,
        });
        if folded {
            return;
        }
        self.pairs_and_rest(rows, content);
        for side in Side::BOTH {
            if content.iter().all(|row| row.clauses[side].is_empty()) {
                self.not_stated(index, side);
            }
        }
    }

    /// Clauses on no topic: shown as if that were one, but nobody has to speak of it.
    fn on_no_topic(&mut self, rows: Range<usize>) {
        let content: &[Row] = self.comparison.rows.get(rows.clone()).unwrap_or(&[]);
        self.blank();
        self.rows.heads.push(self.rows.lines.len());
        self.push(What::Topic {
            topic: self.comparison.topics.len(),
            folded: false,
            row: rows.start,
        });
        self.pairs_and_rest(rows, content);
    }

    fn pairs_and_rest(&mut self, rows: Range<usize>, content: &[Row]) {
        let mut last = None;
        for (row, content) in rows.zip(content) {
            let two_sided = Side::BOTH
                .iter()
                .all(|&side| !content.clauses[side].is_empty());
            if last.is_some_and(|kind| kind != content.kind || two_sided) {
                self.blank();
            }
            let starts = last != Some(content.kind) || two_sided;
            last = Some(content.kind);
            self.cells(row, starts);
        }
    }

    /// Says beside the first line of a topic that a side is silent; below it in one column.
    fn not_stated(&mut self, topic: usize, side: Side) {
        let head = self.rows.heads.last().copied().unwrap_or(0);
        let beside = self.rows.lines.get(head + 1).map(|line| line.what);
        if let (Some(What::Cells { .. }), false) = (beside, self.rows.unified) {
            // The first cell of that side is empty: the words go there when it is drawn.
            return;
        }
        self.push(What::Silent { topic, side });
    }
}
