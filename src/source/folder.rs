//! Folders, any depth, in a fixed order.

use super::Found;
use crate::model::{Issue, IssueKind, Origin};
use ignore::WalkBuilder;
use std::path::Path;

/// Names that are read.
const READ: &[&str] = &["md", "markdown", "mdown", "mkd", "txt", "text"];

/// Names of policies in a form that is not read yet; told, so that they do not vanish silently.
const UNSUPPORTED: &[&str] = &["html", "htm", "xhtml", "pdf", "docx", "doc", "odt", "rtf"];

/// Adds the documents below `root`, and what is wrong there.
pub(super) fn find(root: &Path, found: &mut Vec<Found>, issues: &mut Vec<Issue>) {
    let (before, troubles) = (found.len(), issues.len());
    // A library may lie in a folder that some .gitignore leaves out: no ignore rules apply.
    let walk = WalkBuilder::new(root)
        .standard_filters(false)
        .hidden(true)
        .follow_links(true)
        .sort_by_file_path(Path::cmp)
        .build();
    let mut unsupported: Vec<&'static str> = Vec::new();
    for step in walk {
        match step {
            Err(error) => issues.push(walk_issue(root, &error)),
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_dir()) => {}
            Ok(entry) => match kind_of(entry.path()) {
                Kind::Read => found.push(Found::single(Origin::File(entry.into_path()))),
                Kind::Unsupported(extension) => unsupported.push(extension),
                Kind::Other => {}
            },
        }
    }
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

enum Kind {
    Read,
    Unsupported(&'static str),
    Other,
}

fn kind_of(path: &Path) -> Kind {
    let Some(extension) = path.extension().and_then(|e| e.to_str()) else {
        return Kind::Other;
    };
    let is = |known: &&&'static str| extension.eq_ignore_ascii_case(known);
    if READ.iter().any(|known| is(&known)) {
        return Kind::Read;
    }
    UNSUPPORTED
        .iter()
        .find(is)
        .map_or(Kind::Other, |known| Kind::Unsupported(known))
}

/// One issue for all of them: an archive may hold a saved page beside every policy.
fn unsupported_issue(root: &Path, mut extensions: Vec<&'static str>) -> Issue {
    let count = extensions.len();
    extensions.sort_unstable();
    extensions.dedup();
    let files = if count == 1 { "file is" } else { "files are" };
    let message = format!(
        "{count} {files} in a form that is not read (.{}); save as Markdown or plain text",
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
