//! `policy-tui annotate` as a whole process against tools that pass the same lines on, run in turn.
//!
//! ```text
//! cargo bench --bench annotate                       # the sample policies, each copy with other words
//! DOCUMENTS=documents.jsonl cargo bench --bench annotate
//! RUNS=9 JOBS=2 cargo bench --bench annotate
//! ```
//!
//! `DOCUMENTS` holds a document a line, as `annotate` reads them. A rate is the size of the input in
//! MB (10⁶ bytes) by the median of wall clocks; `cpu` is the same by the time that all cores took
//! together, which holds on a machine that is busy too. `a bad line each` shows what the
//! pipeline costs alone: reading, handing out, writing in order.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a program for developers"
)]

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;
use wait4::Wait4;

/// What is measured: a name, and the command without the input.
const OWN: [(&str, &[&str]); 5] = [
    ("annotate", &[]),
    (
        "  title, revised, counts",
        &["--fields", "title,revised,counts"],
    ),
    ("  topics", &["--fields", "topics"]),
    ("  practices", &["--fields", "practices"]),
    ("  all, with clauses", &["--clauses"]),
];

/// The other tools.
const PEERS: [&[&str]; 3] = [&["jq", "-c", "."], &["wc"], &["cat"]];

/// About so many bytes are measured when no documents are named.
const SIZE: usize = 24 << 20;

/// What one run took.
#[derive(Clone, Copy)]
struct Run {
    /// Wall clock; seconds.
    wall: f64,
    /// User and system; seconds.
    cpu: f64,
    /// Peak memory; MiB.
    peak: f64,
}

fn main() {
    let runs = number("RUNS").unwrap_or(5).max(1);
    let jobs = number("JOBS").unwrap_or(2).to_string();
    let folder = std::env::temp_dir().join("policy-tui-annotate");
    std::fs::create_dir_all(&folder).expect("the folder for temporary files can be written");
    let documents = std::env::var_os("DOCUMENTS").map_or_else(|| samples(&folder), PathBuf::from);
    let bad = folder.join("bad.jsonl");
    let size = size(&documents);
    make_bad(&documents, &bad);
    println!("{}: {size} bytes, {jobs} threads\n", documents.display());
    println!(
        "{:<30} {:>9} {:>9} {:>9} {:>9}",
        "", "MB/s", "cpu MB/s", "peak MiB", "wall s"
    );
    let program = env!("CARGO_BIN_EXE_policy-tui");
    for (name, more) in OWN {
        let head = [program, "annotate", "--jobs", &jobs];
        report(name, &[&head[..], more].concat(), &documents, size, runs);
    }
    let own = [program, "annotate", "--jobs", &jobs];
    report("  a bad line each", &own, &bad, size, runs);
    for peer in PEERS {
        if Command::new(peer[0]).arg("--version").output().is_ok() {
            report(&peer.join(" "), peer, &documents, size, runs);
        } else {
            println!("{} is not installed and left out", peer[0]);
        }
    }
}

fn number(name: &str) -> Option<usize> {
    std::env::var(name).ok()?.parse().ok()
}

fn size(path: &Path) -> u64 {
    std::fs::metadata(path)
        .expect("the documents can be read")
        .len()
}

/// The samples over and over, with a word of each copy's own in every sentence.
fn samples(folder: &Path) -> PathBuf {
    println!("DOCUMENTS is not set: copies of the sample library are measured");
    let path = folder.join("samples.jsonl");
    let mut file = File::create(&path).expect("the file can be written");
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/policies");
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(samples)
        .expect("the samples are there")
        .flatten()
    {
        texts.extend(std::fs::read_to_string(entry.path()));
    }
    let all: usize = texts.iter().map(String::len).sum();
    for copy in 0..SIZE / all.max(1) {
        for (number, text) in texts.iter().enumerate() {
            let own = text.replace(". ", &format!(" within {copy} days. "));
            let line = serde_json::json!({"id": format!("{copy}-{number}"), "text": own});
            writeln!(file, "{line}").expect("the file can be written");
        }
    }
    path
}

/// The same lines, none of which is a document: their texts have another key. Line by line, because
/// the peak that a child is told to have had includes that of its parent.
fn make_bad(documents: &Path, bad: &Path) {
    let documents = File::open(documents).expect("the documents can be read");
    let mut file = BufWriter::new(File::create(bad).expect("the file can be written"));
    for line in BufReader::new(documents).lines() {
        let line = line.expect("the documents are UTF-8");
        writeln!(file, "{}", line.replace("\"text\":", "\"rest\":"))
            .expect("the file can be written");
    }
}

fn report(name: &str, command: &[&str], input: &Path, size: u64, runs: usize) {
    run(command, input);
    let all: Vec<Run> = (0..runs).map(|_| run(command, input)).collect();
    let of = |value: fn(&Run) -> f64| median(all.iter().map(value));
    let megabytes = size as f64 / 1e6;
    let (wall, cpu) = (of(|run| run.wall), of(|run| run.cpu));
    println!(
        "{name:<30} {:>9.1} {:>9.1} {:>9.1} {wall:>9.2}",
        megabytes / wall,
        megabytes / cpu,
        of(|run| run.peak),
    );
}

fn run(command: &[&str], input: &Path) -> Run {
    let input = File::open(input).expect("the documents can be read");
    let start = Instant::now();
    let mut child = Command::new(command[0])
        .args(&command[1..])
        .env("POLICY_TUI_CONFIG", "/nonexistent")
        .stdin(input)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the tool can be started");
    let used = child.wait4().expect("a child can be waited for").rusage;
    Run {
        wall: start.elapsed().as_secs_f64(),
        cpu: (used.utime + used.stime).as_secs_f64(),
        peak: used.maxrss as f64 / f64::from(1 << 20),
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
