//! Dates that go on by themselves: "updated this week", which a week later is "updated over a week ago".

use super::Cells;
use super::classes::is_unit;
use crate::compare::dates::is_figure;
use crate::compare::tokens::Kind;
use crate::model::Side;

/// What was done at the moment: the words right before it. Anything else might be a promise.
const DONE: [&str; 11] = [
    "updated",
    "edited",
    "modified",
    "revised",
    "changed",
    "posted",
    "published",
    "created",
    "answered",
    "asked",
    "commented",
];

/// Whether nothing but moments of this kind differ, and both sides have one.
pub(super) fn differ_alone(cells: Cells<'_>) -> bool {
    let words = |side: Side| {
        let hard = cells.tokens[side].iter().filter(|token| token.is_hard());
        let words = hard.filter(|token| token.kind != Kind::Mark);
        words.map(move |token| cells.raw(token, cells.text[side]))
    };
    let is_done = |word: &str| DONE.iter().any(|done| word.eq_ignore_ascii_case(done));
    if !Side::BOTH.into_iter().all(|side| words(side).any(is_done)) {
        return false;
    }
    let side = |side: Side| without(&words(side).map(str::to_lowercase).collect::<Vec<_>>());
    let left = side(Side::Left);
    left.is_some() && left == side(Side::Right)
}

/// The words without their moments; none where there is no moment.
fn without(words: &[String]) -> Option<Vec<String>> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut rest = Vec::with_capacity(words.len());
    let (mut at, mut found) = (0, false);
    while let Some(word) = words.get(at) {
        rest.push((*word).to_owned());
        at += 1;
        if DONE.contains(word)
            && let Some(length) = moment(words.get(at..).unwrap_or(&[]))
        {
            found = true;
            at += length;
        }
    }
    found.then_some(rest)
}

/// How many words at the beginning name a moment as seen from today.
fn moment(words: &[&str]) -> Option<usize> {
    match words {
        ["today" | "yesterday", ..] => return Some(1),
        ["just", "now", ..] => return Some(2),
        ["this" | "last", unit, ..] if is_unit(unit) => return Some(2),
        _ => {}
    }
    let about = match words {
        ["more" | "less", "than", ..] => 2,
        ["over" | "about" | "almost" | "nearly" | "around", ..] => 1,
        _ => 0,
    };
    let count = match words.get(about..)? {
        ["a", "few", ..] => 2,
        ["a" | "an" | "few" | "several", ..] => 1,
        [figure, ..] if is_number(figure) => 1,
        _ => return None,
    };
    match words.get(about + count..)? {
        [unit, "ago", ..] if is_unit(unit) => Some(about + count + 2),
        _ => None,
    }
}

fn is_number(word: &str) -> bool {
    is_figure(word) || word.bytes().all(|byte| byte.is_ascii_digit())
}
