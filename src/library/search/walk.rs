//! From wordings that fit to hits: which policies hold them, in which versions, site by site.

use super::chosen::{is_about_dates, is_chosen};
use super::marks::marks;
use super::query::{Choice, Query};
use super::results::{Held, Hit, Results, SiteHits, Wanted};
use super::{Holder, Texts};
use crate::library::wording::Wording;
use crate::library::{Library, PolicyId};
use crate::model::PartialDate;
use rustc_hash::FxHashMap;

/// Chosen policies are few when they are this part of all, or less: then it is sooner known what
/// they hold than who holds each wording that fits.
const FEW: usize = 8;

/// One search on its way to its results.
pub(super) struct Walk<'a> {
    pub(super) library: &'a Library,
    pub(super) texts: Texts<'a>,
    pub(super) query: &'a Query,
    pub(super) wanted: Wanted,
    /// A site of which nothing is wanted.
    pub(super) but_for: Option<&'a str>,
}

/// Sites and what was found there so far.
#[derive(Default)]
struct Found {
    results: Results,
    by_site: FxHashMap<String, usize>,
    hits: usize,
}

impl Walk<'_> {
    /// The results for wordings that fit, each with how well it does.
    pub(super) fn results(&self, mut ranked: Vec<(f32, u32)>) -> Results {
        let order = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        ranked.sort_unstable_by(order);
        let results = self.gathered(&ranked, self.wanted.per_site);
        if results.more && results.sites.len() == 1 {
            return self.gathered(&ranked, usize::MAX);
        }
        results
    }

    /// The policies of which a version can be chosen, where these are few among many.
    pub(super) fn few_chosen(&self) -> Option<Vec<PolicyId>> {
        if self.query.policies.is_empty() {
            return None;
        }
        let chosen: Vec<PolicyId> = self
            .library
            .ids()
            .filter(|&id| self.may_be_chosen(id))
            .collect();
        (chosen.len() <= self.library.entries().len() / FEW).then_some(chosen)
    }

    fn gathered(&self, ranked: &[(f32, u32)], per_site: usize) -> Results {
        let mut found = Found::default();
        found.results.wordings = ranked.len();
        let mut chosen: FxHashMap<PolicyId, bool> = FxHashMap::default();
        'wordings: for &(score, number) in ranked {
            let mut wording: Option<Wording> = None;
            let holders = self.texts.holders(number, self.wanted.versions).into_iter();
            for holder in holders.filter_map(|holder| self.known(holder)) {
                let may = chosen.entry(holder.policy);
                if !*may.or_insert_with(|| self.may_be_chosen(holder.policy)) {
                    continue;
                }
                let Some(place) = self.newest_chosen(&holder) else {
                    continue;
                };
                let Some(site) = self.site(holder.policy) else {
                    continue;
                };
                if self.but_for == Some(site) {
                    continue;
                }
                if found.hits == self.wanted.limit {
                    found.results.more = true;
                    break 'wordings;
                }
                if found.is_full(site, per_site) {
                    continue;
                }
                let text = match &wording {
                    Some(known) => known,
                    None => match self.texts.wording(number) {
                        Some(read) => &*wording.insert(read),
                        None => continue 'wordings,
                    },
                };
                if let Some(hit) = self.hit(score, number, text, &holder, place) {
                    found.push(site, hit);
                }
            }
        }
        found.results
    }

    fn site(&self, id: PolicyId) -> Option<&str> {
        let entry = self.library.get(id)?;
        Some(&entry.facts.provenance.site)
    }

    /// Whether any version of a document can be chosen, as far as that hangs on no date.
    fn may_be_chosen(&self, id: PolicyId) -> bool {
        let choices = &self.query.policies;
        if choices.is_empty() {
            return true;
        }
        let Some(entry) = self.library.get(id) else {
            return false;
        };
        let timeless: Vec<Choice> = choices
            .iter()
            .filter(|choice| !is_about_dates(std::slice::from_ref(choice)))
            .cloned()
            .collect();
        is_chosen(&timeless, &entry.name, &entry.facts, None)
    }

    /// A holder with the versions that the library knows of: the current one alone while the history
    /// of its archive was not asked for.
    fn known(&self, holder: Holder) -> Option<Holder> {
        let entry = self.library.get(holder.policy)?;
        if !self.wanted.versions || entry.history.is_some() {
            return Some(holder);
        }
        let now = self.texts.current_place(holder.policy)?;
        let held = holder.places.iter().any(|run| run.contains(&now));
        held.then(|| Holder {
            places: std::iter::once(now..now + 1).collect(),
            ..holder
        })
    }

    /// The newest version that holds the wording and is chosen.
    fn newest_chosen(&self, holder: &Holder) -> Option<u32> {
        let mut places = holder.places.iter().rev().flat_map(|run| run.clone().rev());
        if !is_about_dates(&self.query.policies) {
            return places.next();
        }
        let entry = self.library.get(holder.policy)?;
        let choices = &self.query.policies;
        places.find(|&place| {
            let date = self.date(holder.policy, place);
            is_chosen(choices, &entry.name, &entry.facts, date)
        })
    }

    fn date(&self, id: PolicyId, place: u32) -> Option<PartialDate> {
        let entry = self.library.get(id)?;
        let history = entry.history.as_ref().filter(|_| self.wanted.versions);
        match history.and_then(|history| history.versions.get(place as usize)) {
            Some(version) => version.recorded.map(PartialDate::from),
            None => entry.facts.version().map(crate::model::VersionDate::date),
        }
    }

    fn hit(
        &self,
        score: f32,
        number: u32,
        wording: &Wording,
        holder: &Holder,
        place: u32,
    ) -> Option<Hit> {
        let clause = self.texts.clause(number, holder.policy, place)?;
        let entry = self.library.get(holder.policy)?;
        let versions = self.wanted.versions && entry.history.is_some();
        let first = holder.places.first().map(|run| run.start as usize);
        let last = holder.places.last().map(|run| run.end as usize - 1);
        let held = first.zip(last).map(|(first, last)| Held {
            versions: holder.places.iter().map(ExactSizeIterator::len).sum(),
            first,
            last,
        });
        let marks = self
            .query
            .clause
            .as_ref()
            .map(|wish| marks(wish, &wording.text));
        Some(Hit {
            policy: holder.policy,
            place: versions.then_some(place as usize),
            clause,
            marks: marks.unwrap_or_default(),
            text: wording.text.to_string(),
            kind: wording.tags.kind,
            topics: wording.tags.topics.to_vec(),
            stance: wording.tags.stance,
            score,
            held: held.filter(|_| versions),
        })
    }
}

impl Found {
    /// Whether a site has all the hits that it may have; then there are more.
    fn is_full(&mut self, site: &str, per_site: usize) -> bool {
        let hits = self
            .by_site
            .get(site)
            .and_then(|&at| self.results.sites.get(at));
        let full = hits.is_some_and(|site| site.hits.len() >= per_site);
        self.results.more |= full;
        full
    }

    fn push(&mut self, site: &str, hit: Hit) {
        self.hits += 1;
        let next = self.results.sites.len();
        let at = match self.by_site.get(site) {
            Some(&at) => at,
            None => {
                self.by_site.insert(site.to_owned(), next);
                self.results.sites.push(SiteHits {
                    site: site.to_owned(),
                    hits: Vec::new(),
                });
                next
            }
        };
        if let Some(site) = self.results.sites.get_mut(at) {
            site.hits.push(hit);
        }
    }
}
