//! Which policies a query chooses.

use super::query::Choice;
use crate::model::{Facts, PartialDate};

/// Whether a version is among those chosen by all of the choices.
pub(super) fn is_chosen(
    choices: &[Choice],
    name: &str,
    facts: &Facts,
    date: Option<PartialDate>,
) -> bool {
    choices.iter().all(|choice| fits(choice, name, facts, date))
}

/// Whether any of the choices is about dates, and so about single versions.
pub(super) fn is_about_dates(choices: &[Choice]) -> bool {
    choices.iter().any(|choice| match choice {
        Choice::Site(_) | Choice::Type(_) => false,
        Choice::After(_) | Choice::Before(_) => true,
        Choice::Any(inner) | Choice::All(inner) => is_about_dates(inner),
        Choice::Not(inner) => is_about_dates(std::slice::from_ref(inner)),
    })
}

fn fits(choice: &Choice, name: &str, facts: &Facts, date: Option<PartialDate>) -> bool {
    let provenance = &facts.provenance;
    let holds = |text: Option<&str>, part: &str| {
        text.is_some_and(|text| {
            let text = text.to_lowercase();
            match part.strip_suffix('*') {
                Some(start) => text.trim_start_matches("www.").starts_with(start),
                None => text.contains(part),
            }
        })
    };
    match choice {
        Choice::Site(part) => [
            Some(&*provenance.site),
            provenance.host.as_deref(),
            Some(name),
        ]
        .into_iter()
        .any(|text| holds(text, part)),
        Choice::Type(part) => {
            holds(provenance.terms.as_deref(), part) || holds(Some(&facts.title), part)
        }
        Choice::After(from) => date.is_some_and(|date| !is_before(date, *from)),
        Choice::Before(to) => date.is_some_and(|date| is_before(date, *to)),
        Choice::Any(any) => any.iter().any(|choice| fits(choice, name, facts, date)),
        Choice::All(all) => all.iter().all(|choice| fits(choice, name, facts, date)),
        Choice::Not(inner) => !fits(inner, name, facts, date),
    }
}

/// Whether a date lies wholly before the year, month or day. What a date leaves open does not.
fn is_before(date: PartialDate, wanted: PartialDate) -> bool {
    if date.year != wanted.year {
        return date.year < wanted.year;
    }
    match (date.month, wanted.month) {
        (Some(has), Some(wants)) if has != wants => has < wants,
        (Some(_), Some(_)) => {
            matches!((date.day, wanted.day), (Some(has), Some(wants)) if has < wants)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_compare_as_far_as_they_are_known() {
        let date = |year, month, day| PartialDate { year, month, day };
        let day = date(2018, Some(5), Some(25));
        assert!(is_before(day, date(2019, None, None)));
        assert!(!is_before(day, date(2018, None, None)));
        assert!(is_before(day, date(2018, Some(6), None)));
        assert!(is_before(day, date(2018, Some(5), Some(26))));
        assert!(!is_before(day, day));
        assert!(!is_before(date(2018, None, None), day));
    }
}
