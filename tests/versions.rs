//! What holds for every comparison by text, on versions of policies as they were recorded.
//!
//! `VERSION_PAIRS` says how many pairs of neighbouring versions are taken from each archive.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

mod archive;

use archive::{Archive, Version, parse, size};
use policy_tui::compare::{By, Class, Comparison, Input, Op, RowKind, compare};
use policy_tui::model::{ClauseLabels, Labels, Pair, Policy, Side};
use policy_tui::source::{Sources, samples};
use std::collections::BTreeMap;

fn compared(left: &Policy, right: &Policy) -> Comparison {
    let policies = Pair::new(left, right);
    let labels = policies.map(|policy| Labels {
        clauses: vec![ClauseLabels::default(); policy.clauses.len()],
    });
    let input = |side: Side| Input {
        policy: policies[side],
        labels: &labels[side],
    };
    compare(Pair::new(input(Side::Left), input(Side::Right)), By::Text)
}

/// Every clause is in exactly one row, in document order on either side.
fn every_clause_once(policies: Pair<&Policy>, comparison: &Comparison) {
    for side in Side::BOTH {
        let rows = comparison.rows.iter();
        let shown: Vec<usize> = rows
            .flat_map(|row| row.clauses[side].iter().map(|id| id.index()))
            .collect();
        let all: Vec<usize> = (0..policies[side].clauses.len()).collect();
        assert_eq!(shown, all, "{side:?}");
    }
}

/// The equal and the deleted words give the left text exactly, the equal and inserted ones the right.
fn words_give_the_text(policies: Pair<&Policy>, comparison: &Comparison) {
    let solid = |text: &str| text.split_whitespace().collect::<String>();
    for row in comparison.rows.iter().filter(|row| !row.words.is_empty()) {
        let other = row.partner.map_or(row, |at| &comparison.rows[at]);
        for side in Side::BOTH {
            let clauses = row.clauses[side].iter().chain(&other.clauses[side]);
            let mut ids: Vec<usize> = clauses.map(|id| id.index()).collect();
            ids.sort_unstable();
            ids.dedup();
            let policy = policies[side];
            let cell: String = ids
                .iter()
                .map(|&at| policy.clauses[at].text.of(&policy.text))
                .collect();
            let own = match side {
                Side::Left => Op::Delete,
                Side::Right => Op::Insert,
            };
            let words: String = row
                .words
                .iter()
                .filter(|words| words.op == Op::Equal || words.op == own)
                .map(|words| words.text[side].unwrap().of(&policy.text))
                .collect();
            assert_eq!(solid(&words), solid(&cell), "{side:?} of {row:?}");
        }
    }
}

/// What each clause came to, whichever side is left.
fn outcome(comparison: &Comparison, swapped: bool) -> Vec<String> {
    let mut rows: Vec<String> = comparison
        .rows
        .iter()
        .map(|row| {
            let kind = match row.kind {
                RowKind::Added if swapped => RowKind::Removed,
                RowKind::Removed if swapped => RowKind::Added,
                kind => kind,
            };
            let clauses = |row: &policy_tui::compare::Row| match swapped {
                true => row.clauses.clone().swapped(),
                false => row.clauses.clone(),
            };
            let mut words: Vec<_> = row
                .words
                .iter()
                .map(|words| match swapped {
                    true => words.text.swapped(),
                    false => words.text,
                })
                .map(|text| {
                    let place = |side: Side| text[side].map(|range| (range.start, range.end));
                    (place(Side::Left), place(Side::Right))
                })
                .collect();
            words.sort_unstable();
            let partner = row.partner.map(|at| clauses(&comparison.rows[at]));
            format!(
                "{kind:?} {:?} {:?} {partner:?} {words:?}",
                row.class,
                clauses(row)
            )
        })
        .collect();
    rows.sort();
    rows
}

fn check(left: &Policy, right: &Policy) {
    let policies = Pair::new(left, right);
    let comparison = compared(left, right);
    every_clause_once(policies, &comparison);
    words_give_the_text(policies, &comparison);
    assert_eq!(
        outcome(&comparison, false),
        outcome(&compared(right, left), true),
        "exchanging the sides mirrors everything"
    );
    let alone = compared(left, left);
    assert!(
        alone.rows.iter().all(|row| row.kind == RowKind::Same),
        "a policy against itself has no change"
    );
}

/// The Markdown with other quotes, dashes, bullets, link targets and line ends.
fn restyled(source: &str) -> String {
    let targets = regex::Regex::new(r"\]\(https?://[^()\s]*\)").unwrap();
    let text = targets.replace_all(source, "](https://example.org/elsewhere)");
    let swapped = text
        .replace(['“', '”'], "\"")
        .replace('’', "'")
        .replace(" – ", " — ")
        .replace("\n*   ", "\n- ");
    swapped.replace("\n\n", "\n\n\n")
}

fn check_form(source: &str, policy: &Policy) {
    if policy.text.contains("](") {
        // A link that the parser could not read is text, and so is its target.
        return;
    }
    let Some(other) = parse("policy.md", &restyled(source)) else {
        return;
    };
    if other.clauses.len() != policy.clauses.len() {
        // Other marks, another reading: then more than the form changed.
        return;
    }
    let comparison = compared(policy, &other);
    for row in &comparison.rows {
        let text = |side: Side| {
            let clauses = row.clauses[side].iter();
            let policy = Pair::new(policy, &other)[side];
            clauses
                .map(|&id| policy.clause_text(id).to_owned())
                .collect::<String>()
        };
        assert!(
            row.class <= Class::Formatting,
            "{:?} {:?}: {} → {}",
            row.kind,
            row.class,
            text(Side::Left),
            text(Side::Right)
        );
    }
}

#[test]
fn the_samples() {
    let mut policies = Vec::new();
    for found in samples() {
        let document = Sources::default().read(&found, u64::MAX).unwrap();
        let source = String::from_utf8(document.bytes).unwrap();
        let policy = parse("policy.md", &source).unwrap();
        check_form(&source, &policy);
        policies.push(policy);
    }
    for left in &policies {
        for right in &policies {
            check(left, right);
        }
    }
}

/// Neighbouring versions, spread evenly over the archive and over its documents.
fn neighbours(archive: &Archive, count: usize) -> Vec<(Version, Version)> {
    let mut by_path: BTreeMap<String, Vec<Version>> = BTreeMap::new();
    for version in archive.history() {
        by_path
            .entry(version.path.clone())
            .or_default()
            .push(version);
    }
    let mut pairs = Vec::new();
    let documents = by_path.len().max(1);
    for versions in by_path.values().filter(|versions| versions.len() > 1) {
        let each = count.div_ceil(documents).min(versions.len() - 1);
        for number in 0..each {
            let at = number * (versions.len() - 1) / each;
            pairs.push((versions[at].clone(), versions[at + 1].clone()));
        }
    }
    let step = (pairs.len() / count.max(1)).max(1);
    pairs.into_iter().step_by(step).take(count).collect()
}

#[test]
fn recorded_versions() {
    for (bundle, default) in [("ota-dating.bundle", 25), ("ota-contrib.bundle", 35)] {
        let Some(archive) = Archive::open(bundle) else {
            continue;
        };
        let pairs = neighbours(&archive, size("VERSION_PAIRS", default));
        assert!(pairs.len() > 10, "{bundle}: {} pairs", pairs.len());
        for (before, after) in pairs {
            let text = |version: &Version| archive.text(version);
            let (Some(left_text), Some(right_text)) = (text(&before), text(&after)) else {
                continue;
            };
            let parsed = |text: &str| parse("policy.md", text);
            let (Some(left), Some(right)) = (parsed(&left_text), parsed(&right_text)) else {
                continue;
            };
            // Shown when a law breaks: the last one named broke it.
            eprintln!("{}: {} → {}", before.path, before.blob, after.blob);
            check(&left, &right);
            check_form(&right_text, &right);
        }
    }
}
