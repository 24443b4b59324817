//! One wording of a clause with marks against the one before: `We [-may-] {+will never+} share`.

use crate::compare::{Op, compare_wordings};
use crate::model::{Pair, TextRange, on_one_line};
use crate::tui::text::{sanitize, wrap};
use crate::tui::theme::Role;
use crate::tui::view::Ctx;
use ratatui::text::{Line, Span};

/// A wording as one text, and which bytes of it went or came.
#[derive(Debug, Default)]
struct Marked {
    text: String,
    /// In order and without overlap.
    marks: Vec<(TextRange, Op)>,
}

impl Marked {
    fn new(before: Option<&str>, text: &str) -> Self {
        let plain = |text: &str| on_one_line(text).into_owned();
        let (before, text) = (before.map(plain), plain(text));
        let Some(before) = before else {
            let marks = Vec::new();
            return Self { text, marks };
        };
        let mut marked = Self::default();
        for words in compare_wordings(Pair::new(&before, &text)) {
            let (range, from) = match words.op {
                Op::Delete => (words.text.left, before.as_str()),
                Op::Equal | Op::Insert => (words.text.right, text.as_str()),
            };
            if let Some(range) = range {
                marked.push(range.of(from).trim(), words.op);
            }
        }
        marked
    }

    fn push(&mut self, words: &str, op: Op) {
        if words.is_empty() {
            return;
        }
        // Marks at the end of a sentence stand right behind its last word.
        let joins =
            op == Op::Equal && !words.starts_with(|c: char| c.is_alphanumeric() || c == '(');
        if !self.text.is_empty() && !joins {
            self.text.push(' ');
        }
        let start = self.text.len();
        match op {
            Op::Equal => self.text.push_str(words),
            Op::Delete => self.text.push_str(&format!("[-{words}-]")),
            Op::Insert => self.text.push_str(&format!("{{+{words}+}}")),
        }
        if op != Op::Equal {
            self.marks
                .push((TextRange::new(start, self.text.len()), op));
        }
    }

    /// The spans of a stretch of the text.
    fn spans(&self, range: TextRange, ctx: &Ctx<'_>) -> Vec<Span<'static>> {
        let mut spans = Vec::new();
        let mut push = |start: u32, end: u32, role| {
            let text = TextRange { start, end }.of(&self.text);
            if !text.is_empty() {
                spans.push(ctx.span(role, sanitize(text).into_owned()));
            }
        };
        let mut at = range.start;
        for (mark, op) in self.marks.iter().filter(|(mark, _)| mark.overlaps(range)) {
            let (start, end) = (mark.start.max(range.start), mark.end.min(range.end));
            let came = *op == Op::Insert;
            push(at, start, Role::Text);
            push(
                start,
                end,
                if came {
                    Role::MarkAdd
                } else {
                    Role::MarkRemove
                },
            );
            at = end;
        }
        push(at, range.end, Role::Text);
        spans
    }
}

/// The lines of a wording, wrapped to a width.
pub(super) fn lines(
    before: Option<&str>,
    text: &str,
    width: usize,
    ctx: &Ctx<'_>,
) -> Vec<Line<'static>> {
    let marked = Marked::new(before, text);
    let whole = TextRange::new(0, marked.text.len());
    let ranges = wrap(&marked.text, whole, width.max(1));
    let line = |range| Line::from(marked.spans(range, ctx));
    ranges.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_and_came_is_marked() {
        let marked = |before, text| Marked::new(Some(before), text).text;
        assert_eq!(
            marked("We may share your data.", "We will never share your data."),
            "We [-may-] {+will never+} share your data."
        );
        assert_eq!(
            marked("We keep it for 12 months.", "We keep it for 24\nmonths."),
            "We keep it for [-12-] {+24+} months."
        );
        let alone = Marked::new(None, "As\tit is.");
        assert_eq!((alone.text.as_str(), alone.marks.len()), ("As | it is.", 0));
    }
}
