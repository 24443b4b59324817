//! Which atoms occur in a sentence, and where.

use super::super::phrases::Match;
use super::pattern::Atom;
use smallvec::SmallVec;

/// The occurrences of atoms in one sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Occurrences {
    /// In the order of their first word.
    all: Vec<Match>,
    /// By atom that occurs: the place of the first in `all`.
    first: Vec<u32>,
    /// By place in `all`: the place of the next of the same atom, [`NONE`] for the last.
    next: Vec<u32>,
    /// The atoms that occur.
    present: Bits,
    /// By atom: [`PRESENT`] if it occurs, [`OWN`] too if it does in the sentence itself and not only
    /// in its lead-in. Says the same as `present` in fewer steps; nearly all questions are put to it.
    flags: Vec<u8>,
}

const NONE: u32 = u32::MAX;
const PRESENT: u8 = 1;
const OWN: u8 = 2;

impl Occurrences {
    /// Takes those of another sentence, whose own words begin at `own`, and leaves a buffer.
    pub(super) fn take(&mut self, found: &mut Vec<Match>, own: usize, atoms: usize) {
        self.present.reset(atoms);
        self.flags.resize(atoms, 0);
        // Few atoms occur, so it is these that are forgotten.
        for found in &self.all {
            if let Some(flags) = self.flags.get_mut(found.phrase as usize) {
                *flags = 0;
            }
        }
        std::mem::swap(&mut self.all, found);
        self.first.resize(atoms, NONE);
        self.next.clear();
        self.next.resize(self.all.len(), NONE);
        let places = self.all.iter().zip(&mut self.next).enumerate();
        for (place, (found, next)) in places.rev() {
            let atom = found.phrase as usize;
            let (Some(first), Some(flags)) = (self.first.get_mut(atom), self.flags.get_mut(atom))
            else {
                continue;
            };
            if *flags == 0 {
                self.present.insert(found.phrase);
            } else {
                *next = *first;
            }
            *first = u32::try_from(place).unwrap_or(NONE);
            *flags |= if found.last as usize >= own {
                PRESENT | OWN
            } else {
                PRESENT
            };
        }
    }

    pub(super) fn all(&self) -> &[Match] {
        &self.all
    }

    /// The atoms that occur, each once, in their order.
    pub(super) fn atoms(&self) -> impl Iterator<Item = Atom> + '_ {
        self.present.iter()
    }

    /// Whether any of these atoms occurs.
    pub(super) fn any(&self, atoms: &[Atom]) -> bool {
        atoms.iter().any(|atom| self.has(*atom))
    }

    /// Whether any of these atoms occurs in the sentence itself.
    pub(super) fn any_own(&self, atoms: &[Atom]) -> bool {
        atoms.iter().any(|atom| self.has_own(*atom))
    }

    /// Whether an atom occurs.
    pub(super) fn has(&self, atom: Atom) -> bool {
        self.flagged(atom, PRESENT)
    }

    /// Whether an atom occurs in the sentence itself.
    pub(super) fn has_own(&self, atom: Atom) -> bool {
        self.flagged(atom, OWN)
    }

    #[inline]
    fn flagged(&self, atom: Atom, flag: u8) -> bool {
        let flags = self.flags.get(usize::from(atom));
        flags.is_some_and(|flags| flags & flag != 0)
    }

    /// The occurrences of any of these atoms, in order.
    pub(super) fn of(&self, atoms: &[Atom]) -> Of<'_> {
        let present = atoms.iter().filter(|atom| self.has(**atom));
        let first = present.filter_map(|atom| self.first.get(usize::from(*atom)).copied());
        Of {
            occurrences: self,
            ahead: first.collect(),
        }
    }

    /// The same, of those that begin after a word and not more than `reach` words after it.
    pub(super) fn after(&self, word: u32, reach: u32, atoms: &[Atom]) -> Of<'_> {
        let mut found = self.of(atoms);
        let before = |place: u32| {
            let found = self.all.get(place as usize);
            found.is_some_and(|found| found.first <= word)
        };
        for place in &mut found.ahead {
            for _ in 0..SKIPPED {
                if !before(*place) {
                    break;
                }
                *place = self.next.get(*place as usize).copied().unwrap_or(NONE);
            }
            if before(*place) {
                *place = self.search(*place, word, reach);
            }
        }
        found
    }

    /// The place of the next occurrence, within reach after a word, of the atom at `place`.
    fn search(&self, place: u32, word: u32, reach: u32) -> u32 {
        let Some(wanted) = self.all.get(place as usize).map(|found| found.phrase) else {
            return NONE;
        };
        let begin = self.all.partition_point(|found| found.first <= word);
        let near = self.all.iter().enumerate().skip(begin);
        let mut near = near.take_while(|(_, found)| found.first - word <= reach);
        let next = near.find(|(_, found)| found.phrase == wanted);
        next.and_then(|(place, _)| u32::try_from(place).ok())
            .unwrap_or(NONE)
    }
}

/// So many occurrences of an atom are gone through in search of one after a word; then the words
/// after it are. This keeps the time linear in text that repeats a word without end.
const SKIPPED: usize = 32;

/// Goes through the occurrences of a few atoms.
pub(super) struct Of<'o> {
    occurrences: &'o Occurrences,
    /// By atom: the place of the next.
    ahead: SmallVec<[u32; 4]>,
}

impl Iterator for Of<'_> {
    type Item = Match;

    fn next(&mut self) -> Option<Match> {
        let nearest = self.ahead.iter_mut().min()?;
        let place = *nearest as usize;
        *nearest = self.occurrences.next.get(place).copied().unwrap_or(NONE);
        self.occurrences.all.get(place).copied()
    }
}

/// A set of small numbers.
#[derive(Clone, Debug, Default)]
struct Bits(Vec<u64>);

impl Bits {
    /// Empties the set and makes room for the numbers below `count`.
    fn reset(&mut self, count: usize) {
        self.0.clear();
        self.0.resize(count.div_ceil(64), 0);
    }

    fn insert(&mut self, number: u32) {
        if let Some(bits) = self.0.get_mut(number as usize / 64) {
            *bits |= 1 << (number % 64);
        }
    }

    /// The numbers, in order.
    fn iter(&self) -> impl Iterator<Item = u16> + '_ {
        (0u16..).zip(&self.0).flat_map(|(place, &bits)| {
            let mut rest = bits;
            std::iter::from_fn(move || {
                let bit = rest.trailing_zeros();
                rest &= rest.checked_sub(1)?;
                Some(place * 64 + u16::try_from(bit).ok()?)
            })
        })
    }
}

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
        occurrences.take(&mut found, 6, 70);
        occurrences
    }

    fn firsts(of: Of<'_>) -> Vec<u32> {
        of.map(|found| found.first).collect()
    }

    #[test]
    fn atoms_are_found_where_they_occur_in_order() {
        let found = occurrences(9);
        assert_eq!(firsts(found.of(&[1])), [0, 3, 6]);
        assert_eq!(firsts(found.of(&[3, 1])), [0, 3, 6, 8]);
        assert_eq!(firsts(found.of(&[1, 69])), [0, 3, 6]);
        assert_eq!(found.atoms().collect::<Vec<_>>(), [1, 2, 3]);
        assert!(found.any(&[69, 2]) && !found.any(&[69, 0]));
    }

    #[test]
    fn an_atom_is_the_sentences_own_where_it_reaches_into_it() {
        assert!(occurrences(7).any_own(&[1]));
        assert!(!occurrences(6).any_own(&[1, 2]));
        assert!(occurrences(6).any_own(&[3]));
    }

    #[test]
    fn the_next_after_a_word_is_found_near_and_far() {
        let found = occurrences(600);
        for word in [0, 1, 2, 50, 299, 300] {
            let all = firsts(found.of(&[1, 3]));
            let rest: Vec<u32> = all.into_iter().filter(|first| *first > word).collect();
            assert_eq!(firsts(found.after(word, 600, &[1, 3])), rest, "{word}");
        }
        assert_eq!(firsts(found.after(599, 600, &[1, 2])), [0; 0]);
    }
}
