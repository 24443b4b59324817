//! What the tables know of a word, looked up when it first comes and kept: most words of a policy
//! come again and again, and one row serves topics, stance and questions.

use super::grammar::Class;
use super::phrases::{Lists, Phrases, Symbols};
use super::words::Word;

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
    /// Its row of learned weights; 0 for none.
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

/// The place of the words that no table knows: of the row that says so.
const UNKNOWN: u32 = 0;

/// Stands for the place of a word that was not met before.
pub(super) const NEW: u32 = SLOT_PLACE as u32;

/// A word and the place of its row in eight bytes, as many slots are looked at: these bits are the
/// place, the others those of the word's hash. The bits that are missing decide where the search for
/// the slot begins.
const SLOT_PLACE: u64 = (1 << 17) - 1;

/// A slot without a word: one at a place that no row has.
const FREE: u64 = SLOT_PLACE;

/// Rows by word.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// The first stands for all the words that no table knows.
    rows: Vec<Row>,
    /// What the symbols of rows stand for.
    pub(super) lists: Lists,
    /// Every word; open addressing. The length is a power of two and at least twice the number of
    /// words.
    slots: Vec<u64>,
    /// The same once more with whole hashes, which filing them anew takes.
    words: Vec<(u64, u32)>,
    /// Whether the rows tell of practice questions.
    asks: bool,
}

impl Vocabulary {
    /// So many words a policy seldom exceeds. Room for them is not used before they come, but to grow
    /// into it would use it twice.
    const USUAL: usize = 1 << 11;

    /// More words than most shelves of policies hold; a vocabulary that grew beyond begins anew.
    const MOST: usize = 1 << 16;

    /// No words yet; with `asks` those of practice questions will be known.
    pub(super) fn new(asks: bool) -> Self {
        let mut rows = Vec::with_capacity(Self::USUAL);
        rows.push(NOTHING);
        Self {
            rows,
            lists: Lists::default(),
            slots: vec![FREE; 2 * Self::USUAL],
            words: Vec::with_capacity(Self::USUAL),
            asks,
        }
    }

    /// Begins anew if the vocabulary grew beyond what is usual: a text may hold any number of words
    /// that no other does. Places that were handed out before mean nothing afterwards.
    pub(super) fn keep_small(&mut self) {
        if self.is_full() {
            *self = Self::new(self.asks);
        }
    }

    /// Whether the vocabulary knows the words of practice questions.
    pub(super) fn asks(&self) -> bool {
        self.asks
    }

    /// Whether it grew so far that the next text will begin a new one.
    pub(super) fn is_full(&self) -> bool {
        self.words.len() >= Self::MOST
    }

    /// The place of the row of the word with a hash; [`NEW`] for a word that was not met before.
    #[inline]
    pub(super) fn place(&self, hash: u64) -> u32 {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while let Some(&slot) = self.slots.get(at) {
            // The place in a free slot is that of no row too.
            if (slot ^ hash) <= SLOT_PLACE || slot == FREE {
                return (slot & SLOT_PLACE) as u32;
            }
            at = (at + 1) & mask;
        }
        NEW
    }

    /// The place of the row of a word, or the slot where the word belongs.
    fn find(&self, hash: u64) -> Result<u32, usize> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while let Some(&slot) = self.slots.get(at) {
            if (slot ^ hash) <= SLOT_PLACE && slot & SLOT_PLACE != FREE {
                return Ok((slot & SLOT_PLACE) as u32);
            }
            if slot == FREE {
                break;
            }
            at = (at + 1) & mask;
        }
        Err(at)
    }

    /// Looks a word up in the tables, unless it was met before.
    #[cold]
    pub(super) fn learn(&mut self, word: &Word<'_>, topics: &Phrases, atoms: Option<&Phrases>) {
        if self.find(word.hash).is_ok() {
            return;
        }
        if self.slots.len() < 2 * (self.words.len() + 1) {
            self.grow();
        }
        let place = self.add_row(word, topics, atoms);
        self.file(word.hash, place);
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
        // No text has so many words that a slot cannot hold the place of their rows, unless it was made
        // to: one clause, and a hundred thousand words in it that begin with stems.
        let place = u32::try_from(self.rows.len()).unwrap_or(NEW);
        if row == NOTHING || place >= NEW {
            return UNKNOWN;
        }
        self.rows.push(row);
        place
    }

    /// Doubles the slots.
    fn grow(&mut self) {
        self.slots = vec![FREE; 2 * self.slots.len()];
        for (hash, place) in std::mem::take(&mut self.words) {
            self.file(hash, place);
        }
    }

    /// Takes a word in that was not met before, for which there is room.
    fn file(&mut self, hash: u64, place: u32) {
        if let Err(free) = self.find(hash)
            && let Some(slot) = self.slots.get_mut(free)
        {
            *slot = (hash & !SLOT_PLACE) | u64::from(place);
            self.words.push((hash, place));
        }
    }

    /// The row at a place.
    #[inline]
    pub(super) fn row(&self, place: u32) -> &Row {
        self.rows.get(place as usize).unwrap_or(&NOTHING)
    }
}
