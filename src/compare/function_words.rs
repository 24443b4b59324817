//! The small words that hold sentences together: they weigh little when clauses are compared, and
//! they tell which language a text is in.

use super::function_words_file::{ENGLISH, languages};
use super::keys::clause_tokens;
use super::word_table::{Slot, find};
use crate::model::{ClauseId, Policy};

include!(concat!(env!("OUT_DIR"), "/function_words.rs"));

/// Words read to tell the language: the first of the text.
const SAMPLE: usize = 400;
/// Fewer function words than this say nothing.
const ENOUGH: usize = 10;
/// The share of the words that function words of the language make up at least. English prose has
/// 0.4 to 0.5, menus and tables about 0.2.
const SHARE: f32 = 0.15;

/// The languages that list a word.
fn listed(key: u64) -> u16 {
    find(WORDS, key).unwrap_or(0)
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
        if total >= SAMPLE || is_settled(&hits, total) {
            break;
        }
    }
    let (hits, name) = languages()
        .zip(hits)
        .map(|((name, _), hits)| (hits, name))
        .max_by_key(|(hits, name)| (*hits, std::cmp::Reverse(*name)))?;
    (hits >= ENOUGH && hits as f32 >= SHARE * total as f32).then_some(name)
}

/// Whether so many hits after so many words cannot be overtaken by the end of the sample.
fn is_settled(hits: &[usize], total: usize) -> bool {
    let (mut most, mut second) = (0, 0);
    for &hits in hits {
        if hits > most {
            (most, second) = (hits, most);
        } else {
            second = second.max(hits);
        }
    }
    most as f32 >= SHARE * SAMPLE as f32 && most - second > SAMPLE.saturating_sub(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::function_words_file::words;
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
    }

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

    #[test]
    fn a_lead_that_the_rest_of_the_sample_can_make_up_settles_nothing() {
        assert!(is_settled(&[130, 9, 29], 300));
        assert!(!is_settled(&[129, 9, 29], 300));
        assert!(!is_settled(&[59, 0], SAMPLE));
        assert!(!is_settled(&[], 0));
    }
}
