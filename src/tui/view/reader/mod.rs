//! One policy: its text with a mark for each clause's topics, its outline, search, a filter that shows
//! one topic alone, and the questions on a topic with their answers.

mod areas;
mod asking;
mod choose;
mod draw;
mod filter;
mod finding;
mod moving;
mod outline;
mod pane;
mod questions;
mod search;
#[cfg(test)]
mod tests;
mod versions;

use super::{Ctx, View};
use crate::library::PolicyId;
use crate::model::{ClauseId, Issue, Labels, Policy, TextRange, Topic};
use crate::tui::action::Action;
use crate::tui::effect::{Answer, Effect, Request, Screen};
use crate::tui::keymap::Scope;
use crate::tui::over::Over;
use crate::tui::panel::Panel;
use crate::tui::prompt::Prompt;
use crate::tui::text::{Part, parts};
use areas::Areas;
use choose::Pick;
use outline::Outline;
use pane::Pane;
use questions::Questions;
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
    Questions,
}

/// What is read, and which part of it.
#[derive(Debug)]
struct Subject {
    id: PolicyId,
    policy: Arc<Policy>,
    /// None until they are found.
    labels: Option<Arc<Labels>>,
    /// What does not hold together in it, as far as that is known.
    findings: Arc<Vec<Issue>>,
    /// The topic shown alone.
    topic: Option<Topic>,
    parts: Vec<Part>,
}

impl Subject {
    /// What does not hold together with the words of a clause.
    fn findings_on(&self, clause: ClauseId) -> impl Iterator<Item = &Issue> {
        let words = self.policy.clause_text(clause);
        let findings = self.findings.iter();
        findings.filter(move |issue| issue.quotes.iter().any(|quote| quote == words))
    }

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
    questions: Questions,
    search: Search,
    over: Option<Over<Pick>>,
    focus: Focus,
    explained: Panel,
    areas: Areas,
    /// Where to begin, until the view is laid out.
    start: Option<TextRange>,
    /// The version that is being opened.
    awaited: Option<usize>,
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
        let policy = Arc::clone(ctx.library.get(id)?.policy());
        let mut subject = Subject {
            id,
            policy,
            labels: None,
            findings: Arc::default(),
            topic,
            parts: Vec::new(),
        };
        subject.choose_parts();
        Some(Self {
            outline: Outline::new(&subject.policy),
            questions: Questions::new(ctx.library.questions()),
            subject,
            pane: Pane::default(),
            search: Search::default(),
            over: None,
            focus: Focus::Text,
            explained: Panel::default(),
            areas: Areas::default(),
            start: at,
            awaited: None,
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

    /// Lets the outline follow the text, and the questions unless they have the keys.
    fn follow(&mut self) {
        let free = self.focus != Focus::Questions || self.subject.topic.is_some();
        if self.questions.is_open() && free {
            self.turn_questions();
        }
        let block = self.pane.current().map(|stop| stop.block as usize);
        let block = block.and_then(|block| self.subject.policy.blocks.get(block));
        let section = block.and_then(|block| block.section);
        if self.focus == Focus::Text {
            self.outline.follow(section);
        }
    }

    /// Steps back by one: what was opened or set last goes first.
    fn back(&mut self) -> Effect {
        if self.focus != Focus::Text {
            self.leave_pane();
        } else if self.questions.is_open() {
            self.questions.set_open(false);
            self.split();
        } else if self.explained.is_open() {
            self.explained.close();
            self.split();
        } else if !self.search.found.query().is_empty() {
            self.search = Search::default();
        } else if self.subject.topic.is_some() {
            return self.show_topic(None);
        } else {
            return Effect::Back;
        }
        Effect::None
    }

    fn update_rest(&mut self, action: Action, ctx: &Ctx<'_>) -> Effect {
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
                self.search = Search::default();
                return self.show_topic(None);
            }
            Action::NextTopic => return self.step_topic(true),
            Action::PreviousTopic => return self.step_topic(false),
            Action::AllTopics => return self.show_topic(None),
            Action::PickTopic => return self.pick_topic(),
            Action::OpenLink | Action::Open => return self.open_link(),
            Action::OpenSnapshot => return self.open_address(),
            Action::Copy => return self.copy(),
            Action::Timeline => {
                let policy = self.subject.id;
                return Effect::Open(Screen::Timeline { policy });
            }
            Action::ClauseHistory => return self.open_life(ctx),
            Action::NextVersion => return self.step_version(true, ctx),
            Action::PreviousVersion => return self.step_version(false, ctx),
            Action::WhoElse => return self.who_else(),
            Action::Explain => {
                let lines = self.panel_lines(ctx);
                self.explained.turn(&lines, self.areas.panel);
                self.split();
                return self.ask_questions();
            }
            Action::ShowQuestions => return self.show_questions(),
            Action::Right if self.focus == Focus::Text && self.questions.is_open() => {
                self.focus = Focus::Questions;
            }
            Action::Left if self.focus == Focus::Questions => self.leave_pane(),
            _ => {}
        }
        Effect::None
    }
}

impl View for ReaderView {
    fn shows(&self) -> Option<Screen> {
        Some(Screen::Reader {
            policy: self.subject.id,
            at: self.pane.current().map(|stop| stop.text),
            topic: self.subject.topic,
        })
    }

    fn scope(&self) -> Scope {
        match (&self.over, &self.search.typing) {
            (Some(over), _) => over.scope(),
            (None, Some(_)) => Scope::Prompt,
            (None, None) => Scope::Reader,
        }
    }

    fn open(&mut self, _ctx: &Ctx<'_>) -> Effect {
        Effect::Ask(Request::Read(self.subject.id))
    }

    fn layout(&mut self, area: Rect, ctx: &Ctx<'_>) {
        self.areas.whole = area;
        self.split();
        if let Some(over) = &mut self.over {
            over.layout(area, ctx);
        }
    }

    fn update(&mut self, action: Action, ctx: &Ctx<'_>) -> Effect {
        if let Some(over) = &mut self.over {
            let outcome = over.update(action, ctx);
            return self.after(outcome);
        }
        if self.search.typing.is_some() {
            return self.type_search(action);
        }
        if action != Action::Explain {
            self.explained.rewind();
        }
        let done = match self.focus {
            Focus::Outline => self.update_outline(action),
            Focus::Questions if action == Action::Open => return self.go_to_proof(),
            Focus::Questions => self.questions.update(action),
            Focus::Text => self.update_text(action),
        };
        let effect = if done {
            Effect::None
        } else {
            self.update_rest(action, ctx)
        };
        self.follow();
        effect
    }

    fn input(&mut self, text: &str, _ctx: &Ctx<'_>) -> Effect {
        if let Some(over) = &mut self.over {
            over.input(text);
        } else if let Some((prompt, _)) = &mut self.search.typing {
            prompt.insert(text);
            self.search_typed();
            self.follow();
        }
        Effect::None
    }

    fn click(&mut self, column: u16, row: u16, ctx: &Ctx<'_>) -> Effect {
        if let Some(over) = &mut self.over {
            let outcome = over.click(column, row, ctx);
            return self.after(outcome);
        }
        let place = (column, row).into();
        let shown = self.areas.shows_outline(self.focus);
        if self.areas.shows_questions(self.focus) && self.areas.questions.contains(place) {
            self.focus = Focus::Questions;
            let list = self.areas.questions.y + 1;
            let row = row.checked_sub(list).map(usize::from);
            if row.is_some_and(|row| self.questions.click(row)) {
                return self.go_to_proof();
            }
        } else if shown && self.areas.outline.contains(place) {
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
        if let Some(over) = &mut self.over {
            over.wheel(rows);
        } else if self.areas.shows_questions(self.focus)
            && self.areas.questions.contains((column, row).into())
        {
            self.questions.wheel(rows);
        } else if shown && self.areas.outline.contains((column, row).into()) {
            self.outline.scroll_mut().wheel(rows);
        } else {
            self.pane.wheel(rows);
            self.follow();
        }
        Effect::None
    }

    fn answer(&mut self, answer: &Answer, ctx: &Ctx<'_>) -> Effect {
        if let Answer::Versions { of, places, opened } = answer
            && *of == self.subject.id
            && self.awaited.is_some()
        {
            return self.take_version(places, opened, ctx);
        }
        if let Some(over) = &mut self.over {
            let effect = over.answer(answer, ctx);
            if effect != Effect::None {
                return effect;
            }
        }
        if let Answer::LookedInto(found) = answer
            && let Some((_, findings)) = found.iter().find(|(id, _)| *id == self.subject.id)
        {
            self.subject.findings = Arc::clone(findings);
        }
        if let Answer::Labelled { policy, labels } = answer
            && *policy == self.subject.id
        {
            self.subject.labels = Some(Arc::clone(labels));
            if self.subject.topic.is_some() {
                return self.show_topic(self.subject.topic);
            }
            self.follow();
            // Without labels the panel could not know the topic, even if it has the keys by now.
            self.turn_questions();
        }
        if let Answer::Answered { policy, answers } = answer
            && *policy == self.subject.id
        {
            self.questions.take_answers(answers);
        }
        Effect::None
    }

    fn render(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        self.draw(buffer, ctx);
        if let Some(over) = &self.over {
            over.render(buffer, ctx);
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
        if let Some(over) = &self.over {
            over.hints()
        } else if self.search.typing.is_some() {
            vec![Action::Open]
        } else if self.focus == Focus::Outline {
            vec![Action::Open, Action::NextPane]
        } else if self.focus == Focus::Questions {
            vec![Action::Open, Action::NextPane, Action::ShowQuestions]
        } else if self.search.found.query().is_empty() {
            vec![
                Action::PickTopic,
                Action::Search,
                Action::Explain,
                Action::ShowQuestions,
                Action::NextPane,
                Action::Copy,
            ]
        } else {
            vec![Action::SearchNext, Action::SearchPrevious, Action::Back]
        }
    }
}
