//! Two policies side by side: by text for two versions of one text, by topic for two companies.

mod choose;
mod find;
mod heads;
mod moving;
mod outlook;
mod paint;
mod quote;
mod rows;
mod search;
mod sync;

use self::rows::{Rows, Shown, What};
use self::search::Search;
use self::sync::Sync;
use super::{Ctx, View, prompt_line};
use crate::compare::{By, Comparison};
use crate::library::PolicyId;
use crate::model::{Pair, Policy, Side, Topic};
use crate::tui::action::Action;
use crate::tui::effect::{Answer, Effect, Request};
use crate::tui::glyphs::Glyph;
use crate::tui::keymap::Scope;
use crate::tui::picker::Picker;
use crate::tui::scroll::Scroll;
use crate::tui::text::sanitize;
use crate::tui::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use std::sync::Arc;

/// Below this width the sides stand below each other.
const SIDE_BY_SIDE: u16 = 76;

/// Rows of the panel that shows the grounds of topics, its rule included.
const PANEL: u16 = 8;

/// What is being chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chosen {
    Policy(Side, PolicyId),
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
    picker: Option<Picker<Chosen>>,
    overview: Vec<Option<(Glyph, Role)>>,
    /// Whether the grounds of the topics are shown.
    explaining: bool,
    area: Rect,
    /// Below the heads of the sides.
    body: Rect,
}

impl CompareView {
    /// The comparison of a pair; none when the library does not hold both.
    pub fn new(pair: Pair<PolicyId>, ctx: &Ctx<'_>) -> Option<Self> {
        let _both = (ctx.library.get(pair.left)?, ctx.library.get(pair.right)?);
        Some(Self {
            pair,
            by: None,
            comparison: None,
            shown: Shown::default(),
            rows: Rows::default(),
            scroll: Scroll::default(),
            sync: Sync::default(),
            search: Search::default(),
            picker: None,
            overview: Vec::new(),
            explaining: false,
            area: Rect::ZERO,
            body: Rect::ZERO,
        })
    }

    fn policies<'a>(&self, ctx: &'a Ctx<'_>) -> Option<Pair<&'a Policy>> {
        let policy = |id| ctx.library.get(id).map(|entry| entry.policy.as_ref());
        Some(Pair::new(policy(self.pair.left)?, policy(self.pair.right)?))
    }

    /// Asks for the comparison anew, after a side or the way of comparing has changed.
    fn ask(&mut self) -> Effect {
        self.comparison = None;
        self.rows = Rows::default();
        self.shown.open.clear();
        self.sync.level();
        Effect::Ask(Request::Compare {
            pair: self.pair,
            by: self.by,
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
        let unified = self.shown.unified || self.body.width < SIDE_BY_SIDE;
        self.rows = Rows::new(&comparison, policies, &self.shown, unified, self.body.width);
        self.scroll
            .resize(self.rows.lines.len(), usize::from(self.body.height));
        let line = row.map_or(0, |row| self.rows.line_of(row));
        let height = usize::from(self.body.height);
        self.scroll.place(line, below.min(height / 3));
        let group = self.rows.group(line);
        self.scroll.reveal(group);
        self.draw_overview(&comparison);
    }

    fn switch_by(&mut self) -> Effect {
        let now = self.comparison.as_ref().map(|comparison| comparison.by);
        self.by = Some(match now.or(self.by) {
            Some(By::Text) => By::Topic,
            _ => By::Text,
        });
        self.scroll = Scroll::default();
        self.ask()
    }

    fn swap(&mut self) -> Effect {
        self.pair = self.pair.swapped();
        self.ask()
    }

    /// Esc: forget the search, bring the sides level, show all topics, leave.
    fn back(&mut self, ctx: &Ctx<'_>) -> Effect {
        if !self.search.is_empty() {
            self.search.clear();
        } else if self.sync != Sync::default() {
            self.sync.level();
        } else if self.shown.topic.is_some() {
            self.set_topic(None, ctx);
        } else {
            return Effect::Back;
        }
        Effect::None
    }

    /// The key that shows changes of form.
    fn key_form(&self, ctx: &Ctx<'_>) -> String {
        let key = ctx.keys.key_for(Scope::Compare, Action::ToggleForm);
        key.map_or_else(String::new, ToString::to_string)
    }
}

impl View for CompareView {
    fn scope(&self) -> Scope {
        match (&self.picker, &self.search.typing) {
            (Some(_), _) => Scope::Picker,
            (None, Some(_)) => Scope::Prompt,
            (None, None) => Scope::Compare,
        }
    }

    fn open(&mut self, _ctx: &Ctx<'_>) -> Effect {
        Effect::Ask(Request::Compare {
            pair: self.pair,
            by: self.by,
        })
    }

    fn layout(&mut self, area: Rect, ctx: &Ctx<'_>) {
        self.area = area;
        let head = 2.min(area.height);
        let panel = if self.explaining {
            PANEL.min(area.height / 2)
        } else {
            0
        };
        self.body = Rect {
            y: area.y + head,
            height: (area.height - head).saturating_sub(panel),
            ..area
        };
        if let Some(picker) = &mut self.picker {
            picker.layout(area);
        }
        self.refresh(ctx);
    }

    fn update(&mut self, action: Action, ctx: &Ctx<'_>) -> Effect {
        if let Some(picker) = &mut self.picker {
            let picked = picker.update(action);
            return self.picked(picked, ctx);
        }
        if self.search.typing.is_some() {
            return self.update_prompt(action, ctx);
        }
        match action {
            Action::Back => return self.back(ctx),
            Action::NextDifference => return self.next_difference(true),
            Action::PreviousDifference => return self.next_difference(false),
            Action::SwitchBy => return self.switch_by(),
            Action::SwapSides => return self.swap(),
            Action::ChangeLeft => self.pick_side(Side::Left, ctx),
            Action::ChangeRight => self.pick_side(Side::Right, ctx),
            Action::PickTopic => self.pick_topic(),
            Action::NextTopic => self.step_topic(true, ctx),
            Action::PreviousTopic => self.step_topic(false, ctx),
            Action::AllTopics => self.set_topic(None, ctx),
            Action::Fold | Action::Open => return self.toggle_fold(ctx),
            Action::FoldAll | Action::ToggleForm | Action::ToggleUnified => {
                return self.toggle(action, ctx);
            }
            Action::ToggleSync => return Effect::Say(self.sync.toggle().to_owned()),
            Action::Left if self.sync.apart().is_some() => self.sync.choose(Side::Left),
            Action::Right if self.sync.apart().is_some() => self.sync.choose(Side::Right),
            Action::JumpMove => return self.jump_move(),
            Action::Read | Action::ReadLeft => return self.read(Side::Left, ctx),
            Action::ReadRight => return self.read(Side::Right, ctx),
            Action::Copy => return self.copy(ctx),
            Action::OpenLink => return self.open_link(ctx),
            Action::Explain => {
                self.explaining = !self.explaining;
                self.layout(self.area, ctx);
            }
            Action::Search => self.start_search(),
            Action::SearchNext => return self.step_search(true, ctx),
            Action::SearchPrevious => return self.step_search(false, ctx),
            Action::Clear => {
                self.search.clear();
                self.sync.level();
                self.set_topic(None, ctx);
            }
            _ => self.step(action),
        }
        Effect::None
    }

    fn input(&mut self, text: &str, ctx: &Ctx<'_>) -> Effect {
        if let Some(picker) = &mut self.picker {
            picker.input(text);
        } else if let Some((prompt, _)) = &mut self.search.typing {
            prompt.insert(text);
            self.search_again(ctx);
        }
        Effect::None
    }

    fn click(&mut self, column: u16, row: u16, ctx: &Ctx<'_>) -> Effect {
        if let Some(picker) = &mut self.picker {
            let picked = picker.click(column, row);
            return self.picked(picked, ctx);
        }
        if let Some(below) = row.checked_sub(self.body.y) {
            let line = self.scroll.top() + usize::from(below);
            if line < self.rows.lines.len() {
                self.scroll.place(line, usize::from(below));
                if matches!(
                    self.rows.lines[line].what,
                    What::Fold { .. } | What::Topic { folded: true, .. }
                ) {
                    return self.toggle_fold(ctx);
                }
            }
        }
        Effect::None
    }

    fn wheel(&mut self, rows: isize, column: u16, _row: u16, _ctx: &Ctx<'_>) -> Effect {
        if let Some(picker) = &mut self.picker {
            picker.wheel(rows);
        } else if self.sync.apart().is_some() {
            let left = column < self.body.x + rows::columns(self.body.width).left;
            self.scroll_apart(if left { Side::Left } else { Side::Right }, rows);
        } else {
            self.scroll.wheel(rows);
        }
        Effect::None
    }

    fn answer(&mut self, answer: &Answer, ctx: &Ctx<'_>) -> Effect {
        let Answer::Compared {
            pair,
            by,
            comparison,
        } = answer
        else {
            return Effect::None;
        };
        if *pair != self.pair || *by != self.by {
            return Effect::None;
        }
        self.comparison = Some(Arc::clone(comparison));
        if let Some(policies) = self.policies(ctx) {
            self.search.again(comparison, policies);
        }
        self.refresh(ctx);
        Effect::None
    }

    fn render(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        let Some(policies) = self.policies(ctx) else {
            return;
        };
        self.render_heads(buffer, ctx);
        match &self.comparison {
            Some(comparison) => paint::render(self, comparison, policies, buffer, ctx),
            None => {
                let words = format!(" Comparing {}", ctx.glyph(Glyph::Ellipsis));
                buffer.set_span(
                    self.body.x,
                    self.body.y,
                    &ctx.span(Role::Dim, words),
                    self.body.width,
                );
            }
        }
        if self.explaining {
            self.render_grounds(policies, buffer, ctx);
        }
        if let Some(picker) = &self.picker {
            picker.render(buffer, ctx);
        }
    }

    fn title(&self, ctx: &Ctx<'_>) -> Line<'static> {
        let name = |id| ctx.library.get(id).map_or("", |entry| entry.name.as_str());
        let versus = format!(" {} ", ctx.glyph(Glyph::Versus));
        Line::from(vec![
            ctx.span(Role::Title, sanitize(name(self.pair.left)).into_owned()),
            ctx.span(Role::Dim, versus),
            ctx.span(Role::Title, sanitize(name(self.pair.right)).into_owned()),
        ])
    }

    fn state(&self, ctx: &Ctx<'_>) -> Line<'static> {
        let Some(comparison) = &self.comparison else {
            return Line::from(ctx.span(Role::Dim, "comparing"));
        };
        let mut parts = match comparison.by {
            By::Topic => self.topic_state(comparison, ctx),
            By::Text => heads::text_state(comparison),
        };
        let stop = self
            .rows
            .stops
            .partition_point(|&line| line <= self.scroll.cursor());
        parts.insert(1, format!("{stop}/{}", self.rows.stops.len()));
        parts.extend(self.search.count().map(|count| format!("search {count}")));
        parts.extend(self.shown.topic.map(|topic| format!("topic {topic}")));
        match (self.sync.apart(), self.sync.offset()) {
            (Some(Side::Left), _) => parts.insert(0, "left scrolls alone".to_owned()),
            (Some(Side::Right), _) => parts.insert(0, "right scrolls alone".to_owned()),
            (None, 0) => {}
            (None, rows) => parts.insert(0, format!("right {rows:+} rows")),
        }
        let dot = format!(" {} ", ctx.glyph(Glyph::Dot));
        Line::from(ctx.span(Role::Text, parts.join(&dot)))
    }

    fn status(&self, ctx: &Ctx<'_>) -> Line<'static> {
        if let Some((prompt, _)) = &self.search.typing {
            return prompt_line(" / ", prompt, ctx);
        }
        Line::default()
    }

    fn hints(&self, _ctx: &Ctx<'_>) -> Vec<Action> {
        if self.picker.is_some() || self.search.typing.is_some() {
            return vec![Action::Open, Action::Back, Action::Down, Action::Up];
        }
        vec![
            Action::NextDifference,
            Action::SwitchBy,
            Action::PickTopic,
            Action::Fold,
            Action::ToggleForm,
            Action::SwapSides,
            Action::ChangeRight,
        ]
    }
}
