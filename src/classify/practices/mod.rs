//! Policy → [`Answers`]: each practice question with the sentences that answer it.
//!
//! ```text
//! assets/practices/*.toml ─compile─▶ layout ┐
//! reading (behind its lead-in) ─▶ sentence ─┴─matcher─▶ hits ─polarity─▶ findings ─verdict─▶ answers
//! ```
//!
//! The questions, the word classes and every phrasing are data; nothing here knows one of them. The
//! build script compiles the embedded files (`compile`, `builder`, `pattern`, `trials`).

mod around;
mod ask;
mod before;
mod builder;
mod compile;
mod conflict;
mod coordination;
mod exceptions;
mod files;
mod finding;
mod layout;
mod matcher;
mod occurrences;
mod pattern;
mod polarity;
mod prepared;
mod present;
mod reply;
mod sentence;
mod speaker;
#[cfg(test)]
mod tests;
mod tools;
mod trials;
mod values;
mod verdict;

use super::phrases::Phrases;
use super::reader::{Reader, Wanted};
use super::shelf::Shelf;
use super::{phrase, tables, words};
use crate::model::{Answers, Question, Topic};
pub(super) use ask::Asker;
pub(super) use conflict::Contradiction;
use layout::{Asked, Compiled, Layout};
use tables::Tables;
use tools::Toolbox;

/// Every question and what answers it, ready to be asked.
#[derive(Clone, Debug)]
pub(super) struct Practices {
    /// Finds the words of atoms; its ids are atoms.
    phrases: Phrases,
    questions: Vec<Question>,
    /// What was compiled with a user's files; none where there are no such files.
    own: Option<Compiled>,
    /// What questions were asked with before.
    tools: Toolbox,
}

impl Practices {
    /// The embedded questions.
    pub(super) fn builtin() -> Self {
        Self::new(prepared::words(), None)
    }

    fn new(words: Tables, own: Option<Compiled>) -> Self {
        let mut practices = Self {
            phrases: Phrases::new(words),
            questions: Vec::new(),
            own,
            tools: Toolbox::default(),
        };
        let layout = practices.layout();
        let question = |asked: &Asked| Question {
            id: layout.text(asked.id).to_owned(),
            topic: asked.topic,
            text: layout.text(asked.text).to_owned(),
        };
        practices.questions = layout.asked.iter().map(question).collect();
        practices
    }

    fn layout(&self) -> Layout<'_> {
        self.own.as_ref().map_or(prepared::LAYOUT, Compiled::layout)
    }

    /// The questions, in the order of answers.
    pub(super) fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// What finds the words that patterns are made of, and the number that stands for any number.
    pub(super) fn words(&self) -> (&Phrases, u32) {
        (&self.phrases, u32::from(layout::NUMBER))
    }

    /// Asks a piece of text read alone, sentence by sentence; what its sentences answer together.
    fn answer_text(&self, text: &str) -> Answers {
        let (grammar, shelf) = (Phrases::new(super::prepared::tables()), Shelf::default());
        let wanted = Wanted {
            topics: &grammar,
            labels: false,
            atoms: Some(self.words()),
        };
        let readings = Reader::new(wanted, &shelf).sentences(text);
        ask::sentences(&readings, &self.layout())
    }
}
