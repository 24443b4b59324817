//! Which atoms occur in a sentence: one bit each, as nearly all questions that rules put to a sentence
//! are whether it holds a word at all.

use super::layout::Stretch;

/// By stretch: the atoms that occur.
#[derive(Clone, Debug, Default)]
pub(super) struct Present {
    all: Vec<u64>,
    /// Those that do in the sentence itself and not only in its lead-in.
    own: Vec<u64>,
}

impl Present {
    /// Forgets all and makes room for atoms below `count`.
    pub(super) fn reset(&mut self, count: usize) {
        self.all.clear();
        self.all.resize(count.div_ceil(64), 0);
    }

    /// Takes an atom in; whether it is new.
    #[inline]
    pub(super) fn insert(&mut self, atom: u32) -> bool {
        let Some(stretch) = self.all.get_mut(atom as usize / 64) else {
            return false;
        };
        let bit = 1 << (atom % 64);
        let new = *stretch & bit == 0;
        *stretch |= bit;
        new
    }

    /// All that were taken in are the sentence's own; those to come are its lead-in's.
    pub(super) fn end_of_own(&mut self) {
        self.own.clone_from(&self.all);
    }

    #[inline]
    fn at(occurring: &[u64], stretch: Stretch) -> u64 {
        let at = occurring.get(usize::from(stretch.place));
        at.copied().unwrap_or_default()
    }

    /// Whether an atom of a stretch occurs.
    #[inline]
    pub(super) fn has(&self, stretch: Stretch) -> bool {
        Self::at(&self.all, stretch) & stretch.atoms != 0
    }

    /// Whether an atom of a stretch occurs in the sentence itself.
    #[inline]
    pub(super) fn has_own(&self, stretch: Stretch) -> bool {
        Self::at(&self.own, stretch) & stretch.atoms != 0
    }

    /// The atoms of a stretch that occur.
    #[inline]
    pub(super) fn of(&self, stretch: Stretch) -> Stretch {
        Stretch {
            place: stretch.place,
            atoms: stretch.atoms & Self::at(&self.all, stretch),
        }
    }
}
