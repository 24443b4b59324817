//! The facade over the pipeline: policies that were found, with their labels, and what went wrong.

use crate::classify::Classifier;
use crate::model::{Issue, Labels, Policy};
use std::sync::{Arc, OnceLock};

/// The number of a policy in its library, in the order it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PolicyId(pub u32);

impl PolicyId {
    /// The place in [`Library::entries`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A policy in the library.
#[derive(Debug)]
pub struct Entry {
    /// The name that finds this policy and no other: its site, with a date where that is needed.
    pub name: String,
    /// The policy.
    pub policy: Arc<Policy>,
    labels: OnceLock<Arc<Labels>>,
}

/// Policies and what went wrong while they were read.
#[derive(Debug, Default)]
pub struct Library {
    entries: Vec<Entry>,
    issues: Vec<Issue>,
    classifier: Arc<Classifier>,
}

impl Library {
    /// Every policy, in the order it was found.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The ids of every policy.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = PolicyId> + use<> {
        (0..u32::try_from(self.entries.len()).unwrap_or(u32::MAX)).map(PolicyId)
    }

    /// One policy. Ids come from this library, so there is one; an id from elsewhere gives none.
    pub fn get(&self, id: PolicyId) -> Option<&Entry> {
        self.entries.get(id.index())
    }

    /// The labels of a policy, computed when first asked for.
    pub fn labels(&self, id: PolicyId) -> Arc<Labels> {
        self.get(id).map_or_else(Default::default, |entry| {
            Arc::clone(
                entry
                    .labels
                    .get_or_init(|| Arc::new(self.classifier.classify(&entry.policy))),
            )
        })
    }

    /// What went wrong or looks odd, over all files.
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }
}
