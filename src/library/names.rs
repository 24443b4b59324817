//! Gives every policy a name that finds it and no other.

use super::Entry;
use rustc_hash::FxHashMap;

/// Names the entries: by site; by site and date where a site has several; with the file's name where
/// that is still not enough, and with its whole path where even that is not.
pub(super) fn assign(entries: &mut [Entry]) {
    let mut names: Vec<String> = entries
        .iter()
        .map(|e| e.facts.provenance.site.clone())
        .collect();
    for longer in [dated as fn(&Entry) -> String, with_file, with_path] {
        let counts = counts(&names);
        let shared: Vec<bool> = names
            .iter()
            .map(|name| counts.get(name.as_str()) != Some(&1))
            .collect();
        for ((name, shared), entry) in names.iter_mut().zip(shared).zip(entries.iter()) {
            if shared {
                *name = longer(entry);
            }
        }
    }
    for (entry, name) in entries.iter_mut().zip(names) {
        entry.name = name;
    }
}

fn dated(entry: &Entry) -> String {
    let site = &entry.facts.provenance.site;
    match entry.facts.version() {
        Some(version) => format!("{site}@{}", version.date()),
        None => site.clone(),
    }
}

fn with_file(entry: &Entry) -> String {
    let path = entry.facts.provenance.origin.path();
    let parts: Vec<_> = path
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    let last = parts.len().saturating_sub(2);
    format!("{} ({})", dated(entry), parts[last..].join("/"))
}

fn with_path(entry: &Entry) -> String {
    format!("{} ({})", dated(entry), entry.facts.provenance.origin)
}

fn counts(names: &[String]) -> FxHashMap<&str, usize> {
    let mut counts = FxHashMap::default();
    for name in names {
        *counts.entry(name.as_str()).or_insert(0) += 1;
    }
    counts
}
