//! How a sentence puts an action: that it happens, does not, or only under a condition. Where
//! [`super::super::stance`] reads what a sentence comes down to, this reads one verb of it.

use super::super::grammar::Class;
use super::super::stance::{Word, near};
use super::super::subject::{no_before, of_business, opens};
use super::super::words::Gap;

/// The farthest that a negation may stand before its verb, in words.
const SCOPE: usize = 16;

/// How an action is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Put {
    /// It happens or may happen.
    Asserted,
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
    infinitive: bool,
    relative: bool,
    by_reader: bool,
    wished: bool,
    /// Where the search ended.
    at: Option<usize>,
}

/// How the action at `at` is put, in a match that begins at `first`. Nothing where it is only
/// supposed ("if we share …"), wished ("you may ask us not to share …"), or done by the reader,
/// unless the reader is part of the match. With the words comes all that any of them may be.
pub(super) fn put((words, classes): (&[Word], Class), at: usize, first: usize) -> Option<Put> {
    if classes.has(Class::SUPPOSE) && supposed(words, at) {
        return None;
    }
    // Most sentences hold none of the words that a condition is told by.
    let near = |words: &[Word], first: Class, second: Class, reach: usize| {
        classes.has(first) && classes.has(second) && near(words, first, second, reach)
    };
    let any = |words: &[Word], class: Class| {
        classes.has(class) && words.iter().any(|word| word.is(class))
    };
    let before = before(words, at);
    let by_reader = before.by_reader && before.at.is_none_or(|place| place < first);
    if by_reader || before.wished {
        return None;
    }
    let denied = before.negated || no_before(words, before.at);
    let near_by = part(words, at, NEAR_BY);
    let consent = near(near_by, Class::WITH, Class::CONSENT, 6)
        || near(near_by, Class::HOLD, Class::CONSENT, 3);
    let wide = part(words, at, WIDE);
    let except = any(wide, Class::EXCEPT) || near(wide, Class::OTHER, Class::THAN, 1);
    if denied {
        let taken_back = near(wide, Class::BUT, Class::MAY, 3);
        let limited = except || consent || taken_back;
        let narrow = any(wide, Class::NARROW);
        return Some(match () {
            () if limited && any(part(words, at, CLOSE), Class::THESE) => Put::Scoped,
            () if limited => Put::Exclusive,
            () if narrow => Put::DeniedInPart,
            () => Put::Denied,
        });
    }
    let aside = near(wide, Class::EXCEPT, Class::AS, 2);
    Some(match () {
        () if near(near_by, Class::ONLY, Class::PROVISO, 5) => Put::Exclusive,
        () if consent || (except && !aside) => Put::Scoped,
        () if before.relative => Put::Presupposed,
        () => Put::Asserted,
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

/// Walks back from a verb to its subject, through what it is coordinated with and, from an
/// infinitive, through the verb that governs it.
fn before(words: &[Word], at: usize) -> Before {
    let mut found = Before::default();
    let mut next = at;
    for place in (at.saturating_sub(SCOPE)..at).rev() {
        let (Some(word), Some(after)) = (words.get(place), words.get(next)) else {
            break;
        };
        if after.gap >= Gap::Clause {
            break;
        }
        let listed = (after.gap == Gap::Comma && !opens(words, next)) || after.is(Class::JOIN);
        let passes = between(*word, listed)
            || of_business(words, place)
            || (found.infinitive && after.gap < Gap::Comma && !word.is(Class::WE));
        if denies(words, place) || (word.is(Class::WITHOUT) && place + 2 >= at) {
            found.negated = true;
        } else if word.is(Class::WISH) && found.infinitive {
            found.wished = true;
            break;
        } else if word.is(Class::TO) {
            found.infinitive = true;
        } else if word.is(Class::RELATIVE) {
            (found.relative, found.at) = (true, Some(place));
            break;
        } else if word.is(Class::YOU) && (!found.infinitive || after.is(Class::TO)) {
            (found.by_reader, found.at) = (true, Some(place));
            break;
        } else if !passes {
            found.at = Some(place);
            let noun = place.checked_sub(1).and_then(|place| words.get(place));
            found.relative = word.is(Class::WE)
                && word.gap == Gap::Space
                && noun.is_some_and(|noun| noun.is(Class::DATA));
            break;
        }
        next = place;
    }
    found
}

/// Whether the word at a place denies what follows it: a `not`, but not that of "not limited to".
pub(super) fn denies(words: &[Word], place: usize) -> bool {
    let is = |place: usize, class: Class| words.get(place).is_some_and(|word| word.is(class));
    is(place, Class::NOT) && !is(place + 1, Class::AFFIRMS)
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

/// Whether a place stands in a clause that only supposes, up to the comma after which a main
/// clause begins.
fn supposed(words: &[Word], at: usize) -> bool {
    let mut inside = false;
    for (place, word) in words.iter().enumerate().take(at + 1) {
        if word.gap >= Gap::Clause || (word.gap == Gap::Comma && opens(words, place)) {
            inside = false;
        }
        inside |= word.is(Class::SUPPOSE);
    }
    inside
}
