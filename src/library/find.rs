//! Looks a policy up by what a person types: its name, its site or host, a site with a date, a path.

use super::{Library, PolicyId};
use crate::model::PartialDate;
use jiff::civil::Date;
use std::path::Path;

/// Fewer letters than this do not stand for a longer name.
const LEAST_PART: usize = 3;

/// How many near names an error lists.
const NEAR: usize = 5;

/// Why a name found no policy, or more than one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotFound {
    /// Nothing is called that.
    #[error("no policy is called “{name}”{}", hint("; the nearest are", near))]
    Unknown {
        /// What was asked for.
        name: String,
        /// The nearest names.
        near: Vec<String>,
    },
    /// Several policies answer to it.
    #[error("“{name}” is the name of several policies{}", hint(":", candidates))]
    Ambiguous {
        /// What was asked for.
        name: String,
        /// The policies that answer to it, by names that do not.
        candidates: Vec<String>,
    },
    /// The site has no version that old.
    #[error(
        "“{site}” has no version of {date} or before{}",
        hint("; there are", versions)
    )]
    TooEarly {
        /// The site.
        site: String,
        /// The date asked for.
        date: String,
        /// The versions there are.
        versions: Vec<String>,
    },
}

fn hint(lead: &str, names: &[String]) -> String {
    if names.is_empty() {
        String::new()
    } else {
        format!("{lead} {}", names.join(", "))
    }
}

impl Library {
    /// The policy that a name stands for: its [`Entry::name`](super::Entry::name), its path, its
    /// site or host in any case, or `SITE@DATE` for the version in force on a date.
    ///
    /// # Errors
    /// When nothing, or more than one policy, answers to the name; the nearest names are told.
    pub fn find(&self, name: &str) -> Result<PolicyId, NotFound> {
        let ids = |test: &dyn Fn(PolicyId) -> bool| self.ids().filter(|&id| test(id)).collect();
        let tests: [&dyn Fn(PolicyId) -> bool; 5] = [
            &|id| self.get(id).is_some_and(|entry| entry.name == name),
            &|id| self.has_path(id, name),
            &|id| self.has_site(id, name),
            &|id| self.has_host(id, name),
            &|id| self.holds(id, name),
        ];
        for (number, test) in tests.into_iter().enumerate() {
            // A part of a name is only taken for it when nothing else is meant.
            if number == 4 && (name.contains('@') || name.chars().count() < LEAST_PART) {
                continue;
            }
            let hits: Vec<PolicyId> = ids(test);
            match hits.as_slice() {
                [] => {}
                [one] => return Ok(*one),
                several => return Err(self.ambiguous(name, several)),
            }
        }
        if let Some((site, date)) = name.rsplit_once('@')
            && let Ok(date) = date.parse::<Date>()
            && let Some(found) = self.in_force(site, date)
        {
            return found;
        }
        Err(NotFound::Unknown {
            name: name.to_owned(),
            near: self.near(name),
        })
    }

    fn has_path(&self, id: PolicyId, name: &str) -> bool {
        self.get(id)
            .is_some_and(|e| e.facts.provenance.origin.path() == Path::new(name))
    }

    fn has_site(&self, id: PolicyId, name: &str) -> bool {
        self.get(id)
            .is_some_and(|e| e.facts.provenance.site.eq_ignore_ascii_case(name))
    }

    fn has_host(&self, id: PolicyId, name: &str) -> bool {
        let bare = |host: &str| host.trim_start_matches("www.").to_ascii_lowercase();
        self.get(id)
            .and_then(|entry| entry.facts.provenance.host.as_deref())
            .is_some_and(|host| bare(host) == bare(name))
    }

    /// Whether the site or the host holds the name.
    fn holds(&self, id: PolicyId, name: &str) -> bool {
        let name = name.to_lowercase();
        self.get(id).is_some_and(|entry| {
            let provenance = &entry.facts.provenance;
            provenance.site.to_lowercase().contains(&name)
                || provenance
                    .host
                    .as_ref()
                    .is_some_and(|host| host.contains(&name))
        })
    }

    fn ambiguous(&self, name: &str, hits: &[PolicyId]) -> NotFound {
        let names = hits
            .iter()
            .filter_map(|&id| self.get(id))
            .map(|entry| entry.name.clone());
        NotFound::Ambiguous {
            name: name.to_owned(),
            candidates: names.take(2 * NEAR).collect(),
        }
    }

    /// The newest version of a site that is not newer than the date; none when no site is called so.
    fn in_force(&self, site: &str, date: Date) -> Option<Result<PolicyId, NotFound>> {
        let mut versions: Vec<(Date, PolicyId)> = self
            .ids()
            .filter(|&id| self.has_site(id, site))
            .filter_map(|id| Some((first_day(self.get(id)?.facts.version()?.date())?, id)))
            .collect();
        versions.sort();
        if versions.is_empty() {
            return None;
        }
        let found = versions.iter().rev().find(|(dated, _)| *dated <= date);
        Some(found.map(|(_, id)| *id).ok_or_else(|| {
            NotFound::TooEarly {
                site: site.to_owned(),
                date: date.to_string(),
                versions: versions
                    .iter()
                    .take(NEAR)
                    .map(|(dated, _)| dated.to_string())
                    .collect(),
            }
        }))
    }

    /// The names most like `name`, best first.
    fn near(&self, name: &str) -> Vec<String> {
        let wanted = name.to_lowercase();
        let mut scored: Vec<(usize, &str)> = self
            .entries()
            .iter()
            .map(|entry| {
                (
                    distance(&wanted, &entry.name.to_lowercase()),
                    entry.name.as_str(),
                )
            })
            .collect();
        scored.sort();
        scored
            .into_iter()
            .take(NEAR)
            .map(|(_, name)| name.to_owned())
            .collect()
    }
}

/// The first day that a date may mean.
fn first_day(date: PartialDate) -> Option<Date> {
    let small = |n: Option<u8>| i8::try_from(n.unwrap_or(1)).ok();
    Date::new(date.year, small(date.month)?, small(date.day)?).ok()
}

/// Bigrams that only one of the two has: small for names that share most letters.
fn distance(a: &str, b: &str) -> usize {
    let grams = |text: &str| {
        let chars: Vec<char> = text.chars().collect();
        let mut grams: Vec<(char, char)> = chars.windows(2).map(|w| (w[0], w[1])).collect();
        grams.sort_unstable();
        grams
    };
    let (a, b) = (grams(a), grams(b));
    let shared = a
        .iter()
        .filter(|gram| b.binary_search(gram).is_ok())
        .count();
    (a.len() + b.len()).saturating_sub(2 * shared)
}
