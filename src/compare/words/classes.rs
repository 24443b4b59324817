//! What kind of difference a changed pair holds: the weightiest of its changed stretches.

use super::{Cells, Step, moments};
use crate::compare::Class;
use crate::compare::dates::{is_dated, is_filler};
use crate::compare::tokens::{Kind, Token};
use crate::model::Side;

/// The class of the changes of a pair.
pub(super) fn class(steps: &[Step], cells: Cells<'_>) -> Class {
    let class = steps
        .iter()
        .filter(|step| !step.equal)
        .map(|step| class_of(step, cells))
        .max()
        .unwrap_or(Class::Formatting);
    if class == Class::Wording && moments::differ_alone(cells) {
        return Class::Numbers;
    }
    class
}

fn class_of(step: &Step, cells: Cells<'_>) -> Class {
    let left = &cells.tokens.left[step.at.left.clone()];
    let right = &cells.tokens.right[step.at.right.clone()];
    let hard = || {
        let lefts = left
            .iter()
            .map(|token| (token, cells.raw(token, cells.text.left)));
        let rights = right
            .iter()
            .map(|token| (token, cells.raw(token, cells.text.right)));
        lefts.chain(rights).filter(|(token, _)| token.is_hard())
    };
    if hard().next().is_none() || same_host(left, right, cells) {
        return Class::Formatting;
    }
    let ago = is_counter(step, cells);
    let is_dated = |token: &Token, raw: &str| is_dated(token, raw) || (ago && is_unit(raw));
    let only = hard()
        .all(|(token, raw)| is_dated(token, raw) || token.kind == Kind::Mark || is_filler(raw));
    if !only {
        return Class::Wording;
    }
    // A figure or month for a word ("one" for "our") is wording, and so is a word like "one" or
    // "May" that just goes: without a digit, both sides must have a figure.
    let has = |side: &[Token], text| {
        side.iter()
            .any(|token| is_dated(token, cells.raw(token, text)))
    };
    let (in_left, in_right) = (has(left, cells.text.left), has(right, cells.text.right));
    let digits = hard().any(|(token, _)| token.kind == Kind::Number);
    let one_sided = |side: &[Token]| !side.iter().any(Token::is_word);
    let figures = (in_left && in_right)
        || (digits && (in_left || one_sided(left)) && (in_right || one_sided(right)));
    if figures {
        Class::Numbers
    } else {
        Class::Wording
    }
}

/// Whether the word behind the step is "ago" on both sides: a counter that goes on by itself, of
/// which another unit is no other promise.
fn is_counter(step: &Step, cells: Cells<'_>) -> bool {
    Side::BOTH.into_iter().all(|side| {
        let behind = cells.tokens[side].get(step.at[side].end..).unwrap_or(&[]);
        let words = behind.iter().filter(|token| token.is_hard());
        let mut raw = words.map(|token| cells.raw(token, cells.text[side]));
        let next = raw.find(|word| !is_unit(word));
        next.is_some_and(|word| word.eq_ignore_ascii_case("ago"))
    })
}

/// Whether a word is a unit of time.
pub(super) fn is_unit(word: &str) -> bool {
    const UNITS: [&str; 7] = ["second", "minute", "hour", "day", "week", "month", "year"];
    let lower = word.to_ascii_lowercase();
    let one = lower.strip_suffix('s').unwrap_or(&lower);
    UNITS.contains(&one)
}

/// Whether both sides are web addresses of one host: a link whose target is its text.
fn same_host(left: &[Token], right: &[Token], cells: Cells<'_>) -> bool {
    let host = |tokens: &[Token], text| {
        let mut hard = tokens.iter().filter(|token| token.is_hard());
        let only = hard.next().filter(|token| token.kind == Kind::Address)?;
        let raw = cells.raw(only, text);
        (hard.next().is_none() && !raw.contains('@')).then(|| host_of(raw).to_ascii_lowercase())
    };
    let left = host(left, cells.text.left);
    left.is_some() && left == host(right, cells.text.right)
}

fn host_of(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}
