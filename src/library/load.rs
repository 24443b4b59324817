//! Reads and parses what a request asks for, in parallel, and hands it over in order.

use super::{Library, Reader};
use crate::classify::Classifier;
use crate::model::{History, Issue, Labels, Origin, Pair, Policy};
use crate::source::{self, Archive, Catalog, FindOptions, Found, Histories, MAX_SIZE};
use rayon::prelude::*;
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, mpsc};

/// Documents that are parsed between two reports of progress.
const BATCH: usize = 64;

/// Fewer documents than this are not worth waking threads for.
const WORTH_THREADS: usize = 8;

/// What to load.
#[derive(Clone, Debug)]
pub struct Request {
    /// Files and folders; none means the embedded sample library.
    pub paths: Vec<PathBuf>,
    /// How to look for documents under them.
    pub find: FindOptions,
    /// Whether to label policies while loading, rather than when they are first shown.
    pub labels: bool,
    /// Whether to walk the history of archives, once their current documents are there. Without, a
    /// git archive shows its current documents only.
    pub histories: bool,
}

impl Request {
    /// A request for files and folders.
    pub fn new(paths: Vec<PathBuf>) -> Self {
        Self {
            paths,
            find: FindOptions::default(),
            labels: false,
            histories: false,
        }
    }
}

/// Some of what was asked for.
#[derive(Debug, Default)]
pub struct Batch {
    /// Policies, in order, with their labels where those were asked for.
    pub policies: Vec<(Policy, Option<Labels>)>,
    /// The versions of documents, by where their current version was found; of this batch or of
    /// earlier ones.
    pub histories: Vec<(Origin, Arc<History>)>,
    /// What could not be loaded.
    pub issues: Vec<Issue>,
    /// Whether these are the embedded samples.
    pub sample: bool,
    /// How far the loading came.
    pub progress: Progress,
}

impl Batch {
    /// Takes in what came later.
    pub fn append(&mut self, later: Batch) {
        self.policies.extend(later.policies);
        self.histories.extend(later.histories);
        self.issues.extend(later.issues);
        self.sample |= later.sample;
        self.progress = later.progress;
    }
}

/// How far loading came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many documents have been read, of so many.
    Reading(usize, usize),
    /// All documents are there; so many commits of their archives have been walked.
    Walking(usize),
}

impl Progress {
    /// Whether documents are still being read.
    pub fn is_reading(self) -> bool {
        matches!(self, Self::Reading(..))
    }
}

impl Default for Progress {
    fn default() -> Self {
        Self::Reading(0, 0)
    }
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reading(read, all) => write!(f, "reading {read} of {all}"),
            Self::Walking(commits) => write!(f, "history: {} commits", thousands(*commits)),
        }
    }
}

/// A number with its thousands set apart.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Loads libraries.
#[derive(Debug)]
pub struct Loader {
    reader: Arc<Reader>,
    classifier: Arc<Classifier>,
}

impl Loader {
    /// A loader whose libraries label with this classifier.
    pub fn new(classifier: Arc<Classifier>) -> Self {
        Self::limited(classifier, MAX_SIZE)
    }

    /// The same, refusing files over `max_size` bytes.
    pub fn limited(classifier: Arc<Classifier>, max_size: u64) -> Self {
        Self {
            reader: Arc::new(Reader::new(max_size)),
            classifier,
        }
    }

    /// An empty library that reads and labels as this loader does.
    pub fn library(&self) -> Library {
        Library::read_by(Arc::clone(&self.reader), Arc::clone(&self.classifier))
    }

    /// The classifier of the libraries.
    pub fn classifier(&self) -> &Arc<Classifier> {
        &self.classifier
    }

    /// Loads everything into one library.
    pub fn load(&self, request: &Request) -> Library {
        let mut all = Batch::default();
        self.stream(request, |batch| {
            all.append(batch);
            true
        });
        let mut library = self.library();
        library.extend(all);
        library
    }

    /// Loads in batches: the documents as they are now, in a fixed order, then their histories, which
    /// are walked meanwhile. `take` says whether to go on.
    pub fn stream(&self, request: &Request, mut take: impl FnMut(Batch) -> bool) {
        let sample = request.paths.is_empty();
        let catalog = if sample {
            Catalog {
                found: source::samples(),
                ..Catalog::default()
            }
        } else {
            self.reader.sources.find(&request.paths, &request.find)
        };
        let Catalog {
            found,
            archives,
            issues,
        } = catalog;
        let total = found.len();
        if !issues.is_empty() || total == 0 {
            take(Batch {
                issues,
                sample,
                progress: Progress::Reading(0, total),
                ..Batch::default()
            });
        }
        std::thread::scope(|scope| {
            let walked = (request.histories && !archives.is_empty()).then(|| {
                let (sender, receiver) = mpsc::channel();
                let (archives, found) = (&archives, &found);
                scope.spawn(move || walk(archives, found, |batch| sender.send(batch).is_ok()));
                receiver
            });
            if self.read_found(&found, request.labels, sample, &mut take) {
                // Dropping the receiver, here or where reading was stopped, ends the walk.
                walked.into_iter().flatten().all(take);
            }
        });
    }

    /// Reads documents in batches; false when that was stopped.
    fn read_found(
        &self,
        found: &[Found],
        labels: bool,
        sample: bool,
        take: &mut impl FnMut(Batch) -> bool,
    ) -> bool {
        let total = found.len();
        found.chunks(BATCH).enumerate().all(|(number, chunk)| {
            let mut batch = Batch {
                sample,
                histories: known_histories(chunk),
                progress: Progress::Reading(number * BATCH + chunk.len(), total),
                ..Batch::default()
            };
            for result in self.read_all(chunk, labels) {
                match result {
                    Ok(policy) => batch.policies.push(policy),
                    Err(issue) => batch.issues.push(issue),
                }
            }
            take(batch)
        })
    }

    /// One file as a policy, whatever its name says.
    ///
    /// # Errors
    /// An [`Issue`] that says why it could not be read.
    pub fn read(&self, origin: Origin) -> Result<Policy, Issue> {
        self.reader.read(&Found::single(origin))
    }

    /// Two files as policies, whatever their names say: what versions share is read once, other texts
    /// are read side by side.
    pub fn read_both(&self, origins: Pair<Origin>) -> Pair<Result<Policy, Issue>> {
        self.reader.read_both(origins.map(Found::single).as_ref())
    }

    fn read_all(
        &self,
        found: &[Found],
        labels: bool,
    ) -> Vec<Result<(Policy, Option<Labels>), Issue>> {
        let read = |one: &Found| {
            let policy = self.reader.read(one)?;
            let labels = labels.then(|| self.classifier.classify(&policy));
            Ok((policy, labels))
        };
        if found.len() < WORTH_THREADS {
            return found.iter().map(read).collect();
        }
        found.par_iter().map(read).collect()
    }
}

/// The versions that the source knew at once.
fn known_histories(found: &[Found]) -> Vec<(Origin, Arc<History>)> {
    let known = |one: &Found| Some((one.origin.clone(), one.history.clone()?));
    found.iter().filter_map(known).collect()
}

/// Walks the history of every archive, telling how far it is, and hands the versions over.
fn walk(archives: &[Archive], found: &[Found], mut take: impl FnMut(Batch) -> bool) {
    let mut before = 0;
    for archive in archives {
        let mut batch = Batch::default();
        let mut progress = Progress::Walking(before);
        let result = archive.histories(&mut |commits| {
            progress = Progress::Walking(before + commits);
            take(Batch {
                progress,
                ..Batch::default()
            })
        });
        if let Progress::Walking(commits) = progress {
            before = commits;
        }
        match result {
            Ok(Histories {
                by_path, issues, ..
            }) => {
                let with_history = found.iter().filter_map(|one| {
                    let path = archive.key(&one.origin)?;
                    Some((one.origin.clone(), Arc::clone(by_path.get(&path)?)))
                });
                batch.histories = with_history.collect();
                batch.issues = issues;
            }
            Err(issue) => batch.issues.push(issue),
        }
        batch.progress = progress;
        if !take(batch) {
            return;
        }
    }
}
