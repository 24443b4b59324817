//! Typing a search, and going from hit to hit.

use super::rows::{self, What};
use super::search::Hit;
use super::{CompareView, Ctx};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::prompt::Prompt;

impl CompareView {
    pub(super) fn start_search(&mut self) {
        let row = self.current_row().unwrap_or(0);
        self.search.typing = Some((Prompt::default(), row));
    }

    pub(super) fn search_again(&mut self, ctx: &Ctx<'_>) {
        let Some((prompt, from)) = &self.search.typing else {
            return;
        };
        let (query, from) = (prompt.text().to_owned(), *from);
        let (Some(comparison), Some(policies)) = (self.comparison.clone(), self.policies(ctx))
        else {
            return;
        };
        self.search.find(&query, &comparison, policies);
        if let Some(hit) = self.search.from(from) {
            self.show_hit(hit, ctx);
        }
    }

    pub(super) fn step_search(&mut self, forward: bool, ctx: &Ctx<'_>) -> Effect {
        if self.search.is_empty() {
            return Effect::Say("Search for something first".to_owned());
        }
        let row = self.current_row().unwrap_or(0);
        match self.search.step(row, forward) {
            Some(hit) => self.show_hit(hit, ctx),
            None => return Effect::Say("Nothing was found".to_owned()),
        }
        Effect::None
    }

    /// The line on which a row begins; a fold that hides it opens.
    pub(super) fn unfolded(&mut self, row: usize, ctx: &Ctx<'_>) -> usize {
        let line = self.rows.line_of(row);
        if let Some(
            What::Fold { first, .. }
            | What::Question {
                row: first,
                folded: true,
                ..
            },
        ) = self.rows.lines.get(line).map(|line| line.what)
        {
            self.shown.open.insert(first);
            self.refresh(ctx);
            return self.rows.line_of(row);
        }
        line
    }

    /// Goes to a hit.
    pub(super) fn show_hit(&mut self, hit: Hit, ctx: &Ctx<'_>) {
        let line = self.unfolded(hit.row, ctx);
        let holds = |line: &rows::Line| {
            let here = line.text[hit.side].is_some_and(|range| range.overlaps(hit.text));
            here && matches!(line.what, What::Cells { .. })
        };
        let inside = self
            .rows
            .lines
            .get(line..)
            .unwrap_or(&[])
            .iter()
            .position(holds);
        self.go(line + inside.unwrap_or(0));
    }

    pub(super) fn update_prompt(&mut self, action: Action, ctx: &Ctx<'_>) -> Effect {
        match action {
            Action::Open => self.search.typing = None,
            Action::Back => self.search.clear(),
            _ => {
                let Some((prompt, _)) = &mut self.search.typing else {
                    return Effect::None;
                };
                if prompt.update(action) {
                    self.search_again(ctx);
                }
            }
        }
        Effect::None
    }
}
