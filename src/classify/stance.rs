//! How a sentence puts its statement: which verbs of practice it holds, who acts, what negates,
//! permits or limits them.
//!
//! A negation governs a verb when only adverbs, auxiliaries and coordinated verbs stand between
//! ("do not sell, rent or otherwise disclose"). Verbs of subordinate clauses ("if you do not want
//! us to share …"), of relative ones ("data that does not identify you") and infinitives state
//! nothing by themselves.

use super::grammar::Class;
use super::words::Gap;
use crate::model::Stance;

/// The farthest that a negation or a modal may stand before its verb, in words.
const SCOPE: usize = 14;

/// The farthest that a `no` may stand before a passive verb ("no part of your data is sold").
const NO_SCOPE: usize = 8;

/// A word as the reader of stances sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    class: Class,
    pub(super) gap: Gap,
    pub(super) capital: bool,
}

impl Word {
    /// A word of a class after a gap.
    pub(super) fn new(class: Class, gap: Gap, capital: bool) -> Self {
        Self {
            class,
            gap,
            capital,
        }
    }

    pub(super) fn is(self, class: Class) -> bool {
        self.class.has(class)
    }
}

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    You,
    Other,
}

/// What stands before a verb.
#[derive(Clone, Copy, Debug)]
struct Before {
    negated: bool,
    may: bool,
    can: bool,
    auxiliary: bool,
    subject: Subject,
    /// Where the subject, or whatever ended the search, stands.
    at: Option<usize>,
}

/// The stance of a sentence, or nothing where no verb states anything.
/// [`Stance::None`] says that it only points elsewhere ("For more information, see …").
pub(super) fn sentence(words: &[Word]) -> Option<Stance> {
    let mut subordinate = false;
    let stated = words.iter().enumerate().find_map(|(at, word)| {
        subordinate = in_subordinate(subordinate, words, at, *word);
        (!subordinate)
            .then(|| statement(words, at, *word))
            .flatten()
    });
    match stated {
        Some(stance) => Some(limited(words, stance)),
        None if points_elsewhere(words) => Some(Stance::None),
        // "With your consent": a list item that limits without a verb.
        None => Some(limited(words, Stance::Asserts)).filter(|stance| *stance == Stance::Limits),
    }
}

/// "For more information …", "Learn more …", "… please see …".
fn points_elsewhere(words: &[Word]) -> bool {
    let opens = words.iter().take(3).any(|word| word.is(Class::POINTER));
    opens || near(words, Class::PLEASE, Class::POINTER, 4)
}

/// Whether a word of one class is followed by one of another within so many words.
pub(super) fn near(words: &[Word], first: Class, second: Class, reach: usize) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        word.is(first)
            && words
                .get(at + 1..(at + 1 + reach).min(words.len()))
                .is_some_and(|near| near.iter().any(|word| word.is(second)))
    })
}

/// What the verb at a place states, if it is one that states something.
fn statement(words: &[Word], at: usize, word: Word) -> Option<Stance> {
    if !word.is(Class::STATES) {
        return None;
    }
    if word.is(Class::RIGHT) {
        return right(words, at);
    }
    if word.is(Class::SUBJECT) {
        // "subject to change", but not "subject to our terms".
        let to = words.get(at + 2).is_some_and(|word| word.is(Class::CHANGE));
        return to.then_some(Stance::Permits);
    }
    if word.is(Class::IMPOSSIBLE) || (word.is(Class::NO) && has_no(words, at)) {
        return Some(Stance::Denies);
    }
    if word.is(Class::TRACK) && names_signal(words, at) {
        return None;
    }
    let practice = word.is(Class::PRACTICE) && !reserves_right(words, at, word);
    if !practice && !word.is(Class::STATE) {
        return None;
    }
    let before = before(words, at)?;
    if before.subject == Subject::You {
        // "You cannot opt out" refuses the user what "you can opt out" offers.
        if before.negated && before.can && practice {
            return Some(Stance::Denies);
        }
        let offered = before.may || before.can;
        return (offered && practice).then_some(Stance::Asserts);
    }
    let denied = before.negated || (before.auxiliary && no_before(words, before.at));
    if denied {
        return Some(Stance::Denies);
    }
    if !practice {
        return None;
    }
    if before.may || before.can {
        return Some(Stance::Permits);
    }
    let subject = before.at.and_then(|at| words.get(at));
    let by_us = subject.is_some_and(|word| word.is(Class::WE));
    // "information collected from you": a participle that belongs to the noun before it. "your use
    // of", "Contact": a noun that looks like a verb.
    let loose = word.is(Class::PARTICIPLE) && !by_us;
    let noun = subject.is_none_or(|word| word.is(Class::DETERMINER));
    (before.auxiliary || !(loose || noun)).then_some(Stance::Asserts)
}

/// Whether "reserve" is that of "reserve the right", which states what follows it.
fn reserves_right(words: &[Word], at: usize, word: Word) -> bool {
    let next = words.get(at + 1..words.len().min(at + 4)).unwrap_or(&[]);
    word.is(Class::RESERVE) && next.iter().any(|word| word.is(Class::RIGHT))
}

/// "reserve the right to" permits; "you have the right" asserts; "you may have the right" limits it
/// to those who have.
fn right(words: &[Word], at: usize) -> Option<Stance> {
    let near = words.get(at.saturating_sub(4)..at).unwrap_or(&[]);
    let has = |class: Class| near.iter().any(|word| word.is(class));
    match () {
        () if has(Class::RESERVE) => Some(Stance::Permits),
        () if has(Class::HAVE) && has(Class::MAY) => Some(Stance::Limits),
        () if has(Class::HAVE) => Some(Stance::Asserts),
        () => None,
    }
}

/// "we have no control", "there is no guarantee", but not "is no longer".
fn has_no(words: &[Word], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| words.get(at));
    let after = words.get(at + 1);
    words.get(at).is_some_and(|word| word.gap == Gap::Space)
        && before.is_some_and(|word| {
            word.is(Class::HAVE) || word.is(Class::AUXILIARY) || word.is(Class::STATE)
        })
        && after.is_some_and(|word| !word.is(Class::LONGER))
}

/// Whether the "track" at a place belongs to the name of a signal: "Do Not Track", "do not track
/// requests".
fn names_signal(words: &[Word], at: usize) -> bool {
    let negated = at.checked_sub(1).and_then(|at| words.get(at));
    negated.is_some_and(|word| word.is(Class::NOT) && word.capital)
        || words.get(at + 1).is_some_and(|word| word.is(Class::SIGNAL))
}

/// Walks back from a verb over what may stand between it and its subject; nothing for a verb that
/// is no main verb.
fn before(words: &[Word], at: usize) -> Option<Before> {
    let mut found = Before {
        negated: false,
        may: false,
        can: false,
        auxiliary: false,
        subject: Subject::Other,
        at: None,
    };
    let mut next = at;
    for place in (at.saturating_sub(SCOPE)..at).rev() {
        let (Some(word), Some(after)) = (words.get(place), words.get(next)) else {
            break;
        };
        if after.gap >= Gap::Clause {
            break;
        }
        if word.is(Class::RELATIVE) || word.is(Class::TO) {
            return None;
        }
        if word.is(Class::YOU) {
            found.subject = Subject::You;
            found.at = Some(place);
            break;
        }
        let listed = after.gap == Gap::Comma;
        let between = word.is(Class::NOT)
            || word.is(Class::MAY)
            || word.is(Class::CAN)
            || word.is(Class::AUXILIARY)
            || word.is(Class::ADVERB)
            || word.is(Class::JOIN)
            || word.is(Class::HAVE)
            || ((word.is(Class::PRACTICE) || word.is(Class::STATE))
                && (listed || after.is(Class::JOIN)));
        if !between {
            found.at = Some(place);
            // "the information we collect": the verb belongs to the noun.
            let noun = place.checked_sub(1).and_then(|place| words.get(place));
            if word.is(Class::WE)
                && word.gap == Gap::Space
                && noun.is_some_and(|noun| noun.is(Class::DATA))
            {
                return None;
            }
            break;
        }
        found.negated |= word.is(Class::NOT);
        found.may |= word.is(Class::MAY);
        found.can |= word.is(Class::CAN);
        found.auxiliary |= word.is(Class::AUXILIARY) || word.is(Class::MAY) || word.is(Class::CAN);
        next = place;
    }
    Some(found)
}

/// Whether a `no` opens the subject that ends at a place ("none of your data", "no information").
pub(super) fn no_before(words: &[Word], at: Option<usize>) -> bool {
    let Some(at) = at else {
        return false;
    };
    for place in (at.saturating_sub(NO_SCOPE)..=at).rev() {
        let Some(word) = words.get(place) else {
            return false;
        };
        if word.is(Class::NO) {
            return true;
        }
        if word.gap >= Gap::Comma || word.is(Class::SUBORDINATE) {
            return false;
        }
    }
    false
}

/// Whether a word stands in a subordinate clause, where `inside` says it of the word before it. Such
/// a clause goes from its first word to the comma after which a new subject begins, or to the end.
fn in_subordinate(inside: bool, words: &[Word], at: usize, word: Word) -> bool {
    let ends = word.gap >= Gap::Clause || (word.gap == Gap::Comma && opens(words, at));
    (inside && !ends) || word.is(Class::SUBORDINATE)
}

/// Whether a main clause begins at a place.
pub(super) fn opens(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|word| {
        word.capital || word.is(Class::WE) || word.is(Class::YOU) || word.is(Class::OPENER)
    })
}

/// Turns a statement that holds only under a condition into one that limits.
fn limited(words: &[Word], stance: Stance) -> Stance {
    let held = words
        .iter()
        .fold(Class::default(), |all, word| all.and(word.class));
    let near = |first: Class, second: Class, reach: usize| {
        held.has(first) && held.has(second) && near(words, first, second, reach)
    };
    let consent = near(Class::WITH, Class::CONSENT, 6) || near(Class::HOLD, Class::CONSENT, 3);
    let except = held.has(Class::EXCEPT) || near(Class::OTHER, Class::THAN, 1);
    // "Except as described here, we keep …" leaves a plain statement what it is.
    let aside = near(Class::EXCEPT, Class::AS, 2);
    let only = near(Class::ONLY, Class::CONDITION, 5);
    let certain = near(Class::CERTAIN, Class::CIRCUMSTANCES, 1);
    let longer = near(Class::LONGER, Class::THAN, 1);
    let further = near(Class::OTHER, Class::PURPOSE, 1);
    let depending = held.has(Class::DEPENDING);
    match stance {
        // "We do not use it for any other purpose" limits the use to what was said before.
        Stance::Denies if except || consent || further => Stance::Limits,
        Stance::Asserts
            if (except && !aside) || consent || only || certain || longer || depending =>
        {
            Stance::Limits
        }
        Stance::Permits if consent || only => Stance::Limits,
        other => other,
    }
}

/// A sentence with this share of the points of the best one is a main statement too.
const MAIN_SHARE: f32 = 0.4;

/// The stance of a text of several sentences: that of the first among those that say most about
/// its main topic. Where texts on the topic are there to disclaim (`disclaims`), a denial among
/// them is what they come down to.
pub(super) fn main_statement(said: &[(f32, Option<Stance>)], disclaims: bool) -> Option<Stance> {
    let states = |stance: &Option<Stance>| stance.is_some_and(|stance| stance != Stance::None);
    let most = said
        .iter()
        .filter(|(_, stance)| states(stance))
        .fold(0.0, |most: f32, (points, _)| most.max(*points));
    let mut main = said
        .iter()
        .filter(|(points, stance)| states(stance) && *points >= most * MAIN_SHARE)
        .filter_map(|(_, stance)| *stance);
    let Some(first) = main.next() else {
        return said.iter().find_map(|(_, stance)| *stance);
    };
    let denied = first == Stance::Denies || main.any(|stance| stance == Stance::Denies);
    Some(if disclaims && denied {
        Stance::Denies
    } else {
        first
    })
}
