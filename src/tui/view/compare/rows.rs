//! A comparison laid out: which stretch of either text stands on which row of the screen.
//!
//! Both cells of a row wrap to their column and the shorter one is padded, so that rows stay level
//! at any width. Laid out when the comparison, the width or what is folded changes; drawing only
//! looks up.

use crate::compare::{By, Class, Comparison, Row, RowKind, Verdict};
use crate::model::{BlockKind, ClauseId, Pair, Policy, Side, TextRange, Topic};
use crate::tui::text::wrap;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Columns before the text of a cell: cursor, mark, space.
pub(super) const GUTTER: u16 = 3;

/// Columns between the two sides: rule, overview, rule.
pub(super) const MIDDLE: u16 = 3;

/// What a row of the screen is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// Part of a note: its place in [`Comparison::notes`]; its words are the left text.
    Note(usize),
    /// The head of a topic: its place in [`Comparison::topics`], and the first of its rows.
    Topic {
        topic: usize,
        folded: bool,
        row: usize,
    },
    /// Topics of which neither side speaks.
    Neither,
    /// Rows folded away: the first, how many, and how many of those are changes of form.
    Fold {
        first: usize,
        rows: usize,
        form: usize,
    },
    /// Part of a row of the comparison; whether it is the first line of it.
    Cells { row: usize, first: bool },
    /// A side that is silent on a topic.
    Silent { topic: usize, side: Side },
    /// An empty row.
    Blank,
}

/// A row of the screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) what: What,
    /// The stretch of text on either side.
    pub(super) text: Pair<Option<TextRange>>,
}

/// What of a comparison is shown, and how.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    /// Only this topic.
    pub(super) topic: Option<Topic>,
    /// Also changes of form.
    pub(super) form: bool,
    /// One column, whatever the width.
    pub(super) unified: bool,
    /// Everything folded out.
    pub(super) all: bool,
    /// What is folded out, by the first row of the comparison in it.
    pub(super) open: FxHashSet<usize>,
}

/// A comparison laid out.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) lines: Vec<Line>,
    /// Lines at which a difference begins, in order.
    pub(super) stops: Vec<usize>,
    /// Lines at which a topic or section begins, in order.
    pub(super) heads: Vec<usize>,
    /// Whether the sides stand below each other.
    pub(super) unified: bool,
}

impl Rows {
    /// Lays a comparison out for the width of the view.
    pub(super) fn new(
        comparison: &Comparison,
        policies: Pair<&Policy>,
        shown: &Shown,
        unified: bool,
        width: u16,
    ) -> Self {
        let text_width = if unified {
            // The letter of the side stands before the mark.
            let column = usize::from(width.saturating_sub(GUTTER + 3)).max(1);
            Pair::new(column, column)
        } else {
            columns(width).map(|column| usize::from(column.saturating_sub(GUTTER + 1)).max(1))
        };
        let mut layout = Builder {
            comparison,
            policies,
            shown,
            text_width,
            rows: Rows {
                unified,
                ..Rows::default()
            },
        };
        layout.notes(usize::from(width.saturating_sub(4)).max(1));
        match comparison.by {
            By::Topic => layout.by_topic(),
            By::Text => layout.by_text(),
        }
        layout.rows
    }

    /// The row of the comparison that a line belongs to.
    pub(super) fn row_at(&self, line: usize) -> Option<usize> {
        match self.lines.get(line)?.what {
            What::Cells { row, .. } => Some(row),
            What::Fold { first, .. } => Some(first),
            What::Topic { row, .. } => Some(row),
            _ => None,
        }
    }

    /// The lines that belong together with the given one.
    pub(super) fn group(&self, line: usize) -> Range<usize> {
        let Some(What::Cells { row, .. }) = self.lines.get(line).map(|line| line.what) else {
            return line..line + 1;
        };
        let same =
            |line: &Line| matches!(line.what, What::Cells { row: other, .. } if other == row);
        let before = self.lines[..line]
            .iter()
            .rev()
            .take_while(|line| same(line))
            .count();
        let after = self.lines[line..]
            .iter()
            .take_while(|line| same(line))
            .count();
        line - before..line + after
    }

    /// The line at which a row of the comparison begins, if it is shown; else that of the fold or
    /// the next row after it.
    pub(super) fn line_of(&self, row: usize) -> usize {
        let is_it = |line: &Line| matches!(line.what, What::Cells { row: at, .. } if at == row);
        if let Some(line) = self.lines.iter().position(is_it) {
            return line;
        }
        let reaches = |line: &Line| match line.what {
            What::Cells { row: at, .. } => at >= row,
            What::Fold { first, rows, .. } => first + rows > row,
            _ => false,
        };
        self.lines
            .iter()
            .position(reaches)
            .unwrap_or(self.lines.len().saturating_sub(1))
    }

    /// The next line at which the cursor rests, `down` or up from a line.
    pub(super) fn next_rest(&self, from: usize, down: bool) -> usize {
        let rests = |line: &Line| match line.what {
            What::Cells { first, .. } => first,
            What::Topic { .. } | What::Fold { .. } | What::Neither => true,
            What::Silent { .. } | What::Blank | What::Note(_) => false,
        };
        let found = if down {
            let after = self.lines.get(from + 1..).unwrap_or(&[]);
            after.iter().position(rests).map(|i| from + 1 + i)
        } else {
            self.lines
                .get(..from)
                .unwrap_or(&[])
                .iter()
                .rposition(rests)
        };
        found.unwrap_or(from)
    }
}

/// The columns of the two sides at a width.
pub(super) fn columns(width: u16) -> Pair<u16> {
    let left = width.saturating_sub(MIDDLE) / 2;
    Pair::new(left, width.saturating_sub(MIDDLE + left))
}

/// Whether a row is a difference that a reader looks for.
pub(super) fn is_difference(row: &Row, shown: &Shown) -> bool {
    match row.kind {
        RowKind::Same | RowKind::Similar => false,
        RowKind::Changed => row.class > Class::Formatting || shown.form,
        _ => true,
    }
}

fn is_form(row: &Row) -> bool {
    row.kind == RowKind::Changed && row.class <= Class::Formatting
}

struct Builder<'a> {
    comparison: &'a Comparison,
    policies: Pair<&'a Policy>,
    shown: &'a Shown,
    text_width: Pair<usize>,
    rows: Rows,
}

impl Builder<'_> {
    fn notes(&mut self, width: usize) {
        for (at, note) in self.comparison.notes.iter().enumerate() {
            for range in wrap(note, TextRange::new(0, note.len()), width) {
                let text = Pair::new(Some(range), None);
                self.rows.lines.push(Line {
                    what: What::Note(at),
                    text,
                });
            }
        }
    }

    fn by_topic(&mut self) {
        let mut neither = false;
        for (index, verdict) in self.comparison.topics.iter().enumerate() {
            if self.shown.topic.is_some_and(|topic| topic != verdict.topic) {
                continue;
            }
            if verdict.verdict == Verdict::Neither && self.shown.topic.is_none() {
                neither = true;
                continue;
            }
            self.topic(index, verdict.verdict, verdict.rows.clone());
        }
        if neither {
            self.blank();
            self.rows.heads.push(self.rows.lines.len());
            self.push(What::Neither);
        }
    }

    fn topic(&mut self, index: usize, verdict: Verdict, rows: Range<usize>) {
        // Only what is the same word for word may be out of sight.
        let equal = rows.clone().all(|row| {
            self.comparison
                .rows
                .get(row)
                .is_none_or(|row| row.kind == RowKind::Same)
        });
        let foldable = verdict == Verdict::Same && equal && self.shown.topic.is_none();
        let folded = foldable && !self.shown.all && !self.shown.open.contains(&rows.start);
        self.blank();
        self.rows.heads.push(self.rows.lines.len());
        self.push(What::Topic {
            topic: index,
            folded,
            row: rows.start,
        });
        if folded {
            return;
        }
        let mut last = None;
        for row in rows.clone() {
            let Some(content) = self.comparison.rows.get(row) else {
                continue;
            };
            let two_sided = !content.clauses.left.is_empty() && !content.clauses.right.is_empty();
            if last.is_some_and(|kind| kind != content.kind || two_sided) {
                self.blank();
            }
            let starts = last != Some(content.kind) || two_sided;
            last = Some(content.kind);
            self.cells(row, starts);
        }
        let silent = |side: Side| {
            rows.clone().all(|row| {
                self.comparison
                    .rows
                    .get(row)
                    .is_none_or(|row| row.clauses[side].is_empty())
            })
        };
        for side in Side::BOTH {
            if silent(side) {
                self.not_stated(index, side);
            }
        }
    }

    /// Says beside the first line of a topic that a side is silent; below it in one column.
    fn not_stated(&mut self, topic: usize, side: Side) {
        let head = self.rows.heads.last().copied().unwrap_or(0);
        let beside = self.rows.lines.get(head + 1).map(|line| line.what);
        if let (Some(What::Cells { .. }), false) = (beside, self.rows.unified) {
            // The first cell of that side is empty: the words go there when it is drawn.
            return;
        }
        self.push(What::Silent { topic, side });
    }

    fn by_text(&mut self) {
        let mut row = 0;
        let mut block = Pair::<Option<u32>>::default();
        while row < self.comparison.rows.len() {
            let end = self.fold_end(row);
            if end > row && !self.is_open(row) {
                self.fold(row, end);
                row = end;
                block = Pair::default();
                continue;
            }
            // A folded-out run is shown row by row up to its end.
            let until = end.max(row + 1);
            for at in row..until {
                self.text_row(at, &mut block);
            }
            row = until;
        }
    }

    fn text_row(&mut self, row: usize, block: &mut Pair<Option<u32>>) {
        let Some(content) = self.comparison.rows.get(row) else {
            return;
        };
        if self
            .shown
            .topic
            .is_some_and(|topic| !self.is_on(content, topic))
        {
            return;
        }
        let here = Pair::new(
            self.block_of(content, Side::Left),
            self.block_of(content, Side::Right),
        );
        let new = |side: Side| here[side].is_some() && here[side] != block[side];
        if new(Side::Left) || new(Side::Right) {
            self.blank();
        }
        for side in Side::BOTH {
            block[side] = here[side].or(block[side]);
        }
        if self.is_heading(content) {
            self.rows.heads.push(self.rows.lines.len());
        }
        // A run of additions, or of removals, is one difference to step to.
        let before = self
            .rows
            .lines
            .iter()
            .rev()
            .find_map(|line| match line.what {
                What::Cells { row, .. } => Some(row),
                What::Blank => None,
                _ => Some(usize::MAX),
            });
        let goes_on = before
            .and_then(|before| self.comparison.rows.get(before))
            .is_some_and(|before| {
                before.kind == content.kind
                    && matches!(content.kind, RowKind::Added | RowKind::Removed)
            });
        self.cells(row, !goes_on);
    }

    fn is_on(&self, row: &Row, topic: Topic) -> bool {
        row.topic == Some(topic)
            || self
                .comparison
                .topics
                .iter()
                .filter(|t| t.topic == topic)
                .any(|t| {
                    Side::BOTH.iter().any(|&side| {
                        row.clauses[side]
                            .iter()
                            .any(|id| t.clauses[side].binary_search(id).is_ok())
                    })
                })
    }

    fn first_clause(&self, row: &Row, side: Side) -> Option<&crate::model::Clause> {
        self.policies[side]
            .clauses
            .get(row.clauses[side].first()?.index())
    }

    fn block_of(&self, row: &Row, side: Side) -> Option<u32> {
        self.first_clause(row, side).map(|clause| clause.block)
    }

    fn is_heading(&self, row: &Row) -> bool {
        Side::BOTH.iter().any(|&side| {
            let block = self.block_of(row, side);
            let block = block.and_then(|at| self.policies[side].blocks.get(at as usize));
            block.is_some_and(|block| matches!(block.kind, BlockKind::Heading | BlockKind::Title))
        })
    }

    fn is_open(&self, row: usize) -> bool {
        self.shown.all || self.shown.open.contains(&row)
    }

    /// One past the last row that folds away together with this one; the row itself when it does
    /// not fold.
    fn fold_end(&self, row: usize) -> usize {
        let folds = |row: &Row| row.kind == RowKind::Same || (is_form(row) && !self.shown.form);
        let rows = &self.comparison.rows[row..];
        row + rows.iter().take_while(|row| folds(row)).count()
    }

    fn fold(&mut self, first: usize, end: usize) {
        let rows = &self.comparison.rows[first..end];
        let on = |row: &&Row| self.shown.topic.is_none_or(|topic| self.is_on(row, topic));
        if !rows.iter().any(|row| on(&row)) {
            return;
        }
        let form = rows.iter().filter(|row| is_form(row)).count();
        self.blank();
        self.push(What::Fold {
            first,
            rows: end - first,
            form,
        });
    }

    /// Lays a row out: the lines of both cells beside each other, or below each other.
    fn cells(&mut self, row: usize, stop: bool) {
        let Some(content) = self.comparison.rows.get(row) else {
            return;
        };
        if stop && is_difference(content, self.shown) {
            self.rows.stops.push(self.rows.lines.len());
        }
        let both = Pair::new(
            self.wrapped(content, Side::Left),
            self.wrapped(content, Side::Right),
        );
        let mut first = true;
        if self.rows.unified {
            for side in Side::BOTH {
                let repeats = content.kind == RowKind::Same
                    && side == Side::Right
                    && !both.left.is_empty()
                    && self.comparison.by == By::Text;
                if repeats {
                    continue;
                }
                for &range in &both[side] {
                    let mut text = Pair::default();
                    text[side] = Some(range);
                    self.rows.lines.push(Line {
                        what: What::Cells { row, first },
                        text,
                    });
                    first = false;
                }
            }
            return;
        }
        for at in 0..both.left.len().max(both.right.len()) {
            let text = Pair::new(both.left.get(at).copied(), both.right.get(at).copied());
            self.rows.lines.push(Line {
                what: What::Cells { row, first },
                text,
            });
            first = false;
        }
    }

    fn wrapped(&self, row: &Row, side: Side) -> Vec<TextRange> {
        let policy = self.policies[side];
        let range = |id: &ClauseId| policy.clauses.get(id.index()).map(|clause| clause.text);
        let ranges = joined(row.clauses[side].iter().filter_map(range), &policy.text);
        let wrap = |range| wrap(&policy.text, range, self.text_width[side]);
        ranges.into_iter().flat_map(wrap).collect()
    }

    fn push(&mut self, what: What) {
        self.rows.lines.push(Line {
            what,
            text: Pair::default(),
        });
    }

    fn blank(&mut self) {
        if self
            .rows
            .lines
            .last()
            .is_some_and(|line| line.what != What::Blank)
        {
            self.push(What::Blank);
        }
    }
}

/// Clauses that follow one another in a paragraph wrap as one text.
fn joined(ranges: impl Iterator<Item = TextRange>, text: &str) -> Vec<TextRange> {
    let mut joined: Vec<TextRange> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last)
                if last.end <= range.start
                    && TextRange {
                        start: last.end,
                        end: range.start,
                    }
                    .of(text)
                    .bytes()
                    .all(|b| b == b' ') =>
            {
                last.end = range.end;
            }
            _ => joined.push(range),
        }
    }
    joined
}
