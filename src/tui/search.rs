//! What a typed search looks for, the same in every view.

use regex::{Regex, RegexBuilder};

/// The pattern for what was typed: case does not matter, nor which quotes, dashes or white space
/// stand there. None when nothing was typed, or it is too long to search for.
pub fn pattern(query: &str) -> Option<Regex> {
    let mut pattern = String::new();
    for c in query.chars() {
        match c {
            '\'' | '’' | '‘' => pattern.push_str("['’‘]"),
            '"' | '“' | '”' => pattern.push_str("[\"“”]"),
            '-' | '–' | '—' | '‑' => pattern.push_str("[-–—‑]"),
            c if c.is_whitespace() => pattern.push_str(r"\s+"),
            c => pattern.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    if query.is_empty() {
        return None;
    }
    RegexBuilder::new(&pattern)
        .case_insensitive(true)
        .build()
        .ok()
}
