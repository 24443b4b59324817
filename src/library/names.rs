//! Gives every policy a name that finds it and no other.

use super::Entry;
use crate::model::Provenance;
use rustc_hash::FxHashMap;

/// Names the entries: by site; by site and type of terms where an archive holds several types for a
/// site; with the date where a site has several versions of one; with the file's name where that is
/// still not enough, and with its whole path where even that is not.
pub(super) fn assign(entries: &mut [Entry]) {
    let mut names: Vec<String> = entries
        .iter()
        .map(|e| e.facts.provenance.site.clone())
        .collect();
    for longer in [typed as fn(&Entry) -> String, dated, with_file, with_path] {
        let counts = counts(&names);
        let shared: Vec<bool> = names
            .iter()
            .map(|name| counts.get(name.as_str()) != Some(&1))
            .collect();
        if !shared.contains(&true) {
            break;
        }
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

/// The site and, where the archive says, the type of terms: `Airbnb/Terms of Service`.
pub(super) fn typed_name(provenance: &Provenance) -> String {
    match &provenance.terms {
        Some(terms) => format!("{}/{terms}", provenance.site),
        None => provenance.site.clone(),
    }
}

/// What a document is called whatever version it is in: its site, and the type of terms where that
/// is not its privacy policy, which a site alone means.
pub(super) fn document(provenance: &Provenance) -> String {
    if is_privacy_policy(provenance) {
        provenance.site.clone()
    } else {
        typed_name(provenance)
    }
}

/// Whether the archive files a document as the privacy policy of its site, or does not say.
pub(super) fn is_privacy_policy(provenance: &Provenance) -> bool {
    let terms = provenance.terms.as_deref();
    terms.is_none_or(|terms| terms.eq_ignore_ascii_case("privacy policy"))
}

/// Whether a document is about privacy by its type of terms, as one of a parent organization is.
pub(super) fn is_about_privacy(provenance: &Provenance) -> bool {
    let terms = provenance.terms.as_deref();
    terms.is_some_and(|terms| terms.to_lowercase().contains("privacy"))
}

fn typed(entry: &Entry) -> String {
    typed_name(&entry.facts.provenance)
}

fn dated(entry: &Entry) -> String {
    let name = typed(entry);
    match entry.facts.version() {
        Some(version) => format!("{name}@{}", version.date()),
        None => name,
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
