//! Documents one at a time, for work that goes through more of them than fit into memory.

use super::{Batch, Library, Loader, PolicyId, Request};
use crate::model::{Document, History, Issue, Policy};
use crate::source::{Catalog, Found};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// Walks the archives of a catalog and gives each document its versions; with `removed`, those that
/// are gone join it.
pub(super) fn walk(catalog: &mut Catalog, removed: bool) {
    for archive in std::mem::take(&mut catalog.archives) {
        match archive.histories(&mut |_| true) {
            Ok(mut histories) => {
                for one in &mut catalog.found {
                    archive.attach(one, &histories);
                }
                catalog.issues.append(&mut histories.issues);
                if removed {
                    let there: FxHashSet<String> = catalog
                        .found
                        .iter()
                        .filter_map(|one| archive.key(&one.origin))
                        .collect();
                    let gone = |one: &Found| {
                        archive
                            .key(&one.origin)
                            .is_some_and(|key| !there.contains(&key))
                    };
                    catalog
                        .found
                        .extend(histories.gone.into_iter().filter(gone));
                }
            }
            Err(issue) => catalog.issues.push(issue),
        }
    }
}

impl Loader {
    /// The documents that a request finds, none of them read, and what cannot be used. With
    /// [`Request::histories`], archives are walked and each document has its versions.
    pub fn documents(&self, request: &Request) -> (Vec<Found>, Vec<Issue>) {
        let mut catalog = self.reader.find(request);
        if request.histories || request.find.removed {
            walk(&mut catalog, request.find.removed);
        }
        (catalog.found, catalog.issues)
    }

    /// A document that was found, as a policy.
    ///
    /// # Errors
    /// An [`Issue`] that says why it could not be read.
    pub fn open(&self, found: &Found) -> Result<Policy, Issue> {
        self.reader.read(found)
    }

    /// A document whose bytes are there, as a policy.
    ///
    /// # Errors
    /// An [`Issue`] that says why it is no text.
    pub fn parse(&self, document: Document) -> Result<Policy, Issue> {
        self.reader.parse(document)
    }

    /// A library of one policy, with the versions of its document.
    pub fn library_of(&self, policy: Policy, history: Option<Arc<History>>) -> (Library, PolicyId) {
        let mut library = self.library();
        let origin = policy.provenance.origin.clone();
        library.extend(Batch {
            policies: vec![(policy, None)],
            histories: history
                .map(|history| (origin, history))
                .into_iter()
                .collect(),
            ..Batch::default()
        });
        (library, PolicyId::new(0))
    }
}
