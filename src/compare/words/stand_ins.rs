//! Cells that differ in nothing but stretches of one kind, each in the place of another: whole dates,
//! however they are written, or the marks of a list that runs within a sentence.

use super::{Cells, pair_tokens};
use crate::compare::dates;
use crate::compare::tokens::Token;
use crate::model::{Pair, Side};
use std::ops::Range;

/// Tokens that stay, as rising pairs of places.
type Pairs = Vec<(usize, usize)>;

/// The tokens that stay where nothing but dates differs; a date stays whole or not at all. Word by word
/// "March 1, 2020" and "1 March 2020" would share their figures.
pub(super) fn dates_alone(cells: Cells<'_>) -> Option<Pairs> {
    let found = sides(|side| dates::whole(cells.tokens[side], cells.text[side]));
    around(cells, &found, same_words)
}

/// The tokens that stay where nothing but the marks of a list differs, "(a) … (b)" and "(i) … (ii)":
/// all of them.
pub(super) fn marks_alone(cells: Cells<'_>) -> Option<Pairs> {
    let found = sides(|side| marks(cells.tokens[side], cells.text[side]));
    around(cells, &found, |_, _| true)
}

fn sides<T>(of: impl Fn(Side) -> T) -> Pair<T> {
    Pair::new(of(Side::Left), of(Side::Right))
}

/// Pairs the tokens around stretches, of which both cells must have as many, and the tokens of those
/// that are the same. Nothing where other words differ too.
fn around(
    cells: Cells<'_>,
    found: &Pair<Vec<Range<usize>>>,
    is_same: impl Fn(&[Token], &[Token]) -> bool,
) -> Option<Pairs> {
    let (left, right) = (&found.left, &found.right);
    if left.is_empty() || left.len() != right.len() {
        return None;
    }
    let (l, r) = (cells.tokens.left, cells.tokens.right);
    let mut pairs = Vec::with_capacity(l.len());
    let mut from = (0, 0);
    let ends = [(&(l.len()..l.len()), &(r.len()..r.len()))];
    for (a, b) in left.iter().zip(right).chain(ends) {
        let between = Pair::new(&l[from.0..a.start], &r[from.1..b.start]);
        if !same_words(between.left, between.right) {
            return None;
        }
        let kept = pair_tokens(between, |token| token.key).into_iter();
        pairs.extend(kept.map(|(x, y)| (x + from.0, y + from.1)));
        if is_same(&l[a.clone()], &r[b.clone()]) {
            pairs.extend(a.clone().zip(b.clone()));
        }
        from = (a.end, b.end);
    }
    Some(pairs)
}

/// Whether two stretches have the same words, in the same order.
fn same_words(left: &[Token], right: &[Token]) -> bool {
    let words = |side: &[Token]| -> Vec<(u64, bool)> {
        let hard = side.iter().filter(|token| token.is_hard());
        hard.map(|token| (token.key, token.struck)).collect()
    };
    words(left) == words(right)
}

/// The marks of a list within a sentence, each "a" of "(a)" or "a)": two at least, with a space or
/// nothing on either side, all in sequence from the first letter or figure on. None where a bracket holds
/// a mark out of sequence.
fn marks(tokens: &[Token], text: &str) -> Vec<Range<usize>> {
    let raw = |at: usize| {
        let token = tokens.get(at);
        let range = token.map(|token| token.start as usize..token.end as usize);
        range.and_then(|range| text.get(range)).unwrap_or("")
    };
    let parted = |at: usize| match (
        at.checked_sub(1).and_then(|at| tokens.get(at)),
        tokens.get(at),
    ) {
        (Some(before), Some(token)) => before.end < token.start,
        _ => true,
    };
    let mut found = Vec::new();
    let mut is_open = false;
    for (at, token) in tokens.iter().enumerate() {
        let opened = at > 0 && raw(at - 1) == "(";
        let is_mark = raw(at + 1) == ")" && parted(at + 2) && !token.struck;
        let stands_apart = match opened {
            true => parted(at - 1),
            false => parted(at) && !is_open,
        };
        if is_mark && stands_apart && raw(at).len() <= LONGEST_MARK {
            found.push(at..at + 1);
        }
        is_open = raw(at) == "(" || (is_open && raw(at) != ")");
    }
    let in_sequence = SEQUENCES.iter().any(|nth| {
        let mut marks = (1..).zip(&found);
        marks.all(|(n, mark)| nth(n).is_some_and(|nth| raw(mark.start).eq_ignore_ascii_case(&nth)))
    });
    if found.len() < 2 || !in_sequence {
        found.clear();
    }
    found
}

/// Letters or figures of a mark: "viii".
const LONGEST_MARK: usize = 4;

/// What the items of a list are counted by: figures, letters, Roman figures.
const SEQUENCES: [fn(u8) -> Option<String>; 3] = [
    |n| Some(n.to_string()),
    |n| (n <= 26).then(|| char::from(b'a' + n - 1).to_string()),
    |n| {
        const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
        let ones = ONES.get(usize::from(n % 10))?;
        (n < 40).then(|| "x".repeat(usize::from(n / 10)) + ones)
    },
];
