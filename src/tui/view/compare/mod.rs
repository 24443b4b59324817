//! Two policies side by side: by text for two versions of one text, by topic or by practice for two
//! companies.

mod acting;
mod changes;
mod choose;
mod find;
mod findings;
mod heads;
mod mouse;
mod moving;
mod outlook;
mod paint;
mod places;
mod quote;
mod reload;
mod rows;
mod search;
mod shown;
mod state;
mod sync;
mod versions;

use self::changes::Changes;
use self::places::{Places, Wanted};
use self::rows::Rows;
use self::search::Search;
use self::shown::Shown;
use self::sync::Sync;
use self::versions::Expected;
use super::{Ctx, Moved, View, prompt_line};
use crate::compare::{By, Comparison};
use crate::library::PolicyId;
use crate::model::{Pair, Policy, Side, Topic};
use crate::tui::action::Action;
use crate::tui::effect::{Answer, ComparePlace, Effect, Request, Waiting};
use crate::tui::glyphs::Glyph;
use crate::tui::keymap::Scope;
use crate::tui::over::Over;
use crate::tui::scroll::Scroll;
use crate::tui::text::sanitize;
use crate::tui::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use std::sync::Arc;

/// Columns that the text keeps beside the list of changes where it stands in one.
const ONE_COLUMN: u16 = 48;

/// What is being chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chosen {
    Policy(Side, PolicyId),
    /// A version of a policy, by its place in the history.
    Version(Side, PolicyId, usize),
    Topic(Option<Topic>),
}

/// The compare view.
#[derive(Debug)]
pub struct CompareView {
    pair: Pair<PolicyId>,
    /// What was asked for; none lets the data decide.
    by: Option<By>,
    /// None while it is being made.
    comparison: Option<Arc<Comparison>>,
    shown: Shown,
    rows: Rows,
    scroll: Scroll,
    sync: Sync,
    search: Search,
    over: Option<Over<Chosen>>,
    overview: Vec<Option<(Glyph, Role)>>,
    changes: Changes,
    places: Places,
    expected: Expected,
}

impl CompareView {
    /// The comparison of a pair, from the place given; none when the library does not hold both.
    pub fn new(pair: Pair<PolicyId>, at: Option<ComparePlace>, ctx: &Ctx<'_>) -> Option<Self> {
        let _both = (ctx.library.get(pair.left)?, ctx.library.get(pair.right)?);
        Some(Self {
            pair,
            by: match at {
                Some(ComparePlace::Question(_)) => Some(By::Practice),
                Some(ComparePlace::Topic(_)) => Some(By::Topic),
                Some(ComparePlace::Clause(..)) | None => None,
            },
            expected: Expected::at(at),
            comparison: None,
            shown: Shown::default(),
            rows: Rows::default(),
            scroll: Scroll::default(),
            sync: Sync::default(),
            search: Search::default(),
            over: None,
            overview: Vec::new(),
            changes: Changes::default(),
            places: Places::default(),
        })
    }

    fn policies<'a>(&self, ctx: &'a Ctx<'_>) -> Option<Pair<&'a Policy>> {
        let policy = |id| ctx.library.get(id).map(|entry| entry.policy().as_ref());
        Some(Pair::new(policy(self.pair.left)?, policy(self.pair.right)?))
    }

    /// Asks for the comparison anew, after a side or the way of comparing has changed.
    fn ask(&mut self) -> Effect {
        self.comparison = None;
        self.rows = Rows::default();
        self.shown.open.clear();
        self.shown.level = None;
        self.shown.class = None;
        self.sync.level();
        // Nobody waits for an earlier comparison any more.
        self.expected.waiting = Waiting::default();
        Effect::Ask(Request::Compare {
            pair: self.pair,
            by: self.by,
            wanted: self.expected.waiting.wanted(),
        })
    }

    /// Lays out anew and keeps the place: the row under the cursor stays there.
    fn refresh(&mut self, ctx: &Ctx<'_>) {
        let row = self.rows.row_at(self.scroll.cursor());
        let below = self.scroll.cursor().saturating_sub(self.scroll.top());
        let (Some(comparison), Some(policies)) = (self.comparison.clone(), self.policies(ctx))
        else {
            return;
        };
        let body = self.places.body;
        let form = (self.is_unified(ctx), body.width);
        self.rows = Rows::new(
            &comparison,
            comparison.notes.clone(),
            policies,
            &self.shown,
            form,
        );
        let height = usize::from(body.height);
        let below = if height == self.scroll.height() {
            below
        } else {
            below.min(height / 3)
        };
        self.scroll.resize(self.rows.lines.len(), height);
        let line = row.map_or(0, |row| self.rows.line_of(row));
        self.scroll.place(line, below);
        let group = self.rows.group(line);
        self.scroll.reveal(group);
        self.draw_overview(&comparison);
        self.changes.list(&comparison, &self.shown);
        if self.changes.is_open() {
            self.changes.resize(usize::from(self.entries().height));
            self.follow();
        }
    }

    fn take_comparison(&mut self, comparison: &Arc<Comparison>, ctx: &Ctx<'_>) {
        self.comparison = Some(Arc::clone(comparison));
        if let Some(policies) = self.policies(ctx) {
            self.search.again(comparison, policies);
        }
        self.refresh(ctx);
        if let Some(at) = self.expected.at.take() {
            self.go_to(at, ctx);
            self.keep_up(ctx);
        }
    }

    pub(super) fn is_by_practice(&self) -> bool {
        let comparison = self.comparison.as_ref();
        comparison.is_some_and(|comparison| comparison.by == By::Practice)
    }

    /// Whether the sides stand in one column: as was asked for, else as the width allows.
    fn is_unified(&self, ctx: &Ctx<'_>) -> bool {
        let narrow = self.places.body.width < ctx.side_by_side;
        self.shown.unified.unwrap_or(narrow)
    }

    /// What goes with the cursor of the text wherever that has come: the ends of a move, which stand
    /// level only under it, and the list.
    fn keep_up(&mut self, ctx: &Ctx<'_>) {
        self.let_go(ctx);
        self.follow();
    }

    fn layout_again(&mut self, ctx: &Ctx<'_>) {
        self.layout(self.places.whole, ctx);
    }

    /// The key that shows changes of form.
    fn key_form(&self, ctx: &Ctx<'_>) -> String {
        let key = ctx.keys.key_for(Scope::Compare, Action::ToggleForm);
        key.map_or_else(String::new, ToString::to_string)
    }
}

impl View for CompareView {
    fn moves(&mut self, moved: &Moved<'_>, _ctx: &Ctx<'_>) -> bool {
        self.go_over(moved)
    }

    fn scope(&self) -> Scope {
        match (&self.over, &self.search.typing) {
            (Some(over), _) => over.scope(),
            (None, Some(_)) => Scope::Prompt,
            (None, None) => self.own_scope(),
        }
    }

    fn open(&mut self, _ctx: &Ctx<'_>) -> Effect {
        self.ask()
    }

    fn loaded(&mut self, _ctx: &Ctx<'_>) -> Effect {
        match std::mem::take(&mut self.expected.anew) {
            true => self.ask(),
            false => Effect::None,
        }
    }

    fn layout(&mut self, area: Rect, ctx: &Ctx<'_>) {
        let wanted = Wanted {
            grounds: self.shown.grounds.is_open(),
            list: self.changes.is_open(),
            least: if self.shown.unified.unwrap_or(area.width < ctx.side_by_side) {
                ONE_COLUMN
            } else {
                ctx.side_by_side
            },
        };
        self.places = Places::new(area, wanted);
        if let Some(over) = &mut self.over {
            over.layout(area, ctx);
        }
        self.refresh(ctx);
    }

    fn update(&mut self, action: Action, ctx: &Ctx<'_>) -> Effect {
        if let Some(over) = &mut self.over {
            let outcome = over.update(action, ctx);
            return self.after(outcome, ctx);
        }
        let effect = if self.search.typing.is_some() {
            self.update_prompt(action, ctx)
        } else if self.changes.has_focus() && Self::is_for_list(action) {
            self.update_changes(action, ctx);
            self.let_go(ctx);
            return Effect::None;
        } else {
            self.update_text(action, ctx)
        };
        self.keep_up(ctx);
        effect
    }

    fn input(&mut self, text: &str, ctx: &Ctx<'_>) -> Effect {
        if let Some(over) = &mut self.over {
            over.input(text);
        } else if let Some(typing) = &mut self.search.typing {
            typing.prompt.insert(text);
            self.search_typed(ctx);
            self.keep_up(ctx);
        }
        Effect::None
    }

    fn click(&mut self, column: u16, row: u16, ctx: &Ctx<'_>) -> Effect {
        if let Some(over) = &mut self.over {
            let outcome = over.click(column, row, ctx);
            return self.after(outcome, ctx);
        }
        if self.is_on_list(column, row) {
            self.click_change(row);
            self.let_go(ctx);
            return Effect::None;
        }
        let effect = self.click_text(column, row, ctx);
        self.keep_up(ctx);
        effect
    }

    fn wheel(&mut self, rows: isize, column: u16, row: u16, ctx: &Ctx<'_>) -> Effect {
        if let Some(over) = &mut self.over {
            over.wheel(rows);
            return Effect::None;
        }
        if self.is_on_list(column, row) {
            self.wheel_changes(rows);
            self.let_go(ctx);
        } else {
            self.wheel_text(rows, column);
            self.keep_up(ctx);
        }
        Effect::None
    }

    fn answer(&mut self, answer: &Answer, ctx: &Ctx<'_>) -> Effect {
        match answer {
            Answer::Compared {
                pair,
                by,
                comparison,
            } if *pair == self.pair && *by == self.by => {
                self.take_comparison(comparison, ctx);
                self.look_into(ctx)
            }
            Answer::Versions { places, opened, .. } if self.expected.version.is_some() => {
                self.take_version(places, opened)
            }
            other => match &mut self.over {
                Some(over) => over.answer(other, ctx),
                None => Effect::None,
            },
        }
    }

    fn render(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        let Some(policies) = self.policies(ctx) else {
            return;
        };
        self.render_heads(buffer, ctx);
        match &self.comparison {
            Some(comparison) => paint::render(self, comparison, policies, buffer, ctx),
            None => self.render_waiting(policies, buffer, ctx),
        }
        if self.shown.grounds.is_open() {
            let lines = self.grounds(ctx);
            let scope = Scope::Compare;
            self.shown
                .grounds
                .render(&lines, self.panel(), scope, buffer, ctx);
        }
        if let Some(comparison) = self.comparison.as_ref().filter(|_| self.changes.is_open()) {
            self.render_changes(comparison, policies, buffer, ctx);
        }
        if let Some(over) = &self.over {
            over.render(buffer, ctx);
        }
    }

    fn title(&self, ctx: &Ctx<'_>) -> Line<'static> {
        let (names, which) = self.names(ctx);
        let versus = format!(" {} ", ctx.glyph(Glyph::Versus));
        let which = which.map(|which| format!(" {} {which}", ctx.glyph(Glyph::Dot)));
        let names = names.map(|name| sanitize(&name).into_owned());
        let names = match which {
            Some(_) => names,
            None => self.names_in_room(names, ctx),
        };
        Line::from(vec![
            ctx.span(Role::Title, names.left),
            ctx.span(Role::Dim, versus),
            ctx.span(Role::Title, names.right),
            ctx.span(Role::Text, which.unwrap_or_default()),
        ])
    }

    fn state(&self, ctx: &Ctx<'_>) -> Line<'static> {
        self.state_line(ctx)
    }

    fn status(&self, ctx: &Ctx<'_>) -> Line<'static> {
        if let Some(typing) = &self.search.typing {
            return prompt_line(" / ", &typing.prompt, ctx);
        }
        self.finding_here(ctx)
    }

    fn hints(&self, ctx: &Ctx<'_>) -> Vec<Action> {
        if let Some(over) = &self.over {
            return over.hints();
        }
        if self.search.typing.is_some() {
            return vec![Action::Open, Action::Back, Action::Down, Action::Up];
        }
        if self.comparison.is_none() {
            return vec![Action::Back];
        }
        if self.changes.has_focus() {
            let form = (!self.is_by_practice()).then_some(Action::ToggleForm);
            return [Action::Open, Action::NextClass, Action::PickTopic]
                .into_iter()
                .chain(form)
                .chain([Action::ListChanges])
                .collect();
        }
        let mut hints = vec![Action::NextDifference, Action::ListChanges];
        if self.is_on_move() {
            hints.extend([Action::LevelEnds, Action::JumpMove]);
        }
        if self.is_by_practice() {
            hints.insert(1, Action::Open);
            hints.extend([Action::SwitchBy, Action::PickTopic, Action::Fold]);
        } else {
            hints.extend([
                Action::SwitchBy,
                Action::PickTopic,
                Action::Fold,
                Action::ToggleForm,
            ]);
        }
        if self.names(ctx).1.is_some() {
            hints.splice(1..1, [Action::NextVersion, Action::ClauseHistory]);
        }
        hints.extend([Action::SwapSides, Action::ChangeRight]);
        hints
    }
}
