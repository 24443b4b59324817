//! Versions of one policy: the right side is stepped while the left stays, either side is replaced by
//! another version, and the title says which of how many are shown.

use super::{CompareView, Ctx};
use crate::compare::By;
use crate::library::PolicyId;
use crate::model::{ClauseId, Pair, Side};
use crate::tui::effect::{ComparePlace, Effect, Request, Waiting};
use crate::tui::history::{LifePanel, thousands};
use crate::tui::over::Over;
use crate::tui::scroll::Scroll;
use std::sync::Arc;

/// What waits for an answer.
#[derive(Debug, Default)]
pub(super) struct Expected {
    /// Where to go when the comparison is there.
    pub(super) at: Option<ComparePlace>,
    /// The version that is being opened for a side, by its place in the history.
    pub(super) version: Option<(Side, usize)>,
    /// Dropped with the view, or for another comparison.
    pub(super) waiting: Waiting,
    /// Whether the comparison is to be asked for anew, since everything was read again.
    pub(super) anew: bool,
}

impl Expected {
    pub(super) fn at(at: Option<ComparePlace>) -> Self {
        Self {
            at,
            ..Self::default()
        }
    }
}

impl CompareView {
    /// To the next version of the right side, or the one before: past the version on the left, and past
    /// those that are known to say nothing.
    pub(super) fn step_version(&mut self, forward: bool, ctx: &Ctx<'_>) -> Effect {
        let of = self.pair.right;
        let entry = ctx.library.get(of);
        let known = entry.and_then(|entry| Some((entry.place, entry.history.as_ref()?)));
        let Some((shown, history)) = known else {
            return Effect::Say("no other version of the right side is known".to_owned());
        };
        let here = match self.expected.version {
            Some((Side::Right, place)) => place,
            _ => shown,
        };
        let left = ctx.library.get(self.pair.left);
        let of_one = |left: &&crate::library::Entry| {
            let other = left.history.as_ref();
            other.is_some_and(|other| Arc::ptr_eq(other, history))
        };
        let fixed = left.filter(of_one).map(|left| left.place);
        let steps = ctx.library.known_steps(of);
        let says = |place: &usize| {
            let step = steps.as_ref().and_then(|steps| steps.get(*place));
            Some(*place) != fixed && step.is_none_or(|step| step.noise.is_none())
        };
        let next = if forward {
            (here + 1..history.versions.len()).find(says)
        } else {
            (0..here).rev().find(says)
        };
        match next {
            Some(place) => self.ask_version(Side::Right, of, place),
            None => Effect::Say(format!(
                "there is no {} version that says anything else",
                if forward { "later" } else { "earlier" }
            )),
        }
    }

    /// Asks for a version of a policy to be opened for a side.
    pub(super) fn ask_version(&mut self, side: Side, of: PolicyId, place: usize) -> Effect {
        self.expected.version = Some((side, place));
        Effect::Ask(Request::Versions {
            of,
            places: vec![place],
        })
    }

    /// Puts a version that was opened on the side it was opened for. The clause under the cursor stays
    /// there on the side that stays.
    pub(super) fn take_version(
        &mut self,
        places: &[usize],
        opened: &Result<Vec<PolicyId>, String>,
    ) -> Effect {
        let awaited = self
            .expected
            .version
            .take_if(|(_, place)| places == [*place]);
        match (awaited, opened) {
            (Some((side, _)), Ok(opened)) => match opened[..] {
                [policy] => {
                    let stays = side.other();
                    let here = self
                        .clause_of_row(stays)
                        .filter(|_| self.scroll.cursor() > 0);
                    self.expected.at = here.map(|clause| ComparePlace::Clause(stays, clause));
                    self.set_side(side, policy)
                }
                _ => Effect::None,
            },
            (Some(_), Err(why)) => Effect::Warn(why.clone()),
            (None, _) => Effect::None,
        }
    }

    /// Compares with another policy on a side.
    pub(super) fn set_side(&mut self, side: Side, policy: PolicyId) -> Effect {
        self.pair[side] = policy;
        // Questions can be put to any pair; text or topic depends on it.
        self.by = self.by.filter(|by| *by == By::Practice);
        self.scroll = Scroll::default();
        self.ask()
    }

    /// The first clause of a side in the row under the cursor; by practice the one that proves the answer.
    pub(super) fn clause_of_row(&self, side: Side) -> Option<ClauseId> {
        let (comparison, row) = (self.comparison.as_ref()?, self.current_row()?);
        if self.is_by_practice() {
            return comparison.proof(row, side).map(|proof| proof.clause);
        }
        comparison.rows.get(row)?.clauses[side].first().copied()
    }

    /// Opens the life of the clause under the cursor: of the right side, which is the newer one, where it
    /// says something; by practice of the cell under the cursor.
    pub(super) fn open_life(&mut self, ctx: &Ctx<'_>) -> Effect {
        let first = if self.is_by_practice() {
            self.shown.cell
        } else {
            Side::Right
        };
        let mut sides = [first, first.other()].into_iter();
        let found = sides.find_map(|side| Some((side, self.clause_of_row(side)?)));
        let Some((side, clause)) = found else {
            return Effect::Say("no clause stands here".to_owned());
        };
        let panel = LifePanel::new(self.pair[side], clause);
        let ask = panel.ask();
        self.over = Some(Over::life(panel, self.places.whole, ctx));
        ask
    }

    /// What the sides are called, and where they are versions of one policy, which ones of how many.
    pub(super) fn names(&self, ctx: &Ctx<'_>) -> (Pair<String>, Option<String>) {
        let entry = |side: Side| ctx.library.get(self.pair[side]);
        let name = |side| entry(side).map_or_else(String::new, |entry| entry.name.clone());
        let (Some(left), Some(right)) = (entry(Side::Left), entry(Side::Right)) else {
            return (Pair::new(name(Side::Left), name(Side::Right)), None);
        };
        let history = match (&left.history, &right.history) {
            (Some(one), Some(other)) if Arc::ptr_eq(one, other) => one,
            _ => return (Pair::new(name(Side::Left), name(Side::Right)), None),
        };
        let called = |side: Side, place| {
            let called = ctx.library.version_name(self.pair[side], place);
            called.unwrap_or_else(|| name(side))
        };
        let (one, other) = (
            called(Side::Left, left.place),
            called(Side::Right, right.place),
        );
        // The name of the policy is said once.
        let other = match (one.rsplit_once('@'), other.rsplit_once('@')) {
            (Some((same, _)), Some((name, when))) if name == same => when.to_owned(),
            _ => other,
        };
        let number = |place: usize| thousands(place + 1);
        let which = format!(
            "versions {} and {} of {}",
            number(left.place),
            number(right.place),
            thousands(history.versions.len())
        );
        (Pair::new(one, other), Some(which))
    }
}
