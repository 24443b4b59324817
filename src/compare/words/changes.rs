//! What changed between the two cells of a row: its class and its words.
//!
//! The class is judged on the words as they differ, before `tidy.rs` gives up islands for the
//! reader's sake: an "and" between two figures that changed is shown as replaced with them, and is
//! no change of wording for that.

use super::{Cells, Step, classes, stretches};
use crate::compare::keys::Text;
use crate::compare::{Class, Words, tokens};
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
    let (class, steps) = ordered(cells, flip);
    (class, stretches::stretches(&steps, cells.tokens))
}

/// Compares two texts that stand in no policy; the ranges count in them.
pub(in crate::compare) fn between_texts(texts: Pair<&str>) -> Vec<Words> {
    let tokens = texts.map(|text| {
        let mut read = Vec::new();
        tokens::read(text, 0, false, &mut read);
        read
    });
    let cells = Cells {
        text: texts,
        tokens: tokens.as_ref().map(Vec::as_slice),
    };
    let (_, steps) = ordered(cells, texts.left > texts.right);
    stretches::stretches(&steps, cells.tokens)
}

/// Compares with what comes first in canonical order on the left.
fn ordered(cells: Cells<'_>, flip: bool) -> (Class, Vec<Step>) {
    if !flip {
        return compare(cells);
    }
    let (class, mut steps) = compare(Cells {
        text: cells.text.swapped(),
        tokens: cells.tokens.swapped(),
    });
    for step in &mut steps {
        step.at = step.at.clone().swapped();
    }
    (class, steps)
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
