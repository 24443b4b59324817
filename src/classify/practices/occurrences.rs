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
        std::mem::swap(&mut self.all, found);
        self.present.reset(atoms);
        self.flags.clear();
        self.flags.resize(atoms, 0);
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
        atoms.iter().any(|atom| self.has(*atom, PRESENT))
    }

    /// Whether any of these atoms occurs in the sentence itself.
    pub(super) fn any_own(&self, atoms: &[Atom]) -> bool {
        atoms.iter().any(|atom| self.has(*atom, OWN))
    }

    fn has(&self, atom: Atom, flag: u8) -> bool {
        let flags = self.flags.get(usize::from(atom));
        flags.is_some_and(|flags| flags & flag != 0)
    }

    /// The occurrences of any of these atoms, in order.
    pub(super) fn of(&self, atoms: &[Atom]) -> Of<'_> {
        let present = atoms.iter().filter(|atom| self.has(**atom, PRESENT));
        let first = present.filter_map(|atom| self.first.get(usize::from(*atom)).copied());
        Of {
            occurrences: self,
            ahead: first.collect(),
        }
    }
}

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
