//! A comparison: by topic, by text or by practice.

mod by_practice;
mod facts;

use super::json::write_json;
use super::text::{WIDTH, prose, safe};
use super::{Format, Named, PolicyFacts};
use crate::compare::{By, Class, Comparison, Op, Row, RowKind, Summary, Verdict};
use crate::model::{ClauseId, Pair, Policy, Side, Topic};
use facts::ComparisonFacts;
use std::borrow::Cow;
use std::io::{self, Write};

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

/// The text of a cell on one line.
fn cell_text<'a>(clauses: &[ClauseId], policy: &'a Policy) -> Cow<'a, str> {
    let text = match clauses {
        [one] => Cow::Borrowed(policy.clause_text(*one)),
        several => {
            let texts: Vec<&str> = several.iter().map(|&id| policy.clause_text(id)).collect();
            Cow::Owned(texts.join(" "))
        }
    };
    if memchr::memchr2(b'\n', b'\t', text.as_bytes()).is_some() {
        return Cow::Owned(text.replace(['\n', '\t'], " "));
    }
    text
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
            let facts = PolicyFacts::of(named);
            let date = named
                .policy
                .version()
                .map(|version| version.to_string())
                .unwrap_or_default();
            writeln!(
                self.out,
                "{letter}  {}  {date}  {}",
                safe(named.name),
                safe(facts.title)
            )?;
        }
        for note in &comparison.notes {
            prose(self.out, "note: ", "      ", note)?;
        }
        let line = match comparison.by {
            By::Topic => {
                let verdicts = comparison.topics.iter().map(|found| found.verdict);
                format!("by topic: {}", verdict_counts(verdicts))
            }
            By::Practice => {
                let verdicts = comparison.practices.iter().map(|found| found.verdict);
                format!("by practice: {}", verdict_counts(verdicts))
            }
            By::Text => text_counts(comparison.summary),
        };
        writeln!(self.out, "{line}")
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
            self.verdict(verdict.topic.label(), verdict.verdict)?;
            self.rows(comparison.rows.get(verdict.rows.clone()).unwrap_or(&[]))?;
        }
        if !neither.is_empty() {
            writeln!(self.out)?;
            prose(self.out, "Neither speaks of: ", "  ", &neither.join(", "))?;
        }
        Ok(())
    }

    /// What is judged, and at the end of the line the verdict.
    fn verdict(&mut self, label: &str, verdict: Verdict) -> io::Result<()> {
        let (mark, words) = verdict_words(verdict);
        let gap = WIDTH.saturating_sub(label.chars().count() + words.len() + 2);
        writeln!(self.out, "{mark} {label}{}{words}", " ".repeat(gap.max(2)))
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
                let text = cell_text(&row.clauses[side], self.policies[side]);
                prose(self.out, &format!("  {letter} {mark} "), "      ", &text)?;
            }
        }
        Ok(())
    }

    fn by_text(&mut self, comparison: &Comparison) -> io::Result<()> {
        let mut hidden = 0;
        for row in &comparison.rows {
            if !self.options.shows_topic(row.topic) {
                continue;
            }
            let form = row.kind == RowKind::Changed && row.class <= Class::Formatting;
            if !self.options.all && (row.kind == RowKind::Same || form) {
                hidden += 1;
                continue;
            }
            self.fold(&mut hidden)?;
            self.text_row(row, &comparison.rows)?;
        }
        self.fold(&mut hidden)
    }

    fn fold(&mut self, hidden: &mut usize) -> io::Result<()> {
        if *hidden > 0 {
            let clauses = if *hidden == 1 { "clause" } else { "clauses" };
            writeln!(self.out, "\n    … {hidden} equal {clauses} …")?;
        }
        *hidden = 0;
        Ok(())
    }

    fn text_row(&mut self, row: &Row, rows: &[Row]) -> io::Result<()> {
        let mark = row_mark(row.kind);
        writeln!(self.out)?;
        let mut text = if row.words.is_empty() {
            let side = if row.clauses.left.is_empty() {
                Side::Right
            } else {
                Side::Left
            };
            cell_text(&row.clauses[side], self.policies[side]).into_owned()
        } else {
            self.marked_words(row)
        };
        if let Some(other) = row.partner.and_then(|at| rows.get(at)) {
            let side = if row.clauses.left.is_empty() {
                Side::Left
            } else {
                Side::Right
            };
            let section = other.clauses[side]
                .first()
                .and_then(|id| self.policies[side].clauses.get(id.index())?.section)
                .map_or("the top", |section| self.policies[side].heading(section));
            let way = if side == Side::Right {
                "moved to"
            } else {
                "moved from"
            };
            text = format!("({way} “{section}”) {text}");
        }
        prose(self.out, &format!("{mark}   "), "    ", &text)
    }

    /// `We [-may-] {+will never+} share`. Pieces stand apart where white space parts them.
    fn marked_words(&self, row: &Row) -> String {
        let mut text = String::new();
        let mut ends = Pair::<Option<u32>>::default();
        for words in &row.words {
            let side = if words.op == Op::Delete {
                Side::Left
            } else {
                Side::Right
            };
            let Some(range) = words.text[side] else {
                continue;
            };
            let whole = &self.policies[side].text;
            let joined = Side::BOTH
                .into_iter()
                .filter_map(|side| Some((ends[side], words.text[side]?.start)))
                .all(|(end, start)| end == Some(start));
            if !text.is_empty() && !joined {
                text.push(' ');
            }
            let part = range.of(whole);
            match words.op {
                Op::Equal => text.push_str(part),
                Op::Delete => text.push_str(&format!("[-{part}-]")),
                Op::Insert => text.push_str(&format!("{{+{part}+}}")),
            }
            for side in Side::BOTH {
                ends[side] = words.text[side].map(|range| range.end).or(ends[side]);
            }
        }
        text.replace(['\n', '\t'], " ")
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

fn row_mark(kind: RowKind) -> char {
    match kind {
        RowKind::Same => '=',
        RowKind::Changed | RowKind::Similar | RowKind::Different => '~',
        RowKind::Moved | RowKind::MovedAndEdited => '⇄',
        RowKind::Added => '+',
        RowKind::Removed => '−',
        RowKind::Opposed => '≠',
        RowKind::Contrary => '!',
        RowKind::OnlyLeft | RowKind::OnlyRight => '·',
    }
}

fn verdict_words(verdict: Verdict) -> (char, &'static str) {
    match verdict {
        Verdict::Opposed => ('≠', "opposed"),
        Verdict::Different => ('~', "different"),
        Verdict::OnlyLeft => ('◂', "only left"),
        Verdict::OnlyRight => ('▸', "only right"),
        Verdict::Similar => ('≈', "similar"),
        Verdict::Same => ('=', "same"),
        Verdict::Neither => ('·', "neither"),
    }
}

fn verdict_counts(verdicts: impl Iterator<Item = Verdict> + Clone) -> String {
    let count = |verdict: Verdict| verdicts.clone().filter(|found| *found == verdict).count();
    let one_side = count(Verdict::OnlyLeft) + count(Verdict::OnlyRight);
    let parts = [
        (count(Verdict::Opposed), "opposed"),
        (count(Verdict::Different), "different"),
        (one_side, "only one side"),
        (count(Verdict::Similar), "similar"),
        (count(Verdict::Same), "same"),
    ];
    joined(&parts)
}

fn text_counts(summary: Summary) -> String {
    let parts = [
        (summary.wording, "wording"),
        (summary.numbers, "numbers"),
        (summary.moved, "moved"),
        (summary.added, "added"),
        (summary.removed, "removed"),
        (summary.formatting, "of form"),
        (summary.same, "equal"),
    ];
    format!("by text: {}", joined(&parts))
}

fn joined(parts: &[(usize, &str)]) -> String {
    let shown: Vec<String> = parts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{n} {what}"))
        .collect();
    if shown.is_empty() {
        "nothing to compare".to_owned()
    } else {
        shown.join(" · ")
    }
}
