//! Dates as people write them: "June 1st, 2013", "1 de junio de 2013", "01.06.2013".

use crate::model::PartialDate;
use jiff::civil::Date;

/// More words and numbers than this are in no date.
pub(super) const LONGEST: usize = 5;

/// A word or number of a sentence.
pub(super) struct Token<'a> {
    /// In lower case.
    pub(super) text: String,
    /// Where it ends in the sentence.
    pub(super) end: usize,
    /// What stands between it and the next one.
    gap: &'a str,
}

/// The first so many words and numbers from byte `from` on.
pub(super) fn tokens(text: &str, from: usize, most: usize) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = from;
    while tokens.len() < most {
        let Some(skip) = text[at..].find(char::is_alphanumeric) else {
            break;
        };
        let start = at + skip;
        let digits = text[start..].starts_with(|c: char| c.is_ascii_digit());
        let same = |c: char| c.is_alphanumeric() && c.is_ascii_digit() == digits;
        let end = text[start..]
            .find(|c| !same(c))
            .map_or(text.len(), |i| start + i);
        let after = text[end..]
            .find(char::is_alphanumeric)
            .map_or(text.len(), |i| end + i);
        tokens.push(Token {
            text: text[start..end].to_lowercase(),
            end,
            gap: &text[end..after],
        });
        at = end;
    }
    tokens
}

/// A date at the first token, and how many tokens it takes.
pub(super) fn date_at(tokens: &[Token<'_>]) -> Option<(PartialDate, usize)> {
    let number = |i: usize| tokens.get(i).and_then(|t| t.text.parse::<i16>().ok());
    let month_name = |i: usize| tokens.get(i).and_then(|t| month(&t.text));
    let year = |i: usize| number(i).filter(|y| (1990..=2100).contains(y));
    // An ordinal's letters ("1st") are a token of their own.
    let ordinal = |i: usize| {
        usize::from(
            tokens
                .get(i)
                .is_some_and(|t| matches!(t.text.as_str(), "st" | "nd" | "rd" | "th" | "er")),
        )
    };
    if let Some(month) = month_name(0) {
        if let Some(year) = year(1) {
            return Some((
                PartialDate {
                    year,
                    month: Some(month),
                    day: None,
                },
                2,
            ));
        }
        let after = 2 + ordinal(2);
        let (day, year) = (number(1)?, year(after)?);
        return Some((full(year, month, day)?, after + 1));
    }
    if let Some(day) = number(0)
        && tokens[0].text.len() <= 2
    {
        let mut at = 1 + ordinal(1);
        at += usize::from(
            tokens
                .get(at)
                .is_some_and(|t| matches!(t.text.as_str(), "of" | "de" | "del")),
        );
        if let Some(month) = month_name(at) {
            at += 1;
            at += usize::from(
                tokens
                    .get(at)
                    .is_some_and(|t| matches!(t.text.as_str(), "de" | "del")),
            );
            return Some((full(year(at)?, month, day)?, at + 1));
        }
    }
    numeric(tokens)
}

/// 2013-06-19, 06-19-2013, 19.06.2013, 6/19/13.
fn numeric(tokens: &[Token<'_>]) -> Option<(PartialDate, usize)> {
    let [a, b, c, ..] = tokens else { return None };
    let mark = a.gap;
    if !matches!(mark, "-" | "/" | "." | "‑" | "–") || b.gap != mark {
        return None;
    }
    let value = |t: &Token<'_>| t.text.parse::<i16>().ok();
    let (x, y, z) = (value(a)?, value(b)?, value(c)?);
    if a.text.len() == 4 && (1990..=2100).contains(&x) {
        return Some((full(x, u8::try_from(y).ok()?, z)?, 3));
    }
    let year = match c.text.len() {
        4 if (1990..=2100).contains(&z) => z,
        2 => 2000 + z,
        _ => return None,
    };
    let date = match (x, y) {
        // With dots the day stands first, wherever such dates are written.
        (day, month) if mark == "." => full(year, u8::try_from(month).ok()?, day)?,
        (month, day @ 13..) => full(year, u8::try_from(month).ok()?, day)?,
        (day @ 13.., month) => full(year, u8::try_from(month).ok()?, day)?,
        (month, day) if month == day => full(year, u8::try_from(month).ok()?, day)?,
        // 03/04/2015: the words do not settle which is the month.
        (1..=12, 1..=12) => PartialDate {
            year,
            month: None,
            day: None,
        },
        _ => return None,
    };
    Some((date, 3))
}

fn full(year: i16, month: u8, day: i16) -> Option<PartialDate> {
    let day = i8::try_from(day).ok()?;
    Date::new(year, i8::try_from(month).ok()?, day).ok()?;
    Some(PartialDate {
        year,
        month: Some(month),
        day: u8::try_from(day).ok(),
    })
}

fn month(word: &str) -> Option<u8> {
    const MONTHS: [&[&str]; 12] = [
        &[
            "january", "jan", "janvier", "januar", "enero", "gennaio", "janeiro", "januari",
        ],
        &[
            "february",
            "feb",
            "février",
            "februar",
            "febrero",
            "febbraio",
            "fevereiro",
            "februari",
        ],
        &["march", "mar", "mars", "märz", "marzo", "março", "maart"],
        &["april", "apr", "avril", "abril", "aprile"],
        &["may", "mai", "mayo", "maggio", "maio", "mei"],
        &["june", "jun", "juin", "juni", "junio", "giugno", "junho"],
        &["july", "jul", "juillet", "juli", "julio", "luglio", "julho"],
        &["august", "aug", "août", "agosto", "augustus"],
        &[
            "september",
            "sep",
            "sept",
            "septembre",
            "septiembre",
            "settembre",
            "setembro",
        ],
        &[
            "october", "oct", "octobre", "oktober", "octubre", "ottobre", "outubro",
        ],
        &["november", "nov", "novembre", "noviembre", "novembro"],
        &[
            "december",
            "dec",
            "décembre",
            "dezember",
            "diciembre",
            "dicembre",
            "dezembro",
        ],
    ];
    let at = MONTHS.iter().position(|names| names.contains(&word))?;
    u8::try_from(at + 1).ok()
}
