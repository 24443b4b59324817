//! Text as JSON holds it.

use crate::model::is_dangerous;
use std::io::Write;

/// Appends a text in quotes.
pub(super) fn push_text(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let mut rest = text;
    while let Some(at) = escaped_at(rest) {
        let (before, after) = rest.split_at(at);
        out.extend_from_slice(before.as_bytes());
        let mut chars = after.chars();
        push_escaped(out, chars.next().unwrap_or_default());
        rest = chars.as_str();
    }
    out.extend_from_slice(rest.as_bytes());
    out.push(b'"');
}

fn push_escaped(out: &mut Vec<u8>, c: char) {
    let short = match c {
        '"' => b'"',
        '\\' => b'\\',
        '\u{8}' => b'b',
        '\t' => b't',
        '\n' => b'n',
        '\u{c}' => b'f',
        '\r' => b'r',
        _ => {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to memory does not fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
            return;
        }
    };
    out.extend_from_slice(&[b'\\', short]);
}

/// Whether a character cannot stand in JSON, or on a terminal, as it is.
fn is_escaped(c: char) -> bool {
    matches!(c, '"' | '\\' | '\0'..='\u{1f}') || is_dangerous(c)
}

/// Bytes that are looked at together.
const STRETCH: usize = 32;

/// The first byte of the first character that [is escaped](is_escaped).
fn escaped_at(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    // Hardly any stretch holds such a character, or what looks like one at a glance.
    while let Some(stretch) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        if !is_plain(stretch) && may_escape(bytes.get(at..).unwrap_or(&[])) {
            let found = first_escaped(text, at, at + STRETCH);
            if found.is_some() {
                return found;
            }
        }
        at += STRETCH;
    }
    first_escaped(text, at, bytes.len())
}

/// Whether all bytes are printable ASCII that JSON takes as it is.
fn is_plain(stretch: &[u8; STRETCH]) -> bool {
    let other = |byte: u8| {
        u8::from(byte.wrapping_sub(b' ') > b'~' - b' ')
            | u8::from(byte == b'"')
            | u8::from(byte == b'\\')
    };
    stretch.iter().fold(0, |any, &byte| any | other(byte)) == 0
}

/// Whether an escaped character may begin in the first stretch of `bytes`. The quotes, dashes and
/// spaces that prose has beside ASCII begin with the same byte as some dangerous ones, so those are
/// told by the two bytes that follow.
fn may_escape(bytes: &[u8]) -> bool {
    let shifted = |by: usize| {
        bytes
            .get(by..)
            .and_then(|rest| rest.first_chunk::<STRETCH>())
    };
    let (Some(first), Some(second), Some(third)) = (shifted(0), shifted(1), shifted(2)) else {
        return true;
    };
    let mut any = 0;
    for place in 0..STRETCH {
        let (a, b, c) = (first[place], second[place], third[place]);
        let ascii = (a < b' ') | (a == b'"') | (a == b'\\') | (a == 0x7f);
        // U+0080 to U+009F and the soft hyphen.
        let latin = (a == 0xc2) & ((b < 0xa0) | (b == 0xad));
        // U+200B to U+200F, U+2028 to U+202E, U+2060 to U+206F: neither quote, dash nor bullet.
        let common = (c.wrapping_sub(0x90) < 0x10) | ((b == 0x80) & ((c == 0xa2) | (c == 0xa6)));
        let general = (a == 0xe2) & (b < 0x82) & !common;
        let rare = (a == 0xd8) | (a == 0xe1) | (a == 0xef) | (a == 0xf3);
        any |= u8::from(ascii | latin | general | rare);
    }
    any != 0
}

/// The first character of `text[from..to]` that is escaped.
fn first_escaped(text: &str, from: usize, to: usize) -> Option<usize> {
    for (at, &byte) in text.as_bytes().iter().enumerate().take(to).skip(from) {
        if IS_SUSPECT[usize::from(byte)] {
            let c = text.get(at..).and_then(|rest| rest.chars().next());
            if c.is_some_and(is_escaped) {
                return Some(at);
            }
        }
    }
    None
}

/// Whether a character that is escaped may begin with a byte in UTF-8.
static IS_SUSPECT: [bool; 256] = {
    let mut suspects = [false; 256];
    let mut byte = 0;
    while byte < suspects.len() {
        suspects[byte] = matches!(
            byte,
            0..=0x1f | 0x22 | 0x5c | 0x7f | 0xc2 | 0xd8 | 0xe1 | 0xe2 | 0xef | 0xf3
        );
        byte += 1;
    }
    suspects
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_escaped_character_is_found_and_no_other() {
        let long = "in all the words it takes, and some more of them";
        for c in ('\0'..='\u{ffff}').chain('\u{dfff0}'..='\u{e0fff}') {
            for text in [
                format!("é{c}e"),
                format!("“What” we do – {long}: é{c}e"),
                format!("“What” we do – é{c}e {long}"),
            ] {
                let found = escaped_at(&text).map(|at| text[at..].chars().next());
                assert_eq!(found, is_escaped(c).then_some(Some(c)), "{c:?}");
            }
        }
    }
}
