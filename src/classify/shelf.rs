//! What readers and scorers work with, kept from one policy to the next.

use super::reader::{Found, Reading};
use super::stamps::Stamps;
use super::vocabulary::Vocabulary;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What one reader works with.
#[derive(Debug, Default)]
pub(super) struct Desk {
    pub(super) vocabulary: Vocabulary,
    /// The words of the text that is being read.
    pub(super) found: Vec<Found>,
    /// The clauses that were read last; further ones are buffers.
    pub(super) clauses: Vec<Reading>,
    /// A buffer for headings.
    pub(super) heading: Reading,
}

/// Desks and stamps that are not in use, for the next policy on whatever thread.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    desks: Mutex<Vec<Desk>>,
    stamps: Mutex<Vec<Stamps>>,
}

impl Shelf {
    /// A desk; with `asks` one whose vocabulary knows the words of practice questions.
    pub(super) fn take(&self, asks: bool) -> Desk {
        let mut kept = opened(&self.desks);
        let fits = kept.iter().rposition(|desk| desk.vocabulary.asks() == asks);
        let mut desk = fits
            .map(|place| kept.swap_remove(place))
            .unwrap_or_default();
        if fits.is_none() || desk.vocabulary.is_full() {
            desk.vocabulary = Vocabulary::new(asks);
        }
        desk
    }

    /// Keeps a desk, with buffers for so many clauses.
    pub(super) fn put(&self, mut desk: Desk, clauses: usize) {
        desk.clauses.truncate(clauses);
        opened(&self.desks).push(desk);
    }

    /// Stamps for so many phrases and rows of weights.
    pub(super) fn take_stamps(&self, phrases: usize, rows: usize) -> Stamps {
        let kept = opened(&self.stamps).pop();
        kept.unwrap_or_default().ready(phrases, rows)
    }

    /// Keeps stamps.
    pub(super) fn put_stamps(&self, stamps: Stamps) {
        opened(&self.stamps).push(stamps);
    }
}

fn opened<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Vocabularies and stamps belong to the tables they were made from, so a copy begins with none.
impl Clone for Shelf {
    fn clone(&self) -> Self {
        Self::default()
    }
}
