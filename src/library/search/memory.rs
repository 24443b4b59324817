//! Search without an index: the wordings of a library in memory, with the places of every word.

use super::Fitting;
use super::query::Wish;
use super::words::each_word;
use crate::library::wording::{self, Tags, Wording};
use crate::model::{ClauseKind, Labels, Policy, Topic};
use rustc_hash::{FxHashMap, FxHashSet};

/// The wordings of a library and where they stand.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    by_hash: FxHashMap<u128, u32>,
    wordings: Vec<Wording>,
    held: Vec<Vec<At>>,
    /// The words of all wordings, one after the other, by number.
    words: Vec<u32>,
    /// Where the words of each wording begin in `words`.
    starts: Vec<usize>,
    numbers: FxHashMap<Box<str>, u32>,
    /// For each word the wordings that hold it, in order.
    postings: Vec<Vec<u32>>,
}

/// A clause of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct At {
    /// The listed policy, by its place in the library.
    pub(crate) document: u32,
    /// The version in its history; 0 without one.
    pub(crate) place: u32,
    /// The clause in the version.
    pub(crate) clause: u32,
}

/// What bm25 reckons with: `K1` how soon more of the same word stops counting, `B` how much a long
/// text counts less. The values are those of SQLite's FTS5.
const K1: f64 = 1.2;
const B: f64 = 0.75;

/// Whether a clause is labelled with one of some topics.
fn is_on(labels: &[Topic], topics: &[Topic]) -> bool {
    labels.iter().any(|topic| topics.contains(topic))
}

impl Memory {
    /// Takes in a version of a policy.
    pub(crate) fn add(&mut self, document: u32, place: u32, policy: &Policy, labels: &Labels) {
        for (clause, (text, tags)) in (0..).zip(wording::of_policy(policy, labels)) {
            let hash = wording::hash(text, &tags);
            let number = match self.by_hash.get(&hash) {
                Some(&number) => number,
                None => self.take(hash, text, tags),
            };
            if let Some(held) = self.held.get_mut(number as usize) {
                held.push(At {
                    document,
                    place,
                    clause,
                });
            }
        }
    }

    fn take(&mut self, hash: u128, text: &str, tags: Tags) -> u32 {
        let number = u32::try_from(self.wordings.len()).unwrap_or(u32::MAX);
        self.by_hash.insert(hash, number);
        self.starts.push(self.words.len());
        each_word(text, |word, _| {
            let next = u32::try_from(self.postings.len()).unwrap_or(u32::MAX);
            let known = match self.numbers.get(word) {
                Some(&known) => known,
                None => {
                    self.numbers.insert(word.into(), next);
                    self.postings.push(Vec::new());
                    next
                }
            };
            self.words.push(known);
            if let Some(posting) = self.postings.get_mut(known as usize)
                && posting.last() != Some(&number)
            {
                posting.push(number);
            }
        });
        self.wordings.push(Wording {
            text: text.into(),
            tags,
        });
        self.held.push(Vec::new());
        number
    }

    /// The wordings that fit and how well, in the order in which they were taken in.
    /// Those on one of the topics are worth more.
    pub(crate) fn matching(&self, wish: Option<&Wish>, topics: &[Topic]) -> Vec<(f32, u32)> {
        let Some(wish) = wish else {
            let last = u32::try_from(self.wordings.len()).unwrap_or(u32::MAX);
            return (0..last).map(|number| (0.0, number)).collect();
        };
        let mut scores = FxHashMap::default();
        let found = self.fitting(wish, Some(&mut scores));
        let mut found: Vec<u32> = found.into_iter().collect();
        found.sort_unstable();
        let score = |number: u32| {
            #[allow(
                clippy::cast_possible_truncation,
                reason = "a rank needs no more digits"
            )]
            let score = scores.get(&number).map_or(0.0, |score| *score as f32);
            let tags = self.wording(number).map(|wording| &wording.tags);
            let fitting = Fitting {
                score,
                words: self.words_of(number).len(),
                is_heading: tags.is_some_and(|tags| tags.kind == ClauseKind::Heading),
                is_on_topic: tags.is_some_and(|tags| is_on(&tags.topics, topics)),
            };
            fitting.rank()
        };
        found
            .into_iter()
            .map(|number| (score(number), number))
            .collect()
    }

    /// The wordings that hold a word, as it is compared.
    pub(crate) fn having(&self, word: &str) -> &[u32] {
        let number = self.numbers.get(word).map(|&number| number as usize);
        let posting = number.and_then(|number| self.postings.get(number));
        posting.map_or(&[], Vec::as_slice)
    }

    /// A wording.
    pub(crate) fn wording(&self, number: u32) -> Option<&Wording> {
        self.wordings.get(number as usize)
    }

    /// Where a wording stands, document by document, versions in order.
    pub(crate) fn held(&self, number: u32) -> &[At] {
        self.held.get(number as usize).map_or(&[], Vec::as_slice)
    }

    /// The words of a wording.
    fn words_of(&self, number: u32) -> &[u32] {
        let at = number as usize;
        let start = self.starts.get(at).copied().unwrap_or(0);
        let end = self.starts.get(at + 1).copied().unwrap_or(self.words.len());
        self.words.get(start..end).unwrap_or(&[])
    }

    fn fitting(&self, wish: &Wish, mut scores: Option<&mut FxHashMap<u32, f64>>) -> FxHashSet<u32> {
        match wish {
            Wish::Words { words, begun } => {
                let counts = self.counts(words, *begun);
                if let Some(scores) = scores {
                    self.rate(&counts, scores);
                }
                counts.into_keys().collect()
            }
            Wish::Topic(topic) => self.tagged(|tags| tags.topics.contains(topic)),
            Wish::Stance(stance) => self.tagged(|tags| tags.stance == *stance),
            Wish::Any(any) => {
                let mut found = FxHashSet::default();
                for wish in any {
                    found.extend(self.fitting(wish, scores.as_deref_mut()));
                }
                found
            }
            Wish::All(all, none) => {
                let mut found: Option<FxHashSet<u32>> = None;
                for wish in all {
                    let fits = self.fitting(wish, scores.as_deref_mut());
                    found = Some(match found {
                        None => fits,
                        Some(found) => found.intersection(&fits).copied().collect(),
                    });
                }
                let mut found = found.unwrap_or_default();
                for wish in none {
                    let unwanted = self.fitting(wish, None);
                    found.retain(|number| !unwanted.contains(number));
                }
                found
            }
        }
    }

    fn tagged(&self, fits: impl Fn(&Tags) -> bool) -> FxHashSet<u32> {
        let numbered = (0..).zip(&self.wordings);
        numbered
            .filter(|(_, wording)| fits(&wording.tags))
            .map(|(number, _)| number)
            .collect()
    }

    /// How often these words stand next to each other in each wording that holds them.
    fn counts(&self, words: &[String], begun: bool) -> FxHashMap<u32, u32> {
        let mut counts = FxHashMap::default();
        let Some((last, before)) = words.split_last() else {
            return counts;
        };
        let known = |word: &String| self.numbers.get(word.as_str()).copied();
        let Some(before) = before.iter().map(known).collect::<Option<Vec<u32>>>() else {
            return counts;
        };
        let last: FxHashSet<u32> = if begun {
            let begun = self
                .numbers
                .iter()
                .filter(|(word, _)| word.starts_with(last.as_str()));
            begun.map(|(_, number)| *number).collect()
        } else {
            known(last).into_iter().collect()
        };
        let mut holders: Vec<u32> = last
            .iter()
            .filter_map(|&word| self.postings.get(word as usize))
            .flatten()
            .copied()
            .collect();
        holders.sort_unstable();
        holders.dedup();
        for number in holders {
            let length = before.len() + 1;
            let fits = |window: &&[u32]| {
                window
                    .split_last()
                    .is_some_and(|(end, start)| start == before.as_slice() && last.contains(end))
            };
            let count = self.words_of(number).windows(length).filter(fits).count();
            if count > 0 {
                counts.insert(number, u32::try_from(count).unwrap_or(u32::MAX));
            }
        }
        counts
    }

    /// Adds what some words are worth to each wording that holds them.
    #[allow(
        clippy::cast_precision_loss,
        reason = "counts of words are far below 2^52"
    )]
    fn rate(&self, counts: &FxHashMap<u32, u32>, scores: &mut FxHashMap<u32, f64>) {
        let (all, having) = (self.wordings.len() as f64, counts.len() as f64);
        let rarity = ((all - having + 0.5) / (having + 0.5)).ln().max(1e-6);
        let mean = self.words.len() as f64 / all.max(1.0);
        for (&number, &count) in counts {
            let length = self.words_of(number).len() as f64;
            let count = f64::from(count);
            let worth = count * (K1 + 1.0) / (count + K1 * (1.0 - B + B * length / mean.max(1.0)));
            *scores.entry(number).or_default() += rarity * worth;
        }
    }
}
