//! Versions that cannot be read, over a whole library.

use crate::library::{Entry, Library, PolicyId};
use crate::model::{History, Issue};
use crate::source::Found;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// A version of a listed document.
struct Older {
    of: PolicyId,
    place: usize,
}

impl Library {
    /// Older versions whose bytes cannot be had: one issue for each document that has some. Each
    /// content is read once; what it says is not looked at, as a timeline does.
    pub fn lost_versions(&self) -> Vec<Issue> {
        let (older, wanted) = self.older_versions();
        let lost = Mutex::new(BTreeMap::new());
        let sources = &self.reader.sources;
        sources.read_at_once(&wanted, self.reader.max_size, &|index, read| {
            if let (Err(issue), Some(Older { of, place })) = (read, older.get(index)) {
                let mut lost = lost.lock().unwrap_or_else(PoisonError::into_inner);
                lost.insert((*of, *place), issue);
            }
            true
        });
        let lost = lost.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut by_document: BTreeMap<PolicyId, Vec<(usize, Issue)>> = BTreeMap::new();
        for ((of, place), issue) in lost {
            by_document.entry(of).or_default().push((place, issue));
        }
        let told = |(of, lost): (PolicyId, Vec<_>)| told(self.get(of)?, lost);
        by_document.into_iter().filter_map(told).collect()
    }

    /// Every version but the listed ones, each content once, and where to read it.
    fn older_versions(&self) -> (Vec<Older>, Vec<Found>) {
        let (mut older, mut wanted) = (Vec::new(), Vec::new());
        let mut known = FxHashSet::default();
        for (of, entry) in self.listed() {
            let versions = entry.history.iter().flat_map(|history| &history.versions);
            for (place, version) in versions.enumerate() {
                let is_new = version.content.is_none_or(|content| known.insert(content));
                if place != entry.place && is_new {
                    older.push(Older { of, place });
                    wanted.push(super::found(&entry.facts.provenance, version));
                }
            }
        }
        (older, wanted)
    }
}

/// What is said of the versions of a document that cannot be read, oldest first.
fn told(entry: &Entry, lost: Vec<(usize, Issue)>) -> Option<Issue> {
    let history = entry.history.as_ref()?;
    let count = lost.len();
    let (place, issue) = lost.into_iter().next()?;
    let first = called(history, place);
    let message = match count {
        1 => format!("{first} cannot be read: {}", issue.message),
        _ => format!(
            "{count} of {} versions cannot be read, the first of them {first}: {}",
            history.versions.len(),
            issue.message
        ),
    };
    Some(Issue {
        policy: Some(entry.name.clone()),
        message,
        ..issue
    })
}

/// "version 2 (2021-01-01)".
fn called(history: &History, place: usize) -> String {
    let recorded = history.versions.get(place).and_then(|it| it.recorded);
    let day = recorded.map_or_else(String::new, |time| time.strftime(" (%Y-%m-%d)").to_string());
    format!("version {}{day}", place + 1)
}
