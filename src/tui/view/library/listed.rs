//! What stands on the lines of a listed policy, and what queries are matched with.

use crate::library::{Entry, PolicyId};
use crate::tui::fuzzy::Hit;
use crate::tui::text::sanitize;

/// A policy that is listed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listed {
    pub(super) id: PolicyId,
    /// What a second line says, if there is one.
    pub(super) second: Option<Second>,
}

/// Why an entry has a second line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Second {
    Host,
    Title,
    Terms,
    Path,
}

/// How many versions of a policy are known.
pub(super) fn versions(entry: &Entry) -> usize {
    entry.history.as_ref().map_or(1, |it| it.versions.len())
}

/// What a query is matched with: site, host, title.
pub(super) fn haystack(entry: &Entry) -> String {
    let provenance = &entry.facts.provenance;
    let host = provenance.host.as_deref().unwrap_or("");
    let named = if entry.name.starts_with(&provenance.site) {
        &entry.name
    } else {
        &provenance.site
    };
    format!(
        "{} {host} {}",
        sanitize(named),
        sanitize(&entry.facts.title)
    )
}

/// Where site, host and title begin in the [`haystack`].
pub(super) fn fields(entry: &Entry) -> [usize; 3] {
    let provenance = &entry.facts.provenance;
    let named = if entry.name.starts_with(&provenance.site) {
        &entry.name
    } else {
        &provenance.site
    };
    let host = sanitize(named).len() + 1;
    let title = host + provenance.host.as_deref().unwrap_or("").len() + 1;
    [0, host, title]
}

/// How a policy is listed without a query, unless it is gone.
pub(super) fn plain(id: PolicyId, entry: &Entry) -> Option<Listed> {
    (!entry.is_gone).then(|| Listed {
        id,
        second: second_line(entry, &Hit::default()),
    })
}

/// A second line names the page's host where it is not the site's, the type of terms or the file where
/// the name needs it because others have the same site, and otherwise whatever the query hit beside the site.
pub(super) fn second_line(entry: &Entry, hit: &Hit) -> Option<Second> {
    let [_, host, title] = fields(entry);
    let hits = |from: usize, to: usize| hit.at.iter().filter(|&&at| from <= at && at < to).count();
    let (in_site, in_host, in_title) = (hits(0, host), hits(host, title), hits(title, usize::MAX));
    if in_title > in_site && in_title >= in_host {
        return Some(Second::Title);
    }
    if entry.facts.provenance.foreign_host().is_some() || in_host > in_site {
        return Some(Second::Host);
    }
    match () {
        () if entry.name.ends_with(')') => Some(Second::Path),
        () if terms_in_name(entry).is_some() => Some(Second::Terms),
        () => None,
    }
}

/// The type of terms, where the name of a policy holds it beside the site.
pub(super) fn terms_in_name(entry: &Entry) -> Option<&str> {
    let rest = entry.name.strip_prefix(&entry.facts.provenance.site)?;
    let terms = entry.facts.provenance.terms.as_deref()?;
    rest.strip_prefix('/')?.starts_with(terms).then_some(terms)
}
