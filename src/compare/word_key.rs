//! The key of a word: what it is compared by.

use xxhash_rust::xxh3::xxh3_64;

/// The key of a normalised (lower-case) word.
pub(super) fn word_key(word: &str) -> u64 {
    xxh3_64(word.as_bytes())
}
