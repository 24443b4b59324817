//! Where the policies of a library stand once everything was read again.

use crate::library::{Entry, Library, PolicyId};
use crate::model::{ClauseId, Origin};
use rustc_hash::{FxHashMap, FxHashSet};

/// Of policies that are gone so many are named.
const NAMED: usize = 3;

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

    /// Which of the policies that were listed are no longer there, as a sentence; none if all are.
    pub fn gone(&self) -> Option<String> {
        let now = self.now.listed().map(|(_, entry)| origin(entry));
        let now: FxHashSet<&Origin> = now.collect();
        // Another name may be the old one, told apart from one that came; another file a newer version.
        let is_gone = |entry: &&'a Entry| {
            !self.listed.contains_key(entry.name.as_str()) && !now.contains(origin(entry))
        };
        let before = self.before.listed().map(|(_, entry)| entry);
        let mut gone = before.filter(is_gone).map(|entry| entry.name.as_str());
        let first: Vec<&str> = gone.by_ref().take(NAMED).collect();
        let more = gone.count();
        Some(match (first.as_slice(), more) {
            ([], _) => return None,
            ([one], 0) => format!("{one} is gone"),
            (some, 0) => format!("{} are gone", some.join(", ")),
            (some, more) => format!("{} and {more} more are gone", some.join(", ")),
        })
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

/// Where a policy was read.
fn origin(entry: &Entry) -> &Origin {
    &entry.facts.provenance.origin
}
