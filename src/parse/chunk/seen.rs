//! What is asked of a stretch by every version that holds it, told once.

use super::memo::Known;
use super::{Chunk, Facts};
use crate::model::count_words;
use crate::parse::builder::{RawBlock, RawKind};
use crate::parse::headings::{self, Cue, Rank, Weak};
use crate::parse::structure::Highest;
use std::cell::OnceCell;
use std::sync::{Arc, OnceLock};

/// A stretch that was met.
pub(super) struct Stretch {
    pub(super) known: Arc<OnceLock<Known>>,
    /// None where it holds no block.
    pub(super) seen: Option<Seen>,
}

/// What every version that holds a stretch asks of it.
pub(super) struct Seen {
    pub(super) words: usize,
    /// The headings among its blocks but the last, which depends on what follows.
    pub(super) headings: usize,
    pub(super) highest: Highest,
    pub(super) first: RawBlock,
    pub(super) last: RawBlock,
    /// That of the last block.
    pub(super) cue: Cue,
    /// For each weak cue, how many further headings there are by it among its blocks but the last;
    /// looked for where it counts.
    weak: OnceCell<[Highest; 3]>,
}

impl Stretch {
    pub(super) fn chunk(&self) -> Option<&Chunk> {
        Some(&self.known.get()?.chunk)
    }
}

impl Seen {
    pub(super) fn of(chunk: &Chunk) -> Option<Self> {
        let (first, last) = (chunk.raw.blocks.first()?, chunk.raw.blocks.last()?);
        let inner: Vec<Option<Rank>> = ranks(chunk, None, None).collect();
        Some(Self {
            // Between stretches stands a line break.
            words: count_words(&chunk.raw.text),
            headings: inner.iter().flatten().count(),
            highest: Highest::of(&inner),
            first: first.clone(),
            last: last.clone(),
            cue: chunk.facts.last()?.cue,
            weak: OnceCell::new(),
        })
    }

    /// Whether an item at the end may hold what the next stretch begins with, which is led in by it
    /// then.
    pub(super) fn goes_on_in(&self, next: &Self) -> bool {
        let is_item = |block: &RawBlock| block.kind == RawKind::Item;
        is_item(&self.last) && is_item(&next.first) && !next.first.is_at_margin()
    }

    pub(super) fn weak(&self, chunk: &Chunk) -> &[Highest; 3] {
        self.weak.get_or_init(|| {
            Weak::ALL.map(|weak| {
                let strong = ranks(chunk, None, None);
                let both = strong.zip(ranks(chunk, Some(weak), None));
                let new = both.filter(|(strong, _)| strong.is_none());
                Highest::of(&new.map(|(_, rank)| rank).collect::<Vec<_>>())
            })
        })
    }
}

/// The ranks of the blocks of a stretch whose last block has the rank `last`.
pub(super) fn ranks(
    chunk: &Chunk,
    weak: Option<Weak>,
    last: Option<Rank>,
) -> impl Iterator<Item = Option<Rank>> + '_ {
    let blocks = &chunk.raw.blocks;
    let inner = blocks.iter().zip(blocks.get(1..).unwrap_or(&[]));
    let rank = move |((block, next), facts): ((&RawBlock, &RawBlock), &Facts)| {
        headings::rank(facts.cue, block, Some(next))
            .or_else(|| weak?.rank(block, Some(next), &chunk.raw))
    };
    let inner = inner.zip(&chunk.facts).map(rank);
    inner.chain((!blocks.is_empty()).then_some(last))
}
