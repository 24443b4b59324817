//! What is told of indexes, and how they are given up.

use super::Trouble;
use super::cache::{Lock, Place};
use super::keep::{Subject, is_up_to_date};
use crate::library::{Loader, Request};
use rusqlite::Connection;
use std::path::PathBuf;

/// What an index was brought up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Updated {
    /// Documents in it.
    pub documents: usize,
    /// Versions in it.
    pub versions: usize,
    /// Different wordings in it.
    pub wordings: usize,
    /// Its size in bytes.
    pub bytes: u64,
    /// Versions that were read for it now.
    pub read: usize,
    /// Whether nothing had changed, so that it stayed as it was.
    pub unchanged: bool,
}

/// What there is for a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexStatus {
    /// Where the index lies, or would.
    pub path: PathBuf,
    /// Its size in bytes; none when there is none.
    pub bytes: Option<u64>,
    /// Documents, versions and wordings in it, when it can be opened.
    pub holds: Option<(usize, usize, usize)>,
    /// Whether it is up to date; why not, when it is not.
    pub state: Result<(), String>,
}

impl Loader {
    /// What index there is for a request.
    pub fn index_status(&self, request: &Request) -> Option<IndexStatus> {
        let Subject {
            keeper,
            place,
            roots,
        } = self.subject(request)?;
        let mut status = IndexStatus {
            path: place.file(),
            bytes: place.size(),
            holds: None,
            state: Ok(()),
        };
        match keeper.open(&place) {
            Err(trouble) => status.state = Err(trouble.to_string()),
            Ok(None) => status.state = Err("there is no index".to_owned()),
            Ok(Some(connection)) => {
                let holds = counted(&connection, &place).ok();
                status.holds = holds.map(|held| (held.documents, held.versions, held.wordings));
                let catalog = self.catalog_at(&roots, request);
                let fresh = is_up_to_date(&connection, &catalog);
                if !fresh.unwrap_or(false) {
                    status.state = Err("files have changed since it was made".to_owned());
                }
            }
        }
        Some(status)
    }

    /// Removes the index for a request; how many bytes that were.
    ///
    /// # Errors
    /// When it cannot be removed, or another program is making it.
    pub fn clear_index(&self, request: &Request) -> Result<u64, Trouble> {
        let Subject { place, .. } = self.subject(request).ok_or(Trouble::NoSubject)?;
        let lock: Lock = place.lock()?.ok_or(Trouble::Busy)?;
        place.clear(&lock)
    }
}

/// What an index holds.
pub(super) fn counted(connection: &Connection, place: &Place) -> Result<Updated, Trouble> {
    let count = |table: &str| {
        let sql = format!("SELECT count(*) FROM {table}");
        connection.query_row(&sql, [], |row| row.get::<_, usize>(0))
    };
    Ok(Updated {
        documents: count("document WHERE readable")?,
        versions: count("version")?,
        // One row for each wording, of a tenth of the bytes.
        wordings: count("holding")?,
        bytes: place.size().unwrap_or(0),
        ..Updated::default()
    })
}
