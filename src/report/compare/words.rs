//! Signs and words for rows, verdicts and counts.

use crate::compare::{RowKind, Verdict};

pub(super) fn row_mark(kind: RowKind) -> char {
    match kind {
        RowKind::Same => '=',
        RowKind::Changed | RowKind::Similar | RowKind::Different => '~',
        RowKind::Moved | RowKind::MovedAndEdited => '⇄',
        RowKind::Added => '+',
        RowKind::Removed => '−',
        RowKind::Opposed => '≠',
        RowKind::Contrary => '!',
        RowKind::OnlyLeft | RowKind::OnlyRight => '·',
    }
}

pub(super) fn verdict_words(verdict: Verdict) -> (char, &'static str) {
    match verdict {
        Verdict::Opposed => ('≠', "opposed"),
        Verdict::Different => ('~', "different"),
        Verdict::OnlyLeft => ('◂', "only left"),
        Verdict::OnlyRight => ('▸', "only right"),
        Verdict::Similar => ('≈', "similar"),
        Verdict::Same => ('=', "same"),
        Verdict::Neither => ('·', "neither"),
    }
}

pub(super) fn verdict_counts(verdicts: impl Iterator<Item = Verdict> + Clone) -> String {
    let count = |verdict: Verdict| verdicts.clone().filter(|found| *found == verdict).count();
    let one_side = count(Verdict::OnlyLeft) + count(Verdict::OnlyRight);
    let parts = [
        (count(Verdict::Opposed), "opposed"),
        (count(Verdict::Different), "different"),
        (one_side, "only one side"),
        (count(Verdict::Similar), "similar"),
        (count(Verdict::Same), "same"),
    ];
    joined(&parts)
}

/// What stands in the place of counts where there are none.
pub(super) const NOTHING: &str = "nothing to compare";

fn joined(parts: &[(usize, &str)]) -> String {
    let shown: Vec<String> = parts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{n} {what}"))
        .collect();
    if shown.is_empty() {
        NOTHING.to_owned()
    } else {
        shown.join(" · ")
    }
}
