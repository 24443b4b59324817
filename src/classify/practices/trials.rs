//! Which rules are worth trying on a sentence: each is filed under the atoms of its rarest element.

use super::layout::{Element, Rule, Stretch, Trial, part};
use super::pattern::Vocabulary;

/// The files under construction: trials by atom.
pub(super) struct Trials<'v> {
    vocabulary: &'v Vocabulary,
    by_atom: Vec<Vec<Trial>>,
}

impl<'v> Trials<'v> {
    /// Files rules in their order.
    pub(super) fn of(vocabulary: &'v Vocabulary, rules: &[Rule]) -> Self {
        let mut trials = Self {
            vocabulary,
            by_atom: vec![Vec::new(); vocabulary.commonness.len()],
        };
        for (rule, number) in rules.iter().zip(0..) {
            let elements = part(&vocabulary.elements, rule.pattern.main.elements);
            trials.add(number, elements);
        }
        trials
    }

    /// The trials by atom, one after the other; where those of each atom begin; one bit for each atom
    /// that has any.
    pub(super) fn laid_out(self) -> (Vec<Trial>, Vec<u32>, Vec<u64>) {
        let (mut trials, mut begins) = (Vec::new(), vec![0]);
        let mut tried = vec![0; self.by_atom.len().div_ceil(64)];
        for (atom, list) in self.by_atom.into_iter().enumerate() {
            if let Some(bits) = tried.get_mut(atom / 64) {
                *bits |= u64::from(!list.is_empty()) << (atom % 64);
            }
            trials.extend(list);
            begins.push(u32::try_from(trials.len()).unwrap_or(u32::MAX));
        }
        (trials, begins, tried)
    }

    /// Files a rule that looks for these elements.
    fn add(&mut self, rule: u32, elements: &[Element]) {
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
            rule,
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
