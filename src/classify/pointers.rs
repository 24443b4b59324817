//! Sentences that state no practice: they point elsewhere, ask something of the reader, define a word
//! or announce what follows.

use super::grammar::Class;
use super::stance::{Said, Word};
use super::words::Gap;

/// The most words of a heading that stands as text.
const TITLE_WORDS: usize = 12;

/// Whether a sentence states no practice, whatever its verbs.
pub(super) fn only_points(said: Said<'_>) -> bool {
    refers(said) || defines(said) || invites(said.words) || asks_not_to(said)
}

/// "Information We Collect When You Visit Us": a heading that says who does what, each word but the
/// small ones capitalised.
pub(super) fn in_title_case(words: &[Word]) -> bool {
    let person = |word: &Word| word.capital && (word.is(Class::WE) || word.is(Class::YOU));
    let small = |word: &Word| {
        [Class::OF, Class::DETERMINER, Class::TO, Class::JOIN]
            .into_iter()
            .any(|class| word.is(class))
    };
    let fits = |word: &Word| {
        (word.capital || small(word)) && !word.is(Class::MODAL) && !word.is(Class::NOT)
    };
    let acts = |word: &Word| word.capital && word.is(Class::PRACTICE);
    (4..=TITLE_WORDS).contains(&words.len())
        && !words.first().is_some_and(|word| word.is(Class::TO))
        && words.iter().any(acts)
        && words.iter().skip(1).any(person)
        && words.iter().all(fits)
}

/// Whether a sentence points elsewhere or announces what follows; asked where no verb states anything,
/// to tell it from an item of a list.
pub(super) fn points_or_announces(said: Said<'_>) -> bool {
    points_elsewhere(said) || announces(said)
}

/// "You should read this page", "We encourage you to read it": asked of the reader, whatever the verb.
pub(super) fn advises(said: Said<'_>) -> bool {
    asks_to(said) || should(said)
}

/// "We recommend that you read", "we strongly advise parents to watch over".
fn asks_to(said: Said<'_>) -> bool {
    let (words, wish) = (said.words, |word: &Word| {
        word.is(Class::WISH) && !word.is(Class::PRACTICE)
    });
    let opens = |at: usize, word: &Word| word.is(Class::WE) && (at == 0 || word.gap >= Gap::Comma);
    said.has(Class::WISH)
        && words.iter().enumerate().any(|(at, word)| {
            let rest = words.get(at + 1..).unwrap_or(&[]);
            let verb = rest.iter().position(|word| !word.is(Class::BETWEEN));
            let after = verb.and_then(|verb| rest.get(verb..)).unwrap_or(&[]);
            opens(at, word)
                && match after {
                    [ask, you, ..] if wish(ask) && you.is(Class::YOU) => true,
                    [ask, that, you, ..] => {
                        wish(ask) && that.is(Class::RELATIVE) && you.is(Class::YOU)
                    }
                    _ => false,
                }
        })
}

/// "You should read this page".
fn should(said: Said<'_>) -> bool {
    said.has(Class::YOU)
        && said.words.windows(2).any(|two| match two {
            [you, should] => {
                you.is(Class::YOU)
                    && you.gap >= Gap::Comma
                    && should.is(Class::AUXILIARY)
                    && should.is(Class::SUBORDINATE)
            }
            _ => false,
        })
}

/// "For more information …", "Learn more …", "… please see …", but not "If you visit us, …".
fn points_elsewhere(said: Said<'_>) -> bool {
    let opens = said
        .words
        .iter()
        .take(3)
        .take_while(|word| !word.is(Class::SUBORDINATE))
        .any(|word| word.is(Class::POINTER));
    opens || said.near(Class::PLEASE, Class::POINTER, 4) || offers_to_read(said)
}

/// "You can learn more about …", "you may find further information in …".
fn offers_to_read(said: Said<'_>) -> bool {
    said.has(Class::FIND)
        && said.words.windows(3).any(|three| match three {
            [you, can, find] => {
                you.is(Class::YOU)
                    && (can.is(Class::CAN) || can.is(Class::MAY))
                    && find.is(Class::FIND)
            }
            _ => false,
        })
}

/// "For more information about how we use data, please contact us".
fn refers(said: Said<'_>) -> bool {
    let opens = |at: usize, class| said.words.get(at).is_some_and(|word| word.is(class));
    opens(0, Class::OF) && opens(1, Class::POINTER) && said.near(Class::PLEASE, Class::PRACTICE, 1)
}

/// "We ask that you not send us sensitive data": advice to the reader.
fn asks_not_to(said: Said<'_>) -> bool {
    said.has(Class::WISH)
        && said.has(Class::NOT)
        && said.words.windows(4).any(|four| match four {
            [ask, that, you, not] => {
                ask.is(Class::WISH)
                    && that.is(Class::RELATIVE)
                    && you.is(Class::YOU)
                    && not.is(Class::NOT)
            }
            _ => false,
        })
}

/// "If you have any questions about how we use data, we encourage you to write to us".
fn invites(words: &[Word]) -> bool {
    let opening = words.get(2..words.len().min(7)).unwrap_or(&[]);
    let opens = |at: usize, class| words.get(at).is_some_and(|word| word.is(class));
    opens(0, Class::SUBORDINATE)
        && opens(1, Class::YOU)
        && opening.iter().any(|word| word.is(Class::QUESTION))
}

/// "How we share your data", "Personal data means …", "This policy describes …".
fn announces(said: Said<'_>) -> bool {
    let asks = said.words.first().is_some_and(|word| word.is(Class::ASKS));
    asks || said.has(Class::MEANS)
        || titled(said.words)
        || said.near(Class::DOCUMENT, Class::TELLS, 4)
}

/// "Personal data is any information that …", "Personal information is information that …": a word is
/// defined, whatever the verbs that follow.
fn defines(said: Said<'_>) -> bool {
    let opening = said.words.get(..said.words.len().min(8));
    let defines = |four: &[Word]| match four {
        [named, is, next, last] => {
            let all = next.is(Class::OPENER) && next.is(Class::ADVERB) && last.is(Class::DATA);
            let same = named.is(Class::DATA) && next.is(Class::DATA) && last.is(Class::RELATIVE);
            is.is(Class::AUXILIARY) && (all || same)
        }
        _ => false,
    };
    said.has(Class::DATA) && opening.unwrap_or(&[]).windows(4).any(defines)
}

/// "Supplemental Privacy Notice for California Residents": a few words that name a document.
fn titled(words: &[Word]) -> bool {
    words.len() <= 10
        && words.iter().any(|word| word.is(Class::DOCUMENT))
        && !words
            .first()
            .is_some_and(|word| word.is(Class::TO) || word.is(Class::PRACTICE))
}
