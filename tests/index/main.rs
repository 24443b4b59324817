//! The index on disk: it answers as reading does, follows what changes, and whatever happens to it,
//! no answer is wrong and no policy is touched.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod change;
mod recalled;
mod same;
mod shelf;
mod trouble;
