//! Text → [`Reading`]: every word looked up once, and the phrases found that topics and practice
//! questions look for. What they make of them is theirs.

use super::grammar::Class;
use super::phrases::{Match, Phrases, Token};
use super::shelf::{Desk, Shelf};
use super::stance;
use super::vocabulary::NEW;
use super::words::{self, Gap};
use crate::model::{Block, ClauseId, Policy, Section, TextRange};
use std::borrow::Cow;
use std::ops::Range;

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
    fn clear(&mut self) {
        self.tokens.clear();
        self.words.clear();
        self.classes = Class::NONE;
        self.phrases.clear();
        self.atoms.clear();
    }

    /// Becomes a copy of another, in the room that it has.
    fn copy(&mut self, known: &Reading) {
        self.tokens.clone_from(&known.tokens);
        self.words.clone_from(&known.words);
        self.classes = known.classes;
        self.phrases.clone_from(&known.phrases);
        self.atoms.clone_from(&known.atoms);
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

/// So many clauses are read together: their readings fit the processor's cache.
const BATCH: u32 = 64;

/// A word of the text that is being read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    hash: u64,
    /// First byte.
    start: u32,
    /// One past the last byte.
    end: u32,
    /// Where the vocabulary keeps what is known of it.
    row: u32,
    /// What stands before it.
    gap: Gap,
    capital: bool,
    /// Whether it ends as nouns of several and verbs of one do.
    ends_in_s: bool,
}

impl Found {
    #[inline]
    fn new(word: &words::Word<'_>) -> Self {
        Self {
            hash: word.hash,
            // No text has 4 GB: all places in policies are numbers of this size.
            start: word.start as u32,
            end: word.end as u32,
            row: NEW,
            gap: word.gap,
            capital: word.capital,
            ends_in_s: matches!(word.head, [.., b's']),
        }
    }
}

/// Reads the clauses of policies; keeps its buffers from one to the next.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    wanted: Wanted<'a>,
    shelf: &'a Shelf,
    desk: Desk,
    /// Which clauses lie there.
    held: Range<u32>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(wanted: Wanted<'a>, shelf: &'a Shelf) -> Self {
        Self {
            wanted,
            shelf,
            desk: shelf.take(wanted.atoms.is_some()),
            held: 0..0,
        }
    }

    /// Reads the headings of some sections.
    pub(super) fn headings(
        &mut self,
        policy: &Policy,
        sections: &[Section],
        mut each: impl FnMut(&Reading),
    ) {
        let mut reading = std::mem::take(&mut self.desk.heading);
        for section in sections {
            self.heading(policy, section, &mut reading);
            each(&mut reading);
        }
        self.desk.heading = reading;
    }

    /// Reads a heading, as it stands.
    pub(super) fn heading(&mut self, policy: &Policy, section: &Section, reading: &mut Reading) {
        let text = section.heading;
        let block = policy.blocks.get(section.block as usize);
        let id = block.and_then(|block| block.clause_ids().next());
        let clause = id.and_then(|id| policy.clauses.get(id.index()));
        match id.filter(|_| clause.is_some_and(|clause| clause.text == text)) {
            // It may be held.
            Some(id) if !policy.is_struck(text) => self.clause(policy, id, reading),
            _ => self.text(text.of(&policy.text), text.start, reading),
        }
    }

    /// Reads the clauses of a [batch](batches) for all who ask next, unless they are to be read one by one.
    pub(super) fn ahead(&mut self, policy: &Policy, blocks: &[Block]) {
        if let (Some(first), Some(last)) = (blocks.first(), blocks.last())
            && last.clauses.1.saturating_sub(first.clauses.0) <= AT_ONCE
        {
            self.hold(policy, blocks, first.clauses.0..last.clauses.1);
        }
    }

    /// Reads the clauses of some blocks. Each step is done with all of them before the next one: the tables
    /// of one step fit the processor's cache, those of all steps do not.
    fn hold(&mut self, policy: &Policy, blocks: &[Block], range: Range<u32>) {
        self.desk.vocabulary.keep_small();
        let mut clauses = std::mem::take(&mut self.desk.clauses);
        clauses.resize_with(clauses.len().max(range.len()), Reading::default);
        clauses.iter_mut().for_each(Reading::clear);
        // Asked of all at once, as it is nearly always in vain.
        let struck = blocks
            .first()
            .zip(blocks.last())
            .is_some_and(|(first, last)| {
                let (start, end) = (first.text.start, last.text.end);
                policy.is_struck(TextRange { start, end })
            });
        for id in blocks.iter().flat_map(Block::clause_ids) {
            let place = id.0.saturating_sub(range.start) as usize;
            if let (Some(reading), Some(clause)) =
                (clauses.get_mut(place), policy.clauses.get(id.index()))
            {
                let text = match struck {
                    true => policy.said(clause.text),
                    false => Cow::Borrowed(clause.text.of(&policy.text)),
                };
                self.words(&text, clause.text.start, reading);
            }
        }
        let read = clauses.get_mut(..range.len()).unwrap_or(&mut []);
        for reading in &mut *read {
            self.find_topics(reading);
        }
        for reading in read {
            self.find_atoms(reading);
        }
        (self.desk.clauses, self.held) = (clauses, range);
    }

    /// The clauses of a block, read unless they are held. A reader keeps to one policy.
    pub(super) fn block(&mut self, policy: &Policy, block: &Block) -> &[Reading] {
        let (from, to) = block.clauses;
        if !(self.held.contains(&from) && to <= self.held.end) {
            self.hold(policy, std::slice::from_ref(block), from..to);
        }
        let place = |id: u32| id.saturating_sub(self.held.start) as usize;
        let known = place(from)..place(to);
        self.desk.clauses.get(known).unwrap_or(&[])
    }

    /// Where the reading of a clause lies, if it is held.
    #[inline]
    fn place(&self, id: ClauseId) -> Option<usize> {
        let held = self.held.contains(&id.0);
        held.then(|| (id.0 - self.held.start) as usize)
    }

    /// One clause of a block. The clauses of a usual block are read
    /// together and kept for who asks next.
    pub(super) fn one(&mut self, policy: &Policy, block: &Block, id: ClauseId) -> Option<&Reading> {
        if let Some(place) = self.place(id) {
            return self.desk.clauses.get(place);
        }
        let (first, end) = block.clauses;
        if end.saturating_sub(first) <= AT_ONCE {
            let place = id.0.checked_sub(first)? as usize;
            return self.block(policy, block).get(place);
        }
        self.held = 0..0;
        let mut reading = self.desk.clauses.pop().unwrap_or_default();
        self.clause(policy, id, &mut reading);
        self.desk.clauses.push(reading);
        self.desk.clauses.last()
    }

    /// The sentences of a text that is no part of a policy.
    pub(super) fn sentences(&mut self, text: &str) -> Vec<Reading> {
        self.desk.vocabulary.keep_small();
        self.look_up(text);
        let ends = |_: &Found, next: &Found| next.gap != Gap::Sentence;
        let found = std::mem::take(&mut self.desk.found);
        let sentences = found.chunk_by(ends).map(|found| {
            let mut reading = Reading::default();
            self.read(found, 0, &mut reading);
            self.find(&mut reading);
            reading
        });
        let sentences = sentences.collect();
        self.desk.found = found;
        sentences
    }

    /// Reads a clause, unless it is held.
    pub(super) fn clause(&mut self, policy: &Policy, id: ClauseId, reading: &mut Reading) {
        let place = self.place(id);
        if let Some(known) = place.and_then(|place| self.desk.clauses.get(place)) {
            return reading.copy(known);
        }
        let clause = policy.clauses.get(id.index());
        let text = clause.map(|clause| clause.text).unwrap_or_default();
        self.text(&policy.said(text), text.start, reading);
    }

    /// Reads a sentence that says what a policy says in other words; its places are its own.
    pub(super) fn restated(&mut self, sentence: &str, reading: &mut Reading) {
        self.text(sentence, 0, reading);
    }

    /// Reads a stretch of a policy that begins at a byte of its text.
    fn text(&mut self, text: &str, start: u32, reading: &mut Reading) {
        self.desk.vocabulary.keep_small();
        self.words(text, start, reading);
        self.find(reading);
    }

    /// The words of a text that begins at a byte of a policy's.
    fn words(&mut self, text: &str, start: u32, reading: &mut Reading) {
        self.look_up(text);
        self.read(&self.desk.found, start, reading);
    }

    /// Finds the words of a text, and their rows. One after the other, in loops of their own: the
    /// processor fetches the rows of many words at a time where nothing else is to be decided.
    fn look_up(&mut self, text: &str) {
        let found = &mut self.desk.found;
        found.clear();
        words::read(text, |word| found.push(Found::new(&word)));
        let known = &self.desk.vocabulary;
        let mut any_new = false;
        for found in &mut self.desk.found {
            found.row = known.place(found.hash);
            any_new |= found.row == NEW;
        }
        if any_new {
            self.learn(text);
        }
    }

    /// Takes the new words of a text into the vocabulary.
    #[cold]
    fn learn(&mut self, text: &str) {
        let Wanted { topics, atoms, .. } = self.wanted;
        let atoms = atoms.map(|(phrases, _)| phrases);
        let known = &mut self.desk.vocabulary;
        let mut parted = false;
        for found in self.desk.found.iter_mut().filter(|found| found.row == NEW) {
            let written = text.get(found.start as usize..found.end as usize);
            words::read(written.unwrap_or(""), |word| {
                if word.hash == found.hash {
                    known.learn(&word, topics, atoms);
                }
            });
            found.row = known.place(found.hash);
            parted |= found.row == NEW;
        }
        // Part of a contraction, which by itself reads otherwise.
        if parted {
            words::read(text, |word| known.learn(&word, topics, atoms));
            for found in &mut self.desk.found {
                found.row = known.place(found.hash);
            }
        }
    }

    /// Makes a reading of some of the words of a text that begins at `offset`.
    fn read(&self, found: &[Found], offset: u32, reading: &mut Reading) {
        reading.clear();
        let rows = &self.desk.vocabulary;
        let mut classes = Class::NONE;
        reading.words.extend(found.iter().map(|found| {
            let class = rows.row(found.row).class;
            classes = classes.and(class);
            stance::Word::new(class, found.gap, found.capital, found.ends_in_s)
        }));
        reading.classes = classes;
        reading.tokens.extend(found.iter().map(|found| {
            let row = rows.row(found.row);
            Token {
                start: offset.saturating_add(found.start),
                end: offset.saturating_add(found.end),
                row: found.row,
                symbol: row.symbol,
                weights: row.weights,
                gap: found.gap,
            }
        }));
    }

    /// Finds all that is looked for in words that were read.
    fn find(&self, reading: &mut Reading) {
        self.find_topics(reading);
        self.find_atoms(reading);
    }

    fn find_topics(&self, reading: &mut Reading) {
        let (topics, known) = (self.wanted.topics, &self.desk.vocabulary);
        if self.wanted.labels {
            let of = |token: &Token| &known.row(token.row).topics;
            topics.find(&reading.tokens, of, &known.lists, &mut reading.phrases);
        }
    }

    fn find_atoms(&self, reading: &mut Reading) {
        let known = &self.desk.vocabulary;
        if let Some((phrases, number)) = self.wanted.atoms {
            let of = |token: &Token| &known.row(token.row).atoms;
            phrases.find(&reading.tokens, of, &known.lists, &mut reading.atoms);
            if reading.classes.has(Class::NUMBER) {
                add_numbers(reading, number);
            }
        }
    }
}

/// Blocks in their order, so many together that their readings fit the processor's cache; a block that is
/// read clause by clause stands alone. With them come the sections that begin among them.
pub(super) fn batches(policy: &Policy) -> impl Iterator<Item = (&[Section], &[Block])> {
    let (mut sections, mut rest) = (policy.sections.as_slice(), policy.blocks.as_slice());
    std::iter::from_fn(move || {
        let from = rest.first()?.clauses.0;
        let fits = |block: &&Block| block.clauses.1.saturating_sub(from) <= BATCH;
        let count = rest.iter().take_while(fits).count().max(1);
        let (batch, others) = rest.split_at_checked(count)?;
        let end = batch.last()?.text.end;
        let begins = |section: &&Section| section.heading.start < end;
        let begun = sections.iter().take_while(begins).count();
        let (begun, later) = sections.split_at_checked(begun)?;
        (sections, rest) = (later, others);
        Some((begun, batch))
    })
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
        let desk = std::mem::take(&mut self.desk);
        self.shelf.put(desk, BATCH as usize);
    }
}
