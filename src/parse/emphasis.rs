//! Repairs bold marks that an exporter left open to white space, as in `**7) Officer  \n**`.
//!
//! CommonMark reads such marks as literal asterisks. The white space and the mark change places, so
//! the text keeps its length and every offset stays true to the file.

use std::borrow::Cow;
use std::ops::Range;

/// Moves misplaced `**` marks over the white space beside them. Length never changes.
pub(super) fn repair(source: &str) -> Cow<'_, str> {
    let bytes = source.as_bytes();
    let mut fixed = String::new();
    let (mut done, mut copied) = (0, 0);
    for mark in memchr::memmem::find_iter(bytes, b"**") {
        if mark < done || !is_suspect(bytes, mark) {
            continue;
        }
        let paragraph = paragraph_around(source, done, mark);
        done = paragraph.end;
        if let Some(repaired) = repaired(&source[paragraph.clone()]) {
            if copied == 0 {
                fixed.reserve(source.len());
            }
            fixed.push_str(&source[copied..paragraph.start]);
            fixed.push_str(&repaired);
            copied = paragraph.end;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(source);
    }
    fixed.push_str(&source[copied..]);
    Cow::Owned(fixed)
}

/// Whether a mark stands beside white space or after punctuation, where it may not do its work.
fn is_suspect(bytes: &[u8], mark: usize) -> bool {
    let before = mark.checked_sub(1).and_then(|at| bytes.get(at));
    let after = bytes.get(mark + 2);
    before.is_none_or(|b| b.is_ascii_whitespace() || b.is_ascii_punctuation())
        || after.is_none_or(u8::is_ascii_whitespace)
}

/// The lines around `at` up to blank ones, but none before `from`.
fn paragraph_around(source: &str, from: usize, at: usize) -> Range<usize> {
    let bytes = source.as_bytes();
    let line_start =
        |end: usize| from + memchr::memrchr(b'\n', &bytes[from..end]).map_or(0, |i| i + 1);
    let mut start = line_start(at);
    while start > from {
        let above = line_start(start - 1)..start - 1;
        if is_blank(&source[above.clone()]) {
            break;
        }
        start = above.start;
    }
    let mut line = at;
    for end in memchr::memchr_iter(b'\n', &bytes[at..]).map(|line_end| at + line_end + 1) {
        if is_blank(&source[line..end]) {
            return start..end;
        }
        line = end;
    }
    start..source.len()
}

fn is_blank(line: &str) -> bool {
    line.chars().all(char::is_whitespace)
}

/// A paragraph with its marks mended; none where that changes nothing. Marks open and close in turn: an
/// opener belongs before a visible character, a closer after one.
fn repaired(paragraph: &str) -> Option<String> {
    let text = paragraph.as_bytes();
    let marks: Vec<usize> = memchr::memmem::find_iter(text, b"**")
        .filter(|&at| {
            let star = |i: Option<usize>| i.and_then(|i| text.get(i)) == Some(&b'*');
            let escaped = at.checked_sub(1).and_then(|i| text.get(i)) == Some(&b'\\');
            !star(at.checked_sub(1)) && !star(Some(at + 2)) && !escaped
        })
        .collect();
    let (pairs, []) = marks.as_chunks::<2>() else {
        return None;
    };
    if !pairs.iter().any(|&pair| is_misplaced(text, pair)) {
        return None;
    }
    // Where bold and italic marks touch, moving one would change what the other means.
    let tangled = marks.iter().any(|&at| {
        let underscore = |i: Option<usize>| i.and_then(|i| text.get(i)) == Some(&b'_');
        underscore(at.checked_sub(1)) || underscore(Some(at + 2))
    });
    if tangled || text.starts_with(b"    ") || text.contains(&b'`') || holds_html_block(text) {
        return None;
    }
    let mut text = text.to_vec();
    for &pair in pairs.iter() {
        mend(&mut text, pair);
    }
    String::from_utf8(text).ok()
}

/// Whether white space stands inside a pair of marks, or its closing mark after punctuation and before
/// a letter.
fn is_misplaced(text: &[u8], [open, close]: [usize; 2]) -> bool {
    let inside = &text[open + 2..close];
    let is_space = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_whitespace);
    is_space(inside.first()) || is_space(inside.last()) || closes_between(text, close)
}

/// Whether a closing mark stands after punctuation and before a letter.
fn closes_between(text: &[u8], close: usize) -> bool {
    let before = close.checked_sub(1).and_then(|at| text.get(at));
    let letter = |b: &u8| b.is_ascii_alphanumeric() || *b >= 0x80;
    before.is_some_and(is_punctuation) && text.get(close + 2).is_some_and(letter)
}

fn is_punctuation(byte: &u8) -> bool {
    matches!(byte, b':' | b'.' | b',' | b';' | b'?' | b'!')
}

/// Puts the marks of a pair where they belong.
fn mend(text: &mut [u8], [open, close]: [usize; 2]) {
    let is_space = |byte: &&u8| byte.is_ascii_whitespace();
    let inside = &text[open + 2..close];
    let lead = inside.iter().take_while(is_space).count();
    if lead == inside.len() {
        return;
    }
    let trail = inside.iter().rev().take_while(is_space).count();
    text[open..open + 2 + lead].rotate_left(2);
    text[close - trail..close + 2].rotate_right(2);
    if trail == 0 {
        close_before_punctuation(text, open + 2, close);
    }
}

/// Whether a line opens a block of HTML, in which the marks are letters.
fn holds_html_block(text: &[u8]) -> bool {
    let mut lines = text.split(|&byte| byte == b'\n');
    lines.any(|line| line.trim_ascii_start().starts_with(b"<"))
}

/// `**Ad data:**This is` does not close, since a closing mark after punctuation must not stand
/// before a letter: the punctuation and the mark change places.
fn close_before_punctuation(text: &mut [u8], start: usize, close: usize) {
    let inside = &text[start..close];
    let marks = inside.iter().rev().take_while(|byte| is_punctuation(byte));
    let count = marks.count();
    if closes_between(text, close) && count < inside.len() {
        text[close - count..close + 2].rotate_right(2);
    }
}

#[cfg(test)]
mod tests {
    use super::repair;

    #[test]
    fn a_closing_mark_on_the_next_line_moves_up() {
        assert_eq!(
            repair("**7) Officer  \n**\n\nText"),
            "**7) Officer**  \n\n\nText"
        );
        assert_eq!(repair("** Lead ** text"), " **Lead**  text");
        assert_eq!(
            repair("**Ad data:**This is, **well.**\n"),
            "**Ad data**:This is, **well.**\n"
        );
    }

    #[test]
    fn sound_marks_and_other_asterisks_stay() {
        for text in [
            "**Bold** text",
            "a ** b",
            "* * *",
            "***",
            "2 ** 3 and `a ** b`",
            "<p>We sell.</p>\n**0  a  **\n",
            "**a** b **c**",
            "",
        ] {
            assert_eq!(repair(text), text);
        }
        assert_eq!(
            repair(", **Without your consent** ,We"),
            ", **Without your consent** ,We"
        );
    }

    #[test]
    fn marks_of_different_paragraphs_are_not_paired() {
        let text = "one ** two\n\nthree ** four";
        assert_eq!(repair(text), text);
    }
}
