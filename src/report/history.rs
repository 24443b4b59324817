//! What changed at each version of a document.

use super::json::write_json_line;
use super::text::safe;
use super::{Format, day};
use crate::model::{ChangeClass, ChangeCounts, History, Noise, Step, printable};
use serde::Serialize;
use std::io::{self, Write};

/// Writes the versions of a document one by one, as they come.
pub struct Timeline<'a> {
    out: &'a mut dyn Write,
    history: &'a History,
    format: Format,
    /// Whether versions that say nothing are written in full, too.
    all: bool,
    /// How many lines or objects were written.
    written: usize,
    /// Versions passed over since the last line, by why.
    folded: Vec<&'static str>,
}

/// The columns of the table, before the words that say what changed.
const HEAD: &str = "version  date        revision    words  revised     change";

#[derive(Serialize)]
struct StepFacts<'a> {
    version: usize,
    date: Option<String>,
    time: Option<String>,
    revision: Option<&'a str>,
    words: usize,
    revised: Option<String>,
    against: Option<usize>,
    class: ChangeClass,
    counts: ChangeCounts,
    noise: Option<&'static str>,
    reason: Option<String>,
    returns_to: Option<usize>,
}

impl<'a> Timeline<'a> {
    /// Begins the report. In text, versions that say nothing are folded unless `all` is set; JSON has
    /// every version.
    ///
    /// # Errors
    /// When writing fails.
    pub fn begin(
        out: &'a mut dyn Write,
        name: &str,
        history: &'a History,
        all: bool,
        format: Format,
    ) -> io::Result<Self> {
        match format {
            Format::Json => write!(out, "[")?,
            Format::Text => {
                let span = history.span().map_or_else(String::new, |(first, last)| {
                    format!(", {} to {}", day(first), day(last))
                });
                let versions = counted(history.versions.len(), "version");
                writeln!(out, "{}: {versions}{span}\n\n{HEAD}", safe(name))?;
            }
        }
        Ok(Self {
            out,
            history,
            format,
            all,
            written: 0,
            folded: Vec::new(),
        })
    }

    /// Writes the next version.
    ///
    /// # Errors
    /// When writing fails.
    pub fn step(&mut self, step: &Step) -> io::Result<()> {
        if self.format == Format::Json {
            let lead: &[u8] = if self.written == 0 { b"\n  " } else { b",\n  " };
            self.out.write_all(lead)?;
            self.written += 1;
            let facts = self.facts(step);
            let mut line = Vec::new();
            write_json_line(&mut line, &facts)?;
            return self.out.write_all(line.trim_ascii_end());
        }
        match &step.noise {
            Some(noise) if !self.all => {
                self.folded.push(noise.id());
                Ok(())
            }
            _ => {
                self.tell_folded()?;
                self.written += 1;
                let line = self.line(step);
                writeln!(self.out, "{}", line.trim_end())
            }
        }
    }

    /// Ends the report.
    ///
    /// # Errors
    /// When writing fails.
    pub fn end(mut self) -> io::Result<()> {
        match self.format {
            Format::Json => writeln!(self.out, "\n]"),
            Format::Text => self.tell_folded(),
        }
    }

    fn facts(&self, step: &Step) -> StepFacts<'a> {
        let version = self.history.versions.get(step.version);
        let time = version.and_then(|version| version.recorded);
        StepFacts {
            version: step.version,
            date: time.map(day),
            time: time.map(|time| time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
            revision: version.and_then(|version| version.origin.commit()),
            words: step.words,
            revised: step.revised.map(|date| date.to_string()),
            against: step.against,
            class: step.class,
            counts: step.counts,
            noise: step.noise.as_ref().map(Noise::id),
            reason: step.noise.as_ref().map(|noise| self.reason(noise)),
            returns_to: step.returns_to,
        }
    }

    /// One line for versions that were passed over.
    fn tell_folded(&mut self) -> io::Result<()> {
        let folded = std::mem::take(&mut self.folded);
        if folded.is_empty() {
            return Ok(());
        }
        let mut kinds: Vec<&str> = folded.clone();
        kinds.sort_unstable();
        kinds.dedup();
        let count = |kind: &&str| folded.iter().filter(|one| *one == kind).count();
        let why: Vec<String> = kinds
            .iter()
            .map(|kind| format!("{} {}", count(kind), folded_name(kind)))
            .collect();
        let versions = counted(folded.len(), "version");
        writeln!(self.out, "      …  {versions} folded: {}", why.join(", "))
    }

    fn line(&self, step: &Step) -> String {
        let facts = self.facts(step);
        let dash = || "-".to_owned();
        let revision = facts
            .revision
            .map_or_else(dash, |commit| commit.get(..8).unwrap_or(commit).to_owned());
        let mut remarks = vec![step.counts.in_words()];
        remarks.extend(facts.reason);
        remarks.extend(self.held_against(step));
        if let Some(place) = step.returns_to {
            remarks.push(format!("the text of {} again", self.called(place)));
        }
        remarks.retain(|remark| !remark.is_empty());
        format!(
            "{:>7}  {:<10}  {revision:<8}  {:>7}  {:<10}  {:<10} {:<BAR$} {}",
            step.version + 1,
            facts.date.unwrap_or_else(dash),
            step.words,
            facts.revised.unwrap_or_else(dash),
            step.class,
            "▪".repeat(step.counts.doublings()),
            remarks.join("; "),
        )
    }

    /// Says so where a version is not held against the one right before.
    fn held_against(&self, step: &Step) -> Option<String> {
        let base = step.against.filter(|base| base + 1 != step.version)?;
        let repair = matches!(step.noise, Some(Noise::Repair { .. }));
        (!repair).then(|| format!("against {}", self.called(base)))
    }

    fn reason(&self, noise: &Noise) -> String {
        match noise {
            Noise::Form => "only the form changed".to_owned(),
            Noise::Repair { of } => format!("back to {}", self.called(*of)),
            Noise::Swing => "the same change was recorded not long before".to_owned(),
            Noise::Broken { what } => (*what).to_owned(),
            Noise::SizeJump => "most of the text is missing, and comes back later".to_owned(),
            Noise::Unreadable(issue) => printable(&issue.message).into_owned(),
        }
    }

    /// A version as the text calls it: people count from 1, as the screen does.
    fn called(&self, place: usize) -> String {
        let time = self.history.versions.get(place).and_then(|v| v.recorded);
        let number = place + 1;
        match time {
            Some(time) => format!("version {number} ({})", day(time)),
            None => format!("version {number}"),
        }
    }
}

fn folded_name(kind: &str) -> &str {
    match kind {
        "form" => "of form only",
        "repair" => "that repair one",
        "swing" => "that swing between known texts",
        "broken" => "broken",
        "size-jump" => "with most of the text missing",
        "unreadable" => "unreadable",
        other => other,
    }
}

fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

/// Columns of the bar.
const BAR: usize = ChangeCounts::DOUBLINGS;
