//! Clicks and the wheel over the text.

use super::rows::{self, What};
use super::{CompareView, Ctx};
use crate::model::Side;
use crate::tui::effect::Effect;

impl CompareView {
    /// Puts the cursor on the line at a row of the screen, and folds out what is folded there.
    pub(super) fn click_text(&mut self, column: u16, row: u16, ctx: &Ctx<'_>) -> Effect {
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
            What::Fold { .. }
            | What::Topic { folded: true, .. }
            | What::Question { folded: true, .. } => self.toggle_fold(ctx),
            What::Neither { .. } if self.is_by_practice() => self.toggle_fold(ctx),
            What::Answer { .. } | What::Cells { .. } => {
                self.shown.cell = self.side_at(column, line);
                Effect::None
            }
            _ => Effect::None,
        }
    }

    /// The side at a column of a line.
    fn side_at(&self, column: u16, line: usize) -> Side {
        let body = self.places.body;
        let right = if self.rows.unified {
            let line = self.rows.lines.get(line);
            line.is_some_and(|line| line.text.left.is_none())
        } else {
            column > body.x + rows::columns(body.width).left
        };
        if right { Side::Right } else { Side::Left }
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
