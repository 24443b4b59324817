//! The list of policies: find, sort, mark a left side, preview.

mod acting;
mod columns;
mod findings;
mod head;
mod list;
mod listed;
mod order;
mod places;
mod preview;

use self::list::List;
use self::places::Panes;
use self::preview::Preview;
use super::{Ctx, Moved, View, notices, pane_rule, rule};
use crate::library::{PolicyId, thousands};
use crate::tui::action::Action;
use crate::tui::effect::{Answer, Effect, Screen};
use crate::tui::glyphs::Glyph;
use crate::tui::keymap::Scope;
use crate::tui::prompt::Prompt;
use crate::tui::text::truncate;
use crate::tui::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// Where the keys go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Focus {
    #[default]
    List,
    Preview,
    /// The line of the fuzzy find.
    Find,
}

/// The key for an action, as the hint bar spells it.
fn key(action: Action, ctx: &Ctx<'_>) -> String {
    ctx.keys
        .key_for(Scope::Library, action)
        .map_or_else(String::new, ToString::to_string)
}

/// The library view.
#[derive(Debug, Default)]
pub struct LibraryView {
    list: List,
    preview: Preview,
    find: Prompt,
    focus: Focus,
    /// The left side of the comparison to come.
    marked: Option<PolicyId>,
    /// The policy that was last asked to be looked into.
    looked_into: Option<PolicyId>,
    /// Whether all policies of a small library were.
    all_looked_into: bool,
    panes: Panes,
}

impl LibraryView {
    /// A view of the whole library.
    pub fn new() -> Self {
        Self::default()
    }

    /// Follows a change of the library, the query or the sort order.
    fn refresh(&mut self, ctx: &Ctx<'_>) {
        self.list.refresh(self.find.text(), ctx);
        self.show_preview(ctx);
    }

    fn show_preview(&mut self, ctx: &Ctx<'_>) {
        if let Some(area) = self.panes.preview {
            self.preview.show(self.list.selected(), area, ctx);
        }
    }

    fn step(&mut self, action: Action, ctx: &Ctx<'_>) {
        if self.focus == Focus::Preview {
            self.preview.scroll(action);
            return;
        }
        self.list.step(action);
        self.show_preview(ctx);
    }

    /// Esc: out of the prompt, back to the list, forget the query, forget the mark, leave.
    fn back(&mut self, ctx: &Ctx<'_>) -> Effect {
        match self.focus {
            Focus::Preview => self.change_focus(Focus::List, ctx),
            _ if !self.find.is_empty() || self.focus == Focus::Find => {
                self.find.clear();
                self.focus = Focus::List;
                self.refresh(ctx);
            }
            _ if self.marked.is_some() => self.marked = None,
            _ => return Effect::Back,
        }
        Effect::None
    }

    fn change_focus(&mut self, focus: Focus, ctx: &Ctx<'_>) {
        self.focus = focus;
        let area = self.area();
        self.layout(area, ctx);
    }

    fn area(&self) -> Rect {
        let body = self.panes.list.or(self.panes.preview).unwrap_or_default();
        Rect {
            height: body.height + 2,
            ..self.panes.find
        }
    }

    fn update_prompt(&mut self, action: Action, ctx: &Ctx<'_>) -> Effect {
        match action {
            Action::Open => self.focus = Focus::List,
            Action::Back => return self.back(ctx),
            Action::Up | Action::Down | Action::PageUp | Action::PageDown => {
                self.list.step(action);
                self.show_preview(ctx);
            }
            _ => {
                if self.find.update(action) {
                    self.refresh(ctx);
                    self.list.select_best();
                    self.show_preview(ctx);
                }
            }
        }
        Effect::None
    }
}

impl View for LibraryView {
    fn moves(&mut self, moved: &Moved<'_>, _ctx: &Ctx<'_>) -> bool {
        self.marked = self.marked.and_then(|id| moved.policy(id));
        (self.looked_into, self.all_looked_into) = (None, false);
        self.preview = Preview::default();
        self.list.moves(moved);
        true
    }

    fn scope(&self) -> Scope {
        if self.focus == Focus::Find {
            Scope::Prompt
        } else {
            Scope::Library
        }
    }

    fn layout(&mut self, area: Rect, ctx: &Ctx<'_>) {
        let histories = list::has_histories(ctx);
        self.panes = Panes::of(area, self.focus == Focus::Preview, histories);
        if let Some(list) = self.panes.list {
            self.list.resize(list);
        }
        self.refresh(ctx);
    }

    fn open(&mut self, ctx: &Ctx<'_>) -> Effect {
        self.look_into(ctx)
    }

    fn loaded(&mut self, ctx: &Ctx<'_>) -> Effect {
        self.look_into(ctx)
    }

    fn update(&mut self, action: Action, ctx: &Ctx<'_>) -> Effect {
        if self.focus == Focus::Find {
            let effect = self.update_prompt(action, ctx);
            return match effect {
                Effect::None => self.look_into(ctx),
                other => other,
            };
        }
        match action {
            Action::Open => return self.open_selected(ctx),
            Action::Read | Action::Right => return self.read_selected(),
            Action::Mark => return self.toggle_mark(ctx),
            Action::Timeline => return self.open_timeline(),
            Action::Matrix => return Effect::Open(Screen::Matrix { base: self.marked }),
            Action::OpenSnapshot => return self.open_snapshot(ctx),
            Action::Back => return self.back(ctx),
            Action::Find => {
                self.find.clear();
                self.change_focus(Focus::Find, ctx);
            }
            Action::NextPane if self.focus == Focus::Preview => self.change_focus(Focus::List, ctx),
            Action::NextPane => self.change_focus(Focus::Preview, ctx),
            Action::Clear => {
                self.find.clear();
                self.marked = None;
                self.refresh(ctx);
            }
            Action::Sort => {
                self.list.sort_next();
                self.refresh(ctx);
            }
            Action::ReverseSort => {
                self.list.reverse();
                self.refresh(ctx);
            }
            _ => self.step(action, ctx),
        }
        self.look_into(ctx)
    }

    fn input(&mut self, text: &str, ctx: &Ctx<'_>) -> Effect {
        self.find.insert(text);
        self.refresh(ctx);
        self.list.select_best();
        self.show_preview(ctx);
        self.look_into(ctx)
    }

    fn click(&mut self, column: u16, row: u16, ctx: &Ctx<'_>) -> Effect {
        let inside =
            |area: Option<Rect>| area.is_some_and(|area| area.contains((column, row).into()));
        if self.panes.find.contains((column, row).into()) {
            self.change_focus(Focus::Find, ctx);
        } else if inside(self.panes.preview) {
            self.change_focus(Focus::Preview, ctx);
        } else if inside(self.panes.list) {
            self.focus = Focus::List;
            let before = self.list.selected();
            let hit = self.list.click(row);
            self.show_preview(ctx);
            if hit && self.list.selected() == before {
                return self.open_selected(ctx);
            }
        }
        self.look_into(ctx)
    }

    fn wheel(&mut self, rows: isize, column: u16, row: u16, ctx: &Ctx<'_>) -> Effect {
        if self
            .panes
            .preview
            .is_some_and(|area| area.contains((column, row).into()))
        {
            self.preview.wheel(rows);
        } else {
            self.list.wheel(rows);
            self.show_preview(ctx);
        }
        self.look_into(ctx)
    }

    fn answer(&mut self, answer: &Answer, ctx: &Ctx<'_>) -> Effect {
        if matches!(answer, Answer::LookedInto(_)) {
            self.show_preview(ctx);
        }
        Effect::None
    }

    fn render(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        let panes = &self.panes;
        self.render_find(buffer, ctx);
        let divider = panes
            .list
            .filter(|_| panes.preview.is_some())
            .map(|list| list.right());
        let joint = divider.map(|x| (x, Glyph::JointDown));
        rule(buffer, panes.rule, panes.rule.y, joint.as_slice(), ctx);
        if let (Some(x), Some(list)) = (divider, panes.list) {
            pane_rule(buffer, list, x, ctx);
        }
        if panes.list.is_some() {
            let elsewhere = self.elsewhere(ctx);
            let focused = self.focus != Focus::Preview;
            self.list
                .render(self.marked, focused, &elsewhere, buffer, ctx);
        }
        if panes.preview.is_some() {
            self.preview
                .render(self.focus == Focus::Preview, buffer, ctx);
        }
    }

    fn title(&self, ctx: &Ctx<'_>) -> Line<'static> {
        Line::from(ctx.span(Role::Title, "Library"))
    }

    fn state(&self, ctx: &Ctx<'_>) -> Line<'static> {
        let count = self.list.total();
        let mut parts = vec![format!(
            "{} {}",
            thousands(count),
            if count == 1 { "policy" } else { "policies" }
        )];
        if ctx.library.is_sample() {
            parts.push("sample library".to_owned());
        }
        if let Some(progress) = ctx.progress {
            parts.push(progress.to_string());
        }
        let dot = format!(" {} ", ctx.glyph(Glyph::Dot));
        let mut spans = vec![ctx.span(Role::Text, parts.join(&dot))];
        if let Some(notices) = notices::told(Scope::Library, ctx) {
            spans.push(ctx.span(Role::Warning, format!("{dot}{notices}")));
        }
        Line::from(spans)
    }

    fn not_found(&self) -> Option<String> {
        let words = self.find.text().trim();
        (self.list.len() == 0 && !words.is_empty()).then(|| words.to_owned())
    }

    fn status(&self, ctx: &Ctx<'_>) -> Line<'static> {
        let Some(marked) = self.marked.and_then(|id| ctx.library.get(id)) else {
            return Line::default();
        };
        Line::from(vec![
            ctx.span(Role::Accent, "L "),
            ctx.span(
                Role::Text,
                truncate(&marked.name, 30, ctx.glyph(Glyph::Ellipsis)).into_owned(),
            ),
        ])
    }

    fn hints(&self, ctx: &Ctx<'_>) -> Vec<Action> {
        let selected = self.list.selected().and_then(|id| ctx.library.get(id));
        let several = selected.is_some_and(|entry| listed::versions(entry) > 1);
        match self.focus {
            Focus::Find => vec![Action::Open, Action::Back, Action::Up, Action::Down],
            Focus::Preview => vec![Action::NextPane, Action::Read, Action::Mark],
            Focus::List if self.marked.is_some() => {
                vec![
                    Action::Open,
                    Action::Mark,
                    Action::Find,
                    Action::Read,
                    Action::Help,
                ]
            }
            Focus::List if self.list.len() == 0 => vec![Action::SearchAll, Action::Find],
            Focus::List => [Action::Open, Action::Mark, Action::Find, Action::SearchAll]
                .into_iter()
                .chain(several.then_some(Action::Timeline))
                .chain([Action::Matrix, Action::Sort, Action::NextPane])
                .collect(),
        }
    }
}
