//! Links that lead elsewhere than they did, named above the words that they stand in.

use super::Brush;
use crate::compare::changed_links;
use crate::model::{Pair, Side};
use crate::tui::glyphs::Glyph;
use crate::tui::text::{sanitize, truncate};
use crate::tui::theme::Role;
use crate::tui::view::compare::rows::GUTTER;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// What stands before a target.
const LEAD: &str = "link to ";

impl Brush<'_, '_> {
    /// Where a link leads on one side.
    pub(super) fn link_of_side(
        &self,
        row: usize,
        nth: usize,
        side: Side,
        cell: Rect,
        buffer: &mut Buffer,
    ) {
        let Some(targets) = self.targets(row, nth) else {
            return;
        };
        let room = usize::from(cell.width.saturating_sub(GUTTER));
        let words = truncate(&targets[side], room, self.ctx.glyph(Glyph::Ellipsis));
        let line = Line::from(self.ctx.span(Role::Warning, words.into_owned()));
        buffer.set_line(
            cell.x + GUTTER,
            cell.y,
            &line,
            cell.width.saturating_sub(GUTTER),
        );
    }

    /// In one column: where it led and leads now.
    pub(super) fn link(&self, row: usize, nth: usize, columns: u16) -> Option<Line<'static>> {
        let targets = self.targets(row, nth)?;
        let between = ", now ";
        let room = usize::from(columns.saturating_sub(GUTTER)).saturating_sub(between.len());
        let ellipsis = self.ctx.glyph(Glyph::Ellipsis);
        let cut = |side: Side| truncate(&targets[side], room / 2, ellipsis).into_owned();
        let words = format!("{}{between}{}", cut(Side::Left), cut(Side::Right));
        Some(Line::from(
            self.ctx.span(Role::Warning, format!("  {words}")),
        ))
    }

    /// What is said of one of the links that changed in a row, for either side.
    fn targets(&self, row: usize, nth: usize) -> Option<Pair<String>> {
        let links = changed_links(self.policies, self.comparison.rows.get(row)?);
        let targets = links.into_iter().nth(nth)?;
        Some(targets.map(|target| match target {
            Some(target) => format!("{LEAD}{}", sanitize(&target)),
            None => "no link".to_owned(),
        }))
    }
}
