//! From starting the program to the first screen that lists policies of an archive, without an index or
//! from one, in a real pseudo-terminal of 120 × 40.
//!
//! ```text
//! ARCHIVE=path/to/contrib-versions.git taskset -c 0,1 cargo bench --bench first_screen
//! RUNS=20 ARCHIVE=… cargo bench --bench first_screen
//! CACHE=FOLDER ARCHIVE=… cargo bench --bench first_screen
//! ```
//!
//! With `CACHE` it opens from the index that `policy-tui index --cache FOLDER` made.
//!
//! CPU time is that of the program until then, over all its threads (Linux only): on a busy machine it
//! says more than the time on the clock.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a program for developers"
)]

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::ffi::OsStr;
use std::io::Read;
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

/// The one of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZE: PtySize = PtySize {
    rows: 40,
    cols: 120,
    pixel_width: 0,
    pixel_height: 0,
};

/// The program is given up after this time.
const PATIENCE: Duration = Duration::from_secs(60);

fn main() {
    let Some(archive) = std::env::var_os("ARCHIVE") else {
        println!("ARCHIVE is not set: there is nothing to measure");
        return;
    };
    let runs = std::env::var("RUNS")
        .ok()
        .and_then(|runs| runs.parse().ok());
    let mut measured: Vec<(Duration, u64)> = (0..runs.unwrap_or(9))
        .map(|_| once(Path::new(&archive)))
        .collect();
    measured.sort();
    let walls: Vec<String> = measured
        .iter()
        .map(|(wall, cpu)| format!("{} ({cpu})", wall.as_millis()))
        .collect();
    println!(
        "ms to the first list (CPU ms until then), sorted: {}",
        walls.join(", ")
    );
}

/// One run: how long it took, and the CPU time in milliseconds.
fn once(archive: &Path) -> (Duration, u64) {
    let pty = native_pty_system().openpty(SIZE).expect("a terminal");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_policy-tui"));
    command.args(["--config", "/nonexistent"]);
    match std::env::var_os("CACHE") {
        Some(folder) => command.args([OsStr::new("--cache"), &folder]),
        None => command.args(["--no-index"]),
    }
    command.arg(archive);
    command.env("TERM", "xterm-256color");
    let mut reader = pty.master.try_clone_reader().expect("it can be read");
    let (sender, bytes) = channel();
    std::thread::spawn(move || {
        let mut buffer = [0; 8192];
        while let Ok(read @ 1..) = reader.read(&mut buffer) {
            if sender.send(buffer[..read].to_vec()).is_err() {
                return;
            }
        }
    });
    let size = |cells| NonZero::new(cells).expect("it has cells");
    let mut screen = vt100::Parser::new(size(SIZE.rows), size(SIZE.cols), 0);
    let start = Instant::now();
    let mut child = pty.slave.spawn_command(command).expect("it starts");
    while !lists(&screen.screen().contents()) {
        let more = bytes
            .recv_timeout(PATIENCE)
            .expect("a list within the time");
        screen.process(&more);
    }
    let wall = start.elapsed();
    let cpu = child.process_id().map_or(0, cpu);
    child.kill().expect("it can be ended");
    child.wait().expect("it ends");
    (wall, cpu)
}

/// Whether a screen lists policies: rows of the list hold dates or numbers of words, and there are as
/// many as fit.
fn lists(screen: &str) -> bool {
    let is_row = |line: &&str| {
        let mut words = line.split_whitespace();
        words.any(|word| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_digit()))
    };
    screen.lines().filter(is_row).count() > usize::from(SIZE.rows) / 2
}

/// CPU milliseconds of a process so far; 0 where the system does not tell.
fn cpu(process: u32) -> u64 {
    let told = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let behind = told.rsplit(')').next().unwrap_or("");
    let ticks = behind.split_whitespace().skip(11).take(2);
    // Linux counts hundredths of a second.
    ticks
        .filter_map(|ticks| ticks.parse::<u64>().ok())
        .sum::<u64>()
        * 10
}
