//! Folders, any depth, in a fixed order.

use super::Found;
use super::formats::{self, Kind, READ};
use crate::model::{Issue, IssueKind, Origin};
use ignore::WalkBuilder;
use std::path::Path;

/// Adds the documents below `root`, and what is wrong there.
pub(super) fn find(root: &Path, found: &mut Vec<Found>, issues: &mut Vec<Issue>) {
    let (before, troubles) = (found.len(), issues.len());
    // A library may lie in a folder that some .gitignore leaves out: no ignore rules apply.
    let walk = WalkBuilder::new(root)
        .standard_filters(false)
        .hidden(true)
        .follow_links(true)
        .filter_entry(|entry| {
            let folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            !(folder && entry.depth() > 0 && formats::is_part_of_page(entry.path()))
        })
        .sort_by_file_path(Path::cmp)
        .build();
    let mut here = Vec::new();
    let mut unsupported: Vec<&'static str> = Vec::new();
    for step in walk {
        match step {
            Err(error) => issues.push(walk_issue(root, &error)),
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_dir()) => {}
            Ok(entry) => match formats::kind_of(entry.path()) {
                Kind::Read => here.push(Found {
                    origin: Origin::File(entry.into_path()),
                }),
                Kind::Unsupported(extension) => unsupported.push(extension),
                Kind::Other => {}
            },
        }
    }
    let twice = formats::drop_pages_with_text(&mut here, |one: &Found| &one.origin);
    if twice > 0 {
        issues.push(twice_issue(root, twice));
    }
    found.append(&mut here);
    if !unsupported.is_empty() {
        issues.push(unsupported_issue(root, unsupported));
    }
    if found.len() == before && issues.len() == troubles {
        let message = format!(
            "the folder holds no policy (files ending in .{})",
            READ.join(", .")
        );
        issues.push(Issue::new(root, IssueKind::NoPolicies, message));
    }
}

/// An archive may keep every page beside the text that was taken from it.
fn twice_issue(root: &Path, count: usize) -> Issue {
    let pages = if count == 1 { "page has" } else { "pages have" };
    let message = format!(
        "{count} saved {pages} a text of the same name beside it, which is read in its place"
    );
    Issue::new(root, IssueKind::LeftOut, message)
}

/// One issue for all of them: an archive may hold a saved page beside every policy.
fn unsupported_issue(root: &Path, mut extensions: Vec<&'static str>) -> Issue {
    let count = extensions.len();
    extensions.sort_unstable();
    extensions.dedup();
    let files = if count == 1 { "file is" } else { "files are" };
    let message = format!(
        "{count} {files} in a form that is not read (.{}); save as a web page, Markdown or plain text",
        extensions.join(", .")
    );
    Issue::new(root, IssueKind::Unsupported, message)
}

fn walk_issue(root: &Path, error: &ignore::Error) -> Issue {
    match error {
        ignore::Error::WithPath { path, err } => walk_issue(path, err),
        ignore::Error::WithDepth { err, .. } => walk_issue(root, err),
        ignore::Error::Loop { ancestor, child } => {
            let message = format!(
                "the link leads back to {}, so it is not followed",
                ancestor.display()
            );
            Issue::new(child, IssueKind::LinkLoop, message)
        }
        ignore::Error::Io(error) => super::path_issue(root, error),
        other => Issue::new(
            root,
            IssueKind::Unreadable,
            format!("it cannot be read: {other}"),
        ),
    }
}
