//! Folders, any depth, in a fixed order.

use super::arrange::{self, Arranged, Leaf};
use super::walk::{Links, Met, walk};
use super::{Catalog, FindOptions, formats};
use crate::model::{Issue, IssueKind, Origin};
use rustc_hash::FxHashSet;
use std::path::{Path, PathBuf};

/// What a walk over a folder found.
#[derive(Default)]
struct Walked {
    leaves: Vec<Leaf>,
    unread: Vec<(Vec<u8>, &'static str)>,
    issues: Vec<Issue>,
    /// Symbolic links with the name of a document that were not followed.
    links: usize,
    /// Repositories below the folder, which are archives of their own.
    repositories: Vec<PathBuf>,
}

/// Adds the documents below `root`, and what is wrong there. Gives the repositories below it, which
/// are left to the caller.
pub(super) fn find(root: &Path, options: &FindOptions, catalog: &mut Catalog) -> Vec<PathBuf> {
    let walked = Walked::of(root, Links::Follow);
    let repositories = walked.repositories.clone();
    add(root, walked, options, catalog);
    repositories
}

/// The same for the work tree of a repository. Links are not followed: what git holds are links, not
/// what they point to. None where it holds no document.
pub(super) fn find_work_tree(
    root: &Path,
    options: &FindOptions,
    catalog: &mut Catalog,
) -> (Option<Arranged>, Vec<PathBuf>) {
    let walked = Walked::of(root, Links::PassOver);
    if walked.links > 0 {
        let (links, are) = arrange::count(walked.links, "symbolic link", "symbolic links");
        let message = format!("{links} {are} not followed");
        catalog
            .issues
            .push(Issue::new(root, IssueKind::LeftOut, message));
    }
    let repositories = walked.repositories.clone();
    (add(root, walked, options, catalog), repositories)
}

/// Files whose names are the same but for bytes that are not UTF-8: both can be read, and look the same.
fn same_names<'a>(root: &'a Path, leaves: &'a [Leaf]) -> impl Iterator<Item = Issue> + 'a {
    let mut seen = FxHashSet::default();
    let twice = leaves.iter().filter(move |leaf| !seen.insert(&leaf.path));
    twice.map(|leaf| {
        let message = "another file has the same name but for bytes that are not UTF-8; both are listed under that name";
        Issue::new(root.join(&leaf.path), IssueKind::Encoding, message)
    })
}

fn add(
    root: &Path,
    walked: Walked,
    options: &FindOptions,
    catalog: &mut Catalog,
) -> Option<Arranged> {
    let read = walked.leaves.iter().map(|leaf| leaf.path.as_bytes());
    let unsupported = arrange::unsupported(root, read, &walked.unread);
    let is_quiet = walked.issues.is_empty() && unsupported.is_none();
    catalog
        .issues
        .extend(walked.issues.into_iter().chain(unsupported));
    catalog.issues.extend(same_names(root, &walked.leaves));
    if !walked.leaves.is_empty() {
        return Some(arrange::arrange(root, walked.leaves, options, catalog));
    }
    if is_quiet && walked.repositories.is_empty() {
        let message = format!(
            "the folder holds no policy (files ending in {})",
            formats::read_extensions()
        );
        catalog
            .issues
            .push(Issue::new(root, IssueKind::NoPolicies, message));
    }
    None
}

impl Walked {
    fn of(root: &Path, links: Links) -> Self {
        let mut walked = Self::default();
        for met in walk(root, links) {
            match met {
                Met::File {
                    path,
                    inside,
                    is_link,
                } => walked.take(path, inside, is_link),
                Met::Repository(folder) => walked.repositories.push(folder),
                Met::Trouble(issue) => walked.issues.push(issue),
            }
        }
        walked
    }

    fn take(&mut self, path: PathBuf, inside: String, is_link: bool) {
        match formats::kind_of(inside.as_bytes()) {
            formats::Kind::Read if is_link => self.links += 1,
            formats::Kind::Read => self.leaves.push(Leaf {
                path: inside,
                origin: Origin::File(path),
            }),
            formats::Kind::Unsupported(extension) => {
                self.unread.push((inside.into_bytes(), extension));
            }
            formats::Kind::Other => {}
        }
    }
}

/// A path with `/` between names, whatever the system writes.
pub(super) fn slashed(path: &Path) -> String {
    let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
    names.join("/")
}
