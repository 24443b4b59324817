//! Which rules are worth trying on a sentence: each is filed under the atoms of its rarest element.

use super::pattern::{Atom, Atoms, Element, Vocabulary};
use super::{Needed, Trial};
use rustc_hash::FxHashMap;

/// The files under construction.
pub(super) struct Trials<'v> {
    vocabulary: &'v Vocabulary,
    pub(super) by_atom: Vec<Vec<Trial>>,
    pub(super) needed: Vec<Atom>,
    /// Where the atoms of an element stand in `needed`.
    places: FxHashMap<Atoms, Needed>,
}

impl<'v> Trials<'v> {
    pub(super) fn new(vocabulary: &'v Vocabulary) -> Self {
        Self {
            vocabulary,
            by_atom: vec![Vec::new(); vocabulary.commonness.len()],
            needed: Vec::new(),
            places: FxHashMap::default(),
        }
    }

    /// Files a rule that looks for these elements.
    pub(super) fn add(&mut self, rule: usize, elements: &[Element]) {
        let Some((last, others)) = elements.split_last() else {
            return;
        };
        let by_rarity = |element: &&Element| self.rarity(&element.atoms);
        let Some(rarest) = elements.iter().min_by_key(by_rarity) else {
            return;
        };
        // Where the rarest is filed under, it occurs; the next rarest tells more.
        let more = others.iter().filter(|other| !std::ptr::eq(*other, rarest));
        let other = more.min_by_key(by_rarity).unwrap_or(last);
        let trial = Trial {
            rule: u32::try_from(rule).unwrap_or(u32::MAX),
            last: self.needed(&last.atoms),
            other: self.needed(&other.atoms),
        };
        for &atom in &rarest.atoms {
            if let Some(list) = self.by_atom.get_mut(usize::from(atom)) {
                list.push(trial);
            }
        }
    }

    /// Roughly how often an atom of an element occurs.
    fn rarity(&self, atoms: &[Atom]) -> u32 {
        let one = |atom: &Atom| self.vocabulary.commonness.get(usize::from(*atom));
        atoms.iter().filter_map(one).sum()
    }

    fn needed(&mut self, atoms: &Atoms) -> Needed {
        if let Some(known) = self.places.get(atoms) {
            return *known;
        }
        let place = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
        let from = place(self.needed.len());
        self.needed.extend(atoms.iter().skip(1));
        let needed = Needed {
            // The reader of patterns gives every element an atom.
            first: atoms.first().copied().unwrap_or(Atom::MAX),
            others: (from, place(self.needed.len())),
        };
        self.places.insert(atoms.clone(), needed);
        needed
    }
}
