//! A library that was told from its index, brought up to what there is now.

use super::index::Changes;
use super::{Entry, Library, Loader, PolicyId, Request};
use rustc_hash::FxHashMap;
use std::path::PathBuf;
use std::sync::Arc;

impl Loader {
    /// What there is now, read where the index does not know it: every policy of the library before
    /// stands where it stood, what is new stands behind, and what is gone is marked as such. Until the
    /// index is brought up to date, it is searched for what is as it was.
    pub fn follow(&self, request: &Request, before: &Library, changes: Changes) -> Library {
        let mut library = self.library();
        let rows = self.rows(request);
        self.stream_catalog(request, changes.catalog, rows, |batch| {
            library.take(batch);
            true
        });
        library.stand_as(before, &changes.places);
        if library.index.is_none() && library.stands_as(before) {
            library.set_index(Some(changes.index));
        }
        library.settle();
        library
    }
}

impl Library {
    /// Leaves the index aside.
    pub fn forget_index(&mut self) {
        self.index = None;
        self.revision += 1;
    }

    /// Whether the same versions stand for their documents as before: the index names versions by
    /// their places in the histories it knows.
    fn stands_as(&self, before: &Library) -> bool {
        let mut both = self.entries.iter().zip(&before.entries);
        both.all(|(now, then)| now.stand_in == then.stand_in)
    }

    /// Puts policies where `places` says that they stand in the library before, by their paths.
    fn stand_as(&mut self, before: &Library, places: &FxHashMap<PathBuf, PolicyId>) {
        let mut order: Vec<Option<usize>> = vec![None; before.entries.len()];
        for (at, entry) in self.entries.iter().enumerate() {
            let place = places.get(&entry.newest().path());
            let free = place.and_then(|place| order.get_mut(place.index()));
            match free.filter(|slot| slot.is_none()) {
                Some(slot) => *slot = Some(at),
                None => order.push(Some(at)),
            }
        }
        if let Some(index) = &self.index {
            let policies = order.iter().map(|place| place.map(PolicyId::new));
            self.index = Some(Arc::new(index.arranged(policies)));
        }
        let mut entries: Vec<Option<Entry>> = std::mem::take(&mut self.entries)
            .into_iter()
            .map(Some)
            .collect();
        for (at, place) in order.into_iter().enumerate() {
            let there = place.and_then(|place| entries.get_mut(place)?.take());
            let gone = || {
                let mut gone = before.entries.get(at)?.clone();
                gone.is_gone = true;
                Some(gone)
            };
            self.entries.extend(there.or_else(gone));
        }
        self.revision = before.revision;
        self.opened = Arc::clone(&before.opened);
    }
}
