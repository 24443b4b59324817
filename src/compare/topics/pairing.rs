//! Which clauses of two companies speak of the same thing, within one topic.

use super::lexicon::Lexicon;
use super::meaning::{Concept, Meaning, Reader, figures_differ};
use super::opposed::{affirms, are_contrary, denier, is_qualified, refusals};
use super::profiles::{self, Profile, Shared, Weights};
use super::word_classes::Role;
use super::{Said, alike};
use crate::compare::keys::Text;
use crate::compare::{Input, RowKind};
use crate::model::{ClauseId, ClauseKind, Pair, Side, Stance};
use rustc_hash::FxHashMap;

/// Proof from which two clauses speak of the same thing: of pairs that were judged by hand, two in
/// three of those above it do, and one in three of those below.
const PAIRED: f32 = 0.6;
/// Shared weight, apart from general words, that a pair needs: one particular concept.
const SPECIFIC: f32 = 0.6;
/// What a concept that says something weighs as a rule.
const USUAL: f32 = 0.37;
/// Likeness from which two clauses that offer a way out speak of the same: few do.
const WAY_OUT: f32 = 0.28;
/// Likeness that a pair needs, however much it shares.
const LEAST: f32 = 0.2;
/// Likeness from which it needs none, nor to name the same things: "we may change this policy" says nothing particular.
const SURE: f32 = 0.6;
/// Shared concepts, general ones too, that a pair needs.
const CONCEPTS: usize = 2;
/// Shared concepts that say something, with fewer of which two clauses may do the same to something
/// else.
const TELLING: usize = 2;
/// How much an opposition, which is what the reader came for, goes before a likeness.
const OPPOSITION_FIRST: f32 = 0.3;
/// How much a heading beside a statement goes behind all other likenesses; more than any proof.
const HEADINGS_LAST: f32 = 100.0;
/// Statements of a policy that are looked at for one that takes a denial back.
const STATEMENTS: usize = 200;
/// How much of a pair that differs counts as agreed, times its likeness.
const HALF_AGREED: f32 = 0.5;
/// What a clause weighs in a verdict beside what it says.
const FILLING: f32 = 0.15;

/// A pair of clauses of a topic, by place in the topic's lists.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    /// Place among the left clauses.
    pub(super) left: usize,
    /// Place among the right clauses.
    pub(super) right: usize,
    /// How alike they are, from 0 to 1.
    pub(super) score: f32,
    /// How sure it is that they belong together.
    proof: f32,
    /// Same, similar, different or opposed.
    pub(super) kind: RowKind,
    /// They say much the same, but not with the same figures: other ones, or on one side only.
    pub(super) figures: bool,
    /// They say much the same, even if not so much that the pair itself is called similar.
    pub(super) agrees: bool,
    /// One denies and the other asserts or permits, if not the very same thing.
    pub(super) contrary: bool,
    /// What one refuses to do, the other says it does.
    pub(super) refused: bool,
}

/// The pairs of a topic.
pub(super) struct Pairs {
    /// Best first, each clause in one of them at most.
    pub(super) matches: Vec<Match>,
    /// How much of what each clause says the other side says too, from 0 to 1, in whichever clause:
    /// what one tells in three sentences, the other may tell in one.
    pub(super) met: Pair<Vec<f32>>,
}

impl Match {
    /// A pair of this kind by its places; of equal clauses, or of opposed ones, that tells the rest.
    fn new((left, right): (usize, usize), kind: RowKind, score: f32, proof: f32) -> Self {
        let opposed = kind == RowKind::Opposed;
        Self {
            left,
            right,
            score,
            proof,
            kind,
            figures: false,
            agrees: kind == RowKind::Same,
            contrary: opposed,
            refused: opposed,
        }
    }
}

/// Finds pairs; built once for a pair of policies.
pub(super) struct Pairing<'a> {
    pair: Pair<Input<'a>>,
    meanings: Pair<&'a Meanings>,
    profiles: Pair<FxHashMap<u32, Profile>>,
    weights: Weights,
    /// The clauses that state an action, by action: what may take a denial of it back.
    statements: Pair<FxHashMap<u64, Vec<u32>>>,
    flip: bool,
}

impl<'a> Pairing<'a> {
    /// Weighs what was said.
    pub(super) fn new(pair: Pair<Input<'a>>, said: &'a Said<'_>, flip: bool) -> Self {
        let meanings = said.meanings.as_ref();
        let weights = Weights::new(meanings.left.values().chain(meanings.right.values()));
        let profiles = |side: Side| {
            let policy = pair[side].policy;
            let profile = |id: u32| {
                let lead = policy.clauses.get(id as usize).and_then(|c| c.lead_in);
                let of = |id: u32| meanings[side].get(&id);
                let lead = lead.and_then(|lead| of(lead.0));
                Profile::new(said.texts[side].said_key(id), of(id), lead, &weights)
            };
            meanings[side].keys().map(|&id| (id, profile(id))).collect()
        };
        let size = pair.left.policy.text.len() + pair.right.policy.text.len();
        Self {
            pair,
            profiles: Pair::SIDES.map_text(size, profiles),
            statements: Pair::new(
                statements(pair.left, meanings.left),
                statements(pair.right, meanings.right),
            ),
            meanings,
            weights,
            flip,
        }
    }

    /// What a clause weighs in the verdict of a topic: the weight of what it says.
    pub(super) fn weight_of(&self, side: Side, clause: ClauseId) -> f32 {
        let concepts = self.meanings[side].get(&clause.0).map(|m| &m.concepts);
        let concepts = concepts.into_iter().flatten();
        concepts.map(|c| self.weights.of(c)).sum::<f32>() + FILLING
    }

    /// Whether a clause says what is not done. That nobody is responsible for what others do tells
    /// nothing of the kind.
    pub(super) fn refuses(&self, side: Side, clause: ClauseId) -> bool {
        let responsible = Lexicon::builtin().responsible;
        let refused = |c: &Concept| c.denied && c.role == Role::Action && c.key != responsible;
        let meaning = self.meanings[side].get(&clause.0);
        meaning.is_some_and(|meaning| meaning.concepts.iter().any(refused))
    }

    /// Pairs the clauses of a topic, best first, each used once.
    pub(super) fn matches(&self, clauses: &Pair<Vec<ClauseId>>) -> Pairs {
        let of = |side: Side| -> Vec<&Profile> {
            let ids = clauses[side].iter();
            ids.filter_map(|id| self.profiles[side].get(&id.0))
                .collect()
        };
        let profiles = Pair::new(of(Side::Left), of(Side::Right));
        let mut found: Vec<Match> = profiles::worth_weighing(&profiles.left, &profiles.right)
            .into_iter()
            .filter_map(|(left, right, specific)| {
                let ids = Pair::new(clauses.left[left], clauses.right[right]);
                let both = Pair::new(profiles.left[left], profiles.right[right]);
                self.weigh((left, right), ids, both, specific)
            })
            .collect();
        self.rank(&mut found);
        let met = met(&found, clauses);
        let mut used = clauses.as_ref().map(|side| vec![false; side.len()]);
        found.retain(|m| {
            let free = !used.left[m.left] && !used.right[m.right];
            if free {
                used.left[m.left] = true;
                used.right[m.right] = true;
            }
            free
        });
        Pairs {
            matches: found,
            met,
        }
    }

    /// Best first: equal clauses belong together, then oppositions and likenesses by weight.
    fn rank(&self, found: &mut [Match]) {
        let rank = |m: &Match| match m.kind {
            RowKind::Same => f32::INFINITY,
            RowKind::Opposed => m.proof + OPPOSITION_FIRST,
            _ => m.proof,
        };
        let place = |m: &Match| {
            if self.flip {
                (m.right, m.left)
            } else {
                (m.left, m.right)
            }
        };
        found.sort_by(|a, b| rank(b).total_cmp(&rank(a)).then(place(a).cmp(&place(b))));
    }

    /// What a pair comes to that shares this specific weight; nothing when its clauses do not
    /// speak of the same thing.
    fn weigh(
        &self,
        places: (usize, usize),
        clauses: Pair<ClauseId>,
        profiles: Pair<&Profile>,
        specific: f32,
    ) -> Option<Match> {
        let (left, right) = (profiles.left, profiles.right);
        if left.key == right.key {
            return Some(Match::new(places, RowKind::Same, 1.0, 1.0));
        }
        let stances = Pair::new(
            self.pair.left.labels.of(clauses.left).stance,
            self.pair.right.labels.of(clauses.right).stance,
        );
        let contrary = are_contrary(stances);
        if !contrary && profiles::most(left, right, specific) < LEAST {
            return None;
        }
        let shared = profiles::shared(left, right);
        let score = profiles::likeness(shared.weight, left, right);
        let strangers = are_strangers(&shared, left, right);
        let mut proof = proof(&shared, left, right);
        let may_pair = shared.concepts >= CONCEPTS && is_proven(&shared, score, proof, strangers);
        if !contrary && !may_pair {
            return None;
        }
        let meanings = Pair::new(
            self.meanings.left.get(&clauses.left.0)?,
            self.meanings.right.get(&clauses.right.0)?,
        );
        // A question or a heading states nothing: a statement is first held against statements.
        if meanings.left.is_heading != meanings.right.is_heading {
            proof -= HEADINGS_LAST;
        }
        let deny_alike = alike::deny_alike(meanings.left, meanings.right);
        let pairs = may_pair && (has_matter(&shared) || score >= SURE || deny_alike);
        if contrary && self.are_opposed(meanings, stances) {
            return Some(Match::new(places, RowKind::Opposed, score, proof));
        }
        if !pairs {
            return None;
        }
        let strangers = strangers && !deny_alike;
        // What one side refuses to do and the other does is agreed on in nothing.
        let refused = contrary && self.refuses_one(clauses, stances);
        let agrees = !strangers && !refused && alike::come_close(meanings, stances, &shared, score);
        let similar =
            agrees && alike::say_the_same(meanings, stances, profiles, shared.weight, score);
        let (kind, figures) = if similar {
            let other = meanings.left.figures != meanings.right.figures;
            (RowKind::Similar, other)
        } else {
            let other = figures_differ(meanings.left, meanings.right);
            (RowKind::Different, other)
        };
        Some(Match {
            figures,
            agrees,
            contrary,
            refused,
            ..Match::new(places, kind, score, proof)
        })
    }

    /// Whether the side that denies says of something that it is not done.
    fn refuses_one(&self, clauses: Pair<ClauseId>, stances: Pair<Stance>) -> bool {
        let denies = |side: &Side| stances[*side] == Stance::Denies;
        let denier = Side::BOTH.into_iter().find(denies);
        denier.is_some_and(|side| self.refuses(side, clauses[side]))
    }

    /// Whether one denies the very thing that the other says. A denial that its own policy
    /// takes back elsewhere holds for some part or case only: it denies nothing of the other side.
    fn are_opposed(&self, meanings: Pair<&Meaning>, stances: Pair<Stance>) -> bool {
        let weight = |concept: &Concept| self.weights.of(concept);
        denier(meanings, stances, weight).is_some_and(|side| {
            let denied = meanings[side];
            let statements = refusals(denied).flat_map(|act| {
                let at_home = self.statements[side].get(&act.key);
                at_home.into_iter().flatten().take(STATEMENTS)
            });
            let mut said = statements.filter_map(|id| self.meanings[side].get(id));
            !said.any(|said| is_qualified(denied, said))
        })
    }
}

/// The clauses that state an action, in order, by action.
fn statements(input: Input<'_>, meanings: &Meanings) -> FxHashMap<u64, Vec<u32>> {
    let mut found: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for (&id, meaning) in meanings {
        if affirms(input.labels.of(ClauseId::new(id as usize)).stance) {
            for act in meaning.concepts.iter().filter(|c| c.ours && !c.denied) {
                found.entry(act.key).or_default().push(id);
            }
        }
    }
    for ids in found.values_mut() {
        ids.sort_unstable();
        ids.dedup();
    }
    found
}

/// How far each clause of a topic is met by the one on the other side that agrees with it most.
fn met(found: &[Match], clauses: &Pair<Vec<ClauseId>>) -> Pair<Vec<f32>> {
    let mut met = clauses.as_ref().map(|side| vec![0.0_f32; side.len()]);
    for m in found {
        let part = if m.agrees { 1.0 } else { m.score * HALF_AGREED };
        met.left[m.left] = met.left[m.left].max(part);
        met.right[m.right] = met.right[m.right].max(part);
    }
    met
}

/// Whether two clauses share something particular: an action, or more than those who get data.
fn has_matter(shared: &Shared) -> bool {
    let matter = if shared.actions > 0 {
        shared.specific
    } else {
        shared.specific - shared.recipients
    };
    matter >= SPECIFIC
}

/// Whether two clauses do the same, but one or both to something that the other does not name.
fn are_strangers(shared: &Shared, left: &Profile, right: &Profile) -> bool {
    let only_actions = shared.actions == shared.telling;
    let unnamed = shared.things == 0 && (left.things || right.things);
    let one_action = only_actions && shared.telling < TELLING;
    unnamed && (one_action || (left.things && right.things))
}

/// How sure it is that two clauses of a likeness speak of the same thing. Long clauses share little of
/// all they say, and short ones much by chance: what is shared has to be a good part, and several
/// things.
fn proof(shared: &Shared, left: &Profile, right: &Profile) -> f32 {
    let concepts = (shared.telling as f32).max(shared.specific / USUAL);
    profiles::closeness(shared.weight, left, right) * concepts.sqrt()
}

/// Whether that is enough.
fn is_proven(shared: &Shared, score: f32, proof: f32, strangers: bool) -> bool {
    match () {
        () if score >= SURE => true,
        () if strangers => false,
        () if shared.way_out => score >= WAY_OUT,
        () => score >= LEAST && proof >= PAIRED,
    }
}

/// What clauses say, by clause.
pub(super) type Meanings = FxHashMap<u32, Meaning>;

/// The meanings of all clauses that may stand under a topic or on none, which headings do not, and
/// of the sentences that lead them in.
pub(super) fn read(text: &Text<'_>) -> Meanings {
    let mut reader = Reader::with(text);
    let mut meanings = FxHashMap::default();
    for (index, clause) in text.policy.clauses.iter().enumerate() {
        if clause.kind == ClauseKind::Heading {
            continue;
        }
        for id in [Some(ClauseId::new(index)), clause.lead_in]
            .into_iter()
            .flatten()
        {
            meanings.entry(id.0).or_insert_with(|| reader.read(id));
        }
    }
    meanings
}
