//! Which tokens of a clause are mere form: its numbering, and the punctuation at the ends of sentences.

use super::{Kind, Token};

/// Turns leading numbering ("1.", "2.3)", "(a)", "iv.") soft when a word follows.
pub(super) fn soften_numbering(text: &str, base: u32, heading: bool, tokens: &mut [Token]) {
    let raw = |token: &Token| {
        text.get((token.start - base) as usize..(token.end - base) as usize)
            .unwrap_or("")
    };
    let mut at = tokens.iter().take_while(|token| !token.is_hard()).count();
    let open = tokens.get(at).is_some_and(|token| raw(token) == "(");
    if open {
        at += 1;
    }
    let Some(number) = tokens.get(at) else { return };
    if !is_numbering(raw(number)) {
        return;
    }
    let close = tokens.get(at + 1).map(raw).unwrap_or("");
    let closed = match close {
        ")" => true,
        "." => !open,
        _ => false,
    };
    let bare = heading && !open && number.kind == Kind::Number;
    let dotted = number.kind == Kind::Number && raw(number).contains('.') && !open;
    let last = if closed {
        at + 1
    } else if bare || dotted {
        at
    } else {
        return;
    };
    let spaced = tokens
        .get(last + 1)
        .is_some_and(|next| next.start > tokens[last].end);
    let mut rest = tokens[last + 1..].iter().filter(|token| token.is_word());
    let worded = rest.next().is_some();
    // "1. Januar 2020" is a date.
    let year = rest.next().map(raw);
    let dated = year.is_some_and(|year| year.len() == 4 && is_digits(year));
    if spaced && worded && !(dated && number.kind == Kind::Number) {
        for token in &mut tokens[..=last] {
            token.kind = Kind::Soft;
        }
    }
}

fn is_digits(raw: &str) -> bool {
    raw.bytes().all(|b| b.is_ascii_digit())
}

/// "12", "3.1", "b", "iv": at most what a list would count to.
fn is_numbering(raw: &str) -> bool {
    let numeric = raw.len() <= 8
        && raw
            .split('.')
            .all(|part| !part.is_empty() && part.len() <= 2 && is_digits(part));
    let letter = raw.len() == 1 && raw.bytes().all(|b| b.is_ascii_alphabetic());
    let roman = raw.len() <= 5
        && raw
            .bytes()
            .all(|b| matches!(b.to_ascii_lowercase(), b'i' | b'v' | b'x'));
    numeric || letter || roman
}

/// Turns punctuation at the end of the clause soft, unless nothing else is left.
pub(super) fn soften_end(text: &str, base: u32, tokens: &mut [Token]) {
    if !tokens.iter().any(Token::is_word) {
        return;
    }
    for token in tokens.iter_mut().rev() {
        let raw = text
            .get((token.start - base) as usize..(token.end - base) as usize)
            .unwrap_or("");
        match raw {
            "." | ";" | ":" | "," | "!" | "…" => token.kind = Kind::Soft,
            _ if token.kind == Kind::Soft => {}
            _ => break,
        }
    }
}

/// Turns dots that trail off soft where a sentence may end: before a capital, where "..." ends the clause
/// and "…" does not.
pub(super) fn soften_ellipses(text: &str, base: u32, tokens: &mut [Token]) {
    let raw = |token: &Token| {
        text.get((token.start - base) as usize..(token.end - base) as usize)
            .unwrap_or("")
    };
    for at in 1..tokens.len() {
        let (last, next) = (tokens[at - 1], tokens[at]);
        if last.kind != Kind::Mark
            || last.end == next.start
            || !raw(&next).starts_with(char::is_uppercase)
        {
            continue;
        }
        let before = tokens[..at].iter().rev();
        let length = match raw(&last) {
            "…" => 1,
            _ => before.take_while(|token| raw(token) == ".").count(),
        };
        if length >= 3 || raw(&last) == "…" {
            for token in &mut tokens[at - length..at] {
                token.kind = Kind::Soft;
            }
        }
    }
}
