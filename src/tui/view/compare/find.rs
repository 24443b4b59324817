//! Typing a search, and going from hit to hit.

use super::rows::{self, What};
use super::search::{Hit, Search, Typing};
use super::{CompareView, Ctx};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::prompt::Prompt;
use crate::tui::search::End;

impl CompareView {
    pub(super) fn start_search(&mut self) {
        self.search.typing = Some(Typing {
            prompt: Prompt::default(),
            row: self.current_row().unwrap_or(0),
            scroll: self.scroll,
            open: self.shown.open.clone(),
        });
    }

    /// Searches for what has been typed so far, from where typing began; what earlier letters folded
    /// out folds again.
    pub(super) fn search_typed(&mut self, ctx: &Ctx<'_>) {
        let Some(typing) = &self.search.typing else {
            return;
        };
        let (query, row) = (typing.prompt.text().to_owned(), typing.row);
        let (Some(comparison), Some(policies)) = (self.comparison.clone(), self.policies(ctx))
        else {
            return;
        };
        self.before_typing(ctx);
        self.search.find(&query, &comparison, policies);
        if let Some(hit) = self.search.from(row) {
            self.show_hit(hit, ctx);
        }
    }

    /// Puts folds and rows back to where they were when typing began.
    fn before_typing(&mut self, ctx: &Ctx<'_>) {
        let Some(typing) = &self.search.typing else {
            return;
        };
        let scroll = typing.scroll;
        if self.shown.open != typing.open {
            self.shown.open.clone_from(&typing.open);
            self.refresh(ctx);
        }
        self.scroll
            .place(scroll.cursor(), scroll.cursor() - scroll.top());
    }

    pub(super) fn step_search(&mut self, forward: bool, ctx: &Ctx<'_>) -> Effect {
        if self.search.found.query().is_empty() {
            return Effect::Say("nothing is searched for yet".to_owned());
        }
        let row = self.current_row().unwrap_or(0);
        let Some((hit, end)) = self.search.step(row, forward) else {
            return self.search.found.missing().unwrap_or(Effect::None);
        };
        self.show_hit(hit, ctx);
        End::said(end)
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
            Action::Open => {
                self.search.typing = None;
                return self.search.found.missing().unwrap_or(Effect::None);
            }
            Action::Back => {
                self.before_typing(ctx);
                self.search = Search::default();
            }
            _ => {
                let typing = self.search.typing.as_mut();
                if typing.is_some_and(|typing| typing.prompt.update(action)) {
                    self.search_typed(ctx);
                }
            }
        }
        Effect::None
    }
}
