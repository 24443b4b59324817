//! What the index told when it was made, before anybody looked whether it still holds; then what has
//! changed since.

use super::beside::Beside;
use super::keep::tips;
use super::known::Remembered;
use super::plan::{Glance, glance};
use super::roots::Roots;
use super::{Bound, Index, Trouble, listed};
use crate::library::doubtful::Doubtful;
use crate::library::{Batch, Entry, Loader, PolicyId, Progress, Reader, Request};
use crate::model::{Filed, Issue, IssueKind, Origin};
use crate::source::{Catalog, Found};
use rusqlite::Connection;
use rustc_hash::FxHashMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Documents that are told first: more than a screen shows.
const FIRST: u32 = 128;

/// A library as an index remembers it.
#[derive(Debug)]
pub struct Recalled {
    index: Arc<Index>,
    roots: Roots,
    documents: Vec<Recollection>,
    archives: FxHashMap<String, String>,
}

/// A document as an index remembers it.
#[derive(Debug)]
struct Recollection {
    /// What it is known by over time.
    identity: String,
    /// What it is recognised by without its history.
    glance: Option<u128>,
    /// Which policy it is; none for one that could not be read.
    policy: Option<PolicyId>,
}

/// What became of a library since its index was made.
#[derive(Debug)]
pub enum Checked {
    /// Nothing changed; these are the issues of the paths themselves.
    Same(Vec<Issue>),
    /// Some of it did.
    Changed(Box<Changes>),
}

/// How a library differs from what its index remembers.
#[derive(Debug)]
pub struct Changes {
    /// What there is now.
    pub(in crate::library) catalog: Catalog,
    /// For each document there is now the recalled policy that it is or was, by its path.
    pub(in crate::library) places: FxHashMap<PathBuf, PolicyId>,
    /// What the index knows of the recalled policies that are as they were.
    pub(in crate::library) index: Arc<Index>,
    /// How many documents changed, came or went.
    pub count: usize,
}

impl Loader {
    /// Tells what the index of a request remembers, if there is one: a screenful at once, then the
    /// rest. Nothing is looked at but the index, so that [`Loader::check`] has to follow. `take` says
    /// whether to go on.
    ///
    /// What is wrong with an index is not told here: reading the library does.
    pub fn recall(
        &self,
        request: &Request,
        take: &mut dyn FnMut(Batch) -> bool,
    ) -> Option<Recalled> {
        let subject = self.subject(request)?;
        let is_there = |path: &PathBuf| path.exists();
        let connection = subject.keeper.open(&subject.place).ok().flatten()?;
        let worth = can_be_recalled(&connection, subject.keeper.least).ok()?;
        if !worth || !request.paths.iter().all(is_there) {
            return None;
        }
        self.tell(connection, subject.roots, take).ok().flatten()
    }

    fn tell(
        &self,
        connection: Connection,
        roots: Roots,
        take: &mut dyn FnMut(Batch) -> bool,
    ) -> Result<Option<Recalled>, Trouble> {
        let last = listed::last(&connection)?;
        let archives = listed::archives(&connection)?;
        let mut telling = Telling {
            reader: self.shared_reader(),
            beside: Beside::read(&connection, roots.clone())?,
            connection: &connection,
            roots: &roots,
            documents: Vec::new(),
            bound: Vec::new(),
            doubtful: Doubtful::default(),
        };
        if last > FIRST {
            let mut batch = telling.remembered(1..=FIRST)?;
            batch.progress = Progress::Recalling(FIRST as usize, last as usize);
            if !take(batch) {
                return Ok(None);
            }
        }
        let begun = if last > FIRST { FIRST } else { 0 };
        let mut batch = telling.remembered(begun + 1..=last)?;
        let Telling {
            documents, bound, ..
        } = telling;
        let index = Arc::new(Index::new(Arc::new(Mutex::new(connection)), bound));
        batch.progress = Progress::Checking(documents.len());
        batch.index = Some(Arc::clone(&index));
        Ok(take(batch).then_some(Recalled {
            index,
            roots,
            documents,
            archives,
        }))
    }

    /// Looks what became of a library since its index was made.
    pub fn check(&self, request: &Request, recalled: &Recalled) -> Checked {
        let catalog = self.catalog(request);
        let identities = recalled
            .documents
            .iter()
            .map(|known| known.identity.as_str());
        let places: FxHashMap<&str, usize> = identities.zip(0..).collect();
        let mut same = vec![false; recalled.documents.len()];
        let mut there = vec![None; catalog.found.len()];
        let (mut count, mut met) = (0, 0);
        let glances = glance(&recalled.roots.all_inward(&catalog.found));
        for (glance, there) in glances.iter().zip(&mut there) {
            let place = places.get(glance.identity.as_str()).copied();
            let known = place.and_then(|place| recalled.documents.get(place));
            met += usize::from(known.is_some());
            let is_same = known.is_some_and(|known| known.is(glance));
            count += usize::from(!is_same);
            if let Some(same) = place.and_then(|place| same.get_mut(place)) {
                *same = is_same;
            }
            *there = known.and_then(|known| known.policy);
        }
        count += recalled.documents.len() - met;
        if count == 0 && recalled.archives == tips(&catalog, &recalled.roots) {
            return Checked::Same(catalog.issues);
        }
        let found = catalog.found.iter().zip(there);
        let places = found.filter_map(|(found, policy)| Some((found.origin.path(), policy?)));
        let known = recalled.documents.iter().zip(same);
        let still = known.filter(|(known, _)| known.policy.is_some());
        let still = still.map(|(known, same)| known.policy.filter(|_| same));
        Checked::Changed(Box::new(Changes {
            places: places.collect(),
            index: Arc::new(recalled.index.arranged(still)),
            catalog,
            count,
        }))
    }
}

impl Recollection {
    /// Whether a document looks as it did.
    fn is(&self, glance: &Glance) -> bool {
        glance.print.is_some() && glance.print == self.glance
    }
}

/// An index on its way to those who asked what it remembers.
struct Telling<'a> {
    connection: &'a Connection,
    roots: &'a Roots,
    reader: &'a Arc<Reader>,
    beside: Beside,
    documents: Vec<Recollection>,
    bound: Vec<Option<Bound>>,
    doubtful: Doubtful,
}

impl Telling<'_> {
    /// The documents of some numbers.
    fn remembered(&mut self, numbers: RangeInclusive<u32>) -> Result<Batch, Trouble> {
        let mut batch = Batch::default();
        let mut histories = listed::histories(self.connection, numbers.clone(), self.roots)?;
        histories.retain(|_, known| known.versions.len() > 1);
        for document in listed::listed(self.connection, numbers)? {
            let issues = self.beside.issues(document.id);
            let verdict = self.beside.verdict(&document);
            let policy = document
                .facts
                .is_some()
                .then(|| PolicyId::new(self.bound.len()));
            if let Some(facts) = document.facts {
                self.bound.push(Some(Bound {
                    document: document.id,
                    place: document.place,
                }));
                let known = Remembered {
                    facts,
                    topics: document.topics,
                    issues: issues.clone(),
                    verdict,
                };
                let entry = self.entry(known)?;
                if let Some(history) = histories.remove(&document.id) {
                    let origin = entry.facts.provenance.origin.clone();
                    batch.histories.push((origin, history));
                }
                batch.listed.push(entry);
            }
            batch.issues.extend(issues);
            self.documents.push(Recollection {
                identity: document.identity,
                glance: document.glance,
                policy,
            });
        }
        self.doubtful.settle(&mut batch, self.reader, None);
        Ok(batch)
    }

    fn entry(&mut self, mut known: Remembered) -> Result<Entry, Trouble> {
        let provenance = &mut known.facts.provenance;
        if matches!(&provenance.origin, Origin::File(path) if is_replaced(path)) {
            return Err(Trouble::Nonsense);
        }
        provenance.origin = self.roots.origin_outward(&provenance.origin);
        let found = Found {
            origin: provenance.origin.clone(),
            filed: Filed {
                site: Some(provenance.site.clone()),
                terms: provenance.terms.clone(),
                recorded: provenance.archived,
                removed: None,
            },
            history: None,
        };
        self.doubtful.note_listed(&found, &mut known);
        Ok(Entry::listed(known, found, Arc::clone(self.reader)))
    }
}

/// Whether a path was written with a sign for bytes that are not UTF-8: it leads to no file.
fn is_replaced(path: &Path) -> bool {
    path.to_string_lossy().contains(char::REPLACEMENT_CHARACTER)
}

/// Whether an index is large enough that what it remembers is told sooner than the library is read,
/// and remembers all: which files of a work tree are versions, only its repository knows; and what
/// stands for a document whose newest version holds no text is listed behind all others.
fn can_be_recalled(connection: &Connection, least: usize) -> Result<bool, Trouble> {
    let ask = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, bool>(0));
    let is_late: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM issue JOIN document ON document.id = issue.document
         WHERE kind = ?1 AND NOT readable
         AND (SELECT count(*) FROM version WHERE version.document = document.id) > 1)",
        [IssueKind::Empty.id()],
        |row| row.get(0),
    )?;
    if is_late {
        return Ok(false);
    }
    if !ask("SELECT EXISTS (SELECT 1 FROM archive)")? {
        let texts: Option<usize> =
            connection.query_row("SELECT max(id) FROM content", [], |row| row.get(0))?;
        return Ok(texts.unwrap_or(0) >= least);
    }
    Ok(!ask(
        "SELECT EXISTS (SELECT 1 FROM version WHERE repository IS NULL)",
    )?)
}
