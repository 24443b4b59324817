//! Which items stand unchanged in the same order on both sides: first those that occur once on
//! each side (heaviest chain), then what touches them, then a histogram diff of the gaps between.

use super::chain::{self, Link};
use crate::model::Pair;
use imara_diff::{Algorithm, Diff, Token};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Gaps with more shared items than this go to the Myers algorithm with heuristics: the histogram
/// costs items × hunks.
const HISTOGRAM_LIMIT: usize = 2_000;

/// A stretch between two places held fixed.
pub(super) type Gap = Pair<Range<u32>>;

/// The pairs of equal keys that keep their order, as places in the two slices. `anchors` are pairs
/// of equal keys known from elsewhere to belong together. `weight` says how much a left place is
/// worth (words): of two stretches that swapped, the heavier stays.
pub(super) fn equal(
    keys: Pair<&[u64]>,
    anchors: impl Iterator<Item = (u32, u32)>,
    weight: impl Fn(u32) -> u64,
) -> Vec<(u32, u32)> {
    let whole = Pair::new(0..count(keys.left), 0..count(keys.right));
    let (head, middle, tail) = strip(keys, whole);
    let mut pairs: Vec<(u32, u32)> = head;
    let inside =
        |&(left, right): &(u32, u32)| middle.left.contains(&left) && middle.right.contains(&right);
    let mut links: Vec<Link> = unique(keys, &middle)
        .into_iter()
        .chain(anchors.filter(inside))
        .map(|(left, right)| Link {
            left,
            right,
            weight: weight(left),
        })
        .collect();
    // Two runs that rise already, which a stable sort merges.
    links.sort_by_key(|link| (link.left, link.right));
    links.dedup();
    let anchors = chain::heaviest(links);
    for gap in gaps(&anchors_to_pairs(&anchors), middle) {
        if let Some(anchor) = gap.0 {
            pairs.push(anchor);
        }
        align_gap(keys, gap.1, &mut pairs);
    }
    pairs.extend(tail);
    pairs
}

fn count(keys: &[u64]) -> u32 {
    u32::try_from(keys.len()).unwrap_or(u32::MAX)
}

fn anchors_to_pairs(anchors: &[Link]) -> Vec<(u32, u32)> {
    anchors.iter().map(|link| (link.left, link.right)).collect()
}

/// The stretches before, between and after pairs that rise on both sides, each with the pair that
/// opens it.
pub(super) fn gaps(pairs: &[(u32, u32)], within: Gap) -> Vec<(Option<(u32, u32)>, Gap)> {
    let mut out = Vec::with_capacity(pairs.len() + 1);
    let mut from = (within.left.start, within.right.start);
    let mut opens = None;
    for &(left, right) in pairs {
        out.push((opens, Pair::new(from.0..left, from.1..right)));
        opens = Some((left, right));
        from = (left + 1, right + 1);
    }
    out.push((
        opens,
        Pair::new(from.0..within.left.end, from.1..within.right.end),
    ));
    out
}

type Stripped = (Vec<(u32, u32)>, Gap, Vec<(u32, u32)>);

/// Equal items at the start, what is between, equal items at the end.
fn strip(keys: Pair<&[u64]>, gap: Gap) -> Stripped {
    let (mut left, mut right) = (gap.left, gap.right);
    let mut head = Vec::new();
    while !left.is_empty()
        && !right.is_empty()
        && keys.left[left.start as usize] == keys.right[right.start as usize]
    {
        head.push((left.start, right.start));
        left.start += 1;
        right.start += 1;
    }
    let mut tail = Vec::new();
    while !left.is_empty()
        && !right.is_empty()
        && keys.left[left.end as usize - 1] == keys.right[right.end as usize - 1]
    {
        left.end -= 1;
        right.end -= 1;
        tail.push((left.end, right.end));
    }
    tail.reverse();
    (head, Pair::new(left, right), tail)
}

/// The places of items that occur exactly once on each side.
pub(super) fn once_each(keys: Pair<&[u64]>) -> Vec<(u32, u32)> {
    unique(keys, &Pair::new(0..count(keys.left), 0..count(keys.right)))
}

/// The same within two stretches.
fn unique(keys: Pair<&[u64]>, gap: &Gap) -> Vec<(u32, u32)> {
    let rights = once(keys.right, &gap.right);
    let lefts = once(keys.left, &gap.left);
    gap.left
        .clone()
        .filter_map(|left| {
            let key = keys.left[left as usize];
            lefts.get(&key).copied().flatten()?;
            let right = rights.get(&key).copied().flatten()?;
            Some((left, right))
        })
        .collect()
}

/// Each key of the stretch with its place, or nothing when it occurs more than once.
fn once(keys: &[u64], range: &Range<u32>) -> FxHashMap<u64, Option<u32>> {
    let mut places = FxHashMap::default();
    places.reserve(range.len());
    for at in range.clone() {
        places
            .entry(keys[at as usize])
            .and_modify(|place| *place = None)
            .or_insert(Some(at));
    }
    places
}

/// Aligns what repeats within a gap and appends the pairs in order.
fn align_gap(keys: Pair<&[u64]>, gap: Gap, pairs: &mut Vec<(u32, u32)>) {
    if gap.left.is_empty() || gap.right.is_empty() {
        return;
    }
    let (head, middle, tail) = strip(keys, gap);
    pairs.extend(head);
    let mut numbers: FxHashMap<u64, (u32, bool)> = FxHashMap::default();
    for at in middle.left.clone() {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        numbers
            .entry(keys.left[at as usize])
            .or_insert((next, false));
    }
    let after: Vec<(u32, Token)> = middle
        .right
        .filter_map(|at| {
            let (number, seen) = numbers.get_mut(&keys.right[at as usize])?;
            *seen = true;
            Some((at, Token(*number)))
        })
        .collect();
    let before: Vec<(u32, Token)> = middle
        .left
        .filter_map(|at| match numbers.get(&keys.left[at as usize]) {
            Some((number, true)) => Some((at, Token(*number))),
            _ => None,
        })
        .collect();
    if !before.is_empty() && !after.is_empty() {
        diff_shared(&before, &after, numbers.len(), pairs);
    }
    pairs.extend(tail);
}

fn diff_shared(
    before: &[(u32, Token)],
    after: &[(u32, Token)],
    distinct: usize,
    pairs: &mut Vec<(u32, u32)>,
) {
    let tokens = |side: &[(u32, Token)]| side.iter().map(|(_, token)| *token).collect::<Vec<_>>();
    let algorithm = if before.len().max(after.len()) > HISTOGRAM_LIMIT {
        Algorithm::Myers
    } else {
        Algorithm::Histogram
    };
    let mut diff = Diff::default();
    diff.compute_with(
        algorithm,
        &tokens(before),
        &tokens(after),
        u32::try_from(distinct).unwrap_or(u32::MAX),
    );
    pairs.extend(kept(&diff, before.len(), after.len()).map(|(b, a)| (before[b].0, after[a].0)));
}

/// The places that a diff keeps, in order.
pub(in crate::compare) fn kept(
    diff: &Diff,
    before: usize,
    after: usize,
) -> impl Iterator<Item = (usize, usize)> + '_ {
    let as_u32 = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let rights = (0..after).filter(move |&at| !diff.is_added(as_u32(at)));
    (0..before)
        .filter(move |&at| !diff.is_removed(as_u32(at)))
        .zip(rights)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn align(left: &str, right: &str) -> String {
        let keys = |text: &str| text.bytes().map(u64::from).collect::<Vec<_>>();
        let (l, r) = (keys(left), keys(right));
        equal(Pair::new(&l, &r), std::iter::empty(), |at| {
            if l[at as usize] == u64::from(b'X') {
                3
            } else {
                1
            }
        })
        .iter()
        .map(|&(l, r)| format!("{}{l}{r} ", &left[l as usize..=l as usize]))
        .collect()
    }

    #[test]
    fn equal_items_in_order_are_paired() {
        assert_eq!(align("abc", "abc"), "a00 b11 c22 ");
        assert_eq!(align("abc", "axc"), "a00 c22 ");
        assert_eq!(align("abc", ""), "");
    }

    #[test]
    fn of_two_stretches_that_swapped_the_longer_stays() {
        assert_eq!(align("abcxy", "xyabc"), "a02 b13 c24 ");
    }

    #[test]
    fn repeats_are_aligned_between_the_anchors() {
        assert_eq!(align("aaXaaa", "aXaaaa"), "a00 X21 a33 a44 a55 ");
    }
}
