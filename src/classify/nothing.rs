//! Verbs that are denied by what follows them: "we use no cookies", "we share data with no one".

use super::grammar::Class;
use super::stance::Word;
use super::words::Gap;

/// The farthest that the `no` of an object may stand behind its verb, in words: "store, sell and share
/// absolutely no data".
const OBJECT: usize = 8;

/// The farthest that the `no` of a recipient may.
const RECIPIENT: usize = 14;

/// Whether the verb at a place is denied by its object or by those who are to get it.
pub(super) fn follows(words: &[Word], at: usize) -> bool {
    no_object(words, at) || no_recipient(words, at)
}

fn no_object(words: &[Word], at: usize) -> bool {
    for place in at + 1..words.len().min(at + 1 + OBJECT) {
        let (Some(word), Some(before)) = (words.get(place), words.get(place - 1)) else {
            return false;
        };
        if word.gap >= Gap::Clause {
            return false;
        }
        if is_no(words, place) {
            return true;
        }
        let listed = word.gap == Gap::Comma || before.is(Class::JOIN);
        let adverb = word.is(Class::ADVERB) && !word.is(Class::OF) && !word.is(Class::DETERMINER);
        if !(adverb || word.is(Class::JOIN) || (listed && word.is(Class::PRACTICE))) {
            return false;
        }
    }
    false
}

fn no_recipient(words: &[Word], at: usize) -> bool {
    let turns = [
        Class::BUT,
        Class::RELATIVE,
        Class::SUBORDINATE,
        Class::WE,
        Class::YOU,
    ];
    let ends = |word: &Word| word.gap >= Gap::Clause || turns.iter().any(|turn| word.is(*turn));
    let after = words.iter().enumerate().skip(at + 1).take(RECIPIENT);
    after
        .take_while(|(_, word)| !ends(word))
        .any(|(place, word)| {
            let with = word.is(Class::WITH) && word.is(Class::OF);
            let before = words.get(place - 1);
            let to = word.is(Class::TO) && !before.is_some_and(|word| word.is(Class::RIGHT));
            (with || to) && is_no(words, place + 1) && !is_idle(words, place + 2)
        })
}

/// Whether the words at a place name nobody who could get anything: "with no exception", "with no further
/// details".
fn is_idle(words: &[Word], place: usize) -> bool {
    let idle = [
        Class::EXCEPT,
        Class::CIRCUMSTANCES,
        Class::PURPOSE,
        Class::DATA,
    ];
    let mut near = words.iter().skip(place).take(3);
    near.any(|word| idle.iter().any(|class| word.is(*class)))
}

/// Whether the word at a place says that there is none of what it stands before; not "no longer", "no
/// more than".
fn is_no(words: &[Word], place: usize) -> bool {
    let next = words.get(place + 1);
    words.get(place).is_some_and(|word| {
        let other = word.is(Class::NOT) || word.is(Class::WISH);
        word.is(Class::NO) && !other && word.gap == Gap::Space
    }) && !next.is_some_and(|next| next.is(Class::LONGER))
}
