//! How alike two clauses are: shared words, rare ones counting more; and which clauses of the other
//! side are worth asking about, by an inverted index of their rarest words.

use crate::compare::dates;
use crate::compare::function_words;
use crate::compare::keys::Text;
use crate::compare::tokens::Kind;
use crate::model::{ClauseId, ClauseKind, Pair, Side};
use rustc_hash::FxHashMap;

/// How many of its rarest words a clause looks for partners with.
const PROBES: usize = 12;
/// Words that stand in more clauses than this say nothing about which one is meant.
const POSTING_LIMIT: usize = 48;
/// How many partners of a clause are compared in full.
const PARTNERS: usize = 6;
/// What a function word weighs; other words weigh up to 1.
const FUNCTION_WEIGHT: f32 = 0.2;

/// A clause of at least this weight (so many content words), of which at least this share stands
/// in one clause of the other side, was swallowed by it: sentences were run together.
const WEIGHTY: f32 = 5.0;
const SWALLOWED: f32 = 0.85;
/// What such a pair scores at least.
const SWALLOWED_SCORE: f32 = 0.6;

/// Every figure and month counts as this word too, so that a date is like another date.
const SOME_DATE: u64 = 1;
/// What it weighs to have a figure or month where the other has one.
const DATE_WEIGHT: f32 = 0.7;

/// How much of its likeness keeps a heading that is held against a sentence.
const OTHER_RANK: f32 = 0.7;

/// A possible pair and how alike it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Candidate {
    /// The left clause.
    pub(super) left: u32,
    /// The right clause.
    pub(super) right: u32,
    /// From 0 (no shared word) to 1 (the same words).
    pub(super) score: f32,
}

/// A word by its place among all words of the clauses, sorted by key.
type Word = u32;

/// The words of a clause, sorted, each with what it weighs.
#[derive(Clone, Debug, Default)]
struct Profile {
    words: Vec<(Word, f32)>,
    /// What all of them weigh.
    weight: f32,
    is_heading: bool,
}

impl Profile {
    /// Its words, each once.
    fn distinct(&self) -> impl Iterator<Item = Word> + '_ {
        let repeats = |at: usize| at > 0 && self.words[at - 1].0 == self.words[at].0;
        let words = self.words.iter().enumerate();
        words
            .filter(move |&(at, _)| !repeats(at))
            .map(|(_, (word, _))| *word)
    }
}

/// The word profiles of the clauses that found no equal partner.
pub(super) struct Likeness {
    /// By clause; none for the others.
    profiles: Pair<Vec<Option<Profile>>>,
    /// How many different words there are.
    words: usize,
}

/// Two clauses held against each other.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Held {
    /// The weight of the words in both, repeats counted.
    shared: f32,
    /// The weight of each.
    weights: Pair<f32>,
    /// Whether both are headings, or neither is.
    pub(super) same_rank: bool,
}

impl Held {
    /// How alike the two are, from 0 to 1: twice the shared weight over the weight of both.
    pub(super) fn score(&self) -> f32 {
        let whole = self.weights.left + self.weights.right;
        let rank = if self.same_rank { 1.0 } else { OTHER_RANK };
        if whole > 0.0 {
            2.0 * self.shared / whole * rank
        } else {
            0.0
        }
    }

    /// The share of the lighter clause that stands in the other, and its weight.
    pub(super) fn overlap(&self) -> (f32, f32) {
        let lighter = self.weights.left.min(self.weights.right);
        if lighter > 0.0 {
            (self.shared / lighter, lighter)
        } else {
            (0.0, 0.0)
        }
    }
}

impl Likeness {
    /// Reads the words of the clauses. A word weighs less the more of these clauses have it.
    pub(super) fn new(sides: Pair<&Text<'_>>, clauses: Pair<&[u32]>) -> Self {
        let keys = Pair::SIDES.map(|side| read(sides[side], clauses[side]));
        let vocabulary = Vocabulary::of(&keys);
        let profiles = Pair::SIDES.map(|side| {
            let mut profiles = vec![None; sides[side].keys.len()];
            for (&clause, keys) in clauses[side].iter().zip(&keys[side]) {
                let words: Vec<_> = keys.iter().map(|&key| vocabulary.weighed(key)).collect();
                profiles[clause as usize] = Some(Profile {
                    weight: words.iter().map(|(_, weight)| weight).sum(),
                    words,
                    is_heading: sides[side].kind(clause) == Some(ClauseKind::Heading),
                });
            }
            profiles
        });
        Self {
            profiles,
            words: vocabulary.weights.len(),
        }
    }

    fn profile(&self, side: Side, clause: u32) -> Option<&Profile> {
        self.profiles[side].get(clause as usize)?.as_ref()
    }

    /// Holds two clauses against each other; those that have an equal partner are like nothing.
    pub(super) fn held(&self, left: u32, right: u32) -> Held {
        let profiles = (
            self.profile(Side::Left, left),
            self.profile(Side::Right, right),
        );
        let weight = |profile: Option<&Profile>| profile.map_or(0.0, |profile| profile.weight);
        let is_heading = |profile: Option<&Profile>| profile.is_some_and(|it| it.is_heading);
        Held {
            shared: match profiles {
                (Some(left), Some(right)) => shared(&left.words, &right.words),
                _ => 0.0,
            },
            weights: Pair::new(weight(profiles.0), weight(profiles.1)),
            same_rank: is_heading(profiles.0) == is_heading(profiles.1),
        }
    }

    /// Whether both are headings.
    pub(super) fn are_headings(&self, left: u32, right: u32) -> bool {
        let is_heading = |side, clause| self.profile(side, clause).is_some_and(|it| it.is_heading);
        is_heading(Side::Left, left) && is_heading(Side::Right, right)
    }

    /// The share of `part` (a clause of one side) found in what `whole` (of the other side) has
    /// beyond `other` (of the first side): whether `part` and `other` together make `whole`.
    pub(super) fn fills(&self, side: Side, part: u32, other: &[u32], whole: u32) -> f32 {
        let (Some(part), Some(whole)) =
            (self.profile(side, part), self.profile(side.other(), whole))
        else {
            return 0.0;
        };
        let mut rest = whole.words.clone();
        for profile in other
            .iter()
            .filter_map(|&clause| self.profile(side, clause))
        {
            rest = without(&rest, &profile.words);
        }
        if part.weight > 0.0 {
            shared(&part.words, &rest) / part.weight
        } else {
            0.0
        }
    }

    /// The share of `whole` that clauses of the other side make up together.
    pub(super) fn covers(&self, side: Side, parts: &[u32], whole: u32) -> f32 {
        let Some(whole) = self.profile(side.other(), whole) else {
            return 0.0;
        };
        let mut rest = whole.words.clone();
        for profile in parts.iter().filter_map(|&part| self.profile(side, part)) {
            rest = without(&rest, &profile.words);
        }
        let rest: f32 = rest.iter().map(|(_, weight)| weight).sum();
        1.0 - rest / whole.weight.max(f32::MIN_POSITIVE)
    }

    /// For each left clause the few right clauses that share its rarest words, best first, with a
    /// score of at least `floor`.
    pub(super) fn candidates(&self, floor: f32) -> Vec<Candidate> {
        let postings = Postings::of(&self.profiles.right, self.words);
        let mut out = Vec::new();
        let mut hits = vec![0.0_f32; self.profiles.right.len()];
        let mut best: Vec<u32> = Vec::new();
        for (left, profile) in (0..).zip(&self.profiles.left) {
            let Some(profile) = profile else {
                continue;
            };
            let mut probes: Vec<(usize, Word)> = profile
                .distinct()
                .map(|word| (postings.clauses_with(word).len(), word))
                .filter(|&(length, _)| (1..=POSTING_LIMIT).contains(&length))
                .collect();
            probes.sort_unstable();
            for (length, word) in probes.into_iter().take(PROBES) {
                for &right in postings.clauses_with(word) {
                    let hit = &mut hits[right as usize];
                    if *hit == 0.0 {
                        best.push(right);
                    }
                    *hit += 1.0 / (1 + length) as f32;
                }
            }
            let rank = |right: &u32| hits[*right as usize];
            best.sort_unstable_by(|a, b| rank(b).total_cmp(&rank(a)).then(a.cmp(b)));
            for &right in best.iter().take(PARTNERS) {
                let held = self.held(left, right);
                let (share, lighter) = held.overlap();
                let mut score = held.score();
                if share >= SWALLOWED && lighter >= WEIGHTY && held.same_rank {
                    score = score.max(SWALLOWED_SCORE);
                }
                if score >= floor {
                    out.push(Candidate { left, right, score });
                }
            }
            for right in best.drain(..) {
                hits[right as usize] = 0.0;
            }
        }
        out
    }
}

/// The words of all clauses, and what each weighs.
struct Vocabulary {
    words: FxHashMap<u64, Word>,
    weights: Vec<f32>,
}

impl Vocabulary {
    /// Counts the clauses that have each word.
    fn of(clauses: &Pair<Vec<Vec<u64>>>) -> Self {
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        for keys in clauses.left.iter().chain(&clauses.right) {
            for (at, key) in keys.iter().enumerate() {
                if at == 0 || keys[at - 1] != *key {
                    *counts.entry(*key).or_default() += 1;
                }
            }
        }
        let mut counted: Vec<(u64, u32)> = counts.iter().map(|(&key, &n)| (key, n)).collect();
        counted.sort_unstable();
        let mut words = counts;
        for (word, (key, _)) in (0..).zip(&counted) {
            words.insert(*key, word);
        }
        let weights = counted.into_iter().map(|(key, count)| weight(key, count));
        Self {
            words,
            weights: weights.collect(),
        }
    }

    fn weighed(&self, key: u64) -> (Word, f32) {
        let word = self.words.get(&key).copied().unwrap_or(0);
        (
            word,
            self.weights.get(word as usize).copied().unwrap_or(0.0),
        )
    }
}

/// What a word weighs that so many clauses have.
fn weight(key: u64, count: u32) -> f32 {
    if function_words::is_english(key) {
        return FUNCTION_WEIGHT;
    }
    if key == SOME_DATE {
        return DATE_WEIGHT;
    }
    // Two mentions (one a side) are the norm for a word that a pair shares.
    1.0 / (1.0 + 0.25 * (count as f32 / 2.0).max(1.0).ln())
}

/// The clauses that have each word, in order.
struct Postings {
    /// Where those of each word start in `clauses`.
    starts: Vec<usize>,
    clauses: Vec<u32>,
}

impl Postings {
    fn of(profiles: &[Option<Profile>], words: usize) -> Self {
        let having = || {
            let profiles = (0..).zip(profiles);
            let profiles = profiles.filter_map(|(clause, it)| Some((clause, it.as_ref()?)));
            profiles.flat_map(|(clause, it)| it.distinct().map(move |word| (clause, word)))
        };
        // First the end of each word's clauses; filled from behind, they become the starts.
        let mut starts = vec![0; words + 1];
        having().for_each(|(_, word)| starts[word as usize] += 1);
        let mut end = 0;
        for start in &mut starts {
            end += *start;
            *start = end;
        }
        let mut clauses = vec![0; end];
        let in_order: Vec<(u32, Word)> = having().collect();
        for (clause, word) in in_order.into_iter().rev() {
            let start = &mut starts[word as usize];
            *start -= 1;
            clauses[*start] = clause;
        }
        Self { starts, clauses }
    }

    fn clauses_with(&self, word: Word) -> &[u32] {
        let word = word as usize;
        &self.clauses[self.starts[word]..self.starts[word + 1]]
    }
}

/// The words of each clause by key, sorted.
fn read(side: &Text<'_>, clauses: &[u32]) -> Vec<Vec<u64>> {
    let mut tokens = Vec::new();
    clauses
        .iter()
        .map(|&clause| {
            tokens.clear();
            side.append_tokens(ClauseId(clause), &mut tokens);
            let mut keys = Vec::with_capacity(tokens.len());
            for token in tokens.iter().filter(|token| token.is_word()) {
                let range = token.start as usize..token.end as usize;
                let raw = side.policy.text.get(range).unwrap_or("");
                keys.push(token.key);
                if token.kind == Kind::Number || dates::is_calendar(raw) {
                    keys.push(SOME_DATE);
                }
            }
            keys.sort_unstable();
            keys
        })
        .collect()
}

/// The weight of the words in both, repeats counted.
fn shared(left: &[(Word, f32)], right: &[(Word, f32)]) -> f32 {
    let (mut l, mut r, mut sum) = (0, 0, 0.0);
    while let (Some(a), Some(b)) = (left.get(l), right.get(r)) {
        match a.0.cmp(&b.0) {
            std::cmp::Ordering::Less => l += 1,
            std::cmp::Ordering::Greater => r += 1,
            std::cmp::Ordering::Equal => {
                sum += a.1;
                l += 1;
                r += 1;
            }
        }
    }
    sum
}

fn without(whole: &[(Word, f32)], part: &[(Word, f32)]) -> Vec<(Word, f32)> {
    let mut out = Vec::new();
    let mut p = 0;
    for word in whole {
        while part.get(p).is_some_and(|other| other.0 < word.0) {
            p += 1;
        }
        if part.get(p).is_some_and(|other| other.0 == word.0) {
            p += 1;
        } else {
            out.push(*word);
        }
    }
    out
}
