//! Where documents come from: files, folders, git archives, the embedded sample library, standard
//! input.
//!
//! [`Sources::find`] names what is there without reading it; [`Sources::read`] fetches one document,
//! [`Sources::read_many`] many, [`Sources::read_ahead`] one after the other. All tell what goes wrong as [`Issue`]s. A new kind of source yields
//! [`Found`] documents and needs nothing else. `docs/archives.md` describes what archives are.

mod ahead;
mod arrange;
mod folder;
mod formats;
mod git;
mod layout;
mod many;
mod sample;
mod walk;

use crate::model::{Document, Filed, History, Issue, IssueKind, Origin, Version};
use jiff::Timestamp;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use ahead::Ahead;
pub use git::{Archive, Histories, Renamed};
pub use layout::{Layout, TermsFilter};
pub use sample::found as samples;

/// The default size limit of a file: 16 MiB.
pub const MAX_SIZE: u64 = 16 << 20;

/// The largest limit that can be asked for: offsets are counted in 32 bits.
pub const MAX_MAX_SIZE: u64 = 1 << 30;

/// How a bundle of git begins, whatever its version.
const BUNDLES: [&[u8]; 2] = [b"# v2 git bundle\n", b"# v3 git bundle\n"];

/// What stands in place of a text that Git LFS keeps elsewhere, in a work tree or in git.
const LFS_POINTER: &[u8] = b"version https://git-lfs.github.com/spec/";

/// A document that was found, not yet read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where its current bytes lie.
    pub origin: Origin,
    /// How its archive files it.
    pub filed: Filed,
    /// Its versions, where the source knows them at once, as a folder of dated files does; none for
    /// a document of one version, or of a git archive whose history was not walked yet.
    pub history: Option<Arc<History>>,
}

impl Found {
    /// A document of one version that no archive files.
    pub fn single(origin: Origin) -> Self {
        Self {
            origin,
            filed: Filed::default(),
            history: None,
        }
    }

    /// A version of a document, to be read as if it were the current one.
    pub fn version(&self, version: &Version) -> Self {
        Self {
            origin: version.origin.clone(),
            filed: Filed {
                recorded: version.recorded,
                ..self.filed.clone()
            },
            history: None,
        }
    }

    /// What was read of it.
    fn document(&self, bytes: Vec<u8>, modified: Option<Timestamp>) -> Result<Document, Issue> {
        if bytes.starts_with(LFS_POINTER) {
            let message = "this is a Git LFS pointer, not the text; run `git lfs pull`";
            return Err(Issue::new(self.origin.path(), IssueKind::NotText, message));
        }
        if BUNDLES.iter().any(|bundle| bytes.starts_with(bundle)) {
            let path = self.origin.path();
            let message = format!(
                "this is a git bundle: `git clone --bare {}` makes an archive of it that can be opened",
                path.display()
            );
            return Err(Issue::new(path, IssueKind::NotText, message));
        }
        Ok(Document {
            origin: self.origin.clone(),
            filed: self.filed.clone(),
            bytes,
            modified,
        })
    }
}

/// What was found under the paths of a request.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    /// The documents as they are now, in the order of the paths and, below a folder, by path.
    pub found: Vec<Found>,
    /// The repositories among them, whose history can be walked.
    pub archives: Vec<Archive>,
    /// What cannot be used.
    pub issues: Vec<Issue>,
}

/// How to look for documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindOptions {
    /// The layout of folders and archives.
    pub layout: Layout,
    /// Which types of terms are listed.
    pub terms: TermsFilter,
    /// The branch, tag or commit of git repositories that name none themselves (`REPO@BRANCH`).
    pub branch: Option<String>,
    /// Whether documents are listed too that an archive had once and has no more.
    pub removed: bool,
}

/// Whether a file is read as a document, by its name.
pub fn is_document_name(path: &Path) -> bool {
    formats::is_document(path.as_os_str().as_encoded_bytes())
}

/// Finds and reads documents. Keeps repositories open; share one between threads.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    repositories: Arc<git::Repositories>,
}

impl Sources {
    /// Finds the documents under the given files, folders and repositories. `REPO@BRANCH` is a
    /// repository at a branch where there is no such path. Repositories below a folder are archives
    /// of their own.
    pub fn find(&self, paths: &[PathBuf], options: &FindOptions) -> Catalog {
        let mut catalog = Catalog::default();
        let mut waiting: Vec<PathBuf> = paths.iter().rev().cloned().collect();
        while let Some(path) = waiting.pop() {
            let below = self.find_one(&path, options, &mut catalog);
            waiting.extend(below.into_iter().rev());
        }
        let mut seen = rustc_hash::FxHashSet::default();
        catalog.found.retain(|one| seen.insert(one.origin.clone()));
        let mut seen = rustc_hash::FxHashSet::default();
        catalog
            .archives
            .retain(|one| seen.insert(one.folder().to_owned()));
        catalog
    }

    /// Finds what lies under one path; gives the repositories below it, to be looked at next.
    fn find_one(&self, path: &Path, options: &FindOptions, catalog: &mut Catalog) -> Vec<PathBuf> {
        if path.as_os_str() == "-" {
            catalog.found.push(Found::single(Origin::Stdin));
            return Vec::new();
        }
        if let Some(named) = git::Named::find(path, options.branch.as_deref()) {
            return self.repositories.find(&named, options, catalog);
        }
        match std::fs::metadata(path) {
            Ok(data) if data.is_dir() => return folder::find(path, options, catalog),
            Ok(_) => catalog
                .found
                .push(Found::single(Origin::File(path.to_owned()))),
            Err(error) => catalog.issues.push(path_issue(path, &error)),
        }
        Vec::new()
    }

    /// Reads a document.
    ///
    /// # Errors
    /// An [`Issue`] when the bytes are missing, unreadable, not those of a regular file, or more
    /// than `max_size`.
    pub fn read(&self, found: &Found, max_size: u64) -> Result<Document, Issue> {
        let (bytes, modified) = match &found.origin {
            Origin::Sample(name) => (sample::bytes(name).to_vec(), None),
            Origin::Stdin => {
                let path = Path::new("-");
                let bytes = read_limited(std::io::stdin().lock(), 0, max_size)
                    .map_err(|error| path_issue(path, &error))?
                    .ok_or_else(|| too_large(path, None, max_size))?;
                (bytes, None)
            }
            Origin::File(path) => read_file(path, max_size)?,
            Origin::Git(place) => (self.repositories.read(place, max_size)?, None),
        };
        found.document(bytes, modified)
    }
}

/// Whether a path names what a shell hands over in place of a file, as in `<(git show …)`. Other
/// pipes and devices might be read for ever.
fn is_handed_over(path: &Path) -> bool {
    path.starts_with("/dev/fd")
        || path.starts_with("/proc/self/fd")
        || path == Path::new("/dev/stdin")
}

/// The bytes of a file and when it was last modified.
fn read_file(path: &Path, max_size: u64) -> Result<(Vec<u8>, Option<Timestamp>), Issue> {
    let trouble = |error: std::io::Error| path_issue(path, &error);
    let data = std::fs::metadata(path).map_err(trouble)?;
    if !data.is_file() && !is_handed_over(path) {
        let message = "this is not a regular file, so it is not read";
        return Err(Issue::new(path, IssueKind::Unreadable, message));
    }
    if data.len() > max_size {
        return Err(too_large(path, Some(data.len()), max_size));
    }
    let file = File::open(path).map_err(trouble)?;
    let bytes = read_limited(file, data.len(), max_size)
        .map_err(trouble)?
        .ok_or_else(|| too_large(path, None, max_size))?;
    let modified = data
        .modified()
        .ok()
        .and_then(|time| Timestamp::try_from(time).ok());
    Ok((bytes, modified))
}

/// Reads all, or nothing when there is more than `max_size`: a file may grow while it is read.
fn read_limited(
    reader: impl Read,
    expected: u64,
    max_size: u64,
) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0));
    reader
        .take(max_size.saturating_add(1))
        .read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= max_size).then_some(bytes))
}

fn too_large(path: &Path, size: Option<u64>, max_size: u64) -> Issue {
    let size = size.map_or_else(|| "more than the limit".to_owned(), megabytes);
    let message = format!(
        "the file is {size}, over the limit of {}; raise it with --max-size",
        megabytes(max_size)
    );
    Issue::new(path, IssueKind::TooLarge, message)
}

#[allow(clippy::cast_precision_loss)]
fn megabytes(bytes: u64) -> String {
    match bytes {
        0..0x400 => format!("{bytes} bytes"),
        0x400..0x10_0000 => format!("{:.1} KiB", bytes as f64 / 1024.0),
        _ => format!("{:.1} MiB", bytes as f64 / f64::from(1u32 << 20)),
    }
}

/// An operating system's refusal as a sentence about the path.
fn path_issue(path: &Path, error: &std::io::Error) -> Issue {
    let (kind, message) = match error.kind() {
        ErrorKind::NotFound => (
            IssueKind::Missing,
            "there is no such file or folder".to_owned(),
        ),
        ErrorKind::PermissionDenied => (
            IssueKind::Unreadable,
            "permission to read it is denied".to_owned(),
        ),
        _ if is_link_loop(error) => (
            IssueKind::LinkLoop,
            "the symbolic link leads back to itself".to_owned(),
        ),
        _ => (
            IssueKind::Unreadable,
            format!("it cannot be read: {}", plain_reason(error)),
        ),
    };
    Issue::new(path, kind, message)
}

fn is_link_loop(error: &std::io::Error) -> bool {
    // `ErrorKind::FilesystemLoop` is not stable; this is what it is named in every message.
    format!("{:?}", error.kind()) == "FilesystemLoop"
}

/// The system's words without its number.
fn plain_reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error")
        .next()
        .unwrap_or(&text)
        .to_lowercase()
}
