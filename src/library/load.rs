//! Reads and parses what a request asks for, in parallel, and hands it over in order.

use super::documents;
use super::doubtful::{Doubtful, Standing};
use super::index::{Cache, Index, Keeper, Known, Remembered, Rows, Trouble};
use super::walking::walk;
use super::{Entry, Library, Progress, Reader};
use crate::classify::Classifier;
use crate::model::{History, Issue, Labels, Origin, Pair, Policy};
use crate::source::{Catalog, FindOptions, Found, MAX_SIZE};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};

/// Documents that are parsed between two reports of progress.
const BATCH: usize = 64;

/// The same before the first report: as many as a screen shows.
const FIRST: usize = 40;

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
    /// git archive shows its current documents only, and broken fetches as they are.
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
    /// Policies that were not read, because the index knows what lists tell of them. They stand
    /// before those that were.
    pub listed: Vec<Entry>,
    /// Policies, in order, with their labels where those were asked for.
    pub policies: Vec<(Policy, Option<Labels>)>,
    /// The index over all that is listed, with which the loading ends.
    pub index: Option<Arc<Index>>,
    /// The versions of documents, by where their current version was found; of this batch or of
    /// earlier ones.
    pub histories: Vec<(Origin, Arc<History>)>,
    /// Older versions that stand for documents whose histories this batch brings.
    pub stand_ins: FxHashMap<Origin, Standing>,
    /// What could not be loaded.
    pub issues: Vec<Issue>,
    /// Whether these are the embedded samples.
    pub sample: bool,
    /// How far the loading came.
    pub progress: Progress,
}

/// Loads libraries.
#[derive(Debug)]
pub struct Loader {
    pub(super) reader: Arc<Reader>,
    classifier: Arc<Classifier>,
    keeper: Option<Keeper>,
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
            keeper: None,
        }
    }

    /// The same loader, with indexes in a folder. `own_data` tells the user's topics and practices
    /// from others: an index made with others is not used. Libraries of fewer than `least` versions
    /// get no index.
    #[must_use]
    pub fn with_cache(self, cache: Cache, own_data: u64, least: usize) -> Self {
        Self {
            keeper: Some(Keeper {
                cache,
                own_data,
                least,
            }),
            ..self
        }
    }

    pub(super) fn keeper(&self) -> Option<&Keeper> {
        self.keeper.as_ref()
    }

    pub(super) fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The reader, to be kept by what is read later.
    pub(super) fn shared_reader(&self) -> &Arc<Reader> {
        &self.reader
    }

    /// Files over so many bytes are refused.
    pub(super) fn max_size(&self) -> u64 {
        self.reader.max_size
    }

    /// What lies under the paths of a request.
    pub(super) fn catalog(&self, request: &Request) -> Catalog {
        self.reader.find(request)
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
        let mut library = self.library();
        self.stream(request, |batch| {
            library.take(batch);
            true
        });
        library.settle();
        library
    }

    /// Loads in batches: the documents as they are now, in a fixed order, then their histories, which
    /// are walked meanwhile. What the index knows is not read. `take` says whether to go on.
    pub fn stream(&self, request: &Request, take: impl FnMut(Batch) -> bool) {
        let (mut catalog, rows) = rayon::join(|| self.catalog(request), || self.rows(request));
        if request.find.removed {
            documents::walk(&mut catalog, true);
        }
        self.stream_catalog(request, catalog, rows, take);
    }

    /// The same for what was found before, with the rows of the index.
    pub(super) fn stream_catalog(
        &self,
        request: &Request,
        mut catalog: Catalog,
        rows: Result<Option<Rows>, Trouble>,
        mut take: impl FnMut(Batch) -> bool,
    ) {
        let sample = request.paths.is_empty();
        let mut known = self.known_or_told(request, rows, &mut catalog);
        let total = catalog.found.len();
        if !catalog.issues.is_empty() || total == 0 {
            take(Batch {
                issues: std::mem::take(&mut catalog.issues),
                sample,
                progress: Progress::Reading(0, total),
                ..Batch::default()
            });
        }
        let mut doubtful = Doubtful::default();
        let labeller = request.labels.then_some(&*self.classifier);
        let (archives, found) = (&catalog.archives, &catalog.found);
        let walks = request.histories && known.index.is_none() && !archives.is_empty();
        let (go, begin) = mpsc::channel::<()>();
        std::thread::scope(|scope| {
            let walked = walks.then(|| {
                let (sender, receiver) = mpsc::channel();
                scope.spawn(move || {
                    // The first documents go first: their screen is waited for.
                    let _ = begin.recv();
                    walk(archives, found, |batch| sender.send(batch).is_ok());
                });
                receiver
            });
            let goes_on = {
                let mut go = Some(go);
                let mut take = |batch| {
                    let goes_on = take(batch);
                    go.take();
                    goes_on
                };
                let known = &mut known.documents;
                self.read_found(found, known, &mut doubtful, labeller, sample, &mut take)
            };
            if !goes_on {
                // Dropping the receiver ends the walk.
                return;
            }
            walked.into_iter().flatten().all(|mut batch| {
                doubtful.settle(&mut batch, &self.reader, labeller);
                take(batch)
            });
            self.end(known, doubtful, labeller, &mut take);
        });
    }

    /// What the index knows of what was found. An index that cannot be used is told.
    fn known_or_told(
        &self,
        request: &Request,
        rows: Result<Option<Rows>, Trouble>,
        catalog: &mut Catalog,
    ) -> Known {
        let known = self.known(request, rows, catalog);
        let known = known.unwrap_or_else(|trouble| {
            let folder = self.keeper().map(|keeper| keeper.cache.folder());
            let issue = trouble.issue(folder.unwrap_or(Path::new("")), "it is left aside");
            catalog.issues.push(issue);
            None
        });
        known.unwrap_or_default()
    }

    /// What comes last: the index with the histories that it knows, and documents that older versions
    /// stand for since their newest holds no text.
    fn end(
        &self,
        known: Known,
        mut doubtful: Doubtful,
        labeller: Option<&Classifier>,
        take: &mut impl FnMut(Batch) -> bool,
    ) {
        let total = known.documents.len();
        let progress = Progress::Reading(total, total);
        let mut index = known.index;
        if index.is_some() {
            let mut batch = Batch {
                histories: known.histories,
                progress,
                ..Batch::default()
            };
            doubtful.settle(&mut batch, &self.reader, labeller);
            take(batch);
        }
        let late = doubtful.late();
        if let (Some(known), Some(late)) = (&index, &late) {
            let paths = late.listed.iter().map(|entry| entry.newest().path());
            index = known.with_late(paths).map(Arc::new);
        }
        if index.is_some() || late.is_some() {
            take(Batch {
                index,
                progress,
                ..late.unwrap_or_default()
            });
        }
    }

    /// Reads documents in batches, but for those that are known; false when that was stopped.
    fn read_found(
        &self,
        found: &[Found],
        known: &mut Vec<Option<Remembered>>,
        doubtful: &mut Doubtful,
        labeller: Option<&Classifier>,
        sample: bool,
        take: &mut impl FnMut(Batch) -> bool,
    ) -> bool {
        let total = found.len();
        known.resize_with(total, || None);
        let mut done = 0;
        while done < total {
            let start = done;
            let (listed, issues) = self.listed(found, known, doubtful, &mut done);
            let most = if start == 0 { FIRST } else { BATCH };
            let unknown = known.get(done..(done + most).min(total)).unwrap_or(&[]);
            let length = unknown.iter().take_while(|known| known.is_none()).count();
            let chunk = found.get(done..done + length).unwrap_or(&[]);
            done += length;
            let mut batch = Batch {
                listed,
                sample,
                issues,
                histories: known_histories(found.get(start..done).unwrap_or(&[])),
                progress: Progress::Reading(done, total),
                ..Batch::default()
            };
            for (found, result) in chunk.iter().zip(self.read_all(chunk, labeller)) {
                doubtful.note(found, result.as_ref().map(|(policy, _)| policy));
                match result {
                    Ok(policy) => batch.policies.push(policy),
                    Err(issue) => batch.issues.push(issue),
                }
            }
            doubtful.settle(&mut batch, &self.reader, labeller);
            if !take(batch) {
                return false;
            }
        }
        true
    }

    /// The documents from `done` on that the index knows, up to the first that it does not.
    fn listed(
        &self,
        found: &[Found],
        known: &mut [Option<Remembered>],
        doubtful: &mut Doubtful,
        done: &mut usize,
    ) -> (Vec<Entry>, Vec<Issue>) {
        let (mut entries, mut issues) = (Vec::new(), Vec::new());
        while let (Some(found), Some(known)) = (found.get(*done), known.get_mut(*done)) {
            let Some(mut known) = known.take() else {
                break;
            };
            *done += 1;
            doubtful.note_listed(found, &mut known);
            issues.append(&mut known.issues);
            let reader = Arc::clone(&self.reader);
            entries.push(Entry::listed(known, found.clone(), reader));
        }
        (entries, issues)
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
        labeller: Option<&Classifier>,
    ) -> Vec<Result<(Policy, Option<Labels>), Issue>> {
        let read = |one: &Found| {
            let policy = self.reader.read(one)?;
            let labels = labeller.map(|classifier| classifier.classify(&policy));
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
