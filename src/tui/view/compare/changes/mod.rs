//! The list of changes: one line for each, counted by class, filtered by class and topic. It follows
//! the cursor in the text, and the text follows its cursor.

mod paint;
mod telling;

use super::places::Place;
use super::shown::Shown;
use super::{CompareView, Ctx};
use crate::compare::{ChangeClass, Comparison, counts};
use crate::tui::action::Action;
use crate::tui::keymap::Scope;
use crate::tui::scroll::Scroll;

/// A change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Change {
    /// Its row in the comparison; of a move the row of the new place.
    row: usize,
    class: ChangeClass,
}

/// The list of changes.
#[derive(Debug, Default)]
pub(super) struct Changes {
    open: bool,
    /// Whether keys move in the list rather than in the text.
    focus: bool,
    /// Those that are listed.
    changes: Vec<Change>,
    /// Those that are counted, whatever class is listed.
    counted: Vec<Change>,
    /// How many there are of each class on the topic that is shown, whatever class is listed.
    counts: Vec<(ChangeClass, usize)>,
    scroll: Scroll,
}

impl Changes {
    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    /// Whether keys move in the list.
    pub(super) fn has_focus(&self) -> bool {
        self.open && self.focus
    }

    /// Gives the keys back to the text.
    pub(super) fn leave(&mut self) {
        self.focus = false;
    }

    /// Lists the changes of a comparison anew.
    pub(super) fn list(&mut self, comparison: &Comparison, shown: &Shown) {
        self.changes.clear();
        self.counted.clear();
        let on_topic = |(row, _): &(usize, ChangeClass)| {
            let content = comparison.rows.get(*row);
            content.is_some_and(|content| shown.is_on_topic(content, comparison))
        };
        let all: Vec<(usize, ChangeClass)> = comparison.changes().filter(on_topic).collect();
        self.counts = counts(all.iter().map(|(_, class)| *class));
        for (row, class) in all {
            let change = Change { row, class };
            let loud = !class.is_quiet() || shown.form;
            if loud {
                self.counted.push(change);
            }
            if shown.class.map_or(loud, |only| class == only) {
                self.changes.push(change);
            }
        }
    }

    /// How many there are of each class on the topic that is shown.
    pub(super) fn counts(&self) -> &[(ChangeClass, usize)] {
        &self.counts
    }

    /// Where a row stands among all changes: `5/34`, or `5-7/34` for a run of clauses that only one
    /// side has, which is one step for the reader.
    pub(super) fn place_of(&self, row: Option<usize>, comparison: &Comparison) -> String {
        let all = self.counted.len();
        let content = row.and_then(|row| comparison.rows.get(row));
        let moved = content.filter(|row| row.clauses.right.is_empty());
        let row = moved.and_then(|row| row.partner).or(row);
        let Some(row) = row else {
            return format!("0/{all}");
        };
        let first = self.counted.partition_point(|change| change.row <= row);
        let run = self.counted.get(first.saturating_sub(1)..).unwrap_or(&[]);
        let goes_on = |pair: &&[Change]| {
            pair[0].class.is_one_sided()
                && pair[1].class == pair[0].class
                && pair[1].row == pair[0].row + 1
        };
        match run.windows(2).take_while(goes_on).count() {
            0 => format!("{first}/{all}"),
            more => format!("{first}-{}/{all}", first + more),
        }
    }

    /// Takes over how many changes are seen at a time.
    pub(super) fn resize(&mut self, height: usize) {
        self.scroll.resize(self.changes.len(), height);
    }

    /// Puts the cursor on the change of a row, or else on the last one before it.
    pub(super) fn follow(&mut self, row: usize, comparison: &Comparison) {
        let content = comparison.rows.get(row);
        let moved = content.filter(|row| row.clauses.right.is_empty());
        let row = moved.and_then(|row| row.partner).unwrap_or(row);
        let after = self.changes.partition_point(|change| change.row <= row);
        self.scroll.to(after.saturating_sub(1));
    }

    /// The row of the change under the cursor.
    fn current(&self) -> Option<usize> {
        self.changes
            .get(self.scroll.cursor())
            .map(|change| change.row)
    }

    /// The class after the one that is listed, or before it; none stands for all.
    fn class_beside(&self, class: Option<ChangeClass>, forward: bool) -> Option<ChangeClass> {
        let all = self.counts.len() + 1;
        let at = |class| self.counts.iter().position(|(found, _)| *found == class);
        let here = class.and_then(at).map_or(0, |at| at + 1);
        let next = if forward { here + 1 } else { here + all - 1 } % all;
        Some(self.counts.get(next.checked_sub(1)?)?.0)
    }
}

impl CompareView {
    /// Opens the list, gives it the keys, or closes it.
    pub(super) fn toggle_changes(&mut self, ctx: &Ctx<'_>) {
        if self.comparison.is_none() {
            return;
        }
        if self.changes.has_focus() {
            return self.close_changes(ctx);
        }
        self.changes.open = true;
        self.changes.focus = true;
        self.layout_again(ctx);
        self.follow();
    }

    pub(super) fn close_changes(&mut self, ctx: &Ctx<'_>) {
        self.changes.open = false;
        self.shown.class = None;
        self.layout_again(ctx);
    }

    /// Whether an action is one for the list while that has the keys; all others are for the text.
    pub(super) fn is_for_list(action: Action) -> bool {
        matches!(
            action,
            Action::Back
                | Action::ListChanges
                | Action::Open
                | Action::NextClass
                | Action::PreviousClass
                | Action::Up
                | Action::Down
                | Action::PageUp
                | Action::PageDown
                | Action::HalfPageUp
                | Action::HalfPageDown
                | Action::Top
                | Action::Bottom
        )
    }

    /// Carries out an action in the list; the text goes along.
    pub(super) fn update_changes(&mut self, action: Action, ctx: &Ctx<'_>) {
        match action {
            Action::Back | Action::ListChanges => return self.close_changes(ctx),
            Action::NextClass => self.step_class(true, ctx),
            Action::PreviousClass => self.step_class(false, ctx),
            Action::Open => self.enter_text(ctx),
            _ if self.changes.scroll.follow(action) => {}
            _ => return,
        }
        self.show_change();
    }

    /// Gives the keys to the text, and all of the screen where the list lies over it.
    fn enter_text(&mut self, ctx: &Ctx<'_>) {
        self.changes.focus = false;
        if self.places.place == Place::Over {
            self.changes.open = false;
            self.layout_again(ctx);
        }
    }

    /// Lists the next class only, or the one before.
    fn step_class(&mut self, forward: bool, ctx: &Ctx<'_>) {
        self.shown.class = self.changes.class_beside(self.shown.class, forward);
        self.refresh(ctx);
    }

    /// Brings the text to the change under the cursor of the list.
    fn show_change(&mut self) {
        if let Some(row) = self.changes.current() {
            let line = self.rows.line_of(row);
            self.scroll
                .place(line, usize::from(self.places.body.height) / 4);
            self.go(line);
        }
    }

    /// Brings the list to the row under the cursor of the text.
    pub(super) fn follow(&mut self) {
        if let (Some(row), Some(comparison)) = (self.current_row(), &self.comparison) {
            self.changes.follow(row, comparison);
        }
    }

    /// Whether a cell of the screen belongs to the list.
    pub(super) fn is_on_list(&self, column: u16, row: u16) -> bool {
        self.changes.open && self.places.list.contains((column, row).into())
    }

    /// A click into the list: to the change there.
    pub(super) fn click_change(&mut self, row: u16) {
        self.changes.focus = true;
        let entries = self.entries();
        let Some(below) = row.checked_sub(entries.y) else {
            return;
        };
        let at = self.changes.scroll.top() + usize::from(below);
        if at < self.changes.changes.len() {
            self.changes.scroll.to(at);
            self.show_change();
        }
    }

    /// The wheel over the list.
    pub(super) fn wheel_changes(&mut self, rows: isize) {
        self.changes.scroll.wheel(rows);
        self.show_change();
    }

    /// Whose keys hold while nothing is typed.
    pub(super) fn own_scope(&self) -> Scope {
        if self.changes.has_focus() {
            Scope::Changes
        } else {
            Scope::Compare
        }
    }
}
