//! What an index costs and what it gives, over libraries of growing size.
//!
//! `cargo bench --bench index` makes libraries of 1,000 and 10,000 versions, and of as many sites of
//! one version, out of the clauses of the samples (`CLAUSES=FOLDER` takes others,
//! `SIZES=1000,10000,100000` other sizes), and reports the making of the index, its size, the memory
//! it took, opening, searching and fuzzy find; then what a key typed into the fuzzy find takes over
//! 130,000 sites. `PER_SITE=30` or `PER_SITE=1` measures one kind alone. `KEPT=FOLDER` keeps libraries
//! and indexes there, and takes those that are there already. `ARCHIVE=REPO.git` measures a git
//! archive as well, beside what `git log --raw` and `git cat-file --batch` take for it in the same
//! run: `RUNS` times in turn (3 unless told), each a process of its own; medians count. What the
//! processes may use is what the benchmark may: `ARCHIVE=REPO.git SIZES= taskset -c 0,1 cargo bench
//! --bench index` measures on two cores. Then a whole `policy-tui search cookie` beside `rg -c cookie`
//! over the same versions as files, where `rg` is installed. The last lines tell how each figure grew:
//! the exponent of a power of the number of versions; 1 is linear.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a program for developers"
)]

#[path = "../examples/grow.rs"]
mod grow;

use crossterm::event::KeyCode;
use policy_tui::classify::Classifier;
use policy_tui::library::index::Cache;
use policy_tui::library::search::{Query, Wanted};
use policy_tui::library::{Batch, Library, Loader, Reader, Request};
use policy_tui::model::{Document, Origin};
use policy_tui::parse::Parser;
use policy_tui::source::Found;
use policy_tui::tui::app::{App, Event, Jobs, Session, Setup};
use policy_tui::tui::fuzzy::Texts;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use rayon::prelude::*;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;
use wait4::Wait4;

/// The one of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const QUERIES: [&str; 5] = [
    "cookies",
    "sell NOT never",
    "\"third parties\" share",
    "topic:retention stance:asserts",
    "data",
];

/// One row of the report.
struct Row {
    versions: usize,
    figures: Vec<(&'static str, f64)>,
}

fn main() {
    let sizes = std::env::var("SIZES").unwrap_or_else(|_| "1000,10000".to_owned());
    let sizes: Vec<usize> = sizes
        .split(',')
        .filter_map(|size| size.parse().ok())
        .collect();
    let clauses = grow::Clauses::of(
        std::env::var_os("CLAUSES")
            .map(PathBuf::from)
            .into_iter()
            .collect(),
    );
    let asked = std::env::var("PER_SITE")
        .ok()
        .and_then(|asked| asked.parse().ok());
    for (what, per_site) in [("versions, 30 a site", 30), ("sites of one version", 1)] {
        if asked.is_some_and(|asked: usize| asked != per_site) {
            continue;
        }
        let mut rows = Vec::new();
        for &size in &sizes {
            let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
            let kept = std::env::var_os("KEPT").map(PathBuf::from);
            let folder = kept.as_deref().unwrap_or(folder.path());
            let library = folder.join(format!("{size}-by-{per_site}"));
            let bytes = if library.exists() {
                0
            } else {
                clauses.grow(size, per_site, &library)
            };
            let cache = folder.join(format!("{size}-by-{per_site}.cache"));
            let mut row = measure(size, &library, &cache);
            row.figures.insert(0, ("text, MB", bytes as f64 / 1e6));
            rows.push(row);
        }
        report(what, &rows);
    }
    type_into_fuzzy_find();
    if let Some(archive) = std::env::var_os("ARCHIVE").map(PathBuf::from) {
        let runs = std::env::var("RUNS").map_or(Ok(3), |runs| runs.parse());
        let runs: usize = runs.expect("RUNS is a number");
        let both = (0..runs.max(1)).map(|_| {
            let cache = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
            (make(&archive, cache.path()), peer(&archive))
        });
        let (own, peers): (Vec<Used>, Vec<Used>) = both.unzip();
        let pairs = || own.iter().zip(&peers);
        let cache = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
        let mut row = measure(0, &archive, cache.path());
        row.figures.extend([
            (
                "git log and cat-file, CPU s",
                median(peers.iter().map(|used| used.cpu)),
            ),
            (
                "git log and cat-file, wall s",
                median(peers.iter().map(|used| used.wall)),
            ),
            (
                "making it, CPU in those",
                median(pairs().map(|(own, peer)| own.cpu / peer.cpu)),
            ),
            (
                "making it, wall in those",
                median(pairs().map(|(own, peer)| own.wall / peer.wall)),
            ),
        ]);
        report("the archive", &[row]);
        against_rg(&archive, cache.path());
    }
}

/// What a process took; seconds and megabytes.
struct Used {
    cpu: f64,
    wall: f64,
    peak: f64,
}

/// Runs a command to its end.
#[allow(clippy::cast_precision_loss, reason = "figures for people")]
fn run(command: &mut Command) -> Used {
    let start = Instant::now();
    let mut child = command.spawn().expect("it runs");
    let used = child.wait4().expect("it ends").rusage;
    Used {
        cpu: (used.utime + used.stime).as_secs_f64(),
        wall: start.elapsed().as_secs_f64(),
        peak: used.maxrss as f64 / 1e6,
    }
}

fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Makes an index from nothing.
fn make(library: &Path, cache: &Path) -> Used {
    let mut command = Command::new(env!("CARGO_BIN_EXE_policy-tui"));
    command.arg("index").arg("--cache").arg(cache);
    run(command.arg(library).stdout(Stdio::null()))
}

/// The longest that a key takes in the fuzzy find over 130,000 sites, from the key to the frame that
/// shows what was found: while a query is typed and while it is deleted letter by letter.
fn type_into_fuzzy_find() {
    let starts = ["news", "shop", "my-bank", "play.games", "café", "privacy"];
    let mixed = |number: usize| format!("{}{:x}", starts[number % starts.len()], number * 7919);
    let alike = |number: usize| format!("p.{:x}-{:x}", number * 7919, number);
    type_into("130,000 sites", mixed);
    type_into("130,000 sites that all begin with p", alike);
}

/// The queries that are typed: of one letter, found in few names, in the title of each (by its letters,
/// with a capital, from a letter within), in none, long, of two words, not ASCII.
const TYPED: [&str; 11] = [
    "s",
    "shop",
    "privacy",
    "Privacy",
    "rivacy",
    "pppp",
    "zzz",
    "shop co",
    "privacy policy",
    "p1f.co.uk privacy policy example",
    "café",
];

fn type_into(what: &str, name: impl Fn(usize) -> String + Sync) {
    let ends = ["com", "example.org", "co.uk", "net"];
    let parser = Parser::new();
    let policy = |number: usize| {
        let file = format!("{}.{}.md", name(number), ends[number % ends.len()]);
        let text = b"# Privacy Policy\n\nWe use cookies.".to_vec();
        let document = Document::new(Origin::File(file.into()), text);
        (parser.parse(document).expect("a policy"), None)
    };
    let mut library = Library::new(Arc::new(Classifier::builtin()));
    library.extend(Batch {
        policies: (0..130_000).into_par_iter().map(policy).collect(),
        ..Batch::default()
    });
    let library = Arc::new(library);
    println!("\nfuzzy find over {what}; ms a key");
    println!("{:<34}{:>12}{:>12}", "the slowest", "typed", "deleted");
    for query in TYPED {
        // Of each key the best of some runs, of all keys the worst.
        let mut runs = (0..RUNS).map(|_| type_and_delete(query, &library));
        let mut best = runs.next().expect("some runs");
        for run in runs {
            for (best, time) in best.iter_mut().zip(run) {
                *best = best.min(time);
            }
        }
        let (typed, deleted) = best.split_at(best.len() / 2);
        let worst = |times: &[f64]| times.iter().copied().fold(0.0, f64::max);
        println!("{query:<34}{:>12.2}{:>12.2}", worst(typed), worst(deleted));
    }
}

/// How long each key of a query takes in a session that begins with it, and each key that deletes a
/// letter of it.
fn type_and_delete(query: &str, library: &Arc<Library>) -> Vec<f64> {
    let size = Size::new(200, 50);
    let session = Session::new(Arc::clone(library), Setup::plain());
    let mut app = App::new(session, Jobs::Inline, size, None);
    let mut buffer = Buffer::empty(Rect::new(0, 0, size.width, size.height));
    let mut press = |key: KeyCode| {
        let start = Instant::now();
        app.handle(Event::Key(key.into()));
        buffer.reset();
        app.draw(&mut buffer);
        start.elapsed().as_secs_f64() * 1e3
    };
    press(KeyCode::Char('/'));
    let delete = query.chars().map(|_| KeyCode::Backspace);
    let keys: Vec<KeyCode> = query.chars().map(KeyCode::Char).chain(delete).collect();
    keys.into_iter().map(press).collect()
}

/// A search as a whole process from a warm index, beside `rg` over the versions as files.
fn against_rg(archive: &Path, cache: &Path) {
    if Command::new("rg")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_err()
    {
        println!("rg is not installed: the search is not measured beside it");
        return;
    }
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let (files, bytes) = lay_out(archive, folder.path());
    let whole = |command: &mut Command| {
        let mut run = || {
            let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
            assert!(status.expect("it runs").success());
        };
        best(&mut run)
    };
    let rg = whole(Command::new("rg").args(["-c", "cookie"]).arg(folder.path()));
    println!("\n{files} versions as files, {:.0} MB", bytes as f64 / 1e6);
    println!("{:<34}{rg:>12.1} ms", "rg -c cookie");
    for option in [&[][..], &["--versions"]] {
        let mut search = Command::new(env!("CARGO_BIN_EXE_policy-tui"));
        search.args(["search", "cookie"]).args(option).arg(archive);
        let ours = whole(search.arg("--cache").arg(cache));
        let name = format!("policy-tui search cookie {}", option.join(" "));
        println!("{name:<34}{ours:>12.1} ms, {:.2} of rg", ours / rg);
    }
}

/// Writes every distinct version of an archive as a file; how many, and how many bytes.
fn lay_out(archive: &Path, folder: &Path) -> (usize, usize) {
    let loader = Loader::new(Arc::new(Classifier::builtin()));
    let mut request = Request::new(vec![archive.to_owned()]);
    request.histories = true;
    let library = loader.load(&request);
    let reader = Reader::default();
    let written = library
        .entries()
        .par_iter()
        .enumerate()
        .map(|(number, entry)| {
            let inside = folder.join(number.to_string());
            std::fs::create_dir(&inside).expect("a folder can be made");
            let versions = entry.history.iter().flat_map(|history| &history.versions);
            let distinct: HashMap<_, _> = versions.map(|one| (one.content, &one.origin)).collect();
            let mut bytes = 0;
            for (at, origin) in distinct.values().enumerate() {
                let Ok(document) = reader.fetch(&Found::single((*origin).clone())) else {
                    continue;
                };
                bytes += document.bytes.len();
                std::fs::write(inside.join(format!("{at}.md")), document.bytes)
                    .expect("it is written");
            }
            (distinct.len(), bytes)
        });
    written.reduce(|| (0, 0), |one, other| (one.0 + other.0, one.1 + other.1))
}

#[allow(clippy::cast_precision_loss, reason = "figures for people")]
fn measure(versions: usize, library: &Path, cache: &Path) -> Row {
    let made = make(library, cache);
    let file = std::fs::read_dir(cache)
        .expect("a cache")
        .flatten()
        .find(|file| {
            file.path()
                .extension()
                .is_some_and(|extension| extension == "sqlite")
        });
    let size = file
        .and_then(|file| file.metadata().ok())
        .map_or(0, |data| data.len());
    let mut figures = vec![
        ("making it, CPU s", made.cpu),
        ("making it, wall s", made.wall),
        ("index, MB", size as f64 / 1e6),
        ("peak memory, MB", made.peak),
    ];
    let loader = Loader::new(Arc::new(Classifier::builtin()));
    let loader = loader.with_cache(Cache::new(cache.to_owned()), 0, 1);
    let mut request = Request::new(vec![library.to_owned()]);
    figures.push(("opening, ms", best(|| drop(loader.load(&request)))));
    let opened = loader.load(&request);
    assert!(opened.index().is_some(), "the library opens from its index");
    for query in QUERIES {
        let asked = Query::parse(query).expect("a query");
        let wanted = Wanted {
            limit: 20,
            ..Wanted::default()
        };
        figures.push((query, best(|| drop(opened.search(&asked, &wanted)))));
    }
    request.histories = true;
    let opened = loader.load(&request);
    let wanted = Wanted {
        versions: true,
        limit: 20,
        ..Wanted::default()
    };
    let asked = Query::parse("cookies").expect("a query");
    figures.push((
        "cookies, all versions",
        best(|| drop(opened.search(&asked, &wanted))),
    ));
    figures.push(("fuzzy find, first letter, ms", find(&opened, "s")));
    let told = best(|| first_told(&loader, &request));
    figures.push(("what the index remembers, ms", told));
    Row { versions, figures }
}

/// The fuzzy find alone, over names of which nothing is known yet.
fn find(library: &Library, query: &str) -> f64 {
    let names = || library.entries().iter().map(|entry| entry.name.clone());
    let mut texts: Vec<Texts> = (0..RUNS).map(|_| Texts::new(names().collect())).collect();
    best(|| {
        drop(std::hint::black_box(
            texts.pop().expect("one a run").ranked(query),
        ))
    })
}

/// Until the first rows of the list are there, as the screen gets them.
fn first_told(loader: &Loader, request: &Request) {
    let mut library = loader.library();
    loader.recall(request, &mut |batch| {
        library.extend(batch);
        false
    });
    assert!(
        !library.entries().is_empty(),
        "the index remembers the library"
    );
}

/// How often things are done of which the best time counts.
const RUNS: usize = 5;

/// The best time, in milliseconds.
fn best(mut work: impl FnMut()) -> f64 {
    let time = |()| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64() * 1e3
    };
    std::iter::repeat_n((), RUNS)
        .map(time)
        .fold(f64::INFINITY, f64::min)
}

/// Reads all versions of an archive with git.
fn peer(archive: &Path) -> Used {
    let script = "git -C \"$0\" log --raw --no-abbrev --no-renames --format=%H > log \
                  && grep 'Privacy Policy.md' log | cut -d' ' -f4 | sort -u > blobs \
                  && git -C \"$0\" cat-file --batch < blobs > /dev/null";
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let mut command = Command::new("sh");
    command.args(["-c", script]);
    command.arg(archive.canonicalize().expect("an archive"));
    run(command.current_dir(&folder))
}

#[allow(clippy::cast_precision_loss, reason = "figures for people")]
fn report(what: &str, rows: &[Row]) {
    println!("\n{what}");
    let Some(first) = rows.first() else { return };
    print!("{:<34}", "");
    for row in rows {
        print!("{:>12}", row.versions);
    }
    println!("{:>12}", "growth");
    for (at, (name, _)) in first.figures.iter().enumerate() {
        print!("{name:<34}");
        for row in rows {
            print!("{:>12.2}", row.figures[at].1);
        }
        let last = &rows[rows.len() - 1];
        let more = (last.versions.max(1) as f64 / first.versions.max(1) as f64).ln();
        let grown = (last.figures[at].1 / first.figures[at].1).ln();
        println!("{:>12.2}", if more > 0.0 { grown / more } else { 0.0 });
    }
}
