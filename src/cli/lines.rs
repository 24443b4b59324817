//! Lines of an input that may be longer than memory, in batches that are worth a thread's while.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::{Mutex, PoisonError};

/// Bytes read at once, and so about the size of a batch.
const READ: usize = 1 << 16;

/// Whole lines that follow each other.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Batch {
    /// The lines, the last perhaps without its end.
    pub(super) bytes: Vec<u8>,
    /// The number of the first line, from 1.
    pub(super) first: u64,
    /// The line was longer than the limit, and is left out.
    pub(super) too_long: bool,
}

impl Batch {
    /// The lines with their numbers, without their ends; blank ones are passed over.
    pub(super) fn lines(&self) -> impl Iterator<Item = (u64, &[u8])> {
        let mut start = 0;
        let ends = memchr::memchr_iter(b'\n', &self.bytes).chain([self.bytes.len()]);
        let lines = ends.map(move |end| {
            let line = &self.bytes[start..end];
            start = end + 1;
            line
        });
        (self.first..)
            .zip(lines)
            .filter(|(_, line)| !line.iter().all(u8::is_ascii_whitespace))
    }
}

/// Buffers of batches and of answers that are done with, for those to come: a new one is memory that the
/// system has to clear first, and has to grow.
#[derive(Debug, Default)]
pub(super) struct Spare(Mutex<Vec<Vec<u8>>>);

impl Spare {
    /// The most that a buffer holds that is kept; bytes.
    const LARGEST: usize = 4 * READ;

    /// Takes a buffer that nobody needs any more.
    pub(super) fn keep(&self, mut bytes: Vec<u8>) {
        if bytes.capacity() <= Self::LARGEST {
            bytes.clear();
            self.0
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(bytes);
        }
    }

    /// An empty buffer.
    pub(super) fn buffer(&self) -> Vec<u8> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        kept.unwrap_or_else(|| Vec::with_capacity(2 * READ))
    }
}

/// Reads batches of lines: what one read of the input brought, so that nothing waits for more input
/// than it needs.
pub(super) struct Lines<'s, R> {
    input: BufReader<R>,
    spare: &'s Spare,
    /// The longest line that is read; bytes.
    longest: usize,
    /// The number of the next line.
    number: u64,
}

impl<'s, R: Read> Lines<'s, R> {
    pub(super) fn new(input: R, longest: usize, spare: &'s Spare) -> Self {
        Self {
            spare,
            input: BufReader::with_capacity(READ, input),
            longest,
            number: 1,
        }
    }

    /// The next lines; none at the end of the input.
    fn next_batch(&mut self) -> io::Result<Option<Batch>> {
        let mut bytes = self.spare.buffer();
        loop {
            let read = match self.input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            if read.is_empty() {
                return Ok((!bytes.is_empty()).then(|| self.batch(bytes, false)));
            }
            let end = memchr::memrchr(b'\n', read).map(|at| at + 1);
            let used = end.unwrap_or(read.len());
            bytes.extend_from_slice(&read[..used]);
            self.input.consume(used);
            if end.is_some() {
                return Ok(Some(self.batch(bytes, false)));
            }
            if bytes.len() > self.longest {
                drop(bytes);
                self.input.skip_until(b'\n')?;
                return Ok(Some(self.batch(Vec::new(), true)));
            }
        }
    }

    fn batch(&mut self, bytes: Vec<u8>, too_long: bool) -> Batch {
        let first = self.number;
        let ends = memchr::memchr_iter(b'\n', &bytes).count();
        self.number += if too_long { 1 } else { ends as u64 };
        Batch {
            bytes,
            first,
            too_long,
        }
    }
}

impl<R: Read> Iterator for Lines<'_, R> {
    type Item = io::Result<Batch>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_batch().transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An input that brings the pieces one read after the other.
    struct Pieces(Vec<&'static [u8]>);

    impl Read for Pieces {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return Ok(0);
            }
            let piece = self.0.remove(0);
            buffer[..piece.len()].copy_from_slice(piece);
            Ok(piece.len())
        }
    }

    fn read(pieces: &[&'static [u8]], longest: usize) -> Vec<(u64, String, bool)> {
        let spare = Spare::default();
        let batches = Lines::new(Pieces(pieces.to_vec()), longest, &spare);
        let mut all = Vec::new();
        for batch in batches.map(Result::unwrap) {
            if batch.too_long {
                all.push((batch.first, String::new(), true));
            }
            let text = |line: &[u8]| String::from_utf8(line.to_vec()).unwrap();
            all.extend(batch.lines().map(|(at, line)| (at, text(line), false)));
            spare.keep(batch.bytes);
        }
        all
    }

    fn line(number: u64, text: &str) -> (u64, String, bool) {
        (number, text.to_owned(), false)
    }

    #[test]
    fn lines_keep_their_numbers_however_they_are_read() {
        let whole = [line(1, "one"), line(3, "three"), line(4, "four")];
        assert_eq!(read(&[b"one\n\nthree\nfour"], 100), whole);
        assert_eq!(
            read(&[b"on", b"e\n", b" \nthr", b"ee\nfo", b"ur\n"], 100),
            whole
        );
    }

    #[test]
    fn a_line_over_the_limit_is_left_out_and_the_next_is_read() {
        let pieces: [&[u8]; 4] = [b"a\n123", b"456789", b"0123\nb\n", b"c"];
        let all = [
            line(1, "a"),
            (2, String::new(), true),
            line(3, "b"),
            line(4, "c"),
        ];
        assert_eq!(read(&pieces, 8), all);
        assert_eq!(read(&[b"123", b"456789"], 8), [(1, String::new(), true)]);
    }

    #[test]
    fn what_a_read_brought_does_not_wait_for_the_next() {
        let spare = Spare::default();
        let mut lines = Lines::new(Pieces(vec![b"one\ntw", b"o\n"]), 100, &spare);
        assert_eq!(lines.next().unwrap().unwrap().bytes, b"one\n");
        assert_eq!(lines.input.get_ref().0.len(), 1);
    }
}
