//! The heaviest chain of links that never cross: what stays in place when everything else moves.

/// A possible pairing of a place on the left with a place on the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// Place on the left.
    pub(super) left: u32,
    /// Place on the right.
    pub(super) right: u32,
    /// How much is gained by keeping it, in any one unit.
    pub(super) weight: u64,
}

/// The links of the heaviest chain strictly rising on both sides, in order: n log n, by a Fenwick
/// tree of prefix maxima. Of equal chains the one found first in order of `left` is kept.
pub(super) fn heaviest(mut links: Vec<Link>) -> Vec<Link> {
    // Among links of one left place the right ones come last first, so that none builds on another.
    links.sort_unstable_by(|a, b| (a.left, b.right).cmp(&(b.left, a.right)));
    let width = links.iter().map(|link| link.right as usize + 1).max();
    let Some(width) = width else {
        return Vec::new();
    };
    let mut tree: Vec<(u64, u32)> = vec![(0, NOTHING); width + 1];
    let mut before = vec![NOTHING; links.len()];
    for (index, link) in links.iter().enumerate() {
        let (weight, last) = prefix(&tree, link.right as usize);
        before[index] = last;
        let total = weight + link.weight.max(1);
        raise(
            &mut tree,
            link.right as usize,
            (total, u32::try_from(index).unwrap_or(NOTHING)),
        );
    }
    let (_, mut at) = prefix(&tree, width);
    let mut chain = Vec::new();
    while let Some(link) = links.get(at as usize) {
        chain.push(*link);
        at = before[at as usize];
    }
    chain.reverse();
    chain
}

/// No link.
const NOTHING: u32 = u32::MAX;

/// The best over the places `0..end`.
fn prefix(tree: &[(u64, u32)], end: usize) -> (u64, u32) {
    let mut best = (0, NOTHING);
    let mut at = end;
    while at > 0 {
        if tree[at].0 > best.0 {
            best = tree[at];
        }
        at &= at - 1;
    }
    best
}

fn raise(tree: &mut [(u64, u32)], place: usize, value: (u64, u32)) {
    let mut at = place + 1;
    while at < tree.len() {
        if value.0 > tree[at].0 {
            tree[at] = value;
        }
        at += at & at.wrapping_neg();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(links: &[(u32, u32, u64)]) -> Vec<(u32, u32)> {
        let links = links
            .iter()
            .map(|&(left, right, weight)| Link {
                left,
                right,
                weight,
            })
            .collect();
        heaviest(links)
            .iter()
            .map(|link| (link.left, link.right))
            .collect()
    }

    #[test]
    fn the_heavier_of_two_crossing_links_stays() {
        assert_eq!(chain(&[(0, 1, 5), (1, 0, 9)]), [(1, 0)]);
        assert_eq!(chain(&[(0, 2, 5), (1, 0, 3), (2, 1, 3)]), [(1, 0), (2, 1)]);
    }

    #[test]
    fn no_place_is_used_twice() {
        assert_eq!(chain(&[(0, 0, 1), (0, 1, 1), (1, 1, 1)]), [(0, 0), (1, 1)]);
        assert_eq!(chain(&[]), []);
    }
}
