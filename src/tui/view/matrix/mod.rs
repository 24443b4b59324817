//! The matrix: what all sites answer to all questions, or how much they speak of each topic.

mod acting;
mod answers;
mod axis;
mod cell;
mod grid;
mod heads;
mod needs;
mod paint;
mod panel;
mod places;
mod survey;

use self::answers::Only;
use self::axis::Axis;
use self::grid::{Grid, Line as Row};
use self::panel::Panel;
use self::places::Places;
use self::survey::Survey;
use super::{Ctx, Moved, View};
use crate::library::{Entry, PolicyId, Progress, thousands};
use crate::model::Topic;
use crate::tui::action::Action;
use crate::tui::effect::{Answer, Effect};
use crate::tui::explain;
use crate::tui::glyphs::Glyph;
use crate::tui::keymap::Scope;
use crate::tui::picker::Picker;
use crate::tui::text::sanitize;
use crate::tui::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// How a site or a subject is called at its end of the matrix.
#[derive(Clone, Debug, Default)]
struct Head {
    /// The letter of the topic.
    mark: Option<Span<'static>>,
    name: String,
    style: Style,
}

/// What is chosen from a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pick {
    /// A topic to show alone; none shows all.
    Topic(Option<Topic>),
    /// A site to go to.
    Site(PolicyId),
    /// An answer to show the sites of alone; none shows all.
    Answer(Option<Only>),
}

/// The matrix view.
#[derive(Debug, Default)]
pub struct MatrixView {
    survey: Survey,
    grid: Grid,
    /// Subjects, or sites when transposed.
    rows: Axis,
    columns: Axis,
    transposed: bool,
    /// Whether the order rests on answers: all are in, or the person asked for it.
    settled: bool,
    places: Places,
    panel: Panel,
    picker: Option<Picker<Pick>>,
}

impl MatrixView {
    /// A matrix of the whole library, held against a base if there is one.
    pub fn new(base: Option<PolicyId>) -> Self {
        Self {
            grid: Grid {
                base,
                ..Grid::default()
            },
            ..Self::default()
        }
    }

    /// The subject and the site of a cell.
    fn at(&self, row: usize, column: usize) -> Option<(Row, PolicyId)> {
        let (line, site) = if self.transposed {
            (column, row)
        } else {
            (row, column)
        };
        Some((*self.grid.lines.get(line)?, self.grid.sites.get(site)?.id))
    }

    /// The subject and the site under the cursor.
    fn current(&self) -> Option<(Row, PolicyId)> {
        self.at(self.rows.cursor(), self.columns.cursor())
    }

    fn subjects(&mut self) -> &mut Axis {
        if self.transposed {
            &mut self.columns
        } else {
            &mut self.rows
        }
    }

    fn sites(&mut self) -> &mut Axis {
        if self.transposed {
            &mut self.rows
        } else {
            &mut self.columns
        }
    }

    /// Whether every policy of the library has been asked.
    fn is_complete(&self, ctx: &Ctx<'_>) -> bool {
        !ctx.progress.is_some_and(Progress::is_reading)
            && self.survey.known() >= ctx.library.ids().count()
    }

    /// Lists everything anew; the cursor stays on its cell where that is still shown.
    fn refresh(&mut self, ctx: &Ctx<'_>) {
        // Until the order is found the cursor stands at the top because it begins there.
        let begins = !self.settled && self.subjects().cursor() == 0;
        let current = self.current();
        self.settled |= self.is_complete(ctx);
        self.grid.refresh(ctx.library, &self.survey, self.settled);
        self.lay(ctx);
        self.go_to(current);
        if begins {
            self.subjects().to(0);
        }
        self.follow(ctx);
    }

    /// Puts the cursor on a cell, as far as that is shown.
    fn go_to(&mut self, cell: Option<(Row, PolicyId)>) {
        let Some((line, site)) = cell else {
            return;
        };
        if let Some(place) = self.grid.place_of(line.subject) {
            self.subjects().to(place);
        }
        if let Some(place) = self.grid.site_place(site) {
            self.sites().to(place);
        }
    }

    /// Finds the places of everything for the present area.
    fn lay(&mut self, ctx: &Ctx<'_>) {
        let needs = self.needs(ctx);
        self.places = Places::of(self.places.area, &needs);
        let frozen = usize::from(self.grid.base.is_some());
        let (lines, sites) = (self.grid.lines.len(), self.grid.sites.len());
        let (rows, columns) = (self.places.row_slots(), self.places.column_slots());
        if self.transposed {
            self.rows.resize(sites, frozen, rows);
            self.columns.resize(lines, 0, columns);
        } else {
            self.rows.resize(lines, 0, rows);
            self.columns.resize(sites, frozen, columns);
        }
        if let Some(picker) = &mut self.picker {
            picker.layout(self.places.area);
        }
    }

    /// Shows the cell under the cursor in the panel.
    fn follow(&mut self, ctx: &Ctx<'_>) {
        let cell = self.current().map(|(line, site)| (line.subject, site));
        self.panel
            .show(self.places.panel, cell, &self.grid, &self.survey, ctx);
    }

    /// Asks for what is not known yet: the sites in sight first.
    fn ask(&mut self, ctx: &Ctx<'_>) -> Effect {
        let sites = if self.transposed {
            &self.rows
        } else {
            &self.columns
        };
        let site = |place: usize| self.grid.sites.get(place).map(|site| site.id);
        let seen: Vec<PolicyId> = sites.visible().filter_map(site).collect();
        self.survey.ask(seen.into_iter().chain(ctx.library.ids()))
    }

    fn click_cell(&mut self, column: u16, row: u16, ctx: &Ctx<'_>) -> Effect {
        let places = self.places;
        let before = (self.rows.cursor(), self.columns.cursor());
        let over_columns = (places.heads.y..places.cells.bottom()).contains(&row);
        let slot = places.slot_at_x(column).filter(|_| over_columns);
        let at = slot.and_then(|slot| self.columns.visible().nth(slot));
        let below = places
            .slot_at_y(row)
            .and_then(|slot| self.rows.visible().nth(slot));
        if let Some(at) = at.filter(|_| column < places.cells.right()) {
            self.columns.to(at);
        }
        if let Some(below) = below {
            self.rows.to(below);
        }
        self.follow(ctx);
        let on_cell = at.is_some() && below.is_some();
        if on_cell && before == (self.rows.cursor(), self.columns.cursor()) {
            return self.open_evidence(ctx);
        }
        Effect::None
    }
}

/// "1 site", "2 sites".
fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {what}{plural}", thousands(count))
}

/// The name of a site as it is shown.
fn site_name(site: PolicyId, ctx: &Ctx<'_>) -> String {
    let entry = ctx.library.get(site);
    entry.map_or_else(String::new, |entry| sanitize(&entry.name).into_owned())
}

impl View for MatrixView {
    fn moves(&mut self, moved: &Moved<'_>, ctx: &Ctx<'_>) -> bool {
        let current = self.current();
        let current = current.and_then(|(line, site)| Some((line, moved.policy(site)?)));
        self.grid.base = self.grid.base.and_then(|base| moved.policy(base));
        self.survey = Survey::default();
        self.panel = Panel::default();
        (self.picker, self.settled) = (None, false);
        self.grid.refresh(ctx.library, &self.survey, false);
        self.lay(ctx);
        self.go_to(current);
        self.follow(ctx);
        true
    }

    fn scope(&self) -> Scope {
        if self.picker.is_some() {
            Scope::Picker
        } else {
            Scope::Matrix
        }
    }

    fn open(&mut self, ctx: &Ctx<'_>) -> Effect {
        self.ask(ctx)
    }

    fn layout(&mut self, area: Rect, ctx: &Ctx<'_>) {
        self.places.area = area;
        self.refresh(ctx);
    }

    fn loaded(&mut self, ctx: &Ctx<'_>) -> Effect {
        self.ask(ctx)
    }

    fn update(&mut self, action: Action, ctx: &Ctx<'_>) -> Effect {
        if self.picker.is_some() {
            return self.update_picker(action, ctx);
        }
        self.act(action, ctx)
    }

    fn input(&mut self, text: &str, _ctx: &Ctx<'_>) -> Effect {
        if let Some(picker) = &mut self.picker {
            picker.input(text);
        }
        Effect::None
    }

    fn click(&mut self, column: u16, row: u16, ctx: &Ctx<'_>) -> Effect {
        if let Some(picker) = &mut self.picker {
            let picked = picker.click(column, row);
            return self.picked(picked, ctx);
        }
        if self.places.panel.contains((column, row).into()) {
            return Effect::None;
        }
        self.click_cell(column, row, ctx)
    }

    fn wheel(&mut self, rows: isize, column: u16, row: u16, ctx: &Ctx<'_>) -> Effect {
        if let Some(picker) = &mut self.picker {
            picker.wheel(rows);
        } else if self.places.panel.contains((column, row).into()) {
            self.panel.wheel(rows);
        } else {
            self.rows.wheel(rows);
            self.follow(ctx);
        }
        Effect::None
    }

    fn answer(&mut self, answer: &Answer, ctx: &Ctx<'_>) -> Effect {
        let Answer::Surveyed(surveyed) = answer else {
            return Effect::None;
        };
        self.survey.take(surveyed, ctx.library);
        // While answers come in nothing moves; the order changes once, when all are there.
        if self.is_complete(ctx) {
            self.refresh(ctx);
        } else {
            self.follow(ctx);
        }
        self.ask(ctx)
    }

    fn render(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        self.paint(buffer, ctx);
        if let Some(picker) = &self.picker {
            picker.render(buffer, ctx);
        }
    }

    fn title(&self, ctx: &Ctx<'_>) -> Line<'static> {
        let subjects = if self.grid.shares {
            "topics"
        } else {
            "questions"
        };
        let of = format!(" {} {subjects} by site", ctx.glyph(Glyph::Dot));
        Line::from(vec![
            ctx.span(Role::Title, "Matrix"),
            ctx.span(Role::Text, of),
        ])
    }

    fn state(&self, ctx: &Ctx<'_>) -> Line<'static> {
        let dot = format!(" {} ", ctx.glyph(Glyph::Dot));
        let sites = self.grid.sites.len();
        let all = ctx.library.ids().count();
        let mut parts = Vec::new();
        if self.survey.known() < all {
            let (known, all) = (thousands(self.survey.known()), thousands(all));
            parts.push(format!("answers {known} of {all}"));
        }
        let answers = parts.len();
        if let Some(base) = self.grid.base {
            let doubt = ctx.library.get(base).and_then(Entry::doubt);
            let doubt = doubt.map_or_else(String::new, |kind| {
                format!(" {}", explain::doubt(kind, ctx))
            });
            parts.push(format!("base {}{doubt}", site_name(base, ctx)));
        }
        if let Some(topic) = self.grid.topic {
            parts.push(format!("topic: {}", topic.label().to_lowercase()));
        }
        let what = if self.grid.shares {
            "topic"
        } else {
            "question"
        };
        parts.push(counted(self.grid.lines.len(), what));
        parts.push(counted(sites, "site"));
        if let Some(progress) = ctx.progress {
            parts.push(progress.to_string());
        }
        let room = self.room_for_answers(&parts, ctx);
        if let Some(told) = self.told_answers(room, ctx) {
            parts.insert(answers, told);
        }
        let mut spans = Vec::new();
        for part in parts {
            let lead = if spans.is_empty() { "" } else { dot.as_str() };
            spans.push(ctx.span(Role::Text, format!("{lead}{part}")));
        }
        Line::from(spans)
    }

    fn hints(&self, _ctx: &Ctx<'_>) -> Vec<Action> {
        if self.picker.is_some() {
            return vec![Action::Open, Action::Back];
        }
        let mut hints = vec![Action::Open, Action::SetBase];
        if self.grid.base.is_some() {
            hints.push(Action::CompareWith);
        }
        hints.extend([
            Action::ToggleShares,
            Action::PickTopic,
            Action::FilterAnswer,
            Action::Find,
            Action::SortQuestions,
            Action::SortSites,
            Action::Transpose,
        ]);
        hints
    }
}
