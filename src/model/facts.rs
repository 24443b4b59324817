//! What lists tell of a policy without its text.

use super::{PartialDate, Policy, Provenance, VersionDate};

/// What is known of a policy without its text, so that lists need not read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Where it came from.
    pub provenance: Provenance,
    /// Its title, as shown in lists.
    pub title: String,
    /// Its own date of last revision.
    pub revised: Option<PartialDate>,
    /// Number of words.
    pub words: usize,
    /// Number of headings below the title.
    pub sections: usize,
    /// Number of clauses.
    pub clauses: usize,
    /// Number of things that were odd about it.
    pub issues: usize,
}

impl Facts {
    /// The facts of a policy.
    pub fn of(policy: &Policy) -> Self {
        Self {
            provenance: policy.provenance.clone(),
            title: policy.title.clone(),
            revised: policy.revised.as_ref().map(|revision| revision.date),
            words: policy.words(),
            sections: policy.sections.len(),
            clauses: policy.clauses.len(),
            issues: policy.issues.len(),
        }
    }

    /// The date by which this version is known: the archive's, else the policy's own, else the
    /// file's.
    pub fn version(&self) -> Option<VersionDate> {
        VersionDate::of(&self.provenance, self.revised)
    }
}
