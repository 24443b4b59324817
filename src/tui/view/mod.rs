//! What every view is to the app. A view turns actions into effects and draws itself; it never
//! draws the title line and the bottom line, and never knows another view or the app.

pub mod compare;
pub mod help;
pub mod issues;
pub mod library;
pub mod matrix;
mod moved;
mod notices;
pub mod reader;
pub mod search;
pub mod timeline;

pub use moved::Moved;

use super::action::Action;
use super::effect::{Answer, Effect, Screen};
use super::glyphs::{Glyph, Glyphs};
use super::keymap::{Keymap, Scope};
use super::text::Painter;
use super::theme::{Role, Theme};
use crate::library::{Library, Progress};
use crate::model::{Issue, Policy, Topic};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// What views may look at while they work and draw.
#[derive(Clone, Copy, Debug)]
pub struct Ctx<'a> {
    /// The policies.
    pub library: &'a Library,
    /// What could not be read or looks odd: of the library and of the configuration.
    pub issues: &'a [Issue],
    /// How far the loading came; none when everything is read.
    pub progress: Option<Progress>,
    /// The styles.
    pub theme: &'a Theme,
    /// The signs.
    pub glyphs: Glyphs,
    /// The keys, for hints.
    pub keys: &'a Keymap,
    /// Below so many columns the sides of a comparison stand in one.
    pub side_by_side: u16,
}

impl<'a> Ctx<'a> {
    /// The style of a role.
    pub fn style(&self, role: Role) -> Style {
        self.theme.style(role)
    }

    /// The spelling of a sign.
    pub fn glyph(&self, glyph: Glyph) -> &'static str {
        self.glyphs.of(glyph)
    }

    /// A span in the style of a role.
    pub fn span(&self, role: Role, text: impl Into<String>) -> Span<'static> {
        Span::styled(text.into(), self.style(role))
    }

    /// The sign and letter of a topic, in its style: `◆c`, or `◇c` when it stands less firm.
    pub fn topic_mark(&self, topic: Topic, firm: bool) -> Span<'static> {
        let glyph = if firm {
            Glyph::Topic
        } else {
            Glyph::TopicFaint
        };
        let text = format!("{}{}", self.glyph(glyph), topic.sign());
        Span::styled(text, self.theme.topic(topic))
    }

    /// A painter for the text of a policy.
    pub fn painter<'p>(&self, policy: &'p Policy) -> Painter<'p>
    where
        'a: 'p,
    {
        Painter {
            policy,
            theme: self.theme,
            glyphs: self.glyphs,
        }
    }
}

/// A screenful with its own keys and state.
///
/// The app calls [`layout`](View::layout) before the first frame, when the size changes, and when theme or
/// signs do; every change of state goes through `&mut self` methods, and [`render`](View::render)
/// only reads.
pub trait View {
    /// Whose keys hold now. While a line is typed this is [`Scope::Prompt`] or [`Scope::Picker`], and
    /// characters go to [`input`](View::input).
    fn scope(&self) -> Scope;

    /// Goes over to a library that was read anew, with its place and state; whether it can. Work that was
    /// asked for comes to nothing; [`loaded`](View::loaded) follows and may ask anew.
    fn moves(&mut self, _moved: &Moved<'_>, _ctx: &Ctx<'_>) -> bool {
        false
    }

    /// For a view that cannot go over to it: the screen that leads to what it shows now.
    fn shows(&self) -> Option<Screen> {
        None
    }

    /// What was looked for here and is nowhere: a search of the texts begins with it.
    fn not_found(&self) -> Option<String> {
        None
    }

    /// Called once when the view was opened, after the first [`layout`](View::layout).
    fn open(&mut self, _ctx: &Ctx<'_>) -> Effect {
        Effect::None
    }

    /// Called instead when a view that was kept comes to the top again, with the screen that was
    /// asked for now.
    fn open_again(&mut self, _screen: &Screen, _ctx: &Ctx<'_>) -> Effect {
        Effect::None
    }

    /// Takes over the area that it will draw in: everything between title line and bottom line.
    fn layout(&mut self, area: Rect, ctx: &Ctx<'_>);

    /// Called for every open view when more of the library was read.
    fn loaded(&mut self, _ctx: &Ctx<'_>) -> Effect {
        Effect::None
    }

    /// Carries out an action. [`Action::Back`] comes here first: a view that has nothing of its
    /// own to step back from answers [`Effect::Back`].
    fn update(&mut self, action: Action, ctx: &Ctx<'_>) -> Effect;

    /// Takes typed or pasted text.
    fn input(&mut self, _text: &str, _ctx: &Ctx<'_>) -> Effect {
        Effect::None
    }

    /// A click at a cell of the screen inside the area.
    fn click(&mut self, _column: u16, _row: u16, _ctx: &Ctx<'_>) -> Effect {
        Effect::None
    }

    /// The wheel, by rows (down when positive), over a cell of the screen inside the area.
    fn wheel(&mut self, _rows: isize, _column: u16, _row: u16, _ctx: &Ctx<'_>) -> Effect {
        Effect::None
    }

    /// What came of work in the background; every open view gets every answer.
    fn answer(&mut self, _answer: &Answer, _ctx: &Ctx<'_>) -> Effect {
        Effect::None
    }

    /// Some work in the background broke down: whoever waits may wait in vain.
    fn failed(&mut self, _ctx: &Ctx<'_>) -> Effect {
        Effect::None
    }

    /// Draws the view into the area that it was last laid out for.
    fn render(&self, buffer: &mut Buffer, ctx: &Ctx<'_>);

    /// Where you are, for the top left.
    fn title(&self, ctx: &Ctx<'_>) -> Line<'static>;

    /// What state you are in, for the top right. Spans are dropped from the end where there is no room,
    /// so the weightiest comes first, and a separator begins the span after it.
    fn state(&self, ctx: &Ctx<'_>) -> Line<'static>;

    /// What is going on, for the bottom left: the line being typed, the clause explained.
    fn status(&self, _ctx: &Ctx<'_>) -> Line<'static> {
        Line::default()
    }

    /// The actions that matter now, weightiest first, for the bottom right.
    fn hints(&self, ctx: &Ctx<'_>) -> Vec<Action>;
}

/// Of a library of more policies only those are looked into, for what does not hold together in them, that
/// were opened or chosen: all of them would have to be read.
pub const MANY: usize = 4_000;

/// What the title line begins with where there is room, with the sign behind it; columns.
pub const NAME: &str = "policy-tui";

/// Columns between what stands left and what stands right.
pub const GAP: usize = 2;

/// Whether a title line of so many columns has room for the name of the program, before a title and a
/// state of so many. Narrow screens say where you are before they say whose program it is, and nothing of
/// the state is left out for it.
pub fn has_room_for_name(columns: usize, title: usize, state: usize) -> bool {
    NAME.len() + 3 + title + GAP + state <= columns
}

/// The columns of a state on a screen of so many, beside a title of so many. `state` is what it would take.
pub fn room_for_state(screen: usize, title: usize, state: usize) -> usize {
    let columns = screen.saturating_sub(2);
    let name = match has_room_for_name(columns, title, state) {
        true => NAME.len() + 3,
        false => 0,
    };
    columns.saturating_sub(name + title + GAP).max(columns / 3)
}

/// Draws a rule over the width of `area` at its row `y`, with joints where pane rules meet it.
pub fn rule(buffer: &mut Buffer, area: Rect, y: u16, joints: &[(u16, Glyph)], ctx: &Ctx<'_>) {
    let style = ctx.style(Role::Rule);
    for x in area.left()..area.right() {
        let joint = joints.iter().find(|(at, _)| *at == x);
        let glyph = joint.map_or(Glyph::Horizontal, |(_, glyph)| *glyph);
        if let Some(cell) = buffer.cell_mut((x, y)) {
            cell.set_symbol(ctx.glyph(glyph)).set_style(style);
        }
    }
}

/// Draws a rule between panes at column `x`, from the top of `area` to its bottom.
pub fn pane_rule(buffer: &mut Buffer, area: Rect, x: u16, ctx: &Ctx<'_>) {
    let style = ctx.style(Role::Rule);
    for y in area.top()..area.bottom() {
        if let Some(cell) = buffer.cell_mut((x, y)) {
            cell.set_symbol(ctx.glyph(Glyph::Vertical)).set_style(style);
        }
    }
}

/// The line that is being typed, with a sign for the place where typing goes.
pub fn prompt_line(lead: &str, prompt: &super::prompt::Prompt, ctx: &Ctx<'_>) -> Line<'static> {
    let (before, after) = prompt.halves();
    Line::from(vec![
        ctx.span(Role::Accent, lead),
        Span::raw(before.to_owned()),
        ctx.span(Role::Accent, ctx.glyph(Glyph::Caret)),
        Span::raw(after.to_owned()),
    ])
}
