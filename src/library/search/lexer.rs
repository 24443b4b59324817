//! The tokens of a query.

use std::ops::Range;

/// One token and its bytes in the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) piece: Piece,
    pub(super) at: Range<usize>,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Open,
    Close,
    And,
    Or,
    Not,
    /// A word, or several in quotation marks; begun when an asterisk follows.
    Words {
        text: String,
        begun: bool,
    },
    /// `name:value`, the name in lower case.
    Field {
        name: String,
        value: String,
    },
}

/// Cuts a query into tokens.
///
/// # Errors
/// The bytes that cannot be understood, and why.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, (Range<usize>, &'static str)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let start = at;
        let piece = match c {
            _ if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            '(' | ')' => {
                at += 1;
                if c == '(' { Piece::Open } else { Piece::Close }
            }
            '-' | '−' if begins_something(&text[at + c.len_utf8()..]) => {
                at += c.len_utf8();
                Piece::Not
            }
            _ if is_quote(c) => {
                let quoted = quoted(text, &mut at)?;
                let begun = asterisk(text, &mut at);
                Piece::Words {
                    text: quoted,
                    begun,
                }
            }
            _ => bare(text, &mut at)?,
        };
        tokens.push(Token {
            piece,
            at: start..at,
        });
    }
    Ok(tokens)
}

/// Whether a minus sign before this leaves something out.
fn begins_something(rest: &str) -> bool {
    rest.chars()
        .next()
        .is_some_and(|c| c.is_alphanumeric() || is_quote(c) || matches!(c, '(' | '-'))
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

/// What stands between the quotation marks that open here.
fn quoted(text: &str, at: &mut usize) -> Result<String, (Range<usize>, &'static str)> {
    let open = text[*at..].chars().next().map_or(1, char::len_utf8);
    let inside = *at + open;
    let Some(length) = text[inside..].find(is_quote) else {
        return Err((*at..text.len(), "these quotation marks are not closed"));
    };
    let end = inside + length;
    *at = end + text[end..].chars().next().map_or(1, char::len_utf8);
    Ok(text[inside..end].to_owned())
}

fn asterisk(text: &str, at: &mut usize) -> bool {
    let is = text[*at..].starts_with('*');
    *at += usize::from(is);
    is
}

/// A word, an operator or a field.
fn bare(text: &str, at: &mut usize) -> Result<Piece, (Range<usize>, &'static str)> {
    let start = *at;
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')') || is_quote(c);
    let length = text[start..].find(ends).unwrap_or(text.len() - start);
    *at = start + length;
    let word = &text[start..*at];
    match word {
        "AND" | "&&" => return Ok(Piece::And),
        "OR" | "||" => return Ok(Piece::Or),
        "NOT" => return Ok(Piece::Not),
        _ => {}
    }
    if let Some((name, value)) = word.split_once(':')
        && is_name(name)
    {
        let quoted_value = value.is_empty() && text[*at..].chars().next().is_some_and(is_quote);
        let value = if quoted_value {
            quoted(text, at)?
        } else {
            value.to_owned()
        };
        return Ok(Piece::Field {
            name: name.to_lowercase(),
            value,
        });
    }
    Ok(match word.strip_suffix('*') {
        Some(begun) if !begun.is_empty() => Piece::Words {
            text: begun.to_owned(),
            begun: true,
        },
        _ => Piece::Words {
            text: word.to_owned(),
            begun: false,
        },
    })
}

/// Whether this before a colon can be the name of a field; `https:` and `12:30` are text.
fn is_name(name: &str) -> bool {
    name.len() > 1
        && name.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !matches!(name, "http" | "https" | "mailto")
}
