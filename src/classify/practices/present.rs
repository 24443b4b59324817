//! Which atoms occur in a sentence: one bit each, as nearly all questions that rules put to a sentence
//! are whether it holds a word at all.

use super::layout::Atom;

/// The atoms that occur, and those that do in the sentence itself and not only in its lead-in.
#[derive(Clone, Debug, Default)]
pub(super) struct Present {
    all: Vec<u64>,
    own: Vec<u64>,
}

impl Present {
    /// Forgets all and makes room for atoms below `count`.
    pub(super) fn reset(&mut self, count: usize) {
        for bits in [&mut self.all, &mut self.own] {
            bits.clear();
            bits.resize(count.div_ceil(64), 0);
        }
    }

    /// Takes an atom in, as the sentence's own or its lead-in's; whether it is new.
    #[inline]
    pub(super) fn insert(&mut self, atom: u32, own: bool) -> bool {
        let (place, bit) = (atom as usize / 64, 1 << (atom % 64));
        let (Some(all), Some(its_own)) = (self.all.get_mut(place), self.own.get_mut(place)) else {
            return false;
        };
        let new = *all & bit == 0;
        *all |= bit;
        if own {
            *its_own |= bit;
        }
        new
    }

    /// Whether an atom occurs.
    #[inline]
    pub(super) fn has(&self, atom: Atom) -> bool {
        has(&self.all, atom)
    }

    /// Whether an atom occurs in the sentence itself.
    #[inline]
    pub(super) fn has_own(&self, atom: Atom) -> bool {
        has(&self.own, atom)
    }

    /// The atoms that occur and are among others, in order.
    #[inline]
    pub(super) fn each(&self, among: &[u64], mut each: impl FnMut(Atom)) {
        for (place, (all, among)) in self.all.iter().zip(among).enumerate() {
            let mut rest = all & among;
            while rest != 0 {
                if let Ok(atom) = Atom::try_from(64 * place + rest.trailing_zeros() as usize) {
                    each(atom);
                }
                rest &= rest - 1;
            }
        }
    }
}

#[inline]
fn has(bits: &[u64], atom: Atom) -> bool {
    let bits = bits.get(usize::from(atom) / 64);
    bits.is_some_and(|bits| bits >> (atom % 64) & 1 != 0)
}
