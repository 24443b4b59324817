//! Clicks and the wheel over the text.

use super::rows::{self, What};
use super::{CompareView, Ctx};
use crate::model::Side;
use crate::tui::effect::Effect;

impl CompareView {
    /// Puts the cursor on the line at a row of the screen, and folds out what is folded there.
    pub(super) fn click_text(&mut self, row: u16, ctx: &Ctx<'_>) -> Effect {
        let body = self.places.body;
        let Some(below) = row.checked_sub(body.y).filter(|_| row < body.bottom()) else {
            return Effect::None;
        };
        let line = self.scroll.top() + usize::from(below);
        let Some(what) = self.rows.lines.get(line).map(|line| line.what) else {
            return Effect::None;
        };
        self.changes.leave();
        self.scroll.place(line, usize::from(below));
        match what {
            What::Fold { .. } | What::Topic { folded: true, .. } => self.toggle_fold(ctx),
            _ => Effect::None,
        }
    }

    pub(super) fn wheel_text(&mut self, rows: isize, column: u16) {
        if self.sync.apart().is_none() {
            return self.scroll.wheel(rows);
        }
        let body = self.places.body;
        let left = column < body.x + rows::columns(body.width).left;
        self.scroll_apart(if left { Side::Left } else { Side::Right }, rows);
    }
}
