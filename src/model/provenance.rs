//! Where a version of a policy came from, and the dates that belong to it.

use super::{Origin, TextRange};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::fmt;

/// Where a policy came from. The site it was filed under and the host of its page may disagree:
/// both are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// Who the policy belongs to: a domain or the name of a service.
    pub site: String,
    /// The type of terms, as the archive calls it ("Privacy Policy"), where it says.
    pub terms: Option<String>,
    /// The host of the page itself, where an address is known.
    pub host: Option<String>,
    /// The file or other place it was read from.
    pub origin: Origin,
    /// When the archive took the snapshot.
    pub archived: Option<Timestamp>,
    /// When the archive removed the document, of which it has older versions only.
    pub removed: Option<Timestamp>,
    /// When the file was last modified.
    pub modified: Option<Timestamp>,
    /// The address of the archived snapshot.
    pub snapshot_url: Option<String>,
    /// The address of the page when it was live.
    pub original_url: Option<String>,
    /// Size of the file in bytes, as stored.
    pub bytes: u64,
    /// The encoding it was read in, as the Encoding Standard names it.
    pub encoding: &'static str,
}

impl Provenance {
    /// The host when it says something other than the site: `www.` aside, the two differ.
    pub fn foreign_host(&self) -> Option<&str> {
        let host = self.host.as_deref()?;
        let bare = host.strip_prefix("www.").unwrap_or(host);
        let site = self.site.strip_prefix("www.").unwrap_or(&self.site);
        let related = bare.eq_ignore_ascii_case(site)
            || bare
                .to_ascii_lowercase()
                .ends_with(&format!(".{}", site.to_ascii_lowercase()));
        (!related).then_some(host)
    }
}

/// A date of which the day, or the day and the month, may be unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartialDate {
    /// The year.
    pub year: i16,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// The day of the month, 1 to 31; never without a month.
    pub day: Option<u8>,
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", self.year),
            (Some(month), None) => format!("{:04}-{month:02}", self.year),
            _ => format!("{:04}", self.year),
        };
        f.pad(&text)
    }
}

/// The date by which a version is known, and who says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionDate {
    /// The archive: when it took the snapshot.
    Archived(PartialDate),
    /// The policy: when it was last revised.
    Revised(PartialDate),
    /// The file: when it was last modified, which may be long after.
    File(PartialDate),
}

impl VersionDate {
    /// The archive's date, else the policy's own, else the file's.
    pub fn of(provenance: &Provenance, revised: Option<PartialDate>) -> Option<Self> {
        let archived = provenance
            .archived
            .map(|time| VersionDate::Archived(time.into()));
        let modified = provenance
            .modified
            .map(|time| VersionDate::File(time.into()));
        archived.or(revised.map(VersionDate::Revised)).or(modified)
    }

    /// The date.
    pub fn date(self) -> PartialDate {
        match self {
            VersionDate::Archived(date) | VersionDate::Revised(date) | VersionDate::File(date) => {
                date
            }
        }
    }
}

impl fmt::Display for VersionDate {
    /// A date that only the file gives stands in brackets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            VersionDate::Archived(date) | VersionDate::Revised(date) => date.fmt(f),
            VersionDate::File(date) => f.pad(&format!("({date})")),
        }
    }
}

impl From<Timestamp> for PartialDate {
    /// The day in Universal Time.
    fn from(time: Timestamp) -> Self {
        let date = time.to_zoned(TimeZone::UTC).date();
        let small = |n: i8| u8::try_from(n).ok();
        Self {
            year: date.year(),
            month: small(date.month()),
            day: small(date.day()),
        }
    }
}

/// The date that a policy itself gives for its last revision, and the words that say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The date, as far as the words settle it (03/04/2015 settles only the year).
    pub date: PartialDate,
    /// The words, in the policy's text.
    pub quote: TextRange,
}
