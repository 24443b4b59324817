//! The small words that hold sentences together: they weigh little when clauses are compared, and
//! they tell which language a text is in.

use super::keys::clause_tokens;
use super::tokens::word_key;
use crate::model::{ClauseId, Policy};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// One language a line: its name, then its most frequent words.
const DATA: &str = include_str!("../../assets/compare/function-words.txt");

/// Words read to tell the language: the first of the text.
const SAMPLE: usize = 400;
/// Fewer function words than this say nothing.
const ENOUGH: usize = 10;
/// The share of the words that function words of the language make up at least. English prose has
/// 0.4 to 0.5, menus and tables about 0.2.
const SHARE: f32 = 0.15;

/// Every listed word, with the languages that list it by their place in [`languages`].
static WORDS: LazyLock<FxHashMap<u64, u16>> = LazyLock::new(|| {
    let mut words = FxHashMap::with_capacity_and_hasher(1_024, rustc_hash::FxBuildHasher);
    for (place, (_, list)) in languages().enumerate() {
        for word in list {
            *words.entry(word_key(word)).or_insert(0) |= 1 << place;
        }
    }
    words
});

/// English, as one of the bits of [`WORDS`].
const ENGLISH: u16 = 1;

fn languages() -> impl Iterator<Item = (&'static str, std::str::SplitWhitespace<'static>)> {
    DATA.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        Some((words.next()?, words))
    })
}

/// The languages that list a word.
fn listed(key: u64) -> u16 {
    WORDS.get(&key).copied().unwrap_or(0)
}

/// Whether the key is that of an English function word.
pub(super) fn is_english(key: u64) -> bool {
    listed(key) & ENGLISH != 0
}

/// The language of a text, by the function words it uses; nothing when none stands out.
pub(super) fn language(policy: &Policy) -> Option<&'static str> {
    let mut hits = [0_usize; u16::BITS as usize];
    let (mut total, mut tokens) = (0_usize, Vec::new());
    for index in 0..policy.clauses.len() {
        tokens.clear();
        clause_tokens(policy, ClauseId::new(index), &mut tokens);
        for token in tokens.iter().filter(|token| token.is_word()) {
            let mut languages = listed(token.key);
            while languages != 0 {
                hits[languages.trailing_zeros() as usize] += 1;
                languages &= languages - 1;
            }
            total += 1;
        }
        if total >= SAMPLE {
            break;
        }
    }
    let (hits, name) = languages()
        .zip(hits)
        .map(|((name, _), hits)| (hits, name))
        .max_by_key(|(hits, name)| (*hits, std::cmp::Reverse(*name)))?;
    (hits >= ENOUGH && hits as f32 >= SHARE * total as f32).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustc_hash::FxHashSet;

    #[test]
    fn english_comes_first() {
        let english = languages().position(|(name, _)| name == "english");
        assert_eq!(english.map(|place| 1 << place), Some(ENGLISH));
        assert!(languages().count() <= u16::BITS as usize);
    }

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
