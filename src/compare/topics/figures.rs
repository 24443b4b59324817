//! The figures of a clause that make a rule: ages, periods, shares. Bare numbers (articles of a
//! law, telephone numbers, dates) make none.

use crate::compare::tokens::{self, Kind, Token, word_key};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// Words up to which the unit of a figure stands.
const UNIT_REACH: usize = 3;
/// Words before a figure that make it an age.
const AGE_REACH: usize = 4;

/// Units of time: their forms, what they are counted in, and how many of that they are.
const UNITS: &[(&str, Unit, u64)] = &[
    ("hour hours", Unit::Hours, 1),
    ("day days", Unit::Days, 1),
    ("week weeks", Unit::Days, 7),
    ("month months", Unit::Months, 1),
    ("year years", Unit::Months, 12),
    ("percent % per-cent", Unit::Percent, 1),
];
/// Words that say that a figure is an age.
const AGES: &str = "under over age ages aged older younger old minor minors child children";
/// Words that make a number the place in a law or a text.
const PARTS: &str = "article articles art section sections sec clause chapter rule paragraph para part \
    schedule title act code annex";
/// Policies speak of no age beyond.
const OLDEST: u64 = 25;
/// Figures that policies write as words.
const SPELLED: &str = "one two three four five six seven eight nine ten eleven twelve thirteen \
    fourteen fifteen sixteen seventeen eighteen nineteen twenty twenty-one";
/// The rest of them.
const TENS: &[(&str, u64)] = &[
    ("twenty-four", 24),
    ("thirty", 30),
    ("sixty", 60),
    ("seventy-two", 72),
    ("ninety", 90),
];
/// Days of a month, so that 30 days and a month are one period.
const MONTH: u64 = 30;
/// Days of a year, which is twelve months.
const YEAR: u64 = 365;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::compare) enum Unit {
    Age,
    Hours,
    Days,
    Months,
    Percent,
}

/// A figure with its unit.
pub(in crate::compare) type Figure = (Unit, u64);

struct Words {
    units: FxHashMap<u64, (Unit, u64)>,
    ages: FxHashSet<u64>,
    parts: FxHashSet<u64>,
    spelled: FxHashMap<u64, u64>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| Words {
    units: UNITS
        .iter()
        .flat_map(|&(forms, unit, each)| {
            let forms = forms.split(' ');
            forms.map(move |form| (word_key(form), (unit, each)))
        })
        .collect(),
    ages: AGES.split(' ').map(word_key).collect(),
    parts: PARTS.split_whitespace().map(word_key).collect(),
    spelled: SPELLED
        .split_whitespace()
        .zip(1..)
        .chain(TENS.iter().copied())
        .map(|(word, figure)| (word_key(word), figure))
        .collect(),
});

/// The figures that a text states, sorted, each once.
pub(in crate::compare) fn of(text: &str) -> Vec<Figure> {
    let mut words = Vec::new();
    tokens::read(text, 0, true, &mut words);
    words.retain(Token::is_hard);
    figures(text, &words)
}

/// The figures that the words of a clause state, sorted, each once.
pub(super) fn figures(text: &str, words: &[Token]) -> Vec<Figure> {
    let known = &*WORDS;
    let mut found: Vec<Figure> = words
        .iter()
        .enumerate()
        .filter_map(|(at, token)| {
            let number = match token.kind {
                Kind::Number => super::lexicon::raw(text, token).parse().ok()?,
                _ => *known.spelled.get(&token.key)?,
            };
            rule(words, at, number)
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The figure that a number at a place states, if its neighbours give it a unit.
fn rule(words: &[Token], at: usize, number: u64) -> Option<Figure> {
    let known = &*WORDS;
    let after = words.get(at + 1..words.len().min(at + 1 + UNIT_REACH))?;
    let before = words.get(at.saturating_sub(AGE_REACH)..at)?;
    if before
        .last()
        .is_some_and(|word| known.parts.contains(&word.key))
    {
        return None;
    }
    let is_age =
        |near: &[Token]| number <= OLDEST && near.iter().any(|word| known.ages.contains(&word.key));
    let unit = after.iter().find_map(|word| known.units.get(&word.key));
    match unit {
        Some((Unit::Months, 12)) | None if is_age(before) || is_age(after) => {
            Some((Unit::Age, number))
        }
        Some(&(unit, each)) => Some(period(unit, number.saturating_mul(each))),
        None => None,
    }
}

/// The same period in one way of writing it.
fn period(unit: Unit, number: u64) -> Figure {
    match unit {
        Unit::Days if number > 0 && number.is_multiple_of(YEAR) => {
            (Unit::Months, number / YEAR * 12)
        }
        Unit::Days if number > 0 && number.is_multiple_of(MONTH) => (Unit::Months, number / MONTH),
        _ => (unit, number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_the_same_in_any_unit() {
        for (one, other) in [
            ("deleted after thirty days", "deleted after 1 month"),
            ("for twelve months", "for a period of 1 year"),
            ("within two weeks", "within 14 days"),
            ("kept for 365 calendar days", "kept for one year"),
        ] {
            assert_eq!(of(one), of(other), "{one} / {other}");
            assert_eq!(of(one).len(), 1, "{one}");
        }
        assert_ne!(of("for 30 days"), of("for 12 months"));
    }

    #[test]
    fn ages_are_no_periods() {
        for text in [
            "under 13",
            "under the age of 13",
            "you are 13 years of age or older",
            "thirteen years old",
        ] {
            assert_eq!(of(text), [(Unit::Age, 13)], "{text}");
        }
    }

    #[test]
    fn bare_numbers_make_no_rule() {
        for text in [
            "Art. 6 para. 1 lit. f GDPR",
            "under Article 6 of the GDPR",
            "rights under Section 12, whatever your age",
            "over 250 partners",
            "call 1 800 555 0100",
            "last updated on May 25, 2018",
            "one of our partners",
        ] {
            assert_eq!(of(text), [], "{text}");
        }
    }
}
