//! What stands before a verb: its subject, what negates it or makes it possible, and the clause that
//! it belongs to.

use super::grammar::Class;
use super::stance::Word;
use super::words::Gap;

/// The farthest that a negation or a modal may stand before its verb, in words.
const SCOPE: usize = 14;

/// The farthest that a `no` may stand before a passive verb ("no part of your data is sold").
const NO_SCOPE: usize = 8;

/// The most words of detail between a noun for the reader and its verb.
const DETAIL: usize = 10;

/// Who acts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Subject {
    You,
    #[default]
    Other,
}

/// What stands before a verb.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Before {
    pub(super) negated: bool,
    pub(super) may: bool,
    pub(super) can: bool,
    pub(super) auxiliary: bool,
    /// Negated in a name or advice: "Do Not Sell My Personal Information".
    pub(super) named: bool,
    /// Something stands between it and its subject.
    pub(super) apart: bool,
    pub(super) subject: Subject,
    /// Where the subject, or whatever ended the search, stands.
    pub(super) at: Option<usize>,
}

impl Before {
    /// Takes in the word at a place, which stands between the subject and `after`.
    fn pass(&mut self, words: &[Word], place: usize, after: Word) {
        let Some(word) = words.get(place) else {
            return;
        };
        let is_not = word.is(Class::NOT);
        self.apart = true;
        self.named |= is_not && after_do(words, place);
        // "Not only", "not limited to": nothing is denied.
        self.negated |= is_not && !after.is(Class::AFFIRMS);
        self.may |= word.is(Class::MAY);
        self.can |= word.is(Class::CAN);
        self.auxiliary |= word.is(Class::MODAL);
    }

    /// Takes the subject.
    fn end(&mut self, words: &[Word], place: usize) {
        let Some(word) = words.get(place) else {
            return;
        };
        self.at = Some(place);
        // "WE DO NOT SELL": nothing is named.
        self.named &= !word.capital;
        // "Data about you may be collected": not you, but the data.
        let of = place.checked_sub(1).and_then(|place| words.get(place));
        let about = word.gap < Gap::Comma && of.is_some_and(|of| of.is(Class::OF));
        if word.is(Class::YOU) && !about {
            self.subject = Subject::You;
        }
    }
}

/// Walks back from a verb over what may stand between it and its subject; nothing for a verb that
/// is no main verb.
pub(super) fn before(words: &[Word], at: usize) -> Option<Before> {
    let mut found = Before::default();
    let farthest = at.saturating_sub(SCOPE);
    // The word that was passed last, and the place before which to look on.
    let (mut next, mut end) = (at, at);
    while let Some(place) = end.checked_sub(1).filter(|place| *place >= farthest) {
        let (Some(word), Some(after)) = (words.get(place), words.get(next)) else {
            break;
        };
        if after.gap >= Gap::Clause {
            break;
        }
        if word.is(Class::TO) && not_to(words, place) {
            found.negated = true;
            found.auxiliary = true;
            found.at = place.checked_sub(1);
            return Some(found);
        }
        if word.is(Class::RELATIVE) || word.is(Class::TO) {
            return None;
        }
        if between(words, place, *after) && !word.is(Class::YOU) {
            found.pass(words, place, *after);
            (next, end) = (place, place);
            continue;
        }
        if after.gap == Gap::Comma
            && !word.is(Class::YOU)
            && let Some(aside) = aside(words, place)
        {
            (next, end) = (aside, aside);
            continue;
        }
        if !word.is(Class::YOU) && in_relative(words, place, found) {
            return None;
        }
        if word.is(Class::WE) && untrue(words, place) {
            // "This does not mean that we never share it": nothing is stated.
            if found.negated {
                return None;
            }
            found.negated = true;
        }
        found.end(words, place);
        let by_opener = joined(words, place, at) && reader_opens(words, place);
        if by_opener || reader_of(words, place) {
            found.subject = Subject::You;
        }
        break;
    }
    Some(found)
}

/// Whether a noun for the reader with a few words of detail ends at a place: "residents of California",
/// "individuals in the European Economic Area".
fn reader_of(words: &[Word], place: usize) -> bool {
    let near = place.saturating_sub(DETAIL)..place;
    let Some(who) = near
        .rev()
        .find(|at| words.get(*at).is_some_and(|word| word.is(Class::YOU)))
    else {
        return false;
    };
    let detail = words.get(who + 1..=place).unwrap_or(&[]);
    let about = who.checked_sub(1).and_then(|before| words.get(before));
    let plain = |word: &Word| {
        word.gap == Gap::Space
            && !word.is(Class::PRACTICE)
            && !word.is(Class::STATE)
            && !word.is(Class::MODAL)
            && !word.is(Class::WE)
    };
    !about.is_some_and(|word| word.is(Class::OF))
        && detail
            .first()
            .is_some_and(|word| word.is(Class::DETERMINER))
        && detail.iter().all(plain)
}

/// Whether an "and" joins a verb to what stands before it, so that its subject stands farther ahead.
fn joined(words: &[Word], place: usize, verb: usize) -> bool {
    let passed = words.get(place + 1..verb).unwrap_or(&[]);
    passed
        .iter()
        .any(|word| word.is(Class::JOIN) && !word.is(Class::NOT) && word.gap == Gap::Space)
}

/// The farthest that a clause is looked through, in words; nobody writes longer ones.
pub(super) const LONGEST: usize = 128;

/// The words of a clause before a place, from its first on; none where it begins too far ahead.
pub(super) fn clause_before(words: &[Word], end: usize) -> &[Word] {
    let near = end.saturating_sub(LONGEST);
    let begins = |place: &usize| {
        *place == 0
            || words
                .get(*place)
                .is_some_and(|word| word.gap >= Gap::Clause)
    };
    let begin = (near..end).rev().find(begins);
    begin.and_then(|begin| words.get(begin..end)).unwrap_or(&[])
}

/// Whether the main clause around a place is said of the reader: "You have full control and can
/// disable it", "Members have a profile and may edit it".
fn reader_opens(words: &[Word], place: usize) -> bool {
    let begins = |at: &usize| {
        let gap = words.get(*at).map_or(Gap::Space, |word| word.gap);
        gap >= Gap::Clause || (gap == Gap::Comma && opens(words, *at))
    };
    let near = place.saturating_sub(LONGEST);
    let start = (near..=place).rev().find(begins).unwrap_or(near);
    let clause = words.get(start..=place).unwrap_or(&[]);
    let other = [
        Class::WE,
        Class::DATA,
        Class::SUBORDINATE,
        Class::RELATIVE,
        Class::OF,
    ];
    let who = |word: &Word| word.is(Class::YOU) || other.into_iter().any(|class| word.is(class));
    clause
        .iter()
        .find(|word| who(word))
        .is_some_and(|word| word.is(Class::YOU))
}

/// Whether the word at a place may stand between a subject and `after`.
fn between(words: &[Word], place: usize, after: Word) -> bool {
    let Some(word) = words.get(place) else {
        return false;
    };
    let verb = word.is(Class::PRACTICE) || word.is(Class::STATE);
    let listed = after.gap == Gap::Comma || after.is(Class::JOIN);
    word.is(Class::BETWEEN) || (verb && listed) || of_business(words, place)
}

/// Whether a `not` belongs to a "Do" that opens a name or advice: "Do Not Sell", "Do not send us …".
fn after_do(words: &[Word], place: usize) -> bool {
    let r#do = place.checked_sub(1).and_then(|place| words.get(place));
    r#do.is_some_and(|word| word.capital && word.is(Class::AUXILIARY))
}

/// Where words begin that are put between commas and end at a place, after a modal verb or a negation:
/// "we may, from time to time, share".
pub(super) fn aside(words: &[Word], place: usize) -> Option<usize> {
    let within = |at: &usize| words.get(*at).is_some_and(|word| word.gap <= Gap::Comma);
    let opens = (place.saturating_sub(SCOPE)..=place)
        .rev()
        .take_while(within)
        .find(|at| words.get(*at).is_some_and(|word| word.gap == Gap::Comma))?;
    let modal = words.get(opens.checked_sub(1)?)?;
    (modal.is(Class::MODAL) || modal.is(Class::NOT)).then_some(opens)
}

/// Whether a verb whose subject stands at a place belongs to a noun: "the information we collect", "on
/// which advertisements are shown", but not "in which we could get data".
fn in_relative(words: &[Word], place: usize, found: Before) -> bool {
    let Some(word) = words.get(place) else {
        return false;
    };
    let noun = place.checked_sub(1).and_then(|place| words.get(place));
    if word.is(Class::WE) {
        return word.gap == Gap::Space && noun.is_some_and(|noun| noun.is(Class::DATA))
            || (!found.may && !found.can && after_that(words, place));
    }
    let which = |word: &Word| word.is(Class::RELATIVE) && word.is(Class::ASKS);
    let near = words.get(place.saturating_sub(2)..place).unwrap_or(&[]);
    !found.may && !found.can && near.iter().any(which)
}

/// Whether a relative pronoun that belongs to a noun for data stands before a place: "the information
/// that we collect", but not "please note that we collect".
fn after_that(words: &[Word], place: usize) -> bool {
    match place.checked_sub(2).and_then(|from| words.get(from..place)) {
        Some([noun, that]) => {
            that.is(Class::RELATIVE) && that.gap == Gap::Space && noun.is(Class::DATA)
        }
        _ => false,
    }
}

/// Whether the clause whose subject stands at a place is taken back: "it is not true that we …", "this
/// does not mean we …".
pub(super) fn untrue(words: &[Word], subject: usize) -> bool {
    let governed = words.get(subject.saturating_sub(4)..subject).unwrap_or(&[]);
    let denies = |word: &Word| word.is(Class::NOT);
    match governed {
        [before @ .., claim, that] if that.is(Class::RELATIVE) => {
            claim.is(Class::REFUSES) || (claim.is(Class::BUSINESS) && before.iter().any(denies))
        }
        [.., not, claim] => {
            let goes_on = words.get(subject).is_some_and(|we| we.gap == Gap::Space);
            denies(not) && claim.is(Class::BUSINESS) && goes_on
        }
        _ => false,
    }
}

/// Whether the `to` at a place opens what is not done as a rule or by promise: "it is not our practice
/// to", "our policy is never to", "we promise not to".
fn not_to(words: &[Word], to: usize) -> bool {
    let before = words.get(to.saturating_sub(4)..to).unwrap_or(&[]);
    let rule = |word: &Word| word.is(Class::BUSINESS) || word.is(Class::DOCUMENT);
    match before {
        [.., we, promise, not] if not.is(Class::NOT) && !not.is(Class::JOIN) => {
            let promised = promise.is(Class::STATE) && we.is(Class::WE);
            promised || before.iter().any(rule)
        }
        [.., not, our, practice] => {
            not.is(Class::NOT) && our.is(Class::DETERMINER) && rule(practice)
        }
        _ => false,
    }
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
pub(super) fn in_subordinate(inside: bool, words: &[Word], at: usize, word: Word) -> bool {
    let ends = word.gap >= Gap::Clause
        || (word.gap == Gap::Comma && opens(words, at))
        || (inside && resumes(words, at, word));
    (inside && !ends) || word.is(Class::SUBORDINATE)
}

/// Whether a main clause begins at a place although no comma says so: "If you write to us we will …".
fn resumes(words: &[Word], at: usize, word: Word) -> bool {
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    let modal = words.get(at + 1);
    let apart = [
        Class::SUBORDINATE,
        Class::RELATIVE,
        Class::JOIN,
        Class::DATA,
        Class::OF,
        Class::TO,
        Class::PRACTICE,
        Class::EXCEPT,
    ];
    word.is(Class::WE)
        && word.gap == Gap::Space
        && before.is_some_and(|before| !apart.into_iter().any(|class| before.is(class)))
        && modal.is_some_and(|modal| modal.is(Class::AUXILIARY) || modal.is(Class::MAY))
}

/// Whether a main clause begins at a place.
pub(super) fn opens(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|word| {
        word.capital || word.is(Class::WE) || word.is(Class::YOU) || word.is(Class::OPENER)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_is_read_from_its_beginning_or_not_at_all() {
        let mut words = vec![Word::new(Class::NONE, Gap::Space, false, false); 3 * LONGEST];
        words[5].gap = Gap::Clause;
        assert_eq!(clause_before(&words, 3).len(), 3);
        assert_eq!(clause_before(&words, 9).len(), 4);
        assert_eq!(clause_before(&words, 5 + LONGEST).len(), LONGEST);
        assert!(clause_before(&words, 6 + LONGEST).is_empty());
        assert!(clause_before(&words, 0).is_empty());
    }
}
