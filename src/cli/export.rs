//! `policy-tui export`: tables for other engines, document by document in constant memory.

use super::args::{ExportArgs, Shard, Shared, What};
use super::pipeline::{self, Limits, Next, Stopped};
use super::target::Target;
use super::{Failure, Outcome, Session, outcome_of};
use crate::classify::Parts;
use crate::compare;
use crate::library::Loader;
use crate::model::{Answers, History, Issue, Origin, Policy};
use crate::report::export::{self, ChangeRow, Chunk, Encoder, Place, VersionRow, Writer};
use crate::source::Found;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// What a document weighs whose size is not known before it is read; bytes. Real policies are mostly
/// shorter.
const UNKNOWN: usize = 64 << 10;

pub(super) fn run(
    args: &ExportArgs,
    shared: &Shared,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    if args.is_binary() && args.output.is_none() && io::stdout().is_terminal() {
        let message = "Parquet is nothing to look at; name a file with --output, or pipe it on";
        return Err(Failure::Said(message.to_owned()));
    }
    let session = Session::start(shared);
    let mut request = session.request(&args.paths);
    request.histories = args.all_versions || matches!(args.what, What::Versions | What::Changes);
    let (found, mut issues) = session.loader.documents(&request);
    let nothing = found.is_empty();
    let export = Export {
        loader: &session.loader,
        what: args.what,
        all_versions: args.all_versions || args.what == What::Versions,
        encoder: Encoder::new(args.what.table(), args.format.into()),
    };
    match &args.output {
        None => export.write(args, found, &mut issues, out)?,
        Some(path) => {
            let mut target = Target::create(path, args.force, &found)?;
            export.write(args, found, &mut issues, &mut target)?;
            target.put_in_place()?;
        }
    }
    Ok(outcome_of(&issues, nothing, &session, &args.paths))
}

/// A table that is being made.
struct Export<'a> {
    loader: &'a Loader,
    what: What,
    /// Whether every version is read, not only the current one.
    all_versions: bool,
    encoder: Encoder,
}

/// One document, or one version of it.
struct Job {
    found: Found,
    /// The name of the document.
    document: String,
    /// Its place among the versions of the document.
    version: usize,
}

impl Job {
    /// Bytes that it is about, roughly.
    fn weight(&self) -> usize {
        if let Some(history) = &self.found.history {
            return history.versions.len().saturating_mul(UNKNOWN);
        }
        match &self.found.origin {
            Origin::File(path) => std::fs::metadata(path)
                .ok()
                .and_then(|data| usize::try_from(data.len()).ok())
                .unwrap_or(UNKNOWN),
            Origin::Sample(_) | Origin::Stdin | Origin::Git(_) => UNKNOWN,
        }
    }
}

impl Export<'_> {
    fn write(
        &self,
        args: &ExportArgs,
        found: Vec<Found>,
        issues: &mut Vec<Issue>,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let jobs = found
            .into_iter()
            .flat_map(|one| self.jobs(one, args.shard))
            .map(|job| {
                let weight = job.weight();
                Ok((job, weight))
            });
        let mut table = Writer::start(&self.encoder, out)?;
        let limits = Limits::of_bytes(args.jobs);
        let stopped = pipeline::in_order(
            jobs,
            limits,
            |job| self.rows(&job),
            |next| match next {
                Next::Result(Ok(rows)) => table.write(rows?),
                Next::Result(Err(issue)) => {
                    issues.extend(Some(issue).filter(Issue::is_loss));
                    Ok(())
                }
                Next::Waiting => Ok(()),
            },
        );
        match stopped {
            Err(Stopped::Taking(error) | Stopped::Reading(error)) => Err(error.into()),
            Ok(()) => Ok(table.finish()?),
        }
    }

    /// What there is to do for a document; nothing where it belongs to another shard.
    fn jobs(&self, mut found: Found, shard: Option<Shard>) -> Vec<Job> {
        let hash = xxh3_64(first_place(&found).to_string_lossy().as_bytes());
        if shard.is_some_and(|shard| !shard.holds(hash)) {
            return Vec::new();
        }
        let document = format!("{hash:016x}");
        let job = |version, found| Job {
            found,
            document: document.clone(),
            version,
        };
        let versions = |history: &Arc<History>| history.versions.len().saturating_sub(1);
        let last = found.history.as_ref().map_or(0, versions);
        if self.what == What::Changes {
            return vec![job(last, found)];
        }
        let history = found.history.take();
        let Some(history) = history.filter(|_| self.all_versions) else {
            return vec![job(last, found)];
        };
        let all = history.versions.iter().enumerate();
        all.map(|(place, version)| job(place, found.version(version)))
            .collect()
    }

    /// The rows of a document, encoded.
    fn rows(&self, job: &Job) -> Result<io::Result<Chunk>, Issue> {
        let policy = self.loader.open(&job.found)?;
        if self.what == What::Changes {
            return Ok(self.changes(job, policy));
        }
        let classifier = self.loader.classifier();
        let place = Place {
            document: &job.document,
            provenance: &policy.provenance,
            revised: policy.revised.as_ref().map(|revision| revision.date),
        };
        Ok(match self.what {
            What::Clauses => {
                // No row tells the words that a topic rests on.
                let labels = true;
                let parts = Parts {
                    labels,
                    ..Parts::default()
                };
                let labels = classifier.tell(&policy, parts).labels;
                self.encoder
                    .encode(export::clauses(place, &policy, &labels))
            }
            What::Practices => {
                let answers: Answers = classifier.answer(&policy);
                let questions = classifier.questions();
                let rows = export::practices(place, &policy, questions, &answers);
                self.encoder.encode(rows)
            }
            What::Versions | What::Changes => {
                let version = VersionRow {
                    version: job.version,
                    policy: &policy,
                    language: compare::language(&policy),
                    content: &format!("{:032x}", xxh3_128(policy.source.as_bytes())),
                };
                self.encoder.encode(std::iter::once(version.row(&place)))
            }
        })
    }

    /// The rows of a document in the table of changes.
    fn changes(&self, job: &Job, policy: Policy) -> io::Result<Chunk> {
        let current = policy.provenance.clone();
        let history = job.found.history.clone();
        let (library, id) = self.loader.library_of(policy, history.clone());
        let steps = library.steps(id);
        let provenances: Vec<_> = steps
            .iter()
            .map(|step| {
                let versions = history.as_ref().map(|history| &history.versions);
                let mut provenance = current.clone();
                if let Some(version) = versions.and_then(|all| all.get(step.version)) {
                    provenance.origin = version.origin.clone();
                    provenance.archived = version.recorded;
                }
                provenance
            })
            .collect();
        let rows = steps.iter().zip(&provenances).map(|(step, provenance)| {
            let place = Place {
                document: &job.document,
                provenance,
                revised: step.revised,
            };
            ChangeRow { step }.row(&place)
        });
        self.encoder.encode(rows)
    }
}

/// The path of a document that stays the same as versions are added: that of its oldest version.
fn first_place(found: &Found) -> std::path::PathBuf {
    let oldest = found
        .history
        .as_ref()
        .and_then(|history| history.versions.first());
    oldest
        .map_or(&found.origin, |version| &version.origin)
        .path()
}
