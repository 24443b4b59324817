//! When two clauses contradict each other: one denies the very action and thing the other states.

use super::Input;
use super::meaning::{Concept, Meaning, Reader, Role, contradiction};
use super::pairing::GENERAL;
use crate::model::{ClauseId, Pair, Side, Stance};

/// Share of what is denied that the other side must speak of, to be opposed.
const OPPOSED: f32 = 0.75;

/// Whether a row turns a denial into its opposite, or the reverse.
pub(super) fn is_reversal(pair: Pair<Input<'_>>, clauses: Pair<ClauseId>) -> bool {
    let stances = Pair::new(
        pair.left.labels.of(clauses.left).stance,
        pair.right.labels.of(clauses.right).stance,
    );
    if !are_contrary(stances) {
        return false;
    }
    let left = Reader::new(pair.left.policy).read(clauses.left);
    let right = Reader::new(pair.right.policy).read(clauses.right);
    let weight = |concept: &Concept| match concept.role {
        Role::General => GENERAL,
        _ => 1.0,
    };
    opposed(Pair::new(&left, &right), stances, weight)
}

/// One denies; the other asserts or permits.
pub(super) fn are_contrary(stances: Pair<Stance>) -> bool {
    let affirms = |stance| matches!(stance, Stance::Asserts | Stance::Permits);
    Side::BOTH
        .into_iter()
        .any(|side| stances[side] == Stance::Denies && affirms(stances[side.other()]))
}

/// Whether one denies the very thing that the other says.
pub(super) fn opposed(
    meanings: Pair<&Meaning>,
    stances: Pair<Stance>,
    weight: impl Fn(&Concept) -> f32,
) -> bool {
    Side::BOTH.into_iter().any(|side| {
        stances[side] == Stance::Denies
            && contradiction(meanings[side], meanings[side.other()], &weight) >= OPPOSED
    })
}
