//! What may stand behind the `@` of a name: a date or part of one, a point in time, a revision.

use crate::model::History;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use std::fmt;

/// Fewer digits than this do not name a revision.
const LEAST_DIGITS: usize = 4;

/// A version asked for by when it was in force, or by its revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// The newest version recorded by the end of the year, month, day or second that was named.
    During(Period),
    /// The version whose revision begins with these digits.
    Revision(String),
}

/// A stretch of time that a date, a part of one or a point in time names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    /// Its first moment.
    first: Timestamp,
    /// The first moment after it.
    end: Timestamp,
    length: Length,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Length {
    Year,
    Month,
    Day,
    Second,
}

impl Period {
    /// Whether a version was recorded by its end.
    pub(crate) fn reaches(&self, recorded: Timestamp) -> bool {
        recorded < self.end
    }

    /// Whether it names the version recorded then rather than what was in force: it is a day or less,
    /// and the version was recorded in it.
    fn is_date_of(&self, recorded: Timestamp) -> bool {
        let is_short = matches!(self.length, Length::Day | Length::Second);
        is_short && self.first <= recorded && self.reaches(recorded)
    }
}

/// As it stands behind "in force": "in 2025", "in June 2025", "on 2025-06-03".
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let form = match self.length {
            Length::Year => "in %Y",
            Length::Month => "in %B %Y",
            Length::Day => "on %Y-%m-%d",
            Length::Second => "on %Y-%m-%d at %H:%M:%S",
        };
        write!(f, "{}", self.first.strftime(form))
    }
}

impl Moment {
    /// Reads `2020`, `2020-05`, `2020-05-03`, `2020-05-03T10-20-30Z` (or with colons), or at least
    /// four hexadecimal digits of a revision. Four digits alone are a year.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(period) = days(text).or_else(|| second(text)) {
            return Some(Self::During(period));
        }
        let hexadecimal = text.bytes().all(|byte| byte.is_ascii_hexdigit());
        (hexadecimal && text.len() >= LEAST_DIGITS)
            .then(|| Self::Revision(text.to_ascii_lowercase()))
    }

    /// The places of the versions that this may name, oldest first: of a date at most one, of a
    /// revision all whose commit begins so.
    pub(crate) fn places_in(&self, history: &History) -> Vec<usize> {
        let versions = history.versions.iter().enumerate();
        match self {
            Self::During(period) => {
                let dated = versions.filter_map(|(place, version)| {
                    let time = version.recorded.filter(|time| period.reaches(*time))?;
                    Some((time, place))
                });
                dated.max().map(|(_, place)| place).into_iter().collect()
            }
            Self::Revision(digits) => versions
                .filter(|(_, version)| {
                    version
                        .origin
                        .commit()
                        .is_some_and(|c| c.starts_with(digits))
                })
                .map(|(place, _)| place)
                .collect(),
        }
    }

    /// Whether this names the very version that it found, by its own date or revision.
    pub(crate) fn is_name_of(&self, recorded: Option<Timestamp>) -> bool {
        match self {
            Self::During(period) => recorded.is_some_and(|time| period.is_date_of(time)),
            Self::Revision(_) => true,
        }
    }

    /// The one version that this names.
    pub(crate) fn place_in(&self, history: &History) -> Option<usize> {
        match self.places_in(history)[..] {
            [place] => Some(place),
            _ => None,
        }
    }
}

/// The year, month or day that `text` names, in Universal Time.
fn days(text: &str) -> Option<Period> {
    let mut parts = text.split('-');
    let year = number(parts.next()?, 4)?;
    let month = parts.next().map(|part| number(part, 2));
    let day = parts.next().map(|part| number(part, 2));
    if parts.next().is_some() {
        return None;
    }
    let (month, day, step, length) = match (month, day) {
        (None, _) => (1, 1, Span::new().years(1), Length::Year),
        (Some(month), None) => (month?, 1, Span::new().months(1), Length::Month),
        (Some(month), Some(day)) => (month?, day?, Span::new().days(1), Length::Day),
    };
    let first = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let midnight = |date: Date| Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp());
    Some(Period {
        first: midnight(first)?,
        end: midnight(first.checked_add(step).ok()?)?,
        length,
    })
}

/// The second that `text` names, in Universal Time.
fn second(text: &str) -> Option<Period> {
    let (date, time) = text.split_once('T')?;
    let time = time.trim_end_matches('Z').replace('-', ":");
    let moment: DateTime = format!("{date}T{time}").parse().ok()?;
    let first = moment.to_zoned(TimeZone::UTC).ok()?.timestamp();
    Some(Period {
        first,
        end: first.checked_add(Span::new().seconds(1)).ok()?,
        length: Length::Second,
    })
}

/// A number of exactly so many digits.
fn number(text: &str, digits: usize) -> Option<i16> {
    let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(text: &str) -> Option<String> {
        match Moment::parse(text)? {
            Moment::During(period) => Some(period.end.to_string()),
            Moment::Revision(digits) => Some(format!("revision {digits}")),
        }
    }

    #[test]
    fn a_date_or_part_of_one_lasts_until_its_end() {
        assert_eq!(end("2020").as_deref(), Some("2021-01-01T00:00:00Z"));
        assert_eq!(end("2020-12").as_deref(), Some("2021-01-01T00:00:00Z"));
        assert_eq!(end("2020-02-29").as_deref(), Some("2020-03-01T00:00:00Z"));
        assert_eq!(
            end("2020-05-03T10-20-30Z").as_deref(),
            Some("2020-05-03T10:20:31Z")
        );
        assert_eq!(
            end("2020-05-03T10:20:30").as_deref(),
            Some("2020-05-03T10:20:31Z")
        );
    }

    #[test]
    fn a_period_is_called_as_people_call_it() {
        for (text, called) in [
            ("2025", "in 2025"),
            ("2025-06", "in June 2025"),
            ("2025-06-03", "on 2025-06-03"),
            ("2025-06-03T10-20-30Z", "on 2025-06-03 at 10:20:30"),
        ] {
            let Some(Moment::During(period)) = Moment::parse(text) else {
                panic!("{text} is a period");
            };
            assert_eq!(period.to_string(), called);
        }
    }

    #[test]
    fn only_a_day_or_less_is_the_date_of_a_version() {
        let recorded: Timestamp = "2025-06-03T10:20:30Z".parse().unwrap();
        let is_date = |text| Moment::parse(text).map(|it| it.is_name_of(Some(recorded)));
        for date in ["2025-06-03", "2025-06-03T10-20-30Z", "abcd"] {
            assert_eq!(is_date(date), Some(true), "{date}");
        }
        for later in ["2025", "2025-06", "2025-06-04", "2025-06-03T10-20-31Z"] {
            assert_eq!(is_date(later), Some(false), "{later}");
        }
    }

    #[test]
    fn digits_name_a_revision_unless_they_are_a_year() {
        assert_eq!(end("20a0").as_deref(), Some("revision 20a0"));
        assert_eq!(end("DEADBEEF").as_deref(), Some("revision deadbeef"));
        assert_eq!(end("20200503").as_deref(), Some("revision 20200503"));
        for wrong in [
            "",
            "abc",
            "2020-13",
            "2020-02-30",
            "2020-5",
            "tomorrow",
            "2020-01-01-01",
        ] {
            assert_eq!(end(wrong), None, "{wrong}");
        }
    }
}
