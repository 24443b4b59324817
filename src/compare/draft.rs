//! What a comparison finds before the labels are there.

use super::{
    By, Comparison, Input, Row, Summary, are_versions, choose, compare_versions, is_flipped, text,
    topics,
};
use crate::model::{Labels, Pair, Policy};

/// A comparison by text or by topic as far as it goes without labels, which can be read meanwhile.
pub struct Draft<'a> {
    policies: Pair<&'a Policy>,
    found: Found<'a>,
}

/// What was found without labels.
enum Found<'a> {
    Text(Vec<Row>, Summary),
    Topic {
        said: Box<topics::Said<'a>>,
        /// Whether both are versions of one text.
        versions: bool,
    },
}

impl<'a> Draft<'a> {
    /// Goes by [what fits](choose).
    pub fn fitting(policies: Pair<&'a Policy>) -> Self {
        match choose(policies) {
            By::Text => Self::by_text(policies),
            _ => Self::topics(policies, false),
        }
    }

    /// Goes by text.
    pub fn by_text(policies: Pair<&'a Policy>) -> Self {
        let (rows, summary) = compare_versions(policies);
        let found = Found::Text(rows, summary);
        Self { policies, found }
    }

    /// Goes by topic.
    pub fn by_topic(policies: Pair<&'a Policy>) -> Self {
        Self::topics(policies, are_versions(policies))
    }

    fn topics(policies: Pair<&'a Policy>, versions: bool) -> Self {
        let said = Box::new(topics::Said::by(policies));
        let found = Found::Topic { said, versions };
        Self { policies, found }
    }

    /// The comparison, given the labels of both sides.
    pub fn finish(self, labels: Pair<&Labels>) -> Comparison {
        let policies = self.policies;
        let pair = Pair::SIDES.map(|side| Input {
            policy: policies[side],
            labels: labels[side],
        });
        match self.found {
            Found::Text(rows, summary) => text::label(pair, rows, summary),
            Found::Topic { said, versions } => {
                topics::compare(pair, &said, is_flipped(policies), versions)
            }
        }
    }
}
