//! Text → [`Reading`]: every word looked up once, and the phrases found that topics and practice
//! questions look for. What they make of them is theirs.

use super::grammar::Class;
use super::phrases::{Match, Phrases, Token};
use super::stance;
use super::vocabulary::{Shelf, Vocabulary};
use super::words::{self, Gap};
use crate::model::{Block, Clause, ClauseId, Policy, TextRange};

/// A sentence as topics, stance and questions see it.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    /// Its words as places in the text.
    pub(super) tokens: Vec<Token>,
    /// The same words as parts of a sentence.
    pub(super) words: Vec<stance::Word>,
    /// All that any of them may be.
    pub(super) classes: Class,
    /// The phrases of topics in it, by their first word.
    pub(super) phrases: Vec<Match>,
    /// The words of practice questions in it, by their first word.
    pub(super) atoms: Vec<Match>,
}

impl Reading {
    /// Makes room for so many words.
    fn reserve(&mut self, words: usize) {
        self.tokens.reserve(words);
        self.words.reserve(words);
        self.phrases.reserve(words);
        self.atoms.reserve(words);
    }

    fn clear(&mut self) {
        self.tokens.clear();
        self.words.clear();
        self.classes = Class::NONE;
        self.phrases.clear();
        self.atoms.clear();
    }
}

/// What a text is read for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    /// The phrases of topics; their tables know the words' grammar too.
    pub(super) topics: &'a Phrases,
    /// Whether to find them.
    pub(super) labels: bool,
    /// The words of practice questions and the number that stands for any number among them, if
    /// they are to be found.
    pub(super) atoms: Option<(&'a Phrases, u32)>,
}

/// A block of more clauses is read clause by clause, by each who asks: readings take 30 times the memory
/// of the text, and a document may be one block from end to end.
const AT_ONCE: u32 = 1024;

/// About so many bytes make a word of most texts, the space after it included.
const LETTERS: usize = 5;

/// Reads the clauses of policies; keeps its buffers from one to the next.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    wanted: Wanted<'a>,
    shelf: &'a Shelf,
    vocabulary: Vocabulary,
    /// The clauses of the block read last; further ones are buffers.
    clauses: Vec<Reading>,
    /// Which clauses these are.
    block: Option<(u32, u32)>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(wanted: Wanted<'a>, shelf: &'a Shelf) -> Self {
        Self {
            wanted,
            shelf,
            vocabulary: shelf.take(wanted.atoms.is_some()),
            clauses: Vec::new(),
            block: None,
        }
    }

    /// Reads the headings of all sections.
    pub(super) fn headings(&mut self, policy: &Policy, mut each: impl FnMut(&mut Reading)) {
        let mut reading = Reading::default();
        for section in &policy.sections {
            self.heading(policy, section.heading, &mut reading);
            each(&mut reading);
        }
    }

    /// Reads a heading, as it stands.
    pub(super) fn heading(&mut self, policy: &Policy, range: TextRange, reading: &mut Reading) {
        self.text(range.of(&policy.text), range.start, reading);
    }

    /// The clauses of a block, read unless they were the last time. A reader keeps to one policy.
    pub(super) fn block(&mut self, policy: &Policy, block: &Block) -> &mut [Reading] {
        let range = block.clauses.0 as usize..block.clauses.1 as usize;
        let count = policy.clauses.get(range).map_or(0, <[Clause]>::len);
        if self.block != Some(block.clauses) {
            let mut clauses = std::mem::take(&mut self.clauses);
            clauses.resize_with(clauses.len().max(count), Reading::default);
            for (id, reading) in block.clause_ids().zip(clauses.iter_mut().take(count)) {
                self.clause(policy, id, reading);
            }
            (self.clauses, self.block) = (clauses, Some(block.clauses));
        }
        self.clauses.get_mut(..count).unwrap_or(&mut [])
    }

    /// One clause of a block; the reading may be taken over. The clauses of a usual block are read
    /// together and kept for who asks next.
    pub(super) fn one(
        &mut self,
        policy: &Policy,
        block: &Block,
        id: ClauseId,
    ) -> Option<&mut Reading> {
        let (first, end) = block.clauses;
        if end.saturating_sub(first) <= AT_ONCE {
            let place = id.0.checked_sub(first)? as usize;
            return self.block(policy, block).get_mut(place);
        }
        self.block = None;
        let mut reading = self.clauses.pop().unwrap_or_default();
        self.clause(policy, id, &mut reading);
        self.clauses.push(reading);
        self.clauses.last_mut()
    }

    /// The sentences of a text that is no part of a policy.
    pub(super) fn sentences(&mut self, text: &str) -> Vec<Reading> {
        let mut sentences: Vec<Reading> = Vec::new();
        self.vocabulary.keep_small();
        words::read(text, |word| {
            if word.gap == Gap::Sentence {
                sentences.push(Reading::default());
            }
            if let Some(reading) = sentences.last_mut() {
                self.push(reading, &word, 0);
            }
        });
        for reading in &mut sentences {
            self.find(reading);
        }
        sentences
    }

    /// Reads a clause.
    pub(super) fn clause(&mut self, policy: &Policy, id: ClauseId, reading: &mut Reading) {
        let clause = policy.clauses.get(id.index());
        let text = clause.map(|clause| clause.text).unwrap_or_default();
        self.text(&policy.said(text), text.start, reading);
    }

    /// Reads a stretch of a policy that begins at a byte of its text.
    fn text(&mut self, text: &str, start: u32, reading: &mut Reading) {
        reading.clear();
        self.vocabulary.keep_small();
        reading.reserve(text.len() / LETTERS);
        words::read(text, |word| {
            self.push(reading, &word, start);
        });
        self.find(reading);
    }

    #[inline(always)]
    fn push(&mut self, reading: &mut Reading, word: &words::Word<'_>, offset: u32) {
        let Wanted { topics, atoms, .. } = self.wanted;
        let atoms = atoms.map(|(phrases, _)| phrases);
        let place = self.vocabulary.place(word, topics, atoms);
        let row = self.vocabulary.row(place);
        let at = |byte: usize| offset.saturating_add(u32::try_from(byte).unwrap_or(u32::MAX));
        reading.tokens.push(Token {
            start: at(word.start),
            end: at(word.end),
            row: place,
            symbol: row.symbol,
            weights: row.weights,
            gap: word.gap,
        });
        reading.classes = reading.classes.and(row.class);
        let said = stance::Word::new(row.class, word);
        reading.words.push(said);
    }

    /// Finds what is looked for, after the last word.
    fn find(&self, reading: &mut Reading) {
        let (tokens, known) = (&reading.tokens, &self.vocabulary);
        if self.wanted.labels {
            let topics = self.wanted.topics;
            let of = |token: &Token| &known.row(token.row).topics;
            topics.find(tokens, of, &known.lists, &mut reading.phrases);
        }
        if let Some((phrases, number)) = self.wanted.atoms {
            let of = |token: &Token| &known.row(token.row).atoms;
            phrases.find(tokens, of, &known.lists, &mut reading.atoms);
            if reading.classes.has(Class::NUMBER) {
                add_numbers(reading, number);
            }
        }
    }
}

/// Adds an occurrence of `number` for each number.
fn add_numbers(reading: &mut Reading, number: u32) {
    let numbers = (0u32..).zip(&reading.words);
    let numbers = numbers.filter(|(_, word)| word.is(Class::NUMBER));
    let numbers = numbers.map(|(at, _)| Match {
        phrase: number,
        first: at,
        last: at,
    });
    reading.atoms.extend(numbers);
    // The search for phrases goes from word to word, so only numbers are out of their order.
    reading.atoms.sort_by_key(|found| found.first);
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        self.shelf.put(std::mem::take(&mut self.vocabulary));
    }
}
