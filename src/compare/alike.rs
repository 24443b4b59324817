//! When two clauses that speak of the same thing also say the same of it, in other words.
//!
//! Cautious: to call two promises alike that are not misleads more than to call them different.
//! Both must do the same, in the same direction, of the same kind of thing, under the same
//! conditions, and most of what either says must stand in the other.

use super::lexicon::{Lexicon, OneKind, Role};
use super::meaning::{Concept, Meaning, figures_differ};
use super::opposed::disagree;
use super::profiles::{Profile, Shared};
use crate::model::{Pair, Stance};

/// Likeness from which two clauses that do the same say the same.
const ALIKE: f32 = 0.46;
/// Likeness from which they do when they name no action in common, though one or both name some.
const ALIKE_APART: f32 = 0.6;
/// What it adds to do the same thing to the same thing: an action and an object in both.
const CLAIM: f32 = 0.1;
/// The share of what either says that the other says too.
const COVERED: f32 = 0.3;

/// Whether two clauses of this likeness that speak of the same thing say the same.
pub(super) fn say_the_same(
    meanings: Pair<&Meaning>,
    stances: Pair<Stance>,
    profiles: Pair<&Profile>,
    shared: &Shared,
    score: f32,
) -> bool {
    let (left, right) = (meanings.left, meanings.right);
    let claim = shared.actions > 0 && shared.things > 0;
    let score = score + if claim { CLAIM } else { 0.0 };
    let acts = |meaning: &Meaning| meaning.concepts.iter().any(is_telling_act);
    let apart = shared.actions == 0 && (acts(left) || acts(right));
    let needed = if apart { ALIKE_APART } else { ALIKE };
    let longer = profiles.left.total.max(profiles.right.total);
    score >= needed
        && shared.weight >= COVERED * longer
        && are_put_alike(stances)
        && left.is_heading == right.is_heading
        && !disagree(left, right)
        && !figures_differ(left, right)
        && !are_narrowed_apart(left, right)
        && !have_other_directions(left, right)
}

/// Whether a concept is an action that is not said of everything.
fn is_telling_act(concept: &Concept) -> bool {
    concept.role == Role::Action && concept.key != Lexicon::builtin().using
}

/// Whether both deny or neither does, and both hold only under some condition or neither does.
fn are_put_alike(stances: Pair<Stance>) -> bool {
    let alike = |stance| (stances.left == stance) == (stances.right == stance);
    alike(Stance::Limits) && alike(Stance::Denies)
}

/// Whether one does what undoes or reverses what the other does: one collects and the other
/// shares, one keeps and the other deletes.
fn have_other_directions(left: &Meaning, right: &Meaning) -> bool {
    let reverses = |one: &Meaning, other: &Meaning| {
        let acts = one.concepts.iter().filter(|c| c.role == Role::Action);
        acts.flat_map(|act| Lexicon::builtin().reverses(act.key).map(|to| (act.key, to)))
            .any(|(act, reverse)| other.names(reverse) && !other.names(act) && !one.names(reverse))
    };
    reverses(left, right) || reverses(right, left)
}

/// Whether one speaks of one kind and the other of the opposite kind: approximate and precise,
/// one's own and those of third parties.
fn are_narrowed_apart(left: &Meaning, right: &Meaning) -> bool {
    let lexicon = Lexicon::builtin();
    let consents = |meaning: &Meaning| meaning.names(lexicon.consent);
    let lacks = |meaning: &Meaning, kind| !meaning.kinds.contains(&kind);
    let is_apart = |&(contrast, side): &OneKind| {
        let opposite = (contrast, !side);
        !lacks(right, opposite) && lacks(right, (contrast, side)) && lacks(left, opposite)
    };
    left.kinds.iter().any(is_apart) || consents(left) != consents(right)
}
