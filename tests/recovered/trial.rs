//! A document, edited and compared.

use crate::archive::parse;
use crate::author::{self, Written};
use crate::certain::{self, LeftOut};
use crate::documents::Document;
use crate::score::Done;
use policy_tui::compare::{By, Comparison, Input, compare};
use policy_tui::model::{ClauseLabels, Labels, Pair, Policy};

/// What was done to a clause, in words for the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fact {
    /// The class it must come out as.
    pub(crate) done: Done,
    /// How it was done.
    pub(crate) how: &'static str,
}

/// What is known of a clause, and its other end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    /// What was done to it.
    pub(crate) fact: Fact,
    /// The clause on the other side.
    pub(crate) partner: Option<usize>,
}

/// An edited document, compared with what it was.
pub(crate) struct Trial {
    /// The seed that it came from.
    pub(crate) seed: u64,
    /// The text as it became.
    pub(crate) right: Policy,
    /// What the program makes of the two.
    pub(crate) comparison: Comparison,
    /// What is known of each clause of both sides; nothing where it is left out.
    pub(crate) known: Pair<Vec<Option<Known>>>,
    /// How many are left out, and why.
    pub(crate) left_out: LeftOut,
}

/// Edits a document and compares. Nothing when nobody can lend it words.
pub(crate) fn trial(document: &Document, all: &[Document], seed: u64) -> Option<Trial> {
    let written: Written = author::write(document, all, seed)?;
    let right = parse("policy.md", &written.text)?;
    let labels = |policy: &Policy| Labels {
        clauses: vec![ClauseLabels::default(); policy.clauses.len()],
    };
    let (left_labels, right_labels) = (labels(&document.policy), labels(&right));
    let pair = Pair::new(
        Input {
            policy: &document.policy,
            labels: &left_labels,
        },
        Input {
            policy: &right,
            labels: &right_labels,
        },
    );
    let comparison = compare(pair, By::Text);
    let (known, left_out) = certain::known(Pair::new(&document.policy, &right), &written);
    Some(Trial {
        seed,
        right,
        comparison,
        known,
        left_out,
    })
}
