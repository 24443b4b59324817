//! The policies found.

use super::json::write_json;
use super::text::{safe, table};
use super::{Format, Named, PolicyFacts};
use std::io::{self, Write};

/// Writes one line a policy.
///
/// # Errors
/// When writing fails.
pub fn list(out: &mut dyn Write, policies: &[Named<'_>], format: Format) -> io::Result<()> {
    if format == Format::Json {
        let facts: Vec<_> = policies
            .iter()
            .map(|named| PolicyFacts::of(*named))
            .collect();
        return write_json(out, &facts);
    }
    let head = [
        "policy", "host", "version", "revised", "words", "headings", "clauses", "title",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for named in policies {
        let facts = PolicyFacts::of(*named);
        let or_dash = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
        rows.push(vec![
            safe(facts.policy),
            or_dash(facts.host.map(safe)),
            or_dash(named.facts.version().map(|version| version.to_string())),
            or_dash(facts.revised),
            facts.words.to_string(),
            facts.sections.to_string(),
            facts.clauses.to_string(),
            safe(facts.title),
        ]);
    }
    table(out, &rows, &[4, 5, 6])
}
