//! Draws the matrix: legend, heads, labels, cells. Only what is visible is looked up.

use super::cell::{Subject, answer_signs};
use super::grid::{SiteOrder, SubjectOrder};
use super::{Head, MatrixView};
use crate::model::{Answer, TextRange};
use crate::tui::glyphs::Glyph;
use crate::tui::text::{fill, sanitize, truncate, width, wrap};
use crate::tui::theme::Role;
use crate::tui::view::{Ctx, pane_rule, rule};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

/// Labels at least this wide say how much the sites differ.
const WIDE_LABEL: u16 = 36;

/// Heads of at least so many letters say that they are cut.
const ELLIPSIS_FROM: usize = 8;

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
        if self.grid.doubtful > 0 {
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

    fn paint_heads(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        let places = &self.places;
        for (slot, column) in self.columns.visible().enumerate() {
            let head = self.head(column, !self.transposed, ctx);
            let mut style = head.style;
            if column == self.columns.cursor() {
                style = style.patch(ctx.style(Role::Accent));
            }
            let x = places.x_of(slot);
            let area = Rect {
                x,
                width: places.pitch - 1,
                ..places.heads
            };
            if column == self.columns.cursor() {
                let name = self.full_name(column, &head, ctx);
                self.paint_name(buffer, x, &name, style, ctx);
            }
            if places.heads.height == 0 {
                // The name of the column under the cursor is all there is room for.
            } else if self.downwards() {
                downwards(buffer, area, &head, style, ctx);
            } else {
                across(buffer, area, &head, style, ctx);
            }
            if let Some(count) = self.count(column) {
                self.paint_count(buffer, x, count, ctx);
            }
        }
        if places.counts.height > 0 && places.labels.width > 2 {
            let room = usize::from(places.labels.width) - 2;
            let text = truncate("differ from the base", room, ctx.glyph(Glyph::Ellipsis));
            let x = places.labels.right() - 1 - u16::try_from(width(&text)).unwrap_or(0);
            buffer.set_string(x, places.counts.bottom() - 1, text, ctx.style(Role::Dim));
        }
    }

    /// What a column is called where there is room: the question, not its id.
    fn full_name(&self, column: usize, head: &Head, ctx: &Ctx<'_>) -> String {
        let line = self.grid.lines.get(column).filter(|_| self.transposed);
        let question = line.and_then(|line| match line.subject {
            Subject::Question(place) => ctx.library.questions().get(place),
            Subject::Share(_) => None,
        });
        question.map_or_else(
            || head.name.clone(),
            |question| sanitize(&question.text).into_owned(),
        )
    }

    /// The head of the column under the cursor in full, above all others.
    fn paint_name(&self, buffer: &mut Buffer, x: u16, name: &str, style: Style, ctx: &Ctx<'_>) {
        let (named, labels) = (self.places.named, self.places.labels);
        if named.height == 0 {
            return;
        }
        let room = (named.right() - labels.x).saturating_sub(1);
        let arrow = ctx.glyph(Glyph::Unfolded);
        let name = format!("{arrow} {name}");
        let name = truncate(&name, room.into(), ctx.glyph(Glyph::Ellipsis));
        let taken = u16::try_from(width(&name)).unwrap_or(room);
        buffer.set_string(x.min(named.right() - taken), named.y, name, style);
    }

    /// On how many subjects the site of a column differs from the base.
    fn paint_count(&self, buffer: &mut Buffer, x: u16, count: usize, ctx: &Ctx<'_>) {
        let area = self.places.counts;
        let style = ctx.style(Role::Dim);
        if !self.downwards() {
            buffer.set_string(x, area.y, count.to_string(), style);
            return;
        }
        let digits = format!("{count:>0$}", usize::from(area.height));
        for (y, digit) in (area.y..area.bottom()).zip(digits.chars()) {
            buffer.set_string(x, y, digit.to_string(), style);
        }
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

    fn downwards(&self) -> bool {
        self.places.pitch < super::places::ACROSS
    }

    /// The count of a column, where columns are sites.
    fn count(&self, column: usize) -> Option<usize> {
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

    /// The name of a site, with a mark where its silence tells nothing.
    fn site_head(&self, place: usize, ctx: &Ctx<'_>) -> Head {
        let site = self.grid.sites.get(place);
        let Some(entry) = site.and_then(|site| ctx.library.get(site.id)) else {
            return Head::default();
        };
        let doubtful = entry.policy().doubt().is_some();
        Head {
            mark: doubtful.then(|| ctx.span(Role::Warning, ctx.glyph(Glyph::Warning))),
            name: sanitize(&entry.name).into_owned(),
            style: ctx.style(Role::Text),
        }
    }

    /// How a site or a subject is called at its end of the matrix.
    fn head(&self, place: usize, is_site: bool, ctx: &Ctx<'_>) -> Head {
        if is_site {
            return self.site_head(place, ctx);
        }
        let Some(line) = self.grid.lines.get(place) else {
            return Head::default();
        };
        let (topic, name) = match line.subject {
            Subject::Share(topic) => (topic, topic.label()),
            Subject::Question(at) => match ctx.library.questions().get(at) {
                Some(question) if self.transposed && self.downwards() => {
                    (question.topic, question.id.as_str())
                }
                Some(question) => (question.topic, question.text.as_str()),
                None => return Head::default(),
            },
        };
        Head {
            mark: Some(Span::styled(
                topic.sign().to_string(),
                ctx.theme.topic(topic),
            )),
            name: sanitize(name).into_owned(),
            style: ctx.style(Role::Text),
        }
    }
}

/// Writes a head across, in as many lines as there are rows, so that it ends above its column.
fn across(buffer: &mut Buffer, area: Rect, head: &Head, style: Style, ctx: &Ctx<'_>) {
    let mark = head.mark.as_ref().map_or("", |mark| mark.content.as_ref());
    let gap = if area.height > 1 && !mark.is_empty() {
        " "
    } else {
        ""
    };
    let name = format!("{mark}{gap}{}", head.name);
    let lines = wrap(&name, TextRange::new(0, name.len()), area.width.into());
    let shown = lines.len().min(area.height.into());
    let from = area.bottom() - u16::try_from(shown).unwrap_or(area.height);
    for (nth, (y, line)) in (from..area.bottom()).zip(&lines).enumerate() {
        // The last line takes all that is left.
        let is_last = nth + 1 == shown;
        let end = if is_last {
            name.len()
        } else {
            line.end as usize
        };
        let words = TextRange::new(line.start as usize, end).of(&name);
        let words = truncate(words, area.width.into(), ctx.glyph(Glyph::Ellipsis));
        buffer.set_string(area.x, y, words, style);
    }
}

/// Writes a head downwards, so that it ends above its column.
fn downwards(buffer: &mut Buffer, area: Rect, head: &Head, style: Style, ctx: &Ctx<'_>) {
    let mark = head
        .mark
        .iter()
        .map(|mark| (mark.content.as_ref(), mark.style));
    let room = usize::from(area.height).saturating_sub(mark.len());
    let all: Vec<&str> = head.name.graphemes(true).collect();
    let mut letters: Vec<&str> = all.iter().copied().take(room).collect();
    // Of a short head every letter is needed, and that it is cut shows anyway.
    if all.len() > room
        && room >= ELLIPSIS_FROM
        && let Some(last) = letters.last_mut()
    {
        *last = ctx.glyph(Glyph::Ellipsis);
    }
    let missing = usize::from(area.height).saturating_sub(letters.len() + mark.len());
    let from = area.y + u16::try_from(missing).unwrap_or(0);
    let letters = letters.into_iter().map(|letter| (letter, style));
    for (y, (letter, style)) in (from..area.bottom()).zip(mark.chain(letters)) {
        buffer.set_stringn(area.x, y, letter, 2, style);
    }
}
