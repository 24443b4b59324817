//! The policies found.

use super::json::write_json;
use super::text::{safe, table};
use super::{Format, Listed, PolicyFacts, day};
use std::io::{self, Write};

/// Columns in front of those on versions.
const BEFORE: usize = 3;

/// Writes one line a policy. Where some policy has several versions, their number and the years they
/// span stand in columns of their own.
///
/// # Errors
/// When writing fails.
pub fn list(out: &mut dyn Write, policies: &[Listed<'_>], format: Format) -> io::Result<()> {
    if format == Format::Json {
        let facts: Vec<_> = policies
            .iter()
            .map(|listed| PolicyFacts::of(*listed))
            .collect();
        return write_json(out, &facts);
    }
    if policies.is_empty() {
        return Ok(());
    }
    let head = [
        "policy", "host", "version", "versions", "years", "revised", "words", "headings",
        "clauses", "title",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    let several = policies.iter().any(|listed| listed.history.is_some());
    rows.extend(policies.iter().map(|listed| row(*listed)));
    let removed = |listed: &Listed<'_>| listed.facts.provenance.removed;
    if policies.iter().any(|listed| removed(listed).is_some()) {
        let told = |listed| removed(listed).map_or_else(|| "-".to_owned(), day);
        let column = std::iter::once("removed".to_owned()).chain(policies.iter().map(told));
        for (row, cell) in rows.iter_mut().zip(column) {
            row.push(cell);
        }
    }
    if several {
        return table(out, &rows, &[3, 6, 7, 8]);
    }
    for row in &mut rows {
        row.drain(BEFORE..BEFORE + 2);
    }
    table(out, &rows, &[4, 5, 6])
}

fn row(listed: Listed<'_>) -> Vec<String> {
    let facts = PolicyFacts::of(listed);
    let or_dash = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
    vec![
        safe(facts.policy),
        or_dash(facts.host.map(safe)),
        version(listed),
        facts.versions.to_string(),
        or_dash(years(facts.first.as_deref(), facts.last.as_deref())),
        or_dash(facts.revised),
        facts.words.to_string(),
        facts.sections.to_string(),
        facts.clauses.to_string(),
        safe(facts.title),
    ]
}

/// The date of a version, with a mark where a newer one is a broken fetch.
fn version(listed: Listed<'_>) -> String {
    let mark = if listed.stand_in.is_some() { "!" } else { "" };
    match listed.facts.version() {
        Some(version) => format!("{version}{mark}"),
        None => format!("-{mark}"),
    }
}

/// The years between two days: `2015-2023`, or one year.
fn years(first: Option<&str>, last: Option<&str>) -> Option<String> {
    let year = |day: &str| day.rsplitn(3, '-').last().map(str::to_owned);
    let (first, last) = (year(first?)?, year(last?)?);
    Some(if first == last {
        first
    } else {
        format!("{first}-{last}")
    })
}
