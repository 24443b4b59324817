//! A short answer to the question before it ("Do you sell my data?" – "No, never."), restated as one
//! sentence that says the same: "we do not sell your data, never". That is read as any sentence is.

use super::polarity::names_signal;
use crate::classify::grammar::Class;
use crate::classify::reader::{Reader, Reading};
use crate::classify::words::Gap;
use crate::model::{ClauseId, ClauseKind, Policy};
use std::ops::Range;

/// What a clause says to the question right before it, if it is a short answer: that question, and the
/// words of both as one sentence.
pub(super) fn restated(
    policy: &Policy,
    id: ClauseId,
    reader: &mut Reader<'_>,
) -> Option<(ClauseId, Reading)> {
    let clause_of = |id: ClauseId| {
        let clause = policy.clauses.get(id.index())?;
        (clause.kind != ClauseKind::Cell).then_some(clause)
    };
    let question = ClauseId::new(id.index().checked_sub(1)?);
    let asks = |text: &str| text.trim_end().ends_with('?');
    if !asks(policy.clause_text(question)) || asks(policy.clause_text(id)) {
        return None;
    }
    let answer = clause_of(id).filter(|clause| clause.kind != ClauseKind::Heading)?;
    let answer = policy.said(answer.text);
    let reply = reply(&answer)?;
    let text = clause_of(question)?.text;
    let mut reading = Reading::default();
    reader.clause(policy, question, &mut reading);
    let asked = Asked::of(&policy.said(text), text.start, &reading)?;
    reader.restated(&asked.answered(&reply), &mut reading);
    Some((question, reading))
}

/// What a short answer says to its question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    Yes,
    No,
    /// It names the only case: "Only with your consent."
    Only,
}

/// A short answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Reply<'a> {
    says: Says,
    /// The conditions and the like that it adds, which go on from what was asked.
    rest: &'a str,
}

/// What short answers open with; of two that begin alike the longer comes first.
const OPENINGS: [(&str, Says); 18] = [
    ("absolutely not", Says::No),
    ("certainly not", Says::No),
    ("definitely not", Says::No),
    ("of course not", Says::No),
    ("not at all", Says::No),
    ("under no circumstances", Says::No),
    ("in no way", Says::No),
    ("by no means", Says::No),
    ("no way", Says::No),
    ("never", Says::No),
    ("nope", Says::No),
    ("no", Says::No),
    ("absolutely", Says::Yes),
    ("certainly", Says::Yes),
    ("definitely", Says::Yes),
    ("of course", Says::Yes),
    ("sure", Says::Yes),
    ("yes", Says::Yes),
];

/// What names the cases of an answer, and is part of what it adds: "Only if you agree."
const CASES: [(&str, Says); 6] = [
    ("only with", Says::Only),
    ("only if", Says::Only),
    ("only when", Says::Only),
    ("only after", Says::Only),
    ("not without", Says::No),
    ("not unless", Says::No),
];

/// What may follow an opening without a mark between: "No we do not", "Yes if you agree".
const GOES_ON: [&str; 12] = [
    "we", "you", "it", "they", "your", "unless", "except", "without", "if", "when", "only", "but",
];

/// Who acts in an answer that only repeats the verb: "We do not."
const ACTS: [&str; 4] = ["we", "you", "it", "they"];

/// The verbs that such an answer repeats.
const REPEATED: [&str; 10] = [
    "do", "does", "is", "are", "will", "can", "may", "have", "has", "would",
];

/// What denies such an answer.
const DENIES: [&str; 2] = ["not", "never"];

/// The clause, if it is a short answer to a question before it.
fn reply(clause: &str) -> Option<Reply<'_>> {
    let answer = unmarked(clause);
    let cases = CASES.iter().find(|(case, _)| after(answer, case).is_some());
    let (says, rest) = cases
        .map(|(_, says)| (*says, answer))
        .or_else(|| opened(answer))
        .or_else(|| repeated(answer))?;
    let rest = rest.trim_matches(|mark: char| !mark.is_alphanumeric());
    // "No, not yet": that is denied once.
    let again = DENIES.iter().find_map(|not| after(rest, not));
    let rest = again
        .filter(|_| says == Says::No)
        .unwrap_or(rest)
        .trim_start();
    Some(Reply { says, rest })
}

/// What an answer such as "No, never" says, and what follows its opening.
fn opened(answer: &str) -> Option<(Says, &str)> {
    OPENINGS.iter().find_map(|(opening, says)| {
        let rest = after(answer, opening)?;
        ends(rest).then_some((*says, rest))
    })
}

/// What an answer such as "We do not" says, and what follows the verb that it repeats.
fn repeated(answer: &str) -> Option<(Says, &str)> {
    let answer = ACTS.iter().find_map(|who| after(answer, who))?.trim_start();
    if let Some(rest) = answer.strip_prefix("never ") {
        let verb = ["do", "will", "have", "would"]
            .iter()
            .find_map(|verb| after(rest, verb))?;
        return ends(verb).then_some((Says::No, verb));
    }
    let short = [
        "don't", "don’t", "won't", "won’t", "can't", "can’t", "cannot",
    ];
    if let Some(rest) = short.iter().find_map(|verb| after(answer, verb)) {
        return ends(rest).then_some((Says::No, rest));
    }
    let rest = REPEATED.iter().find_map(|verb| after(answer, verb))?;
    let denied = DENIES.iter().find_map(|not| after(rest.trim_start(), not));
    match denied {
        Some(rest) => ends(rest).then_some((Says::No, rest)),
        None => ends(rest).then_some((Says::Yes, rest)),
    }
}

/// A text without the mark that tells questions from answers: "A: No."
fn unmarked(text: &str) -> &str {
    let text = text.trim_start();
    let mark = ["question", "answer", "q", "a"]
        .iter()
        .find_map(|mark| after(text, mark));
    let rest = mark.and_then(|rest| rest.strip_prefix([':', '.', ')']));
    rest.unwrap_or(text).trim_start()
}

/// What follows some words that a text begins with, whatever their case.
fn after<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let (begin, rest) = text.split_at_checked(words.len())?;
    let goes_on = |next: char| next.is_alphanumeric() || next == '\'' || next == '’';
    (begin.eq_ignore_ascii_case(words) && !rest.starts_with(goes_on)).then_some(rest)
}

/// Whether what was said so far may be all of an answer: a mark follows, or what adds to it.
fn ends(rest: &str) -> bool {
    let rest = rest.trim_start();
    !rest.starts_with(char::is_alphanumeric)
        || GOES_ON.iter().any(|word| after(rest, word).is_some())
}

/// A question that Yes or No can answer, as the statement that it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    /// Who or what acts: "we", "your data".
    subject: String,
    /// The verb that begins the question: "do", "is".
    verb: String,
    /// What is asked of the subject: "sell your data".
    rest: String,
}

/// Those who act by one word, so that what follows is said of them.
const PRONOUNS: [&str; 8] = ["you", "we", "i", "it", "they", "there", "anyone", "anybody"];

/// Words of a reader who asks.
const READER: [&str; 5] = ["i", "my", "me", "mine", "myself"];

impl Asked {
    /// Reads a clause that begins at a byte of its policy; nothing where it asks how, what or who, or
    /// whether something is not so.
    fn of(clause: &str, start: u32, reading: &Reading) -> Option<Self> {
        let question = Question {
            clause,
            start,
            reading,
        };
        let end = reading.words.len();
        if (0..end).any(|place| question.denies(place)) {
            return None;
        }
        let verb = (0..end).find(|place| !question.is_mark(*place))?;
        if !question.is(verb, Class::MODAL) {
            return None;
        }
        let subject = verb + 1;
        let who = question.word(subject)?;
        let action = if PRONOUNS.contains(&who.as_str()) {
            subject + 1
        } else {
            let named = subject + 1 + usize::from(question.is(subject, Class::DETERMINER));
            let acts = |place: &usize| {
                question.is(*place, Class::PRACTICE) || question.is(*place, Class::MODAL)
            };
            (named..end).find(acts)?
        };
        let by_reader = question.asks_company(verb, action) || question.names_reader();
        Some(Self {
            subject: question.told(subject..action, by_reader, "we"),
            verb: question.word(verb)?,
            rest: question.told(action..end, by_reader, "us"),
        })
    }

    /// What a short answer says to it, as one sentence.
    fn answered(&self, reply: &Reply<'_>) -> String {
        let Self {
            subject,
            verb,
            rest,
        } = self;
        let not = if reply.says == Says::No { " not" } else { "" };
        let adds = if reply.rest.is_empty() { "" } else { ", " };
        format!("{subject} {verb}{not} {rest}{adds}{}.", reply.rest)
    }
}

/// The words of a question.
struct Question<'a> {
    clause: &'a str,
    /// Where it begins in the text of its policy.
    start: u32,
    reading: &'a Reading,
}

impl Question<'_> {
    /// A word in small letters.
    fn word(&self, place: usize) -> Option<String> {
        Some(self.spelled(place)?.to_lowercase())
    }

    /// A word as it stands.
    fn spelled(&self, place: usize) -> Option<&str> {
        let token = self.reading.tokens.get(place)?;
        let from = token.start.checked_sub(self.start)? as usize;
        let to = token.end.checked_sub(self.start)? as usize;
        self.clause.get(from..to)
    }

    fn is(&self, place: usize, class: Class) -> bool {
        let word = self.reading.words.get(place);
        word.is_some_and(|word| word.is(class))
    }

    /// Whether a word denies, other than in the name of a signal ("Do Not Track").
    fn denies(&self, place: usize) -> bool {
        let not = self.is(place, Class::NOT) && !names_signal(&self.reading.words, place);
        not || self.is(place, Class::NO)
    }

    /// Whether a word is no part of the question: a number, the "Q" of "Q: …", "and".
    fn is_mark(&self, place: usize) -> bool {
        let marks = ["q", "question", "so", "but"];
        let mark = |word: String| marks.contains(&word.as_str());
        self.is(place, Class::NUMBER)
            || self.is(place, Class::JOIN)
            || self.word(place).is_some_and(mark)
    }

    /// Whether the reader asks what the company does: "do you sell". "Can you delete" is asked of the
    /// reader.
    fn asks_company(&self, verb: usize, action: usize) -> bool {
        let allowed = self.is(verb, Class::MAY) || self.is(verb, Class::CAN);
        let mut words = action..self.reading.words.len();
        let verb = words.find(|place| !self.is(*place, Class::ADVERB));
        let you = action.checked_sub(1).and_then(|subject| self.word(subject));
        !allowed
            && you.is_some_and(|word| word == "you")
            && verb.is_some_and(|verb| self.is(verb, Class::PRACTICE))
    }

    fn names_reader(&self) -> bool {
        let mut words = (0..self.reading.words.len()).filter_map(|place| self.word(place));
        words.any(|word| READER.contains(&word.as_str()))
    }

    /// Words as the company says them, which was called `you` if a reader asked.
    fn told(&self, words: Range<usize>, by_reader: bool, company: &str) -> String {
        let mut told = String::new();
        for place in words {
            let Some(word) = self.spelled(place) else {
                continue;
            };
            if !told.is_empty() {
                let gap = self.reading.words.get(place).map(|word| word.gap);
                told.push_str(if gap > Some(Gap::Space) { ", " } else { " " });
            }
            told.push_str(match word.to_lowercase().as_str() {
                "i" | "me" | "myself" => "you",
                "my" | "mine" => "your",
                "you" if by_reader => company,
                _ => word,
            });
        }
        told
    }
}
