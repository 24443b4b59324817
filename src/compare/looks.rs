//! How clauses look: what is mere form, compared apart from what they say.

use super::keys::Text;
use super::{Class, Op, Row, RowKind};
use crate::model::{Pair, Policy, Run, Side, TextRange};
use serde::Serialize;

/// A difference that changes no word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "lowercase")]
pub enum FormChange {
    /// Where the words lead to; none where they are no link.
    Link {
        /// On the left.
        left: Option<String>,
        /// On the right.
        right: Option<String>,
    },
    /// Bold, italic and the like.
    Emphasis,
    /// The kind of paragraph, its bullet, number or depth.
    Layout,
    /// Quotes, dashes, capitals, spaces, numbering.
    Characters,
}

/// What changed in a row of which only the form changed, each kind once, links each apart. Of a row
/// whose words changed, only the links that lead elsewhere; nothing for other rows.
pub fn form_changes(policies: Pair<&Policy>, row: &Row) -> Vec<FormChange> {
    let (Some(left), Some(right)) = (row.clauses.left.first(), row.clauses.right.first()) else {
        return Vec::new();
    };
    let (l, r) = (policies.left, policies.right);
    let mut changes: Vec<FormChange> = changed_links(policies, row)
        .into_iter()
        .map(|Pair { left, right }| FormChange::Link { left, right })
        .collect();
    if row.class != Class::Formatting {
        return changes;
    }
    let texts = |policy: &Policy, clauses: &[crate::model::ClauseId]| -> String {
        clauses.iter().map(|&id| policy.clause_text(id)).collect()
    };
    if texts(l, &row.clauses.left) != texts(r, &row.clauses.right) {
        changes.push(FormChange::Characters);
    }
    if let (Some(a), Some(b)) = (l.clauses.get(left.index()), r.clauses.get(right.index())) {
        if a.kind != b.kind || !same_block_form(l, a.block, r, b.block) {
            changes.push(FormChange::Layout);
        }
        let styles = |policy: &Policy, text| -> Vec<_> {
            let mut styles: Vec<_> = pieces(policy, text)
                .map(|(_, run)| run.map(|run| run.style).unwrap_or_default())
                .collect();
            styles.dedup();
            styles
        };
        if styles(l, a.text) != styles(r, b.text) {
            changes.push(FormChange::Emphasis);
        }
    }
    if changes.is_empty() {
        // Sentences that were parted or joined, or paragraphs that were.
        changes.push(FormChange::Layout);
    }
    changes
}

/// The targets of links that are not the same on both sides, in order, each pair of them once, where
/// the form changed or the words. A link that came or went with words that did is told by those.
pub fn changed_links(policies: Pair<&Policy>, row: &Row) -> Vec<Pair<Option<String>>> {
    match (row.kind, row.class) {
        (_, Class::Formatting) => links(policies, row),
        (RowKind::Changed, _) => {
            let mut links = links(policies, row);
            links.retain(|link| {
                let one_sided = |side: Side| match (&link[side], &link[side.other()]) {
                    (Some(target), None) => Some((side, target)),
                    _ => None,
                };
                let one_sided = Side::BOTH.into_iter().find_map(one_sided);
                one_sided.is_none_or(|(side, target)| stays(policies[side], row, side, target))
            });
            links
        }
        _ => Vec::new(),
    }
}

/// Whether words of a row that stay lead to a target on a side.
fn stays(policy: &Policy, row: &Row, side: Side, to: &str) -> bool {
    let equal = row.words.iter().filter(|words| words.op == Op::Equal);
    let stay: Vec<TextRange> = equal.filter_map(|words| words.text[side]).collect();
    stay.iter().any(|range| {
        let mut inside = pieces(policy, *range);
        inside.any(|(_, run)| target(policy, run) == Some(to))
    })
}

/// The links that are not the same on both sides, in order.
fn links(policies: Pair<&Policy>, row: &Row) -> Vec<Pair<Option<String>>> {
    let targets = |policy: &Policy, clauses: &[crate::model::ClauseId]| -> Vec<String> {
        let texts = clauses
            .iter()
            .filter_map(|id| policy.clauses.get(id.index()));
        let mut targets: Vec<String> = texts
            .flat_map(|clause| pieces(policy, clause.text))
            .filter_map(|(_, run)| target(policy, run).map(str::to_owned))
            .collect();
        targets.dedup();
        targets
    };
    let mut left = targets(policies.left, &row.clauses.left);
    let mut right = targets(policies.right, &row.clauses.right);
    let common: Vec<String> = left.iter().filter(|t| right.contains(t)).cloned().collect();
    left.retain(|target| !common.contains(target));
    right.retain(|target| !common.contains(target));
    let (mut left, mut right) = (left.into_iter(), right.into_iter());
    std::iter::from_fn(|| match (left.next(), right.next()) {
        (None, None) => None,
        (left, right) => Some(Pair::new(left, right)),
    })
    .collect()
}

/// Whether two clauses of equal key also look the same: the same characters, emphasis, link
/// targets and kind of block.
pub(super) fn same_form(sides: Pair<&Text<'_>>, left: u32, right: u32) -> bool {
    let (l, r) = (sides.left.policy, sides.right.policy);
    let (Some(a), Some(b)) = (l.clauses.get(left as usize), r.clauses.get(right as usize)) else {
        return true;
    };
    a.kind == b.kind
        && a.text.of(&l.text) == b.text.of(&r.text)
        && same_block_form(l, a.block, r, b.block)
        && same_runs(l, a.text, r, b.text)
}

fn same_block_form(left: &Policy, a: u32, right: &Policy, b: u32) -> bool {
    match (left.blocks.get(a as usize), right.blocks.get(b as usize)) {
        (Some(a), Some(b)) => a.kind == b.kind && a.depth == b.depth && a.marker == b.marker,
        _ => true,
    }
}

/// Compares style and link target character by character, whatever the runs are cut into.
fn same_runs(left: &Policy, a: TextRange, right: &Policy, b: TextRange) -> bool {
    let (mut ls, mut rs) = (pieces(left, a), pieces(right, b));
    let (mut l, mut r) = (ls.next(), rs.next());
    loop {
        match (l, r) {
            (None, None) => return true,
            (Some((x, run_l)), Some((y, run_r))) => {
                if !alike(left, run_l, right, run_r) {
                    return false;
                }
                let step = x.min(y);
                l = if x > step {
                    Some((x - step, run_l))
                } else {
                    ls.next()
                };
                r = if y > step {
                    Some((y - step, run_r))
                } else {
                    rs.next()
                };
            }
            // One side is not covered to the end: separators, which have no style.
            _ => return true,
        }
    }
}

fn alike(left: &Policy, a: Option<&Run>, right: &Policy, b: Option<&Run>) -> bool {
    let style = |run: Option<&Run>| run.map(|run| run.style).unwrap_or_default();
    style(a) == style(b) && target(left, a) == target(right, b)
}

/// Where a run links to.
fn target<'a>(policy: &'a Policy, run: Option<&Run>) -> Option<&'a str> {
    let link = run?.link?;
    policy.links.get(link as usize).map(String::as_str)
}

/// The stretches of a clause with the run that covers each, as (bytes, run).
fn pieces(policy: &Policy, clause: TextRange) -> impl Iterator<Item = (u32, Option<&Run>)> + '_ {
    let first = policy
        .runs
        .partition_point(|run| run.text.end <= clause.start);
    let mut runs = policy.runs[first..].iter().peekable();
    let mut at = clause.start;
    std::iter::from_fn(move || {
        if at >= clause.end {
            return None;
        }
        while runs.peek().is_some_and(|run| run.text.end <= at) {
            runs.next();
        }
        let (end, run) = match runs.peek() {
            Some(run) if run.text.start <= at => (run.text.end, Some(*run)),
            Some(run) => (run.text.start, None),
            None => (clause.end, None),
        };
        let end = end.min(clause.end);
        let length = end - at;
        at = end;
        Some((length, run))
    })
}
