//! Paths of headings: what a stretch of a document stands under, as a number.

use crate::parse::headings::Rank;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_128;

/// The number of a path.
pub(super) type PathId = u32;

/// Every path that was met: each a heading below another path.
#[derive(Debug, Default)]
pub(super) struct Paths {
    /// By the path above, the rank of the heading and the hash of its words.
    ids: FxHashMap<(PathId, Rank, u128), PathId>,
    /// All but the top, which is number 0.
    paths: Vec<Path>,
}

#[derive(Debug)]
struct Path {
    above: PathId,
    rank: Rank,
    heading: Box<str>,
}

impl Paths {
    /// Above the first heading.
    pub(super) const TOP: PathId = 0;

    /// The path to a heading below another path.
    pub(super) fn below(&mut self, above: PathId, rank: Rank, heading: &str) -> PathId {
        let next = self.paths.len() as PathId + 1;
        let words = xxh3_128(heading.as_bytes());
        let id = *self.ids.entry((above, rank, words)).or_insert(next);
        if id == next {
            self.paths.push(Path {
                above,
                rank,
                heading: heading.into(),
            });
        }
        id
    }

    /// The headings of a path, outermost first.
    pub(super) fn headings(&self, path: PathId) -> Vec<(Rank, &str)> {
        let of = |id: PathId| self.paths.get((id as usize).checked_sub(1)?);
        let path = std::iter::successors(of(path), |path| of(path.above));
        let mut headings: Vec<_> = path.map(|path| (path.rank, &*path.heading)).collect();
        headings.reverse();
        headings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_known_by_its_headings_and_their_ranks() {
        let mut paths = Paths::default();
        let cookies = paths.below(Paths::TOP, 20, "Cookies");
        let yours = paths.below(cookies, 30, "Your choices");
        assert_eq!(paths.below(Paths::TOP, 20, "Cookies"), cookies);
        assert_ne!(paths.below(Paths::TOP, 30, "Cookies"), cookies);
        assert_ne!(paths.below(Paths::TOP, 30, "Your choices"), yours);
        assert_eq!(
            paths.headings(yours),
            [(20, "Cookies"), (30, "Your choices")]
        );
        assert!(paths.headings(Paths::TOP).is_empty());
    }
}
