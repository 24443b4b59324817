//! What stands behind the colon of `topic:`, `site:` and their like.

use super::query::{Choice, Part, Wish, Wrong};
use crate::model::{PartialDate, Stance, Topic};
use jiff::civil::Date;
use std::ops::Range;

/// What a field asks for.
pub(super) fn field(name: &str, value: &str, at: &Range<usize>) -> Result<Part, Wrong> {
    let wrong = |message: String| Wrong::new(at.clone(), message);
    if value.trim().is_empty() {
        return Err(wrong(format!("“{name}:” needs a value behind it")));
    }
    let lower = value.to_lowercase();
    let part = || match lower.trim_end_matches('*').contains('*') {
        true => Err(wrong(format!(
            "in “{name}:” a * stands at the end alone: what is before it is how a name begins"
        ))),
        false => Ok(lower.clone()),
    };
    Ok(match name {
        "topic" => Part::Clause(Wish::Topic(Topic::from_id(&lower).ok_or_else(|| {
            let ids = Topic::ALL.map(Topic::id);
            wrong(format!("the topics are {}", ids.join(", ")))
        })?)),
        "stance" => Part::Clause(Wish::Stance(stance(&lower).ok_or_else(|| {
            let ids = STANCES.map(Stance::id);
            wrong(format!("the stances are {}", ids.join(", ")))
        })?)),
        "site" => Part::Policy(Choice::Site(part()?)),
        "type" => Part::Policy(Choice::Type(part()?)),
        "after" => Part::Policy(Choice::After(date(value).map_err(wrong)?)),
        "before" => Part::Policy(Choice::Before(date(value).map_err(wrong)?)),
        _ => return Err(wrong(format!("“{name}:” is not known; there are {FIELDS}"))),
    })
}

/// What may stand before a colon.
const FIELDS: &str = "topic:, stance:, site:, type:, after: and before:";

const STANCES: [Stance; 5] = [
    Stance::Asserts,
    Stance::Denies,
    Stance::Permits,
    Stance::Limits,
    Stance::None,
];

fn stance(id: &str) -> Option<Stance> {
    STANCES.into_iter().find(|stance| stance.id() == id)
}

/// `2018`, `2018-05` or `2018-05-25`.
fn date(text: &str) -> Result<PartialDate, String> {
    let wrong = || format!("“{text}” is not a date such as 2018, 2018-05 or 2018-05-25");
    let mut parts = text.trim().split('-');
    let year = parts.next().filter(|year| year.len() == 4);
    let year = year.and_then(|year| year.parse().ok()).ok_or_else(wrong)?;
    let mut small = |most: u8| match parts.next().map(str::parse::<u8>) {
        None => Ok(None),
        Some(Ok(number)) if (1..=most).contains(&number) => Ok(Some(number)),
        Some(_) => Err(wrong()),
    };
    let (month, day) = (small(12)?, small(31)?);
    if parts.next().is_some() {
        return Err(wrong());
    }
    if let (Some(month), Some(day)) = (month, day) {
        let first = i8::try_from(month)
            .ok()
            .and_then(|month| Date::new(year, month, 1).ok());
        let days = first.map_or(0, Date::days_in_month);
        if i8::try_from(day).map_or(true, |day| day > days) {
            return Err(format!(
                "there is no {text}: {year}-{month:02} has {days} days"
            ));
        }
    }
    Ok(PartialDate { year, month, day })
}
