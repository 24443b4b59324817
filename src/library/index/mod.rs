//! The index on disk: one SQLite file a library, from which it opens without reading any text, and
//! in which is searched. `docs/index.md` documents its tables.
//!
//! - `cache.rs`: where the file lies, how it is trusted and replaced as a whole.
//! - `plan.rs`: what the library consists of now, told by sizes, times and names of blobs.
//! - `update.rs`: brings an index up to a plan; `gather.rs` reads what has to be read in parallel,
//!   `take.rs` numbers it, `writer.rs` writes it meanwhile, `finish.rs` what follows from it; `rows.rs`
//!   knows the rows of documents and versions.
//! - `listed.rs`: those rows read back as what lists tell; `beside.rs`: and what other tables tell of a
//!   document.
//! - `roots.rs`: paths as the index knows them, and as they were given.
//! - `recall.rs`: what the index told when it was made, before anybody looked whether it still holds.
//! - `known.rs`: what the index knows of the documents that were found.
//! - `keep.rs`: when an index is opened, made, brought up to date; `status.rs`: what is told of it.
//! - `ask.rs`: what search asks; `correct.rs`: what older versions that stand for newer ones, and
//!   documents that are not listed, change about the answers; `codec.rs`: lists as bytes, `packed.rs`: histories as bytes; `schema.rs`: the tables.
//!
//! Nothing here may make a wrong answer: an index that is damaged, older or not up to date is told
//! and left aside, and the library is read as if there were none.

mod ask;
mod beside;
mod cache;
mod codec;
mod correct;
mod finish;
mod gather;
mod keep;
mod known;
mod listed;
mod packed;
mod plan;
mod put;
mod recall;
mod roots;
mod rows;
mod schema;
mod spelled;
mod status;
mod take;
mod update;
mod writer;

use super::PolicyId;
use crate::model::{Issue, IssueKind, Pair};
use correct::Correction;
use rusqlite::{Connection, OpenFlags};
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

pub(super) use ask::{Matching, RANKED};
pub use cache::Cache;
pub(super) use keep::Keeper;
pub use keep::SMALL;
pub(super) use known::{Known, Remembered, Rows};
pub use recall::{Changes, Checked, Recalled};
pub use status::{IndexStatus, Updated};

/// How far the making of an index is: versions read, of so many. Says whether to go on.
pub type Progress<'a> = &'a mut dyn FnMut(usize, usize) -> bool;

/// Why an index cannot be used or made.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The folder of indexes refuses.
    #[error("the index folder {} cannot be used ({reason})", .folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// The file does not hold what was written to it.
    #[error("the index {} is damaged", .0.display())]
    Damaged(PathBuf),
    /// The file was made by another version of the program, or with other topics or practices.
    #[error("the index was made by another version of the program or with other topics")]
    Older,
    /// A row holds what no row can hold.
    #[error("the index holds what no index can hold")]
    Nonsense,
    /// SQLite refuses.
    #[error("the index cannot be used ({0})")]
    Sqlite(#[from] rusqlite::Error),
    /// An archive lacks versions: an index would keep silent about them.
    #[error("{}: {message}", .folder.display())]
    Incomplete {
        /// The folder of the archive.
        folder: PathBuf,
        /// What is missing.
        message: String,
    },
    /// Another program makes the index.
    #[error("another program is making the index")]
    Busy,
    /// A thread could not do its work.
    #[error("the thread that writes the index failed: {0}")]
    Thread(String),
    /// Whoever asked for it wants it no more.
    #[error("the making of the index was stopped")]
    Stopped,
    /// There is no index for this request: samples, standard input, nothing to read.
    #[error("there is nothing here to make an index of")]
    NoSubject,
}

impl Trouble {
    /// The trouble as an entry of the issue list, with what the program does about it.
    pub fn issue(&self, folder: &Path, instead: &str) -> Issue {
        Issue::new(folder, IssueKind::Index, format!("{self}; {instead}"))
    }
}

/// An index that was opened and is up to date with the library it belongs to.
#[derive(Debug)]
pub struct Index {
    connection: Arc<Mutex<Connection>>,
    /// Set when a question could not be answered: from then on the index is left aside.
    broken: AtomicBool,
    /// For each listed policy what the index has of it.
    listed: Vec<Option<Bound>>,
    policies: FxHashMap<u32, PolicyId>,
    /// The policies for which an older version stands, each with the place of the newest one.
    stand_ins: FxHashMap<PolicyId, u32>,
    /// Documents of the index that cannot be read as they are now, by their paths: an older version
    /// may be listed in their stead.
    unread: FxHashMap<PathBuf, Bound>,
    /// Whether it knows versions of documents that are not listed.
    has_unlisted: bool,
    /// What that makes of the tags of wordings, once it was asked for: of current versions, of all.
    corrections: Pair<OnceLock<Correction>>,
}

/// A document of the index that is a policy of a library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bound {
    document: u32,
    /// The place of its current version.
    place: u32,
}

impl Index {
    /// An index over the listed policies, in the order of the library.
    fn new(connection: Arc<Mutex<Connection>>, listed: Vec<Option<Bound>>) -> Self {
        let numbered = listed.iter().enumerate();
        let policies = numbered.filter_map(|(at, bound)| Some(((*bound)?.document, at)));
        Self {
            policies: policies.map(|(id, at)| (id, PolicyId::new(at))).collect(),
            listed,
            stand_ins: FxHashMap::default(),
            unread: FxHashMap::default(),
            has_unlisted: false,
            corrections: Pair::default(),
            connection,
            broken: AtomicBool::new(false),
        }
    }

    /// The same index, which knows documents beside the listed ones.
    fn with_unread(self, unread: FxHashMap<PathBuf, Bound>) -> Self {
        Self {
            has_unlisted: !unread.is_empty(),
            unread,
            ..self
        }
    }

    /// The index over a library that lists some documents more, behind all others: those at some paths,
    /// which cannot be read as they are now. None when the index does not know one of them.
    pub(super) fn with_late(&self, paths: impl Iterator<Item = PathBuf>) -> Option<Self> {
        let mut unread = self.unread.clone();
        let mut listed = self.listed.clone();
        for path in paths {
            listed.push(Some(unread.remove(&path)?));
        }
        let index = Self::new(Arc::clone(&self.connection), listed);
        Some(index.with_unread(unread))
    }

    /// The same index, where older versions are the current ones of some policies, as the library
    /// lists them.
    #[must_use]
    pub(super) fn standing(&self, stand_ins: impl Iterator<Item = (PolicyId, u32)>) -> Self {
        let numbered = 0..self.listed.len();
        let mut index = self.arranged(numbered.map(|at| Some(PolicyId::new(at))));
        for (policy, place) in stand_ins {
            let bound = index.listed.get_mut(policy.index());
            if let Some(bound) = bound.and_then(Option::as_mut) {
                let newest = std::mem::replace(&mut bound.place, place);
                index.stand_ins.entry(policy).or_insert(newest);
            }
        }
        index
    }

    /// The index over a library that holds the same policies at other places: for each of its
    /// policies which one it is here, if any. What is no policy there is not found.
    pub(super) fn arranged(&self, policies: impl Iterator<Item = Option<PolicyId>>) -> Self {
        let mut stand_ins = FxHashMap::default();
        let bound = |(at, policy): (usize, Option<PolicyId>)| {
            let bound = self.bound(policy?)?;
            if let Some(&newest) = self.stand_ins.get(&policy?) {
                stand_ins.insert(PolicyId::new(at), newest);
            }
            Some(bound)
        };
        let listed = policies.enumerate().map(bound).collect();
        let arranged = Self::new(Arc::clone(&self.connection), listed);
        let has_fewer = arranged.policies.len() < self.policies.len();
        Self {
            stand_ins,
            has_unlisted: self.has_unlisted || has_fewer,
            ..arranged
        }
    }

    /// Whether a question could not be answered.
    pub(super) fn is_broken(&self) -> bool {
        self.broken.load(Ordering::Relaxed)
    }

    fn bound(&self, policy: PolicyId) -> Option<Bound> {
        self.listed.get(policy.index()).copied()?
    }

    fn document_of(&self, policy: PolicyId) -> Option<u32> {
        Some(self.bound(policy)?.document)
    }

    fn policy_of(&self, document: u32) -> Option<PolicyId> {
        self.policies.get(&document).copied()
    }

    /// The answer to a question; nothing, and the index is broken, when there is none.
    fn ask<T: Default>(&self, question: impl FnOnce(&Connection) -> Result<T, Trouble>) -> T {
        let connection = self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        question(&connection).unwrap_or_else(|_| {
            self.broken.store(true, Ordering::Relaxed);
            T::default()
        })
    }
}

/// Opens a file that nobody changes: it is only ever replaced as a whole.
fn open(path: &Path) -> Result<Connection, Trouble> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(uri(path), flags)?;
    let application: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    if application != schema::APPLICATION {
        return Err(Trouble::Damaged(path.to_owned()));
    }
    Ok(connection)
}

/// A path as SQLite's URIs spell it.
fn uri(path: &Path) -> String {
    let mut uri = String::from("file:");
    for c in path.to_string_lossy().chars() {
        match c {
            '%' | '?' | '#' => uri.push_str(&format!("%{:02x}", c as u32)),
            '\\' if cfg!(windows) => uri.push('/'),
            c => uri.push(c),
        }
    }
    uri + "?immutable=1"
}

/// Opens a new file to be filled, which nobody else knows of yet.
fn create(path: &Path) -> Result<Connection, Trouble> {
    let connection = Connection::open(path)?;
    connection.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
         PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;",
    )?;
    Ok(connection)
}
