//! The life of one clause through the versions of its document.

use super::json::write_json;
use super::text::{prose, safe};
use super::{Format, day};
use crate::model::{ClauseLife, History, on_one_line, printable};
use serde::Serialize;
use std::collections::HashSet;
use std::io::{self, Write};

/// The life of a clause, and who else uses its words.
pub struct ClauseReport<'a> {
    /// The name of the document.
    pub name: &'a str,
    /// The versions that the life speaks of.
    pub history: &'a History,
    /// The life.
    pub life: &'a ClauseLife,
    /// Whether every gap and wording has a line of its own, in text.
    pub all: bool,
    /// The names of other policies that use the newest wording, and the number of the clause there.
    pub same: Vec<(&'a str, usize)>,
}

#[derive(Serialize)]
struct LifeFacts<'a> {
    policy: &'a str,
    text: &'a str,
    first: PlaceFacts<'a>,
    since_oldest: bool,
    unread_before: usize,
    changed: PlaceFacts<'a>,
    removed: Option<PlaceFacts<'a>>,
    gaps: Vec<GapFacts<'a>>,
    wordings: Vec<WordingFacts<'a>>,
    same: Vec<SameFacts<'a>>,
}

#[derive(Serialize)]
struct PlaceFacts<'a> {
    version: usize,
    date: Option<String>,
    revision: Option<&'a str>,
}

#[derive(Serialize)]
struct GapFacts<'a> {
    from: PlaceFacts<'a>,
    to: PlaceFacts<'a>,
}

#[derive(Serialize)]
struct WordingFacts<'a> {
    version: usize,
    date: Option<String>,
    revision: Option<&'a str>,
    text: &'a str,
}

#[derive(Serialize)]
struct SameFacts<'a> {
    policy: &'a str,
    clause: usize,
}

impl ClauseReport<'_> {
    fn place(&self, version: usize) -> PlaceFacts<'_> {
        let known = self.history.versions.get(version);
        PlaceFacts {
            version,
            date: known.and_then(|version| version.recorded).map(day),
            revision: known.and_then(|version| version.origin.commit()),
        }
    }

    fn text(&self) -> &str {
        self.life.wordings.last().map_or("", |(_, text)| text)
    }

    fn facts(&self) -> LifeFacts<'_> {
        let life = self.life;
        let gap = |&(from, to): &(usize, usize)| GapFacts {
            from: self.place(from),
            to: self.place(to),
        };
        LifeFacts {
            policy: self.name,
            text: self.text(),
            first: self.place(life.first),
            since_oldest: life.since_oldest,
            unread_before: life.unread,
            changed: self.place(life.changed),
            removed: life.removed.map(|place| self.place(place)),
            gaps: life.gaps.iter().map(gap).collect(),
            wordings: life
                .wordings
                .iter()
                .map(|(version, text)| {
                    let place = self.place(*version);
                    WordingFacts {
                        version: place.version,
                        date: place.date,
                        revision: place.revision,
                        text,
                    }
                })
                .collect(),
            same: self
                .same
                .iter()
                .map(|&(policy, clause)| SameFacts { policy, clause })
                .collect(),
        }
    }

    fn when(&self, version: usize) -> String {
        let place = self.place(version);
        // People count from 1, as the screen does.
        let number = version + 1;
        let date = place.date.unwrap_or_else(|| "no date".to_owned());
        match place.revision {
            Some(commit) => format!(
                "{date}  (version {number}, revision {})",
                commit.get(..8).unwrap_or(commit)
            ),
            None => format!("{date}  (version {number})"),
        }
    }
}

/// Writes the life of a clause.
///
/// # Errors
/// When writing fails.
pub fn clause_life(
    out: &mut dyn Write,
    report: &ClauseReport<'_>,
    format: Format,
) -> io::Result<()> {
    if format == Format::Json {
        return write_json(out, &report.facts());
    }
    let life = report.life;
    writeln!(out, "{}", safe(report.name))?;
    prose(out, "“", " ", &format!("{}”", on_one_line(report.text())))?;
    writeln!(out)?;
    let first = report.when(life.first);
    if life.since_oldest {
        writeln!(out, "there since   the oldest recorded version, {first}")?;
    } else {
        writeln!(out, "appeared      {first}")?;
    }
    if let Some(unread) = life.unread_note() {
        writeln!(out, "unknown       {unread}")?;
    }
    if life.changed == life.first {
        writeln!(out, "last changed  never")?;
    } else {
        writeln!(out, "last changed  {}", report.when(life.changed))?;
    }
    if let Some(removed) = life.removed {
        writeln!(out, "removed       {}", report.when(removed))?;
    }
    match life.comes_and_goes().filter(|_| !report.all) {
        Some((first, last)) => {
            let (first, last) = (report.when(first), report.when(last));
            let times = life.gaps.len();
            writeln!(out, "came and went {times} times, missing first {first}")?;
            writeln!(out, "              and last {last}; --all lists each time")?;
        }
        None => {
            for &(from, to) in &life.gaps {
                let (first, last) = (report.when(from), report.when(to));
                match from == to {
                    true => writeln!(out, "missing       {first}")?,
                    false => writeln!(out, "missing       {first} to {last}")?,
                }
            }
        }
    }
    match report.same.len() {
        0 => writeln!(out, "same words    in no other policy")?,
        several => {
            let names: Vec<&str> = report.same.iter().map(|(name, _)| *name).collect();
            let policies = if several == 1 { "policy" } else { "policies" };
            let lead = "same words    ";
            let text = format!("in {several} other {policies}: {}", names.join(", "));
            prose(out, lead, &" ".repeat(lead.len()), &printable(&text))?;
        }
    }
    if life.wordings.len() > 1 {
        wordings(out, report)?;
    }
    Ok(())
}

/// Every wording, oldest first; where it went back and forth between some, the last of them.
fn wordings(out: &mut dyn Write, report: &ClauseReport<'_>) -> io::Result<()> {
    let life = report.life;
    let texts: HashSet<&str> = life.wordings.iter().map(|(_, text)| &**text).collect();
    let (changes, texts) = (life.wordings.len() - 1, texts.len());
    if texts <= changes {
        writeln!(out, "\n{texts} wordings, {changes} changes")?;
    } else {
        writeln!(out, "\n{texts} wordings")?;
    }
    let each = || (0..life.wordings.len()).map(|nth| nth..=nth).collect();
    let rows: Vec<_> = if report.all { each() } else { life.rows() };
    for row in rows {
        let Some((version, text)) = life.wordings.get(*row.end()) else {
            continue;
        };
        let times = row.end() - row.start() + 1;
        match life.wordings.get(*row.start()) {
            Some((first, _)) if times > 1 => {
                let (first, texts) = (report.when(*first), life.texts(&row));
                let told = format!("{times} times back and forth between {texts} wordings");
                writeln!(out, "\n  {told}, from {first}")?;
                writeln!(out, "  to {}, then:", report.when(*version))?;
            }
            _ => writeln!(out, "\n  {}", report.when(*version))?,
        }
        prose(out, "    ", "    ", &on_one_line(text))?;
    }
    Ok(())
}
