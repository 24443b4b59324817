//! The app: a stack of views, and what lies around them. An event comes in, the view on top answers
//! with an effect, the effect is carried out; what only the terminal can do is left as a command.

mod chrome;
mod effects;
mod jobs;
mod open;
mod reload;
mod session;
#[cfg(test)]
mod tests;

use super::action::Action;
use super::effect::{Answer, Effect, Screen};
use super::keymap::{Key, Resolved, Sequence};
use super::view::View;
use crate::library::{Library, Progress};
use crossterm::event::{KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use std::sync::Arc;

pub use jobs::Jobs;
pub use session::{Session, Setup};

/// The least size at which views are drawn.
const LEAST: Size = Size {
    width: 20,
    height: 5,
};

/// Rows that one notch of the wheel moves.
const WHEEL: isize = 3;

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(MouseEvent),
    /// The terminal has another size.
    Resize(Size),
    /// More of the library was read.
    Loaded(Loaded),
    /// Another library takes the place of the one that is open.
    Replaced(Replaced),
    /// Work in the background came to an end; in which reading of the library, counted from 0. Policies
    /// of another one stand elsewhere.
    Answer(Answer, usize),
    /// Work in the background broke down; why, as a sentence.
    Failed(String),
    /// The process got a signal.
    Signal(i32),
}

/// A library that was read as a whole.
#[derive(Clone, Debug)]
pub struct Replaced {
    /// The library; its policies need not stand where they stood.
    pub library: Arc<Library>,
    /// What opens above the list; none for what was open above it.
    pub screen: Option<Screen>,
    /// What is to be said of it, until the next key.
    pub note: Option<String>,
}

/// The library as far as it has been read.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// What has been read; it holds all that an earlier one held, in the same places.
    pub library: Arc<Library>,
    /// How far the loading came; none when everything is read.
    pub progress: Option<Progress>,
    /// What is to be said of it, until the next key.
    pub note: Option<String>,
}

/// What only the terminal, or the system, can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Put text into the clipboard.
    Copy(String),
    /// Open an address with the browser.
    OpenUrl(String),
    /// Take the mouse, or leave it to the terminal.
    Mouse(bool),
    /// Draw everything anew.
    Redraw,
    /// Read everything again; an [`Event::Replaced`] or [`Event::Failed`] tells what came of it.
    Reload,
    /// Give the terminal back and stop until woken.
    Suspend,
}

/// What stands at the bottom left until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Message {
    text: String,
    warns: bool,
}

/// A view and the screen it was opened for.
struct Opened {
    screen: Screen,
    view: Box<dyn View>,
}

/// The running program, without a terminal.
pub struct App {
    session: Session,
    stack: Vec<Opened>,
    /// A view that was closed and may be opened again as it was left.
    kept: Option<Opened>,
    size: Size,
    pending: Vec<Key>,
    message: Option<Message>,
    jobs: Jobs,
    /// How often everything was read again.
    reading: usize,
    mouse: bool,
    commands: Vec<Command>,
    quit: bool,
}

impl App {
    /// An app of a size, with the library open and `start` above it.
    pub fn new(session: Session, jobs: Jobs, size: Size, start: Option<Screen>) -> Self {
        let mut app = Self {
            session,
            stack: Vec::new(),
            kept: None,
            size,
            pending: Vec::new(),
            message: None,
            jobs,
            reading: 0,
            mouse: true,
            commands: Vec::new(),
            quit: false,
        };
        for screen in [Some(Screen::Library), start].into_iter().flatten() {
            app.perform(Effect::Open(screen));
        }
        app
    }

    /// The same with the mouse left to the terminal.
    #[must_use]
    pub fn without_mouse(mut self) -> Self {
        self.mouse = false;
        self
    }

    /// Whether the program has come to its end.
    pub fn is_done(&self) -> bool {
        self.quit
    }

    /// Whether the mouse is taken.
    pub fn has_mouse(&self) -> bool {
        self.mouse
    }

    /// Hands out what the terminal is to do.
    pub fn take_commands(&mut self) -> Vec<Command> {
        std::mem::take(&mut self.commands)
    }

    /// Takes in something that happened. Signals are for the terminal's loop, not for the app.
    pub fn handle(&mut self, event: Event) {
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => self.key(key.into()),
            Event::Paste(text) => self.paste(&text),
            Event::Mouse(mouse) => self.mouse(mouse),
            Event::Resize(size) => {
                self.size = size;
                self.layout();
            }
            Event::Loaded(loaded) => self.loaded(loaded),
            Event::Replaced(replaced) => self.replace(replaced),
            Event::Answer(answer, reading) if reading == self.reading => self.answer(&answer),
            Event::Answer(..) => {}
            Event::Failed(why) => {
                self.on_all(|view, ctx| view.failed(ctx));
                self.say(why, true);
            }
            Event::Key(_) | Event::Signal(_) => {}
        }
    }

    fn loaded(&mut self, loaded: Loaded) {
        self.session.take_library(loaded.library, loaded.progress);
        self.layout();
        self.on_all(|view, ctx| view.loaded(ctx));
        if let Some(note) = loaded.note {
            self.say(note, false);
        }
    }

    /// Draws the frame. A buffer of another size than the app has heard of is left empty: the news
    /// is on its way, and the next frame will fit.
    pub fn draw(&self, buffer: &mut Buffer) {
        if buffer.area.as_size() != self.size {
            return;
        }
        if self.is_too_small() {
            chrome::too_small(buffer, LEAST);
            return;
        }
        let ctx = self.session.ctx();
        let Some(top) = self.stack.last() else {
            return;
        };
        chrome::title(buffer, top.view.as_ref(), &ctx);
        let pending = Sequence(self.pending.clone());
        let left = match &self.message {
            _ if !self.pending.is_empty() => chrome::pending(&pending, &ctx),
            Some(message) => chrome::message(&message.text, message.warns, &ctx),
            None => top.view.status(&ctx),
        };
        chrome::bottom(buffer, left, top.view.as_ref(), &ctx);
        top.view.render(buffer, &ctx);
    }

    fn is_too_small(&self) -> bool {
        self.size.width < LEAST.width || self.size.height < LEAST.height
    }

    /// Where views are drawn: between the title line and the bottom line.
    fn area(&self) -> Rect {
        let height = self.size.height.saturating_sub(2).max(1);
        Rect::new(0, 1, self.size.width.max(1), height)
    }

    fn layout(&mut self) {
        let area = self.area();
        if let Some(top) = self.stack.last_mut() {
            top.view.layout(area, &self.session.ctx());
        }
    }

    fn key(&mut self, key: Key) {
        self.message = None;
        let Some(top) = self.stack.last() else {
            return;
        };
        let scope = top.view.scope();
        match self.session.keys.resolve(scope, &self.pending, key) {
            Resolved::Pending => self.pending.push(key),
            Resolved::Action(action) => {
                self.pending.clear();
                self.act(action);
            }
            Resolved::Text(c) => self.paste(c.encode_utf8(&mut [0; 4])),
            Resolved::None => self.pending.clear(),
        }
    }

    /// Carries out an action: what concerns the whole program here, the rest in the view on top.
    pub fn act(&mut self, action: Action) {
        match action {
            Action::Quit => self.quit = true,
            Action::Redraw => self.commands.push(Command::Redraw),
            Action::Reload => self.reload(),
            Action::Suspend => self.commands.push(Command::Suspend),
            Action::ToggleMouse => self.toggle_mouse(),
            Action::CycleTheme => self.cycle_theme(),
            Action::Help => self.toggle_help(),
            Action::Issues => self.open_issues(),
            Action::SearchAll => {
                let words = self.stack.last().and_then(|top| top.view.not_found());
                self.perform(Effect::Open(Screen::Search { like: None, words }));
            }
            other => self.on_top(|view, ctx| view.update(other, ctx)),
        }
    }

    fn toggle_mouse(&mut self) {
        self.mouse = !self.mouse;
        self.commands.push(Command::Mouse(self.mouse));
        self.say(
            if self.mouse {
                "the mouse clicks and scrolls here again"
            } else {
                "the mouse is free: the terminal selects text with it"
            },
            false,
        );
    }

    fn cycle_theme(&mut self) {
        let message = format!("theme: {}", self.session.cycle_theme());
        self.layout();
        self.say(message, false);
    }

    fn toggle_help(&mut self) {
        match self.stack.last() {
            Some(top) if matches!(top.screen, Screen::Help { .. }) => self.perform(Effect::Back),
            Some(top) => {
                let scope = top.view.scope();
                self.perform(Effect::Open(Screen::Help { scope }));
            }
            None => {}
        }
    }

    fn open_issues(&mut self) {
        match self.stack.last() {
            Some(top) if top.screen == Screen::Issues => self.perform(Effect::Back),
            _ => self.perform(Effect::Open(Screen::Issues)),
        }
    }

    fn paste(&mut self, text: &str) {
        let typing = |top: &Opened| top.view.scope().takes_text();
        if self.stack.last().is_some_and(typing) {
            self.on_top(|view, ctx| view.input(text, ctx));
        }
    }

    fn mouse(&mut self, mouse: MouseEvent) {
        let (column, row) = (mouse.column, mouse.row);
        if self.is_too_small() || !self.area().contains((column, row).into()) {
            return;
        }
        match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                self.message = None;
                self.on_top(|view, ctx| view.click(column, row, ctx));
            }
            MouseEventKind::ScrollDown => {
                self.on_top(|view, ctx| view.wheel(WHEEL, column, row, ctx));
            }
            MouseEventKind::ScrollUp => {
                self.on_top(|view, ctx| view.wheel(-WHEEL, column, row, ctx));
            }
            _ => {}
        }
    }

    fn answer(&mut self, answer: &Answer) {
        if let Answer::LookedInto(found) = answer {
            self.session.take_findings(found);
        }
        self.on_all(|view, ctx| view.answer(answer, ctx));
    }

    fn on_all(&mut self, ask: impl Fn(&mut dyn View, &super::view::Ctx<'_>) -> Effect) {
        let ctx = self.session.ctx();
        let top = self.stack.len().saturating_sub(1);
        let effects: Vec<Effect> = self
            .stack
            .iter_mut()
            .enumerate()
            .map(|(at, opened)| (at, ask(opened.view.as_mut(), &ctx)))
            // The person has gone on when a view below wants to open what was asked of it before.
            .filter(|(at, effect)| *at == top || !effect.navigates())
            .map(|(_, effect)| effect)
            .collect();
        for effect in effects {
            self.perform(effect);
        }
    }

    fn on_top(&mut self, ask: impl FnOnce(&mut dyn View, &super::view::Ctx<'_>) -> Effect) {
        let Some(top) = self.stack.last_mut() else {
            return;
        };
        let effect = ask(top.view.as_mut(), &self.session.ctx());
        self.perform(effect);
    }
}
