//! What stands across both sides: heads of topics, folds, notes.

use super::{Brush, verdict};
use crate::compare::{By, Verdict};
use crate::model::Side;
use crate::tui::glyphs::Glyph;
use crate::tui::text::{truncate, width};
use crate::tui::theme::Role;
use crate::tui::view::compare::rows::{Hidden, Line, What};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line as Styled, Span};

impl Brush<'_, '_> {
    /// Draws what stands across both sides.
    pub(super) fn across(&self, at: usize, line: &Line, area: Rect, buffer: &mut Buffer) {
        let spans = match line.what {
            What::Topic { topic, folded, .. } => self.topic_head(topic, folded, area.width),
            What::Note(note) => self.note(note, line),
            What::Fold {
                first,
                rows,
                hidden,
            } => self.fold(first, rows, hidden),
            What::Question { .. } => self.question(line, area.width),
            What::Neither { .. } if self.comparison.by == By::Practice => self.unanswered(),
            What::Neither { .. } => self.neither(),
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
        let words = self.view.rows.notes.get(note).map_or("", String::as_str);
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
            return self.no_topic_head(available);
        };
        let (glyph, role, words) = verdict(found.verdict);
        let mut words = words.to_owned();
        if self.comparison.is_on_the_whole(found) {
            words.push_str(" on the whole");
        }
        if folded {
            let counts = (found.clauses.left.len(), found.clauses.right.len());
            words = format!("{words}, folded ({} and {} clauses)", counts.0, counts.1);
        }
        let label = found.topic.label();
        let used = 2 + width(label) + width(&words) + 2;
        let gap = usize::from(available).saturating_sub(used).max(2);
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

    fn no_topic_head(&self, available: u16) -> Vec<Span<'static>> {
        let ctx = self.ctx;
        let label = "On no topic";
        let rule = usize::from(available)
            .saturating_sub(4 + width(label))
            .min(60);
        vec![
            ctx.span(Role::Dim, format!("{} ", ctx.glyph(Glyph::NotStated))),
            ctx.span(Role::Heading, label),
            ctx.span(
                Role::Rule,
                format!(" {}", ctx.glyph(Glyph::Horizontal).repeat(rule)),
            ),
        ]
    }

    fn fold(&self, first: usize, rows: usize, hidden: Hidden) -> Vec<Span<'static>> {
        let ctx = self.ctx;
        let dots = ctx.glyph(Glyph::Ellipsis);
        let Hidden { equal, links, form } = hidden;
        let told = |n: usize, one: &str, more: &str| {
            (n > 0).then(|| format!("{n} {}", if n == 1 { one } else { more }))
        };
        let parts = [
            told(equal, "equal clause", "equal clauses"),
            told(links, "changed link", "changed links"),
            told(form, "change of form", "changes of form"),
        ];
        let mut parts: Vec<String> = parts.into_iter().flatten().collect();
        if links + form > 0
            && let Some(last) = parts.last_mut()
        {
            last.push_str(&format!(" hidden, press {}", self.view.key_form(ctx)));
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
}
