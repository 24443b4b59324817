//! Repairs links that an exporter put around whole blocks, as in `[### Terms`, a blank line, and
//! `What we agree on.](https://a.org/terms)[### Cookies`.
//!
//! No link of Markdown goes on over a blank line, so these marks would be read as text that no visitor of
//! the page saw. They become white space; the text keeps its length and every offset stays true to the
//! file. Each paragraph is judged by itself: a stretch of a document is mended as it is in the whole.

use smallvec::SmallVec;
use std::borrow::Cow;
use std::ops::Range;

/// So far around a bracket its line is looked at, and the end of its target; bytes. More is only found in
/// text made to be hard.
const AROUND: usize = 4096;

/// Brackets that stand inside each other in a target.
const DEEPEST: u8 = 3;

/// What targets begin with.
const TARGETS: [&[u8]; 10] = [
    b"http://",
    b"https://",
    b"mailto:",
    b"tel:",
    b"javascript:",
    b"/",
    b"#",
    b"./",
    b"../",
    b"?",
];

/// Takes out the marks of links that were torn. Length never changes.
pub(super) fn repair(source: &str) -> Cow<'_, str> {
    let bytes = source.as_bytes();
    let mut mended = Mended { bytes, fixed: None };
    // In fenced code brackets are text, and what follows the first fence may be inside one.
    let fence = |mark: &[u8]| memchr::memmem::find(bytes, mark).unwrap_or(bytes.len());
    let bytes = &bytes[..fence(b"```").min(fence(b"~~~"))];
    // The opening brackets of the paragraph that wait for their closing ones.
    let mut open = SmallVec::<[usize; 8]>::new();
    let mut last = 0;
    for at in memchr::memchr2_iter(b'[', b']', bytes) {
        if at < last {
            continue;
        }
        if !open.is_empty() && holds_blank_line(&bytes[last..at]) {
            open.drain(..).for_each(|at| mended.opening(at));
        }
        last = at;
        match bytes[at] {
            // One that is escaped is text, and may have its closing one.
            b'[' => open.push(at),
            _ if is_escaped(bytes, at) => {}
            _ if open.pop().is_none() => mended.closing(at),
            // Brackets in a target or a title are neither.
            _ => last = target(bytes, at + 1).unwrap_or(at),
        }
    }
    open.drain(..).for_each(|at| mended.opening(at));
    match mended.fixed.map(String::from_utf8) {
        Some(Ok(text)) => Cow::Owned(text),
        _ => Cow::Borrowed(source),
    }
}

/// Whether a sign stands behind a backslash that is none itself.
fn is_escaped(bytes: &[u8], at: usize) -> bool {
    let before = bytes[..at].iter().rev().take(AROUND);
    before.take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// A text that is mended, copied when the first mark is taken out.
struct Mended<'a> {
    bytes: &'a [u8],
    fixed: Option<Vec<u8>>,
}

impl Mended<'_> {
    fn blank_out(&mut self, range: Range<usize>) -> &mut [u8] {
        let fixed = self.fixed.get_or_insert_with(|| self.bytes.to_vec());
        let blank = &mut fixed[range];
        blank.fill(b' ');
        blank
    }

    /// Takes out an opening bracket that nothing in its paragraph closes, where it can be none of the text:
    /// first in its line or behind another link, before a heading or an image. What follows takes its place,
    /// since the text of an item has to begin where the lines below it do.
    fn opening(&mut self, at: usize) {
        let (line, text) = line_before(self.bytes, at);
        let inside = text < line.len() && !line.trim_ascii_end().ends_with(b")");
        if inside || is_escaped(self.bytes, at) {
            return;
        }
        let after = &self.bytes[at + 1..self.bytes.len().min(at + AROUND)];
        let after = &after[..memchr::memchr(b'\n', after).unwrap_or(after.len())];
        let hashes = after.iter().take_while(|byte| **byte == b'#').count();
        let marks = match after {
            _ if (1..=6).contains(&hashes) && after.get(hashes) == Some(&b' ') => hashes,
            [b'!', b'[', ..] => 2,
            _ => return,
        };
        self.blank_out(at..at + 1);
        if let Some(fixed) = &mut self.fixed {
            fixed[at..=at + marks].rotate_left(1);
        }
    }

    /// Takes out a closing bracket that nothing in its paragraph opened, with the target behind it. Words or
    /// a link that follow in the line are a block of its own.
    fn closing(&mut self, at: usize) {
        let (line, text) = line_before(self.bytes, at);
        // In code, or in an address in angle brackets.
        let is_open = |mark| memchr::memchr(mark, line).is_some();
        let Some(end) = target(self.bytes, at + 1).filter(|_| !is_open(b'`') && !is_open(b'<'))
        else {
            return;
        };
        let mut rest = self.bytes[end..].iter().skip_while(|byte| **byte == b' ');
        let next = rest.next().copied().unwrap_or(b'\n');
        let goes_on = next.is_ascii_alphabetic() || matches!(next, b'[' | b'!' | 0x80..);
        // How far a tab reaches is left open.
        let can_break = goes_on && memchr::memchr(b'\t', line).is_none();
        let blank = self.blank_out(at..end);
        if can_break && let Some(breaks) = blank.len().checked_sub(text + 2) {
            blank[breaks..breaks + 2].fill(b'\n');
        }
    }
}

/// Whether two line ends follow each other with nothing visible between them.
fn holds_blank_line(text: &[u8]) -> bool {
    let blank = |end: usize| {
        let below = &text[end + 1..];
        let next = below
            .iter()
            .find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
        next == Some(&b'\n')
    };
    memchr::memchr_iter(b'\n', text).any(blank)
}

/// One past the bracket that closes the target of a link, and its title, which opens at `open`.
fn target(bytes: &[u8], open: usize) -> Option<usize> {
    let inside = bytes.get(open..)?.strip_prefix(b"(")?;
    let inside = &inside[..inside.len().min(AROUND)];
    if !TARGETS.iter().any(|start| inside.starts_with(start)) {
        return None;
    }
    let (mut depth, mut title) = (0, None);
    for (place, byte) in inside.iter().enumerate() {
        match (byte, title) {
            (b'\n', _) => return None,
            (b' ', None) => title = Some(*inside.get(place + 1).filter(|next| is_quote(**next))?),
            (b'(', None) if depth == DEEPEST => return None,
            (b'(', None) => depth += 1,
            (b')', None) if depth > 0 => depth -= 1,
            (b')', None) => return Some(open + 1 + place + 1),
            (quote, Some(mark)) if *quote == mark && inside.get(place + 1) == Some(&b')') => {
                return Some(open + 1 + place + 2);
            }
            _ => {}
        }
    }
    None
}

fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'')
}

/// The line before a place, and how far in its text begins, behind the marker of its item.
fn line_before(bytes: &[u8], at: usize) -> (&[u8], usize) {
    let line = &bytes[at.saturating_sub(AROUND)..at];
    let line = memchr::memrchr(b'\n', line).map_or(line, |end| &line[end + 1..]);
    let spaces = |line: &[u8]| line.iter().take_while(|byte| **byte == b' ').count();
    let margin = spaces(line);
    let digits = line[margin..]
        .iter()
        .take_while(|byte| byte.is_ascii_digit());
    let marker = margin + digits.count() + 1;
    let marks_item = matches!(line.get(marker - 1), Some(b'*' | b'-' | b'+' | b'.' | b')'));
    let gap = line.get(marker..).map_or(0, spaces);
    let text = if marks_item && gap > 0 {
        marker + gap
    } else {
        margin
    };
    (line, text)
}

#[cfg(test)]
mod tests {
    use super::repair;

    #[test]
    fn marks_around_whole_blocks_are_no_text() {
        let page = "[### Terms\n\nWhat we agree on.](https://a.org/terms)[### Cookies\n\nSmall (files).](/c \"Co\")\n\nEnd.";
        assert_eq!(
            repair(page),
            "###  Terms\n\nWhat we agree on.                    \n\n###  Cookies\n\nSmall (files).          \n\nEnd."
        );
        let image = "[![](/a.png)\n\nRead more](/b(1)c#d)\n\nLast\n\n](mailto:a@b.org)";
        assert_eq!(
            repair(image),
            "![ ](/a.png)\n\nRead more           \n\nLast\n\n                 "
        );
    }

    #[test]
    fn what_follows_in_an_item_stays_in_it() {
        assert_eq!(
            repair("*   [### A\n\n    Text.](https://a.org)[### B\n\n    More.](/b)"),
            "*   ###  A\n\n    Text.          \n\n    ###  B\n\n    More.     "
        );
        assert_eq!(repair("1.  A](/aaaaaa)B"), "1.  A    \n\n    B");
    }

    #[test]
    fn whole_links_and_brackets_of_the_text_stay() {
        for text in [
            "A [link](https://a.org) and [one over\ntwo lines](/b \"title\").",
            "[![](/a.png)](/b)",
            "A \\[mark\\](/x) and a] b](c) and ](no target).",
            "[Draft. Not closed",
            "costs $[\n\nand more",
            "[\n\nName\n\n]",
            "See [a](/b \"x ](/c) y\") and `](/x)` and <https://a.org/b](/c)>.",
            "\\[Draft](/draft/one) or C:\\\\[docs](/y), ranked](#1 in the UK for data)",
            "A list [a, b\n\nof two] (see below)",
            "Half ](https://a.org",
            "[1]: /defined\n\n[1] and [text][1]",
            "```\n[\n\n](/a)\n```\n\n](/b)",
        ] {
            assert_eq!(repair(text), text);
        }
    }

    #[test]
    fn the_length_never_changes() {
        for page in [
            "](/a)](/b)](/c)x",
            "[\n\n](/é)[\n",
            "[[[\n\n]]](#)",
            "- ](?a)- b",
        ] {
            assert_eq!(repair(page).len(), page.len());
        }
        let many = "](https://a".repeat(100_000);
        assert_eq!(repair(&many), many);
    }
}
