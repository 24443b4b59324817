//! `policy-tui export`: tables for other engines, document by document in constant memory.

use super::args::{ExportArgs, Shard, Shared, What};
use super::pipeline::{self, Limits, Next, Stopped};
use super::target::Target;
use super::{Failure, Outcome, Session, outcome_of, sentence};
use crate::classify::Parts;
use crate::compare;
use crate::library::Loader;
use crate::model::{Answers, History, Issue, Origin, Policy, Provenance};
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
    // Every table names the commit that recorded a version, so that they can be joined.
    request.histories = true;
    let (found, mut issues) = session.loader.documents(&request);
    let nothing = found.is_empty();
    let export = Export {
        loader: &session.loader,
        what: args.what,
        all_versions: args.all_versions || args.what == What::Versions,
        encoder: Encoder::new(args.what.table(), args.format.into()),
    };
    let done = match &args.output {
        None => export.write(args, found, out)?,
        Some(path) => {
            let mut target = Target::create(path, args.force, &found)?;
            let done = export.write(args, found, &mut target)?;
            target.put_in_place()?;
            done
        }
    };
    let nothing = nothing || done.is_nothing();
    let mut versions = done.lost;
    if !export.all_versions {
        issues.append(&mut versions);
    }
    let mut outcome = outcome_of(&issues, nothing, &session, &args.paths);
    outcome.messages.extend(unread(&versions));
    Ok(outcome)
}

/// What is said of versions that could not be read: `check` knows of current ones alone.
fn unread(versions: &[Issue]) -> Option<String> {
    match versions {
        [] => None,
        [one] => Some(sentence(one)),
        [first, ..] => Some(format!(
            "{} versions could not be read; the first: {}; `policy-tui history SITE` tells why for each",
            versions.len(),
            sentence(first)
        )),
    }
}

/// How an export went.
#[derive(Default)]
struct Done {
    /// Documents, or versions of them, that gave their rows.
    read: usize,
    /// Why the others did not.
    lost: Vec<Issue>,
}

impl Done {
    /// Whether there was something to read, and all of it was lost.
    fn is_nothing(&self) -> bool {
        self.read == 0 && !self.lost.is_empty()
    }
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
    /// Whether the document has versions that are told one by one.
    is_one_of: bool,
}

/// What a document, or a version of one, gives to the table.
struct Rows {
    chunk: Option<io::Result<Chunk>>,
    /// Why it could not be read.
    lost: Option<Issue>,
}

impl Rows {
    fn of(chunk: io::Result<Chunk>) -> Self {
        Self {
            chunk: Some(chunk),
            lost: None,
        }
    }
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
        out: &mut dyn Write,
    ) -> Result<Done, Failure> {
        let jobs = found
            .into_iter()
            .flat_map(|one| self.jobs(one, args.shard))
            .map(|job| {
                let weight = job.weight();
                Ok((job, weight))
            });
        let mut table = Writer::start(&self.encoder, out)?;
        let limits = Limits::of_bytes(args.jobs);
        let mut done = Done::default();
        let stopped = pipeline::in_order(
            jobs,
            limits,
            |job| self.rows(&job),
            |next| match next {
                Next::Result(Rows { chunk, lost }) => {
                    done.read += usize::from(lost.is_none());
                    done.lost.extend(lost.filter(Issue::is_loss));
                    chunk.map_or(Ok(()), |chunk| table.write(chunk?))
                }
                Next::Waiting => Ok(()),
            },
        );
        match stopped {
            Err(Stopped::Taking(error) | Stopped::Reading(error)) => Err(error.into()),
            Ok(()) => {
                table.finish()?;
                Ok(done)
            }
        }
    }

    /// What there is to do for a document; nothing where it belongs to another shard.
    fn jobs(&self, mut found: Found, shard: Option<Shard>) -> Vec<Job> {
        let hash = xxh3_64(first_place(&found).to_string_lossy().as_bytes());
        if shard.is_some_and(|shard| !shard.holds(hash)) {
            return Vec::new();
        }
        let document = format!("{hash:016x}");
        let job = |version, found, is_one_of| Job {
            found,
            document: document.clone(),
            version,
            is_one_of,
        };
        let versions = |history: &Arc<History>| history.versions.len().saturating_sub(1);
        let last = found.history.as_ref().map_or(0, versions);
        if self.what == What::Changes {
            return vec![job(last, found, false)];
        }
        let Some(history) = found.history.take() else {
            return vec![job(last, found, false)];
        };
        let first = if self.all_versions { 0 } else { last };
        let wanted = history.versions.iter().enumerate().skip(first);
        wanted
            .map(|(place, version)| job(place, found.version(version), self.all_versions))
            .collect()
    }

    /// The rows of a document, encoded.
    fn rows(&self, job: &Job) -> Rows {
        let policy = match self.loader.open(&job.found) {
            Ok(policy) => policy,
            // What each version changed is known of the others all the same.
            Err(_) if self.what == What::Changes && job.found.history.is_some() => {
                empty(&job.found)
            }
            Err(issue) => return self.unread(job, issue),
        };
        if self.what == What::Changes {
            return Rows::of(self.changes(job, policy));
        }
        Rows::of(self.told(job, &policy))
    }

    /// What the table tells of a policy.
    fn told(&self, job: &Job, policy: &Policy) -> io::Result<Chunk> {
        let classifier = self.loader.classifier();
        let place = Place {
            document: &job.document,
            provenance: &policy.provenance,
            revised: policy.revised.as_ref().map(|revision| revision.date),
        };
        match self.what {
            What::Clauses => {
                // No row tells the words that a topic rests on.
                let labels = true;
                let parts = Parts {
                    labels,
                    ..Parts::default()
                };
                let labels = classifier.tell(policy, parts).labels;
                self.encoder.encode(export::clauses(place, policy, &labels))
            }
            What::Practices => {
                let answers: Answers = classifier.answer(policy);
                let questions = classifier.questions();
                let rows = export::practices(place, policy, questions, &answers);
                self.encoder.encode(rows)
            }
            What::Versions | What::Changes => {
                let version = VersionRow {
                    version: job.version,
                    policy,
                    language: compare::language(policy),
                    content: &format!("{:032x}", xxh3_128(policy.source.as_bytes())),
                    unread: None,
                };
                self.encoder.encode(std::iter::once(version.row(&place)))
            }
        }
    }

    /// What becomes of a version that could not be read: the tables of versions and changes name it.
    fn unread(&self, job: &Job, issue: Issue) -> Rows {
        let named = self.what == What::Versions && job.is_one_of;
        let chunk = named.then(|| {
            let policy = empty(&job.found);
            let place = Place {
                document: &job.document,
                provenance: &policy.provenance,
                revised: None,
            };
            let version = VersionRow {
                version: job.version,
                policy: &policy,
                language: None,
                content: "",
                unread: Some(&issue.message),
            };
            self.encoder.encode(std::iter::once(version.row(&place)))
        });
        Rows {
            chunk,
            lost: Some(issue),
        }
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

/// A document of which nothing is known but where it is filed.
fn empty(found: &Found) -> Policy {
    let filed = &found.filed;
    let provenance = Provenance {
        site: filed.site.clone().unwrap_or_default(),
        terms: filed.terms.clone(),
        host: None,
        origin: found.origin.clone(),
        archived: filed.recorded,
        removed: filed.removed,
        modified: None,
        snapshot_url: None,
        original_url: None,
        bytes: 0,
        encoding: "UTF-8",
    };
    Policy::empty(provenance, String::new(), Vec::new())
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
