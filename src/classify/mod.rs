//! Policy → [`Labels`]: topics and stance of each clause, with the words that decided.

use crate::model::{ClauseLabels, Labels, Policy};

/// Classifies clauses. Build one and keep it.
#[derive(Debug, Default)]
pub struct Classifier {}

impl Classifier {
    /// The classifier with the embedded topics.
    pub fn builtin() -> Self {
        Self {}
    }

    /// With the user's.
    pub fn with_user(_dir: &std::path::Path) -> (Self, Vec<crate::model::Issue>) {
        (Self {}, Vec::new())
    }

    /// Labels every clause of a policy.
    pub fn classify(&self, policy: &Policy) -> Labels {
        Labels {
            clauses: policy
                .clauses
                .iter()
                .map(|_| ClauseLabels::default())
                .collect(),
        }
    }

    /// Labels one piece of text read alone; evidence ranges count in `text`.
    pub fn classify_segment(&self, _text: &str) -> ClauseLabels {
        ClauseLabels::default()
    }
}
