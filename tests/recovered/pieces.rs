//! A Markdown source cut into units that can be moved, removed or edited: a paragraph, a heading,
//! an item of a list, each with the clauses that the parser finds in it.

use policy_tui::model::Policy;
use std::ops::Range;

/// A stretch of the source that stands by itself.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    /// Its place in the source, without the blank lines after it.
    pub(crate) source: Range<usize>,
    /// Its clauses.
    pub(crate) clauses: Range<usize>,
    /// The words in it.
    pub(crate) words: usize,
    /// Left as it is: tables, quotes, code, raw HTML, definitions, and what the parser reads
    /// together with its neighbour.
    pub(crate) frozen: bool,
    /// An item of a list.
    pub(crate) item: bool,
}

/// Cuts a policy's source.
pub(crate) fn cut(policy: &Policy) -> Vec<Unit> {
    let source = &policy.source;
    let mut units: Vec<Unit> = Vec::new();
    let mut clause = 0;
    for range in ranges(source) {
        let text = &source[range.clone()];
        let first = clause;
        while policy
            .clauses
            .get(clause)
            .is_some_and(|clause| (clause.span.start as usize) < range.end)
        {
            clause += 1;
        }
        let clauses = first..clause;
        let overlaps = clauses.clone().any(|at| {
            let span = policy.clauses[at].span.range();
            span.start < range.start || span.end > range.end
        });
        let rising = clauses
            .clone()
            .skip(1)
            .all(|at| policy.clauses[at - 1].span.end <= policy.clauses[at].span.start);
        let words = clauses
            .clone()
            .map(|at| count(policy.clauses[at].text.of(&policy.text)))
            .sum();
        units.push(Unit {
            frozen: is_fixed(text) || overlaps || !rising || clauses.is_empty(),
            item: is_bullet(text),
            source: range,
            clauses,
            words,
        });
    }
    freeze_broken_bold(source, &mut units);
    units
}

/// Bold that opens in one paragraph and closes in the next holds the two together.
fn freeze_broken_bold(source: &str, units: &mut [Unit]) {
    let broken: Vec<usize> = (0..units.len())
        .filter(|&at| source[units[at].source.clone()].matches("**").count() % 2 == 1)
        .collect();
    for at in broken {
        for unit in units.iter_mut().take(at + 2).skip(at.saturating_sub(1)) {
            unit.frozen = true;
        }
    }
}

/// The words of a text.
pub(crate) fn count(text: &str) -> usize {
    text.split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
        .count()
}

/// Blank lines part units, and so does a bullet at the margin; what is indented goes with what
/// stands above it.
fn ranges(source: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let (mut at, mut blank) = (0, true);
    for line in source.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let body = line.trim_end();
        if body.is_empty() {
            blank = true;
            continue;
        }
        let opens = (blank || is_bullet(body)) && !body.starts_with([' ', '\t']);
        let end = start + body.len();
        match out.last_mut() {
            Some(last) if !opens => last.end = end,
            _ => out.push(start..end),
        }
        blank = false;
    }
    out
}

fn is_bullet(text: &str) -> bool {
    ["* ", "- ", "+ "].iter().any(|mark| text.starts_with(mark))
}

fn is_fixed(text: &str) -> bool {
    let definition = text.starts_with('[') && text.contains("]:");
    definition
        || text.contains("```")
        || text.lines().any(|line| {
            line.starts_with(['>', '|', '<']) || line.contains("<br") || line.contains(" | ")
        })
}
