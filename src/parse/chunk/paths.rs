//! What a stretch of a document stands under, as numbers: a path of headings, and the sentence that
//! leads a list in.

use crate::parse::headings::Rank;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_128;

/// The number of a path.
pub(super) type PathId = u32;

/// The number of a sentence that leads a list in.
pub(super) type LeadInId = u32;

/// What stands above a stretch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Above {
    pub(super) headings: PathId,
    /// What leads the items in that the stretch begins with.
    pub(super) lead_in: Option<LeadInId>,
}

/// Every path that was met, each a heading below another path, and every lead-in.
#[derive(Debug, Default)]
pub(super) struct Paths {
    /// By the path above, the rank of the heading and the hash of its words.
    ids: FxHashMap<(PathId, Rank, u128), PathId>,
    /// All but the top, which is number 0.
    paths: Vec<Path>,
    /// By the hash of their words.
    lead_in_ids: FxHashMap<u128, LeadInId>,
    lead_ins: Vec<Box<str>>,
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

    /// The number of a lead-in.
    pub(super) fn lead_in(&mut self, sentence: &str) -> LeadInId {
        let next = self.lead_ins.len() as LeadInId;
        let words = xxh3_128(sentence.as_bytes());
        let id = *self.lead_in_ids.entry(words).or_insert(next);
        if id == next {
            self.lead_ins.push(sentence.into());
        }
        id
    }

    /// The words of a lead-in.
    pub(super) fn words_of(&self, lead_in: LeadInId) -> &str {
        self.lead_ins
            .get(lead_in as usize)
            .map_or("", |words| words)
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
