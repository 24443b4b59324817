//! Reading versions for an index: in parallel, handed over in order.

use super::plan::PlannedVersion;
use crate::classify::{Classifier, LabelMemo};
use crate::library::Reader;
use crate::library::search::words;
use crate::library::wording::{self, Tags};
use crate::model::{Answers, Facts, Issue, Policy, TopicCounts};
use crate::parse::ChunkMemo;
use rayon::prelude::*;
use std::sync::mpsc::{SyncSender, sync_channel};
use xxhash_rust::xxh3::xxh3_128;

/// Versions that are read at once: enough for all cores, few enough to be held in memory.
const BATCH: usize = 64;

/// Bytes of text that are remembered, so that versions that hold it too need not be parsed whole.
const REMEMBERED: usize = 64 << 20;

/// What a version is read with.
struct Desk<'a> {
    reader: &'a Reader,
    classifier: &'a Classifier,
    chunks: ChunkMemo,
    labels: LabelMemo,
}

/// A version that is to be read.
pub(super) struct Job<'a> {
    /// The document, by its place in the plan.
    pub(super) document: usize,
    /// The version in its history.
    pub(super) place: u32,
    pub(super) version: &'a PlannedVersion,
    /// Whether it is the current version, of which more is kept.
    pub(super) now: bool,
    /// What the bytes of this version hashed to when it was last read.
    pub(super) hash: Option<u128>,
}

/// What became of a job.
pub(super) enum Read {
    /// The bytes are those that were read last time.
    Same,
    /// It was read.
    Digest(Box<Digest>),
    /// It could not be read.
    Lost,
}

/// What the index keeps of a version.
pub(super) struct Digest {
    pub(super) hash: u128,
    pub(super) facts: Facts,
    pub(super) topics: TopicCounts,
    pub(super) issues: Vec<Issue>,
    pub(super) answers: Option<Answers>,
    /// The text of the policy, and of each clause its place there, its tags and the hash of both.
    pub(super) text: String,
    pub(super) clauses: Vec<(std::ops::Range<usize>, Tags, u128)>,
}

/// Reads all jobs, and hands them over in their order while the next are being read. `take` says
/// whether to go on.
pub(super) fn gather<'a>(
    jobs: &'a [Job<'a>],
    reader: &Reader,
    classifier: &Classifier,
    mut take: impl FnMut(&'a Job<'a>, Read) -> bool,
) {
    let (sender, receiver) = sync_channel::<Vec<Read>>(1);
    std::thread::scope(|scope| {
        let desk = Desk {
            reader,
            classifier,
            chunks: ChunkMemo::new(REMEMBERED),
            labels: LabelMemo::bare(),
        };
        scope.spawn(move || desk.read_all(jobs, &sender));
        let mut jobs = jobs.iter();
        for batch in receiver {
            for read in batch {
                let Some(job) = jobs.next() else {
                    return;
                };
                if !take(job, read) {
                    return;
                }
            }
        }
    });
}

impl Desk<'_> {
    fn read_all(&self, jobs: &[Job<'_>], to: &SyncSender<Vec<Read>>) {
        for batch in jobs.chunks(BATCH) {
            let read: Vec<Read> = batch.par_iter().map(|job| self.read(job)).collect();
            // Nobody takes any more when the index is given up.
            if to.send(read).is_err() {
                return;
            }
        }
    }

    fn read(&self, job: &Job<'_>) -> Read {
        let read = || {
            let document = self.reader.fetch(&job.version.found)?;
            let hash = xxh3_128(&document.bytes);
            if job.hash == Some(hash) {
                return Ok(Read::Same);
            }
            let policy = self.reader.parse_with(document, &self.chunks)?;
            Ok(Read::Digest(Box::new(self.digest(job, hash, policy))))
        };
        read().unwrap_or_else(|_: Issue| Read::Lost)
    }

    fn digest(&self, job: &Job<'_>, hash: u128, policy: Policy) -> Digest {
        let labels = self.classifier.classify_with(&policy, &self.labels);
        let clauses = policy
            .clauses
            .iter()
            .zip(wording::of_policy(&policy, &labels))
            .map(|(clause, (text, tags))| {
                let hash = wording::hash(text, &tags);
                (clause.text.range(), tags, hash)
            })
            .collect();
        Digest {
            hash,
            facts: Facts::of(&policy),
            topics: labels.topic_counts(),
            answers: job.now.then(|| self.classifier.answer(&policy)),
            clauses,
            issues: policy.issues,
            text: policy.text,
        }
    }
}

/// The rows of words of new wordings, for the index.
pub(super) fn rows(texts: &[Box<str>]) -> Vec<String> {
    texts.par_iter().map(|text| words::row(text)).collect()
}
