//! What changed between the two cells of a row: its class and its words.
//!
//! The class is judged on the words as they differ, before `tidy.rs` gives up islands for the
//! reader's sake: an "and" between two figures that changed is shown as replaced with them, and is
//! no change of wording for that.

use super::{Cells, Step, classes, stretches};
use crate::compare::keys::Text;
use crate::compare::{Class, Words};
use crate::model::{ClauseId, Pair};

/// Compares two cells. `flip` says that the right side comes first in canonical order.
pub(in crate::compare) fn between(
    sides: Pair<&Text<'_>>,
    clauses: &Pair<Vec<ClauseId>>,
    flip: bool,
) -> (Class, Vec<Words>) {
    let tokens = Pair::new(
        sides.left.tokens(&clauses.left),
        sides.right.tokens(&clauses.right),
    );
    let cells = Cells {
        text: sides.map(|side| side.policy.text.as_str()),
        tokens: tokens.as_ref().map(Vec::as_slice),
    };
    let (class, steps) = if flip {
        let (class, mut steps) = compare(Cells {
            text: cells.text.swapped(),
            tokens: cells.tokens.swapped(),
        });
        for step in &mut steps {
            step.at = step.at.clone().swapped();
        }
        (class, steps)
    } else {
        compare(cells)
    };
    (class, stretches::stretches(&steps, cells.tokens))
}

fn compare(cells: Cells<'_>) -> (Class, Vec<Step>) {
    let exact = super::diff(cells);
    let class = classes::class(&exact, cells);
    if class == Class::Formatting {
        return (class, super::diff_form(cells));
    }
    let readable = super::readable(exact, cells);
    // A date written another way round is one change only when it is seen whole.
    (class.min(classes::class(&readable, cells)), readable)
}
