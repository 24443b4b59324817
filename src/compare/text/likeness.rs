//! How alike two clauses are: shared words, rare ones counting more; and which clauses of the other
//! side are worth asking about, by an inverted index of their rarest words.

use crate::compare::dates;
use crate::compare::function_words;
use crate::compare::keys::Text;
use crate::compare::tokens::Kind;
use crate::model::{ClauseId, ClauseKind, Pair, Policy, Side};
use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;

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

/// The words of a clause, sorted by key.
type Profile = Vec<(u64, f32)>;

/// The word profiles of the clauses that found no equal partner.
pub(super) struct Likeness {
    profiles: Pair<FxHashMap<u32, Profile>>,
    headings: Pair<FxHashSet<u32>>,
}

impl Likeness {
    /// Reads the words of the clauses. A word weighs less the more of these clauses have it.
    pub(super) fn new(sides: Pair<&Text<'_>>, clauses: Pair<&[u32]>) -> Self {
        let words = Pair::new(
            read(sides.left, clauses.left),
            read(sides.right, clauses.right),
        );
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        for (_, keys) in words.left.iter().chain(&words.right) {
            for (at, key) in keys.iter().enumerate() {
                if at == 0 || keys[at - 1] != *key {
                    *counts.entry(*key).or_default() += 1;
                }
            }
        }
        let weigh = |key: u64| {
            if function_words::is_english(key) {
                return FUNCTION_WEIGHT;
            }
            if key == SOME_DATE {
                return DATE_WEIGHT;
            }
            let count = counts.get(&key).copied().unwrap_or(1).max(1);
            // Two mentions (one a side) are the norm for a word that a pair shares.
            1.0 / (1.0 + 0.25 * (count as f32 / 2.0).max(1.0).ln())
        };
        let profile = |side: Vec<(u32, Vec<u64>)>| {
            side.into_iter()
                .map(|(clause, keys)| (clause, keys.iter().map(|&key| (key, weigh(key))).collect()))
                .collect()
        };
        Self {
            profiles: words.map(profile),
            headings: Pair::new(
                headings(sides.left, clauses.left),
                headings(sides.right, clauses.right),
            ),
        }
    }

    /// How alike two clauses are, from 0 to 1: twice the shared weight over the weight of both.
    pub(super) fn score(&self, left: u32, right: u32) -> f32 {
        let shared = self.shared(left, right);
        let whole = self.weight(left, right);
        let rank = if self.same_rank(left, right) {
            1.0
        } else {
            OTHER_RANK
        };
        if whole > 0.0 {
            2.0 * shared / whole * rank
        } else {
            0.0
        }
    }

    /// Whether both are headings.
    pub(super) fn are_headings(&self, left: u32, right: u32) -> bool {
        self.headings.left.contains(&left) && self.headings.right.contains(&right)
    }

    /// Whether both are headings, or neither is.
    pub(super) fn same_rank(&self, left: u32, right: u32) -> bool {
        self.headings.left.contains(&left) == self.headings.right.contains(&right)
    }

    /// The share of the lighter clause that stands in the other, and its weight.
    pub(super) fn overlap(&self, left: u32, right: u32) -> (f32, f32) {
        let (l, r) = (
            self.total(&self.profiles.left, left),
            self.total(&self.profiles.right, right),
        );
        let lighter = l.min(r);
        if lighter > 0.0 {
            (self.shared(left, right) / lighter, lighter)
        } else {
            (0.0, 0.0)
        }
    }

    fn weight(&self, left: u32, right: u32) -> f32 {
        self.total(&self.profiles.left, left) + self.total(&self.profiles.right, right)
    }

    fn total(&self, side: &FxHashMap<u32, Profile>, clause: u32) -> f32 {
        side.get(&clause).map_or(0.0, |profile| {
            profile.iter().map(|(_, weight)| weight).sum()
        })
    }

    fn shared(&self, left: u32, right: u32) -> f32 {
        match (
            self.profiles.left.get(&left),
            self.profiles.right.get(&right),
        ) {
            (Some(l), Some(r)) => shared(l, r),
            _ => 0.0,
        }
    }

    /// The share of `part` (a clause of one side) found in what `whole` (of the other side) has
    /// beyond `other` (of the first side): whether `part` and `other` together make `whole`.
    pub(super) fn fills(&self, side: Side, part: u32, other: &[u32], whole: u32) -> f32 {
        let ours = &self.profiles[side];
        let (Some(part), Some(whole)) = (ours.get(&part), self.profiles[side.other()].get(&whole))
        else {
            return 0.0;
        };
        let mut rest = whole.clone();
        for profile in other.iter().filter_map(|clause| ours.get(clause)) {
            rest = without(&rest, profile);
        }
        let total: f32 = part.iter().map(|(_, weight)| weight).sum();
        if total > 0.0 {
            shared(part, &rest) / total
        } else {
            0.0
        }
    }

    /// The share of `whole` that clauses of the other side make up together.
    pub(super) fn covers(&self, side: Side, parts: &[u32], whole: u32) -> f32 {
        let Some(whole) = self.profiles[side.other()].get(&whole) else {
            return 0.0;
        };
        let weight = |profile: &Profile| -> f32 { profile.iter().map(|(_, weight)| weight).sum() };
        let mut rest = whole.clone();
        for profile in parts
            .iter()
            .filter_map(|part| self.profiles[side].get(part))
        {
            rest = without(&rest, profile);
        }
        1.0 - weight(&rest) / weight(whole).max(f32::MIN_POSITIVE)
    }

    /// For each left clause the few right clauses that share its rarest words, best first, with a
    /// score of at least `floor`.
    pub(super) fn candidates(&self, floor: f32) -> Vec<Candidate> {
        let mut postings: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
        for right in sorted(&self.profiles.right) {
            for key in distinct(&self.profiles.right[&right]) {
                postings.entry(key).or_default().push(right);
            }
        }
        let mut out = Vec::new();
        let mut hits: FxHashMap<u32, f32> = FxHashMap::default();
        for left in sorted(&self.profiles.left) {
            hits.clear();
            let profile = &self.profiles.left[&left];
            let mut probes: Vec<(usize, u64)> = distinct(profile)
                .filter_map(|key| Some((postings.get(&key)?.len(), key)))
                .filter(|&(length, _)| length <= POSTING_LIMIT)
                .collect();
            probes.sort_unstable();
            for (length, key) in probes.into_iter().take(PROBES) {
                for &right in postings.get(&key).into_iter().flatten() {
                    *hits.entry(right).or_default() += 1.0 / (1 + length) as f32;
                }
            }
            let mut best: Vec<(u32, f32)> =
                hits.iter().map(|(&right, &hit)| (right, hit)).collect();
            best.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            for (right, _) in best.into_iter().take(PARTNERS) {
                let (share, lighter) = self.overlap(left, right);
                let mut score = self.score(left, right);
                if share >= SWALLOWED && lighter >= WEIGHTY && self.same_rank(left, right) {
                    score = score.max(SWALLOWED_SCORE);
                }
                if score >= floor {
                    out.push(Candidate { left, right, score });
                }
            }
        }
        out
    }
}

fn read(side: &Text<'_>, clauses: &[u32]) -> Vec<(u32, Vec<u64>)> {
    let mut tokens = Vec::new();
    clauses
        .iter()
        .map(|&clause| {
            tokens.clear();
            side.append_tokens(ClauseId(clause), &mut tokens);
            let words = tokens.iter().filter(|token| token.is_word());
            let mut keys: Vec<u64> = words
                .flat_map(|token| {
                    let raw = side
                        .policy
                        .text
                        .get(token.start as usize..token.end as usize);
                    let dated = token.kind == Kind::Number || dates::is_calendar(raw.unwrap_or(""));
                    [Some(token.key), dated.then_some(SOME_DATE)]
                })
                .flatten()
                .collect();
            keys.sort_unstable();
            (clause, keys)
        })
        .collect()
}

fn headings(side: &Text<'_>, clauses: &[u32]) -> FxHashSet<u32> {
    let is_heading = |clause: &u32| side.kind(*clause) == Some(ClauseKind::Heading);
    clauses.iter().copied().filter(is_heading).collect()
}

fn sorted(profiles: &FxHashMap<u32, Profile>) -> Vec<u32> {
    let mut clauses: Vec<u32> = profiles.keys().copied().collect();
    clauses.sort_unstable();
    clauses
}

fn distinct(profile: &Profile) -> impl Iterator<Item = u64> + '_ {
    profile
        .iter()
        .enumerate()
        .filter(|&(at, (key, _))| at == 0 || profile[at - 1].0 != *key)
        .map(|(_, (key, _))| *key)
}

/// The weight of the words in both, repeats counted.
fn shared(left: &Profile, right: &Profile) -> f32 {
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

fn without(whole: &Profile, part: &Profile) -> Profile {
    let mut out = Profile::new();
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

/// Share of the smaller text that must stand in the other for two texts to be versions of one.
pub(in crate::compare) const ONE_TEXT: f32 = 0.25;
/// The same when both are of one site.
pub(in crate::compare) const ONE_SITE: f32 = 0.1;
/// Words in a row that must agree: long enough not to be a turn of phrase.
const SHINGLE: usize = 5;

/// A text of more clauses than this is looked at by a sample of its runs.
const SAMPLED_FROM: usize = 200;
/// One run in so many, chosen by its hash, so that both texts choose the same ones.
const SAMPLE: u64 = 8;

/// The share of the smaller text's runs of [`SHINGLE`] words that stand in the other text.
pub(in crate::compare) fn common_text(pair: Pair<&Policy>) -> f32 {
    // Two versions mostly share whole clauses, character by character; seen at once.
    let equal = common_clauses(pair);
    if equal >= ONE_TEXT {
        return equal;
    }
    let shorter = pair.left.clauses.len().min(pair.right.clauses.len());
    let sample = if shorter > SAMPLED_FROM { SAMPLE } else { 1 };
    let shingles = pair.map(|policy| shingles(policy, sample));
    let (small, large) = if shingles.left.len() <= shingles.right.len() {
        (shingles.left, shingles.right)
    } else {
        (shingles.right, shingles.left)
    };
    if small.is_empty() {
        return 0.0;
    }
    let common = small
        .iter()
        .filter(|shingle| large.contains(shingle))
        .count();
    common as f32 / small.len() as f32
}

/// The share of the smaller text's bytes in clauses that stand in the other text as they are.
fn common_clauses(pair: Pair<&Policy>) -> f32 {
    let bytes = |policy: &Policy| -> usize { policy.clauses.iter().map(|c| c.text.len()).sum() };
    let (small, large) = if bytes(pair.left) <= bytes(pair.right) {
        (pair.left, pair.right)
    } else {
        (pair.right, pair.left)
    };
    let there: FxHashSet<&str> = large
        .clauses
        .iter()
        .map(|c| c.text.of(&large.text))
        .collect();
    let common: usize = small
        .clauses
        .iter()
        .map(|c| c.text.of(&small.text))
        .filter(|text| there.contains(text))
        .map(str::len)
        .sum();
    common as f32 / bytes(small).max(1) as f32
}

/// The hashes of one in `sample` of all runs of words, within clauses; a shorter clause counts as
/// one run. Words are what stands between white space here, without marks around them.
fn shingles(policy: &Policy, sample: u64) -> FxHashSet<u64> {
    let mut out = FxHashSet::default();
    let mut words: Vec<u64> = Vec::new();
    for clause in &policy.clauses {
        words.clear();
        let text = clause.text.of(&policy.text);
        let bare = |word: &str| rough_key(word.trim_matches(|c: char| !c.is_alphanumeric()));
        words.extend(text.split_ascii_whitespace().filter_map(bare));
        let mix = |run: &[u64]| {
            run.iter().fold(0_u64, |hash, word| {
                hash.rotate_left(7).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ word
            })
        };
        let runs = words.windows(SHINGLE.min(words.len()).max(1)).map(mix);
        out.extend(runs.filter(|run| run % sample == 0));
    }
    out
}

/// A hash of a word, blind to the case of plain letters; nothing for no word.
fn rough_key(word: &str) -> Option<u64> {
    let mut lower = [0_u8; 32];
    let slots = lower
        .get_mut(..word.len())
        .filter(|slots| !slots.is_empty());
    match slots {
        Some(slots) => {
            slots.copy_from_slice(word.as_bytes());
            slots.make_ascii_lowercase();
            Some(xxh3_64(slots))
        }
        None => (!word.is_empty()).then(|| xxh3_64(word.as_bytes())),
    }
}
