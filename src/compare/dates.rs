//! Figures and the parts of dates: what a change of numbers alone is made of.

use super::tokens::{Kind, Token};
use std::ops::Range;

/// Names of months, English and abbreviated, and of weekdays; a date has nothing else.
const CALENDAR: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
];

/// Figures written as words.
const FIGURES: &[&str] = &[
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "thousand",
    "million",
    "billion",
];

/// What may stand within a date or figure without being one.
const FILLERS: &[&str] = &[
    "of", "am", "pm", "a.m", "p.m", "gmt", "utc", "est", "edt", "pst", "pdt", "bst", "cet", "cest",
    "version", "v",
];

/// Whether a token is a figure, in digits or spelled out, or a part of a date.
pub(super) fn is_dated(token: &Token, raw: &str) -> bool {
    token.kind == Kind::Number || is_calendar(raw) || is_figure(raw)
}

/// "May" needs its capital; "march" too.
pub(super) fn is_calendar(raw: &str) -> bool {
    raw.chars().next().is_some_and(char::is_uppercase)
        && CALENDAR.iter().any(|name| raw.eq_ignore_ascii_case(name))
}

/// Whether a word is a figure that is spelled out.
pub(super) fn is_figure(raw: &str) -> bool {
    FIGURES.iter().any(|name| raw.eq_ignore_ascii_case(name))
}

/// Whether a word may stand within a date or figure.
pub(super) fn is_filler(raw: &str) -> bool {
    FILLERS.iter().any(|name| raw.eq_ignore_ascii_case(name))
}

/// The whole dates of a text, as stretches of its tokens: "March 1, 2020", "5th of April", "01.03.2020".
pub(super) fn whole(tokens: &[Token], text: &str) -> Vec<Range<usize>> {
    let raw = |token: &Token| {
        text.get(token.start as usize..token.end as usize)
            .unwrap_or("")
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let length = length(tokens[at..].iter().map(raw));
        if length > 0 {
            found.push(at..at + length);
        }
        at += length.max(1);
    }
    found
}

/// How many tokens at the start make a date; 0 where there is none.
fn length<'a>(tokens: impl Iterator<Item = &'a str>) -> usize {
    let (mut names, mut days, mut length) = (0, 0, 0);
    for (at, raw) in (1..).zip(tokens) {
        if at == 1 && is_in_figures(raw) {
            return 1;
        }
        let is_year = raw.len() == 4 && raw.bytes().all(|byte| byte.is_ascii_digit());
        if is_year && names > 0 {
            return at;
        }
        if is_calendar(raw) && names < 2 {
            names += 1;
        } else if is_day(raw) && days == 0 {
            days += 1;
        } else if at > 1 && matches!(raw, "," | "." | "of") {
            continue;
        } else {
            break;
        }
        length = at;
    }
    if names > 0 && days > 0 { length } else { 0 }
}

/// "1", "31", "5th".
fn is_day(raw: &str) -> bool {
    let figure = raw.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &raw[figure.len()..];
    (1..=2).contains(&figure.len())
        && figure.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(ending, "" | "st" | "nd" | "rd" | "th")
}

/// "2020-03-01", "01.03.2020", "3/1/20": day, month and a year that stands at either end.
fn is_in_figures(raw: &str) -> bool {
    let Some(mark) = raw.chars().find(|c| matches!(c, '-' | '/' | '.')) else {
        return false;
    };
    let parts: Vec<&str> = raw.split(mark).collect();
    let digits = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    parts.iter().all(digits)
        && match lengths[..] {
            [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4] => true,
            [1..=2, 1..=2, 2] => mark == '/',
            _ => false,
        }
}
