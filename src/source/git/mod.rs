//! Git repositories as archives: current documents from a tree, versions from history. Read with
//! `gix` from the object store alone: nothing of the repository runs.

mod archive;
mod bases;
mod bulk;
mod histories;
mod objects;
mod open;
mod rename;
mod tree;
mod walk;

use super::arrange::{self, Leaf};
use super::{Catalog, FindOptions, folder, too_large};
use crate::model::{GitPlace, Issue, IssueKind, Origin};
use gix::ObjectId;
use gix::objs::Kind;
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

pub use archive::{Archive, Histories, Renamed};
pub(super) use bulk::Reading;
pub(super) use open::{Named, is_repository, may_mark};

/// Repositories that are open, by the names they were given.
#[derive(Debug, Default)]
pub(super) struct Repositories {
    open: Mutex<FxHashMap<PathBuf, Arc<open::Opened>>>,
}

impl Repositories {
    /// Adds the documents of a repository as they are now, the archive itself, and what is wrong.
    /// Gives the repositories that lie in its work tree.
    pub(super) fn find(
        &self,
        named: &Named,
        options: &FindOptions,
        catalog: &mut Catalog,
    ) -> Vec<PathBuf> {
        let opened = self
            .open(named)
            .and_then(|opened| Ok((opened.tip()?, opened)));
        match opened {
            Ok((tip, opened)) => match opened.work_tree.clone() {
                Some(folder) => Self::find_on_disk(&folder, opened, tip, options, catalog),
                None => {
                    let found = Self::find_in_tree(opened, tip, options, catalog);
                    catalog.issues.extend(found.err());
                    Vec::new()
                }
            },
            Err(issue) => {
                catalog.issues.push(issue);
                // A work tree has its files on disk, whatever became of its history.
                if named.branch.is_none() && named.folder.join(".git").exists() {
                    return folder::find_work_tree(&named.folder, options, catalog).1;
                }
                Vec::new()
            }
        }
    }

    fn find_on_disk(
        folder: &Path,
        opened: Arc<open::Opened>,
        tip: Option<ObjectId>,
        options: &FindOptions,
        catalog: &mut Catalog,
    ) -> Vec<PathBuf> {
        let (arranged, below) = folder::find_work_tree(folder, options, catalog);
        if let Some(tip) = &tip
            && folder.join(".gitmodules").is_file()
        {
            let issue = missing_submodules(folder, &opened, tip);
            catalog.issues.extend(issue);
        }
        match (tip, arranged) {
            (Some(tip), Some(arranged)) => {
                catalog.archives.extend(Archive::new(opened, tip, arranged));
            }
            (None, Some(_)) => catalog.issues.push(opened.unborn(IssueKind::LeftOut)),
            (_, None) => {}
        }
        below
    }

    fn find_in_tree(
        opened: Arc<open::Opened>,
        tip: Option<ObjectId>,
        options: &FindOptions,
        catalog: &mut Catalog,
    ) -> Result<(), Issue> {
        let Some(tip) = tip else {
            return Err(opened.unborn(IssueKind::NoPolicies));
        };
        let objects = opened.objects();
        let listing = match objects.commit(&tip, &mut Vec::new()) {
            Ok(Some(commit)) => tree::Listing::of(&objects, &commit.tree),
            Ok(None) => return Err(opened.missing(&opened.name, "the newest commit")),
            Err(error) => return Err(opened.trouble(&opened.name, "the newest commit", &error)),
        };
        opened.give_back(objects);
        if listing.too_many {
            let message = "the repository holds more than a million files, so it is not read";
            return Err(Issue::new(&*opened.name, IssueKind::TooLarge, message));
        }
        tell(&opened, &listing, &mut catalog.issues);
        let leaves = leaves(&opened, &tip, listing.documents, &mut catalog.issues);
        if leaves.is_empty() {
            let message = format!(
                "the repository holds no policy (files ending in {})",
                super::formats::read_extensions()
            );
            return Err(Issue::new(&*opened.name, IssueKind::NoPolicies, message));
        }
        let arranged = arrange::arrange(&opened.name, leaves, options, catalog);
        catalog.archives.extend(Archive::new(opened, tip, arranged));
        Ok(())
    }

    /// A repository, opened at most once.
    fn open(&self, named: &Named) -> Result<Arc<open::Opened>, Issue> {
        let name = named.name();
        if let Some(opened) = self.lock().get(&name) {
            return Ok(Arc::clone(opened));
        }
        Ok(self.keep(name, open::Opened::open(named)?))
    }

    fn keep(&self, name: PathBuf, opened: open::Opened) -> Arc<open::Opened> {
        let opened = Arc::new(opened);
        self.lock().insert(name, Arc::clone(&opened));
        opened
    }

    /// Opens a repository a second time: what is missing may have been repacked or fetched meanwhile.
    fn reopen(&self, place: &GitPlace) -> Result<Arc<open::Opened>, Issue> {
        let mut opened = open::Opened::open(&named(place)?)?;
        opened.is_second = true;
        Ok(self.keep(place.repository.to_path_buf(), opened))
    }

    /// The repository that a document lies in.
    fn of(&self, place: &GitPlace) -> Result<Arc<open::Opened>, Issue> {
        if let Some(opened) = self.lock().get(&*place.repository) {
            return Ok(Arc::clone(opened));
        }
        self.open(&named(place)?)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, FxHashMap<PathBuf, Arc<open::Opened>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The bytes of a blob. A repository that was repacked under our hands is opened once more.
    pub(super) fn read(&self, place: &GitPlace, max_size: u64) -> Result<Vec<u8>, Issue> {
        let opened = self.of(place)?;
        let objects = opened.objects();
        let read = read_blob(&opened, &objects, place, max_size);
        opened.give_back(objects);
        match read {
            Err(issue) if issue.kind == IssueKind::Unreadable && !opened.is_second => {
                let opened = self.reopen(place)?;
                read_blob(&opened, &opened.objects(), place, max_size)
            }
            read => read,
        }
    }
}

fn named(place: &GitPlace) -> Result<Named, Issue> {
    Named::find(&place.repository, None).ok_or_else(|| {
        let message = "the git repository is not there any more";
        Issue::new(&*place.repository, IssueKind::Missing, message)
    })
}

fn read_blob(
    opened: &open::Opened,
    objects: &objects::Objects,
    place: &GitPlace,
    max_size: u64,
) -> Result<Vec<u8>, Issue> {
    let path = place.repository.join(&*place.path);
    let what = "its text";
    let id = ObjectId::from_hex(place.blob.as_bytes()).map_err(|_| opened.missing(&path, what))?;
    let trouble = |error: gix::Error| opened.trouble(&path, what, &error);
    let size = objects.size(&id).map_err(trouble)?;
    if let Some(size) = size.filter(|size| *size > max_size) {
        return Err(too_large(&path, Some(size), max_size));
    }
    match objects.read_whole(&id).map_err(trouble)? {
        Some((Kind::Blob, bytes)) => Ok(bytes),
        _ => Err(opened.missing(&path, what)),
    }
}

/// Submodules of a work tree that are not checked out, so that nothing of them is found on disk.
fn missing_submodules(folder: &Path, opened: &open::Opened, tip: &ObjectId) -> Option<Issue> {
    let objects = opened.objects();
    let commit = objects.commit(tip, &mut Vec::new()).ok().flatten();
    let listing = commit.map(|commit| tree::Listing::of(&objects, &commit.tree));
    opened.give_back(objects);
    let mut names = listing?.submodules;
    names.retain(|name| !is_repository(&folder.join(name)));
    let message = match &names[..] {
        [] => return None,
        [one] => format!(
            "the submodule {one} is not checked out, so nothing of it is read; `git submodule update --init` gets it"
        ),
        more => format!(
            "{} submodules are not checked out, so nothing of them is read: {}; `git submodule update --init` gets them",
            more.len(),
            more.join(", ")
        ),
    };
    Some(Issue::new(&*opened.name, IssueKind::LeftOut, message))
}

/// Says what a listing passed over.
fn tell(opened: &open::Opened, listing: &tree::Listing, issues: &mut Vec<Issue>) {
    let mut say = |kind, message: String| issues.push(Issue::new(&*opened.name, kind, message));
    match &listing.submodules[..] {
        [] => {}
        [one] => say(
            IssueKind::LeftOut,
            format!(
                "the submodule {one} is another repository, so it is not read; open its folder"
            ),
        ),
        more => say(
            IssueKind::LeftOut,
            format!(
                "{} submodules are other repositories, so they are not read: {}",
                more.len(),
                more.join(", ")
            ),
        ),
    }
    if listing.links > 0 {
        let (links, are) = arrange::count(listing.links, "symbolic link", "symbolic links");
        say(IssueKind::LeftOut, format!("{links} {are} not followed"));
    }
    if let Some(error) = listing.lost.first() {
        let what = format!("{} of its folders: the first", listing.lost.len());
        let what = if listing.lost.len() == 1 {
            "a folder"
        } else {
            &what
        };
        issues.push(opened.trouble(&opened.name, what, error));
    }
    let read = listing.documents.iter().map(|one| &one.path[..]);
    issues.extend(arrange::unsupported(&opened.name, read, &listing.unread));
}

/// The documents of a listing with their places. Names that become the same where bytes are not
/// UTF-8 are told, and only the first is taken.
fn leaves(
    opened: &open::Opened,
    tip: &ObjectId,
    documents: Vec<tree::Listed>,
    issues: &mut Vec<Issue>,
) -> Vec<Leaf> {
    let mut seen = rustc_hash::FxHashSet::default();
    let mut leaves = Vec::with_capacity(documents.len());
    for document in documents {
        let path = tree::lossy(&document.path);
        if !seen.insert(path.clone()) {
            let message = "another file has the same name but for bytes that are not UTF-8; only the first is read";
            issues.push(Issue::new(
                opened.name.join(&path),
                IssueKind::Unreadable,
                message,
            ));
            continue;
        }
        let place = GitPlace {
            repository: Arc::clone(&opened.name),
            path: path.as_str().into(),
            commit: tip.to_string(),
            blob: document.blob.to_string(),
        };
        leaves.push(Leaf {
            path,
            origin: Origin::Git(Arc::new(place)),
        });
    }
    leaves
}
