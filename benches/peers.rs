//! `policy-tui compare` as a whole process against other tools on the same files, run in turn.
//!
//! ```text
//! cargo bench --bench peers                                    # the sample library
//! ARCHIVE=path/to/contrib-versions.git cargo bench --bench peers
//! RUNS=40 cargo bench --bench peers
//! ```
//!
//! `ARCHIVE` is a clone of the Open Terms Archive collection contrib-versions. Tools that are not
//! installed are named and left out. A ratio is the median over pairs of runs that follow each
//! other, so that it holds on a machine that is busy; below 1 policy-tui is faster. Memory is the
//! peak of the process itself.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "a program for developers"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;
use wait4::Wait4;

/// Pairs of the archive: name, then service and day of each side.
const PAIRS: [(&str, [(&str, &str); 2]); 5] = [
    (
        "YouTube, a year",
        [("YouTube", "2024-09-30"), ("YouTube", "2025-09-30")],
    ),
    (
        "Airbnb, a year",
        [("Airbnb", "2021-02-01"), ("Airbnb", "2022-02-11")],
    ),
    (
        "The Guardian, a year",
        [
            ("The Guardian", "2025-07-01"),
            ("The Guardian", "2026-07-01"),
        ],
    ),
    (
        "largest, before and after",
        [("Tagged", "2024-07-31"), ("Tagged", "2024-10-31")],
    ),
    (
        "Google and Verizon",
        [("Google", "2026-07-01"), ("Verizon", "2026-07-01")],
    ),
];

/// The same for the sample library, by file.
const SAMPLES: [(&str, [&str; 2]); 2] = [
    ("two samples", ["mp3rocket.me.md", "soundspectrum.com.md"]),
    (
        "two more samples",
        ["rocketv.org.md", "detectmobilebrowsers.com.md"],
    ),
];

/// The other tools; `LEFT` and `RIGHT` stand for the files.
const PEERS: [&[&str]; 4] = [
    &["git", "diff", "--no-index", "--word-diff", "LEFT", "RIGHT"],
    &["wdiff", "LEFT", "RIGHT"],
    &["dwdiff", "LEFT", "RIGHT"],
    &[
        "delta",
        "--side-by-side",
        "--width",
        "160",
        "--paging",
        "never",
        "LEFT",
        "RIGHT",
    ],
];

/// What one run took.
#[derive(Clone, Copy)]
struct Run {
    /// Wall clock; milliseconds.
    wall: f64,
    /// User and system; milliseconds.
    cpu: f64,
    /// Peak memory; MiB.
    peak: f64,
}

fn main() {
    let runs = number("RUNS").unwrap_or(21).max(1);
    let folder = std::env::temp_dir().join("policy-tui-peers");
    std::fs::create_dir_all(&folder).expect("the folder for temporary files can be written");
    let pairs = match std::env::var_os("ARCHIVE") {
        Some(archive) => from_archive(Path::new(&archive), &folder),
        None => samples(),
    };
    let peers: Vec<&[&str]> = PEERS
        .into_iter()
        .filter(|peer| is_installed(peer[0]))
        .collect();
    for (name, files) in pairs {
        let sizes = files
            .each_ref()
            .map(|file| std::fs::metadata(file).map_or(0, |m| m.len()));
        println!("\n{name}: {} and {} bytes", sizes[0], sizes[1]);
        println!(
            "  {:<44} {:>9} {:>9} {:>9} {:>9}",
            "", "wall ms", "cpu ms", "peak MiB", "ratio"
        );
        let own = [
            env!("CARGO_BIN_EXE_policy-tui"),
            "compare",
            "LEFT",
            "RIGHT",
            "--format",
            "json",
        ];
        for (place, peer) in peers.iter().enumerate() {
            let (ours, theirs) = in_turn(&own, peer, &files, runs);
            if place == 0 {
                println!(
                    "  {:<44} {}",
                    "policy-tui compare --format json",
                    row(&ours)
                );
            }
            let ratios = ours.iter().zip(&theirs).map(|(a, b)| a.wall / b.wall);
            println!(
                "  {:<44} {} {:>9.2}",
                peer[..peer.len() - 2].join(" "),
                row(&theirs),
                median(ratios)
            );
        }
    }
    // What is left behind is in the folder for temporary files, and the next run writes over it.
}

fn number(name: &str) -> Option<usize> {
    std::env::var(name).ok()?.parse().ok()
}

fn is_installed(tool: &str) -> bool {
    let mut version = Command::new(tool);
    version
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let found = version.status().is_ok_and(|status| status.success());
    if !found {
        println!("{tool} is not installed and left out");
    }
    found
}

fn samples() -> Vec<(String, [PathBuf; 2])> {
    println!("ARCHIVE is not set: the sample library is measured");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/policies");
    SAMPLES
        .map(|(name, files)| (name.to_owned(), files.map(|file| folder.join(file))))
        .to_vec()
}

/// Writes the versions in force on the days of [`PAIRS`] to files.
fn from_archive(archive: &Path, folder: &Path) -> Vec<(String, [PathBuf; 2])> {
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .arg("-C")
            .arg(archive)
            .args(arguments)
            .output();
        output.expect("git runs").stdout
    };
    let mut pairs = Vec::new();
    for (number, (name, sides)) in PAIRS.into_iter().enumerate() {
        let mut place = 0;
        let files = sides.map(|(service, day)| {
            let path = format!("{service}/Privacy Policy.md");
            let before = format!("--before={day}");
            let commit = git(&["rev-list", "-1", &before, "HEAD", "--", &path]);
            let commit = String::from_utf8_lossy(&commit).trim().to_owned();
            if commit.is_empty() {
                panic!("{}: no version of {path} before {day}", archive.display());
            }
            place += 1;
            let file = folder.join(format!("{number}-{place}.md"));
            std::fs::write(&file, git(&["show", &format!("{commit}:{path}")]))
                .expect("the file can be written");
            file
        });
        pairs.push((name.to_owned(), files));
    }
    pairs
}

/// Runs two commands in turn, after one run each that does not count.
fn in_turn(own: &[&str], peer: &[&str], files: &[PathBuf; 2], runs: usize) -> (Vec<Run>, Vec<Run>) {
    run(own, files);
    run(peer, files);
    (0..runs)
        .map(|_| (run(own, files), run(peer, files)))
        .unzip()
}

fn run(command: &[&str], files: &[PathBuf; 2]) -> Run {
    let arguments = command[1..].iter().map(|&argument| match argument {
        "LEFT" => files[0].as_os_str(),
        "RIGHT" => files[1].as_os_str(),
        other => other.as_ref(),
    });
    let mut command = Command::new(command[0]);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let start = Instant::now();
    let mut child = command.spawn().expect("the tool was found before");
    let used = child.wait4().expect("a child can be waited for").rusage;
    Run {
        wall: start.elapsed().as_secs_f64() * 1e3,
        cpu: (used.utime + used.stime).as_secs_f64() * 1e3,
        peak: used.maxrss as f64 / f64::from(1 << 20),
    }
}

fn row(runs: &[Run]) -> String {
    let of = |value: fn(&Run) -> f64| median(runs.iter().map(value));
    format!(
        "{:>9.2} {:>9.2} {:>9.1}",
        of(|r| r.wall),
        of(|r| r.cpu),
        of(|r| r.peak)
    )
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
