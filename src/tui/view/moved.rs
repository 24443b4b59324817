//! Where the policies of a library stand once everything was read again.

use crate::library::{Library, PolicyId};
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
}
