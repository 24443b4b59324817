//! Collects visible text into raw blocks: white space folded, dangerous characters replaced, every
//! stretch tied to its place in the source.

use crate::model::{Marker, Run, RunStyle, STAND_IN, Span, TextRange, is_dangerous};
use std::collections::BTreeMap;

/// What a format says a block is, before the structure a person sees is recovered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RawKind {
    /// A heading of the format, 1 to 6.
    Heading(u8),
    Paragraph,
    Item,
    HeaderRow,
    Row,
    Quote,
    Code,
}

/// A block as the format has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RawBlock {
    pub(super) kind: RawKind,
    pub(super) text: TextRange,
    pub(super) span: Span,
    pub(super) depth: u8,
    pub(super) marker: Marker,
    /// The list it stands in, and how many items that list has; 0 outside lists.
    pub(super) list: u32,
    /// Whether it is the only item of its list.
    pub(super) lone_item: bool,
    /// Whether it is the first row of its table that says anything.
    pub(super) first_row: bool,
}

impl RawBlock {
    /// Whether it is the first block of an item of a list that stands in no other.
    pub(super) fn is_at_margin(&self) -> bool {
        self.kind == RawKind::Item && self.begins_item_at_margin()
    }

    /// The same for an item that begins with a heading too.
    pub(super) fn begins_item_at_margin(&self) -> bool {
        let may_begin = matches!(self.kind, RawKind::Item | RawKind::Heading(_));
        may_begin && self.marker != Marker::None && self.depth <= 1
    }
}

/// A character that was replaced: which, how often, and where it first stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StandIn {
    pub(super) count: u32,
    pub(super) first: u32,
}

/// The visible text of a document, in blocks, before structure is recovered.
#[derive(Debug, Default)]
pub(super) struct Raw {
    pub(super) text: String,
    pub(super) blocks: Vec<RawBlock>,
    pub(super) runs: Vec<Run>,
    pub(super) links: Vec<String>,
    pub(super) stand_ins: BTreeMap<char, StandIn>,
    /// Whether lists or quotes were nested past the limit.
    pub(super) too_deep: bool,
}

/// How a stretch of text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Inline {
    pub(super) style: RunStyle,
    pub(super) link: Option<u32>,
}

/// About so many bytes of text make a block, and a stretch that is written alike; room is made by it.
const BYTES_A_BLOCK: usize = 160;

/// Builds a [`Raw`]: open a block, push text, close it.
#[derive(Debug, Default)]
pub(super) struct Builder {
    raw: Raw,
    open: Option<RawBlock>,
    pending: Option<char>,
    preformatted: bool,
    /// How many blocks stand before the table at hand.
    before_table: usize,
}

impl Builder {
    /// A builder with room for so many bytes of text.
    pub(super) fn with_room(bytes: usize) -> Self {
        let mut builder = Self::default();
        builder.raw.text.reserve(bytes);
        builder.raw.blocks.reserve(bytes / BYTES_A_BLOCK);
        builder.raw.runs.reserve(bytes / BYTES_A_BLOCK);
        builder
    }

    /// Opens a block; an open one is closed first.
    pub(super) fn open(&mut self, block: RawBlock) {
        self.close(block.span.start);
        self.preformatted = block.kind == RawKind::Code;
        let at = self.raw.text.len() + usize::from(!self.raw.text.is_empty());
        self.open = Some(RawBlock {
            text: TextRange::new(at, at),
            ..block
        });
    }

    /// Begins a table: the next row with visible text is its first.
    pub(super) fn open_table(&mut self, at: u32) {
        self.close(at);
        self.before_table = self.raw.blocks.len();
    }

    /// Whether a block is open.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Whether the open block has visible text.
    pub(super) fn has_text(&self) -> bool {
        self.open
            .as_ref()
            .is_some_and(|open| self.raw.text.len() > open.text.start as usize)
    }

    /// Closes the open block; one without visible text leaves no trace.
    pub(super) fn close(&mut self, span_end: u32) {
        self.pending = None;
        let Some(mut block) = self.open.take() else {
            return;
        };
        if self.raw.text.len() <= block.text.start as usize {
            return;
        }
        if self.raw.text.ends_with('\t') {
            self.raw.text.pop();
        }
        let text = &self.raw.text[block.text.start as usize..];
        if text.trim().is_empty() {
            self.raw
                .text
                .truncate((block.text.start as usize).saturating_sub(1));
            return;
        }
        block.text.end = TextRange::new(0, self.raw.text.len()).end;
        block.span.end = block.span.end.max(span_end).max(block.span.start);
        block.first_row = matches!(block.kind, RawKind::Row | RawKind::HeaderRow)
            && self.raw.blocks.len() == self.before_table;
        self.raw.blocks.push(block);
    }

    /// A link target's number.
    pub(super) fn link(&mut self, target: &str) -> u32 {
        // Nearly all are plain.
        let clean = if target.bytes().all(|byte| byte.is_ascii_graphic()) {
            target.to_owned()
        } else {
            target.chars().filter(|c| !is_dangerous(*c)).collect()
        };
        self.raw.links.push(clean);
        u32::try_from(self.raw.links.len() - 1).unwrap_or(u32::MAX)
    }

    /// Ends a line inside the block.
    pub(super) fn line_break(&mut self) {
        self.pending = Some('\n');
    }

    /// Ends a table cell.
    pub(super) fn next_cell(&mut self) {
        // Written at once, so that an empty cell keeps its column.
        self.pending = None;
        if self.open.is_some() {
            self.separate_blocks();
            self.raw.text.push('\t');
        }
    }

    fn separate_blocks(&mut self) {
        let Some(open) = &self.open else { return };
        if !self.raw.text.is_empty() && self.raw.text.len() < open.text.start as usize {
            self.raw.text.push('\n');
        }
    }

    /// Pushes text. `span` is its place in the source; where both have the same length they are
    /// taken to be the same bytes.
    pub(super) fn push(&mut self, text: &str, span: Span, inline: Inline) {
        let exact = text.len() == span.len();
        let mut rest = 0;
        while rest < text.len() {
            let plain = plain_prefix(&text[rest..], self.preformatted);
            if plain > 0 {
                self.push_visible(&text[rest..rest + plain], rest, span, exact, inline);
                rest += plain;
            }
            let Some(c) = text[rest..].chars().next() else {
                break;
            };
            self.push_special(c, text, rest, span, exact, inline);
            rest += c.len_utf8();
        }
    }

    fn push_special(
        &mut self,
        c: char,
        text: &str,
        at: usize,
        span: Span,
        exact: bool,
        inline: Inline,
    ) {
        if c == '\n' && self.preformatted {
            self.line_break();
        } else if c.is_whitespace() {
            if self.preformatted && c == ' ' && self.pending.is_none() && self.has_text() {
                self.push_visible(" ", at, span, exact, inline);
            } else {
                self.pending.get_or_insert(' ');
            }
        } else if is_dangerous(c) && !joins(c, text, at) {
            let first = if exact {
                span.start + TextRange::new(0, at).end
            } else {
                span.start
            };
            let entry = self
                .raw
                .stand_ins
                .entry(c)
                .or_insert(StandIn { count: 0, first });
            entry.count += 1;
            let shown = match u32::from(c) {
                code @ 0..=0x1f => char::from_u32(0x2400 + code).unwrap_or(STAND_IN),
                0x7f => '\u{2421}',
                _ => STAND_IN,
            };
            let width = u32::try_from(c.len_utf8()).unwrap_or(4);
            let place = if exact {
                Span {
                    start: first,
                    end: first + width,
                }
            } else {
                span
            };
            self.push_visible(shown.encode_utf8(&mut [0; 4]), 0, place, false, inline);
        } else {
            let end = at + c.len_utf8();
            self.push_visible(&text[at..end], at, span, exact, inline);
        }
    }

    fn push_visible(&mut self, part: &str, at: usize, span: Span, exact: bool, inline: Inline) {
        if self.open.is_none() {
            return;
        }
        self.separate_blocks();
        let start = self.raw.text.len();
        if let Some(space) = self.pending.take()
            && self.has_text()
            && !self.raw.text.ends_with('\t')
        {
            self.raw.text.push(space);
        }
        let glue = self.raw.text.len();
        self.raw.text.push_str(part);
        let end = self.raw.text.len();
        let span = if exact {
            let from = span.start as usize + at;
            Span::new(from, from + part.len())
        } else {
            span
        };
        let run = Run {
            text: TextRange::new(glue, end),
            span,
            style: inline.style,
            link: inline.link,
        };
        match self.raw.runs.last_mut() {
            Some(last)
                if start == glue
                    && last.text.end == run.text.start
                    && last.span.end == run.span.start
                    && last.text.len() == last.span.len()
                    && exact
                    && (last.style, last.link) == (run.style, run.link) =>
            {
                last.text.end = run.text.end;
                last.span.end = run.span.end;
            }
            Some(last)
                if start != glue
                    && exact
                    && last.text.end as usize == start
                    && last.span.end + 1 == run.span.start
                    && last.text.len() == last.span.len()
                    && (last.style, last.link) == (run.style, run.link) =>
            {
                // A single white-space byte between two words: one run keeps counting.
                last.text.end = run.text.end;
                last.span.end = run.span.end;
            }
            _ => self.raw.runs.push(run),
        }
    }

    /// The result.
    pub(super) fn finish(mut self, source_end: usize) -> Raw {
        self.close(Span::new(0, source_end).end);
        self.raw
    }

    /// Notes that nesting went past the limit.
    pub(super) fn too_deep(&mut self) {
        self.raw.too_deep = true;
    }
}

/// Length of the longest prefix that can be copied as it is: single spaces between visible
/// characters, nothing dangerous.
fn plain_prefix(text: &str, preformatted: bool) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        match b {
            b' ' => {
                let next_visible = bytes.get(at + 1).is_some_and(|&n| n > b' ' && n < 0x7f);
                if at == 0 || !next_visible || preformatted {
                    return at;
                }
                at += 1;
            }
            0x21..=0x7e => {
                at += 1;
                if !preformatted {
                    at += plain_ascii(&bytes[at..]);
                }
            }
            0x80.. => {
                let Some(c) = text[at..].chars().next() else {
                    return at;
                };
                if c.is_whitespace() || is_dangerous(c) {
                    return at;
                }
                at += c.len_utf8();
            }
            _ => return at,
        }
    }
    at
}

/// Length of the longest prefix that holds nothing but printable ASCII, single spaces only and none at
/// its end.
fn plain_ascii(bytes: &[u8]) -> usize {
    let mut length = 0;
    while let Some(stretch) = bytes[length..].first_chunk()
        && is_plain(stretch)
    {
        length += STRETCH;
    }
    let mut rest = bytes[length..].iter();
    let mut before = b'.';
    let special = rest.position(|&byte| {
        let two_spaces = (before == b' ') & (byte == b' ');
        before = byte;
        two_spaces | !(b' '..=b'~').contains(&byte)
    });
    length = special.map_or(bytes.len(), |at| length + at);
    length - usize::from(bytes[..length].ends_with(b" "))
}

/// Bytes that are looked at together.
const STRETCH: usize = 16;

/// Whether a stretch, the byte after it at hand, holds nothing but printable ASCII and no two spaces in
/// a row. Without branches, so that all its bytes are looked at at once.
fn is_plain(stretch: &[u8; STRETCH + 1]) -> bool {
    let special = |at: usize| {
        let (byte, next) = (stretch[at], stretch[at + 1]);
        !(b' '..=b'~').contains(&byte) | ((byte == b' ') & (next == b' '))
    };
    !(0..STRETCH).fold(false, |any, at| any | special(at))
}

/// Whether a zero-width joiner or non-joiner does its proper work: between letters of a script that
/// joins, or inside an emoji.
fn joins(c: char, text: &str, at: usize) -> bool {
    let proper = |c: char| !c.is_ascii() && !c.is_whitespace() && !is_dangerous(c);
    matches!(c, '\u{200c}' | '\u{200d}')
        && text[..at].chars().next_back().is_some_and(proper)
        && text[at + c.len_utf8()..].chars().next().is_some_and(proper)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn plain_text_ends_where_the_first_other_character_stands(
            text in "([a-zA-Z~!]{1,9} ?){0,6}([ \\n\\x7f“é]|[a-z ]{0,20}){0,4}"
        ) {
            let bytes = text.as_bytes();
            let visible = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_graphic);
            let plain = |at: &usize| visible(*at) || (bytes[*at] == b' ' && visible(at + 1));
            let end = (0..bytes.len()).take_while(plain).count();
            proptest::prop_assert_eq!(plain_ascii(bytes), end);
        }
    }
}
