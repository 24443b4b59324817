//! Finds sequences in sentences that were read once.

use super::super::grammar::Class;
use super::super::phrases::{Match, Phrases, Token};
use super::super::stance::Word;
use super::super::words::Gap;
use super::pattern::{Atom, Element, FAR, NEAR, NUMBER, Pattern, Reach, Sequence};
use super::polarity;
use crate::model::TextRange;
use smallvec::SmallVec;

/// A sentence, read: its words, and the atoms that occur in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Scan {
    pub(super) words: Vec<Word>,
    tokens: Vec<Token>,
    /// The words that are numbers.
    numbers: Vec<u32>,
    /// In the order of their first word.
    found: Vec<Match>,
    /// By word: the first of `found` that begins there or later; one more than words.
    starts: Vec<u32>,
    /// By word: how many words before it are not small.
    content: Vec<u16>,
    /// By word: how many parts of the sentence begin at it or before it.
    parts: Vec<u16>,
    /// By word: how many words up to it turn the sentence (but, although).
    turns: Vec<u16>,
    /// A bit for each atom that occurs.
    present: Vec<u64>,
    /// The same for those that occur in the sentence itself.
    present_own: Vec<u64>,
    /// The first word that is of the sentence itself, not of its lead-in.
    pub(super) own: usize,
}

/// The places of the elements found so far; few patterns have more.
type Hits = SmallVec<[Match; 8]>;

/// Words that two elements may stand apart, small ones counted.
const FARTHEST: usize = 60;

/// Tries of one sequence from one place before the search gives up, which keeps the time linear in
/// text made to be hard.
const TRIES: usize = 64;

impl Scan {
    /// Empties the scan for another sentence.
    pub(super) fn clear(&mut self) {
        self.words.clear();
        self.tokens.clear();
        self.numbers.clear();
        self.found.clear();
        self.own = 0;
    }

    /// Adds a word.
    pub(super) fn push(&mut self, word: Word, token: Token, number: bool) {
        if number {
            self.numbers.push(clamp(self.words.len()));
        }
        self.words.push(word);
        self.tokens.push(token);
    }

    /// Puts the words of a lead-in before those of its item.
    pub(super) fn lead_in(&mut self, lead: &Scan) {
        self.own = lead.words.len();
        self.words.extend_from_slice(&lead.words);
        self.tokens.extend_from_slice(&lead.tokens);
        self.numbers.extend_from_slice(&lead.numbers);
        self.found.extend_from_slice(&lead.found);
    }

    /// Finds the atoms, after the last word was added.
    pub(super) fn finish(&mut self, phrases: &Phrases, atoms: usize) {
        // What was found in the lead-in is there already; nothing reaches from it into the item.
        let (known, own) = (self.found.len(), clamp(self.own));
        let tokens = self.tokens.get(self.own..).unwrap_or(&[]);
        phrases.find(tokens, &mut self.found);
        for found in self.found.iter_mut().skip(known) {
            found.first += own;
            found.last += own;
        }
        let words = &self.words;
        let denies = |at: usize| {
            !words.get(at).is_some_and(|word| word.is(Class::NOT)) || polarity::denies(words, at)
        };
        self.found
            .retain(|found| found.first != found.last || denies(found.first as usize));
        let number = |at: u32| Match {
            phrase: u32::from(NUMBER),
            first: at,
            last: at,
        };
        let numbers = self.numbers.iter().filter(|at| **at >= own);
        let before = self.found.len();
        self.found.extend(numbers.map(|at| number(*at)));
        // The matcher goes from word to word, so only numbers are out of their order.
        if self.found.len() > before {
            self.found.sort_by_key(|found| found.first);
        }
        self.present.clear();
        self.present.resize(atoms.div_ceil(64), 0);
        self.present_own.clear();
        self.present_own.resize(atoms.div_ceil(64), 0);
        for found in &self.found {
            let (place, bit) = (found.phrase as usize / 64, 1 << (found.phrase % 64));
            if let Some(bits) = self.present.get_mut(place) {
                *bits |= bit;
            }
            if let Some(bits) = self.present_own.get_mut(place)
                && found.last >= own
            {
                *bits |= bit;
            }
        }
        self.starts.clear();
        self.content.clear();
        self.parts.clear();
        self.turns.clear();
        let (mut content, mut parts, mut turns, mut next) = (0u16, 0u16, 0u16, 0usize);
        for (at, word) in self.words.iter().enumerate() {
            while self
                .found
                .get(next)
                .is_some_and(|found| (found.first as usize) < at)
            {
                next += 1;
            }
            self.starts.push(clamp(next));
            parts = parts.saturating_add(u16::from(word.gap >= Gap::Clause));
            self.content.push(content);
            self.parts.push(parts);
            turns = turns.saturating_add(u16::from(word.is(Class::BUT)));
            self.turns.push(turns);
            content = content.saturating_add(u16::from(!word.is(Class::SMALL)));
        }
        self.starts.push(clamp(self.found.len()));
    }

    /// Whether an atom occurs.
    fn has(&self, atom: Atom) -> bool {
        is_set(&self.present, atom)
    }

    /// Whether a sequence could reach into the sentence itself.
    pub(super) fn could_reach(&self, sequence: &Sequence) -> bool {
        sequence.elements.last().is_some_and(|element| {
            let own = |atom: &Atom| is_set(&self.present_own, *atom);
            element.atoms.iter().any(own)
        })
    }

    /// The atoms that occur, each once.
    pub(super) fn atoms(&self) -> impl Iterator<Item = Atom> + '_ {
        self.present.iter().enumerate().flat_map(|(place, &bits)| {
            let mut rest = bits;
            std::iter::from_fn(move || {
                let bit = rest.trailing_zeros();
                rest &= rest.checked_sub(1)?;
                Atom::try_from(place * 64 + bit as usize).ok()
            })
        })
    }

    fn could_hold(&self, sequence: &Sequence) -> bool {
        sequence
            .elements
            .iter()
            .all(|element| element.atoms.iter().any(|&atom| self.has(atom)))
    }

    /// Whether a sequence occurs anywhere, the lead-in included.
    pub(super) fn holds(&self, sequence: &Sequence) -> bool {
        self.could_hold(sequence) && {
            let mut any = false;
            self.each(sequence, &mut |_| {
                any = true;
                true
            });
            any
        }
    }

    /// Whether the sentence could hold a pattern, and holds what it must beside the main sequence.
    pub(super) fn allows(&self, pattern: &Pattern) -> bool {
        self.could_hold(&pattern.main)
            && pattern.with.iter().all(|sequence| self.holds(sequence))
            && !pattern.without.iter().any(|sequence| self.holds(sequence))
    }

    /// Hands every occurrence of a sequence that reaches into the sentence itself to `take`, until
    /// that is content.
    pub(super) fn each_own(
        &self,
        sequence: &Sequence,
        take: &mut dyn FnMut(&[Match]) -> bool,
    ) -> bool {
        self.each(sequence, &mut |hits| {
            let own = hits.last().is_some_and(|hit| hit.last as usize >= self.own);
            own && take(hits)
        })
    }

    fn each(&self, sequence: &Sequence, take: &mut dyn FnMut(&[Match]) -> bool) -> bool {
        let Some((first, rest)) = sequence.elements.split_first() else {
            return false;
        };
        let mut hits = Hits::new();
        for &found in &self.found {
            if is(first, found) {
                hits.clear();
                hits.push(found);
                let mut tries = TRIES;
                if self.extend(rest, &mut hits, &mut tries, take) {
                    return true;
                }
            }
        }
        false
    }

    fn extend(
        &self,
        rest: &[Element],
        hits: &mut Hits,
        tries: &mut usize,
        take: &mut dyn FnMut(&[Match]) -> bool,
    ) -> bool {
        let Some((element, rest)) = rest.split_first() else {
            return take(hits);
        };
        let Some(last) = hits.last().map(|hit| hit.last as usize) else {
            return false;
        };
        let begin = self.starts.get(last + 1).copied().unwrap_or(u32::MAX);
        let candidates = self.found.get(begin as usize..).unwrap_or(&[]);
        for &found in candidates {
            if !self.reaches(last, found.first as usize, element.reach) {
                break;
            }
            if is(element, found) {
                *tries = tries.saturating_sub(1);
                if *tries == 0 {
                    return false;
                }
                hits.push(found);
                if self.extend(rest, hits, tries, take) {
                    return true;
                }
                hits.pop();
            }
        }
        false
    }

    /// Whether a word at `next` stands near enough to one at `last`.
    fn reaches(&self, last: usize, next: usize, reach: Reach) -> bool {
        if next - last > FARTHEST {
            return false;
        }
        let value = |row: &[u16], at: usize| row.get(at).copied().unwrap_or(0);
        let between = value(&self.content, next) - value(&self.content, last + 1);
        let same_part = value(&self.parts, next) == value(&self.parts, last);
        match reach {
            Reach::Beside => same_part && between == 0,
            Reach::Near => same_part && between <= NEAR,
            Reach::Far => between <= FAR && value(&self.turns, next) == value(&self.turns, last),
        }
    }

    /// Where a hit stands in the text.
    pub(super) fn place(&self, hit: Match) -> Option<TextRange> {
        let first = self.tokens.get(hit.first as usize)?;
        let last = self.tokens.get(hit.last as usize)?;
        Some(TextRange {
            start: first.start,
            end: last.end,
        })
    }
}

fn is_set(bits: &[u64], atom: Atom) -> bool {
    let bits = bits.get(usize::from(atom) / 64).copied().unwrap_or(0);
    bits & (1 << (atom % 64)) != 0
}

fn is(element: &Element, found: Match) -> bool {
    element
        .atoms
        .iter()
        .any(|&atom| u32::from(atom) == found.phrase)
}

fn clamp(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
