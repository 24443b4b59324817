//! Policies by the names that a person gives: a file, a site, a version of it.

use super::{Failure, Outcome, Session, background, sentence};
use crate::library::{Batch, Library, Meant, NotFound, PolicyId};
use crate::model::{Issue, Origin, Pair, Version};
use crate::source::TermsFilter;
use std::path::{Path, PathBuf};

impl Session {
    /// The library for looking names up, with the versions of all documents. When every name is a file
    /// on disk and no path is given, nothing else needs to be read. A name with a type of terms is looked
    /// for among all types, unless some were asked for.
    pub(super) fn library_for(&self, paths: &[PathBuf], names: &[&str]) -> Library {
        if paths.is_empty() && names.iter().all(|name| is_file(name)) {
            return self.loader.library();
        }
        let mut request = self.request(paths);
        request.histories = true;
        let typed = |name: &&str| name.contains('/') && !is_file(name);
        if request.find.terms == TermsFilter::Auto && names.iter().any(typed) {
            request.find.terms = TermsFilter::All;
        }
        let library = self.loader.load(&request);
        let unknown = |name: &&str| !is_file(name) && !library.is_known(name);
        if !request.find.removed && has_archive(&library) && names.iter().any(unknown) {
            // It may be one that an archive had once.
            request.find.removed = true;
            let with_removed = self.loader.load(&request);
            if with_removed.entries().len() > library.entries().len() {
                return with_removed;
            }
        }
        library
    }

    /// The policy that `name` stands for: a file on disk if there is one, else one of `library`.
    pub(super) fn policy(
        &self,
        name: &str,
        paths: &[PathBuf],
        library: &mut Library,
    ) -> Result<Meant, Failure> {
        match self.place(name, paths, library)? {
            Place::Known(meant) => Ok(meant),
            Place::Unread(origin) => {
                let read = self.loader.read(origin);
                let read = read.map_err(|issue| Failure::Said(sentence(&issue)))?;
                Ok(library.add(read).into())
            }
        }
    }

    /// The same for two names: what has to be read is read side by side.
    pub(super) fn two_policies(
        &self,
        names: Pair<&str>,
        paths: &[PathBuf],
        library: &mut Library,
    ) -> Result<Pair<Meant>, Failure> {
        let places = Pair::new(
            self.place(names.left, paths, library)?,
            self.place(names.right, paths, library)?,
        );
        let (Place::Unread(left), Place::Unread(right)) = (&places.left, &places.right) else {
            return Ok(Pair::new(
                self.policy(names.left, paths, library)?,
                self.policy(names.right, paths, library)?,
            ));
        };
        if *left == Origin::Stdin && *right == Origin::Stdin {
            let message = "standard input can be one side only; give a file for the other";
            return Err(Failure::Said(message.to_owned()));
        }
        let origins = Pair::new(left.clone(), right.clone());
        let read = self.loader.read_both(origins);
        let first = PolicyId::new(library.entries().len());
        let said = |issue: Issue| Failure::Said(sentence(&issue));
        library.extend(Batch {
            policies: vec![
                (read.left.map_err(said)?, None),
                (read.right.map_err(said)?, None),
            ],
            ..Batch::default()
        });
        let second = PolicyId::new(first.index() + 1);
        Ok(Pair::new(first, second).map(Meant::from))
    }

    /// The outcome of a command over policies that were asked for by name: what to know of the names
    /// and of the archives that the policies lie in. Trouble when a path that was asked for was lost or
    /// could not be read whole, as in a list.
    pub(super) fn outcome_of_names<'a>(
        &self,
        library: &Library,
        paths: &[PathBuf],
        asked: impl IntoIterator<Item = (&'a str, &'a Meant)>,
    ) -> Outcome {
        let asked: Vec<_> = asked.into_iter().collect();
        let mut messages = self.own_messages();
        let losses = library.issues().iter().filter(|issue| issue.is_loss());
        let named: Vec<&Issue> = losses.filter(|issue| self.is_named(issue, paths)).collect();
        messages.extend(named.iter().map(|issue| sentence(issue)));
        let code = if named.is_empty() { 0 } else { 2 };
        let gaps = asked.iter().flat_map(|(_, meant)| library.gaps(meant.id));
        let told = gaps.map(sentence).chain(background(library.issues()));
        for sentence in told.chain(ambiguities(asked.iter().copied())) {
            if !messages.contains(&sentence) {
                messages.push(sentence);
            }
        }
        Outcome { code, messages }
    }

    /// Where the policy is that `name` stands for.
    fn place(&self, name: &str, paths: &[PathBuf], library: &Library) -> Result<Place, Failure> {
        let path = Path::new(name);
        let file_name = |ending: &&str| name.to_lowercase().ends_with(*ending);
        let path_like = name == "-"
            || name.contains(['/', '\\'])
            || path.exists()
            || [".md", ".markdown", ".txt", ".html", ".htm", ".xhtml"]
                .iter()
                .any(file_name);
        match library.meant(name) {
            Ok(meant) => return Ok(Place::Known(meant)),
            Err(error) if !path_like => {
                let renamed = || self.renamed(name, paths, library);
                let is_unknown = matches!(error, NotFound::Unknown { .. });
                let renamed = is_unknown.then(renamed).flatten();
                let said = || format!("{error}{}", lost(library));
                return Err(Failure::Said(renamed.unwrap_or_else(said)));
            }
            Err(_) => {}
        }
        if path.is_dir() {
            let message =
                format!("{name}: this is a folder; name a file, or a policy of a library");
            return Err(Failure::Said(message));
        }
        Ok(Place::Unread(if name == "-" {
            Origin::Stdin
        } else {
            Origin::File(path.to_owned())
        }))
    }

    /// What a name that nothing bears is called now, where an archive renamed it.
    fn renamed(&self, name: &str, paths: &[PathBuf], library: &Library) -> Option<String> {
        if !has_archive(library) {
            return None;
        }
        let (site, version) = match name.rsplit_once('@') {
            Some((site, when)) => (site, format!("@{when}")),
            None => (name, String::new()),
        };
        let now = self.loader.successor(&self.request(paths), site)?;
        let since = now.since.map_or_else(String::new, |time| {
            time.strftime(" since %Y-%m-%d").to_string()
        });
        let successor = now.site;
        Some(format!(
            "“{site}” is called “{successor}”{since}: ask for {successor}{version}"
        ))
    }
}

/// The other documents that a name may mean, as a sentence for each name that may mean some.
fn ambiguities<'a>(
    asked: impl IntoIterator<Item = (&'a str, &'a Meant)>,
) -> impl Iterator<Item = String> {
    let unsure = asked
        .into_iter()
        .filter(|(_, meant)| !meant.others.is_empty());
    unsure.map(|(name, meant)| {
        let others: Vec<String> = meant.others.iter().map(|it| format!("“{it}”")).collect();
        let others = others.join(", ");
        format!("“{name}” may also mean {others}: name it so to get that one")
    })
}

/// Whether the versions of some document lie in a repository.
fn has_archive(library: &Library) -> bool {
    let in_git = |version: &Version| matches!(version.origin, Origin::Git(_));
    let mut histories = library
        .entries()
        .iter()
        .filter_map(|it| it.history.as_ref());
    histories.any(|history| history.versions.iter().any(in_git))
}

/// Whether a name is a file on disk, or standard input.
fn is_file(name: &str) -> bool {
    name == "-" || Path::new(name).is_file()
}

/// Where a policy that was named is.
enum Place {
    /// In the library.
    Known(Meant),
    /// Not read yet.
    Unread(Origin),
}

/// What to add to an error when part of the library could not be read: the policy may be there.
fn lost(library: &Library) -> String {
    let lost: Vec<String> = library
        .issues()
        .iter()
        .filter(|issue| issue.is_loss())
        .map(sentence)
        .collect();
    match lost.as_slice() {
        [] => String::new(),
        [one] => format!(" ({one})"),
        several => format!(
            " ({} files could not be read; see `policy-tui check`)",
            several.len()
        ),
    }
}
