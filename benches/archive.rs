//! Reading a git archive against git itself, each as a whole process, run in turn.
//!
//! ```text
//! ARCHIVE=path/to/contrib-versions.git cargo bench --bench archive
//! RUNS=20 ARCHIVE=… cargo bench --bench archive
//! ```
//!
//! Beside finding and reading, `classified` finds, reads, parses, segments and labels every version of
//! every document; its peer is `git log --raw` and `git cat-file --batch` one after the other.
//!
//! `ARCHIVE` is a clone of a git archive, such as the Open Terms Archive collection contrib-versions.
//! The benchmark runs itself once for each measurement, so that nothing is warm but the files. A
//! ratio is the median over pairs of runs that follow each other; below 1 policy-tui is faster.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs,
    reason = "a program for developers"
)]

use policy_tui::classify::{Classifier, LabelMemo};
use policy_tui::model::Policy;
use policy_tui::parse::{ChunkMemo, Parser};
use policy_tui::source::{Archive, FindOptions, Found, MAX_SIZE, Sources};
use rustc_hash::FxHashSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use wait4::Wait4;

/// The one of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The variable that tells a run of the benchmark by itself what to do.
const STEP: &str = "ARCHIVE_STEP";

fn main() {
    let Some(archive) = std::env::var_os("ARCHIVE").map(PathBuf::from) else {
        println!("ARCHIVE is not set: there is nothing to measure");
        return;
    };
    if let Ok(step) = std::env::var(STEP) {
        own(&step, &archive);
        return;
    }
    let runs = std::env::var("RUNS")
        .ok()
        .and_then(|runs| runs.parse().ok());
    let runs = runs.unwrap_or(7);
    let blobs = std::env::temp_dir().join(format!("archive-bench-{}", std::process::id()));
    // By a process of its own: what this one ever held would count as its children's memory.
    let this = std::env::current_exe().expect("this program has a path");
    let listed = Command::new(this)
        .env(STEP, "list")
        .stderr(Stdio::inherit())
        .output();
    std::fs::write(&blobs, listed.expect("it runs").stdout).expect("a file can be written");
    println!("{}; {runs} runs, medians", archive.display());
    println!("{:<58} {:>8} {:>8} {:>8}", "", "wall ms", "CPU ms", "MB");
    let git = |arguments: &[&str]| git(&archive, arguments);
    let names = git(&["log", "--format=%H", "--name-only"]);
    let raw = git(&["log", "--raw", "--no-abbrev", "--no-renames"]);
    let contents = git(&["cat-file", "--batch", "--buffer"]);
    let listing = git(&["ls-tree", "-r", "HEAD"]);
    compare("find", ("git ls-tree -r HEAD", &listing), None, runs);
    compare(
        "histories",
        ("git log --format=%H --name-only", &names),
        None,
        runs,
    );
    compare("histories", ("git log --raw", &raw), None, runs);
    let peer = ("git cat-file --batch of the same blobs", &contents);
    compare("read_at_once", peer, Some(&blobs), runs);
    compare("read_many", peer, Some(&blobs), runs);
    let both = "git -C \"$0\" log --raw --no-abbrev --no-renames && git -C \"$0\" cat-file --batch";
    let both = [
        "sh".into(),
        "-c".into(),
        both.into(),
        archive.into_os_string(),
    ];
    let peer = ("git log --raw, then git cat-file --batch", &both.to_vec());
    compare("classified", peer, Some(&blobs), runs);
    std::fs::remove_file(&blobs).ok();
}

/// What the benchmark does when it runs itself.
fn own(step: &str, archive: &Path) {
    if step == "list" {
        print!("{}", blob_ids(archive));
        return;
    }
    let sources = Sources::default();
    let catalog = sources.find(&[archive.to_owned()], &FindOptions::default());
    assert!(!catalog.found.is_empty(), "{:?}", catalog.issues);
    let archive = catalog.archives.first().expect("it is a git archive");
    match step {
        "find" => {}
        "histories" => {
            let histories = archive.histories(&mut |_| true).expect("it has a history");
            assert!(!histories.by_path.is_empty());
        }
        "classified" => assert!(classified(&sources, archive) > 0),
        // Walked before, told on standard input: only reading is measured.
        _ => {
            let ids = std::io::read_to_string(std::io::stdin()).expect("ids come in");
            let wanted: Vec<Found> = ids.lines().map(|id| named(archive.folder(), id)).collect();
            let bytes = std::sync::atomic::AtomicUsize::new(0);
            let take = |read: Result<policy_tui::model::Document, _>| {
                let length = read.map_or(0, |document| document.bytes.len());
                bytes.fetch_add(length, std::sync::atomic::Ordering::Relaxed);
                true
            };
            if step == "read_at_once" {
                sources.read_at_once(&wanted, MAX_SIZE, &|_, read| take(read));
            } else {
                sources.read_many(&wanted, MAX_SIZE, &mut |_, read| take(read));
            }
            assert!(bytes.into_inner() > 0);
        }
    }
}

/// Reads, parses and labels every version of every document, each content of a document once; how
/// many clauses were labelled.
fn classified(sources: &Sources, archive: &Archive) -> usize {
    let histories = archive.histories(&mut |_| true).expect("it has a history");
    let mut stretches: Vec<Vec<Found>> = Vec::new();
    for history in histories.by_path.values() {
        let mut seen = FxHashSet::default();
        let versions = history.versions.iter();
        let versions = versions.filter(|version| seen.insert(version.content));
        let found = versions.map(|version| Found::single(version.origin.clone()));
        let found: Vec<Found> = found.collect();
        stretches.extend(found.chunks(128).map(<[Found]>::to_vec));
    }
    let (parser, classifier) = (Parser::new(), Classifier::builtin());
    let (chunks, labels) = (ChunkMemo::new(32 << 20), LabelMemo::bare());
    let (next, clauses) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let label = |policy: &Policy| {
        let labels = classifier.classify_with(policy, &labels);
        clauses.fetch_add(labels.clauses.len(), Ordering::Relaxed);
    };
    let work = || {
        while let Some(stretch) = stretches.get(next.fetch_add(1, Ordering::Relaxed)) {
            let mut composer = parser.composer(&chunks);
            for document in sources.read_ahead(stretch.iter(), MAX_SIZE).flatten() {
                match composer.compose(&document) {
                    Some(version) => version.fresh.iter().for_each(|new| label(&new.policy)),
                    None => parser.parse_with(document, &chunks).iter().for_each(label),
                }
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    clauses.into_inner()
}

fn named(repository: &Path, blob: &str) -> Found {
    Found::single(policy_tui::model::Origin::Git(std::sync::Arc::new(
        policy_tui::model::GitPlace {
            repository: repository.into(),
            path: blob.into(),
            commit: String::new(),
            blob: blob.to_owned(),
        },
    )))
}

/// The contents of all versions of the documents that are listed, each once.
fn blob_ids(archive: &Path) -> String {
    let catalog = Sources::default().find(&[archive.to_owned()], &FindOptions::default());
    let archive = catalog.archives.first().expect("it is a git archive");
    let histories = archive.histories(&mut |_| true).expect("it has a history");
    let mut seen = FxHashSet::default();
    let mut ids = String::new();
    let mut versions = 0;
    for version in histories
        .by_path
        .values()
        .flat_map(|history| &history.versions)
    {
        versions += 1;
        if let policy_tui::model::Origin::Git(place) = &version.origin
            && seen.insert(place.blob.clone())
        {
            ids.push_str(&place.blob);
            ids.push('\n');
        }
    }
    eprintln!(
        "{} documents listed, {} with a history, {versions} versions, {} contents",
        catalog.found.len(),
        histories.by_path.len(),
        seen.len()
    );
    ids
}

fn git(archive: &Path, arguments: &[&str]) -> Vec<OsString> {
    let mut command = vec!["git".into(), "-C".into(), archive.as_os_str().to_owned()];
    command.extend(arguments.iter().map(OsString::from));
    command
}

struct Run {
    wall: f64,
    cpu: f64,
    peak: f64,
}

fn compare(step: &str, (name, peer): (&str, &Vec<OsString>), input: Option<&Path>, runs: usize) {
    let this = std::env::current_exe().expect("this program has a path");
    let this = vec![this.into_os_string()];
    let pairs = (0..=runs).map(|_| (run(&this, step, input), run(peer, step, input)));
    let (own, peers): (Vec<Run>, Vec<Run>) = pairs.skip(1).unzip();
    row(step, &own);
    row(name, &peers);
    let ratio = |value: fn(&Run) -> f64| {
        median(
            own.iter()
                .zip(&peers)
                .map(|(own, peer)| value(own) / value(peer)),
        )
    };
    println!(
        "{:<58} {:>8.2} {:>8.2} {:>8.2}\n",
        "  ratio",
        ratio(|run| run.wall),
        ratio(|run| run.cpu),
        ratio(|run| run.peak)
    );
}

fn row(name: &str, runs: &[Run]) {
    let of = |value: fn(&Run) -> f64| median(runs.iter().map(value));
    println!(
        "{name:<58} {:>8.1} {:>8.1} {:>8.1}",
        of(|run| run.wall),
        of(|run| run.cpu),
        of(|run| run.peak)
    );
}

fn run(command: &[OsString], step: &str, input: Option<&Path>) -> Run {
    let stdin = input.map_or_else(Stdio::null, |path| {
        std::fs::File::open(path)
            .expect("it was written before")
            .into()
    });
    let mut command = {
        let mut new = Command::new(&command[0]);
        new.args(&command[1..]);
        new
    };
    command
        .env(STEP, step)
        .stdin(stdin)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let start = Instant::now();
    let mut child = command.spawn().expect("the program is there");
    let done = child.wait4().expect("a child can be waited for");
    assert!(done.status.success(), "{step} failed");
    Run {
        wall: start.elapsed().as_secs_f64() * 1e3,
        cpu: (done.rusage.utime + done.rusage.stime).as_secs_f64() * 1e3,
        peak: done.rusage.maxrss as f64 / f64::from(1 << 20),
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
