//! `assets/compare/words.toml` → the tables of the word classes. The build script does this, so
//! that the program starts without reading the file; a test does it again.

use super::stems::stem_key;
use super::word_classes::{Class, First, OneKind, Phrase, Role, Sort, class_key};
use super::word_table::Slot;
use serde::Deserialize;

/// The word classes.
const DATA: &str = include_str!("../../../assets/compare/words.toml");

#[derive(Deserialize)]
pub(super) struct File {
    pub(super) class: Vec<WordClass>,
    contrast: Vec<Contrast>,
}

#[derive(Deserialize)]
struct Contrast {
    one: Vec<String>,
    other: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct WordClass {
    pub(super) name: String,
    #[serde(default)]
    role: Role,
    #[serde(default)]
    sort: Sort,
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) denials: Vec<String>,
    #[serde(default)]
    reverses: Vec<String>,
}

/// The tables of the word classes.
#[derive(Default)]
pub(super) struct Tables {
    /// Where the phrases with a first stem stand in `phrases`.
    pub(super) first: Vec<First>,
    /// The phrases; of those with one first stem the longest come first.
    pub(super) phrases: Vec<Phrase>,
    /// The stems of the phrases, but for their first.
    pub(super) stems: Vec<u64>,
    /// Actions, each with one that undoes it or goes the other way.
    pub(super) reverses: Vec<(u64, u64)>,
    /// Words, as stems, that tell one kind of a thing from the opposite kind.
    pub(super) kinds: Vec<Slot<OneKind>>,
    /// Those who get or handle data.
    pub(super) recipients: Vec<Slot<()>>,
}

/// Reads the file.
pub(super) fn read() -> Result<File, toml::de::Error> {
    toml::from_str(DATA)
}

/// The stems of a phrase. Hyphens part words, and a percent sign is one, as in the texts.
pub(super) fn stems(phrase: &str) -> Vec<u64> {
    let phrase = phrase.replace('%', " %");
    phrase.split([' ', '-']).map(stem_key).collect()
}

impl File {
    /// Lays the classes out.
    pub(super) fn tables(&self) -> Tables {
        let gets_data = |class: &&WordClass| matches!(class.sort, Sort::Outsider | Sort::Helper);
        let recipients = self.class.iter().filter(gets_data);
        let recipients: Vec<_> = recipients
            .map(|class| (class_key(&class.name), ()))
            .collect();
        let reverses = self.class.iter().flat_map(|class| {
            let reverse = |name: &String| (class_key(&class.name), class_key(name));
            class.reverses.iter().map(reverse)
        });
        let mut tables = Tables {
            reverses: reverses.collect(),
            kinds: laid_out(&self.kinds()),
            recipients: laid_out(&recipients),
            ..Tables::default()
        };
        let mut first = Vec::new();
        let phrases = self.phrases();
        for with_one_first in phrases.chunk_by(|(one, _), (other, _)| one[0] == other[0]) {
            let from = tables.phrases.len();
            for (stems, class) in with_one_first {
                let start = tables.stems.len();
                tables.stems.extend_from_slice(&stems[1..]);
                tables.phrases.push(Phrase {
                    rest: (start, tables.stems.len()),
                    class: *class,
                });
            }
            first.push((with_one_first[0].0[0], (from, tables.phrases.len())));
        }
        tables.first = laid_out(&first);
        tables
    }

    /// Every phrase as stems, by the first, the longest first.
    fn phrases(&self) -> Vec<(Vec<u64>, Class)> {
        let mut phrases = Vec::new();
        for class in &self.class {
            let denials = class.denials.iter().map(|phrase| (phrase, true));
            for (phrase, denied) in class.words.iter().map(|p| (p, false)).chain(denials) {
                let found = Class {
                    key: class_key(&class.name),
                    role: class.role,
                    sort: class.sort,
                    denied,
                };
                phrases.push((stems(phrase), found));
            }
        }
        phrases.sort_by_key(|(stems, _)| (stems[0], std::cmp::Reverse(stems.len())));
        phrases
    }

    fn kinds(&self) -> Vec<(u64, OneKind)> {
        let numbered = self.contrast.iter().enumerate();
        let kinds = numbered.flat_map(|(number, contrast)| {
            let one = contrast.one.iter().map(|word| (word, true));
            let both = one.chain(contrast.other.iter().map(|word| (word, false)));
            both.map(move |(word, side)| (stem_key(word), (number, side)))
        });
        kinds.collect()
    }
}

/// The slots for these entries; of several with one key the last counts.
pub(super) fn laid_out<V: Copy>(entries: &[(u64, V)]) -> Vec<Slot<V>> {
    // At most half of the slots are taken: a search always ends, and soon.
    let mut slots = vec![None; (2 * entries.len()).next_power_of_two().max(2)];
    let mask = slots.len() - 1;
    for &(key, value) in entries {
        let mut at = key as usize & mask;
        while slots[at].is_some_and(|(other, _)| other != key) {
            at = (at + 1) & mask;
        }
        slots[at] = Some((key, value));
    }
    slots
}

#[cfg(test)]
mod tests {
    use super::super::prepared::{FIRST, KINDS, PHRASES, RECIPIENTS, REVERSES, STEMS};
    use super::super::word_table::find;
    use super::*;

    #[test]
    fn the_program_holds_what_the_file_says() {
        let tables = read().unwrap().tables();
        assert_eq!(tables.first, FIRST);
        assert_eq!(tables.phrases, PHRASES);
        assert_eq!(tables.stems, STEMS);
        assert_eq!(tables.reverses, REVERSES);
        assert_eq!(tables.kinds, KINDS);
        assert_eq!(tables.recipients, RECIPIENTS);
    }

    #[test]
    fn what_is_laid_out_is_found() {
        assert_eq!(find::<u8>(&[], 7), None);
        assert_eq!(find(&laid_out::<u8>(&[]), 7), None);
        // Keys that want the same place, the last of them at the end of the table.
        let slots = laid_out(&[(0, 'a'), (8, 'b'), (16, 'c'), (7, 'd'), (15, 'e'), (8, 'f')]);
        let found: String = [0, 8, 16, 7, 15]
            .iter()
            .filter_map(|&key| find(&slots, key))
            .collect();
        assert_eq!(found, "afcde");
        assert_eq!(find(&slots, 24), None);
    }
}
