//! `assets/compare/function-words.txt`: the small words of each language. The build script lays them
//! out by their keys.

use super::word_key::word_key;

/// One language a line: its name, then its most frequent words.
const DATA: &str = include_str!("../../assets/compare/function-words.txt");

/// English, as one of the bits of [`words`].
#[cfg_attr(
    not(test),
    allow(dead_code, reason = "the build script's, and its test's")
)]
pub(super) const ENGLISH: u64 = 1;

/// The languages and their words.
pub(super) fn languages() -> impl Iterator<Item = (&'static str, std::str::SplitWhitespace<'static>)>
{
    DATA.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        Some((words.next()?, words))
    })
}

/// Every listed word by its key, with the languages that list it by their place in [`languages`].
#[cfg_attr(
    not(test),
    allow(dead_code, reason = "the build script's, and its test's")
)]
pub(super) fn words() -> Vec<(u64, u64)> {
    let mut words: Vec<(u64, u64)> = Vec::new();
    for (place, (_, list)) in languages().enumerate() {
        words.extend(list.map(|word| (word_key(word), 1 << place)));
    }
    words.sort_unstable();
    words.dedup_by(|next, first| {
        let same = next.0 == first.0;
        if same {
            first.1 |= next.1;
        }
        same
    });
    words
}
