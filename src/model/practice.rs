//! What a policy answers to the practice questions: Yes, No, Conditional or Not stated, each with
//! the sentences that say so.

use super::{ClauseId, TextRange, Topic};
use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! answers {
    ($($variant:ident $id:literal $label:literal $doc:literal),+ $(,)?) => {
        /// What a policy answers to a question.
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
        )]
        #[serde(rename_all = "kebab-case")]
        pub enum Answer { $(#[doc = $doc] $variant),+, #[doc = "Nothing in the text answers it. Silence is never No."] #[default] NotStated }

        impl Answer {
            /// Every answer, in the order that screens and reports use.
            pub const ALL: [Answer; 4] = [$(Answer::$variant),+, Answer::NotStated];

            /// The name in files, on the command line and in JSON.
            pub fn id(self) -> &'static str {
                match self { $(Answer::$variant => $id),+, Answer::NotStated => "not-stated" }
            }

            /// The name on screens.
            pub fn label(self) -> &'static str {
                match self { $(Answer::$variant => $label),+, Answer::NotStated => "Not stated" }
            }
        }
    };
}

answers! {
    Yes "yes" "Yes" "It happens or may happen, or the right or fact exists.",
    No "no" "No" "The text denies it.",
    Conditional "conditional" "Conditional" "Only under a stated condition, or with a stated exception.",
}

impl Answer {
    /// The answer with this [`id`](Answer::id).
    pub fn from_id(id: &str) -> Option<Answer> {
        Answer::ALL.into_iter().find(|answer| answer.id() == id)
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.label())
    }
}

/// A question that every policy is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The name in files, on the command line and in JSON, such as `personal-data-sold`.
    pub id: String,
    /// The topic it belongs to.
    pub topic: Topic,
    /// The question as a person asks it.
    pub text: String,
}

/// A clause that answers a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The clause.
    pub clause: ClauseId,
    /// The clause that it goes on from and was read behind: what leads its list in, where the item is
    /// no sentence of its own, or the beginning of a sentence that the layout broke in two.
    pub lead_in: Option<ClauseId>,
    /// What this clause answers by itself; never [`Answer::NotStated`].
    pub answer: Answer,
    /// The words that decided, in [`Policy::text`](super::Policy::text), in order; some may stand
    /// in the lead-in.
    pub words: Vec<TextRange>,
}

/// The answer of one policy to one question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PracticeAnswer {
    /// The answer.
    pub answer: Answer,
    /// Whether sentences disagree: one says Yes, another No, and neither is an exception to the other.
    /// The evidence holds both.
    pub contradicted: bool,
    /// Set when a statement about a wider practice answers this question: the place of the wider
    /// question in the list of questions.
    pub general: Option<usize>,
    /// What it rests on, best first; empty where nothing is stated.
    pub evidence: Vec<Proof>,
}

impl PracticeAnswer {
    /// What is shown as its proof: the best sentence, and where sentences disagree the best of those
    /// that answer otherwise.
    pub fn statements(&self) -> impl Iterator<Item = &Proof> {
        let other = |proof: &&Proof| self.contradicted && proof.answer != self.answer;
        let first = self.evidence.first();
        first
            .into_iter()
            .chain(self.evidence.iter().skip(1).find(other))
    }
}

/// The answers of a policy, one for each question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Parallel to the list of questions.
    pub answers: Vec<PracticeAnswer>,
}

impl Answers {
    /// The answer to the question at a place in the list of questions.
    pub fn of(&self, question: usize) -> &PracticeAnswer {
        static SILENCE: PracticeAnswer = PracticeAnswer {
            answer: Answer::NotStated,
            contradicted: false,
            general: None,
            evidence: Vec::new(),
        };
        self.answers.get(question).unwrap_or(&SILENCE)
    }

    /// The questions, by place, that a clause helps to answer.
    pub fn answered_by(&self, clause: ClauseId) -> impl Iterator<Item = usize> + '_ {
        let rests =
            move |answer: &PracticeAnswer| answer.evidence.iter().any(|p| p.clause == clause);
        (0..self.answers.len()).filter(move |&place| self.answers.get(place).is_some_and(rests))
    }
}
