//! Statements that turned: what was permitted is denied, what was denied is asserted.
//!
//! A changed clause is still one statement, so that its two stances can be held against each other.
//! A stance is read from the whole clause, and not always rightly; that it turned is told only where a
//! word came or went that can turn a statement.

use super::{Class, Input, Op, Row, RowKind};
use crate::model::{ClauseId, Pair, Side, Stance};

/// Words that make a statement one of what is possible. One in place of another turns nothing.
const POSSIBLE: &str = "may might can could";

/// Other words that can turn a statement.
const TURNING: &str = "will would shall should must do does did not no none never nor neither cannot \
    without only solely unless except if where when until consent permission permitted granted agree \
    refuse stop";

/// The changed rows whose statement turned, in their order, with the stance on both sides. Of a
/// clause that moved too, the row where it went.
pub(super) fn of(pair: Pair<Input<'_>>, rows: &[Row]) -> Vec<(usize, Pair<Stance>)> {
    let turned = |(at, row): (usize, &Row)| {
        let other = match row.kind {
            RowKind::Changed => row,
            RowKind::MovedAndEdited if row.clauses.left.is_empty() => rows.get(row.partner?)?,
            _ => return None,
        };
        if row.class != Class::Wording {
            return None;
        }
        let stance = |row: &Row, side: Side| stated(pair[side], &row.clauses[side]);
        let stances = Pair::new(stance(other, Side::Left)?, stance(row, Side::Right)?);
        // Few stances differ, so that the words of few rows are read.
        (stances.left != stances.right && may_turn(row, pair)).then_some((at, stances))
    };
    rows.iter().enumerate().filter_map(turned).collect()
}

/// Whether a word came or went that can turn a statement.
fn may_turn(row: &Row, pair: Pair<Input<'_>>) -> bool {
    let (mut turning, mut possible) = (false, Pair::new(0_usize, 0));
    for words in &row.words {
        let side = match words.op {
            Op::Equal => continue,
            Op::Delete => Side::Left,
            Op::Insert => Side::Right,
        };
        let text = words.text[side].unwrap_or_default();
        let text = text.of(&pair[side].policy.text);
        for word in text.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’') {
            let among = |known: &str| {
                known
                    .split(' ')
                    .any(|known| word.eq_ignore_ascii_case(known))
            };
            turning |= among(TURNING) || word.ends_with("n't") || word.ends_with("n’t");
            possible[side] += usize::from(among(POSSIBLE));
        }
    }
    turning || possible.left != possible.right
}

/// The stance of a cell of one clause that states something.
fn stated(side: Input<'_>, clauses: &[ClauseId]) -> Option<Stance> {
    let [clause] = clauses else {
        return None;
    };
    let stance = side.labels.of(*clause).stance;
    (stance != Stance::None).then_some(stance)
}

#[cfg(test)]
mod tests {
    use crate::compare::testing::by_text;
    use crate::model::{Pair, Stance};

    fn turned(left: &str, right: &str) -> Option<Pair<Stance>> {
        let (_, comparison) = by_text(left, right);
        let changed = comparison.rows.iter().position(|row| !row.words.is_empty());
        changed.and_then(|row| comparison.turn(row))
    }

    #[test]
    fn a_promise_that_turned_is_told_and_one_that_did_not_is_not() {
        let (asserts, denies) = (Stance::Asserts, Stance::Denies);
        assert_eq!(
            turned(
                "We do not sell your data to partners.",
                "We sell your data to partners."
            ),
            Some(Pair::new(denies, asserts))
        );
        assert_eq!(
            turned(
                "We may share your data with partners.",
                "We share your data with partners."
            ),
            Some(Pair::new(Stance::Permits, asserts))
        );
        assert_eq!(
            turned(
                "We share your data with partners.",
                "We share your data with our partners."
            ),
            None
        );
        assert_eq!(
            turned("We keep it for 3 days.", "We never keep it."),
            Some(Pair::new(asserts, denies))
        );
        assert_eq!(
            turned("We keep it for 3 days.", "We keep it for 4 days."),
            None
        );
    }

    #[test]
    fn a_word_that_can_turn_nothing_turns_nothing() {
        // The labels of these tests know "can" and not "could".
        assert_eq!(
            turned("We can share your data.", "We could share your data."),
            None
        );
        assert_eq!(
            turned("We can share your data.", "We could share only your name."),
            Some(Pair::new(Stance::Permits, Stance::Limits))
        );
    }

    #[test]
    fn a_clause_that_moved_and_turned_is_told_where_it_went() {
        let rest =
            "We write to you about it.\n\nYou can call our office.\n\nWe keep logs of visits.";
        let told = "We will not give your postal address and your name to any advertiser at all.";
        let turned = told.replace("will not", "will");
        let (_, comparison) = by_text(&format!("{told}\n\n{rest}"), &format!("{rest}\n\n{turned}"));
        let found: Vec<_> = comparison.turns.iter().map(|(row, _)| *row).collect();
        let [row] = found[..] else {
            panic!("{found:?}");
        };
        assert!(comparison.rows[row].clauses.left.is_empty());
        assert_eq!(
            comparison.turn(row),
            Some(Pair::new(Stance::Denies, Stance::Asserts))
        );
    }
}
