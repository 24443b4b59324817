//! What the files of the configuration folder share: places in them, and the issues they give.

use crate::model::{Issue, IssueKind};
use std::io::ErrorKind;
use std::path::Path;

/// The largest configuration file that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// The text of a configuration file; nothing when there is none. A file that is there and cannot be
/// read is an issue, which ends with what holds instead.
pub(super) fn text(path: &Path, instead: &str) -> Result<Option<String>, Issue> {
    // A pipe would never end, and a device neither.
    let odd = |data: std::fs::Metadata| !data.is_file() || data.len() > LARGEST;
    if std::fs::metadata(path).is_ok_and(odd) {
        let message = format!("this is no regular file of at most 1 MiB; {instead}");
        return Err(Issue::new(path, IssueKind::Configuration, message));
    }
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => {
            let message = format!("the file cannot be read ({error}); {instead}");
            Err(Issue::new(path, IssueKind::Configuration, message))
        }
    }
}

/// The issue for a mistake at a byte of a configuration file.
pub(super) fn issue(path: &Path, text: &str, at: usize, message: String) -> Issue {
    Issue::new(path, IssueKind::Configuration, message).at_line(line_of(text, at))
}

/// The line, from 1, that holds a byte.
fn line_of(text: &str, at: usize) -> u32 {
    let before = text.as_bytes().get(..at).unwrap_or(text.as_bytes());
    let breaks = before.iter().filter(|&&b| b == b'\n').count();
    u32::try_from(breaks + 1).unwrap_or(u32::MAX)
}
