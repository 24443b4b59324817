//! The stance of list items that a lead-in denies: "We do not: sell your data", "We never collect the
//! following: your name". What else a lead-in says does not reach its items.

use super::grammar::Class;
use super::lead::{following, is_following, stands_alone};
use super::limits::limited;
use super::stance::{Said, Word, statement};
use super::subject::{Subject, before, in_subordinate};
use super::words::Gap;
use crate::model::Stance;

/// Whether a lead-in flatly denies the items of its list. One that also supposes, excepts or takes
/// something back leaves them what they are.
pub(super) fn denies_list(lead_in: &[Word]) -> bool {
    let said = Said::of(lead_in);
    let negates = said.has(Class::NOT) || said.has(Class::NO);
    if !negates || said.has(Class::SUPPOSE) || limited(said, Stance::Denies) != Stance::Denies {
        return false;
    }
    // What the items begin with stands behind the lead-in as its verb, or as what its verb acts on.
    let mut words = lead_in.to_vec();
    words.push(Word::new(Class::PRACTICE, Gap::Space, false, false));
    let verb = lead_in.len();
    if let Some(list) = following(&words, verb) {
        return list.none || denied(&words, list.verb);
    }
    if is_open(lead_in) {
        return denied(&words, verb);
    }
    let last = lead_in
        .iter()
        .enumerate()
        .rev()
        .find_map(|(at, word)| statement(lead_in, at, *word).map(|stance| (at, stance)));
    last.is_some_and(|(at, stance)| stance == Stance::Denies && reaches_items(lead_in, at))
}

/// The stance of the first sentence of an item in a list that is denied, where it has `own` by itself:
/// denied, or limited to what it leaves out ("sell your data without your consent").
pub(super) fn stance(own: Option<Stance>, item: &[Word]) -> Option<Stance> {
    match own {
        Some(Stance::None | Stance::Limits | Stance::Denies) => own,
        _ if stands_alone(item, &[]) => own,
        _ => Some(limited(Said::of(item), Stance::Denies)),
    }
}

/// Whether another than the reader is said not to do what the verb at a place names.
fn denied(words: &[Word], verb: usize) -> bool {
    before(words, verb).is_some_and(|before| before.negated && before.subject == Subject::Other)
}

/// Whether a lead-in breaks off before its verb: "We do not", "We will never knowingly".
fn is_open(lead_in: &[Word]) -> bool {
    let mut back = lead_in.iter().rev();
    let last = back.find(|word| !word.is(Class::ADVERB) || word.is(Class::DETERMINER));
    last.is_some_and(|word| word.is(Class::NOT))
}

/// Whether the verb at a place acts on the items, where nothing that follows it takes them away.
fn reaches_items(lead_in: &[Word], verb: usize) -> bool {
    let states = lead_in.get(verb).is_some_and(|word| word.is(Class::STATE));
    if states || (verb..lead_in.len()).any(|place| names_reasons(lead_in, place)) {
        return false;
    }
    let mut subordinate = false;
    for (at, word) in lead_in.iter().enumerate() {
        subordinate = in_subordinate(subordinate, lead_in, at, *word);
        let turns = [Class::BUT, Class::RELATIVE, Class::CIRCUMSTANCES, Class::TO];
        if at >= verb && (subordinate || turns.iter().any(|class| word.is(*class))) {
            return false;
        }
    }
    true
}

/// Whether "the following" at a place is why or how something is not done: "for the following reasons",
/// "by the following means".
fn names_reasons(words: &[Word], place: usize) -> bool {
    let begin = place.saturating_sub(2);
    is_following(words, place)
        && matches!(words.get(begin..=place), Some([r#for, _, _])
        if r#for.is(Class::OF) && r#for.is(Class::CONDITION)
            && r#for.is(Class::DETERMINER) && !r#for.is(Class::WITH))
}
