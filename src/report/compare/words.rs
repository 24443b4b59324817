//! Signs and words for rows and verdicts.

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
