//! How fast documents are parsed, with and without a memory of the chunks that were seen before.
//!
//! `POLICIES=path cargo bench --bench parse` reads every file below a folder, or every version of
//! every privacy policy in a git archive; with no path, the samples, as if each had twenty versions
//! with a paragraph changed. Reading the same bytes (`cat`, `git cat-file`) is the measure.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a program for developers"
)]

use policy_tui::model::{Document, Origin};
use policy_tui::parse::{ChunkMemo, Parser};
use rayon::prelude::*;
use std::collections::HashSet;
use std::hint::black_box;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;
use wait4::Wait4;

/// The one of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Room for the memory; bytes.
const ROOM: usize = 1 << 30;

fn main() {
    let path = std::env::var_os("POLICIES").map(PathBuf::from);
    let documents = match &path {
        Some(path) if is_archive(path) => versions(path),
        Some(path) => files(path),
        None => samples(),
    };
    let bytes: usize = documents.iter().map(|document| document.bytes.len()).sum();
    let megabytes = bytes as f64 / 1e6;
    println!("{} documents, {megabytes:.1} MB", documents.len());
    println!("{:<44} {:>8} {:>8} {:>8}", "", "CPU s", "wall s", "MB/s");
    let tell = |name: &str, cpu: f64, wall: f64| {
        println!(
            "{name:<44} {cpu:>8.2} {wall:>8.2} {:>8.0}",
            megabytes / wall
        );
    };
    let measure = |name: &str, work: &dyn Fn()| {
        let (cpu, wall) = (cpu_seconds(), Instant::now());
        work();
        tell(name, cpu_seconds() - cpu, wall.elapsed().as_secs_f64());
    };
    measure("copying them", &|| {
        documents.iter().for_each(|document| {
            black_box(document.clone());
        });
    });
    let parser = Parser::new();
    let pool = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        pool.build().expect("threads can be started")
    };
    let (one, two) = (pool(1), pool(2));
    measure("each by itself", &|| {
        one.install(|| {
            parse_all(&documents, &|document| {
                drop(black_box(parser.parse(document)))
            })
        });
    });
    let memo = ChunkMemo::new(ROOM);
    let with = |memo: &ChunkMemo| {
        let parse = |document| drop(black_box(parser.parse_with(document, memo)));
        parse_all(&documents, &parse);
    };
    measure("each distinct chunk once", &|| one.install(|| with(&memo)));
    println!("{:<44} {:>8} chunks", "", memo.chunks_read());
    measure("… all chunks known", &|| one.install(|| with(&memo)));
    measure("each distinct chunk once, two threads", &|| {
        two.install(|| with(&ChunkMemo::new(ROOM)));
    });
}

fn parse_all(documents: &[Document], parse: &(dyn Fn(Document) + Sync)) {
    documents
        .par_iter()
        .for_each(|document| parse(document.clone()));
}

/// CPU time of this process so far; the wall clock where the system does not tell.
fn cpu_seconds() -> f64 {
    /// Clock ticks a second that Linux counts process times in.
    const TICKS: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let ticks: Vec<f64> = fields
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse().ok())
        .collect();
    match ticks[..] {
        [user, system] => (user + system) / TICKS,
        _ => 0.0,
    }
}

fn document(path: PathBuf, bytes: Vec<u8>) -> Document {
    Document::new(Origin::File(path), bytes)
}

fn samples() -> Vec<Document> {
    let mut documents = Vec::new();
    for found in policy_tui::source::samples() {
        let sample = policy_tui::source::Sources::default()
            .read(&found, u64::MAX)
            .expect("a sample can be read");
        let text = String::from_utf8_lossy(&sample.bytes);
        let paragraphs: Vec<&str> = text.split("\n\n").collect();
        for version in 0..20 {
            let mut changed = paragraphs.clone();
            let new = format!("In version {version} we changed this paragraph.");
            let at = version % changed.len();
            changed[at] = &new;
            let bytes = changed.join("\n\n").into_bytes();
            documents.push(document(PathBuf::from(format!("{version}.md")), bytes));
        }
    }
    documents
}

fn files(folder: &Path) -> Vec<Document> {
    let walk = ignore::WalkBuilder::new(folder)
        .standard_filters(false)
        .build();
    let files = walk.flatten().filter(|entry| entry.path().is_file());
    let mut documents: Vec<Document> = files
        .filter_map(|entry| {
            let bytes = std::fs::read(entry.path()).ok()?;
            Some(document(entry.into_path(), bytes))
        })
        .collect();
    documents.sort_by(|a, b| a.origin.cmp(&b.origin));
    let names = documents.iter().map(|it| format!("{}\0", it.origin));
    let mut cat = Command::new("xargs");
    cat.args(["-0", "cat"]);
    report_peer("cat", cat, names.collect::<String>().as_bytes());
    documents
}

fn is_archive(path: &Path) -> bool {
    path.join("objects").is_dir() || path.join(".git").exists()
}

/// Every version of every privacy policy, oldest first, as `git log` and `git cat-file` give them.
fn versions(repository: &Path) -> Vec<Document> {
    let git = |args: &[&str]| {
        let mut git = Command::new("git");
        git.arg("-C").arg(repository).args(args);
        git
    };
    let mut log = git(&["-c", "core.quotePath=off", "log", "--reverse", "--format="]);
    log.args(["--raw", "--no-abbrev", "--no-renames", "HEAD"]);
    let log = log.output().expect("git can be started").stdout;
    let log = String::from_utf8_lossy(&log);
    let mut seen = HashSet::new();
    let versions: Vec<(&str, &str)> = log
        .lines()
        .filter_map(|line| {
            let (about, path) = line.split_once('\t')?;
            Some((path, about.split(' ').nth(3)?))
        })
        .filter(|(path, _)| path.to_lowercase().contains("privacy"))
        .filter(|(_, blob)| blob.bytes().any(|b| b != b'0'))
        .filter(|version| seen.insert(*version))
        .collect();
    let wanted: String = versions
        .iter()
        .map(|(_, blob)| format!("{blob}\n"))
        .collect();
    let batch = ["cat-file", "--batch", "--buffer"];
    report_peer("git cat-file --batch", git(&batch), wanted.as_bytes());
    let blobs = output(git(&batch), wanted.as_bytes());
    let mut blobs = BufReader::new(&blobs[..]);
    let read = versions.iter().filter_map(|(path, _)| {
        let mut about = String::new();
        blobs.read_line(&mut about).ok()?;
        let size = about.trim_end().rsplit(' ').next()?.parse().ok()?;
        let mut bytes = vec![0; size];
        blobs.read_exact(&mut bytes).ok()?;
        blobs.read_exact(&mut [0]).ok()?;
        Some(document(PathBuf::from(path), bytes))
    });
    read.collect()
}

fn output(mut command: Command, input: &[u8]) -> Vec<u8> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("git can be started");
    let mut stdin = child.stdin.take().expect("it was asked for");
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input).expect("git reads"));
        child.wait_with_output().expect("git ends").stdout
    })
}

/// What a program that reads the same bytes takes.
fn report_peer(name: &str, mut command: Command, input: &[u8]) {
    command.stdin(Stdio::piped()).stdout(Stdio::null());
    let start = Instant::now();
    let mut child = command.spawn().expect("the peer can be started");
    let mut stdin = child.stdin.take().expect("it was asked for");
    stdin.write_all(input).expect("the peer reads");
    drop(stdin);
    let used = child.wait4().expect("the peer ends").rusage;
    let cpu = (used.utime + used.stime).as_secs_f64();
    let wall = start.elapsed().as_secs_f64();
    println!("peer: {name}: {cpu:.2} CPU s, {wall:.2} s wall");
}
