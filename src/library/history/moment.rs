//! What may stand behind the `@` of a name: a date or part of one, a point in time, a revision.

use crate::model::History;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// Fewer digits than this do not name a revision.
const LEAST_DIGITS: usize = 4;

/// A version asked for by when it was in force, or by its revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// The newest version recorded before this point: the end of the day, month or year that was
    /// named.
    Before(Timestamp),
    /// The version whose revision begins with these digits.
    Revision(String),
}

impl Moment {
    /// Reads `2020`, `2020-05`, `2020-05-03`, `2020-05-03T10-20-30Z` (or with colons), or at least
    /// four hexadecimal digits of a revision. Four digits alone are a year.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(end) = end_of_period(text).or_else(|| after_second(text)) {
            return Some(Self::Before(end));
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
            Self::Before(end) => {
                let dated = versions.filter_map(|(place, version)| {
                    let time = version.recorded.filter(|time| time < end)?;
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

    /// The one version that this names.
    pub(crate) fn place_in(&self, history: &History) -> Option<usize> {
        match self.places_in(history)[..] {
            [place] => Some(place),
            _ => None,
        }
    }
}

/// The first moment after the year, month or day that `text` names, in Universal Time.
fn end_of_period(text: &str) -> Option<Timestamp> {
    let mut parts = text.split('-');
    let year = number(parts.next()?, 4)?;
    let month = parts.next().map(|part| number(part, 2));
    let day = parts.next().map(|part| number(part, 2));
    if parts.next().is_some() {
        return None;
    }
    let (month, day, step) = match (month, day) {
        (None, _) => (1, 1, Span::new().years(1)),
        (Some(month), None) => (month?, 1, Span::new().months(1)),
        (Some(month), Some(day)) => (month?, day?, Span::new().days(1)),
    };
    let first = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let next = first.checked_add(step).ok()?;
    Some(next.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// The first moment after the second that `text` names, in Universal Time.
fn after_second(text: &str) -> Option<Timestamp> {
    let (date, time) = text.split_once('T')?;
    let time = time.trim_end_matches('Z').replace('-', ":");
    let moment: DateTime = format!("{date}T{time}").parse().ok()?;
    let moment = moment.to_zoned(TimeZone::UTC).ok()?.timestamp();
    moment.checked_add(Span::new().seconds(1)).ok()
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
            Moment::Before(end) => Some(end.to_string()),
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
