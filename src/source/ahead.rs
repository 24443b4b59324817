//! Reads documents in the order asked for, some of them ahead in the order in which they lie on disk.

use super::git::Reading;
use super::{Found, Sources};
use crate::model::{Document, Issue};
use std::collections::VecDeque;

/// About so many bytes are read ahead at most.
const ROOM: usize = 1 << 20;

/// Documents that are read first, before it is known how long they are.
const FIRST: usize = 4;

/// Documents that are read ahead at most.
const MOST: usize = 128;

/// Documents as they are read: see [`Sources::read_ahead`].
pub struct Ahead<'a> {
    sources: &'a Sources,
    reading: Reading<'a>,
    /// Those that are not read yet.
    wanted: Vec<&'a Found>,
    max_size: u64,
    /// Those that were read ahead.
    ready: VecDeque<Result<Document, Issue>>,
    /// How many to read next.
    next: usize,
}

impl std::fmt::Debug for Ahead<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ahead")
            .field("wanted", &self.wanted.len())
            .field("ready", &self.ready.len())
            .finish_non_exhaustive()
    }
}

impl Sources {
    /// Reads documents on this thread, in the order of `wanted`. Versions of one document in git are
    /// stored as differences to each other: read as they lie, each costs about half.
    pub fn read_ahead<'a>(
        &'a self,
        wanted: impl DoubleEndedIterator<Item = &'a Found>,
        max_size: u64,
    ) -> Ahead<'a> {
        Ahead {
            sources: self,
            reading: Reading::new(&self.repositories),
            wanted: wanted.rev().collect(),
            max_size,
            ready: VecDeque::new(),
            next: FIRST,
        }
    }
}

impl Iterator for Ahead<'_> {
    type Item = Result<Document, Issue>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ready.is_empty() {
            self.read_some();
        }
        self.ready.pop_front()
    }
}

impl Ahead<'_> {
    fn read_some(&mut self) {
        let rest = self.wanted.len().saturating_sub(self.next);
        let some: Vec<&Found> = self.wanted.drain(rest..).rev().collect();
        let mut read: Vec<Option<_>> = some.iter().map(|_| None).collect();
        let mut bytes = 0;
        for at in self.sources.repositories.order(some.iter().copied()) {
            let document = self
                .sources
                .read_with(&mut self.reading, some[at], self.max_size);
            bytes += document.as_ref().map_or(0, |read| read.bytes.len());
            read[at] = Some(document);
        }
        self.next = (some.len() * ROOM / bytes.max(1)).clamp(1, MOST);
        self.ready.extend(read.into_iter().flatten());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{IssueKind, Origin};
    use std::fs;

    #[test]
    fn documents_come_as_they_were_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let wanted: Vec<Found> = (0..300)
            .map(|number| {
                let path = folder.path().join(format!("{}.md", number * 7 % 300));
                if number != 100 {
                    fs::write(&path, format!("{number} {}", "long ".repeat(number * 20))).unwrap();
                }
                Found::single(Origin::File(path))
            })
            .collect();
        let sources = Sources::default();
        let read: Vec<_> = sources.read_ahead(wanted.iter(), 1 << 20).collect();
        assert_eq!(read.len(), wanted.len());
        for (number, read) in read.into_iter().enumerate() {
            match read {
                Ok(document) => {
                    let start = format!("{number} ");
                    assert!(document.bytes.starts_with(start.as_bytes()), "{number}");
                }
                Err(issue) => assert_eq!((number, issue.kind), (100, IssueKind::Missing)),
            }
        }
    }
}
