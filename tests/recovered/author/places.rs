//! What is done to each unit, and where what moves arrives.
//!
//! Of two texts that changed places either may be called moved. So what moves is always lighter
//! than what it moves past: all that moves in a document weighs less than the untouched text
//! between where each piece was and where it is.

use super::sentences::LIFTED;
use super::{Act, Author};
use std::collections::HashMap;
use std::ops::Range;

impl Author<'_> {
    /// What is done to each unit, places of moved ones aside.
    pub(super) fn acts(&mut self) -> Vec<Act> {
        let mut acts = Vec::with_capacity(self.units.len());
        for (at, unit) in self.units.iter().enumerate() {
            let before = acts.last().copied().unwrap_or(Act::Keep);
            let act = match self.rng.u8(..if self.busy { 100 } else { 150 }) {
                _ if unit.frozen || at == 0 => Act::Keep,
                0..=29 if before.moves() => before,
                30..=34 => Act::Move,
                35..=41 => Act::MoveAndEdit,
                42..=48 => Act::Remove,
                49..=69 => Act::Edit,
                _ => Act::Keep,
            };
            acts.push(act);
        }
        acts
    }

    /// Whether something may be put after a unit: not between two items of a list.
    pub(super) fn may_part(&self, at: usize) -> bool {
        let next = self.units.get(at + 1);
        !next.is_some_and(|next| next.item || next.frozen) && !self.units[at].frozen
    }

    /// The units that arrive after each unit. What finds no place far enough away stays.
    pub(super) fn destinations(&mut self, acts: &mut [Act]) -> HashMap<usize, Vec<usize>> {
        let moving: usize = self.words(acts, Act::moves) + LIFTED;
        let mut arrivals: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut at = 0;
        while at < acts.len() {
            let end = (at..acts.len())
                .find(|&end| acts[end] != acts[at])
                .unwrap_or(acts.len());
            if acts[at].moves() {
                let run = at..end;
                let heavy = self.units[run.clone()]
                    .iter()
                    .map(|unit| unit.words)
                    .sum::<usize>()
                    >= 6;
                match self.destination(acts, &run, moving).filter(|_| heavy) {
                    Some(place) => arrivals.entry(place).or_default().extend(run),
                    None => acts[run].fill(Act::Keep),
                }
            }
            at = end;
        }
        arrivals
    }

    pub(super) fn words(&self, acts: &[Act], which: impl Fn(Act) -> bool) -> usize {
        let units = self.units.iter().zip(acts);
        units
            .filter(|(_, act)| which(**act))
            .map(|(unit, _)| unit.words)
            .sum()
    }

    fn destination(&mut self, acts: &[Act], run: &Range<usize>, moving: usize) -> Option<usize> {
        (0..30).find_map(|_| {
            let place = self.rng.usize(..acts.len());
            let passed = if place < run.start {
                place + 1..run.start
            } else {
                run.end..(place + 1).max(run.end)
            };
            let words: usize = passed
                .filter(|&at| acts[at] == Act::Keep)
                .map(|at| self.units[at].words)
                .sum();
            let stays = !acts[place].moves() && self.may_part(place);
            (stays && words > moving).then_some(place)
        })
    }
}
