//! The text of the policy, its cursor and its window. The cursor stands on clauses; a clause longer
//! than the window scrolls line by line before the cursor goes on.

use crate::model::{ClauseId, Policy, TextRange};
use crate::tui::scroll::Scroll;
use crate::tui::text::{Layout, Part};
use std::ops::Range;

/// A place where the cursor can stand: a clause, or a block that holds none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stop {
    pub(super) block: u32,
    pub(super) text: TextRange,
    pub(super) clause: Option<ClauseId>,
    pub(super) lines: Range<usize>,
}

/// The laid-out text with its cursor.
#[derive(Debug, Default)]
pub(super) struct Pane {
    layout: Layout,
    stops: Vec<Stop>,
    cursor: usize,
    scroll: Scroll,
}

impl Pane {
    /// Lays the parts out anew. The clause under the cursor, or the first one after it that is still
    /// there, stays under the cursor, and what is seen of it on its row of the screen.
    pub(super) fn lay(&mut self, policy: &Policy, parts: &[Part], width: usize, height: usize) {
        let (at, seen, row) = self.place();
        self.layout = Layout::of_parts(policy, parts, width);
        self.stops = stops(policy, parts, &self.layout);
        self.scroll.resize(self.layout.lines().len(), height);
        self.cursor = self.stop_at(at);
        let Some(stop) = self.current() else {
            return;
        };
        let lines = stop.lines.clone();
        let inside = self
            .layout
            .lines_of(stop.block, TextRange::new(seen, seen + 1));
        let seen = stop.text.contains(u32::try_from(seen).unwrap_or(u32::MAX));
        let line = if seen { inside.start } else { lines.start };
        self.scroll.place(line, row.min(height.saturating_sub(1)));
        if lines.len() < height && lines.end > self.scroll.visible().end {
            self.scroll.reveal(lines);
        }
    }

    /// Where the clause under the cursor begins in the text, the first byte of it that is seen, and on
    /// which row of the window that is.
    fn place(&self) -> (u32, usize, usize) {
        let Some(stop) = self.current() else {
            return (0, 0, 0);
        };
        let top = self.scroll.top();
        let seen = stop.lines.start.max(top);
        let mut segments = self.layout.segments(seen).iter();
        let first = segments.find(|segment| segment.text.overlaps(stop.text));
        let at = first.map_or(stop.text.start, |segment| {
            segment.text.start.max(stop.text.start)
        });
        (stop.text.start, at as usize, seen - top)
    }

    pub(super) fn layout(&self) -> &Layout {
        &self.layout
    }

    pub(super) fn scroll(&self) -> &Scroll {
        &self.scroll
    }

    /// The stop under the cursor.
    pub(super) fn current(&self) -> Option<&Stop> {
        self.stops.get(self.cursor)
    }

    /// The stop that holds, or follows, a place in the text; the last one after all.
    fn stop_at(&self, at: u32) -> usize {
        let stop = self.stops.partition_point(|stop| stop.text.end <= at);
        stop.min(self.stops.len().saturating_sub(1))
    }

    fn to(&mut self, stop: usize) {
        self.cursor = stop.min(self.stops.len().saturating_sub(1));
        if let Some(lines) = self.current().map(|stop| stop.lines.clone()) {
            self.scroll.reveal(lines);
        }
    }

    /// Puts the cursor on the clause at a place in the text, and shows that place.
    pub(super) fn show(&mut self, range: TextRange) {
        let stop = self.stop_at(range.start);
        self.to(stop);
        if let Some(block) = self.current().map(|stop| stop.block) {
            let lines = self.layout.lines_of(block, range);
            if !lines.is_empty() {
                self.scroll.reveal(lines);
            }
        }
    }

    /// Puts the cursor on the clause at a place in the text, and that at the top of the window.
    pub(super) fn show_at_top(&mut self, at: u32) {
        self.to(self.stop_at(at));
        if let Some(line) = self.current().map(|stop| stop.lines.start) {
            self.scroll.place(line, 1);
        }
    }

    pub(super) fn down(&mut self) {
        let below = self.scroll.visible().end;
        match self.current() {
            Some(stop) if stop.lines.end > below => self.scroll.wheel(1),
            _ if self.cursor + 1 >= self.stops.len() => self.scroll.wheel(1),
            _ => self.to(self.cursor + 1),
        }
    }

    pub(super) fn up(&mut self) {
        let top = self.scroll.top();
        match self.current() {
            Some(stop) if stop.lines.start < top => self.scroll.wheel(-1),
            _ if self.cursor == 0 => self.scroll.wheel(-1),
            _ => self.to(self.cursor - 1),
        }
    }

    /// To the first clause.
    pub(super) fn first(&mut self) {
        self.to(0);
        self.scroll.place(0, 0);
    }

    /// To the last clause.
    pub(super) fn last(&mut self) {
        self.to(usize::MAX);
        self.scroll.wheel(isize::MAX);
    }

    /// Moves the window by halves of its height, and the cursor to what is then at its top; at an
    /// end of the text, the cursor goes to that end.
    pub(super) fn page(&mut self, halves: isize) {
        let half = isize::try_from((self.scroll.height() / 2).max(1)).unwrap_or(1);
        let before = self.scroll.top();
        self.scroll.wheel(half.saturating_mul(halves));
        if self.scroll.top() == before {
            return if halves > 0 {
                self.last()
            } else {
                self.first()
            };
        }
        let top = self.scroll.top();
        let stop = self.stops.partition_point(|stop| stop.lines.start < top);
        self.cursor = stop.min(self.stops.len().saturating_sub(1));
    }

    /// Moves the window by rows; the cursor stays unless it would leave it.
    pub(super) fn wheel(&mut self, rows: isize) {
        self.scroll.wheel(rows);
        let visible = self.scroll.visible();
        let Some(stop) = self.current() else {
            return;
        };
        if stop.lines.end <= visible.start {
            let stop = self
                .stops
                .partition_point(|stop| stop.lines.start < visible.start);
            self.cursor = stop.min(self.stops.len().saturating_sub(1));
        } else if stop.lines.start >= visible.end {
            let stop = self
                .stops
                .partition_point(|stop| stop.lines.end <= visible.end);
            self.cursor = stop.saturating_sub(1);
        }
    }

    /// Puts the cursor on the clause at a column of the text and a row of the window.
    pub(super) fn click(&mut self, column: usize, row: usize) {
        let line = self.scroll.top() + row;
        let segments = self.layout.segments(line);
        let before = segments
            .iter()
            .rfind(|segment| usize::from(segment.x) <= column);
        let Some(segment) = before.or(segments.first()) else {
            return;
        };
        let (start, x) = (segment.text.start, usize::from(segment.x));
        let inside = u32::try_from(column.saturating_sub(x)).unwrap_or(0);
        // Columns count for bytes here: near enough to tell clauses on one line apart.
        let at = (start + inside).min(segment.text.end.saturating_sub(1));
        self.cursor = self.stop_at(at);
    }
}

/// The stops of the parts, in order.
fn stops(policy: &Policy, parts: &[Part], layout: &Layout) -> Vec<Stop> {
    let mut stops = Vec::with_capacity(policy.clauses.len());
    for part in parts {
        let &Part::Text { block, text } = part else {
            continue;
        };
        let mut add = |text, clause| {
            stops.push(Stop {
                block,
                text,
                clause,
                lines: layout.lines_of(block, text),
            });
        };
        let content = policy.blocks.get(block as usize);
        let clauses = content.into_iter().flat_map(|block| block.clause_ids());
        let mut any = false;
        for id in clauses {
            let clause = policy.clauses.get(id.index());
            if let Some(clause) = clause.filter(|clause| clause.text.overlaps(text)) {
                add(clause.text, Some(id));
                any = true;
            }
        }
        if !any && !text.of(&policy.text).trim().is_empty() {
            add(text, None);
        }
    }
    stops
}
