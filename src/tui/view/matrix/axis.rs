//! One direction of the matrix: which lines are shown, and which of them the cursor is on.

use crate::tui::scroll::Scroll;

/// Lines that scroll, behind a first one that may stay where it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Axis {
    /// Over the lines that move.
    scroll: Scroll,
    /// How many lines stay: none or one.
    frozen: usize,
    cursor: usize,
}

impl Axis {
    /// Takes over the number of lines, how many of them stay, and how many are shown in all.
    pub(super) fn resize(&mut self, lines: usize, frozen: usize, shown: usize) {
        self.frozen = frozen.min(lines);
        let moving = shown.saturating_sub(self.frozen);
        self.scroll.resize(lines - self.frozen, moving);
        self.to(self.cursor);
    }

    /// The line under the cursor.
    pub(super) fn cursor(&self) -> usize {
        self.cursor
    }

    /// How many lines there are.
    pub(super) fn lines(&self) -> usize {
        self.scroll.rows() + self.frozen
    }

    /// The lines shown, in the order of their slots on the screen.
    pub(super) fn visible(&self) -> impl Iterator<Item = usize> + use<> {
        let moving = self.scroll.visible();
        (0..self.frozen).chain(moving.start + self.frozen..moving.end + self.frozen)
    }

    /// Whether lines are hidden before and behind those shown.
    pub(super) fn hidden(&self) -> (bool, bool) {
        let visible = self.scroll.visible();
        (visible.start > 0, visible.end < self.scroll.rows())
    }

    /// Moves the cursor to a line.
    pub(super) fn to(&mut self, line: usize) {
        self.cursor = line.min(self.lines().saturating_sub(1));
        if self.cursor >= self.frozen {
            self.scroll.to(self.cursor - self.frozen);
        }
    }

    /// Moves the cursor by lines.
    pub(super) fn step(&mut self, by: isize) {
        self.to(self.cursor.saturating_add_signed(by));
    }

    /// Moves by half screens.
    pub(super) fn half_pages(&mut self, halves: isize) {
        if self.cursor < self.frozen && halves < 0 {
            return;
        }
        let at_start = self.scroll.cursor() == 0 && halves < 0;
        self.scroll.half_pages(halves);
        self.cursor = if at_start {
            0
        } else {
            self.scroll.cursor() + self.frozen.min(self.lines().saturating_sub(1))
        };
    }

    /// Moves the window by lines; the cursor stays unless it would leave it.
    pub(super) fn wheel(&mut self, by: isize) {
        self.scroll.wheel(by);
        if self.cursor >= self.frozen && self.scroll.rows() > 0 {
            self.cursor = self.scroll.cursor() + self.frozen;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(lines: usize, frozen: usize, shown: usize) -> Axis {
        let mut axis = Axis::default();
        axis.resize(lines, frozen, shown);
        axis
    }

    #[test]
    fn what_is_frozen_stays() {
        let mut axis = of(100, 1, 6);
        axis.to(50);
        let shown: Vec<usize> = axis.visible().collect();
        assert_eq!((shown.len(), shown[0]), (6, 0));
        assert!(shown.contains(&50));
        axis.to(0);
        assert_eq!(axis.cursor(), 0);
        assert!(axis.visible().any(|line| line == 52), "the rest stays");
        axis.half_pages(2);
        assert!(axis.visible().any(|line| line == axis.cursor()));
    }

    proptest! {
        #[test]
        fn the_cursor_is_shown(
            lines in 0_usize..40,
            frozen in 0_usize..2,
            shown in 2_usize..12,
            moves in prop::collection::vec((0_u8..5, -20_isize..20), 0..20),
        ) {
            let mut axis = of(lines, frozen, shown);
            for (kind, by) in moves {
                match kind {
                    0 => axis.step(by),
                    1 => axis.half_pages(by),
                    2 => axis.wheel(by),
                    3 => axis.to(by.unsigned_abs()),
                    _ => axis.resize(lines, frozen, by.unsigned_abs() + 2),
                }
                prop_assert!(lines == 0 || axis.visible().any(|line| line == axis.cursor()));
                prop_assert!(axis.visible().all(|line| line < lines));
            }
        }
    }
}
