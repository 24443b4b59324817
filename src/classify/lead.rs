//! What is said of a verb ahead of it, in the words that lead its list in: "We never do any of the
//! following: use cookies, sell your data", "If you ask us to, we will not".

use super::grammar::Class;
use super::stance::Word;
use super::subject::clause_before;
use super::words::Gap;

/// The farthest that a verb of a list may stand behind what leads the list in, in words.
const LIST: usize = 30;

/// Words that may stand between "do" and "the following": "any of", "none of", "all or any of".
const QUANTIFIER: usize = 4;

/// What a list stands for.
pub(super) struct Following {
    /// The verb that governs it: the "do" of "do any of the following".
    pub(super) verb: usize,
    /// Whether it is denied as a whole: "none of the following".
    pub(super) none: bool,
}

/// What leads in the list that the verb at a place stands in, by "the following".
pub(super) fn following(words: &[Word], at: usize) -> Option<Following> {
    let begins = [Class::WE, Class::YOU, Class::BUT, Class::SUBORDINATE];
    let of_list = |place: &usize| {
        let word = words.get(*place);
        word.is_some_and(|word| !begins.iter().any(|class| word.is(*class)))
    };
    let mut places = (at.saturating_sub(LIST)..at).rev().take_while(of_list);
    let place = places.find(|place| is_following(words, *place))?;
    let tail = words.get(place + 1..at)?;
    let quantifier = words.get(place.saturating_sub(1 + QUANTIFIER)..place - 1)?;
    let none = quantifier.iter().any(|word| word.is(Class::NO));
    if is_not_done(tail) || (none && is_done(tail)) {
        return Some(Following {
            verb: place,
            none: true,
        });
    }
    let skipped = quantifier
        .iter()
        .rev()
        .take_while(|word| quantifies(word))
        .count();
    let verb = (place - 1).checked_sub(skipped + 1)?;
    let governs = words.get(verb)?.is(Class::AUXILIARY) && ends_lead_in(tail);
    governs.then_some(Following { verb, none })
}

/// "The following"; of its classes only "restricted" has all, too.
pub(super) fn is_following(words: &[Word], place: usize) -> bool {
    let is = |place: usize, class| words.get(place).is_some_and(|word: &Word| word.is(class));
    let the = place.checked_sub(1);
    is(place, Class::CERTAIN)
        && is(place, Class::PARTICIPLE)
        && !is(place, Class::AFFIRMS)
        && the.is_some_and(|the| is(the, Class::DETERMINER) && is(the, Class::OPENER))
}

/// Whether a word belongs to "any of", "none of".
fn quantifies(word: &Word) -> bool {
    let classes = [Class::EVERY, Class::NO, Class::OF, Class::JOIN];
    !word.is(Class::AUXILIARY) && classes.iter().any(|class| word.is(*class))
}

/// Whether no more than a noun stands between "the following" and its list: "the following things:".
fn ends_lead_in(tail: &[Word]) -> bool {
    let colon = tail.iter().position(|word| word.gap >= Gap::Clause);
    let noun = tail.get(..colon.unwrap_or(tail.len())).unwrap_or(tail);
    !noun
        .iter()
        .any(|word| word.is(Class::AUXILIARY) || word.is(Class::RELATIVE))
}

/// "… is not done", "… are never done by us".
fn is_not_done(tail: &[Word]) -> bool {
    matches!(tail, [is, not, done, ..]
        if is.is(Class::AUXILIARY) && not.is(Class::NOT) && done.is_plain())
}

/// "… is done", "… are done by us".
fn is_done(tail: &[Word]) -> bool {
    matches!(tail, [is, done, ..] if is.is(Class::AUXILIARY) && done.is_plain())
}

/// Whether what is said of a subject holds for those who ask for it: "if you ask us to, we will not".
fn on_request(words: &[Word], subject: usize) -> bool {
    matches!(clause_before(words, subject), [when, you, ask, ..]
        if when.is(Class::SUPPOSE) && when.is(Class::SUBORDINATE) && you.is(Class::YOU)
            && ask.is(Class::WISH))
}

/// Whether what is said of a subject holds under a condition that opens its clause, or for some readers:
/// "if you do not register, we", "for visitors from Canada, we". What holds for whoever reads on says
/// nothing: "if you have questions", "when you visit our site", "if you pay by card".
pub(super) fn on_condition(words: &[Word], subject: usize) -> bool {
    if on_request(words, subject) {
        return true;
    }
    let Some((first, rest)) = clause_before(words, subject + 1).split_first() else {
        return false;
    };
    let parted = rest.iter().any(|word| word.gap == Gap::Comma);
    (supposes(*first) && tells_apart(rest) && (parted || resumes(rest)))
        || (parted && names_some(*first, rest))
}

/// "If", "when", "where", "once"; but not "unless", which names an exception, nor "while", which mostly
/// sets against.
pub(super) fn supposes(word: Word) -> bool {
    word.is(Class::SUBORDINATE) && word.is(Class::PROVISO) && !word.is(Class::EXCEPT)
}

/// Whether a condition is one that some readers meet and others do not: "you opt out", "you are logged
/// out", "you do not register". An age ("you are under 13") is the matter of what is said, no condition.
fn tells_apart(condition: &[Word]) -> bool {
    let classes = [Class::NOT, Class::AGREES, Class::CONSENT, Class::REFUSES];
    let is = |word: &Word| word.is(Class::HAVE) && !word.is(Class::HOLD);
    let tells = |word: &Word| is(word) || classes.iter().any(|class| word.is(*class));
    let ends = |word: &&Word| word.gap < Gap::Comma && !word.is(Class::WE);
    let mut own = condition.iter().take_while(ends);
    own.next().is_some_and(|word| word.is(Class::YOU))
        && !condition.iter().any(|word| word.is(Class::NUMBER))
        && own.any(tells)
}

/// Whether a main clause begins at the last word, although no comma says so: "when you are logged out we".
fn resumes(words: &[Word]) -> bool {
    let apart = [
        Class::SUBORDINATE,
        Class::RELATIVE,
        Class::JOIN,
        Class::DATA,
        Class::OF,
        Class::TO,
    ];
    matches!(words, [_, _, .., before, we]
        if we.is(Class::WE) && !apart.iter().any(|class| before.is(*class)))
}

/// "For visitors from the EU", "for California residents".
fn names_some(first: Word, rest: &[Word]) -> bool {
    let of = first.is(Class::OF) && first.is(Class::CONDITION) && first.is(Class::DETERMINER);
    let some = |pair: &[Word]| match pair {
        [one, next] => {
            let readers = |word: &Word| word.is(Class::YOU);
            (readers(one) && next.is(Class::OF) && next.gap == Gap::Space)
                || (one.capital && one.is_plain() && readers(next))
        }
        _ => false,
    };
    of && rest.windows(2).take(SOME).any(some)
}

/// Words that may stand before the readers for whom something holds.
const SOME: usize = 3;

/// Whether the word at a place belongs to "under any circumstances".
pub(super) fn at_all(words: &[Word], place: usize) -> bool {
    let classes = [Class::CONDITION, Class::NO, Class::CIRCUMSTANCES];
    let may = |word: &Word| classes.iter().any(|class| word.is(*class));
    words.get(place).is_some_and(may)
        && (place.saturating_sub(2)..=place).any(|start| {
            matches!(words.get(start..start + 3), Some([under, any, circumstances])
            if under.is(Class::CONDITION)
                && (any.is(Class::EVERY) || any.is(Class::NO))
                && circumstances.is(Class::CIRCUMSTANCES))
        })
}

/// So far into a sentence its subject and verb are looked for, in words.
const BEGINNING: usize = 12;

/// Whether the words of a list item are a sentence of their own, with a subject and a verb, and do
/// not go on from a lead-in such as "when:".
pub(super) fn stands_alone(words: &[Word], lead_in: &[Word]) -> bool {
    let open = lead_in.last().is_some_and(|word| {
        word.is(Class::SUBORDINATE) || word.is(Class::RELATIVE) || word.is(Class::SUPPOSE)
    });
    let begins = |place: usize, word: &Word| place == 0 || word.gap >= Gap::Clause;
    let mut beginnings = words.iter().enumerate().take(BEGINNING);
    !open && beginnings.any(|(place, word)| begins(place, word) && has_verb(words, place))
}

/// Whether a subject and its verb begin at a place: "We", "Your data is".
pub(super) fn has_verb(words: &[Word], begin: usize) -> bool {
    let sentence = words.get(begin..).unwrap_or(&[]);
    let mut subject = false;
    for (place, word) in sentence.iter().take(BEGINNING).enumerate() {
        let ends = place > 0 && word.gap >= Gap::Comma;
        let turns = [Class::RELATIVE, Class::SUBORDINATE, Class::TO];
        if ends || turns.iter().any(|class| word.is(*class)) || (place == 0 && !word.capital) {
            return false;
        }
        let verb = [Class::AUXILIARY, Class::MAY, Class::CAN];
        if subject && verb.iter().any(|class| word.is(*class)) {
            return true;
        }
        // "We collect"; but "information we collect" is a noun.
        if place == 0 && word.is(Class::WE) {
            return true;
        }
        if place > 0 && (word.is(Class::WE) || word.is(Class::YOU)) && !verb_before(sentence, place)
        {
            return false;
        }
        subject = true;
    }
    false
}

/// Whether the word before a place is one that may follow a subject.
fn verb_before(words: &[Word], place: usize) -> bool {
    let before = place.checked_sub(1).and_then(|place| words.get(place));
    before.is_some_and(|word| word.is(Class::OF) || word.is(Class::PRACTICE))
}
