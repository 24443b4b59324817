//! Looks a policy up by what a person types: its name, its site or host, its path, and for one of
//! its versions a date or a revision behind an `@`.

use super::history::{Moment, Period};
use super::names;
use super::not_found::{NEAR, NotFound};
use super::{Library, PolicyId};
use crate::model::{PartialDate, Provenance, StandIn};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::path::Path;

/// Fewer letters than this do not stand for a longer name.
const LEAST_PART: usize = 3;

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meant {
    /// The policy.
    pub id: PolicyId,
    /// Why it is an older version than the one asked for, or what is wrong with that one: the version
    /// asked for does not hold the policy.
    pub stand_in: Option<StandIn>,
    /// The names of other documents that the name may mean as well, where one was preferred: privacy
    /// policies of another type of terms.
    pub others: Vec<String>,
}

impl From<PolicyId> for Meant {
    fn from(id: PolicyId) -> Self {
        Self {
            id,
            stand_in: None,
            others: Vec::new(),
        }
    }
}

/// The documents that answer to a name.
#[derive(Default)]
struct Answering {
    documents: Vec<PolicyId>,
    /// Those about privacy to which the others were preferred.
    passed_over: Vec<PolicyId>,
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
        self.meant(name).map(|meant| meant.id)
    }

    /// The same, with what to know about it. Where the newest version at a date does not hold the
    /// policy, the last one before it stands for it; a version's own date or revision gives what was
    /// recorded.
    ///
    /// # Errors
    /// As [`Self::find`].
    pub fn meant(&self, name: &str) -> Result<Meant, NotFound> {
        let answering = self.answering(name);
        match answering.documents[..] {
            [] => {}
            [one] => {
                let others = self.named(&answering.passed_over);
                let stand_in = self.get(one).and_then(|entry| entry.stand_in);
                return Ok(Meant {
                    id: one,
                    stand_in,
                    others,
                });
            }
            ref several => return Err(self.ambiguous(name, several)),
        }
        if let Some((site, when)) = name.rsplit_once('@') {
            let answering = self.answering(site);
            if !answering.documents.is_empty() {
                return self.find_version(name, (site, when), &answering);
            }
        }
        Err(NotFound::Unknown {
            name: name.to_owned(),
            near: self.near(name),
        })
    }

    /// Whether a policy, or one that has versions, is called so.
    pub fn is_known(&self, name: &str) -> bool {
        let documents = |name: &str| self.answering(name).documents;
        let site = name.rsplit_once('@').map(|(site, _)| site);
        !documents(name).is_empty() || site.is_some_and(|site| !documents(site).is_empty())
    }

    /// The policies that answer to a name: those that it fits best.
    fn answering(&self, name: &str) -> Answering {
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
        Answering::default()
    }

    fn provenance(&self, id: PolicyId, test: impl Fn(&Provenance) -> bool) -> bool {
        self.get(id)
            .is_some_and(|entry| test(&entry.facts.provenance))
    }

    /// Of documents of several types, the privacy policies, if there are any.
    fn privacy_policies(&self, hits: Vec<PolicyId>) -> Answering {
        let is_policy = |id: &PolicyId| self.provenance(*id, names::is_privacy_policy);
        let (policies, mut others): (Vec<PolicyId>, _) = hits.into_iter().partition(is_policy);
        if policies.is_empty() {
            return Answering {
                documents: others,
                passed_over: Vec::new(),
            };
        }
        others.retain(|&id| self.provenance(id, names::is_about_privacy));
        Answering {
            documents: policies,
            passed_over: others,
        }
    }

    fn named(&self, ids: &[PolicyId]) -> Vec<String> {
        let entries = ids.iter().filter_map(|&id| self.get(id));
        entries.map(|entry| entry.name.clone()).collect()
    }

    fn ambiguous(&self, name: &str, hits: &[PolicyId]) -> NotFound {
        NotFound::Ambiguous {
            name: name.to_owned(),
            candidates: self.named(hits),
        }
    }

    /// The version of a document, or of documents of one site, that `when` names.
    fn find_version(
        &self,
        name: &str,
        (site, when): (&str, &str),
        answering: &Answering,
    ) -> Result<Meant, NotFound> {
        let documents = &answering.documents[..];
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
            Moment::During(period) => newest_in(&versions, period),
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
            let others = &answering.passed_over;
            return Err(self.no_version((site, when), &moment, versions, others));
        };
        self.opened_as_meant(name, found, moment.is_name_of(found.time))
    }

    /// A version that was found, or what stands for it where it does not hold the policy and is not
    /// meant by its own date or revision.
    fn opened_as_meant(
        &self,
        name: &str,
        found: &Version,
        is_exact: bool,
    ) -> Result<Meant, NotFound> {
        let passing = self.passing(found.of, found.place);
        let stand_in = passing.map(|it| if is_exact { it.itself() } else { it });
        let place = stand_in.map_or(found.place, |it| it.place);
        let unreadable = |reason: String| NotFound::Unreadable {
            name: name.to_owned(),
            reason,
        };
        match self.open_version(found.of, place) {
            Some(Ok(id)) => Ok(Meant {
                stand_in,
                ..Meant::from(id)
            }),
            Some(Err(issue)) => Err(unreadable(issue.message)),
            None => Err(unreadable("it is not there any more".to_owned())),
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
        (site, when): (&str, &str),
        moment: &Moment,
        mut versions: Vec<Version>,
        others: &[PolicyId],
    ) -> NotFound {
        versions.sort_by_key(|version| (version.time, version.of, version.place));
        let site = site.to_owned();
        match moment {
            Moment::During(period) => {
                let has_one = |id: &&PolicyId| newest_in(&self.versions(**id), period).is_some();
                let others = others.iter().filter(has_one).copied().collect::<Vec<_>>();
                let others = self.named(&others).into_iter();
                let first = versions.iter().find_map(|version| version.time);
                NotFound::TooEarly {
                    site,
                    date: when.to_owned(),
                    first: first.map(|time| time.strftime("%Y-%m-%d").to_string()),
                    others: others.map(|name| format!("{name}@{when}")).collect(),
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
    pub(super) fn near(&self, name: &str) -> Vec<String> {
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

/// The newest of some versions at the end of a period.
fn newest_in<'a>(versions: &'a [Version], period: &Period) -> Option<&'a Version> {
    let recorded = |version: &&Version| version.time.is_some_and(|time| period.reaches(time));
    let dated = versions.iter().filter(recorded);
    dated.max_by_key(|version| (version.time, version.of, version.place))
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
