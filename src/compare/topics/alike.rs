//! When two clauses that speak of the same thing also say the same of it, in other words.
//!
//! Cautious: to call two promises alike that are not misleads more than to call them different.
//! Both must do the same, in the same direction, of the same kind of thing, under the same
//! conditions, and most of what either says must stand in the other.

use super::lexicon::Lexicon;
use super::meaning::{Concept, Meaning, figures_differ};
use super::opposed::{disagree, refusals};
use super::profiles::{Profile, Shared};
use super::word_classes::{OneKind, Role, Sort};
use crate::model::{Pair, Stance};

/// Likeness from which two clauses say the same whose main action is the same.
const ALIKE: f32 = 0.5;
/// Likeness from which they do when both deny it.
const ALIKE_DENIED: f32 = 0.4;
/// Likeness from which other clauses do.
const ALIKE_ELSE: f32 = 0.56;
/// Likeness from which they do though one of them holds only under some condition.
const ALIKE_LIMITED: f32 = 0.65;
/// Likeness from which two clauses count as agreement in the verdict on a topic.
const CLOSE: f32 = 0.36;
/// What it adds to do the same thing to the same thing: an action and an object in both.
const CLAIM: f32 = 0.1;
/// The share of what either says that the other says too.
const COVERED: f32 = 0.36;

/// Whether two clauses of this likeness that [`come_close`] say the same.
pub(super) fn say_the_same(
    meanings: Pair<&Meaning>,
    stances: Pair<Stance>,
    profiles: Pair<&Profile>,
    shared: f32,
    likeness: f32,
) -> bool {
    let (left, right) = (meanings.left, meanings.right);
    let one_side = |stance| (stances.left == stance) != (stances.right == stance);
    let needed = match () {
        () if one_side(Stance::Limits) => ALIKE_LIMITED,
        () if deny_alike(left, right) => ALIKE_DENIED,
        () if have_one_main_act(left, right) => ALIKE,
        () => ALIKE_ELSE,
    };
    let longer = profiles.left.total.max(profiles.right.total);
    likeness >= needed
        && shared >= COVERED * longer
        && !one_side(Stance::Denies)
        && announces(left) == announces(right)
        && !are_narrowed_apart(left, right)
        && !have_other_directions(left, right)
        && !(one_side(Stance::Limits) && may_ask(left, right))
}

/// Whether two clauses of this likeness say much the same: enough to count as agreement in the
/// verdict on a topic, not yet to be called similar. Who limits what the other does not has to say
/// more of it.
pub(super) fn come_close(
    meanings: Pair<&Meaning>,
    stances: Pair<Stance>,
    shared: &Shared,
    likeness: f32,
) -> bool {
    let limits = |stance| stance == Stance::Limits;
    let claim =
        shared.actions > 0 && shared.things > 0 && limits(stances.left) == limits(stances.right);
    likeness + if claim { CLAIM } else { 0.0 } >= CLOSE
        && !disagree(meanings.left, meanings.right)
        && !figures_differ(meanings.left, meanings.right)
        && !name_opposite_kinds(meanings.left, meanings.right)
}

/// Whether both deny one action: who refuses the same thing says the same, whatever else they tell.
pub(super) fn deny_alike(left: &Meaning, right: &Meaning) -> bool {
    let denies = |meaning: &Meaning, key| refusals(meaning).any(|act| act.key == key);
    refusals(left).any(|act| is_telling_act(act) && denies(right, act.key))
}

/// Whether both tell what the company does, and one whether the reader agrees or objects to it. Who makes
/// that a condition says something else than who does not: "only with your consent" and "without your
/// consent" share their words.
fn may_ask(left: &Meaning, right: &Meaning) -> bool {
    let lexicon = Lexicon::builtin();
    let ways = [lexicon.consent, lexicon.objecting];
    let asks = |c: &Concept| ways.contains(&c.key) || c.sort == Sort::Choice;
    let acts = |c: &Concept| c.role == Role::Action && c.ours && !asks(c);
    let does = |meaning: &Meaning| meaning.concepts.iter().any(acts);
    let mut both = left.concepts.iter().chain(&right.concepts);
    does(left) && does(right) && both.any(asks)
}

/// Whether a clause names what is spoken of or what follows, and states little.
fn announces(meaning: &Meaning) -> bool {
    meaning.is_heading || meaning.leads_in
}

/// Whether what either does first, the other does too.
fn have_one_main_act(left: &Meaning, right: &Meaning) -> bool {
    let leads = |one: &Meaning, other: &Meaning| {
        let mut acts = one.concepts.iter().filter(|c| is_telling_act(c));
        acts.next().is_some_and(|act| other.names(act.key))
    };
    leads(left, right) && leads(right, left)
}

/// Whether a concept is an action that is not said of everything.
fn is_telling_act(concept: &Concept) -> bool {
    concept.role == Role::Action && concept.key != Lexicon::builtin().using
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

/// Whether one speaks of one kind and the other of the opposite kind (approximate and precise, one's
/// own and those of third parties), or only one of what is agreed to.
fn are_narrowed_apart(left: &Meaning, right: &Meaning) -> bool {
    let consents = |meaning: &Meaning| meaning.names(Lexicon::builtin().consent);
    name_opposite_kinds(left, right) || consents(left) != consents(right)
}

/// Whether one speaks of one kind only, the other of its opposite only: within a place and outside.
fn name_opposite_kinds(left: &Meaning, right: &Meaning) -> bool {
    let lacks = |meaning: &Meaning, kind| !meaning.kinds.contains(&kind);
    let is_apart = |&(contrast, side): &OneKind| {
        let opposite = (contrast, !side);
        !lacks(right, opposite) && lacks(right, (contrast, side)) && lacks(left, opposite)
    };
    left.kinds.iter().any(is_apart)
}
