//! When two clauses contradict each other: one denies the very action and thing the other states.
//!
//! Cautious throughout: an opposition shown where there is none accuses a company of what it does
//! not do. Both must state the action of the company itself, on the same kind of data, for the
//! same recipients, of the same people, under the same circumstances.

use super::lexicon::Lexicon;
use super::meaning::{Concept, Meaning, Reader};
use super::word_classes::{Role, Sort};
use crate::compare::Input;
use crate::model::{ClauseId, Pair, Side, Stance};

/// Share of what is denied that the other side must speak of, to be opposed.
const OPPOSED: f32 = 0.5;
/// Words up to which the object of an action stands.
const OBJECT_REACH: usize = 6;
/// What a general concept weighs in a version that turned a promise round.
const GENERAL: f32 = 0.15;

/// Whether a row turns a denial into its opposite, or the reverse.
pub(in crate::compare) fn is_reversal(pair: Pair<Input<'_>>, clauses: Pair<ClauseId>) -> bool {
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
    denier(Pair::new(&left, &right), stances, weight).is_some()
}

/// One denies; the other asserts or permits.
pub(super) fn are_contrary(stances: Pair<Stance>) -> bool {
    Side::BOTH
        .into_iter()
        .any(|side| stances[side] == Stance::Denies && affirms(stances[side.other()]))
}

/// Whether a clause of this stance states that something happens or may happen.
pub(super) fn affirms(stance: Stance) -> bool {
    matches!(stance, Stance::Asserts | Stance::Permits)
}

/// The side that denies the very thing that the other says, if one does.
pub(super) fn denier(
    meanings: Pair<&Meaning>,
    stances: Pair<Stance>,
    weight: impl Fn(&Concept) -> f32,
) -> Option<Side> {
    Side::BOTH.into_iter().find(|&side| {
        stances[side] == Stance::Denies
            && affirms(stances[side.other()])
            && contradicts(meanings[side], meanings[side.other()], &weight)
    })
}

/// Whether `denied` denies what `said` states.
fn contradicts(denied: &Meaning, said: &Meaning, weight: impl Fn(&Concept) -> f32) -> bool {
    !denied.conditional
        && !said.is_heading
        && same_case(denied, said)
        && refusals(denied).any(|act| {
            states(said, act, Some(object(denied, act)))
                && reaches(denied, said, act)
                && covered(denied, said, act, &weight) >= OPPOSED
        })
}

/// Whether a company's denial of anything at all is less than it seems, because elsewhere the
/// company says that it does: the denial holds for some part, place or occasion only.
pub(super) fn is_qualified(denied: &Meaning, elsewhere: &Meaning) -> bool {
    let lexicon = Lexicon::builtin();
    same_people(denied, elsewhere)
        && refusals(denied).any(|act| {
            let object = object(denied, act);
            let sweeping = object == lexicon.data && act.key != lexicon.selling;
            states(elsewhere, act, Some(object).filter(|_| !sweeping))
                && reaches(denied, elsewhere, act)
        })
}

/// The actions that the company denies.
pub(super) fn refusals(denied: &Meaning) -> impl Iterator<Item = &Concept> {
    denied.concepts.iter().filter(|c| c.denied && c.ours)
}

/// Whether both speak of the same people and kinds of data, in the same places and circumstances.
fn same_case(denied: &Meaning, said: &Meaning) -> bool {
    // "We do not collect data when you browse" says nothing of data collected at checkout.
    let apart = |one: &[u64], other: &[u64]| one.iter().all(|key| !other.contains(key));
    let elsewhere =
        !denied.scope.is_empty() && !said.scope.is_empty() && apart(&denied.scope, &said.scope);
    same_people(denied, said) && !elsewhere
}

/// Whether both speak of the same people and kinds of data, and not only one of a law or an event.
fn same_people(denied: &Meaning, said: &Meaning) -> bool {
    let within =
        |sort: Sort, one: &Meaning, other: &Meaning| one.of_sort(sort).all(|c| other.names(c.key));
    within(Sort::Narrowing, denied, said)
        && within(Sort::Narrowing, said, denied)
        && within(Sort::Exempt, said, denied)
}

/// What an action is done to; personal data when nothing is named.
fn object(meaning: &Meaning, action: &Concept) -> u64 {
    let data = Lexicon::builtin().data;
    let names = |c: &&Concept| {
        matches!(c.role, Role::Thing | Role::Plain) || (c.role == Role::General && c.key == data)
    };
    let mut after = meaning.concepts.iter().filter(|c| c.at > action.at);
    let mut before = meaning.concepts.iter().rev().filter(|c| c.at < action.at);
    let found = if action.passive {
        before.find(names)
    } else {
        after.find(names)
    };
    found.map_or(data, |c| c.key)
}

/// Whether the company is said to do the action that is denied, to the same thing where one is
/// given: it stands close by, on the side of its voice.
fn states(said: &Meaning, act: &Concept, object: Option<u64>) -> bool {
    let data = Lexicon::builtin().data;
    let same = |c: &&Concept| {
        object.is_none_or(|object| c.key == object || (object == data && c.sort == Sort::Personal))
    };
    let close = |done: &Concept, c: &Concept| {
        let (first, second) = if done.passive { (c, done) } else { (done, c) };
        first.at < second.at && second.at - first.at <= OBJECT_REACH
    };
    let denies = said.concepts.iter().any(|c| c.key == act.key && c.denied);
    let mut done = said.concepts.iter().filter(|c| c.key == act.key && c.ours);
    let near = |done: &Concept| said.concepts.iter().filter(same).any(|c| close(done, c));
    // "You cannot opt out": of whatever it is.
    let of_anything = act.sort == Sort::Choice && object == Some(data);
    !denies && done.any(|done| of_anything || near(done))
}

/// Whether a denial holds for those who get the data on the other side: "we do not share it with
/// third parties" holds for advertisers, not for those who host the site.
fn reaches(denied: &Meaning, said: &Meaning, act: &Concept) -> bool {
    let lexicon = Lexicon::builtin();
    let gets = |c: &&Concept| matches!(c.sort, Sort::Outsider | Sort::Helper);
    let outside = |meaning: &Meaning| meaning.of_sort(Sort::Outsider).next().is_some();
    // "Third parties" are all who stand outside; "advertisers" are only they.
    let all = |c: &Concept| c.key == lexicon.third_party && outside(said);
    let mut named = denied.concepts.iter().filter(gets).peekable();
    if act.key == lexicon.selling {
        return true;
    }
    match named.peek() {
        Some(_) => named.any(|one| said.names(one.key) || all(one)),
        None => outside(said) || said.of_sort(Sort::Helper).next().is_none(),
    }
}

/// The share of the denial that the other side speaks of; none when it leaves a thing out that the
/// denial names, such as the purpose.
fn covered(
    denied: &Meaning,
    said: &Meaning,
    act: &Concept,
    weight: impl Fn(&Concept) -> f32,
) -> f32 {
    let lexicon = Lexicon::builtin();
    let from = if act.passive { 0 } else { act.at };
    let names_sort = |sort| said.of_sort(sort).next().is_some();
    let (outside, personal) = (names_sort(Sort::Outsider), names_sort(Sort::Personal));
    let selling = act.key == lexicon.selling;
    let is_covered = |concept: &Concept| {
        said.names(concept.key)
            || (concept.sort == Sort::Outsider && (outside || selling))
            || (concept.key == lexicon.data && personal)
    };
    let (mut shared, mut whole) = (0.0, 0.0);
    // "Sell, rent or share": one of them is enough.
    let asked = |c: &&Concept| c.at >= from && (!c.denied || c.key == act.key);
    for concept in denied.concepts.iter().filter(asked) {
        let weight = weight(concept);
        whole += weight;
        match is_covered(concept) {
            true => shared += weight,
            false if concept.role == Role::Thing => return 0.0,
            false => {}
        }
    }
    if whole > 0.0 { shared / whole } else { 0.0 }
}

/// Whether one denies an action that the other speaks of without denying it, or only one speaks
/// of data that identifies nobody.
pub(super) fn disagree(one: &Meaning, other: &Meaning) -> bool {
    let says = |meaning: &Meaning, key: u64, denied: bool| {
        let mut same = meaning.concepts.iter().filter(|c| c.key == key);
        same.any(|c| c.denied == denied)
    };
    let refuses = |one: &Meaning, other: &Meaning| {
        let mut refused = one.concepts.iter().filter(|c| c.denied);
        refused.any(|c| says(other, c.key, false) && !says(other, c.key, true))
    };
    let non_personal = Lexicon::builtin().non_personal;
    let speaks = |meaning: &Meaning| meaning.names(non_personal);
    refuses(one, other) || refuses(other, one) || speaks(one) != speaks(other)
}
