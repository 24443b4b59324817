//! `changes`: what each version of a document changed against the one before.

use super::{PLACE, Place, columns, row, with_place};
use crate::model::{Noise, Step};
use crate::report::export::{Row, Table};

/// The table of changes.
pub const CHANGES: Table = Table {
    name: "changes",
    about: "a version of a document, with what it changed against the version before",
    columns: &with_place::<{ PLACE.len() + OWN.len() }>(OWN),
};

/// A step of a history.
#[derive(Clone, Copy, Debug)]
pub struct ChangeRow<'a> {
    /// The step.
    pub step: &'a Step,
}

columns! {
    OWN, fn cells(row: &ChangeRow<'a>);
    "version" Count required "Its place among the versions of its document, from 0 for the oldest" => row.step.version;
    "against" Count nullable "The version it is held against: the one before, or the last that held the policy; nothing for the first" => row.step.against;
    "words" Count required "Number of words" => row.step.words;
    "class" Text required "The gravest thing that changed: `first`, `none`, `formatting`, `order`, `numbers`, `wording` or `rewrite`" => row.step.class.id();
    "wording" Count required "Clauses whose words changed, in place" => row.step.counts.wording;
    "numbers" Count required "Clauses in which only dates and figures changed" => row.step.counts.numbers;
    "formatting" Count required "Clauses in which only the form changed" => row.step.counts.formatting;
    "moved" Count required "Clauses that moved, changed or not" => row.step.counts.moved;
    "added" Count required "Clauses that only this version has" => row.step.counts.added;
    "removed" Count required "Clauses that only the version before has" => row.step.counts.removed;
    "noise" Text nullable "Why the change says nothing about the policy: `form`, `repair`, `broken`, `size-jump`, `swing` or `unreadable`" => row.step.noise.as_ref().map(Noise::id);
    "noise_about" Text nullable "For `broken`, what the version seems to be; for `unreadable`, why" => row.step.noise.as_ref().and_then(noise_about);
    "returns_to" Count nullable "The older version that has the same content" => row.step.returns_to;
}

fn noise_about(noise: &Noise) -> Option<&str> {
    match noise {
        Noise::Broken { what } => Some(what),
        Noise::Unreadable(issue) => Some(&issue.message),
        Noise::Form | Noise::Repair { .. } | Noise::SizeJump { .. } | Noise::Swing => None,
    }
}

impl<'a> ChangeRow<'a> {
    /// The row in the table of changes.
    pub fn row(&self, place: &Place<'a>) -> Row<'a> {
        row(place, cells(self))
    }
}
