//! Reads and parses what a request asks for, in parallel, and hands it over in order.

use super::{Library, doubts};
use crate::classify::Classifier;
use crate::model::{Issue, Labels, Origin, Pair, Policy};
use crate::parse::Parser;
use crate::source::{self, Found, MAX_SIZE};
use rayon::prelude::*;
use std::path::PathBuf;
use std::sync::Arc;

/// Documents that are parsed between two reports of progress.
const BATCH: usize = 64;

/// Fewer documents than this are not worth waking threads for.
const WORTH_THREADS: usize = 8;

/// What to load.
#[derive(Clone, Debug)]
pub struct Request {
    /// Files and folders; none means the embedded sample library.
    pub paths: Vec<PathBuf>,
    /// The size limit of a file, in bytes.
    pub max_size: u64,
    /// Whether to label policies while loading, rather than when they are first shown.
    pub labels: bool,
}

impl Request {
    /// A request for files and folders, with the default size limit.
    pub fn new(paths: Vec<PathBuf>) -> Self {
        Self {
            paths,
            max_size: MAX_SIZE,
            labels: false,
        }
    }
}

/// Some of what was asked for.
#[derive(Debug, Default)]
pub struct Batch {
    /// Policies, in order, with their labels where those were asked for.
    pub policies: Vec<(Policy, Option<Labels>)>,
    /// What could not be loaded.
    pub issues: Vec<Issue>,
    /// Whether these are the embedded samples.
    pub sample: bool,
    /// How many documents have been read so far, and how many there are.
    pub progress: (usize, usize),
}

/// Loads libraries.
#[derive(Debug)]
pub struct Loader {
    parser: Parser,
    classifier: Arc<Classifier>,
}

impl Loader {
    /// A loader whose libraries label with this classifier.
    pub fn new(classifier: Arc<Classifier>) -> Self {
        Self {
            parser: Parser::new(),
            classifier,
        }
    }

    /// The classifier of the libraries.
    pub fn classifier(&self) -> &Arc<Classifier> {
        &self.classifier
    }

    /// Loads everything into one library.
    pub fn load(&self, request: &Request) -> Library {
        let mut all = Batch::default();
        self.stream(request, |batch| {
            all.policies.extend(batch.policies);
            all.issues.extend(batch.issues);
            all.sample |= batch.sample;
            true
        });
        let mut library = Library::new(Arc::clone(&self.classifier));
        library.extend(all);
        library
    }

    /// Loads in batches, in a fixed order. `take` says whether to go on.
    pub fn stream(&self, request: &Request, mut take: impl FnMut(Batch) -> bool) {
        let sample = request.paths.is_empty();
        let (found, issues) = if sample {
            (source::samples(), Vec::new())
        } else {
            source::find(&request.paths)
        };
        let total = found.len();
        if !issues.is_empty() || total == 0 {
            take(Batch {
                issues,
                sample,
                progress: (0, total),
                ..Batch::default()
            });
        }
        for (number, chunk) in found.chunks(BATCH).enumerate() {
            let mut batch = Batch {
                sample,
                progress: (number * BATCH + chunk.len(), total),
                ..Batch::default()
            };
            for result in self.read_all(chunk, request) {
                match result {
                    Ok(policy) => batch.policies.push(policy),
                    Err(issue) => batch.issues.push(issue),
                }
            }
            if !take(batch) {
                return;
            }
        }
    }

    /// One file as a policy, whatever its name says.
    ///
    /// # Errors
    /// An [`Issue`] that says why it could not be read.
    pub fn read(&self, origin: Origin, request: &Request) -> Result<Policy, Issue> {
        self.read_one(&Found { origin }, request)
            .map(|(policy, _)| policy)
    }

    /// Two files as policies, read side by side, whatever their names say.
    pub fn read_both(
        &self,
        origins: Pair<Origin>,
        request: &Request,
    ) -> Pair<Result<Policy, Issue>> {
        let read = |origin: Origin| self.read(origin, request);
        let streams = [&origins.left, &origins.right].contains(&&Origin::Stdin);
        if streams {
            // Standard input is read to its end by the first that asks.
            return origins.map(read);
        }
        origins.map_at_once(read)
    }

    fn read_all(
        &self,
        found: &[Found],
        request: &Request,
    ) -> Vec<Result<(Policy, Option<Labels>), Issue>> {
        if found.len() < WORTH_THREADS {
            return found
                .iter()
                .map(|one| self.read_one(one, request))
                .collect();
        }
        found
            .par_iter()
            .map(|one| self.read_one(one, request))
            .collect()
    }

    fn read_one(
        &self,
        found: &Found,
        request: &Request,
    ) -> Result<(Policy, Option<Labels>), Issue> {
        let mut policy = self.parser.parse(source::read(found, request.max_size)?)?;
        policy.issues.extend(doubts::doubts(&policy));
        let labels = request.labels.then(|| self.classifier.classify(&policy));
        Ok((policy, labels))
    }
}
