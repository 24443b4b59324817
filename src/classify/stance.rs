//! How a sentence puts its statement: which verbs of practice it holds, who acts, what negates,
//! permits or limits them.
//!
//! A negation governs a verb when only adverbs, auxiliaries and coordinated verbs stand between
//! ("do not sell, rent or otherwise disclose"). Verbs of subordinate clauses ("if you do not want
//! us to share …"), of relative ones ("data that does not identify you") and infinitives state
//! nothing by themselves.

use super::grammar::Class;
use super::limits::limited;
use super::nothing;
use super::pointers;
use super::subject::{Before, Subject, before, in_subordinate, no_before};
use super::words::Gap;
use crate::model::Stance;

/// A word as the reader of stances sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    class: Class,
    pub(super) gap: Gap,
    pub(super) capital: bool,
    /// Whether it ends as nouns of several and verbs of one do.
    ends_in_s: bool,
}

impl Word {
    /// A word of the text, and what it may be.
    #[inline]
    pub(super) fn new(class: Class, gap: Gap, capital: bool, ends_in_s: bool) -> Self {
        Self {
            class,
            gap,
            capital,
            ends_in_s,
        }
    }

    /// Whether it is of no class at all, as names are.
    pub(super) fn is_plain(self) -> bool {
        self.class == Class::NONE
    }

    pub(super) fn is(self, class: Class) -> bool {
        self.class.has(class)
    }
}

/// The words of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said<'a> {
    pub(super) words: &'a [Word],
    /// All that any of them may be.
    held: Class,
}

impl<'a> Said<'a> {
    pub(super) fn of(words: &'a [Word]) -> Self {
        let held = words
            .iter()
            .fold(Class::NONE, |held, word| held.and(word.class));
        Self { words, held }
    }

    /// Whether any word is of a class.
    pub(super) fn has(self, class: Class) -> bool {
        self.held.has(class)
    }

    /// Whether a word of one class is followed by one of another within so many words.
    pub(super) fn near(self, first: Class, second: Class, reach: usize) -> bool {
        self.has(first) && self.has(second) && near(self.words, first, second, reach)
    }
}

/// The stance of a sentence, or nothing where no verb states anything.
/// [`Stance::None`] says that it only points elsewhere ("For more information, see …").
pub(super) fn sentence(words: &[Word]) -> Option<Stance> {
    let said = Said::of(words);
    if pointers::only_points(said) {
        return Some(Stance::None);
    }
    let (mut subordinate, may_be) = (false, said.has(Class::SUBORDINATE));
    let stated = words.iter().enumerate().find_map(|(at, word)| {
        subordinate = may_be && in_subordinate(subordinate, words, at, *word);
        if subordinate {
            return None;
        }
        Some((at, statement(words, at, *word)?))
    });
    match stated {
        // "We may need to share it or provide …": the verbs that follow are no more than possible.
        Some((at, Stance::Asserts)) if is_possible(said, at) => {
            Some(limited(said, Stance::Permits))
        }
        Some((_, stance)) => Some(limited(said, stance)),
        None if pointers::points_or_announces(said) => Some(Stance::None),
        None if is_possible(said, words.len()) => Some(limited(said, Stance::Permits)),
        None if pointers::advises(said) => Some(Stance::None),
        // "With your consent": a list item that limits without a verb.
        None => Some(limited(said, Stance::Asserts)).filter(|stance| *stance == Stance::Limits),
    }
}

/// Whether a text of one sentence is a heading, though not marked up as one: "How we share your data",
/// "Information We Collect from You".
pub(super) fn is_title(words: &[Word]) -> bool {
    let asks = words.first().is_some_and(|word| word.is(Class::ASKS));
    pointers::in_title_case(words) || (asks && sentence(words) == Some(Stance::None))
}

/// "We may need to …", "Your name might become known": a possibility, whatever the verb, before a place.
fn is_possible(said: Said<'_>, end: usize) -> bool {
    let words = said.words;
    let mut subordinate = false;
    said.has(Class::MAY)
        && words.iter().enumerate().take(end).any(|(at, word)| {
            subordinate = in_subordinate(subordinate, words, at, *word);
            let verb = words.get(at + 1).filter(|verb| verb.gap == Gap::Space);
            word.is(Class::MAY)
                && !subordinate
                && verb.is_some_and(|verb| {
                    !verb.is(Class::NOT) && (!verb.is(Class::EXAMPLE) || verb.is(Class::JOIN))
                })
                && of_another(words, at)
        })
}

/// Whether the verb at a place is said of another than the reader, in no clause that a "that" opens.
fn of_another(words: &[Word], at: usize) -> bool {
    let of_other = |before: &Before| before.subject == Subject::Other;
    let Some(subject) = before(words, at)
        .filter(of_other)
        .and_then(|before| before.at)
    else {
        return false;
    };
    let that = subject.checked_sub(1).and_then(|at| words.get(at));
    !that.is_some_and(|word| word.is(Class::RELATIVE))
}

/// Whether a word of one class is followed by one of another within so many words.
pub(super) fn near(words: &[Word], first: Class, second: Class, reach: usize) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        word.is(first)
            && words
                .get(at + 1..(at + 1 + reach).min(words.len()))
                .is_some_and(|near| near.iter().any(|word| word.is(second)))
    })
}

/// What the verb at a place states, if it is one that states something. Few words are one.
#[inline]
pub(super) fn statement(words: &[Word], at: usize, word: Word) -> Option<Stance> {
    word.is(Class::STATES)
        .then(|| stated(words, at, word))
        .flatten()
}

fn stated(words: &[Word], at: usize, word: Word) -> Option<Stance> {
    if word.is(Class::RIGHT) {
        return right(words, at);
    }
    if word.is(Class::SUBJECT) {
        // "subject to change", but not "subject to our terms".
        let to = words.get(at + 2).is_some_and(|word| word.is(Class::CHANGE));
        return to.then_some(Stance::Permits);
    }
    if word.is(Class::NO) && has_no(words, at) {
        return Some(Stance::Denies);
    }
    if frames(words, at) {
        return None;
    }
    // "For our terms, visit …".
    if word.is(Class::POINTER) && word.gap >= Gap::Comma {
        return None;
    }
    if word.is(Class::TRACK) && names_signal(words, at) {
        return None;
    }
    let practice = word.is(Class::PRACTICE) && !reserves_right(words, at, word);
    if !practice && !word.is(Class::STATE) {
        return None;
    }
    let before = before(words, at).filter(|before| !before.named)?;
    let subject = before.at.and_then(|at| words.get(at));
    let of_document = word.is(Class::TELLS) && subject.is_some_and(|s| s.is(Class::DOCUMENT));
    // "Please contact us": asked of the reader, who need not.
    if of_document || subject.is_some_and(|subject| subject.is(Class::PLEASE)) {
        return None;
    }
    match before.subject {
        _ if word.is(Class::HOLD) && word.is(Class::HAVE) && !owns(words, at, before) => None,
        Subject::You => by_reader(before).filter(|_| practice),
        Subject::Other if refuses(words, at, before) => Some(if before.negated {
            Stance::Asserts
        } else {
            Stance::Denies
        }),
        Subject::Other if before.negated => denial(word, before, subject),
        Subject::Other if is_noun(word, before, subject) => None,
        Subject::Other if practice && nothing::follows(words, at) => Some(Stance::Denies),
        Subject::Other if nothing_does(words, word, before) => Some(Stance::Denies),
        Subject::Other => practice.then(|| act(word, before, subject)).flatten(),
    }
}

/// "We refuse to": what follows is not done; but not "we may refuse to", "if we refuse to".
fn refuses(words: &[Word], at: usize, before: Before) -> bool {
    let is = |place: usize, class| words.get(place).is_some_and(|word: &Word| word.is(class));
    let begins = |we: usize| we == 0 || words.get(we).is_some_and(|we| we.gap >= Gap::Comma);
    is(at, Class::REFUSES)
        && is(at + 1, Class::TO)
        && !before.may
        && before.at.is_some_and(|we| is(we, Class::WE) && begins(we))
}

/// "You cannot opt out" refuses the reader what "you can opt out" offers; what else readers do
/// states nothing.
fn by_reader(before: Before) -> Option<Stance> {
    match before {
        Before {
            negated: true,
            can: true,
            ..
        } => Some(Stance::Denies),
        Before { may: true, .. } | Before { can: true, .. } => Some(Stance::Asserts),
        _ => None,
    }
}

/// Whether the "have" at a place is a verb of its own that may be denied: "we do not have access", but
/// not "they have collected" or "we may not have the data".
fn owns(words: &[Word], at: usize, before: Before) -> bool {
    let next = words.get(at + 1);
    let helps = next.is_some_and(|word| word.is(Class::PARTICIPLE) || word.is(Class::TO));
    !helps && !before.may
}

/// What a verb states that is negated.
fn denial(word: Word, before: Before, subject: Option<&Word>) -> Option<Stance> {
    // "These rights may not apply to you", "We may not be able to …": sometimes.
    if before.may && (word.is(Class::TELLS) || word.is(Class::WISH)) {
        return Some(Stance::Limits);
    }
    // "Personal data does not include …": a word is defined.
    let defines = word.is(Class::EXAMPLE) && subject.is_some_and(|word| word.is(Class::DATA));
    // "Or not allowing cookies", "sites not owned by us": named, and stated of nobody.
    let of_noun = word.is(Class::STATE) && subject.is_some_and(|subject| !subject.is(Class::WE));
    let loose = (word.is(Class::PARTICIPLE) || of_noun) && !before.auxiliary;
    (!defines && !loose).then_some(Stance::Denies)
}

/// "No data is sold", "nothing remains", but not "that is no longer necessary".
fn nothing_does(words: &[Word], word: Word, before: Before) -> bool {
    let subject = before.at.and_then(|at| words.get(at));
    let longer = subject.is_some_and(|subject| subject.is(Class::LONGER));
    let plain = word.is(Class::PRACTICE) && !word.is(Class::PARTICIPLE) && !longer;
    (before.auxiliary || plain) && no_before(words, before.at)
}

/// What a verb of practice states that nothing negates.
fn act(word: Word, before: Before, subject: Option<&Word>) -> Option<Stance> {
    let by_us = subject.is_some_and(|word| word.is(Class::WE));
    if before.may && word.is(Class::EXAMPLE) {
        return Some(Stance::Asserts);
    }
    if before.may || before.can {
        return Some(Stance::Permits);
    }
    // "information collected from you": a participle that belongs to the noun before it.
    let loose = word.is(Class::PARTICIPLE) && !by_us;
    (before.auxiliary || !loose).then_some(Stance::Asserts)
}

/// Whether a word that may be a verb is a noun: without a subject ("Contact", "your use of"),
/// capitalised within a sentence ("Cross-Device Use"), or in its plain form after one noun of one
/// ("routine record keeping").
fn is_noun(word: Word, before: Before, subject: Option<&Word>) -> bool {
    if before.auxiliary {
        return false;
    }
    let Some(subject) = subject.filter(|subject| !subject.is(Class::DETERMINER)) else {
        return true;
    };
    let in_title = word.capital && word.gap < Gap::Clause;
    let plain = !word.is(Class::PARTICIPLE) && !word.ends_in_s && !before.apart;
    let of_one = !subject.ends_in_s && !subject.capital;
    !subject.is(Class::WE) && (in_title || (plain && of_one))
}

/// Whether "reserve" is that of "reserve the right", which states what follows it.
fn reserves_right(words: &[Word], at: usize, word: Word) -> bool {
    let next = words.get(at + 1..words.len().min(at + 4)).unwrap_or(&[]);
    word.is(Class::RESERVE) && next.iter().any(|word| word.is(Class::RIGHT))
}

/// "reserve the right to" permits; "you have the right" asserts; "you may have the right" limits it
/// to those who have.
fn right(words: &[Word], at: usize) -> Option<Stance> {
    let near = words.get(at.saturating_sub(4)..at).unwrap_or(&[]);
    let has = |class: Class| near.iter().any(|word| word.is(class));
    match () {
        () if has(Class::RESERVE) => Some(Stance::Permits),
        () if has(Class::HAVE) && has(Class::MAY) => Some(Stance::Limits),
        () if has(Class::HAVE) => Some(Stance::Asserts),
        () => None,
    }
}

/// "we have no control", "there is no guarantee", but not "is no longer".
fn has_no(words: &[Word], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| words.get(at));
    let after = words.get(at + 1);
    words.get(at).is_some_and(|word| word.gap == Gap::Space)
        && before.is_some_and(|word| {
            word.is(Class::HAVE) || word.is(Class::AUXILIARY) || word.is(Class::STATE)
        })
        && after.is_some_and(|word| !word.is(Class::LONGER))
}

/// Whether the verb at a place only frames what is said: "We inform you that …".
fn frames(words: &[Word], at: usize) -> bool {
    matches!(
        words.get(at + 1..at + 3),
        Some([you, that]) if you.is(Class::YOU) && that.is(Class::RELATIVE)
    )
}

/// Whether the "track" at a place belongs to the name of a signal: "Do Not Track", "do not track
/// requests".
fn names_signal(words: &[Word], at: usize) -> bool {
    let negated = at.checked_sub(1).and_then(|at| words.get(at));
    negated.is_some_and(|word| word.is(Class::NOT) && word.capital)
        || words.get(at + 1).is_some_and(|word| word.is(Class::SIGNAL))
}
