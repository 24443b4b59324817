//! Scrolling the sides together or apart.

use crate::model::Side;

/// How the sides scroll.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sync {
    /// The side that scrolls alone, when they scroll apart.
    apart: Option<Side>,
    /// By how many rows the right side stands further down in its text than the left one.
    offset: isize,
}

impl Sync {
    /// By how many rows the right side is ahead of the left.
    pub(super) fn offset(self) -> isize {
        self.offset
    }

    /// The side that scrolls alone.
    pub(super) fn apart(self) -> Option<Side> {
        self.apart
    }

    /// Lets the right side scroll alone, or both together again from here.
    pub(super) fn toggle(&mut self) -> &'static str {
        self.apart = match self.apart {
            None => Some(Side::Right),
            Some(_) => None,
        };
        match self.apart {
            Some(_) => "The right side scrolls alone; ← and → choose the side, s joins them again",
            None if self.offset == 0 => "Both sides scroll together",
            None => "Both sides scroll together from here; esc brings them level",
        }
    }

    /// Chooses the side that scrolls alone.
    pub(super) fn choose(&mut self, side: Side) {
        self.apart = Some(side);
    }

    /// Moves the right side alone by rows.
    pub(super) fn shift(&mut self, rows: isize) {
        self.offset = self.offset.saturating_add(rows);
    }

    /// Brings the sides level.
    pub(super) fn level(&mut self) {
        *self = Self::default();
    }
}
