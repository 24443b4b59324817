//! Finds sequences in sentences that were read once.

use super::super::grammar::Class;
use super::super::phrases::Match;
use super::super::reader::Reading;
use super::super::stance::Word;
use super::super::words::Gap;
use super::occurrences::Occurrences;
use super::pattern::{Atom, Element, FAR, NEAR, Pattern, Reach, Sequence};
use super::polarity;
use super::{Practices, Trial};
use crate::model::TextRange;
use smallvec::SmallVec;

/// A sentence with the lead-in of its list before it, and what occurs in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Scan {
    reading: Reading,
    /// The first word that is of the sentence itself, not of its lead-in.
    pub(super) own: usize,
    /// By word.
    steps: Vec<Step>,
    occurrences: Occurrences,
}

/// How far a word has come in its sentence.
#[derive(Clone, Copy, Debug, Default)]
struct Step {
    /// How many words before it are not small.
    content: u16,
    /// How many parts of the sentence begin at it or before it.
    parts: u16,
    /// How many words up to it turn the sentence (but, although).
    turns: u16,
}

/// The places of the elements found so far; few patterns have more.
type Hits = SmallVec<[Match; 8]>;

/// Words that two elements may stand apart, small ones counted.
const FARTHEST: u32 = 60;

/// Tries of one sequence from one place before the search gives up, which keeps the time linear in
/// text made to be hard.
const TRIES: usize = 64;

impl Scan {
    /// A sentence without a lead-in.
    pub(super) fn alone(reading: &mut Reading, practices: &Practices) -> Self {
        let mut scan = Self::default();
        scan.take(reading, None, practices);
        scan
    }

    /// Takes another sentence in, behind its lead-in; leaves a buffer in its place.
    pub(super) fn take(
        &mut self,
        reading: &mut Reading,
        lead_in: Option<&Scan>,
        practices: &Practices,
    ) {
        std::mem::swap(&mut self.reading, reading);
        self.own = 0;
        if let Some(lead_in) = lead_in {
            self.own = lead_in.reading.words.len();
            let atoms = lead_in.occurrences.all();
            self.reading.put_before(&lead_in.reading, atoms);
            // Both are read as one sentence.
            if let Some(word) = self.reading.words.get_mut(self.own) {
                word.gap = Gap::Space;
            }
        }
        self.drop_idle();
        self.occurrences
            .take(&mut self.reading.atoms, self.own, practices.by_atom.len());
        self.lay_out();
    }

    /// Takes a `not` that denies nothing ("not limited to") for no word at all.
    fn drop_idle(&mut self) {
        let Reading {
            words,
            classes,
            atoms,
            ..
        } = &mut self.reading;
        if !classes.has(Class::NOT) || !classes.has(Class::AFFIRMS) {
            return;
        }
        let idle = |at: usize| {
            words.get(at).is_some_and(|word| word.is(Class::NOT)) && !polarity::denies(words, at)
        };
        atoms.retain(|found| found.first != found.last || !idle(found.first as usize));
    }

    fn lay_out(&mut self) {
        let mut step = Step::default();
        let words = &self.reading.words;
        let steps = words.iter().enumerate().map(|(at, word)| {
            step.parts = step
                .parts
                .saturating_add(u16::from(word.gap >= Gap::Clause));
            let turns = word.is(Class::BUT) && !polarity::adds(words, at);
            step.turns = step.turns.saturating_add(u16::from(turns));
            let here = step;
            let content = u16::from(!word.is(Class::SMALL));
            step.content = step.content.saturating_add(content);
            here
        });
        self.steps.clear();
        self.steps.extend(steps);
    }

    pub(super) fn words(&self) -> &[Word] {
        &self.reading.words
    }

    /// The atoms that occur, each once, in their order.
    pub(super) fn atoms(&self) -> impl Iterator<Item = Atom> + '_ {
        self.occurrences.atoms()
    }

    /// Whether a rule could reach into the sentence itself.
    pub(super) fn could_reach(&self, trial: Trial, practices: &Practices) -> bool {
        let Trial { last, other, .. } = trial;
        let found = &self.occurrences;
        (found.has_own(last.first) || found.any_own(practices.others(last)))
            && (found.has(other.first) || found.any(practices.others(other)))
    }

    fn could_hold(&self, sequence: &Sequence) -> bool {
        let mut elements = sequence.elements.iter();
        elements.all(|element| self.occurrences.any(&element.atoms))
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
        for found in self.occurrences.of(&first.atoms) {
            hits.clear();
            hits.push(found);
            let mut tries = TRIES;
            if self.extend(rest, &mut hits, &mut tries, take) {
                return true;
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
        let Some(last) = hits.last().map(|hit| hit.last) else {
            return false;
        };
        for found in self.occurrences.after(last, FARTHEST, &element.atoms) {
            if !self.reaches(last as usize, found.first as usize, element.reach) {
                break;
            }
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
        false
    }

    /// Whether a word at `next` stands near enough to one at `last`.
    fn reaches(&self, last: usize, next: usize, reach: Reach) -> bool {
        if next - last > FARTHEST as usize {
            return false;
        }
        let (from, after, to) = (self.step(last), self.step(last + 1), self.step(next));
        let between = to.content - after.content;
        match reach {
            Reach::Beside => to.parts == from.parts && between == 0,
            Reach::Near => to.parts == from.parts && between <= NEAR,
            Reach::Far => between <= FAR && to.turns == from.turns,
        }
    }

    fn step(&self, word: usize) -> Step {
        self.steps.get(word).copied().unwrap_or_default()
    }

    /// Where a hit stands in the text.
    pub(super) fn place(&self, hit: Match) -> Option<TextRange> {
        let first = self.reading.tokens.get(hit.first as usize)?;
        let last = self.reading.tokens.get(hit.last as usize)?;
        Some(TextRange {
            start: first.start,
            end: last.end,
        })
    }
}
