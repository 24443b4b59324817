//! The tables, column by column. All begin with the place of what a row tells of.

mod changes;
mod clauses;
mod practices;
mod versions;

use super::table::columns;
use super::{Column, Row};
use crate::model::{PartialDate, Provenance};

pub use changes::{CHANGES, ChangeRow};
pub use clauses::{CLAUSES, clauses};
pub use practices::{PRACTICES, practices};
pub use versions::{VERSIONS, VersionRow};

/// Where what a row tells of stands.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The name of the document, the same for all its versions and in all tables.
    pub document: &'a str,
    /// Where the version came from.
    pub provenance: &'a Provenance,
    /// The date of last revision that the version claims.
    pub revised: Option<PartialDate>,
}

columns! {
    PLACE, fn place_cells(place: &Place<'a>);
    "document" Text required "16 hexadecimal digits that stand for the document: the same for all its versions and in all tables, and what decides on its shard" => place.document;
    "site" Text required "Who the policy belongs to: a domain or the name of a service" => &place.provenance.site;
    "terms" Text nullable "The type of terms, as the archive calls it" => place.provenance.terms.as_ref();
    "path" Text required "The file, or the repository and the path in it" => place.provenance.origin.path().to_string_lossy().into_owned();
    "revision" Text nullable "The beginning of the commit that recorded the version" => place.provenance.origin.revision();
    "recorded" Moment nullable "When the archive recorded the version" => place.provenance.archived;
    "revised" Text nullable "The date of last revision that the text claims: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`" => place.revised.map(|date| date.to_string());
}

/// The columns of a place, and after them those of a table's own.
const fn with_place<const N: usize>(own: &[Column]) -> [Column; N] {
    let mut all = [PLACE[0]; N];
    let mut at = 0;
    while at < N {
        all[at] = if at < PLACE.len() {
            PLACE[at]
        } else {
            own[at - PLACE.len()]
        };
        at += 1;
    }
    all
}

/// A whole row: the cells of its place, and after them its own.
fn row<'a>(place: &Place<'a>, own: Row<'a>) -> Row<'a> {
    let mut row = place_cells(place);
    row.extend(own);
    row
}
