//! Opens repositories: which folders are one, what a name like `REPO@BRANCH` means, what can be wrong.
//! Nothing of the repository runs: no hook, filter or configured program, no network, and no
//! configuration but the repository's own, of which only its format matters.

use super::objects::{Objects, Places};
use crate::model::{Issue, IssueKind};
use gix::ObjectId;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Whether a folder is a bare repository, or the root of a work tree (`.git` is a file in a linked
/// work tree and in a submodule).
pub(in crate::source) fn is_repository(folder: &Path) -> bool {
    folder.join(".git").exists() || is_bare(folder)
}

/// Whether a name in a folder hints at a repository: without one, [`is_repository`] need not look.
pub(in crate::source) fn may_mark(name: &OsStr) -> bool {
    // Some file systems do not tell capitals from small letters.
    name.eq_ignore_ascii_case(".git") || name.eq_ignore_ascii_case("HEAD")
}

fn is_bare(folder: &Path) -> bool {
    folder.join("HEAD").is_file() && folder.join("objects").is_dir() && folder.join("refs").is_dir()
}

/// A repository as a person names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::source) struct Named {
    /// The folder of the work tree or of the bare repository.
    pub(in crate::source) folder: PathBuf,
    /// A branch, tag or commit in place of what is checked out.
    pub(in crate::source) branch: Option<String>,
}

impl Named {
    /// Understands `REPO` and, where there is no such path, `REPO@BRANCH`; none when that is no
    /// repository. `branch` counts where the path names none itself.
    pub(in crate::source) fn find(path: &Path, branch: Option<&str>) -> Option<Self> {
        if path.exists() {
            return is_repository(path).then(|| Self {
                folder: path.to_owned(),
                branch: branch.map(str::to_owned),
            });
        }
        let text = path.to_str()?;
        // Folders and branches may hold the mark too: the longest folder that is a repository counts.
        text.rmatch_indices('@').find_map(|(at, _)| {
            let (folder, branch) = (Path::new(&text[..at]), &text[at + 1..]);
            (!branch.is_empty() && is_repository(folder)).then(|| Self {
                folder: folder.to_owned(),
                branch: Some(branch.to_owned()),
            })
        })
    }

    /// The name that finds it again.
    pub(in crate::source) fn name(&self) -> PathBuf {
        let Some(branch) = &self.branch else {
            return self.folder.clone();
        };
        let mut name = self.folder.clone().into_os_string();
        name.push("@");
        name.push(branch);
        name.into()
    }
}

/// An open repository. Reading it needs no lock: each thread borrows [`Objects`] of its own.
pub(super) struct Opened {
    /// As the person named it.
    pub(super) name: Arc<Path>,
    /// The folder of the work tree, where there is one and no branch was asked for: its files are
    /// the current documents.
    pub(super) work_tree: Option<PathBuf>,
    /// Commits whose parents a shallow clone left out.
    pub(super) shallow: Vec<ObjectId>,
    /// Whether it was opened a second time, because something could not be read.
    pub(super) is_second: bool,
    /// Whether objects may be missing because a partial clone left them out.
    partial: bool,
    repository: gix::ThreadSafeRepository,
    branch: Option<String>,
    idle: Mutex<Vec<Objects>>,
    places: OnceLock<Places>,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened").field("name", &self.name).finish()
    }
}

impl Opened {
    /// Opens a repository.
    ///
    /// # Errors
    /// An [`Issue`] when it is damaged or of a kind that is not read.
    pub(super) fn open(named: &Named) -> Result<Self, Issue> {
        let name = named.name();
        let inner = named.folder.join(".git");
        let is_work_tree = inner.exists();
        let place = if is_work_tree {
            inner
        } else {
            named.folder.clone()
        };
        let repository = gix::open::Options::isolated()
            .open_path_as_is(true)
            // A stranger's replacement refs would show another text than the commit holds.
            .config_overrides(["core.useReplaceRefs=false"])
            .open(&place)
            .map_err(|error| lost(&name, &place).unwrap_or_else(|| refusal(&name, &error)))?;
        let local = repository.to_thread_local();
        if local.object_hash() != gix::hash::Kind::Sha1 {
            return Err(sha256(&name));
        }
        let shallow = match local.shallow_commits() {
            Ok(Some(commits)) => commits.iter().copied().collect(),
            _ => Vec::new(),
        };
        let partial = is_partial(local.common_dir());
        Ok(Self {
            work_tree: (is_work_tree && named.branch.is_none()).then(|| named.folder.clone()),
            shallow,
            is_second: false,
            partial,
            repository,
            branch: named.branch.clone(),
            idle: Mutex::default(),
            places: OnceLock::new(),
            name: name.into(),
        })
    }

    /// The newest commit of the branch; none where nothing was committed yet.
    ///
    /// # Errors
    /// An [`Issue`] when there is no such branch, or the reference is broken.
    pub(super) fn tip(&self) -> Result<Option<ObjectId>, Issue> {
        let local = self.repository.to_thread_local();
        let broken = |error: gix::Error| {
            if error.is_not_found() {
                return self.missing(&self.name, "the newest commit");
            }
            let message = format!("its HEAD cannot be read: {}", plain(&error));
            Issue::new(&*self.name, IssueKind::Unreadable, message)
        };
        let Some(branch) = &self.branch else {
            let head = local.head().map_err(broken)?;
            if head.is_unborn() {
                return Ok(None);
            }
            let id = head.try_into_peeled_id().map_err(broken)?;
            return Ok(id.map(gix::Id::detach));
        };
        // What git would find first is a tag; a person who says "branch" means a branch.
        let names = [
            format!("refs/heads/{branch}"),
            format!("refs/remotes/origin/{branch}"),
            branch.clone(),
        ];
        for name in names {
            if let Ok(Some(reference)) = local.try_find_reference(name.as_str()) {
                let id = reference.into_fully_peeled_id().map_err(broken)?;
                return Ok(Some(id.detach()));
            }
        }
        if let Some(id) = commit_by_prefix(&local, branch) {
            return Ok(Some(id));
        }
        Err(self.unknown_branch(&local, branch))
    }

    /// Lends a way to read objects, to be given back by [`Opened::give_back`].
    pub(super) fn objects(&self) -> Objects {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        idle.unwrap_or_else(|| Objects::new(Arc::clone(&self.repository.objects)))
    }

    /// Where objects lie, here and in the repositories that this one borrows objects from.
    pub(super) fn places(&self) -> &Places {
        self.places.get_or_init(|| {
            let store = &self.repository.objects;
            let borrowed = store.alternate_db_paths().unwrap_or_default();
            Places::of(std::iter::once(store.path().to_owned()).chain(borrowed))
        })
    }

    /// Keeps a way to read objects, with what it knows, for the next who asks.
    pub(super) fn give_back(&self, objects: Objects) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MAX_IDLE {
            idle.push(objects);
        }
    }

    /// Why an object is not there, in words about this repository.
    pub(super) fn missing(&self, path: &Path, what: &str) -> Issue {
        let message = if self.partial {
            format!(
                "{what} is not in this partial clone, and nothing is fetched from the network; clone it whole"
            )
        } else {
            format!("{what} is missing from the repository; `git fsck` says what else is")
        };
        Issue::new(path, IssueKind::Unreadable, message)
    }

    /// An error of reading as an issue about `path`.
    pub(super) fn trouble(&self, path: &Path, what: &str, error: &gix::Error) -> Issue {
        if error.classify().has(gix::error::Class::NotFound) {
            return self.missing(path, what);
        }
        let message = format!(
            "{what} is damaged ({}); `git fsck` says what else is",
            plain(error)
        );
        Issue::new(path, IssueKind::Unreadable, message)
    }

    /// Why a repository whose HEAD names no commit holds nothing, and what of it can be opened instead.
    pub(super) fn unborn(&self, kind: IssueKind) -> Issue {
        let local = self.repository.to_thread_local();
        let mut known = branches(&local);
        if known.is_empty() {
            let message = "the git repository has no commit yet, so it holds no versions";
            return Issue::new(&*self.name, kind, message);
        }
        let head = local.head_name().ok().flatten();
        let head = head.map_or_else(
            || "HEAD has no commit".to_owned(),
            |name| format!("HEAD points to {}, which has no commit", name.shorten()),
        );
        let count = known.len();
        known.truncate(MANY_BRANCHES);
        let are = match count {
            1 => "there is the branch".to_owned(),
            count if count > known.len() => format!("there are {count} branches, among them"),
            _ => "there are the branches".to_owned(),
        };
        let message = format!(
            "{head}; {are} {}: open {}@{}",
            known.join(", "),
            self.name.display(),
            known[0]
        );
        Issue::new(&*self.name, kind, message)
    }

    fn unknown_branch(&self, local: &gix::Repository, branch: &str) -> Issue {
        let mut known = branches(local);
        let told = match known.len() {
            0 => "it has none".to_owned(),
            n if n > MANY_BRANCHES => {
                known.truncate(MANY_BRANCHES);
                format!("it has {n}, among them {}", known.join(", "))
            }
            _ => format!("it has {}", known.join(", ")),
        };
        let message = format!("the repository has no branch or tag \"{branch}\"; {told}");
        Issue::new(&*self.name, IssueKind::Missing, message)
    }
}

/// The local branches, by name.
fn branches(local: &gix::Repository) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    if let Ok(references) = local.references()
        && let Ok(branches) = references.local_branches()
    {
        let names = branches.flatten();
        known.extend(names.map(|one| one.name().shorten().to_string()));
    }
    known.sort();
    known
}

/// So many ways to read objects are kept while nobody reads: each holds up to 8 MB of bases.
const MAX_IDLE: usize = 2;

/// More branches than this are not all listed in a message.
const MANY_BRANCHES: usize = 8;

/// Fewer digits than this do not name a commit: "2020" rather is a mistyped branch.
const COMMIT_DIGITS: usize = 7;

fn commit_by_prefix(local: &gix::Repository, text: &str) -> Option<ObjectId> {
    if text.len() < COMMIT_DIGITS {
        return None;
    }
    let prefix = gix::hash::Prefix::from_hex(text).ok()?;
    local.objects.lookup_prefix(prefix, None).ok()??.ok()
}

/// A partial clone marks the packs that came from a server which promised to have the rest.
fn is_partial(folder: &Path) -> bool {
    let Ok(packs) = std::fs::read_dir(folder.join("objects/pack")) else {
        return false;
    };
    packs
        .flatten()
        .any(|file| file.path().extension().is_some_and(|e| e == "promisor"))
}

/// Why a `.git` that leads to no repository cannot be opened, and what to do about it.
fn lost(name: &Path, place: &Path) -> Option<Issue> {
    let told = if place.is_file() {
        let text = std::fs::read_to_string(place).ok()?;
        let there = text.strip_prefix("gitdir:")?.trim();
        let folder = place.parent()?.join(there);
        (!folder.join("HEAD").exists()).then(|| {
            format!("its .git file says that the repository lies in {there}, where none is")
        })
    } else {
        let no_head = !place.join("HEAD").exists();
        no_head.then(|| "its .git folder holds no repository (there is no HEAD)".to_owned())
    };
    let message = format!(
        "{}, so only the files are read, without their history; `git clone` it anew, or `git worktree repair` where that folder was moved",
        told?
    );
    Some(Issue::new(name, IssueKind::Unreadable, message))
}

fn refusal(name: &Path, error: &gix::Error) -> Issue {
    if error.is_unsupported() || plain(error).contains("sha256") {
        return sha256(name);
    }
    let message = format!("the git repository cannot be opened: {}", plain(error));
    Issue::new(name, IssueKind::Unreadable, message)
}

fn sha256(name: &Path) -> Issue {
    let message = "the git repository names its objects by SHA-256, or is in another form that is not read yet; `git archive HEAD` gives its current documents";
    Issue::new(name, IssueKind::Unsupported, message)
}

/// The innermost reason of an error, on one line.
pub(super) fn plain(error: &gix::Error) -> String {
    let text = error.probable_cause().to_string();
    text.lines()
        .next()
        .unwrap_or_default()
        .trim_end_matches('.')
        .to_owned()
}
