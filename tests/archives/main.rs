//! Archives as people have them: git repositories, healthy and broken, and dated folders. Every case
//! is built here; what needs git is skipped aloud where it is not installed.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "tests fail by panicking and say aloud what they skip"
)]

#[path = "../archive/mod.rs"]
mod archive;
mod broken;
mod commands;
mod folders;
mod history;
mod hostile;
mod real;
mod repository;

use policy_tui::model::{Issue, Origin};
use policy_tui::source::{Catalog, FindOptions, Found, Histories, MAX_SIZE, Sources};
use std::path::Path;

/// What lies under a path, with the default options.
fn find(path: &Path) -> Catalog {
    Sources::default().find(&[path.to_owned()], &FindOptions::default())
}

/// The histories of the only archive under a path.
fn histories(path: &Path) -> Histories {
    let catalog = find(path);
    let [archive] = &catalog.archives[..] else {
        panic!("not one archive: {:?}", catalog.issues);
    };
    archive.histories(&mut |_| true).unwrap()
}

/// What a document holds.
fn text(found: &Found) -> Result<String, Issue> {
    let document = Sources::default().read(found, MAX_SIZE)?;
    Ok(String::from_utf8_lossy(&document.bytes).into_owned())
}

/// The texts of all versions of a document, oldest first; `!` and the reason for one that cannot be
/// read.
fn texts(histories: &Histories, path: &str) -> Vec<String> {
    let history = histories.by_path.get(path);
    let versions = history.map_or(&[][..], |history| &history.versions);
    let read = |origin: &Origin| match text(&Found::single(origin.clone())) {
        Ok(text) => text.trim_end().to_owned(),
        Err(issue) => format!("! {}", issue.message),
    };
    versions
        .iter()
        .map(|version| read(&version.origin))
        .collect()
}

/// The current documents: site, type of terms, and text.
fn current(catalog: &Catalog) -> Vec<String> {
    let line = |found: &Found| {
        let filed = &found.filed;
        let name = [&filed.site, &filed.terms].map(|part| part.clone().unwrap_or("?".into()));
        let text = text(found).unwrap_or_else(|issue| issue.message);
        format!("{}: {}", name.join(" / "), text.trim_end())
    };
    catalog.found.iter().map(line).collect()
}

/// The messages of issues, each with its kind.
fn told(issues: &[Issue]) -> Vec<String> {
    let line = |issue: &Issue| format!("{}: {}", issue.kind, issue.message);
    issues.iter().map(line).collect()
}

/// Fails unless exactly one issue is told and holds the words.
#[track_caller]
fn assert_told(issues: &[Issue], words: &[&str]) {
    let told = told(issues);
    let fits = told.len() == 1 && words.iter().all(|word| told[0].contains(word));
    assert!(fits, "expected one issue with {words:?}, but got {told:#?}");
}
