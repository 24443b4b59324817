//! A memory of stretches that were read before, shared by any number of threads.

use super::Chunk;
use super::cut::Reach;
use super::items::Style;
use rustc_hash::FxHashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use xxhash_rust::xxh3::xxh3_128_with_seed;

/// Parts with a lock of their own, so that threads seldom wait for each other.
const PARTS: usize = 64;

/// What a stretch costs beside its content, in bytes.
const OVERHEAD: usize = 512;

/// What a byte of a stretch costs, in bytes: its text and the places in it.
const PER_BYTE: usize = 2;

/// Remembers stretches of documents by their content, so that a sentence that stands in a thousand
/// versions is read once. For whoever reads many documents: see
/// [`Parser::parse_with`](crate::parse::Parser::parse_with).
pub struct ChunkMemo {
    parts: [Mutex<Part>; PARTS],
    /// The most that a part holds; bytes.
    room: usize,
    read: AtomicUsize,
}

/// Some of the memory.
#[derive(Default)]
struct Part {
    known: FxHashMap<u128, Arc<OnceLock<Known>>>,
    bytes: usize,
}

/// What a stretch is known by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    pub(super) hash: u128,
    /// Its length in bytes.
    length: usize,
}

impl Key {
    /// The key of a stretch; `list` is the style of the list whose items it was cut between.
    pub(super) fn of(stretch: &str, list: Option<Style>) -> Self {
        let seed = list.map_or(0, Style::number);
        Self {
            hash: xxh3_128_with_seed(stretch.as_bytes(), seed),
            length: stretch.len(),
        }
    }
}

/// A stretch that was read.
pub(super) struct Known {
    pub(super) chunk: Chunk,
    pub(super) reach: Reach,
}

impl std::fmt::Debug for ChunkMemo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChunkMemo")
            .field("chunks_read", &self.chunks_read())
            .finish_non_exhaustive()
    }
}

impl ChunkMemo {
    /// An empty memory that holds about `bytes` at most. A part that is full starts afresh: what
    /// comes next is most likely the next version of what came last.
    pub fn new(bytes: usize) -> Self {
        Self {
            parts: std::array::from_fn(|_| Mutex::default()),
            room: bytes / PARTS,
            read: AtomicUsize::new(0),
        }
    }

    /// How many stretches had to be read because they were not known.
    pub fn chunks_read(&self) -> usize {
        self.read.load(Ordering::Relaxed)
    }

    /// Where a stretch is kept. Whoever finds the place empty fills it, and others who ask for the
    /// same stretch wait for that.
    pub(super) fn place(&self, Key { hash, length }: Key) -> Arc<OnceLock<Known>> {
        let mut part = self.part(hash);
        if let Some(place) = part.known.get(&hash) {
            return Arc::clone(place);
        }
        let bytes = OVERHEAD + length * PER_BYTE;
        if part.bytes + bytes > self.room {
            *part = Part::default();
        }
        part.bytes += bytes;
        self.read.fetch_add(1, Ordering::Relaxed);
        Arc::clone(part.known.entry(hash).or_default())
    }

    fn part(&self, hash: u128) -> MutexGuard<'_, Part> {
        // The map takes other bits of the hash.
        let number = (hash >> 64) as usize % PARTS;
        self.parts[number]
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
