//! Remembers decoded objects of packs, which others are stored as differences to.

use gix::objs::Kind;
use gix::odb::pack::cache::DecodeEntry;
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::ops::Range;

/// Where an object stands: the number of its pack and the place in it.
type Key = (u32, u64);

/// Keeps the objects that came last, one behind the other in one stretch of memory; the oldest make room.
/// What came last is what the next objects build upon, as packs are read in their order. The caches of `gix`
/// ask for memory for each object, and of sizes so different that four threads held 100 MB more than they
/// remembered.
#[derive(Debug)]
pub(super) struct Bases {
    /// The most bytes that are kept.
    most: usize,
    /// The objects; new ones are written from `end` on, and from the start again where they do not fit.
    room: Vec<u8>,
    end: usize,
    /// Where each object lies, the oldest first.
    oldest: VecDeque<(Key, usize)>,
    known: FxHashMap<Key, Base>,
}

/// An object that is kept.
#[derive(Clone, Debug)]
struct Base {
    place: Range<usize>,
    kind: Kind,
    compressed_size: usize,
}

impl Bases {
    /// Keeps up to `most` bytes.
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            room: Vec::new(),
            end: 0,
            oldest: VecDeque::new(),
            known: FxHashMap::default(),
        }
    }

    /// Where an object of some length goes; what lay there is forgotten.
    fn make_room(&mut self, length: usize) -> Range<usize> {
        let goes_on = self.end + length <= self.most;
        let start = if goes_on { self.end } else { 0 };
        let place = start..start + length;
        while let Some(&(key, from)) = self.oldest.front() {
            // From the end on lies what is older than all before it.
            let behind = from >= self.end;
            let in_the_way = if goes_on {
                behind && from < place.end
            } else {
                behind || from < place.end
            };
            if !in_the_way {
                break;
            }
            self.oldest.pop_front();
            self.known.remove(&key);
        }
        self.end = place.end;
        place
    }
}

impl DecodeEntry for Bases {
    fn put(&mut self, pack: u32, offset: u64, data: &[u8], kind: Kind, compressed_size: usize) {
        let key = (pack, offset);
        if data.len() > self.most || self.known.contains_key(&key) {
            return;
        }
        let place = self.make_room(data.len());
        if self.room.capacity() == 0 {
            self.room.reserve_exact(self.most);
        }
        if self.room.len() < place.end {
            self.room.resize(place.end, 0);
        }
        if let Some(room) = self.room.get_mut(place.clone()) {
            room.copy_from_slice(data);
        }
        self.oldest.push_back((key, place.start));
        let base = Base {
            place,
            kind,
            compressed_size,
        };
        self.known.insert(key, base);
    }

    fn get(&mut self, pack: u32, offset: u64, out: &mut Vec<u8>) -> Option<(Kind, usize)> {
        let base = self.known.get(&(pack, offset))?;
        let data = self.room.get(base.place.clone())?;
        out.clear();
        out.extend_from_slice(data);
        Some((base.kind, base.compressed_size))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(bases: &mut Bases, offset: u64, length: usize) {
        let byte = u8::try_from(offset % 251).unwrap();
        bases.put(0, offset, &vec![byte; length], Kind::Blob, length);
    }

    fn get(bases: &mut Bases, offset: u64) -> Option<Vec<u8>> {
        let mut out = vec![255; 3];
        let (kind, size) = bases.get(0, offset, &mut out)?;
        assert_eq!((kind, size), (Kind::Blob, out.len()));
        Some(out)
    }

    #[test]
    fn the_newest_are_kept_and_whole() {
        let mut bases = Bases::new(100);
        let mut put_so_far: Vec<(u64, usize)> = Vec::new();
        // Lengths from none to nearly all, again and again in another order.
        for offset in 0..2_000_u64 {
            let length = usize::try_from(offset * 7919 % 97).unwrap();
            put(&mut bases, offset, length);
            put_so_far.push((offset, length));
            let mut kept = 0;
            let mut newest = true;
            for (offset, length) in put_so_far.iter().rev().take(30) {
                let found = get(&mut bases, *offset);
                let byte = u8::try_from(offset % 251).unwrap();
                newest &= found.is_some();
                if let Some(found) = found {
                    assert_eq!(found, vec![byte; *length]);
                    assert!(newest, "{offset} outlived what came later");
                    kept += length;
                }
            }
            assert!((length..=100).contains(&kept));
        }
        assert!(bases.room.capacity() == 100 && bases.known.len() == bases.oldest.len());
    }

    #[test]
    fn what_is_too_long_takes_no_room() {
        let mut bases = Bases::new(10);
        put(&mut bases, 1, 6);
        put(&mut bases, 2, 11);
        assert_eq!(get(&mut bases, 2), None);
        assert_eq!(get(&mut bases, 1), Some(vec![1; 6]));
        // Another pack, another object.
        assert_eq!(bases.get(1, 1, &mut Vec::new()), None);
    }
}
