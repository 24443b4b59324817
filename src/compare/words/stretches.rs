//! The steps of a word comparison as stretches of both texts.

use super::Step;
use crate::compare::tokens::Token;
use crate::compare::{Op, Words};
use crate::model::{Pair, TextRange};
use std::ops::Range;

/// The steps as stretches of text. No stretch crosses the end of a clause where its tokens pair up
/// one to one.
pub(super) fn stretches(steps: &[Step], tokens: Pair<&[Token]>) -> Vec<Words> {
    let mut out = Vec::new();
    for step in steps {
        if step.equal {
            equal_stretches(step, tokens, &mut out);
            continue;
        }
        for cut in cut_at_clauses(tokens.left, step.at.left.clone()) {
            out.push(Words {
                op: Op::Delete,
                text: Pair::new(range(tokens.left, &cut), None),
            });
        }
        for cut in cut_at_clauses(tokens.right, step.at.right.clone()) {
            out.push(Words {
                op: Op::Insert,
                text: Pair::new(None, range(tokens.right, &cut)),
            });
        }
    }
    out
}

fn equal_stretches(step: &Step, tokens: Pair<&[Token]>, out: &mut Vec<Words>) {
    let (l, r) = (step.at.left.clone(), step.at.right.clone());
    let mut from = 0;
    if l.len() == r.len() {
        // Quotes that only one side has may have shifted the two against each other.
        let mut level = 0_i64;
        for at in 1..l.len() {
            let before = |side: &[Token], start: usize| {
                i64::from(side.get(start + at - 1).is_some_and(Token::is_hard))
            };
            level += before(tokens.left, l.start) - before(tokens.right, r.start);
            let opens = tokens.left[l.start + at].opens || tokens.right[r.start + at].opens;
            if opens && level == 0 {
                out.push(equal_words(
                    tokens,
                    l.start + from..l.start + at,
                    r.start + from..r.start + at,
                ));
                from = at;
            }
        }
    }
    out.push(equal_words(
        tokens,
        l.start + from..l.end,
        r.start + from..r.end,
    ));
}

fn equal_words(tokens: Pair<&[Token]>, l: Range<usize>, r: Range<usize>) -> Words {
    Words {
        op: Op::Equal,
        text: Pair::new(range(tokens.left, &l), range(tokens.right, &r)),
    }
}

fn cut_at_clauses(tokens: &[Token], at: Range<usize>) -> Vec<Range<usize>> {
    let mut cuts = Vec::new();
    let mut from = at.start;
    for (place, token) in tokens.iter().enumerate().take(at.end).skip(at.start + 1) {
        if token.opens {
            cuts.push(from..place);
            from = place;
        }
    }
    if from < at.end {
        cuts.push(from..at.end);
    }
    cuts
}

fn range(tokens: &[Token], at: &Range<usize>) -> Option<TextRange> {
    let first = tokens.get(at.start)?;
    let last = tokens.get(at.end.checked_sub(1)?)?;
    (!at.is_empty()).then_some(TextRange {
        start: first.start,
        end: last.end,
    })
}
