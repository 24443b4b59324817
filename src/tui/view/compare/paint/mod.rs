//! Draws a laid-out comparison.

mod across;
mod answers;
mod ends;
mod links;
mod unified;

use super::findings::Findings;
use super::rows::{GUTTER, Line, MIDDLE, What, columns};
use super::{CompareView, Ctx};
use crate::compare::{By, Class, Comparison, Op, Row, RowKind, Verdict};
use crate::model::{Pair, Policy, Side, TextRange};
use crate::tui::glyphs::Glyph;
use crate::tui::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line as Styled, Span};

/// The mark of a row, and the role that colours it.
pub(super) fn mark(kind: RowKind, class: Class) -> (Glyph, Role) {
    match kind {
        RowKind::Same => (Glyph::Same, Role::Same),
        RowKind::Changed if class <= Class::Formatting => (Glyph::Changed, Role::Same),
        RowKind::Changed | RowKind::Different => (Glyph::Changed, Role::MarkChange),
        RowKind::Similar => (Glyph::Similar, Role::Same),
        RowKind::Moved | RowKind::MovedAndEdited => (Glyph::Moved, Role::MarkMove),
        RowKind::Added => (Glyph::Added, Role::MarkAdd),
        RowKind::Removed => (Glyph::Removed, Role::MarkRemove),
        RowKind::Opposed => (Glyph::Opposed, Role::MarkOpposed),
        RowKind::Contrary => (Glyph::Warning, Role::Warning),
        RowKind::OnlyLeft => (Glyph::OnlyLeft, Role::OnlySide),
        RowKind::OnlyRight => (Glyph::OnlyRight, Role::OnlySide),
    }
}

/// A verdict's mark, the role that colours it, and its words.
pub(super) fn verdict(verdict: Verdict) -> (Glyph, Role, &'static str) {
    match verdict {
        Verdict::Opposed => (Glyph::Opposed, Role::MarkOpposed, "opposed"),
        Verdict::Different => (Glyph::Changed, Role::MarkChange, "different"),
        Verdict::OnlyLeft => (Glyph::OnlyLeft, Role::OnlySide, "only left"),
        Verdict::OnlyRight => (Glyph::OnlyRight, Role::OnlySide, "only right"),
        Verdict::Similar => (Glyph::Similar, Role::Same, "similar"),
        Verdict::Same => (Glyph::Same, Role::Same, "same"),
        Verdict::Neither => (Glyph::NotStated, Role::NotStated, "neither"),
    }
}

/// What is needed to draw one line.
struct Brush<'a, 'b> {
    view: &'a CompareView,
    comparison: &'a Comparison,
    policies: Pair<&'a Policy>,
    ctx: &'a Ctx<'b>,
    /// The lines of the row under the cursor.
    current: std::ops::Range<usize>,
    findings: Findings,
}

pub(super) fn render(
    view: &CompareView,
    comparison: &Comparison,
    policies: Pair<&Policy>,
    buffer: &mut Buffer,
    ctx: &Ctx<'_>,
) {
    let current = view.rows.group(view.scroll.cursor());
    let brush = Brush {
        view,
        comparison,
        policies,
        ctx,
        current,
        findings: view.findings(ctx),
    };
    if view.rows.unified {
        brush.unified(buffer);
    } else {
        brush.side_by_side(buffer);
    }
}

impl Brush<'_, '_> {
    fn side_by_side(&self, buffer: &mut Buffer) {
        let area = self.view.places.body;
        let widths = columns(area.width);
        let left = Rect {
            width: widths.left,
            ..area
        };
        let right = Rect {
            x: area.x + widths.left + MIDDLE,
            width: widths.right,
            ..area
        };
        for (offset, y) in (area.y..area.bottom()).enumerate() {
            let at = self.view.scroll.top() + offset;
            let other = at.checked_add_signed(self.view.sync.offset());
            let level = other == Some(at);
            for (side, column, at) in [(Side::Left, left, Some(at)), (Side::Right, right, other)] {
                let Some((at, line)) = at.and_then(|at| Some((at, self.view.rows.lines.get(at)?)))
                else {
                    continue;
                };
                self.cell(side, at, line, row_of(column, y), level, buffer);
            }
            self.middle(offset, left.right(), y, buffer);
            if level && let Some(line) = self.view.rows.lines.get(at) {
                self.across(at, line, row_of(area, y), buffer);
            }
        }
    }

    /// Draws what belongs to one side on a row of the screen.
    fn cell(
        &self,
        side: Side,
        at: usize,
        line: &Line,
        cell: Rect,
        level: bool,
        buffer: &mut Buffer,
    ) {
        match line.what {
            What::Cells { row, first } => self.words_of_side(side, at, (row, first), cell, buffer),
            What::Ends { row } => self.end(row, side, cell, buffer),
            What::Link { row, nth } => self.link_of_side(row, nth, side, cell, buffer),
            What::Silent { side: silent, .. } if silent == side => self.not_stated(cell, buffer),
            What::Answer { row, .. } => self.answer_of_side(side, at, row, line, cell, buffer),
            What::Note(_) | What::Silent { .. } | What::Blank => {}
            What::Topic { .. }
            | What::Question { .. }
            | What::Fold { .. }
            | What::Neither { .. } => {
                if !level {
                    self.across(at, line, cell, buffer);
                }
            }
        }
    }

    fn words_of_side(
        &self,
        side: Side,
        at: usize,
        (row, first): (usize, bool),
        cell: Rect,
        buffer: &mut Buffer,
    ) {
        let (Some(content), Some(line)) =
            (self.comparison.rows.get(row), self.view.rows.lines.get(at))
        else {
            return;
        };
        let Some(range) = line.text[side] else {
            if first && self.is_silent_here(at, side) {
                self.not_stated(cell, buffer);
            } else if !self.view.rows.unified {
                self.partner((row, at), side, cell, buffer);
            }
            return;
        };
        self.gutter(content, side, first, at, cell, buffer);
        let spans = self.words(row, side, range);
        let room = cell.width.saturating_sub(GUTTER);
        buffer.set_line(cell.x + GUTTER, cell.y, &Styled::from(spans), room);
    }

    fn not_stated(&self, cell: Rect, buffer: &mut Buffer) {
        let words = format!("{} Not stated", self.ctx.glyph(Glyph::NotStated));
        let span = self.ctx.span(Role::NotStated, words);
        buffer.set_span(cell.x + 1, cell.y, &span, cell.width.saturating_sub(1));
    }

    /// Whether a line is the first of a topic of which this side does not speak.
    fn is_silent_here(&self, at: usize, side: Side) -> bool {
        let head = at
            .checked_sub(1)
            .and_then(|above| self.view.rows.lines.get(above));
        let Some(What::Topic { topic, .. }) = head.map(|line| line.what) else {
            return false;
        };
        let verdict = self.comparison.topics.get(topic);
        verdict.is_some_and(|verdict| {
            verdict.rows.clone().all(|row| {
                self.comparison
                    .rows
                    .get(row)
                    .is_none_or(|row| row.clauses[side].is_empty())
            })
        })
    }

    fn gutter(
        &self,
        row: &Row,
        side: Side,
        first: bool,
        at: usize,
        cell: Rect,
        buffer: &mut Buffer,
    ) {
        if self.is_under_cursor(at, side) {
            let bar = self.ctx.span(Role::Accent, self.ctx.glyph(Glyph::Current));
            buffer.set_span(cell.x, cell.y, &bar, 1);
        }
        let starts = first || self.starts_side(at, side);
        let marked = starts && self.comparison.by != By::Practice && row.kind != RowKind::Same;
        if marked {
            let (glyph, role) = mark(row.kind, row.class);
            buffer.set_span(
                cell.x + 1,
                cell.y,
                &self.ctx.span(role, self.ctx.glyph(glyph)),
                1,
            );
        }
        if starts {
            let x = cell.x + 1 + u16::from(marked);
            self.warning(row, side, x, cell.y, buffer);
        }
    }

    /// The sign of a clause that does not go together with another of its side, behind the mark of the
    /// row.
    fn warning(&self, row: &Row, side: Side, x: u16, y: u16, buffer: &mut Buffer) {
        let mut findings = self.findings.on(row, side, self.policies[side]);
        if findings.next().is_some() {
            let sign = self.ctx.glyph(Glyph::Warning);
            buffer.set_span(x, y, &self.ctx.span(Role::Warning, sign), 1);
        }
    }

    /// Whether a line of a side is under the cursor, which by practice stands in one cell.
    fn is_under_cursor(&self, at: usize, side: Side) -> bool {
        let cell = self.comparison.by != By::Practice || self.view.shown.cell == side;
        cell && self.current.contains(&at)
    }

    /// The words of a stretch of one side, with those marked that differ or that prove an answer, and
    /// those that were searched for.
    fn words(&self, row: usize, side: Side, range: TextRange) -> Vec<Span<'_>> {
        let Some(content) = self.comparison.rows.get(row) else {
            return Vec::new();
        };
        let ctx = self.ctx;
        let marks = match self.comparison.by {
            By::Practice => self.proving(row, side, range),
            By::Text | By::Topic => self.differing(content, side, range),
        };
        let hits = self.view.search.styles(side, range, ctx);
        let base = self.base(content, side);
        let painter = ctx.painter(self.policies[side]);
        painter.spans(range, base, &[&marks, &hits])
    }

    /// The words of a stretch that only its side has.
    fn differing(&self, row: &Row, side: Side, range: TextRange) -> Vec<(TextRange, Style)> {
        let (op, role) = match side {
            Side::Left => (Op::Delete, Role::MarkRemove),
            Side::Right => (Op::Insert, Role::MarkAdd),
        };
        let style = self.ctx.style(role);
        row.words
            .iter()
            .filter(|words| words.op == op)
            .filter_map(|words| words.text[side])
            .filter(|marked| marked.overlaps(range))
            .map(|marked| (marked, style))
            .collect()
    }

    /// The style that the text of a row begins from.
    fn base(&self, row: &Row, side: Side) -> Style {
        let policy = self.policies[side];
        let block = row.clauses[side]
            .first()
            .and_then(|id| policy.clauses.get(id.index()))
            .and_then(|clause| policy.blocks.get(clause.block as usize));
        match (block, row.kind) {
            (_, RowKind::Same) if self.comparison.by == By::Text => self.ctx.style(Role::Same),
            (_, RowKind::Added) => self.ctx.style(Role::MarkAdd),
            (_, RowKind::Removed) => self.ctx.style(Role::MarkRemove),
            (Some(block), _) => self.ctx.painter(policy).base(block),
            (None, _) => self.ctx.style(Role::Text),
        }
    }

    /// The middle of the sides: the overview between two rules.
    fn middle(&self, offset: usize, x: u16, y: u16, buffer: &mut Buffer) {
        let rule = self.ctx.span(Role::Rule, self.ctx.glyph(Glyph::Vertical));
        buffer.set_span(x, y, &rule, 1);
        buffer.set_span(x + 2, y, &rule, 1);
        self.overview(offset, x + 1, y, buffer);
    }

    /// A row of the overview: where the differences lie in the whole, and which part of it is on
    /// the screen.
    fn overview(&self, offset: usize, x: u16, y: u16, buffer: &mut Buffer) {
        let (sign, mut style) = match self.view.overview.get(offset).copied().flatten() {
            Some((glyph, role)) => (self.ctx.glyph(glyph), self.ctx.style(role)),
            None => (" ", Style::new()),
        };
        let height = usize::from(self.view.places.body.height).max(1);
        let lines = self.view.rows.lines.len().max(1);
        let here = offset * lines / height..((offset + 1) * lines).div_ceil(height);
        let shown = self.view.scroll.visible();
        if lines > height && here.start < shown.end && shown.start < here.end {
            style = style.add_modifier(Modifier::REVERSED);
        }
        buffer.set_string(x, y, sign, style);
    }
}

/// One row of an area.
fn row_of(area: Rect, y: u16) -> Rect {
    Rect {
        y,
        height: 1,
        ..area
    }
}
