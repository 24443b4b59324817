//! The versions of a policy: when each was recorded and what it changed. Bars over a time axis show the
//! whole, a list below it every version.
//!
//! - `list.rs`: which versions are listed, and the one under the cursor.
//! - `acting.rs`: what keys do.
//! - `places.rs`: where everything stands; `paint.rs`: how it looks.

mod acting;
mod list;
mod paint;
mod places;

use self::list::List;
use self::places::Places;
use super::{Ctx, Moved, View, prompt_line};
use crate::library::{Entry, PolicyId, Progress};
use crate::model::{History, Version};
use crate::tui::action::Action;
use crate::tui::effect::{Answer, Effect, Request, Waiting};
use crate::tui::glyphs::Glyph;
use crate::tui::history::{self, Axis, Chart};
use crate::tui::keymap::Scope;
use crate::tui::prompt::Prompt;
use crate::tui::text::sanitize;
use crate::tui::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use std::sync::Arc;

/// What versions are opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Compare,
    Read,
}

/// The timeline view.
#[derive(Debug)]
pub struct TimelineView {
    of: PolicyId,
    history: Arc<History>,
    list: List,
    /// Dropped with the view, which ends the work.
    waiting: Waiting,
    /// Whether the steps were asked for.
    asked: bool,
    /// The version that others are compared with.
    marked: Option<usize>,
    /// The date that is being typed.
    typing: Option<Prompt>,
    /// The versions that are being opened.
    awaited: Option<(Vec<usize>, Purpose)>,
    places: Places,
    axis: Axis,
    chart: Chart,
}

impl TimelineView {
    /// The versions of a policy, with the cursor on the given one; none when the library does not
    /// hold it.
    pub fn new(of: PolicyId, ctx: &Ctx<'_>) -> Option<Self> {
        let entry = ctx.library.get(of)?;
        Some(Self::at(of, history_of(entry), entry.place, ctx))
    }

    fn at(of: PolicyId, history: Arc<History>, place: usize, ctx: &Ctx<'_>) -> Self {
        let mut list = List::new(history.versions.len(), place);
        if let Some(steps) = ctx.library.known_steps(of) {
            list.take(&steps);
        }
        Self {
            of,
            list,
            history,
            waiting: Waiting::default(),
            asked: false,
            marked: None,
            typing: None,
            awaited: None,
            places: Places::default(),
            axis: Axis::default(),
            chart: Chart::default(),
        }
    }

    /// The same over another library, if that still has the policy.
    fn over(&self, moved: &Moved<'_>, ctx: &Ctx<'_>) -> Option<Self> {
        let of = moved.policy(self.of)?;
        let entry = ctx.library.get(of)?;
        let history = history_of(entry);
        let same = |place: usize| {
            let version = self.history.versions.get(place)?;
            let of_same = |other: &Version| {
                (&other.origin, other.recorded) == (&version.origin, version.recorded)
            };
            history.versions.iter().position(of_same)
        };
        let place = self.list.current().and_then(same).unwrap_or(entry.place);
        let marked = self.marked.and_then(same);
        let mut view = Self {
            marked,
            ..Self::at(of, Arc::clone(&history), place, ctx)
        };
        if self.list.is_unfolded() {
            view.list.toggle_noise();
        }
        Some(view)
    }

    /// Whether the versions may not be known yet: their archive is still being read.
    fn is_early(&self, ctx: &Ctx<'_>) -> bool {
        let known = ctx.library.get(self.of);
        ctx.progress.is_some() && known.is_some_and(|entry| entry.history.is_none())
    }

    /// Asks what the versions changed, once.
    fn ask(&mut self, ctx: &Ctx<'_>) -> Effect {
        let complete = self.list.steps().len() == self.history.versions.len();
        if self.asked || complete || self.is_early(ctx) {
            return Effect::None;
        }
        self.asked = true;
        Effect::Ask(Request::Timeline {
            policy: self.of,
            wanted: self.waiting.wanted(),
        })
    }

    /// Follows a change of what is known, of the size or of what is folded.
    fn refresh(&mut self) {
        self.list.find_swings(&self.history);
        self.list.refresh(self.marked);
        self.axis = Axis::new(&self.history, usize::from(self.places.chart.width));
        self.chart = Chart::new(&self.axis, self.list.steps());
    }

    fn name(&self, ctx: &Ctx<'_>) -> String {
        let name = ctx.library.document_name(self.of);
        sanitize(&name.unwrap_or_default()).into_owned()
    }

    fn key(action: Action, ctx: &Ctx<'_>) -> String {
        let key = ctx.keys.key_for(Scope::Timeline, action);
        key.map_or_else(String::new, |key| key.short(ctx.glyphs.ascii))
    }
}

/// The versions of a document; of one that has a single version, that one.
fn history_of(entry: &Entry) -> Arc<History> {
    entry.history.clone().unwrap_or_else(|| {
        let provenance = &entry.facts.provenance;
        let only = Version {
            origin: provenance.origin.clone(),
            recorded: provenance.archived,
            content: None,
        };
        Arc::new(History {
            versions: vec![only],
        })
    })
}

impl View for TimelineView {
    fn moves(&mut self, moved: &Moved<'_>, ctx: &Ctx<'_>) -> bool {
        let Some(over) = self.over(moved, ctx) else {
            return false;
        };
        *self = over;
        true
    }

    fn scope(&self) -> Scope {
        if self.typing.is_some() {
            Scope::Prompt
        } else {
            Scope::Timeline
        }
    }

    fn open(&mut self, ctx: &Ctx<'_>) -> Effect {
        self.ask(ctx)
    }

    fn layout(&mut self, area: Rect, _ctx: &Ctx<'_>) {
        self.places = Places::of(area);
        self.list.resize(usize::from(self.places.list.height));
        self.refresh();
    }

    fn loaded(&mut self, ctx: &Ctx<'_>) -> Effect {
        if let Some(entry) = ctx.library.get(self.of)
            && let Some(history) = &entry.history
            && **history != *self.history
        {
            self.history = Arc::clone(history);
            self.list = List::new(history.versions.len(), entry.place);
            self.list.resize(usize::from(self.places.list.height));
            self.marked = None;
            self.asked = false;
            self.refresh();
        }
        self.ask(ctx)
    }

    fn update(&mut self, action: Action, ctx: &Ctx<'_>) -> Effect {
        if self.typing.is_some() {
            return self.update_prompt(action, ctx);
        }
        self.act(action, ctx)
    }

    fn input(&mut self, text: &str, _ctx: &Ctx<'_>) -> Effect {
        if let Some(prompt) = &mut self.typing {
            prompt.insert(text);
        }
        Effect::None
    }

    fn click(&mut self, column: u16, row: u16, ctx: &Ctx<'_>) -> Effect {
        let (list, chart) = (self.places.list, self.places.chart);
        if list.contains((column, row).into()) {
            let before = self.list.current();
            let there = self.list.click(usize::from(row - list.y));
            if there && self.list.current() == before {
                return self.compare(ctx);
            }
        } else if (chart.left()..chart.right()).contains(&column) && row < self.places.summary {
            let nearest = self.axis.nearest(usize::from(column - chart.x));
            if let Some(place) = nearest {
                self.list.go_near(place);
            }
        }
        Effect::None
    }

    fn wheel(&mut self, rows: isize, _column: u16, _row: u16, _ctx: &Ctx<'_>) -> Effect {
        self.list.wheel(rows);
        Effect::None
    }

    fn answer(&mut self, answer: &Answer, ctx: &Ctx<'_>) -> Effect {
        match answer {
            Answer::Steps { policy, steps } if *policy == self.of => {
                self.list.take(steps);
                self.refresh();
            }
            Answer::Versions { of, places, opened } if *of == self.of => {
                let awaited = self.awaited.take_if(|(awaited, _)| awaited == places);
                return match (awaited, opened) {
                    (Some((_, purpose)), Ok(opened)) => Self::show(purpose, opened),
                    (Some(_), Err(why)) => Effect::Warn(self.unread(why, ctx)),
                    (None, _) => Effect::None,
                };
            }
            _ => {}
        }
        Effect::None
    }

    fn render(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        self.paint(buffer, ctx);
    }

    fn title(&self, ctx: &Ctx<'_>) -> Line<'static> {
        let of = format!(" {} timeline", ctx.glyph(Glyph::Dot));
        Line::from(vec![
            ctx.span(Role::Title, self.name(ctx)),
            ctx.span(Role::Text, of),
        ])
    }

    fn state(&self, ctx: &Ctx<'_>) -> Line<'static> {
        let dot = format!(" {} ", ctx.glyph(Glyph::Dot));
        let (read, all) = (self.list.steps().len(), self.history.versions.len());
        let mut parts = Vec::new();
        if let Some(Progress::Walking(_) | Progress::Reading(..)) = ctx.progress
            && self.is_early(ctx)
        {
            parts.extend(ctx.progress.map(|progress| progress.to_string()));
        } else {
            if read < all {
                let (read, all) = (history::thousands(read), history::thousands(all));
                parts.push(format!("reading {read} of {all}"));
            }
            parts.push(history::counted(all, "version"));
            parts.extend(history::years(&self.history, ctx.glyphs.ascii));
        }
        let mut spans = Vec::new();
        for part in parts {
            let lead = if spans.is_empty() { "" } else { dot.as_str() };
            spans.push(ctx.span(Role::Text, format!("{lead}{part}")));
        }
        Line::from(spans)
    }

    fn status(&self, ctx: &Ctx<'_>) -> Line<'static> {
        if let Some(prompt) = &self.typing {
            let lead = format!(" in force on {} ", ctx.glyph(Glyph::Cursor));
            return prompt_line(&lead, prompt, ctx);
        }
        self.status_line(ctx)
    }

    fn hints(&self, _ctx: &Ctx<'_>) -> Vec<Action> {
        if self.typing.is_some() {
            return vec![Action::Open, Action::Back];
        }
        vec![
            Action::Open,
            Action::Mark,
            Action::Read,
            Action::ToggleNoise,
            Action::GoToDate,
            Action::NextDifference,
        ]
    }
}
