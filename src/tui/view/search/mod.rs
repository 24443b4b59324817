//! Clauses looked for in all policies: a line to type in, and what was found, site by site, while
//! one types.

mod acting;
mod asking;
mod found;
mod moving;
mod paint;
mod places;
mod recent;
mod snippet;
mod syntax;
mod telling;
mod typing;

use self::acting::{Intent, Marked, Opening};
use self::asking::Asking;
use self::found::Found;
use self::places::Places;
use self::recent::Recent;
use super::{Ctx, Moved, View};
use crate::library::index::SMALL;
use crate::library::search::QueryError;
use crate::library::{Entry, PolicyId, Progress};
use crate::model::ClauseId;
use crate::tui::action::Action;
use crate::tui::effect::{Answer, Effect, Screen, Sought};
use crate::tui::keymap::Scope;
use crate::tui::over::{Outcome, Over};
use crate::tui::prompt::Prompt;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// What was asked for last.
#[derive(Clone, Debug, PartialEq)]
struct Asked {
    sought: Sought,
    versions: bool,
    /// The revision of the library that was looked through.
    revision: usize,
}

/// The clause of which is asked who else says it.
#[derive(Debug)]
struct Like {
    /// Its words.
    words: String,
    /// What was found before, when it was asked from there.
    over: Option<Found>,
}

/// The search view.
#[derive(Debug, Default)]
pub struct SearchView {
    prompt: Prompt,
    typing: bool,
    like: Option<Like>,
    versions: bool,
    /// What is wrong with what was typed.
    error: Option<QueryError>,
    asked: Option<Asked>,
    asking: Asking,
    /// What was found for what is typed.
    found: Option<Found>,
    recent: Recent,
    /// The left side of the comparison to come.
    marked: Option<Marked>,
    opening: Option<Opening>,
    /// The life of a clause that was found, over what was found.
    over: Option<Over<()>>,
    places: Places,
}

impl SearchView {
    /// A view for words to be typed, or for who else says a clause.
    pub fn new(like: Option<(PolicyId, ClauseId)>, words: Option<&str>, ctx: &Ctx<'_>) -> Self {
        let mut view = Self::default();
        view.begin(like, words, ctx);
        view
    }

    /// Turns to a clause, or to the words that are typed.
    fn begin(&mut self, like: Option<(PolicyId, ClauseId)>, words: Option<&str>, ctx: &Ctx<'_>) {
        self.typing = like.is_none();
        self.opening = None;
        self.over = None;
        let was_like = self.like.take().is_some();
        match like {
            Some((policy, clause)) => {
                let entry = ctx.library.get(policy);
                let words = entry.map(|entry| entry.policy().clause_text(clause).to_owned());
                self.like = Some(Like {
                    words: words.unwrap_or_default(),
                    over: None,
                });
                self.error = None;
                self.seek(Sought::Like(policy, clause), ctx);
            }
            None => {
                if let Some(words) = words {
                    self.prompt = Prompt::with(words);
                }
                if was_like || words.is_some() {
                    self.read_prompt(ctx);
                }
            }
        }
    }

    /// Wants something looked for; [`Asking::go`] then asks for it.
    fn seek(&mut self, sought: Sought, ctx: &Ctx<'_>) {
        let asked = Asked {
            sought,
            versions: self.versions,
            revision: ctx.library.revision(),
        };
        if self.must_wait(ctx) {
            self.asking.forget();
        } else {
            self.asking.want(asked.sought.clone(), asked.versions);
        }
        self.asked = Some(asked);
    }

    /// Looks for the same once more.
    fn seek_again(&mut self, ctx: &Ctx<'_>) -> Effect {
        if let Some(asked) = self.asked.clone() {
            self.seek(asked.sought, ctx);
        }
        self.asking.go()
    }

    /// Whether the search waits for the index: without it all of a large library would be read once
    /// more, only to be let go when the index is there.
    fn must_wait(&self, ctx: &Ctx<'_>) -> bool {
        if ctx.progress.is_none() || ctx.library.is_search_ready(self.versions) {
            return false;
        }
        if let Some(Progress::Recalling(..)) = ctx.progress {
            return true;
        }
        let versions = |entry: &Entry| match &entry.history {
            Some(history) if self.versions => history.versions.len(),
            _ => 1,
        };
        let entries = ctx.library.entries().iter();
        entries.map(versions).sum::<usize>() >= SMALL
    }

    fn toggle_versions(&mut self, ctx: &Ctx<'_>) -> Effect {
        self.versions = !self.versions;
        let effect = self.seek_again(ctx);
        match effect {
            Effect::None => Effect::Say(self.where_line().to_owned()),
            ask => ask,
        }
    }

    fn where_line(&self) -> &'static str {
        if self.versions {
            "all versions are searched"
        } else {
            "the policies as they are now are searched"
        }
    }

    fn update_results(&mut self, action: Action, ctx: &Ctx<'_>) -> Effect {
        if let Some(found) = &mut self.found
            && found.update(action)
        {
            self.opening = None;
            return Effect::None;
        }
        match action {
            Action::Open => return self.open_hit(ctx),
            Action::Read | Action::Right => return self.with_hit(Intent::Read, ctx),
            Action::Mark => return self.toggle_mark(ctx),
            Action::Copy => return self.with_hit(Intent::Copy, ctx),
            Action::OpenSnapshot => return self.with_hit(Intent::Page, ctx),
            Action::WhoElse => return self.with_hit(Intent::WhoElse, ctx),
            Action::Timeline => return self.with_hit(Intent::Timeline, ctx),
            Action::ClauseHistory => return self.with_hit(Intent::Life, ctx),
            Action::ToggleVersions => return self.toggle_versions(ctx),
            Action::Search | Action::NextPane | Action::Left => self.typing = true,
            Action::Clear => {
                self.marked = None;
                self.prompt.clear();
                self.typing = true;
                self.read_prompt(ctx);
            }
            Action::Back => return self.back(),
            _ => {}
        }
        Effect::None
    }

    /// Esc: back to what was found before, forget the mark, leave.
    fn back(&mut self) -> Effect {
        self.opening = None;
        if let Some(found) = self.like.as_mut().and_then(|like| like.over.take()) {
            self.like = None;
            self.asking.forget();
            self.asked = Some(found.asked().clone());
            self.found = Some(found);
            self.lay_results();
            return Effect::None;
        }
        match self.marked.take() {
            Some(_) => Effect::Say("No left side is marked".to_owned()),
            None => Effect::Back,
        }
    }

    /// Takes results in, if they are those asked for last.
    fn take_answer(&mut self, answer: &Answer) -> Effect {
        let Answer::Found { number, results } = answer else {
            return Effect::None;
        };
        let newest = self.asking.ended(*number);
        if let Some(asked) = self.asked.clone().filter(|_| newest) {
            let before = self.found.take();
            self.found = Some(Found::new(results, asked, before));
            self.lay_results();
        }
        self.asking.go()
    }

    /// What follows from an action on what lies over the results.
    fn after(&mut self, outcome: Outcome<()>) -> Effect {
        match outcome {
            Outcome::Stays(effect) => effect,
            Outcome::Goes | Outcome::Chosen(()) => {
                self.over = None;
                Effect::None
            }
        }
    }

    fn lay_results(&mut self) {
        if let Some(found) = &mut self.found {
            found.lay(self.places.list);
        }
    }
}

impl View for SearchView {
    fn moves(&mut self, moved: &Moved<'_>, ctx: &Ctx<'_>) -> bool {
        self.go_over(moved, ctx);
        true
    }

    fn scope(&self) -> Scope {
        match &self.over {
            Some(over) => over.scope(),
            None if self.typing => Scope::Query,
            None => Scope::Search,
        }
    }

    fn open(&mut self, _ctx: &Ctx<'_>) -> Effect {
        self.asking.go()
    }

    fn open_again(&mut self, screen: &Screen, ctx: &Ctx<'_>) -> Effect {
        // While the view was closed nobody told it of answers.
        let missed = self.asking.lost();
        if let Screen::Search { like, words } = screen {
            self.begin(*like, words.as_deref(), ctx);
        }
        let old = |asked: &Asked| asked.revision != ctx.library.revision();
        if missed || self.asked.as_ref().is_some_and(old) {
            return self.seek_again(ctx);
        }
        self.asking.go()
    }

    fn layout(&mut self, area: Rect, ctx: &Ctx<'_>) {
        self.places = Places::of(area);
        self.lay_results();
        if let Some(over) = &mut self.over {
            over.layout(area, ctx);
        }
    }

    fn loaded(&mut self, ctx: &Ctx<'_>) -> Effect {
        let unfinished = ctx.progress.is_some_and(|progress| progress.is_reading());
        let revision = ctx.library.revision();
        let old = self
            .asked
            .as_ref()
            .is_some_and(|asked| asked.revision != revision);
        let waits = self.asked.is_some() && self.found.is_none() && !self.asking.is_busy();
        if !unfinished && (old || waits) && !self.must_wait(ctx) {
            return self.seek_again(ctx);
        }
        Effect::None
    }

    fn update(&mut self, action: Action, ctx: &Ctx<'_>) -> Effect {
        if let Some(over) = &mut self.over {
            let outcome = over.update(action, ctx);
            self.after(outcome)
        } else if self.typing {
            self.update_prompt(action, ctx)
        } else {
            self.update_results(action, ctx)
        }
    }

    fn input(&mut self, text: &str, ctx: &Ctx<'_>) -> Effect {
        self.prompt.insert(text);
        self.read_prompt(ctx);
        self.asking.go()
    }

    fn click(&mut self, column: u16, row: u16, ctx: &Ctx<'_>) -> Effect {
        if let Some(over) = &mut self.over {
            let outcome = over.click(column, row, ctx);
            return self.after(outcome);
        }
        if self.places.prompt.contains((column, row).into()) {
            self.typing = true;
        } else if let Some(row) = row.checked_sub(self.places.list.y).map(usize::from) {
            let Some(found) = &mut self.found else {
                let chosen = self.recent.click(row);
                return if chosen {
                    self.submit(ctx)
                } else {
                    Effect::None
                };
            };
            let before = found.cursor();
            let hit = found.click(row);
            let again = !self.typing && found.cursor() == before;
            self.leave_prompt();
            if hit && again {
                return self.open_hit(ctx);
            }
        }
        Effect::None
    }

    fn wheel(&mut self, rows: isize, _column: u16, _row: u16, _ctx: &Ctx<'_>) -> Effect {
        if let Some(over) = &mut self.over {
            over.wheel(rows);
        } else if let Some(found) = &mut self.found {
            found.wheel(rows);
        }
        Effect::None
    }

    fn answer(&mut self, answer: &Answer, ctx: &Ctx<'_>) -> Effect {
        if let Some(over) = &mut self.over {
            let effect = over.answer(answer, ctx);
            if effect != Effect::None {
                return effect;
            }
        }
        match answer {
            Answer::Versions { of, places, opened } => self.opened(*of, places, opened, ctx),
            answer => self.take_answer(answer),
        }
    }

    fn failed(&mut self, _ctx: &Ctx<'_>) -> Effect {
        self.opening = None;
        self.asking.lost();
        self.asking.go()
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
            return over.hints();
        }
        match (self.typing, &self.marked) {
            (true, _) if self.error.is_some() => vec![Action::ToggleVersions],
            (true, _) => vec![Action::Open, Action::Down, Action::ToggleVersions],
            (false, Some(_)) => vec![Action::Open, Action::Mark, Action::Read],
            (false, None) => vec![
                Action::Open,
                Action::Search,
                Action::Copy,
                Action::Mark,
                Action::WhoElse,
                Action::ToggleVersions,
            ],
        }
    }
}
