//! One column: the sides below each other, or run together where most of the words stand on both.

use super::{Brush, mark, row_of};
use crate::compare::{By, Op, Row, RowKind};
use crate::model::Side;
use crate::tui::glyphs::Glyph;
use crate::tui::theme::Role;
use crate::tui::view::compare::rows::{GUTTER, Line, Piece, What};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line as Styled, Span};

/// Columns before a cell: the cursor and the letter of the side.
const LETTER: u16 = 2;

/// Columns of the overview at the right edge, with a space before it.
const OVERVIEW: u16 = 2;

impl Brush<'_, '_> {
    pub(super) fn unified(&self, buffer: &mut Buffer) {
        let area = self.view.places.body;
        for (offset, y) in (area.y..area.bottom()).enumerate() {
            let at = self.view.scroll.top() + offset;
            if let Some(line) = self.view.rows.lines.get(at) {
                self.unified_line(at, line, row_of(area, y), buffer);
            }
            self.overview(offset, area.right().saturating_sub(1), y, buffer);
        }
    }

    fn unified_line(&self, at: usize, line: &Line, row: Rect, buffer: &mut Buffer) {
        let before_overview = Rect {
            width: row.width.saturating_sub(OVERVIEW),
            ..row
        };
        self.across(at, line, before_overview, buffer);
        let side = match line.what {
            What::Silent { side, .. } => side,
            _ if line.text.left.is_some() => Side::Left,
            _ => Side::Right,
        };
        let cell = Rect {
            x: row.x + LETTER,
            width: row.width.saturating_sub(LETTER),
            ..row
        };
        match line.what {
            What::Cells {
                row: content,
                first,
            } => {
                let pieces = self.view.rows.pieces(line);
                let Some(content) = self.comparison.rows.get(content) else {
                    return;
                };
                if pieces.is_empty() {
                    self.letter(content, side, at, row, buffer);
                    self.cell(side, at, line, cell, true, buffer);
                } else {
                    self.run_together(content, pieces, first, cell, buffer);
                }
            }
            What::Answer { .. } => {
                if line.text[side].is_some_and(|words| words.start == 0) {
                    self.set_letter(side, row, buffer);
                }
                self.cell(side, at, line, cell, true, buffer);
            }
            What::Silent { .. } => {
                self.set_letter(side, row, buffer);
                self.cell(side, at, line, cell, true, buffer);
            }
            What::Ends { row: content } => {
                let level = self.view.shown.level == Some(content);
                let room = cell.width.saturating_sub(1 + OVERVIEW);
                if let Some(line) = self.ends(content, level, room) {
                    buffer.set_line(cell.x + 1, cell.y, &line, room);
                }
            }
            What::Link { row: content, nth } => {
                let room = cell.width.saturating_sub(1 + OVERVIEW);
                if let Some(line) = self.link(content, nth, room) {
                    buffer.set_line(cell.x + 1, cell.y, &line, room);
                }
            }
            _ => {}
        }
        let across = matches!(line.what, What::Question { .. });
        if self.is_under_cursor(at, side) || across && self.current.contains(&at) {
            // The bar belongs to the edge, before the letter.
            let bar = self.ctx.span(Role::Accent, self.ctx.glyph(Glyph::Current));
            buffer.set_span(row.x, row.y, &bar, 1);
            buffer.set_string(cell.x, row.y, " ", Style::new());
        }
    }

    /// The letter of the side, where a text could be of either.
    fn letter(&self, row: &Row, side: Side, at: usize, area: Rect, buffer: &mut Buffer) {
        let two = Side::BOTH.iter().all(|&side| !row.clauses[side].is_empty());
        let pair = two || row.partner.is_some() && self.view.shown.level.is_some();
        let told = self.comparison.by == By::Text && (row.kind == RowKind::Same || !pair);
        let answered = self.comparison.by == By::Practice;
        if !told && !answered && self.starts_side(at, side) {
            self.set_letter(side, area, buffer);
        }
    }

    fn set_letter(&self, side: Side, area: Rect, buffer: &mut Buffer) {
        let letter = match side {
            Side::Left => "L",
            Side::Right => "R",
        };
        let span = self.ctx.span(Role::Accent, letter);
        buffer.set_span(area.x + 1, area.y, &span, 1);
    }

    /// A line of running text with what went and what came in marks.
    fn run_together(
        &self,
        row: &Row,
        pieces: &[Piece],
        first: bool,
        cell: Rect,
        buffer: &mut Buffer,
    ) {
        if first {
            let (glyph, role) = mark(row.kind, row.class);
            let sign = self.ctx.span(role, self.ctx.glyph(glyph));
            buffer.set_span(cell.x + 1, cell.y, &sign, 1);
            for side in Side::BOTH {
                self.warning(row, side, cell.x + 2, cell.y, buffer);
            }
        }
        let spans: Vec<Span<'_>> = pieces
            .iter()
            .flat_map(|piece| self.piece(row, *piece))
            .collect();
        let room = cell.width.saturating_sub(GUTTER);
        buffer.set_line(cell.x + GUTTER, cell.y, &Styled::from(spans), room);
    }

    fn piece(&self, row: &Row, piece: Piece) -> Vec<Span<'_>> {
        match piece {
            Piece::Gap => vec![Span::raw(" ")],
            Piece::Sign(op, sign) => vec![self.ctx.span(role_of(op), sign)],
            Piece::Words { op, side, text } => {
                let mut base = self.base(row, side);
                if op != Op::Equal {
                    base = base.patch(self.ctx.style(role_of(op)));
                }
                let hits = self.view.search.styles(side, text, self.ctx);
                self.ctx
                    .painter(self.policies[side])
                    .spans(text, base, &[&hits])
            }
        }
    }

    /// In one column, whether a line is the first of its side.
    pub(super) fn starts_side(&self, at: usize, side: Side) -> bool {
        let above = at
            .checked_sub(1)
            .and_then(|above| self.view.rows.lines.get(above));
        self.view.rows.unified
            && above.is_none_or(|above| {
                above.text[side].is_none() || !matches!(above.what, What::Cells { .. })
            })
    }
}

fn role_of(op: Op) -> Role {
    match op {
        Op::Equal => Role::Text,
        Op::Delete => Role::MarkRemove,
        Op::Insert => Role::MarkAdd,
    }
}
