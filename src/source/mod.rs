//! Where documents come from: files, folders, the embedded sample library, standard input.
//!
//! [`find`] names what is there without reading it; [`read`] fetches one document. Both tell what
//! goes wrong as [`Issue`]s. A new kind of source yields [`Found`] documents and needs nothing else.

mod folder;
mod formats;
mod sample;

use crate::model::{Document, Issue, IssueKind, Origin};
use jiff::Timestamp;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

pub use sample::found as samples;

/// The default size limit of a file: 16 MiB.
pub const MAX_SIZE: u64 = 16 << 20;

/// The largest limit that can be asked for: offsets are counted in 32 bits.
pub const MAX_MAX_SIZE: u64 = 1 << 30;

/// A document that was found, not yet read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it lies.
    pub origin: Origin,
}

/// Finds the documents under the given files and folders, in the order of the arguments and, below
/// a folder, by path. Returns what cannot be used beside them.
pub fn find(paths: &[PathBuf]) -> (Vec<Found>, Vec<Issue>) {
    let (mut found, mut issues) = (Vec::new(), Vec::new());
    for path in paths {
        if path.as_os_str() == "-" {
            found.push(Found {
                origin: Origin::Stdin,
            });
            continue;
        }
        match std::fs::metadata(path) {
            Ok(data) if data.is_dir() => folder::find(path, &mut found, &mut issues),
            Ok(_) => found.push(Found {
                origin: Origin::File(path.clone()),
            }),
            Err(error) => issues.push(path_issue(path, &error)),
        }
    }
    let mut seen = rustc_hash::FxHashSet::default();
    found.retain(|one| seen.insert(one.origin.clone()));
    (found, issues)
}

/// Reads a document.
///
/// # Errors
/// An [`Issue`] when the file is missing, unreadable, not a regular file, or over `max_size` bytes.
pub fn read(found: &Found, max_size: u64) -> Result<Document, Issue> {
    match &found.origin {
        Origin::Sample(name) => Ok(Document {
            origin: found.origin.clone(),
            bytes: sample::bytes(name).to_vec(),
            modified: None,
        }),
        Origin::Stdin => {
            let bytes = read_limited(std::io::stdin().lock(), 0, max_size)
                .map_err(|error| path_issue(Path::new("-"), &error))?
                .ok_or_else(|| too_large(Path::new("-"), None, max_size))?;
            Ok(Document {
                origin: Origin::Stdin,
                bytes,
                modified: None,
            })
        }
        Origin::File(path) => read_file(path, max_size),
    }
}

/// Whether a path names what a shell hands over in place of a file, as in `<(git show …)`. Other
/// pipes and devices might be read for ever.
fn is_handed_over(path: &Path) -> bool {
    path.starts_with("/dev/fd")
        || path.starts_with("/proc/self/fd")
        || path == Path::new("/dev/stdin")
}

fn read_file(path: &Path, max_size: u64) -> Result<Document, Issue> {
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
    Ok(Document {
        origin: Origin::File(path.to_owned()),
        bytes,
        modified,
    })
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
