//! The line to type in: what is typed is looked for at once.

use super::{Ctx, SearchView};
use crate::library::search::Query;
use crate::tui::action::Action;
use crate::tui::effect::{Effect, Sought};
use crate::tui::prompt::Prompt;

impl SearchView {
    /// Reads what was typed. What cannot be understood is told, and finds nothing: what was found
    /// before would pass for its answer.
    pub(super) fn read_prompt(&mut self, ctx: &Ctx<'_>) {
        self.opening = None;
        self.like = None;
        self.error = None;
        let text = self.prompt.text();
        if text.trim().is_empty() {
            return self.seek_nothing();
        }
        match Query::parse(text) {
            Ok(query) => self.seek(Sought::Fitting(query), ctx),
            Err(error) => {
                self.seek_nothing();
                self.error = Some(error);
            }
        }
    }

    fn seek_nothing(&mut self) {
        self.asked = None;
        self.found = None;
        self.asking.forget();
    }

    /// Enter in the line: takes a query from those before, or goes to what was found.
    pub(super) fn submit(&mut self, ctx: &Ctx<'_>) -> Effect {
        if self.prompt.is_empty() {
            let Some(query) = self.recent.chosen() else {
                return Effect::None;
            };
            self.prompt = Prompt::with(query);
            self.read_prompt(ctx);
            return self.asking.go();
        }
        if self.like.is_some() {
            self.read_prompt(ctx);
        }
        self.leave_prompt();
        self.asking.go()
    }

    /// Leaves the line where there is something to go to.
    pub(super) fn leave_prompt(&mut self) {
        let some = self.found.as_ref().is_some_and(|found| !found.is_empty());
        if self.error.is_none() && (some || self.asking.is_busy()) {
            self.typing = false;
            if self.like.is_none() {
                self.recent.add(self.prompt.text());
            }
        }
    }

    pub(super) fn update_prompt(&mut self, action: Action, ctx: &Ctx<'_>) -> Effect {
        match action {
            Action::Open => return self.submit(ctx),
            Action::NextPane => self.leave_prompt(),
            Action::ToggleVersions => return self.toggle_versions(ctx),
            Action::Back => {
                self.leave_prompt();
                if self.typing {
                    return Effect::Back;
                }
            }
            Action::Up | Action::Down | Action::PageUp | Action::PageDown => {
                match &mut self.found {
                    Some(found) => {
                        found.update(action);
                    }
                    None => self.recent.update(action),
                }
            }
            _ => {
                let before = self.prompt.text().to_owned();
                if self.prompt.update(action) && before != self.prompt.text() {
                    self.read_prompt(ctx);
                    return self.asking.go();
                }
            }
        }
        Effect::None
    }
}
