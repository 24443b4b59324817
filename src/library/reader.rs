//! Documents as policies: one, or two that are to be compared.

use crate::compare;
use crate::model::{Document, Issue, IssueKind, Pair, Policy};
use crate::parse::{ChunkMemo, Parser};
use crate::source::{Found, MAX_SIZE, Sources};
use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

/// Reads single documents as policies. Shared by a loader and its libraries, so that what was listed
/// can be read later.
#[derive(Debug)]
pub struct Reader {
    pub(super) sources: Sources,
    parser: Parser,
    /// The size limit of a file, in bytes.
    max_size: u64,
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

    /// One document as a policy, with what makes its labels doubtful among its issues.
    ///
    /// # Errors
    /// An [`Issue`] that says why it could not be read.
    pub fn read(&self, found: &Found) -> Result<Policy, Issue> {
        self.parse(self.document(found)?, None)
    }

    fn document(&self, found: &Found) -> Result<Document, Issue> {
        self.sources.read(found, self.max_size)
    }

    /// A document as a policy; what `memo` knows of it is not read again.
    fn parse(&self, document: Document, memo: Option<&ChunkMemo>) -> Result<Policy, Issue> {
        let mut policy = match memo {
            Some(memo) => self.parser.parse_with(document, memo)?,
            None => self.parser.parse(document)?,
        };
        policy.issues.extend(doubts(&policy));
        Ok(policy)
    }

    /// Two documents as policies: what versions share is read once, other texts are read side by side.
    pub fn read_both(&self, found: Pair<&Found>) -> Pair<Result<Policy, Issue>> {
        // One after the other: standard input is read to its end by the first that asks.
        let documents = found.map(|found| self.document(found));
        let bytes = documents.as_ref().map(|document| match document {
            Ok(document) => &document.bytes[..],
            Err(_) => &[],
        });
        if share_most(bytes) {
            let memo = ChunkMemo::new(usize::MAX);
            return documents.map(|document| self.parse(document?, Some(&memo)));
        }
        let size = bytes.left.len() + bytes.right.len();
        documents.map_text(size, |document| self.parse(document?, None))
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

/// Fewer words than this hardly are a policy; broken captures and log-in pages are this short.
const FEW_WORDS: usize = 60;

/// What makes the labels of a policy doubtful.
fn doubts(policy: &Policy) -> Option<Issue> {
    let path = policy.provenance.origin.path();
    let words = policy.words();
    if words < FEW_WORDS {
        let plural = if words == 1 { "word" } else { "words" };
        let message = format!("only {words} {plural}: this may be a broken capture, not a policy");
        return Some(Issue::new(path, IssueKind::NotAPolicy, message));
    }
    let language = compare::language(policy).filter(|language| *language != "english")?;
    let name = format!("{}{}", language[..1].to_uppercase(), &language[1..]);
    let message = format!(
        "the text seems to be {name}: topics are found in English only, so nothing follows from their absence"
    );
    Some(Issue::new(path, IssueKind::Language, message))
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
