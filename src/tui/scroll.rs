//! Where a view stands in its rows: the first row shown, and the row under the cursor.

use super::action::Action;
use std::ops::Range;

/// Rows kept visible above and below the cursor where there are as many.
const MARGIN: usize = 2;

/// A window over rows with a cursor that is always inside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scroll {
    top: usize,
    cursor: usize,
    rows: usize,
    height: usize,
}

impl Scroll {
    /// Takes over the number of rows and how many are shown; the cursor stays where it can.
    pub fn resize(&mut self, rows: usize, height: usize) {
        self.rows = rows;
        self.height = height;
        self.to(self.cursor);
    }

    /// The first row shown.
    pub fn top(&self) -> usize {
        self.top
    }

    /// The row under the cursor.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many rows are shown at a time.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The rows shown.
    pub fn visible(&self) -> Range<usize> {
        self.top..self.rows.min(self.top + self.height)
    }

    /// How far through the rows the window is, from 0 to 100.
    pub fn percent(&self) -> usize {
        let hidden = self.rows.saturating_sub(self.height);
        (self.top * 100)
            .checked_div(hidden)
            .map_or(100, |p| p.min(100))
    }

    /// Moves the cursor to a row, and the window so that it is seen with some rows around it.
    pub fn to(&mut self, row: usize) {
        self.cursor = row.min(self.rows.saturating_sub(1));
        self.reveal(self.cursor..self.cursor + 1);
    }

    /// Moves the window so that the rows are seen with a margin: all if they fit, else the first of
    /// them. The cursor stays.
    pub fn reveal(&mut self, rows: Range<usize>) {
        let margin = MARGIN.min(self.height.saturating_sub(1) / 2);
        let last = rows.end.saturating_sub(1);
        if last + margin >= self.top + self.height {
            self.top = (last + margin + 1).saturating_sub(self.height);
        }
        if rows.start < self.top + margin {
            self.top = rows.start.saturating_sub(margin);
        }
        self.clamp_top();
    }

    /// Moves the cursor by rows, down when positive.
    pub fn step(&mut self, by: isize) {
        self.to(self.cursor.saturating_add_signed(by));
    }

    /// Moves window and cursor by screens, given in halves, down when positive.
    pub fn half_pages(&mut self, halves: isize) {
        let half = isize::try_from((self.height / 2).max(1)).unwrap_or(1);
        let by = half.saturating_mul(halves);
        self.top = self.top.saturating_add_signed(by);
        self.clamp_top();
        self.step(by);
    }

    /// Carries out a movement over rows, if the action is one.
    pub fn follow(&mut self, action: Action) -> bool {
        match action {
            Action::Up => self.step(-1),
            Action::Down => self.step(1),
            Action::ScrollUp => self.wheel(-1),
            Action::ScrollDown => self.wheel(1),
            Action::PageUp => self.half_pages(-2),
            Action::PageDown => self.half_pages(2),
            Action::HalfPageUp => self.half_pages(-1),
            Action::HalfPageDown => self.half_pages(1),
            Action::Top => self.to(0),
            Action::Bottom => self.to(usize::MAX),
            _ => return false,
        }
        true
    }

    /// Carries out a movement over text without a cursor, if the action is one.
    pub fn leaf(&mut self, action: Action) -> bool {
        let end = isize::try_from(self.rows).unwrap_or(isize::MAX);
        let half = isize::try_from((self.height / 2).max(1)).unwrap_or(1);
        self.wheel(match action {
            Action::Up | Action::ScrollUp => -1,
            Action::Down | Action::ScrollDown => 1,
            Action::PageUp => -2 * half,
            Action::PageDown => 2 * half,
            Action::HalfPageUp => -half,
            Action::HalfPageDown => half,
            Action::Top => -end,
            Action::Bottom => end,
            _ => return false,
        });
        true
    }

    /// Moves the window by rows, down when positive; the cursor stays unless it would leave it.
    pub fn wheel(&mut self, by: isize) {
        self.top = self.top.saturating_add_signed(by);
        self.clamp_top();
        let visible = self.visible();
        let last = visible.end.saturating_sub(1).max(visible.start);
        self.cursor = self.cursor.clamp(visible.start, last);
    }

    /// Puts the window so that a row stands `below` rows under its first one, as far as it can.
    pub fn place(&mut self, row: usize, below: usize) {
        self.cursor = row.min(self.rows.saturating_sub(1));
        self.top = row.saturating_sub(below);
        self.clamp_top();
    }

    fn clamp_top(&mut self) {
        self.top = self.top.min(self.rows.saturating_sub(self.height));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(rows: usize, height: usize) -> Scroll {
        let mut scroll = Scroll::default();
        scroll.resize(rows, height);
        scroll
    }

    #[test]
    fn the_cursor_keeps_its_margin() {
        let mut scroll = of(100, 10);
        scroll.to(8);
        assert_eq!((scroll.top(), scroll.cursor()), (1, 8));
        scroll.to(99);
        assert_eq!(
            (scroll.top(), scroll.cursor(), scroll.percent()),
            (90, 99, 100)
        );
        scroll.to(91);
        assert_eq!(scroll.top(), 89);
        scroll.to(0);
        assert_eq!((scroll.top(), scroll.percent()), (0, 0));
    }

    #[test]
    fn pages_and_wheel() {
        let mut scroll = of(100, 10);
        scroll.half_pages(2);
        assert_eq!((scroll.top(), scroll.cursor()), (8, 10));
        scroll.wheel(5);
        assert_eq!((scroll.top(), scroll.cursor()), (13, 13));
        scroll.half_pages(-9);
        assert_eq!((scroll.top(), scroll.cursor()), (0, 0));
        scroll.reveal(4..40);
        assert_eq!(scroll.top(), 2);
    }

    proptest! {
        #[test]
        fn the_cursor_is_always_in_the_window(
            rows in 0_usize..50,
            height in 1_usize..20,
            moves in prop::collection::vec((0_u8..4, -30_isize..30), 0..20),
        ) {
            let mut scroll = of(rows, height);
            for (kind, by) in moves {
                match kind {
                    0 => scroll.step(by),
                    1 => scroll.half_pages(by),
                    2 => scroll.wheel(by),
                    _ => scroll.resize(rows, by.unsigned_abs() + 1),
                }
                prop_assert!(rows == 0 || scroll.visible().contains(&scroll.cursor()));
                prop_assert!(scroll.top() == 0 || scroll.visible().len() == scroll.height());
            }
        }
    }
}
