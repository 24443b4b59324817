//! Writes the right text: what is moved where, what goes, what comes, what is edited.

mod places;
mod sentences;

use crate::documents::Document;
use crate::edits::{self, Lender};
use crate::pieces::{self, Unit};
use crate::score::Done;
use crate::trial::Fact;
use crate::{figures, look};
use fastrand::Rng;
use policy_tui::model::{BlockKind, Policy};
use sentences::{Lifts, cut_in_two, lowered};
use std::ops::Range;

/// What is done to a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Keep,
    Edit,
    Remove,
    Move,
    MoveAndEdit,
}

impl Act {
    fn moves(self) -> bool {
        matches!(self, Self::Move | Self::MoveAndEdit)
    }
}

/// The right text while it is written, and what each stretch of it is.
#[derive(Default)]
pub(crate) struct Written {
    /// The Markdown.
    pub(crate) text: String,
    /// The stretch of a clause, the clause it was, and what was done.
    pub(crate) marks: Vec<(Range<usize>, Option<usize>, Fact)>,
    /// What went.
    pub(crate) removed: Vec<(usize, Fact)>,
}

const RUN_TOGETHER: Fact = Fact {
    done: Done::Regrouped,
    how: "two sentences run together",
};
/// A paragraph that was broken before this sentence.
pub(crate) const BROKEN: Fact = Fact {
    done: Done::Formatting,
    how: "paragraph broken",
};

/// Edits a document. Nothing when nobody can lend it words.
pub(crate) fn write(document: &Document, all: &[Document], seed: u64) -> Option<Written> {
    let name = document.name().bytes().map(u64::from);
    let sum = name.fold(seed + 1, |sum, b| sum.wrapping_mul(1_099_511_628_211) ^ b);
    let mut rng = Rng::with_seed(sum);
    let lender = Lender::new(document, all);
    lender.sentence(&mut rng)?;
    let units = pieces::cut(&document.policy);
    let mut author = Author {
        policy: &document.policy,
        units: &units,
        lender,
        // Every other time little is left as it was.
        busy: seed % 2 == 1,
        rng,
        lifts: Lifts::default(),
        out: Written::default(),
    };
    author.write();
    Some(author.out)
}

struct Author<'a> {
    policy: &'a Policy,
    units: &'a [Unit],
    lender: Lender<'a>,
    busy: bool,
    rng: Rng,
    lifts: Lifts,
    out: Written,
}

impl Author<'_> {
    fn write(&mut self) {
        let mut acts = self.acts();
        let arrivals = self.destinations(&mut acts);
        let moving = self.words(&acts, Act::moves);
        self.lifts = self.lifts(&acts, moving);
        let mut before: Option<usize> = None;
        for (at, &act) in acts.iter().enumerate() {
            match act {
                Act::Remove => self.remove(at),
                act if act.moves() => {}
                act => {
                    self.unit(at, act, before);
                    before = Some(at);
                }
            }
            let last = at + 1 == acts.len();
            if !last && self.may_part(at) && self.rng.u8(..100) < 6 {
                before = None;
                self.paragraph();
            }
            for &moved in arrivals.get(&at).into_iter().flatten() {
                self.unit(moved, acts[moved], before);
                before = Some(moved);
            }
        }
    }

    fn remove(&mut self, at: usize) {
        let fact = Fact {
            done: Done::Removed,
            how: "paragraph taken out",
        };
        let clauses = self.units[at].clauses.clone();
        self.out
            .removed
            .extend(clauses.map(|clause| (clause, fact)));
    }

    /// Parts what is written from what comes: as in the original where the two were neighbours.
    fn part(&mut self, before: Option<usize>, at: usize) {
        let neighbours = before.is_some_and(|before| before + 1 == at);
        let start = self.units[at].source.start;
        let end = at.checked_sub(1).map_or(0, |at| self.units[at].source.end);
        if neighbours || (at == 0 && self.out.text.is_empty()) {
            self.out.text.push_str(&self.policy.source[end..start]);
        } else if !self.out.text.is_empty() {
            self.out.text.push_str("\n\n");
        }
    }

    /// A paragraph of another policy.
    fn paragraph(&mut self) {
        self.out.text.push_str("\n\n");
        for number in 0..1 + self.rng.usize(..3) {
            if number > 0 {
                self.out.text.push(' ');
            }
            self.sentence("paragraph put in");
        }
    }

    /// A sentence of another policy that is not much like one of this.
    fn sentence(&mut self, how: &'static str) {
        let fact = Fact {
            done: Done::Added,
            how,
        };
        let Some(new) = self.lender.sentence(&mut self.rng) else {
            return;
        };
        let start = self.out.text.len();
        self.out.text.push_str(new);
        self.out
            .marks
            .push((start..self.out.text.len(), None, fact));
    }

    /// Writes a unit with its clauses as they become.
    fn unit(&mut self, at: usize, act: Act, before: Option<usize>) {
        self.part(before, at);
        let unit = &self.units[at];
        let source = &self.policy.source;
        let broken = act == Act::Keep && self.rng.u8(..10) == 0 && self.is_paragraph(unit);
        let mut from = unit.source.start;
        let mut joined = false;
        for clause in unit.clauses.clone() {
            let span = self.policy.clauses[clause].span.range();
            if span.start < from || span.end > unit.source.end {
                continue;
            }
            let between = &source[from..span.start];
            from = span.end;
            if self.lifts.from.contains(&clause) {
                continue;
            }
            let text = &source[span.clone()];
            let apart = between.trim().is_empty() && self.may_lose(unit, clause) && !joined;
            if act == Act::Edit && apart && self.rng.u8(..12) == 0 {
                let fact = Fact {
                    done: Done::Removed,
                    how: "sentence taken out",
                };
                self.out.removed.push((clause, fact));
                continue;
            }
            if std::mem::take(&mut joined) {
                self.mark(clause, &lowered(text).unwrap_or_default(), RUN_TOGETHER);
                continue;
            }
            if act == Act::Edit && self.may_join(unit, clause) && self.rng.u8(..10) == 0 {
                self.out.text.push_str(between);
                self.mark(clause, text.trim_end_matches('.'), RUN_TOGETHER);
                joined = true;
                continue;
            }
            let (mut text, mut fact) = self.clause(unit, clause, text, act);
            let plain = act == Act::Edit && fact.done == Done::Same && between == " ";
            if plain && self.is_prose(unit, clause) && self.rng.u8(..10) == 0 {
                self.out.text.push_str("\n\n");
                fact = BROKEN;
            } else {
                self.out.text.push_str(between);
            }
            if broken {
                text = look::reflow(&text, &mut self.rng);
            }
            self.mark(clause, &text, fact);
            self.put_after(unit, clause, act);
        }
        self.out.text.push_str(&source[from..unit.source.end]);
    }

    /// Writes a clause as it became.
    fn mark(&mut self, clause: usize, text: &str, fact: Fact) {
        let start = self.out.text.len();
        self.out.text.push_str(text);
        let range = start..self.out.text.len();
        self.out.marks.push((range, Some(clause), fact));
    }

    /// Puts after a sentence what comes there: one that left its place, or one of another policy.
    fn put_after(&mut self, unit: &Unit, clause: usize, act: Act) {
        if let Some(&lifted) = self.lifts.after.get(&clause) {
            let text = self.policy.clauses[lifted].span.of(&self.policy.source);
            self.out.text.push(' ');
            let words = edits::words(text).len();
            let edited = self
                .moved_and_edited(text, words)
                .filter(|_| self.rng.bool());
            let (text, done, how) =
                edited.unwrap_or((text.to_owned(), Done::Moved, "sentence moved"));
            self.mark(lifted, &text, Fact { done, how });
        } else if act == Act::Edit && self.is_prose(unit, clause) && self.rng.u8(..12) == 0 {
            self.out.text.push(' ');
            self.sentence("sentence put in");
        }
    }

    fn is_paragraph(&self, unit: &Unit) -> bool {
        !unit.frozen
            && unit
                .clauses
                .clone()
                .all(|clause| self.kind(clause) == BlockKind::Paragraph)
    }

    fn kind(&self, clause: usize) -> BlockKind {
        self.policy.blocks[self.policy.clauses[clause].block as usize].kind
    }

    /// A sentence that can go without taking its paragraph with it.
    fn may_lose(&self, unit: &Unit, clause: usize) -> bool {
        self.is_paragraph(unit) && unit.clauses.len() > 1 && clause > unit.clauses.start
    }

    /// A whole sentence of running text, after which another may stand.
    fn is_prose(&self, unit: &Unit, clause: usize) -> bool {
        let span = self.policy.clauses[clause].span.of(&self.policy.source);
        self.is_paragraph(unit) && span.ends_with('.')
    }

    /// The source of a clause as it becomes, and what was done to it.
    fn clause(&mut self, unit: &Unit, clause: usize, text: &str, act: Act) -> (String, Fact) {
        let words = edits::words(text).len();
        let (done, how) = match act {
            Act::Move | Act::MoveAndEdit => (Done::Moved, "moved"),
            _ => (Done::Same, "nothing"),
        };
        let as_is = || (text.to_owned(), Fact { done, how });
        if unit.frozen {
            return as_is();
        }
        let edited = match act {
            Act::Move if self.rng.u8(..8) == 0 => self
                .restyle(clause, text)
                .map(|(text, _)| (text, done, "moved and restyled")),
            Act::MoveAndEdit if words >= 6 && self.rng.u8(..10) < 8 => {
                self.moved_and_edited(text, words)
            }
            Act::Edit => self.edit(clause, text, words),
            Act::Keep => self.touch_up(clause, text),
            _ => None,
        };
        edited.map_or_else(as_is, |(text, done, how)| (text, Fact { done, how }))
    }

    fn moved_and_edited(
        &mut self,
        text: &str,
        words: usize,
    ) -> Option<(String, Done, &'static str)> {
        if self.rng.u8(..8) == 0
            && let Some(new) = figures::renumber(text, &mut self.rng)
        {
            return Some((new, Done::MovedAndEdited, "moved and renumbered"));
        }
        let budget = 1 + self.rng.usize(..words / 3);
        let new = edits::reword(text, &self.lender, budget, &mut self.rng)?;
        let how = if budget * 6 <= words {
            "moved, up to a sixth of the words changed"
        } else {
            "moved, up to a third of the words changed"
        };
        Some((new, Done::MovedAndEdited, how))
    }

    /// An edit in place.
    fn edit(
        &mut self,
        clause: usize,
        text: &str,
        words: usize,
    ) -> Option<(String, Done, &'static str)> {
        match self.rng.u8(..10) {
            0..=4 if words >= 4 => {
                let budget = 1 + self.rng.usize(..(words / 3).max(1));
                let new = edits::reword(text, &self.lender, budget, &mut self.rng)?;
                if self.rng.u8(..4) == 0
                    && let Some((restyled, _)) = self.restyle(clause, &new)
                {
                    return Some((restyled, Done::Wording, "some words changed, and the form"));
                }
                Some((new, Done::Wording, "up to a third of the words changed"))
            }
            5 if words >= 8 => {
                let budget = words / 3 + self.rng.usize(..words / 4);
                let new = edits::reword(text, &self.lender, budget, &mut self.rng)?;
                Some((
                    new,
                    Done::Rewritten,
                    "up to three fifths of the words changed",
                ))
            }
            6..=7 => self.touch_up(clause, text),
            8 => {
                let halves = cut_in_two(text)?;
                Some((halves, Done::Regrouped, "sentence cut in two"))
            }
            _ => None,
        }
    }

    /// Figures where there are some, else now and then the form.
    fn touch_up(&mut self, clause: usize, text: &str) -> Option<(String, Done, &'static str)> {
        if self.rng.u8(..3) == 0
            && let Some(new) = figures::renumber(text, &mut self.rng)
        {
            return Some((new, Done::Numbers, "figures changed"));
        }
        if self.rng.u8(..12) > 0 {
            return None;
        }
        let (new, how) = self.restyle(clause, text)?;
        Some((new, Done::Formatting, how))
    }

    fn restyle(&mut self, clause: usize, text: &str) -> Option<(String, &'static str)> {
        let kind = self.kind(clause);
        let unit = self
            .units
            .iter()
            .find(|unit| unit.clauses.contains(&clause))?;
        let around = &self.policy.source[unit.source.clone()];
        look::restyle(
            text,
            !around.contains(['[', '*', '_', '<', '`']),
            kind == BlockKind::Heading,
            kind == BlockKind::Item,
            &mut self.rng,
        )
    }
}
