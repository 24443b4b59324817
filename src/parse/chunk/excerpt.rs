//! Parts of a document as a policy: those that no version before had, under their headings.

use super::Chunk;
use super::paths::{PathId, Paths};
use crate::model::{Block, PartialDate, Policy, Provenance, Span, TextRange};
use crate::parse::headings::Rank;
use crate::parse::structure::{self, Outline};
use crate::parse::{clauses, dates};
use std::ops::Range;

/// Parts of a document with all that labels of them rest on: the headings above them.
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
    /// The headings that are open in `outline`.
    path: PathId,
    /// The blocks of each part.
    parts: Vec<Range<usize>>,
}

impl Growing {
    /// Adds a part that stands under the headings of a path; gives the path behind it.
    pub(super) fn add(
        &mut self,
        chunk: &Chunk,
        ranks: &[Option<Rank>],
        title: Option<usize>,
        (path, paths): (PathId, &mut Paths),
    ) -> PathId {
        if path != self.path {
            self.reopen(&paths.headings(path));
        }
        let first = self.blocks.len();
        self.document.append(chunk, 0);
        let new = &self.document.raw.blocks[first..];
        self.blocks.extend(new.iter().map(structure::plain_block));
        let title = title.map(|at| first + at);
        self.outline.add(&mut self.blocks, first, ranks, title);
        self.parts.push(first..self.blocks.len());
        self.path = path;
        if ranks.iter().all(Option::is_none) {
            return path;
        }
        self.path = self
            .outline
            .open
            .iter()
            .fold(Paths::TOP, |above, (rank, section)| {
                let section = &self.outline.sections[*section as usize];
                paths.below(above, *rank, section.heading.of(&self.document.raw.text))
            });
        self.path
    }

    /// Opens the headings that the next part stands under, which are no blocks of the excerpt.
    fn reopen(&mut self, headings: &[(Rank, &str)]) {
        self.outline.open.clear();
        for (rank, heading) in headings {
            let text = &mut self.document.raw.text;
            if !text.is_empty() {
                text.push('\n');
            }
            let start = text.len();
            text.push_str(heading);
            let heading = TextRange::new(start, text.len());
            let at = self.blocks.len();
            self.outline
                .open_section(*rank, heading, Span::default(), at, at);
        }
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
            let heading = |block: &&Block| block.kind == crate::model::BlockKind::Heading;
            facts.sections = blocks.iter().filter(heading).count();
            let first = blocks.first().map_or(0, |block| block.clauses.0 as usize);
            let end = blocks
                .last()
                .map_or(first, |block| block.clauses.1 as usize);
            facts.clauses = end - first;
            parts.push(first..end);
        }
        policy.text = self.document.raw.text;
        policy.sections = self.outline.sections;
        (policy.blocks, policy.clauses) = (self.blocks, clauses);
        Some((Excerpt { policy, parts }, facts))
    }
}
