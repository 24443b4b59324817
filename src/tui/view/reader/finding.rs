//! Searching, as the keys do it: typing, stepping from hit to hit, giving up.

use super::ReaderView;
use crate::model::TextRange;
use crate::tui::action::Action;
use crate::tui::effect::{Effect, Screen};
use crate::tui::search::{End, Found};

impl ReaderView {
    pub(super) fn step_search(&mut self, forward: bool) -> Effect {
        if self.search.found.query().is_empty() {
            return Effect::Say("nothing is searched for yet".to_owned());
        }
        let Some(stop) = self.pane.current().map(|stop| stop.text) else {
            return Effect::None;
        };
        let Some((hit, end)) = self.search.step(stop, forward) else {
            return self.search.found.missing().unwrap_or(Effect::None);
        };
        self.pane.show(hit);
        End::said(end)
    }

    /// Looks in all policies for the words of the clause under the cursor.
    pub(super) fn who_else(&self) -> Effect {
        let clause = self.pane.current().and_then(|stop| stop.clause);
        clause.map_or_else(
            || Effect::Say("no clause stands here".to_owned()),
            |clause| {
                let like = Some((self.subject.id, clause));
                Effect::Open(Screen::Search { like, words: None })
            },
        )
    }

    /// Searches for what has been typed so far, from where typing began.
    pub(super) fn search_typed(&mut self) {
        let Some((prompt, origin)) = &self.search.typing else {
            return;
        };
        let (query, origin) = (prompt.text().to_owned(), *origin);
        self.search
            .find(&query, &self.subject.policy.text, &self.subject.parts);
        match self.search.from(origin) {
            Some(hit) => self.pane.show(hit),
            None => self.pane.show(point(origin)),
        }
    }

    pub(super) fn type_search(&mut self, action: Action) -> Effect {
        match action {
            Action::Open => {
                self.search.typing = None;
                return self.search.found.missing().unwrap_or(Effect::None);
            }
            Action::Back => {
                let origin = self.search.typing.take().map(|(_, origin)| origin);
                self.search.found = Found::default();
                self.pane.show(point(origin.unwrap_or(0)));
            }
            other => {
                let before = self
                    .search
                    .typing
                    .as_ref()
                    .map(|(p, _)| p.text().to_owned());
                if let Some((prompt, _)) = &mut self.search.typing
                    && prompt.update(other)
                    && before.as_deref() != Some(prompt.text())
                {
                    self.search_typed();
                }
            }
        }
        Effect::None
    }
}

/// A place without extent.
fn point(at: u32) -> TextRange {
    TextRange { start: at, end: at }
}
