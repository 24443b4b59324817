//! Lists of numbers as bytes: runs of neighbours, small numbers in few bytes.
//!
//! A number is written seven bits a byte, lowest first, the top bit set on all but the last byte.

use std::ops::Range;

/// Appends a number.
pub(super) fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        #[allow(
            clippy::cast_possible_truncation,
            reason = "the low seven bits are taken"
        )]
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    #[allow(clippy::cast_possible_truncation, reason = "below 128 here")]
    bytes.push(number as u8);
}

/// Takes a number off the front; none when the bytes end first.
pub(super) fn take(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// A number that may be negative as one that is not: 0, -1, 1, -2, …
#[allow(clippy::cast_sign_loss, reason = "the sign goes into the lowest bit")]
pub(super) fn fold(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

#[allow(clippy::cast_possible_wrap, reason = "the inverse of `fold`")]
pub(super) fn unfold(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

/// A list in any order, as runs `n, n+1, n+2, …`: for each run how far it begins behind the end of
/// the one before, and its length less one.
pub(super) fn list(numbers: &[u32]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut at = 0;
    let mut end = 0i64;
    while let Some(&first) = numbers.get(at) {
        let rest = numbers.get(at..).unwrap_or(&[]);
        let length = rest
            .iter()
            .zip(first..)
            .take_while(|(number, next)| *number == next)
            .count()
            .max(1);
        put(&mut bytes, fold(i64::from(first) - end));
        put(&mut bytes, length as u64 - 1);
        end = i64::from(first) + length as i64;
        at += length;
    }
    bytes
}

/// Lists longer than this are none of ours: no document has so many clauses.
const LONGEST: usize = 1 << 26;

/// The list that [`list`] wrote; none when the bytes are no such list.
pub(super) fn read_list(mut bytes: &[u8]) -> Option<Vec<u32>> {
    let mut numbers = Vec::new();
    let mut end = 0i64;
    while !bytes.is_empty() {
        let first = end.checked_add(unfold(take(&mut bytes)?))?;
        let length = i64::try_from(take(&mut bytes)?).ok()?.checked_add(1)?;
        end = first.checked_add(length)?;
        let (first, end) = (u32::try_from(first).ok()?, u32::try_from(end).ok()?);
        if numbers.len() + (end - first) as usize > LONGEST {
            return None;
        }
        numbers.extend(first..end);
    }
    Some(numbers)
}

/// Which documents hold a wording, and in which of their versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Holding {
    pub(super) documents: Vec<HeldBy>,
}

/// One document that holds a wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HeldBy {
    pub(super) document: u32,
    /// Whether its current version is among them.
    pub(super) now: bool,
    /// Runs of places in its history, in order.
    pub(super) places: Vec<Range<u32>>,
}

impl Holding {
    /// The bytes: for each document, in order, how far its number lies behind the one before,
    /// doubled and one more when its current version is meant; the number of runs; for each run how
    /// far it begins behind the end of the one before, and its length less one.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut before = 0;
        for held in &self.documents {
            let step = u64::from(held.document - before);
            put(&mut bytes, step << 1 | u64::from(held.now));
            put(&mut bytes, held.places.len() as u64);
            let mut end = 0;
            for run in &held.places {
                put(&mut bytes, u64::from(run.start - end));
                put(&mut bytes, u64::from(run.end - run.start - 1));
                end = run.end;
            }
            before = held.document;
        }
        bytes
    }

    /// The holding that [`Holding::bytes`] wrote; none when the bytes are none.
    pub(super) fn read(mut bytes: &[u8]) -> Option<Self> {
        let mut documents = Vec::new();
        let mut before = 0u32;
        while !bytes.is_empty() {
            let step = take(&mut bytes)?;
            let document = before.checked_add(u32::try_from(step >> 1).ok()?)?;
            let mut places = Vec::new();
            let mut end = 0u32;
            for _ in 0..take(&mut bytes)? {
                let start = end.checked_add(u32::try_from(take(&mut bytes)?).ok()?)?;
                let length = u32::try_from(take(&mut bytes)?).ok()?.checked_add(1)?;
                end = start.checked_add(length)?;
                places.push(start..end);
            }
            documents.push(HeldBy {
                document,
                now: step & 1 == 1,
                places,
            });
            before = document;
        }
        Some(Self { documents })
    }

    /// Notes a version that holds the wording.
    pub(super) fn note(&mut self, document: u32, place: u32, now: bool) {
        let found = match self.documents.last() {
            Some(last) if last.document < document => Err(self.documents.len()),
            _ => self
                .documents
                .binary_search_by_key(&document, |held| held.document),
        };
        let at = found.unwrap_or_else(|at| {
            let new = HeldBy {
                document,
                now: false,
                places: Vec::new(),
            };
            self.documents.insert(at, new);
            at
        });
        if let Some(held) = self.documents.get_mut(at) {
            held.now |= now;
            insert(&mut held.places, place);
        }
    }

    /// Forgets a document.
    pub(super) fn forget(&mut self, document: u32) {
        self.documents.retain(|held| held.document != document);
    }

    /// Whether a current version holds the wording.
    pub(super) fn is_now(&self) -> bool {
        self.documents.iter().any(|held| held.now)
    }
}

/// Adds a place to runs of places.
fn insert(runs: &mut Vec<Range<u32>>, place: u32) {
    let at = runs.partition_point(|run| run.end < place);
    let Some(run) = runs.get_mut(at) else {
        runs.push(place..place + 1);
        return;
    };
    if run.contains(&place) {
        return;
    }
    if run.end == place {
        run.end += 1;
        let end = run.end;
        if runs.get(at + 1).is_some_and(|next| next.start == end) {
            let next = runs.remove(at + 1);
            if let Some(run) = runs.get_mut(at) {
                run.end = next.end;
            }
        }
    } else if run.start == place + 1 {
        run.start = place;
    } else {
        runs.insert(at, place..place + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lists_come_back(numbers in prop::collection::vec(0u32..2000, 0..200)) {
            prop_assert_eq!(read_list(&list(&numbers)), Some(numbers));
        }

        #[test]
        fn any_bytes_are_a_list_or_none(bytes in prop::collection::vec(any::<u8>(), 0..12)) {
            // A few bytes may claim billions of numbers.
            prop_assume!(bytes.len() < 5);
            let _ = read_list(&bytes);
            let _ = Holding::read(&bytes);
        }

        #[test]
        fn holdings_come_back(
            versions in prop::collection::btree_set((0u32..50, 0u32..30), 0..200)
        ) {
            let mut holding = Holding::default();
            let mut mixed: Vec<_> = versions.iter().copied().collect();
            mixed.sort_by_key(|&(document, place)| (place * 7 % 11, document * 5 % 13));
            for (document, place) in mixed {
                holding.note(document, place, place == 29);
            }
            let read = Holding::read(&holding.bytes()).unwrap();
            let mut back = Vec::new();
            for held in &read.documents {
                for place in held.places.iter().cloned().flatten() {
                    back.push((held.document, place));
                }
                prop_assert_eq!(held.now, versions.contains(&(held.document, 29)));
            }
            prop_assert_eq!(back, versions.into_iter().collect::<Vec<_>>());
        }
    }
}
