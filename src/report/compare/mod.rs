//! A comparison: by topic, by text or by practice.

mod by_practice;
mod by_text;
mod counts;
mod facts;
mod words;

use super::json::write_json;
use super::text::{WIDTH, prose, safe};
use super::{Format, Named, PolicyFacts};
use crate::compare::{By, Comparison, Row, RowKind, Verdict};
use crate::model::{ClauseId, Pair, Policy, Side, Topic, on_one_line};
use facts::ComparisonFacts;
use std::borrow::Cow;
use std::io::{self, Write};
use words::{row_mark, verdict_words};

/// Writes a comparison. With `topic`, only what is on it. Text leaves out what is the same, with a
/// count, unless `all` is set.
///
/// # Errors
/// When writing fails.
pub fn compare(
    out: &mut dyn Write,
    pair: Pair<Named<'_>>,
    comparison: &Comparison,
    options: Options,
    format: Format,
) -> io::Result<()> {
    let policies = Pair::new(pair.left.policy, pair.right.policy);
    if format == Format::Json {
        return write_json(out, &ComparisonFacts::of(pair, comparison, options));
    }
    let mut text = Text {
        out,
        policies,
        options,
    };
    text.head(pair, comparison)?;
    match comparison.by {
        By::Topic => text.by_topic(comparison),
        By::Text => text.by_text(comparison),
        By::Practice => text.by_practice(comparison),
    }
}

/// What a comparison report holds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Only this topic.
    pub topic: Option<Topic>,
    /// Also what is the same, changes of form, and questions that neither answers.
    pub all: bool,
}

impl Options {
    fn shows_topic(self, topic: Option<Topic>) -> bool {
        self.topic.is_none() || self.topic == topic
    }
}

/// The text of a cell on one line, with `~~` around what is struck through.
fn shown_text(clauses: &[ClauseId], policy: &Policy) -> String {
    let clauses = clauses
        .iter()
        .filter_map(|id| policy.clauses.get(id.index()));
    let texts: Vec<Cow<'_, str>> = clauses
        .map(|clause| policy.with_strikes(clause.text))
        .collect();
    on_one_line(&texts.join(" ")).into_owned()
}

/// The text of a cell on one line, byte for byte as long as it stands in the policy: the cells of a
/// table stay parted by tabs.
fn cell_text<'a>(clauses: &[ClauseId], policy: &'a Policy) -> Cow<'a, str> {
    let text = match clauses {
        [one] => Cow::Borrowed(policy.clause_text(*one)),
        several => {
            let texts: Vec<&str> = several.iter().map(|&id| policy.clause_text(id)).collect();
            Cow::Owned(texts.join(" "))
        }
    };
    match text.contains('\n') {
        true => Cow::Owned(text.replace('\n', " ")),
        false => text,
    }
}

/// Writes for people: one cell under the other, so that it reads well in a pipe and aloud.
struct Text<'a, 'b> {
    out: &'a mut dyn Write,
    policies: Pair<&'b Policy>,
    options: Options,
}

impl Text<'_, '_> {
    fn head(&mut self, pair: Pair<Named<'_>>, comparison: &Comparison) -> io::Result<()> {
        for (letter, named) in [("L", pair.left), ("R", pair.right)] {
            let facts = PolicyFacts::of(named.listed);
            let date = named
                .policy
                .version()
                .map(|version| version.to_string())
                .unwrap_or_default();
            let mut remarks = Vec::new();
            let asked = named.listed.other_name();
            remarks.extend(asked.map(|asked| format!("asked for as {}", safe(asked))));
            remarks.extend(facts.removed.map(|day| format!("removed on {day}")));
            let remarks = match remarks.is_empty() {
                true => String::new(),
                false => format!("  ({})", remarks.join("; ")),
            };
            writeln!(
                self.out,
                "{letter}  {}  {date}  {}{remarks}",
                safe(named.listed.name),
                safe(facts.title)
            )?;
        }
        for (letter, named) in [("L", pair.left), ("R", pair.right)] {
            let listed = named.listed;
            if let (Some(stand_in), Some(history)) = (listed.stand_in, listed.history) {
                let note = format!("{letter}: {}", stand_in.told(history));
                prose(self.out, "note: ", "      ", &note)?;
            }
        }
        for note in &comparison.notes {
            prose(self.out, "note: ", "      ", note)?;
        }
        writeln!(self.out, "{}", counts::summary(comparison, self.options))
    }

    fn by_topic(&mut self, comparison: &Comparison) -> io::Result<()> {
        let mut neither = Vec::new();
        for verdict in &comparison.topics {
            if !self.options.shows_topic(Some(verdict.topic)) {
                continue;
            }
            if verdict.verdict == Verdict::Neither {
                neither.push(verdict.topic.label());
                continue;
            }
            writeln!(self.out)?;
            let on_the_whole = if comparison.is_on_the_whole(verdict) {
                " on the whole"
            } else {
                ""
            };
            self.verdict(verdict.topic.label(), verdict.verdict, on_the_whole)?;
            self.rows(comparison.rows.get(verdict.rows.clone()).unwrap_or(&[]))?;
        }
        self.on_no_topic(comparison)?;
        if !neither.is_empty() {
            writeln!(self.out)?;
            prose(self.out, "Neither speaks of: ", "  ", &neither.join(", "))?;
        }
        Ok(())
    }

    /// What is judged, and at the end of the line the verdict and how far it goes.
    fn verdict(&mut self, label: &str, verdict: Verdict, how_far: &str) -> io::Result<()> {
        let (mark, words) = verdict_words(verdict);
        let taken = label.chars().count() + words.len() + how_far.len() + 2;
        let gap = " ".repeat(WIDTH.saturating_sub(taken).max(2));
        writeln!(self.out, "{mark} {label}{gap}{words}{how_far}")
    }

    /// The clauses on no topic: the pairs that differ, and how much there is besides.
    fn on_no_topic(&mut self, comparison: &Comparison) -> io::Result<()> {
        let rows = comparison.rows.get(comparison.rest.clone()).unwrap_or(&[]);
        if rows.is_empty() || self.options.topic.is_some() {
            return Ok(());
        }
        writeln!(self.out, "\n· On no topic")?;
        if self.options.all {
            return self.rows(rows);
        }
        let told = |row: &&Row| matches!(row.kind, RowKind::Opposed | RowKind::Different);
        for (at, row) in rows.iter().filter(told).enumerate() {
            if at > 0 {
                writeln!(self.out)?;
            }
            self.cells(row)?;
        }
        match counts::left_out(rows) {
            Some(counts) => writeln!(self.out, "    … {counts}; --all shows them …"),
            None => Ok(()),
        }
    }

    fn rows(&mut self, rows: &[Row]) -> io::Result<()> {
        let mut last = None;
        for row in rows {
            if last.is_some_and(|last| last != side_of(row)) || side_of(row) == 0 && last.is_some()
            {
                writeln!(self.out)?;
            }
            last = Some(side_of(row));
            self.cells(row)?;
        }
        let silent = |side: Side| rows.iter().all(|row| row.clauses[side].is_empty());
        for (side, letter) in [(Side::Left, "L"), (Side::Right, "R")] {
            if silent(side) {
                writeln!(self.out, "  {letter}   Not stated")?;
            }
        }
        Ok(())
    }

    fn cells(&mut self, row: &Row) -> io::Result<()> {
        let mark = row_mark(row.kind);
        for (side, letter) in [(Side::Left, "L"), (Side::Right, "R")] {
            if !row.clauses[side].is_empty() {
                let text = shown_text(&row.clauses[side], self.policies[side]);
                prose(self.out, &format!("  {letter} {mark} "), "      ", &text)?;
            }
        }
        Ok(())
    }
}

/// 0 for a row with both cells, 1 or 2 for one side only.
fn side_of(row: &Row) -> u8 {
    match (row.clauses.left.is_empty(), row.clauses.right.is_empty()) {
        (false, true) => 1,
        (true, false) => 2,
        _ => 0,
    }
}
