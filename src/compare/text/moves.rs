//! Clauses that changed their place. A pair must be certain: its text occurs once on each side and
//! is long enough or a whole block, or it stands next to a certain one. Repeats stay plain.

use super::likeness::{Candidate, Likeness};
use super::matching::Matching;
use crate::compare::keys::Text;
use crate::model::{Pair, Side};
use rustc_hash::FxHashMap;

/// Words from which a clause that occurs once is certain by itself.
const LONG: u32 = 6;
/// The same for a clause that is a whole block.
const LONG_BLOCK: u32 = 2;
/// The same for a block that is of one kind on both sides: a heading, a name in a list.
const LONG_KIND: u32 = 1;
/// Likeness from which a clause that moved and changed is certain, given [`MARGIN`].
pub(super) const EDITED: f32 = 0.52;
/// By how much it must be more alike than the second best on either side.
const MARGIN: f32 = 0.12;
/// The same where the second best has twice as many words changed.
const CLOSE: f32 = 0.02;
/// Words from which a clause that moved and changed is certain.
const LONG_EDITED: u32 = 6;
/// The same for one that hardly changed, and what that is: "Data We Collect" is no "Data We Share".
const SHORT_EDITED: u32 = 4;
const HARDLY_EDITED: f32 = 0.8;
/// Likeness that is enough next to a clause that moved.
const EDITED_NEAR: f32 = 0.4;

/// Joins equal clauses that stand elsewhere.
pub(super) fn exact(sides: Pair<&Text<'_>>, found: &mut Matching) {
    let places = sides.map(unique);
    let mut certain = Vec::new();
    for left in found.alone(Side::Left) {
        let key = sides.left.keys[left as usize];
        let place = |side: Side| places[side].get(&key).copied().flatten();
        let (Some(_), Some(right)) = (place(Side::Left), place(Side::Right)) else {
            continue;
        };
        let words = sides.left.words[left as usize];
        let whole = is_whole_block(sides.left, left) && is_whole_block(sides.right, right);
        let long = match whole {
            true if sides.left.kind(left) == sides.right.kind(right) => LONG_KIND,
            true => LONG_BLOCK,
            false => LONG,
        };
        if found.is_alone(Side::Right, right) && words >= long {
            certain.push((left, right));
        }
    }
    for &(left, right) in &certain {
        found.join(left, right, true);
    }
    let equal =
        |left: u32, right: u32| sides.left.keys[left as usize] == sides.right.keys[right as usize];
    spread(certain, found, equal);
}

/// Joins changed clauses that stand elsewhere.
pub(super) fn edited(
    sides: Pair<&Text<'_>>,
    likeness: &Likeness,
    candidates: &[Candidate],
    found: &mut Matching,
) {
    let near = |left: u32, right: u32| likeness.held(left, right).score() >= EDITED_NEAR;
    spread(moved_pairs(found), found, near);
    let mut seconds = rivals(candidates, found);
    let mut ranked: Vec<&Candidate> = candidates
        .iter()
        .filter(|candidate| candidate.score >= EDITED)
        .collect();
    ranked.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then((a.left, a.right).cmp(&(b.left, b.right)))
    });
    for candidate in ranked {
        let (left, right) = (candidate.left, candidate.right);
        let long = sides.left.words[left as usize].min(sides.right.words[right as usize]);
        let rival =
            |best: Option<&mut Best>| best.map_or(0.0, |best| best.besides(candidate.score));
        let rival = rival(seconds.left.get_mut(&left)).max(rival(seconds.right.get_mut(&right)));
        let enough = if candidate.score >= HARDLY_EDITED {
            SHORT_EDITED
        } else {
            LONG_EDITED
        };
        if long >= enough
            && is_clear(candidate.score, rival)
            && found.is_alone(Side::Left, left)
            && found.is_alone(Side::Right, right)
        {
            found.join(left, right, true);
            spread(vec![(left, right)], found, near);
        }
    }
}

/// Whether a pair is so much more alike than the next best that nobody would take the other. Of two
/// that are both very much alike the better is clear when the other has twice as many words changed.
fn is_clear(score: f32, rival: f32) -> bool {
    let twice = score >= HARDLY_EDITED && 1.0 - rival >= 2.0 * (1.0 - score);
    score - rival >= if twice { CLOSE } else { MARGIN }
}

/// The pairs that moved so far.
fn moved_pairs(found: &Matching) -> Vec<(u32, u32)> {
    found
        .groups
        .iter()
        .filter(|group| group.moved)
        .filter_map(|group| Some((*group.clauses.left.first()?, *group.clauses.right.first()?)))
        .collect()
}

/// From pairs that moved to their neighbours, as long as those are alone and `fit`.
fn spread(mut from: Vec<(u32, u32)>, found: &mut Matching, fit: impl Fn(u32, u32) -> bool) {
    while let Some((left, right)) = from.pop() {
        let ahead = left.checked_add(1).zip(right.checked_add(1));
        let back = left.checked_sub(1).zip(right.checked_sub(1));
        for (l, r) in [ahead, back].into_iter().flatten() {
            if found.is_alone(Side::Left, l) && found.is_alone(Side::Right, r) && fit(l, r) {
                found.join(l, r, true);
                from.push((l, r));
            }
        }
    }
}

/// The place of each key that occurs exactly once.
fn unique(side: &Text<'_>) -> FxHashMap<u64, Option<u32>> {
    let mut places = FxHashMap::default();
    places.reserve(side.keys.len());
    for (at, &key) in side.keys.iter().enumerate() {
        places
            .entry(key)
            .and_modify(|place| *place = None)
            .or_insert(Some(crate::compare::keys::as_u32(at)));
    }
    places
}

/// Whether a clause is all of its block.
fn is_whole_block(side: &Text<'_>, clause: u32) -> bool {
    side.opens_block(clause) && (clause + 1 >= side.len() || side.opens_block(clause + 1))
}

/// The two best scores of a clause.
#[derive(Clone, Copy, Default)]
struct Best {
    first: f32,
    second: f32,
}

impl Best {
    fn add(&mut self, score: f32) {
        if score > self.first {
            self.second = self.first;
            self.first = score;
        } else if score > self.second {
            self.second = score;
        }
    }

    /// The best of the others, given one's own score.
    fn besides(&self, own: f32) -> f32 {
        if own >= self.first {
            self.second
        } else {
            self.first
        }
    }
}

fn rivals(candidates: &[Candidate], found: &Matching) -> Pair<FxHashMap<u32, Best>> {
    let mut best: Pair<FxHashMap<u32, Best>> = Pair::default();
    for candidate in candidates {
        let alone = (
            found.is_alone(Side::Left, candidate.left),
            found.is_alone(Side::Right, candidate.right),
        );
        if alone == (true, true) {
            best.left
                .entry(candidate.left)
                .or_default()
                .add(candidate.score);
            best.right
                .entry(candidate.right)
                .or_default()
                .add(candidate.score);
        }
    }
    best
}
