//! The list of policies: a placeholder that opens them.

use super::{Ctx, View};
use crate::library::PolicyId;
use crate::tui::action::Action;
use crate::tui::effect::{Effect, Screen};
use crate::tui::keymap::Scope;
use crate::tui::scroll::Scroll;
use crate::tui::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// The list of policies.
#[derive(Debug)]
pub struct LibraryView {
    scroll: Scroll,
    area: Rect,
}

impl LibraryView {
    /// The list.
    pub fn new(_ctx: &Ctx<'_>) -> Self {
        Self {
            scroll: Scroll::default(),
            area: Rect::ZERO,
        }
    }
}

impl View for LibraryView {
    fn scope(&self) -> Scope {
        Scope::Library
    }

    fn layout(&mut self, area: Rect, ctx: &Ctx<'_>) {
        self.area = area;
        self.scroll
            .resize(ctx.library.entries().len(), area.height.into());
    }

    fn update(&mut self, action: Action, _ctx: &Ctx<'_>) -> Effect {
        match action {
            Action::Down => self.scroll.step(1),
            Action::Up => self.scroll.step(-1),
            Action::Back => return Effect::Back,
            Action::Open | Action::Read => {
                let policy = PolicyId(u32::try_from(self.scroll.cursor()).unwrap_or(u32::MAX));
                return Effect::Open(Screen::Reader {
                    policy,
                    at: None,
                    topic: None,
                });
            }
            _ => {}
        }
        Effect::None
    }

    fn render(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        for (y, at) in (self.area.y..).zip(self.scroll.visible()) {
            let Some(entry) = ctx.library.entries().get(at) else {
                continue;
            };
            let role = if at == self.scroll.cursor() {
                Role::Focus
            } else {
                Role::Text
            };
            let line = Line::from(ctx.span(role, entry.name.clone()));
            buffer.set_line(self.area.x + 1, y, &line, self.area.width);
        }
    }

    fn title(&self, _ctx: &Ctx<'_>) -> Line<'static> {
        Line::from("Library")
    }

    fn state(&self, ctx: &Ctx<'_>) -> Line<'static> {
        Line::from(format!("{} policies", ctx.library.entries().len()))
    }

    fn hints(&self, _ctx: &Ctx<'_>) -> Vec<Action> {
        vec![Action::Open]
    }
}
