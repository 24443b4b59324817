//! Markdown → raw blocks, by way of pulldown-cmark's events.

use super::builder::{Builder, Inline, Raw, RawBlock, RawKind};
use super::html::{self, Piece};
use super::{emphasis, torn_links};
use crate::model::{Marker, Span, TextRange};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;

/// Nesting of lists and quotes past this depth is shown at this depth.
pub(super) const MAX_DEPTH: u8 = 24;

/// The dialect that is read; tests use the same.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH
}

/// Parses `source` from byte `from` on.
pub(super) fn parse(source: &str, from: usize) -> Raw {
    parse_mended(&mend(&source[from..]), from)
}

/// Mends marks that an exporter broke, so that Markdown reads them as they were meant. Length never
/// changes.
pub(super) fn mend(source: &str) -> Cow<'_, str> {
    match torn_links::repair(source) {
        Cow::Borrowed(source) => emphasis::repair(source),
        Cow::Owned(source) => Cow::Owned(emphasis::repair(&source).into_owned()),
    }
}

/// Parses what stands from byte `from` of a source on, [mended](mend) already.
pub(super) fn parse_mended(body: &str, from: usize) -> Raw {
    let mut walk = Walk {
        builder: Builder::with_room(body.len()),
        ..Walk::default()
    };
    for (event, range) in Parser::new_ext(body, options()).into_offset_iter() {
        walk.event(event, Span::new(from + range.start, from + range.end));
    }
    let mut raw = walk.builder.finish(from + body.len());
    mark_lone_items(&mut raw.blocks);
    raw
}

#[derive(Clone, Copy, Debug)]
enum Frame {
    List { id: u32, next: Option<u64> },
    Item { marker: Marker },
    Quote,
}

#[derive(Default)]
struct Walk {
    builder: Builder,
    frames: Vec<Frame>,
    lists: u32,
    inline: Inline,
    strong: u32,
    emphasis: u32,
    strike: u32,
    /// By a tag (`<del>`), which reaches no further than its block.
    struck_by_tag: bool,
    html: Option<(String, Span)>,
}

impl Walk {
    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(text) => self.text(&text, span),
            Event::Code(text) => {
                // The span holds the backticks too; the words stand in its middle.
                let marks = (span.len().saturating_sub(text.len())) / 2;
                let start = span.start as usize + marks;
                let inner = Span::new(start, start + text.len());
                let plain = self.inline;
                self.inline.style.code = true;
                self.text(&text, inner);
                self.inline = plain;
            }
            Event::InlineHtml(tag) => {
                for piece in html::pieces(&tag) {
                    match piece {
                        Piece::LineBreak => self.builder.line_break(),
                        Piece::Strike(begins) => self.strike_by_tag(begins),
                        Piece::Text(..) | Piece::BlockBreak => {}
                    }
                }
            }
            Event::Html(text) => self.collect_html(&text, span),
            Event::SoftBreak => self.text(
                " ",
                Span {
                    start: span.start,
                    end: span.start + 1,
                },
            ),
            Event::HardBreak => self.builder.line_break(),
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.text(&text, span);
            }
            Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn text(&mut self, text: &str, span: Span) {
        if let Some((_, at)) = &self.html {
            let at = *at;
            return self.collect_html(
                text,
                Span {
                    start: at.start,
                    end: span.end,
                },
            );
        }
        if !self.builder.is_open() {
            self.open(self.kind_here(), span);
        }
        self.builder.push(text, span, self.inline);
    }

    fn kind_here(&self) -> RawKind {
        match self
            .frames
            .iter()
            .rev()
            .find(|frame| !matches!(frame, Frame::List { .. }))
        {
            Some(Frame::Item { .. }) => RawKind::Item,
            Some(Frame::Quote) => RawKind::Quote,
            _ => RawKind::Paragraph,
        }
    }

    /// Opens a block of a kind at this nesting. The first block of an item takes its marker.
    fn open(&mut self, kind: RawKind, span: Span) {
        let nesting = self
            .frames
            .iter()
            .filter(|f| !matches!(f, Frame::Item { .. }))
            .count();
        if nesting > usize::from(MAX_DEPTH) {
            self.builder.too_deep();
        }
        let list = self.frames.iter().rev().find_map(|frame| match frame {
            Frame::List { id, .. } => Some(*id),
            _ => None,
        });
        let marker = match self.frames.last_mut() {
            Some(Frame::Item { marker }) => std::mem::take(marker),
            _ => Marker::None,
        };
        self.builder.open(RawBlock {
            kind,
            text: TextRange::default(),
            span,
            depth: u8::try_from(nesting).unwrap_or(MAX_DEPTH).min(MAX_DEPTH),
            marker,
            list: list.unwrap_or(0),
            lone_item: false,
            first_row: false,
        });
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph => self.open(self.kind_here(), span),
            Tag::Heading { level, .. } => self.open(RawKind::Heading(level as u8), span),
            Tag::CodeBlock(_) => self.open(RawKind::Code, span),
            Tag::BlockQuote(_) => {
                self.builder.close(span.start);
                self.frames.push(Frame::Quote);
            }
            Tag::List(first) => {
                self.builder.close(span.start);
                self.lists += 1;
                self.frames.push(Frame::List {
                    id: self.lists,
                    next: first,
                });
            }
            Tag::Item => {
                let marker = match self.frames.last_mut() {
                    Some(Frame::List {
                        next: Some(number), ..
                    }) => {
                        let marker = Marker::Number(*number);
                        *number = number.saturating_add(1);
                        marker
                    }
                    _ => Marker::Bullet,
                };
                self.frames.push(Frame::Item { marker });
                // A tight item has no paragraph of its own: its text opens the block.
                self.builder.close(span.start);
            }
            Tag::Table(_) => self.builder.open_table(span.start),
            Tag::TableHead => self.open(RawKind::HeaderRow, span),
            Tag::TableRow => self.open(RawKind::Row, span),
            Tag::HtmlBlock => {
                self.builder.close(span.start);
                self.html = Some((String::new(), span));
            }
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.emphasis += 1,
            Tag::Strikethrough => self.strike += 1,
            Tag::Link { dest_url, .. } => self.inline.link = Some(self.builder.link(&dest_url)),
            _ => {}
        }
        self.style();
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        self.struck_by_tag &= is_inline(tag);
        match tag {
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::TableRow
            | TagEnd::TableHead => self.builder.close(span.end),
            TagEnd::TableCell => self.builder.next_cell(),
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => {
                self.builder.close(span.end);
                self.frames.pop();
            }
            TagEnd::HtmlBlock => self.flush_html(),
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Strikethrough => self.strike = self.strike.saturating_sub(1),
            TagEnd::Link => self.inline.link = None,
            _ => {}
        }
        self.style();
    }

    fn style(&mut self) {
        self.inline.style.strong = self.strong > 0;
        self.inline.style.emphasis = self.emphasis > 0;
        self.inline.style.strike = self.strike > 0 || self.struck_by_tag;
    }

    /// Takes note of a tag that strikes text through.
    fn strike_by_tag(&mut self, begins: bool) {
        self.struck_by_tag = begins;
        self.style();
    }

    fn collect_html(&mut self, text: &str, span: Span) {
        match &mut self.html {
            Some((html, at)) => {
                html.push_str(text);
                at.end = at.end.max(span.end);
            }
            None => self.html_pieces(text, span),
        }
    }

    fn flush_html(&mut self) {
        if let Some((html, span)) = self.html.take() {
            self.html_pieces(&html, span);
            self.builder.close(span.end);
            self.strike_by_tag(false);
        }
    }

    fn html_pieces(&mut self, html: &str, span: Span) {
        let exact = html.len() == span.len();
        for piece in html::pieces(html) {
            match piece {
                Piece::Text(text, range) => {
                    let at = span.start as usize;
                    let place = if exact {
                        Span::new(at + range.start, at + range.end)
                    } else {
                        span
                    };
                    if !self.builder.is_open() {
                        self.open(self.kind_here(), place);
                    }
                    self.builder.push(&text, place, self.inline);
                }
                Piece::LineBreak => self.builder.line_break(),
                Piece::BlockBreak => self.builder.close(span.start),
                Piece::Strike(begins) => self.strike_by_tag(begins),
            }
        }
    }
}

/// Whether what ends stands inside a block.
fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Strong | TagEnd::Emphasis | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

/// Notes which items are alone in their list: numbered headings are often written so.
pub(super) fn mark_lone_items(blocks: &mut [RawBlock]) {
    let lists = blocks.iter().map(|block| block.list).max().unwrap_or(0) as usize;
    if lists == 0 {
        return;
    }
    let mut items = vec![0u32; lists + 1];
    for block in blocks.iter().filter(|block| block.marker != Marker::None) {
        items[block.list as usize] += 1;
    }
    for block in blocks.iter_mut() {
        block.lone_item = block.list > 0 && items[block.list as usize] == 1;
    }
}
