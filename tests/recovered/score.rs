//! What the comparison says, held against what was done.

use crate::certain::LeftOut;
use crate::documents::Document;
use crate::trial::{Known, Trial};
use policy_tui::compare::{Class, Op, Row, RowKind};
use policy_tui::model::{ClauseId, Pair, Policy, Side};
use std::collections::BTreeMap;
use std::fmt;

/// What was done to a clause, or is said to have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Done {
    /// Nothing.
    Same,
    /// Only its look changed.
    Formatting,
    /// Only its figures changed.
    Numbers,
    /// Up to a third of its words changed, in place.
    Wording,
    /// More of its words changed, in place.
    Rewritten,
    /// Its sentence was cut in two, or run together with another, in place.
    Regrouped,
    /// It stands elsewhere.
    Moved,
    /// It stands elsewhere, and up to a third of its words changed.
    MovedAndEdited,
    /// It came.
    Added,
    /// It went.
    Removed,
}

impl Done {
    /// All, in the order of the table.
    const ALL: [Self; 10] = [
        Self::Same,
        Self::Formatting,
        Self::Numbers,
        Self::Wording,
        Self::Rewritten,
        Self::Regrouped,
        Self::Moved,
        Self::MovedAndEdited,
        Self::Added,
        Self::Removed,
    ];

    /// Its name in the table.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Formatting => "formatting",
            Self::Numbers => "numbers",
            Self::Wording => "wording",
            Self::Rewritten => "wording, heavy",
            Self::Regrouped => "split or merged",
            Self::Moved => "moved",
            Self::MovedAndEdited => "moved and edited",
            Self::Added => "added",
            Self::Removed => "removed",
        }
    }

    /// Whether the clause has the same words on both sides.
    pub(crate) fn keeps_words(self) -> bool {
        matches!(self, Self::Same | Self::Formatting | Self::Moved)
    }

    /// Whether the clause has no equal on the other side.
    pub(crate) fn changes_words(self) -> bool {
        !self.keeps_words()
    }

    /// Heavy or light, a change of wording is one class to the program.
    fn as_said(self) -> Self {
        if matches!(self, Self::Rewritten | Self::Regrouped) {
            Self::Wording
        } else {
            self
        }
    }
}

/// Right and wrong answers per class, how often each way of editing went wrong, and the worst case.
#[derive(Default)]
pub(crate) struct Table {
    /// Said and true, said and false, true and not said.
    counts: BTreeMap<Done, [u32; 3]>,
    /// Per way of editing: right, wrong.
    ways: BTreeMap<(Done, &'static str), [u32; 2]>,
    left_out: LeftOut,
    worst: Option<(usize, String)>,
    /// Every mistake, for whoever asks by `RECOVERED_MISTAKES`.
    mistakes: Vec<String>,
}

impl Table {
    /// How many clauses it was done to.
    pub(crate) fn clauses(&self, done: Done) -> u32 {
        let [right, _, missed] = self.counts.get(&done).copied().unwrap_or_default();
        right + missed
    }

    /// Precision and recall.
    pub(crate) fn figures(&self, done: Done) -> (f64, f64) {
        let [right, wrong, missed] = self.counts.get(&done).copied().unwrap_or_default();
        let share = |rest: u32| f64::from(right) / f64::from((right + rest).max(1));
        (share(wrong), share(missed))
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "  {:18} {:>9} {:>9} {:>9}",
            "class", "clauses", "precision", "recall"
        )?;
        for done in Done::ALL {
            let (precision, recall) = self.figures(done);
            let (name, clauses) = (done.name(), self.clauses(done));
            writeln!(f, "  {name:18} {clauses:>9} {precision:>9.3} {recall:>9.3}")?;
        }
        let LeftOut {
            parsed,
            repeated,
            twins,
        } = self.left_out;
        writeln!(
            f,
            "  left out: {repeated} stand more than once, {parsed} are read otherwise, {twins} have a twin"
        )?;
        for ((done, how), [right, wrong]) in &self.ways {
            let share = f64::from(*right) / f64::from(right + wrong);
            writeln!(
                f,
                "    {:18} {how:44} {:>6} {share:.3}",
                done.name(),
                right + wrong
            )?;
        }
        for mistake in &self.mistakes {
            writeln!(f, "{mistake}")?;
        }
        if let Some((_, worst)) = &self.worst {
            writeln!(
                f,
                "  the worst case, the longest clause not recovered:\n{worst}"
            )?;
        }
        Ok(())
    }
}

/// Adds what a trial shows.
pub(crate) fn add(table: &mut Table, document: &Document, trial: &Trial) {
    let policies = Pair::new(&document.policy, &trial.right);
    let rows = row_of_each(policies, &trial.comparison.rows);
    table.left_out.parsed += trial.left_out.parsed;
    table.left_out.repeated += trial.left_out.repeated;
    table.left_out.twins += trial.left_out.twins;
    for side in Side::BOTH {
        for (clause, known) in trial.known[side].iter().enumerate() {
            let Some(known) = known else {
                continue;
            };
            let row = &trial.comparison.rows[rows[side][clause]];
            let said = said(row);
            let done = known.fact.done;
            let right = said == done.as_said() && has_partner(trial, row, side, known);
            table.ways.entry((done, known.fact.how)).or_default()[usize::from(!right)] += 1;
            if right {
                table.counts.entry(done).or_default()[0] += 1;
                continue;
            }
            table.counts.entry(said).or_default()[1] += 1;
            table.counts.entry(done).or_default()[2] += 1;
            note(table, document, trial, side, clause, known, row);
        }
    }
}

fn row_of_each(policies: Pair<&Policy>, rows: &[Row]) -> Pair<Vec<usize>> {
    let mut out = policies.map(|policy| vec![usize::MAX; policy.clauses.len()]);
    for (at, row) in rows.iter().enumerate() {
        for side in Side::BOTH {
            for id in &row.clauses[side] {
                out[side][id.index()] = at;
            }
        }
    }
    out
}

fn said(row: &Row) -> Done {
    match (row.kind, row.class) {
        (RowKind::Moved, _) => Done::Moved,
        (RowKind::MovedAndEdited, _) => Done::MovedAndEdited,
        (RowKind::Added, _) => Done::Added,
        (RowKind::Removed, _) => Done::Removed,
        (_, Class::None | Class::Order) => Done::Same,
        (_, Class::Formatting) => Done::Formatting,
        (_, Class::Numbers) => Done::Numbers,
        (_, Class::Wording) => Done::Wording,
    }
}

/// Whether the row joins the clause to what it was or became.
fn has_partner(trial: &Trial, row: &Row, side: Side, known: &Known) -> bool {
    let Some(partner) = known.partner else {
        return true;
    };
    let other = row.partner.map_or(row, |at| &trial.comparison.rows[at]);
    other.clauses[side.other()].contains(&ClauseId::new(partner))
}

/// Keeps a mistake when it is the worst so far.
fn note(
    table: &mut Table,
    document: &Document,
    trial: &Trial,
    side: Side,
    clause: usize,
    known: &Known,
    row: &Row,
) {
    let policies = Pair::new(&document.policy, &trial.right);
    let text = |side: Side, clause: usize| policies[side].clause_text(ClauseId::new(clause));
    let own = text(side, clause);
    let words = own.split_whitespace().count();
    let listed = std::env::var_os("RECOVERED_MISTAKES").is_some();
    let required = crate::REQUIRED
        .iter()
        .any(|(done, _)| *done == known.fact.done);
    let worse = required && table.worst.as_ref().is_none_or(|(worst, _)| words > *worst);
    if !worse && !listed {
        return;
    }
    let partner = known
        .partner
        .map_or("(nothing)", |partner| text(side.other(), partner));
    let shown = format!(
        "    {}, seed {}: {} ({})\n      {side:?}: {own}\n      became: {partner}\n      said: {} {}",
        document.name(),
        trial.seed,
        known.fact.done.name(),
        known.fact.how,
        said(row).name(),
        shown(policies, row),
    );
    if listed {
        table.mistakes.push(shown.clone());
    }
    if worse {
        table.worst = Some((words, shown));
    }
}

/// The words of a row with `[-gone-]` and `{+come+}`.
fn shown(policies: Pair<&Policy>, row: &Row) -> String {
    let words = row.words.iter().map(|words| {
        let text = |side: Side| words.text[side].map_or("", |range| range.of(&policies[side].text));
        match words.op {
            Op::Equal => text(Side::Right).to_owned(),
            Op::Delete => format!("[-{}-]", text(Side::Left)),
            Op::Insert => format!("{{+{}+}}", text(Side::Right)),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}
