//! Parts of a document as a policy: those that no version before had, under their headings and behind
//! what leads them in.

use super::paths::{Above, PathId, Paths};
use super::{Chunk, Facts};
use crate::model::{Block, BlockKind, Marker, PartialDate, Policy, Provenance, Span, TextRange};
use crate::parse::builder::{RawBlock, RawKind};
use crate::parse::clauses::{self, Piece};
use crate::parse::dates;
use crate::parse::headings::{Cue, Rank};
use crate::parse::structure::{self, Outline};
use std::ops::Range;

/// Parts of a document with all that labels of them rest on: the headings above them, and the
/// sentences that lead lists in.
#[derive(Debug)]
pub struct Excerpt {
    /// The parts as a policy. Its source is empty, and spans in it mean nothing.
    pub policy: Policy,
    /// For each part, in the order of their numbers, its places in [`Policy::clauses`].
    pub parts: Vec<Range<usize>>,
}

/// What a part adds to the facts of a version.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PartFacts {
    pub(super) sections: usize,
    pub(super) clauses: usize,
    /// The weightiest date that it gives as one of revision.
    pub(super) dated: Option<(u8, PartialDate)>,
}

/// An excerpt that grows, part by part.
#[derive(Default)]
pub(super) struct Growing {
    document: Chunk,
    blocks: Vec<Block>,
    outline: Outline,
    /// What the next part stands under if it follows the last one: the headings are those that are
    /// open in `outline`.
    above: Above,
    /// The blocks of each part.
    parts: Vec<Range<usize>>,
}

impl Growing {
    /// Adds a part that stands under something; tells what stands above whatever follows it.
    pub(super) fn add(
        &mut self,
        chunk: &Chunk,
        ranks: &[Option<Rank>],
        title: Option<usize>,
        (above, paths): (Above, &mut Paths),
    ) -> Above {
        if above.headings != self.above.headings {
            self.reopen(&paths.headings(above.headings));
        }
        let first = chunk.raw.blocks.first();
        // An item that is not at the margin would be led in by one above it that is not its own.
        if let Some(item) = first.filter(|first| first.kind == RawKind::Item)
            && (above != self.above || !item.is_at_margin())
        {
            let lead_in = above.lead_in.map(|lead_in| paths.words_of(lead_in));
            self.lead_in(lead_in.unwrap_or(""));
        }
        let first = self.blocks.len();
        let moved = self.document.append_words(chunk, 0);
        // What is struck through is not said, and so not labelled.
        let struck = chunk.raw.runs.iter().filter(|run| run.style.strike);
        let struck = struck.map(|run| moved.run(run));
        self.document.raw.runs.extend(struck);
        let new = &self.document.raw.blocks[first..];
        self.blocks.extend(new.iter().map(structure::plain_block));
        let title = title.map(|at| first + at);
        self.outline.add(&mut self.blocks, first, ranks, title);
        self.parts.push(first..self.blocks.len());
        let headings = if ranks.iter().all(Option::is_none) {
            above.headings
        } else {
            self.path(paths)
        };
        let lead_in = self.lead_in_behind(first, above, paths);
        self.above = Above { headings, lead_in };
        self.above
    }

    /// The path of the headings that are open.
    fn path(&self, paths: &mut Paths) -> PathId {
        let open = self.outline.open.iter();
        open.fold(Paths::TOP, |above, (rank, section)| {
            let section = &self.outline.sections[*section as usize];
            paths.below(above, *rank, section.heading.of(&self.document.raw.text))
        })
    }

    /// What leads an item in that stands at the margin behind the blocks from `first` on: what led
    /// in the list that they end with, else what they announce. As `LeadIns` has it.
    fn lead_in_behind(&self, first: usize, above: Above, paths: &mut Paths) -> Option<u32> {
        let is_item = |block: &Block| block.kind == BlockKind::Item;
        let before = self.blocks[first..]
            .iter()
            .rposition(|block| !is_item(block));
        let Some(last) = before.map(|at| first + at) else {
            return above.lead_in;
        };
        let facts = &self.document.facts[last];
        let running = matches!(
            self.blocks[last].kind,
            BlockKind::Paragraph | BlockKind::Quote
        );
        let pieces = &self.document.pieces[facts.pieces.0 as usize..facts.pieces.1 as usize];
        let sentence = pieces.last().filter(|_| running && facts.announces)?;
        Some(paths.lead_in(sentence.text.of(&self.document.raw.text)))
    }

    /// Opens the headings that the next part stands under, which are no blocks of the excerpt.
    fn reopen(&mut self, headings: &[(Rank, &str)]) {
        self.outline.open.clear();
        for (rank, heading) in headings {
            let heading = self.push(heading);
            let at = self.blocks.len();
            self.outline
                .open_section(*rank, heading, Span::default(), at, at);
        }
    }

    /// Puts what leads the items in that the next part begins with before it, as a block of no part;
    /// an empty one where nothing does.
    fn lead_in(&mut self, sentence: &str) {
        let text = self.push(sentence);
        let block = RawBlock {
            kind: RawKind::Paragraph,
            text,
            span: Span::default(),
            depth: 0,
            marker: Marker::None,
            list: 0,
            lone_item: false,
            first_row: false,
        };
        self.blocks.push(structure::plain_block(&block));
        let document = &mut self.document;
        document.raw.blocks.push(block);
        let first = super::count(document.pieces.len());
        if !sentence.is_empty() {
            let span = Span::default();
            document.pieces.push(Piece { text, span });
        }
        document.facts.push(Facts {
            cue: Cue::None,
            pieces: (first, super::count(document.pieces.len())),
            announces: !sentence.is_empty(),
        });
    }

    /// Puts words behind those that are there.
    fn push(&mut self, words: &str) -> TextRange {
        let text = &mut self.document.raw.text;
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        text.push_str(words);
        TextRange::new(start, text.len())
    }

    /// The excerpt and the facts of its parts; none when nothing was added.
    pub(super) fn finish(
        mut self,
        provenance: impl FnOnce() -> Provenance,
    ) -> Option<(Excerpt, Vec<PartFacts>)> {
        if self.parts.is_empty() {
            return None;
        }
        let clauses = clauses::of(&self.document, &mut self.blocks);
        let mut facts = vec![PartFacts::default(); self.parts.len()];
        for dated in dates::all(&self.document, &self.blocks, &clauses) {
            let block = dated.block as usize;
            let part = self.parts.partition_point(|part| part.end <= block);
            let best = &mut facts[part].dated;
            *best = (*best).max(Some((dated.weight, dated.date)));
        }
        let mut policy = Policy::empty(provenance(), String::new(), Vec::new());
        let mut parts = Vec::with_capacity(self.parts.len());
        for (blocks, facts) in self.parts.into_iter().zip(&mut facts) {
            let blocks = &self.blocks[blocks];
            let heading = |block: &&Block| block.kind == BlockKind::Heading;
            facts.sections = blocks.iter().filter(heading).count();
            let first = blocks.first().map_or(0, |block| block.clauses.0 as usize);
            let end = blocks
                .last()
                .map_or(first, |block| block.clauses.1 as usize);
            facts.clauses = end - first;
            parts.push(first..end);
        }
        policy.text = self.document.raw.text;
        policy.runs = self.document.raw.runs;
        policy.sections = self.outline.sections;
        (policy.blocks, policy.clauses) = (self.blocks, clauses);
        Some((Excerpt { policy, parts }, facts))
    }
}
