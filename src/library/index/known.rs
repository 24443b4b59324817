//! What an index knows of the documents that were found.

use super::beside::Beside;
use super::keep::{Subject, tips, versions_found};
use super::listed::{self, Listed};
use super::plan::glance;
use super::roots::Roots;
use super::{Bound, Index, Trouble};
use crate::library::doubtful::Verdict;
use crate::library::{Loader, Request};
use crate::model::{Facts, History, Issue, Origin, TopicCounts};
use crate::source::Catalog;
use rusqlite::Connection;
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex};

/// What the index knows of a document.
#[derive(Clone, Debug)]
pub(in crate::library) struct Remembered {
    pub(in crate::library) facts: Facts,
    pub(in crate::library) topics: TopicCounts,
    /// What was odd about it.
    pub(in crate::library) issues: Vec<Issue>,
    /// What was found out when it looked broken.
    pub(in crate::library) verdict: Option<Box<Verdict>>,
}

/// What the index knows of the documents of a catalog.
#[derive(Debug, Default)]
pub(in crate::library) struct Known {
    /// For each document found what is known of it, when it is as it was.
    pub(in crate::library) documents: Vec<Option<Remembered>>,
    /// The versions of documents in archives, when the archives are as they were.
    pub(in crate::library) histories: Vec<(Origin, Arc<History>)>,
    /// The index itself, when it knows all documents and nothing else.
    pub(in crate::library) index: Option<Arc<Index>>,
}

/// The rows that tell of documents, read while others look what there is.
pub(in crate::library) struct Rows {
    connection: Connection,
    roots: Roots,
    listed: Vec<Listed>,
    beside: Beside,
    /// For each archive its newest commit when the index was made.
    archives: FxHashMap<String, String>,
    /// The versions of documents; nothing where nobody asked.
    histories: FxHashMap<u32, Arc<History>>,
}

impl Rows {
    fn read(connection: Connection, roots: Roots, histories: bool) -> Result<Self, Trouble> {
        let all = 1..=listed::last(&connection)?;
        let archives = listed::archives(&connection)?;
        let histories = match histories && !archives.is_empty() {
            true => listed::histories(&connection, all.clone(), &roots)?,
            false => FxHashMap::default(),
        };
        Ok(Self {
            listed: listed::listed(&connection, all)?,
            beside: Beside::read(&connection, roots.clone())?,
            archives,
            histories,
            connection,
            roots,
        })
    }

    /// The versions of documents in archives. None when some were recorded and others are files: only
    /// the repository knows what to make of these.
    fn histories_of(
        &mut self,
        documents: Vec<(u32, Origin)>,
    ) -> Option<Vec<(Origin, Arc<History>)>> {
        let mut histories = Vec::with_capacity(documents.len());
        for (id, origin) in documents {
            let is_file = !matches!(origin, Origin::Git(_));
            let Some(history) = self.histories.remove(&id) else {
                if is_file {
                    continue;
                }
                return None;
            };
            let recorded = |known: &Origin| matches!(known, Origin::Git(_));
            let mut versions = history.versions.iter();
            let count = versions
                .by_ref()
                .filter(|version| recorded(&version.origin))
                .count();
            if count == history.versions.len() {
                histories.push((origin, history));
            } else if count > 0 {
                return None;
            }
        }
        Some(histories)
    }
}

impl Loader {
    /// The rows of the index for a request; none when there is no index.
    ///
    /// # Errors
    /// Why there is one that cannot be used.
    pub(in crate::library) fn rows(&self, request: &Request) -> Result<Option<Rows>, Trouble> {
        let Some(Subject {
            keeper,
            place,
            roots,
        }) = self.subject(request)
        else {
            return Ok(None);
        };
        let Some(connection) = keeper.open(&place)? else {
            return Ok(None);
        };
        Rows::read(connection, roots, request.histories).map(Some)
    }

    /// What the index knows of what was found; nothing when there is no index that can be used.
    ///
    /// # Errors
    /// Why there is one that cannot be used.
    pub(in crate::library) fn known(
        &self,
        request: &Request,
        rows: Result<Option<Rows>, Trouble>,
        catalog: &Catalog,
    ) -> Result<Option<Known>, Trouble> {
        let least = self.keeper().map_or(0, |keeper| keeper.least);
        if versions_found(catalog) < least && catalog.archives.is_empty() {
            return Ok(None);
        }
        let rows = rows?.map(|rows| compare(rows, catalog, request.histories));
        rows.transpose()
    }
}

/// What an index knows of the documents of a catalog, and whether it knows all.
fn compare(mut rows: Rows, catalog: &Catalog, histories: bool) -> Result<Known, Trouble> {
    let same_archives = rows.archives == tips(catalog, &rows.roots);
    let identities = rows.listed.iter_mut();
    let identities = identities.map(|known| std::mem::take(&mut known.identity));
    let mut places: FxHashMap<String, usize> = identities.zip(0..).collect();
    // When the current version was recorded, another history may tell otherwise.
    let recorded = match same_archives {
        true => FxHashMap::default(),
        false => listed::recorded(&rows.connection)?,
    };
    let mut known = Known::default();
    let (mut matched, mut bound, mut unread) = (0, Vec::new(), FxHashMap::default());
    let mut by_document: Vec<(u32, Origin)> = Vec::new();
    let glances = glance(&rows.roots.all_inward(&catalog.found));
    for (found, glance) in catalog.found.iter().zip(glances) {
        let place = places.remove(&glance.identity);
        let document = place.and_then(|place| rows.listed.get_mut(place));
        let same = |known: &&mut Listed| known.glance.is_some() && known.glance == glance.print;
        let Some(document) = document.filter(same) else {
            known.documents.push(None);
            continue;
        };
        matched += 1;
        by_document.push((document.id, found.origin.clone()));
        let verdict = rows.beside.verdict(document);
        let binding = Bound {
            document: document.id,
            place: document.place,
        };
        match document.facts {
            Some(_) => bound.push(Some(binding)),
            None => drop(unread.insert(found.origin.path(), binding)),
        }
        known.documents.push(document.facts.take().map(|mut facts| {
            let provenance = &mut facts.provenance;
            provenance.origin = found.origin.clone();
            let by_history = recorded.get(&document.id).copied();
            provenance.archived = provenance.archived.filter(|time| by_history != Some(*time));
            Remembered {
                facts,
                topics: document.topics,
                issues: rows.beside.issues(document.id),
                verdict,
            }
        }));
    }
    if !same_archives {
        return Ok(known);
    }
    if histories && !catalog.archives.is_empty() {
        let Some(histories) = rows.histories_of(by_document) else {
            return Ok(known);
        };
        known.histories = histories;
    }
    if matched == rows.listed.len() && matched == catalog.found.len() {
        let connection = Arc::new(Mutex::new(rows.connection));
        let index = Index::new(connection, bound).with_unread(unread);
        known.index = Some(Arc::new(index));
    }
    Ok(known)
}
