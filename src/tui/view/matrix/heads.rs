//! What stands at the ends of rows and columns: names of sites, questions, topics; over the columns wrapped,
//! across or downwards, as there is room.

use super::cell::Subject;
use super::{Head, MatrixView};
use crate::model::TextRange;
use crate::tui::glyphs::Glyph;
use crate::tui::text::{sanitize, truncate, width, wrap};
use crate::tui::theme::Role;
use crate::tui::view::Ctx;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;
use unicode_segmentation::UnicodeSegmentation;

/// Heads of at least so many letters say that they are cut.
const ELLIPSIS_FROM: usize = 8;

impl MatrixView {
    pub(super) fn paint_heads(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
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

    pub(super) fn downwards(&self) -> bool {
        self.places.pitch < super::places::ACROSS
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
    pub(super) fn head(&self, place: usize, is_site: bool, ctx: &Ctx<'_>) -> Head {
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
        *last = ctx.glyph(Glyph::Cut);
    }
    let missing = usize::from(area.height).saturating_sub(letters.len() + mark.len());
    let from = area.y + u16::try_from(missing).unwrap_or(0);
    let letters = letters.into_iter().map(|letter| (letter, style));
    for (y, (letter, style)) in (from..area.bottom()).zip(mark.chain(letters)) {
        buffer.set_stringn(area.x, y, letter, 2, style);
    }
}
