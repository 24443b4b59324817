//! Which files are policies, by their names, and which of them stand for the same page.

use crate::model::Origin;
use rustc_hash::FxHashSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Names that are read.
pub(super) const READ: &[&str] = &[
    "md", "markdown", "mdown", "mkd", "txt", "text", "html", "htm", "xhtml",
];

/// Those of them that are pages as they were saved.
const PAGES: &[&str] = &["html", "htm", "xhtml"];

/// Names of policies in a form that is not read yet; told, so that they do not vanish silently.
const UNSUPPORTED: &[&str] = &["mhtml", "mht", "pdf", "docx", "doc", "odt", "rtf"];

/// What browsers put behind a page's name for the folder of its pictures and scripts, in the
/// languages they speak most.
const PARTS: &[&str] = &[
    "_files",
    "_fichiers",
    "-Dateien",
    "_archivos",
    "_file",
    "_bestanden",
];

/// What a file is to a library.
pub(super) enum Kind {
    Read,
    Unsupported(&'static str),
    Other,
}

/// What a file is, by its name.
pub(super) fn kind_of(path: &Path) -> Kind {
    if ends_in(path, READ).is_some() {
        return Kind::Read;
    }
    ends_in(path, UNSUPPORTED).map_or(Kind::Other, Kind::Unsupported)
}

fn ends_in(path: &Path, known: &'static [&'static str]) -> Option<&'static str> {
    let extension = path.extension()?.to_str()?;
    known
        .iter()
        .find(|one| extension.eq_ignore_ascii_case(one))
        .copied()
}

/// Whether a folder holds what belongs to a saved page: `policy_files` beside `policy.html`.
pub(super) fn is_part_of_page(folder: &Path) -> bool {
    let Some(name) = folder.file_name().and_then(|name| name.to_str()) else {
        return false;
    };
    let stem = PARTS.iter().find_map(|part| name.strip_suffix(part));
    stem.is_some_and(|stem| {
        PAGES.iter().any(|extension| {
            folder
                .with_file_name(format!("{stem}.{extension}"))
                .is_file()
        })
    })
}

/// Takes out the pages beside which their text lies as Markdown or plain text: `x.html` where there
/// is `x.md`. Returns how many they were.
pub(super) fn drop_pages_with_text<T>(found: &mut Vec<T>, origin: impl Fn(&T) -> &Origin) -> usize {
    let key = |path: &Path| -> Option<(PathBuf, OsString)> {
        Some((path.parent()?.to_owned(), path.file_stem()?.to_owned()))
    };
    let is_page = |path: &Path| ends_in(path, PAGES).is_some();
    let file = |one: &T| match origin(one) {
        Origin::File(path) => Some(path.clone()),
        _ => None,
    };
    let texts: FxHashSet<(PathBuf, OsString)> = found
        .iter()
        .filter_map(file)
        .filter(|path| !is_page(path))
        .filter_map(|path| key(&path))
        .collect();
    let before = found.len();
    found.retain(|one| {
        let page = file(one).filter(|path| is_page(path));
        !page.is_some_and(|path| key(&path).is_some_and(|key| texts.contains(&key)))
    });
    before - found.len()
}
