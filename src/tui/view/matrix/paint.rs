//! Draws the matrix: legend, heads, labels, cells. Only what is visible is looked up.

use super::MatrixView;
use super::cell::answer_signs;
use super::grid::{SiteOrder, SubjectOrder};
use crate::model::Answer;
use crate::tui::glyphs::Glyph;
use crate::tui::text::{fill, width};
use crate::tui::theme::Role;
use crate::tui::view::{Ctx, pane_rule, rule};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Labels at least this wide say how much the sites differ.
const WIDE_LABEL: u16 = 36;

impl MatrixView {
    pub(super) fn paint(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        self.paint_rules(buffer, ctx);
        if let Some(area) = self.places.legend {
            self.paint_legend(buffer, area, ctx);
        }
        self.paint_heads(buffer, ctx);
        for (slot, row) in self.rows.visible().enumerate() {
            self.paint_row(buffer, slot, row, ctx);
        }
        self.paint_gap(buffer, ctx);
        self.paint_more(buffer, ctx);
        self.panel.render(buffer, ctx);
    }

    fn paint_rules(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        let places = &self.places;
        let divider = places.panel.x.saturating_sub(1);
        let joint = places.beside.then_some((divider, Glyph::JointDown));
        if let Some(legend) = places.legend {
            rule(buffer, places.area, legend.bottom(), joint.as_slice(), ctx);
        }
        if places.beside {
            pane_rule(buffer, places.panel, divider, ctx);
        } else if places.panel.y > places.area.y {
            rule(buffer, places.area, places.panel.y - 1, &[], ctx);
        }
    }

    /// What the signs mean, and what the order is.
    fn paint_legend(&self, buffer: &mut Buffer, area: Rect, ctx: &Ctx<'_>) {
        let order = Line::from(ctx.span(Role::Dim, self.order(ctx)));
        let mut legend = vec![Span::raw(" ")];
        if self.grid.base.is_some() {
            legend.push(ctx.span(
                Role::Same,
                format!("{} as the base  ", ctx.glyph(Glyph::Same)),
            ));
        }
        if self.grid.shares {
            legend.extend(self.share_legend(ctx));
        } else {
            for answer in Answer::ALL {
                let (glyph, role) = answer_signs(answer);
                let text = format!("{} {}  ", ctx.glyph(glyph), answer.label());
                legend.push(ctx.span(role, text));
            }
            let text = format!("{} disagreement", ctx.glyph(Glyph::Warning));
            legend.push(ctx.span(Role::Warning, text));
        }
        if self.grid.doubtful {
            let text = format!("  {} in doubt", ctx.glyph(Glyph::Doubtful));
            legend.push(ctx.span(Role::NotStated, text));
        }
        let room = usize::from(area.width).saturating_sub(1);
        // The order gives way to the legend, and of the legend the end to what fits.
        while legend.iter().map(Span::width).sum::<usize>() > room && legend.len() > 1 {
            legend.pop();
        }
        let legend = Line::from(legend);
        buffer.set_line(area.x, area.y, &legend, area.width);
        if legend.width() + order.width() + 2 <= room {
            let taken = u16::try_from(order.width()).unwrap_or(area.width);
            buffer.set_line(area.right() - taken - 1, area.y, &order, taken);
        }
    }

    fn share_legend(&self, ctx: &Ctx<'_>) -> Vec<Span<'static>> {
        if self.grid.base.is_some() {
            let (more, less) = (ctx.glyph(Glyph::Ascending), ctx.glyph(Glyph::Descending));
            return vec![Span::raw(format!("{more} more of it  {less} less of it"))];
        }
        let (none, least) = (ctx.glyph(Glyph::BarNone), super::cell::bar(1, ctx));
        let most = super::cell::bar(super::cell::STEPS, ctx);
        let text = format!(
            "share of clauses: {none} none  {least} up to 5 %, a step for every 5 %, {most} over 35 %"
        );
        vec![Span::raw(text)]
    }

    /// What subjects and sites are ordered by.
    fn order(&self, ctx: &Ctx<'_>) -> String {
        let subjects = match self.grid.order {
            SubjectOrder::Difference if self.settled => "most different first",
            SubjectOrder::Difference => "most different first when all have answered",
            SubjectOrder::Topic => "topic by topic",
        };
        let sites = match self.grid.site_order {
            SiteOrder::Name => "sites by name",
            SiteOrder::Answer(_) => "sites by what they answer",
            SiteOrder::Likeness => "sites most like the base first",
        };
        format!("{subjects} {} {sites}", ctx.glyph(Glyph::Dot))
    }

    fn paint_row(&self, buffer: &mut Buffer, slot: usize, row: usize, ctx: &Ctx<'_>) {
        let y = self.places.y_of(slot);
        let current = row == self.rows.cursor();
        self.paint_label(buffer, y, row, ctx);
        for (slot, column) in self.columns.visible().enumerate() {
            let x = self.places.x_of(slot);
            let Some((line, site)) = self.at(row, column) else {
                continue;
            };
            let (cell, base) = self.grid.cell(line.subject, site, &self.survey);
            let look = cell.look(base, ctx);
            buffer.set_string(x, y, look.sign, look.style);
            if let Some(mark) = look.mark {
                buffer.set_string(x + 1, y, mark, ctx.style(Role::Warning));
            }
            if self.places.words() {
                buffer.set_string(x + 3, y, look.word, look.style);
            }
            if current && column == self.columns.cursor() {
                let width = self.places.pitch.max(3) - 1;
                let cell = Rect::new(x, y, width, 1).intersection(self.places.cells);
                buffer.set_style(cell, ctx.style(Role::Focus));
            }
        }
    }

    fn paint_label(&self, buffer: &mut Buffer, y: u16, row: usize, ctx: &Ctx<'_>) {
        let area = self.places.labels;
        let current = row == self.rows.cursor();
        let head = self.head(row, self.transposed, ctx);
        let mut fact = String::new();
        if let (true, Some(count)) = (self.transposed, self.count_of_site(row)) {
            fact = format!(" {count:>2}");
        } else if let (false, Some(line)) = (self.transposed, self.grid.lines.get(row))
            && area.width >= WIDE_LABEL
            && self.settled
        {
            fact = format!(" {:>3}%", (line.apart * 100.0).round());
        }
        let cursor = if current {
            ctx.glyph(Glyph::Cursor)
        } else {
            " "
        };
        let mut spans = vec![ctx.span(Role::Accent, cursor)];
        let mut room = usize::from(area.width).saturating_sub(2 + width(&fact));
        if let Some(mark) = head.mark {
            room = room.saturating_sub(mark.width() + 1);
            spans.push(mark);
            spans.push(Span::raw(" "));
        }
        let mut style = head.style;
        if current {
            style = style.patch(ctx.style(Role::Current));
        }
        let name = fill(&head.name, room, ctx.glyph(Glyph::Ellipsis));
        spans.push(Span::styled(name, style));
        spans.push(ctx.span(Role::Dim, fact));
        buffer.set_line(area.x, y, &Line::from(spans), area.width);
    }

    /// The rule between the base and the sites that scroll.
    fn paint_gap(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        let places = &self.places;
        if places.column_gap > 0 && self.columns.visible().count() > 1 {
            let x = places.x_of(1) - 2;
            // A name in full may run across the rule.
            let top = places.heads.y;
            let area = Rect {
                y: top,
                height: places.cells.bottom() - top,
                ..places.heads
            };
            pane_rule(buffer, area, x, ctx);
        }
        if places.row_gap > 0 && self.rows.visible().count() > 1 {
            let y = places.y_of(1) - 1;
            let width = places.cells.right() - places.labels.x;
            let area = Rect {
                width,
                ..places.labels
            };
            rule(buffer, area, y, &[], ctx);
        }
    }

    /// Signs at the edges for what is scrolled out of sight.
    fn paint_more(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        let places = &self.places;
        let style = ctx.style(Role::Dim);
        if places.cells.height == 0 || places.labels.width < 4 {
            return;
        }
        let (before, after) = self.columns.hidden();
        let sign = match (before, after) {
            (true, true) => [Glyph::OnlyLeft, Glyph::OnlyRight]
                .map(|g| ctx.glyph(g))
                .concat(),
            (true, false) => ctx.glyph(Glyph::OnlyLeft).to_owned(),
            (false, true) => ctx.glyph(Glyph::OnlyRight).to_owned(),
            (false, false) => String::new(),
        };
        if places.heads.height > 0 {
            let x = places.heads.x.saturating_sub(3);
            buffer.set_string(x, places.heads.y, sign, style);
        }
        let (above, below) = self.rows.hidden();
        let x = places.labels.right().saturating_sub(1);
        if above {
            buffer.set_string(x, places.labels.y, ctx.glyph(Glyph::Ascending), style);
        }
        if below && places.labels.height > 0 {
            let y = places.labels.bottom() - 1;
            buffer.set_string(x, y, ctx.glyph(Glyph::Descending), style);
        }
    }

    /// The count of a column, where columns are sites.
    pub(super) fn count(&self, column: usize) -> Option<usize> {
        if self.transposed {
            None
        } else {
            self.count_of_site(column)
        }
    }

    fn count_of_site(&self, place: usize) -> Option<usize> {
        let base = self.grid.base?;
        let site = self.grid.sites.get(place).filter(|site| site.id != base)?;
        self.survey.said(site.id).map(|_| site.differs)
    }
}
