//! A policy in the library: listed, or opened from a history.

use super::doubtful::{Standing, place_of, told};
use super::history::Steps;
use super::index::Remembered;
use super::reader::Reader;
use crate::model::{
    Answers, Facts, History, Issue, IssueKind, Labels, Origin, Policy, Provenance, StandIn,
    TopicCounts,
};
use crate::source::Found;
use std::sync::{Arc, OnceLock};

/// The number of a policy in its library: of those listed, in the order they were found; of versions
/// opened from a history, in the order they were opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PolicyId(pub u32);

/// Ids from here on are those of opened versions.
const OPENED: u32 = 1 << 31;

impl PolicyId {
    /// The id for a place in [`Library::entries`](super::Library::entries).
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The id of the version that was opened as the so-manieth, from 0.
    pub(super) fn of_opened(place: usize) -> Self {
        Self(u32::try_from(place).map_or(u32::MAX, |place| place.saturating_add(OPENED)))
    }

    /// The place in [`Library::entries`](super::Library::entries); past its end for an opened version.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The place among the opened versions, for one of them.
    pub(super) fn opened(self) -> Option<usize> {
        self.0.checked_sub(OPENED).map(|place| place as usize)
    }

    /// Whether this is a version opened from a history, and so not in the list.
    pub fn is_opened(self) -> bool {
        self.0 >= OPENED
    }
}

/// Versions opened from histories, in the order they were opened.
pub(super) type Opened = boxcar::Vec<Entry>;

/// A policy in the library.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The name that finds this policy and no other: its site, with a date or a path where several
    /// policies are filed under that site.
    pub name: String,
    /// What lists tell of it.
    pub facts: Arc<Facts>,
    /// The versions of its document; none for a document of one version, and while the history of
    /// its archive was not walked yet.
    pub history: Option<Arc<History>>,
    /// Its place in that history; 0 without one.
    pub place: usize,
    /// Why an older version is listed: the newest one is a broken fetch.
    pub stand_in: Option<StandIn>,
    /// What makes its silence doubtful, as its issues told when it was listed.
    pub(super) doubt: Option<IssueKind>,
    /// Whether it was there when the library was opened, and is no longer. It is not listed, and keeps
    /// its number for those who look at it.
    pub is_gone: bool,
    /// The policy, once it was read.
    policy: OnceLock<Arc<Policy>>,
    /// Where to read it, when it was not yet.
    unread: Option<Arc<(Found, Arc<Reader>)>>,
    /// What changed at each version, once it was asked for; shared by all versions of the document.
    pub(super) steps: Steps,
    /// How much of it speaks of each topic, once that is known.
    pub(super) topics: OnceLock<TopicCounts>,
    pub(super) labels: OnceLock<Arc<Labels>>,
    pub(super) answers: OnceLock<Arc<Answers>>,
    /// What does not hold together in it, without its name.
    pub(super) findings: OnceLock<Vec<Issue>>,
}

impl Entry {
    /// A policy that was read.
    pub(super) fn new(policy: Policy, labels: Option<Labels>) -> Self {
        Self {
            name: String::new(),
            facts: Arc::new(Facts::of(&policy)),
            history: None,
            place: 0,
            stand_in: None,
            doubt: None,
            is_gone: false,
            steps: Steps::default(),
            policy: OnceLock::from(Arc::new(policy)),
            unread: None,
            topics: OnceLock::new(),
            labels: labels.map_or_else(OnceLock::new, |labels| OnceLock::from(Arc::new(labels))),
            answers: OnceLock::new(),
            findings: OnceLock::new(),
        }
    }

    /// A policy of which only what lists tell is known yet.
    pub(super) fn listed(known: Remembered, found: Found, reader: Arc<Reader>) -> Self {
        Self {
            name: String::new(),
            facts: Arc::new(known.facts),
            history: None,
            place: 0,
            stand_in: None,
            doubt: None,
            is_gone: false,
            steps: Steps::default(),
            policy: OnceLock::new(),
            unread: Some(Arc::new((found, reader))),
            topics: OnceLock::from(known.topics),
            labels: OnceLock::new(),
            answers: OnceLock::new(),
            findings: OnceLock::new(),
        }
    }

    /// Takes over the versions of the document. The listed version is known as recorded when the
    /// archive did.
    pub(super) fn attach(&mut self, history: Arc<History>) {
        let place = place_of(&self.facts.provenance.origin, &history);
        if let Some(version) = history.versions.get(place) {
            self.amend(|provenance| {
                provenance.archived = provenance.archived.or(version.recorded);
                // Not the commit it was found at, but the one that recorded it.
                if matches!(provenance.origin, Origin::Git(_)) {
                    provenance.origin.clone_from(&version.origin);
                }
            });
        }
        self.place = place;
        self.steps = Steps::default();
        self.history = Some(history);
    }

    /// Lets an older version stand for the document, with its versions.
    pub(super) fn stand_in(&mut self, standing: Standing, history: Arc<History>) {
        *self = Self {
            name: std::mem::take(&mut self.name),
            place: standing.stand_in.place,
            stand_in: Some(standing.stand_in),
            history: Some(history),
            ..standing.entry
        };
    }

    /// Lists it where its document was found.
    pub(super) fn place_at(&mut self, origin: Origin) {
        self.amend(|provenance| provenance.origin.clone_from(&origin));
    }

    /// Where the newest version lies, which an older one may stand for.
    pub(super) fn newest(&self) -> &Origin {
        let passed = self.stand_in.zip(self.history.as_ref());
        let passed = passed.and_then(|(it, history)| history.versions.get(it.newest));
        passed.map_or(&self.facts.provenance.origin, |version| &version.origin)
    }

    /// Why its silence tells nothing, where it does, without reading it: as [`Policy::doubt`].
    pub fn doubt(&self) -> Option<IssueKind> {
        let read = self.policy.get();
        read.map_or(self.doubt, |policy| policy.doubt().map(|issue| issue.kind))
    }

    /// Issues with the name of this policy.
    pub(super) fn named(&self, issues: &[Issue]) -> Vec<Issue> {
        let named = |issue: &Issue| Issue {
            policy: Some(self.name.clone()),
            ..issue.clone()
        };
        issues.iter().map(named).collect()
    }

    /// Where an older version stands for the document: why, as a sentence.
    pub fn stand_in_note(&self) -> Option<String> {
        Some(self.stand_in?.told(self.history.as_ref()?))
    }

    /// Changes the provenance of facts and policy alike.
    fn amend(&mut self, change: impl Fn(&mut Provenance)) {
        change(&mut Arc::make_mut(&mut self.facts).provenance);
        if let Some(policy) = self.policy.get_mut() {
            change(&mut Arc::make_mut(policy).provenance);
        }
    }

    /// The policy, read when first asked for. What can no longer be read is an empty policy whose
    /// issues say why.
    pub fn policy(&self) -> &Arc<Policy> {
        self.policy.get_or_init(|| {
            let facts = &self.facts;
            let unread = self.unread.as_deref();
            let read = unread.map(|(found, reader)| reader.read(found));
            let empty =
                |issues| Policy::empty(facts.provenance.clone(), facts.title.clone(), issues);
            Arc::new(match read {
                Some(Ok(mut policy)) => {
                    policy.provenance.clone_from(&facts.provenance);
                    if let (Some(stand_in), Some(history)) = (self.stand_in, &self.history) {
                        let note = told(&policy.provenance.origin, stand_in, history);
                        policy.issues.insert(0, note);
                    }
                    policy
                }
                Some(Err(issue)) => empty(vec![issue]),
                None => empty(Vec::new()),
            })
        })
    }
}
