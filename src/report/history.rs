//! What changed at each version of a document.

use super::json::write_json_line;
use super::text::safe;
use super::{Format, day};
use crate::model::{ChangeClass, ChangeCounts, History, Noise, Step, Swinging, Swings, printable};
use jiff::Timestamp;
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
    /// Versions passed over since the last line.
    folded: Vec<Step>,
    /// Finds pages that go back and forth between texts.
    swinging: Swinging,
    /// Versions that may be a part of that, and are not written yet.
    waiting: Vec<Step>,
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
    /// every version. `removed` is when the archive removed the document.
    ///
    /// # Errors
    /// When writing fails.
    pub fn begin(
        out: &'a mut dyn Write,
        name: &str,
        history: &'a History,
        removed: Option<Timestamp>,
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
                let removed =
                    removed.map_or_else(String::new, |time| format!(", removed on {}", day(time)));
                writeln!(out, "{}: {versions}{span}{removed}\n\n{HEAD}", safe(name))?;
            }
        }
        Ok(Self {
            out,
            history,
            format,
            all,
            written: 0,
            folded: Vec::new(),
            swinging: Swinging::default(),
            waiting: Vec::new(),
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
        if self.all {
            return self.row(step, None);
        }
        let time = self.history.versions.get(step.version);
        let time = time.and_then(|version| version.recorded);
        let ended = self.swinging.take(step, time);
        if ended.is_some()
            || self
                .swinging
                .first()
                .is_none_or(|first| first == step.version)
        {
            self.settle(ended.as_ref())?;
        }
        self.waiting.push(step.clone());
        if self.swinging.first().is_none() {
            self.settle(None)?;
        }
        Ok(())
    }

    /// Writes what waits, or passes it over. Of a run, the last version stands for all.
    fn settle(&mut self, run: Option<&Swings>) -> io::Result<()> {
        for step in std::mem::take(&mut self.waiting) {
            let run_here = run.filter(|run| run.last == step.version);
            let hidden = run.is_some_and(|run| run.hides(step.version));
            if hidden || (step.noise.is_some() && run_here.is_none()) {
                self.folded.push(step);
            } else {
                self.row(&step, run_here)?;
            }
        }
        Ok(())
    }

    fn row(&mut self, step: &Step, run: Option<&Swings>) -> io::Result<()> {
        let line = self.line(step, run);
        self.tell_folded()?;
        self.written += 1;
        writeln!(self.out, "{}", line.trim_end())
    }

    /// Ends the report.
    ///
    /// # Errors
    /// When writing fails.
    pub fn end(mut self) -> io::Result<()> {
        match self.format {
            Format::Json => writeln!(self.out, "\n]"),
            Format::Text => {
                let run = self.swinging.end();
                self.settle(run.as_ref())?;
                self.tell_folded()
            }
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
        // One that is no noise by itself is a part of going back and forth.
        let kind = |step: &Step| step.noise.as_ref().map_or("swing", Noise::id);
        let mut kinds: Vec<&str> = folded.iter().map(kind).collect();
        kinds.sort_unstable();
        let why: Vec<String> = kinds
            .chunk_by(|a, b| a == b)
            .map(|same| format!("{} {}", same.len(), folded_name(same[0])))
            .collect();
        let versions = counted(folded.len(), "version");
        writeln!(self.out, "      …  {versions} folded: {}", why.join(", "))?;
        // The reason of each stands in the list of all; what cannot be read may be news.
        for step in &folded {
            if let Some(Noise::Unreadable(issue)) = &step.noise {
                let (which, why) = (self.called(step.version), safe(&issue.message));
                writeln!(self.out, "         {which} cannot be read: {why}")?;
            }
        }
        Ok(())
    }

    fn line(&self, step: &Step, run: Option<&Swings>) -> String {
        let facts = self.facts(step);
        let dash = || "-".to_owned();
        let revision = facts
            .revision
            .map_or_else(dash, |commit| commit.get(..8).unwrap_or(commit).to_owned());
        let mut remarks = Vec::new();
        if let Some(run) = run {
            let first = self.called(run.first);
            remarks.push(format!("{} since {first}", run.told()));
        } else {
            remarks.push(step.counts.in_words());
            remarks.extend(facts.reason);
            remarks.extend(self.held_against(step));
        }
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
        let base = step.against?;
        let called = self.called(base);
        // What is folded in form alone reads as the version above.
        let other_words = |folded: &Step| {
            folded.version <= base && matches!(folded.noise, None | Some(Noise::Swing))
        };
        if self.folded.iter().any(other_words) {
            return Some(format!("compared with {called}, folded above"));
        }
        let repair = matches!(step.noise, Some(Noise::Repair { .. }));
        (base + 1 != step.version && !repair).then(|| format!("against {called}"))
    }

    fn reason(&self, noise: &Noise) -> String {
        match noise {
            Noise::Form => "only the form changed".to_owned(),
            Noise::Repair { of } => format!("back to {}", self.called(*of)),
            Noise::Swing => "the same change was recorded not long before".to_owned(),
            Noise::Broken { what } => (*what).to_owned(),
            Noise::SizeJump { grown } => Noise::jump(*grown).to_owned(),
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
        "size-jump" => "that jump in size",
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
