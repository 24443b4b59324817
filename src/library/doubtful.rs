//! Documents whose newest version looks broken while they are loaded, and what stands for them once
//! their histories are known.

use super::history::{LONG, may_be_broken, stand_in};
use super::index::Remembered;
use super::{Batch, Reader};
use crate::classify::Classifier;
use crate::model::{History, Issue, IssueKind, Labels, Origin, Policy, Provenance, StandIn};
use crate::source::Found;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// An older version that stands for a document.
#[derive(Debug)]
pub struct Standing {
    pub(super) stand_in: StandIn,
    pub(super) policy: Policy,
    pub(super) labels: Option<Labels>,
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
}

impl Doubtful {
    /// Notes a document that was read if it looks broken.
    pub(super) fn note(&mut self, found: &Found, read: Result<&Policy, &Issue>) {
        let provenance = match read {
            Ok(policy) if may_be_broken(policy) => Some(policy.provenance.clone()),
            Err(issue) if issue.kind == IssueKind::Empty => None,
            _ => return,
        };
        self.add(found, provenance);
    }

    /// Notes a document of which only what lists tell is known, if it may look broken.
    pub(super) fn note_listed(&mut self, found: &Found, known: &Remembered) {
        let told = |issue: &Issue| issue.kind == IssueKind::NotAPolicy;
        let facts = &known.facts;
        if facts.words <= LONG || known.issues.iter().any(told) {
            self.add(found, Some(known.facts.provenance.clone()));
        }
    }

    fn add(&mut self, found: &Found, provenance: Option<Provenance>) {
        let found = found.clone();
        let doubt = Doubt { found, provenance };
        self.documents.insert(doubt.found.origin.clone(), doubt);
    }

    /// Gives a batch what stands for those documents whose histories it brings.
    pub(super) fn settle(
        &mut self,
        batch: &mut Batch,
        reader: &Reader,
        labeller: Option<&Classifier>,
    ) {
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
            .filter_map(|(doubt, history)| {
                let (stand_in, policy) = doubt.stand_in(reader, &history)?;
                let labels = labeller.map(|classifier| classifier.classify(&policy));
                let standing = Standing {
                    stand_in,
                    policy: told(policy, stand_in, &history),
                    labels,
                };
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
            let mut policy = standing.policy.clone();
            policy.provenance.origin = origin.clone();
            batch.policies.push((policy, None));
            batch.histories.push((origin.clone(), history));
            batch.stand_ins.insert(origin, standing);
        }
        (!batch.policies.is_empty()).then_some(batch)
    }
}

impl Doubt {
    fn stand_in(&self, reader: &Reader, history: &History) -> Option<(StandIn, Policy)> {
        let newest = place_of(&self.found.origin, history);
        let older = || {
            let versions = history.versions.get(..newest)?.iter().rev();
            let mut read = versions.map(|version| reader.read(&self.found.version(version)));
            Some(read.find_map(Result::ok)?.provenance)
        };
        let provenance = self.provenance.clone().or_else(older)?;
        let (stand_in, policy) = stand_in(reader, &provenance, history, newest)?;
        Some((stand_in, Arc::unwrap_or_clone(policy)))
    }
}

/// A policy with the note that it stands for a newer version.
fn told(mut policy: Policy, stand_in: StandIn, history: &History) -> Policy {
    let path = policy.provenance.origin.path();
    let message = stand_in.told(history);
    let issue = Issue::new(path, IssueKind::BrokenCapture, message);
    policy.issues.insert(0, issue);
    policy
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
