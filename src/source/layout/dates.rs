//! Dates in names: `2021-08-01T01-03-12Z`, `site_2015-12-29`, `20151229`, `2021-08`, `2021/08/01`.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// Digits are taken for a year only in this range: there were no policies on the web before.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;

/// The names of a path without the dates in them.
#[derive(Debug, Default)]
pub(super) struct Taken<'a> {
    /// What is left of the names.
    pub(super) left: Vec<&'a str>,
    /// The date that they come to.
    pub(super) date: Option<Timestamp>,
    /// A day among them that no calendar has (`2022-02-30`); its month was read.
    pub(super) impossible: Option<String>,
}

/// Takes the dates out of the names of a path, the last of which has lost its extension. Several
/// dates complete each other (`2021/08/site`), or else the last one counts, as the most exact. A
/// month stands for its first day, a day for its first moment, in Universal Time.
pub(super) fn take_out<'a>(names: impl Iterator<Item = &'a str>) -> Taken<'a> {
    let mut taken = Taken::default();
    let mut date: Option<Moment> = None;
    // The folder of a year (and of a month in it) that a smaller unit may complete.
    let mut open: Option<Unit> = None;
    let mut names = names.peekable();
    while let Some(name) = names.next() {
        let is_folder = names.peek().is_some();
        if let Some((moment, next)) = unit(name, open, is_folder) {
            date = Some(moment);
            open = next;
            continue;
        }
        if let Some((year, Some(month))) = open
            && let Some(first) = month_of_no_such_day(year, month, name)
        {
            date = Some(first);
            taken.impossible = Some(format!("{year}-{month:02}-{name}"));
            open = None;
            continue;
        }
        open = None;
        match in_name(name) {
            Some(found) => {
                date = Some(found.moment);
                let impossible = found.impossible.map(str::to_owned);
                taken.impossible = impossible.or(taken.impossible);
                if !found.rest.is_empty() {
                    taken.left.push(found.rest);
                }
            }
            None => taken.left.push(name),
        }
    }
    taken.date = date.and_then(Moment::timestamp);
    taken
}

/// A date in a name.
struct InName<'a> {
    moment: Moment,
    /// What is left of the name without it and the mark between them.
    rest: &'a str,
    /// The date as it is written, where its day does not exist.
    impossible: Option<&'a str>,
}

/// A moment as a name writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Moment {
    date: Date,
    time: Time,
}

impl Moment {
    fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        let date = Date::new(year, month, day).ok()?;
        YEARS.contains(&year).then_some(Self {
            date,
            time: Time::midnight(),
        })
    }

    fn timestamp(self) -> Option<Timestamp> {
        let civil = DateTime::from_parts(self.date, self.time);
        Some(civil.to_zoned(TimeZone::UTC).ok()?.timestamp())
    }
}

/// A year, or a month of it, that the name of a folder gave.
type Unit = (i16, Option<i8>);

/// A name that is one unit of a date: the folder of a year, or a month or day below one. Gives what
/// a smaller unit may complete next.
fn unit(name: &str, open: Option<Unit>, is_folder: bool) -> Option<(Moment, Option<Unit>)> {
    if !name.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match (open, name.len()) {
        (None, 4) if is_folder => {
            let year = name.parse().ok()?;
            Some((Moment::day(year, 1, 1)?, Some((year, None))))
        }
        (Some((year, None)), 2) => {
            let month = name.parse().ok()?;
            Some((Moment::day(year, month, 1)?, Some((year, Some(month)))))
        }
        (Some((year, Some(month))), 2) => {
            Some((Moment::day(year, month, name.parse().ok()?)?, None))
        }
        _ => None,
    }
}

/// The first day of a month for the name of a day that it does not have.
fn month_of_no_such_day(year: i16, month: i8, name: &str) -> Option<Moment> {
    let day: i8 = number(name, 0, 2).filter(|_| name.len() == 2)?;
    let is_day = Date::new(year, month, day).is_ok() || !(1..=31).contains(&day);
    (!is_day).then(|| Moment::day(year, month, 1)).flatten()
}

/// The date at the beginning or the end of a name.
fn in_name(name: &str) -> Option<InName<'_>> {
    let is_mark = |c: char| matches!(c, '_' | '-' | '.' | ' ' | '@' | ',');
    let starts = (0..name.len()).filter(|at| name.is_char_boundary(*at));
    for at in starts {
        let (before, rest) = name.split_at(at);
        if !(before.is_empty() || before.ends_with(is_mark)) || !rest.starts_with(digit) {
            continue;
        }
        let Some((moment, length)) = read(rest) else {
            continue;
        };
        let (written, after) = rest.split_at(length);
        let impossible = no_such_day(written);
        let found = |rest| InName {
            moment,
            rest,
            impossible,
        };
        if after.is_empty() {
            return Some(found(before.trim_end_matches(is_mark)));
        }
        if before.is_empty() && after.starts_with(is_mark) {
            return Some(found(after.trim_start_matches(is_mark)));
        }
    }
    None
}

fn digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// Reads a date at the beginning of a text, with the time that may follow it; gives its length too.
fn read(text: &str) -> Option<(Moment, usize)> {
    let (date, length) = read_date(text)?;
    let rest = &text[length..];
    if let Some((time, more)) = read_time(rest) {
        return Some((Moment { date, time }, length + more));
    }
    // A further digit would make it another number.
    if rest.starts_with(digit) {
        return None;
    }
    Some((
        Moment {
            date,
            time: Time::midnight(),
        },
        length,
    ))
}

/// The date of a text that was read, where it names a day that does not exist.
fn no_such_day(written: &str) -> Option<&str> {
    let (date, length) = read_date(written)?;
    let day: i8 = number(written, length.checked_sub(2)?, 2)?;
    // A month alone ends in its own number.
    (length > "2015-12".len() && day != date.day()).then(|| &written[..length])
}

/// `2015-12-29`, `2015_12_29`, `2015.12.29`, `20151229`, or `2015-12` alone. Of a day that its month does
/// not have (`2022-02-30`) the month is read.
fn read_date(text: &str) -> Option<(Date, usize)> {
    let year: i16 = number(text, 0, 4)?;
    if !YEARS.contains(&year) {
        return None;
    }
    let mark = text.as_bytes().get(4).copied()?;
    if mark.is_ascii_digit() {
        let (month, day) = (number(text, 4, 2)?, number(text, 6, 2)?);
        let date = Date::new(year, month, day).ok();
        // Any other eight digits may be a number.
        let date = date.or_else(|| {
            Date::new(year, month, 1)
                .ok()
                .filter(|_| (1..=31).contains(&day))
        });
        return Some((date?, 8));
    }
    if !matches!(mark, b'-' | b'_' | b'.') {
        return None;
    }
    let month: i8 = number(text, 5, 2)?;
    let day = (text.as_bytes().get(7) == Some(&mark))
        .then(|| number(text, 8, 2))
        .flatten();
    let first = Date::new(year, month, 1).ok()?;
    Some(match day {
        Some(day) => (Date::new(year, month, day).unwrap_or(first), 10),
        None => (first, 7),
    })
}

/// `T01-03-12Z`, `T01:03:12.345Z`, `T010312`, `_01-03-12`, or six digits at once (`20151229010312`).
fn read_time(text: &str) -> Option<(Time, usize)> {
    let lead = usize::from(text.starts_with(['T', 't', '_', ' ']));
    let body = &text[lead..];
    let hour: i8 = number(body, 0, 2)?;
    let (minute, second, mut length) = match body.as_bytes().get(2).copied() {
        Some(mark @ (b'-' | b':' | b'.')) if lead == 1 => {
            let second = (body.as_bytes().get(5) == Some(&mark)).then(|| number(body, 6, 2));
            let second: Option<i8> = second.flatten();
            (
                number(body, 3, 2)?,
                second.unwrap_or(0),
                if second.is_some() { 8 } else { 5 },
            )
        }
        _ => (number(body, 2, 2)?, number(body, 4, 2)?, 6),
    };
    let fraction = body[length..].strip_prefix(['.', '-']).map(|rest| {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        (rest, digits)
    });
    if let Some((rest, digits)) = fraction
        && (1..=9).contains(&digits)
        && rest[digits..].starts_with(['Z', 'z'])
    {
        length += 1 + digits;
    }
    length += usize::from(body[length..].starts_with(['Z', 'z']));
    if body[length..].starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    Some((Time::new(hour, minute, second, 0).ok()?, lead + length))
}

/// A number of so many digits at a place of a text.
fn number<T: std::str::FromStr>(text: &str, at: usize, digits: usize) -> Option<T> {
    let part = text.get(at..at + digits)?;
    part.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| part.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names that are left, and the date.
    fn read(path: &str) -> String {
        let taken = take_out(path.split('/'));
        let date = taken
            .date
            .map_or_else(|| "none".to_owned(), |date| date.to_string());
        let left = taken.left.join("/");
        match taken.impossible {
            None => format!("{left} {date}"),
            Some(written) => format!("{left} {date}, not {written}"),
        }
    }

    #[test]
    fn dates_are_taken_out_of_names() {
        for (path, expected) in [
            ("2021-08-01T01-03-12Z", " 2021-08-01T01:03:12Z"),
            ("a/b/2021-08-01T01:03:12.500Z", "a/b 2021-08-01T01:03:12Z"),
            ("2015-12-29", " 2015-12-29T00:00:00Z"),
            ("site_2015-12-29", "site 2015-12-29T00:00:00Z"),
            (
                "mp3rocket.me-2015.12.29",
                "mp3rocket.me 2015-12-29T00:00:00Z",
            ),
            ("2015-12-29_site", "site 2015-12-29T00:00:00Z"),
            ("20151229", " 2015-12-29T00:00:00Z"),
            ("site 20151229", "site 2015-12-29T00:00:00Z"),
            ("20151229010312", " 2015-12-29T01:03:12Z"),
            ("site_20151229T010312Z", "site 2015-12-29T01:03:12Z"),
            ("site_2015-12-29_01-03", "site 2015-12-29T01:03:00Z"),
            ("2021-08/site", "site 2021-08-01T00:00:00Z"),
            (
                "2021-08-01/Airbnb/Privacy Policy",
                "Airbnb/Privacy Policy 2021-08-01T00:00:00Z",
            ),
            ("2021/site", "site 2021-01-01T00:00:00Z"),
            ("2021/08/site", "site 2021-08-01T00:00:00Z"),
            ("site/2021/08/05", "site 2021-08-05T00:00:00Z"),
            ("2021/site_2021-08-05", "site 2021-08-05T00:00:00Z"),
        ] {
            assert_eq!(read(path), expected, "{path}");
        }
    }

    #[test]
    fn of_a_day_that_does_not_exist_the_month_is_read() {
        for (path, expected) in [
            (
                "Acme/2022-02-30",
                "Acme 2022-02-01T00:00:00Z, not 2022-02-30",
            ),
            (
                "site_2021.04.31",
                "site 2021-04-01T00:00:00Z, not 2021.04.31",
            ),
            ("site_20210431", "site 2021-04-01T00:00:00Z, not 20210431"),
            (
                "2021-02-29_site",
                "site 2021-02-01T00:00:00Z, not 2021-02-29",
            ),
            ("2020-02-29_site", "site 2020-02-29T00:00:00Z"),
            (
                "site/2022/02/30",
                "site 2022-02-01T00:00:00Z, not 2022-02-30",
            ),
        ] {
            assert_eq!(read(path), expected, "{path}");
        }
    }

    #[test]
    fn other_numbers_are_left_alone() {
        for path in [
            "privacy-2",
            "1password",
            "2015",
            "site-2015",
            "20151340",
            "123456789012",
            "2015-13-45",
            "v2015-12-29b",
            "99-12-31",
            "4chan.org",
            "2021-08-01abc",
            "é2015",
            "",
        ] {
            assert_eq!(read(path), format!("{path} none"), "{path}");
        }
    }
}
