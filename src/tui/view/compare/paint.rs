//! Draws a laid-out comparison.

use super::rows::{GUTTER, Line, MIDDLE, What, columns};
use super::{CompareView, Ctx};
use crate::compare::{By, Class, Comparison, Op, Row, RowKind, Verdict};
use crate::model::{Pair, Policy, Side, TextRange};
use crate::tui::glyphs::Glyph;
use crate::tui::text::{truncate, width};
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
    };
    if view.rows.unified {
        brush.unified(buffer);
    } else {
        brush.side_by_side(buffer);
    }
}

impl Brush<'_, '_> {
    fn side_by_side(&self, buffer: &mut Buffer) {
        let area = self.view.body;
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
                let cell = Rect {
                    y,
                    height: 1,
                    ..column
                };
                self.cell(side, at, line, cell, level, buffer);
            }
            self.middle(offset, left.right(), y, buffer);
            if level && let Some(line) = self.view.rows.lines.get(at) {
                self.across(
                    at,
                    line,
                    Rect {
                        y,
                        height: 1,
                        ..area
                    },
                    buffer,
                );
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
            What::Cells { row, first } => {
                let Some(content) = self.comparison.rows.get(row) else {
                    return;
                };
                let silent = first && self.is_silent_here(at, side);
                if silent {
                    let words = format!("{} Not stated", self.ctx.glyph(Glyph::NotStated));
                    let span = self.ctx.span(Role::NotStated, words);
                    buffer.set_span(cell.x + 1, cell.y, &span, cell.width.saturating_sub(1));
                }
                let Some(range) = line.text[side] else { return };
                self.gutter(content, side, first, at, cell, buffer);
                let spans = self.words(content, side, range);
                let x = cell.x + GUTTER;
                buffer.set_line(
                    x,
                    cell.y,
                    &Styled::from(spans),
                    cell.width.saturating_sub(GUTTER),
                );
            }
            What::Note(_) if level => {}
            What::Silent { side: silent, .. } if silent == side => {
                let words = format!("{} Not stated", self.ctx.glyph(Glyph::NotStated));
                let span = self.ctx.span(Role::NotStated, words);
                buffer.set_span(cell.x + 1, cell.y, &span, cell.width.saturating_sub(1));
            }
            _ if !level => self.across(at, line, cell, buffer),
            _ => {}
        }
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
        if self.current.contains(&at) {
            let bar = self.ctx.span(Role::Accent, self.ctx.glyph(Glyph::Current));
            buffer.set_span(cell.x, cell.y, &bar, 1);
        }
        let starts = first || self.starts_side(at, side);
        if starts && row.kind != RowKind::Same {
            let (glyph, role) = mark(row.kind, row.class);
            buffer.set_span(
                cell.x + 1,
                cell.y,
                &self.ctx.span(role, self.ctx.glyph(glyph)),
                1,
            );
        }
    }

    /// In one column, whether a line is the first of its side.
    fn starts_side(&self, at: usize, side: Side) -> bool {
        self.view.rows.unified
            && at
                .checked_sub(1)
                .and_then(|above| self.view.rows.lines.get(above))
                .is_none_or(|above| {
                    above.text[side].is_none() || !matches!(above.what, What::Cells { .. })
                })
    }

    /// The words of a stretch of one side, with those marked that differ and those that were
    /// searched for.
    fn words(&self, row: &Row, side: Side, range: TextRange) -> Vec<Span<'_>> {
        let ctx = self.ctx;
        let policy = self.policies[side];
        let role = if side == Side::Left {
            Role::MarkRemove
        } else {
            Role::MarkAdd
        };
        let op = if side == Side::Left {
            Op::Delete
        } else {
            Op::Insert
        };
        let style = ctx.style(role);
        let marks: Vec<(TextRange, Style)> = row
            .words
            .iter()
            .filter(|words| words.op == op)
            .filter_map(|words| words.text[side])
            .filter(|marked| marked.overlaps(range))
            .map(|marked| (marked, style))
            .collect();
        let hits = self.view.search.styles(side, range, ctx);
        let block = row.clauses[side]
            .first()
            .and_then(|id| policy.clauses.get(id.index()))
            .and_then(|clause| policy.blocks.get(clause.block as usize));
        let painter = ctx.painter(policy);
        let base = match (block, row.kind) {
            (_, RowKind::Same) if self.comparison.by == By::Text => ctx.style(Role::Same),
            (_, RowKind::Added) => ctx.style(Role::MarkAdd),
            (_, RowKind::Removed) => ctx.style(Role::MarkRemove),
            (Some(block), _) => painter.base(block),
            (None, _) => ctx.style(Role::Text),
        };
        painter.spans(range, base, &[&marks, &hits])
    }

    /// The overview between the sides: where the differences lie in the whole, and which part of it
    /// is on the screen.
    fn middle(&self, offset: usize, x: u16, y: u16, buffer: &mut Buffer) {
        let rule = self.ctx.span(Role::Rule, self.ctx.glyph(Glyph::Vertical));
        buffer.set_span(x, y, &rule, 1);
        buffer.set_span(x + 2, y, &rule, 1);
        let (sign, mut style) = match self.view.overview.get(offset).copied().flatten() {
            Some((glyph, role)) => (self.ctx.glyph(glyph), self.ctx.style(role)),
            None => (" ", Style::new()),
        };
        let height = usize::from(self.view.body.height).max(1);
        let lines = self.view.rows.lines.len().max(1);
        let here = offset * lines / height..((offset + 1) * lines).div_ceil(height);
        let shown = self.view.scroll.visible();
        if lines > height && here.start < shown.end && shown.start < here.end {
            style = style.add_modifier(Modifier::REVERSED);
        }
        buffer.set_string(x + 1, y, sign, style);
    }

    /// Draws what stands across both sides.
    fn across(&self, at: usize, line: &Line, area: Rect, buffer: &mut Buffer) {
        let spans = match line.what {
            What::Topic { topic, folded, .. } => self.topic_head(topic, folded, area.width),
            What::Note(note) => self.note(note, line),
            What::Fold { first, rows, form } => self.fold(first, rows, form),
            What::Neither => self.neither(),
            _ => return,
        };
        for x in area.left()..area.right() {
            if let Some(cell) = buffer.cell_mut((x, area.y)) {
                cell.reset();
            }
        }
        if self.current.contains(&at) {
            let bar = self.ctx.span(Role::Accent, self.ctx.glyph(Glyph::Current));
            buffer.set_span(area.x, area.y, &bar, 1);
        }
        buffer.set_line(
            area.x + 1,
            area.y,
            &Styled::from(spans),
            area.width.saturating_sub(1),
        );
    }

    fn note(&self, note: usize, line: &Line) -> Vec<Span<'static>> {
        let words = self.comparison.notes.get(note).map_or("", String::as_str);
        let part = line.text.left.map_or("", |range| range.of(words));
        let first = line.text.left.is_some_and(|range| range.start == 0);
        let sign = if first {
            self.ctx.glyph(Glyph::Warning)
        } else {
            " "
        };
        vec![self.ctx.span(Role::Warning, format!("{sign} {part}"))]
    }

    fn topic_head(&self, topic: usize, folded: bool, available: u16) -> Vec<Span<'static>> {
        let Some(found) = self.comparison.topics.get(topic) else {
            return Vec::new();
        };
        let (glyph, role, words) = verdict(found.verdict);
        let mut words = words.to_owned();
        if folded {
            let counts = (found.clauses.left.len(), found.clauses.right.len());
            words = format!("{words}, folded ({} and {} clauses)", counts.0, counts.1);
        }
        let label = found.topic.label();
        let used = 2 + width(label) + width(&words) + 2;
        let gap = usize::from(available).saturating_sub(used).clamp(2, 60);
        vec![
            self.ctx.span(role, format!("{} ", self.ctx.glyph(glyph))),
            self.ctx.span(Role::Heading, label),
            self.ctx.span(
                Role::Rule,
                format!(
                    " {} ",
                    self.ctx
                        .glyph(Glyph::Horizontal)
                        .repeat(gap.saturating_sub(2))
                ),
            ),
            self.ctx.span(role, words),
        ]
    }

    fn fold(&self, first: usize, rows: usize, form: usize) -> Vec<Span<'static>> {
        let ctx = self.ctx;
        let dots = ctx.glyph(Glyph::Ellipsis);
        let equal = rows - form;
        let mut parts = Vec::new();
        if equal > 0 {
            parts.push(format!(
                "{equal} equal {}",
                if equal == 1 { "clause" } else { "clauses" }
            ));
        }
        if form > 0 {
            let changes = if form == 1 { "change" } else { "changes" };
            parts.push(format!(
                "{form} {changes} of form hidden, press {}",
                self.view.key_form(ctx)
            ));
        }
        let mut text = format!("  {dots} {} {dots}", parts.join(" and "));
        if let Some(heading) = self.last_heading(first, rows) {
            text.push_str(&format!("  {}", truncate(heading, 40, dots)));
        }
        vec![ctx.span(Role::Dim, text)]
    }

    /// The heading under which the reader is after a fold.
    fn last_heading(&self, first: usize, rows: usize) -> Option<&str> {
        let last = self.comparison.rows.get(first + rows - 1)?;
        let side = if last.clauses.left.is_empty() {
            Side::Right
        } else {
            Side::Left
        };
        let clause = self.policies[side]
            .clauses
            .get(last.clauses[side].first()?.index())?;
        clause
            .section
            .map(|section| self.policies[side].heading(section))
    }

    fn neither(&self) -> Vec<Span<'static>> {
        let silent: Vec<&str> = self
            .comparison
            .topics
            .iter()
            .filter(|topic| topic.verdict == Verdict::Neither)
            .map(|topic| topic.topic.label())
            .collect();
        let glyph = self.ctx.glyph(Glyph::NotStated);
        vec![self.ctx.span(
            Role::NotStated,
            format!("{glyph} Neither speaks of: {}", silent.join(", ")),
        )]
    }

    fn unified(&self, buffer: &mut Buffer) {
        let area = self.view.body;
        for (at, y) in self.view.scroll.visible().zip(area.y..area.bottom()) {
            let Some(line) = self.view.rows.lines.get(at) else {
                continue;
            };
            let row = Rect {
                y,
                height: 1,
                ..area
            };
            self.across(at, line, row, buffer);
            let side = match line.what {
                What::Silent { side, .. } => side,
                _ if line.text.left.is_some() => Side::Left,
                _ => Side::Right,
            };
            if matches!(line.what, What::Cells { .. } | What::Silent { .. }) {
                self.unified_line(side, at, line, row, buffer);
            }
        }
    }

    fn unified_line(&self, side: Side, at: usize, line: &Line, row: Rect, buffer: &mut Buffer) {
        let starts = matches!(line.what, What::Silent { .. }) || self.starts_side(at, side);
        let equal = match line.what {
            What::Cells { row, .. } => self
                .comparison
                .rows
                .get(row)
                .is_some_and(|row| row.kind == RowKind::Same && self.comparison.by == By::Text),
            _ => false,
        };
        let letter = match side {
            _ if !starts || equal => " ",
            Side::Left => "L",
            Side::Right => "R",
        };
        buffer.set_span(row.x + 1, row.y, &self.ctx.span(Role::Accent, letter), 1);
        let cell = Rect {
            x: row.x + 2,
            width: row.width.saturating_sub(2),
            ..row
        };
        self.cell(side, at, line, cell, true, buffer);
        if self.current.contains(&at) {
            // The bar belongs to the edge, before the letter.
            let bar = self.ctx.span(Role::Accent, self.ctx.glyph(Glyph::Current));
            buffer.set_span(row.x, row.y, &bar, 1);
            buffer.set_string(cell.x, row.y, " ", Style::new());
        }
    }
}
