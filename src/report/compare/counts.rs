//! What a comparison comes to, counted: the line above it, and what is left out of it.

use super::Options;
use crate::compare::{By, Comparison, Row, RowKind, Verdict, counts};
use crate::model::Side;

/// What a comparison comes to, of the topic alone that was asked for if one was.
pub(super) fn summary(comparison: &Comparison, options: Options) -> String {
    let on = |topic| options.shows_topic(topic);
    let topics = comparison.topics.iter();
    let practices = comparison.practices.iter();
    let (by, mut said) = match comparison.by {
        By::Topic => {
            let found = topics.filter(|found| on(Some(found.topic)));
            ("topic", verdicts(found.map(|found| found.verdict)))
        }
        By::Practice => {
            let found = practices.filter(|found| on(Some(found.question.topic)));
            ("practice", verdicts(found.map(|found| found.verdict)))
        }
        By::Text => ("text", changes(comparison, options)),
    };
    if said.is_empty() {
        let only_others = options.topic.is_none() && !comparison.rest.is_empty();
        said.push(if only_others { NO_TOPIC } else { NOTHING }.to_owned());
    }
    let opposed = comparison.opposed_on_no_topic();
    if opposed > 0 && options.topic.is_none() {
        said.push(format!("{opposed} opposed on no topic"));
    }
    let only = options.topic;
    let only = only.map_or_else(String::new, |topic| format!(", topic {topic}"));
    format!("by {by}{only}: {}", said.join(" · "))
}

/// What stands in the place of counts where there are none.
const NOTHING: &str = "nothing to compare";

/// What stands there when there are clauses, of which none is on a topic.
const NO_TOPIC: &str = "no clause is on a topic";

/// How many there are of each verdict.
fn verdicts(verdicts: impl Iterator<Item = Verdict> + Clone) -> Vec<String> {
    let count = |verdict: Verdict| verdicts.clone().filter(|found| *found == verdict).count();
    let one_side = count(Verdict::OnlyLeft) + count(Verdict::OnlyRight);
    told(&[
        (count(Verdict::Opposed), "opposed"),
        (count(Verdict::Different), "different"),
        (one_side, "only one side"),
        (count(Verdict::Similar), "similar"),
        (count(Verdict::Same), "same"),
    ])
}

/// How many changes of each class there are, and how much is equal.
fn changes(comparison: &Comparison, options: Options) -> Vec<String> {
    let on = |row: &Row| options.shows_topic(row.topic);
    let changes = comparison.changes();
    let changes = changes.filter(|(at, _)| comparison.rows.get(*at).is_some_and(on));
    let counts = counts(changes.map(|(_, class)| class)).into_iter();
    let mut said: Vec<String> = counts.map(|(class, n)| class.counted(n)).collect();
    let rows = comparison.rows.iter();
    let equal = rows.filter(|row| row.kind == RowKind::Same && on(row));
    said.extend(told(&[(equal.count(), "equal")]));
    said
}

/// What is not shown of rows on no topic: pairs that say the same, or nearly, and clauses that stand
/// alone; nothing when there are none.
pub(super) fn left_out(rows: &[Row]) -> Option<String> {
    let pairs = |kind: RowKind, how: &str| {
        let n = rows.iter().filter(|row| row.kind == kind).count();
        let plural = if n == 1 { "" } else { "s" };
        (n > 0).then(|| format!("{n} pair{plural} {how}"))
    };
    let alone = |kind: RowKind, side: Side| -> usize {
        let rows = rows.iter().filter(|row| row.kind == kind);
        rows.map(|row| row.clauses[side].len()).sum()
    };
    let left = alone(RowKind::OnlyLeft, Side::Left);
    let right = alone(RowKind::OnlyRight, Side::Right);
    let kept = [
        pairs(RowKind::Same, "the same"),
        pairs(RowKind::Similar, "similar"),
    ];
    let kept: Vec<String> = kept.into_iter().flatten().collect();
    let mut said = Vec::new();
    if !kept.is_empty() {
        said.push(kept.join(", "));
    }
    if left + right > 0 {
        said.push(format!(
            "not paired: {left} on the left, {right} on the right"
        ));
    }
    (!said.is_empty()).then(|| said.join("; "))
}

/// Counts in words, those of nothing left out.
fn told(counts: &[(usize, &str)]) -> Vec<String> {
    let some = counts.iter().filter(|(n, _)| *n > 0);
    some.map(|(n, what)| format!("{n} {what}")).collect()
}
