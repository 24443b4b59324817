//! Which atoms occur in a sentence: one bit each, as nearly all questions that rules put to a sentence
//! are whether it holds a word at all.

use super::layout::Stretch;

/// By stretch: the atoms that occur.
#[derive(Clone, Debug, Default)]
pub(super) struct Present(Vec<Occurring>);

/// The atoms of a stretch that occur.
#[derive(Clone, Copy, Debug, Default)]
struct Occurring {
    all: u64,
    /// Those that do in the sentence itself and not only in its lead-in.
    own: u64,
}

impl Present {
    /// Forgets all and makes room for atoms below `count`.
    pub(super) fn reset(&mut self, count: usize) {
        self.0.clear();
        self.0.resize(count.div_ceil(64), Occurring::default());
    }

    /// Takes an atom in, as the sentence's own or its lead-in's; whether it is new.
    #[inline]
    pub(super) fn insert(&mut self, atom: u32, own: bool) -> bool {
        let Some(stretch) = self.0.get_mut(atom as usize / 64) else {
            return false;
        };
        let bit = 1 << (atom % 64);
        let new = stretch.all & bit == 0;
        stretch.all |= bit;
        stretch.own |= u64::from(own) << (atom % 64);
        new
    }

    #[inline]
    fn at(&self, stretch: Stretch) -> Occurring {
        let at = self.0.get(usize::from(stretch.place));
        at.copied().unwrap_or_default()
    }

    /// Whether an atom of a stretch occurs.
    #[inline]
    pub(super) fn has(&self, stretch: Stretch) -> bool {
        self.at(stretch).all & stretch.atoms != 0
    }

    /// Whether an atom of a stretch occurs in the sentence itself.
    #[inline]
    pub(super) fn has_own(&self, stretch: Stretch) -> bool {
        self.at(stretch).own & stretch.atoms != 0
    }

    /// The atoms of a stretch that occur.
    #[inline]
    pub(super) fn of(&self, stretch: Stretch) -> Stretch {
        Stretch {
            place: stretch.place,
            atoms: stretch.atoms & self.at(stretch).all,
        }
    }
}
