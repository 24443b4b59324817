//! Search: what a person types → the clauses that say it, best first, site by site.
//!
//! [`Query`] reads what was typed. What is looked through are wordings: the text of a clause with
//! its labels, each distinct one once. They lie in the index on disk where the library was opened
//! from one, else in memory, gathered when first searched; both find the same.

mod chosen;
mod field;
mod lexer;
mod like;
mod marks;
mod memory;
mod query;
mod results;
mod unfit;
mod walk;
pub(crate) mod words;

pub use like::{FEWEST_WORDS, LIKENESS};
pub(crate) use memory::{At, Memory};
pub(crate) use query::Wish;
pub use query::{Query, QueryError};
pub use results::{Held, Hit, Results, SiteHits, Wanted};

use super::index::{Index, Matching, RANKED};
use super::wording::Wording;
use super::{Library, PolicyId};
use crate::model::{ClauseId, Filed, Issue, Labels, Policy, Topic};
use crate::source::Found;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A heading is worth this much of a sentence that fits as well: it says that a policy speaks of
/// something, and not what. So little that headings stand behind what else fits.
const HEADING_WORTH: f32 = 0.1;

/// Clauses of fewer words than this hardly tell anything; bm25, made for documents, likes the
/// shortest best. Each counts for as much as it has of these words.
const TELLING: usize = 12;

/// What a clause is worth more that is labelled with a topic of the words that were asked for.
const ON_TOPIC: f32 = 1.3;

/// Policies that are read at once while wordings are gathered in memory.
const BATCH: usize = 64;

/// The wordings of a library in memory, once they were asked for: of the policies as they are now,
/// and of all versions.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    now: OnceLock<Memory>,
    versions: OnceLock<Memory>,
}

/// Where wordings lie.
#[derive(Clone, Copy)]
enum Texts<'a> {
    Memory(&'a Memory),
    Index(&'a Index),
}

/// A document that holds a wording, and the places of its versions that do, in order.
struct Holder {
    policy: PolicyId,
    places: Vec<Range<u32>>,
}

impl Library {
    /// The clauses that fit a query. The first search of a library without an index reads and labels
    /// all of it; do not wait for it while drawing.
    pub fn search(&self, query: &Query, wanted: &Wanted) -> Results {
        let mut results = self.search_in(self.texts(wanted.versions), query, wanted);
        if self.lost_index() {
            // The index failed while it was asked: what it said does not count.
            results = self.search_in(self.texts(wanted.versions), query, wanted);
        }
        if results.sites.is_empty() {
            results.unfit = self.unfit(query);
        }
        results
    }

    fn search_in(&self, texts: Texts<'_>, query: &Query, wanted: &Wanted) -> Results {
        let walk = walk::Walk {
            library: self,
            texts,
            query,
            wanted: *wanted,
            but_for: None,
        };
        let topics = self.topics_of(query);
        let index = match texts {
            Texts::Index(index) => index,
            Texts::Memory(memory) => {
                let found = memory.matching(query.clause.as_ref(), &topics);
                return Results {
                    ranked: true,
                    ..walk.results(found)
                };
            }
        };
        let few = walk
            .few_chosen()
            .map(|few| index.of_policies(&few, wanted.versions));
        let matching = |every| match (&few, &query.clause) {
            (Some(few), None) => Matching {
                all: index.wordings(wanted.versions),
                ..Matching::of(few.iter().map(|&number| (0.0, number)).collect())
            },
            (_, wish) => index.matching(wish.as_ref(), &topics, wanted.versions, every),
        };
        let look = |every| {
            let Matching {
                mut found,
                all,
                ranked,
            } = matching(every);
            let left = match (&few, &query.clause) {
                (Some(_), None) => 0,
                _ => all - found.len().min(all),
            };
            if let Some(few) = &few {
                found.retain(|(_, number)| few.contains(number));
            }
            let results = walk.results(found);
            let results = Results {
                wordings: all,
                more: results.more || left > 0,
                ranked,
                ..results
            };
            (results, left)
        };
        let (results, left) = look(few.is_some() || wanted.limit > RANKED);
        if left > 0 && results.hits().count() < wanted.limit {
            // The first that fit are not among those chosen, or of few sites.
            return look(true).0;
        }
        results
    }

    /// What the words of a query are about, where a policy would say them.
    fn topics_of(&self, query: &Query) -> Vec<Topic> {
        let labels = self.classifier().classify_segment(&query.said);
        labels.topics.iter().map(|label| label.topic).collect()
    }

    /// Whether there is an index that failed.
    fn lost_index(&self) -> bool {
        self.index.as_ref().is_some_and(|index| index.is_broken())
    }

    /// Whether a search need not read policies first.
    pub fn is_search_ready(&self, versions: bool) -> bool {
        self.index().is_some() || self.gathered(versions).get().is_some()
    }

    /// Where a hit stands in its source; none when its version can no longer be read.
    pub fn span_of(&self, hit: &Hit) -> Option<crate::model::Span> {
        let policy = match hit.place {
            None => Arc::clone(self.get(hit.policy)?.policy()),
            Some(place) => {
                let id = self.open_version(hit.policy, place)?.ok()?;
                Arc::clone(self.get(id)?.policy())
            }
        };
        let clause = policy.clauses.get(hit.clause.index())?;
        Some(clause.span)
    }

    fn texts(&self, versions: bool) -> Texts<'_> {
        match self.index() {
            Some(index) => Texts::Index(index),
            None => Texts::Memory(
                self.gathered(versions)
                    .get_or_init(|| self.gather(versions)),
            ),
        }
    }

    fn gathered(&self, versions: bool) -> &OnceLock<Memory> {
        if versions {
            &self.gathered.versions
        } else {
            &self.gathered.now
        }
    }

    /// Reads and labels everything that is to be looked through.
    fn gather(&self, versions: bool) -> Memory {
        let mut memory = Memory::default();
        let all: Vec<(PolicyId, Option<usize>)> = self
            .ids()
            .flat_map(|id| {
                self.version_places(id, versions)
                    .map(move |place| (id, place))
            })
            .collect();
        for batch in all.chunks(BATCH) {
            let read = |&(id, place): &(PolicyId, Option<usize>)| self.labelled(id, place);
            let read: Vec<_> = batch.par_iter().map(read).collect();
            for ((id, place), read) in batch.iter().zip(read) {
                if let Some((policy, labels)) = read {
                    let place = u32::try_from(place.unwrap_or(0)).unwrap_or(u32::MAX);
                    memory.add(id.0, place, &policy, &labels);
                }
            }
        }
        memory
    }

    /// The versions of a document: their places in its history, or none for one without history.
    fn version_places(
        &self,
        id: PolicyId,
        versions: bool,
    ) -> impl Iterator<Item = Option<usize>> + use<> {
        let history = self.get(id).and_then(|entry| entry.history.as_ref());
        let count = history.filter(|_| versions).map(|h| h.versions.len());
        let single = count.is_none().then_some(None);
        (0..count.unwrap_or(0)).map(Some).chain(single)
    }

    /// A version, read anew.
    fn version_text(&self, id: PolicyId, place: usize) -> Option<Result<Policy, Issue>> {
        let entry = self.get(id)?;
        let version = entry.history.as_ref()?.versions.get(place)?;
        let provenance = &entry.facts.provenance;
        Some(self.reader.read(&Found {
            origin: version.origin.clone(),
            filed: Filed {
                site: Some(provenance.site.clone()),
                terms: provenance.terms.clone(),
                recorded: version.recorded,
                removed: provenance.removed,
            },
            history: None,
        }))
    }

    fn labelled(&self, id: PolicyId, place: Option<usize>) -> Option<(Arc<Policy>, Arc<Labels>)> {
        match place {
            None => Some((Arc::clone(self.get(id)?.policy()), self.labels(id))),
            Some(place) => {
                let policy = Arc::new(self.version_text(id, place)?.ok()?);
                let labels = self.classifier().classify(&policy);
                Some((policy, Arc::new(labels)))
            }
        }
    }
}

impl Texts<'_> {
    fn wording(self, number: u32) -> Option<Wording> {
        match self {
            Texts::Memory(memory) => memory.wording(number).cloned(),
            Texts::Index(index) => index.wording(number),
        }
    }

    /// The documents that hold a wording, in the order of the library.
    fn holders(self, number: u32, versions: bool) -> Vec<Holder> {
        match self {
            Texts::Memory(memory) => holders(memory.held(number)),
            Texts::Index(index) => {
                let held = index.held(number, versions);
                held.into_iter()
                    .map(|(policy, places)| Holder { policy, places })
                    .collect()
            }
        }
    }

    /// The place of the current version of a policy, as holders tell it.
    fn current_place(self, policy: PolicyId) -> Option<u32> {
        match self {
            Texts::Memory(_) => Some(0),
            Texts::Index(index) => index.current_place(policy),
        }
    }

    /// The first clause of a version that has the wording.
    fn clause(self, number: u32, policy: PolicyId, place: u32) -> Option<ClauseId> {
        match self {
            Texts::Memory(memory) => memory
                .held(number)
                .iter()
                .find(|at| at.document == policy.0 && at.place == place)
                .map(|at| ClauseId(at.clause)),
            Texts::Index(index) => index.clause(number, policy, place),
        }
    }

    /// How many wordings hold a word, as it is compared.
    fn count(self, word: &str) -> usize {
        match self {
            Texts::Memory(memory) => memory.having(word).len(),
            Texts::Index(index) => index.count(word),
        }
    }

    /// The wordings that hold a word, as it is compared.
    fn having(self, word: &str) -> Vec<u32> {
        match self {
            Texts::Memory(memory) => memory.having(word).to_vec(),
            Texts::Index(index) => index.having(word),
        }
    }
}

fn holders(held: &[At]) -> Vec<Holder> {
    let mut holders: Vec<Holder> = Vec::new();
    for at in held {
        let policy = PolicyId(at.document);
        let same = |holder: &&mut Holder| holder.policy == policy;
        let Some(holder) = holders.last_mut().filter(|holder| same(holder)) else {
            holders.push(Holder {
                policy,
                places: std::iter::once(at.place..at.place + 1).collect(),
            });
            continue;
        };
        match holder.places.last_mut() {
            Some(run) if at.place < run.end => {}
            Some(run) if at.place == run.end => run.end += 1,
            _ => holder.places.push(at.place..at.place + 1),
        }
    }
    holders
}

/// What is known of a clause that fits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fitting {
    /// How well it does, by bm25.
    pub(crate) score: f32,
    /// How many words it has.
    pub(crate) words: usize,
    /// Whether it is a heading.
    pub(crate) is_heading: bool,
    /// Whether it is labelled with a topic of the words that were asked for.
    pub(crate) is_on_topic: bool,
}

impl Fitting {
    /// Its rank among those that fit: the highest tells most.
    #[allow(clippy::cast_precision_loss, reason = "a clause has few words")]
    pub(crate) fn rank(self) -> f32 {
        let told = self.words.min(TELLING) as f32 / TELLING as f32;
        let kind = if self.is_heading { HEADING_WORTH } else { 1.0 };
        let topic = if self.is_on_topic { ON_TOPIC } else { 1.0 };
        self.score * told * kind * topic
    }
}
