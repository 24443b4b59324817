//! A file that a result goes to: whole, or not at all.

use super::Failure;
use crate::model::Origin;
use crate::source::{Found, is_document_name};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Bytes collected before they go to the file.
const BUFFER: usize = 1 << 18;

/// A file beside the one that is wanted, put in its place when the result is whole.
pub(super) struct Target {
    file: BufWriter<NamedTempFile>,
    path: PathBuf,
    replace: bool,
}

impl Target {
    /// Begins a result.
    ///
    /// # Errors
    /// When there is such a file and it is not to be replaced, when it is one of the documents that
    /// the result is made of, and when its folder cannot be written to.
    pub(super) fn create(path: &Path, replace: bool, sources: &[Found]) -> Result<Self, Failure> {
        let refused = |why: &str| Failure::Said(format!("{}: {why}", path.display()));
        if path.is_dir() {
            return Err(refused("this is a folder; name a file"));
        }
        if is_among(path, sources) {
            return Err(refused(
                "this is one of the policies, which are never written to",
            ));
        }
        if is_document_name(path) {
            return Err(refused(
                "this would look like a policy; give it an ending such as .csv, .jsonl or .parquet",
            ));
        }
        if path.exists() && !replace {
            return Err(refused("there is such a file; --force replaces it"));
        }
        if path.exists() && !(path.is_file() && is_table_name(path)) {
            return Err(refused(
                "--force replaces a file that ends in .csv, .jsonl, .json or .parquet, and nothing else",
            ));
        }
        let folder = match path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        let file =
            hidden(folder).map_err(|error| refused(&format!("it cannot be written: {error}")))?;
        Ok(Self {
            file: BufWriter::with_capacity(BUFFER, file),
            path: path.to_owned(),
            replace,
        })
    }

    /// Ends the result.
    ///
    /// # Errors
    /// When it cannot be written to the end, and when a file of its name has appeared meanwhile and is
    /// not to be replaced. What was there before is untouched then.
    pub(super) fn put_in_place(self) -> Result<(), Failure> {
        let whole = |file: BufWriter<NamedTempFile>| {
            let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.as_file().sync_all()?;
            let put = if self.replace {
                file.persist(&self.path)
            } else {
                file.persist_noclobber(&self.path)
            };
            put.map_err(|error| error.error)
        };
        let put: io::Result<_> = whole(self.file);
        put.map(drop).map_err(|error| {
            Failure::Said(format!(
                "{}: it cannot be written: {error}",
                self.path.display()
            ))
        })
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A new file with the rights that any other would have, under a name that is no policy's.
fn hidden(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".policy-tui-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The system takes away what the user's mask says.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Whether a file is a table by its name: what else there is may be anything, such as a part of a
/// repository.
fn is_table_name(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| {
        let known = ["csv", "jsonl", "json", "parquet"];
        known.iter().any(|one| ending.eq_ignore_ascii_case(one))
    })
}

/// Whether a path leads to one of the documents.
fn is_among(path: &Path, sources: &[Found]) -> bool {
    let Ok(path) = path.canonicalize() else {
        return false;
    };
    sources.iter().any(|found| match &found.origin {
        // Links apart, two paths that lead to one file end alike: only those are looked up.
        Origin::File(source) => {
            let is_link = || source.is_symlink();
            (source.file_name() == path.file_name() || is_link())
                && source.canonicalize().is_ok_and(|source| source == path)
        }
        Origin::Sample(_) | Origin::Stdin | Origin::Git(_) => false,
    })
}
