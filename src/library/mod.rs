//! The facade over the pipeline, and the one module that knows its order: source → parse →
//! classify. Holds the policies that were found, with their labels, and what went wrong.

mod compare;
mod documents;
mod doubtful;
mod doubts;
mod entry;
mod find;
mod history;
pub mod index;
mod load;
mod names;
mod not_found;
mod progress;
mod reader;
mod recall;
pub mod search;
mod walking;
mod wording;

use crate::classify::{Classifier, LabelMemo, Parts};
use crate::model::{
    Answers, History, Issue, Labels, Origin, Pair, Policy, Question, Side, TopicCounts, at_once,
};
use entry::Opened;
use index::Index;
use rustc_hash::FxHashMap;
use search::Gathered;
use std::path::PathBuf;
use std::sync::Arc;

pub use documents::Successor;
pub use doubtful::Standing;
pub use entry::{Entry, PolicyId};
pub use find::Meant;
pub use history::Dated;
pub use load::{Batch, Loader, Request};
pub use not_found::NotFound;
pub use progress::{Progress, thousands};
pub use reader::Reader;

/// To label two policies and to find what changed takes about so many times as long as to read them.
const TIMES_READING: usize = 4;

/// Both texts together are long from so many bytes on: a third processor is put to use.
const LONG: usize = 100_000;

/// Policies and what went wrong while they were read. A clone shares the policies.
#[derive(Clone, Debug, Default)]
pub struct Library {
    entries: Vec<Entry>,
    /// Older versions that were opened; shared by all clones, so that an id holds in each of them.
    opened: Arc<Opened>,
    issues: Vec<Issue>,
    classifier: Arc<Classifier>,
    reader: Arc<Reader>,
    sample: bool,
    /// How often it changed.
    revision: usize,
    /// What is searched through, once it was gathered.
    gathered: Arc<Gathered>,
    /// Whether nobody looks at the words that labels rest on.
    bare: bool,
    /// The index over all entries, where the library was opened from one.
    index: Option<Arc<Index>>,
}

impl Library {
    /// An empty library that labels with this classifier.
    pub fn new(classifier: Arc<Classifier>) -> Self {
        Self::read_by(Arc::default(), classifier)
    }

    /// An empty library that reads with this reader, and labels with this classifier.
    fn read_by(reader: Arc<Reader>, classifier: Arc<Classifier>) -> Self {
        Self {
            entries: Vec::new(),
            opened: Arc::default(),
            issues: Vec::new(),
            classifier,
            reader,
            sample: false,
            revision: 0,
            gathered: Arc::default(),
            bare: false,
            index: None,
        }
    }

    /// From here on labels come without the words that topics rest on, at less cost: for whoever does
    /// not look at these.
    pub fn spare_evidence(&mut self) {
        self.bare = true;
    }

    /// Adds what was read, and names everything anew.
    pub fn extend(&mut self, batch: Batch) {
        self.take(batch);
        self.settle();
    }

    /// Adds what was read. Names are given by [`Library::settle`], once for several batches.
    pub fn take(&mut self, batch: Batch) {
        let grows = !(batch.listed.is_empty() && batch.policies.is_empty());
        self.entries.extend(batch.listed);
        for (policy, labels) in batch.policies {
            self.issues.extend(policy.issues.iter().cloned());
            self.entries.push(Entry::new(policy, labels));
        }
        self.issues.extend(batch.issues);
        self.sample |= batch.sample;
        if grows || !batch.histories.is_empty() {
            self.gathered = Arc::default();
        }
        if grows {
            self.index = None;
        }
        self.attach(batch.histories, batch.stand_ins);
        if batch.index.is_some() {
            self.set_index(batch.index);
        }
    }

    /// Gives every policy a name that finds it and no other, and issues the names of theirs.
    pub fn settle(&mut self) {
        self.revision += 1;
        names::assign(&mut self.entries);
        let mut of: FxHashMap<PathBuf, Vec<&mut Issue>> = FxHashMap::default();
        for issue in &mut self.issues {
            of.entry(issue.path.clone()).or_default().push(issue);
        }
        if of.is_empty() {
            return;
        }
        for entry in &mut self.entries {
            let issues = match &entry.facts.provenance.origin {
                Origin::File(path) => of.get_mut(path),
                origin => of.get_mut(&origin.path()),
            };
            for issue in issues.into_iter().flatten() {
                issue.policy = Some(entry.name.clone());
                if issue.is_doubt() {
                    entry.doubt = Some(issue.kind);
                }
            }
        }
    }

    /// A number that changes with every change, from one library to what it has grown to.
    pub fn revision(&self) -> usize {
        self.revision
    }

    /// Gives the library an index over all its entries, and tells that which older versions are listed.
    fn set_index(&mut self, index: Option<Arc<Index>>) {
        let stand_in = |(id, entry): (PolicyId, &Entry)| {
            let place = u32::try_from(entry.stand_in?.place).ok()?;
            Some((id, place))
        };
        let stand_ins: Vec<_> = self.listed().filter_map(stand_in).collect();
        self.index = match index {
            Some(index) if !stand_ins.is_empty() => {
                Some(Arc::new(index.standing(stand_ins.into_iter())))
            }
            index => index,
        };
    }

    /// The index that the library was opened from, while it answers.
    pub fn index(&self) -> Option<&Index> {
        self.index.as_deref().filter(|index| !index.is_broken())
    }

    /// Gives documents their versions, and lets an older one stand for a document where that is known.
    fn attach(
        &mut self,
        histories: Vec<(Origin, Arc<History>)>,
        mut stand_ins: FxHashMap<Origin, Standing>,
    ) {
        let mut histories: FxHashMap<Origin, Arc<History>> = histories.into_iter().collect();
        if histories.is_empty() {
            return;
        }
        for entry in &mut self.entries {
            let origin = &entry.facts.provenance.origin;
            let Some(history) = histories.remove(origin) else {
                continue;
            };
            match stand_ins.remove(origin) {
                None => entry.attach(history),
                Some(standing) => {
                    let broken = origin.path();
                    self.issues.retain(|issue| issue.path != broken);
                    self.issues.extend(standing.issues.iter().cloned());
                    entry.stand_in(standing, history);
                }
            }
        }
    }

    /// Adds one policy.
    pub fn add(&mut self, policy: Policy) -> PolicyId {
        self.extend(Batch {
            policies: vec![(policy, None)],
            ..Batch::default()
        });
        PolicyId::new(self.entries.len() - 1)
    }

    /// Adds an issue that is about no file of the library, such as a wrong setting.
    pub fn tell(&mut self, issue: Issue) {
        self.issues.push(issue);
    }

    /// Every policy, in the order it was found, and those that are gone at their places.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Every policy that is there, in the order it was found.
    pub fn listed(&self) -> impl DoubleEndedIterator<Item = (PolicyId, &Entry)> {
        let numbered = self.entries.iter().enumerate();
        let there = numbered.filter(|(_, entry)| !entry.is_gone);
        there.map(|(at, entry)| (PolicyId::new(at), entry))
    }

    /// The ids of every policy that is there.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = PolicyId> + '_ {
        self.listed().map(|(id, _)| id)
    }

    /// One policy. Ids come from this library, so there is one; an id from elsewhere gives none.
    pub fn get(&self, id: PolicyId) -> Option<&Entry> {
        match id.opened() {
            Some(place) => self.opened.get(place),
            None => self.entries.get(id.index()),
        }
    }

    /// The labels of a policy, computed when first asked for.
    pub fn labels(&self, id: PolicyId) -> Arc<Labels> {
        self.get(id).map_or_else(Default::default, |entry| {
            let parts = Parts {
                labels: true,
                evidence: !self.bare,
                ..Parts::default()
            };
            let classify = || self.classifier.tell(entry.policy(), parts).labels;
            Arc::clone(entry.labels.get_or_init(|| Arc::new(classify())))
        })
    }

    /// How many clauses of a policy each topic has; from the index where that knows it, else from the
    /// labels.
    pub fn topic_counts(&self, id: PolicyId) -> TopicCounts {
        self.get(id).map_or_else(Default::default, |entry| {
            *entry.topics.get_or_init(|| self.labels(id).topic_counts())
        })
    }

    /// The labels of two policies, computed together where neither was asked for before.
    pub fn labels_of_both(&self, ids: Pair<PolicyId>) -> Pair<Arc<Labels>> {
        self.labels_beside(ids, || ()).0
    }

    /// The same, and what comes of other work on the two, done at the same time: when it is done, its
    /// thread takes its share of the labels.
    pub(super) fn labels_beside<T>(
        &self,
        ids: Pair<PolicyId>,
        work: impl FnOnce() -> T,
    ) -> (Pair<Arc<Labels>>, T) {
        let memo = if self.bare {
            LabelMemo::bare()
        } else {
            LabelMemo::default()
        };
        let unread = |id| self.get(id).filter(|entry| entry.labels.get().is_none());
        let both = (unread(ids.left).is_some() && unread(ids.right).is_some()).then_some(&memo);
        let labels = |side: Side| match (unread(ids[side]), both) {
            (Some(entry), Some(memo)) => {
                let classify = || self.classifier.classify_side(entry.policy(), side, memo);
                Arc::clone(entry.labels.get_or_init(|| Arc::new(classify())))
            }
            _ => self.labels(ids[side]),
        };
        let bytes = |id| self.get(id).map_or(0, |entry| entry.policy().text.len());
        let bytes = bytes(ids.left) + bytes(ids.right);
        let has_third = || std::thread::available_parallelism().is_ok_and(|cores| cores.get() > 2);
        let beside = || {
            if bytes >= LONG && has_third() {
                return at_once(bytes, || labels(Side::Right), work);
            }
            let done = work();
            (labels(Side::Right), done)
        };
        let (left, (right, done)) = at_once(TIMES_READING * bytes, || labels(Side::Left), beside);
        (Pair::new(left, right), done)
    }

    /// The practice questions, in the order of [`Answers`].
    pub fn questions(&self) -> &[Question] {
        self.classifier.questions()
    }

    /// What a policy answers to the practice questions, computed when first asked for.
    pub fn answers(&self, id: PolicyId) -> Arc<Answers> {
        self.get(id).map_or_else(Default::default, |entry| {
            let answer = || Arc::new(self.classifier.answer(entry.policy()));
            Arc::clone(entry.answers.get_or_init(answer))
        })
    }

    /// The labels and answers of a policy, from one reading where neither was asked for before.
    pub fn labels_and_answers(&self, id: PolicyId) -> (Arc<Labels>, Arc<Answers>) {
        let unread = |entry: &&Entry| entry.labels.get().is_none() && entry.answers.get().is_none();
        if let Some(entry) = self.get(id).filter(unread) {
            let parts = Parts {
                labels: true,
                evidence: true,
                answers: true,
                findings: false,
            };
            let told = self.classifier.tell(entry.policy(), parts);
            entry.labels.get_or_init(|| Arc::new(told.labels));
            entry.answers.get_or_init(|| Arc::new(told.answers));
        }
        (self.labels(id), self.answers(id))
    }

    /// What two policies answer, computed side by side where that was not done before.
    pub fn answers_of_both(&self, ids: Pair<PolicyId>) -> Pair<Arc<Answers>> {
        let (left, right) = rayon::join(|| self.answers(ids.left), || self.answers(ids.right));
        Pair::new(left, right)
    }

    /// What does not hold together in the text of a policy, computed when first asked for.
    pub fn findings(&self, id: PolicyId) -> Vec<Issue> {
        self.get(id).map_or_else(Vec::new, |entry| {
            let find = || self.classifier.findings(entry.policy());
            entry.named(entry.findings.get_or_init(find))
        })
    }

    /// The same, where it was asked for before.
    pub fn known_findings(&self, id: PolicyId) -> Option<Vec<Issue>> {
        let entry = self.get(id)?;
        Some(entry.named(entry.findings.get()?))
    }

    /// Whether it was asked for before.
    pub fn is_looked_into(&self, id: PolicyId) -> bool {
        self.get(id)
            .is_some_and(|entry| entry.findings.get().is_some())
    }

    /// How much does not hold together in the policies that were looked into.
    pub fn count_of_findings(&self) -> usize {
        let known = self.listed().filter_map(|(_, entry)| entry.findings.get());
        known.map(Vec::len).sum()
    }

    /// Keeps what was found in a policy by a library that this one has grown from.
    pub fn keep_findings(&self, id: PolicyId, findings: &[Issue]) {
        if let Some(entry) = self.get(id) {
            entry.findings.get_or_init(|| findings.to_vec());
        }
    }

    /// What went wrong or looks odd, over all files.
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }

    /// Whether this is the embedded sample library.
    pub fn is_sample(&self) -> bool {
        self.sample
    }

    /// The classifier that labels this library.
    pub fn classifier(&self) -> &Arc<Classifier> {
        &self.classifier
    }
}
