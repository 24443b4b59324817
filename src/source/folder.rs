//! Folders, any depth, in a fixed order.

use super::arrange::{self, Arranged, Leaf};
use super::{Catalog, FindOptions, formats, git};
use crate::model::{Issue, IssueKind, Origin};
use ignore::WalkBuilder;
use rustc_hash::FxHashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

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
    let walked = walk(root, Links::Follow);
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
    let walked = walk(root, Links::PassOver);
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

/// What becomes of symbolic links.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Links {
    Follow,
    PassOver,
}

fn walk(root: &Path, links: Links) -> Walked {
    let repositories: Arc<Mutex<Vec<PathBuf>>> = Arc::default();
    let below = Arc::clone(&repositories);
    // A library may lie in a folder that some .gitignore leaves out: no ignore rules apply.
    let walk = WalkBuilder::new(root)
        .standard_filters(false)
        .hidden(true)
        .follow_links(links == Links::Follow)
        .sort_by_file_path(Path::cmp)
        .filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            let is_repository = entry.depth() > 0 && is_folder && git::is_repository(entry.path());
            if is_repository {
                let mut below = below.lock().unwrap_or_else(PoisonError::into_inner);
                below.push(entry.path().to_owned());
            }
            let is_part = entry.depth() > 0 && is_folder && formats::is_part_of_page(entry.path());
            !is_repository && !is_part
        })
        .build();
    let mut walked = Walked::default();
    for step in walk {
        match step {
            Err(error) => walked.issues.push(walk_issue(root, &error)),
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_dir()) => {}
            Ok(entry) => walked.take(root, entry.into_path(), links),
        }
    }
    walked.repositories =
        std::mem::take(&mut *repositories.lock().unwrap_or_else(PoisonError::into_inner));
    walked
}

impl Walked {
    fn take(&mut self, root: &Path, path: PathBuf, links: Links) {
        let inside = slashed(path.strip_prefix(root).unwrap_or(&path));
        let kind = formats::kind_of(inside.as_bytes());
        if kind == formats::Kind::Read && links == Links::PassOver && path.is_symlink() {
            self.links += 1;
            return;
        }
        match kind {
            formats::Kind::Read => self.leaves.push(Leaf {
                path: inside,
                origin: Origin::File(path),
            }),
            formats::Kind::Unsupported(extension) => {
                self.unread.push((inside.into_bytes(), extension))
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

fn walk_issue(root: &Path, error: &ignore::Error) -> Issue {
    match error {
        ignore::Error::WithPath { path, err } => walk_issue(path, err),
        ignore::Error::WithDepth { err, .. } => walk_issue(root, err),
        ignore::Error::Loop { ancestor, child } => {
            let message = format!(
                "the link leads back to {}, so it is not followed",
                ancestor.display()
            );
            Issue::new(child, IssueKind::LinkLoop, message)
        }
        ignore::Error::Io(error) => super::path_issue(root, error),
        other => Issue::new(
            root,
            IssueKind::Unreadable,
            format!("it cannot be read: {other}"),
        ),
    }
}
