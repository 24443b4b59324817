//! Moving through the rows: up and down, to differences, sections and the other end of a move.

use super::rows::What;
use super::{CompareView, Ctx};
use crate::compare::{By, Comparison, Verdict, counts};
use crate::model::Side;
use crate::tui::action::Action;
use crate::tui::effect::{ComparePlace, Effect};

impl CompareView {
    pub(super) fn go(&mut self, line: usize) {
        self.scroll.to(line);
        let group = self.rows.group(line);
        self.scroll.reveal(group);
    }

    /// Goes to a place that is known by what stands there.
    pub(super) fn go_to(&mut self, at: ComparePlace, ctx: &Ctx<'_>) {
        let Some(comparison) = self.comparison.clone() else {
            return;
        };
        let row = match at {
            ComparePlace::Question(place) => {
                let mut verdicts = comparison.practices.iter();
                let found = verdicts.find(|verdict| verdict.place == place);
                found.and_then(|verdict| verdict.rows.clone().next())
            }
            ComparePlace::Topic(topic) => {
                let mut verdicts = comparison.topics.iter();
                let found = verdicts.find(|verdict| verdict.topic == topic);
                found.and_then(|verdict| verdict.rows.clone().next())
            }
            ComparePlace::Clause(side, clause) => comparison
                .rows
                .iter()
                .position(|row| row.clauses[side].contains(&clause)),
        };
        if let Some(row) = row {
            let line = self.unfolded(row, ctx);
            self.go(line);
        }
    }

    pub(super) fn step(&mut self, action: Action) {
        let height = isize::try_from(self.places.body.height).unwrap_or(1);
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
    pub(super) fn rest(&mut self, down: bool) {
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

    pub(super) fn scroll_apart(&mut self, side: Side, rows: isize) {
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
    pub(super) fn jump(&mut self, lines: &[usize], forward: bool) -> bool {
        let from = self.scroll.cursor();
        let next = if forward {
            lines.iter().find(|&&line| line > from)
        } else {
            lines.iter().rev().find(|&&line| line < from)
        };
        if let Some(&line) = next {
            self.scroll
                .place(line, usize::from(self.places.body.height) / 4);
            self.go(line);
        }
        next.is_some()
    }

    pub(super) fn next_difference(&mut self, forward: bool) -> Effect {
        let stops = std::mem::take(&mut self.rows.stops);
        let found = self.jump(&stops, forward);
        self.rows.stops = stops;
        if found {
            return Effect::None;
        }
        let where_ = if forward { "after" } else { "before" };
        let rest = self.uncounted(forward);
        Effect::Say(format!("There is no difference {where_} this one{rest}"))
    }

    /// What lies beyond the cursor and is not counted as a difference, to be told behind a sentence.
    fn uncounted(&self, forward: bool) -> String {
        let (Some(comparison), Some(here)) = (&self.comparison, self.current_row()) else {
            return String::new();
        };
        let is_beyond = |row: usize| if forward { row > here } else { row < here };
        let is_shown = |row: usize| {
            let row = comparison.rows.get(row);
            row.is_some_and(|row| self.shown.is_on_topic(row, comparison))
        };
        let quiet = comparison.changes().filter(|&(row, class)| {
            class.is_quiet() && !self.shown.form && is_beyond(row) && is_shown(row)
        });
        let counts = counts(quiet.map(|(_, class)| class)).into_iter();
        let told: Vec<String> = counts.map(|(class, n)| self.counted(class, n)).collect();
        told.iter().map(|told| format!("; {told}")).collect()
    }

    pub(super) fn toggle_fold(&mut self, ctx: &Ctx<'_>) -> Effect {
        let Some(comparison) = &self.comparison else {
            return Effect::None;
        };
        let key = match self.what_is_here() {
            _ if comparison.by == By::Practice => self.fold_of_practice(comparison),
            Some(What::Fold { first, .. }) => Some(first),
            Some(What::Topic { topic, row, .. }) => comparison
                .topics
                .get(topic)
                .filter(|topic| topic.verdict == Verdict::Same)
                .map(|_| row),
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

    pub(super) fn what_is_here(&self) -> Option<What> {
        let line = self.rows.lines.get(self.scroll.cursor());
        line.map(|line| line.what)
    }

    /// By practice, what folds at the cursor: a question that both answer alike, or all those that
    /// neither answers.
    fn fold_of_practice(&self, comparison: &Comparison) -> Option<usize> {
        let row = self.current_row()?;
        if row >= comparison.rows.len() {
            return Some(comparison.rows.len());
        }
        let found = comparison.practice_of(row)?;
        (found.verdict == Verdict::Same).then_some(found.rows.start)
    }

    pub(super) fn jump_move(&mut self) -> Effect {
        let partner = self
            .current_row()
            .and_then(|row| self.comparison.as_ref()?.rows.get(row)?.partner);
        match partner {
            Some(partner) => {
                let line = self.rows.line_of(partner);
                self.scroll
                    .place(line, usize::from(self.places.body.height) / 3);
                self.go(line);
                Effect::None
            }
            None => Effect::Say("This row did not move".to_owned()),
        }
    }

    /// Brings the ends of the moved row under the cursor level, until the cursor leaves it.
    pub(super) fn level_ends(&mut self, ctx: &Ctx<'_>) -> Effect {
        if self.shown.level.is_some() {
            self.shown.level = None;
        } else if self.is_on_move() {
            self.shown.level = self.current_row();
        } else {
            return Effect::Say("This row did not move".to_owned());
        }
        self.refresh(ctx);
        Effect::None
    }

    /// Whether the row under the cursor moved.
    pub(super) fn is_on_move(&self) -> bool {
        let row = |at: usize| self.comparison.as_ref()?.rows.get(at);
        let current = self.current_row().and_then(row);
        current.is_some_and(|row| row.partner.is_some())
    }

    /// Puts the ends of a move back to their places once the cursor has left it.
    pub(super) fn let_go(&mut self, ctx: &Ctx<'_>) {
        if self.shown.level.is_some() && self.shown.level != self.current_row() {
            self.shown.level = None;
            self.refresh(ctx);
        }
    }

    pub(super) fn current_row(&self) -> Option<usize> {
        self.rows.row_at(self.scroll.cursor())
    }

    pub(super) fn toggle(&mut self, action: Action, ctx: &Ctx<'_>) -> Effect {
        if action == Action::ToggleForm && self.is_by_practice() {
            return Effect::Say("By practice no change is one of form only".to_owned());
        }
        let said = match action {
            Action::FoldAll => {
                self.shown.all = !self.shown.all;
                self.shown.open.clear();
                match (self.is_by_practice(), self.shown.all) {
                    (true, true) => "Every question is shown",
                    (true, false) => "What both answer alike, or not at all, is folded",
                    (false, true) => "Equal clauses are shown",
                    (false, false) => "Equal clauses are folded",
                }
            }
            Action::ToggleForm => {
                self.shown.form = !self.shown.form;
                let by = self.comparison.as_ref().map(|comparison| comparison.by);
                match (by, self.shown.form) {
                    (Some(By::Topic), true) => "What is similar is listed too",
                    (Some(By::Topic), false) => "Only differences are listed",
                    (_, true) => "Changes of form are shown",
                    (_, false) => "Changes of form are hidden",
                }
            }
            _ => self.toggle_unified(ctx),
        };
        self.refresh(ctx);
        Effect::Say(said.to_owned())
    }
}

impl CompareView {
    /// One column or two, whatever the width; back to what the width says where that is the same.
    fn toggle_unified(&mut self, ctx: &Ctx<'_>) -> &'static str {
        let unified = !self.is_unified(ctx);
        self.shown.unified = None;
        if self.is_unified(ctx) != unified {
            self.shown.unified = Some(unified);
        }
        if unified {
            "One column"
        } else {
            "Side by side"
        }
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
