//! What a sentence leaves out: "except …", "save where …", "without …".

use super::super::grammar::Class;
use super::super::lead;
use super::super::limits::others_but;
use super::super::stance::Word;
use super::super::subject::opens;
use super::super::words::Gap;

/// Whether words go on with `without` and name a condition; "without exception" names none, nor does
/// what is said of something else ("we use no cookies, our site works without them").
pub(super) fn on_terms(after: &[Word]) -> bool {
    let goes_on = |place: &usize| {
        let comma = after.get(*place).is_some_and(|word| word.gap == Gap::Comma);
        !comma || !opens(after, *place)
    };
    (0..after.len()).take_while(goes_on).any(|place| {
        let is = |place: usize, class| after.get(place).is_some_and(|word: &Word| word.is(class));
        is(place, Class::WITHOUT) && !is(place + 1, Class::EXCEPT)
    })
}

/// Whether words name an exception; "without exception" names none.
pub(super) fn excepts(words: &[Word]) -> bool {
    words.iter().enumerate().any(|(place, word)| {
        if !word.is(Class::EXCEPT) {
            return saves(words, place) || others_but(words, place);
        }
        let before = place.checked_sub(1).and_then(|place| words.get(place));
        let none = before.is_some_and(|word| word.is(Class::WITHOUT) || word.is(Class::NO));
        !none
    })
}

/// "Save where the law requires it", "save for our host"; but not "we save where you left off".
fn saves(words: &[Word], place: usize) -> bool {
    let save = |word: &&Word| word.is(Class::OTHER) && word.is(Class::PRACTICE);
    let Some(save) = words.get(place).filter(save) else {
        return false;
    };
    let acts = [
        Class::WE,
        Class::YOU,
        Class::MODAL,
        Class::NOT,
        Class::TO,
        Class::JOIN,
        Class::ADVERB,
    ];
    let before = place.checked_sub(1).and_then(|place| words.get(place));
    let is_verb = |before: &Word| acts.iter().any(|class| before.is(*class));
    // Of these classes are "for", "by" and "with" alone.
    let r#for =
        |next: &Word| next.is(Class::OF) && next.is(Class::CONDITION) && next.is(Class::DETERMINER);
    let goes_on = |next: &Word| next.is(Class::AS) || lead::supposes(*next) || r#for(next);
    words.get(place + 1).is_some_and(goes_on)
        && match before {
            Some(before) => save.gap >= Gap::Comma || !is_verb(before),
            None => save.capital && words.get(place + 1).is_some_and(r#for),
        }
}
