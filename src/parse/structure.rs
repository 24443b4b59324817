//! Recovers the structure a person sees: which lines are headings, which one is the title, and how
//! sections nest. Real policies write headings as bold lines, numbered lines or capitals as often as
//! with heading marks.

use super::builder::{Raw, RawBlock, RawKind};
use super::chunk::Chunk;
use super::headings::{self, Rank};
use crate::model::{Block, BlockKind, Marker, Run, Section, Span, TextRange};
use std::cmp::Ordering;

/// How far from the top a title is looked for, in blocks.
pub(super) const TITLE_WITHIN: usize = 12;

/// The same for a title without any mark.
const UNMARKED_TITLE_WITHIN: usize = 4;

/// Blocks with their final kinds, and the sections.
pub(super) struct Structure {
    pub(super) blocks: Vec<Block>,
    pub(super) sections: Vec<Section>,
    /// The block that is the title.
    pub(super) title: Option<usize>,
}

/// Recovers structure.
pub(super) fn recover(document: &Chunk) -> Structure {
    let raw = &document.raw;
    let ranks = headings::ranks(document);
    let title = find_title(raw, &ranks, Highest::of(&ranks));
    let mut blocks: Vec<Block> = raw.blocks.iter().map(plain_block).collect();
    let mut outline = Outline::default();
    outline.add(&mut blocks, 0, &ranks, title);
    Structure {
        blocks,
        sections: outline.sections,
        title,
    }
}

/// A block before its heading and the headings above it are known.
pub(super) fn plain_block(raw: &RawBlock) -> Block {
    let kind = match raw.kind {
        RawKind::Heading(_) | RawKind::Paragraph => BlockKind::Paragraph,
        RawKind::Item => BlockKind::Item,
        RawKind::HeaderRow => BlockKind::HeaderRow,
        RawKind::Row => BlockKind::Row,
        RawKind::Quote => BlockKind::Quote,
        RawKind::Code => BlockKind::Code,
    };
    Block {
        kind,
        text: raw.text,
        span: raw.span,
        section: None,
        clauses: (0, 0),
        depth: raw.depth,
        marker: raw.marker,
    }
}

/// A bold line that ends in a hard line break is a label over the text that follows it in the same
/// paragraph: the paragraph is cut there.
pub(super) fn split_at_bold_lines(raw: &mut Raw) {
    if memchr::memchr(b'\n', raw.text.as_bytes()).is_none() {
        return;
    }
    let (text, runs) = (&raw.text, &raw.runs);
    let mut ahead = headings::RunsAhead(runs);
    let blocks = std::mem::take(&mut raw.blocks);
    let mut split = Vec::with_capacity(blocks.len());
    for block in blocks {
        let body = block.text.of(text);
        let cuttable = matches!(block.kind, RawKind::Paragraph | RawKind::Item);
        if !cuttable || memchr::memchr(b'\n', body.as_bytes()).is_none() {
            split.push(block);
            continue;
        }
        let mut pieces: Vec<RawBlock> = Vec::new();
        let mut label_before = true;
        let mut start = block.text.start as usize;
        for line in body.split('\n') {
            let range = TextRange::new(start, start + line.len());
            start += line.len() + 1;
            let label = headings::is_bold_label(line, text, ahead.of(range));
            let previous = pieces.last_mut().filter(|_| !label && !label_before);
            match previous {
                Some(piece) => piece.text.end = range.end,
                None => pieces.push(RawBlock {
                    text: range,
                    marker: if pieces.is_empty() {
                        block.marker
                    } else {
                        Marker::None
                    },
                    ..block.clone()
                }),
            }
            label_before = label;
        }
        if pieces.len() > 1 {
            for piece in &mut pieces {
                piece.span = source_of(piece.text, runs).unwrap_or(block.span);
            }
        }
        split.append(&mut pieces);
    }
    raw.blocks = split;
}

fn source_of(range: TextRange, runs: &[Run]) -> Option<Span> {
    let inside = headings::runs_in(range, runs);
    Some(Span {
        start: inside.first()?.span.start,
        end: inside.last()?.span.end,
    })
}

/// The highest rank among headings, and how many of them have it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Highest {
    pub(super) rank: Option<Rank>,
    pub(super) count: usize,
}

impl Highest {
    pub(super) fn of(ranks: &[Option<Rank>]) -> Self {
        let headings = ranks.iter().flatten();
        headings.fold(Self::default(), |highest, &rank| {
            highest.and(Self {
                rank: Some(rank),
                count: 1,
            })
        })
    }

    /// That of two texts together.
    pub(super) fn and(self, other: Self) -> Self {
        // No rank at all is below every rank.
        let above = |highest: &Self| highest.rank.unwrap_or(Rank::MAX);
        match above(&self).cmp(&above(&other)) {
            Ordering::Less => self,
            Ordering::Greater => other,
            Ordering::Equal => Self {
                count: self.count + other.count,
                ..self
            },
        }
    }
}

/// The title is a heading near the top: the only one of its rank, or one that says what the
/// document is. Without such a heading, an unmarked line at the very top may say so. Only the first
/// [`TITLE_WITHIN`] blocks are looked at; `highest` is that of the whole document.
pub(super) fn find_title(raw: &Raw, ranks: &[Option<Rank>], highest: Highest) -> Option<usize> {
    let (blocks, text) = (&raw.blocks, &raw.text);
    let near = blocks.len().min(TITLE_WITHIN);
    let unmarked = || {
        (0..near.min(UNMARKED_TITLE_WITHIN))
            .find(|&at| headings::is_unmarked_title(&blocks[at], text))
    };
    let headings: Vec<usize> = (0..near).filter(|&at| ranks[at].is_some()).collect();
    let Some(&first) = headings.first() else {
        return unmarked();
    };
    let is_top = |at: usize| ranks[at] == highest.rank;
    let says_so = |plainly: u8| {
        headings.iter().copied().find(|&at| {
            headings::names_a_policy(blocks[at].text.of(text)) == plainly
                && (is_top(at) || at == first)
        })
    };
    says_so(2)
        .or_else(|| says_so(1))
        .or_else(unmarked)
        .or_else(|| (is_top(first) && highest.count == 1 && first <= 2).then_some(first))
}

/// The words of a title, on one line.
pub(super) fn title_text(title: &str) -> String {
    title.replace(['\n', '\t'], " ")
}

/// Headings as they nest: each closes every open one of its own rank or below.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) sections: Vec<Section>,
    /// The open headings, outermost first: their ranks and sections.
    pub(super) open: Vec<(Rank, u32)>,
}

impl Outline {
    /// Takes the blocks from `first` on, whose ranks these are, and says of each what it is and
    /// which section it belongs to.
    pub(super) fn add(
        &mut self,
        blocks: &mut [Block],
        first: usize,
        ranks: &[Option<Rank>],
        title: Option<usize>,
    ) {
        let count = blocks.len();
        for (at, block) in blocks.iter_mut().enumerate().skip(first) {
            if Some(at) == title {
                block.kind = BlockKind::Title;
                block.depth = 0;
                continue;
            }
            if let Some(rank) = ranks[at - first] {
                while self.open.last().is_some_and(|(above, _)| *above >= rank) {
                    self.open.pop();
                }
                close(&mut self.sections, at, block.span.start);
                self.open_section(rank, block.text, block.span, at, count);
                block.kind = BlockKind::Heading;
                block.depth = 0;
            }
            block.section = self.open.last().map(|(_, section)| *section);
        }
        if let Some(last) = blocks.last() {
            close(&mut self.sections, count, last.span.end);
        }
    }

    /// Opens a section below those that are open; its heading is block `at` of `count`.
    pub(super) fn open_section(
        &mut self,
        rank: Rank,
        heading: TextRange,
        span: Span,
        at: usize,
        count: usize,
    ) {
        let number = TextRange::new(0, self.sections.len()).end;
        self.sections.push(Section {
            heading,
            level: u8::try_from(self.open.len() + 2).unwrap_or(u8::MAX),
            block: TextRange::new(0, at).end,
            end_block: TextRange::new(0, count).end,
            span,
            parent: self.open.last().map(|(_, section)| *section),
        });
        self.open.push((rank, number));
    }
}

fn close(sections: &mut [Section], at: usize, source_end: u32) {
    if let Some(last) = sections.last_mut() {
        last.end_block = TextRange::new(0, at).end;
        last.span.end = source_end.max(last.span.end);
    }
}
