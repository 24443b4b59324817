//! A panel of a few rows at the bottom of a view: its lines are wrapped, and what does not fit into it
//! stands on further pages.

use super::action::Action;
use super::glyphs::Glyph;
use super::keymap::Scope;
use super::text::wrap;
use super::theme::Role;
use super::view::{Ctx, rule};
use crate::model::TextRange;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

/// Columns before the text, and once more before what goes on from the line above.
const INDENT: usize = 1;

/// Which page is shown, if the panel is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Panel {
    page: Option<usize>,
}

impl Panel {
    /// Whether it is shown.
    pub fn is_open(self) -> bool {
        self.page.is_some()
    }

    /// Takes it away.
    pub fn close(&mut self) {
        self.page = None;
    }

    /// Goes back to the first page, as other lines are shown now.
    pub fn rewind(&mut self) {
        self.page = self.page.map(|_| 0);
    }

    /// Opens it, or turns to the next page of these lines in its area; after the last it closes.
    pub fn turn(&mut self, lines: &[Line<'_>], area: Rect) {
        self.page = match self.page {
            None => Some(0),
            Some(page) => Some(page + 1).filter(|next| *next < pages(&wrapped(lines, area), area)),
        };
    }

    /// Draws the lines below a rule, which names the page where there are several.
    pub fn render(
        self,
        lines: &[Line<'_>],
        area: Rect,
        scope: Scope,
        buffer: &mut Buffer,
        ctx: &Ctx<'_>,
    ) {
        let Some(page) = self.page.filter(|_| area.height > 0) else {
            return;
        };
        Clear.render(area, buffer);
        rule(buffer, area, area.y, &[], ctx);
        let lines = wrapped(lines, area);
        let pages = pages(&lines, area);
        let page = page.min(pages - 1);
        let shown = lines.iter().skip(page * rows(area));
        for (y, line) in (area.y + 1..area.bottom()).zip(shown) {
            buffer.set_line(area.x, y, line, area.width);
        }
        if pages == 1 {
            return;
        }
        let key = ctx.keys.key_for(scope, Action::Explain);
        let key = key.map_or_else(String::new, |key| {
            format!(" {}", key.short(ctx.glyphs.ascii))
        });
        let more = if page + 1 < pages {
            format!(" {}{key}", ctx.glyph(Glyph::Descending))
        } else {
            String::new()
        };
        let said = Line::from(ctx.span(Role::Dim, format!(" {} of {pages}{more} ", page + 1)));
        let taken = u16::try_from(said.width()).unwrap_or(area.width);
        let x = area.right().saturating_sub(taken + 1).max(area.x);
        buffer.set_line(x, area.y, &said, area.width);
    }
}

/// Rows for lines, below the rule.
fn rows(area: Rect) -> usize {
    usize::from(area.height.saturating_sub(1)).max(1)
}

/// How many pages there are, at least one.
fn pages(lines: &[Line<'_>], area: Rect) -> usize {
    lines.len().div_ceil(rows(area)).max(1)
}

/// The lines wrapped to the width of an area.
fn wrapped(lines: &[Line<'_>], area: Rect) -> Vec<Line<'static>> {
    let columns = usize::from(area.width)
        .saturating_sub(2 * INDENT + 1)
        .max(1);
    lines
        .iter()
        .flat_map(|line| wrapped_line(line, columns))
        .collect()
}

fn wrapped_line(line: &Line<'_>, columns: usize) -> Vec<Line<'static>> {
    let text: String = line
        .spans
        .iter()
        .map(|span| span.content.as_ref())
        .collect();
    let ranges = wrap(&text, TextRange::new(0, text.len()), columns);
    let part = |(nth, range): (usize, TextRange)| {
        let indent = if nth == 0 { INDENT } else { 2 * INDENT };
        let mut spans = vec![Span::raw(" ".repeat(indent))];
        spans.extend(cut(line, range));
        Line::from(spans)
    };
    ranges.into_iter().enumerate().map(part).collect()
}

/// The spans of a stretch of a line.
fn cut(line: &Line<'_>, range: TextRange) -> Vec<Span<'static>> {
    let (from, to) = (range.start as usize, range.end as usize);
    let mut at = 0;
    let mut spans = Vec::new();
    for span in &line.spans {
        let (start, end) = (at, at + span.content.len());
        at = end;
        let inside = from.max(start)..to.min(end);
        if !inside.is_empty()
            && let Some(text) = span.content.get(inside.start - start..inside.end - start)
        {
            spans.push(Span::styled(text.to_owned(), span.style));
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    fn text(lines: &[Line<'_>]) -> Vec<String> {
        lines.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn lines_are_wrapped_with_their_styles() {
        let bold = Style::new().bold();
        let line = Line::from(vec![
            Span::raw("one two "),
            Span::styled("three four", bold),
        ]);
        let lines = wrapped(&[line], Rect::new(0, 0, 16, 4));
        assert_eq!(text(&lines), [" one two three", "  four"]);
        assert_eq!(
            (lines[0].spans[2].style, lines[1].spans[1].style),
            (bold, bold)
        );
    }

    #[test]
    fn every_page_is_turned_to_before_the_panel_closes() {
        let lines: Vec<Line<'_>> = (0..7).map(|n| Line::from(n.to_string())).collect();
        let area = Rect::new(0, 0, 20, 4);
        let mut panel = Panel::default();
        let mut seen = Vec::new();
        for _ in 0..4 {
            panel.turn(&lines, area);
            seen.push(panel.page);
        }
        assert_eq!(seen, [Some(0), Some(1), Some(2), None]);
    }
}
