//! The versions of a document: named, opened when asked for, and what changed at each.
//!
//! - `mod.rs`: which versions there are, what each is called, opening one.
//! - `lost.rs`: which versions cannot be read, over a whole library.
//! - `moment.rs`: what may stand behind the `@` of a name.
//! - `shelf.rs`: the texts of versions, each read once and kept while they are needed.
//! - `timeline.rs`: every version against the one before, as [`Step`]s.
//! - `noise.rs`: which versions say nothing about the policy, and why.
//! - `sound.rs`: which version stands for a document whose newest one is a broken fetch.
//! - `clause_life.rs`: one clause through the versions, and who else uses it.

mod clause_life;
mod lost;
mod moment;
pub(super) mod noise;
mod shelf;
mod sound;
mod timeline;

use super::{Entry, Library, NotFound, PolicyId};
use crate::model::{Filed, History, Issue, IssueKind, Provenance, StandIn, Step, Version};
use crate::source::Found;
use std::path::PathBuf;
use std::sync::Arc;

pub(super) use moment::{Moment, Period};
pub(super) use noise::{LONG, seeming};
pub(super) use sound::{may_be_broken, rests_on, stand_in};
pub(super) use timeline::Steps;

/// The version that a date or a revision names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// Its place in the history.
    pub place: usize,
    /// Whether the date or revision is that version's own, so that it is meant whatever it holds.
    pub is_exact: bool,
    /// What was asked: "in force in June 2025", "recorded by revision 24a10d26".
    pub asked: String,
}

impl Dated {
    /// What stands for the version where that does not hold the policy, by what is known of the steps:
    /// the version itself where it is meant.
    pub fn passing(&self, steps: &[Step]) -> Option<StandIn> {
        let passing = StandIn::passing(steps, self.place)?;
        Some(if self.is_exact {
            passing.itself()
        } else {
            passing
        })
    }
}

impl Library {
    /// Opens a version of a policy's history, by its place there. The current version is the listed
    /// policy itself; any other gets an id of its own, the same each time. None when the policy has
    /// no such version.
    ///
    /// # Errors
    /// An [`Issue`] that says why the version could not be read; none is opened then.
    pub fn open_version(&self, of: PolicyId, place: usize) -> Option<Result<PolicyId, Issue>> {
        let entry = self.get(of)?;
        let Some(history) = &entry.history else {
            return (place == 0).then_some(Ok(of));
        };
        if place >= history.versions.len() {
            return None;
        }
        let is_it = |known: &Entry| {
            let same = known.history.as_ref();
            known.place == place && same.is_some_and(|same| Arc::ptr_eq(same, history))
        };
        if is_it(entry) {
            return Some(Ok(of));
        }
        let listed = self.entries.iter().position(is_it);
        let opened = || self.opened.iter().find(|(_, known)| is_it(known));
        let known = listed
            .map(PolicyId::new)
            .or_else(|| opened().map(|(known, _)| PolicyId::of_opened(known)));
        if let Some(known) = known {
            return Some(Ok(known));
        }
        Some(self.read_version(entry, history, place))
    }

    /// The name that finds a version of a policy again: `NAME@DATE`, with the time or the revision
    /// where several versions bear that date.
    pub fn version_name(&self, of: PolicyId, place: usize) -> Option<String> {
        let entry = self.get(of)?;
        Some(match &entry.history {
            Some(history) => version_name(&entry.facts.provenance, history, place),
            None => entry.name.clone(),
        })
    }

    /// The version of a policy that was the newest at the end of a day, month or year (`2020-05-03`,
    /// `2020-05`, `2020`), or the one that a revision recorded.
    ///
    /// # Errors
    /// When no version is that old, none or several have that revision, or `when` is neither.
    pub fn version_at(&self, of: PolicyId, when: &str) -> Result<Dated, NotFound> {
        let when = when.trim();
        let moment = Moment::parse(when).ok_or_else(|| NotFound::NoMoment {
            when: when.to_owned(),
        })?;
        let history = self.get(of).and_then(|entry| entry.history.as_ref());
        let places = history.map_or_else(Vec::new, |history| moment.places_in(history));
        let recorded = |place: usize| history?.versions.get(place)?.recorded;
        let site = self.document_name(of).unwrap_or_default();
        let called = |place: &usize| self.version_name(of, *place);
        match (&places[..], moment) {
            ([place], moment) => Ok(Dated {
                place: *place,
                is_exact: moment.is_name_of(recorded(*place)),
                asked: match moment {
                    Moment::During(period) => format!("in force {period}"),
                    Moment::Revision(digits) => format!("recorded by revision {digits}"),
                },
            }),
            ([], Moment::During(_)) => Err(NotFound::TooEarly {
                site,
                date: when.to_owned(),
                first: recorded(0).map(|time| time.strftime("%Y-%m-%d").to_string()),
                others: Vec::new(),
            }),
            ([], Moment::Revision(revision)) => Err(NotFound::NoRevision {
                site,
                revision,
                versions: Vec::new(),
            }),
            (several, _) => Err(NotFound::Ambiguous {
                name: when.to_owned(),
                candidates: several.iter().filter_map(called).collect(),
            }),
        }
    }

    /// What is wrong with the archive that a policy lies in, so that versions of it may be missing.
    pub fn gaps(&self, id: PolicyId) -> impl Iterator<Item = &Issue> {
        let path = self
            .get(id)
            .map(|entry| entry.facts.provenance.origin.path());
        let told = move |issue: &&Issue| {
            let kind = matches!(issue.kind, IssueKind::Incomplete | IssueKind::Unreadable);
            let is_around = |path: &PathBuf| *path != issue.path && path.starts_with(&issue.path);
            kind && path.as_ref().is_some_and(is_around)
        };
        self.issues.iter().filter(told)
    }

    /// What a document is called whatever its version: its site, and the type of terms where that is
    /// not its privacy policy.
    pub fn document_name(&self, id: PolicyId) -> Option<String> {
        let entry = self.get(id)?;
        Some(super::names::document(&entry.facts.provenance))
    }

    fn read_version(
        &self,
        entry: &Entry,
        history: &Arc<History>,
        place: usize,
    ) -> Result<PolicyId, Issue> {
        let provenance = &entry.facts.provenance;
        let policy = self
            .reader
            .read(&found(provenance, &history.versions[place]))?;
        let mut opened = Entry::new(policy, None);
        opened.name = version_name(provenance, history, place);
        opened.history = Some(Arc::clone(history));
        opened.place = place;
        opened.steps = entry.steps.clone();
        Ok(PolicyId::of_opened(self.opened.push(opened)))
    }
}

/// Where to read a version of the document that `provenance` is of.
pub(super) fn found(provenance: &Provenance, version: &Version) -> Found {
    Found {
        origin: version.origin.clone(),
        filed: Filed {
            site: Some(provenance.site.clone()),
            terms: provenance.terms.clone(),
            recorded: version.recorded,
            removed: provenance.removed,
        },
        history: None,
    }
}

/// `SITE@DATE` for the last version of a day; what is recorded before it on the same day is called
/// by its revision, or else its time. A version without a date is called by its revision.
fn version_name(provenance: &Provenance, history: &History, place: usize) -> String {
    let name = super::names::document(provenance);
    let Some(version) = history.versions.get(place) else {
        return name;
    };
    let revision = version.origin.revision();
    let Some(time) = version.recorded else {
        return revision.map_or_else(|| name.clone(), |revision| format!("{name}@{revision}"));
    };
    let day = time.strftime("%Y-%m-%d").to_string();
    let found = Moment::parse(&day).and_then(|moment| moment.place_in(history));
    match (found == Some(place), revision) {
        (true, _) => format!("{name}@{day}"),
        (false, Some(revision)) => format!("{name}@{revision}"),
        (false, None) => format!("{name}@{}", time.strftime("%Y-%m-%dT%H-%M-%SZ")),
    }
}
