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

/// A run of ASCII letters and digits, which is nearly all there is. It is read eight bytes at a
/// time; a mark is the highest bit of a byte.
pub(super) struct Run {
    pub(super) length: usize,
    /// Hash of its lower case, if it is no longer than what is looked at of a word.
    pub(super) hash: u64,
    /// Whether any letter is a capital.
    pub(super) capitals: bool,
}

impl Run {
    /// The run that `text` begins with.
    pub(super) fn of(text: &[u8]) -> Self {
        const MARKS: u64 = each(0x80);
        let (mut length, mut hash, mut capitals) = (0, UNREAD, 0);
        loop {
            let bytes = eight(text.get(length..).unwrap_or(&[]));
            let ascii = bytes & !MARKS;
            let letters = between(ascii | each(b' '), b'a', b'z') & !bytes;
            let others = !(letters | between(ascii, b'0', b'9')) & MARKS | bytes & MARKS;
            let bits = others.trailing_zeros() & !7;
            let kept = 1u64.checked_shl(bits).unwrap_or(0).wrapping_sub(1);
            // The bit of the space is what makes a letter a small one.
            let upper = letters & !(bytes << 2) & kept;
            if bits > 0 {
                hash = mixed(hash, (bytes | letters >> 2) & kept);
            }
            capitals |= upper;
            length += bits as usize / 8;
            if bits < u64::BITS {
                break;
            }
        }
        Self {
            length,
            hash: finished(hash, length),
            capitals: capitals != 0,
        }
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
                let run = Run::of(&text);
                assert_eq!(run.length, expected, "{byte:#x} after {before}");
                assert_eq!(run.capitals, byte.is_ascii_uppercase());
            }
        }
    }
}
