//! Drawing: the line to type in with what is wrong with it, the rows in sight, and what stands
//! there while nothing was found or looked for.

use super::found::{Found, Row};
use super::syntax::SYNTAX;
use super::telling::{hit_note, site_note};
use super::{Ctx, SearchView};
use crate::library::search::{FEWEST_WORDS, Hit, QueryError};
use crate::model::TextRange;
use crate::tui::action::Action;
use crate::tui::glyphs::Glyph;
use crate::tui::text::{fill, sanitize, truncate, width, wrap};
use crate::tui::theme::Role;
use crate::tui::view::{View, rule};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use std::ops::Range;

impl SearchView {
    pub(super) fn draw(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        let places = &self.places;
        let begins = self.draw_prompt(buffer, ctx);
        if let Some(error) = &self.error {
            let below = self.draw_error(error, begins, buffer, ctx);
            return self.draw_help(below, buffer, ctx);
        }
        rule(buffer, places.rule, places.rule.y, &[], ctx);
        match &self.found {
            Some(found) if !found.is_empty() => self.draw_found(found, buffer, ctx),
            _ if self.asked.is_some() => self.draw_lines(&self.silence(ctx), buffer, ctx),
            _ => self.draw_help(places.list, buffer, ctx),
        }
    }

    /// Draws the line to type in; the column in which its text begins, if it is shown from there.
    fn draw_prompt(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) -> Option<u16> {
        let area = self.places.prompt;
        let what = if self.like.is_some() {
            "like"
        } else {
            "search"
        };
        let lead = format!(" {what} {} ", ctx.glyph(Glyph::Cursor));
        let room = usize::from(area.width).saturating_sub(width(&lead) + 1);
        let mut spans = vec![ctx.span(Role::Accent, lead.clone())];
        let mut begins = Some(u16::try_from(width(&lead)).unwrap_or(0));
        if let (Some(like), false) = (&self.like, self.typing) {
            let words = sanitize(&like.words);
            let words = truncate(&words, room.saturating_sub(2), ctx.glyph(Glyph::Ellipsis));
            let open = ctx.glyph(Glyph::QuoteOpen);
            let close = ctx.glyph(Glyph::QuoteClose);
            spans.push(ctx.span(Role::Quote, format!("{open}{words}{close}")));
        } else {
            let (before, after) = self.prompt.halves();
            let shown = tail(before, room.saturating_sub(width(after).min(room / 4) + 1));
            if shown.len() < before.len() {
                begins = None;
            }
            let wrong = self.error.as_ref().map(|error| error.at.clone());
            let start = before.len() - shown.len();
            spans.extend(marked_wrong(shown, start, wrong.as_ref(), ctx));
            if self.typing {
                spans.push(ctx.span(Role::Accent, ctx.glyph(Glyph::Caret)));
            }
            spans.extend(marked_wrong(after, before.len(), wrong.as_ref(), ctx));
        }
        buffer.set_line(area.x, area.y, &Line::from(spans), area.width);
        begins
    }

    /// Draws what is wrong with the query under its place, or as a text of its own where there is no
    /// room beside that; what is left below it.
    fn draw_error(
        &self,
        error: &QueryError,
        begins: Option<u16>,
        buffer: &mut Buffer,
        ctx: &Ctx<'_>,
    ) -> Rect {
        let (area, list) = (self.places.rule, self.places.list);
        let style = ctx.style(Role::Error);
        let text = self.prompt.text();
        let caret = usize::from(self.typing && self.prompt.halves().0.len() <= error.at.start);
        let before = text.get(..error.at.start).map_or(0, width) + caret;
        let under = text.get(error.at.clone()).map_or(1, width).max(1);
        let column = begins.map(|begins| usize::from(begins) + before);
        let whole = format!("{} {}", "^".repeat(under), error.message);
        if let Some(column) = column.filter(|at| at + width(&whole) < usize::from(area.width)) {
            let column = area.x + u16::try_from(column).unwrap_or(0);
            buffer.set_string(column, area.y, sanitize(&whole), style);
            return list;
        }
        let message = error.to_string();
        let message = sanitize(&message);
        let columns = usize::from(area.width).saturating_sub(2);
        let lines = wrap(&message, TextRange::new(0, message.len()), columns);
        let mut below = area.y;
        for (y, line) in (area.y..list.bottom()).zip(lines) {
            buffer.set_string(area.x + 1, y, line.of(&message), style);
            below = y + 1;
        }
        let y = (below + 1).min(list.bottom());
        Rect {
            y,
            height: list.bottom() - y,
            ..list
        }
    }

    fn draw_found(&self, found: &Found, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        let area = self.places.list;
        for (y, row) in (area.top()..area.bottom()).zip(found.visible()) {
            let line = match *row {
                Row::Gap => continue,
                Row::Site(site) => site_line(site, found, ctx),
                Row::Note(at) => self.hit_line(at, None, found, ctx),
                Row::Text(at, line) => self.hit_line(at, Some(line), found, ctx),
            };
            buffer.set_line(area.x, y, &line, area.width);
        }
    }

    /// A line of a hit, or what there is to say of it.
    fn hit_line(
        &self,
        at: usize,
        line: Option<usize>,
        found: &Found,
        ctx: &Ctx<'_>,
    ) -> Line<'static> {
        let Some((hit, snippet)) = found.hit(at).zip(found.snippet(at)) else {
            return Line::default();
        };
        let current = at == found.cursor();
        let first = line == Some(0);
        let mut spans = vec![Span::raw(" ")];
        let marked = first && self.marked.is_some_and(|marked| marked.is_of(hit));
        spans.push(match (current, marked) {
            (_, true) => ctx.span(Role::Accent, "L"),
            (true, _) if first => ctx.span(Role::Accent, ctx.glyph(Glyph::Cursor)),
            (true, _) => ctx.span(Role::Accent, ctx.glyph(Glyph::Current)),
            _ => Span::raw(" "),
        });
        let topic = hit.topics.first().filter(|_| found.has_topics() && first);
        spans.push(Span::raw(" "));
        if found.has_topics() {
            let mark = topic.map(|&topic| ctx.topic_mark(topic, true));
            let missing = 3_usize.saturating_sub(mark.as_ref().map_or(0, Span::width));
            spans.extend(mark);
            spans.push(Span::raw(" ".repeat(missing)));
        }
        let ellipsis = ctx.glyph(Glyph::Ellipsis);
        match line.and_then(|line| snippet.lines.get(line)) {
            None => spans.push(ctx.span(Role::Dim, format!(" {}", hit_note(at, found, ctx)))),
            Some(&range) => {
                let before = if first && snippet.cut_before {
                    ctx.glyph(Glyph::Cut)
                } else {
                    " "
                };
                spans.push(ctx.span(Role::Dim, before));
                spans.extend(with_marks(hit, range, current, ctx));
                let last = line.is_some_and(|line| line + 1 == snippet.lines.len());
                if last && snippet.cut_after {
                    spans.push(ctx.span(Role::Dim, format!(" {ellipsis}")));
                }
            }
        }
        if !found.has_topics() {
            // The column before the text is where an ellipsis stands; narrow screens have no other.
            spans.remove(2);
        }
        Line::from(spans)
    }

    /// Why nothing is shown, as sentences.
    fn silence(&self, ctx: &Ctx<'_>) -> Vec<String> {
        if self.must_wait(ctx) {
            let progress = ctx.progress.map(|progress| progress.to_string());
            let progress = progress.unwrap_or_default();
            return vec![format!(
                "What is found comes as soon as the index is there: {progress}."
            )];
        }
        if self.asking.is_busy() {
            let ready = ctx.library.is_search_ready(self.versions);
            let what = if ready {
                "Searching"
            } else {
                "The first search reads all policies"
            };
            return vec![format!("{what} {}", ctx.glyph(Glyph::Ellipsis))];
        }
        let too_short = |found: &Found| found.results().too_short;
        let Some(found) = &self.found else {
            return Vec::new();
        };
        if too_short(found) {
            return vec![format!(
                "Clauses of fewer than {FEWEST_WORDS} different words are the same by chance, so this one was not looked for."
            )];
        }
        if let Some(why) = &found.results().unfit {
            return vec![format!("No clause fits, as {}.", sanitize(why))];
        }
        let nothing = match self.like {
            Some(_) => "No other site says this in the same or nearly the same words.",
            None => "No clause fits.",
        };
        let mut lines = vec![nothing.to_owned()];
        let has_older = || {
            ctx.library
                .entries()
                .iter()
                .any(|entry| entry.history.is_some())
        };
        let versions = ctx.keys.key_for(self.scope(), Action::ToggleVersions);
        if let Some(keys) = versions.filter(|_| !self.versions && has_older()) {
            lines.push(format!("{keys} looks through older versions too."));
        }
        lines
    }

    fn draw_lines(&self, texts: &[String], buffer: &mut Buffer, ctx: &Ctx<'_>) {
        let area = self.places.list;
        let columns = usize::from(area.width).saturating_sub(2);
        let mut y = area.top();
        for text in texts {
            for line in wrap(text, TextRange::new(0, text.len()), columns) {
                if y < area.bottom() {
                    let span = ctx.span(Role::Dim, line.of(text));
                    buffer.set_span(area.x + 1, y, &span, area.width);
                }
                y += 1;
            }
        }
    }

    /// The queries before, while nothing is typed, and how a query is written.
    fn draw_help(&self, area: Rect, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        let ellipsis = ctx.glyph(Glyph::Ellipsis);
        let mut lines = Vec::new();
        if self.prompt.is_empty() && !self.recent.queries().is_empty() {
            lines.push(Line::from(ctx.span(Role::Heading, " Searched before")));
            for (at, query) in self.recent.queries().iter().enumerate() {
                let here = at == self.recent.cursor();
                let mark = if here { ctx.glyph(Glyph::Cursor) } else { " " };
                let room = usize::from(area.width).saturating_sub(4);
                lines.push(Line::from(vec![
                    ctx.span(Role::Accent, format!(" {mark} ")),
                    Span::raw(truncate(query, room, ellipsis).into_owned()),
                ]));
            }
            lines.push(Line::default());
        }
        lines.push(Line::from(ctx.span(Role::Heading, " How to ask")));
        let lead = SYNTAX.iter().map(|(written, _)| width(written)).max();
        let lead = lead.unwrap_or(0);
        let room = usize::from(area.width).saturating_sub(lead + 6);
        for (written, finds) in SYNTAX {
            lines.push(Line::from(vec![
                Span::raw("   "),
                ctx.span(Role::Strong, fill(written, lead, ellipsis)),
                ctx.span(Role::Dim, format!("  {}", truncate(finds, room, ellipsis))),
            ]));
        }
        for (y, line) in (area.top()..area.bottom()).zip(lines) {
            buffer.set_line(area.x, y, &line, area.width);
        }
    }
}

fn site_line(site: usize, found: &Found, ctx: &Ctx<'_>) -> Line<'static> {
    found.site(site).map_or_else(Line::default, |hits| {
        let note = site_note(hits, found, ctx);
        Line::from(vec![
            ctx.span(Role::Heading, format!(" {}", sanitize(&hits.site))),
            ctx.span(Role::Dim, note),
        ])
    })
}

/// A line of a hit's text with the words that were looked for.
fn with_marks(hit: &Hit, line: TextRange, current: bool, ctx: &Ctx<'_>) -> Vec<Span<'static>> {
    let role = if current {
        Role::MatchCurrent
    } else {
        Role::Match
    };
    let range = |text: TextRange| text.start as usize..text.end as usize;
    let marks = hit.marks.iter().map(|&mark| range(mark));
    let style = ctx.style(role);
    cut_at(&hit.text, range(line), marks, ctx.style(Role::Text), style)
}

/// A part of what was typed, from byte `start` of it, with what is wrong in it marked.
fn marked_wrong(
    part: &str,
    start: usize,
    wrong: Option<&Range<usize>>,
    ctx: &Ctx<'_>,
) -> Vec<Span<'static>> {
    let inside =
        wrong.map(|wrong| wrong.start.saturating_sub(start)..wrong.end.saturating_sub(start));
    let style = ctx.style(Role::Error);
    cut_at(part, 0..part.len(), inside.into_iter(), Style::new(), style)
}

/// Part of a text as spans: what lies in the marks (in order) in their style, the rest in another.
fn cut_at(
    text: &str,
    part: Range<usize>,
    marks: impl Iterator<Item = Range<usize>>,
    plain: Style,
    marked: Style,
) -> Vec<Span<'static>> {
    let mut spans = Vec::new();
    let mut at = part.start;
    let mut push = |range: Range<usize>, style| {
        if let Some(text) = text.get(range).filter(|text| !text.is_empty()) {
            spans.push(Span::styled(sanitize(text).into_owned(), style));
        }
    };
    for mark in marks {
        let (start, end) = (mark.start.max(at), mark.end.min(part.end));
        if start < end {
            push(at..start, plain);
            push(start..end, marked);
            at = end;
        }
    }
    push(at..part.end, plain);
    spans
}

/// The end of a text that fits into so many columns.
fn tail(text: &str, columns: usize) -> &str {
    let fits = |&(at, _): &(usize, char)| width(&text[at..]) <= columns;
    let first = text.char_indices().find(fits).map(|(at, _)| at);
    if text.is_empty() {
        text
    } else {
        &text[first.unwrap_or(text.len())..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_long_line_is_shown() {
        assert_eq!(tail("cookies", 9), "cookies");
        assert_eq!(tail("cookies", 3), "ies");
        assert_eq!(tail("日本語", 3), "語");
        assert_eq!(tail("日本語", 1), "");
        assert_eq!(tail("", 0), "");
    }

    #[test]
    fn text_is_cut_where_marks_begin_and_end() {
        let spans = cut_at(
            "we use cookies",
            3..14,
            [0..5, 7..10].into_iter(),
            Style::new(),
            Style::new().bold(),
        );
        let shown: Vec<(&str, bool)> = spans
            .iter()
            .map(|span| (&*span.content, span.style != Style::new()))
            .collect();
        let wanted = [("us", true), ("e ", false), ("coo", true), ("kies", false)];
        assert_eq!(shown, wanted);
    }
}
