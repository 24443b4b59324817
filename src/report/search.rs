//! What a search found.

use super::Format;
use super::json::write_json;
use super::text::safe;
use crate::model::{ClauseKind, on_one_line, printable};
use serde::Serialize;
use std::io::{self, Write};

/// Bytes of a clause that a line of text shows around the first hit, at least.
const SNIPPET: usize = 240;

/// A clause that was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Passage<'a> {
    /// The name that finds the policy, in the version that holds the clause.
    pub policy: String,
    /// Its site.
    pub site: &'a str,
    /// The date of the version.
    pub date: Option<String>,
    /// The clause, in that version.
    pub clause: u32,
    /// What it is.
    pub kind: ClauseKind,
    /// Its text.
    pub text: &'a str,
    /// Its first byte in the source; none when the version can no longer be read.
    pub start: Option<u32>,
    /// One past its last byte.
    pub end: Option<u32>,
    /// Where the words that were looked for stand in the text: first byte, one past the last.
    pub hits: Vec<[u32; 2]>,
    /// Its topics, best first.
    pub topics: Vec<&'a str>,
    /// Its stance.
    pub stance: &'a str,
    /// How well it fits, within this search.
    pub score: f32,
    /// The versions with the same words, when versions were looked through.
    pub versions: Option<Spread>,
}

/// The versions that hold the same words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// How many.
    pub count: usize,
    /// The date of the first.
    pub first: Option<String>,
    /// The date of the last.
    pub last: Option<String>,
}

/// What was found, site by site.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Passages<'a> {
    /// How many different wordings fit, over all policies.
    pub wordings: usize,
    /// Whether there are more hits than these.
    pub more: bool,
    /// Whether they stand in the order of how well they fit.
    pub ranked: bool,
    /// The hits.
    pub hits: Vec<Passage<'a>>,
}

/// Writes what was found.
///
/// # Errors
/// When writing fails.
pub fn search(out: &mut dyn Write, found: &Passages<'_>, format: Format) -> io::Result<()> {
    if format == Format::Json {
        return write_json(out, found);
    }
    let mut site = None;
    for hit in &found.hits {
        if site != Some(hit.site) {
            let gap = if site.is_some() { "\n" } else { "" };
            writeln!(out, "{gap}{}", safe(hit.site))?;
            site = Some(hit.site);
        }
        writeln!(out, "  {}", printable(&snippet(hit)))?;
        let mut notes = vec![format!("{} #{}", hit.policy, hit.clause)];
        if !hit.topics.is_empty() {
            notes.push(hit.topics.join(", "));
        }
        if hit.stance != "none" {
            notes.push(hit.stance.to_owned());
        }
        if let Some(versions) = &hit.versions {
            notes.push(spread(versions));
        }
        writeln!(out, "    {}", printable(&notes.join(" · ")))?;
    }
    let count = found.hits.len();
    let hits = if count == 1 { "hit" } else { "hits" };
    let more = if found.more {
        "; there are more (--limit, --per-site)"
    } else {
        ""
    };
    let order = if found.ranked {
        ""
    } else {
        "; too many to rank all"
    };
    if count > 0 {
        writeln!(out)?;
    }
    writeln!(out, "{count} {hits}{more}{order}")
}

fn spread(versions: &Spread) -> String {
    let plural = if versions.count == 1 {
        "version"
    } else {
        "versions"
    };
    match (&versions.first, &versions.last) {
        (Some(first), Some(last)) if first != last => {
            format!("in {} {plural}, {first} to {last}", versions.count)
        }
        (Some(first), _) => format!("in {} {plural}, {first}", versions.count),
        _ => format!("in {} {plural}", versions.count),
    }
}

/// The text of a hit on one line, the words that were looked for in square brackets; of a long text
/// only what stands around the first.
fn snippet(hit: &Passage<'_>) -> String {
    let first = hit.hits.first().map_or(0, |mark| mark[0] as usize);
    let from = if hit.text.len() <= SNIPPET {
        0
    } else {
        word_start(hit.text, first.saturating_sub(SNIPPET / 2))
    };
    let to = word_end(hit.text, from + SNIPPET);
    let mut line = String::new();
    if from > 0 {
        line.push_str("… ");
    }
    let mut at = from;
    for &[start, end] in &hit.hits {
        let (start, end) = (start as usize, end as usize);
        if start < at || end > to {
            continue;
        }
        line.push_str(hit.text.get(at..start).unwrap_or(""));
        line.push('[');
        line.push_str(hit.text.get(start..end).unwrap_or(""));
        line.push(']');
        at = end;
    }
    line.push_str(hit.text.get(at..to).unwrap_or(""));
    if to < hit.text.len() {
        line.push_str(" …");
    }
    on_one_line(&line).into_owned()
}

/// The start of the word at or after a byte.
fn word_start(text: &str, at: usize) -> usize {
    let space = text
        .as_bytes()
        .iter()
        .skip(at)
        .position(u8::is_ascii_whitespace);
    match space {
        Some(space) if at > 0 => at + space + 1,
        _ => 0,
    }
}

/// The end of the word at or after a byte.
fn word_end(text: &str, at: usize) -> usize {
    let space = text
        .as_bytes()
        .iter()
        .skip(at)
        .position(u8::is_ascii_whitespace);
    space.map_or(text.len(), |space| (at + space).min(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_clause_is_shown_around_its_hit() {
        let text = format!("{}sell {}", "before ".repeat(60), "after ".repeat(60));
        let hit = Passage {
            policy: String::new(),
            site: "",
            date: None,
            clause: 0,
            kind: ClauseKind::Sentence,
            text: &text,
            start: None,
            end: None,
            hits: vec![[420, 424]],
            topics: Vec::new(),
            stance: "none",
            score: 0.0,
            versions: None,
        };
        let line = snippet(&hit);
        assert!(
            line.starts_with("… before ") && line.ends_with("after …"),
            "{line}"
        );
        assert!(line.contains("before [sell] after"), "{line}");
        assert!(line.len() < 300);
    }
}
