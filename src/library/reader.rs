//! Documents as policies: one, or two that are to be compared.

use super::{Request, doubts};
use crate::compare;
use crate::model::{Document, Issue, Pair, Policy};
use crate::parse::{ChunkMemo, Composer, Parser};
use crate::source::{self, Ahead, Catalog, Found, MAX_SIZE, Sources};
use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

/// Reads single documents as policies. Shared by a loader and its libraries, so that what was listed
/// can be read later.
#[derive(Debug)]
pub struct Reader {
    pub(super) sources: Sources,
    parser: Parser,
    /// The size limit of a file, in bytes.
    pub(super) max_size: u64,
}

impl Default for Reader {
    fn default() -> Self {
        Self::new(MAX_SIZE)
    }
}

impl Reader {
    /// A reader that refuses files over `max_size` bytes.
    pub fn new(max_size: u64) -> Self {
        Self {
            sources: Sources::default(),
            parser: Parser::new(),
            max_size,
        }
    }

    /// What lies under the paths of a request, not yet read.
    pub(super) fn find(&self, request: &Request) -> Catalog {
        if request.paths.is_empty() {
            return Catalog {
                found: source::samples(),
                ..Catalog::default()
            };
        }
        self.sources.find(&request.paths, &request.find)
    }

    /// One document as a policy, with what makes its labels doubtful among its issues.
    ///
    /// # Errors
    /// An [`Issue`] that says why it could not be read.
    pub fn read(&self, found: &Found) -> Result<Policy, Issue> {
        self.parse(self.fetch(found)?)
    }

    /// The bytes of one document.
    ///
    /// # Errors
    /// An [`Issue`] that says why they cannot be had.
    pub fn fetch(&self, found: &Found) -> Result<Document, Issue> {
        self.sources.read(found, self.max_size)
    }

    /// The bytes of documents, one after the other.
    pub(super) fn fetch_ahead<'a>(
        &'a self,
        found: impl DoubleEndedIterator<Item = &'a Found>,
    ) -> Ahead<'a> {
        self.sources.read_ahead(found, self.max_size)
    }

    /// A document that was fetched, as [`Reader::read`] gives it.
    ///
    /// # Errors
    /// An [`Issue`] when it is empty or not text.
    pub fn parse(&self, document: Document) -> Result<Policy, Issue> {
        Ok(doubted(self.parser.parse(document)?))
    }

    /// The same, and the [language](compare::language) of its text.
    ///
    /// # Errors
    /// An [`Issue`] when it is empty or not text.
    pub(super) fn parse_spoken(
        &self,
        document: Document,
    ) -> Result<(Policy, Option<&'static str>), Issue> {
        Ok(spoken(self.parser.parse(document)?))
    }

    /// A document that was fetched, one of many: what others hold too is looked up instead of read.
    ///
    /// # Errors
    /// An [`Issue`] when it is empty or not text.
    pub fn parse_with(&self, document: Document, memo: &ChunkMemo) -> Result<Policy, Issue> {
        Ok(doubted(self.parser.parse_with(document, memo)?))
    }

    /// Reads the versions of one document as what they are composed of.
    pub(super) fn composer<'a>(&'a self, memo: &'a ChunkMemo) -> Composer<'a> {
        self.parser.composer(memo)
    }

    /// Two documents as policies: what versions share is read once, other texts are read side by side.
    pub fn read_both(&self, found: Pair<&Found>) -> Pair<Result<Policy, Issue>> {
        // One after the other: standard input is read to its end by the first that asks.
        let documents = found.map(|found| self.fetch(found));
        let (left, right) = match (documents.left, documents.right) {
            (Ok(left), Ok(right)) => (left, right),
            (left, right) => return Pair::new(left, right).map(|document| self.parse(document?)),
        };
        let documents = Pair::new(left, right);
        if share_most(documents.as_ref().map(|document| &document.bytes[..])) {
            let policies = self.parser.parse_versions(documents);
            return policies.map(|policy| Ok(doubted(policy?)));
        }
        let size = documents.left.bytes.len() + documents.right.bytes.len();
        documents.map_text(size, |document| self.parse(document))
    }
}

/// Whether so much of the right text stands in the left, line for line, that looking up what was read
/// costs less than reading it again: three quarters.
fn share_most(bytes: Pair<&[u8]>) -> bool {
    let left: FxHashSet<u64> = lines(bytes.left).map(xxh3_64).collect();
    let shared = lines(bytes.right).filter(|line| left.contains(&xxh3_64(line)));
    let shared: usize = shared.map(<[u8]>::len).sum();
    shared > 0 && 4 * shared >= 3 * bytes.right.len()
}

/// The lines with their ends.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut start = 0;
    let breaks = memchr::memchr_iter(b'\n', bytes).map(|at| at + 1);
    breaks.chain([bytes.len()]).map(move |end| {
        let line = &bytes[start..end];
        start = end;
        line
    })
}

/// A policy, with what makes its labels doubtful among its issues.
fn doubted(policy: Policy) -> Policy {
    spoken(policy).0
}

/// The same, and the language of its text.
fn spoken(mut policy: Policy) -> (Policy, Option<&'static str>) {
    let language = compare::language(&policy);
    policy.issues.extend(doubts::doubts(&policy, language));
    (policy, language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Origin;
    use std::fs;

    #[test]
    fn two_documents_are_read_as_each_alone() {
        let folder = tempfile::tempdir().unwrap();
        let long: String = (0..2_000)
            .map(|n| format!("# Part {n}\n\nWe keep record {n} of *your* visits.\n\n"))
            .collect();
        let texts = [
            ("one.md", long.clone()),
            ("version.md", long.replace("record 7 of", "no record of")),
            ("other.md", long.replace("We keep", "You see")),
            ("short.md", "We sell no data.".to_owned()),
            ("empty.md", String::new()),
        ];
        let found = texts.map(|(name, text)| {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            Found::single(Origin::File(path))
        });
        let reader = Reader::default();
        for left in &found {
            for right in &found {
                let both = reader.read_both(Pair::new(left, right));
                for (found, read) in [(left, both.left), (right, both.right)] {
                    let alone = reader.read(found);
                    assert!(format!("{read:?}") == format!("{alone:?}"), "{found:?}");
                }
            }
        }
    }

    #[test]
    fn versions_share_most_of_their_lines() {
        let share =
            |left: &str, right: &str| share_most(Pair::new(left.as_bytes(), right.as_bytes()));
        assert!(share("a\nb\nc\nd\n", "d\nc\nb\n"));
        assert!(share("a\nb\nc\nd\n", "a\nb\nc\ne\n"));
        assert!(!share("a\nb\nc\nd\n", "a\nb\ne\nf\n"));
        assert!(!share("", ""));
    }
}
