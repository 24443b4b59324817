//! What lies below a folder: all folders of one depth are read side by side, and what they hold is
//! told in the order of the whole paths.
//!
//! The system tells with a name whether it is a folder, so that nothing is looked at twice; what makes
//! a folder a repository stands in its own list of names.

use super::{formats, git, path_issue};
use crate::model::{Issue, IssueKind};
use rayon::prelude::*;
use std::ffi::OsString;
use std::fs::FileType;
use std::io;
use std::path::{Path, PathBuf};

/// What becomes of symbolic links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Links {
    Follow,
    PassOver,
}

/// Something that was met below a folder. Hidden files and folders are not.
#[derive(Debug)]
pub(super) enum Met {
    /// A file, or a link that was not followed.
    File {
        /// Its path.
        path: PathBuf,
        /// Its path below the root, with `/` between names.
        inside: String,
        /// Whether it is a link that was not followed.
        is_link: bool,
    },
    /// A repository, which is an archive of its own: it was not entered.
    Repository(PathBuf),
    /// Something that cannot be looked at.
    Trouble(Issue),
}

/// A folder that is to be read.
struct Folder {
    path: PathBuf,
    /// Its path below the root, with `/` between names; empty for the root.
    inside: String,
}

/// What stands in a folder, in the order of names.
enum Child {
    Met(Met),
    Folder(Folder),
}

/// Everything below a folder. A library may lie in a folder that some .gitignore leaves out: no rules
/// of that kind apply.
pub(super) fn walk(root: &Path, links: Links) -> Vec<Met> {
    let mut level = vec![Folder {
        path: root.to_owned(),
        inside: String::new(),
    }];
    // Level by level, each folder known by its place there, so that the depth of folders costs no
    // stack.
    let mut levels: Vec<Vec<Vec<Child>>> = Vec::new();
    while !level.is_empty() {
        let mut read: Vec<Vec<Child>> = level
            .par_iter()
            .map(|folder| children(root, folder, links))
            .collect();
        level = read
            .iter_mut()
            .flatten()
            .filter_map(Child::entered)
            .collect();
        levels.push(read);
    }
    in_order(levels)
}

impl Child {
    /// The folder, taken out to be read.
    fn entered(&mut self) -> Option<Folder> {
        match self {
            Child::Met(_) => None,
            Child::Folder(folder) => Some(Folder {
                path: std::mem::take(&mut folder.path),
                inside: std::mem::take(&mut folder.inside),
            }),
        }
    }
}

/// What was met, each folder's own at its place among its siblings.
fn in_order(levels: Vec<Vec<Vec<Child>>>) -> Vec<Met> {
    let mut levels: Vec<_> = levels.into_iter().map(Vec::into_iter).collect();
    let mut met = Vec::new();
    let mut open: Vec<std::vec::IntoIter<Child>> = Vec::new();
    let enter = |depth: usize, levels: &mut Vec<std::vec::IntoIter<Vec<Child>>>| {
        // Folders of one depth are entered in the order in which they were read.
        levels.get_mut(depth).and_then(Iterator::next)
    };
    open.extend(enter(0, &mut levels).map(Vec::into_iter));
    while let Some(children) = open.last_mut() {
        match children.next() {
            None => drop(open.pop()),
            Some(Child::Met(one)) => met.push(one),
            Some(Child::Folder(_)) => {
                let below = enter(open.len(), &mut levels);
                open.push(below.unwrap_or_default().into_iter());
            }
        }
    }
    met
}

fn children(root: &Path, folder: &Folder, links: Links) -> Vec<Child> {
    let trouble =
        |path: &Path, error: &io::Error| Child::Met(Met::Trouble(path_issue(path, error)));
    let (mut names, mut children): (Vec<(OsString, FileType)>, _) = (Vec::new(), Vec::new());
    let read = match std::fs::read_dir(&folder.path) {
        Ok(read) => read,
        Err(error) => return vec![trouble(&folder.path, &error)],
    };
    for entry in read {
        match entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))) {
            Ok(named) => names.push(named),
            Err(error) => children.push(trouble(&folder.path, &error)),
        }
    }
    let is_root = folder.inside.is_empty();
    if !is_root
        && names.iter().any(|(name, _)| git::may_mark(name))
        && git::is_repository(&folder.path)
    {
        return vec![Child::Met(Met::Repository(folder.path.clone()))];
    }
    names.retain(|(name, _)| !name.as_encoded_bytes().starts_with(b"."));
    names.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    for (name, kind) in names {
        let path = folder.path.join(&name);
        match is_folder(root, &path, kind, links) {
            Err(issue) => children.push(Child::Met(Met::Trouble(issue))),
            Ok(true) if formats::is_part_of_page(&path) => {}
            Ok(is_folder) => {
                let inside = below(&folder.inside, &name.to_string_lossy());
                children.push(if is_folder {
                    Child::Folder(Folder { path, inside })
                } else {
                    let is_link = kind.is_symlink() && links == Links::PassOver;
                    Child::Met(Met::File {
                        path,
                        inside,
                        is_link,
                    })
                });
            }
        }
    }
    children
}

fn below(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

/// Whether something is a folder to be entered. What a link leads to counts where links are followed.
fn is_folder(root: &Path, path: &Path, kind: FileType, links: Links) -> Result<bool, Issue> {
    if !kind.is_symlink() || links == Links::PassOver {
        return Ok(kind.is_dir());
    }
    let is_folder = std::fs::metadata(path)
        .map_err(|error| path_issue(path, &error))?
        .is_dir();
    match way_back(root, path).filter(|_| is_folder) {
        Some(ancestor) => {
            let message = format!(
                "the link leads back to {}, so it is not followed",
                ancestor.display()
            );
            Err(Issue::new(path, IssueKind::LinkLoop, message))
        }
        None => Ok(is_folder),
    }
}

/// The folder above a link, but not above the root, that the link leads to.
fn way_back<'a>(root: &Path, link: &'a Path) -> Option<&'a Path> {
    let target = link.canonicalize().ok()?;
    let mut above = link
        .ancestors()
        .skip(1)
        .take_while(|path| path.starts_with(root));
    above.find(|path| path.canonicalize().is_ok_and(|path| path == target))
}
