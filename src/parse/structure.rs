//! Recovers the structure a person sees: which lines are headings, which one is the title, and how
//! sections nest. Real policies write headings as bold lines, numbered lines or capitals as often as
//! with heading marks.

use super::builder::{Raw, RawBlock, RawKind};
use super::chunk::Chunk;
use super::headings::{self, Rank};
use crate::model::{Block, BlockKind, Marker, Run, Section, Span, TextRange};

/// How far from the top a title is looked for, in blocks.
const TITLE_WITHIN: usize = 12;

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
    let title = find_title(&raw.blocks, &ranks, &raw.text);
    let mut blocks: Vec<Block> = raw.blocks.iter().map(plain_block).collect();
    if let Some(title) = title {
        blocks[title].kind = BlockKind::Title;
        blocks[title].depth = 0;
    }
    let sections = outline(&mut blocks, &ranks, title);
    Structure {
        blocks,
        sections,
        title,
    }
}

fn plain_block(raw: &RawBlock) -> Block {
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
    let blocks = std::mem::take(&mut raw.blocks);
    let mut split = Vec::with_capacity(blocks.len());
    for block in blocks {
        let body = block.text.of(text);
        let cuttable = matches!(block.kind, RawKind::Paragraph | RawKind::Item);
        if !cuttable || !body.contains('\n') {
            split.push(block);
            continue;
        }
        let mut pieces: Vec<RawBlock> = Vec::new();
        let mut label_before = true;
        let mut start = block.text.start as usize;
        for line in body.split('\n') {
            let range = TextRange::new(start, start + line.len());
            start += line.len() + 1;
            let label = headings::is_bold_label(range, text, runs);
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

/// The title is a heading near the top: the only one of its rank, or one that says what the
/// document is. Without such a heading, an unmarked line at the very top may say so.
fn find_title(blocks: &[RawBlock], ranks: &[Option<Rank>], text: &str) -> Option<usize> {
    let near = blocks.len().min(TITLE_WITHIN);
    let unmarked = || {
        (0..near.min(UNMARKED_TITLE_WITHIN))
            .find(|&at| headings::is_unmarked_title(&blocks[at], text))
    };
    let headings: Vec<usize> = (0..near).filter(|&at| ranks[at].is_some()).collect();
    let (Some(top), Some(&first)) = (ranks.iter().flatten().min(), headings.first()) else {
        return unmarked();
    };
    let is_top = |at: usize| ranks[at].as_ref() == Some(top);
    let alone = ranks.iter().flatten().filter(|rank| *rank == top).count() == 1;
    let says_so = |plainly: u8| {
        headings.iter().copied().find(|&at| {
            headings::names_a_policy(blocks[at].text.of(text)) == plainly
                && (is_top(at) || at == first)
        })
    };
    says_so(2)
        .or_else(|| says_so(1))
        .or_else(unmarked)
        .or_else(|| (is_top(first) && alone && first <= 2).then_some(first))
}

/// Nests the headings: a heading closes every open one of its own rank or below.
fn outline(blocks: &mut [Block], ranks: &[Option<Rank>], title: Option<usize>) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut open: Vec<(Rank, u32)> = Vec::new();
    let count = blocks.len();
    for (at, block) in blocks.iter_mut().enumerate() {
        if let Some(rank) = ranks[at]
            && Some(at) != title
        {
            while open.last().is_some_and(|(above, _)| *above >= rank) {
                open.pop();
            }
            close(&mut sections, at, block.span.start);
            let number = TextRange::new(0, sections.len()).end;
            sections.push(Section {
                heading: block.text,
                level: u8::try_from(open.len() + 2).unwrap_or(u8::MAX),
                block: TextRange::new(0, at).end,
                end_block: TextRange::new(0, count).end,
                span: block.span,
                parent: open.last().map(|(_, section)| *section),
            });
            open.push((rank, number));
            block.kind = BlockKind::Heading;
            block.depth = 0;
        }
        block.section = sections
            .len()
            .checked_sub(1)
            .map(|i| TextRange::new(0, i).end);
        if Some(at) == title {
            block.section = None;
        }
    }
    if let Some(last) = blocks.last() {
        close(&mut sections, count, last.span.end);
    }
    sections
}

fn close(sections: &mut [Section], at: usize, source_end: u32) {
    if let Some(last) = sections.last_mut() {
        last.end_block = TextRange::new(0, at).end;
        last.span.end = source_end.max(last.span.end);
    }
}
