//! The words by which a change is told on one line: those that changed, with a little before them,
//! rather than those with which its sentence begins.

use crate::compare::{Op, Row, Words};
use crate::model::{Pair, Policy, Side, TextRange};

/// Words shown before those that changed.
const CONTEXT: usize = 2;

/// What tells most of a changed row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Telling {
    /// The last words before, on the right; and whether more stands before them.
    pub(super) before: Option<(TextRange, bool)>,
    /// What went, on the left.
    pub(super) went: Option<TextRange>,
    /// What came, on the right.
    pub(super) came: Option<TextRange>,
    /// What follows, on the right.
    pub(super) after: Option<TextRange>,
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
        let before = at.checked_sub(1).and_then(|at| groups.get(at));
        let stretch = |side: Side| {
            let ranges = || group.iter().filter_map(|words| words.text[side]);
            Some(TextRange {
                start: ranges().next()?.start,
                end: ranges().last()?.end,
            })
        };
        Some(Self {
            before: before
                .and_then(|words| words.last()?.text.right)
                .map(|range| {
                    let last = last_words(range, &policies.right.text);
                    (last, at > 1 || last.start > range.start)
                }),
            went: stretch(Side::Left),
            came: stretch(Side::Right),
            after: groups
                .get(at + 1)
                .and_then(|words| words.first()?.text.right),
        })
    }
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
