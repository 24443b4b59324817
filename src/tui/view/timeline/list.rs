//! Which versions are listed, oldest first, one a row, and the one under the cursor.

use crate::model::{ChangeClass, History, Noise, Step, Swinging, Swings};
use crate::tui::action::Action;
use crate::tui::scroll::Scroll;

/// The list. A version is known by its place in the history.
#[derive(Debug, Default)]
pub(super) struct List {
    versions: usize,
    /// What is known so far, of the oldest versions.
    steps: Vec<Step>,
    /// Where the page goes back and forth between texts: the last version of each run stands for it.
    swings: Vec<Swings>,
    /// The versions that are listed.
    shown: Vec<usize>,
    /// Whether versions that say nothing are listed.
    unfolded: bool,
    /// A version that was gone to, and is listed whatever it says.
    kept: Option<usize>,
    scroll: Scroll,
}

impl List {
    /// A list of so many versions with the cursor on one of them.
    pub(super) fn new(versions: usize, at: usize) -> Self {
        let mut list = Self {
            versions,
            ..Self::default()
        };
        list.kept = Some(at);
        list.list(None);
        list.scroll.resize(versions, 1);
        list.scroll.to(at);
        list
    }

    /// What is known so far, of the oldest versions.
    pub(super) fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The step of a version, once it is known.
    pub(super) fn step(&self, place: usize) -> Option<&Step> {
        self.steps.get(place)
    }

    /// The version under the cursor.
    pub(super) fn current(&self) -> Option<usize> {
        self.shown.get(self.scroll.cursor()).copied()
    }

    /// Whether versions that say nothing are listed.
    pub(super) fn is_unfolded(&self) -> bool {
        self.unfolded
    }

    /// How many versions are not listed.
    pub(super) fn hidden(&self) -> usize {
        self.versions - self.shown.len()
    }

    /// The rows in sight: each version, the one listed before it, and whether the cursor is there.
    pub(super) fn rows(&self) -> impl Iterator<Item = (usize, Option<usize>, bool)> {
        self.scroll.visible().filter_map(|row| {
            let before = row.checked_sub(1).and_then(|row| self.shown.get(row));
            let place = *self.shown.get(row)?;
            Some((place, before.copied(), row == self.scroll.cursor()))
        })
    }

    /// Takes over further steps; those that are known already are passed over.
    pub(super) fn take(&mut self, steps: &[Step]) {
        self.kept = self.current();
        for step in steps {
            if step.version == self.steps.len() && step.version < self.versions {
                self.steps.push(step.clone());
            }
        }
    }

    /// Finds where the page goes back and forth between texts, in what is known so far.
    pub(super) fn find_swings(&mut self, history: &History) {
        let time = |place: usize| history.versions.get(place)?.recorded;
        self.swings = Swinging::all(&self.steps, time);
    }

    /// The run that a version stands for in the list.
    pub(super) fn run_of(&self, place: usize) -> Option<&Swings> {
        let mut runs = self.swings.iter().filter(|_| !self.unfolded);
        runs.find(|run| run.last == place)
    }

    /// Whether a version between two listed ones, up to the second, has other words than the first.
    pub(super) fn hides_words(&self, after: usize, upto: usize) -> bool {
        let hidden = self.steps.get(after + 1..=upto).unwrap_or(&[]);
        let other = |step: &Step| matches!(step.noise, None | Some(Noise::Swing));
        hidden.iter().any(other)
    }

    pub(super) fn resize(&mut self, height: usize) {
        let first = self.scroll.height() <= 1;
        self.scroll.resize(self.shown.len(), height);
        if first {
            // The newest versions in sight, not the one gone to at the top.
            self.scroll.to(self.scroll.cursor());
        }
    }

    /// Lists anew. The cursor stays on its version, on its row of the screen, or goes to the next one
    /// that is listed.
    pub(super) fn refresh(&mut self, marked: Option<usize>) {
        let current = self.current();
        let below = self.scroll.cursor() - self.scroll.top();
        self.list(marked);
        self.scroll.resize(self.shown.len(), self.scroll.height());
        if let Some(place) = current {
            self.scroll.place(self.row_of(place), below);
        }
    }

    fn list(&mut self, marked: Option<usize>) {
        let always = |place: usize| {
            self.unfolded
                || place + 1 == self.versions
                || [self.kept, marked].contains(&Some(place))
        };
        let swings = |place: usize| self.swings.iter().any(|run| run.hides(place));
        let says = |place: usize| {
            self.run_of(place).is_some()
                || self
                    .step(place)
                    .is_none_or(|step| step.noise.is_none() && !swings(place))
        };
        self.shown = (0..self.versions)
            .filter(|&place| always(place) || says(place))
            .collect();
    }

    /// The row of a version, or of the first one after it that is listed.
    fn row_of(&self, place: usize) -> usize {
        self.shown.partition_point(|&shown| shown < place)
    }

    /// Lists versions that say nothing, or no longer.
    pub(super) fn toggle_noise(&mut self) {
        self.unfolded = !self.unfolded;
        self.kept = None;
    }

    /// Goes to a version, which is listed from then on whatever it says.
    pub(super) fn go(&mut self, place: usize, marked: Option<usize>) {
        self.kept = Some(place);
        self.refresh(marked);
        self.scroll.to(self.row_of(place));
    }

    /// Goes to the version listed at a place or next after it.
    pub(super) fn go_near(&mut self, place: usize) {
        self.scroll.to(self.row_of(place));
    }

    /// To the next version whose words changed, or the one before; whether there is one.
    pub(super) fn go_to_change(&mut self, forward: bool) -> bool {
        let says = |place: &usize| {
            let step = self.step(*place);
            let words = |step: &Step| step.noise.is_none() && step.class >= ChangeClass::Wording;
            step.is_some_and(words)
        };
        let here = self.scroll.cursor();
        let row = if forward {
            let mut after = self.shown.iter().skip(here + 1);
            after.position(says).map(|by| here + 1 + by)
        } else {
            self.shown.iter().take(here).rposition(says)
        };
        if let Some(row) = row {
            self.scroll.to(row);
        }
        row.is_some()
    }

    pub(super) fn step_by(&mut self, action: Action) {
        self.scroll.follow(action);
    }

    pub(super) fn wheel(&mut self, rows: isize) {
        self.scroll.wheel(rows);
    }

    /// Puts the cursor on a row of the window; whether there is a version.
    pub(super) fn click(&mut self, row: usize) -> bool {
        let at = self.scroll.top() + row;
        let there = at < self.shown.len();
        if there {
            self.scroll.to(at);
        }
        there
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Noise;

    /// `.` says something, `n` is noise.
    fn steps(kinds: &str) -> Vec<Step> {
        let step = |(place, kind)| {
            let mut step = Step::first(place, 100, None);
            step.class = ChangeClass::Wording;
            step.noise = (kind == 'n').then_some(Noise::Form);
            step
        };
        kinds.chars().enumerate().map(step).collect()
    }

    fn list(kinds: &str, at: usize) -> List {
        let mut list = List::new(kinds.len(), at);
        list.resize(4);
        list.take(&steps(kinds));
        list.refresh(None);
        list
    }

    #[test]
    fn noise_is_folded_but_for_the_newest_and_what_was_gone_to() {
        let mut list = list(".nn.n.n", 6);
        assert_eq!(list.shown, [0, 3, 5, 6]);
        assert_eq!(list.hidden(), 3);
        list.go(2, None);
        assert_eq!(
            (list.shown.as_slice(), list.current()),
            (&[0, 2, 3, 5, 6][..], Some(2))
        );
        list.toggle_noise();
        list.refresh(None);
        assert_eq!((list.hidden(), list.current()), (0, Some(2)));
        list.toggle_noise();
        list.refresh(Some(1));
        assert_eq!(list.shown, [0, 1, 3, 5, 6]);
        assert_eq!(list.current(), Some(3), "the next one that is listed");
    }

    #[test]
    fn steps_that_come_in_leave_the_cursor_where_it_is() {
        let mut list = List::new(7, 4);
        list.resize(4);
        list.refresh(None);
        let row = |list: &List| list.rows().position(|(_, _, here)| here);
        let before = row(&list);
        let all = steps(".nn.n.n");
        list.take(&all[..3]);
        list.refresh(None);
        assert_eq!((list.current(), row(&list)), (Some(4), before));
        list.take(&all);
        list.refresh(None);
        assert_eq!(list.steps().len(), 7);
        assert_eq!(list.current(), Some(4), "although it says nothing");
    }

    #[test]
    fn changes_of_wording_are_gone_to() {
        let mut list = list(".nn.n..", 6);
        assert!(!list.go_to_change(true));
        assert!(list.go_to_change(false));
        assert_eq!(list.current(), Some(5));
        assert!(list.go_to_change(false) && list.go_to_change(false));
        assert!(!list.go_to_change(false));
        assert_eq!(list.current(), Some(0));
    }
}
