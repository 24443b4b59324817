//! Which clauses of two policies belong together, by text: equal ones in order, equal ones that
//! moved, changed ones in place, splits and merges, changed ones that moved.

use super::align::{self, Gap};
use super::chain::{self, Link};
use super::likeness::{Candidate, Held, Likeness};
use super::{moves, splits};
use crate::compare::keys::Text;
use crate::model::{Pair, Side};

/// Likeness from which clauses between the same equal neighbours are one clause, changed. The
/// middle is thin in real archives: best partners have 0.6 and more, or 0.3 and less.
const IN_PLACE: f32 = 0.4;
/// The same when nothing else stands between the neighbours.
const ALONE: f32 = 0.25;
/// Gaps of at most this many pairs are compared pair by pair; larger ones through the index.
const GAP_PAIRS: usize = 400;
/// A pair in place is not taken when either has a partner elsewhere that is this much more alike.
const BETTER_ELSEWHERE: f32 = 0.25;
/// A short clause found whole in a long one counts this much.
const CONTAINED: f32 = 0.5;
/// Not matched.
pub(super) const ALONE_MARK: u32 = u32::MAX;

/// Clauses that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// The clauses of each side: one, or several neighbours on one of the sides.
    pub(super) clauses: Pair<Vec<u32>>,
    /// Whether it changed its place.
    pub(super) moved: bool,
}

/// The groups, and the group of every clause.
pub(super) struct Matching {
    /// In no order.
    pub(super) groups: Vec<Group>,
    /// The place in `groups` for each clause, or [`ALONE_MARK`].
    pub(super) of: Pair<Vec<u32>>,
}

impl Matching {
    /// Whether a clause has found no partner yet.
    pub(super) fn is_alone(&self, side: Side, clause: u32) -> bool {
        self.of[side].get(clause as usize) == Some(&ALONE_MARK)
    }

    /// Makes two clauses a group.
    pub(super) fn join(&mut self, left: u32, right: u32, moved: bool) {
        let group = crate::compare::keys::as_u32(self.groups.len());
        self.groups.push(Group {
            clauses: Pair::new(vec![left], vec![right]),
            moved,
        });
        self.of.left[left as usize] = group;
        self.of.right[right as usize] = group;
    }

    /// The clauses of a side that are alone.
    pub(super) fn alone(&self, side: Side) -> Vec<u32> {
        (0..crate::compare::keys::as_u32(self.of[side].len()))
            .filter(|&clause| self.is_alone(side, clause))
            .collect()
    }

    /// The same with the sides exchanged.
    pub(super) fn swapped(mut self) -> Self {
        for group in &mut self.groups {
            group.clauses = std::mem::take(&mut group.clauses).swapped();
        }
        self.of = self.of.swapped();
        self
    }
}

/// Matches the clauses of two policies.
pub(super) fn matching(sides: Pair<&Text<'_>>) -> Matching {
    let mut found = Matching {
        groups: Vec::new(),
        of: sides.map(|side| vec![ALONE_MARK; side.keys.len()]),
    };
    let equal = equal_clauses(sides);
    for &(left, right) in &equal {
        found.join(left, right, false);
    }
    let whole = Pair::new(0..sides.left.len(), 0..sides.right.len());
    let gaps: Vec<Gap> = align::gaps(&equal, whole)
        .into_iter()
        .map(|(_, gap)| gap)
        .collect();
    moves::exact(sides, &mut found);
    let (left, right) = (found.alone(Side::Left), found.alone(Side::Right));
    if left.is_empty() || right.is_empty() {
        return found;
    }
    let likeness = Likeness::new(sides, Pair::new(&left, &right));
    let candidates = likeness.candidates(ALONE);
    in_place(&gaps, &likeness, &candidates, &mut found);
    for side in Side::BOTH {
        splits::grow(side, false, &likeness, &mut found);
        splits::gather(side, &likeness, &mut found);
    }
    moves::edited(sides, &likeness, &candidates, &mut found);
    for side in Side::BOTH {
        splits::grow(side, true, &likeness, &mut found);
    }
    found
}

/// Equal clauses in the same order. Whole blocks are anchors beside single clauses, so that a
/// sentence that repeats stays with its paragraph.
fn equal_clauses(sides: Pair<&Text<'_>>) -> Vec<(u32, u32)> {
    let blocks = align::once_each(sides.map(|side| &side.block_keys[..]));
    let anchors = blocks.into_iter().flat_map(|(left, right)| {
        let clauses = |side: Side, block: u32| sides[side].blocks[block as usize].clone();
        clauses(Side::Left, left).zip(clauses(Side::Right, right))
    });
    let keys = sides.map(|side| &side.keys[..]);
    align::equal(keys, anchors, |clause| {
        u64::from(sides.left.words[clause as usize])
    })
}

/// Joins changed clauses that stand between the same equal neighbours: the heaviest set of likely
/// pairs that do not cross.
fn in_place(gaps: &[Gap], likeness: &Likeness, candidates: &[Candidate], found: &mut Matching) {
    let best = best_scores(candidates, found);
    let mut gap_of = Pair::new(vec![0; found.of.left.len()], vec![0; found.of.right.len()]);
    let mut links = Vec::new();
    for (number, gap) in gaps.iter().enumerate() {
        for side in Side::BOTH {
            for clause in gap[side].clone() {
                gap_of[side][clause as usize] = number;
            }
        }
        links.extend(gap_links(gap, likeness, &best, found));
    }
    let large = |number: usize| gap_pairs(&gaps[number], found).is_none();
    links.extend(
        candidates
            .iter()
            .filter(|candidate| {
                let number = gap_of.left[candidate.left as usize];
                number == gap_of.right[candidate.right as usize] && large(number)
            })
            .filter(|candidate| candidate.score >= IN_PLACE && !has_better(candidate, &best))
            .map(|candidate| {
                let held = likeness.held(candidate.left, candidate.right);
                link(candidate, held)
            }),
    );
    for link in chain::heaviest(links) {
        found.join(link.left, link.right, false);
    }
}

/// The best score of each clause with any partner.
fn best_scores(candidates: &[Candidate], found: &Matching) -> Pair<Vec<f32>> {
    let mut best = Pair::new(
        vec![0.0; found.of.left.len()],
        vec![0.0; found.of.right.len()],
    );
    for candidate in candidates {
        let raise = |score: &mut f32| *score = candidate.score.max(*score);
        raise(&mut best.left[candidate.left as usize]);
        raise(&mut best.right[candidate.right as usize]);
    }
    best
}

fn has_better(candidate: &Candidate, best: &Pair<Vec<f32>>) -> bool {
    let elsewhere = best.left[candidate.left as usize].max(best.right[candidate.right as usize]);
    elsewhere >= moves::EDITED && elsewhere - candidate.score > BETTER_ELSEWHERE
}

fn link(candidate: &Candidate, held: Held) -> Link {
    let (share, lighter) = held.overlap();
    Link {
        left: candidate.left,
        right: candidate.right,
        // Thousandths of a shared content word, more for pairs alike as a whole.
        weight: (1_000.0 * candidate.score * (1.0 + share * lighter)) as u64 + 1,
    }
}

/// The clauses alone in a small gap, or nothing for a large one.
pub(super) fn gap_pairs(gap: &Gap, found: &Matching) -> Option<Pair<Vec<u32>>> {
    if gap.left.len().saturating_mul(gap.right.len()) > GAP_PAIRS * GAP_PAIRS {
        return None;
    }
    let alone = |side: Side| -> Vec<u32> {
        gap[side]
            .clone()
            .filter(|&clause| found.is_alone(side, clause))
            .collect()
    };
    let pair = Pair::new(alone(Side::Left), alone(Side::Right));
    (pair.left.len() * pair.right.len() <= GAP_PAIRS).then_some(pair)
}

/// Whether a gap has so many clauses on either side.
fn gap_is(gap: &Gap, clauses: usize) -> bool {
    gap.left.len() == clauses && gap.right.len() == clauses
}

fn gap_links(gap: &Gap, likeness: &Likeness, best: &Pair<Vec<f32>>, found: &Matching) -> Vec<Link> {
    let Some(alone) = gap_pairs(gap, found) else {
        return Vec::new();
    };
    let floor = match (&alone.left[..], &alone.right[..]) {
        // Two headings over the same text, whatever they say: the section was renamed.
        (&[left], &[right]) if likeness.are_headings(left, right) && gap_is(gap, 1) => 0.0,
        ([_], [_]) => ALONE,
        _ => IN_PLACE,
    };
    let mut links = Vec::new();
    for &left in &alone.left {
        for &right in &alone.right {
            let held = likeness.held(left, right);
            let mut score = held.score();
            let (share, lighter) = held.overlap();
            if share >= 0.8 && lighter >= 2.5 && held.same_rank {
                score = score.max(CONTAINED * share);
            }
            let candidate = Candidate { left, right, score };
            if score >= floor && !has_better(&candidate, best) {
                links.push(link(&candidate, held));
            }
        }
    }
    links
}
