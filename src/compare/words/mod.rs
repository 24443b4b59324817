//! The words of a pair of cells, compared: which stay, which go, which come.
//!
//! Cells up to [`EXACT_LIMIT`] are solved exactly: of all alignments the one that keeps the most
//! weight, where content words weigh more than function words and punctuation, and neighbours kept
//! together weigh extra. Larger ones go to Myers' algorithm. [`tidy`] then drops islands.

pub(super) mod changes;
mod classes;
mod moments;
mod stand_ins;
mod stretches;
#[cfg(test)]
mod tests;
mod tidy;

use crate::compare::dates;
use crate::compare::function_words;
use crate::compare::text::align::kept;
use crate::compare::tokens::letters;
use crate::compare::tokens::{self, Kind, Token};
use crate::model::{Pair, Side};
use imara_diff::{Algorithm, Diff};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Left tokens × right tokens, ends in common taken off, up to which the exact method is used.
const EXACT_LIMIT: usize = 40_000;
/// What tokens that stay weigh; within [`EXACT_LIMIT`] at most 200 do, of 16 each.
type Weight = u16;
/// The key of every figure and part of a date where only their places count.
const SOME_FIGURE: u64 = 1;
/// What it gains to keep a token right after its neighbour.
const TOGETHER: Weight = 4;

/// A stretch of tokens of both cells. An equal step has the same words on both sides; a changed
/// one has at least one token on either.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// Whether the words are the same.
    pub(super) equal: bool,
    /// The tokens, as places in each cell's list.
    pub(super) at: Pair<Range<usize>>,
}

/// Two cells, read into tokens, and the texts that the tokens count in.
#[derive(Clone, Copy)]
pub(super) struct Cells<'a> {
    /// The policies' texts.
    pub(super) text: Pair<&'a str>,
    /// The tokens.
    pub(super) tokens: Pair<&'a [Token]>,
}

impl<'a> Cells<'a> {
    /// The characters of a token.
    pub(super) fn raw(&self, token: &Token, text: &'a str) -> &'a str {
        text.get(token.start as usize..token.end as usize)
            .unwrap_or("")
    }

    /// Whether the step's two sides have the same letters, figures and marks, joined or parted.
    fn same_letters(&self, at: &Pair<Range<usize>>) -> bool {
        let (l, r) = (
            &self.tokens.left[at.left.clone()],
            &self.tokens.right[at.right.clone()],
        );
        if l.len().max(r.len()) > 8 {
            return false;
        }
        // "US" is a country only where the clause has small letters.
        let raw = |side: Side, tokens: &[Token]| -> Option<&str> {
            let range = tokens.first()?.start as usize..tokens.last()?.end as usize;
            self.text[side].get(range)
        };
        let struck = |tokens: &[Token]| tokens.iter().any(|token| token.struck);
        if struck(l) == struck(r) && raw(Side::Left, l) == raw(Side::Right, r) {
            return true;
        }
        let (mut a, mut b) = (Vec::new(), Vec::new());
        letters::letters(self.text.left, l, &mut a);
        letters::letters(self.text.right, r, &mut b);
        !a.is_empty() && a == b
    }
}

/// Compares two cells, form aside.
pub(super) fn diff(cells: Cells<'_>) -> Vec<Step> {
    let pairs = figures_alone(cells)
        .or_else(|| stand_ins::marks_alone(cells))
        .or_else(|| stand_ins::dates_alone(cells))
        .unwrap_or_else(|| pair_tokens(cells.tokens, |token| token.key));
    join_equal(cells, steps(&pairs, cells.tokens))
}

/// The same for reading: islands dropped, edges at phrase ends, changed quotes and bullets left out.
pub(super) fn readable(steps: Vec<Step>, cells: Cells<'_>) -> Vec<Step> {
    let mut tidied = tidy::drop_islands(steps, cells);
    tidy::slide(&mut tidied, cells);
    tidy::absorb_form(tidied, cells)
}

/// The tokens that stay where the cells have the same words, and figures at the same places, of
/// which some are others; nothing where more changed, or less. Word by word "2 to 6" and "6 to 8"
/// would share a figure that is not the same.
fn figures_alone(cells: Cells<'_>) -> Option<Vec<(usize, usize)>> {
    let hard = |side: Side| cells.tokens[side].iter().filter(|token| token.is_hard());
    if hard(Side::Left).count() != hard(Side::Right).count() {
        return None;
    }
    let masked = |side: Side, token: &Token| {
        let raw = cells.raw(token, cells.text[side]);
        if dates::is_dated(token, raw) {
            SOME_FIGURE
        } else {
            token.key
        }
    };
    let mut both = hard(Side::Left).zip(hard(Side::Right));
    if !both.all(|(l, r)| masked(Side::Left, l) == masked(Side::Right, r)) {
        return None;
    }
    let masked = |side: Side| -> Vec<Token> {
        let mask = |token: &Token| Token {
            key: masked(side, token),
            ..*token
        };
        cells.tokens[side].iter().map(mask).collect()
    };
    let (left, right) = (masked(Side::Left), masked(Side::Right));
    let mut pairs = pair_tokens(Pair::new(&left, &right), |token| token.key);
    let key = |side: Side, at: usize| cells.tokens[side].get(at).map(|token| token.key);
    pairs.retain(|&(l, r)| key(Side::Left, l) == key(Side::Right, r));
    Some(pairs)
}

/// Compares two cells character for character: what a change of form changed.
pub(super) fn diff_form(cells: Cells<'_>) -> Vec<Step> {
    let exact = |text: &str, tokens: &[Token]| -> Vec<Token> {
        tokens
            .iter()
            .map(|token| Token {
                key: tokens::word_key(
                    text.get(token.start as usize..token.end as usize)
                        .unwrap_or(""),
                ),
                ..*token
            })
            .collect()
    };
    let left = exact(cells.text.left, cells.tokens.left);
    let right = exact(cells.text.right, cells.tokens.right);
    let tokens = Pair::new(&left[..], &right[..]);
    steps(&pair_tokens(tokens, |token| token.key), tokens)
}

fn weight(token: &Token) -> Weight {
    match token.kind {
        Kind::Word if function_words::is_english(token.key) => 4,
        Kind::Word | Kind::Number | Kind::Address => 12,
        Kind::Mark => 2,
        Kind::Soft => 1,
    }
}

/// The tokens that stay, as rising pairs of places.
fn pair_tokens(tokens: Pair<&[Token]>, key: impl Fn(&Token) -> u64 + Copy) -> Vec<(usize, usize)> {
    let (l, r) = (tokens.left, tokens.right);
    let head = l
        .iter()
        .zip(r)
        .take_while(|(a, b)| key(a) == key(b))
        .count();
    let tail = l[head..]
        .iter()
        .rev()
        .zip(r[head..].iter().rev())
        .take_while(|(a, b)| key(a) == key(b))
        .count();
    let (middle_l, middle_r) = (&l[head..l.len() - tail], &r[head..r.len() - tail]);
    let mut pairs: Vec<_> = (0..head).map(|at| (at, at)).collect();
    if !middle_l.is_empty() && !middle_r.is_empty() {
        let found = if middle_l.len() * middle_r.len() <= EXACT_LIMIT {
            exact(middle_l, middle_r, key)
        } else {
            fast(middle_l, middle_r, key)
        };
        pairs.extend(found.into_iter().map(|(a, b)| (a + head, b + head)));
    }
    pairs.extend(
        (0..tail)
            .rev()
            .map(|back| (l.len() - 1 - back, r.len() - 1 - back)),
    );
    pairs
}

/// The heaviest alignment, by dynamic programming over two states: best so far, and best so far
/// that ends in a kept pair.
fn exact(l: &[Token], r: &[Token], key: impl Fn(&Token) -> u64) -> Vec<(usize, usize)> {
    let width = r.len() + 1;
    let keys: Vec<u64> = r.iter().map(&key).collect();
    // best[i][j]: over l[..i], r[..j]; run[i][j]: the same, ending in the pair (i-1, j-1), or 0.
    let mut best = vec![0 as Weight; (l.len() + 1) * width];
    let mut run = vec![0 as Weight; (l.len() + 1) * width];
    for (i, token) in l.iter().enumerate() {
        let (key, gain) = (key(token), weight(token));
        for (j, &other) in keys.iter().enumerate() {
            let (here, up, back) = (
                (i + 1) * width + j + 1,
                i * width + j + 1,
                (i + 1) * width + j,
            );
            let mut top = best[up].max(best[back]);
            if key == other {
                let corner = i * width + j;
                let together = if run[corner] > 0 {
                    run[corner] + TOGETHER
                } else {
                    0
                };
                run[here] = best[corner].max(together) + gain;
                top = top.max(run[here]);
            }
            best[here] = top;
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (l.len(), r.len());
    let mut running = false;
    while i > 0 && j > 0 {
        let here = i * width + j;
        if run[here] > 0 && (running || run[here] == best[here]) {
            pairs.push((i - 1, j - 1));
            let corner = (i - 1) * width + j - 1;
            running = run[corner] > 0 && run[corner] + TOGETHER >= best[corner];
            i -= 1;
            j -= 1;
        } else if best[here] == best[here - width] {
            running = false;
            i -= 1;
        } else {
            running = false;
            j -= 1;
        }
    }
    pairs.reverse();
    pairs
}

/// Cells of more tokens than this are held against each other from both ends only: no sentence is
/// that long, and the square of it would take minutes.
const ENDLESS: usize = 20_000;

/// The tokens alike at the start and at the end of both cells.
fn ends_alike(l: &[Token], r: &[Token], key: impl Fn(&Token) -> u64) -> Vec<(usize, usize)> {
    let alike = |(a, b): &(&Token, &Token)| key(a) == key(b);
    let start = l.iter().zip(r).take_while(alike).count();
    let end = l[start..]
        .iter()
        .rev()
        .zip(r[start..].iter().rev())
        .take_while(alike)
        .count();
    let tail = (0..end)
        .rev()
        .map(|back| (l.len() - 1 - back, r.len() - 1 - back));
    (0..start).map(|at| (at, at)).chain(tail).collect()
}

/// Myers' algorithm with heuristics, for cells too large for [`exact`].
fn fast(l: &[Token], r: &[Token], key: impl Fn(&Token) -> u64) -> Vec<(usize, usize)> {
    if l.len().max(r.len()) > ENDLESS {
        return ends_alike(l, r, key);
    }
    let mut numbers: FxHashMap<u64, u32> = FxHashMap::default();
    let mut intern = |tokens: &[Token]| -> Vec<imara_diff::Token> {
        tokens
            .iter()
            .map(|token| {
                let next = crate::compare::keys::as_u32(numbers.len());
                imara_diff::Token(*numbers.entry(key(token)).or_insert(next))
            })
            .collect()
    };
    let (before, after) = (intern(l), intern(r));
    let mut diff = Diff::default();
    diff.compute_with(
        Algorithm::Myers,
        &before,
        &after,
        crate::compare::keys::as_u32(numbers.len()),
    );
    kept(&diff, before.len(), after.len()).collect()
}

/// Cuts two cells into steps by the pairs kept.
fn steps(pairs: &[(usize, usize)], tokens: Pair<&[Token]>) -> Vec<Step> {
    let mut out = Vec::new();
    let (mut l, mut r) = (0, 0);
    let ends = (tokens.left.len(), tokens.right.len());
    for &(a, b) in pairs.iter().chain([&ends]) {
        push(&mut out, false, l..a, r..b);
        if (a, b) != ends {
            push(&mut out, true, a..a + 1, b..b + 1);
        }
        (l, r) = (a + 1, b + 1);
    }
    out
}

/// Appends a step, or grows the last one of the same sort.
pub(super) fn push(out: &mut Vec<Step>, equal: bool, left: Range<usize>, right: Range<usize>) {
    if left.is_empty() && right.is_empty() {
        return;
    }
    match out.last_mut() {
        Some(last) if last.equal == equal => {
            last.at.left.end = left.end;
            last.at.right.end = right.end;
        }
        _ => out.push(Step {
            equal,
            at: Pair::new(left, right),
        }),
    }
}

/// Makes equal the changes that only joined or parted letters ("e-mail", "email").
fn join_equal(cells: Cells<'_>, steps: Vec<Step>) -> Vec<Step> {
    let mut out = Vec::with_capacity(steps.len());
    for step in steps {
        let equal = step.equal || cells.same_letters(&step.at);
        push(&mut out, equal, step.at.left, step.at.right);
    }
    out
}
