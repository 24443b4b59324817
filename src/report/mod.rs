//! Results → a format: text for people, JSON for programs. Writes to any [`Write`](std::io::Write); prints nothing.
//!
//! JSON keys are relied upon: they are extended, never renamed.

mod annotated;
mod check;
mod clause_life;
mod compare;
pub mod export;
mod history;
mod index;
mod json;
mod list;
mod practices;
mod search;
mod segment;
mod sheet;
mod show;
mod text;

use crate::model::{Facts, History, Policy, StandIn};
use serde::Serialize;

pub use annotated::{Annotated, DocumentId, Field, Refused, annotated, refused};
pub use check::check;
pub use clause_life::{ClauseReport, clause_life};
pub use compare::{Options as CompareOptions, compare};
pub use history::Timeline;
pub use index::{IndexReport, index};
pub use list::list;
pub use practices::{AnswersFormat, Asked, practices};
pub use search::{Passage, Passages, Spread, search};
pub use segment::segment;
pub use show::show;

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people, and for screen readers: lines without boxes or colour.
    Text,
    /// For programs.
    Json,
}

/// A policy as lists tell of it, without its text.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    /// The name that finds it.
    pub name: &'a str,
    /// What lists tell of it.
    pub facts: &'a Facts,
    /// The versions of its document, where it has several and they are known.
    pub history: Option<&'a History>,
    /// Why it is an older version: the newest one is a broken fetch.
    pub stand_in: Option<StandIn>,
    /// What a person called it, where it was asked for by a name with a date or revision.
    pub asked: Option<&'a str>,
}

impl<'a> Listed<'a> {
    /// What a person called it, where that is not its name.
    fn other_name(self) -> Option<&'a str> {
        self.asked.filter(|asked| *asked != self.name)
    }
}

/// A policy with what its library knows of it.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// What lists tell of it.
    pub listed: Listed<'a>,
    /// The policy.
    pub policy: &'a Policy,
}

/// The facts of a policy as JSON tells them; the same in every command.
#[derive(Debug, Serialize)]
struct PolicyFacts<'a> {
    policy: &'a str,
    site: &'a str,
    host: Option<&'a str>,
    title: &'a str,
    path: String,
    archived: Option<String>,
    snapshot_url: Option<&'a str>,
    original_url: Option<&'a str>,
    revised: Option<String>,
    bytes: u64,
    sections: usize,
    clauses: usize,
    issues: usize,
    words: usize,
    modified: Option<String>,
    encoding: &'a str,
    terms: Option<&'a str>,
    revision: Option<&'a str>,
    versions: usize,
    first: Option<String>,
    last: Option<String>,
    broken_capture: Option<BrokenFacts<'a>>,
    removed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    asked: Option<&'a str>,
}

/// A newest version that is a broken fetch, so that an older one stands for it.
#[derive(Debug, Serialize)]
struct BrokenFacts<'a> {
    version: usize,
    date: Option<String>,
    revision: Option<&'a str>,
    reason: &'static str,
}

impl<'a> BrokenFacts<'a> {
    fn of(listed: Listed<'a>) -> Option<Self> {
        let stand_in = listed.stand_in?;
        let version = listed.history?.versions.get(stand_in.newest)?;
        Some(Self {
            version: stand_in.newest,
            date: version.recorded.map(day),
            revision: version.origin.commit(),
            reason: stand_in.what,
        })
    }
}

/// The day of a point in time, in Universal Time.
fn day(time: jiff::Timestamp) -> String {
    time.strftime("%Y-%m-%d").to_string()
}

impl<'a> PolicyFacts<'a> {
    fn of(listed: Listed<'a>) -> Self {
        let facts = listed.facts;
        let provenance = &facts.provenance;
        let span = listed.history.and_then(History::span);
        Self {
            policy: listed.name,
            site: &provenance.site,
            host: provenance.host.as_deref(),
            title: &facts.title,
            path: provenance.origin.path().to_string_lossy().into_owned(),
            archived: provenance.archived.map(day),
            snapshot_url: provenance.snapshot_url.as_deref(),
            original_url: provenance.original_url.as_deref(),
            revised: facts.revised.map(|date| date.to_string()),
            bytes: provenance.bytes,
            sections: facts.sections,
            clauses: facts.clauses,
            issues: facts.issues,
            words: facts.words,
            modified: provenance.modified.map(day),
            encoding: provenance.encoding,
            terms: provenance.terms.as_deref(),
            revision: provenance.origin.commit(),
            versions: listed.history.map_or(1, |history| history.versions.len()),
            first: span.map(|(first, _)| day(first)),
            last: span.map(|(_, last)| day(last)),
            broken_capture: BrokenFacts::of(listed),
            removed: provenance.removed.map(day),
            asked: listed.asked,
        }
    }
}
