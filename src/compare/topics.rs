//! By topic: the clauses of two companies on each topic, paired when they speak of the same thing.
//!
//! Rows of a topic stand in this order: pairs first (opposed, different, similar, same; within
//! each as the left document has them), then what only the left says, then what only the right
//! says, each in its document's order.

use super::keys::Text;
use super::meaning::{Concept, Meaning, Reader, Role, contradiction};
use super::verdict;
use super::words::{self, Cells};
use super::{
    By, Class, Comparison, Input, Row, RowKind, TopicVerdict, Verdict, classes, notes, text,
};
use crate::model::{ClauseId, Pair, Side, Stance, Topic};
use rustc_hash::FxHashMap;

/// Likeness from which two clauses speak of the same thing.
const PAIRED: f32 = 0.3;
/// Likeness from which they say it alike.
const ALIKE: f32 = 0.5;
/// Likeness from which they say the same.
const SAME: f32 = 0.92;
/// Shared weight, apart from general words, that a pair needs: one particular concept.
const SPECIFIC: f32 = 0.8;
/// Share of what is denied that the other side must speak of, to be opposed.
const OPPOSED: f32 = 0.75;
/// What a general concept weighs; others weigh up to 1.
const GENERAL: f32 = 0.15;
/// What a concept of the sentence that leads a list in weighs, beside the item's own.
const LEAD_IN: f32 = 0.5;
/// Share of both sides' weight in pairs that agree, from which a topic is the same, or similar.
const SAME_SHARE: f32 = 0.65;
const SIMILAR_SHARE: f32 = 0.4;
/// Clauses of a topic on both sides, multiplied, up to which all pairs are weighed. Larger topics
/// only look at pairs that share a concept found in at most [`RARE`] clauses of the topic.
const ALL_PAIRS: usize = 20_000;
const RARE: usize = 24;

/// Compares two policies topic by topic.
pub(super) fn compare(pair: Pair<Input<'_>>, flip: bool) -> Comparison {
    let clauses = verdict::clauses_by_topic(pair);
    let texts = pair.map(|input| Text::new(input.policy));
    let comparer = Comparer::new(pair, texts.as_ref(), &clauses, flip);
    let mut parts: Vec<(TopicVerdict, Vec<Row>)> = Topic::ALL
        .into_iter()
        .zip(clauses)
        .map(|(topic, clauses)| comparer.topic(topic, clauses))
        .collect();
    let mut topics: Vec<TopicVerdict> = parts.iter().map(|(topic, _)| topic.clone()).collect();
    verdict::order(&mut topics);
    let mut rows = Vec::new();
    for topic in &mut topics {
        let from = rows.len();
        if let Some((_, own)) = parts.iter_mut().find(|(part, _)| part.topic == topic.topic) {
            rows.append(own);
        }
        topic.rows = from..rows.len();
    }
    Comparison {
        by: By::Topic,
        summary: super::summary(&rows),
        rows,
        topics,
        notes: notes::by_topic(pair),
    }
}

/// Whether a changed row turns a denial into its opposite, or the reverse.
pub(super) fn is_reversal(pair: Pair<Input<'_>>, row: &Row) -> bool {
    let (Some(&left), Some(&right)) = (row.clauses.left.first(), row.clauses.right.first()) else {
        return false;
    };
    let stances = (
        pair.left.labels.of(left).stance,
        pair.right.labels.of(right).stance,
    );
    if !are_contrary(stances.0, stances.1) {
        return false;
    }
    let left = Reader::new(pair.left.policy).read(left);
    let right = Reader::new(pair.right.policy).read(right);
    let weight = |concept: &Concept| {
        if concept.role == Role::General {
            GENERAL
        } else {
            1.0
        }
    };
    opposed(&left, &right, stances, weight)
}

/// One denies; the other asserts or permits.
fn are_contrary(left: Stance, right: Stance) -> bool {
    let affirms = |stance| matches!(stance, Stance::Asserts | Stance::Permits);
    (left == Stance::Denies && affirms(right)) || (right == Stance::Denies && affirms(left))
}

fn opposed(
    left: &Meaning,
    right: &Meaning,
    stances: (Stance, Stance),
    weight: impl Fn(&Concept) -> f32,
) -> bool {
    let denies = |stance| stance == Stance::Denies;
    (denies(stances.0) && contradiction(left, right, &weight) >= OPPOSED)
        || (denies(stances.1) && contradiction(right, left, &weight) >= OPPOSED)
}

/// A clause as the comparison by topic sees it.
struct Said {
    meaning: Meaning,
    /// Concept → weight, sorted by concept, each once.
    profile: Vec<(u64, f32)>,
    total: f32,
}

struct Comparer<'a> {
    pair: Pair<Input<'a>>,
    texts: Pair<&'a Text<'a>>,
    said: Pair<FxHashMap<u32, Said>>,
    counts: FxHashMap<u64, u32>,
    flip: bool,
}

/// A pair of clauses of a topic, by place in the topic's lists.
#[derive(Clone, Copy)]
struct Match {
    left: usize,
    right: usize,
    score: f32,
    kind: RowKind,
}

impl<'a> Comparer<'a> {
    fn new(
        pair: Pair<Input<'a>>,
        texts: Pair<&'a Text<'a>>,
        clauses: &[Pair<Vec<ClauseId>>],
        flip: bool,
    ) -> Self {
        let meanings = Pair::new(
            read(pair.left, Side::Left, clauses),
            read(pair.right, Side::Right, clauses),
        );
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        for meaning in meanings.left.values().chain(meanings.right.values()) {
            let mut keys: Vec<u64> = meaning.concepts.iter().map(|concept| concept.key).collect();
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                *counts.entry(key).or_default() += 1;
            }
        }
        let mut comparer = Self {
            pair,
            texts,
            said: Pair::default(),
            counts,
            flip,
        };
        for side in Side::BOTH {
            let said = meanings[side]
                .keys()
                .map(|&clause| (clause, comparer.said(side, clause, &meanings[side])))
                .collect();
            comparer.said[side] = said;
        }
        comparer
    }

    fn said(&self, side: Side, clause: u32, meanings: &FxHashMap<u32, Meaning>) -> Said {
        let meaning = meanings.get(&clause).cloned().unwrap_or_default();
        let mut profile: Vec<(u64, f32)> = meaning
            .concepts
            .iter()
            .map(|concept| (concept.key, self.weight(concept)))
            .collect();
        let lead = self.pair[side]
            .policy
            .clauses
            .get(clause as usize)
            .and_then(|clause| clause.lead_in)
            .and_then(|lead| meanings.get(&lead.0));
        let lead = lead.into_iter().flat_map(|lead| &lead.concepts);
        profile.extend(lead.map(|concept| (concept.key, LEAD_IN * self.weight(concept))));
        profile.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        profile.dedup_by_key(|entry| entry.0);
        let total = profile.iter().map(|(_, weight)| weight).sum();
        Said {
            meaning,
            profile,
            total,
        }
    }

    /// What sharing a concept says: little when it is general or frequent in this pair.
    fn weight(&self, concept: &Concept) -> f32 {
        if concept.role == Role::General {
            return GENERAL;
        }
        let count = self.counts.get(&concept.key).copied().unwrap_or(1).max(1);
        1.0 / (1.0 + 0.2 * (count as f32 / 2.0).max(1.0).ln())
    }

    fn topic(&self, topic: Topic, clauses: Pair<Vec<ClauseId>>) -> (TopicVerdict, Vec<Row>) {
        let matches = self.matches(&clauses);
        let verdict =
            verdict::one_sided(&clauses).unwrap_or_else(|| self.verdict(&clauses, &matches));
        let rows = self.rows(topic, &clauses, matches);
        let verdict = TopicVerdict {
            topic,
            verdict,
            clauses,
            rows: 0..0,
        };
        (verdict, rows)
    }

    /// Pairs the clauses of a topic, best first, each used once.
    fn matches(&self, clauses: &Pair<Vec<ClauseId>>) -> Vec<Match> {
        let mut found: Vec<Match> = self
            .worth_weighing(clauses)
            .into_iter()
            .filter_map(|(left, right)| self.weigh(clauses, left, right))
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

    /// The pairs to look at: all in a small topic, else those that share something rare.
    fn worth_weighing(&self, clauses: &Pair<Vec<ClauseId>>) -> Vec<(usize, usize)> {
        let (l, r) = (&clauses.left, &clauses.right);
        if l.len().saturating_mul(r.len()) <= ALL_PAIRS {
            return (0..l.len())
                .flat_map(|left| (0..r.len()).map(move |right| (left, right)))
                .collect();
        }
        let mut places: FxHashMap<u64, Pair<Vec<usize>>> = FxHashMap::default();
        for side in Side::BOTH {
            for (at, id) in clauses[side].iter().enumerate() {
                for (key, _) in self.said[side]
                    .get(&id.0)
                    .map_or(&[][..], |said| &said.profile)
                {
                    places.entry(*key).or_default()[side].push(at);
                }
            }
        }
        let mut pairs: Vec<(usize, usize)> = places
            .values()
            .filter(|places| places.left.len() <= RARE && places.right.len() <= RARE)
            .flat_map(|places| {
                let rights = &places.right;
                places
                    .left
                    .iter()
                    .flat_map(move |&l| rights.iter().map(move |&r| (l, r)))
            })
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    fn weigh(&self, clauses: &Pair<Vec<ClauseId>>, left: usize, right: usize) -> Option<Match> {
        let (l, r) = (clauses.left[left], clauses.right[right]);
        let said = (self.said.left.get(&l.0)?, self.said.right.get(&r.0)?);
        let (shared, specific) = shared(&said.0.profile, &said.1.profile);
        let whole = said.0.total + said.1.total;
        let equal = self.texts.left.keys[l.index()] == self.texts.right.keys[r.index()];
        let score = if equal {
            1.0
        } else if whole > 0.0 {
            2.0 * shared / whole
        } else {
            0.0
        };
        let stances = (
            self.pair.left.labels.of(l).stance,
            self.pair.right.labels.of(r).stance,
        );
        let contrary = are_contrary(stances.0, stances.1);
        let weight = |concept: &Concept| self.weight(concept);
        if contrary && opposed(&said.0.meaning, &said.1.meaning, stances, weight) {
            return Some(Match {
                left,
                right,
                score,
                kind: RowKind::Opposed,
            });
        }
        if !equal && (score < PAIRED || specific < SPECIFIC) {
            return None;
        }
        let kind = match score {
            _ if equal => RowKind::Same,
            _ if contrary => RowKind::Different,
            score if score >= SAME => RowKind::Same,
            score if score >= ALIKE => RowKind::Similar,
            _ => RowKind::Different,
        };
        Some(Match {
            left,
            right,
            score,
            kind,
        })
    }

    /// What the pairs and the rest come to: how much of what both sides say stands in pairs that
    /// agree.
    fn verdict(&self, clauses: &Pair<Vec<ClauseId>>, matches: &[Match]) -> Verdict {
        if matches.iter().any(|m| m.kind == RowKind::Opposed) {
            return Verdict::Opposed;
        }
        let weight =
            |side: Side, id: &ClauseId| self.said[side].get(&id.0).map_or(0.0, |said| said.total);
        let total: f32 = Side::BOTH
            .into_iter()
            .flat_map(|side| clauses[side].iter().map(move |id| weight(side, id)))
            .sum();
        let agreed: f32 = matches
            .iter()
            .map(|m| {
                let both = weight(Side::Left, &clauses.left[m.left])
                    + weight(Side::Right, &clauses.right[m.right]);
                match m.kind {
                    RowKind::Same | RowKind::Similar => both,
                    _ => both * m.score * 0.5,
                }
            })
            .sum();
        match agreed / total.max(f32::MIN_POSITIVE) {
            share if share >= SAME_SHARE => Verdict::Same,
            share if share >= SIMILAR_SHARE => Verdict::Similar,
            _ => Verdict::Different,
        }
    }

    fn rows(
        &self,
        topic: Topic,
        clauses: &Pair<Vec<ClauseId>>,
        mut matches: Vec<Match>,
    ) -> Vec<Row> {
        matches.sort_by_key(|m| (kind_rank(m.kind), m.left));
        let mut used = clauses.as_ref().map(|side| vec![false; side.len()]);
        let mut rows = Vec::new();
        for m in &matches {
            used.left[m.left] = true;
            used.right[m.right] = true;
            rows.push(self.paired(topic, m.kind, clauses.left[m.left], clauses.right[m.right]));
        }
        for (side, kind) in [
            (Side::Left, RowKind::OnlyLeft),
            (Side::Right, RowKind::OnlyRight),
        ] {
            for (&id, _) in clauses[side]
                .iter()
                .zip(&used[side])
                .filter(|(_, used)| !**used)
            {
                let mut clauses = Pair::default();
                clauses[side] = vec![id];
                rows.push(Row {
                    kind,
                    class: Class::Wording,
                    topic: Some(topic),
                    clauses,
                    words: Vec::new(),
                    partner: None,
                });
            }
        }
        rows
    }

    fn paired(&self, topic: Topic, kind: RowKind, left: ClauseId, right: ClauseId) -> Row {
        let equal = self.texts.left.keys[left.index()] == self.texts.right.keys[right.index()];
        let (class, words) = if equal {
            (Class::None, Vec::new())
        } else {
            let l = self.texts.left.tokens(&[left]);
            let r = self.texts.right.tokens(&[right]);
            let cells = Cells {
                text: self.pair.map(|input| input.policy.text.as_str()),
                tokens: Pair::new(&l, &r),
            };
            let steps = text::canonical(cells, self.flip, words::diff);
            let words = words::stretches(&steps, cells.tokens);
            (classes::class(&steps, cells), words)
        };
        Row {
            kind,
            class,
            topic: Some(topic),
            clauses: Pair::new(vec![left], vec![right]),
            words: if kind == RowKind::Same {
                Vec::new()
            } else {
                words
            },
            partner: None,
        }
    }
}

fn kind_rank(kind: RowKind) -> u8 {
    match kind {
        RowKind::Opposed => 0,
        RowKind::Different => 1,
        RowKind::Similar => 2,
        _ => 3,
    }
}

/// The meanings of all clauses under a topic, and of the sentences that lead them in.
fn read(input: Input<'_>, side: Side, clauses: &[Pair<Vec<ClauseId>>]) -> FxHashMap<u32, Meaning> {
    let mut reader = Reader::new(input.policy);
    let mut meanings = FxHashMap::default();
    for id in clauses.iter().flat_map(|topic| &topic[side]) {
        let lead = input
            .policy
            .clauses
            .get(id.index())
            .and_then(|clause| clause.lead_in);
        for id in [Some(*id), lead].into_iter().flatten() {
            meanings.entry(id.0).or_insert_with(|| reader.read(id));
        }
    }
    meanings
}

/// The weight of the concepts in both, and the part of it that is not general.
fn shared(left: &[(u64, f32)], right: &[(u64, f32)]) -> (f32, f32) {
    let (mut l, mut r, mut all, mut specific) = (0, 0, 0.0, 0.0);
    while let (Some(a), Some(b)) = (left.get(l), right.get(r)) {
        match a.0.cmp(&b.0) {
            std::cmp::Ordering::Less => l += 1,
            std::cmp::Ordering::Greater => r += 1,
            std::cmp::Ordering::Equal => {
                let weight = a.1.min(b.1);
                all += weight;
                if weight > GENERAL {
                    specific += weight;
                }
                l += 1;
                r += 1;
            }
        }
    }
    (all, specific)
}
