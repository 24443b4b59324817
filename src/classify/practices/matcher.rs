//! Finds sequences in sentences that were read once.

use super::layout::{AnyOf, Element, FAR, Filed, Layout, NEAR, Pattern, Reach, Sequence, Trial};
use super::occurrences::{After, Occurrences};
use super::polarity;
use crate::classify::grammar::Class;
use crate::classify::phrases::Match;
use crate::classify::stance::Word;
use crate::classify::words::Gap;
use smallvec::SmallVec;

/// What occurs in a sentence, its lead-in before it, and how far apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Scan {
    /// The first word that is of the sentence itself, not of its lead-in.
    pub(super) own: usize,
    /// By word.
    steps: Vec<Step>,
    /// Where the next word would stand.
    end: Step,
    occurrences: Occurrences,
}

/// How far a word has come in its sentence. The counts start again from 0 past the last number; no two
/// words that are held against each other stand so far apart.
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
    /// Takes another sentence, its own words and what occurs in it, behind its lead-in.
    pub(super) fn put(&mut self, words: &[Word], atoms: &[Match], lead_in: Option<&Scan>) {
        self.steps.clear();
        let mut step = Step::default();
        if let Some(lead_in) = lead_in {
            self.steps.extend_from_slice(&lead_in.steps);
            step = lead_in.end;
        }
        self.own = self.steps.len();
        self.steps
            .extend(words.iter().enumerate().map(|(at, word)| {
                let goes_on = word.is(Class::WE) && polarity::begins_another(words, at);
                let parts = goes_on || word.gap >= Gap::Clause;
                let turns = goes_on || (word.is(Class::BUT) && !polarity::adds(words, at));
                step.parts = step.parts.wrapping_add(u16::from(parts));
                step.turns = step.turns.wrapping_add(u16::from(turns));
                let here = step;
                let content = u16::from(!word.is(Class::SMALL));
                step.content = step.content.wrapping_add(content);
                here
            }));
        self.end = step;
        let lead_in = lead_in.map(|lead_in| &lead_in.occurrences);
        self.occurrences.put(self.own, atoms, lead_in);
    }

    /// Takes a `not` that denies nothing ("not limited to", "Do Not Track") for no word at all.
    pub(super) fn drop_idle(&mut self, words: &[Word]) {
        self.occurrences.drop_idle(|at| {
            words.get(at).is_some_and(|word| word.is(Class::NOT))
                && (!polarity::denies(words, at) || polarity::names_signal(words, at))
        });
    }

    /// Files what occurs by atom; there are so many atoms.
    pub(super) fn file(&mut self, atoms: usize) {
        self.occurrences.file(self.own, atoms);
    }

    /// Hands over the places of filed patterns that could reach into the sentence itself; some more than
    /// once.
    #[inline]
    pub(super) fn each_worth(
        &self,
        filed: Filed<'_>,
        layout: &Layout<'_>,
        mut each: impl FnMut(u32),
    ) {
        for stretch in filed.atoms {
            for atom in self.occurrences.present.of(*stretch).each() {
                for trial in filed.under(atom) {
                    if self.could_reach(trial, layout) {
                        each(trial.of);
                    }
                }
            }
        }
    }

    /// Changes places with a sentence that is kept.
    pub(super) fn keep(&mut self, kept: &mut Scan) {
        std::mem::swap(&mut self.own, &mut kept.own);
        std::mem::swap(&mut self.steps, &mut kept.steps);
        std::mem::swap(&mut self.end, &mut kept.end);
        self.occurrences.keep(&mut kept.occurrences);
    }

    /// Whether a pattern could reach into the sentence itself.
    #[inline]
    fn could_reach(&self, trial: &Trial, layout: &Layout<'_>) -> bool {
        let present = &self.occurrences.present;
        layout.any(trial.other, |stretch| present.has(stretch))
            && layout.any(trial.last, |stretch| present.has_own(stretch))
    }

    #[inline]
    fn any(&self, set: AnyOf, layout: &Layout<'_>) -> bool {
        layout.any(set, |stretch| self.occurrences.present.has(stretch))
    }

    fn could_hold(&self, sequence: &Sequence, layout: &Layout<'_>) -> bool {
        let mut elements = layout.elements(sequence).iter();
        elements.all(|element| self.any(element.atoms, layout))
    }

    /// Whether a sequence occurs anywhere, the lead-in included.
    pub(super) fn holds(&self, sequence: &Sequence, layout: &Layout<'_>) -> bool {
        let (from, to) = sequence.elements;
        self.could_hold(sequence, layout)
            && (to - from == 1 || self.each(sequence, layout, &mut |_| true))
    }

    /// Whether the rarest element of a pattern occurs: of most patterns it does not.
    #[inline]
    pub(super) fn hints_at(&self, pattern: &Pattern, layout: &Layout<'_>) -> bool {
        self.any(pattern.rarest, layout)
    }

    /// Whether the sentence could hold a pattern, and holds what it must beside the main sequence.
    pub(super) fn allows(&self, pattern: &Pattern, layout: &Layout<'_>) -> bool {
        let holds = |sequence: &Sequence| self.holds(sequence, layout);
        self.could_hold(&pattern.main, layout)
            && layout.sequences(pattern.with).iter().all(holds)
            && !layout.sequences(pattern.without).iter().any(holds)
    }

    /// Hands every occurrence of a sequence that reaches into the sentence itself to `take`, until
    /// that is content.
    pub(super) fn each_own(
        &self,
        sequence: &Sequence,
        layout: &Layout<'_>,
        take: &mut dyn FnMut(&[Match]) -> bool,
    ) -> bool {
        self.each(sequence, layout, &mut |hits| {
            let own = hits.last().is_some_and(|hit| hit.last as usize >= self.own);
            own && take(hits)
        })
    }

    fn each(
        &self,
        sequence: &Sequence,
        layout: &Layout<'_>,
        take: &mut dyn FnMut(&[Match]) -> bool,
    ) -> bool {
        let Some((first, rest)) = layout.elements(sequence).split_first() else {
            return false;
        };
        let mut search = Search {
            scan: self,
            layout,
            hits: Hits::new(),
            tries: TRIES,
            take,
        };
        let mut after = After {
            place: 0,
            word: 0,
            reach: u32::MAX,
        };
        while let Some(place) = self.occurrences.next(first.atoms, layout.stretches, after) {
            search.tries = TRIES;
            search.hits.clear();
            if search.take(place, rest) {
                return true;
            }
            after.place = place + 1;
        }
        false
    }

    /// Whether the occurrence at a place stands near enough to the word `last`.
    fn reaches(&self, last: u32, place: u32, reach: Reach) -> bool {
        let next = self
            .occurrences
            .at(place)
            .map_or(u32::MAX, |next| next.first);
        if next - last > FARTHEST {
            return false;
        }
        let (from, after, to) = (self.step(last), self.step(last + 1), self.step(next));
        let between = to.content.wrapping_sub(after.content);
        match reach {
            Reach::Beside => to.parts == from.parts && between == 0,
            Reach::Near => to.parts == from.parts && between <= NEAR,
            Reach::Far => to.turns == from.turns && between <= FAR,
        }
    }

    fn step(&self, word: u32) -> Step {
        self.steps.get(word as usize).copied().unwrap_or_default()
    }
}

/// The search for a sequence from one place.
struct Search<'s> {
    scan: &'s Scan,
    layout: &'s Layout<'s>,
    hits: Hits,
    tries: usize,
    take: &'s mut dyn FnMut(&[Match]) -> bool,
}

impl Search<'_> {
    /// Takes the occurrence at a place for the next hit, and looks for the rest of the elements.
    fn take(&mut self, place: u32, rest: &[Element]) -> bool {
        let Some(hit) = self.scan.occurrences.at(place) else {
            return false;
        };
        self.hits.push(hit);
        let Some((element, rest)) = rest.split_first() else {
            return (self.take)(&self.hits);
        };
        let (scan, layout) = (self.scan, self.layout);
        let mut after = After {
            place: place + 1,
            word: hit.last + 1,
            reach: FARTHEST,
        };
        while let Some(place) = scan
            .occurrences
            .next(element.atoms, layout.stretches, after)
        {
            if !scan.reaches(hit.last, place, element.reach) {
                break;
            }
            self.tries = self.tries.saturating_sub(1);
            if self.tries == 0 {
                break;
            }
            let taken = self.hits.len();
            if self.take(place, rest) {
                return true;
            }
            self.hits.truncate(taken);
            after.place = place + 1;
        }
        false
    }
}
