//! One clause through the versions of its document, and who else uses it.

use super::shelf::Shelf;
use crate::compare::{self, ClauseWords, Row};
use crate::library::{Library, PolicyId};
use crate::model::{ClauseId, ClauseLife, Noise, Pair, Policy, Side, Step};
use rayon::prelude::*;
use std::sync::Arc;

impl Library {
    /// The life of a clause of a policy, followed from version to version: where it moved, was edited,
    /// split or put together with others. Broken fetches are passed over; a clause that was missing
    /// for a while and came back word for word is one clause with a gap.
    ///
    /// `progress` is told how many versions were looked at, and of how many, and says whether to go on.
    /// None when there is no such clause, or when it was stopped. The first call for a document reads
    /// its whole history, see [`Self::timeline`].
    pub fn clause_life(
        &self,
        id: PolicyId,
        clause: ClauseId,
        progress: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Option<ClauseLife> {
        let entry = self.get(id)?;
        let policy = entry.policy();
        policy.clauses.get(clause.index())?;
        let from = At::new(entry.place, Arc::clone(policy), clause);
        let Some(history) = &entry.history else {
            return Some(from.alone());
        };
        let steps = self.steps(id);
        let chain = sound_places(&steps, entry.place);
        let all = chain.len();
        let mut looked = 1;
        let mut tell = || {
            looked += 1;
            progress(looked, all)
        };
        let shelf = Shelf::new(&self.reader, &entry.facts.provenance, history);
        let mut walk = Walk { shelf };
        let here = chain.iter().position(|&place| place == entry.place)?;
        let older = walk.back(from.clone(), &chain[..here], &mut tell)?;
        let newer = walk.on(from.clone(), &chain[here + 1..], &mut tell)?;
        let life = joined(&from, older, newer);
        Some(ClauseLife {
            since_oldest: chain.first() == Some(&life.first),
            unread: unread_before(&steps, life.first),
            ..life
        })
    }

    /// Where a document says these words: in its newest version that holds the policy and has a clause
    /// with them, as the place in its history and the clause. A version that was opened by its own date
    /// or revision goes first, one that does not hold the policy last. A clause that says nothing else
    /// goes first; case and white space are passed over.
    pub fn find_words(&self, id: PolicyId, words: &str) -> Option<(usize, ClauseId)> {
        let entry = self.get(id)?;
        let wanted = folded(words);
        let Some(history) = &entry.history else {
            return Some((entry.place, clause_with(entry.policy(), &wanted)?));
        };
        if id.is_opened()
            && let Some(found) = clause_with(entry.policy(), &wanted)
        {
            return Some((entry.place, found));
        }
        let steps = self.steps(id);
        let is_accident = |step: &&Step| step.noise.as_ref().is_some_and(Noise::is_accident);
        let (accidents, sound): (Vec<&Step>, Vec<&Step>) =
            steps.iter().rev().partition(is_accident);
        let mut shelf = Shelf::new(&self.reader, &entry.facts.provenance, history);
        sound.into_iter().chain(accidents).find_map(|step| {
            let policy = shelf.text_back(step.version).ok()?;
            Some((step.version, clause_with(&policy, &wanted)?))
        })
    }

    /// The listed policies that have a clause of exactly these words, whatever its form, and the first
    /// such clause of each.
    pub fn same_clause(&self, text: &str) -> Vec<(PolicyId, ClauseId)> {
        let words = ClauseWords::of(text);
        if words.is_empty() {
            return Vec::new();
        }
        let ids: Vec<PolicyId> = self.ids().collect();
        let first = |id: &PolicyId| {
            let policy = self.get(*id)?.policy();
            let clause = words.places_in(policy).next()?;
            Some((*id, clause))
        };
        ids.par_iter().filter_map(first).collect()
    }
}

/// The versions of a document that hold the policy, oldest first; `with` is one of them in any case.
fn sound_places(steps: &[Step], with: usize) -> Vec<usize> {
    let sound = steps.iter().filter(|step| {
        step.version == with || !step.noise.as_ref().is_some_and(Noise::is_accident)
    });
    sound.map(|step| step.version).collect()
}

/// How many versions of a document right before one cannot be read.
fn unread_before(steps: &[Step], place: usize) -> usize {
    let older = steps.iter().rev().filter(|step| step.version < place);
    let unread = |step: &&Step| matches!(step.noise, Some(Noise::Unreadable(_)));
    older.take_while(unread).count()
}

/// The clause that says the words, folded: one that says nothing else, else the first that holds them.
fn clause_with(policy: &Policy, wanted: &str) -> Option<ClauseId> {
    let ids = || (0..policy.clauses.len()).map(ClauseId::new);
    let text = |id: ClauseId| folded(policy.clause_text(id));
    ids()
        .find(|&id| text(id) == wanted)
        .or_else(|| ids().find(|&id| text(id).contains(wanted)))
}

/// In lower case, each stretch of white space one space, quotes plain.
fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let plain = words.join(" ").to_lowercase();
    plain
        .replace(['\u{2018}', '\u{2019}'], "'")
        .replace(['“', '”'], "\"")
}

/// A clause in a version.
#[derive(Clone)]
struct At {
    place: usize,
    policy: Arc<Policy>,
    clause: ClauseId,
}

impl At {
    fn new(place: usize, policy: Arc<Policy>, clause: ClauseId) -> Self {
        Self {
            place,
            policy,
            clause,
        }
    }

    fn words(&self) -> ClauseWords {
        ClauseWords::of_clause(&self.policy, self.clause)
    }

    fn text(&self) -> String {
        self.policy.clause_text(self.clause).to_owned()
    }

    /// The life of a clause in a document of one version.
    fn alone(&self) -> ClauseLife {
        ClauseLife {
            first: self.place,
            since_oldest: true,
            unread: 0,
            changed: self.place,
            removed: None,
            wordings: vec![(self.place, self.text())],
            gaps: Vec::new(),
        }
    }
}

/// What was met on the way in one direction.
#[derive(Default)]
struct Way {
    /// The version that was reached last with each further wording, and the words.
    wordings: Vec<(usize, String)>,
    /// The last version that holds the clause.
    end: usize,
    /// Stretches without it, first and last version, after which it was met again.
    gaps: Vec<(usize, usize)>,
    /// The stretch without it after which it was not met again.
    open: Option<(usize, usize)>,
}

struct Walk<'a> {
    shelf: Shelf<'a>,
}

impl Walk<'_> {
    /// Towards the oldest version. A wording is noted with the oldest version that has it.
    fn back(&mut self, from: At, chain: &[usize], tell: &mut dyn FnMut() -> bool) -> Option<Way> {
        let mut way = Way {
            end: from.place,
            ..Way::default()
        };
        let mut wording = (from.words(), from.text());
        let mut at = from;
        for &place in chain.iter().rev() {
            if !tell() {
                return None;
            }
            let Ok(policy) = self.shelf.text_back(place) else {
                continue;
            };
            match met(&at, place, policy, way.open.is_some()) {
                Some(next) => {
                    let words = next.words();
                    if words != wording.0 {
                        way.wordings.push((way.end, wording.1));
                        wording = (words, next.text());
                    }
                    way.gaps.extend(way.open.take());
                    way.end = place;
                    at = next;
                }
                None => {
                    let newest = way.open.map_or(place, |(_, newest)| newest);
                    way.open = Some((place, newest));
                }
            }
        }
        way.wordings.push((way.end, wording.1));
        Some(way)
    }

    /// Towards the newest version. A wording is noted with the version that brought it.
    fn on(&mut self, from: At, chain: &[usize], tell: &mut dyn FnMut() -> bool) -> Option<Way> {
        let mut way = Way {
            end: from.place,
            ..Way::default()
        };
        let mut words = from.words();
        let mut at = from;
        for &place in chain {
            if !tell() {
                return None;
            }
            let Ok(policy) = self.shelf.text_ahead(place) else {
                continue;
            };
            match met(&at, place, policy, way.open.is_some()) {
                Some(next) => {
                    let now = next.words();
                    if now != words {
                        way.wordings.push((place, next.text()));
                        words = now;
                    }
                    way.gaps.extend(way.open.take());
                    way.end = place;
                    at = next;
                }
                None => {
                    let oldest = way.open.map_or(place, |(oldest, _)| oldest);
                    way.open = Some((oldest, place));
                }
            }
        }
        Some(way)
    }
}

/// The life that both ways come to.
fn joined(from: &At, older: Way, newer: Way) -> ClauseLife {
    let mut wordings = older.wordings;
    wordings.reverse();
    wordings.extend(newer.wordings);
    let mut gaps = older.gaps;
    gaps.reverse();
    gaps.extend(newer.gaps);
    ClauseLife {
        first: older.end,
        since_oldest: false,
        unread: 0,
        changed: wordings.last().map_or(from.place, |(place, _)| *place),
        removed: newer.open.map(|(oldest, _)| oldest),
        wordings,
        gaps,
    }
}

/// A clause in another version of its document. Of one that was `lost` in between only the same words
/// count.
fn met(at: &At, place: usize, policy: Arc<Policy>, lost: bool) -> Option<At> {
    let clause = same_text(at, &policy).or_else(|| {
        if lost {
            return at.words().places_in(&policy).next();
        }
        partner(at, &policy)
    })?;
    Some(At::new(place, policy, clause))
}

/// The clause of the same characters, where both versions have it equally often.
fn same_text(at: &At, policy: &Policy) -> Option<ClauseId> {
    if Arc::as_ptr(&at.policy) == std::ptr::from_ref(policy) {
        return Some(at.clause);
    }
    let wanted = at.policy.clause_text(at.clause);
    let places = |policy: &Policy| -> Vec<ClauseId> {
        let ids = (0..policy.clauses.len()).map(ClauseId::new);
        ids.filter(|&id| policy.clause_text(id) == wanted).collect()
    };
    let theirs = places(policy);
    if theirs.is_empty() {
        return None;
    }
    let ours = places(&at.policy);
    if ours.len() != theirs.len() {
        return None;
    }
    let rank = ours.iter().position(|&id| id == at.clause)?;
    theirs.get(rank).copied()
}

/// The clause that the comparison puts beside it: of several that it was split into, the longest.
fn partner(at: &At, policy: &Policy) -> Option<ClauseId> {
    let (rows, _) = compare::compare_versions(Pair::new(&at.policy, policy));
    let holds = |row: &&Row| row.clauses[Side::Left].contains(&at.clause);
    let row = rows.iter().find(holds)?;
    let other = row.partner.and_then(|partner| rows.get(partner));
    let theirs = row.clauses[Side::Right]
        .iter()
        .chain(other.iter().flat_map(|row| &row.clauses[Side::Right]));
    theirs
        .copied()
        .max_by_key(|&id| (policy.clause_text(id).len(), std::cmp::Reverse(id)))
}
