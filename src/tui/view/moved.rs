//! Where the policies of a library stand once everything was read again.

use crate::library::{Library, PolicyId};
use crate::model::ClauseId;
use rustc_hash::FxHashMap;

/// A library, and the one that took its place.
#[derive(Debug)]
pub struct Moved<'a> {
    before: &'a Library,
    now: &'a Library,
    /// The policies listed now, by their names.
    listed: FxHashMap<&'a str, PolicyId>,
}

impl<'a> Moved<'a> {
    /// From the library before to the one that is there now.
    pub fn new(before: &'a Library, now: &'a Library) -> Self {
        let listed = now.listed().map(|(id, entry)| (entry.name.as_str(), id));
        Self {
            before,
            now,
            listed: listed.collect(),
        }
    }

    /// Which policy has the name that one had before, if any.
    pub fn policy(&self, id: PolicyId) -> Option<PolicyId> {
        let name = self.before.get(id)?.name.as_str();
        let listed = self.listed.get(name).copied();
        listed.or_else(|| self.now.find(name).ok())
    }

    /// The clause that says now what one of a policy said before: the nearest of the same words, if any.
    pub fn clause(&self, of: PolicyId, clause: ClauseId) -> Option<ClauseId> {
        let before = self.before.get(of)?.policy();
        let now = self.now.get(self.policy(of)?)?.policy();
        let words = before.clause_text(clause);
        let ids = (0..now.clauses.len()).map(ClauseId::new);
        ids.filter(|it| now.clause_text(*it) == words)
            .min_by_key(|it| it.index().abs_diff(clause.index()))
    }
}
