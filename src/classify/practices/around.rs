//! Denials around words that are matched without one: "we do not use …", "… are not sent", "none of our
//! apps …", "…: none".

use super::super::grammar::Class;
use super::super::lead;
use super::super::stance::Word;
use super::super::subject::opens;
use super::super::words::Gap;
use super::polarity::{acts, denies, names_signal};

/// So many words before or after a statement may stand what denies it.
const AROUND: usize = 12;

/// Whether words that are matched from `first` to `last` stand in a denial that is no part of the
/// match: "we do not use …", "… are not sent".
pub(super) fn denied_around((words, classes): (&[Word], Class), first: usize, last: usize) -> bool {
    // Most sentences hold no word that denies.
    let denials = [Class::NOT, Class::NO, Class::WITHOUT];
    if !denials.iter().any(|class| classes.has(*class)) {
        return false;
    }
    denied_before(words, first)
        || (classes.has(Class::NO) && none_does(words, first))
        || denied_after(words, last)
}

/// The farthest that a `none` may open a clause before what it denies, in words.
const NONE_REACH: usize = 20;

/// "None of our apps will ever read your location", "Nothing about your device, such as its type": from
/// its first word on, the clause is said of none.
fn none_does(words: &[Word], first: usize) -> bool {
    let turns = [Class::BUT, Class::SUBORDINATE, Class::RELATIVE, Class::WE];
    for place in (first.saturating_sub(NONE_REACH)..first).rev() {
        let (Some(word), Some(next)) = (words.get(place), words.get(place + 1)) else {
            return false;
        };
        let turned = turns.iter().any(|class| word.is(*class)) && !word.is(Class::AS);
        if turned || next.gap >= Gap::Clause {
            return false;
        }
        if word.is(Class::NO) && (place == 0 || word.gap >= Gap::Clause) {
            return !next.is(Class::LONGER) && !word.is(Class::NOT);
        }
    }
    false
}

fn denied_before(words: &[Word], first: usize) -> bool {
    let mut next = first;
    for place in (first.saturating_sub(AROUND)..first).rev() {
        let (Some(word), Some(after)) = (words.get(place), words.get(next)) else {
            return false;
        };
        let led_in = || next == first && lead::following(words, first).is_some();
        let parted = after.gap >= Gap::Clause && !led_in();
        if parted || (after.gap == Gap::Comma && opens(words, next)) {
            return false;
        }
        let turns = [Class::BUT, Class::SUBORDINATE, Class::RELATIVE, Class::WE];
        let by_reader = word.is(Class::YOU) && (acts(*after) || after.is(Class::PRACTICE));
        // "Such as" goes on.
        let turned = turns.iter().any(|class| word.is(*class)) && !word.is(Class::AS);
        if by_reader || turned {
            return false;
        }
        let near = place + NEXT >= first && !after.is(Class::LONGER);
        let no = near && (word.is(Class::NO) || word.is(Class::WITHOUT));
        if (denies(words, place) && !names_signal(words, place)) || no {
            return true;
        }
        next = place;
    }
    false
}

/// A `no` or `without` denies the nouns so near behind it.
const NEXT: usize = 3;

fn denied_after(words: &[Word], last: usize) -> bool {
    if answered_no(words, last) {
        return true;
    }
    let after = words.iter().enumerate().skip(last + 1).take(AROUND);
    for (place, word) in after {
        let ends = word.gap >= Gap::Clause || (word.gap == Gap::Comma && opens(words, place));
        let turns = [
            Class::BUT,
            Class::SUBORDINATE,
            Class::RELATIVE,
            Class::WE,
            Class::YOU,
            Class::TO,
        ];
        if ends || turns.iter().any(|class| word.is(*class)) {
            return false;
        }
        let passive = || {
            let mut rest = words.iter().skip(place + 1);
            let verb = rest.find(|word| !word.is(Class::ADVERB) && !word.is(Class::AUXILIARY));
            verb.is_some_and(|verb| verb.is(Class::PARTICIPLE) && verb.is(Class::PRACTICE))
        };
        let is = place.checked_sub(1).and_then(|place| words.get(place));
        if denies(words, place) && is.is_some_and(|is| is.is(Class::AUXILIARY)) && passive() {
            return true;
        }
    }
    false
}

/// "Location data: none", "Location data: not collected".
pub(super) fn answered_no(words: &[Word], last: usize) -> bool {
    let ends = |place: usize| words.get(place).is_none_or(|word| word.gap >= Gap::Clause);
    words.get(last + 1).is_some_and(|word| {
        let verb = words.get(last + 2);
        let not_done =
            denies(words, last + 1) && verb.is_some_and(|verb| verb.is(Class::PARTICIPLE));
        word.gap >= Gap::Clause && ((word.is(Class::NO) && ends(last + 2)) || not_done)
    })
}
