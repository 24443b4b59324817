//! Policy → [`Labels`] and [`Answers`]: topics and stance of each clause, and what the policy says
//! to the practice questions, with the words that decided.
//!
//! ```text
//! assets/topics/*.toml ────lexicon─▶ phrases ┐
//! assets/practices/*.toml ─practices─▶ atoms ┤
//! text ─words─▶ vocabulary ──────────reader──┴─▶ readings ─labeller─▶ topics, stance
//!                                                     └───────asker─▶ answers
//! ```
//!
//! A clause is read once, whatever is asked of it; `labeller` and `asker` take its reading. Everything
//! is a lookup and a sum: the same text gets the same labels on every machine, and each label names
//! the words it rests on.

mod collect;
mod dangling;
mod grammar;
mod labeller;
mod lexicon;
mod main_statement;
mod memo;
mod phrase;
mod phrases;
mod pointers;
mod practices;
mod prepared;
mod reader;
mod runs;
mod stance;
mod tables;
mod terms;
#[cfg(test)]
mod tests;
mod topic_file;
mod topics;
mod user_files;
mod vocabulary;
mod weight_file;
mod words;

use crate::model::{
    Answers, ClauseId, ClauseLabels, Issue, IssueKind, Labels, Pair, Policy, Question, Side,
};
use labeller::Labeller;
use lexicon::Lexicon;
use memo::Memo;
use practices::{Asker, Contradiction, Practices};
use reader::{Reader, Wanted};
use std::path::Path;
use std::sync::OnceLock;
use vocabulary::Shelf;

/// Classifies clauses. Build one and keep it; it can be shared between threads.
#[derive(Clone, Debug)]
pub struct Classifier {
    /// Set up when first needed: listing policies does not.
    lexicon: OnceLock<Lexicon>,
    practices: OnceLock<Practices>,
    /// What was looked up in these two for earlier policies.
    shelf: Shelf,
}

impl Default for Classifier {
    fn default() -> Self {
        Self::builtin()
    }
}

impl Classifier {
    /// The classifier with the embedded topics.
    pub fn builtin() -> Self {
        Self {
            lexicon: OnceLock::new(),
            practices: OnceLock::new(),
            shelf: Shelf::default(),
        }
    }

    fn lexicon(&self) -> &Lexicon {
        self.lexicon.get_or_init(Lexicon::builtin)
    }

    /// The embedded topics with the files of `dir` (`cookies.toml`, `security.toml`, …) merged over
    /// them by topic and phrase, and what was wrong with those files. Whatever is wrong, the
    /// embedded topics are in use.
    pub fn with_user(dir: &Path) -> (Self, Vec<Issue>) {
        let (lexicon, issues) = Lexicon::with_user(dir);
        let classifier = Self {
            lexicon: OnceLock::from(lexicon),
            ..Self::builtin()
        };
        (classifier, issues)
    }

    /// Merges the practice files of `dir` over the embedded ones; what was wrong with them.
    /// Whatever is wrong, the embedded questions are in use.
    pub fn read_practices(&mut self, dir: &Path) -> Vec<Issue> {
        let (practices, issues) = Practices::with_user(dir);
        self.practices = OnceLock::from(practices);
        self.shelf = Shelf::default();
        issues
    }

    fn practices(&self) -> &Practices {
        self.practices.get_or_init(Practices::builtin)
    }

    /// The practice questions, topic by topic, in the order of [`Answers`].
    pub fn questions(&self) -> &[Question] {
        self.practices().questions()
    }

    /// What does not hold together in the text of a policy: statements that contradict each other,
    /// and announced lists that are missing. Each issue quotes the sentences it speaks of.
    pub fn findings(&self, policy: &Policy) -> Vec<Issue> {
        let path = policy.provenance.origin.path();
        let issue = |kind, message: String, clauses: &[ClauseId]| {
            let mut issue = Issue::new(path.clone(), kind, message);
            let first = clauses
                .first()
                .and_then(|id| policy.clauses.get(id.index()));
            issue.line = first.map(|clause| policy.line_of(clause.span.start));
            let quote = |id: &ClauseId| policy.clause_text(*id).to_owned();
            issue.quotes = clauses.iter().map(quote).collect();
            issue
        };
        let contradictions = self.contradictions(policy).into_iter().map(|found| {
            let message = format!(
                "two statements about {} do not go together; the innocent reading: {}",
                found.about, found.innocent
            );
            issue(
                IssueKind::Contradiction,
                message,
                &[found.denied, found.asserted],
            )
        });
        let dangling = dangling::references(policy).into_iter().map(|clause| {
            let message = "a list is announced here, and none follows".to_owned();
            issue(IssueKind::DanglingReference, message, &[clause])
        });
        contradictions.chain(dangling).collect()
    }

    /// The statements of a policy that do not go together.
    fn contradictions(&self, policy: &Policy) -> Vec<Contradiction> {
        let practices = self.practices();
        let mut reader = self.reader(false, Some(practices));
        let mut asker = Asker::of_conflicts(policy, practices, &mut reader);
        for block in &policy.blocks {
            asker.block(block, &mut reader);
        }
        asker.contradictions()
    }

    /// Labels every clause of a policy. Evidence ranges count in [`Policy::text`].
    pub fn classify(&self, policy: &Policy) -> Labels {
        let mut reader = self.reader(true, None);
        let mut labeller = Labeller::new(policy, self.lexicon(), None, &mut reader);
        for block in &policy.blocks {
            labeller.block(block, &mut reader);
        }
        labeller.finish()
    }

    /// Labels two policies at the same time. What stands in both is read once: one is read from its
    /// start, the other from its end, until they meet.
    pub fn classify_both(&self, pair: Pair<&Policy>) -> Pair<Labels> {
        let memo = Memo::default();
        Pair::SIDES.map_at_once(|side| {
            let (policy, mut reader) = (pair[side], self.reader(true, None));
            let mut labeller = Labeller::new(policy, self.lexicon(), Some(&memo), &mut reader);
            let mut take = |block| labeller.block(block, &mut reader);
            match side {
                Side::Left => policy.blocks.iter().for_each(&mut take),
                Side::Right => policy.blocks.iter().rev().for_each(&mut take),
            }
            labeller.finish()
        })
    }

    /// Labels one piece of text read alone; evidence ranges count in `text`.
    pub fn classify_segment(&self, text: &str) -> ClauseLabels {
        labeller::segment(&self.reader(true, None).sentences(text), self.lexicon())
    }

    /// What a policy answers to every practice question.
    pub fn answer(&self, policy: &Policy) -> Answers {
        let practices = self.practices();
        let mut reader = self.reader(false, Some(practices));
        let mut asker = Asker::new(policy, practices, &mut reader);
        for block in &policy.blocks {
            asker.block(block, &mut reader);
        }
        asker.answers()
    }

    /// Labels and answers of a policy, as [`Classifier::classify`] and [`Classifier::answer`] give
    /// them, from one reading of its text.
    pub fn classify_and_answer(&self, policy: &Policy) -> (Labels, Answers) {
        let practices = self.practices();
        let mut reader = self.reader(true, Some(practices));
        let mut labeller = Labeller::new(policy, self.lexicon(), None, &mut reader);
        let mut asker = Asker::new(policy, practices, &mut reader);
        for block in &policy.blocks {
            labeller.block(block, &mut reader);
            // Takes the clauses over, so it comes last.
            asker.block(block, &mut reader);
        }
        (labeller.finish(), asker.answers())
    }

    /// A reader that finds the phrases of topics, the words of questions, or both.
    fn reader<'a>(&'a self, labels: bool, practices: Option<&'a Practices>) -> Reader<'a> {
        let wanted = Wanted {
            topics: &self.lexicon().phrases,
            labels,
            atoms: practices.map(Practices::words),
        };
        Reader::new(wanted, &self.shelf)
    }
}
