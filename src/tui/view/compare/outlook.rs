//! The overview between the sides: where the differences lie in the whole.

use super::rows::{What, is_difference};
use super::{CompareView, paint};
use crate::compare::Comparison;
use crate::tui::theme::Role;

impl CompareView {
    /// For each row of the screen, the weightiest difference in its share of the whole.
    pub(super) fn draw_overview(&mut self, comparison: &Comparison) {
        let (height, lines) = (usize::from(self.places.body.height), self.rows.lines.len());
        self.overview = vec![None; height];
        let mut weights = vec![0u8; height];
        for (at, line) in self.rows.lines.iter().enumerate() {
            let What::Cells { row, .. } = line.what else {
                continue;
            };
            let Some(row) = comparison.rows.get(row) else {
                continue;
            };
            let place = at * height / lines.max(height);
            let (glyph, role) = paint::mark(row.kind, row.class);
            let weight = weight(role);
            if is_difference(row, &self.shown) && weights.get(place).is_some_and(|w| *w < weight) {
                weights[place] = weight;
                self.overview[place] = Some((glyph, role));
            }
        }
    }
}

/// How heavy a mark weighs in the overview.
fn weight(role: Role) -> u8 {
    match role {
        Role::MarkOpposed => 5,
        Role::MarkChange => 4,
        Role::MarkRemove | Role::MarkAdd => 3,
        Role::MarkMove => 2,
        _ => 1,
    }
}
