//! Reading versions for an index: in parallel, handed over in order. Most of a version stood in the one
//! before it, and is told by the numbers of its parts (`parse::Composer`).

use super::plan::{Planned, PlannedVersion};
use crate::classify::{Classifier, LabelMemo};
use crate::library::Reader;
use crate::library::doubtful::{self, Verdict};
use crate::library::wording::{self, Tags};
use crate::model::{Answers, Document, Facts, Issue, Labels, PartialDate, Policy, TopicCounts};
use crate::parse::{ChunkMemo, Composer, Composition};
use std::collections::VecDeque;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, mpsc};
use xxhash_rust::xxh3::xxh3_128;

/// Versions of a document that one thread reads, one after the other: what the first of them holds
/// is put together anew, so the more the better, as long as no thread is left without work.
const STRETCH: usize = 128;

/// The same for current versions, each of another document.
const CURRENT: usize = 8;

/// Stretches that are under way for each thread: what was read waits for what comes before it, and one
/// long document takes as long to read as many others.
const AHEAD: usize = 24;

/// More threads than this read no faster than one thread takes in.
const MAX_THREADS: usize = 8;

/// Bytes of text that are remembered, so that versions that hold it too need not be parsed whole.
const REMEMBERED: usize = 32 << 20;

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
    pub(super) planned: &'a Planned,
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
    pub(super) title: String,
    pub(super) revised: Option<PartialDate>,
    /// Number of words, headings and clauses.
    pub(super) words: usize,
    pub(super) sections: usize,
    pub(super) clauses: usize,
    pub(super) wordings: Wordings,
    /// What is kept of the current version only.
    pub(super) current: Option<Current>,
}

/// What the index keeps of the current version of a document.
pub(super) struct Current {
    pub(super) told: Told,
    pub(super) answers: Answers,
    /// Where it may look broken.
    pub(super) verdict: Option<Verdict<Told>>,
}

/// What lists tell of a version, and what is odd about it.
pub(super) struct Told {
    pub(super) facts: Facts,
    pub(super) topics: TopicCounts,
    pub(super) issues: Vec<Issue>,
}

/// What a version says, clause by clause.
#[derive(Default)]
pub(super) struct Wordings {
    /// A text, and of each clause its place there, its tags and the hash of both.
    pub(super) text: String,
    pub(super) new: Vec<(Range<usize>, Tags, u128)>,
    /// The parts in `new`, further parts of the stretch. Of what is in none only what is led in by it
    /// was asked for.
    pub(super) new_parts: Vec<Range<usize>>,
    /// The parts that the version consists of, numbered as they came in the stretch; none when it
    /// consists of `new` alone.
    pub(super) parts: Option<Vec<u32>>,
}

/// Reads all jobs, and hands them over in their order while the next are being read: some versions
/// at a time, whose parts are numbered together. `take` says whether to go on.
pub(super) fn gather<'a>(
    jobs: &'a [Job<'a>],
    reader: &Reader,
    classifier: &Classifier,
    mut take: impl FnMut(&'a [Job<'a>], Vec<Read>) -> bool,
) {
    let desk = Desk {
        reader,
        classifier,
        chunks: ChunkMemo::new(REMEMBERED),
        labels: LabelMemo::bare(),
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.min(MAX_THREADS);
    let (work, tasks) = mpsc::channel::<(&[Job<'_>], mpsc::Sender<Vec<Read>>)>();
    let (tasks, stop) = (Mutex::new(tasks), AtomicBool::new(false));
    let next = || tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
    std::thread::scope(|scope| {
        // Moved in, so that however this ends, the threads find nothing more to do.
        let work = work;
        for _ in 0..threads {
            scope.spawn(|| {
                while let Ok((stretch, result)) = next() {
                    if stop.load(Ordering::Relaxed) || result.send(desk.read_all(stretch)).is_err()
                    {
                        return;
                    }
                }
            });
        }
        let mut stretches = stretches(jobs);
        let mut under_way = VecDeque::new();
        loop {
            let more = AHEAD * threads - under_way.len();
            for stretch in stretches.by_ref().take(more) {
                let (result, waiting) = mpsc::channel();
                let _ = work.send((stretch, result));
                under_way.push_back((stretch, waiting));
            }
            let Some((stretch, result)) = under_way.pop_front() else {
                return;
            };
            let goes_on = result.recv().is_ok_and(|read| take(stretch, read));
            if !goes_on {
                stop.store(true, Ordering::Relaxed);
                return;
            }
        }
    });
}

/// The jobs in stretches: versions of one document, or current versions.
fn stretches<'a>(jobs: &'a [Job<'a>]) -> impl Iterator<Item = &'a [Job<'a>]> {
    let together =
        |one: &Job<'_>, next: &Job<'_>| one.now && next.now || one.document == next.document;
    let length = |stretch: &[Job<'_>]| match stretch {
        [one, ..] if one.now => CURRENT,
        _ => STRETCH,
    };
    jobs.chunk_by(together)
        .flat_map(move |all| all.chunks(length(all)))
}

impl Desk<'_> {
    fn read_all(&self, jobs: &[Job<'_>]) -> Vec<Read> {
        let mut composer = self.reader.composer(&self.chunks);
        let found = jobs.iter().map(|job| &job.version.found);
        let read = self.reader.fetch_ahead(found).zip(jobs);
        let read = read.map(|(document, job)| self.read(job, document?, &mut composer));
        read.map(|read| read.unwrap_or(Read::Lost)).collect()
    }

    fn read(
        &self,
        job: &Job<'_>,
        document: Document,
        composer: &mut Composer<'_>,
    ) -> Result<Read, Issue> {
        let hash = xxh3_128(&document.bytes);
        if job.hash == Some(hash) {
            return Ok(Read::Same);
        }
        let composed = (!job.now).then(|| composer.compose(&document)).flatten();
        let digest = match composed {
            Some(composition) => self.composed(hash, composition),
            None => self.whole(job, hash, document)?,
        };
        Ok(Read::Digest(Box::new(digest)))
    }

    /// The digest of a version that is told by its parts.
    fn composed(&self, hash: u128, composition: Composition) -> Digest {
        let (mut wordings, mut new_parts) = (Wordings::default(), Vec::new());
        if let Some(excerpt) = composition.fresh {
            let labels = self.classifier.classify_with(&excerpt.policy, &self.labels);
            wordings = Wordings::of(excerpt.policy, &labels);
            new_parts = excerpt.parts;
        }
        Digest {
            hash,
            title: composition.title,
            revised: composition.revised,
            words: composition.words,
            sections: composition.sections,
            clauses: composition.clauses,
            wordings: Wordings {
                new_parts,
                parts: Some(composition.parts),
                ..wordings
            },
            current: None,
        }
    }

    /// The digest of a version that is read whole.
    fn whole(&self, job: &Job<'_>, hash: u128, document: Document) -> Result<Digest, Issue> {
        let mut policy = self.reader.parse_with(document, &self.chunks)?;
        let labels = self.classifier.classify_with(&policy, &self.labels);
        let facts = Facts::of(&policy);
        let current = job.now.then(|| {
            let told = Told {
                facts: facts.clone(),
                topics: labels.topic_counts(),
                issues: std::mem::take(&mut policy.issues),
            };
            self.current(job.planned, &policy, told)
        });
        Ok(Digest {
            hash,
            title: facts.title,
            revised: facts.revised,
            words: facts.words,
            sections: facts.sections,
            clauses: facts.clauses,
            wordings: Wordings::of(policy, &labels),
            current,
        })
    }
}

impl Desk<'_> {
    /// What is kept of a current version: where another one stands for it, that one's answers.
    fn current(&self, planned: &Planned, policy: &Policy, told: Told) -> Current {
        let verdict = self.verdict(planned, &told);
        let stands = verdict.as_ref().and_then(|it| it.stand_in.as_ref());
        let stands = stands.map_or(policy, |(_, policy)| policy);
        let answers = self.classifier.answer(stands);
        let verdict = verdict.map(|Verdict { rests_on, stand_in }| Verdict {
            rests_on,
            stand_in: stand_in.map(|(stand_in, policy)| (stand_in, self.told(policy))),
        });
        Current {
            told,
            answers,
            verdict,
        }
    }

    /// The verdict on a document whose current version may look broken.
    fn verdict(&self, planned: &Planned, told: &Told) -> Option<Verdict<Policy>> {
        let history = planned.history.as_deref()?;
        let Told { facts, issues, .. } = told;
        doubtful::judged(&planned.found, facts, issues, history, self.reader)
    }

    /// What lists tell of a version that stands for another.
    fn told(&self, policy: Policy) -> Told {
        Told {
            facts: Facts::of(&policy),
            topics: self.classifier.classify(&policy).topic_counts(),
            issues: policy.issues,
        }
    }
}

impl Wordings {
    /// All clauses of a policy.
    fn of(policy: Policy, labels: &Labels) -> Self {
        let clauses = policy.clauses.iter();
        let new = clauses
            .zip(wording::of_policy(&policy, labels))
            .map(|(clause, (text, tags))| {
                let hash = wording::hash(text, &tags);
                (clause.text.range(), tags, hash)
            })
            .collect();
        Self {
            new,
            text: policy.text,
            ..Self::default()
        }
    }
}
