//! Which atoms occur in a sentence, and where.

use super::layout::{AnyOf, Atom, Stretch};
use super::present::Present;
use crate::classify::phrases::Match;
use std::ops::Range;

/// The occurrences of atoms in one sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Occurrences {
    /// In the order of their first word.
    all: Vec<Match>,
    /// By place in `all`: the place of the next of the same atom, [`NONE`] for the last.
    next: Vec<u32>,
    /// Which atoms they are of.
    pub(super) present: Present,
    /// By atom that occurs: the place of the first in `all`. Empty in a sentence that is kept: there the
    /// few that are asked for are searched.
    first: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Occurrences {
    /// Takes those of a sentence whose own words begin at `own`, behind those of its lead-in.
    pub(super) fn put(&mut self, own: usize, atoms: &[Match], lead_in: Option<&Occurrences>) {
        self.all.clear();
        let Some(lead_in) = lead_in else {
            self.all.extend_from_slice(atoms);
            return;
        };
        let moved = u32::try_from(own).unwrap_or(u32::MAX);
        self.all.extend_from_slice(&lead_in.all);
        self.all.extend(atoms.iter().map(|found| Match {
            first: found.first.saturating_add(moved),
            last: found.last.saturating_add(moved),
            ..*found
        }));
    }

    /// Drops those of one word that stand where `idle` says.
    pub(super) fn drop_idle(&mut self, idle: impl Fn(usize) -> bool) {
        self.all
            .retain(|found| found.first != found.last || !idle(found.first as usize));
    }

    /// Files them by atom; there are so many atoms.
    pub(super) fn file(&mut self, own: usize, atoms: usize) {
        self.present.reset(atoms);
        self.first.resize(atoms, NONE);
        self.next.resize(self.all.len(), NONE);
        // What reaches into the sentence itself stands behind what its lead-in holds.
        let own = self
            .all
            .partition_point(|found| (found.last as usize) < own);
        self.chain(own..self.all.len());
        self.present.end_of_own();
        self.chain(0..own);
    }

    /// Files some of them, the last first.
    fn chain(&mut self, places: Range<usize>) {
        for place in places.rev() {
            let (Some(found), Some(next)) = (self.all.get(place), self.next.get_mut(place)) else {
                return;
            };
            if let Some(first) = self.first.get_mut(found.phrase as usize) {
                let new = self.present.insert(found.phrase);
                *next = if new { NONE } else { *first };
                // No sentence has 4 billion words.
                *first = place as u32;
            }
        }
    }

    /// Changes places with a sentence that is kept, which is looked up by and by.
    pub(super) fn keep(&mut self, kept: &mut Occurrences) {
        std::mem::swap(self, kept);
        std::mem::swap(&mut self.first, &mut kept.first);
    }

    /// The place of the first occurrence of an atom that occurs.
    #[inline]
    fn first(&self, atom: Atom) -> u32 {
        let first = self.first.get(usize::from(atom));
        first.copied().unwrap_or_else(|| self.first_of_kept(atom))
    }

    /// The same in a sentence that is kept.
    #[cold]
    #[inline(never)]
    fn first_of_kept(&self, atom: Atom) -> u32 {
        let of = |found: &Match| found.phrase == u32::from(atom);
        let place = self.all.iter().position(of);
        place
            .and_then(|place| u32::try_from(place).ok())
            .unwrap_or(NONE)
    }

    /// An occurrence by its place.
    pub(super) fn at(&self, place: u32) -> Option<Match> {
        self.all.get(place as usize).copied()
    }

    /// The place of the next occurrence of any atom of a set, whose other stretches stand in a table.
    #[inline]
    pub(super) fn next(&self, set: AnyOf, table: &[Stretch], after: After) -> Option<u32> {
        let next_in = |stretch| {
            let occurring = self.present.of(stretch);
            match occurring.atoms {
                0 => NONE,
                _ => self.next_in(occurring, after),
            }
        };
        let mut nearest = next_in(set.first());
        if set.others > 0 {
            for stretch in set.others(table) {
                nearest = nearest.min(next_in(*stretch));
            }
        }
        (nearest != NONE).then_some(nearest)
    }

    /// The same for atoms of one stretch that occur; [`NONE`] where there is none.
    fn next_in(&self, stretch: Stretch, after: After) -> u32 {
        let mut nearest = NONE;
        for atom in stretch.each() {
            nearest = nearest.min(self.next_of(atom, after));
        }
        nearest
    }

    /// The same for one atom that occurs.
    #[inline]
    fn next_of(&self, atom: Atom, after: After) -> u32 {
        let (mut place, mut skipped) = (self.first(atom), 0);
        while let (Some(found), Some(next)) = (self.at(place), self.next.get(place as usize)) {
            if place >= after.place && found.first >= after.word {
                return place;
            }
            place = *next;
            skipped += 1;
            if skipped == SKIPPED {
                return self.search(atom, after).unwrap_or(NONE);
            }
        }
        NONE
    }

    /// The same, found by going through all that occurs, as far as it may stand.
    #[cold]
    #[inline(never)]
    fn search(&self, atom: Atom, after: After) -> Option<u32> {
        let begin = self.all.partition_point(|found| found.first < after.word);
        let ahead = self
            .all
            .iter()
            .zip(0u32..)
            .skip(begin.max(after.place as usize));
        let last = after.word.saturating_add(after.reach);
        let mut near = ahead.take_while(|(found, _)| found.first <= last);
        let next = near.find(|(found, _)| found.phrase == u32::from(atom));
        next.map(|(_, place)| place)
    }
}

/// Where the next occurrence is looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct After {
    /// The first place that it may have.
    pub(super) place: u32,
    /// The first word that it may begin at.
    pub(super) word: u32,
    /// So many words further on it is of no use.
    pub(super) reach: u32,
}

/// So many occurrences of an atom are gone through in search of one after a word; then the words
/// after it are. This keeps the time linear in text that repeats a word without end.
const SKIPPED: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;

    /// Atom 1 at every third word, atom 2 at the others, and a long one of atom 3 at the last.
    fn occurrences(words: u32) -> Occurrences {
        let of = |at| Match {
            phrase: if at % 3 == 0 { 1 } else { 2 },
            first: at,
            last: at,
        };
        let mut found: Vec<Match> = (0..words).map(of).collect();
        found.push(Match {
            phrase: 3,
            first: words - 1,
            last: words + 3,
        });
        let mut occurrences = Occurrences::default();
        occurrences.put(0, &found, None);
        occurrences.file(6, 70);
        occurrences
    }

    /// The first words of all occurrences from a word on.
    fn firsts(found: &Occurrences, atoms: &[Atom], word: u32) -> Vec<u32> {
        let mut others = Stretch::cut(atoms);
        let first = others.remove(0);
        let set = AnyOf {
            atoms: first.atoms,
            place: first.place,
            others: u16::try_from(others.len()).unwrap(),
            from: 0,
        };
        let mut place = 0;
        let mut next = || {
            let reach = 60;
            let at = found.next(set, &others, After { place, word, reach })?;
            place = at + 1;
            Some(found.at(at)?.first)
        };
        std::iter::from_fn(&mut next).collect()
    }

    #[test]
    fn atoms_are_found_where_they_occur_in_order() {
        let found = occurrences(9);
        assert_eq!(firsts(&found, &[1], 0), [0, 3, 6]);
        assert_eq!(firsts(&found, &[1, 3], 0), [0, 3, 6, 8]);
        assert_eq!(firsts(&found, &[1, 69], 0), [0, 3, 6]);
        assert_eq!(firsts(&found, &[69], 0), [0; 0]);
    }

    #[test]
    fn an_atom_is_the_sentences_own_where_it_reaches_into_it() {
        let own = |words: u32, atom: Atom| {
            let present = occurrences(words).present;
            Stretch::cut(&[atom])
                .iter()
                .any(|stretch| present.has_own(*stretch))
        };
        assert!(own(7, 1) && !own(6, 1) && !own(6, 2) && own(6, 3));
    }

    #[test]
    fn the_next_after_a_word_is_found_near_and_far() {
        let found = occurrences(600);
        for word in [0, 1, 2, 50, 299, 300, 599] {
            let near = |at: &u32| (at.is_multiple_of(3) || *at == 599) && *at >= word;
            let wanted: Vec<u32> = (0..600).filter(near).take(15).collect();
            let told = firsts(&found, &[1, 3], word);
            assert!(told.starts_with(&wanted), "{word}: {told:?}");
        }
        assert_eq!(firsts(&found, &[1, 2], 600), [0; 0]);
    }

    #[test]
    fn a_sentence_that_is_kept_is_searched() {
        let (mut found, mut kept) = (occurrences(9), Occurrences::default());
        found.keep(&mut kept);
        assert_eq!(firsts(&kept, &[1], 0), [0, 3, 6]);
        assert_eq!(firsts(&found, &[1], 0), [0; 0]);
        found.put(4, &[], Some(&kept));
        found.file(4, 70);
        assert_eq!(firsts(&found, &[1, 3], 0), [0, 3, 6, 8]);
    }
}
