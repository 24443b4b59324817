//! Runs of ASCII letters and digits: where they end, and the hash of the word they are.

use std::num::NonZero;

/// The hash of a word of so many bytes, of which the first are in `head`.
pub(super) fn hash_of(head: &[u8], length: usize) -> u64 {
    let (eights, rest) = head.as_chunks();
    let hash = eights.iter().fold(UNREAD, |hash, eight| {
        mixed(hash, u64::from_le_bytes(*eight))
    });
    finished(hash, rest_of(rest), length)
}

/// The hash before the first letter; any odd number with its bits well spread does here and below.
const UNREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// The hash after eight more letters.
fn mixed(hash: u64, letters: u64) -> u64 {
    let product = (hash ^ letters).wrapping_mul(0xff51_afd7_ed55_8ccd);
    product ^ (product >> 32)
}

/// The hash of a word of so many bytes, with the seven or fewer that are left of it. The eighth byte of
/// these is free for the length; what is longer than 255 bytes has nothing left.
fn finished(hash: u64, rest: u64, length: usize) -> u64 {
    mixed(hash, rest ^ (length as u64).rotate_right(8))
}

/// Fewer than eight bytes as one number, the first lowest; what is missing is zero.
fn rest_of(bytes: &[u8]) -> u64 {
    let bytes = bytes.iter().rev();
    bytes.fold(0, |all, byte| (all << 8) | u64::from(*byte))
}

/// The eight bytes of a text at a place as one number; what is missing is zero.
#[inline]
fn eight(text: &[u8], at: usize) -> u64 {
    match text.get(at..).and_then(<[u8]>::first_chunk) {
        Some(eight) => u64::from_le_bytes(*eight),
        None => end_of(text, at),
    }
}

#[cold]
#[inline(never)]
fn end_of(text: &[u8], at: usize) -> u64 {
    rest_of(text.get(at..).unwrap_or(&[]))
}

/// How much of a word is looked at, in bytes; what goes on longer is told by its length alone.
pub(super) const HEAD: usize = 64;

/// A run of ASCII letters and digits, which is nearly all there is. It is read eight bytes at a
/// time; a mark is the highest bit of a byte.
pub(super) struct Run {
    pub(super) length: usize,
    /// Hash of its lower case, if it is no longer than what is looked at of a word.
    pub(super) hash: u64,
    /// Its last letters behind all eights of them, in lower case.
    rest: u64,
}

impl Run {
    /// The run at a place of a text; `head` gets its first letters, in lower case.
    #[inline]
    pub(super) fn of(text: &[u8], at: usize, head: &mut [u8; HEAD]) -> Self {
        const MARKS: u64 = each(0x80);
        let (mut length, mut hash) = (0, UNREAD);
        loop {
            let bytes = eight(text, at + length);
            let ascii = bytes & !MARKS;
            // The bit of the space is what makes a letter a small one.
            let letters = between(ascii | each(b' '), b'a', b'z');
            let belongs = (letters | between(ascii, b'0', b'9')) & !bytes & MARKS;
            let lower = bytes | (letters & MARKS) >> 2;
            let Some(others) = NonZero::new(belongs ^ MARKS) else {
                put(lower, head, length);
                hash = mixed(hash, lower);
                length += 8;
                continue;
            };
            // All bits of the bytes before the first that does not belong to the run.
            let first = others.get() & others.get().wrapping_neg();
            let rest = lower & (first >> 7).wrapping_sub(1);
            put(rest, head, length);
            length += others.trailing_zeros() as usize / 8;
            return Self {
                length,
                hash: finished(hash, rest, length),
                rest,
            };
        }
    }

    /// Whether it is a word of up to seven letters.
    #[inline]
    pub(super) fn is(&self, short: &[u8]) -> bool {
        self.length == short.len() && self.rest == rest_of(short)
    }
}

/// Puts eight letters of a run behind those that `head` has, while there is room.
#[inline]
fn put(letters: u64, head: &mut [u8; HEAD], length: usize) {
    if let Some(slots) = head.get_mut(length..).and_then(<[u8]>::first_chunk_mut) {
        *slots = letters.to_le_bytes();
    }
}

/// Eight times the same byte.
const fn each(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// Marks those of eight ASCII bytes that are in a range; other bits mean nothing.
#[inline]
fn between(ascii: u64, first: u8, last: u8) -> u64 {
    (ascii + each(0x80 - first)) ^ (ascii + each(0x7f - last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_ends_where_no_letter_or_digit_stands() {
        for byte in 0..=u8::MAX {
            for before in 0..12 {
                let mut text = vec![b'x'; before];
                text.push(byte);
                text.extend_from_slice(b" xxxxxxxx");
                let expected = before + usize::from(byte.is_ascii_alphanumeric());
                let mut head = [0; HEAD];
                let run = Run::of(&text, 0, &mut head);
                assert_eq!(run.length, expected, "{byte:#x} after {before}");
                assert_eq!(head[..expected], text[..expected].to_ascii_lowercase());
                assert_eq!(run.hash, hash_of(&head[..expected], expected));
            }
        }
    }
}
