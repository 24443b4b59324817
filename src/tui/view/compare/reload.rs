//! Going over to a library that was read anew: the same comparison, at the same place.

use super::CompareView;
use super::rows::Rows;
use super::versions::Expected;
use crate::model::{Pair, Side};
use crate::tui::effect::ComparePlace;
use crate::tui::scroll::Scroll;
use crate::tui::view::Moved;

impl CompareView {
    /// Takes the policies of the same names; whether both are there.
    pub(super) fn go_over(&mut self, moved: &Moved<'_>) -> bool {
        let sides = self.pair.map(|policy| moved.policy(policy));
        let (Some(left), Some(right)) = (sides.left, sides.right) else {
            return false;
        };
        self.expected = Expected {
            anew: true,
            ..Expected::at(self.place_now(moved))
        };
        self.pair = Pair::new(left, right);
        // What was shown goes on, whatever fits the new texts better.
        if let Some(comparison) = self.comparison.take() {
            self.by = Some(comparison.by);
        }
        self.rows = Rows::default();
        self.scroll = Scroll::default();
        self.over = None;
        true
    }

    /// Where the row under the cursor stands now: the question that it belongs to, or a clause of it that
    /// is still there. None at the top.
    fn place_now(&self, moved: &Moved<'_>) -> Option<ComparePlace> {
        let comparison = self.comparison.as_ref()?;
        let row = self.current_row().filter(|_| self.scroll.cursor() > 0)?;
        if self.is_by_practice() {
            let mut verdicts = comparison.practices.iter();
            let found = verdicts.find(|verdict| verdict.rows.contains(&row))?;
            return Some(ComparePlace::Question(found.place));
        }
        [Side::Right, Side::Left].into_iter().find_map(|side| {
            let clause = moved.clause(self.pair[side], self.clause_of_row(side)?)?;
            Some(ComparePlace::Clause(side, clause))
        })
    }
}
