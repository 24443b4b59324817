//! Why a comparison says less than it might, in plain sentences.

use super::function_words;
use super::{Class, Input, Row, RowKind};
use crate::model::{ClauseLabels, Pair, Side, Topic};

/// Share of the clauses that must have a partner for a text not to be called rewritten.
const REWRITTEN: f32 = 0.15;
/// Share of the clauses of a privacy policy that are on a topic, at the very least.
const ON_TOPIC: f32 = 0.05;
/// Fewer clauses than this are not judged.
const FEW: usize = 8;

/// Notes on a comparison by text.
pub(super) fn by_text(pair: Pair<Input<'_>>, rows: &[Row]) -> Vec<String> {
    let mut notes = inputs(pair);
    if notes.is_empty() && !rows.is_empty() {
        if rows.iter().all(|row| row.kind == RowKind::Same) {
            notes.push("The two texts are identical.".to_owned());
        } else if rows.iter().all(|row| row.class <= Class::Formatting) {
            notes.push(
                "The two texts say the same, word for word; only their form differs.".to_owned(),
            );
        }
    }
    notes.extend(strangers(pair));
    notes.extend(rewrite(rows).map(|found| format!("{found}. Comparing by topic says more.")));
    notes
}

/// Notes on a comparison by topic.
pub(super) fn by_topic(pair: Pair<Input<'_>>) -> Vec<String> {
    let mut notes = inputs(pair);
    let same = pair.left.policy.text == pair.right.policy.text;
    if notes.is_empty() && same {
        notes.push("The two texts are identical.".to_owned());
    }
    notes.extend(strangers(pair));
    notes
}

/// Names the sides that do not read like a privacy policy. Says nothing of a text that was not
/// classified, is short, or is in a language that the topics do not know.
fn strangers(pair: Pair<Input<'_>>) -> Vec<String> {
    Side::BOTH
        .into_iter()
        .filter(|&side| {
            let clauses = &pair[side].labels.clauses;
            let on_topic = |labels: &&ClauseLabels| labels.main().is_some_and(|t| t != Topic::General);
            let found = clauses.iter().filter(on_topic).count();
            let language = function_words::language(pair[side].policy);
            clauses.len() >= FEW
                && (found as f32) < ON_TOPIC * clauses.len() as f32
                && language == Some("english")
        })
        .map(|side| {
            format!(
                "Hardly a sentence on the {} side is about a topic of privacy policies: it may not be one.",
                name(side)
            )
        })
        .collect()
}

fn name(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
    }
}

fn is_empty(input: Input<'_>) -> bool {
    input.policy.clauses.is_empty()
}

/// What is wrong with the inputs: a side without text, two languages.
fn inputs(pair: Pair<Input<'_>>) -> Vec<String> {
    match (is_empty(pair.left), is_empty(pair.right)) {
        (true, true) => return vec!["Neither side holds any text.".to_owned()],
        (true, false) => return vec!["The left side holds no text.".to_owned()],
        (false, true) => return vec!["The right side holds no text.".to_owned()],
        (false, false) => {}
    }
    let languages = pair.map(|input| function_words::language(input.policy));
    match (languages.left, languages.right) {
        (Some(left), Some(right)) if left != right => vec![format!(
            "The left text seems to be in {}, the right one in {}: their words cannot be compared.",
            capital(left),
            capital(right)
        )],
        _ => Vec::new(),
    }
}

fn capital(name: &str) -> String {
    let mut chars = name.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// Says so, without a full stop, when hardly anything of either text stands in the other.
pub(super) fn rewrite(rows: &[Row]) -> Option<String> {
    let count = |side: Side, paired: bool| -> usize {
        rows.iter()
            .filter(|row| !paired || !matches!(row.kind, RowKind::Added | RowKind::Removed))
            .map(|row| row.clauses[side].len())
            .sum()
    };
    let (left, right) = (count(Side::Left, false), count(Side::Right, false));
    let smaller = left.min(right);
    let side = if left <= right {
        Side::Left
    } else {
        Side::Right
    };
    let kept = count(side, true);
    (smaller >= FEW && (kept as f32) < REWRITTEN * smaller as f32)
        .then(|| format!("Rewritten as a whole: of {smaller} sentences only {kept} can be matched"))
}
