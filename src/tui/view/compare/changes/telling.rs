//! The words by which a change is told on one line: those that changed, with a little before them,
//! rather than those with which its sentence begins.

use crate::compare::{Op, Row, Words};
use crate::model::{Pair, Policy, Side, TextRange};

/// Words shown before those that changed.
const CONTEXT: usize = 2;

/// What tells most of a changed row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Telling {
    /// The last words before, on the right.
    pub(super) before: Option<Context>,
    /// What went, on the left.
    pub(super) went: Option<TextRange>,
    /// What came, on the right.
    pub(super) came: Option<TextRange>,
    /// What follows, on the right.
    pub(super) after: Option<Context>,
}

/// Words that did not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Context {
    pub(super) text: TextRange,
    /// Whether more stands before them.
    pub(super) cut: bool,
    /// Whether white space parts them from what changed.
    pub(super) apart: bool,
}

impl Telling {
    /// Of a row by its words: the first change that has at least half the letters of the greatest.
    /// None when no word differs.
    pub(super) fn of(row: &Row, policies: Pair<&Policy>) -> Option<Self> {
        let changed = |words: &&[Words]| words.first().is_some_and(|words| words.op != Op::Equal);
        let weigh = |words: &[Words]| words.iter().map(|words| letters(words, policies)).sum();
        let groups = row
            .words
            .chunk_by(|a, b| (a.op == Op::Equal) == (b.op == Op::Equal));
        let groups: Vec<&[Words]> = groups.collect();
        let greatest: usize = groups
            .iter()
            .filter(|g| changed(g))
            .map(|g| weigh(g))
            .max()?;
        let tells = |group: &&[Words]| changed(group) && weigh(group) * 2 >= greatest;
        let at = groups.iter().position(tells)?;
        let group = groups.get(at)?;
        let stretch = |side: Side| {
            let ranges = || group.iter().filter_map(|words| words.text[side]);
            Some(TextRange {
                start: ranges().next()?.start,
                end: ranges().next_back()?.end,
            })
        };
        let before = || {
            let (words, first) = (groups.get(at.checked_sub(1)?)?.last()?, group.first()?);
            let whole = words.text.right?;
            let text = last_words(whole, &policies.right.text);
            Some(Context {
                text,
                cut: at > 1 || text.start > whole.start,
                apart: are_apart(words, first),
            })
        };
        let after = || {
            let (last, words) = (group.last()?, groups.get(at + 1)?.first()?);
            Some(Context {
                text: words.text.right?,
                cut: false,
                apart: are_apart(last, words),
            })
        };
        Some(Self {
            before: before(),
            went: stretch(Side::Left),
            came: stretch(Side::Right),
            after: after(),
        })
    }
}

/// Whether white space parts one stretch from the next, on a side that has both.
fn are_apart(one: &Words, next: &Words) -> bool {
    let gap = |side: Side| Some((one.text[side]?.end, next.text[side]?.start));
    let mut gaps = Side::BOTH.into_iter().filter_map(gap);
    gaps.any(|(end, start)| end < start)
}

/// How many letters and digits a stretch has.
fn letters(words: &Words, policies: Pair<&Policy>) -> usize {
    let of_side = |side: Side| {
        let text = words.text[side].map_or("", |range| range.of(&policies[side].text));
        text.chars().filter(|c| c.is_alphanumeric()).count()
    };
    of_side(Side::Left).max(of_side(Side::Right))
}

/// The last words of a stretch.
fn last_words(range: TextRange, text: &str) -> TextRange {
    let words = range.of(text);
    let mut spaces = words.trim_end().rmatch_indices(char::is_whitespace);
    let start = spaces
        .nth(CONTEXT - 1)
        .map_or(0, |(at, space)| at + space.len());
    TextRange::new(range.start as usize + start, range.end as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::Classifier;
    use crate::compare::{By, Input, compare};
    use crate::tui::sample::policy;

    /// How the change of one sentence into another is told.
    fn told(left: &str, right: &str) -> String {
        let policies = Pair::new(left, right).map(|text| policy("x", text));
        let classifier = Classifier::builtin();
        let labels = policies.as_ref().map(|policy| classifier.classify(policy));
        let side = |side: Side| Input {
            policy: &policies[side],
            labels: &labels[side],
        };
        let comparison = compare(Pair::new(side(Side::Left), side(Side::Right)), By::Text);
        let telling = Telling::of(&comparison.rows[0], policies.as_ref()).unwrap();
        let text = |side: Side, range: TextRange| range.of(&policies[side].text).trim().to_owned();
        let before = telling.before.map_or_else(String::new, |before| {
            let lead = if before.cut { "…" } else { "" };
            let gap = if before.apart { " " } else { "" };
            format!("{lead}{}{gap}", text(Side::Right, before.text))
        });
        let went = telling.went.map(|range| text(Side::Left, range));
        let came = telling.came.map(|range| text(Side::Right, range));
        format!(
            "{before}[-{}-] {{+{}+}}",
            went.unwrap_or_default(),
            came.unwrap_or_default()
        )
    }

    #[test]
    fn the_changed_words_are_told_with_those_before_them() {
        assert_eq!(
            told(
                "We keep the data of your account for 12 months after your visit.",
                "We keep the data of your account for 24 months after your visit."
            ),
            "…account for [-12-] {+24+}"
        );
        assert_eq!(
            told(
                "We share your personal data with partners.",
                "We never share your personal data with partners."
            ),
            "We [--] {+never+}"
        );
        assert_eq!(
            told(
                "We sell, rent and share it.",
                "We sell, rent, and share it."
            ),
            "…sell, rent[--] {+,+}"
        );
    }

    #[test]
    fn a_slip_at_the_start_does_not_hide_the_change_that_matters() {
        assert_eq!(
            told(
                "In case you close the account, all the data we hold about you stays with us.",
                "If you close the account, all the data we hold about you is erased immediately."
            ),
            "…about you [-stays with us-] {+is erased immediately+}"
        );
    }

    #[test]
    fn where_no_word_differs_nothing_is_told() {
        let policies = Pair::new("We share.", "We share.").map(|text| policy("x", text));
        let row = Row {
            kind: crate::compare::RowKind::Changed,
            class: crate::compare::Class::Formatting,
            topic: None,
            clauses: Pair::default(),
            words: Vec::new(),
            partner: None,
        };
        assert_eq!(Telling::of(&row, policies.as_ref()), None);
    }
}
