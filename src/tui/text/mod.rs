//! Text on the screen: how wide it is, where it wraps, and how it is styled. Ranges first: what is
//! wrapped stays byte ranges into the policy's text, so that hits and marks can be laid over it.

mod layout;
mod paint;
mod table;
mod unit;
mod wrap;

pub use layout::{Layout, Line, LineKind, Part, Segment, parts};
pub use paint::{Layer, Painter};
pub use unit::width;
pub use wrap::{wrap, wrap_code};

use crate::model::{STAND_IN, is_dangerous, on_one_line};
use std::borrow::Cow;

/// The text cut to `columns`, with `ellipsis` (one column) at the end where something was cut.
pub fn truncate<'a>(text: &'a str, columns: usize, ellipsis: &str) -> Cow<'a, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    // Of an ellipsis of several signs a narrow place takes the first.
    let (end, taken) = unit::fitting(ellipsis, columns);
    let ellipsis = &ellipsis[..end];
    let (end, _) = unit::fitting(text, columns - taken);
    Cow::Owned(format!("{}{ellipsis}", text[..end].trim_end()))
}

/// The text cut or filled with spaces to exactly `columns`.
pub fn fill(text: &str, columns: usize, ellipsis: &str) -> String {
    let mut text = truncate(text, columns, ellipsis).into_owned();
    let missing = columns.saturating_sub(width(&text));
    text.extend(std::iter::repeat_n(' ', missing));
    text
}

/// Makes text from outside (names of files, messages) safe to show on one line: control characters,
/// direction overrides and characters of no width become visible stand-ins, line breaks spaces, breaks
/// between cells what they are drawn as.
pub fn sanitize(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| stand_in(c) != c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(on_one_line(text).chars().map(stand_in).collect())
}

fn stand_in(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or(STAND_IN),
        '\u{7f}' => '\u{2421}',
        // Joiners have their use between letters and in emoji.
        '\u{200c}' | '\u{200d}' => c,
        c if is_dangerous(c) => STAND_IN,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cutting() {
        assert_eq!(truncate("policy", 6, "…"), "policy");
        assert_eq!(truncate("policy", 5, "…"), "poli…");
        assert_eq!(truncate("a policy", 3, "…"), "a…");
        assert_eq!(truncate("日本語", 4, "…"), "日…");
        assert_eq!(truncate("policy", 0, "…"), "");
        assert_eq!(truncate("policy", 5, "..."), "po...");
        assert_eq!(truncate("policy", 2, "..."), "..");
        assert_eq!(truncate("policy", 4, ""), "poli");
        assert_eq!(fill("日本語", 5, "…"), "日本…");
        assert_eq!(fill("日本語", 6, "…"), "日本語");
        assert_eq!(fill("ab", 4, "…"), "ab  ");
    }

    #[test]
    fn nothing_reaches_the_terminal_as_a_command() {
        assert_eq!(sanitize("plain é 日"), "plain é 日");
        assert_eq!(
            sanitize("a\u{1b}[2J\u{202e}b\u{9b}\n"),
            "a␛[2J\u{fffd}b\u{fffd} "
        );
        assert!(matches!(sanitize("plain"), Cow::Borrowed(_)));
    }
}
