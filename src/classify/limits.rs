//! What limits a statement: exceptions, consent, "only", certain circumstances.

use super::grammar::Class;
use super::stance::{Said, Word};
use super::words::Gap;
use crate::model::Stance;

/// The farthest that the `who` of a relative clause may stand before an "only" that belongs to it.
const RELATIVE_REACH: usize = 4;

/// The farthest that a verb may stand after the "only" of its subject: "Only staff who need it may".
const SUBJECT_REACH: usize = 8;

/// Turns a statement that holds only under a condition into one that limits.
pub(super) fn limited(said: Said<'_>, stance: Stance) -> Stance {
    let limits = match stance {
        // "We do not use it for any other purpose" limits the use to what was said before.
        Stance::Denies => {
            (excepts(said) && !reserved(said))
                || asks_consent(said)
                || said.near(Class::OTHER, Class::PURPOSE, 1)
                || longer_than(said.words)
        }
        Stance::Asserts => {
            (said.has(Class::EXCEPT) && !aside(said))
                || needs_consent(said)
                || only(said)
                || certain(said)
                || no_longer(said)
                || depends(said)
                || said.near(Class::NOT, Class::SOLE, 2)
        }
        Stance::Permits => needs_consent(said) || only(said) || may_be_limited(said),
        Stance::Limits | Stance::None => false,
    };
    if limits { Stance::Limits } else { stance }
}

/// "Except", "unless", "other than", "anyone but".
fn excepts(said: Said<'_>) -> bool {
    let words = said.words;
    said.has(Class::EXCEPT)
        || said.near(Class::OTHER, Class::THAN, 1)
        || (said.has(Class::BUT) && (0..words.len()).any(|place| others_but(words, place)))
}

/// Whether the `but` at a place names who is left out of all others: "to anyone but our host", "to no
/// third party but our host". In "to anyone but keep it" it goes on.
pub(super) fn others_but(words: &[Word], place: usize) -> bool {
    let Some((but, before)) = words.get(..=place).and_then(<[Word]>::split_last) else {
        return false;
    };
    let goes_on = [
        Class::PRACTICE,
        Class::MODAL,
        Class::NOT,
        Class::WE,
        Class::YOU,
        Class::ADVERB,
    ];
    let next = words.get(place + 1);
    let names = next.is_some_and(|next| {
        !goes_on.iter().any(|class| next.is(*class)) || next.is(Class::DETERMINER)
    });
    let none = |word: &Word| word.is(Class::NO) && !word.is(Class::NOT);
    let others = match before {
        [.., other] if none(other) || other.is(Class::OTHERS) && other.is(Class::EVERY) => true,
        [.., no, one] if none(no) && one.is_plain() => true,
        [.., no, _, other] => none(no) && other.is(Class::OTHERS),
        _ => false,
    };
    but.is(Class::BUT) && but.gap == Gap::Space && names && others
}

/// "Except as described here, we keep …" leaves a plain statement what it is.
fn aside(said: Said<'_>) -> bool {
    said.near(Class::EXCEPT, Class::AS, 2)
}

/// "Unless otherwise stated, our services are not meant for children".
fn reserved(said: Said<'_>) -> bool {
    let excepts = |word: &&Word| word.is(Class::EXCEPT);
    matches!(
        said.words,
        [unless, otherwise, rest @ ..]
            if excepts(&unless) && otherwise.is(Class::AS) && !rest.iter().any(|word| excepts(&word))
    )
}

/// "With your consent", "where you have given permission", "if you agree".
fn asks_consent(said: Said<'_>) -> bool {
    let consent =
        said.near(Class::WITH, Class::CONSENT, 6) || said.near(Class::HOLD, Class::CONSENT, 3);
    (consent && !said.near(Class::REFUSES, Class::CONSENT, 5)) || if_agreed(said)
}

/// The same of what is stated: "we share it without your consent" makes nothing depend on it.
fn needs_consent(said: Said<'_>) -> bool {
    let needless = said.near(Class::WITHOUT, Class::CONSENT, 6) && !said.has(Class::NOT);
    asks_consent(said) && !needless
}

/// "Longer than": what is denied beyond some time is done until then.
pub(super) fn longer_than(words: &[Word]) -> bool {
    // "Less than" and "more than" are of its class as well, but affirm nothing.
    let longer = |word: &Word| word.is(Class::LONGER) && word.is(Class::AFFIRMS);
    let mut pairs = words.windows(2);
    pairs.any(|pair| matches!(pair, [one, than] if longer(one) && than.is(Class::THAN)))
}

/// "If you agree", "unless you have authorised us", "where you opted in".
fn if_agreed(said: Said<'_>) -> bool {
    let agreed = |at: usize| {
        let is = |at: usize, class| said.words.get(at).is_some_and(|word| word.is(class));
        // "Opt in", not "opt out".
        is(at, Class::AGREES) && (!is(at, Class::PRACTICE) || is(at + 1, Class::DETERMINER))
    };
    said.has(Class::AGREES)
        && (0..)
            .zip(said.words.windows(3))
            .any(|(at, three)| match three {
                [when, you, have] => {
                    when.is(Class::SUBORDINATE)
                        && you.is(Class::YOU)
                        && (agreed(at + 2) || (have.is(Class::HAVE) && agreed(at + 3)))
                }
                _ => false,
            })
}

/// "Only if", "only to those who", "for the sole purpose of".
fn only(said: Said<'_>) -> bool {
    let words = said.words;
    let only = said.has(Class::ONLY) && (0..words.len()).any(|at| limits_main_clause(words, at));
    only || said.near(Class::SOLE, Class::PURPOSE, 1)
}

/// Whether the word at a place is an "only" that limits what the sentence states: not that of
/// "partners who use it only to help us", or of "decisions based solely on automated processing".
fn limits_main_clause(words: &[Word], at: usize) -> bool {
    let is = |at: usize, class| words.get(at).is_some_and(|word: &Word| word.is(class));
    let within = |reach: usize, class| (at + 1..=at + reach).any(|at| is(at, class));
    let relative = (at.saturating_sub(RELATIVE_REACH)..at)
        .any(|who| is(who, Class::RELATIVE) && is(who + 1, Class::BEGINS_RELATIVE));
    let opens = at == 0 || words.get(at).is_some_and(|word| word.gap >= Gap::Clause);
    is(at, Class::ONLY)
        && (within(5, Class::CONDITION)
            || within(2, Class::PRACTICE)
            || (opens && within(SUBJECT_REACH, Class::MODAL)))
        && !within(4, Class::AUTOMATED)
        && !relative
        && !at.checked_sub(1).is_some_and(|to| is(to, Class::TO))
}

/// "In certain circumstances", "subject to legal exceptions".
fn certain(said: Said<'_>) -> bool {
    said.near(Class::CERTAIN, Class::CIRCUMSTANCES, 1)
        || said.near(Class::SUBJECT, Class::CIRCUMSTANCES, 4)
}

/// "No longer than necessary"; a number of days is a period like others.
fn no_longer(said: Said<'_>) -> bool {
    said.near(Class::LONGER, Class::THAN, 1) && !said.near(Class::THAN, Class::NUMBER, 2)
}

/// "Depending on where you live, you have the right to …".
fn depends(said: Said<'_>) -> bool {
    said.has(Class::DEPENDING)
        && (said.has(Class::RIGHT)
            || said.near(Class::YOU, Class::CAN, 1)
            || said.near(Class::YOU, Class::MAY, 1))
        && !varies(said)
}

/// "This may vary depending on"; not "or, depending on".
fn varies(said: Said<'_>) -> bool {
    said.has(Class::EXAMPLE)
        && said.words.windows(3).any(|three| {
            matches!(three, [vary, near @ ..] if vary.is(Class::EXAMPLE)
                && !vary.is(Class::JOIN)
                && near.iter().any(|word| word.is(Class::DEPENDING)))
        })
}

/// "These rights may be limited".
fn may_be_limited(said: Said<'_>) -> bool {
    said.near(Class::RIGHT, Class::MAY, 4) && said.near(Class::MAY, Class::CERTAIN, 2)
}
