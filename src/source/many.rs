//! Reads many documents at once, on several threads, with little held in memory.

use super::git::Reading;
use super::{Found, Sources};
use crate::model::{Document, Issue};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;

/// Documents that wait for the caller of [`Sources::read_many`] at most: with the largest real ones
/// (1 MB) these are a few megabytes.
const WAITING: usize = 16;

/// Fewer documents than this are not worth waking threads for.
const WORTH_THREADS: usize = 16;

/// Documents that one thread reads before it takes the next ones: neighbours share what they are
/// stored as a difference to, so the more the better, as long as no thread is left without work.
const STRETCH: std::ops::RangeInclusive<usize> = 16..=1024;

/// More threads than this read no faster.
const MAX_THREADS: usize = 8;

impl Sources {
    /// Reads documents and hands each to `take` with its place in `wanted`, as it comes: in the order
    /// in which they lie on disk, not the one asked for. `take` says whether to go on. Reading runs
    /// ahead on other threads; not more than some documents wait.
    pub fn read_many(
        &self,
        wanted: &[Found],
        max_size: u64,
        take: &mut dyn FnMut(usize, Result<Document, Issue>) -> bool,
    ) {
        if wanted.len() < WORTH_THREADS {
            for (index, found) in wanted.iter().enumerate() {
                if !take(index, self.read(found, max_size)) {
                    return;
                }
            }
            return;
        }
        std::thread::scope(|scope| {
            let (send, receive) = mpsc::sync_channel(WAITING);
            scope.spawn(move || {
                self.read_at_once(wanted, max_size, &|index, read| {
                    send.send((index, read)).is_ok()
                });
            });
            // Leaving the loop drops the receiver, and so ends the reading.
            for (index, read) in receive {
                if !take(index, read) {
                    break;
                }
            }
        });
    }

    /// As [`Sources::read_many`], but `take` is called on the threads that read, for work on each
    /// document that can be done at the same time.
    pub fn read_at_once(
        &self,
        wanted: &[Found],
        max_size: u64,
        take: &(dyn Fn(usize, Result<Document, Issue>) -> bool + Sync),
    ) {
        let order = self.repositories.order(wanted.iter());
        let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = cores.min(MAX_THREADS);
        let length = order.len() / (4 * threads);
        let length = length.clamp(*STRETCH.start(), *STRETCH.end());
        let stretches: Vec<&[usize]> = order.chunks(length).collect();
        let work = || {
            let mut reading = Reading::new(&self.repositories);
            while !stop.load(Ordering::Relaxed) {
                let Some(stretch) = stretches.get(next.fetch_add(1, Ordering::Relaxed)) else {
                    break;
                };
                for index in *stretch {
                    let read = self.read_with(&mut reading, &wanted[*index], max_size);
                    if !take(*index, read) {
                        stop.store(true, Ordering::Relaxed);
                        return;
                    }
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 1..threads.min(stretches.len()) {
                scope.spawn(work);
            }
            work();
        });
    }

    /// Reads a document with what was borrowed for the ones before it.
    pub(super) fn read_with(
        &self,
        reading: &mut Reading<'_>,
        found: &Found,
        max_size: u64,
    ) -> Result<Document, Issue> {
        match reading.read(found, max_size) {
            Some(bytes) => found.document(bytes?, None),
            None => self.read(found, max_size),
        }
    }
}
