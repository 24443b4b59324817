//! A stretch of a document that parses alone: its blocks, the sentences in them and whatever else
//! can be told without the rest of the document. All places count from the start of the stretch, so
//! that the same stretch is read once, however many documents hold it.

mod composer;
mod cut;
mod excerpt;
mod items;
mod memo;
mod paths;
mod seen;

pub use composer::{Composer, Composition};
pub use excerpt::Excerpt;
pub use memo::ChunkMemo;

use super::builder::{Raw, RawBlock, RawKind, StandIn};
use super::clauses::{Cutter, Piece};
use super::dates::{self, Dated};
use super::headings::{self, Cue, RunsAhead};
use super::{lead_ins, markdown, structure};
use crate::model::{Marker, Run, Span, TextRange};
use cut::Reach;
use items::Style;
use memo::{Key, Known};
use std::ops::Range;

/// A stretch of a document, parsed; a whole document is one too.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    pub(super) raw: Raw,
    /// What is known of each block.
    pub(super) facts: Vec<Facts>,
    /// The pieces that blocks are cut into, in order.
    pub(super) pieces: Vec<Piece>,
    /// The pieces that may tell when the policy was revised, in order.
    pub(super) dates: Vec<Dated>,
}

/// What is known of a block before the document's structure is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    pub(super) cue: Cue,
    /// First piece and one past the last.
    pub(super) pieces: (u32, u32),
    /// Whether its last piece leads a list in.
    pub(super) announces: bool,
}

/// Where stretches are looked up.
#[derive(Clone, Copy)]
pub(super) struct Memory<'a> {
    pub(super) memo: &'a ChunkMemo,
    /// Whether what is not known is read from the end of the document on, while somebody else reads
    /// another version of it from its start.
    pub(super) end_first: bool,
}

/// Reads stretches of documents. One instance serves any number of documents.
pub(super) struct Reader {
    cutter: Cutter,
}

impl Reader {
    pub(super) fn new() -> Self {
        Self {
            cutter: Cutter::new(),
        }
    }

    /// A whole Markdown document from byte `from` on, each stretch that parses alone looked up in
    /// the memory before it is read.
    pub(super) fn markdown(&self, source: &str, from: usize, memory: Option<Memory<'_>>) -> Chunk {
        let whole = || self.read(markdown::parse(source, from));
        let Some(Memory { memo, end_first }) = memory else {
            return whole();
        };
        if end_first {
            self.read_end_first(source, from, memo);
        }
        let mut document = Chunk::default();
        document.raw.text.reserve(source.len().saturating_sub(from));
        for range in cut::stretches(source, from) {
            let stretch = &source[range.clone()];
            let place = memo.place(Key::of(stretch, None));
            let known = place.get_or_init(|| self.known(stretch, None));
            match known.reach {
                Reach::Itself => document.append(&known.chunk, range.start),
                Reach::Below if cut::reach(&source[range.end..]) != Reach::Document => {
                    let rest = self.read(markdown::parse(&source[range.start..], 0));
                    document.append(&rest, range.start);
                    break;
                }
                Reach::Below | Reach::Document => return whole(),
            }
        }
        document
    }

    fn read_end_first(&self, source: &str, from: usize, memo: &ChunkMemo) {
        let stretches: Vec<Range<usize>> = cut::stretches(source, from).collect();
        for range in stretches.into_iter().rev() {
            let stretch = &source[range];
            let place = memo.place(Key::of(stretch, None));
            place.get_or_init(|| self.known(stretch, None));
        }
    }

    /// Reads a stretch; `list` is the style of the list whose items it was cut between, mended
    /// already.
    fn known(&self, stretch: &str, list: Option<Style>) -> Known {
        let reach = cut::reach(stretch);
        let chunk = match (reach, list) {
            (Reach::Itself, None) => self.read(markdown::parse(stretch, 0)).shrunk(),
            (Reach::Itself, Some(style)) => self.read(items::parse(stretch, style)).shrunk(),
            _ => Chunk::default(),
        };
        Known { chunk, reach }
    }

    /// Reads blocks as a format yielded them.
    pub(super) fn read(&self, mut raw: Raw) -> Chunk {
        structure::split_at_bold_lines(&mut raw);
        let (pieces, ranges) = self.cutter.cut(&raw);
        let mut runs = RunsAhead(&raw.runs);
        let mut dated = Vec::new();
        let mut facts = Vec::with_capacity(raw.blocks.len());
        for (number, (block, (first, end))) in raw.blocks.iter().zip(ranges).enumerate() {
            let inside = &pieces[first as usize..end as usize];
            dated.extend(dates::in_block(&raw.text, number, inside));
            let last = inside.last().map_or("", |piece| piece.text.of(&raw.text));
            facts.push(Facts {
                cue: headings::cue(block, &raw.text, runs.of(block.text)),
                pieces: (first, end),
                announces: leads(block) && lead_ins::announces(last),
            });
        }
        Chunk {
            raw,
            facts,
            pieces,
            dates: dated,
        }
    }
}

/// Whether a block may announce the list behind it. The first block of an item need not, to lead in
/// what stands in it.
fn leads(block: &RawBlock) -> bool {
    match block.kind {
        RawKind::Heading(_) | RawKind::Paragraph | RawKind::Quote => true,
        RawKind::Item => block.marker == Marker::None,
        _ => false,
    }
}

impl Chunk {
    /// Without the room that vectors keep for growth.
    fn shrunk(mut self) -> Self {
        self.raw.text.shrink_to_fit();
        self.raw.blocks.shrink_to_fit();
        self.raw.runs.shrink_to_fit();
        self.raw.links.shrink_to_fit();
        self.facts.shrink_to_fit();
        self.pieces.shrink_to_fit();
        self
    }

    /// Puts a chunk after this one; `at` is where it stands in the source.
    fn append(&mut self, chunk: &Chunk, at: usize) {
        let (from, to) = (&chunk.raw, &mut self.raw);
        to.too_deep |= from.too_deep;
        for (c, seen) in &from.stand_ins {
            let first = seen.first + Span::new(0, at).end;
            let all = to
                .stand_ins
                .entry(*c)
                .or_insert(StandIn { count: 0, first });
            all.count += seen.count;
        }
        let moved = self.append_words(chunk, at);
        let to = &mut self.raw;
        to.links.extend_from_slice(&from.links);
        to.runs.extend(from.runs.iter().map(|it| moved.run(it)));
    }

    /// The same without how and with what the words are written: a chunk to ask what a text says.
    fn append_words(&mut self, chunk: &Chunk, at: usize) -> Moved {
        let (from, to) = (&chunk.raw, &mut self.raw);
        if !to.text.is_empty() && !from.text.is_empty() {
            to.text.push('\n');
        }
        let moved = Moved {
            text: TextRange::new(0, to.text.len()).end,
            source: Span::new(0, at).end,
            block: count(to.blocks.len()),
            piece: count(self.pieces.len()),
            link: count(to.links.len()),
        };
        to.text.push_str(&from.text);
        to.blocks
            .extend(from.blocks.iter().map(|it| moved.block(it)));
        self.facts
            .extend(chunk.facts.iter().map(|it| moved.facts(it)));
        self.pieces
            .extend(chunk.pieces.iter().map(|it| moved.piece(it)));
        self.dates
            .extend(chunk.dates.iter().map(|it| moved.dated(it)));
        moved
    }
}

fn count(things: usize) -> u32 {
    TextRange::new(0, things).end
}

/// How far the things of a chunk move when it is put into a document.
struct Moved {
    text: u32,
    source: u32,
    block: u32,
    piece: u32,
    link: u32,
}

impl Moved {
    fn text(&self, range: TextRange) -> TextRange {
        TextRange {
            start: range.start + self.text,
            end: range.end + self.text,
        }
    }

    fn span(&self, span: Span) -> Span {
        Span {
            start: span.start + self.source,
            end: span.end + self.source,
        }
    }

    fn block(&self, block: &RawBlock) -> RawBlock {
        RawBlock {
            text: self.text(block.text),
            span: self.span(block.span),
            ..*block
        }
    }

    fn run(&self, run: &Run) -> Run {
        Run {
            text: self.text(run.text),
            span: self.span(run.span),
            link: run.link.map(|link| link + self.link),
            ..*run
        }
    }

    fn facts(&self, facts: &Facts) -> Facts {
        let (first, end) = facts.pieces;
        Facts {
            pieces: (first + self.piece, end + self.piece),
            ..*facts
        }
    }

    fn piece(&self, piece: &Piece) -> Piece {
        Piece {
            text: self.text(piece.text),
            span: self.span(piece.span),
        }
    }

    fn dated(&self, dated: &Dated) -> Dated {
        Dated {
            block: dated.block + self.block,
            quote: self.text(dated.quote),
            ..*dated
        }
    }
}
