//! Edits that change figures and nothing else.

use crate::edits::{splice, words};
use fastrand::Rng;
use std::ops::Range;

const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const SPELLED: &[(&str, u32)] = &[
    ("seven", 7),
    ("ten", 10),
    ("twelve", 12),
    ("fourteen", 14),
    ("thirty", 30),
    ("forty-five", 45),
    ("sixty", 60),
    ("ninety", 90),
];

/// Changes figures, months, ordinals and figures spelled out, each that is there by even chance and at least
/// one. Nothing when there is none.
pub(crate) fn renumber(source: &str, rng: &mut Rng) -> Option<String> {
    let words = words(source);
    // A figure at the start may be the number of the paragraph, which is form.
    let figures: Vec<usize> = (1..words.len())
        .filter(|&at| other_figure(&source[words[at].clone()], &mut rng.clone()).is_some())
        .filter(|&at| stands_free(source, &words[at]))
        .collect();
    let sure = *figures.get(rng.usize(..figures.len().max(1)))?;
    let mut text = source.to_owned();
    for &at in figures.iter().rev() {
        if at != sure && rng.bool() {
            continue;
        }
        let new = other_figure(&source[words[at].clone()], rng)?;
        text = splice(&text, words[at].clone(), &new);
    }
    Some(text)
}

fn stands_free(source: &str, word: &Range<usize>) -> bool {
    let before = source[..word.start].chars().next_back();
    let after = source[word.end..].chars().next();
    before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '$' | '€' | '£'))
        && after.is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '.' | ',' | ';' | '%'))
}

fn other_figure(word: &str, rng: &mut Rng) -> Option<String> {
    if let Some(month) = MONTHS.iter().position(|month| *month == word) {
        let step = 1 + rng.usize(..MONTHS.len() - 1);
        return Some(MONTHS[(month + step) % MONTHS.len()].to_owned());
    }
    if let Some(place) = SPELLED.iter().position(|(name, _)| *name == word) {
        let step = 1 + rng.usize(..SPELLED.len() - 1);
        return Some(SPELLED[(place + step) % SPELLED.len()].0.to_owned());
    }
    let digits = word.trim_start_matches(['v', 'V']);
    let ordinal = ["st", "nd", "rd", "th"]
        .iter()
        .find(|end| digits.len() > 2 && digits.ends_with(**end));
    let figure = ordinal.map_or(digits, |end| digits.trim_end_matches(*end));
    let is_figure = figure.starts_with(|c: char| c.is_ascii_digit())
        && figure
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | ':'));
    if !is_figure {
        return None;
    }
    let mut last = true;
    let changed: String = word
        .chars()
        .rev()
        .map(|c| match c.to_digit(10) {
            Some(digit) if last || rng.u8(..4) == 0 => {
                last = false;
                char::from_digit(1 + (digit + rng.u32(..8)) % 9, 10).unwrap_or(c)
            }
            _ => c,
        })
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    (changed != word).then_some(changed)
}
