//! The small words that hold sentences together: they weigh little when clauses are compared, and
//! they tell which language a text is in.

use super::keys::clause_tokens;
use super::tokens::word_key;
use crate::model::{ClauseId, Policy};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// One language a line: its name, then its most frequent words.
const DATA: &str = include_str!("../../assets/compare/function-words.txt");

/// Words read to tell the language: the first of the text.
const SAMPLE: usize = 1_000;
/// Fewer function words than this say nothing.
const ENOUGH: usize = 10;
/// The share of the words that function words of the language make up at least. English prose has
/// 0.4 to 0.5, menus and tables about 0.2.
const SHARE: f32 = 0.15;

static ENGLISH: LazyLock<FxHashSet<u64>> = LazyLock::new(|| {
    languages()
        .find(|(name, _)| *name == "english")
        .map(|(_, words)| words.map(word_key).collect())
        .unwrap_or_default()
});

fn languages() -> impl Iterator<Item = (&'static str, std::str::SplitWhitespace<'static>)> {
    DATA.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        Some((words.next()?, words))
    })
}

/// Whether the key is that of an English function word.
pub(super) fn is_english(key: u64) -> bool {
    ENGLISH.contains(&key)
}

/// The language of a text, by the function words it uses; nothing when none stands out.
pub(super) fn language(policy: &Policy) -> Option<&'static str> {
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    let (mut total, mut tokens) = (0, Vec::new());
    for index in 0..policy.clauses.len() {
        tokens.clear();
        clause_tokens(policy, ClauseId::new(index), &mut tokens);
        for token in tokens.iter().filter(|token| token.is_word()) {
            *counts.entry(token.key).or_default() += 1;
            total += 1;
        }
        if total >= SAMPLE {
            break;
        }
    }
    let (hits, name) = languages()
        .map(|(name, words)| {
            let mut seen = FxHashSet::default();
            let hits: u32 = words
                .map(word_key)
                .filter(|key| seen.insert(*key))
                .filter_map(|key| counts.get(&key))
                .sum();
            (hits as usize, name)
        })
        .max_by_key(|(hits, name)| (*hits, std::cmp::Reverse(*name)))?;
    (hits >= ENOUGH && hits as f32 >= SHARE * total as f32).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_hold_no_word_twice() {
        for (name, words) in languages() {
            let mut seen = FxHashSet::default();
            for word in words {
                assert!(seen.insert(word), "{name} lists {word} twice");
            }
        }
    }
}
