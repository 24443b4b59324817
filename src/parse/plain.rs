//! Plain text → raw blocks: paragraphs between blank lines, bullets, underlined headings.

use super::builder::{Builder, Inline, Raw, RawBlock, RawKind};
use crate::model::{Marker, Span, TextRange};

/// A line that is longer than this ends its paragraph by choice, not because it was wrapped.
const HARD_WRAP: usize = 100;

/// Parses `source` from byte `from` on.
pub(super) fn parse(source: &str, from: usize) -> Raw {
    let lines = lines(source, from);
    let mut builder = Builder::default();
    let mut lists = Lists::default();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        if line.text.is_empty() {
            builder.close(line.span.end);
            continue;
        }
        if is_rule(line.text) {
            builder.close(line.span.end);
            continue;
        }
        let underlined = lines.get(at).and_then(|next| underline(next.text));
        let bullet = bullet(line.text);
        let kind = match (underlined, &bullet) {
            (Some(level), None) if !builder.is_open() => RawKind::Heading(level),
            (_, Some(_)) => RawKind::Item,
            _ => RawKind::Paragraph,
        };
        let (marker, text, skip) = bullet.unwrap_or((Marker::None, line.text, 0));
        let new_block =
            !builder.is_open() || kind != RawKind::Paragraph || starts_afresh(&lines, at - 1);
        if new_block {
            let (depth, list) = lists.place(kind, line.indent, marker);
            let block = RawBlock {
                kind,
                text: TextRange::default(),
                span: line.span,
                depth,
                marker,
                list,
                lone_item: false,
                first_row: false,
            };
            builder.open(block);
        } else {
            builder.push(" ", Span::default(), Inline::default());
        }
        let start = line.span.start as usize + skip;
        builder.push(
            text,
            Span::new(start, start + text.len()),
            Inline::default(),
        );
        if matches!(kind, RawKind::Heading(_)) {
            builder.close(line.span.end);
            at += 1;
        }
    }
    builder.finish(source.len())
}

struct Line<'a> {
    /// Without surrounding white space.
    text: &'a str,
    /// Where `text` stands.
    span: Span,
    /// Columns before it; a tab counts four.
    indent: usize,
}

fn lines(source: &str, from: usize) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut start = from;
    for line in source[from..].split_inclusive('\n') {
        let text = line.trim();
        let lead = line.len() - line.trim_start().len();
        let indent = line[..lead]
            .chars()
            .map(|c| if c == '\t' { 4 } else { 1 })
            .sum();
        let at = start + lead;
        lines.push(Line {
            text,
            span: Span::new(at, at + text.len()),
            indent,
        });
        start += line.len();
    }
    lines
}

/// Whether the line at `at` starts a new paragraph although no blank line stands before it: the
/// line before it is a short label, or too long to have been wrapped.
fn starts_afresh(lines: &[Line<'_>], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|i| lines.get(i)) else {
        return true;
    };
    let width = before.text.chars().count();
    width > HARD_WRAP || (width < 40 && before.text.ends_with(':'))
}

fn is_rule(text: &str) -> bool {
    text.len() >= 3
        && text
            .bytes()
            .all(|b| matches!(b, b'-' | b'=' | b'_' | b'*' | b'~' | b' '))
}

fn underline(text: &str) -> Option<u8> {
    let of = |mark: u8| text.len() >= 3 && text.bytes().all(|b| b == mark);
    if of(b'=') {
        Some(1)
    } else if of(b'-') {
        Some(2)
    } else {
        None
    }
}

/// A bullet at the start of a line: the marker, the text after it, and how many bytes it takes.
fn bullet(text: &str) -> Option<(Marker, &str, usize)> {
    let mark = text.chars().next()?;
    if !matches!(
        mark,
        '-' | '*' | '+' | '•' | '·' | '‣' | '▪' | '◦' | '–' | 'o' | '\u{f0b7}'
    ) {
        return None;
    }
    let rest = &text[mark.len_utf8()..];
    let body = rest.trim_start();
    if body.is_empty() || body.len() == rest.len() && mark != '•' {
        return None;
    }
    Some((Marker::Bullet, body, text.len() - body.len()))
}

/// Keeps count of lists, and how deep an indent is.
#[derive(Default)]
struct Lists {
    count: u32,
    indents: Vec<usize>,
}

impl Lists {
    fn place(&mut self, kind: RawKind, indent: usize, marker: Marker) -> (u8, u32) {
        if kind != RawKind::Item || marker == Marker::None {
            self.indents.clear();
            return (0, 0);
        }
        if self.indents.is_empty() {
            self.count += 1;
        }
        self.indents.retain(|&open| open < indent);
        self.indents.push(indent);
        let depth = self
            .indents
            .len()
            .min(usize::from(super::markdown::MAX_DEPTH));
        (u8::try_from(depth).unwrap_or(1), self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> Vec<String> {
        let raw = parse(source, 0);
        let line = |block: &RawBlock| {
            format!(
                "{:?} {} {}",
                block.kind,
                block.depth,
                block.text.of(&raw.text)
            )
        };
        raw.blocks.iter().map(line).collect()
    }

    #[test]
    fn wrapped_lines_join_and_bullets_stand_alone() {
        let source = "PRIVACY\n=======\n\nWe keep\nyour data.\n\nWe collect:\n- name\n- mail\n  address\n  * work\n\nEnd.";
        assert_eq!(
            shown(source),
            [
                "Heading(1) 0 PRIVACY",
                "Paragraph 0 We keep your data.",
                "Paragraph 0 We collect:",
                "Item 1 name",
                "Item 1 mail address",
                "Item 2 work",
                "Paragraph 0 End.",
            ]
        );
    }

    #[test]
    fn asterisks_and_angle_brackets_are_only_text() {
        assert_eq!(
            shown("We *never* sell <data>_x_."),
            ["Paragraph 0 We *never* sell <data>_x_."]
        );
    }
}
