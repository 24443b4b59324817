//! The visible text of raw HTML inside Markdown: tags, comments, scripts and styles taken out.

use html5ever::data::NAMED_ENTITIES;
use smallvec::SmallVec;
use std::borrow::Cow;

/// A piece of an HTML fragment.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Visible text and its byte offset in the fragment.
    Text(Cow<'a, str>, std::ops::Range<usize>),
    /// A line break.
    LineBreak,
    /// The start or end of something that stands on its own lines.
    BlockBreak,
    /// Where text that is struck through begins (`true`) or ends.
    Strike(bool),
}

/// The pieces of a fragment; most are a single tag.
type Pieces<'a> = SmallVec<[Piece<'a>; 2]>;

/// Cuts a fragment into pieces. Broken markup is taken as text, so that no word is lost.
pub(super) fn pieces(html: &str) -> Pieces<'_> {
    let mut pieces = Pieces::new();
    let mut at = 0;
    let mut no_more_tags = false;
    while at < html.len() {
        let next = memchr::memchr(b'<', &html.as_bytes()[at..]).map_or(html.len(), |i| at + i);
        if next > at {
            push_text(&mut pieces, html, at..next);
        }
        if next == html.len() {
            break;
        }
        // Once no closing bracket is left, none needs to be looked for again.
        let end = if no_more_tags {
            None
        } else {
            tag_end(html, next)
        };
        no_more_tags = no_more_tags || (end.is_none() && !html[next..].contains('>'));
        match end {
            Some(end) => {
                at = skip_hidden(html, next, end);
                if let Some(piece) = break_of(&html[next..end]) {
                    pieces.push(piece);
                }
            }
            None => {
                push_text(&mut pieces, html, next..next + 1);
                at = next + 1;
            }
        }
    }
    pieces
}

fn push_text<'a>(pieces: &mut Pieces<'a>, html: &'a str, range: std::ops::Range<usize>) {
    let text = decoded(&html[range.clone()]);
    pieces.push(Piece::Text(text, range));
}

/// A text with its character references written out: those that end in `;`. What is none stays.
fn decoded(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let (mut at, mut done) = (0, 0);
    while let Some(mark) = memchr::memchr(b'&', &bytes[at..]).map(|i| at + i) {
        let Some(end) = memchr::memchr2(b';', b'&', &bytes[mark + 1..]).map(|i| mark + 1 + i)
        else {
            break;
        };
        at = end;
        if bytes[end] == b';' {
            at += 1;
            if let Some((first, second)) = characters(&text[mark + 1..end]) {
                out.push_str(&text[done..mark]);
                out.push(first);
                out.extend(second);
                done = at;
            }
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// The one or two characters that a reference stands for, given what stands between `&` and `;`.
fn characters(reference: &str) -> Option<(char, Option<char>)> {
    let Some(number) = reference.strip_prefix('#') else {
        let &(first, second) = NAMED_ENTITIES.get(format!("{reference};").as_str())?;
        // Starts of names are listed too, as nothing.
        let known = |code: u32| char::from_u32(code).filter(|c| *c != '\0');
        return Some((known(first)?, known(second)));
    };
    let (digits, base) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    if digits.starts_with('+') {
        return None;
    }
    let c = char::from_u32(u32::from_str_radix(digits, base).ok()?)?;
    let is_text = c >= ' ' || matches!(c, '\t' | '\n' | '\u{c}' | '\r');
    is_text.then_some((c, None))
}

/// One past the `>` of the tag or comment that starts at `at`; none when it is no tag.
fn tag_end(html: &str, at: usize) -> Option<usize> {
    let rest = &html[at..];
    if rest.starts_with("<!--") {
        // A comment that never ends hides nothing: the rest is text.
        return rest.find("-->").map(|end| at + end + 3);
    }
    let second = rest.as_bytes().get(1)?;
    if !(second.is_ascii_alphabetic() || matches!(second, b'/' | b'!' | b'?')) {
        return None;
    }
    memchr::memchr(b'>', rest.as_bytes()).map(|end| at + end + 1)
}

/// The name of a tag, as it is written.
fn name(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.bytes().position(|byte| !byte.is_ascii_alphanumeric());
    &name[..end.unwrap_or(name.len())]
}

/// Whether a name is one of these in any case.
fn is_among(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Where reading goes on after a tag: past the content of a script or style.
fn skip_hidden(html: &str, start: usize, end: usize) -> usize {
    let tag = &html[start..end];
    if tag.starts_with("</") || tag.ends_with("/>") {
        return end;
    }
    let name = name(tag);
    let close = if name.eq_ignore_ascii_case("script") {
        "</script"
    } else if name.eq_ignore_ascii_case("style") {
        "</style"
    } else {
        return end;
    };
    let rest = &html.as_bytes()[end..];
    let found = memchr::memmem::find(rest, close.as_bytes())
        .or_else(|| memchr::memmem::find(rest, close.to_ascii_uppercase().as_bytes()));
    // One that never ends hides nothing.
    found.map_or(end, |i| end + i)
}

/// What stands on its own lines.
const BLOCKS: [&str; 31] = [
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "section",
    "article",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "blockquote",
    "details",
    "summary",
    "dl",
    "dt",
    "dd",
    "pre",
    "nav",
    "header",
    "footer",
    "main",
    "form",
    "option",
    "td",
    "th",
];

fn break_of(tag: &str) -> Option<Piece<'static>> {
    let name = name(tag);
    if name.eq_ignore_ascii_case("br") {
        Some(Piece::LineBreak)
    } else if is_among(name, &["s", "strike", "del"]) {
        Some(Piece::Strike(!tag.starts_with("</")))
    } else if is_among(name, &BLOCKS) {
        Some(Piece::BlockBreak)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use html_escape::{NAMED_ENTITIES as NAMES, decode_html_entities};

    #[test]
    fn every_named_reference_is_written_out() {
        assert!(NAMES.len() > 2_000);
        for (name, _) in NAMES {
            let name = std::str::from_utf8(name).unwrap();
            let text = format!("a &{name}; &{name} b");
            assert_eq!(decoded(&text), decode_html_entities(&text), "{name}");
        }
    }

    proptest::proptest! {
        #[test]
        fn references_are_written_out_as_a_library_does_it(
            text in "([&#;xX+-]|&#[0-9]{1,8};|&#[xX][0-9a-fA-F]{1,7};|&(amp|lt|nbsp|eacute|acE|no);|[a9é ]){0,12}"
        ) {
            proptest::prop_assert_eq!(decoded(&text), decode_html_entities(&text));
        }
    }

    fn words(html: &str) -> String {
        pieces(html)
            .iter()
            .map(|piece| match piece {
                Piece::Text(text, _) => text.as_ref(),
                Piece::LineBreak => "/",
                Piece::BlockBreak => "|",
                Piece::Strike(_) => "~",
            })
            .collect()
    }

    #[test]
    fn tags_go_and_words_stay() {
        assert_eq!(
            words("<p class=\"a\">We&nbsp;sell <b>no</b> data.<br/>Ever.</p>"),
            "|We\u{a0}sell no data./Ever.|"
        );
        assert_eq!(words("<script>if (a<b) x()</script>Hi<!-- gone -->"), "Hi");
        assert_eq!(words("1 < 2 and <3"), "1 < 2 and <3");
        assert_eq!(words("cut <a href="), "cut <a href=");
        assert_eq!(words("<!-- open We sell data."), "<!-- open We sell data.");
        assert_eq!(words("<script>We sell data."), "We sell data.");
    }
}
