//! The letters of words, blind to how they are written: case, kind of apostrophe, letters in one
//! piece or two, words joined, parted or contracted.

use super::{Kind, Token, word_key};
use unicode_normalization::UnicodeNormalization;

/// Apostrophes that may stand inside a word.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{02BC}' | '´' | '`')
}

/// The normalised text of the hard tokens run together, in UTF-8, so that `e-mail` and `email`, or
/// `web site` and `website`, or `don't` and `do not`, agree. Figures are set apart lest `1 2` agree
/// with `12`.
pub(in crate::compare) fn letters(text: &str, tokens: &[Token], out: &mut Vec<u8>) {
    let mut scratch = String::new();
    for token in tokens.iter().filter(|token| token.is_hard()) {
        let raw = text
            .get(token.start as usize..token.end as usize)
            .unwrap_or("");
        if token.kind == Kind::Word && raw.bytes().all(|b| b.is_ascii_alphabetic()) {
            out.extend(raw.bytes().map(|b| b.to_ascii_lowercase()));
        } else {
            scratch.clear();
            lower(raw, &mut scratch);
            if token.kind == Kind::Number {
                scratch.insert(0, '#');
                scratch.push('#');
            } else {
                write_out(&mut scratch);
            }
            out.extend_from_slice(scratch.as_bytes());
        }
        if token.struck {
            out.push(b'~');
        }
        if is_country(raw) && token.key == country_key(raw) {
            out.push(b'!');
        }
    }
}

/// Words run together with "not" or a verb, by their ends, and what they stand for. "'s" and "'d"
/// stand for several words and are left as they are.
const CONTRACTIONS: &[(&str, &str)] = &[
    ("won't", "willnot"),
    ("shan't", "shallnot"),
    ("can't", "cannot"),
    ("n't", "not"),
    ("'re", "are"),
    ("'ll", "will"),
    ("'ve", "have"),
    ("'m", "am"),
];

/// Writes a contraction in full.
fn write_out(word: &mut String) {
    if !word.contains('\'') {
        return;
    }
    let found = CONTRACTIONS.iter().find(|(short, _)| word.ends_with(short));
    if let Some((short, long)) = found {
        word.truncate(word.len() - short.len());
        word.push_str(long);
    }
}

/// Whether capitals make it another word: "US" is not "us", nor "IT" "it".
pub(super) fn is_country(raw: &str) -> bool {
    raw == "US" || raw == "IT"
}

/// The key of such a word in a clause that does not shout.
pub(super) fn country_key(raw: &str) -> u64 {
    word_key(if raw == "US" { "us!" } else { "it!" })
}

/// Whether a letter may be written as a base letter and a mark after it, or as two letters in one.
fn is_composed(raw: &str) -> bool {
    raw.chars()
        .any(|c| matches!(c, '\u{300}'..='\u{36F}' | '\u{FB00}'..='\u{FB06}'))
}

/// Appends the lower-case form with plain apostrophes and letters in one piece.
pub(super) fn lower(raw: &str, out: &mut String) {
    if raw.is_ascii() {
        let from = out.len();
        out.push_str(raw);
        if let Some(tail) = out.get_mut(from..) {
            tail.make_ascii_lowercase();
        }
        return;
    }
    if is_composed(raw) {
        let whole: String = raw.nfkc().collect();
        return lower_chars(&whole, out);
    }
    lower_chars(raw, out);
}

fn lower_chars(raw: &str, out: &mut String) {
    for c in raw.chars() {
        match c {
            '…' => out.push_str("..."),
            _ if is_apostrophe(c) => out.push('\''),
            _ => out.extend(c.to_lowercase()),
        }
    }
}
