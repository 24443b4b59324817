//! How far long work is, on standard error: one line that is written over at a terminal, else one
//! line that says what is being done.

use crate::library::Progress;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// The least time between two looks of the line.
const BETWEEN: Duration = Duration::from_millis(200);

/// A line that tells how far work is. It goes when it is dropped.
pub(super) struct ProgressLine {
    is_terminal: bool,
    told: Instant,
}

impl ProgressLine {
    /// Says what is being done.
    pub(super) fn start(what: &str) -> Self {
        let line = Self::at_terminal(what);
        if !line.is_terminal {
            // Nothing hangs on this line: where it cannot be written, it is not.
            let _ = writeln!(std::io::stderr(), "policy-tui: {what} …");
        }
        line
    }

    /// The same at a terminal alone: for work that says itself what it was.
    pub(super) fn at_terminal(what: &str) -> Self {
        let is_terminal = std::io::stderr().is_terminal();
        if is_terminal {
            let _ = write!(std::io::stderr(), "policy-tui: {what} …");
        }
        Self {
            is_terminal,
            told: Instant::now(),
        }
    }

    /// Tells how far it is; always goes on.
    pub(super) fn tell(&mut self, done: usize, all: usize) -> bool {
        if self.is_terminal && self.told.elapsed() >= BETWEEN {
            self.told = Instant::now();
            let progress = Progress::Indexing(done, all);
            let _ = write!(std::io::stderr(), "\r\x1b[Kpolicy-tui: {progress} versions");
        }
        true
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if self.is_terminal {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}
