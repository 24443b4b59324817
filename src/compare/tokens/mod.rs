//! Clause text → [`Token`]s: words, figures, addresses and marks, each with a key that is blind to
//! what is form (case, kind of quote, kind of dash). Spaces belong to no token.

mod form;
pub(super) mod letters;

pub(super) use super::word_key::word_key;

use crate::model::STAND_IN;
use letters::{country_key, is_apostrophe, is_country, lower};
use xxhash_rust::xxh3::xxh3_64;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word or name, inner apostrophes, dots and ampersands included (`user's`, `AT&T`, `U.S`).
    Word,
    /// A figure, date or version mark, kept whole (`06-19-2013`, `1,000`, `v2.1`), or `%`, `$`.
    Number,
    /// A web or mail address, kept whole.
    Address,
    /// Punctuation that can carry meaning: commas, brackets, question marks.
    Mark,
    /// What is form: quotes, dashes, bullets, numbering, punctuation at the end of a clause.
    Soft,
}

/// A piece of a clause that is never split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// First byte, in the policy's text.
    pub(super) start: u32,
    /// One past the last byte.
    pub(super) end: u32,
    /// Hash of the normalised token; equal keys mean the same word.
    pub(super) key: u64,
    /// What it is.
    pub(super) kind: Kind,
    /// Whether it is the first of its clause.
    pub(super) opens: bool,
    /// Whether it is struck through, and so says something else than it would unstruck.
    pub(super) struck: bool,
}

impl Token {
    /// Whether it counts when wording is compared.
    pub(super) fn is_hard(&self) -> bool {
        self.kind != Kind::Soft
    }

    /// Whether a reader would call it a word.
    pub(super) fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Number | Kind::Address)
    }
}

/// The key of a short ASCII word, without a detour over the heap.
fn short_key(raw: &str) -> Option<u64> {
    let mut lower = [0_u8; 24];
    let lower = lower.get_mut(..raw.len())?;
    lower.copy_from_slice(raw.as_bytes());
    if !lower.is_ascii() {
        return None;
    }
    lower.make_ascii_lowercase();
    Some(xxh3_64(lower))
}

/// Quotes of every kind, and the accents that stand in for them.
fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '`' | '´' | '«' | '»' | '‹' | '›' | '\u{2018}'..='\u{201F}' | '″' | '′'
    )
}

/// Hyphens and dashes of every kind.
fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' | '\u{FE58}' | '\u{FF0D}'
    )
}

/// What a reader does not see as text: bullets, invisible characters, leftovers of markup.
fn is_ornament(c: char) -> bool {
    matches!(
        c,
        '•' | '·'
            | '‣'
            | '◦'
            | '▪'
            | '■'
            | '●'
            | '○'
            | '*'
            | '_'
            | '|'
            | '~'
            | '\\'
            | '^'
            | '→'
            | STAND_IN
            | '\u{00AD}'
            | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'
    )
}

/// Scripts written without spaces, where every character is taken as a word.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2FFFF}')
}

/// Characters looked at for the end of a web address; what goes on longer is none.
const LONGEST_URL: usize = 2_048;
/// The same for a mail address.
const LONGEST_MAIL: usize = 320;

fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// Letters of the longest word that is read at once.
const PLAIN: usize = 16;

/// The length and the key of the word at the start, where that is of plain letters and a space
/// follows it. Most words are, and it can be no address, figure or name of a country.
fn plain_word(bytes: &[u8]) -> Option<(usize, u64)> {
    let window: &[u8; PLAIN + 1] = bytes.first_chunk()?;
    let length = window.iter().position(|b| !b.is_ascii_alphabetic())?;
    let capitals = matches!(window, [b'U', b'S', ..] | [b'I', b'T', ..]);
    if length == 0 || window[length] != b' ' || capitals {
        return None;
    }
    // All of it, which takes fewer steps than the letters alone.
    let mut lower = *window;
    lower.make_ascii_lowercase();
    Some((length, xxh3_64(&lower[..length])))
}

/// Reads the tokens of one clause. `base` is where `text` starts in the policy's text; the tokens
/// are appended to `out`. `heading` allows bare numbering ("2 Cookies").
pub(super) fn read(text: &str, base: u32, heading: bool, out: &mut Vec<Token>) {
    let first = out.len();
    let mut reader = Reader {
        text,
        shouting: !text.bytes().any(|b| b.is_ascii_lowercase()),
        mail: text.contains('@'),
        scratch: String::new(),
    };
    let offset = |n: usize| base.saturating_add(u32::try_from(n).unwrap_or(u32::MAX));
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if is_space(c) {
            at += c.len_utf8();
            continue;
        }
        let (end, kind, key) = match plain_word(&text.as_bytes()[at..]) {
            Some((length, key)) => (at + length, Kind::Word, key),
            None => {
                let (end, kind) = reader.shape(at, c);
                (end, kind, reader.key(at, end, kind))
            }
        };
        out.push(Token {
            start: offset(at),
            end: offset(end),
            key,
            kind,
            opens: false,
            struck: false,
        });
        at = end;
    }
    let tokens = &mut out[first..];
    if let Some(token) = tokens.first_mut() {
        token.opens = true;
    }
    form::soften_numbering(text, base, heading, tokens);
    form::soften_ellipses(text, base, tokens);
    form::soften_end(text, base, tokens);
}

/// What goes on without a space or bracket; nothing when that is longer than `limit` characters.
fn chunk(rest: &str, limit: usize) -> Option<&str> {
    let stop = rest
        .char_indices()
        .take(limit)
        .find(|&(_, c)| {
            is_space(c) || matches!(c, '<' | '>' | '"' | '(' | ')' | '[' | ']' | '”' | '“')
        })
        .map(|(at, _)| at);
    let stop = stop.or_else(|| (rest.len() <= limit).then_some(rest.len()))?;
    rest.get(..stop)
}

/// An address without the punctuation of the sentence that it ends.
fn without_stop(address: &str) -> &str {
    address
        .trim_end_matches(|c: char| is_quote(c) || matches!(c, '.' | ',' | ';' | ':' | '!' | '?'))
}

struct Reader<'a> {
    text: &'a str,
    /// No small letter in the clause: capitals say nothing.
    shouting: bool,
    /// An at sign somewhere: words may be mail addresses.
    mail: bool,
    scratch: String,
}

impl Reader<'_> {
    /// End and kind of the token that starts at `at` with `c`.
    fn shape(&self, at: usize, c: char) -> (usize, Kind) {
        let one = at + c.len_utf8();
        if c.is_alphanumeric() {
            if let Some(end) = self.address(at) {
                return (end, Kind::Address);
            }
            if stands_alone(c) {
                return (one, Kind::Word);
            }
            let (end, kind) = self.word(at);
            return match self.path(at, end) {
                Some(end) => (end, Kind::Address),
                None => (end, kind),
            };
        }
        let kind = match c {
            '%' | '$' | '€' | '£' | '¥' | '°' | '№' => Kind::Number,
            _ if is_quote(c) || is_dash(c) || is_ornament(c) => Kind::Soft,
            _ => Kind::Mark,
        };
        (one, kind)
    }

    /// The end of the web or mail address that starts here, if one does.
    fn address(&self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let bytes = rest.as_bytes();
        let web = bytes.len() > 4
            && (bytes[..4].eq_ignore_ascii_case(b"http")
                || bytes[..4].eq_ignore_ascii_case(b"www."));
        if !web && !self.mail {
            return None;
        }
        let limit = if web { LONGEST_URL } else { LONGEST_MAIL };
        let chunk = chunk(rest, limit)?;
        let is_web = web && (chunk.contains("://") || chunk.contains('.'));
        let is_mail = !is_web
            && chunk
                .split_once('@')
                .is_some_and(|(_, host)| host.contains('.'));
        if !is_web && !is_mail {
            return None;
        }
        let end = without_stop(chunk).len();
        (end > 0).then_some(at + end)
    }

    /// The end of a web address written without its scheme, whose host ends at `end`:
    /// `example.com/privacy`.
    fn path(&self, at: usize, end: usize) -> Option<usize> {
        let rest = self.text[end..].strip_prefix('/')?;
        let (_, last) = self.text[at..end].rsplit_once('.')?;
        let host = last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic());
        if !host || !rest.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return None;
        }
        Some(at + without_stop(chunk(&self.text[at..], LONGEST_URL)?).len())
    }

    /// The word or figure that starts here.
    fn word(&self, at: usize) -> (usize, Kind) {
        let bytes = &self.text.as_bytes()[at..];
        let end = bytes
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric())
            .count();
        let figure = match bytes {
            [b'v' | b'V', second, ..] => second.is_ascii_digit(),
            [first, ..] => first.is_ascii_digit(),
            [] => false,
        };
        // Most words are plain and end at a space or comma; the rest goes the long way.
        let goes_on =
            |next: Option<&u8>| next.is_some_and(|b| b.is_ascii_alphanumeric() || !b.is_ascii());
        let plain = end > 0
            && match bytes.get(end) {
                Some(b'\'' | b'`' | b'.' | b'&') => !goes_on(bytes.get(end + 1)),
                Some(b',' | b':' | b'/' | b'-') => !figure || !goes_on(bytes.get(end + 1)),
                Some(b) => b.is_ascii(),
                None => true,
            };
        let kind = if figure { Kind::Number } else { Kind::Word };
        if plain {
            return (at + end, kind);
        }
        self.long_word(at)
    }

    /// The same for words with joiners inside, or beyond ASCII.
    fn long_word(&self, at: usize) -> (usize, Kind) {
        let mut chars = self.text[at..].char_indices().peekable();
        let mut end = 0;
        let mut previous = '\0';
        let mut figure = false;
        while let Some((i, c)) = chars.next() {
            let inside = c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36F}');
            if inside && (end == 0 || !stands_alone(c)) {
                if i == 0 || (i == 1 && matches!(previous, 'v' | 'V')) {
                    figure = c.is_numeric();
                }
                end = i + c.len_utf8();
                previous = c;
                continue;
            }
            let next = chars.peek().map(|&(_, next)| next);
            let Some(next) = next.filter(|next| next.is_alphanumeric()) else {
                break;
            };
            // "applications.In": a space is missing where a sentence begins.
            let sentence = c == '.' && previous.is_lowercase() && next.is_uppercase();
            let joins = is_apostrophe(c)
                || (matches!(c, '.' | '&') && !sentence)
                || (figure
                    && previous.is_numeric()
                    && next.is_numeric()
                    && (is_dash(c) || matches!(c, ',' | ':' | '/')));
            if !joins {
                break;
            }
            previous = c;
        }
        let kind = if figure { Kind::Number } else { Kind::Word };
        (at + end, kind)
    }

    fn key(&mut self, at: usize, end: usize, kind: Kind) -> u64 {
        let raw = &self.text[at..end];
        if let Some(short) = short_key(raw)
            && kind != Kind::Soft
            && !is_country(raw)
        {
            return short;
        }
        self.scratch.clear();
        match kind {
            Kind::Soft => {
                let c = raw.chars().next().unwrap_or(' ');
                self.scratch.push_str(if is_quote(c) {
                    "\""
                } else if is_dash(c) {
                    "-"
                } else {
                    raw
                });
            }
            _ => {
                lower(raw, &mut self.scratch);
                if is_country(raw) && !self.shouting {
                    return country_key(raw);
                }
            }
        }
        word_key(&self.scratch)
    }
}
