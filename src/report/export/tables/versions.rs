//! `versions`: the versions of documents, without their text.

use super::{PLACE, Place, columns, row, with_place};
use crate::model::Policy;
use crate::report::export::{Row, Table};

/// The table of versions.
pub const VERSIONS: Table = Table {
    name: "versions",
    about: "a version of a document as its archive recorded it, oldest first; a document without history has one",
    columns: &with_place::<{ PLACE.len() + OWN.len() }>(OWN),
};

/// A version of a document, with what is known of it beside its text.
#[derive(Clone, Copy, Debug)]
pub struct VersionRow<'a> {
    /// Its place among the versions of its document, from 0.
    pub version: usize,
    /// The policy.
    pub policy: &'a Policy,
    /// The language it seems to be written in.
    pub language: Option<&'a str>,
    /// What its content is known by.
    pub content: &'a str,
    /// Why it could not be read.
    pub unread: Option<&'a str>,
}

columns! {
    OWN, fn cells(row: &VersionRow<'a>);
    "version" Count required "Its place among the versions of its document, from 0 for the oldest" => row.version;
    "title" Text required "Its title" => &row.policy.title;
    "host" Text nullable "The host of the page, where an address is known" => row.policy.provenance.host.as_ref();
    "snapshot_url" Text nullable "The address of the archived snapshot" => row.policy.provenance.snapshot_url.as_ref();
    "original_url" Text nullable "The address of the page when it was live" => row.policy.provenance.original_url.as_ref();
    "modified" Moment nullable "When the file was last modified" => row.policy.provenance.modified;
    "bytes" Count required "Size of the file in bytes" => u32::try_from(row.policy.provenance.bytes).unwrap_or(u32::MAX);
    "encoding" Text required "The encoding it was read in" => row.policy.provenance.encoding;
    "content" Text required "32 hexadecimal digits that stand for its content (XXH3, 128 bits, of the file decoded to UTF-8): equal contents, equal digits" => row.content;
    "language" Text nullable "The language it seems to be written in; nothing where that is open" => row.language;
    "words" Count required "Number of words" => row.policy.words();
    "sections" Count required "Number of headings below the title" => row.policy.sections.len();
    "clauses" Count required "Number of clauses" => row.policy.clauses.len();
    "issues" Count required "Number of things that are odd about it" => row.policy.issues.len();
    "unread" Text nullable "Why it could not be read; then nothing but its place is known, its text counts as none" => row.unread;
}

impl<'a> VersionRow<'a> {
    /// The row in the table of versions.
    pub fn row(&self, place: &Place<'a>) -> Row<'a> {
        row(place, cells(self))
    }
}
