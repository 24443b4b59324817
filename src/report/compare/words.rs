//! Signs and words for rows, verdicts and counts.

use crate::compare::{FormChange, RowKind, Summary, Verdict};

/// What changed of the form, in words.
pub(super) fn form_words(change: &FormChange) -> String {
    match change {
        FormChange::Link { left, right } => {
            let name =
                |target: &Option<String>| target.clone().unwrap_or_else(|| "none".to_owned());
            format!("link {} → {}", name(left), name(right))
        }
        FormChange::Emphasis => "bold, italic and the like".to_owned(),
        FormChange::Layout => "paragraphs, bullets or numbers".to_owned(),
        FormChange::Characters => "quotes, dashes, capitals or spaces".to_owned(),
    }
}

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

pub(super) fn text_counts(summary: Summary) -> String {
    let mut parts = summary.changes().to_vec();
    parts.push((summary.same, "equal"));
    format!("by text: {}", joined(&parts))
}

fn joined(parts: &[(usize, &str)]) -> String {
    let shown: Vec<String> = parts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{n} {what}"))
        .collect();
    if shown.is_empty() {
        "nothing to compare".to_owned()
    } else {
        shown.join(" · ")
    }
}
