//! Runs of ASCII letters and digits: where they end, and the hash of the word they are.

/// The hash of a word of so many bytes, of which the first are in `head`.
pub(super) fn hash_of(head: &[u8], length: usize) -> u64 {
    let eights = head.chunks(8).map(eight);
    finished(eights.fold(UNREAD, mixed), length)
}

/// The hash before the first letter; any odd number with its bits well spread does here and below.
const UNREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// The hash after eight more letters, of which the last may be missing (zero).
fn mixed(hash: u64, letters: u64) -> u64 {
    let product = (hash ^ letters).wrapping_mul(0xff51_afd7_ed55_8ccd);
    product ^ (product >> 32)
}

/// The hash of a word of so many bytes.
fn finished(hash: u64, length: usize) -> u64 {
    mixed(hash, length as u64)
}

/// Up to eight bytes as one number, the first lowest; what is missing is zero.
fn eight(bytes: &[u8]) -> u64 {
    if let Some(eight) = bytes.first_chunk() {
        return u64::from_le_bytes(*eight);
    }
    bytes
        .iter()
        .rev()
        .fold(0, |all, byte| (all << 8) | u64::from(*byte))
}

/// How much of a word is looked at, in bytes; what goes on longer is told by its length alone.
pub(super) const HEAD: usize = 64;

/// A run of ASCII letters and digits, which is nearly all there is. It is read eight bytes at a
/// time; a mark is the highest bit of a byte.
pub(super) struct Run {
    pub(super) length: usize,
    /// Hash of its lower case, if it is no longer than what is looked at of a word.
    pub(super) hash: u64,
    /// Its last eight letters or fewer, as they were read.
    last: u64,
}

impl Run {
    /// The run that `text` begins with; `head` gets its first letters, in lower case.
    #[inline]
    pub(super) fn of(text: &[u8], head: &mut [u8; HEAD]) -> Self {
        const MARKS: u64 = each(0x80);
        let (mut length, mut hash, mut last) = (0, UNREAD, 0);
        loop {
            let bytes = eight(text.get(length..).unwrap_or(&[]));
            let ascii = bytes & !MARKS;
            // The bit of the space is what makes a letter a small one.
            let letters = between(ascii | each(b' '), b'a', b'z') & !bytes;
            let others = !(letters | between(ascii, b'0', b'9')) & MARKS | bytes & MARKS;
            let first = others & others.wrapping_neg();
            // All bits of the bytes before the first that does not belong to the run.
            let kept = (first >> 7).wrapping_sub(1);
            if kept == 0 {
                break;
            }
            let lower = (bytes | letters >> 2) & kept;
            hash = mixed(hash, lower);
            last = lower;
            if let Some(slots) = head.get_mut(length..).and_then(<[u8]>::first_chunk_mut) {
                *slots = lower.to_le_bytes();
            }
            length += kept.trailing_ones() as usize / 8;
            if kept != u64::MAX {
                break;
            }
        }
        Self {
            length,
            hash: finished(hash, length),
            last,
        }
    }

    /// Whether it is a word of up to eight letters.
    #[inline]
    pub(super) fn is(&self, short: &[u8]) -> bool {
        self.length == short.len() && self.last == eight(short)
    }
}

/// Eight times the same byte.
const fn each(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// Marks those of eight ASCII bytes that are in a range.
fn between(ascii: u64, first: u8, last: u8) -> u64 {
    let (from, past) = (ascii + each(0x80 - first), ascii + each(0x7f - last));
    from & !past & each(0x80)
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
                let run = Run::of(&text, &mut head);
                assert_eq!(run.length, expected, "{byte:#x} after {before}");
                assert_eq!(head[..expected], text[..expected].to_ascii_lowercase());
                assert_eq!(run.hash, hash_of(&head[..expected], expected));
            }
        }
    }
}
