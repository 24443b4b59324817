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
        if at.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b'\\') {
            continue;
        }
        if !open.is_empty() && holds_blank_line(&bytes[last..at]) {
            open.drain(..).for_each(|at| mended.opening(at));
        }
        last = at;
        match bytes[at] {
            b'[' => open.push(at),
            _ if open.pop().is_none() => mended.closing(at),
            _ => {}
        }
    }
    open.drain(..).for_each(|at| mended.opening(at));
    match mended.fixed.map(String::from_utf8) {
        Some(Ok(text)) => Cow::Owned(text),
        _ => Cow::Borrowed(source),
    }
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
    /// first in its line or behind another link, before a heading, an image, or nothing. What follows takes
    /// its place, since the text of an item has to begin where the lines below it do.
    fn opening(&mut self, at: usize) {
        let (line, text) = line_before(self.bytes, at);
        if text < line.len() && !line.trim_ascii_end().ends_with(b")") {
            return;
        }
        let after = &self.bytes[at + 1..self.bytes.len().min(at + AROUND)];
        let after = &after[..memchr::memchr(b'\n', after).unwrap_or(after.len())];
        let hashes = after.iter().take_while(|byte| **byte == b'#').count();
        let marks = match after {
            _ if (1..=6).contains(&hashes) && after.get(hashes) == Some(&b' ') => hashes,
            [b'!', b'[', ..] => 2,
            _ if after.trim_ascii().is_empty() && line.trim_ascii().is_empty() => 0,
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
        let Some(end) = target(self.bytes, at + 1) else {
            return;
        };
        let mut rest = self.bytes[end..].iter().skip_while(|byte| **byte == b' ');
        let next = rest.next().copied().unwrap_or(b'\n');
        let goes_on = next.is_ascii_alphabetic() || matches!(next, b'[' | b'!' | 0x80..);
        let (_, text) = line_before(self.bytes, at);
        let blank = self.blank_out(at..end);
        if goes_on && let Some(breaks) = blank.len().checked_sub(text + 2) {
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

/// One past the bracket that closes the target of a link, which opens at `open`.
fn target(bytes: &[u8], open: usize) -> Option<usize> {
    let inside = bytes.get(open..)?.strip_prefix(b"(")?;
    let inside = &inside[..inside.len().min(AROUND)];
    if !TARGETS.iter().any(|start| inside.starts_with(start)) {
        return None;
    }
    let mut depth = 0_usize;
    for (place, byte) in inside.iter().enumerate() {
        match byte {
            b'\n' => return None,
            b'(' => depth += 1,
            b')' if depth > 0 => depth -= 1,
            b')' => return Some(open + 1 + place + 1),
            _ => {}
        }
    }
    None
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
        let image = "[![](/a.png)\n\nRead more](/b(1)c#d)\n\n[\n\nLast\n\n](mailto:a@b.org)";
        assert_eq!(
            repair(image),
            "![ ](/a.png)\n\nRead more           \n\n \n\nLast\n\n                 "
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
