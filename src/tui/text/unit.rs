//! The smallest piece of text a line may hold: a grapheme, its width, and whether lines break there.
//! Common characters take a short way; only the rest is segmented by the Unicode tables.

use crate::model::CELL_BREAK;
use ratatui::buffer::CellWidth;
use unicode_segmentation::UnicodeSegmentation;

/// What a unit means for breaking lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// White space at which a line may break.
    Space,
    /// A line break.
    Newline,
    /// A letter of a script that is written without spaces.
    Wide,
    /// Anything else.
    Word,
}

/// A grapheme.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// Bytes.
    pub(super) len: usize,
    /// Columns.
    pub(super) width: usize,
    /// How lines break around it.
    pub(super) kind: Kind,
}

/// The columns that text takes on the screen.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    let mut at = 0;
    let mut columns = 0;
    while at < text.len() {
        let unit = unit(text, at);
        columns += unit.width;
        at += unit.len;
    }
    columns
}

/// How many bytes of the text fit into `columns`, and how wide they are.
pub(super) fn fitting(text: &str, columns: usize) -> (usize, usize) {
    let (mut at, mut taken) = (0, 0);
    while at < text.len() {
        let unit = unit(text, at);
        if taken + unit.width > columns {
            break;
        }
        taken += unit.width;
        at += unit.len;
    }
    (at, taken)
}

/// The unit at a character boundary before the end of `text`.
pub(super) fn unit(text: &str, at: usize) -> Unit {
    let rest = text.get(at..).unwrap_or("");
    let mut chars = rest.chars();
    let Some(first) = chars.next() else {
        return Unit {
            len: 1,
            width: 0,
            kind: Kind::Space,
        };
    };
    if let Some(width) = lone(first) {
        let follower = chars.next();
        if follower.is_none_or(|c| lone(c).is_some()) || first == '\n' {
            return Unit {
                len: first.len_utf8(),
                width,
                kind: kind(first, width),
            };
        }
    }
    let grapheme = rest.graphemes(true).next().unwrap_or(rest);
    let width = if grapheme.contains(char::is_control) {
        0
    } else {
        usize::from(grapheme.cell_width())
    };
    // A space that carries a mark is seen, and no place to break at.
    let carries = first != '\n' && !grapheme.chars().all(char::is_whitespace);
    let kind = match kind(first, width) {
        Kind::Space if carries => Kind::Word,
        other => other,
    };
    Unit {
        len: grapheme.len(),
        width,
        kind,
    }
}

/// The width of a character that never joins with another of its like; none for the others.
fn lone(c: char) -> Option<usize> {
    match c {
        ' '..='~' | '\n' => Some(1),
        // Between cells of a table, shown as a mark between spaces.
        '\t' => Some(CELL_BREAK.len()),
        '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' => Some(1),
        '\u{391}'..='\u{3ff}' | '\u{400}'..='\u{482}' | '\u{48a}'..='\u{52f}' => Some(1),
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{203b}' | '\u{20ac}' => Some(1),
        '\u{3001}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' => Some(2),
        '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => Some(2),
        '\u{ff01}'..='\u{ff60}' => Some(2),
        _ => None,
    }
}

fn kind(first: char, width: usize) -> Kind {
    match first {
        '\n' => Kind::Newline,
        ' ' | '\t' => Kind::Space,
        '\u{a0}' | '\u{2007}' | '\u{202f}' => Kind::Word,
        c if !c.is_ascii() && c.is_whitespace() => Kind::Space,
        _ if width > 1 => Kind::Wide,
        _ => Kind::Word,
    }
}

/// Whether a line must not begin with this character.
pub(super) fn closes(c: char) -> bool {
    "。、，．」』）】！？：；…’”)]}%,.;:!?ー々".contains(c)
}

/// Whether a line must not end with this character.
pub(super) fn opens(c: char) -> bool {
    "「『（【《“‘([{".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_agrees_with_the_tables() {
        for c in (0..0x11000).filter_map(char::from_u32) {
            if let Some(columns) = lone(c)
                && c != '\n'
                && c != '\t'
            {
                let text = c.to_string();
                assert_eq!(usize::from(text.as_str().cell_width()), columns, "{c:?}");
                for other in ['a', 'é', '’', '日', 'か', '한', 'Д'] {
                    let both = format!("{c}{other}");
                    assert_eq!(both.graphemes(true).count(), 2, "{both:?}");
                }
            }
        }
    }

    #[test]
    fn joined_characters_are_one_unit() {
        assert_eq!(width("e\u{301}a"), 2);
        assert_eq!(unit("e\u{301}a", 0).len, 3);
        assert_eq!(width("👩‍👩‍👧"), 2);
        assert_eq!(width("“日本”"), 6);
        assert_eq!(width("か\u{3099}"), 2);
    }
}
