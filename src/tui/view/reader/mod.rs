//! One policy: its text with a mark for each clause's topics, its outline, search, and a filter that
//! shows one topic alone.

mod choose;
mod draw;
mod explain;
mod filter;
mod outline;
mod pane;
mod search;
#[cfg(test)]
mod tests;

use super::{Ctx, View};
use crate::library::PolicyId;
use crate::model::{ClauseId, Labels, Policy, TextRange, Topic};
use crate::tui::action::Action;
use crate::tui::effect::{Answer, Effect, Request};
use crate::tui::keymap::Scope;
use crate::tui::picker::Picker;
use crate::tui::prompt::Prompt;
use crate::tui::text::{Part, parts};
use choose::Pick;
use draw::Areas;
use outline::Outline;
use pane::Pane;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use search::Search;
use std::sync::Arc;

/// The pane that has the focus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Focus {
    #[default]
    Text,
    Outline,
}

/// What is read, and which part of it.
#[derive(Debug)]
struct Subject {
    id: PolicyId,
    policy: Arc<Policy>,
    /// None until they are found.
    labels: Option<Arc<Labels>>,
    /// The topic shown alone.
    topic: Option<Topic>,
    parts: Vec<Part>,
}

impl Subject {
    /// Chooses the parts that are shown.
    fn choose_parts(&mut self) {
        self.parts = match (self.topic, &self.labels) {
            (Some(topic), Some(labels)) => filter::parts_on(&self.policy, labels, topic),
            _ => parts(&self.policy),
        };
    }
}

/// One policy.
#[derive(Debug)]
pub struct ReaderView {
    subject: Subject,
    pane: Pane,
    outline: Outline,
    search: Search,
    picker: Option<Picker<Pick>>,
    focus: Focus,
    explains: bool,
    areas: Areas,
    /// Where to begin, until the view is laid out.
    start: Option<TextRange>,
}

impl ReaderView {
    /// A view of a policy that begins at a place and shows a topic alone, if given; none when the
    /// library does not hold the policy.
    pub fn new(
        id: PolicyId,
        at: Option<TextRange>,
        topic: Option<Topic>,
        ctx: &Ctx<'_>,
    ) -> Option<Self> {
        let policy = Arc::clone(&ctx.library.get(id)?.policy);
        let mut subject = Subject {
            id,
            policy,
            labels: None,
            topic,
            parts: Vec::new(),
        };
        subject.choose_parts();
        Some(Self {
            outline: Outline::new(&subject.policy),
            subject,
            pane: Pane::default(),
            search: Search::default(),
            picker: None,
            focus: Focus::Text,
            explains: false,
            areas: Areas::default(),
            start: at,
        })
    }

    /// Lays the text out for the present areas, and keeps the place.
    fn lay(&mut self) {
        let text = self.areas.text;
        let height = usize::from(text.height);
        let columns = usize::from(text.width);
        self.pane
            .lay(&self.subject.policy, &self.subject.parts, columns, height);
        self.outline.resize(usize::from(self.areas.outline.height));
        if height > 0
            && let Some(range) = self.start.take()
        {
            self.pane.show_at_top(range.start);
        }
        self.follow();
    }

    /// Lets the outline follow the text.
    fn follow(&mut self) {
        let block = self.pane.current().map(|stop| stop.block as usize);
        let block = block.and_then(|block| self.subject.policy.blocks.get(block));
        let section = block.and_then(|block| block.section);
        if self.focus == Focus::Text {
            self.outline.follow(section);
        }
    }

    fn show_topic(&mut self, topic: Option<Topic>) -> Effect {
        self.subject.topic = topic;
        self.subject.choose_parts();
        let (policy, parts) = (&self.subject.policy, &self.subject.parts);
        self.search.again(&policy.text, parts);
        self.lay();
        self.go_on_topic();
        self.follow();
        Effect::None
    }

    /// Moves the cursor on to a clause that has the topic shown alone.
    fn go_on_topic(&mut self) {
        let (Some(topic), Some(labels)) = (self.subject.topic, &self.subject.labels) else {
            return;
        };
        let here = self.pane.current().and_then(|stop| stop.clause);
        let on = |id: &ClauseId| labels.of(*id).has(topic);
        if here.as_ref().is_some_and(on) {
            return;
        }
        let after = |id: &ClauseId| here.is_none_or(|here| *id >= here);
        let mut all = labels.clauses_on(topic).peekable();
        let first = all.peek().copied();
        let target = all.find(after).or(first);
        let clauses = &self.subject.policy.clauses;
        if let Some(clause) = target.and_then(|id| clauses.get(id.index())) {
            self.pane.show(clause.text);
        }
    }

    /// Goes to the topic after, or before, the present one among those that occur.
    fn step_topic(&mut self, forward: bool) -> Effect {
        let Some(labels) = &self.subject.labels else {
            return Effect::Say("the topics are still being found".to_owned());
        };
        let mut all = vec![None];
        all.extend(
            filter::topics(labels)
                .into_iter()
                .map(|(topic, _)| Some(topic)),
        );
        let at = all.iter().position(|topic| *topic == self.subject.topic);
        let step = if forward { 1 } else { all.len() - 1 };
        let next = (at.unwrap_or(0) + step) % all.len();
        self.show_topic(all[next])
    }

    fn step_section(&mut self, forward: bool) {
        let Some(here) = self.pane.current().map(|stop| stop.text.start) else {
            return;
        };
        let sections = &self.subject.policy.sections;
        let shown = |at: u32| {
            let start = |part: &Part| matches!(part, Part::Text { text, .. } if text.start == at);
            self.subject.parts.iter().any(start)
        };
        let mut starts = sections.iter().filter_map(|section| {
            let block = self.subject.policy.blocks.get(section.block as usize)?;
            Some(block.text.start)
        });
        let target = if forward {
            starts.find(|&at| at > here && shown(at))
        } else {
            starts.rfind(|&at| at < here && shown(at))
        };
        match (target, forward) {
            (Some(at), _) => self.pane.show_at_top(at),
            (None, true) => self.pane.last(),
            (None, false) => self.pane.first(),
        }
    }

    fn step_search(&mut self, forward: bool) -> Effect {
        if self.search.query().is_empty() {
            return Effect::Say("nothing is searched for yet".to_owned());
        }
        let Some(stop) = self.pane.current().map(|stop| stop.text) else {
            return Effect::None;
        };
        let Some((hit, round)) = self.search.step(stop, forward) else {
            return Effect::Warn(format!("not found: {}", self.search.query()));
        };
        self.pane.show(hit);
        match (round, forward) {
            (true, true) => Effect::Say("went on from the top".to_owned()),
            (true, false) => Effect::Say("went on from the bottom".to_owned()),
            (false, _) => Effect::None,
        }
    }

    /// Searches for what has been typed so far, from where typing began.
    fn search_typed(&mut self) {
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

    fn type_search(&mut self, action: Action) -> Effect {
        match action {
            Action::Open => {
                self.search.typing = None;
                if self.search.hits().is_empty() && !self.search.query().is_empty() {
                    return Effect::Warn(format!("not found: {}", self.search.query()));
                }
            }
            Action::Back => {
                let origin = self.search.typing.take().map(|(_, origin)| origin);
                self.search.clear();
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

    /// Steps back by one: what was opened or set last goes first.
    fn back(&mut self) -> Effect {
        if self.focus == Focus::Outline {
            self.focus = Focus::Text;
        } else if self.explains {
            self.explains = false;
            self.split();
        } else if !self.search.query().is_empty() {
            self.search.clear();
        } else if self.subject.topic.is_some() {
            return self.show_topic(None);
        } else {
            return Effect::Back;
        }
        Effect::None
    }

    fn next_pane(&mut self) -> Effect {
        if self.outline.is_empty() {
            return Effect::Say("no headings were found, so there is no outline".to_owned());
        }
        self.focus = match self.focus {
            Focus::Text => Focus::Outline,
            Focus::Outline => Focus::Text,
        };
        Effect::None
    }

    /// Jumps to the heading under the cursor of the outline.
    fn jump(&mut self) {
        self.focus = Focus::Text;
        let Some(at) = self.outline.target() else {
            return;
        };
        // The heading itself may be folded away; what follows it is then shown.
        match at {
            0 => self.pane.first(),
            at => self.pane.show_at_top(at),
        }
    }

    fn update_outline(&mut self, action: Action) -> bool {
        let rows = isize::try_from(self.outline.scroll_mut().rows()).unwrap_or(isize::MAX);
        let scroll = self.outline.scroll_mut();
        match action {
            Action::Up => scroll.step(-1),
            Action::Down => scroll.step(1),
            Action::PageUp => scroll.half_pages(-2),
            Action::PageDown => scroll.half_pages(2),
            Action::HalfPageUp => scroll.half_pages(-1),
            Action::HalfPageDown => scroll.half_pages(1),
            Action::Top => scroll.to(0),
            Action::Bottom => scroll.step(rows),
            Action::Open | Action::Right => self.jump(),
            _ => return false,
        }
        true
    }

    fn update_text(&mut self, action: Action) -> bool {
        match action {
            Action::Up => self.pane.up(),
            Action::Down => self.pane.down(),
            Action::ScrollUp => self.pane.wheel(-1),
            Action::ScrollDown => self.pane.wheel(1),
            Action::PageUp => self.pane.page(-2),
            Action::PageDown => self.pane.page(2),
            Action::HalfPageUp => self.pane.page(-1),
            Action::HalfPageDown => self.pane.page(1),
            Action::Top => self.pane.first(),
            Action::Bottom => self.pane.last(),
            _ => return false,
        }
        true
    }

    fn update_rest(&mut self, action: Action) -> Effect {
        match action {
            Action::Back => return self.back(),
            Action::NextPane => return self.next_pane(),
            Action::Left if self.focus == Focus::Text && !self.outline.is_empty() => {
                self.focus = Focus::Outline;
            }
            Action::NextSection => self.step_section(true),
            Action::PreviousSection => self.step_section(false),
            Action::Search => {
                let at = self.pane.current().map_or(0, |stop| stop.text.start);
                self.search.typing = Some((Prompt::default(), at));
            }
            Action::SearchNext => return self.step_search(true),
            Action::SearchPrevious => return self.step_search(false),
            Action::Clear => {
                self.search.clear();
                return self.show_topic(None);
            }
            Action::NextTopic => return self.step_topic(true),
            Action::PreviousTopic => return self.step_topic(false),
            Action::AllTopics => return self.show_topic(None),
            Action::PickTopic => return self.pick_topic(),
            Action::OpenLink | Action::Open => return self.open_link(),
            Action::OpenSnapshot => return self.open_address(),
            Action::Copy => return self.copy(),
            Action::Explain => {
                self.explains = !self.explains;
                self.split();
            }
            _ => {}
        }
        Effect::None
    }
}

/// A place without extent.
fn point(at: u32) -> TextRange {
    TextRange { start: at, end: at }
}

impl View for ReaderView {
    fn scope(&self) -> Scope {
        match (&self.picker, &self.search.typing) {
            (Some(_), _) => Scope::Picker,
            (None, Some(_)) => Scope::Prompt,
            (None, None) => Scope::Reader,
        }
    }

    fn open(&mut self, _ctx: &Ctx<'_>) -> Effect {
        Effect::Ask(Request::Labels(self.subject.id))
    }

    fn layout(&mut self, area: Rect, _ctx: &Ctx<'_>) {
        self.areas.whole = area;
        self.split();
        if let Some(picker) = &mut self.picker {
            picker.layout(area);
        }
    }

    fn update(&mut self, action: Action, _ctx: &Ctx<'_>) -> Effect {
        if self.picker.is_some() {
            return self.update_picker(action);
        }
        if self.search.typing.is_some() {
            return self.type_search(action);
        }
        let done = match self.focus {
            Focus::Outline => self.update_outline(action),
            Focus::Text => self.update_text(action),
        };
        let effect = if done {
            Effect::None
        } else {
            self.update_rest(action)
        };
        self.follow();
        effect
    }

    fn input(&mut self, text: &str, _ctx: &Ctx<'_>) -> Effect {
        if let Some(picker) = &mut self.picker {
            picker.input(text);
        } else if let Some((prompt, _)) = &mut self.search.typing {
            prompt.insert(text);
            self.search_typed();
            self.follow();
        }
        Effect::None
    }

    fn click(&mut self, column: u16, row: u16, _ctx: &Ctx<'_>) -> Effect {
        if let Some(picker) = &mut self.picker {
            let picked = picker.click(column, row);
            return self.picked(picked);
        }
        let place = (column, row).into();
        let shown = self.areas.shows_outline(self.focus);
        if shown && self.areas.outline.contains(place) {
            if self.outline.click(usize::from(row - self.areas.outline.y)) {
                self.jump();
            }
        } else if row >= self.areas.text.y && row < self.areas.text.bottom() {
            self.focus = Focus::Text;
            let column = column.saturating_sub(self.areas.text.x);
            let row = row - self.areas.text.y;
            self.pane.click(column.into(), row.into());
        }
        self.follow();
        Effect::None
    }

    fn wheel(&mut self, rows: isize, column: u16, row: u16, _ctx: &Ctx<'_>) -> Effect {
        let shown = self.areas.shows_outline(self.focus);
        if let Some(picker) = &mut self.picker {
            picker.wheel(rows);
        } else if shown && self.areas.outline.contains((column, row).into()) {
            self.outline.scroll_mut().wheel(rows);
        } else {
            self.pane.wheel(rows);
            self.follow();
        }
        Effect::None
    }

    fn answer(&mut self, answer: &Answer, _ctx: &Ctx<'_>) -> Effect {
        if let Answer::Labelled { policy, labels } = answer
            && *policy == self.subject.id
        {
            self.subject.labels = Some(Arc::clone(labels));
            if self.subject.topic.is_some() {
                return self.show_topic(self.subject.topic);
            }
        }
        Effect::None
    }

    fn render(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        self.draw(buffer, ctx);
        if let Some(picker) = &self.picker {
            picker.render(buffer, ctx);
        }
    }

    fn title(&self, ctx: &Ctx<'_>) -> Line<'static> {
        self.title_line(ctx)
    }

    fn state(&self, ctx: &Ctx<'_>) -> Line<'static> {
        self.state_line(ctx)
    }

    fn status(&self, ctx: &Ctx<'_>) -> Line<'static> {
        self.status_line(ctx)
    }

    fn hints(&self, _ctx: &Ctx<'_>) -> Vec<Action> {
        if self.picker.is_some() || self.search.typing.is_some() {
            vec![Action::Open]
        } else if self.focus == Focus::Outline {
            vec![Action::Open, Action::NextPane]
        } else if self.search.query().is_empty() {
            vec![
                Action::PickTopic,
                Action::Search,
                Action::Explain,
                Action::NextPane,
                Action::Copy,
            ]
        } else {
            vec![Action::SearchNext, Action::SearchPrevious, Action::Back]
        }
    }
}
