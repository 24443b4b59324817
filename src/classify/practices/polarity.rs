//! How a sentence puts an action: that it happens, does not, or only under a condition. Where
//! [`super::super::stance`] reads what a sentence comes down to, this reads one verb of it.

use super::super::grammar::Class;
use super::super::lead;
use super::super::limits::longer_than;
use super::super::nothing;
use super::super::stance::{Word, near};
use super::super::subject::{LONGEST, aside, clause_before, no_before, of_business, opens, untrue};
use super::super::words::Gap;
use super::coordination::{self, Shared};
use super::exceptions::{excepts, on_terms};

/// The farthest that a negation may stand before its verb, in words.
const SCOPE: usize = 16;

/// How an action is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Put {
    /// It happens or may happen.
    Asserted,
    /// It happens where a duty calls for it ("when required by law"), which no general denial means.
    Required,
    /// It is taken for granted ("the data that we collect").
    Presupposed,
    /// It does not happen.
    Denied,
    /// Part of it does not happen: with such data, for that purpose, in this case.
    DeniedInPart,
    /// It happens, under a condition ("with your consent").
    Scoped,
    /// It does not happen but under a condition ("never without your consent", "only if").
    Exclusive,
}

/// What stands before a verb.
#[derive(Default)]
struct Before {
    negated: bool,
    /// Negated by `without`, which denies a way of doing something else.
    without: bool,
    /// Whether an auxiliary or modal verb belongs to it.
    auxiliary: bool,
    infinitive: bool,
    relative: bool,
    by_reader: bool,
    wished: bool,
    /// Whether the subject is the company.
    by_company: bool,
    /// Whether the subject is what was named before: it, they.
    by_named: bool,
    /// Whether a condition is put between commas: "we do not, when you have opted out, share".
    on_condition: bool,
    /// Where the search ended.
    at: Option<usize>,
}

/// How the action at `at` is put, in a match that begins at `first`. Nothing where it is only
/// supposed ("if we share …"), wished ("you may ask us not to share …"), or done by the reader,
/// unless the reader is part of the match. With the words comes all that any of them may be.
pub(super) fn put((words, classes): (&[Word], Class), at: usize, first: usize) -> Option<Put> {
    let is_supposed = classes.has(Class::SUPPOSE) && supposed(words, at);
    if is_supposed || names_signal(words, at.saturating_sub(1)) {
        return None;
    }
    // Most sentences hold none of the words that a condition is told by.
    let near = |words: &[Word], first: Class, second: Class, reach: usize| {
        classes.has(first) && classes.has(second) && near(words, first, second, reach)
    };
    let any = |words: &[Word], class: Class| {
        classes.has(class) && words.iter().any(|word| word.is(class))
    };
    let before = before_in_list((words, classes), at);
    let by_reader = before.by_reader && before.at.is_none_or(|place| place < first);
    if by_reader || before.wished {
        return None;
    }
    let near_by = part(words, at, NEAR_BY);
    let consent = near(near_by, Class::WITH, Class::CONSENT, 6)
        || near(near_by, Class::HOLD, Class::CONSENT, 3);
    let wide = part(words, at, WIDE);
    let leaves_out = [Class::EXCEPT, Class::OTHER, Class::BUT];
    let except = leaves_out.iter().any(|class| any(wide, *class)) && excepts(wide)
        || near(wide, Class::OTHER, Class::THAN, 1);
    let none_after =
        classes.has(Class::NO) && (neither_after(words, at) || nothing::follows(words, at));
    if before.negated || before.without || none_after || no_before(words, before.at) {
        return denial(words, at, &before, except || consent);
    }
    let aside = near(wide, Class::EXCEPT, Class::AS, 2);
    // "Without your consent", "even if you do not consent" make nothing depend on it.
    let needed = consent
        && !near(near_by, Class::WITHOUT, Class::CONSENT, 6)
        && !near(near_by, Class::EVEN, Class::CONSENT, 8);
    Some(match () {
        () if near(near_by, Class::ONLY, Class::PROVISO, 5) => Put::Exclusive,
        () if needed || (except && !aside) => Put::Scoped,
        () if before.relative => Put::Presupposed,
        () if classes.has(Class::STATE) && on_duty(near_by) => Put::Required,
        () => Put::Asserted,
    })
}

/// "When required by law", "as we are obligated to", "where legally required".
fn on_duty(words: &[Word]) -> bool {
    words.iter().enumerate().any(|(place, duty)| {
        let next = words.get(place + 1);
        let before = words.get(place.saturating_sub(DUTY)..place).unwrap_or(&[]);
        let opens = |word: &Word| word.is(Class::SUBORDINATE) || word.is(Class::AS);
        duty.is(Class::STATE)
            && duty.is(Class::PRACTICE)
            && next.is_none_or(|next| next.is(Class::OF) || next.is(Class::TO))
            && before.iter().any(opens)
    })
}

/// Words that a duty may stand behind the "when" that names it.
const DUTY: usize = 4;

/// Whether a verb is denied by what follows it: "we share data with neither partners nor agents". In
/// "we process data and neither sell nor rent it" another verb is.
fn neither_after(words: &[Word], at: usize) -> bool {
    let after = rest(words, at);
    after.iter().enumerate().any(|(place, word)| {
        let before = place.checked_sub(1).and_then(|place| after.get(place));
        let begins = |word: &Word| word.is(Class::JOIN) || word.is(Class::WE);
        let nor = |word: &Word| word.is(Class::NOT) && word.is(Class::JOIN);
        word.is(Class::NO)
            && word.is(Class::NOT)
            && !before.is_some_and(begins)
            && after.iter().any(nor)
    })
}

/// How far an action is denied, where an exception or consent may stand near it.
fn denial(words: &[Word], at: usize, before: &Before, excepted: bool) -> Option<Put> {
    let any = |words: &[Word], class: Class| words.iter().any(|word| word.is(class));
    // "We could not serve you without sharing": nothing is denied.
    if before.without && any(part(words, at, NEAR_BY), Class::NOT) {
        return None;
    }
    let (wide, after) = (part(words, at, WIDE), rest(words, at));
    // "We will not keep it longer than necessary": it is kept.
    if longer_than(after) {
        return Some(Put::Asserted);
    }
    let taken_back = near(wide, Class::BUT, Class::MAY, 3);
    // "Not sharing it is up to you": nobody says that it is so.
    let loose = words.get(at).is_some_and(|verb| verb.is(Class::PARTICIPLE))
        && !before.auxiliary
        && !before.by_company;
    let on_condition = |subject| lead::on_condition(words, subject);
    if !excepted && (before.on_condition || before.at.is_some_and(on_condition)) {
        return Some(Put::Scoped);
    }
    let narrow = (0..wide.len()).any(|place| narrows(wide, place)) || for_purpose(after);
    // "Data that is not shared", "it does not store this": other data and others are left open.
    let other = before.relative || before.by_named;
    Some(match () {
        () if excepted || taken_back || on_terms(after) => {
            if any(part(words, at, CLOSE), Class::THESE) {
                Put::Scoped
            } else {
                Put::Exclusive
            }
        }
        () if narrow || loose || other || before.without => Put::DeniedInPart,
        () => Put::Denied,
    })
}

/// Words that a condition may stand from the verb it limits.
const NEAR_BY: usize = 14;

/// Words that the object may stand from its verb.
const CLOSE: usize = 4;

/// Words that an exception may stand from the verb it limits.
const WIDE: usize = 30;

/// The words around a place.
fn part(words: &[Word], at: usize, reach: usize) -> &[Word] {
    let end = words.len().min(at.saturating_add(reach));
    words.get(at.saturating_sub(reach)..end).unwrap_or(&[])
}

/// What stands before a verb, or before the verb that governs the list it stands in, where that is
/// denied: "We never do any of the following: use cookies", "We do not use cookies or sell your data".
fn before_in_list((words, classes): (&[Word], Class), at: usize) -> Before {
    if !classes.has(Class::NOT.and(Class::NO)) {
        return before(words, at);
    }
    let following = || lead::following(words, at).filter(|_| classes.has(Class::CERTAIN));
    if let Some(following) = following() {
        let mut governed = before(words, following.verb);
        governed.negated |= following.none;
        if governed.negated {
            return governed;
        }
    }
    let own = before(words, at);
    if own.negated {
        return own;
    }
    match coordination::denied_with(words, at) {
        Some(Shared::With(first)) => governed_by(words, first, at).unwrap_or(own),
        Some(Shared::Unclear) => Before {
            wished: true,
            ..own
        },
        None => own,
    }
}

/// What stands before the first verb of the list in which another stands at a place, if it is denied.
/// What others and the reader do not do tells nothing of the company.
fn governed_by(words: &[Word], first: usize, at: usize) -> Option<Before> {
    let mut governed = before(words, first);
    let others = |subject| coordination::of_others(words, subject);
    // "We will not save your number, share it": of other data nothing is said.
    governed.wished |= coordination::of_first(words, first, at)
        || governed.by_reader
        || governed.at.is_some_and(others);
    governed.negated.then_some(governed)
}

/// Walks back from a verb to its subject, through what it is coordinated with and, from an
/// infinitive, through the verb that governs it.
fn before(words: &[Word], at: usize) -> Before {
    let mut found = Before::default();
    // The word that was passed last, and the place before which to look on.
    let (mut next, mut end) = (at, at);
    while let Some(place) = end.checked_sub(1).filter(|place| *place + SCOPE >= at) {
        let (Some(word), Some(after)) = (words.get(place), words.get(next)) else {
            break;
        };
        if after.gap >= Gap::Clause {
            break;
        }
        if after.gap == Gap::Comma
            && let Some(aside) = aside(words, place)
        {
            found.on_condition |= words.get(aside).is_some_and(|word| lead::supposes(*word));
            (next, end) = (aside, aside);
            continue;
        }
        let listed = (after.gap == Gap::Comma && !opens(words, next)) || after.is(Class::JOIN);
        let passes = between(*word, listed)
            || of_business(words, place)
            || lead::at_all(words, place)
            || (found.infinitive && after.gap < Gap::Comma && !word.is(Class::WE));
        let refuses = found.infinitive && (word.is(Class::REFUSES) || word.is(Class::NO));
        found.auxiliary |= word.is(Class::AUXILIARY) || word.is(Class::MAY) || word.is(Class::CAN);
        if word.is(Class::WITHOUT) && governs_alone(words, place, at) {
            found.without = true;
        } else if (denies(words, place) && !names_signal(words, place))
            || refuses
            || (word.is(Class::NO) && lead::at_all(words, place))
        {
            found.negated = true;
        } else if next == at && avoids(*word, *after) {
            found.wished = true;
            break;
        } else if word.is(Class::OF) && governs(words, place) {
            // "prohibited from selling", "never dream of selling".
            found.infinitive = true;
        } else if word.is(Class::WISH) && found.infinitive {
            found.wished = true;
            break;
        } else if word.is(Class::TO) {
            found.infinitive = true;
        } else if word.is(Class::RELATIVE) {
            (found.relative, found.at) = (true, Some(place));
            break;
        } else if word.is(Class::YOU) && (!found.infinitive || acts(*after)) {
            (found.by_reader, found.at) = (true, Some(place));
            break;
        } else if !passes {
            found.at = Some(place);
            // "Please do not send": advice, and no denial.
            found.by_reader = word.is(Class::PLEASE);
            let noun = place.checked_sub(1).and_then(|place| words.get(place));
            found.relative = word.is(Class::WE)
                && word.gap == Gap::Space
                && noun.is_some_and(|noun| noun.is(Class::DATA));
            found.by_company = word.is(Class::WE);
            found.by_named = word.is(Class::WE) && word.is(Class::OPENER);
            let untrue = word.is(Class::WE) && untrue(words, place);
            // "It is not true that we never share it": how it is, nobody says.
            found.wished |= untrue && found.negated;
            found.negated |= untrue || (word.is(Class::WE) && inverted(words, place));
            break;
        }
        (next, end) = (place, place);
    }
    found
}

/// Whether nothing but verbs like it stand between a `without` and a verb: "without selling or sharing".
fn governs_alone(words: &[Word], without: usize, verb: usize) -> bool {
    let listed = |word: &Word| word.is(Class::PARTICIPLE) || word.is(Class::JOIN);
    let between = words.get(without + 1..verb).unwrap_or(&[]);
    between.len() < 2 || between.iter().all(listed)
}

/// "We avoid collecting it": what is only meant to be kept from is neither done nor denied.
fn avoids(word: Word, verb: Word) -> bool {
    word.is(Class::REFUSES)
        && !word.is(Class::PARTICIPLE)
        && verb.is(Class::PARTICIPLE)
        && verb.gap == Gap::Space
}

/// Whether the preposition at a place ties the verb after it to a word that refuses or rejects it.
fn governs(words: &[Word], place: usize) -> bool {
    let verb = place.checked_sub(1).and_then(|place| words.get(place));
    verb.is_some_and(|verb| verb.is(Class::REFUSES) || verb.is(Class::BUSINESS))
}

/// Whether a reader acts, where this follows: "you may refuse to", "you to".
pub(super) fn acts(after: Word) -> bool {
    let verbs = [
        Class::TO,
        Class::MAY,
        Class::CAN,
        Class::AUXILIARY,
        Class::REFUSES,
    ];
    verbs.iter().any(|class| after.is(*class))
}

/// "Nor do we": the negation stands before the verb that stands before the subject.
fn inverted(words: &[Word], subject: usize) -> bool {
    let before = words.get(subject.saturating_sub(2)..subject).unwrap_or(&[]);
    let verbs = [Class::AUXILIARY, Class::MAY, Class::CAN];
    matches!(before, [not, verb]
        if not.is(Class::NOT) && verbs.iter().any(|class| verb.is(*class)))
}

/// What follows a verb in its part of the sentence, near by.
fn rest(words: &[Word], at: usize) -> &[Word] {
    let near = words
        .get(at + 1..words.len().min(at + NEAR_BY))
        .unwrap_or(&[]);
    let end = near.iter().position(|word| word.gap >= Gap::Clause);
    near.get(..end.unwrap_or(near.len())).unwrap_or(near)
}

/// "For the purpose of training": only that is denied, unless it is "for any purpose".
fn for_purpose(after: &[Word]) -> bool {
    after.iter().enumerate().any(|(place, word)| {
        let before = after.get(place.saturating_sub(2)..place).unwrap_or(&[]);
        word.is(Class::PURPOSE) && !before.iter().any(|word| word.is(Class::EVERY))
    })
}

/// Whether the word at a place leaves something out of a denial: "we do not otherwise share". "Any
/// other" and "or otherwise" leave nothing out.
fn narrows(words: &[Word], place: usize) -> bool {
    let before = place.checked_sub(1).and_then(|place| words.get(place));
    let after = |class: Class| before.is_some_and(|before| before.is(class));
    words.get(place).is_some_and(|word| {
        let otherwise = word.is(Class::AS) && word.is(Class::ADVERB);
        (word.is(Class::NARROW) && !(word.is(Class::OTHER) && after(Class::EVERY)))
            || (otherwise && after(Class::NOT))
    })
}

/// The name of who gets something from a verb: "share it with Acme". A word with a capital letter in a
/// sentence that is not all capitals.
pub(super) fn recipient(words: &[Word], at: usize) -> Option<u32> {
    let end = words.len().min(at + NEAR_BY);
    let of = |place: &usize| {
        let to = words.get(place - 1)?;
        let gives = !to.capital && to.is(Class::OF) && (to.is(Class::WITH) || to.is(Class::TO));
        let name = words.get(*place)?;
        let named = name.capital && name.gap == Gap::Space && name.is_plain();
        (gives && named).then_some(())
    };
    let name = (at + 1..end).find(|place| of(place).is_some())?;
    u32::try_from(name).ok()
}

/// Whether the word at a place denies what follows it: a `not`, but not that of "not limited to".
pub(super) fn denies(words: &[Word], place: usize) -> bool {
    let is = |place: usize, class: Class| words.get(place).is_some_and(|word| word.is(class));
    is(place, Class::NOT) && !is(place + 1, Class::AFFIRMS)
}

/// Whether the `but` at a place takes nothing back that stands before it: "including but not limited to",
/// "if you refuse cookies, however, …".
pub(super) fn adds(words: &[Word], but: usize) -> bool {
    let is_not = |place: &usize| words.get(*place).is_some_and(|word| word.is(Class::NOT));
    let not = (but + 1..but + 4).find(is_not);
    not.is_some_and(|not| !denies(words, not)) || in_condition(words, but)
}

/// Whether a `however` at a place ends the condition that opens its sentence, which it turns from what was
/// said before.
fn in_condition(words: &[Word], however: usize) -> bool {
    let (Some(word), Some(after)) = (words.get(however), words.get(however + 1)) else {
        return false;
    };
    let aside = word.is(Class::OPENER) && word.gap == Gap::Comma && after.gap == Gap::Comma;
    let opened = |first: &Word| first.is(Class::SUPPOSE) && first.is(Class::SUBORDINATE);
    let ends = |word: &Word| word.gap >= Gap::Comma;
    aside
        && words.first().is_some_and(opened)
        && !words.get(1..however).unwrap_or(&[]).iter().any(ends)
}

/// Whether another statement begins at a place: "we sell shoes and we collect your data", "we do not sell
/// it, we share it".
pub(super) fn begins_another(words: &[Word], at: usize) -> bool {
    let is = |at: usize, class: Class| words.get(at).is_some_and(|word| word.is(class));
    is(at, Class::WE)
        && at > 0
        && (is(at + 1, Class::MODAL) || is(at + 1, Class::PRACTICE))
        && (is(at - 1, Class::JOIN) || follows_denial(words, at))
}

/// Whether a comma parts a place from what the company is said not to do.
fn follows_denial(words: &[Word], at: usize) -> bool {
    if words.get(at).is_none_or(|word| word.gap != Gap::Comma) {
        return false;
    }
    matches!(clause_before(words, at), [we, modal, not, ..]
        if we.is(Class::WE) && modal.is(Class::MODAL) && not.is(Class::NOT))
}

/// Whether the `not` at a place belongs to the name of a signal, "Do Not Track".
pub(super) fn names_signal(words: &[Word], place: usize) -> bool {
    let subject = place.checked_sub(2).and_then(|place| words.get(place));
    let name = words.get(place..place + 2).unwrap_or(&[]);
    matches!(name, [not, track]
        if not.is(Class::NOT) && not.capital && track.is(Class::TRACK) && track.capital)
        && !subject.is_some_and(|subject| subject.is(Class::WE))
}

/// Whether a word may stand between a subject and its verb.
fn between(word: Word, listed: bool) -> bool {
    [
        Class::MAY,
        Class::CAN,
        Class::AUXILIARY,
        Class::ADVERB,
        Class::JOIN,
        Class::HAVE,
    ]
    .iter()
    .any(|class| word.is(*class))
        || (listed && !word.is(Class::WE) && !word.is(Class::YOU) && !word.is(Class::DATA))
}

/// Whether the action at `at`, in a match that begins at `first`, stands in a clause that only supposes
/// ("if you ask us not to share it").
pub(super) fn only_supposed((words, classes): (&[Word], Class), at: usize, first: usize) -> bool {
    classes.has(Class::SUPPOSE) && supposed_by(words, at, first)
}

/// Whether it is only wished that the action at `at` is not done: "you may ask us not to share it"; or
/// that is said not to be so: "it is not true that we never share it".
pub(super) fn wished((words, classes): (&[Word], Class), at: usize) -> bool {
    let before = || before(words, at);
    (classes.has(Class::WISH) || classes.has(Class::BUSINESS))
        && matches!(
            before(),
            Before {
                wished: true,
                negated: true,
                ..
            }
        )
}

/// Whether the action at `at` is done, or not done, under a condition that opens its clause.
pub(super) fn on_condition((words, classes): (&[Word], Class), at: usize) -> bool {
    let begins = |word: &Word| word.is(Class::SUBORDINATE) || word.is(Class::OF);
    let may_be = classes.has(Class::PROVISO) && words.iter().any(begins);
    may_be && {
        let before = before(words, at);
        let opened = |subject| lead::on_condition(words, subject);
        before.on_condition || before.at.is_some_and(opened)
    }
}

/// Whether a place stands in a clause that only supposes, up to the comma after which a main
/// clause begins.
fn supposed(words: &[Word], at: usize) -> bool {
    supposed_by(words, at, at + 1)
}

/// The same, for clauses that are opened before `end`.
fn supposed_by(words: &[Word], at: usize, end: usize) -> bool {
    let mut inside = false;
    let from = at.saturating_sub(LONGEST);
    for (place, word) in words.iter().enumerate().take(at + 1).skip(from) {
        if word.gap >= Gap::Clause || (word.gap == Gap::Comma && opens(words, place)) {
            inside = false;
        }
        inside |= place < end && word.is(Class::SUPPOSE);
    }
    inside
}
