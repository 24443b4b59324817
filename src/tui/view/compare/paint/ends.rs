//! The ends of a move: each names where the other stands.

use super::Brush;
use crate::model::{ClauseKind, Side, TextRange};
use crate::tui::glyphs::Glyph;
use crate::tui::text::{truncate, wrap};
use crate::tui::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// Columns that the first words of a clause take at most, where they stand for a place.
const FIRST_WORDS: usize = 32;

impl Brush<'_, '_> {
    /// Beside a moved row, in the cell where it no longer or not yet stands: where it does.
    pub(super) fn partner(&self, row: usize, side: Side, cell: Rect, buffer: &mut Buffer) {
        let partner = self.comparison.rows.get(row).and_then(|row| row.partner);
        if let Some(partner) = partner {
            let line = self.moved(&self.way(partner, side), cell.width);
            buffer.set_line(cell.x + 1, cell.y, &line, cell.width.saturating_sub(1));
        }
    }

    /// Over the text of a moved row whose ends stand level: where this end stands.
    pub(super) fn end(&self, row: usize, side: Side, cell: Rect, buffer: &mut Buffer) {
        if let Some(at) = self.end_on(row, side) {
            let line = self.moved(&self.way(at, side), cell.width);
            buffer.set_line(cell.x + 1, cell.y, &line, cell.width.saturating_sub(1));
        }
    }

    /// In one column, over the text of a moved row: where the other end stands, or where both do.
    pub(super) fn ends(&self, row: usize, level: bool, columns: u16) -> Option<Line<'static>> {
        let content = self.comparison.rows.get(row)?;
        let other = if content.clauses.left.is_empty() {
            Side::Left
        } else {
            Side::Right
        };
        let mut ways = self.way(content.partner?, other);
        if level {
            let from = self.place(self.end_on(row, Side::Left)?, Side::Left);
            let to = self.place(self.end_on(row, Side::Right)?, Side::Right);
            ways = format!("moved from {from} to {to}");
        }
        Some(self.moved(&ways, columns))
    }

    /// The words behind the sign of a move, cut to the columns of a cell.
    fn moved(&self, words: &str, columns: u16) -> Line<'static> {
        let room = usize::from(columns.saturating_sub(3));
        let words = truncate(words, room, self.ctx.glyph(Glyph::Ellipsis));
        Line::from(vec![
            self.ctx.span(Role::MarkMove, self.ctx.glyph(Glyph::Moved)),
            self.ctx.span(Role::Dim, format!(" {words}")),
        ])
    }

    /// Of the two rows of a move, the one that stands on a side.
    fn end_on(&self, row: usize, side: Side) -> Option<usize> {
        let content = self.comparison.rows.get(row)?;
        if content.clauses[side].is_empty() {
            content.partner
        } else {
            Some(row)
        }
    }

    /// `moved from “Cookies”` for the end on the left, `moved to “Cookies”` for that on the right.
    fn way(&self, row: usize, side: Side) -> String {
        let way = match side {
            Side::Left => "from",
            Side::Right => "to",
        };
        format!("moved {way} {}", self.place(row, side))
    }

    /// Where the clauses of a row stand on a side: the heading over them; else what they follow.
    fn place(&self, row: usize, side: Side) -> String {
        let policy = self.policies[side];
        let clause = |at: usize| policy.clauses.get(at);
        let quoted = |words: &str| {
            let (opens, closes) = (Glyph::QuoteOpen, Glyph::QuoteClose);
            let words = words.replace(['\n', '\t'], " ");
            format!("{}{words}{}", self.ctx.glyph(opens), self.ctx.glyph(closes))
        };
        let first = self.comparison.rows.get(row);
        let at = first.and_then(|row| Some(row.clauses[side].first()?.index()));
        let Some((at, moved)) = at.and_then(|at| Some((at, clause(at)?))) else {
            return String::new();
        };
        // A heading does not stand under itself.
        let section = moved.section.filter(|_| moved.kind != ClauseKind::Heading);
        if let Some(section) = section {
            return quoted(policy.heading(section));
        }
        let Some(before) = at.checked_sub(1).and_then(clause) else {
            return "the top".to_owned();
        };
        match before.section {
            Some(section) => format!("after {}", quoted(policy.heading(section))),
            None => {
                let words = first_words(before.text, &policy.text);
                let more = if words.len() < before.text.len() {
                    self.ctx.glyph(Glyph::Ellipsis)
                } else {
                    ""
                };
                format!(
                    "after {}",
                    quoted(&format!("{}{more}", words.of(&policy.text)))
                )
            }
        }
    }
}

/// The first words of a clause.
fn first_words(clause: TextRange, text: &str) -> TextRange {
    let lines = wrap(text, clause, FIRST_WORDS);
    lines.first().copied().unwrap_or(clause)
}
