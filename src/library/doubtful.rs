//! Documents whose newest version looks broken while they are loaded, and what stands for them once
//! their histories are known.

use super::history::{self, LONG, may_be_broken, rests_on};
use super::index::Remembered;
use super::{Batch, Entry, Reader};
use crate::classify::Classifier;
use crate::model::{Facts, History, Issue, IssueKind, Origin, Policy, Provenance, StandIn};
use crate::source::Found;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// An older version that stands for a document.
#[derive(Debug)]
pub struct Standing {
    pub(super) stand_in: StandIn,
    pub(super) entry: Entry,
    /// What is odd about it, first of all that it is not the newest.
    pub(super) issues: Vec<Issue>,
}

/// What was found out about a document that looks broken.
#[derive(Clone, Debug)]
pub(super) struct Verdict<T = Remembered> {
    /// What it rests on, as [`rests_on`] tells it: about another history it says nothing.
    pub(super) rests_on: u128,
    /// The version that stands for the document, if one does, and what is known of that.
    pub(super) stand_in: Option<(StandIn, T)>,
}

/// Documents that look broken, by where they were found.
#[derive(Debug, Default)]
pub(super) struct Doubtful {
    documents: FxHashMap<Origin, Doubt>,
    /// What stands for documents of which nothing is listed yet.
    late: Vec<(Origin, Arc<History>, Standing)>,
}

#[derive(Debug)]
struct Doubt {
    found: Found,
    /// Where the newest version came from; none when it holds no text at all.
    provenance: Option<Provenance>,
    /// What the index knows about it.
    verdict: Option<Box<Verdict>>,
}

impl Doubtful {
    /// Notes a document that was read if it looks broken.
    pub(super) fn note(&mut self, found: &Found, read: Result<&Policy, &Issue>) {
        let provenance = match read {
            Ok(policy) if may_be_broken(policy) => Some(policy.provenance.clone()),
            Err(issue) if issue.kind == IssueKind::Empty => None,
            _ => return,
        };
        self.add(Doubt::new(found, provenance));
    }

    /// Notes a document of which only what lists tell is known, if it may look broken.
    pub(super) fn note_listed(&mut self, found: &Found, known: &mut Remembered) {
        if looks_broken(&known.facts, &known.issues) {
            self.add(Doubt {
                verdict: known.verdict.take(),
                ..Doubt::new(found, Some(known.facts.provenance.clone()))
            });
        }
    }

    fn add(&mut self, doubt: Doubt) {
        self.documents.insert(doubt.found.origin.clone(), doubt);
    }

    /// Gives a batch what stands for those documents whose histories it brings.
    pub(super) fn settle(
        &mut self,
        batch: &mut Batch,
        reader: &Arc<Reader>,
        labeller: Option<&Classifier>,
    ) {
        if self.documents.is_empty() {
            return;
        }
        let mut asked = Vec::new();
        for (origin, history) in &batch.histories {
            asked.extend(
                self.documents
                    .remove(origin)
                    .map(|doubt| (doubt, Arc::clone(history))),
            );
        }
        let standing: Vec<_> = asked
            .into_par_iter()
            .filter_map(|(mut doubt, history)| {
                let standing = doubt.standing(reader, &history, labeller)?;
                Some((doubt, history, standing))
            })
            .collect();
        for (doubt, history, standing) in standing {
            let origin = doubt.found.origin;
            if doubt.provenance.is_some() {
                batch.stand_ins.insert(origin, standing);
            } else {
                self.late.push((origin, history, standing));
            }
        }
    }

    /// Documents whose newest version holds no text, so that nothing was listed of them yet.
    pub(super) fn late(&mut self) -> Option<Batch> {
        let mut batch = Batch::default();
        for (origin, history, standing) in std::mem::take(&mut self.late) {
            let mut entry = standing.entry.clone();
            entry.place_at(origin.clone());
            batch.listed.push(entry);
            batch.histories.push((origin.clone(), history));
            batch.stand_ins.insert(origin, standing);
        }
        (!batch.listed.is_empty()).then_some(batch)
    }
}

impl Doubt {
    fn new(found: &Found, provenance: Option<Provenance>) -> Self {
        Self {
            found: found.clone(),
            provenance,
            verdict: None,
        }
    }

    /// What stands for the document: what the index knows about this very history, else what reading
    /// it tells.
    fn standing(
        &mut self,
        reader: &Arc<Reader>,
        history: &History,
        labeller: Option<&Classifier>,
    ) -> Option<Standing> {
        let newest = place_of(&self.found.origin, history);
        let known = self.verdict.take();
        if let Some(verdict) = known.filter(|known| known.rests_on == rests_on(history, newest)) {
            let (stand_in, known) = verdict.stand_in?;
            return self.listed(stand_in, known, reader, history);
        }
        let (stand_in, mut policy) = self.stand_in(reader, history, newest)?;
        let note = told(&policy.provenance.origin, stand_in, history);
        policy.issues.insert(0, note);
        let labels = labeller.map(|classifier| classifier.classify(&policy));
        Some(Standing {
            stand_in,
            issues: policy.issues.clone(),
            entry: Entry::new(policy, labels),
        })
    }

    /// A version that stands for the document, as the index knows it.
    fn listed(
        &self,
        stand_in: StandIn,
        mut known: Remembered,
        reader: &Arc<Reader>,
        history: &History,
    ) -> Option<Standing> {
        let version = history.versions.get(stand_in.place)?;
        let found = history::found(self.provenance.as_ref()?, version);
        known.facts.provenance.origin = found.origin.clone();
        known.facts.issues += 1;
        let mut issues = std::mem::take(&mut known.issues);
        issues.insert(0, told(&found.origin, stand_in, history));
        Some(Standing {
            stand_in,
            entry: Entry::listed(known, found, Arc::clone(reader)),
            issues,
        })
    }

    fn stand_in(
        &self,
        reader: &Reader,
        history: &History,
        newest: usize,
    ) -> Option<(StandIn, Policy)> {
        let older = || {
            let versions = history.versions.get(..newest)?.iter().rev();
            let mut read = versions.map(|version| reader.read(&self.found.version(version)));
            Some(read.find_map(Result::ok)?.provenance)
        };
        let provenance = self.provenance.clone().or_else(older)?;
        let (stand_in, policy) = history::stand_in(reader, &provenance, history, newest)?;
        Some((stand_in, Arc::unwrap_or_clone(policy)))
    }
}

/// Whether a document may look broken, by what lists tell of it.
fn looks_broken(facts: &Facts, issues: &[Issue]) -> bool {
    let told = |issue: &Issue| issue.kind == IssueKind::NotAPolicy;
    facts.words <= LONG || issues.iter().any(told)
}

/// The verdict on a document that was read, if it may look broken.
pub(super) fn judged(
    found: &Found,
    facts: &Facts,
    issues: &[Issue],
    history: &History,
    reader: &Reader,
) -> Option<Verdict<Policy>> {
    if !looks_broken(facts, issues) {
        return None;
    }
    let doubt = Doubt::new(found, Some(facts.provenance.clone()));
    let newest = place_of(&found.origin, history);
    Some(Verdict {
        rests_on: rests_on(history, newest),
        stand_in: doubt.stand_in(reader, history, newest),
    })
}

/// The note that a version stands for a newer one.
pub(super) fn told(origin: &Origin, stand_in: StandIn, history: &History) -> Issue {
    let message = stand_in.told(history);
    Issue::new(origin.path(), IssueKind::BrokenCapture, message)
}

/// The place in a history of the version that lies at `origin`: the last that is there, or that has
/// the same bytes, else the newest.
pub(super) fn place_of(origin: &Origin, history: &History) -> usize {
    let last = |test: &dyn Fn(&Origin) -> bool| {
        let mut versions = history.versions.iter();
        versions.rposition(|version| test(&version.origin))
    };
    let same_bytes = |other: &Origin| match (origin, other) {
        (Origin::Git(one), Origin::Git(other)) => one.blob == other.blob,
        _ => false,
    };
    last(&|other| other == origin)
        .or_else(|| last(&same_bytes))
        .unwrap_or(history.versions.len().saturating_sub(1))
}
