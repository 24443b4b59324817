//! Word marks made readable: islands of kept words too small to help a reader are given up, and an
//! insertion that may stand in two places stands where a phrase begins or ends.

use super::{Cells, Step, push};
use crate::compare::dates;
use crate::compare::function_words;
use crate::compare::tokens::{self, Kind, Token};
use crate::model::{Pair, Side};
use std::sync::LazyLock;

/// Points of a content word, a function word and a mark, in an island or a change.
const CONTENT: u32 = 4;
const FUNCTION: u32 = 1;
/// An island of at least this many points (six content words) always stays.
const SAFE: u32 = 6 * CONTENT;
/// An island goes when the changes around it have this many times its points.
const DROWNED: u32 = 3;
/// After so many passes the drowned islands go all at once: a limit for huge cells.
const PASSES: usize = 40;
/// The keys of the brackets that enclose an aside.
static BRACKETS: LazyLock<[u64; 2]> = LazyLock::new(|| ["(", ")"].map(tokens::word_key));
/// How far an insertion may slide, in tokens.
const SLIDE_LIMIT: usize = 64;

fn points(tokens: &[Token]) -> u32 {
    tokens
        .iter()
        .map(|token| match token.kind {
            Kind::Word if function_words::is_english(token.key) => FUNCTION,
            Kind::Word | Kind::Number | Kind::Address => CONTENT,
            Kind::Mark | Kind::Soft => 0,
        })
        .sum()
}

/// Turns equal islands that the changes on both sides drown into changes, weakest first.
pub(super) fn drop_islands(mut steps: Vec<Step>, cells: Cells<'_>) -> Vec<Step> {
    let tokens = cells.tokens;
    for pass in 0.. {
        let doomed: Vec<bool> = (0..steps.len())
            .map(|at| match is_between_figures(&steps, at, cells) {
                true => is_date_mark(&steps[at], cells),
                false => is_drowned(&steps, at, tokens),
            })
            .collect();
        // Neighbouring islands are judged again once the weaker one is gone.
        let weakest = (0..steps.len())
            .filter(|&at| doomed[at])
            .map(|at| points(&tokens.left[steps[at].at.left.clone()]))
            .min();
        let Some(weakest) = weakest else {
            return steps;
        };
        let mut out = Vec::with_capacity(steps.len());
        for (at, step) in steps.iter().enumerate() {
            let gone = doomed[at]
                && (pass >= PASSES || points(&tokens.left[step.at.left.clone()]) <= weakest);
            push(
                &mut out,
                step.equal && !gone,
                step.at.left.clone(),
                step.at.right.clone(),
            );
        }
        steps = out;
    }
    steps
}

/// Whether an equal step stands between changes of figures alone. Those are read one by one: an
/// "or" between two of them is no part of the change.
fn is_between_figures(steps: &[Step], at: usize, cells: Cells<'_>) -> bool {
    let all_figures = |step: Option<&Step>| {
        step.is_some_and(|step| {
            !step.equal
                && Side::BOTH.into_iter().all(|side| {
                    let tokens = cells.tokens[side].get(step.at[side].clone());
                    tokens.unwrap_or(&[]).iter().all(|token| {
                        dates::is_dated(token, cells.raw(token, cells.text[side]))
                            || !token.is_word()
                    })
                })
        })
    };
    steps[at].equal
        && all_figures(at.checked_sub(1).and_then(|at| steps.get(at)))
        && all_figures(steps.get(at + 1))
}

/// Whether a step holds nothing but marks that stand within a date.
fn is_date_mark(step: &Step, cells: Cells<'_>) -> bool {
    let tokens = cells.tokens.left.get(step.at.left.clone()).unwrap_or(&[]);
    let is_mark = |token: &Token| !token.is_word() && !BRACKETS.contains(&token.key);
    tokens.iter().all(is_mark)
}

/// Whether an equal step stands between (or at the edge of) changes that outweigh it by far.
fn is_drowned(steps: &[Step], at: usize, tokens: Pair<&[Token]>) -> bool {
    let step = &steps[at];
    if !step.equal {
        return false;
    }
    let change = |at: Option<usize>| {
        at.and_then(|at| steps.get(at)).map(|step| {
            let left = points(&tokens.left[step.at.left.clone()]);
            let right = points(&tokens.right[step.at.right.clone()]);
            (left.max(right), left.min(right))
        })
    };
    let own = points(&tokens.left[step.at.left.clone()]);
    let (Some(before), Some(after)) = (change(at.checked_sub(1)), change(Some(at + 1))) else {
        // At the edge nothing is gained by hiding that the words stay, unless it is next to nothing.
        return false;
    };
    // Between two pure insertions (or two pure deletions) an island is what the reader knows.
    let replaced = before.1 > 0 || after.1 > 0;
    own < SAFE && replaced && own * DROWNED < before.0 + after.0
}

/// Makes equal what changed in nothing but quotes, dashes and bullets. Beside other words they are
/// noise; numbering stays, which a reader may want to follow.
pub(super) fn absorb_form(steps: Vec<Step>, cells: Cells<'_>) -> Vec<Step> {
    let is_bare = |side: Side, token: &Token| {
        let raw = cells.raw(token, cells.text[side]);
        token.kind == Kind::Soft && !raw.contains(|c: char| c.is_alphanumeric() || is_stop(c))
    };
    let is_form = |step: &Step| {
        let mut sides = Side::BOTH.into_iter();
        sides.all(|side| {
            let tokens = cells.tokens[side].get(step.at[side].clone());
            tokens.is_some_and(|tokens| tokens.iter().all(|token| is_bare(side, token)))
        })
    };
    if steps.iter().all(|step| !step.equal) {
        return steps;
    }
    let bare_side = |step: &Step, side: Side| {
        let tokens = cells.tokens[side].get(step.at[side].clone());
        tokens.is_some_and(|tokens| {
            !tokens.is_empty() && tokens.iter().all(|token| is_bare(side, token))
        })
    };
    let mut out: Vec<Step> = Vec::with_capacity(steps.len());
    for mut step in steps {
        // A quote that words took the place of goes with what stands before it.
        if let Some(before) = out.last_mut().filter(|_| !step.equal && !is_form(&step)) {
            for side in Side::BOTH {
                if bare_side(&step, side) {
                    before.at[side].end = step.at[side].end;
                    step.at[side].start = step.at[side].end;
                }
            }
        }
        let equal = step.equal || is_form(&step);
        push(&mut out, equal, step.at.left, step.at.right);
    }
    out
}

/// Punctuation that ends a sentence or its part.
fn is_stop(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '…')
}

/// Moves each pure insertion or deletion to the best of the places where it may stand.
pub(super) fn slide(steps: &mut [Step], cells: Cells<'_>) {
    for at in 1..steps.len().saturating_sub(1) {
        let step = &steps[at];
        if step.equal || !steps[at - 1].equal || !steps[at + 1].equal {
            continue;
        }
        if !one_to_one(&steps[at - 1]) || !one_to_one(&steps[at + 1]) {
            continue;
        }
        let on_right = step.at.left.is_empty();
        if !on_right && !step.at.right.is_empty() {
            continue;
        }
        let tokens = if on_right {
            cells.tokens.right
        } else {
            cells.tokens.left
        };
        let range = if on_right {
            step.at.right.clone()
        } else {
            step.at.left.clone()
        };
        let room = |step: &Step| step.at.left.len().saturating_sub(1).min(SLIDE_LIMIT);
        let shift = best_shift(tokens, range, room(&steps[at - 1]), room(&steps[at + 1]));
        apply(steps, at, shift);
    }
}

fn one_to_one(step: &Step) -> bool {
    step.at.left.len() == step.at.right.len()
}

/// How many tokens to shift: negative towards the start.
fn best_shift(tokens: &[Token], range: std::ops::Range<usize>, back: usize, ahead: usize) -> isize {
    let score = |start: usize, end: usize| -> i32 {
        let is_mark = |at: usize| {
            tokens
                .get(at)
                .is_some_and(|token| matches!(token.kind, Kind::Mark | Kind::Soft))
        };
        let opens = tokens.get(start).is_some_and(|token| token.opens);
        let after_mark = start > 0 && is_mark(start - 1);
        let whole = tokens.get(start..end).is_some_and(is_balanced);
        i32::from(whole) * 5
            + i32::from(opens) * 4
            + i32::from(after_mark) * 2
            + i32::from(end > 0 && is_mark(end - 1))
    };
    let mut best = (score(range.start, range.end), 0_isize);
    let (mut start, mut end, mut shift) = (range.start, range.end, 0);
    for _ in 0..back {
        if start == 0 || tokens[start - 1].key != tokens[end - 1].key {
            break;
        }
        (start, end, shift) = (start - 1, end - 1, shift - 1);
        if score(start, end) > best.0 {
            best = (score(start, end), shift);
        }
    }
    (start, end, shift) = (range.start, range.end, 0);
    for _ in 0..ahead {
        if end >= tokens.len() || tokens[start].key != tokens[end].key {
            break;
        }
        (start, end, shift) = (start + 1, end + 1, shift + 1);
        if score(start, end) > best.0 {
            best = (score(start, end), shift);
        }
    }
    best.1
}

/// Whether every bracket that opens in it closes in it.
fn is_balanced(tokens: &[Token]) -> bool {
    let [open, close] = *BRACKETS;
    let mut depth = 0_usize;
    for token in tokens {
        if token.key == open {
            depth += 1;
        } else if token.key == close {
            let Some(less) = depth.checked_sub(1) else {
                return false;
            };
            depth = less;
        }
    }
    depth == 0
}

fn apply(steps: &mut [Step], at: usize, shift: isize) {
    let moved = |n: usize| n.saturating_add_signed(shift);
    let [before, step, after] = &mut steps[at - 1..=at + 1] else {
        return;
    };
    for side in Side::BOTH {
        step.at[side].start = moved(step.at[side].start);
        step.at[side].end = moved(step.at[side].end);
        before.at[side].end = step.at[side].start;
        after.at[side].start = step.at[side].end;
    }
}
