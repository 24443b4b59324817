//! Where a Markdown source can be cut so that every part parses as it does in the whole.

use std::ops::Range;

/// How far what stands in a stretch of Markdown can be felt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Not beyond the stretch.
    Itself,
    /// It may open something that blank lines do not close: fenced code or HTML that waits for its
    /// end tag.
    Below,
    /// It may define what a link mark such as `[terms]` means anywhere in the document.
    Document,
}

/// Starts of what may go on over blank lines, in lower case.
const OPENERS: [&[u8]; 8] = [
    b"```",
    b"~~~",
    b"<!",
    b"<?",
    b"<script",
    b"<style",
    b"<pre",
    b"<textarea",
];

/// How far a stretch can be felt. A sign of it anywhere counts, whether or not it stands where
/// Markdown would heed it.
pub(super) fn reach(stretch: &str) -> Reach {
    let bytes = stretch.as_bytes();
    if memchr::memmem::find(bytes, b"]:").is_some() {
        return Reach::Document;
    }
    let opens = memchr::memchr3_iter(b'`', b'~', b'<', bytes).any(|at| {
        OPENERS.iter().any(|opener| {
            bytes
                .get(at..at + opener.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(opener))
        })
    });
    if opens { Reach::Below } else { Reach::Itself }
}

/// The stretches between blank lines that hold nothing open, in order: `source` from `from` on, as
/// long as each reaches no further than itself.
///
/// A blank line ends paragraphs, quotes, tables and most HTML. Lists, indented code and what stands
/// in them go on over it unless the next line stands at the margin, or one place in, and is no list
/// item.
pub(super) fn stretches(source: &str, from: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = source.as_bytes();
    let mut start = from;
    let mut ends = memchr::memchr_iter(b'\n', &bytes[from..]);
    std::iter::from_fn(move || {
        let below = |end: usize| {
            let line = from + end + 1;
            let next = past_blank_lines(bytes, line);
            (next > line && next > start && closes_all(&bytes[next..])).then_some(next)
        };
        let end = ends.by_ref().find_map(below).unwrap_or(bytes.len());
        let stretch = start..end;
        start = end;
        (!stretch.is_empty()).then_some(stretch)
    })
}

/// The first line from `at` on that is not blank. Lines of white space are not looked for: they
/// cost a cut, no more.
fn past_blank_lines(bytes: &[u8], mut at: usize) -> usize {
    loop {
        at += match &bytes[at..] {
            [b'\n', ..] => 1,
            [b'\r', b'\n', ..] => 2,
            _ => return at,
        };
    }
}

/// Whether a line after a blank one closes everything above it.
fn closes_all(line: &[u8]) -> bool {
    match line {
        // The text of an item stands two places in at least.
        [b' ', rest @ ..] if !rest.starts_with(b" ") => closes_all(rest),
        [] | [b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | b'>', ..] => false,
        // Open to white space, which its repair puts at the margin.
        [b'*', b'*', after, ..] if after.is_ascii_whitespace() => false,
        // A torn link, which becomes white space.
        [b']', b'(', ..] => false,
        [b'-' | b'+' | b'*', after, ..] => !after.is_ascii_whitespace(),
        [b'-' | b'+' | b'*'] => false,
        // Numbers of items have up to nine digits; a year before a full stop is one too.
        [b'0'..=b'9', ..] => {
            let after = line.iter().find(|byte| !byte.is_ascii_digit());
            !matches!(after, Some(b'.' | b')'))
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(source: &str) -> Vec<&str> {
        stretches(source, 0).map(|range| &source[range]).collect()
    }

    #[test]
    fn blank_lines_cut_where_nothing_goes_on() {
        assert_eq!(cut(""), [""; 0]);
        assert_eq!(cut("a\nb\n\n\nc"), ["a\nb\n\n\n", "c"]);
        assert_eq!(cut("a\r\n\r\nb\n \nc"), ["a\r\n\r\n", "b\n \nc"]);
        assert_eq!(cut("a\n\n**b**\n\nc\n"), ["a\n\n", "**b**\n\n", "c\n"]);
        assert_eq!(
            cut("- a\n\n- b\n\n  c\n\nd"),
            ["- a\n\n- b\n\n  c\n\n", "d"]
        );
        assert_eq!(
            cut("1. a\n\n2) b\n\n2020 c"),
            ["1. a\n\n2) b\n\n", "2020 c"]
        );
        assert_eq!(
            cut("- a\n\n b\n\n  c\n\n - d"),
            ["- a\n\n", " b\n\n  c\n\n - d"]
        );
        assert_eq!(cut("> a\n\n> b\n\n    c"), ["> a\n\n> b\n\n    c"]);
        assert_eq!(
            cut("- a\n\n](/x)\n    b\n\nc"),
            ["- a\n\n](/x)\n    b\n\n", "c"]
        );
    }

    #[test]
    fn what_reaches_further_is_seen() {
        assert_eq!(
            reach("We sell `no` <b>data</b> ~at all~ [see](x): y"),
            Reach::Itself
        );
        for open in ["```\ncode", "~~~", "<!-- a", "<SCRIPT>", "x <?php", "<Pre>"] {
            assert_eq!(reach(open), Reach::Below, "{open}");
        }
        assert_eq!(reach("[terms]: http://a.b"), Reach::Document);
    }
}
