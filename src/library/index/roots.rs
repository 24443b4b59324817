//! An index knows documents by where they really lie, so that one index serves a library however its
//! paths are spelled: from the folder it lies in, through a link, or in full.

use crate::model::{GitPlace, History, Issue, Origin, Version};
use crate::source::Found;
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The paths of a request as they were given, and where they lead.
#[derive(Clone, Debug, Default)]
pub(in crate::library) struct Roots(Vec<Root>);

#[derive(Clone, Debug)]
struct Root {
    given: PathBuf,
    whole: PathBuf,
}

impl Roots {
    pub(super) fn of(paths: &[PathBuf]) -> Self {
        let root = |given: &PathBuf| Root {
            // A branch may stand behind a repository, so that there is no such path.
            whole: given
                .canonicalize()
                .or_else(|_| std::path::absolute(given))
                .unwrap_or_else(|_| given.clone()),
            given: given.clone(),
        };
        Self(paths.iter().map(root).collect())
    }

    /// Where the paths lead.
    pub(super) fn whole(&self) -> Vec<PathBuf> {
        self.0.iter().map(|root| root.whole.clone()).collect()
    }

    fn are_whole(&self) -> bool {
        self.0.iter().all(|root| root.given == root.whole)
    }

    /// A path as the index knows it.
    pub(super) fn inward(&self, path: &Path) -> PathBuf {
        self.moved(path, |root| (&root.given, &root.whole))
    }

    /// A path of the index, as the request spells it.
    pub(super) fn outward(&self, path: &Path) -> PathBuf {
        self.moved(path, |root| (&root.whole, &root.given))
    }

    fn moved(&self, path: &Path, ends: impl Fn(&Root) -> (&PathBuf, &PathBuf)) -> PathBuf {
        let moved = self.0.iter().find_map(|root| {
            let (from, to) = ends(root);
            moved(path, from, to)
        });
        moved.unwrap_or_else(|| path.to_owned())
    }

    /// Documents as the index knows them.
    pub(super) fn all_inward<'a>(&self, found: &'a [Found]) -> Cow<'a, [Found]> {
        if self.are_whole() {
            return Cow::Borrowed(found);
        }
        let inward = |origin: &Origin| placed(origin, |path| self.inward(path));
        let found = found.iter().map(|found| Found {
            origin: inward(&found.origin),
            filed: found.filed.clone(),
            history: found
                .history
                .as_ref()
                .map(|known| moved_history(known, inward)),
        });
        Cow::Owned(found.collect())
    }

    pub(super) fn origin_outward(&self, origin: &Origin) -> Origin {
        placed(origin, |path| self.outward(path))
    }

    pub(super) fn issues_outward(&self, mut issues: Vec<Issue>) -> Vec<Issue> {
        for issue in &mut issues {
            issue.path = self.outward(&issue.path);
        }
        issues
    }
}

/// A path below `from`, below `to` instead; also a repository with a branch behind its name.
fn moved(path: &Path, from: &Path, to: &Path) -> Option<PathBuf> {
    if let Ok(rest) = path.strip_prefix(from) {
        let is_it = rest.as_os_str().is_empty();
        return Some(if is_it { to.to_owned() } else { to.join(rest) });
    }
    // `lib/` is `lib`.
    let (from, to): (PathBuf, PathBuf) = (from.components().collect(), to.components().collect());
    let branch = path.to_str()?.strip_prefix(from.to_str()?)?;
    let moved = || PathBuf::from(format!("{}{branch}", to.display()));
    branch.starts_with('@').then(moved)
}

fn placed(origin: &Origin, moved: impl Fn(&Path) -> PathBuf) -> Origin {
    match origin {
        Origin::File(path) => Origin::File(moved(path)),
        Origin::Git(place) => Origin::Git(Arc::new(GitPlace {
            repository: moved(&place.repository).into(),
            ..GitPlace::clone(place)
        })),
        other => other.clone(),
    }
}

fn moved_history(history: &History, moved: impl Fn(&Origin) -> Origin) -> Arc<History> {
    let versions = history.versions.iter().map(|version| Version {
        origin: moved(&version.origin),
        ..version.clone()
    });
    Arc::new(History {
        versions: versions.collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_known_by_where_they_lead() {
        let roots = Roots(vec![Root {
            given: "lib/".into(),
            whole: "/home/ada/lib".into(),
        }]);
        for (given, whole) in [
            ("lib/a/b.md", "/home/ada/lib/a/b.md"),
            ("lib", "/home/ada/lib"),
            ("lib@main", "/home/ada/lib@main"),
            ("library/a.md", "library/a.md"),
        ] {
            assert_eq!(roots.inward(Path::new(given)), Path::new(whole));
            assert_eq!(roots.outward(Path::new(whole)), Path::new(given));
        }
    }
}
