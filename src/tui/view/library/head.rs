//! The line over the list: what is looked for, and how the list is ordered.

use super::order::SortBy;
use super::{Ctx, Focus, LibraryView, key};
use crate::library::thousands;
use crate::tui::action::Action;
use crate::tui::glyphs::Glyph;
use crate::tui::keymap::Scope;
use crate::tui::theme::Role;
use crate::tui::view::prompt_line;
use ratatui::buffer::Buffer;
use ratatui::text::Line;

impl LibraryView {
    pub(super) fn render_find(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        let area = self.panes.find;
        let sort = self.sort_line(ctx);
        let sort_width = u16::try_from(sort.width()).unwrap_or(area.width);
        let left = if self.focus == Focus::Find || !self.find.is_empty() {
            let lead = format!(" find {} ", ctx.glyph(Glyph::Cursor));
            if self.focus == Focus::Find {
                prompt_line(&lead, &self.find, ctx)
            } else {
                Line::from(vec![
                    ctx.span(Role::Accent, lead),
                    ctx.span(Role::Text, self.find.text().to_owned()),
                ])
            }
        } else {
            let keys = key(Action::Find, ctx);
            Line::from(ctx.span(Role::Dim, format!(" {keys} finds by site, host and title")))
        };
        buffer.set_line(area.x, area.y, &left, area.width);
        let used = u16::try_from(left.width()).unwrap_or(area.width);
        if used + sort_width + 2 <= area.width {
            buffer.set_line(area.right() - sort_width - 1, area.y, &sort, sort_width);
        }
    }

    /// What helps where the list is empty: where what was typed may be found, since no site, host or
    /// title has it, or what tells why there is nothing.
    pub(super) fn elsewhere(&self, ctx: &Ctx<'_>) -> String {
        if !self.list.is_querying() {
            let told = ctx.progress.is_none() && !ctx.library.issues().is_empty();
            let issues = told.then(|| key(Action::Issues, ctx));
            return issues.map_or_else(String::new, |key| format!("  {key} tells why"));
        }
        let leave = match self.focus {
            Focus::Find => {
                let enter = ctx.keys.key_for(Scope::Prompt, Action::Open);
                enter.map_or_else(String::new, |enter| format!("{enter}, then "))
            }
            Focus::List | Focus::Preview => String::new(),
        };
        let (opens, closes) = (ctx.glyph(Glyph::QuoteOpen), ctx.glyph(Glyph::QuoteClose));
        let words = self.find.text().trim();
        format!(
            "  {leave}{} searches the texts for {opens}{words}{closes}",
            key(Action::SearchAll, ctx)
        )
    }

    fn sort_line(&self, ctx: &Ctx<'_>) -> Line<'static> {
        let (by, up) = self.list.order();
        let arrow = if up {
            Glyph::Ascending
        } else {
            Glyph::Descending
        };
        let order = match by {
            SortBy::Likeness => "best match first".to_owned(),
            by => format!("sorted by {} {}", by.label(), ctx.glyph(arrow)),
        };
        let total = self.list.total();
        let shown = self.list.len();
        let count = if shown == total {
            String::new()
        } else {
            format!("{} of {} · ", thousands(shown), thousands(total))
        };
        Line::from(ctx.span(Role::Dim, format!("{count}{order}")))
    }
}
