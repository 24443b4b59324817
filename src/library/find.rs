//! Looks a policy up by what a person types: its name, its site or host, its path, and for one of
//! its versions a date or a revision behind an `@`.

use super::history::Moment;
use super::names;
use super::{Library, PolicyId};
use crate::model::{PartialDate, Provenance};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
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
    #[error("“{name}” is the name of several policies{}", hint(":", &some(candidates)))]
    Ambiguous {
        /// What was asked for.
        name: String,
        /// All policies that answer to it, by names that do not.
        candidates: Vec<String>,
    },
    /// The site has no version that old.
    #[error(
        "“{site}” has no version of {date} or before{}",
        hint("; the first is of", first.as_slice())
    )]
    TooEarly {
        /// The site.
        site: String,
        /// The date asked for.
        date: String,
        /// The first version there is, if any has a date.
        first: Option<String>,
    },
    /// The site has no version of that revision.
    #[error(
        "no version of “{site}” was recorded by a revision that begins with {revision}{}",
        hint("; there are", versions)
    )]
    NoRevision {
        /// The site.
        site: String,
        /// The digits asked for.
        revision: String,
        /// The newest versions there are.
        versions: Vec<String>,
    },
    /// What stands behind the `@` is neither a date nor a revision.
    #[error(
        "“{when}” is no date such as 2020, 2020-05 or 2020-05-03, and no revision of four digits or more"
    )]
    NoMoment {
        /// What stands there.
        when: String,
    },
    /// The version is there and cannot be read.
    #[error("“{name}” cannot be read: {reason}")]
    Unreadable {
        /// What was asked for.
        name: String,
        /// Why, as a sentence.
        reason: String,
    },
}

/// The first of many names, with how many more there are.
fn some(names: &[String]) -> Vec<String> {
    let mut some: Vec<String> = names.iter().take(2 * NEAR).cloned().collect();
    let more = names.len() - some.len();
    if let Some(last) = some.last_mut().filter(|_| more > 0) {
        last.push_str(&format!(" and {more} more"));
    }
    some
}

fn hint(lead: &str, names: &[String]) -> String {
    if names.is_empty() {
        String::new()
    } else {
        format!("{lead} {}", names.join(", "))
    }
}

/// A version that a name with an `@` may mean: when it was recorded, and where it is.
struct Version {
    time: Option<Timestamp>,
    of: PolicyId,
    place: usize,
}

impl Library {
    /// The policy that a name stands for: its [`Entry::name`](super::Entry::name), its path, its
    /// site or host in any case, a part of these, or the site with the type of terms
    /// (`Airbnb/Terms of Service`). A site alone means its privacy policy where it has several types.
    ///
    /// `NAME@DATE` is the newest version recorded by the end of that day, month or year,
    /// `NAME@REVISION` the one that a revision recorded; it is opened if it was not.
    ///
    /// # Errors
    /// When nothing, or more than one policy, answers to the name; the nearest names are told.
    pub fn find(&self, name: &str) -> Result<PolicyId, NotFound> {
        match self.answering(name)[..] {
            [] => {}
            [one] => return Ok(one),
            ref several => return Err(self.ambiguous(name, several)),
        }
        if let Some((site, when)) = name.rsplit_once('@') {
            let documents = self.answering(site);
            if !documents.is_empty() {
                return self.find_version(name, site, when, &documents);
            }
        }
        Err(NotFound::Unknown {
            name: name.to_owned(),
            near: self.near(name),
        })
    }

    /// The policies that answer to a name: those that it fits best.
    fn answering(&self, name: &str) -> Vec<PolicyId> {
        let lower = name.to_lowercase();
        let path = Path::new(name);
        let tests: [&dyn Fn(PolicyId) -> bool; 6] = [
            &|id| self.get(id).is_some_and(|entry| entry.name == name),
            &|id| self.provenance(id, |it| it.origin.path() == path),
            &|id| self.provenance(id, |it| it.site.eq_ignore_ascii_case(name)),
            &|id| self.provenance(id, |it| names::typed_name(it).to_lowercase() == lower),
            &|id| self.provenance(id, |it| has_host(it, name)),
            &|id| self.provenance(id, |it| holds(it, &lower)),
        ];
        for (number, test) in tests.into_iter().enumerate() {
            // A part of a name is only taken for it when nothing else is meant.
            if number == 5 && (name.contains('@') || name.chars().count() < LEAST_PART) {
                continue;
            }
            let hits: Vec<PolicyId> = self.ids().filter(|&id| test(id)).collect();
            if !hits.is_empty() {
                return self.privacy_policies(hits);
            }
        }
        Vec::new()
    }

    fn provenance(&self, id: PolicyId, test: impl Fn(&Provenance) -> bool) -> bool {
        self.get(id)
            .is_some_and(|entry| test(&entry.facts.provenance))
    }

    /// Of documents of several types, the privacy policies, if there are any.
    fn privacy_policies(&self, hits: Vec<PolicyId>) -> Vec<PolicyId> {
        let is_policy = |id: &PolicyId| self.provenance(*id, names::is_privacy_policy);
        let policies: Vec<PolicyId> = hits.iter().copied().filter(is_policy).collect();
        if policies.is_empty() { hits } else { policies }
    }

    fn ambiguous(&self, name: &str, hits: &[PolicyId]) -> NotFound {
        let names = hits
            .iter()
            .filter_map(|&id| self.get(id))
            .map(|entry| entry.name.clone());
        NotFound::Ambiguous {
            name: name.to_owned(),
            candidates: names.collect(),
        }
    }

    /// The version of a document, or of documents of one site, that `when` names.
    fn find_version(
        &self,
        name: &str,
        site: &str,
        when: &str,
        documents: &[PolicyId],
    ) -> Result<PolicyId, NotFound> {
        let Some(moment) = Moment::parse(when) else {
            let when = when.to_owned();
            return Err(NotFound::NoMoment { when });
        };
        if let [first, rest @ ..] = documents
            && let Some(first) = self.get(*first)
        {
            let called = names::typed_name(&first.facts.provenance);
            let other = |id: &PolicyId| self.provenance(*id, |it| names::typed_name(it) != called);
            if rest.iter().any(other) {
                return Err(self.ambiguous(site, documents));
            }
        }
        let versions: Vec<Version> = documents.iter().flat_map(|&id| self.versions(id)).collect();
        let found = match &moment {
            Moment::Before(end) => versions
                .iter()
                .filter(|version| version.time.is_some_and(|time| time < *end))
                .max_by_key(|version| (version.time, version.of, version.place)),
            Moment::Revision(digits) => {
                let fits: Vec<&Version> = versions
                    .iter()
                    .filter(|version| {
                        self.commit(version)
                            .is_some_and(|commit| commit.starts_with(digits))
                    })
                    .collect();
                match fits[..] {
                    [one] => Some(one),
                    [] => None,
                    ref several => {
                        let names = several.iter();
                        return Err(NotFound::Ambiguous {
                            name: name.to_owned(),
                            candidates: names.map(|version| self.called(version)).collect(),
                        });
                    }
                }
            }
        };
        let Some(found) = found else {
            return Err(self.no_version(site, when, &moment, versions));
        };
        match self.open_version(found.of, found.place) {
            Some(Ok(id)) => Ok(id),
            Some(Err(issue)) => Err(NotFound::Unreadable {
                name: name.to_owned(),
                reason: issue.message,
            }),
            None => Err(self.no_version(site, when, &moment, versions)),
        }
    }

    /// The versions of a listed document. One without history is known by its own date.
    fn versions(&self, of: PolicyId) -> Vec<Version> {
        let Some(entry) = self.get(of) else {
            return Vec::new();
        };
        let version = |time, place| Version { time, of, place };
        match &entry.history {
            Some(history) => {
                let versions = history.versions.iter().enumerate();
                versions
                    .map(|(place, known)| version(known.recorded, place))
                    .collect()
            }
            None => {
                let date = entry
                    .facts
                    .version()
                    .and_then(|known| first_day(known.date()));
                vec![version(date, 0)]
            }
        }
    }

    fn commit(&self, version: &Version) -> Option<&str> {
        let history = self.get(version.of)?.history.as_ref()?;
        history.versions.get(version.place)?.origin.commit()
    }

    /// What stands behind the `@` for a version.
    fn called(&self, version: &Version) -> String {
        let name = self.version_name(version.of, version.place);
        let name = name.unwrap_or_default();
        match (name.rsplit_once('@'), version.time) {
            (Some((_, when)), _) => when.to_owned(),
            (None, Some(time)) => time.strftime("%Y-%m-%d").to_string(),
            (None, None) => name,
        }
    }

    fn no_version(
        &self,
        site: &str,
        when: &str,
        moment: &Moment,
        mut versions: Vec<Version>,
    ) -> NotFound {
        versions.sort_by_key(|version| (version.time, version.of, version.place));
        let site = site.to_owned();
        match moment {
            Moment::Before(_) => {
                let mut dated = versions.iter().filter(|version| version.time.is_some());
                NotFound::TooEarly {
                    site,
                    date: when.to_owned(),
                    first: dated.next().map(|version| self.called(version)),
                }
            }
            Moment::Revision(digits) => {
                let newest = versions.iter().rev().filter_map(|version| {
                    let commit = self.commit(version)?;
                    Some(commit.get(..8).unwrap_or(commit).to_owned())
                });
                NotFound::NoRevision {
                    site,
                    revision: digits.clone(),
                    versions: newest.take(NEAR).collect(),
                }
            }
        }
    }

    /// The names most like `name`, best first: those that share at least half of its pairs of letters.
    fn near(&self, name: &str) -> Vec<String> {
        let typed = pairs_of(name);
        let likeness = |known: &str| {
            let known = pairs_of(known);
            let shared = known.iter().filter(|it| typed.binary_search(it).is_ok());
            let shared = shared.count();
            let apart = (typed.len() + known.len()).saturating_sub(2 * shared);
            (shared > 0 && 2 * shared >= typed.len()).then_some(apart)
        };
        let names = self.entries().iter().map(|entry| entry.name.as_str());
        let mut near: Vec<(usize, &str)> = names
            .filter_map(|known| Some((likeness(known)?, known)))
            .collect();
        near.sort_unstable();
        let names = near.into_iter().take(NEAR);
        names.map(|(_, name)| name.to_owned()).collect()
    }
}

fn has_host(provenance: &Provenance, name: &str) -> bool {
    let bare = |host: &str| host.trim_start_matches("www.").to_ascii_lowercase();
    let host = provenance.host.as_deref();
    host.is_some_and(|host| bare(host) == bare(name))
}

/// Whether the site, with the type of terms, or the host holds a part in lower case.
fn holds(provenance: &Provenance, part: &str) -> bool {
    names::typed_name(provenance).to_lowercase().contains(part)
        || provenance
            .host
            .as_ref()
            .is_some_and(|host| host.contains(part))
}

/// The beginning of the first day that a date may mean.
fn first_day(date: PartialDate) -> Option<Timestamp> {
    let small = |n: Option<u8>| i8::try_from(n.unwrap_or(1)).ok();
    let day = Date::new(date.year, small(date.month)?, small(date.day)?).ok()?;
    Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// The pairs of letters that stand next to each other, in lower case and in order.
fn pairs_of(text: &str) -> Vec<(char, char)> {
    let letters: Vec<char> = text.to_lowercase().chars().collect();
    let mut pairs: Vec<(char, char)> = letters.windows(2).map(|pair| (pair[0], pair[1])).collect();
    pairs.sort_unstable();
    pairs
}
