//! Which clauses of two companies speak of the same thing, within one topic.

use super::keys::Text;
use super::meaning::{Concept, Lexicon, Meaning, Reader, Role, disagree, figures_differ};
use super::opposed::{are_contrary, opposed};
use super::{Input, RowKind};
use crate::model::{ClauseId, Pair, Side, Stance};
use rustc_hash::FxHashMap;

/// Likeness from which two clauses speak of the same thing.
const PAIRED: f32 = 0.3;
/// Likeness from which they say it alike.
const ALIKE: f32 = 0.45;
/// Shared weight, apart from general words, that a pair needs: one particular concept.
const SPECIFIC: f32 = 0.6;
/// Shared concepts, general ones too, that a pair needs.
const CONCEPTS: usize = 2;
/// Shared concepts that say something, from which a pair needs no more than [`PAIRED`]. With
/// fewer it has to be [`ALIKE`].
const TELLING: usize = 2;
/// What a pair needs that does the same, but to something that the other does not name.
const STRANGERS: f32 = 0.6;
/// How much of the likeness is the share of the lighter clause that stands in the other; the rest
/// is the share of both. One sentence often says what the other says, and more.
const OVERLAP: f32 = 0.4;
/// The weight from which a clause says enough for its share to count in full.
const SAYING: f32 = 2.0;
/// What it adds to do the same thing to the same thing: an action and an object in both.
const CLAIM: f32 = 0.1;
/// What a general concept weighs; others weigh up to 1.
pub(super) const GENERAL: f32 = 0.15;
/// What a word in no class weighs at most: it is elaboration more often than substance.
const PLAIN: f32 = 0.5;
/// How fast a concept loses weight with the number of clauses that have it.
const FREQUENT: f32 = 0.3;
/// How much weight a concept loses that all clauses of a topic have ("cookie" under cookies).
const EVERYWHERE: f32 = 0.8;
/// Topics with fewer clauses on both sides say nothing about what is everywhere.
const MANY: usize = 10;
/// What a concept of the sentence that leads a list in weighs, beside the item's own.
const LEAD_IN: f32 = 0.5;
/// Shared weight, general words left out, from which a pair is looked at: one action.
const GLANCE: f32 = 0.3;
/// A concept in so many pairs of a topic (left clauses × right clauses) is not looked up: it would
/// cost more than it says.
const COMMON: usize = 20_000;

/// A pair of clauses of a topic, by place in the topic's lists.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    /// Place among the left clauses.
    pub(super) left: usize,
    /// Place among the right clauses.
    pub(super) right: usize,
    /// How alike they are, from 0 to 1.
    pub(super) score: f32,
    /// Same, similar, different or opposed.
    pub(super) kind: RowKind,
    /// They say much the same, but not with the same figures: other ones, or on one side only.
    pub(super) figures: bool,
}

/// Finds pairs; built once for a pair of policies.
pub(super) struct Pairing<'a> {
    pair: Pair<Input<'a>>,
    texts: Pair<&'a Text<'a>>,
    meanings: Pair<FxHashMap<u32, Meaning>>,
    /// In how many clauses of both sides a concept stands.
    counts: FxHashMap<u64, u32>,
    flip: bool,
}

/// Concepts with weight and role, sorted by concept, each once; and the sum of the weights.
struct Profile {
    /// The key of the clause: equal keys mean equal words.
    key: u64,
    concepts: Vec<(u64, f32, Role)>,
    total: f32,
    /// The part of `total` in general concepts.
    general: f32,
    /// Whether it names any thing.
    things: bool,
}

impl Profile {
    /// The concepts that are not general.
    fn specific(&self) -> impl Iterator<Item = &(u64, f32, Role)> {
        self.concepts
            .iter()
            .filter(|(.., role)| *role != Role::General)
    }
}

/// What two profiles share.
struct Shared {
    weight: f32,
    specific: f32,
    concepts: usize,
    /// Concepts that say something: neither general nor said of everything.
    telling: usize,
    actions: usize,
    things: usize,
}

impl<'a> Pairing<'a> {
    /// Reads the clauses under any topic.
    pub(super) fn new(
        pair: Pair<Input<'a>>,
        texts: Pair<&'a Text<'a>>,
        clauses: &[Pair<Vec<ClauseId>>],
        flip: bool,
    ) -> Self {
        let meanings = Pair::new(
            read(pair.left, Side::Left, clauses),
            read(pair.right, Side::Right, clauses),
        );
        let mut counts = FxHashMap::default();
        for meaning in meanings.left.values().chain(meanings.right.values()) {
            count(meaning, &mut counts);
        }
        Self {
            pair,
            texts,
            meanings,
            counts,
            flip,
        }
    }

    /// What a clause weighs in the verdict of a topic: the weight of what it says.
    pub(super) fn weight_of(&self, side: Side, clause: ClauseId) -> f32 {
        let concepts = self.meanings[side].get(&clause.0).map(|m| &m.concepts);
        let sum: f32 = concepts.into_iter().flatten().map(|c| self.weight(c)).sum();
        sum + GENERAL
    }

    /// What sharing a concept says: little when it is general or frequent in this pair.
    fn weight(&self, concept: &Concept) -> f32 {
        if concept.role == Role::General {
            return GENERAL;
        }
        let slight = concept.role == Role::Plain || concept.key == Lexicon::builtin().using;
        let most = if slight { PLAIN } else { 1.0 };
        let count = self.counts.get(&concept.key).copied().unwrap_or(1).max(1);
        most / (1.0 + FREQUENT * (count as f32 / 2.0).max(1.0).ln())
    }

    /// Pairs the clauses of a topic, best first, each used once.
    pub(super) fn matches(&self, clauses: &Pair<Vec<ClauseId>>) -> Vec<Match> {
        let profiles = self.profiles(clauses);
        let mut found: Vec<Match> = worth_weighing(&profiles)
            .into_iter()
            .filter(|&(left, right, specific)| {
                let contrary = are_contrary(self.stances(clauses, left, right));
                let (l, r) = (&profiles.left[left], &profiles.right[right]);
                contrary || l.key == r.key || most(l, r, specific) >= PAIRED
            })
            .filter_map(|(left, right, _)| self.weigh(clauses, &profiles, left, right))
            .collect();
        // Equal clauses belong together; then an opposition, which is what the reader came for,
        // goes before a likeness of its own weight.
        let rank = |m: &Match| match m.kind {
            RowKind::Same => m.score + 1.0,
            RowKind::Opposed => m.score + 0.3,
            _ => m.score,
        };
        let place = |m: &Match| {
            if self.flip {
                (m.right, m.left)
            } else {
                (m.left, m.right)
            }
        };
        found.sort_by(|a, b| rank(b).total_cmp(&rank(a)).then(place(a).cmp(&place(b))));
        let mut used = clauses.as_ref().map(|side| vec![false; side.len()]);
        found.retain(|m| {
            let free = !used.left[m.left] && !used.right[m.right];
            if free {
                used.left[m.left] = true;
                used.right[m.right] = true;
            }
            free
        });
        found
    }

    /// The profiles of a topic's clauses. What all of them speak of tells none from another.
    fn profiles(&self, clauses: &Pair<Vec<ClauseId>>) -> Pair<Vec<Profile>> {
        let mut here = FxHashMap::default();
        let mut total = 0;
        for side in Side::BOTH {
            for id in &clauses[side] {
                if let Some(meaning) = self.meanings[side].get(&id.0) {
                    count(meaning, &mut here);
                    total += 1;
                }
            }
        }
        let weight = |concept: &Concept| {
            let weight = self.weight(concept);
            if total < MANY || concept.role == Role::General {
                return weight;
            }
            let count = here.get(&concept.key).copied().unwrap_or(0);
            weight * (1.0 - EVERYWHERE * (count as f32 / total as f32).min(1.0))
        };
        let profile = |side: Side| {
            clauses[side]
                .iter()
                .map(|&id| self.profile(side, id, weight))
                .collect()
        };
        Pair::new(profile(Side::Left), profile(Side::Right))
    }

    fn profile(&self, side: Side, id: ClauseId, weight: impl Fn(&Concept) -> f32) -> Profile {
        let clause = self.pair[side].policy.clauses.get(id.index());
        let lead = clause.and_then(|clause| clause.lead_in);
        let own = self.meanings[side].get(&id.0);
        let lead = lead.and_then(|lead| self.meanings[side].get(&lead.0));
        let mut concepts: Vec<(u64, f32, Role)> = own
            .into_iter()
            .flat_map(|own| own.concepts.iter().map(|c| (c.key, weight(c), c.role)))
            .chain(lead.into_iter().flat_map(|lead| {
                lead.concepts
                    .iter()
                    .map(|c| (c.key, LEAD_IN * weight(c), c.role))
            }))
            .collect();
        concepts.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        concepts.dedup_by_key(|entry| entry.0);
        let total = concepts.iter().map(|(_, weight, _)| weight).sum();
        Profile {
            key: self.texts[side].keys[id.index()],
            general: concepts
                .iter()
                .filter(|(.., role)| *role == Role::General)
                .map(|(_, weight, _)| weight)
                .sum(),
            things: concepts.iter().any(|(.., role)| *role == Role::Thing),
            concepts,
            total,
        }
    }

    fn stances(&self, clauses: &Pair<Vec<ClauseId>>, left: usize, right: usize) -> Pair<Stance> {
        Pair::new(
            self.pair.left.labels.of(clauses.left[left]).stance,
            self.pair.right.labels.of(clauses.right[right]).stance,
        )
    }

    fn weigh(
        &self,
        clauses: &Pair<Vec<ClauseId>>,
        profiles: &Pair<Vec<Profile>>,
        left: usize,
        right: usize,
    ) -> Option<Match> {
        let (l, r) = (clauses.left[left], clauses.right[right]);
        let found = |score, kind| {
            Some(Match {
                left,
                right,
                score,
                kind,
                figures: false,
            })
        };
        let (a, b) = (&profiles.left[left], &profiles.right[right]);
        if a.key == b.key {
            return found(1.0, RowKind::Same);
        }
        let shared = shared(a, b);
        let score = likeness(shared.weight, a.total, b.total);
        let claim = shared.actions > 0 && shared.things > 0;
        let alike = score + if claim { CLAIM } else { 0.0 } >= ALIKE;
        let stances = self.stances(clauses, left, right);
        let contrary = are_contrary(stances);
        // Doing the same, but to something that the other does not name.
        let only_actions = shared.actions == shared.telling;
        let unnamed = shared.things == 0 && (a.things || b.things);
        let one_action = only_actions && shared.telling < TELLING;
        let strangers = unnamed && (one_action || (a.things && b.things));
        let needed = match () {
            () if strangers => STRANGERS,
            () if shared.telling >= TELLING => PAIRED,
            () => ALIKE,
        };
        let pairs = score >= needed && shared.specific >= SPECIFIC && shared.concepts >= CONCEPTS;
        if !contrary && !pairs {
            return None;
        }
        let meanings = Pair::new(
            self.meanings.left.get(&l.0)?,
            self.meanings.right.get(&r.0)?,
        );
        if contrary && opposed(meanings, stances, |concept| self.weight(concept)) {
            return found(score, RowKind::Opposed);
        }
        if !pairs {
            return None;
        }
        if alike && !strangers && !disagree(meanings.left, meanings.right) {
            let kind = if figures_differ(meanings.left, meanings.right) {
                RowKind::Different
            } else {
                RowKind::Similar
            };
            let figures = meanings.left.figures != meanings.right.figures;
            found(score, kind).map(|m| Match { figures, ..m })
        } else {
            found(score, RowKind::Different)
        }
    }
}

/// The most that a pair can score, given the specific weight it shares.
fn most(left: &Profile, right: &Profile, specific: f32) -> f32 {
    let weight = specific + left.general.min(right.general);
    likeness(weight, left.total, right.total)
}

fn likeness(shared: f32, left: f32, right: f32) -> f32 {
    let (whole, lighter) = (left + right, left.min(right));
    if lighter <= 0.0 {
        return 0.0;
    }
    // A clause that says next to nothing is easily found in another.
    let overlap = shared / lighter * (lighter / SAYING).min(1.0);
    (1.0 - OVERLAP) * 2.0 * shared / whole + OVERLAP * overlap
}

fn shared(left: &Profile, right: &Profile) -> Shared {
    let mut out = Shared {
        weight: 0.0,
        specific: 0.0,
        concepts: 0,
        telling: 0,
        actions: 0,
        things: 0,
    };
    let using = Lexicon::builtin().using;
    let (mut l, mut r) = (0, 0);
    while let (Some(a), Some(b)) = (left.concepts.get(l), right.concepts.get(r)) {
        match a.0.cmp(&b.0) {
            std::cmp::Ordering::Less => l += 1,
            std::cmp::Ordering::Greater => r += 1,
            std::cmp::Ordering::Equal => {
                let weight = a.1.min(b.1);
                out.weight += weight;
                out.concepts += 1;
                out.things += usize::from(a.2 == Role::Thing);
                if a.2 != Role::General {
                    let telling = usize::from(a.0 != using);
                    out.telling += telling;
                    out.actions += if a.2 == Role::Action { telling } else { 0 };
                    out.specific += weight;
                }
                l += 1;
                r += 1;
            }
        }
    }
    out
}

/// The pairs to look at: equal clauses, first with first, and those that share enough concepts of
/// their own, found through an index of the right side.
fn worth_weighing(profiles: &Pair<Vec<Profile>>) -> Vec<(usize, usize, f32)> {
    let mut equal: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let mut places: FxHashMap<u64, Vec<(usize, f32)>> = FxHashMap::default();
    for (right, profile) in profiles.right.iter().enumerate() {
        equal.entry(profile.key).or_default().push(right);
        for &(key, weight, _) in profile.specific() {
            places.entry(key).or_default().push((right, weight));
        }
    }
    let mut users: FxHashMap<u64, usize> = FxHashMap::default();
    for (key, ..) in profiles.left.iter().flat_map(Profile::specific) {
        *users.entry(*key).or_default() += 1;
    }
    let mut shared = vec![0.0_f32; profiles.right.len()];
    let mut touched = Vec::new();
    let mut taken: FxHashMap<u64, usize> = FxHashMap::default();
    let mut pairs = Vec::new();
    for (left, profile) in profiles.left.iter().enumerate() {
        for &(key, weight, _) in profile.specific() {
            let places = places.get(&key).map_or(&[][..], Vec::as_slice);
            if places
                .len()
                .saturating_mul(users.get(&key).copied().unwrap_or(0))
                > COMMON
            {
                continue;
            }
            for &(right, other) in places {
                if shared[right] == 0.0 {
                    touched.push(right);
                }
                shared[right] += weight.min(other);
            }
        }
        for right in touched.drain(..) {
            if shared[right] >= GLANCE {
                pairs.push((left, right, shared[right]));
            }
            shared[right] = 0.0;
        }
        let next = taken.entry(profile.key).or_default();
        if let Some(&right) = equal.get(&profile.key).and_then(|rights| rights.get(*next)) {
            pairs.push((left, right, profile.total));
            *next += 1;
        }
    }
    pairs
}

/// Counts each concept of a clause once.
fn count(meaning: &Meaning, counts: &mut FxHashMap<u64, u32>) {
    let mut keys: Vec<u64> = meaning.concepts.iter().map(|concept| concept.key).collect();
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        *counts.entry(key).or_default() += 1;
    }
}

/// The meanings of all clauses under a topic, and of the sentences that lead them in.
fn read(input: Input<'_>, side: Side, clauses: &[Pair<Vec<ClauseId>>]) -> FxHashMap<u32, Meaning> {
    let mut reader = Reader::new(input.policy);
    let mut meanings = FxHashMap::default();
    for id in clauses.iter().flat_map(|topic| &topic[side]) {
        let clause = input.policy.clauses.get(id.index());
        let lead = clause.and_then(|clause| clause.lead_in);
        for id in [Some(*id), lead].into_iter().flatten() {
            meanings.entry(id.0).or_insert_with(|| reader.read(id));
        }
    }
    meanings
}
