//! Comparing two policies of the library, with all that takes.

use super::{Library, PolicyId};
use crate::compare::{self, Asked, By, Comparison, Input};
use crate::model::Pair;

impl Library {
    /// Compares two policies by what is given, else by what fits them; none when the library does not
    /// hold both. Labels and answers that it needs are computed first.
    pub fn compare(&self, ids: Pair<PolicyId>, by: Option<By>) -> Option<Comparison> {
        let policies = Pair::new(self.get(ids.left)?.policy(), self.get(ids.right)?.policy());
        let labels = self.labels_of_both(ids);
        let pair = Pair::new(
            Input {
                policy: policies.left,
                labels: &labels.left,
            },
            Input {
                policy: policies.right,
                labels: &labels.right,
            },
        );
        Some(match by {
            None => compare::compare_fitting(pair),
            Some(By::Practice) => {
                let answers = self.answers_of_both(ids);
                let asked = Asked {
                    questions: self.questions(),
                    answers: answers.as_ref().map(AsRef::as_ref),
                };
                compare::compare_practices(pair, asked)
            }
            Some(by) => compare::compare(pair, by),
        })
    }
}
