//! From files to documents: the versions of one document are put together, files that the layout does
//! not know are left out, and types of terms are filtered.

use super::layout::{Place, Shape, fits};
use super::{Catalog, FindOptions, Found, formats};
use crate::model::{History, Issue, IssueKind, Origin, Version};
use jiff::Timestamp;
use rustc_hash::FxHashMap;
use std::path::Path;
use std::sync::Arc;

/// A file that may be a document, or a version of one.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    /// Its path below the root, with `/` between names.
    pub(super) path: String,
    /// Where it lies.
    pub(super) origin: Origin,
}

/// What became of the files of a root.
#[derive(Debug)]
pub(super) struct Arranged {
    /// The layout that they have.
    pub(super) shape: Shape,
    /// The part of types of terms that is listed, in lower case; none means all.
    pub(super) terms: Option<String>,
    /// Whether dates in names made versions.
    pub(super) has_dates: bool,
    /// The paths of the documents that were taken in.
    pub(super) listed: Vec<String>,
}

/// Takes the files of a root into the catalog as documents, in the order of their paths.
pub(super) fn arrange(
    root: &Path,
    mut leaves: Vec<Leaf>,
    options: &FindOptions,
    catalog: &mut Catalog,
) -> Arranged {
    catalog.issues.extend(keep_best_formats(root, &mut leaves));
    let shape = Shape::of(
        options.layout,
        root,
        leaves.iter().map(|leaf| leaf.path.as_str()),
    );
    let total = leaves.len();
    let mut placed: Vec<(Place, Leaf)> = leaves
        .into_iter()
        .filter_map(|leaf| Some((shape.place(&leaf.path)?, leaf)))
        .collect();
    if placed.is_empty() && total > 0 {
        let (files, are) = count(total, "file", "files");
        let message =
            format!("{files} {are} here, but none fits the layout; --layout flat reads them all");
        catalog
            .issues
            .push(Issue::new(root, IssueKind::NoPolicies, message));
    }
    let types = placed
        .iter()
        .filter_map(|(place, _)| place.terms.as_deref());
    let terms = options.terms.part(types);
    let before = placed.len();
    placed.retain(|(place, _)| is_wanted(place.terms.as_deref(), terms.as_deref()));
    let others = before - placed.len();
    let listed = placed.iter().map(|(_, leaf)| leaf.path.clone()).collect();
    catalog.issues.extend(placed.iter().filter_map(no_such_day));
    let has_dates = shape.has_versions() && placed.iter().any(|(place, _)| place.date.is_some());
    let first = catalog.found.len();
    catalog.found.extend(documents(placed));
    if others > 0 {
        let found = catalog.found.len() - first;
        catalog
            .issues
            .push(others_issue(root, others, found, terms.as_deref()));
    }
    Arranged {
        shape,
        terms,
        has_dates,
        listed,
    }
}

/// What is told of a file whose name holds a day that no calendar has.
fn no_such_day((place, leaf): &(Place, Leaf)) -> Option<Issue> {
    let (written, read) = (place.impossible.as_ref()?, place.date?);
    let month = read.strftime("%B %Y");
    let message = format!(
        "there is no day {written}, so the file is filed under {month}; name it by the day it was recorded"
    );
    Some(Issue::new(
        leaf.origin.path(),
        IssueKind::NoSuchDay,
        message,
    ))
}

/// Whether a document of this type is listed.
pub(super) fn is_wanted(terms: Option<&str>, part: Option<&str>) -> bool {
    part.is_none_or(|part| fits(terms, part))
}

/// Of files that differ only in their extension the one that is read best is kept; what is told of the
/// others.
fn keep_best_formats(root: &Path, leaves: &mut Vec<Leaf>) -> Option<Issue> {
    let before = leaves.len();
    let mut best: FxHashMap<String, usize> = FxHashMap::default();
    for leaf in leaves.iter() {
        let rank = formats::rank(&leaf.path);
        let known = best
            .entry(formats::stem(&leaf.path).to_owned())
            .or_insert(rank);
        *known = rank.min(*known);
    }
    leaves.retain(|leaf| {
        best.get(formats::stem(&leaf.path))
            .is_none_or(|best| *best == formats::rank(&leaf.path))
    });
    let twice = before - leaves.len();
    let (files, are) = count(twice, "file", "files");
    let message = format!(
        "{files} {are} left out, for one of the same name in a form that is read better (.md before .txt before .html)"
    );
    (twice > 0).then(|| Issue::new(root, IssueKind::LeftOut, message))
}

/// Documents in the order of their first files, each with all its versions.
fn documents(placed: Vec<(Place, Leaf)>) -> Vec<Found> {
    let mut order: FxHashMap<String, usize> = FxHashMap::default();
    let mut groups: Vec<Vec<(Place, Leaf)>> = Vec::new();
    for (place, leaf) in placed {
        // Only a date makes a file the version of another.
        if place.date.is_none() {
            groups.push(vec![(place, leaf)]);
            continue;
        }
        let group = *order.entry(place.key.clone()).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[group].push((place, leaf));
    }
    let now = Timestamp::now();
    groups
        .into_iter()
        .filter_map(|group| document(group, now))
        .collect()
}

/// The newest version is the current one; a date in the future counts only where there is no other.
/// Versions of one moment stay in the order of their names.
fn document(mut group: Vec<(Place, Leaf)>, now: Timestamp) -> Option<Found> {
    group.sort_by(|(a, x), (b, y)| a.date.cmp(&b.date).then_with(|| x.path.cmp(&y.path)));
    let past = group
        .iter()
        .rposition(|(place, _)| place.date.is_none_or(|date| date <= now));
    let current = past.unwrap_or(group.len().checked_sub(1)?);
    let (place, leaf) = group.get(current)?.clone();
    let history = (group.len() > 1).then(|| {
        let versions = group.into_iter().map(|(place, leaf)| Version {
            origin: leaf.origin,
            recorded: place.date,
            content: None,
        });
        Arc::new(History {
            versions: versions.collect(),
        })
    });
    Some(Found {
        origin: leaf.origin,
        filed: place.filed(),
        history,
    })
}

fn others_issue(root: &Path, others: usize, found: usize, part: Option<&str>) -> Issue {
    let (documents, are) = count(others, "document", "documents");
    let message = format!("{documents} of other types {are} not listed; --type all shows them");
    if found > 0 {
        return Issue::new(root, IssueKind::LeftOut, message);
    }
    let message = format!(
        "no document has a type with \"{}\": {message}",
        part.unwrap_or_default()
    );
    Issue::new(root, IssueKind::NoPolicies, message)
}

/// One issue for all files in a form that is not read, but for those that lie beside a document of
/// the same name: an archive may hold a saved page beside every policy.
pub(super) fn unsupported(
    root: &Path,
    read: impl Iterator<Item = impl AsRef<[u8]>>,
    unread: &[(Vec<u8>, &'static str)],
) -> Option<Issue> {
    if unread.is_empty() {
        return None;
    }
    let stem = |path: &[u8]| formats::stem(&String::from_utf8_lossy(path)).to_owned();
    let read: rustc_hash::FxHashSet<String> = read.map(|path| stem(path.as_ref())).collect();
    let alone = unread
        .iter()
        .filter(|(path, _)| !read.contains(&stem(path)));
    let mut extensions: Vec<&str> = alone.map(|(_, extension)| *extension).collect();
    if extensions.is_empty() {
        return None;
    }
    let (files, are) = count(extensions.len(), "file", "files");
    extensions.sort_unstable();
    extensions.dedup();
    let message = format!(
        "{files} {are} in a form that is not read (.{}); save as Markdown or plain text",
        extensions.join(", .")
    );
    Some(Issue::new(root, IssueKind::Unsupported, message))
}

/// "1 file" and "is", "2 files" and "are".
pub(super) fn count(number: usize, one: &str, many: &str) -> (String, &'static str) {
    match number {
        1 => (format!("1 {one}"), "is"),
        _ => (format!("{number} {many}"), "are"),
    }
}
