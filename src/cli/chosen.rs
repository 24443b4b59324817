//! The policies that a command is about: all that lie under its paths, or those that were named.

use super::args::Among;
use super::{
    Failure, Outcome, Session, gone, is_background, listed, named, outcome, outcome_of,
    version_asked,
};
use crate::library::{Library, Meant, PolicyId};
use crate::model::{Issue, IssueKind};
use crate::report::{Listed, Named};
use crate::source::is_document_name;
use std::path::{Path, PathBuf};

/// A library, and which of its policies are meant.
pub(super) struct Chosen {
    pub(super) library: Library,
    /// Those that were named, each with the name; none where all are meant.
    named: Vec<(Meant, String)>,
    /// The files and folders among what was named.
    paths: Vec<PathBuf>,
}

impl Session {
    /// Loads what lies under the paths, and finds the policies that were named: with `sites`, or where a
    /// path would stand and there is none such.
    ///
    /// # Errors
    /// When a name is that of no policy, or of several.
    pub(super) fn chosen(&self, among: &Among) -> Result<Chosen, Failure> {
        let sites = &among.site;
        let (names, paths): (Vec<_>, Vec<_>) =
            among.paths.iter().partition(|path| may_be_name(path));
        let paths: Vec<PathBuf> = paths.into_iter().cloned().collect();
        let bare: Vec<&str> = names.into_iter().filter_map(|name| name.to_str()).collect();
        if bare.is_empty() && sites.is_empty() {
            let library = self.library_with_all_versions(&paths);
            return Ok(Chosen {
                library,
                named: Vec::new(),
                paths,
            });
        }
        let asked: Vec<&str> = bare
            .iter()
            .copied()
            .chain(sites.iter().map(String::as_str))
            .collect();
        let mut library = self.library_for(&paths, &asked);
        let mut named: Vec<(Meant, String)> = Vec::new();
        for name in asked {
            let meant =
                self.policy(name, &paths, &mut library)
                    .map_err(|failure| match failure {
                        Failure::Said(why) if bare.contains(&name) && !why.starts_with(name) => {
                            Failure::Said(format!(
                                "{name}: there is no such file or folder, and {why}"
                            ))
                        }
                        other => other,
                    })?;
            if named.iter().all(|(known, _)| known.id != meant.id) {
                named.push((meant, name.to_owned()));
            }
        }
        Ok(Chosen {
            library,
            named,
            paths,
        })
    }
}

impl Chosen {
    /// Whether all policies are meant.
    pub(super) fn is_all(&self) -> bool {
        self.named.is_empty()
    }

    /// The policies that are meant: in the order in which they were named, or else in that of the
    /// library.
    pub(super) fn ids(&self) -> Vec<PolicyId> {
        if self.is_all() {
            return self.library.ids().collect();
        }
        self.named.iter().map(|(meant, _)| meant.id).collect()
    }

    /// The same for people: where all are meant, by name in any case, as the screen lists them.
    pub(super) fn sorted(&self) -> Vec<PolicyId> {
        let mut ids = self.ids();
        if self.is_all() {
            let name = |id: &PolicyId| self.library.get(*id).map(|entry| entry.name.to_lowercase());
            ids.sort_by_cached_key(name);
        }
        ids
    }

    /// One of them, with what it was called.
    ///
    /// # Errors
    /// When it is not there.
    pub(super) fn policy(&self, id: PolicyId) -> Result<Named<'_>, Failure> {
        let mut policy = named(&self.library, id)?;
        if let Some((meant, name)) = self.meant(id) {
            policy.listed.asked = version_asked(name);
            policy.listed.stand_in = meant.stand_in;
        }
        Ok(policy)
    }

    /// What was meant by the name of a policy, and that name, if it was named.
    fn meant(&self, id: PolicyId) -> Option<&(Meant, String)> {
        self.named.iter().find(|(meant, _)| meant.id == id)
    }

    /// The same as lists tell of it, without reading its text.
    ///
    /// # Errors
    /// When it is not there.
    pub(super) fn listed(&self, id: PolicyId) -> Result<Listed<'_>, Failure> {
        let entry = self.library.get(id).ok_or_else(gone)?;
        let mut listed = listed(entry);
        if let Some((meant, name)) = self.meant(id) {
            listed.asked = version_asked(name);
            listed.stand_in = meant.stand_in;
        }
        Ok(listed)
    }

    /// What went wrong or looks odd as the policies that are meant were read, and with the paths.
    pub(super) fn issues(&self) -> Vec<Issue> {
        if self.is_all() {
            return self.library.issues().to_vec();
        }
        let (paths, library) = (self.paths.iter(), &self.library);
        let of_paths =
            paths.flat_map(|path| library.issues().iter().filter(move |it| it.path == *path));
        let mut issues: Vec<Issue> = of_paths.cloned().collect();
        for entry in self
            .named
            .iter()
            .filter_map(|(meant, _)| library.get(meant.id))
        {
            let own = library.issues().iter();
            let own: Vec<&Issue> = own
                .filter(|it| it.policy.as_ref() == Some(&entry.name))
                .collect();
            // An older version is opened after the list of issues was made.
            let own = if own.is_empty() {
                entry.policy().issues.iter().collect()
            } else {
                own
            };
            issues.extend(own.into_iter().map(|issue| Issue {
                policy: Some(entry.name.clone()),
                ..issue.clone()
            }));
        }
        issues
    }

    /// Whether a path that was asked for is missing.
    pub(super) fn misses_path(&self) -> bool {
        let missing = |it: &Issue| it.kind == IssueKind::Missing && self.paths.contains(&it.path);
        self.library.issues().iter().any(missing)
    }

    /// The outcome of a command over them.
    pub(super) fn outcome(&self, session: &Session) -> Outcome {
        if self.is_all() {
            return outcome(&self.library, session, &self.paths);
        }
        let mut issues = self.issues();
        let of_all = self.library.issues().iter().filter(|it| is_background(it));
        let of_all: Vec<Issue> = of_all.filter(|it| !issues.contains(it)).cloned().collect();
        issues.extend(of_all);
        outcome_of(&issues, false, session, &self.paths)
    }
}

/// Whether what stands in the place of a path may be the name of a policy: there is no such file, and
/// it does not look like one.
fn may_be_name(path: &Path) -> bool {
    let text = path.to_string_lossy();
    let like_path = text == "-" || path.is_absolute() || text.starts_with(['.', '~']);
    let is_there = |path: &Path| path.symlink_metadata().is_ok();
    // REPO@BRANCH is a path too.
    let before = text.rsplit_once('@').map(|(before, _)| Path::new(before));
    !(like_path || is_document_name(path) || is_there(path) || before.is_some_and(is_there))
}
