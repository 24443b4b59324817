//! Reads many blobs: in the order in which they lie in their packs, so that the bases of what is
//! stored as a difference are still at hand (reading by id costs more than twice as much).

use super::objects::Objects;
use super::open::Opened;
use super::{Repositories, read_blob};
use crate::model::{GitPlace, Issue, Origin};
use crate::source::Found;
use gix::ObjectId;
use rustc_hash::FxHashMap;
use std::path::Path;
use std::sync::Arc;

/// A repository with a way to read it.
type Borrowed = (Arc<Opened>, Objects);

impl Repositories {
    /// The order in which to read documents: those of git as they lie, then the others as they come.
    pub(in crate::source) fn order<'a>(
        &self,
        wanted: impl Iterator<Item = &'a Found>,
    ) -> Vec<usize> {
        let mut known: FxHashMap<&Path, (usize, Option<Arc<Opened>>)> = FxHashMap::default();
        let mut keys = Vec::with_capacity(wanted.size_hint().0);
        for found in wanted {
            let Origin::Git(place) = &found.origin else {
                keys.push((usize::MAX, None));
                continue;
            };
            let next = known.len();
            let (number, opened) = known
                .entry(&place.repository)
                .or_insert_with(|| (next, self.of(place).ok()));
            let id = ObjectId::from_hex(place.blob.as_bytes()).ok();
            let at = id.and_then(|id| opened.as_ref()?.places().place(&id));
            keys.push((*number, at));
        }
        let mut order: Vec<usize> = (0..keys.len()).collect();
        order.sort_by_key(|index| keys[*index]);
        order
    }

    fn borrow(&self, place: &GitPlace) -> Option<Borrowed> {
        let opened = self.of(place).ok()?;
        let objects = opened.objects();
        Some((opened, objects))
    }
}

/// Reads blobs one after the other on one thread; keeps what it borrowed for the next one.
pub(in crate::source) struct Reading<'a> {
    repositories: &'a Repositories,
    borrowed: Option<Borrowed>,
}

impl<'a> Reading<'a> {
    pub(in crate::source) fn new(repositories: &'a Repositories) -> Self {
        Self {
            repositories,
            borrowed: None,
        }
    }

    /// The bytes of a document; none for one that does not lie in git.
    pub(in crate::source) fn read(
        &mut self,
        found: &Found,
        max_size: u64,
    ) -> Option<Result<Vec<u8>, Issue>> {
        let Origin::Git(place) = &found.origin else {
            return None;
        };
        let fits = |(opened, _): &Borrowed| opened.name == place.repository;
        if !self.borrowed.as_ref().is_some_and(fits) {
            self.give_back();
            self.borrowed = self.repositories.borrow(place);
        }
        if let Some((opened, objects)) = &self.borrowed
            && let Ok(bytes) = read_blob(opened, objects, place, max_size)
        {
            return Some(Ok(bytes));
        }
        // Once more the slow way, which opens the repository anew where that may help.
        Some(self.repositories.read(place, max_size))
    }

    fn give_back(&mut self) {
        if let Some((opened, objects)) = self.borrowed.take() {
            opened.give_back(objects);
        }
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        self.give_back();
    }
}
