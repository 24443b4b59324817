//! How much two texts have in common, which tells versions of one text from others.

use crate::model::{Pair, Policy};
use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

/// Share of the smaller text that must stand in the other for two texts to be versions of one.
pub(in crate::compare) const ONE_TEXT: f32 = 0.25;
/// The same when both are of one site.
pub(in crate::compare) const ONE_SITE: f32 = 0.1;
/// Words in a row that must agree: long enough not to be a turn of phrase.
const SHINGLE: usize = 5;

/// A text of more clauses than this is looked at by a sample of its runs.
const SAMPLED_FROM: usize = 200;
/// One run in so many, chosen by its hash, so that both texts choose the same ones.
const SAMPLE: u64 = 8;

/// The share of the smaller text's runs of [`SHINGLE`] words that stand in the other text.
pub(in crate::compare) fn common_text(pair: Pair<&Policy>) -> f32 {
    // Two versions mostly share whole clauses, character by character; seen at once.
    let equal = common_clauses(pair);
    if equal >= ONE_TEXT {
        return equal;
    }
    let shorter = pair.left.clauses.len().min(pair.right.clauses.len());
    let sample = if shorter > SAMPLED_FROM { SAMPLE } else { 1 };
    let shingles = pair.map(|policy| shingles(policy, sample));
    let (small, large) = if shingles.left.len() <= shingles.right.len() {
        (shingles.left, shingles.right)
    } else {
        (shingles.right, shingles.left)
    };
    if small.is_empty() {
        return 0.0;
    }
    let common = small
        .iter()
        .filter(|shingle| large.contains(shingle))
        .count();
    common as f32 / small.len() as f32
}

/// The share of the smaller text's bytes in clauses that stand in the other text as they are.
fn common_clauses(pair: Pair<&Policy>) -> f32 {
    let bytes = |policy: &Policy| -> usize { policy.clauses.iter().map(|c| c.text.len()).sum() };
    let (small, large) = if bytes(pair.left) <= bytes(pair.right) {
        (pair.left, pair.right)
    } else {
        (pair.right, pair.left)
    };
    let there: FxHashSet<&str> = large
        .clauses
        .iter()
        .map(|c| c.text.of(&large.text))
        .collect();
    let common: usize = small
        .clauses
        .iter()
        .map(|c| c.text.of(&small.text))
        .filter(|text| there.contains(text))
        .map(str::len)
        .sum();
    common as f32 / bytes(small).max(1) as f32
}

/// The hashes of one in `sample` of all runs of words, within clauses; a shorter clause counts as
/// one run. Words are what stands between white space here, without marks around them.
fn shingles(policy: &Policy, sample: u64) -> FxHashSet<u64> {
    let mut out = FxHashSet::default();
    let mut words: Vec<u64> = Vec::new();
    for clause in &policy.clauses {
        words.clear();
        let text = clause.text.of(&policy.text);
        words.extend(
            text.split_ascii_whitespace()
                .filter_map(|word| rough_key(bare(word))),
        );
        let mix = |run: &[u64]| {
            run.iter().fold(0_u64, |hash, word| {
                hash.rotate_left(7).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ word
            })
        };
        let runs = words.windows(SHINGLE.min(words.len()).max(1)).map(mix);
        out.extend(runs.filter(|run| run % sample == 0));
    }
    out
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    match word.as_bytes() {
        [first, .., last] if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() => word,
        _ => word.trim_matches(|c: char| !c.is_alphanumeric()),
    }
}

/// A hash of a word, blind to the case of plain letters; nothing for no word.
fn rough_key(word: &str) -> Option<u64> {
    let mut lower = [0_u8; 32];
    let slots = lower
        .get_mut(..word.len())
        .filter(|slots| !slots.is_empty());
    match slots {
        Some(slots) => {
            slots.copy_from_slice(word.as_bytes());
            slots.make_ascii_lowercase();
            Some(xxh3_64(slots))
        }
        None => (!word.is_empty()).then(|| xxh3_64(word.as_bytes())),
    }
}
