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

/// The text on one line: spaces for line breaks, ` | ` between the cells of a table.
pub fn on_one_line(text: &str) -> Cow<'_, str> {
    if memchr::memchr2(b'\n', b'\t', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace('\n', " ").replace('\t', CELL_BREAK))
}

/// What stands between the cells of a row where they stand on one line.
pub const CELL_BREAK: &str = " | ";

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
