//! Wrapping: a stretch of text and a width → the ranges that stand on one line each.

use super::unit::{Kind, closes, opens, unit};
use crate::model::TextRange;

/// Wraps running text. Lines break at white space (which no line begins or ends with), after
/// hyphens between letters, between letters of scripts without spaces, at every `\n`, and inside a
/// word only when it is longer than a line. No line is wider than `width`, save that a character
/// wider than that stands alone.
pub fn wrap(text: &str, range: TextRange, width: usize) -> Vec<TextRange> {
    let mut lines = Vec::new();
    wrap_with(text, range, width, &mut |line| lines.push(line));
    lines
}

/// Wraps text of which every character counts: lines break at `\n`, and where the width ends.
pub fn wrap_code(text: &str, range: TextRange, width: usize) -> Vec<TextRange> {
    let Some(text) = text.get(..range.end as usize) else {
        return Vec::new();
    };
    let (mut lines, mut start, mut columns) = (Vec::new(), range.start as usize, 0);
    let mut at = start;
    while at < text.len() {
        let unit = unit(text, at);
        if unit.kind == Kind::Newline {
            lines.push(TextRange::new(start, at));
            (start, columns) = (at + unit.len, 0);
        } else if columns + unit.width > width && columns > 0 {
            lines.push(TextRange::new(start, at));
            (start, columns) = (at, unit.width);
        } else {
            columns += unit.width;
        }
        at += unit.len;
    }
    lines.push(TextRange::new(start, text.len()));
    lines
}

/// [`wrap`], handing each line to `emit`.
pub(super) fn wrap_with(
    text: &str,
    range: TextRange,
    width: usize,
    emit: &mut impl FnMut(TextRange),
) {
    let Some(text) = text.get(..range.end as usize) else {
        return;
    };
    let width = width.max(1);
    let mut at = skip_spaces(text, range.start as usize);
    while at < text.len() {
        let (end, next) = short_line(text, at, width).unwrap_or_else(|| long_line(text, at, width));
        emit(TextRange::new(at, end));
        at = skip_spaces(text, next);
    }
}

/// The next byte from `at` that is no white space other than a line break.
fn skip_spaces(text: &str, mut at: usize) -> usize {
    while at < text.len() {
        let unit = unit(text, at);
        if unit.kind != Kind::Space {
            break;
        }
        at += unit.len;
    }
    at
}

/// Where the line that begins at `at` ends and where the next may begin, when everything near is
/// plain ASCII. `at` is no space.
fn short_line(text: &str, at: usize, width: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let window = &bytes[at..bytes.len().min(at + width + 1)];
    if !window.iter().all(|b| (b' '..=b'~').contains(b)) {
        return None;
    }
    if window.len() <= width {
        let spaces = window.iter().rev().take_while(|&&b| b == b' ').count();
        return Some((bytes.len() - spaces, bytes.len()));
    }
    let breaks = |i: usize| {
        window[i] == b' '
            || (window[i - 1] == b'-'
                && window[i].is_ascii_alphabetic()
                && i > 1
                && window[i - 2].is_ascii_alphabetic())
    };
    // The unit after the window decides nothing: a break lies before what does not fit.
    let cut = (1..=width).rev().find(|&i| breaks(i)).unwrap_or(width);
    let spaces = window[..cut]
        .iter()
        .rev()
        .take_while(|&&b| b == b' ')
        .count();
    Some((at + cut - spaces, at + cut))
}

/// The same for any text, unit by unit.
fn long_line(text: &str, at: usize, width: usize) -> (usize, usize) {
    let (mut here, mut columns) = (at, 0);
    // Where the words seen so far end, and the last place where the line may break: its end, and
    // where the next line begins.
    let (mut words, mut allowed) = (at, None);
    let (mut before, mut before_that) = (None, None);
    while here < text.len() {
        let unit = unit(text, here);
        let first = text[here..].chars().next();
        match unit.kind {
            Kind::Newline => return (words, here + unit.len),
            Kind::Space => allowed = Some((words, here + unit.len)),
            Kind::Wide | Kind::Word => {
                if here > at && may_break(before_that, before, first, unit.kind) {
                    allowed = Some((words, here));
                }
                if columns + unit.width > width && here > at {
                    return allowed.unwrap_or((here, here));
                }
                words = here + unit.len;
            }
        }
        columns += unit.width;
        here += unit.len;
        before_that = before;
        before = first.map(|c| (c, unit.kind));
    }
    (words, text.len())
}

/// Whether a line may break between `before` and `next` although no space is there.
fn may_break(
    before_that: Option<(char, Kind)>,
    before: Option<(char, Kind)>,
    next: Option<char>,
    kind: Kind,
) -> bool {
    let (Some((before, kind_before)), Some(next)) = (before, next) else {
        return false;
    };
    if before == '-' {
        let letter = before_that.is_some_and(|(c, _)| c.is_alphabetic());
        return letter && next.is_alphabetic();
    }
    let wide = kind == Kind::Wide || kind_before == Kind::Wide;
    wide && kind_before != Kind::Space && !closes(next) && !opens(before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::text::width;
    use proptest::prelude::*;

    fn lines(text: &str, columns: usize) -> Vec<&str> {
        wrap(text, TextRange::new(0, text.len()), columns)
            .into_iter()
            .map(|range| range.of(text))
            .collect()
    }

    #[test]
    fn words_wrap() {
        assert_eq!(lines("We may share it.", 10), ["We may", "share it."]);
        assert_eq!(lines("We  may   share", 6), ["We", "may", "share"]);
        assert_eq!(lines(" a b ", 9), ["a b"]);
        assert_eq!(lines("incomprehensible", 6), ["incomp", "rehens", "ible"]);
        assert_eq!(
            lines("a incomprehensible", 6),
            ["a", "incomp", "rehens", "ible"]
        );
        assert_eq!(lines("third-party", 7), ["third-", "party"]);
        assert_eq!(lines("on 2015-12-29", 8), ["on", "2015-12-", "29"]);
        assert_eq!(lines("one\ntwo three", 20), ["one", "two three"]);
        assert_eq!(lines("", 5), Vec::<&str>::new());
        assert_eq!(lines("   ", 5), Vec::<&str>::new());
    }

    #[test]
    fn other_scripts_wrap() {
        assert_eq!(
            lines("個人情報を共有します。", 8),
            ["個人情報", "を共有し", "ます。"]
        );
        assert_eq!(lines("情報「共有」", 6), ["情報", "「共", "有」"]);
        assert_eq!(lines("l’été à la carte", 8), ["l’été à", "la carte"]);
        assert_eq!(lines("a\u{a0}b c", 4), ["a\u{a0}b", "c"]);
        assert_eq!(lines("日", 1), ["日"]);
    }

    #[test]
    fn code_keeps_its_spaces() {
        let text = "  a\n\nbcdefg";
        let range = TextRange::new(0, text.len());
        let lines: Vec<&str> = wrap_code(text, range, 4)
            .iter()
            .map(|r| r.of(text))
            .collect();
        assert_eq!(lines, ["  a", "", "bcde", "fg"]);
    }

    /// Text as policies hold it, and worse.
    fn texts() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[a-z]{1,9}",
            "[A-Za-z,.-]{1,30}",
            Just(" ".to_owned()),
            Just("  ".to_owned()),
            Just("\n".to_owned()),
            Just("’".to_owned()),
            "[éüß日本語한。「」]{1,5}",
            Just("e\u{301}".to_owned()),
            Just("👩‍👩‍👧".to_owned()),
            any::<char>().prop_map(|c| crate::tui::text::sanitize(&c.to_string()).into_owned()),
        ];
        prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
    }

    #[test]
    fn a_space_that_carries_a_mark_is_not_lost() {
        let text = "aaa \u{1cd4} ";
        let lines = wrap(text, TextRange::new(0, text.len()), 1);
        assert!(
            lines.iter().any(|line| line.of(text).contains('\u{1cd4}')),
            "{lines:?}"
        );
    }

    proptest! {
        #[test]
        fn every_character_stands_on_one_line(text in texts(), columns in 1_usize..300) {
            let lines = wrap(&text, TextRange::new(0, text.len()), columns);
            let mut at = 0;
            for line in &lines {
                let gap = text.get(at..line.start as usize);
                prop_assert!(gap.is_some_and(|gap| gap.chars().all(char::is_whitespace)));
                let words = line.of(&text);
                prop_assert!(width(words) <= columns || unit(words, 0).len == words.len());
                prop_assert!(!words.contains('\n'));
                at = line.end as usize;
            }
            prop_assert!(text[at..].chars().all(char::is_whitespace));
        }

        #[test]
        fn the_short_way_agrees_with_the_long(text in "[a-z \\-]{1,80}", columns in 1_usize..30) {
            let at = skip_spaces(&text, 0);
            if at < text.len()
                && let Some((end, next)) = short_line(&text, at, columns)
            {
                let (long_end, long_next) = long_line(&text, at, columns);
                prop_assert_eq!(end, long_end);
                prop_assert_eq!(skip_spaces(&text, next), skip_spaces(&text, long_next));
            }
        }

        #[test]
        fn code_loses_nothing(text in texts(), columns in 1_usize..100) {
            let lines = wrap_code(&text, TextRange::new(0, text.len()), columns);
            let joined: String = lines.iter().map(|line| line.of(&text)).collect();
            prop_assert_eq!(joined, text.replace('\n', ""));
        }
    }
}
