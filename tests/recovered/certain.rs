//! What can be known for certain of what was done.
//!
//! A clause is left out of the reckoning, by what was done and never by what came out, when
//!
//! - its words stand more than once on either side: which of them moved nobody can tell;
//! - it holds no word;
//! - the parser does not give it back as one clause: an edit that makes two sentences of one, or
//!   puts a paragraph into the middle of a list, is not one edit;
//! - it was not touched, but reads otherwise in its new surroundings (an item counts on, a line
//!   became part of a list);
//! - it was edited or removed and is as much like another clause that was edited, removed or added:
//!   then it is open which became which.

use crate::author::{BROKEN, Written};
use crate::edits;
use crate::score::Done;
use crate::trial::{Fact, Known};
use policy_tui::model::{Pair, Policy};
use std::collections::HashMap;

/// How many clauses of both sides were left out, by reason.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LeftOut {
    /// Read in another way than they were written, or without a word.
    pub(crate) parsed: usize,
    /// Standing more than once.
    pub(crate) repeated: usize,
    /// As much like another.
    pub(crate) twins: usize,
}

/// What is known of the clauses of both sides, and of how many nothing is.
pub(crate) fn known(
    policies: Pair<&Policy>,
    written: &Written,
) -> (Pair<Vec<Option<Known>>>, LeftOut) {
    let mut known = policies.map(|policy| vec![None; policy.clauses.len()]);
    for &(clause, fact) in &written.removed {
        known.left[clause] = Some(Known {
            fact,
            partner: None,
        });
    }
    for (mark, clauses) in written.marks.iter().zip(landed(policies.right, written)) {
        let &(_, left, fact) = mark;
        let (right, more) = match clauses[..] {
            [right] => (right, None),
            [first, second] if fact.done == Done::Regrouped => (first, Some(second)),
            _ => continue,
        };
        if let Some(more) = more {
            known.right[more] = Some(Known {
                fact,
                partner: left,
            });
        }
        if let Some(left) = left {
            if fact.done.keeps_words() && !reads_alike(policies, left, right, fact) {
                continue;
            }
            known.left[left] = Some(Known {
                fact,
                partner: Some(right),
            });
        }
        known.right[right] = Some(Known {
            fact,
            partner: left,
        });
    }
    let unknown = |known: &Pair<Vec<Option<Known>>>| {
        let none = |side: &Vec<Option<Known>>| side.iter().filter(|known| known.is_none()).count();
        none(&known.left) + none(&known.right)
    };
    let parsed = unknown(&known);
    drop_repeats(policies, &mut known);
    let repeated = unknown(&known) - parsed;
    drop_twins(policies, &mut known);
    let twins = unknown(&known) - parsed - repeated;
    let left_out = LeftOut {
        parsed,
        repeated,
        twins,
    };
    (known, left_out)
}

/// The right clauses that each mark became: one, or the mark is of no use. A clause that holds
/// several marks counts for none.
fn landed(right: &Policy, written: &Written) -> Vec<Vec<usize>> {
    let mut landed = vec![Vec::new(); written.marks.len()];
    for (at, clause) in right.clauses.iter().enumerate() {
        let span = clause.span.range();
        let first = written
            .marks
            .partition_point(|(range, ..)| range.end <= span.start);
        let met: Vec<usize> = (first..written.marks.len())
            .take_while(|&mark| written.marks[mark].0.start < span.end)
            .collect();
        let together = met
            .iter()
            .all(|&mark| written.marks[mark].2.done == Done::Regrouped);
        for &mark in &met {
            landed[mark].push(at);
            if met.len() > 1 && !together {
                landed[mark].extend([at, at]);
            }
        }
    }
    landed
}

/// Letters and figures alone, without the number that opens a heading or an item.
fn letters(policy: &Policy, clause: usize) -> String {
    let text = policy.clauses[clause].text.of(&policy.text);
    let words = text.trim_start_matches(|c: char| !c.is_alphabetic());
    let words = if words.is_empty() { text } else { words };
    words
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether a clause whose words nobody touched reads the same where it is now.
fn reads_alike(policies: Pair<&Policy>, left: usize, right: usize, fact: Fact) -> bool {
    let block = |policy: &Policy, clause: usize| {
        let block = &policy.blocks[policy.clauses[clause].block as usize];
        let opens = block.clauses.0 as usize == clause;
        (
            block.kind,
            block.depth,
            block.marker,
            opens && fact != BROKEN,
        )
    };
    let (l, r) = (letters(policies.left, left), letters(policies.right, right));
    l == r
        && (fact.done == Done::Moved || block(policies.left, left) == block(policies.right, right))
}

/// Leaves out what stands more than once, and what says nothing.
fn drop_repeats(policies: Pair<&Policy>, known: &mut Pair<Vec<Option<Known>>>) {
    let texts = |policy: &Policy| -> Vec<String> {
        (0..policy.clauses.len())
            .map(|clause| letters(policy, clause))
            .collect()
    };
    let texts = policies.map(texts);
    let counts = texts.as_ref().map(|side| {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for text in side {
            *counts.entry(text).or_default() += 1;
        }
        counts
    });
    let repeated = |text: &str| {
        let often =
            |counts: &HashMap<&str, usize>| counts.get(text).is_some_and(|&count| count > 1);
        text.is_empty() || often(&counts.left) || often(&counts.right)
    };
    for left in 0..texts.left.len() {
        if repeated(&texts.left[left]) {
            forget(
                known,
                Some(left),
                known.left[left].and_then(|known| known.partner),
            );
        }
    }
    for right in 0..texts.right.len() {
        if repeated(&texts.right[right]) {
            forget(
                known,
                known.right[right].and_then(|known| known.partner),
                Some(right),
            );
        }
    }
    // Added, but it was there before; removed, but it is there still.
    for right in 0..texts.right.len() {
        let added = known.right[right].is_some_and(|known| known.fact.done == Done::Added);
        if added && counts.left.contains_key(&texts.right[right][..]) {
            forget(known, None, Some(right));
        }
    }
    for left in 0..texts.left.len() {
        let removed = known.left[left].is_some_and(|known| known.fact.done == Done::Removed);
        if removed && counts.right.contains_key(&texts.left[left][..]) {
            forget(known, Some(left), None);
        }
    }
}

fn forget(known: &mut Pair<Vec<Option<Known>>>, left: Option<usize>, right: Option<usize>) {
    if let Some(left) = left {
        known.left[left] = None;
    }
    if let Some(right) = right {
        known.right[right] = None;
    }
}

/// As much alike as this, two clauses that have nothing to do with each other could be taken for
/// one that was edited.
const TWINS: f64 = 0.5;

/// Leaves out clauses that lost or changed words and are as much like another such clause of the
/// other side as they are like what they became.
fn drop_twins(policies: Pair<&Policy>, known: &mut Pair<Vec<Option<Known>>>) {
    let bag = |policy: &Policy, clause: usize| -> Vec<String> {
        let text = policy.clauses[clause].text.of(&policy.text);
        let mut words = edits::plain(text);
        words.sort();
        words
    };
    let loose = |policy: &Policy, known: &[Option<Known>]| -> Vec<(usize, Vec<String>)> {
        (0..known.len())
            .filter(|&at| known[at].is_none_or(|known| known.fact.done.changes_words()))
            .map(|at| (at, bag(policy, at)))
            .collect()
    };
    let lefts = loose(policies.left, &known.left);
    let rights = loose(policies.right, &known.right);
    let mut twins = Vec::new();
    for (left, words) in &lefts {
        let partner = known.left[*left].and_then(|known| known.partner);
        let own = rights
            .iter()
            .find(|(right, _)| Some(*right) == partner)
            .map_or(TWINS, |(_, other)| alike(words, other));
        for (right, other) in &rights {
            if Some(*right) == partner {
                continue;
            }
            let theirs = known.right[*right].and_then(|known| known.partner);
            let rival = theirs
                .and_then(|theirs| lefts.iter().find(|(left, _)| *left == theirs))
                .map_or(TWINS, |(_, words)| alike(words, other));
            if alike(words, other) >= own.max(rival) {
                twins.push((*left, *right));
            }
        }
    }
    for (left, right) in twins {
        let partner = known.left[left].and_then(|known| known.partner);
        forget(known, Some(left), partner);
        let partner = known.right[right].and_then(|known| known.partner);
        forget(known, partner, Some(right));
    }
}

/// Twice the words in common over the words of both.
fn alike(a: &[String], b: &[String]) -> f64 {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                i += 1;
                j += 1;
            }
        }
    }
    2.0 * f64::from(common) / (a.len() + b.len()).max(1) as f64
}
