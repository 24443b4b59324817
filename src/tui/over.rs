//! What lies over a view and has its keys: a picker, or the life of a clause.

use super::action::Action;
use super::effect::{Answer, Effect};
use super::history::{LifePanel, Wish};
use super::keymap::Scope;
use super::picker::{Picked, Picker};
use super::view::Ctx;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// What lies over a view.
#[derive(Debug)]
pub enum Over<T> {
    /// One of many is being chosen.
    Picker(Box<Picker<T>>),
    /// The life of a clause is told.
    Life(Box<LifePanel>),
}

/// What came of an action or a click.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome<T> {
    /// It stays, and asks for this.
    Stays(Effect),
    /// It goes.
    Goes,
    /// It goes, and this was chosen.
    Chosen(T),
}

impl<T> From<Picked<T>> for Outcome<T> {
    fn from(picked: Picked<T>) -> Self {
        match picked {
            Picked::Open => Outcome::Stays(Effect::None),
            Picked::Cancelled => Outcome::Goes,
            Picked::Chosen(chosen) => Outcome::Chosen(chosen),
        }
    }
}

impl<T> From<Wish> for Outcome<T> {
    fn from(wish: Wish) -> Self {
        match wish {
            Wish::Close => Outcome::Goes,
            Wish::Do(effect) => Outcome::Stays(effect),
        }
    }
}

impl<T: Clone> Over<T> {
    /// A picker laid out over an area.
    pub fn picker(mut picker: Picker<T>, view: Rect) -> Self {
        picker.layout(view);
        Self::Picker(Box::new(picker))
    }

    /// The life of a clause laid out over an area.
    pub fn life(mut panel: LifePanel, view: Rect, ctx: &Ctx<'_>) -> Self {
        panel.layout(view, ctx);
        Self::Life(Box::new(panel))
    }

    /// Whose keys hold.
    pub fn scope(&self) -> Scope {
        match self {
            Self::Picker(_) => Scope::Picker,
            Self::Life(_) => Scope::ClauseHistory,
        }
    }

    /// Takes over the area of the view.
    pub fn layout(&mut self, view: Rect, ctx: &Ctx<'_>) {
        match self {
            Self::Picker(picker) => picker.layout(view),
            Self::Life(panel) => panel.layout(view, ctx),
        }
    }

    /// Carries out an action.
    pub fn update(&mut self, action: Action, ctx: &Ctx<'_>) -> Outcome<T> {
        match self {
            Self::Picker(picker) => picker.update(action).into(),
            Self::Life(panel) => panel.update(action, ctx).into(),
        }
    }

    /// Takes typed or pasted text.
    pub fn input(&mut self, text: &str) {
        if let Self::Picker(picker) = self {
            picker.input(text);
        }
    }

    /// A click at a cell of the screen.
    pub fn click(&mut self, column: u16, row: u16, ctx: &Ctx<'_>) -> Outcome<T> {
        match self {
            Self::Picker(picker) => picker.click(column, row).into(),
            Self::Life(panel) => panel.click(column, row, ctx).into(),
        }
    }

    /// The wheel, by rows.
    pub fn wheel(&mut self, rows: isize) {
        match self {
            Self::Picker(picker) => picker.wheel(rows),
            Self::Life(panel) => panel.wheel(rows),
        }
    }

    /// Takes in what came of work in the background.
    pub fn answer(&mut self, answer: &Answer, ctx: &Ctx<'_>) -> Effect {
        match self {
            Self::Picker(_) => Effect::None,
            Self::Life(panel) => panel.answer(answer, ctx),
        }
    }

    /// The actions that matter.
    pub fn hints(&self) -> Vec<Action> {
        vec![Action::Open, Action::Back, Action::Down, Action::Up]
    }

    /// Draws it over what the view has drawn.
    pub fn render(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        match self {
            Self::Picker(picker) => picker.render(buffer, ctx),
            Self::Life(panel) => panel.render(buffer, ctx),
        }
    }
}
