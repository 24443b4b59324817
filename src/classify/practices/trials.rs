//! Which patterns are worth trying on a sentence: each is filed under the atoms of its rarest element.

use super::layout::{Atom, Element, Files, Pattern, Stretch, Trial, part};
use super::pattern::Vocabulary;

/// The files under construction: trials by atom.
pub(super) struct Trials<'v> {
    vocabulary: &'v Vocabulary,
    by_atom: Vec<Vec<Trial>>,
}

impl<'v> Trials<'v> {
    /// Files patterns in their order.
    pub(super) fn of<'p>(
        vocabulary: &'v Vocabulary,
        patterns: impl Iterator<Item = &'p Pattern>,
    ) -> Self {
        let mut trials = Self {
            vocabulary,
            by_atom: vec![Vec::new(); vocabulary.commonness.len()],
        };
        for (pattern, place) in patterns.zip(0..) {
            let elements = part(&vocabulary.elements, pattern.main.elements);
            trials.add(place, elements);
        }
        trials
    }

    /// The trials by atom, one after the other.
    pub(super) fn laid_out(self) -> Files {
        let (mut trials, mut begins) = (Vec::new(), vec![0]);
        let mut atoms: Vec<Atom> = Vec::new();
        for (atom, list) in (0..).zip(self.by_atom) {
            atoms.extend((!list.is_empty()).then_some(atom));
            trials.extend(list);
            begins.push(u32::try_from(trials.len()).unwrap_or(u32::MAX));
        }
        Files {
            atoms: Stretch::cut(&atoms),
            begins,
            trials,
        }
    }

    /// Files a pattern that looks for these elements.
    fn add(&mut self, of: u32, elements: &[Element]) {
        let Some((last, others)) = elements.split_last() else {
            return;
        };
        let by_rarity = |element: &&Element| self.vocabulary.rarity(element.atoms);
        let Some(rarest) = elements.iter().min_by_key(by_rarity) else {
            return;
        };
        // Where the rarest is filed under, it occurs; the next rarest tells more.
        let more = others.iter().filter(|other| !std::ptr::eq(*other, rarest));
        let other = more.min_by_key(by_rarity).unwrap_or(last);
        let trial = Trial {
            of,
            last: last.atoms,
            other: other.atoms,
        };
        let others = rarest.atoms.others(&self.vocabulary.stretches);
        let stretches = std::iter::once(rarest.atoms.first()).chain(others.iter().copied());
        for atom in stretches.flat_map(Stretch::each) {
            if let Some(list) = self.by_atom.get_mut(usize::from(atom)) {
                list.push(trial);
            }
        }
    }
}
