//! What must not reach a terminal, wherever it comes from.

use std::borrow::Cow;

/// What stands in for a character that must not reach the terminal.
pub const STAND_IN: char = '\u{fffd}';

/// Whether a character could steer a terminal, turn the reading direction, or hide.
pub fn is_dangerous(c: char) -> bool {
    matches!(u32::from(c),
        0x00..=0x08 | 0x0b..=0x0c | 0x0e..=0x1f | 0x7f..=0x9f
        | 0xad | 0x061c | 0x180e | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f
        | 0xfeff | 0xfff9..=0xfffb | 0xe0000..=0xe007f)
}

/// The first byte of the first character of `text` that [`is_dangerous`].
pub fn dangerous_at(text: &str) -> Option<usize> {
    // Hardly any byte of a text may begin such a character, which a stretch shows at a glance.
    const STRETCH: usize = 32;
    let (stretches, rest) = text.as_bytes().as_chunks::<STRETCH>();
    let found = |from: usize, stretch: &[u8]| {
        let suspects = stretch.iter().enumerate();
        let places = suspects.filter(|&(_, &byte)| SUSPECTS[usize::from(byte)]);
        places.map(|(at, _)| from + at).find(|&at| {
            let c = text.get(at..).and_then(|rest| rest.chars().next());
            c.is_some_and(is_dangerous)
        })
    };
    let mut from = 0;
    for stretch in stretches {
        let suspects = stretch.iter().fold(false, |any, &b| any | is_suspect(b));
        if suspects && let Some(at) = found(from, stretch) {
            return Some(at);
        }
        from += STRETCH;
    }
    found(from, rest)
}

/// For each byte, whether it [`is_suspect`].
const SUSPECTS: [bool; 256] = {
    let mut suspects = [false; 256];
    let mut byte = 0;
    while byte < suspects.len() {
        suspects[byte] = is_suspect(byte as u8);
        byte += 1;
    }
    suspects
};

/// Whether a dangerous character may begin with this byte in UTF-8. Without branches, so that many
/// bytes are looked at together.
const fn is_suspect(byte: u8) -> bool {
    (byte < b' ')
        | (byte == 0x7f)
        | (byte == 0xc2)
        | (byte == 0xd8)
        | (byte == 0xe1)
        | (byte == 0xe2)
        | (byte == 0xef)
        | (byte == 0xf3)
}

/// The text on one line, with a stand-in for every character that must not reach a terminal.
pub fn printable(text: &str) -> Cow<'_, str> {
    let bad = |c: char| c.is_control() || is_dangerous(c);
    if !text.chars().any(bad) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|c| if bad(c) { STAND_IN } else { c })
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dangerous_character_is_found_and_no_other() {
        for c in ('\0'..=char::MAX).step_by(1) {
            let text = format!("“What” we do, in all the words it takes: é{c}e");
            let found = dangerous_at(&text).map(|at| text[at..].chars().next());
            assert_eq!(found, is_dangerous(c).then_some(Some(c)), "{c:?}");
        }
    }
}
