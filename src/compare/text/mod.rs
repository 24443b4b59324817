//! By text: a matching of clauses → rows in reading order.
//!
//! Rows follow the document: pairs in place are the spine; between two of them stand first the
//! rows of the left side alone (removed, or moved away), then those of the right side alone (added,
//! or moved here).

pub(super) mod align;
mod chain;
pub(super) mod common;
mod likeness;
mod matching;
mod moves;
mod splits;

use crate::compare::keys::{self, Text};
use crate::compare::looks::same_form;
use crate::compare::{
    By, Class, Comparison, Input, Row, RowKind, Summary, counted::relinked, notes, turns, verdict,
    words::changes,
};
use crate::model::{ClauseId, Pair, Policy, Side, at_once};
use matching::{Group, Matching, matching};

/// The rows of two versions of one text, in reading order, without topics. `flip` says that the
/// right side comes first in canonical order, so that exchanging the sides mirrors the result
/// exactly.
pub(super) fn rows(policies: Pair<&Policy>, flip: bool) -> Vec<Row> {
    let texts = keys::texts(policies);
    let sides = texts.as_ref();
    let found = if flip {
        matching(sides.swapped()).swapped()
    } else {
        matching(sides)
    };
    let mut builder = Builder {
        sides,
        found: &found,
        flip,
        rows: Vec::new(),
        before: None,
        ends: vec![Pair::new(None, None); found.groups.len()],
        edited: Vec::new(),
    };
    builder.run();
    builder.compare_words();
    builder.rows
}

/// Gives rows their topics, and makes of them what they come to.
pub(super) fn label(pair: Pair<Input<'_>>, mut rows: Vec<Row>, summary: Summary) -> Comparison {
    for row in &mut rows {
        row.topic = Side::BOTH.into_iter().find_map(|side| {
            let first = *row.clauses[side].first()?;
            pair[side].labels.of(first).main()
        });
    }
    Comparison {
        by: By::Text,
        summary,
        topics: verdict::by_text(pair, &rows),
        practices: Vec::new(),
        rest: 0..0,
        turns: turns::of(pair, &rows),
        relinked: relinked(pair.map(|input| input.policy), &rows),
        notes: notes::by_text(pair, &rows),
        rows,
    }
}

struct Builder<'a> {
    sides: Pair<&'a Text<'a>>,
    found: &'a Matching,
    flip: bool,
    rows: Vec<Row>,
    /// The last clauses of the pair before, in place.
    before: Option<Pair<u32>>,
    /// The row at each end of a group that moved.
    ends: Vec<Pair<Option<usize>>>,
    /// The rows whose words are still to be compared, each with its clauses; of the two ends of a
    /// group that moved the first.
    edited: Vec<(usize, Pair<Vec<ClauseId>>)>,
}

/// Comparing the words of a pair takes about as long as reading so many bytes.
const BYTES_A_PAIR: usize = 350;

impl Builder<'_> {
    fn run(&mut self) {
        let mut spine: Vec<&Group> = self
            .found
            .groups
            .iter()
            .filter(|group| !group.moved)
            .collect();
        // Long runs rise already, which a stable sort merges.
        spine.sort_by_key(|group| group.clauses.left.first().copied());
        let mut at = Pair::new(0, 0);
        for group in spine {
            for side in Side::BOTH {
                let first = group.clauses[side].first().copied().unwrap_or(at[side]);
                self.one_sided(side, at[side]..first);
                at[side] = group.clauses[side].last().map_or(first, |last| last + 1);
            }
            let row = self.in_place(group);
            self.rows.push(row);
            self.before = last(group);
        }
        for side in Side::BOTH {
            self.one_sided(side, at[side]..self.sides[side].len());
        }
        self.link_ends();
    }

    /// Rows for clauses that stand on one side only, at this place.
    fn one_sided(&mut self, side: Side, clauses: std::ops::Range<u32>) {
        for clause in clauses {
            let number = self.found.of[side][clause as usize];
            // The row of a group stands at its first clause.
            let shown = self.ends.get(number as usize);
            if shown.is_some_and(|ends| ends[side].is_some()) {
                continue;
            }
            let row = match self.found.groups.get(number as usize) {
                Some(group) => {
                    let ends = &mut self.ends[number as usize];
                    ends[side] = Some(self.rows.len());
                    let first = ends[side.other()].is_none();
                    self.moved(side, group, first)
                }
                None => {
                    let kind = match side {
                        Side::Left => RowKind::Removed,
                        Side::Right => RowKind::Added,
                    };
                    let mut clauses = Pair::default();
                    clauses[side] = vec![ClauseId(clause)];
                    // A rule or a bullet left alone says nothing.
                    let says = self.sides[side].words[clause as usize] > 0;
                    let class = if says {
                        Class::Wording
                    } else {
                        Class::Formatting
                    };
                    row(kind, class, clauses, Vec::new())
                }
            };
            self.rows.push(row);
        }
    }

    /// The next row, of clauses that stand in place.
    fn in_place(&mut self, group: &Group) -> Row {
        let clauses = ids(group);
        if let ([left], [right]) = (&group.clauses.left[..], &group.clauses.right[..])
            && self.same_key(*left, *right)
            && same_form(self.sides, *left, *right)
            && !self.parted(*left, *right)
        {
            return row(RowKind::Same, Class::None, clauses, Vec::new());
        }
        self.edited.push((self.rows.len(), clauses.clone()));
        row(RowKind::Changed, Class::None, clauses, Vec::new())
    }

    fn same_key(&self, left: u32, right: u32) -> bool {
        self.sides.left.keys[left as usize] == self.sides.right.keys[right as usize]
    }

    /// Whether a clause shares its paragraph with the pair before on one side only: a break was put
    /// in or taken out between them.
    fn parted(&self, left: u32, right: u32) -> bool {
        let together = |side: Side, before: u32, this: u32| {
            let clauses = &self.sides[side].policy.clauses;
            let block = |clause: u32| clauses.get(clause as usize).map(|clause| clause.block);
            block(before) == block(this)
        };
        self.before.is_some_and(|before| {
            together(Side::Left, before.left, left) != together(Side::Right, before.right, right)
        })
    }

    /// The next row, one end of a clause that moved; `first` says that it is the first of the two.
    fn moved(&mut self, side: Side, group: &Group, first: bool) -> Row {
        let both = ids(group);
        let mut clauses = Pair::default();
        clauses[side] = both[side].clone();
        if let ([left], [right]) = (&group.clauses.left[..], &group.clauses.right[..])
            && self.same_key(*left, *right)
        {
            return row(RowKind::Moved, Class::Order, clauses, Vec::new());
        }
        if first {
            self.edited.push((self.rows.len(), both));
        }
        row(RowKind::MovedAndEdited, Class::Order, clauses, Vec::new())
    }

    /// Compares the words of all pairs, half of them on a thread of its own where they are many.
    fn compare_words(&mut self) {
        let (sides, edited, flip) = (self.sides, &self.edited, self.flip);
        let half = |odd: usize| -> Vec<(usize, Class, Vec<super::Words>)> {
            let own = edited.iter().skip(odd).step_by(2);
            own.map(|(row, clauses)| {
                let (class, words) = changes::between(sides, clauses, flip);
                (*row, class, words)
            })
            .collect()
        };
        let (even, odd) = at_once(BYTES_A_PAIR * edited.len(), || half(0), || half(1));
        for (row, class, words) in even.into_iter().chain(odd) {
            let rows = [self.rows[row].partner, Some(row)];
            for row in rows.into_iter().flatten() {
                let row = &mut self.rows[row];
                row.class = class.max(row.class);
                row.words.clone_from(&words);
            }
        }
    }

    fn link_ends(&mut self) {
        for end in &self.ends {
            if let (Some(left), Some(right)) = (end.left, end.right) {
                self.rows[left].partner = Some(right);
                self.rows[right].partner = Some(left);
            }
        }
    }
}

/// A row that has no topic yet.
fn row(kind: RowKind, class: Class, clauses: Pair<Vec<ClauseId>>, words: Vec<super::Words>) -> Row {
    Row {
        kind,
        class,
        topic: None,
        clauses,
        words,
        partner: None,
    }
}

fn last(group: &Group) -> Option<Pair<u32>> {
    Some(Pair::new(
        *group.clauses.left.last()?,
        *group.clauses.right.last()?,
    ))
}

fn ids(group: &Group) -> Pair<Vec<ClauseId>> {
    group
        .clauses
        .as_ref()
        .map(|side| side.iter().map(|&clause| ClauseId(clause)).collect())
}
