//! From lines to rows of the comparison and back, and where the cursor rests.

use super::{Line, Piece, Rows, What};
use crate::model::TextRange;
use std::ops::Range;

impl Rows {
    /// The row of the comparison that a line belongs to.
    pub(in crate::tui::view::compare) fn row_at(&self, line: usize) -> Option<usize> {
        match self.lines.get(line)?.what {
            What::Cells { row, .. }
            | What::Ends { row }
            | What::Link { row, .. }
            | What::Topic { row, .. }
            | What::Question { row, .. }
            | What::Answer { row, .. }
            | What::Neither { row } => Some(row),
            What::Fold { first, .. } => Some(first),
            _ => None,
        }
    }

    /// What stands on a line where both sides run together; nothing on other lines.
    pub(in crate::tui::view::compare) fn pieces(&self, line: &Line) -> &[Piece] {
        let (first, end) = line.pieces;
        self.pieces.get(first..end).unwrap_or(&[])
    }

    /// The lines that belong together with the given one.
    pub(in crate::tui::view::compare) fn group(&self, line: usize) -> Range<usize> {
        let Some(row) = self.lines.get(line).and_then(Line::part_of) else {
            return line..line + 1;
        };
        let same = |line: &Line| line.part_of() == Some(row);
        let before = self.lines[..line]
            .iter()
            .rev()
            .take_while(|line| same(line))
            .count();
        let after = self.lines[line..]
            .iter()
            .take_while(|line| same(line))
            .count();
        line - before..line + after
    }

    /// The line at which a row of the comparison begins, if it is shown; else that of the fold or
    /// the next row after it.
    pub(in crate::tui::view::compare) fn line_of(&self, row: usize) -> usize {
        let is_it = |line: &Line| match line.what {
            What::Cells { row: at, .. }
            | What::Answer { row: at, .. }
            | What::Neither { row: at }
            | What::Question { row: at, .. } => at == row,
            _ => false,
        };
        if let Some(line) = self.lines.iter().position(is_it) {
            return line;
        }
        let reaches = |line: &Line| match line.what {
            What::Cells { row: at, .. } => at >= row,
            What::Fold { first, rows, .. } => first + rows > row,
            _ => false,
        };
        self.lines
            .iter()
            .position(reaches)
            .unwrap_or(self.lines.len().saturating_sub(1))
    }

    /// The next line at which the cursor rests, `down` or up from a line.
    pub(in crate::tui::view::compare) fn next_rest(&self, from: usize, down: bool) -> usize {
        let starts = |range: TextRange| range.start == 0;
        let rests = |line: &Line| match line.what {
            What::Cells { first, .. } | What::Answer { first, .. } => first,
            What::Question { .. } => line.text.left.is_some_and(starts),
            What::Topic { .. } | What::Fold { .. } | What::Neither { .. } => true,
            What::Ends { .. }
            | What::Link { .. }
            | What::Silent { .. }
            | What::Blank
            | What::Note(_) => false,
        };
        let here = self.lines.get(from).and_then(Line::part_of);
        let rests = |line: &Line| rests(line) && (here.is_none() || line.part_of() != here);
        let found = if down {
            let after = self.lines.get(from + 1..).unwrap_or(&[]);
            after.iter().position(rests).map(|i| from + 1 + i)
        } else {
            self.lines
                .get(..from)
                .unwrap_or(&[])
                .iter()
                .rposition(rests)
        };
        found.unwrap_or(from)
    }
}
