//! The files of a user's own: found in a folder of the configuration, read with care, and told of
//! with the line that is wrong.

use crate::model::{Issue, IssueKind};
use std::fs;
use std::path::{Path, PathBuf};

/// The largest file that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// The `.toml` files of a folder, in the order of their names. `kind` is what they are called, as in
/// "topic". A folder that does not exist is not wrong: most people have none.
pub(super) fn toml_files(dir: &Path, kind: &str, issues: &mut Vec<Issue>) -> Vec<PathBuf> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            let message = format!("The folder of {kind} files could not be read: {error}.");
            issues.push(Issue::new(dir, IssueKind::Configuration, message));
            return Vec::new();
        }
    };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    files
}

/// The text of such a file, unless it cannot be read, which is told.
pub(super) fn content(path: &Path, kind: &str, issues: &mut Vec<Issue>) -> Option<String> {
    let odd = |data: fs::Metadata| !data.is_file() || data.len() > LARGEST;
    let message = if fs::metadata(path).is_ok_and(odd) {
        format!("A {kind} file is a regular file of at most 1 MiB; this one is not read.")
    } else {
        match fs::read_to_string(path) {
            Ok(content) => return Some(content),
            Err(error) => format!("The {kind} file could not be read: {error}."),
        }
    };
    issues.push(Issue::new(path, IssueKind::Configuration, message));
    None
}

/// An issue at a byte of such a file.
pub(super) fn issue(path: &Path, content: &str, at: usize, message: String) -> Issue {
    let before = content.get(..at).unwrap_or(content);
    let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
    Issue::new(path, IssueKind::Configuration, message)
        .at_line(u32::try_from(line).unwrap_or(u32::MAX))
}
