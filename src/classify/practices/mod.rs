//! Policy → [`Answers`]: each practice question with the sentences that answer it.
//!
//! ```text
//! assets/practices/*.toml ─files─▶ questions, patterns ┐
//! reading (behind its lead-in) ─▶ scan ────────────────┴─matcher─▶ hits ─polarity─▶ findings ─verdict─▶ answers
//! ```
//!
//! The questions, the word classes and every phrasing are data; nothing here knows one of them.

mod ask;
mod before;
mod builder;
mod conflict;
mod files;
mod matcher;
mod occurrences;
mod pattern;
mod polarity;
#[cfg(test)]
mod tests;
mod trials;
mod values;
mod verdict;

use super::phrases::Phrases;
use super::prepared;
use super::reader::{Reader, Wanted};
use super::vocabulary::Shelf;
use crate::model::{Answers, Question};
pub(super) use ask::Asker;
use conflict::Conflict;
pub(super) use conflict::Contradiction;
use pattern::{Atom, Pattern};
use verdict::{Force, Rank};

/// How a pattern answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    /// By how its action is put.
    Action,
    /// Always so.
    Fixed(Force),
}

/// One pattern of a question.
#[derive(Clone, Debug)]
struct Rule {
    question: usize,
    says: Says,
    rank: Rank,
    pattern: Pattern,
}

/// What a question holds besides its rules.
#[derive(Clone, Debug, Default)]
struct Sides {
    /// Make of a Yes a Conditional.
    limits: Vec<Pattern>,
    /// A sentence with one of these does not answer at all.
    beside: Vec<Pattern>,
    /// … does not answer Yes.
    beside_yes: Vec<Pattern>,
    /// … does not answer No.
    beside_no: Vec<Pattern>,
    /// Make of a No the denial of a part.
    part: Vec<Pattern>,
    /// The wider question whose flat No answers this one.
    wider: Option<usize>,
}

/// Every question and what answers it, ready to be asked.
#[derive(Clone, Debug)]
pub(super) struct Practices {
    /// Finds the words of atoms; its ids are atoms.
    phrases: Phrases,
    questions: Vec<Question>,
    /// Parallel to `questions`.
    sides: Vec<Sides>,
    rules: Vec<Rule>,
    conflicts: Vec<Conflict>,
    /// By atom: the rules that are worth trying where it occurs.
    by_atom: Vec<Vec<Trial>>,
    /// The atoms of elements that stand in trials, without the first of each.
    needed: Vec<Atom>,
}

/// A rule, and what tells in most sentences that it would be tried in vain. Small, as every sentence
/// goes through many.
#[derive(Clone, Copy, Debug)]
struct Trial {
    /// The place of the rule.
    rule: u32,
    /// The last element of its sequence: one of these must occur in the sentence itself.
    last: Needed,
    /// Another element, of which one must occur.
    other: Needed,
}

/// Atoms of which one must occur.
#[derive(Clone, Copy, Debug)]
struct Needed {
    /// Most elements have no other.
    first: Atom,
    /// The others: a range of [`Practices::needed`].
    others: (u16, u16),
}

impl Practices {
    /// The questions, in the order of answers.
    pub(super) fn questions(&self) -> &[Question] {
        &self.questions
    }

    fn others(&self, needed: Needed) -> &[Atom] {
        let (from, to) = needed.others;
        let range = usize::from(from)..usize::from(to);
        self.needed.get(range).unwrap_or(&[])
    }

    /// What finds the words that patterns are made of, and the number that stands for any number.
    pub(super) fn words(&self) -> (&Phrases, u32) {
        (&self.phrases, u32::from(pattern::NUMBER))
    }

    /// Asks a piece of text read alone, sentence by sentence; what its sentences answer together.
    fn answer_text(&self, text: &str) -> Answers {
        let (grammar, shelf) = (Phrases::new(prepared::tables()), Shelf::default());
        let wanted = Wanted {
            topics: &grammar,
            labels: false,
            atoms: Some(self.words()),
        };
        let readings = Reader::new(wanted, &shelf).sentences(text);
        ask::sentences(readings, self).answers(&self.sides)
    }
}
