//! What a typed search looks for, the same in every view.

use regex::Regex;

/// The pattern for what was typed: case does not matter, nor which quotes, dashes or white space
/// stand there. None when nothing was typed, or it is too long to search for.
pub fn pattern(query: &str) -> Option<Regex> {
    let mut pattern = String::new();
    for c in query.chars() {
        match c {
            '\'' | '’' | '‘' => pattern.push_str("['’‘]"),
            '"' | '“' | '”' => pattern.push_str("[\"“”]"),
            '-' | '–' | '—' | '‑' => pattern.push_str("[-–—‑]"),
            c if c.is_whitespace() => pattern.push_str(WHITE_SPACE),
            c => push_in_any_case(c, &mut pattern),
        }
    }
    if query.is_empty() {
        return None;
    }
    Regex::new(&pattern).ok()
}

/// Any run of white space, as [`char::is_whitespace`] has it.
const WHITE_SPACE: &str =
    r"[\t-\r \x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]+";

/// Appends what matches a letter in either case, or another character as it is.
fn push_in_any_case(c: char, pattern: &mut String) {
    let upper: Vec<char> = c.to_uppercase().collect();
    let lower: Vec<char> = c.to_lowercase().collect();
    // A letter that becomes two, such as `ß`, has no other case of its own.
    let one = |case: &[char]| match case {
        [one] => *one,
        _ => c,
    };
    let (upper, lower) = (one(&upper), one(&lower));
    if upper == lower {
        pattern.push_str(&regex::escape(c.encode_utf8(&mut [0; 4])));
    } else {
        pattern.extend(['[', upper, lower, c, ']']);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_quotes_dashes_and_white_space_do_not_matter() {
        let finds = |query: &str, text: &str| pattern(query).unwrap().is_match(text);
        assert!(finds("we SELL", "What We\u{a0}\n sell"));
        assert!(finds("ÉTÉ ñ", "été Ñ"));
        assert!(finds("don't e-mail \"a\"", "Don’t E–mail “A”"));
        assert!(finds("a.b[c]^ß", "A.B[C]^ß"));
        assert!(!finds("a.b", "axb"));
        assert!(pattern("").is_none());
    }

    #[test]
    fn white_space_is_what_the_language_calls_so() {
        let space = pattern(" ").unwrap();
        for c in '\0'..='\u{ffff}' {
            assert_eq!(
                space.is_match(c.encode_utf8(&mut [0; 4])),
                c.is_whitespace(),
                "{c:?}"
            );
        }
    }
}
