//! Documents one at a time, for work that goes through more of them than fit into memory.

use super::{Batch, Library, Loader, PolicyId, Request};
use crate::model::{Document, History, Issue, Policy};
use crate::source::{Catalog, Found};
use std::sync::Arc;

impl Loader {
    /// The documents that a request finds, none of them read, and what cannot be used. With
    /// [`Request::histories`], archives are walked and each document has its versions.
    pub fn documents(&self, request: &Request) -> (Vec<Found>, Vec<Issue>) {
        let Catalog {
            mut found,
            archives,
            mut issues,
        } = self.reader.find(request);
        for archive in archives.iter().filter(|_| request.histories) {
            match archive.histories(&mut |_| true) {
                Ok(histories) => {
                    for one in &mut found {
                        archive.attach(one, &histories);
                    }
                    issues.extend(histories.issues);
                }
                Err(issue) => issues.push(issue),
            }
        }
        (found, issues)
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
