//! Two policies: a placeholder.

use super::{Ctx, View};
use crate::library::PolicyId;
use crate::model::Pair;
use crate::tui::action::Action;
use crate::tui::effect::{Effect, Request};
use crate::tui::keymap::Scope;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// Two policies.
#[derive(Debug)]
pub struct CompareView {
    pair: Pair<PolicyId>,
}

impl CompareView {
    /// The comparison of a pair; none when the library does not hold both.
    pub fn new(pair: Pair<PolicyId>, ctx: &Ctx<'_>) -> Option<Self> {
        let _both = (ctx.library.get(pair.left)?, ctx.library.get(pair.right)?);
        Some(Self { pair })
    }
}

impl View for CompareView {
    fn scope(&self) -> Scope {
        Scope::Compare
    }

    fn open(&mut self, _ctx: &Ctx<'_>) -> Effect {
        Effect::Ask(Request::Compare {
            pair: self.pair,
            by: None,
        })
    }

    fn layout(&mut self, _area: Rect, _ctx: &Ctx<'_>) {}

    fn update(&mut self, action: Action, _ctx: &Ctx<'_>) -> Effect {
        match action {
            Action::Back => Effect::Back,
            _ => Effect::None,
        }
    }

    fn render(&self, _buffer: &mut Buffer, _ctx: &Ctx<'_>) {}

    fn title(&self, _ctx: &Ctx<'_>) -> Line<'static> {
        Line::from("Compare")
    }

    fn state(&self, _ctx: &Ctx<'_>) -> Line<'static> {
        Line::default()
    }

    fn hints(&self, _ctx: &Ctx<'_>) -> Vec<Action> {
        Vec::new()
    }
}
