//! What the tables know of a word, looked up when it first comes and kept: most words of a policy
//! come again and again, and one row serves topics, stance and questions.

use super::grammar::Class;
use super::phrases::{Lists, Phrases, Symbols};
use super::tables::home;
use super::words::Word;
use std::sync::{Mutex, PoisonError};

/// A word as every reader of a clause knows it. One fills a line of the processor's cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(align(64))]
pub(super) struct Row {
    /// What it may be in a sentence.
    pub(super) class: Class,
    /// Where it stands in the phrases of topics.
    pub(super) topics: Symbols,
    /// Where it stands in the words of practice questions.
    pub(super) atoms: Symbols,
    /// Its number among the words of topics; 0 for none.
    pub(super) symbol: u32,
    /// Its row of learned weights, plus one; 0 for none.
    pub(super) weights: u16,
}

const _: () = assert!(size_of::<Row>() == 64, "a row fills one line of the cache");

/// The row of a word that no table knows.
static NOTHING: Row = Row {
    class: Class::NONE,
    topics: Symbols::NONE,
    atoms: Symbols::NONE,
    symbol: 0,
    weights: 0,
};

/// The place of the words that no table knows.
const UNKNOWN: u32 = u32::MAX - 1;

/// Marks a slot without a word.
const FREE: u32 = u32::MAX;

/// Rows by word. Words of which nothing is known have none.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    rows: Vec<Row>,
    /// What the symbols of rows stand for.
    pub(super) lists: Lists,
    /// Hash and place in `rows` of every word, [`FREE`] for none; open addressing. The length is a
    /// power of two and at least twice the number of words.
    slots: Vec<(u64, u32)>,
    words: usize,
    /// Whether the rows tell of practice questions.
    asks: bool,
}

impl Vocabulary {
    /// More words than most shelves of policies hold; a vocabulary that grew beyond begins anew.
    const MOST: usize = 1 << 16;

    /// No words yet; with `asks` those of practice questions will be known.
    fn new(asks: bool) -> Self {
        Self {
            asks,
            ..Self::default()
        }
    }

    /// Begins anew if the vocabulary grew beyond what is usual: a text may hold any number of words
    /// that no other does. Places that were handed out before mean nothing afterwards.
    pub(super) fn keep_small(&mut self) {
        if self.words >= Self::MOST {
            *self = Self::new(self.asks);
        }
    }

    /// The place of a word's row.
    #[inline]
    pub(super) fn place(
        &mut self,
        word: &Word<'_>,
        topics: &Phrases,
        atoms: Option<&Phrases>,
    ) -> u32 {
        match self.find(word.hash) {
            Ok(place) => place,
            Err(free) => self.add(word, free, topics, atoms),
        }
    }

    /// The place of the row of a word, or the slot where the word belongs.
    #[inline]
    fn find(&self, hash: u64) -> Result<u32, usize> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = home(hash, mask);
        while let Some(&(found, place)) = self.slots.get(at) {
            if found == hash && place != FREE {
                return Ok(place);
            }
            if place == FREE {
                break;
            }
            at = (at + 1) & mask;
        }
        Err(at)
    }

    #[cold]
    fn add(
        &mut self,
        word: &Word<'_>,
        mut free: usize,
        topics: &Phrases,
        atoms: Option<&Phrases>,
    ) -> u32 {
        if self.slots.len() < 2 * (self.words + 1) {
            self.grow();
            free = self.find(word.hash).err().unwrap_or(free);
        }
        let place = self.add_row(word, topics, atoms);
        if let Some(slot) = self.slots.get_mut(free) {
            *slot = (word.hash, place);
            self.words += 1;
        }
        place
    }

    /// The place of a new row, unless nothing is known of the word.
    fn add_row(&mut self, word: &Word<'_>, topics: &Phrases, atoms: Option<&Phrases>) -> u32 {
        let symbol = topics.symbol(word);
        let mut symbols = |phrases: &Phrases| phrases.resolve(word, &mut self.lists);
        let row = Row {
            class: Class::of(word, topics.classes(word)),
            topics: symbols(topics),
            atoms: atoms.map_or(Symbols::NONE, symbols),
            symbol,
            weights: topics.weights(symbol),
        };
        if row == NOTHING {
            return UNKNOWN;
        }
        self.rows.push(row);
        u32::try_from(self.rows.len() - 1).unwrap_or(UNKNOWN)
    }

    /// Doubles the slots.
    fn grow(&mut self) {
        let length = (2 * self.slots.len()).max(1 << 12);
        let slots = std::mem::replace(&mut self.slots, vec![(0, FREE); length]);
        for (hash, place) in slots.into_iter().filter(|(_, place)| *place != FREE) {
            if let Err(free) = self.find(hash)
                && let Some(slot) = self.slots.get_mut(free)
            {
                *slot = (hash, place);
            }
        }
    }

    /// The row at a place.
    #[inline]
    pub(super) fn row(&self, place: u32) -> &Row {
        self.rows.get(place as usize).unwrap_or(&NOTHING)
    }
}

/// Vocabularies that are not in use, for the next policy on whatever thread.
#[derive(Debug, Default)]
pub(super) struct Shelf(Mutex<Vec<Vocabulary>>);

impl Shelf {
    /// A vocabulary; with `asks` one that knows the words of practice questions.
    pub(super) fn take(&self, asks: bool) -> Vocabulary {
        let mut kept = self.kept();
        let fits = kept.iter().rposition(|kept| kept.asks == asks);
        let found = fits.map(|place| kept.swap_remove(place));
        found
            .filter(|found| found.words < Vocabulary::MOST)
            .unwrap_or_else(|| Vocabulary::new(asks))
    }

    /// Keeps a vocabulary.
    pub(super) fn put(&self, vocabulary: Vocabulary) {
        self.kept().push(vocabulary);
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Vec<Vocabulary>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Vocabularies belong to the tables they were made from, so a copy begins with none.
impl Clone for Shelf {
    fn clone(&self) -> Self {
        Self::default()
    }
}
