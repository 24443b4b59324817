//! What stands over the columns, and below them of the row under the cursor.

use super::{CompareView, Ctx, rows};
use crate::model::{Pair, Policy, Side};
use crate::tui::explain;
use crate::tui::glyphs::Glyph;
use crate::tui::text::{sanitize, truncate};
use crate::tui::theme::Role;
use crate::tui::view::rule;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

impl CompareView {
    /// The names and dates over the columns.
    pub(super) fn render_heads(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        let area = self.places.columns;
        if area.height < 2 {
            return;
        }
        let unified = self.rows.unified;
        let widths = rows::columns(area.width);
        let columns = if unified {
            Pair::new(
                (area.x, area.width / 2),
                (area.x + area.width / 2, area.width.div_ceil(2)),
            )
        } else {
            let right = area.x + widths.left + rows::MIDDLE;
            Pair::new((area.x, widths.left), (right, widths.right))
        };
        for side in Side::BOTH {
            let (x, width) = columns[side];
            let letter = if side == Side::Left { " L " } else { " R " };
            let head = self.head(side, ctx);
            let room = usize::from(width).saturating_sub(4);
            let head = truncate(&head, room, ctx.glyph(Glyph::Ellipsis)).into_owned();
            let line = Line::from(vec![
                ctx.span(Role::Accent, letter),
                ctx.span(Role::Dim, head),
            ]);
            buffer.set_line(x, area.y, &line, width);
        }
        let x = area.x + widths.left;
        let joints = [(x, Glyph::JointDown), (x + 2, Glyph::JointDown)];
        rule(
            buffer,
            area,
            area.y + 1,
            if unified { &[] } else { &joints },
            ctx,
        );
    }

    /// What stands there while the comparison is made: how much there is to compare.
    pub(super) fn render_waiting(
        &self,
        policies: Pair<&Policy>,
        buffer: &mut Buffer,
        ctx: &Ctx<'_>,
    ) {
        let counts = policies.map(|policy| policy.clauses.len());
        let words = format!(
            " Comparing {} clauses with {} {}",
            counts.left,
            counts.right,
            ctx.glyph(Glyph::Ellipsis)
        );
        let body = self.places.body;
        buffer.set_span(body.x, body.y, &ctx.span(Role::Dim, words), body.width);
    }

    /// Where the panel below the columns stands.
    pub(super) fn panel(&self) -> Rect {
        Rect {
            y: self.places.body.bottom(),
            height: self.places.columns.bottom() - self.places.body.bottom(),
            ..self.places.columns
        }
    }

    /// What the bottom line tells of the row under the cursor: that a clause of it does not go together
    /// with another of its side.
    pub(super) fn finding_here(&self, ctx: &Ctx<'_>) -> Line<'static> {
        let row = self
            .current_row()
            .and_then(|row| self.comparison.as_ref()?.rows.get(row));
        let (Some(row), Some(policies)) = (row, self.policies(ctx)) else {
            return Line::default();
        };
        let findings = self.findings(ctx);
        let mut spans = Vec::new();
        for (side, letter) in [(Side::Left, "L "), (Side::Right, "R ")] {
            if let Some(issue) = findings.on(row, side, policies[side]).next() {
                let kind = format!("{} {} ", ctx.glyph(Glyph::Warning), issue.kind);
                spans.push(ctx.span(Role::Accent, letter));
                spans.push(ctx.span(Role::Warning, kind));
            }
        }
        Line::from(spans)
    }

    /// What it tells: what does not hold together in the row under the cursor, and the words that its
    /// topics rest on.
    pub(super) fn grounds(&self, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
        let row = self
            .current_row()
            .and_then(|row| self.comparison.as_ref()?.rows.get(row));
        let (Some(row), Some(policies)) = (row, self.policies(ctx)) else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        let findings = self.findings(ctx);
        for (side, letter) in [(Side::Left, "L "), (Side::Right, "R ")] {
            for issue in findings.on(row, side, policies[side]) {
                let mut told = explain::finding(issue, ctx);
                if let Some(first) = told.first_mut() {
                    first.spans.insert(0, ctx.span(Role::Accent, letter));
                }
                lines.extend(told);
            }
            let Some(id) = row.clauses[side].first() else {
                continue;
            };
            let labels = ctx.library.labels(self.pair[side]);
            for mut line in explain::full(policies[side], labels.of(*id), ctx) {
                line.spans.insert(0, ctx.span(Role::Accent, letter));
                lines.push(line);
            }
        }
        lines
    }

    pub(super) fn head(&self, side: Side, ctx: &Ctx<'_>) -> String {
        let Some(entry) = ctx.library.get(self.pair[side]) else {
            return String::new();
        };
        let provenance = &entry.facts.provenance;
        let mut parts = vec![sanitize(&provenance.site).into_owned()];
        parts.extend(entry.facts.version().map(|version| version.to_string()));
        if entry.stand_in.is_some() {
            parts.push(format!(
                "{} newest capture broken",
                ctx.glyph(Glyph::Warning)
            ));
        }
        parts.extend(entry.doubt().map(|kind| explain::doubt(kind, ctx)));
        if let Some(host) = provenance.foreign_host() {
            parts.push(format!("page: {host}"));
        }
        if let (Some(_), Some(revision)) = (provenance.archived, &entry.facts.revised) {
            parts.push(format!("says revised {revision}"));
        }
        let several = entry.history.as_ref().filter(|it| it.versions.len() > 1);
        let revision = several.and_then(|_| provenance.origin.revision());
        parts.extend(revision.map(|revision| format!("revision {revision}")));
        parts.push(sanitize(&entry.facts.title).into_owned());
        parts.join(&format!(" {} ", ctx.glyph(Glyph::Dot)))
    }
}
