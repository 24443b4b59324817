//! What a sentence leaves out: "except …", "save where …", "without …".

use super::super::grammar::Class;
use super::super::lead;
use super::super::stance::Word;
use super::super::words::Gap;

/// Whether words go on with `without` and name a condition; "without exception" names none.
pub(super) fn on_terms(after: &[Word]) -> bool {
    after.iter().enumerate().any(|(place, word)| {
        let next = after.get(place + 1);
        word.is(Class::WITHOUT) && !next.is_some_and(|next| next.is(Class::EXCEPT))
    })
}

/// Whether words name an exception; "without exception" names none.
pub(super) fn excepts(words: &[Word]) -> bool {
    words.iter().enumerate().any(|(place, word)| {
        if !word.is(Class::EXCEPT) {
            return saves(words, place);
        }
        let before = place.checked_sub(1).and_then(|place| words.get(place));
        let none = before.is_some_and(|word| word.is(Class::WITHOUT) || word.is(Class::NO));
        !none
    })
}

/// "Save where the law requires it", "save as described"; but not "we save where you left off".
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
    let goes_on = |next: &Word| next.is(Class::AS) || lead::supposes(*next);
    words.get(place + 1).is_some_and(goes_on)
        && before.is_some_and(|before| save.gap >= Gap::Comma || !is_verb(before))
}
