//! Work on all cores with results in order and a bound on what is under way, for results that are
//! longer than memory.
//!
//! ```text
//! jobs ─▶ (room) ─▶ queue ─▶ threads ─▶ results ─▶ (in the order of the jobs) ─▶ taker
//!            ▲                                                                      │
//!            └───────────────────────── room given back ────────────────────────────┘
//! ```

use std::io;
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// What a taker is told.
pub(super) enum Next<R> {
    /// The next result.
    Result(R),
    /// No result is ready: what was collected may be handed on before it comes.
    Waiting,
}

/// How much is done at once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Threads that work.
    pub(super) threads: usize,
    /// Weight of the jobs under way, from when they are read until their results are taken. A job
    /// that weighs more goes alone.
    pub(super) weight: usize,
}

impl Limits {
    /// At least so much is under way at once, so that threads do not wait for long documents; bytes.
    const LEAST: usize = 4 << 20;

    /// What each thread needs to be kept busy; bytes.
    const PER_THREAD: usize = 512 << 10;

    /// The limits for jobs that weigh their bytes; without a number, a thread for each core.
    pub(super) fn of_bytes(threads: Option<NonZero<usize>>) -> Self {
        let threads = threads
            .or_else(|| std::thread::available_parallelism().ok())
            .map_or(1, NonZero::get);
        Self {
            threads,
            weight: Self::LEAST.max(threads.saturating_mul(Self::PER_THREAD)),
        }
    }
}

/// A job on its way to a thread, and where its result goes.
type Task<J, R> = (J, Sender<R>);

/// Does `work` on every job and hands the results to `take` in the order of the jobs, on this
/// thread. `jobs` runs on a thread of its own; each job comes with its weight.
///
/// # Errors
/// The first error of `take`, which ends the work, or the first of `jobs`, once all before it is
/// taken.
pub(super) fn in_order<J: Send, R: Send>(
    jobs: impl Iterator<Item = io::Result<(J, usize)>> + Send,
    limits: Limits,
    work: impl Fn(J) -> R + Sync,
    mut take: impl FnMut(Next<R>) -> io::Result<()>,
) -> Result<(), Stopped> {
    let room = Room::new(limits.weight);
    let (room, work) = (&room, &work);
    let (tasks_in, tasks) = mpsc::channel::<Task<J, R>>();
    let (slots_in, slots) = mpsc::channel::<(Receiver<R>, usize)>();
    let tasks = &Mutex::new(tasks);
    std::thread::scope(|scope| {
        // However the taking ends, the reader learns of it: nobody takes a slot, and room is no
        // longer waited for.
        let slots = slots;
        let _open = OpenRoom(room);
        let reading = scope.spawn(move || {
            for job in jobs {
                let (job, weight) = job?;
                let weight = room.take(weight);
                let (result_in, result) = mpsc::channel();
                // The taker has left: nobody wants the rest.
                if slots_in.send((result, weight)).is_err() {
                    break;
                }
                if weight == room.all {
                    // Nothing else is under way, and nothing is read meanwhile. On one thread,
                    // because memory that several have given back is not always shared.
                    let _ = result_in.send(work(job));
                } else {
                    let _ = tasks_in.send((job, result_in));
                }
            }
            Ok(())
        });
        for _ in 0..limits.threads.max(1) {
            scope.spawn(move || {
                // What was still to be done when the taker left is not done.
                while let Some((job, result_in)) = next(tasks).filter(|_| !room.is_open()) {
                    let _ = result_in.send(work(job));
                }
            });
        }
        while let Some((slot, weight)) = wait_for(&slots, &mut take).map_err(Stopped::Taking)? {
            let result = wait_for(&slot, &mut take).map_err(Stopped::Taking)?;
            if let Some(result) = result {
                take(Next::Result(result)).map_err(Stopped::Taking)?;
            }
            room.give_back(weight);
        }
        let read: io::Result<()> = reading.join().unwrap_or(Ok(()));
        read.map_err(Stopped::Reading)
    })
}

/// Why not all jobs came to a result.
#[derive(Debug)]
pub(super) enum Stopped {
    /// The jobs could not be read any further.
    Reading(io::Error),
    /// The results could not be taken.
    Taking(io::Error),
}

/// The next task; none when there are no more.
fn next<T>(tasks: &Mutex<Receiver<T>>) -> Option<T> {
    locked(tasks).recv().ok()
}

/// What comes next, after the taker was told when it has to be waited for; none when nothing comes.
fn wait_for<T, R>(
    from: &Receiver<T>,
    take: &mut impl FnMut(Next<R>) -> io::Result<()>,
) -> io::Result<Option<T>> {
    Ok(match from.try_recv() {
        Ok(value) => Some(value),
        Err(TryRecvError::Disconnected) => None,
        Err(TryRecvError::Empty) => {
            take(Next::Waiting)?;
            from.recv().ok()
        }
    })
}

/// The room for jobs under way.
struct Room {
    all: usize,
    left: Mutex<usize>,
    given_back: Condvar,
    /// Whether the taker has left.
    open: AtomicBool,
}

impl Room {
    fn new(all: usize) -> Self {
        Self {
            all,
            left: Mutex::new(all),
            given_back: Condvar::new(),
            open: AtomicBool::new(false),
        }
    }

    /// Waits for room of this weight, or all there is; how much was taken.
    fn take(&self, weight: usize) -> usize {
        let weight = weight.clamp(1, self.all.max(1));
        let too_little = |left: &mut usize| *left < weight;
        let left = self.given_back.wait_while(locked(&self.left), too_little);
        let mut left = left.unwrap_or_else(PoisonError::into_inner);
        *left -= weight;
        weight
    }

    fn is_open(&self) -> bool {
        self.open.load(Ordering::Relaxed)
    }

    fn give_back(&self, weight: usize) {
        let mut left = locked(&self.left);
        *left = left.saturating_add(weight);
        self.given_back.notify_all();
    }
}

/// Opens the room without end when dropped.
struct OpenRoom<'a>(&'a Room);

impl Drop for OpenRoom<'_> {
    fn drop(&mut self) {
        self.0.open.store(true, Ordering::Relaxed);
        self.0.give_back(usize::MAX);
    }
}

/// A lock whatever happened to a thread that held it: what it guards is whole between statements.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicUsize;
    use std::time::Duration;

    const FOUR: Limits = Limits {
        threads: 4,
        weight: 10,
    };

    fn jobs(numbers: std::ops::Range<u64>) -> impl Iterator<Item = io::Result<(u64, usize)>> {
        numbers.map(|number| Ok((number, 3)))
    }

    #[test]
    fn results_come_in_the_order_of_the_jobs() {
        let mut results = Vec::new();
        let slow_at_first = |number: u64| {
            std::thread::sleep(Duration::from_micros(3000 / (number + 1)));
            number
        };
        in_order(jobs(0..300), FOUR, slow_at_first, |next| {
            if let Next::Result(number) = next {
                results.push(number);
            }
            Ok(())
        })
        .unwrap();
        assert!(results.into_iter().eq(0..300));
    }

    #[test]
    fn no_more_is_under_way_than_there_is_room_for() {
        let under_way = AtomicUsize::new(0);
        let counted = (0..200usize).map(|number| {
            let weight = if number.is_multiple_of(50) { 1000 } else { 3 };
            Ok((number, weight))
        });
        let work = |number: usize| {
            let now = under_way.fetch_add(1, Ordering::SeqCst) + 1;
            std::thread::sleep(Duration::from_micros(200));
            let alone = number.is_multiple_of(50);
            assert!(now <= if alone { 1 } else { 3 }, "{now} at {number}");
        };
        let take = |next| {
            if let Next::Result(()) = next {
                under_way.fetch_sub(1, Ordering::SeqCst);
            }
            Ok(())
        };
        in_order(counted, FOUR, work, take).unwrap();
        assert_eq!(under_way.into_inner(), 0);
    }

    #[test]
    fn a_taker_that_leaves_ends_the_work_and_a_broken_reader_ends_it_after_the_rest() {
        let endless = (0..).map(|number: u64| Ok((number, 3)));
        let mut left = 5;
        let stopped = in_order(
            endless,
            FOUR,
            |number| number,
            |next| {
                left -= u32::from(matches!(next, Next::Result(_)));
                match left {
                    0 => Err(io::Error::from(io::ErrorKind::BrokenPipe)),
                    _ => Ok(()),
                }
            },
        );
        assert!(matches!(stopped, Err(Stopped::Taking(_))));

        let broken = jobs(0..7).chain([Err(io::Error::other("gone"))]);
        let mut taken = 0;
        let stopped = in_order(
            broken,
            FOUR,
            |number| number,
            |next| {
                taken += u32::from(matches!(next, Next::Result(_)));
                Ok(())
            },
        );
        assert!(matches!(stopped, Err(Stopped::Reading(_))));
        assert_eq!(taken, 7);
    }
}
