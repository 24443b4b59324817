//! What is known of the sites so far: their answers come in from the background, some at a time.

use crate::library::{Library, PolicyId};
use crate::model::{Answers, ClauseId, ClauseKind, Labels, Policy, Topic};
use crate::tui::effect::{Effect, Request, Surveyed};
use std::sync::Arc;

/// How many sites are asked for at a time: few enough that the screen soon shows them, enough to keep
/// every core busy.
const BATCH: usize = 16;

/// What one site says.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) answers: Arc<Answers>,
    pub(super) labels: Arc<Labels>,
    /// By topic, how many clauses speak of it.
    counts: [usize; Topic::ALL.len()],
    /// The number of clauses, without headings.
    clauses: usize,
    /// Whether its silence tells nothing.
    pub(super) doubtful: bool,
}

impl Said {
    fn new(surveyed: &Surveyed, policy: &Policy) -> Self {
        let mut counts = [0; Topic::ALL.len()];
        for topic in Topic::ALL {
            counts[topic.index()] = speaking(policy, &surveyed.labels, topic).count();
        }
        let headed = |kind: ClauseKind| kind == ClauseKind::Heading;
        Self {
            answers: Arc::clone(&surveyed.answers),
            labels: Arc::clone(&surveyed.labels),
            counts,
            clauses: policy.clauses.iter().filter(|c| !headed(c.kind)).count(),
            doubtful: policy.doubt().is_some(),
        }
    }

    /// How many clauses speak of a topic, and how many clauses there are.
    pub(super) fn share(&self, topic: Topic) -> (usize, usize) {
        (self.counts[topic.index()], self.clauses)
    }
}

/// The clauses on a topic that are more than its heading.
pub(super) fn speaking<'a>(
    policy: &'a Policy,
    labels: &'a Labels,
    topic: Topic,
) -> impl Iterator<Item = ClauseId> + 'a {
    labels.clauses_on(topic).filter(|id| {
        let clause = policy.clauses.get(id.index());
        clause.is_some_and(|clause| clause.kind != ClauseKind::Heading)
    })
}

/// What is known of each site.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// By the place of the policy in the library.
    said: Vec<Option<Said>>,
    known: usize,
    /// Whether an answer is on its way.
    waits: bool,
}

impl Survey {
    /// What a site says, if that is known yet.
    pub(super) fn said(&self, site: PolicyId) -> Option<&Said> {
        self.said.get(site.index())?.as_ref()
    }

    /// How many sites are known.
    pub(super) fn known(&self) -> usize {
        self.known
    }

    /// Asks for sites that are not known yet, those that come first in `wanted` before others.
    pub(super) fn ask(&mut self, wanted: impl Iterator<Item = PolicyId>) -> Effect {
        if self.waits {
            return Effect::None;
        }
        let mut batch: Vec<PolicyId> = Vec::with_capacity(BATCH);
        for site in wanted {
            if self.said(site).is_none() && !batch.contains(&site) {
                batch.push(site);
                if batch.len() == BATCH {
                    break;
                }
            }
        }
        if batch.is_empty() {
            return Effect::None;
        }
        self.waits = true;
        Effect::Ask(Request::Survey(batch))
    }

    /// Takes over what came.
    pub(super) fn take(&mut self, surveyed: &[Surveyed], library: &Library) {
        self.waits = false;
        self.said.resize_with(library.entries().len(), || None);
        for one in surveyed {
            let entry = library.get(one.policy);
            if let (Some(entry), Some(slot)) = (entry, self.said.get_mut(one.policy.index())) {
                self.known += usize::from(slot.is_none());
                *slot = Some(Said::new(one, entry.policy()));
            }
        }
    }
}
