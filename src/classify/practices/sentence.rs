//! A sentence behind the lead-in of its list.

use super::matcher::Scan;
use crate::classify::grammar::Class;
use crate::classify::phrases::Match;
use crate::classify::reader::Reading;
use crate::classify::stance::Word;
use crate::classify::words::Gap;
use crate::model::TextRange;

/// The lead-in of a list.
#[derive(Debug, Default)]
pub(super) struct LeadIn {
    pub(super) reading: Reading,
    pub(super) scan: Scan,
    /// Whether it says something of the items.
    pub(super) leads: bool,
}

/// What sentences are scanned with. Kept from one to the next, so that none needs memory of its own.
#[derive(Debug, Default)]
pub(super) struct Scanner {
    pub(super) scan: Scan,
    /// The words of a lead-in and of its sentence.
    words: Vec<Word>,
}

impl Scanner {
    /// Scans a sentence; `atoms` is how many there are.
    pub(super) fn scan<'s>(
        &'s mut self,
        reading: &'s Reading,
        lead_in: Option<&'s LeadIn>,
        atoms: usize,
    ) -> Sentence<'s> {
        let (mut words, mut classes) = (reading.words.as_slice(), reading.classes);
        let mut own = words;
        if let Some(lead_in) = lead_in {
            self.words.clear();
            self.words.extend_from_slice(&lead_in.reading.words);
            let first = self.words.len();
            self.words.extend_from_slice(words);
            // Both are read as one sentence.
            if let Some(word) = self.words.get_mut(first) {
                word.gap = Gap::Space;
            }
            words = &self.words;
            own = words.get(first..).unwrap_or(&[]);
            classes = classes.and(lead_in.reading.classes);
        }
        let before = lead_in.map(|lead_in| &lead_in.scan);
        self.scan.put(own, &reading.atoms, before);
        let may_name = classes.has(Class::TRACK) && classes.has(Class::SIGNAL);
        if classes.has(Class::NOT) && (classes.has(Class::AFFIRMS) || may_name) {
            self.scan.drop_idle(words);
        }
        self.scan.file(atoms);
        Sentence {
            scan: &self.scan,
            reading,
            lead_in,
            words,
            classes,
        }
    }
}

/// The sentence that is being asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sentence<'s> {
    /// What occurs in it.
    pub(super) scan: &'s Scan,
    reading: &'s Reading,
    lead_in: Option<&'s LeadIn>,
    /// Its words behind those of its lead-in.
    pub(super) words: &'s [Word],
    /// All that any of these may be.
    pub(super) classes: Class,
}

impl Sentence<'_> {
    /// Whether a word of the sentence itself is among no words of topics, as most names are.
    pub(super) fn is_unknown(&self, word: usize) -> bool {
        let own = word.checked_sub(self.scan.own);
        let token = own.and_then(|own| self.reading.tokens.get(own));
        token.is_some_and(|token| token.symbol == 0)
    }

    /// Where a hit stands in the text.
    pub(super) fn place(&self, hit: Match) -> Option<TextRange> {
        let token = |word: u32| {
            let word = word as usize;
            let own = word.checked_sub(self.scan.own);
            match (own, self.lead_in) {
                (Some(own), _) => self.reading.tokens.get(own),
                (None, lead_in) => lead_in?.reading.tokens.get(word),
            }
        };
        Some(TextRange {
            start: token(hit.first)?.start,
            end: token(hit.last)?.end,
        })
    }
}
