//! Labels of blocks that were read before. Versions of a policy repeat most of their blocks, and
//! what a block says depends on nothing but its text, its kind and what stands above it.

use super::topics::Context;
use crate::model::{Block, ClauseLabels, Policy};
use rustc_hash::FxHashMap;
use std::sync::{Mutex, PoisonError};
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Labels by block; may be shared between threads.
#[derive(Debug, Default)]
pub(super) struct Memo {
    blocks: Mutex<FxHashMap<u64, Known>>,
}

/// The labels of a block's clauses, and where the block stood when they were made.
type Known = (u32, Vec<ClauseLabels>);

impl Memo {
    /// The labels of a block whose text starts at `start`, if they are known.
    pub(super) fn get(&self, key: u64, start: u32) -> Option<Vec<ClauseLabels>> {
        let blocks = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
        let (stood, labels) = blocks.get(&key)?;
        let mut labels = labels.clone();
        for evidence in labels
            .iter_mut()
            .flat_map(|labels| &mut labels.topics)
            .flat_map(|topic| &mut topic.evidence)
        {
            let text = &mut evidence.text;
            text.start = start.saturating_add(text.start.saturating_sub(*stood));
            text.end = start.saturating_add(text.end.saturating_sub(*stood));
        }
        Some(labels)
    }

    /// Keeps the labels of a block whose text starts at `start`.
    pub(super) fn put(&self, key: u64, start: u32, labels: &[ClauseLabels]) {
        let mut blocks = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
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
        let text = clause.text.of(&policy.text).as_bytes();
        xxh3_64_with_seed(text, key.rotate_left(17) ^ place)
    })
}
