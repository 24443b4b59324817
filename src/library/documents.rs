//! Documents one at a time, for work that goes through more of them than fit into memory.

use super::{Batch, Library, Loader, PolicyId, Request};
use crate::model::{Document, History, Issue, Policy};
use crate::source::{Catalog, Found};
use jiff::Timestamp;
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

/// What became of a site that an archive calls otherwise now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Successor {
    /// What it is called now.
    pub site: String,
    /// Since when, as far as that is known.
    pub since: Option<Timestamp>,
}

impl Loader {
    /// What a site is called now that the archives of a request have renamed, as often as they did.
    pub fn successor(&self, request: &Request, site: &str) -> Option<Successor> {
        let archives = self.reader.find(request).archives;
        let mut histories = archives
            .iter()
            .filter_map(|archive| archive.histories(&mut |_| true).ok());
        histories.find_map(|histories| {
            let mut found: Option<Successor> = None;
            for renamed in histories.renamed {
                let known = found.as_ref().map_or(site, |found| &found.site);
                let (Some(from), Some(to)) = (renamed.from.site, renamed.to.site) else {
                    continue;
                };
                if from.eq_ignore_ascii_case(known) && to != from {
                    found = Some(Successor {
                        site: to,
                        since: renamed.recorded,
                    });
                }
            }
            found
        })
    }

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

    /// A document whose bytes are there, as a policy, and the [language](crate::compare::language) of
    /// its text.
    ///
    /// # Errors
    /// An [`Issue`] that says why it is no text.
    pub fn parse(&self, document: Document) -> Result<(Policy, Option<&'static str>), Issue> {
        self.reader.parse_spoken(document)
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
