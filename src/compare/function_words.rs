//! The small words that hold sentences together: they weigh little when clauses are compared, and
//! they tell which language a text is in.

use super::function_words_file::languages;
use super::word_table::{Slot, find};

include!(concat!(env!("OUT_DIR"), "/function_words.rs"));

/// Languages, one bit each.
pub(super) type Languages = u64;

/// The languages that list a word.
pub(super) fn listed(key: u64) -> Languages {
    find(WORDS, key).unwrap_or(0)
}

/// The names of the languages, in the order of their bits.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    languages().map(|(name, _)| name)
}

/// Whether the key is that of an English function word.
pub(super) fn is_english(key: u64) -> bool {
    find(ENGLISH_WORDS, key).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::function_words_file::{ENGLISH, words};
    use rustc_hash::FxHashSet;

    #[test]
    fn the_program_holds_what_the_file_says() {
        let words = words();
        assert!(
            words
                .iter()
                .all(|&(key, languages)| listed(key) == languages)
        );
        assert_eq!(WORDS.iter().flatten().count(), words.len());
        let english = words
            .iter()
            .filter(|(_, languages)| languages & ENGLISH != 0);
        assert_eq!(
            ENGLISH_WORDS.iter().flatten().count(),
            english.clone().count()
        );
        assert!(english.into_iter().all(|&(key, _)| is_english(key)));
    }

    #[test]
    fn english_comes_first() {
        let english = languages().position(|(name, _)| name == "english");
        assert_eq!(english.map(|place| 1 << place), Some(ENGLISH));
        assert!(languages().count() <= Languages::BITS as usize);
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
