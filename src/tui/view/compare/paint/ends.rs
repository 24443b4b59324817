//! The ends of a move: each names where the other stands.

use super::Brush;
use crate::model::{Side, Standing, TextRange, on_one_line};
use crate::tui::glyphs::Glyph;
use crate::tui::text::{truncate, wrap};
use crate::tui::theme::Role;
use crate::tui::view::compare::rows::GUTTER;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// Columns that the first words of a clause take at most, where they stand for a place.
const FIRST_WORDS: usize = 32;

impl Brush<'_, '_> {
    /// Beside a line of a moved row, in the cell where it no longer or not yet stands: a line of
    /// where it does.
    pub(super) fn partner(
        &self,
        (row, at): (usize, usize),
        side: Side,
        cell: Rect,
        buffer: &mut Buffer,
    ) {
        let partner = self.comparison.rows.get(row).and_then(|row| row.partner);
        let Some(partner) = partner else {
            return;
        };
        let words = self
            .within(row)
            .unwrap_or_else(|| format!("moved {}", self.way(partner, side)));
        let group = self.view.rows.group(at);
        let room = usize::from(cell.width.saturating_sub(GUTTER + 1)).max(1);
        let lines = wrap(&words, TextRange::new(0, words.len()), room);
        let Some(line) = lines.get(at - group.start) else {
            return;
        };
        // The last line of the row takes all that is left.
        let end = if at + 1 == group.end {
            words.len()
        } else {
            line.end as usize
        };
        let words = TextRange::new(line.start as usize, end).of(&words);
        let line = self.moved(words, at == group.start, cell.width);
        buffer.set_line(cell.x + 1, cell.y, &line, cell.width.saturating_sub(1));
    }

    /// Over the text of a moved row whose ends stand level: where this end stands.
    pub(super) fn end(&self, row: usize, side: Side, cell: Rect, buffer: &mut Buffer) {
        if let Some(at) = self.end_on(row, side) {
            let line = self.moved(&self.way(at, side), true, cell.width);
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
        let words = match self.within(row) {
            Some(words) => words,
            None if level => {
                let from = self.place(self.end_on(row, Side::Left)?, Side::Left);
                let to = self.place(self.end_on(row, Side::Right)?, Side::Right);
                format!("moved from {from} to {to}")
            }
            None => format!("moved {}", self.way(content.partner?, other)),
        };
        Some(self.moved(&words, true, columns))
    }

    /// Words, on the first line behind the sign of a move, cut to the columns of a cell.
    fn moved(&self, words: &str, first: bool, columns: u16) -> Line<'static> {
        let room = usize::from(columns.saturating_sub(GUTTER));
        let words = truncate(words, room, self.ctx.glyph(Glyph::Ellipsis));
        let sign = if first {
            self.ctx.glyph(Glyph::Moved)
        } else {
            " "
        };
        Line::from(vec![
            self.ctx.span(Role::MarkMove, sign),
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

    /// `from “Cookies”` for the end on the left, `to “Cookies”` for that on the right.
    fn way(&self, row: usize, side: Side) -> String {
        let way = match side {
            Side::Left => "from",
            Side::Right => "to",
        };
        format!("{way} {}", self.place(row, side))
    }

    /// `moved within “Cookies”` where both ends of a move stand under one heading.
    fn within(&self, row: usize) -> Option<String> {
        let standing = |side: Side| self.standing(self.end_on(row, side)?, side);
        let Some(Standing::Under(heading)) = standing(Side::Left) else {
            return None;
        };
        let within = standing(Side::Right)? == Standing::Under(heading);
        within.then(|| format!("moved within {}", self.quoted(heading)))
    }

    /// Where the clauses of a row stand on a side.
    fn place(&self, row: usize, side: Side) -> String {
        let policy = self.policies[side];
        match self.standing(row, side) {
            Some(Standing::Under(heading)) => self.quoted(heading),
            Some(Standing::AfterHeading(heading)) => format!("after {}", self.quoted(heading)),
            Some(Standing::After(id)) => {
                let before = policy.clauses.get(id.index());
                let before = before.map(|clause| clause.text).unwrap_or_default();
                let words = first_words(before, &policy.text);
                let more = if words.len() < before.len() {
                    self.ctx.glyph(Glyph::Ellipsis)
                } else {
                    ""
                };
                let words = format!("{}{more}", words.of(&policy.text));
                format!("after {}", self.quoted(&words))
            }
            Some(Standing::Top) | None => "the top".to_owned(),
        }
    }

    fn standing(&self, row: usize, side: Side) -> Option<Standing<'_>> {
        let first = self.comparison.rows.get(row)?.clauses[side].first()?;
        Some(self.policies[side].standing(*first))
    }

    fn quoted(&self, words: &str) -> String {
        let words = on_one_line(words);
        let (opens, closes) = (Glyph::QuoteOpen, Glyph::QuoteClose);
        format!("{}{words}{}", self.ctx.glyph(opens), self.ctx.glyph(closes))
    }
}

/// The first words of a clause.
fn first_words(clause: TextRange, text: &str) -> TextRange {
    let lines = wrap(text, clause, FIRST_WORDS);
    lines.first().copied().unwrap_or(clause)
}
