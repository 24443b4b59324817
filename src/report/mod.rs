//! Results → a format: text for people, JSON for programs. Writes to any [`Write`](std::io::Write); prints nothing.
//!
//! JSON keys are relied upon: they are extended, never renamed.

mod check;
mod compare;
mod index;
mod json;
mod list;
mod practices;
mod search;
mod segment;
mod show;
mod text;

use crate::model::{Facts, Policy};
use serde::Serialize;

pub use check::check;
pub use compare::{Options as CompareOptions, compare};
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

/// A policy with what its library knows of it.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// The name that finds it.
    pub name: &'a str,
    /// What lists tell of it.
    pub facts: &'a Facts,
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
}

impl<'a> PolicyFacts<'a> {
    fn of(named: Named<'a>) -> Self {
        let facts = named.facts;
        let provenance = &facts.provenance;
        let day = |time: jiff::Timestamp| time.strftime("%Y-%m-%d").to_string();
        Self {
            policy: named.name,
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
        }
    }
}
