//! Comparing two policies of the library, with all that takes.

use super::{Library, PolicyId};
use crate::compare::{self, Asked, By, Comparison, Draft, Input};
use crate::model::{Pair, Policy};

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
        let (labels, draft) = self.labels_beside(ids, draft);
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
