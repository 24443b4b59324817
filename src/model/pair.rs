//! Everything two-sided is a [`Pair`] indexed by [`Side`].

use serde::{Deserialize, Serialize};
use std::ops::{Index, IndexMut};

/// One side of a comparison. Never "old" and "new", nor "a" and "b".
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The left side.
    #[default]
    Left,
    /// The right side.
    Right,
}

impl Side {
    /// Left, then right.
    pub const BOTH: [Side; 2] = [Side::Left, Side::Right];

    /// The opposite side.
    pub fn other(self) -> Side {
        match self {
            Side::Left => Side::Right,
            Side::Right => Side::Left,
        }
    }
}

/// Bytes of text, of both sides together, from which a second thread is worth waking to read them:
/// less is read in the time that its start, its cold caches and the pages of its own heap take.
const WORTH_A_THREAD: usize = 40_000;

/// Does two things at once, each on a thread, where both together take as long as to read `bytes` of
/// text and that is worth a thread; else one after the other. A panic in either goes on here.
pub fn at_once<L: Send, R>(
    bytes: usize,
    left: impl FnOnce() -> L + Send,
    right: impl FnOnce() -> R,
) -> (L, R) {
    if bytes < WORTH_A_THREAD {
        return (left(), right());
    }
    std::thread::scope(|scope| {
        let left = scope.spawn(left);
        let right = right();
        match left.join() {
            Ok(left) => (left, right),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// A value for each side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Pair<T> {
    /// The left value.
    pub left: T,
    /// The right value.
    pub right: T,
}

impl<T> Pair<T> {
    /// A pair of the two values.
    pub fn new(left: T, right: T) -> Self {
        Self { left, right }
    }

    /// The pair with its sides exchanged.
    pub fn swapped(self) -> Self {
        Self {
            left: self.right,
            right: self.left,
        }
    }

    /// Applies `f` to both sides, left first.
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> Pair<U> {
        Pair {
            left: f(self.left),
            right: f(self.right),
        }
    }

    /// The same, on two threads where `bytes` of text are to be read and worth it.
    pub fn map_text<U: Send>(self, bytes: usize, f: impl Fn(T) -> U + Sync) -> Pair<U>
    where
        T: Send,
    {
        let Self { left, right } = self;
        let (left, right) = at_once(bytes, || f(left), || f(right));
        Pair { left, right }
    }

    /// The pair by reference.
    pub fn as_ref(&self) -> Pair<&T> {
        Pair {
            left: &self.left,
            right: &self.right,
        }
    }
}

impl Pair<Side> {
    /// Each side on its own side.
    pub const SIDES: Self = Self {
        left: Side::Left,
        right: Side::Right,
    };
}

impl<T> Index<Side> for Pair<T> {
    type Output = T;

    fn index(&self, side: Side) -> &T {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }
}

impl<T> IndexMut<Side> for Pair<T> {
    fn index_mut(&mut self, side: Side) -> &mut T {
        match side {
            Side::Left => &mut self.left,
            Side::Right => &mut self.right,
        }
    }
}
