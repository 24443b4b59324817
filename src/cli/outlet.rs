//! Standard output as commands see it: once its reader has left, nothing more is written, and the
//! command still comes to its outcome.

use std::io::{self, ErrorKind, Write};

/// A writer that a closed pipe turns into a sink.
pub(super) struct Outlet<W> {
    inner: W,
    closed: bool,
}

impl<W: Write> Outlet<W> {
    pub(super) fn new(inner: W) -> Self {
        Self {
            inner,
            closed: false,
        }
    }

    fn pass<T>(&mut self, result: io::Result<T>, instead: T) -> io::Result<T> {
        match result {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(instead)
            }
            other => other,
        }
    }
}

impl<W: Write> Write for Outlet<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.closed {
            return Ok(bytes.len());
        }
        let result = self.inner.write(bytes);
        self.pass(result, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let result = self.inner.flush();
        self.pass(result, ())
    }
}
