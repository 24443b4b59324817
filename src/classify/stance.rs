//! How a sentence puts its statement: which verbs of practice it holds, who acts, what negates,
//! permits or limits them.
//!
//! A negation governs a verb when only adverbs, auxiliaries and coordinated verbs stand between
//! ("do not sell, rent or otherwise disclose"). Verbs of subordinate clauses ("if you do not want
//! us to share …"), of relative ones ("data that does not identify you") and infinitives state
//! nothing by themselves.

use super::grammar::Class;
use super::limits;
use super::pointers;
use super::words::{self, Gap};
use crate::model::Stance;

/// The farthest that a negation or a modal may stand before its verb, in words.
const SCOPE: usize = 14;

/// The farthest that a `no` may stand before a passive verb ("no part of your data is sold").
const NO_SCOPE: usize = 8;

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
    pub(super) fn new(class: Class, word: &words::Word<'_>) -> Self {
        Self {
            class,
            gap: word.gap,
            capital: word.capital,
            ends_in_s: matches!(word.head, [.., b's']),
        }
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
    fn of(words: &'a [Word]) -> Self {
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

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    You,
    Other,
}

/// What stands before a verb.
#[derive(Clone, Copy, Debug)]
struct Before {
    negated: bool,
    may: bool,
    can: bool,
    auxiliary: bool,
    /// Negated in a name: "Do Not Sell My Personal Information".
    named: bool,
    /// Nothing stands between it and its subject.
    direct: bool,
    subject: Subject,
    /// Where the subject, or whatever ended the search, stands.
    at: Option<usize>,
}

/// The stance of a sentence, or nothing where no verb states anything.
/// [`Stance::None`] says that it only points elsewhere ("For more information, see …").
pub(super) fn sentence(words: &[Word]) -> Option<Stance> {
    let said = Said::of(words);
    if pointers::only_points(words) {
        return Some(Stance::None);
    }
    let mut subordinate = false;
    let stated = words.iter().enumerate().find_map(|(at, word)| {
        subordinate = in_subordinate(subordinate, words, at, *word);
        let stance = statement(words, at, *word).filter(|_| !subordinate)?;
        Some((at, stance))
    });
    match stated {
        // "We may need to share it or provide …": the verbs that follow are no more than possible.
        Some((at, Stance::Asserts)) if is_possible(words.get(..at).unwrap_or(&[])) => {
            Some(limits::limited(said, Stance::Permits))
        }
        Some((_, stance)) => Some(limits::limited(said, stance)),
        None if pointers::points_or_announces(words) => Some(Stance::None),
        None if is_possible(words) => Some(limits::limited(said, Stance::Permits)),
        // "With your consent": a list item that limits without a verb.
        None if says_you_should(words) => Some(Stance::None),
        None => Some(limits::limited(said, Stance::Asserts)).filter(|stance| *stance == Stance::Limits),
    }
}

fn says_you_should(words: &[Word]) -> bool {
    words.windows(2).any(|two| matches!(two, [you, should] if you.is(Class::YOU) && you.gap >= Gap::Comma && should.is(Class::AUXILIARY) && should.is(Class::SUBORDINATE)))
}

/// "We may need to …", "We might supplement …": a possibility, whatever the verb.
fn is_possible(words: &[Word]) -> bool {
    let mut subordinate = false;
    words.iter().enumerate().any(|(at, word)| {
        subordinate = in_subordinate(subordinate, words, at, *word);
        let verb = words.get(at + 1);
        word.is(Class::MAY)
            && !subordinate
            && verb.is_some_and(|verb| verb.gap == Gap::Space && !verb.is(Class::NOT) && !verb.is(Class::EXAMPLE))
            && says_we(words, at)
    })
}

/// Whether the subject of the verb at a place is the company, in no clause that a "that" opens.
fn says_we(words: &[Word], at: usize) -> bool {
    let Some(subject) = before(words, at).filter(|b| b.subject == Subject::Other).and_then(|before| before.at) else {
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

/// What the verb at a place states, if it is one that states something.
fn statement(words: &[Word], at: usize, word: Word) -> Option<Stance> {
    if !word.is(Class::STATES) {
        return None;
    }
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
    let before = before(words, at)?;
    if before.named {
        return None;
    }
    let subject = before.at.and_then(|at| words.get(at));
    let of_document = word.is(Class::TELLS) && subject.is_some_and(|s| s.is(Class::DOCUMENT));
    // "Please contact us": asked of the reader, who need not.
    if of_document || subject.is_some_and(|subject| subject.is(Class::PLEASE)) {
        return None;
    }
    match before.subject {
        Subject::You => by_reader(before).filter(|_| practice),
        Subject::Other if before.negated => denial(word, before, subject),
        // "Your use of", "Contact": a noun that looks like a verb.
        Subject::Other if !before.auxiliary && subject.is_none_or(|word| word.is(Class::DETERMINER)) => None,
        Subject::Other if nothing_does(words, word, before) => Some(Stance::Denies),
        Subject::Other if !practice || is_noun(word, before, subject) => None,
        Subject::Other => act(word, before, subject),
    }
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

/// What a verb states that is negated.
fn denial(word: Word, before: Before, subject: Option<&Word>) -> Option<Stance> {
    // "These rights may not apply to you", "We may not be able to …": sometimes.
    if before.may && (word.is(Class::TELLS) || word.is(Class::WISH)) {
        return Some(Stance::Limits);
    }
    // "Personal data does not include …": a word is defined.
    let defines = word.is(Class::EXAMPLE) && subject.is_some_and(|word| word.is(Class::DATA));
    // "or not allowing cookies": named, and stated of nobody.
    let of_noun = word.is(Class::STATE) && subject.is_some_and(|subject| !subject.is(Class::WE));
    let describes = word.is(Class::PARTICIPLE) || of_noun;
    let loose = describes && !before.auxiliary;
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

/// Whether a word that may be a verb is a noun: capitalised within a sentence ("Cross-Device Use"), or
/// in its plain form after one noun of one ("routine record keeping").
fn is_noun(word: Word, before: Before, subject: Option<&Word>) -> bool {
    let Some(subject) = subject.filter(|_| !before.auxiliary) else {
        return false;
    };
    let plain = !word.is(Class::PARTICIPLE) && !word.ends_in_s;
    let of_one = !subject.ends_in_s && !subject.capital && !subject.is(Class::WE);
    (word.capital && word.gap < Gap::Clause && !subject.is(Class::WE)) || (plain && of_one && before.direct)
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

/// Whether the "track" at a place belongs to the name of a signal: "Do Not Track", "do not track
/// requests".
fn names_signal(words: &[Word], at: usize) -> bool {
    let negated = at.checked_sub(1).and_then(|at| words.get(at));
    negated.is_some_and(|word| word.is(Class::NOT) && word.capital)
        || words.get(at + 1).is_some_and(|word| word.is(Class::SIGNAL))
}

/// Walks back from a verb over what may stand between it and its subject; nothing for a verb that
/// is no main verb.
fn before(words: &[Word], at: usize) -> Option<Before> {
    let mut found = Before {
        negated: false,
        may: false,
        can: false,
        auxiliary: false,
        named: false,
        direct: true,
        subject: Subject::Other,
        at: None,
    };
    let mut next = at;
    let mut capital_not = false;
    let mut aside: Option<usize> = None;
    for place in (at.saturating_sub(SCOPE)..at).rev() {
        if aside.is_some_and(|before| place > before) {
            continue;
        }
        if aside.take().is_some() {
            next = place + 1;
        }
        let (Some(word), Some(after)) = (words.get(place), words.get(next)) else {
            break;
        };
        if after.gap >= Gap::Clause {
            break;
        }
        if word.is(Class::RELATIVE) || word.is(Class::TO) {
            return None;
        }
        if word.is(Class::YOU) {
            // "Data about you may be collected": not you, but the data.
            let of = place.checked_sub(1).and_then(|place| words.get(place));
            if word.gap >= Gap::Comma || !of.is_some_and(|of| of.is(Class::OF)) {
                found.subject = Subject::You;
            }
            found.at = Some(place);
            break;
        }
        let listed = after.gap == Gap::Comma;
        let between = word.is(Class::NOT)
            || word.is(Class::MAY)
            || word.is(Class::CAN)
            || word.is(Class::AUXILIARY)
            || word.is(Class::ADVERB)
            || word.is(Class::JOIN)
            || word.is(Class::HAVE)
            || of_business(words, place)
            || ((word.is(Class::PRACTICE) || word.is(Class::STATE))
                && (listed || after.is(Class::JOIN)));
        if !between && after.gap == Gap::Comma && let Some(before) = before_aside(words, place) {
            aside = Some(before);
            continue;
        }
        if !between {
            found.at = Some(place);
            if !word.is(Class::WE) && !found.may && !found.can && is_relative(words, place) {
                return None;
            }
            // "the information we collect": the verb belongs to the noun.
            let noun = place.checked_sub(1).and_then(|place| words.get(place));
            if word.is(Class::WE)
                && word.gap == Gap::Space
                && noun.is_some_and(|noun| noun.is(Class::DATA))
            {
                return None;
            }
            break;
        }
        found.direct = false;
        let r#do = place.checked_sub(1).and_then(|place| words.get(place));
        capital_not |= word.is(Class::NOT) && r#do.is_some_and(|word| word.capital && word.is(Class::AUXILIARY));
        // "Not only", "not limited to": nothing is denied.
        found.negated |= word.is(Class::NOT) && !after.is(Class::AFFIRMS);
        found.may |= word.is(Class::MAY);
        found.can |= word.is(Class::CAN);
        found.auxiliary |= word.is(Class::AUXILIARY) || word.is(Class::MAY) || word.is(Class::CAN);
        next = place;
    }
    let subject = found.at.and_then(|at| words.get(at));
    found.named = capital_not && subject.is_none_or(|subject| !subject.capital);
    Some(found)
}

/// Where a sentence goes on before words that are put between commas and end at a place: "we may, where
/// the law permits, share".
fn before_aside(words: &[Word], place: usize) -> Option<usize> {
    let opens = (place.saturating_sub(SCOPE)..=place)
        .rev()
        .take_while(|at| words.get(*at).is_some_and(|word| word.gap <= Gap::Comma))
        .find(|at| words.get(*at).is_some_and(|word| word.gap == Gap::Comma))?;
    let before = opens.checked_sub(1)?;
    let modal = [Class::MAY, Class::CAN, Class::AUXILIARY, Class::NOT];
    words.get(before).filter(|word| modal.iter().any(|class| word.is(*class)))?;
    Some(before)
}

/// Whether the noun at a place is the subject of a relative clause ("on which advertisements are shown").
fn is_relative(words: &[Word], place: usize) -> bool {
    (place.saturating_sub(2)..place).any(|at| words.get(at).is_some_and(|which| which.is(Class::RELATIVE) && which.is(Class::ASKS)))
}

/// Whether a `no` opens the subject that ends at a place ("none of your data", "no information").
pub(super) fn no_before(words: &[Word], at: Option<usize>) -> bool {
    let Some(at) = at else {
        return false;
    };
    for place in (at.saturating_sub(NO_SCOPE)..=at).rev() {
        let Some(word) = words.get(place) else {
            return false;
        };
        if word.is(Class::NO) {
            return true;
        }
        // "Neither we, nor our partners": one subject, commas or not.
        let nor = word.is(Class::NOT) && word.is(Class::JOIN);
        if (word.gap >= Gap::Comma && !nor) || word.is(Class::SUBORDINATE) {
            return false;
        }
    }
    false
}

/// Whether the word at a place belongs to "in the business of", which stands between a subject and
/// what it does for a living ("we are not in the business of selling data").
pub(super) fn of_business(words: &[Word], place: usize) -> bool {
    (place.saturating_sub(3)..=place).any(|start| {
        matches!(
            words.get(start..start + 4),
            Some([r#in, the, business, of])
                if r#in.is(Class::DETERMINER)
                    && the.is(Class::DETERMINER)
                    && business.is(Class::BUSINESS)
                    && of.is(Class::DETERMINER)
        )
    })
}

/// Whether a word stands in a subordinate clause, where `inside` says it of the word before it. Such
/// a clause goes from its first word to the comma after which a new subject begins, or to the end.
fn in_subordinate(inside: bool, words: &[Word], at: usize, word: Word) -> bool {
    let ends = word.gap >= Gap::Clause || (word.gap == Gap::Comma && opens(words, at));
    (inside && !ends) || word.is(Class::SUBORDINATE)
}

/// Whether a main clause begins at a place.
pub(super) fn opens(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|word| {
        word.capital || word.is(Class::WE) || word.is(Class::YOU) || word.is(Class::OPENER)
    })
}
