//! Verbs that share the `not` of another: "We do not use cookies, sell your data or track you".

use super::super::grammar::Class;
use super::super::stance::Word;
use super::super::words::Gap;
use super::polarity::denies;

/// The farthest that the `not` may stand before the last verb that shares it, in words.
const LIST: usize = 30;

/// The `not` that a verb in a list may share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shared {
    /// It does, with the verb at this place, the first behind that `not`.
    With(usize),
    /// Another verb stands between that it may be joined to as well: "we do not allow others to collect
    /// data, use cookies".
    Unclear,
}

/// What `not` the verb at a place shares: in its plain form, after a comma or an `or`, and between them no
/// more than what the first verbs act on. What an `and` joins may be done ("We do not sell data and use
/// encryption").
pub(super) fn denied_with(words: &[Word], at: usize) -> Option<Shared> {
    // Adverbs may stand between: "or otherwise share".
    let joint = (0..at).rev().find(|place| !is_adverb(words, *place))?;
    let (verb, begins) = (words.get(at)?, words.get(joint + 1)?);
    let joint = words.get(joint)?;
    let listed = begins.gap == Gap::Comma && !joint.is(Class::JOIN);
    if !is_plain_verb(*verb) || !(listed || is_or(*joint)) {
        return None;
    }
    let mut governed = false;
    for place in (at.saturating_sub(LIST)..at).rev() {
        let (word, after) = (words.get(place)?, words.get(place + 1)?);
        if after.gap >= Gap::Clause {
            return None;
        }
        if denies(words, place) {
            let first = first_verb(words, place, at)?;
            return Some(if governed {
                Shared::Unclear
            } else {
                Shared::With(first)
            });
        }
        let before = place.checked_sub(1).and_then(|before| words.get(before));
        let is_given = before.is_some_and(|verb| is_plain_verb(*verb));
        if turns(*word, *after, is_given) {
            return None;
        }
        let negated = || place.checked_sub(1).is_some_and(|not| denies(words, not));
        governed |= word.is(Class::TO) && after.is(Class::PRACTICE) && !negated();
    }
    None
}

/// The verb behind the `not` at a place, before `end`; of any kind behind "do not", "will never".
fn first_verb(words: &[Word], not: usize, end: usize) -> Option<usize> {
    let passes = |place: &usize| {
        let to = |word: &Word| word.is(Class::TO);
        is_adverb(words, *place) || words.get(*place).is_some_and(to)
    };
    let first = (not + 1..end).find(|place| !passes(place))?;
    let verb = *words.get(first)?;
    let modal = not.checked_sub(1).and_then(|before| words.get(before));
    let known = is_plain_verb(verb);
    (known || (modal.is_some_and(|modal| modal.is(Class::MODAL)) && may_be_verb(verb)))
        .then_some(first)
}

/// Whether a word behind "do not" is a verb, known or not.
fn may_be_verb(word: Word) -> bool {
    let classes = [
        Class::PARTICIPLE,
        Class::DETERMINER,
        Class::STATE,
        Class::NO,
        Class::ONLY,
        Class::JOIN,
        Class::HAVE,
        Class::MODAL,
        Class::SUBORDINATE,
        Class::RELATIVE,
        Class::WISH,
        Class::BUSINESS,
        Class::REFUSES,
    ];
    word.gap == Gap::Space && !word.capital && !classes.iter().any(|class| word.is(*class))
}

/// Whether the subject that ends at a place is another than the company, its sites and its apps: "our
/// partners", "children under 13".
pub(super) fn of_others(words: &[Word], subject: usize) -> bool {
    let mut others = false;
    for place in (subject.saturating_sub(SUBJECT)..=subject).rev() {
        let Some(word) = words.get(place) else {
            return others;
        };
        if word.is(Class::WE) {
            return false;
        }
        let of = place.checked_sub(1).and_then(|of| words.get(of));
        let named = !of.is_some_and(|of| of.is(Class::OF));
        others |= named && (word.is(Class::OTHERS) || word.is(Class::YOU));
        if word.gap >= Gap::Comma {
            break;
        }
    }
    others
}

/// Words that a subject may have.
const SUBJECT: usize = 6;

/// Whether the verb at a place acts on an `it` that is no data at large but what the first verb acts on.
pub(super) fn of_first(words: &[Word], first: usize, at: usize) -> bool {
    let between = words.get(first..at).unwrap_or(&[]);
    let it = |word: &Word| word.is(Class::WE) && word.is(Class::OPENER);
    words.get(at + 1).is_some_and(it) && !between.iter().any(|word| word.is(Class::DATA))
}

fn is_adverb(words: &[Word], place: usize) -> bool {
    words
        .get(place)
        .is_some_and(|word| word.is(Class::ADVERB) && !word.is(Class::DETERMINER))
}

fn is_plain_verb(word: Word) -> bool {
    word.is(Class::PRACTICE) && !word.is(Class::PARTICIPLE) && !word.capital
}

/// `or`, `nor`; but not `and`.
fn is_or(word: Word) -> bool {
    word.is(Class::JOIN) && (word.is(Class::EITHER) || word.is(Class::NOT))
}

/// Whether another clause begins at a word: "companies that sell data or track you". A verb may act on
/// the word itself: "we do not send you marketing e-mails".
fn turns(word: Word, after: Word, is_given: bool) -> bool {
    let classes = [
        Class::BUT,
        Class::SUBORDINATE,
        Class::RELATIVE,
        Class::MODAL,
    ];
    let clause = classes.iter().any(|class| word.is(*class)) && !word.is(Class::AS);
    let acts = !is_given
        && (word.is(Class::WE) || word.is(Class::YOU))
        && after.gap == Gap::Space
        && (after.is(Class::PRACTICE) || after.is(Class::MODAL));
    clause || acts
}
