//! Figures and the parts of dates: what a change of numbers alone is made of.

use super::tokens::{Kind, Token};

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
