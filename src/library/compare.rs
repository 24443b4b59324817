//! Comparing two policies of the library, with all that takes.

use super::{Library, PolicyId};
use crate::compare::{self, Asked, By, Comparison, Draft, Input};
use crate::model::{Pair, Policy, at_once};

/// To label two policies and to find what changed takes about so many times as long as to read them.
const TIMES_READING: usize = 4;

impl Library {
    /// Compares two policies by what is given, else by what fits them; none when the library does not
    /// hold both. Labels and answers that it needs are computed first.
    pub fn compare(&self, ids: Pair<PolicyId>, by: Option<By>) -> Option<Comparison> {
        let policies = Pair::new(
            &**self.get(ids.left)?.policy(),
            &**self.get(ids.right)?.policy(),
        );
        if by == Some(By::Practice) {
            return Some(self.compare_practices(ids, policies));
        }
        let draft = || match by {
            None => Draft::fitting(policies),
            Some(By::Topic) => Draft::by_topic(policies),
            Some(By::Text | By::Practice) => Draft::by_text(policies),
        };
        let bytes = policies.left.text.len() + policies.right.text.len();
        let (labels, draft) = at_once(TIMES_READING * bytes, || self.labels_of_both(ids), draft);
        Some(draft.finish(labels.as_ref().map(AsRef::as_ref)))
    }

    fn compare_practices(&self, ids: Pair<PolicyId>, policies: Pair<&Policy>) -> Comparison {
        let labels = self.labels_of_both(ids);
        let answers = self.answers_of_both(ids);
        let asked = Asked {
            questions: self.questions(),
            answers: answers.as_ref().map(AsRef::as_ref),
        };
        let pair = Pair::SIDES.map(|side| Input {
            policy: policies[side],
            labels: &labels[side],
        });
        compare::compare_practices(pair, asked)
    }
}
