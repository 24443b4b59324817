//! Policy → [`Answers`]: each practice question with the sentences that answer it.
//!
//! ```text
//! assets/practices/*.toml ─files─▶ questions, patterns ┐
//! sentence (with its lead-in) ─words─▶ scan ───────────┴─matcher─▶ hits ─polarity─▶ findings ─verdict─▶ answers
//! ```
//!
//! The questions, the word classes and every phrasing are data; nothing here knows one of them.

mod ask;
mod builder;
mod conflict;
mod files;
mod known;
mod matcher;
mod pattern;
mod polarity;
#[cfg(test)]
mod tests;
mod values;
mod verdict;

use super::phrases::Phrases;
use crate::model::{Answers, Policy, Question};
use ask::Asker;
use conflict::Conflict;
pub(super) use conflict::Contradiction;
use pattern::Pattern;
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
    /// The wider question whose flat No answers this one.
    wider: Option<usize>,
}

/// Every question and what answers it, ready to be asked.
#[derive(Clone, Debug)]
pub(super) struct Practices {
    /// Finds the words of atoms; its ids are atoms.
    phrases: Phrases,
    /// The number of atoms.
    atoms: usize,
    questions: Vec<Question>,
    /// Parallel to `questions`.
    sides: Vec<Sides>,
    rules: Vec<Rule>,
    conflicts: Vec<Conflict>,
    /// By atom: the rules that are worth trying where it occurs.
    by_atom: Vec<Vec<u32>>,
}

impl Practices {
    /// The questions, in the order of answers.
    pub(super) fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// Asks a policy every question.
    pub(super) fn answer(&self, policy: &Policy) -> Answers {
        let findings = Asker::new(self).policy(policy);
        verdict::answers(&self.sides, findings)
    }

    /// The statements of a policy that do not go together.
    pub(super) fn conflicts(&self, policy: &Policy) -> Vec<Contradiction> {
        let claims = Asker::new(self).claims(policy);
        conflict::contradictions(&self.conflicts, &claims)
    }

    /// Asks a piece of text read alone, sentence by sentence; what its sentences answer together.
    fn answer_text(&self, text: &str) -> Answers {
        let findings = Asker::new(self).text(text);
        verdict::answers(&self.sides, findings)
    }
}
