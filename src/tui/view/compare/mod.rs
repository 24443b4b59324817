//! Two policies side by side: by text for two versions of one text, by topic for two companies.

mod paint;
mod rows;
mod search;
mod sync;

use self::rows::{Rows, Shown, What, is_difference};
use self::search::{Hit, Search};
use self::sync::Sync;
use super::{Ctx, View, prompt_line, rule};
use crate::compare::{By, Comparison, Verdict};
use crate::library::PolicyId;
use crate::model::{Pair, Policy, Side, TextRange, Topic};
use crate::tui::action::Action;
use crate::tui::effect::{Answer, Effect, Request, Screen};
use crate::tui::glyphs::Glyph;
use crate::tui::keymap::Scope;
use crate::tui::picker::{Choice, Picked, Picker};
use crate::tui::prompt::Prompt;
use crate::tui::scroll::Scroll;
use crate::tui::text::{sanitize, truncate};
use crate::tui::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use std::sync::Arc;

/// Below this width the sides stand below each other.
const SIDE_BY_SIDE: u16 = 76;

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
        self.scroll.place(line, below);
        self.draw_overview(&comparison);
    }

    /// For each row of the screen, the weightiest difference in its share of the whole.
    fn draw_overview(&mut self, comparison: &Comparison) {
        let (height, lines) = (usize::from(self.body.height), self.rows.lines.len());
        self.overview = vec![None; height];
        let mut weights = vec![0u8; height];
        for (at, line) in self.rows.lines.iter().enumerate() {
            let What::Cells { row, .. } = line.what else {
                continue;
            };
            let Some(row) = comparison.rows.get(row) else {
                continue;
            };
            let place = at * height / lines.max(height);
            let (glyph, role) = paint::mark(row.kind, row.class);
            let weight = weight(role);
            if is_difference(row, &self.shown) && weights.get(place).is_some_and(|w| *w < weight) {
                weights[place] = weight;
                self.overview[place] = Some((glyph, role));
            }
        }
    }

    fn go(&mut self, line: usize) {
        self.scroll.to(line);
        let group = self.rows.group(line);
        self.scroll.reveal(group);
    }

    fn step(&mut self, action: Action) {
        let height = isize::try_from(self.body.height).unwrap_or(1);
        if let Some(side) = self.sync.apart()
            && let Some(rows) = rows_of(action, height)
        {
            return self.scroll_apart(side, rows);
        }
        match action {
            Action::Up | Action::Down => self.rest(action == Action::Down),
            Action::PageUp => self.scroll.half_pages(-2),
            Action::PageDown => self.scroll.half_pages(2),
            Action::HalfPageUp => self.scroll.half_pages(-1),
            Action::HalfPageDown => self.scroll.half_pages(1),
            Action::ScrollUp => self.scroll.wheel(-1),
            Action::ScrollDown => self.scroll.wheel(1),
            Action::Top => self.scroll.place(0, 0),
            Action::Bottom => self.scroll.to(usize::MAX),
            Action::NextSection | Action::PreviousSection => {
                let heads = std::mem::take(&mut self.rows.heads);
                self.jump(&heads, action == Action::NextSection);
                self.rows.heads = heads;
            }
            _ => {}
        }
    }

    /// To the next row; through a row that is taller than the screen by half screens.
    fn rest(&mut self, down: bool) {
        let from = self.scroll.cursor();
        let to = self.rows.next_rest(from, down);
        let half = (self.scroll.height() / 2).max(1);
        if to.abs_diff(from) > half {
            let by = isize::try_from(half).unwrap_or(1);
            self.scroll.step(if down { by } else { -by });
        } else if to == from {
            // Nothing more to rest on: show the very end, or the very beginning.
            self.scroll.wheel(if down { 1 } else { -1 });
        } else {
            self.go(to);
        }
    }

    fn scroll_apart(&mut self, side: Side, rows: isize) {
        match side {
            Side::Right => self.sync.shift(rows),
            Side::Left => {
                // The left side leads the window: moving it moves the right one back.
                let before = self.scroll.top();
                self.scroll.wheel(rows);
                let moved = self.scroll.top().cast_signed() - before.cast_signed();
                self.sync.shift(-moved);
            }
        }
    }

    /// To the next of some lines, or the one before; whether there is one.
    fn jump(&mut self, lines: &[usize], forward: bool) -> bool {
        let from = self.scroll.cursor();
        let next = if forward {
            lines.iter().find(|&&line| line > from)
        } else {
            lines.iter().rev().find(|&&line| line < from)
        };
        if let Some(&line) = next {
            self.scroll.place(line, usize::from(self.body.height) / 4);
            self.go(line);
        }
        next.is_some()
    }

    fn next_difference(&mut self, forward: bool) -> Effect {
        let stops = std::mem::take(&mut self.rows.stops);
        let found = self.jump(&stops, forward);
        self.rows.stops = stops;
        if found {
            return Effect::None;
        }
        let where_ = if forward { "after" } else { "before" };
        Effect::Say(format!("There is no difference {where_} this one"))
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

    fn set_topic(&mut self, topic: Option<Topic>, ctx: &Ctx<'_>) {
        self.shown.topic = topic;
        self.refresh(ctx);
        if topic.is_some() {
            self.scroll.place(0, 0);
        }
    }

    /// The topics of which either side speaks.
    fn spoken(&self) -> Vec<Topic> {
        let Some(comparison) = &self.comparison else {
            return Vec::new();
        };
        let spoken = |topic: &Topic| {
            comparison
                .topics
                .iter()
                .any(|found| found.topic == *topic && found.verdict != Verdict::Neither)
        };
        Topic::ALL.into_iter().filter(spoken).collect()
    }

    fn step_topic(&mut self, forward: bool, ctx: &Ctx<'_>) {
        let topics = self.spoken();
        let here = self
            .shown
            .topic
            .and_then(|topic| topics.iter().position(|t| *t == topic));
        let next = match (here, forward) {
            (Some(at), true) => at + 1,
            (Some(at), false) => at.wrapping_sub(1),
            (None, true) => 0,
            (None, false) => topics.len().wrapping_sub(1),
        };
        self.set_topic(topics.get(next).copied(), ctx);
    }

    fn toggle_fold(&mut self, ctx: &Ctx<'_>) -> Effect {
        let line = self
            .rows
            .lines
            .get(self.scroll.cursor())
            .map(|line| line.what);
        let Some(comparison) = &self.comparison else {
            return Effect::None;
        };
        let key = match line {
            Some(What::Fold { first, .. }) => Some(first),
            Some(What::Topic { topic, .. }) => comparison
                .topics
                .get(topic)
                .filter(|topic| topic.verdict == Verdict::Same)
                .map(|topic| topic.rows.start),
            Some(What::Cells { row, .. }) => self
                .shown
                .open
                .iter()
                .copied()
                .filter(|open| *open <= row)
                .max(),
            _ => None,
        };
        let Some(key) = key else {
            return Effect::Say("Nothing is folded here".to_owned());
        };
        if !self.shown.open.remove(&key) {
            self.shown.open.insert(key);
        }
        self.refresh(ctx);
        Effect::None
    }

    fn jump_move(&mut self) -> Effect {
        let partner = self
            .current_row()
            .and_then(|row| self.comparison.as_ref()?.rows.get(row)?.partner);
        match partner {
            Some(partner) => {
                let line = self.rows.line_of(partner);
                self.scroll.place(line, usize::from(self.body.height) / 3);
                self.go(line);
                Effect::None
            }
            None => Effect::Say("This row did not move".to_owned()),
        }
    }

    fn current_row(&self) -> Option<usize> {
        self.rows.row_at(self.scroll.cursor())
    }

    /// The place in a side's text at the cursor: of its row, or of the nearest row above.
    fn place(&self, side: Side, ctx: &Ctx<'_>) -> Option<TextRange> {
        let comparison = self.comparison.as_ref()?;
        let policy = &ctx.library.get(self.pair[side])?.policy;
        let row = self
            .current_row()
            .unwrap_or(0)
            .min(comparison.rows.len().checked_sub(1)?);
        let id = comparison.rows[..=row]
            .iter()
            .rev()
            .find_map(|row| row.clauses[side].first())?;
        policy.clauses.get(id.index()).map(|clause| clause.text)
    }

    fn read(&self, side: Side, ctx: &Ctx<'_>) -> Effect {
        let (policy, at) = (self.pair[side], self.place(side, ctx));
        Effect::Open(Screen::Reader {
            policy,
            at,
            topic: None,
        })
    }

    /// Both cells under the cursor, as they would be quoted.
    fn copy(&self, ctx: &Ctx<'_>) -> Effect {
        let row = self
            .current_row()
            .and_then(|row| self.comparison.as_ref()?.rows.get(row));
        let Some(row) = row else {
            return Effect::Say("Nothing to copy here".to_owned());
        };
        let mut quotes = Vec::new();
        for side in Side::BOTH {
            let Some(entry) = ctx.library.get(self.pair[side]) else {
                continue;
            };
            let texts: Vec<&str> = row.clauses[side]
                .iter()
                .map(|&id| entry.policy.clause_text(id))
                .collect();
            if !texts.is_empty() {
                quotes.push(format!(
                    "“{}” — {}",
                    texts.join(" ").replace(['\n', '\t'], " "),
                    entry.name
                ));
            }
        }
        Effect::Copy(quotes.join("\n"))
    }

    fn pick_side(&mut self, side: Side, ctx: &Ctx<'_>) {
        let choices = ctx.library.ids().filter_map(|id| {
            let entry = ctx.library.get(id)?;
            let host = entry.policy.provenance.host.as_deref().unwrap_or("");
            Some(Choice {
                value: Chosen::Policy(side, id),
                label: sanitize(&entry.name).into_owned(),
                detail: format!("{host} {}", sanitize(&entry.policy.title)),
            })
        });
        let lead = if side == Side::Left {
            "left side"
        } else {
            "right side"
        };
        let mut picker = Picker::new(lead, choices.collect());
        let now = self.pair[side];
        picker.select(|chosen| *chosen == Chosen::Policy(side, now));
        picker.layout(self.area);
        self.picker = Some(picker);
    }

    fn pick_topic(&mut self) {
        let all = Choice {
            value: Chosen::Topic(None),
            label: "all".to_owned(),
            detail: "Every topic".to_owned(),
        };
        let topics = self.spoken().into_iter().map(|topic| Choice {
            value: Chosen::Topic(Some(topic)),
            label: topic.id().to_owned(),
            detail: topic.about().to_owned(),
        });
        let mut picker = Picker::new("topic", std::iter::once(all).chain(topics).collect());
        let now = self.shown.topic;
        picker.select(|chosen| *chosen == Chosen::Topic(now));
        picker.layout(self.area);
        self.picker = Some(picker);
    }

    fn picked(&mut self, picked: Picked<Chosen>, ctx: &Ctx<'_>) -> Effect {
        match picked {
            Picked::Open => return Effect::None,
            Picked::Cancelled => self.picker = None,
            Picked::Chosen(chosen) => {
                self.picker = None;
                match chosen {
                    Chosen::Topic(topic) => self.set_topic(topic, ctx),
                    Chosen::Policy(side, id) => {
                        self.pair[side] = id;
                        self.by = None;
                        self.scroll = Scroll::default();
                        return self.ask();
                    }
                }
            }
        }
        Effect::None
    }

    fn start_search(&mut self) {
        let row = self.current_row().unwrap_or(0);
        self.search.typing = Some((Prompt::default(), row));
    }

    fn search_again(&mut self, ctx: &Ctx<'_>) {
        let Some((prompt, from)) = &self.search.typing else {
            return;
        };
        let (query, from) = (prompt.text().to_owned(), *from);
        let (Some(comparison), Some(policies)) = (self.comparison.clone(), self.policies(ctx))
        else {
            return;
        };
        self.search.find(&query, &comparison, policies);
        if let Some(hit) = self.search.from(from) {
            self.show_hit(hit, ctx);
        }
    }

    fn step_search(&mut self, forward: bool, ctx: &Ctx<'_>) -> Effect {
        if self.search.is_empty() {
            return Effect::Say("Search for something first".to_owned());
        }
        let row = self.current_row().unwrap_or(0);
        match self.search.step(row, forward) {
            Some(hit) => self.show_hit(hit, ctx),
            None => return Effect::Say("Nothing was found".to_owned()),
        }
        Effect::None
    }

    /// Goes to a hit; a fold that hides it opens.
    fn show_hit(&mut self, hit: Hit, ctx: &Ctx<'_>) {
        let mut line = self.rows.line_of(hit.row);
        if let Some(What::Fold { first, .. }) = self.rows.lines.get(line).map(|line| line.what) {
            self.shown.open.insert(first);
            self.refresh(ctx);
            line = self.rows.line_of(hit.row);
        }
        let holds = |l: &rows::Line| l.text[hit.side].is_some_and(|range| range.overlaps(hit.text));
        let inside = self
            .rows
            .lines
            .get(line..)
            .unwrap_or(&[])
            .iter()
            .position(holds);
        self.go(line + inside.unwrap_or(0));
    }

    fn update_prompt(&mut self, action: Action, ctx: &Ctx<'_>) -> Effect {
        match action {
            Action::Open => self.search.typing = None,
            Action::Back => self.search.clear(),
            _ => {
                let Some((prompt, _)) = &mut self.search.typing else {
                    return Effect::None;
                };
                if prompt.update(action) {
                    self.search_again(ctx);
                }
            }
        }
        Effect::None
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

    fn toggle(&mut self, action: Action, ctx: &Ctx<'_>) -> Effect {
        let said = match action {
            Action::FoldAll => {
                self.shown.all = !self.shown.all;
                self.shown.open.clear();
                if self.shown.all {
                    "Equal clauses are shown"
                } else {
                    "Equal clauses are folded"
                }
            }
            Action::ToggleForm => {
                self.shown.form = !self.shown.form;
                if self.shown.form {
                    "Changes of form are shown"
                } else {
                    "Changes of form are hidden"
                }
            }
            _ => {
                self.shown.unified = !self.shown.unified;
                if self.shown.unified {
                    "One column"
                } else {
                    "Side by side"
                }
            }
        };
        self.refresh(ctx);
        Effect::Say(said.to_owned())
    }

    /// The key that shows changes of form.
    fn key_form(&self, ctx: &Ctx<'_>) -> String {
        let key = ctx.keys.key_for(Scope::Compare, Action::ToggleForm);
        key.map_or_else(String::new, ToString::to_string)
    }
}

/// How heavy a mark weighs in the overview.
fn weight(role: Role) -> u8 {
    match role {
        Role::MarkOpposed => 5,
        Role::MarkChange => 4,
        Role::MarkRemove | Role::MarkAdd => 3,
        Role::MarkMove => 2,
        _ => 1,
    }
}

/// By how many rows an action scrolls; none when it does not scroll.
fn rows_of(action: Action, height: isize) -> Option<isize> {
    Some(match action {
        Action::Up | Action::ScrollUp => -1,
        Action::Down | Action::ScrollDown => 1,
        Action::PageUp => -height,
        Action::PageDown => height,
        Action::HalfPageUp => -height / 2,
        Action::HalfPageDown => height / 2,
        _ => return None,
    })
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
        self.body = Rect {
            y: area.y + head,
            height: area.height - head,
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
            Action::ToggleSync => return Effect::Say(self.sync.next().to_owned()),
            Action::JumpMove => return self.jump_move(),
            Action::Read | Action::ReadLeft => return self.read(Side::Left, ctx),
            Action::ReadRight => return self.read(Side::Right, ctx),
            Action::Copy => return self.copy(ctx),
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
        comparison
            .notes
            .first()
            .map_or(Effect::None, |note| Effect::Say(note.clone()))
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
            By::Text => text_state(comparison),
        };
        let stop = self
            .rows
            .stops
            .partition_point(|&line| line <= self.scroll.cursor());
        parts.insert(1, format!("{stop}/{}", self.rows.stops.len()));
        parts.extend(self.search.count().map(|count| format!("search {count}")));
        parts.extend(self.shown.topic.map(|topic| format!("topic {topic}")));
        if self.sync.apart().is_some() {
            parts.push("scrolling apart".to_owned());
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
            Action::Help,
        ]
    }
}

impl CompareView {
    /// The names and dates over the columns.
    fn render_heads(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        let area = self.area;
        if area.height < 2 {
            return;
        }
        let unified = self.rows.unified;
        let widths = rows::columns(area.width);
        let columns = if unified {
            Pair::new(
                (area.x, area.width / 2),
                (area.x + area.width / 2, area.width.div_ceil(2)),
            )
        } else {
            let right = area.x + widths.left + rows::MIDDLE;
            Pair::new((area.x, widths.left), (right, widths.right))
        };
        for side in Side::BOTH {
            let (x, width) = columns[side];
            let letter = if side == Side::Left { " L " } else { " R " };
            let head = self.head(side, ctx);
            let room = usize::from(width).saturating_sub(4);
            let head = truncate(&head, room, ctx.glyph(Glyph::Ellipsis)).into_owned();
            let line = Line::from(vec![
                ctx.span(Role::Accent, letter),
                ctx.span(Role::Dim, head),
            ]);
            buffer.set_line(x, area.y, &line, width);
        }
        let x = area.x + widths.left;
        let joints = [(x, Glyph::JointDown), (x + 2, Glyph::JointDown)];
        rule(
            buffer,
            area,
            area.y + 1,
            if unified { &[] } else { &joints },
            ctx,
        );
    }

    fn head(&self, side: Side, ctx: &Ctx<'_>) -> String {
        let Some(entry) = ctx.library.get(self.pair[side]) else {
            return String::new();
        };
        let provenance = &entry.policy.provenance;
        let mut parts = vec![sanitize(&provenance.site).into_owned()];
        if let Some(date) = provenance.date() {
            parts.push(date.strftime("%Y-%m-%d").to_string());
        }
        if let Some(host) = provenance.foreign_host() {
            parts.push(format!("page: {host}"));
        }
        if let Some(revision) = &entry.policy.revised {
            parts.push(format!("says revised {}", revision.date));
        }
        parts.push(sanitize(&entry.policy.title).into_owned());
        parts.join(&format!(" {} ", ctx.glyph(Glyph::Dot)))
    }

    fn topic_state(&self, comparison: &Comparison, ctx: &Ctx<'_>) -> Vec<String> {
        let count = |wanted: &[Verdict]| {
            comparison
                .topics
                .iter()
                .filter(|topic| wanted.contains(&topic.verdict))
                .count()
        };
        let parts = [
            (count(&[Verdict::Opposed]), ctx.glyph(Glyph::Opposed)),
            (count(&[Verdict::Different]), ctx.glyph(Glyph::Changed)),
            (
                count(&[Verdict::OnlyLeft, Verdict::OnlyRight]),
                "only one side",
            ),
            (count(&[Verdict::Similar]), ctx.glyph(Glyph::Similar)),
            (count(&[Verdict::Same]), ctx.glyph(Glyph::Same)),
        ];
        let mut said = vec!["by topic".to_owned()];
        said.extend(
            parts
                .iter()
                .filter(|(n, _)| *n > 0)
                .map(|(n, what)| format!("{n} {what}")),
        );
        said
    }
}

fn text_state(comparison: &Comparison) -> Vec<String> {
    let summary = comparison.summary;
    let parts = [
        (summary.wording, "wording"),
        (summary.numbers, "numbers"),
        (summary.moved, "moved"),
        (summary.added, "added"),
        (summary.removed, "removed"),
        (summary.formatting, "of form"),
    ];
    let mut said = vec!["by text".to_owned()];
    said.extend(
        parts
            .iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, what)| format!("{n} {what}")),
    );
    if said.len() == 1 {
        said.push("no change".to_owned());
    }
    said
}
