//! A comparison laid out: which stretch of either text stands on which row of the screen.
//!
//! Both cells of a row wrap to their column and the shorter one is padded, so that rows stay level
//! at any width. Laid out when the comparison, the width or what is folded changes; drawing only
//! looks up.

mod by_practice;
mod by_text;
mod by_topic;
mod inline;
mod lookup;

pub(super) use by_practice::{BEFORE_QUESTION, said};
pub(super) use inline::{Piece, reads_as_one};

use super::shown::Shown;
use crate::compare::{By, ChangeClass, Class, Comparison, Row, RowKind, changed_links};
use crate::model::{ClauseId, Pair, Policy, Side, TextRange};
use crate::tui::text::wrap;

/// Columns before the text of a cell: cursor, mark, space.
pub(super) const GUTTER: u16 = 3;

/// Columns between the two sides: rule, overview, rule.
pub(super) const MIDDLE: u16 = 3;

/// What a row of the screen is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// Part of a note: its place in [`Rows::notes`]; its words are the left text.
    Note(usize),
    /// The head of a topic: its place in [`Comparison::topics`], one past the last for clauses on
    /// no topic, and the first of its rows.
    Topic {
        topic: usize,
        folded: bool,
        row: usize,
    },
    /// A question, or a part of it: its place in [`Comparison::practices`], the first of its rows,
    /// and whether nothing of it is shown below; its words are the left text.
    Question {
        practice: usize,
        row: usize,
        folded: bool,
    },
    /// Part of what the sides answer, above the sentences of a row: its words are in [`said`]; whether
    /// a further row of the question begins here.
    Answer { row: usize, first: bool },
    /// Topics of which neither side speaks, or questions that neither answers; it counts as the row
    /// behind the last.
    Neither { row: usize },
    /// Rows folded away: the first, how many, and what is hidden with them.
    Fold {
        first: usize,
        rows: usize,
        hidden: Hidden,
    },
    /// Part of a row of the comparison; whether it is the first line of it.
    Cells { row: usize, first: bool },
    /// Where the ends of a moved row stand, above its text.
    Ends { row: usize },
    /// Where a link in a row led and leads now, above its text: which of those that changed.
    Link { row: usize, nth: usize },
    /// A side that is silent on a topic.
    Silent { topic: usize, side: Side },
    /// An empty row.
    Blank,
}

/// What a fold hides, of the topic alone that is shown if one is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Hidden {
    /// Clauses that are equal.
    pub(super) equal: usize,
    /// Clauses of which only a link leads elsewhere.
    pub(super) links: usize,
    /// Other changes of form.
    pub(super) form: usize,
}

/// A row of the screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) what: What,
    /// The stretch of text on either side.
    pub(super) text: Pair<Option<TextRange>>,
    /// Where both sides run together: the first of its pieces, and one past the last.
    pieces: (usize, usize),
}

impl Line {
    fn new(what: What, text: Pair<Option<TextRange>>) -> Self {
        let pieces = (0, 0);
        Self { what, text, pieces }
    }

    /// The row of the comparison of which it shows a part.
    fn part_of(&self) -> Option<usize> {
        match self.what {
            What::Cells { row, .. }
            | What::Ends { row }
            | What::Link { row, .. }
            | What::Answer { row, .. } => Some(row),
            What::Question {
                row, folded: false, ..
            } => Some(row),
            _ => None,
        }
    }
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
    /// What is to be known of the comparison, above it.
    pub(super) notes: Vec<String>,
    /// What stands on the lines where both sides run together.
    pieces: Vec<Piece>,
}

impl Rows {
    /// Lays a comparison out for the width of the view, below notes.
    pub(super) fn new(
        comparison: &Comparison,
        notes: Vec<String>,
        policies: Pair<&Policy>,
        shown: &Shown,
        (unified, width): (bool, u16),
    ) -> Self {
        let text_width = if unified {
            // The letter of the side stands before the mark, the overview behind the text.
            let column = usize::from(width.saturating_sub(GUTTER + 4)).max(1);
            Pair::new(column, column)
        } else {
            columns(width).map(|column| usize::from(column.saturating_sub(GUTTER + 1)).max(1))
        };
        let mut layout = Builder {
            comparison,
            policies,
            shown,
            width: usize::from(width),
            text_width,
            rows: Rows {
                unified,
                notes,
                ..Rows::default()
            },
        };
        layout.notes(usize::from(width.saturating_sub(4)).max(1));
        match comparison.by {
            By::Topic => layout.by_topic(),
            By::Text => layout.by_text(),
            By::Practice => layout.by_practice(),
        }
        layout.rows
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
        RowKind::Same | RowKind::Contrary => false,
        // By practice: the same answer by other figures.
        RowKind::Similar if row.class == Class::Numbers => true,
        RowKind::Similar => shown.form || shown.class == Some(ChangeClass::Similar),
        RowKind::Changed if row.class < Class::Numbers => shown.shows_form(),
        _ => true,
    }
}

/// A comparison while it is laid out.
struct Builder<'a> {
    comparison: &'a Comparison,
    policies: Pair<&'a Policy>,
    shown: &'a Shown,
    /// Columns of the whole.
    width: usize,
    /// Columns of the text of either side.
    text_width: Pair<usize>,
    rows: Rows,
}

impl Builder<'_> {
    fn notes(&mut self, width: usize) {
        for (at, note) in self.rows.notes.iter().enumerate() {
            for range in wrap(note, TextRange::new(0, note.len()), width) {
                let text = Pair::new(Some(range), None);
                self.rows.lines.push(Line::new(What::Note(at), text));
            }
        }
    }

    /// Says what there is to say instead of a comparison.
    fn note(&mut self, note: &str) {
        let text = Pair::new(Some(TextRange::new(0, note.len())), None);
        let what = What::Note(self.rows.notes.len());
        self.rows.notes.push(note.to_owned());
        self.rows.lines.push(Line::new(what, text));
    }

    /// Lays a row out: both cells beside each other, below each other, or as one running text.
    fn cells(&mut self, row: usize, stop: bool) {
        let Some(content) = self.comparison.rows.get(row) else {
            return;
        };
        let level = self.shown.level == Some(row);
        if content.partner.is_some() && (self.rows.unified || level) {
            self.push(What::Ends { row });
        }
        if self.comparison.by == By::Text {
            let links = changed_links(self.policies, content).len();
            (0..links).for_each(|nth| self.push(What::Link { row, nth }));
        }
        if stop && is_difference(content, self.shown) {
            self.rows.stops.push(self.rows.lines.len());
        }
        if !self.rows.unified {
            self.beside(row, self.both(content, level));
        } else if self.runs_together(content, level) {
            self.together(row, content);
        } else {
            self.below(row, content, self.both(content, level));
        }
    }

    /// Whether a row is shown as one text: by text, where most of it stands on both sides. What
    /// moved reads so at its new place.
    fn runs_together(&self, row: &Row, level: bool) -> bool {
        let here = level || row.partner.is_none() || !row.clauses.right.is_empty();
        self.comparison.by == By::Text && here && reads_as_one(row)
    }

    fn beside(&mut self, row: usize, both: Pair<Vec<TextRange>>) {
        for at in 0..both.left.len().max(both.right.len()) {
            let text = Pair::new(both.left.get(at).copied(), both.right.get(at).copied());
            let first = at == 0;
            self.rows
                .lines
                .push(Line::new(What::Cells { row, first }, text));
        }
    }

    fn below(&mut self, row: usize, content: &Row, both: Pair<Vec<TextRange>>) {
        let by_text = self.comparison.by == By::Text;
        let equal = matches!(content.kind, RowKind::Same | RowKind::Moved);
        let once = by_text && equal && !both.left.is_empty();
        let mut first = true;
        for side in Side::BOTH {
            if once && side == Side::Right {
                continue;
            }
            for &range in &both[side] {
                let mut text = Pair::default();
                text[side] = Some(range);
                self.rows
                    .lines
                    .push(Line::new(What::Cells { row, first }, text));
                first = false;
            }
        }
    }

    fn together(&mut self, row: usize, content: &Row) {
        let lines = inline::lines(content, self.policies, self.text_width.left);
        for (at, pieces) in lines.into_iter().enumerate() {
            let what = What::Cells {
                row,
                first: at == 0,
            };
            let mut line = Line::new(what, inline::extent(&pieces));
            let start = self.rows.pieces.len();
            self.rows.pieces.extend(pieces);
            line.pieces = (start, self.rows.pieces.len());
            self.rows.lines.push(line);
        }
    }

    /// The wrapped text of both cells; where the ends of a move stand level, the empty one holds the
    /// text of the other end.
    fn both(&self, row: &Row, level: bool) -> Pair<Vec<TextRange>> {
        let other = row.partner.filter(|_| level);
        let other = other.and_then(|at| self.comparison.rows.get(at));
        let cell = |side: Side| match other {
            Some(other) if row.clauses[side].is_empty() => self.wrapped(other, side),
            _ => self.wrapped(row, side),
        };
        Pair::new(cell(Side::Left), cell(Side::Right))
    }

    fn wrapped(&self, row: &Row, side: Side) -> Vec<TextRange> {
        let policy = self.policies[side];
        let range = |id: &ClauseId| policy.clauses.get(id.index()).map(|clause| clause.text);
        let ranges = joined(row.clauses[side].iter().filter_map(range), &policy.text);
        let wrap = |range| wrap(&policy.text, range, self.text_width[side]);
        ranges.into_iter().flat_map(wrap).collect()
    }

    fn push(&mut self, what: What) {
        self.rows.lines.push(Line::new(what, Pair::default()));
    }

    fn blank(&mut self) {
        let last = self.rows.lines.last();
        if last.is_some_and(|line| line.what != What::Blank) {
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
