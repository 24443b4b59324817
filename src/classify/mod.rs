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
mod context;
mod dangling;
mod findings;
mod giving_way;
mod grammar;
mod heading_lead;
mod labeller;
mod lead;
mod learned;
mod lexicon;
mod limits;
mod listed;
mod main_statement;
mod memo;
mod nothing;
mod phrase;
mod phrases;
mod pointers;
mod practices;
mod prepared;
mod reader;
mod runs;
mod shelf;
mod stamps;
mod stance;
#[cfg(test)]
mod stance_tests;
mod subject;
mod sums;
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

use crate::model::{Answers, ClauseLabels, Issue, Labels, Policy, Question, Side};
use labeller::Labeller;
use lexicon::Lexicon;
pub use memo::LabelMemo;
use practices::{Asker, Practices};
use reader::{Reader, Wanted};
use shelf::Shelf;
use std::path::Path;
use std::sync::OnceLock;

/// The parts of what can be told of a policy that are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Topics and stance of its clauses.
    pub labels: bool,
    /// The words that each of these topics rests on; without them labels cost less.
    pub evidence: bool,
    /// What it answers to the practice questions.
    pub answers: bool,
    /// What does not hold together in it.
    pub findings: bool,
}

/// What is told of a policy; empty what was not wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// As [`Classifier::classify`] gives them.
    pub labels: Labels,
    /// As [`Classifier::answer`] gives them.
    pub answers: Answers,
    /// As [`Classifier::findings`] gives them.
    pub findings: Vec<Issue>,
}

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
        let findings = true;
        let parts = Parts {
            findings,
            ..Parts::default()
        };
        self.tell(policy, parts).findings
    }

    /// Labels every clause of a policy. Evidence ranges count in [`Policy::text`].
    pub fn classify(&self, policy: &Policy) -> Labels {
        let parts = Parts {
            labels: true,
            evidence: true,
            ..Parts::default()
        };
        self.tell(policy, parts).labels
    }

    /// Labels one policy of many: the labels that [`classify`](Self::classify) gives; what other
    /// policies hold too, under the same headings, is looked up. With a [bare](LabelMemo::bare)
    /// memory, labels come without the words they rest on.
    pub fn classify_with(&self, policy: &Policy, memo: &LabelMemo) -> Labels {
        let mut reader = self.reader(true, None);
        let evidence = !memo.is_bare();
        let mut labeller = Labeller::new(policy, self.lexicon(), Some(memo), evidence, &self.shelf);
        labeller.sections(memo, &mut reader);
        for block in &policy.blocks {
            labeller.block(block, &mut reader);
        }
        labeller.finish()
    }

    /// Labels one of two policies, given the memory with which the other is labelled at the same time.
    /// What stands in both is read once: the left is read from its start, the right from its end, until
    /// they meet. With a [bare](LabelMemo::bare) memory, labels come without the words they rest on.
    pub fn classify_side(&self, policy: &Policy, side: Side, memo: &LabelMemo) -> Labels {
        let mut reader = self.reader(true, None);
        let evidence = !memo.is_bare();
        let mut labeller = Labeller::new(policy, self.lexicon(), Some(memo), evidence, &self.shelf);
        reader.headings(policy, &policy.sections, |heading| {
            labeller.section(heading);
        });
        let mut take = |block| labeller.block(block, &mut reader);
        match side {
            Side::Left => policy.blocks.iter().for_each(&mut take),
            Side::Right => policy.blocks.iter().rev().for_each(&mut take),
        }
        labeller.finish()
    }

    /// Labels one piece of text read alone; evidence ranges count in `text`.
    pub fn classify_segment(&self, text: &str) -> ClauseLabels {
        let sentences = self.reader(true, None).sentences(text);
        labeller::segment(&sentences, self.lexicon(), &self.shelf)
    }

    /// What a policy answers to every practice question.
    pub fn answer(&self, policy: &Policy) -> Answers {
        let answers = true;
        let parts = Parts {
            answers,
            ..Parts::default()
        };
        self.tell(policy, parts).answers
    }

    /// All that is wanted of a policy, from one reading of its text.
    pub fn tell(&self, policy: &Policy, parts: Parts) -> Told {
        let asks = parts.answers || parts.findings;
        let practices = asks.then(|| self.practices());
        let mut reader = self.reader(parts.labels, practices);
        let mut labeller = parts
            .labels
            .then(|| Labeller::new(policy, self.lexicon(), None, parts.evidence, &self.shelf));
        let mut asker = practices
            .map(|practices| Asker::new(policy, practices, (parts.answers, parts.findings)));
        for (sections, blocks) in reader::batches(policy) {
            reader.ahead(policy, blocks);
            reader.headings(policy, sections, |heading| {
                labeller.iter_mut().for_each(|to| to.section(heading));
                asker.iter_mut().for_each(|to| to.section(heading));
            });
            if let Some(labeller) = &mut labeller {
                blocks
                    .iter()
                    .for_each(|block| labeller.block(block, &mut reader));
            }
            if let Some(asker) = &mut asker {
                blocks
                    .iter()
                    .for_each(|block| asker.block(block, &mut reader));
            }
        }
        let (answers, contradictions) = asker.map(Asker::finish).unwrap_or_default();
        let findings = parts
            .findings
            .then(|| findings::all(policy, contradictions));
        Told {
            labels: labeller.map(Labeller::finish).unwrap_or_default(),
            answers,
            findings: findings.unwrap_or_default(),
        }
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
