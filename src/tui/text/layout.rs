//! A policy laid out for a width: its visual lines, each a few ranges of the text at their columns.
//! Made once a width and kept; drawing only looks up the lines that are seen.

use super::table;
use super::wrap::{wrap_code, wrap_with};
use crate::model::{Block, BlockKind, Marker, Policy, TextRange};
use std::ops::Range;

/// Columns by which each level of nesting moves to the right.
const NEST: usize = 2;

/// A stretch of a policy that is laid out, or left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text of a block.
    Text {
        /// The block's place in [`Policy::blocks`].
        block: u32,
        /// The stretch of its text; all of it in a table row.
        text: TextRange,
    },
    /// One line that stands for clauses left out.
    Fold {
        /// The block it begins in.
        block: u32,
        /// How many clauses.
        clauses: u32,
    },
}

impl Part {
    fn block(self) -> u32 {
        match self {
            Part::Text { block, .. } | Part::Fold { block, .. } => block,
        }
    }
}

/// Every block of a policy, whole.
pub fn parts(policy: &Policy) -> Vec<Part> {
    (0_u32..)
        .zip(&policy.blocks)
        .map(|(block, content)| Part::Text {
            block,
            text: content.text,
        })
        .collect()
}

/// What a visual line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Text of a block; whether it is the first line of it.
    Text {
        /// Whether the mark of a list item stands on it.
        first: bool,
    },
    /// An empty line between blocks.
    Blank,
    /// A rule under the head of a table, so many columns wide.
    HeaderRule(u16),
    /// A line that stands for so many clauses left out.
    Fold(u32),
}

/// A visual line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The block it belongs to (a blank line: the block below).
    pub block: u32,
    /// What it is.
    pub kind: LineKind,
    /// The column at which its text begins.
    pub indent: u16,
    segments: (u32, u32),
}

/// A stretch of text at a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The column, from 0.
    pub x: u16,
    /// The text.
    pub text: TextRange,
}

/// A policy, or parts of it, laid out for a width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    width: usize,
    lines: Vec<Line>,
    segments: Vec<Segment>,
}

impl Layout {
    /// Lays out all of a policy.
    pub fn new(policy: &Policy, width: usize) -> Self {
        Self::of_parts(policy, &parts(policy), width)
    }

    /// Lays out parts of a policy, which are in order.
    pub fn of_parts(policy: &Policy, parts: &[Part], width: usize) -> Self {
        let width = width.max(1);
        let lines = policy.text.len() / width + policy.blocks.len() * 2;
        let mut builder = Builder {
            policy,
            layout: Layout {
                width,
                lines: Vec::with_capacity(lines),
                segments: Vec::with_capacity(lines),
            },
            hangs: Vec::new(),
        };
        let mut at = 0;
        while at < parts.len() {
            let before = at.checked_sub(1).map(|before| parts[before]);
            builder.space(before, parts[at]);
            at += builder.part(&parts[at..]).max(1);
        }
        builder.layout
    }

    /// The width it was laid out for.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The lines.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The stretches of text on a line, from left to right.
    pub fn segments(&self, line: usize) -> &[Segment] {
        let Some(line) = self.lines.get(line) else {
            return &[];
        };
        let (start, end) = line.segments;
        self.segments
            .get(start as usize..end as usize)
            .unwrap_or(&[])
    }

    /// The lines of a block, the blank line above it not included.
    pub fn lines_of_block(&self, block: u32) -> Range<usize> {
        let start = self.lines.partition_point(|line| line.block < block);
        let end = self.lines.partition_point(|line| line.block <= block);
        let blank = |&line: &usize| self.lines[line].kind != LineKind::Blank;
        (start..end).find(blank).unwrap_or(end)..end
    }

    /// The lines from the first to the last that hold text of a range that lies in the given block;
    /// no line when the range is not laid out.
    pub fn lines_of(&self, block: u32, range: TextRange) -> Range<usize> {
        let block = self.lines_of_block(block);
        let none = block.start..block.start;
        let lines = self.lines.get(block.clone()).unwrap_or(&[]);
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
            return none;
        };
        let (start, end) = (first.segments.0 as usize, last.segments.1 as usize);
        let segments = self.segments.get(start..end).unwrap_or(&[]);
        if segments.len() <= lines.len() {
            // One stretch a line, so they follow the text and can be looked up.
            let from = segments.partition_point(|segment| segment.text.end <= range.start);
            let to = segments.partition_point(|segment| segment.text.start < range.end);
            if from >= to {
                return none;
            }
            let line_of = |segment: usize| {
                let ends = |line: &Line| line.segments.1 as usize <= start + segment;
                block.start + lines.partition_point(ends)
            };
            return line_of(from)..line_of(to - 1) + 1;
        }
        // Cells stand beside each other: a range may be on any of the lines.
        let holds = |&line: &usize| {
            self.segments(line)
                .iter()
                .any(|segment| segment.text.overlaps(range))
        };
        let Some(first) = block.clone().find(holds) else {
            return none;
        };
        let last = block.rev().find(holds).unwrap_or(first);
        first..last + 1
    }
}

struct Builder<'a> {
    policy: &'a Policy,
    layout: Layout,
    /// For each depth, how far the text of the last item hangs behind its mark.
    hangs: Vec<usize>,
}

impl Builder<'_> {
    fn block(&self, block: u32) -> Option<&Block> {
        self.policy.blocks.get(block as usize)
    }

    /// Puts a blank line between two parts, unless they belong close together.
    fn space(&mut self, before: Option<Part>, next: Part) {
        let kind = |part: Part| self.block(part.block()).map(|block| block.kind);
        let Some(before) = before else {
            return;
        };
        let close = match (kind(before), kind(next)) {
            (_, Some(BlockKind::Heading | BlockKind::Title)) => matches!(next, Part::Fold { .. }),
            _ if matches!(before, Part::Fold { .. }) || matches!(next, Part::Fold { .. }) => true,
            (Some(BlockKind::Item), Some(BlockKind::Item)) => true,
            _ => false,
        };
        if !close {
            self.line(next.block(), LineKind::Blank, 0);
        }
    }

    /// Lays out the first of the parts, or the table it begins; how many parts that took.
    fn part(&mut self, parts: &[Part]) -> usize {
        let (block, text) = match parts.first() {
            None => return 0,
            Some(&Part::Fold { block, clauses }) => {
                self.line(block, LineKind::Fold(clauses), 0);
                return 1;
            }
            Some(&Part::Text { block, text }) => (block, text),
        };
        let Some(content) = self.block(block).cloned() else {
            return 1;
        };
        match content.kind {
            BlockKind::HeaderRow | BlockKind::Row => self.table(parts),
            BlockKind::Code => {
                let indent = self.indent(&content);
                for line in wrap_code(&self.policy.text, text, self.layout.width - indent) {
                    self.text_line(block, indent, line, false);
                }
                1
            }
            _ => {
                self.prose(block, &content, text);
                1
            }
        }
    }

    fn prose(&mut self, block: u32, content: &Block, text: TextRange) {
        let indent = self.indent(content);
        let mut first = text.start == content.text.start;
        let start = self.layout.lines.len();
        let policy = self.policy;
        wrap_with(
            &policy.text,
            text,
            self.layout.width - indent,
            &mut |line| {
                self.text_line(block, indent, line, first);
                first = false;
            },
        );
        if self.layout.lines.len() == start && content.kind == BlockKind::Item {
            self.line(block, LineKind::Text { first }, indent);
        }
    }

    /// The column at which the text of a block begins.
    fn indent(&mut self, block: &Block) -> usize {
        let depth = usize::from(block.depth);
        let hang = match (block.kind, block.marker) {
            (BlockKind::Item, Marker::Bullet) => Some(2),
            (BlockKind::Item, marker) => marker.label().map(|label| label.len() + 1),
            (BlockKind::Quote | BlockKind::Code, _) => Some(2),
            _ => None,
        };
        let outer = depth.saturating_sub(usize::from(block.kind == BlockKind::Item)) * NEST;
        if block.kind == BlockKind::Item {
            if self.hangs.len() <= depth {
                self.hangs.resize(depth + 1, 2);
            }
            if let Some(hang) = hang {
                self.hangs[depth] = hang;
            }
        }
        let fallback = if block.kind == BlockKind::Item {
            self.hangs[depth]
        } else {
            0
        };
        let indent = outer.min(self.layout.width / 4) + hang.unwrap_or(fallback);
        // Two columns are left at least, so that a wide character fits.
        let widest = (self.layout.width / 2).min(self.layout.width.saturating_sub(2));
        indent.min(widest)
    }

    /// Lays out the rows at the start of the parts; how many there are.
    fn table(&mut self, parts: &[Part]) -> usize {
        let mut rows: Vec<(u32, TextRange, bool)> = Vec::new();
        for part in parts {
            let &Part::Text { block, text } = part else {
                break;
            };
            match self.block(block).map(|block| block.kind) {
                Some(BlockKind::HeaderRow) if rows.iter().any(|row| !row.2) => break,
                Some(BlockKind::HeaderRow) => rows.push((block, text, true)),
                Some(BlockKind::Row) => rows.push((block, text, false)),
                _ => break,
            }
        }
        let ranges: Vec<TextRange> = rows.iter().map(|row| row.1).collect();
        let columns = table::columns(&self.policy.text, &ranges, self.layout.width);
        for (at, &(block, text, header)) in rows.iter().enumerate() {
            match &columns {
                Some(columns) => {
                    self.level_row(block, text, columns);
                    let ends = header && rows.get(at + 1).is_none_or(|next| !next.2);
                    if ends {
                        let width = table::total(columns);
                        let width = u16::try_from(width).unwrap_or(u16::MAX);
                        self.line(block, LineKind::HeaderRule(width), 0);
                    }
                }
                None => {
                    if at > 0 {
                        self.line(block, LineKind::Blank, 0);
                    }
                    self.stacked_row(block, text);
                }
            }
        }
        rows.len()
    }

    /// A row of a table, its cells side by side.
    fn level_row(&mut self, block: u32, text: TextRange, columns: &[usize]) {
        let mut starts = Vec::new();
        for (line, segments) in table::level(&self.policy.text, text, columns).enumerate() {
            starts.push(self.layout.segments.len());
            self.layout.segments.extend(segments);
            self.line_from(block, LineKind::Text { first: line == 0 }, 0, starts[line]);
        }
    }

    /// A row of a table that is too narrow for its columns: the cells below each other.
    fn stacked_row(&mut self, block: u32, text: TextRange) {
        let policy = self.policy;
        let width = self.layout.width;
        for (column, cell) in table::cells(&policy.text, text).into_iter().enumerate() {
            let indent = if column > 0 { NEST.min(width / 4) } else { 0 };
            let mut first = column == 0;
            wrap_with(&policy.text, cell, width - indent, &mut |line| {
                self.text_line(block, indent, line, first);
                first = false;
            });
        }
    }

    fn text_line(&mut self, block: u32, indent: usize, text: TextRange, first: bool) {
        let start = self.layout.segments.len();
        let x = u16::try_from(indent).unwrap_or(u16::MAX);
        if !text.is_empty() {
            self.layout.segments.push(Segment { x, text });
        }
        self.line_from(block, LineKind::Text { first }, indent, start);
    }

    fn line(&mut self, block: u32, kind: LineKind, indent: usize) {
        self.line_from(block, kind, indent, self.layout.segments.len());
    }

    /// Adds a line that holds the segments from `start` on.
    fn line_from(&mut self, block: u32, kind: LineKind, indent: usize, start: usize) {
        let end = self.layout.segments.len();
        let place = TextRange::new(start, end);
        self.layout.lines.push(Line {
            block,
            kind,
            indent: u16::try_from(indent).unwrap_or(u16::MAX),
            segments: (place.start, place.end),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::sample::policy;
    use crate::tui::text::{Painter, width};
    use proptest::prelude::*;

    fn shown(source: &str, columns: usize) -> String {
        let policy = policy("x", source);
        let layout = Layout::new(&policy, columns);
        let painter = Painter::plain(&policy);
        let lines: Vec<String> = (0..layout.lines().len())
            .map(|line| painter.line(&layout, line, &[]).to_string())
            .collect();
        lines.join("\n")
    }

    #[test]
    fn prose_and_lists() {
        let source = "# Policy\n\n## Use\n\nWe use data to run the site.\n\n- one long item here\n- two\n  - inner\n\n12. twelfth of them\n";
        let expected = "Policy\n\nUse\n\nWe use data to\nrun the site.\n\n• one long item\n  here\n• two\n  ◦ inner\n12. twelfth of\n    them";
        assert_eq!(shown(source, 15), expected);
    }

    #[test]
    fn tables_level_and_stacked() {
        let source = "| Data | Why |\n| IP address | To see where you are |\n";
        assert_eq!(
            shown(source, 40),
            "Data        Why\n────────────────────────────────\nIP address  To see where you are"
        );
        assert_eq!(
            shown(source, 24),
            "Data        Why\n────────────────────────\nIP address  To see where\n            you are"
        );
        assert_eq!(
            shown(source, 12),
            "Data\n  Why\n\nIP address\n  To see\n  where you\n  are"
        );
    }

    #[test]
    fn quotes_code_and_folds() {
        assert_eq!(shown("> quoted words\n", 8), "▎ quoted\n▎ words");
        assert_eq!(shown("    x  =  1\n", 20), "  x  =  1");
        let policy = policy("x", "One. Two.\n\nThree.\n");
        let parts = [
            Part::Fold {
                block: 0,
                clauses: 2,
            },
            parts(&policy)[1],
        ];
        let layout = Layout::of_parts(&policy, &parts, 20);
        assert_eq!(layout.lines().len(), 2);
        assert_eq!(layout.lines()[0].kind, LineKind::Fold(2));
        assert_eq!(layout.lines_of_block(1), 1..2);
    }

    #[test]
    fn lines_of_a_range() {
        let policy = policy("x", "First words here. Second words here.\n");
        let layout = Layout::new(&policy, 12);
        let clause = policy.clauses[1].text;
        assert_eq!(layout.lines_of(0, clause), 1..3);
    }

    fn sources() -> impl Strategy<Value = String> {
        let line = prop_oneof![
            "# [A-Za-z ]{1,30}",
            "## [A-Za-z’ ]{1,30}",
            "(- |  - |12\\. )[a-z ,.-]{0,80}",
            "\\|( [a-z日本 ]{0,30} \\|){1,5}",
            "> [a-z ]{1,60}",
            "    [a-z =]{1,60}",
            "[A-Za-z ,.’日本語é-]{1,200}",
            Just(String::new()),
        ];
        prop::collection::vec(line, 0..12).prop_map(|lines| lines.join("\n\n"))
    }

    proptest! {
        #[test]
        fn every_character_is_laid_out_once(source in sources(), columns in 1_usize..300) {
            let policy = policy("x", &source);
            let layout = Layout::new(&policy, columns);
            let mut seen = vec![0_u8; policy.text.len()];
            for line in 0..layout.lines().len() {
                let mut right = 0;
                for segment in layout.segments(line) {
                    prop_assert!(usize::from(segment.x) >= right);
                    let words = segment.text.of(&policy.text);
                    prop_assert!(!words.is_empty());
                    right = usize::from(segment.x) + width(words);
                    prop_assert!(right <= columns.max(2), "{words:?} at {}", segment.x);
                    seen[segment.text.range()].iter_mut().for_each(|n| *n += 1);
                }
                let block = &policy.blocks[layout.lines()[line].block as usize];
                for segment in layout.segments(line) {
                    prop_assert!(block.text.start <= segment.text.start);
                    prop_assert!(segment.text.end <= block.text.end);
                }
            }
            for (at, c) in policy.text.char_indices() {
                let wanted = u8::from(!c.is_whitespace());
                prop_assert!(seen[at] == wanted || wanted == 0, "{c:?} at {at}");
            }
        }
    }
}
