//! Clauses as weighted concepts, how alike two of them are, and which pairs are worth weighing.

use super::background;
use super::lexicon::Lexicon;
use super::meaning::{Concept, Meaning};
use super::word_classes::Role;
use rustc_hash::FxHashMap;

/// What a general concept weighs at most; actions and things weigh up to 1.
const GENERAL: f32 = 0.6;
/// What a word in no class weighs at most: it is elaboration more often than substance.
const PLAIN: f32 = 0.6;
/// What a concept of the sentence that leads a list in weighs, beside the item's own.
const LEAD_IN: f32 = 0.3;
/// Clauses of policies at large that count beside those of the pair, when it is asked how often a
/// concept is spoken of.
const AT_LARGE: f32 = 100.0;
/// Shared weight, general words left out, from which a pair is looked at: one common action.
const GLANCE: f32 = 0.2;
/// A concept in so many pairs of a topic (left clauses × right clauses) is not looked up: it would
/// cost more than it says.
const COMMON: usize = 20_000;

/// How much each concept tells in a pair of policies: little when clauses often speak of it, in
/// this pair and in policies at large.
pub(super) struct Weights {
    telling: FxHashMap<u64, f32>,
}

impl Weights {
    /// Counts the concepts of clauses.
    pub(super) fn new<'a>(meanings: impl Iterator<Item = &'a Meaning>) -> Self {
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        let mut clauses = 0_usize;
        let mut keys: Vec<u64> = Vec::new();
        for meaning in meanings {
            clauses += 1;
            keys.clear();
            keys.extend(meaning.concepts.iter().map(|concept| concept.key));
            keys.sort_unstable();
            keys.dedup();
            for &key in &keys {
                *counts.entry(key).or_default() += 1;
            }
        }
        let telling = |(key, count): (u64, u32)| {
            let usual = background::share(key) * AT_LARGE;
            let share = (count as f32 + usual) / (clauses as f32 + AT_LARGE);
            (key, background::telling(share))
        };
        Self {
            telling: counts.into_iter().map(telling).collect(),
        }
    }

    /// What sharing a concept says, from 0 to 1.
    pub(super) fn of(&self, concept: &Concept) -> f32 {
        let most = match concept.role {
            Role::General => GENERAL,
            Role::Plain => PLAIN,
            Role::Action | Role::Thing => 1.0,
        };
        most * self.telling.get(&concept.key).copied().unwrap_or(1.0)
    }
}

/// Concepts with weight and role, sorted by concept, each once; and the sum of the weights.
pub(super) struct Profile {
    /// The key of the clause: equal keys mean equal words.
    pub(super) key: u64,
    concepts: Vec<(u64, f32, Role)>,
    /// The weight of all concepts.
    pub(super) total: f32,
    /// The part of `total` in general concepts.
    general: f32,
    /// Whether it names any thing.
    pub(super) things: bool,
}

impl Profile {
    /// The profile of a clause and the sentence that leads it in.
    pub(super) fn new(
        key: u64,
        own: Option<&Meaning>,
        lead: Option<&Meaning>,
        weights: &Weights,
    ) -> Self {
        let entry = |c: &Concept, part: f32| (c.key, part * weights.of(c), c.role);
        let own = own.into_iter().flat_map(|own| &own.concepts);
        let lead = lead.into_iter().flat_map(|lead| &lead.concepts);
        let mut concepts: Vec<(u64, f32, Role)> = own
            .map(|c| entry(c, 1.0))
            .chain(lead.map(|c| entry(c, LEAD_IN)))
            .collect();
        concepts.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        concepts.dedup_by_key(|entry| entry.0);
        let sum = |general: bool| {
            let all = concepts.iter();
            let of_role = all.filter(|(.., role)| (*role == Role::General) == general);
            of_role.map(|(_, weight, _)| weight).sum::<f32>()
        };
        let general = sum(true);
        Self {
            key,
            total: general + sum(false),
            general,
            things: concepts.iter().any(|(.., role)| *role == Role::Thing),
            concepts,
        }
    }

    /// The concepts that are not general.
    fn specific(&self) -> impl Iterator<Item = &(u64, f32, Role)> {
        self.concepts
            .iter()
            .filter(|(.., role)| *role != Role::General)
    }
}

/// What two profiles share.
#[derive(Default)]
pub(super) struct Shared {
    /// The weight of the concepts in both.
    pub(super) weight: f32,
    /// The same without the general ones.
    pub(super) specific: f32,
    /// The part of `specific` in those who get or handle data.
    pub(super) recipients: f32,
    /// How many concepts are in both.
    pub(super) concepts: usize,
    /// How many of them say something: neither general nor said of everything.
    pub(super) telling: usize,
    /// How many of the telling ones are actions.
    pub(super) actions: usize,
    /// How many are things.
    pub(super) things: usize,
    /// Whether both offer a way out.
    pub(super) way_out: bool,
}

/// What two profiles share.
pub(super) fn shared(left: &Profile, right: &Profile) -> Shared {
    let mut out = Shared::default();
    let lexicon = Lexicon::builtin();
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
                    let telling = usize::from(a.0 != lexicon.using);
                    out.telling += telling;
                    out.way_out |= a.0 == lexicon.opting_out;
                    out.actions += if a.2 == Role::Action { telling } else { 0 };
                    out.specific += weight;
                    if lexicon.is_recipient(a.0) {
                        out.recipients += weight;
                    }
                }
                l += 1;
                r += 1;
            }
        }
    }
    out
}

/// How alike two profiles are that share this weight: the share of both that stands in both (the
/// coefficient of Dice), from 0 to 1.
pub(super) fn likeness(shared: f32, left: &Profile, right: &Profile) -> f32 {
    let whole = left.total + right.total;
    if whole > 0.0 {
        2.0 * shared / whole
    } else {
        0.0
    }
}

/// How close two profiles are that share this weight: as [`likeness`], but a short clause that stands
/// in a long one as a whole comes closer (the coefficient of Ochiai), from 0 to 1.
pub(super) fn closeness(shared: f32, left: &Profile, right: &Profile) -> f32 {
    let whole = (left.total * right.total).sqrt();
    if whole > 0.0 { shared / whole } else { 0.0 }
}

/// The most that a pair can score, given the specific weight it shares.
pub(super) fn most(left: &Profile, right: &Profile, specific: f32) -> f32 {
    likeness(specific + left.general.min(right.general), left, right)
}

/// The pairs to look at, with the specific weight they share: equal clauses, first with first, and
/// those that share enough concepts of their own, found through an index of the right side.
pub(super) fn worth_weighing(left: &[&Profile], right: &[&Profile]) -> Vec<(usize, usize, f32)> {
    let mut equal: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let mut places: FxHashMap<u64, Vec<(usize, f32)>> = FxHashMap::default();
    for (place, profile) in right.iter().enumerate() {
        equal.entry(profile.key).or_default().push(place);
        for &(key, weight, _) in profile.specific() {
            places.entry(key).or_default().push((place, weight));
        }
    }
    let mut users: FxHashMap<u64, usize> = FxHashMap::default();
    for (key, ..) in left.iter().flat_map(|profile| profile.specific()) {
        *users.entry(*key).or_default() += 1;
    }
    let mut shared = vec![0.0_f32; right.len()];
    let mut touched = Vec::new();
    let mut taken: FxHashMap<u64, usize> = FxHashMap::default();
    let mut pairs = Vec::new();
    for (at, profile) in left.iter().enumerate() {
        for &(key, weight, _) in profile.specific() {
            let places = places.get(&key).map_or(&[][..], Vec::as_slice);
            let users = users.get(&key).copied().unwrap_or(0);
            if places.len().saturating_mul(users) > COMMON {
                continue;
            }
            for &(place, other) in places {
                if shared[place] == 0.0 {
                    touched.push(place);
                }
                shared[place] += weight.min(other);
            }
        }
        for place in touched.drain(..) {
            if shared[place] >= GLANCE {
                pairs.push((at, place, shared[place]));
            }
            shared[place] = 0.0;
        }
        let next = taken.entry(profile.key).or_default();
        if let Some(&place) = equal.get(&profile.key).and_then(|places| places.get(*next)) {
            pairs.push((at, place, profile.total));
            *next += 1;
        }
    }
    pairs
}
