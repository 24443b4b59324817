//! Labels of blocks that were read before. Versions of a policy repeat most of their blocks, and
//! what a block says depends on nothing but its text, its kind and what stands above it.

use super::context::Context;
use crate::model::{Block, ClauseLabels, Policy, TopicScore};
use rustc_hash::FxHashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// Parts of the memory, so that threads seldom wait for each other.
const PARTS: usize = 16;

/// The most blocks that a part remembers. A part that is full starts afresh: what comes next is most
/// likely the next version of what came last.
const ROOM: usize = 1 << 13;

/// Remembers the labels of blocks, so that what stands in a thousand versions is labelled once; may
/// be shared between threads. For whoever labels many policies: see
/// [`Classifier::classify_with`](super::Classifier::classify_with).
#[derive(Debug, Default)]
pub struct LabelMemo {
    parts: [Mutex<FxHashMap<u64, Known>>; PARTS],
    /// The topics of headings, by their words.
    headings: [Mutex<FxHashMap<u64, Vec<TopicScore>>>; PARTS],
    /// Whether the words that labels rest on are left out.
    bare: bool,
}

/// The labels of a block's clauses, and where the block stood when they were made.
type Known = (u32, Vec<ClauseLabels>);

impl LabelMemo {
    /// A memory of labels without the words that they rest on ([`Evidence`](crate::model::Evidence)),
    /// for whoever does not look at those: most of the cost of a label.
    pub fn bare() -> Self {
        Self {
            bare: true,
            ..Self::default()
        }
    }

    /// Whether it keeps no words that labels rest on.
    pub(super) fn is_bare(&self) -> bool {
        self.bare
    }

    #[allow(
        clippy::cast_possible_truncation,
        reason = "any bits of the key will do"
    )]
    fn part(&self, key: u64) -> MutexGuard<'_, FxHashMap<u64, Known>> {
        let part = &self.parts[(key >> 32) as usize % PARTS];
        part.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The labels of a block whose text starts at `start`, if they are known.
    pub(super) fn get(&self, key: u64, start: u32) -> Option<Vec<ClauseLabels>> {
        let (stood, mut labels) = self.part(key).get(&key).cloned()?;
        for evidence in labels
            .iter_mut()
            .flat_map(|labels| &mut labels.topics)
            .flat_map(|topic| &mut topic.evidence)
        {
            let text = &mut evidence.text;
            text.start = start.saturating_add(text.start.saturating_sub(stood));
            text.end = start.saturating_add(text.end.saturating_sub(stood));
        }
        Some(labels)
    }

    /// The topics of a heading: looked up in a bare memory, else found.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "any bits of the key will do"
    )]
    pub(super) fn heading(
        &self,
        text: &str,
        find: impl FnOnce() -> Vec<TopicScore>,
    ) -> Vec<TopicScore> {
        if !self.bare {
            return find();
        }
        let key = xxh3_64(text.as_bytes());
        let part = &self.headings[(key >> 32) as usize % PARTS];
        let lock = || part.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&key) {
            return known.clone();
        }
        let mut found = find();
        found
            .iter_mut()
            .for_each(|topic| topic.evidence = Vec::new());
        let mut part = lock();
        if part.len() == ROOM {
            part.clear();
        }
        part.insert(key, found.clone());
        found
    }

    /// Keeps the labels of a block whose text starts at `start`.
    pub(super) fn put(&self, key: u64, start: u32, labels: &mut [ClauseLabels]) {
        if self.bare {
            let topics = labels.iter_mut().flat_map(|labels| &mut labels.topics);
            topics.for_each(|topic| topic.evidence = Vec::new());
        }
        let mut blocks = self.part(key);
        if blocks.len() == ROOM {
            blocks.clear();
        }
        blocks.insert(key, (start, labels.to_vec()));
    }
}

/// A key for the clauses of one block under a context: equal keys, equal labels.
pub(super) fn key(policy: &Policy, block: &Block, context: &Context) -> u64 {
    let range = block.clauses.0 as usize..block.clauses.1 as usize;
    let clauses = policy.clauses.get(range).unwrap_or(&[]);
    let start = clauses.first().map_or(0, |clause| clause.text.start);
    clauses.iter().fold(context.hash(), |key, clause| {
        let place = u64::from(clause.text.start.abs_diff(start));
        let text = policy.said(clause.text);
        xxh3_64_with_seed(text.as_bytes(), key.rotate_left(17) ^ place)
    })
}
