//! Where a long list can be cut between its items, so that those that stay are read once however the
//! others change.
//!
//! Only what is certain counts: every line from the first item on is blank, stands inside an item, or
//! begins the next item at the margin, with the same mark and the next number. All items are of one
//! list then, and blank lines between items, or none at all, tell whether it is loose. That it is, or
//! is not, and that no item is alone in it, each part is told by one more item behind it, which is
//! taken out again.

use crate::parse::builder::Raw;
use crate::parse::markdown;

/// Shorter stretches are read as they are; bytes.
const LONG: usize = 2048;

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    /// What its items begin with: a bullet, or what stands behind their numbers.
    mark: u8,
    /// Whether blank lines part its items.
    is_loose: bool,
}

/// A list that a stretch ends with.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct List {
    pub(super) style: Style,
    /// The starts of items: two at least.
    pub(super) cuts: Vec<usize>,
}

impl Style {
    /// Another number for every style.
    pub(super) fn number(self) -> u64 {
        u64::from(self.mark) << 1 | u64::from(self.is_loose)
    }
}

/// The start of an item.
#[derive(Clone, Copy)]
struct Start {
    mark: u8,
    number: Option<u32>,
    /// How far in its text stands.
    inset: usize,
}

/// Where a stretch may be cut; none where that is not certain, or not worth it.
pub(super) fn cuts(stretch: &str) -> Option<List> {
    let bytes = stretch.as_bytes();
    let lone_return = |at: usize| bytes.get(at + 1) != Some(&b'\n');
    if bytes.len() < LONG || memchr::memchr_iter(b'\r', bytes).any(lone_return) {
        return None;
    }
    let mut last: Option<Start> = None;
    let mut cuts = Vec::new();
    let (mut is_loose, mut has_blanks) = (false, false);
    let mut after_blank = true;
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len() - 1) + 1;
        let line = trimmed(&rest[..length]);
        let inset = inset(line);
        let start = if is_rule(line) { None } else { start(line) };
        match (last, start) {
            _ if line.is_empty() => {}
            (None, Some(first)) if after_blank => last = Some(first),
            (None, _) if inset > 1 || begins_like_item(line) => return None,
            (None, _) => {}
            (Some(before), Some(item)) => {
                let next = before.number.and_then(|number| number.checked_add(1));
                if item.mark != before.mark || item.number != next {
                    return None;
                }
                cuts.push(at);
                is_loose |= after_blank;
                last = start;
            }
            (Some(before), None) if inset < before.inset => return None,
            (Some(_), None) => has_blanks |= after_blank,
        }
        after_blank = line.is_empty();
        at += length;
    }
    // Blank lines inside items alone may make a list loose, or a list in it.
    let is_certain = is_loose || !has_blanks;
    let mark = last?.mark;
    let style = Style { mark, is_loose };
    (is_certain && cuts.len() > 1).then_some(List { style, cuts })
}

/// A line without the blanks and the break at its end.
fn trimmed(line: &[u8]) -> &[u8] {
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    let last = line.iter().rposition(|byte| !blank(byte));
    &line[..last.map_or(0, |last| last + 1)]
}

/// How far in a line begins, with tabs to every fourth place.
fn inset(line: &[u8]) -> usize {
    let blanks = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t'));
    blanks.fold(0, |inset, byte| match byte {
        b'\t' => inset / 4 * 4 + 4,
        _ => inset + 1,
    })
}

/// What a line at the margin begins if it begins an item with words.
fn start(line: &[u8]) -> Option<Start> {
    let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mark = *line.get(digits)?;
    let number = match (digits, mark) {
        (0, b'-' | b'+' | b'*') => None,
        (1..=9, b'.' | b')') => Some(std::str::from_utf8(&line[..digits]).ok()?.parse().ok()?),
        _ => return None,
    };
    let behind = &line[digits + 1..];
    let blanks = behind.iter().take_while(|byte| **byte == b' ').count();
    let words = behind.get(blanks).is_some_and(|byte| *byte != b'\t');
    (words && (1..=4).contains(&blanks)).then_some(Start {
        mark,
        number,
        inset: digits + 1 + blanks,
    })
}

/// Whether a line may begin an item, one place in or not.
fn begins_like_item(line: &[u8]) -> bool {
    if is_rule(line) {
        return false;
    }
    let line = line.trim_ascii_start();
    let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let marked = match line.get(digits) {
        Some(b'-' | b'+' | b'*') => digits == 0,
        Some(b'.' | b')') => digits > 0,
        _ => false,
    };
    marked && line.get(digits + 1).is_none_or(u8::is_ascii_whitespace)
}

/// Whether a line is a rule: three of a mark or more, and nothing else.
fn is_rule(line: &[u8]) -> bool {
    let mut marks = line.iter().filter(|byte| !matches!(byte, b' ' | b'\t'));
    let Some(mark @ (b'*' | b'-' | b'_')) = marks.next() else {
        return false;
    };
    let more = marks.clone().count();
    more > 1 && marks.all(|byte| byte == mark)
}

/// Parses what was cut off between items of a list as it is in the list.
pub(super) fn parse(part: &str, Style { mark, is_loose }: Style) -> Raw {
    let number = if matches!(mark, b'.' | b')') { "1" } else { "" };
    let (part, blank) = if is_loose {
        (part, "\n")
    } else {
        (part.trim_end_matches([' ', '\t', '\r', '\n']), "")
    };
    let source = format!("{part}\n{blank}{number}{} x", char::from(mark));
    let mut raw = markdown::parse_mended(&source, 0);
    if let Some(item) = raw.blocks.pop() {
        let start = item.text.start;
        raw.runs.retain(|run| run.text.start < start);
        let before = (start as usize).saturating_sub(1);
        raw.text.truncate(before);
    }
    raw
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(source: &str) -> Vec<String> {
        // Words that make it long, and change nothing.
        let source = source.replace('~', &"word ".repeat(LONG));
        let Some(list) = cuts(&source) else {
            return Vec::new();
        };
        let ends = list.cuts.iter().copied().chain([source.len()]);
        let mut start = 0;
        ends.map(|end| {
            let part = source[start..end].replace(&"word ".repeat(LONG), "~");
            start = end;
            part
        })
        .collect()
    }

    #[test]
    fn lists_are_cut_before_items() {
        assert_eq!(
            cut("Names:\n\n* a~\n\n* b\n* c\n\n    d\n\n* e"),
            ["Names:\n\n* a~\n\n", "* b\n", "* c\n\n    d\n\n", "* e"]
        );
        assert_eq!(
            cut("Names:\n\n* a~\n* b\n    * c\n    d\n* e\n\n"),
            ["Names:\n\n* a~\n", "* b\n    * c\n    d\n", "* e\n\n"]
        );
        assert_eq!(
            cut("7. ~\n\n8. b\n\n\t- c\n\n9. d\n"),
            ["7. ~\n\n", "8. b\n\n\t- c\n\n", "9. d\n"]
        );
        assert_eq!(
            cut("* * *\n\n- ~\n\n- b\n\n- c"),
            ["* * *\n\n- ~\n\n", "- b\n\n", "- c"]
        );
    }

    #[test]
    fn a_list_is_loose_where_blank_lines_part_its_items() {
        for (source, is_loose) in [
            ("* ~\n* b\n* c\n\n", false),
            ("* ~\n\n* b\n* c", true),
            ("* ~\n* b\n\n    words\n* c\n\n* d", true),
        ] {
            let list = cuts(&source.replace('~', &"word ".repeat(LONG)));
            let style = list.map(|list| list.style);
            let mark = b'*';
            assert_eq!(style, Some(Style { mark, is_loose }), "{source}");
        }
    }

    #[test]
    fn what_is_not_certain_is_left_whole() {
        for source in [
            "* a\n\n* b\n\n* short",
            "* ~\n\n* two items are alone in no list, one may be",
            "* ~\n* b\n\n    words that may make it loose\n* c\n* d",
            "* ~\n\n* b\n\n- other mark\n\n- c",
            "1. ~\n\n2. b\n\n2. c",
            "* ~\n\n* b\n\n c\n\n* d",
            "* ~\n\n* b\nlazy\n\n* d",
            "* ~\n\n* b\n\n* * *\n\n* d",
            "* ~\n\n* b\n\n*\n\n* d",
            " 3. ~\n\n1. b\n\n2. c\n\n3. d",
            "* ~\n\n* b\rc\n\n* d\n\n* e",
            "Words\n2. ~\n\n3. b\n\n4. c\n\n5. d",
        ] {
            assert_eq!(cut(source), [""; 0], "{source}");
        }
    }
}
