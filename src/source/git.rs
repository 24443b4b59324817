//! Git repositories as archives: current documents from a tree, versions from history. Read with
//! `gix` from the object store alone: nothing of the repository runs.

use crate::model::{GitPlace, History, Issue, IssueKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Repositories that are open, by their folders.
#[derive(Debug, Default)]
pub(super) struct Repositories {}

impl Repositories {
    /// The bytes of a blob.
    pub(super) fn read(&self, place: &GitPlace, _max_size: u64) -> Result<Vec<u8>, Issue> {
        let path = place.repository.join(&place.path);
        let message = "git archives are not read yet";
        Err(Issue::new(path, IssueKind::Unsupported, message))
    }
}

/// A repository whose history can be walked.
#[derive(Clone, Debug)]
pub struct Archive {
    folder: PathBuf,
}

/// The versions of every document of an archive.
#[derive(Clone, Debug, Default)]
pub struct Histories {
    /// By the path of the document inside the repository, as in [`GitPlace::path`].
    pub by_path: rustc_hash::FxHashMap<String, Arc<History>>,
    /// What is missing from them: a shallow clone, objects that are not there.
    pub issues: Vec<Issue>,
}

impl Archive {
    /// The folder of the repository, as the user named it.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Walks the history once for all documents. `progress` is told how many commits were walked
    /// and says whether to go on.
    ///
    /// # Errors
    /// An [`Issue`] when the history cannot be walked at all.
    pub fn histories(&self, _progress: &mut dyn FnMut(usize) -> bool) -> Result<Histories, Issue> {
        Ok(Histories::default())
    }
}
