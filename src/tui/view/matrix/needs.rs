//! How much room heads and labels need.

use super::places::Needs;
use super::{Ctx, MatrixView, site_name};
use crate::model::Topic;
use crate::tui::text::width;

impl MatrixView {
    /// What stands in the matrix, by how wide it is.
    pub(super) fn needs(&self, ctx: &Ctx<'_>) -> Needs {
        let sites = self
            .grid
            .sites
            .iter()
            .map(|site| width(&site_name(site.id, ctx)));
        let sites = sites.max().unwrap_or(0);
        let questions = ctx.library.questions();
        let longest = |text: fn(&crate::model::Question) -> &str| {
            questions
                .iter()
                .map(|question| width(text(question)))
                .max()
                .unwrap_or(0)
        };
        let subjects = match (self.grid.shares, self.transposed) {
            (true, _) => Topic::ALL
                .iter()
                .map(|topic| width(topic.label()))
                .max()
                .unwrap_or(0),
            (false, _) => longest(|question| &question.text),
        };
        let gap = u16::from(self.grid.base.is_some());
        let digits = self.grid.lines.len().to_string().len();
        let digits = u16::try_from(digits).unwrap_or(1) * gap;
        if self.transposed {
            Needs {
                columns: self.grid.lines.len(),
                label: sites + 6,
                head: subjects + 1,
                long_heads: true,
                row_gap: gap,
                ..Needs::default()
            }
        } else {
            Needs {
                columns: self.grid.sites.len(),
                // Cursor, letter, spaces, and how much the sites differ.
                label: subjects + 10,
                head: sites,
                digits,
                column_gap: gap * 2,
                ..Needs::default()
            }
        }
    }
}
