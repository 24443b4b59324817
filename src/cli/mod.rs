//! The command line: one definition of every command and option, one file per command.
//!
//! Nothing here prints or exits: results go to a writer, the rest comes back as an [`Outcome`].

mod annotate;
mod args;
mod check;
mod chosen;
mod classify;
mod compare;
mod export;
mod history;
mod index;
mod lines;
mod list;
mod lookup;
mod man;
mod outlet;
mod pipeline;
mod practices;
mod progress;
mod search;
mod settings;
mod show;
mod sizes;
mod target;

use crate::classify::Classifier;
use crate::library::index::{Cache, SMALL};
use crate::library::{Entry, Library, Loader, Meant, PolicyId, Request};
use crate::model::{Issue, IssueKind};
use crate::report::{Listed, Named};
use crate::source::FindOptions;
use clap::CommandFactory;
use outlet::Outlet;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64_with_seed;

pub use args::{Arguments, Command, FormatName, TuiOptions};
pub use settings::Settings;
pub use sizes::{ScreenSize, Size};

/// What a command came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The exit code: 0 done, 1 a difference or finding that was asked about, 2 trouble.
    pub code: u8,
    /// Sentences for standard error.
    pub messages: Vec<String>,
}

/// Why a command did not come to a result.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Standard output is gone or full.
    #[error("the result could not be written: {0}")]
    Write(#[from] io::Error),
    /// A sentence about the user's thing.
    #[error("{0}")]
    Said(String),
}

impl Failure {
    /// Whether the reader of standard output has simply left, as `head` does.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Failure::Write(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// Bytes collected before they go to standard output.
const BUFFER: usize = 1 << 16;

/// Runs a command that needs no screen. `own_issues` is what is wrong with the user's keys and
/// themes, which the commands do not read themselves.
///
/// # Errors
/// A [`Failure`] with a sentence for the user.
pub fn run(
    command: &Command,
    shared: &args::Shared,
    own_issues: Vec<Issue>,
    out: impl Write,
) -> Result<Outcome, Failure> {
    if command.is_stream() {
        let mut out = BufWriter::with_capacity(BUFFER, out);
        return run_into(command, shared, own_issues, &mut out);
    }
    let mut out = BufWriter::with_capacity(BUFFER, Outlet::new(out));
    run_into(command, shared, own_issues, &mut out)
}

fn run_into(
    command: &Command,
    shared: &args::Shared,
    own_issues: Vec<Issue>,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let outcome = match command {
        Command::List(args) => list::run(args, shared, out)?,
        Command::Show(args) => show::run(args, shared, out)?,
        Command::Compare(args) => compare::run(args, shared, out)?,
        Command::History(args) => history::run(args, shared, out)?,
        Command::Practices(args) => practices::run(args, shared, out)?,
        Command::Classify(args) => classify::run(args, shared, io::stdin().lock(), out)?,
        Command::Annotate(args) => annotate::run(args, shared, io::stdin(), out)?,
        Command::Export(args) => export::run(args, shared, out)?,
        Command::Search(args) => search::run(args, shared, out)?,
        Command::Index(args) => index::run(args, shared, out)?,
        Command::Check(args) => check::run(args, shared, own_issues, out)?,
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Arguments::command(), "policy-tui", &mut script);
            out.write_all(&script)?;
            Outcome::default()
        }
        Command::Man(args) => man::run(args, out)?,
    };
    out.flush()?;
    Ok(outcome)
}

/// What every command needs: settings and the way to load.
pub struct Session {
    /// The user's settings.
    pub settings: Settings,
    /// Loads libraries.
    pub loader: Loader,
    /// What is wrong with the user's own settings and data files.
    pub issues: Vec<Issue>,
    /// Files larger than this are not read; bytes.
    pub max_size: u64,
    /// How to look for documents.
    find: FindOptions,
}

impl Session {
    /// Reads the settings and makes a loader.
    pub fn start(shared: &args::Shared) -> Self {
        let folder = shared.config_folder();
        let (settings, mut issues) = Settings::read(folder.as_deref());
        let missing = shared.config.clone().filter(|folder| !folder.is_dir());
        issues.extend(missing.map(|folder| {
            let message = "there is no such folder of settings, so the defaults hold";
            Issue::new(folder, IssueKind::Configuration, message)
        }));
        let topics = folder.as_deref().map(|folder| folder.join("topics"));
        let mut classifier = match topics.filter(|folder| folder.is_dir()) {
            Some(folder) => {
                let (classifier, wrong) = Classifier::with_user(&folder);
                issues.extend(wrong);
                classifier
            }
            None => Classifier::builtin(),
        };
        let practices = folder.as_deref().map(|folder| folder.join("practices"));
        if let Some(folder) = practices.filter(|folder| folder.is_dir()) {
            issues.extend(classifier.read_practices(&folder));
        }
        let max_size = shared
            .max_size
            .or(settings.max_size)
            .map_or(crate::source::MAX_SIZE, |s| s.0);
        let mut loader = Loader::limited(Arc::new(classifier), max_size);
        if let Some(cache) = shared.cache_folder() {
            loader = loader.with_cache(Cache::new(cache), own_data(folder.as_deref()), SMALL);
        }
        Self {
            settings,
            loader,
            issues,
            max_size,
            find: shared.find_options(),
        }
    }

    /// Sentences for standard error about the user's own files.
    fn own_messages(&self) -> Vec<String> {
        self.issues.iter().map(sentence).collect()
    }

    /// Whether an issue is about a path that was asked for.
    fn is_named(&self, issue: &Issue, paths: &[PathBuf]) -> bool {
        paths.contains(&issue.path) || self.settings.library.contains(&issue.path)
    }

    /// The request for paths from the command line; without any, for the configured library, and
    /// without that for the samples.
    pub fn request(&self, paths: &[PathBuf]) -> Request {
        let paths = if paths.is_empty() {
            self.settings.library.clone()
        } else {
            paths.to_vec()
        };
        Request {
            find: self.find.clone(),
            ..Request::new(paths)
        }
    }

    /// Loads the library for paths from the command line.
    pub fn library(&self, paths: &[PathBuf]) -> Library {
        self.loader.load(&self.request(paths))
    }

    /// The same, with the versions of all documents.
    pub fn library_with_all_versions(&self, paths: &[PathBuf]) -> Library {
        let mut request = self.request(paths);
        request.histories = true;
        self.loader.load(&request)
    }
}

/// Leaves a library where it is: the program ends, and to take many versions apart takes longer than
/// to write the list of them.
fn leave(library: Library) {
    std::mem::forget(library);
}

/// What the user's own topics and practices hash to; 0 without any.
fn own_data(config: Option<&Path>) -> u64 {
    let mut hash = 0;
    for folder in ["topics", "practices"] {
        let Some(inside) = config.and_then(|config| std::fs::read_dir(config.join(folder)).ok())
        else {
            continue;
        };
        let mut paths: Vec<PathBuf> = inside.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            hash = xxh3_64_with_seed(path.as_os_str().as_encoded_bytes(), hash);
            hash = xxh3_64_with_seed(&std::fs::read(&path).unwrap_or_default(), hash);
        }
    }
    hash
}

/// An issue as a line for standard error.
pub fn sentence(issue: &Issue) -> String {
    let line = issue
        .line
        .map_or_else(String::new, |line| format!(":{line}"));
    format!("{}{line}: {}", issue.path.display(), issue.message)
}

/// What to know of a result though nothing is lost: an archive whose history is not whole, an index
/// that could not be used.
fn background(issues: &[Issue]) -> impl Iterator<Item = String> {
    issues.iter().filter(|it| is_background(it)).map(sentence)
}

fn is_background(issue: &Issue) -> bool {
    matches!(issue.kind, IssueKind::Index | IssueKind::Incomplete)
}

/// What to know of a whole library: that older versions stand for some of its documents.
fn stood_for(issues: &[Issue]) -> Option<String> {
    let broken = |issue: &&Issue| issue.kind == IssueKind::BrokenCapture;
    match issues.iter().filter(broken).collect::<Vec<_>>()[..] {
        [] => None,
        [one] => Some(sentence(one)),
        ref several => Some(format!(
            "of {} policies the newest capture is broken, so the version before it is taken; `policy-tui check` lists them",
            several.len()
        )),
    }
}

/// The outcome of a command over a library.
fn outcome(library: &Library, session: &Session, paths: &[PathBuf]) -> Outcome {
    let nothing = library.entries().is_empty();
    outcome_of(library.issues(), nothing, session, paths)
}

/// The outcome of a command over documents: told when something was lost, trouble when a path that
/// was asked for is missing or nothing at all could be read.
fn outcome_of(issues: &[Issue], nothing: bool, session: &Session, paths: &[PathBuf]) -> Outcome {
    let mut messages = session.own_messages();
    let losses: Vec<&Issue> = issues.iter().filter(|issue| issue.is_loss()).collect();
    let (named, found): (Vec<&Issue>, Vec<&Issue>) = losses
        .iter()
        .partition(|issue| session.is_named(issue, paths));
    messages.extend(named.iter().map(|issue| sentence(issue)));
    if !named.is_empty() && !nothing && paths.len() > named.len() {
        messages.push("the result is about the other paths alone".to_owned());
    }
    match found.as_slice() {
        [] => {}
        [one] => messages.push(sentence(one)),
        several => messages.push(format!(
            "{} files could not be read; `policy-tui check` lists them",
            several.len()
        )),
    }
    messages.extend(background(issues));
    messages.extend(stood_for(issues));
    let trouble = !named.is_empty() || nothing;
    Outcome {
        code: if trouble { 2 } else { 0 },
        messages,
    }
}

fn gone() -> Failure {
    Failure::Said("the policy is gone".to_owned())
}

fn named(library: &Library, id: PolicyId) -> Result<Named<'_>, Failure> {
    let entry = library.get(id).ok_or_else(gone)?;
    Ok(Named {
        listed: listed(entry),
        policy: entry.policy(),
    })
}

/// The same of a policy that a person called by a name.
fn asked<'a>(library: &'a Library, meant: &Meant, name: &'a str) -> Result<Named<'a>, Failure> {
    let mut named = named(library, meant.id)?;
    named.listed.asked = version_asked(name);
    named.listed.stand_in = meant.stand_in;
    Ok(named)
}

/// A name that tells a version by its date or revision.
fn version_asked(name: &str) -> Option<&str> {
    Some(name).filter(|name| name.contains('@'))
}

fn listed(entry: &Entry) -> Listed<'_> {
    Listed {
        name: &entry.name,
        facts: &entry.facts,
        history: entry.history.as_deref(),
        stand_in: entry.stand_in,
        asked: None,
    }
}
