//! Verbs that share the `not` of another: "We do not use cookies, sell your data or track you".

use super::super::grammar::Class;
use super::super::stance::Word;
use super::super::words::Gap;
use super::polarity::denies;

/// The farthest that the `not` may stand before the last verb that shares it, in words.
const LIST: usize = 30;

/// The verb behind the `not` that the one at a place shares: both in their plain form, the second after a
/// comma or an `or`, and between them no more than what the first ones act on. What an `and` joins may be
/// done ("We do not sell data and use encryption").
pub(super) fn denied_with(words: &[Word], at: usize) -> Option<usize> {
    // Adverbs may stand between: "or otherwise share".
    let joint = (0..at).rev().find(|place| !is_adverb(words, *place))?;
    let (verb, begins) = (words.get(at)?, words.get(joint + 1)?);
    let joint = words.get(joint)?;
    let listed = begins.gap == Gap::Comma && !joint.is(Class::JOIN);
    if !is_plain_verb(*verb) || !(listed || is_or(*joint)) {
        return None;
    }
    for place in (at.saturating_sub(LIST)..at).rev() {
        let (word, after) = (words.get(place)?, words.get(place + 1)?);
        if after.gap >= Gap::Clause {
            return None;
        }
        if denies(words, place) {
            let first = (place + 1..at).find(|place| !is_adverb(words, *place))?;
            return is_plain_verb(*words.get(first)?).then_some(first);
        }
        if turns(*word, *after) {
            return None;
        }
    }
    None
}

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

/// Whether another clause begins at a word, or a verb of its own that others may be joined to: "we do not ask
/// you to use cookies or share data", "companies that sell data or track you".
fn turns(word: Word, after: Word) -> bool {
    let classes = [
        Class::BUT,
        Class::SUBORDINATE,
        Class::RELATIVE,
        Class::MODAL,
    ];
    let clause = classes.iter().any(|class| word.is(*class)) && !word.is(Class::AS);
    let acts = (word.is(Class::WE) || word.is(Class::YOU))
        && after.gap == Gap::Space
        && (after.is(Class::PRACTICE) || after.is(Class::MODAL));
    clause || acts || (word.is(Class::TO) && after.is(Class::PRACTICE))
}
