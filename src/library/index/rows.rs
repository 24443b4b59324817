//! Rows of documents and versions: what an update must know of them.

use super::Trouble;
use super::codec::Holding;
use super::plan::Print;
use crate::model::Origin;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row};
use rustc_hash::FxHashMap;
use std::path::Path;

/// A document of the index, as far as an update must know it.
pub(super) struct KnownDocument {
    pub(super) id: u32,
    pub(super) fingerprint: Option<u128>,
}

/// A version of the index.
pub(super) struct KnownVersion {
    pub(super) print: Print,
    pub(super) content: u32,
    pub(super) hash: u128,
}

/// A content of the index.
pub(super) struct KnownContent {
    pub(super) id: u32,
    pub(super) hash: u128,
    /// Its wordings, as the column holds them.
    pub(super) list: Vec<u8>,
}

/// The documents, by what they are known by.
pub(super) fn documents(
    connection: &Connection,
) -> Result<FxHashMap<String, KnownDocument>, Trouble> {
    let mut asked = connection.prepare("SELECT identity, id, fingerprint FROM document")?;
    let mut rows = asked.query([])?;
    let mut known = FxHashMap::default();
    while let Some(row) = rows.next()? {
        let document = KnownDocument {
            id: row.get(1)?,
            fingerprint: number(row, 2)?,
        };
        known.insert(row.get(0)?, document);
    }
    Ok(known)
}

/// The wordings by their hashes, and the first free number.
pub(super) fn wordings(connection: &Connection) -> Result<(FxHashMap<u128, u32>, u32), Trouble> {
    let mut asked = connection.prepare("SELECT hash, id FROM wording")?;
    let mut rows = asked.query([])?;
    let mut known = FxHashMap::default();
    let mut next = 1;
    while let Some(row) = rows.next()? {
        let id: u32 = row.get(1)?;
        next = next.max(id + 1);
        known.insert(number(row, 0)?.ok_or(Trouble::Nonsense)?, id);
    }
    Ok((known, next))
}

/// The first free number of a content; 0 stands for none.
pub(super) fn next_content(connection: &Connection) -> Result<u32, Trouble> {
    let last: Option<u32> =
        connection.query_row("SELECT max(id) FROM content", [], |row| row.get(0))?;
    Ok(last.unwrap_or(0) + 1)
}

/// The contents of a document.
pub(super) fn contents(
    connection: &Connection,
    document: u32,
) -> Result<Vec<KnownContent>, Trouble> {
    let mut asked = connection.prepare_cached(
        "SELECT DISTINCT content.id, content.hash, content.wordings
         FROM version JOIN content ON content.id = version.content WHERE version.document = ?1",
    )?;
    let mut rows = asked.query([document])?;
    let mut known = Vec::new();
    while let Some(row) = rows.next()? {
        known.push(KnownContent {
            id: row.get(0)?,
            hash: number(row, 1)?.ok_or(Trouble::Nonsense)?,
            list: row.get(2)?,
        });
    }
    Ok(known)
}

/// The versions of a document that could be read, by where they lie.
pub(super) fn versions(
    connection: &Connection,
    document: u32,
) -> Result<FxHashMap<String, KnownVersion>, Trouble> {
    let mut asked = connection.prepare_cached(
        "SELECT version.path, version.blob, version.size, version.modified, content.id, content.hash
         FROM version JOIN content ON content.id = version.content WHERE version.document = ?1",
    )?;
    let mut rows = asked.query([document])?;
    let mut known = FxHashMap::default();
    while let Some(row) = rows.next()? {
        let (path, blob): (String, Option<String>) = (row.get(0)?, row.get(1)?);
        let version = KnownVersion {
            print: Print {
                size: row.get(2)?,
                modified: row.get(3)?,
            },
            content: row.get(4)?,
            hash: number(row, 5)?.ok_or(Trouble::Nonsense)?,
        };
        known.insert(blob.unwrap_or(path), version);
    }
    Ok(known)
}

/// Where the bytes of a version lie, as [`versions`] names it: a blob wherever it stands.
pub(super) fn place_of(origin: &Origin) -> String {
    match origin {
        Origin::Git(place) => place.blob.clone(),
        _ => written(&origin.path()),
    }
}

pub(super) fn holding(connection: &Connection, wording: u32) -> Result<Option<Holding>, Trouble> {
    let mut asked =
        connection.prepare_cached("SELECT documents FROM holding WHERE wording = ?1")?;
    let bytes: Option<Vec<u8>> = asked.query_row([wording], |row| row.get(0)).optional()?;
    let Some(bytes) = bytes else {
        return Ok(None);
    };
    Ok(Some(Holding::read(&bytes).ok_or(Trouble::Nonsense)?))
}

/// Takes a document and its versions out; its contents stay.
pub(super) fn remove(connection: &Connection, document: u32) -> Result<(), Trouble> {
    for table in [
        "DELETE FROM document WHERE id = ?1",
        "DELETE FROM stand_in WHERE document = ?1",
        "DELETE FROM version WHERE document = ?1",
        "DELETE FROM issue WHERE document = ?1",
        "DELETE FROM answer WHERE document = ?1",
    ] {
        connection.prepare_cached(table)?.execute([document])?;
    }
    Ok(())
}

/// Takes out a wording that nothing holds.
pub(super) fn drop_wording(connection: &Connection, wording: u32) -> Result<(), Trouble> {
    for table in [
        "DELETE FROM wording WHERE id = ?1",
        "DELETE FROM holding WHERE wording = ?1",
    ] {
        connection.prepare_cached(table)?.execute([wording])?;
    }
    Ok(())
}

/// Takes out contents that no version has.
pub(super) fn sweep(connection: &Connection) -> Result<(), Trouble> {
    connection.execute(
        "DELETE FROM content WHERE id NOT IN (SELECT content FROM version)",
        [],
    )?;
    Ok(())
}

pub(super) fn written(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// A hash as its 16 bytes, or nothing.
pub(super) fn hash(number: Option<u128>) -> Value {
    number.map(|number| number.to_be_bytes().to_vec()).into()
}

/// A hash of 16 bytes, or nothing.
pub(super) fn number(row: &Row<'_>, at: usize) -> Result<Option<u128>, Trouble> {
    let bytes: Option<[u8; 16]> = row.get(at)?;
    Ok(bytes.map(u128::from_be_bytes))
}
