//! The versions of a document: opened when asked for, and what changed at each.

use super::{Entry, Library, PolicyId};
use crate::model::{Facts, Filed, Issue, Version};
use crate::source::Found;

impl Library {
    /// Opens a version of a policy's history, by its place there. The current version is the listed
    /// policy itself; any other gets an id of its own, the same each time.
    ///
    /// # Errors
    /// An [`Issue`] that says why the version could not be read; none is opened then.
    pub fn open_version(&self, of: PolicyId, place: usize) -> Option<Result<PolicyId, Issue>> {
        let entry = self.get(of)?;
        let version = entry.history.as_ref()?.versions.get(place)?;
        if version.origin == entry.facts.provenance.origin {
            return Some(Ok(of));
        }
        let same = |known: &Entry| {
            let provenance = &known.facts.provenance;
            provenance.origin == version.origin && provenance.archived == version.recorded
        };
        if let Some((known, _)) = self.opened.iter().find(|(_, known)| same(known)) {
            return Some(Ok(PolicyId::of_opened(known)));
        }
        Some(self.read_version(entry, version))
    }

    fn read_version(&self, entry: &Entry, version: &Version) -> Result<PolicyId, Issue> {
        let provenance = &entry.facts.provenance;
        let policy = self.reader.read(&Found {
            origin: version.origin.clone(),
            filed: Filed {
                site: Some(provenance.site.clone()),
                terms: provenance.terms.clone(),
                recorded: version.recorded,
            },
            history: None,
        })?;
        let mut opened = Entry::new(policy, None);
        opened.name = version_name(&entry.facts, version);
        opened.history.clone_from(&entry.history);
        Ok(PolicyId::of_opened(self.opened.push(opened)))
    }
}

/// The name that finds a version again: `SITE@DATE`, or the revision where it has no date.
fn version_name(facts: &Facts, version: &Version) -> String {
    let site = &facts.provenance.site;
    let revision = version.origin.revision();
    match (version.recorded, revision) {
        (Some(time), _) => format!("{site}@{}", time.strftime("%Y-%m-%d")),
        (None, Some(revision)) => format!("{site}@{revision}"),
        (None, None) => site.clone(),
    }
}
