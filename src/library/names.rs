//! Gives every policy a name that finds it and no other.

use super::Entry;
use rustc_hash::FxHashMap;

/// Names the entries: by site; by site and date where a site has several; by site, date and path
/// where that is still not enough.
pub(super) fn assign(entries: &mut [Entry]) {
    let sites: Vec<String> = entries
        .iter()
        .map(|e| e.policy.provenance.site.clone())
        .collect();
    let dated: Vec<String> = entries.iter().map(dated_name).collect();
    let (by_site, by_date) = (counts(&sites), counts(&dated));
    for ((entry, site), dated) in entries.iter_mut().zip(&sites).zip(&dated) {
        entry.name = if by_site.get(site.as_str()) == Some(&1) {
            site.clone()
        } else if by_date.get(dated.as_str()) == Some(&1) {
            dated.clone()
        } else {
            format!("{dated} ({})", entry.policy.provenance.origin)
        };
    }
}

fn dated_name(entry: &Entry) -> String {
    let provenance = &entry.policy.provenance;
    match provenance.date() {
        Some(date) => format!("{}@{}", provenance.site, date.strftime("%Y-%m-%d")),
        None => provenance.site.clone(),
    }
}

fn counts(names: &[String]) -> FxHashMap<&str, usize> {
    let mut counts = FxHashMap::default();
    for name in names {
        *counts.entry(name.as_str()).or_insert(0) += 1;
    }
    counts
}
