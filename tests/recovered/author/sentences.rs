//! Edits that cross the borders of sentences and paragraphs: a sentence that moves by itself, two that
//! are run together, one that is cut in two, paragraphs that are broken or joined.

use super::{Act, Author};
use crate::edits;
use crate::pieces::{Unit, count};
use std::collections::{HashMap, HashSet};

/// Words of all sentences that may move by themselves.
pub(super) const LIFTED: usize = 60;
/// Words from which a sentence moves by itself.
const LONG: usize = 8;

/// Sentences that move by themselves.
#[derive(Default)]
pub(super) struct Lifts {
    /// Those that leave their place.
    pub(super) from: HashSet<usize>,
    /// What arrives after a sentence.
    pub(super) after: HashMap<usize, usize>,
}

impl Author<'_> {
    /// Chooses sentences that move into another paragraph, past more untouched text than all that
    /// moves. `moving` are the words that move with their paragraphs.
    pub(super) fn lifts(&mut self, acts: &[Act], moving: usize) -> Lifts {
        let mut lifts = Lifts::default();
        let mut left = LIFTED;
        for _ in 0..40 {
            let (from, to) = (self.rng.usize(..acts.len()), self.rng.usize(..acts.len()));
            let (Some(lifted), Some(landing)) = (self.any_sentence(from), self.any_sentence(to))
            else {
                continue;
            };
            let words = count(self.policy.clauses[lifted].text.of(&self.policy.text));
            let passed: usize = (from.min(to) + 1..from.max(to))
                .filter(|&at| acts[at] == Act::Keep)
                .map(|at| self.units[at].words)
                .sum();
            let stays = !acts[from].moves() && acts[from] != Act::Remove && acts[to] == Act::Keep;
            let far = passed > moving + LIFTED;
            let fresh = !lifts.from.contains(&landing)
                && !lifts.from.contains(&lifted)
                && !lifts.after.contains_key(&landing)
                && !lifts.after.contains_key(&lifted);
            if stays && far && fresh && (LONG..=left).contains(&words) {
                left -= words;
                lifts.from.insert(lifted);
                lifts.after.insert(landing, lifted);
            }
        }
        lifts
    }

    /// A sentence in the middle of a paragraph, with nothing but a space on either side.
    fn any_sentence(&mut self, unit: usize) -> Option<usize> {
        let unit = self.units.get(unit)?;
        if !self.is_paragraph(unit) || unit.clauses.len() < 3 {
            return None;
        }
        let clause = self.rng.usize(unit.clauses.start + 1..unit.clauses.end - 1);
        let alone = self.follows_a_space(clause) && self.follows_a_space(clause + 1);
        (alone && self.is_prose(unit, clause)).then_some(clause)
    }

    /// Whether nothing but a space stands before a clause.
    pub(super) fn follows_a_space(&self, clause: usize) -> bool {
        let span = |clause: usize| self.policy.clauses[clause].span.range();
        let before = clause.checked_sub(1).map(|before| span(before).end);
        before.is_some_and(|end| self.policy.source.get(end..span(clause).start) == Some(" "))
    }

    /// Whether a sentence can be run together with the one after it.
    pub(super) fn may_join(&self, unit: &Unit, clause: usize) -> bool {
        let source = |clause: usize| self.policy.clauses[clause].span.of(&self.policy.source);
        let next = clause + 1;
        unit.clauses.contains(&next)
            && self.follows_a_space(next)
            && self.is_prose(unit, clause)
            && self.is_prose(unit, next)
            && !self.lifts.from.contains(&clause)
            && !self.lifts.from.contains(&next)
            && lowered(source(next)).is_some()
    }
}

/// A sentence as the second half of another; nothing when it does not begin with a plain word.
pub(super) fn lowered(source: &str) -> Option<String> {
    let mut chars = source.chars();
    let first = chars.next().filter(|c| c.is_uppercase())?;
    let rest = chars.as_str();
    let plain = rest.starts_with(char::is_lowercase) && edits::words(source).len() > 3;
    plain.then(|| format!(", and {}{rest}", first.to_lowercase()))
}

/// A sentence cut in two at an "and" between long halves.
pub(super) fn cut_in_two(source: &str) -> Option<String> {
    let at = source.find(", and ")?;
    let (first, second) = (&source[..at], &source[at + ", and ".len()..]);
    let plain = !source.contains(['[', '*', '_', '<', '`', '(', '“', '"']);
    let long = |half: &str| edits::words(half).len() >= 5;
    let letter = second.chars().next().filter(|c| c.is_lowercase())?;
    let rest = &second[letter.len_utf8()..];
    (plain && long(first) && long(second))
        .then(|| format!("{first}. {}{rest}", letter.to_uppercase()))
}
