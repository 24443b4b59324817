//! The ends of a move: each names where the other stands.

use super::Brush;
use crate::model::{ClauseKind, Side, TextRange};
use crate::tui::glyphs::Glyph;
use crate::tui::text::{truncate, wrap};
use crate::tui::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

/// Columns that the first words of a clause take at most, where they stand for a place.
const FIRST_WORDS: usize = 32;

impl Brush<'_, '_> {
    /// Beside a moved row, in the cell where it no longer or not yet stands: where it does.
    pub(super) fn partner(&self, row: usize, side: Side, cell: Rect, buffer: &mut Buffer) {
        let partner = self.comparison.rows.get(row).and_then(|row| row.partner);
        if let Some(partner) = partner {
            let span = self.moved(&self.way(partner, side));
            self.set(&span, cell, buffer);
        }
    }

    /// Over the text of a moved row whose ends stand level: where this end stands.
    pub(super) fn end(&self, row: usize, side: Side, cell: Rect, buffer: &mut Buffer) {
        if let Some(at) = self.end_on(row, side) {
            let span = self.moved(&self.way(at, side));
            self.set(&span, cell, buffer);
        }
    }

    /// In one column, over the text of a moved row: where the other end stands, or where both do.
    pub(super) fn ends(&self, row: usize, level: bool) -> Option<Span<'static>> {
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
        Some(self.moved(&ways))
    }

    fn moved(&self, words: &str) -> Span<'static> {
        let glyph = self.ctx.glyph(Glyph::Moved);
        self.ctx.span(Role::MarkMove, format!("{glyph} {words}"))
    }

    fn set(&self, span: &Span<'static>, cell: Rect, buffer: &mut Buffer) {
        let room = usize::from(cell.width.saturating_sub(1));
        let cut = truncate(&span.content, room, self.ctx.glyph(Glyph::Ellipsis)).into_owned();
        let span = Span::styled(cut, span.style);
        buffer.set_span(cell.x + 1, cell.y, &span, cell.width.saturating_sub(1));
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
