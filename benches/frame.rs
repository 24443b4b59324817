//! Key to frame: what one key costs, from the key to the drawn cells, in the largest policy.
//!
//! `cargo bench --bench frame` reads the file named by `POLICY_TUI_LARGE`; without it, the samples
//! repeated up to the size of the largest real policy known.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use policy_tui::classify::Classifier;
use policy_tui::library::{Loader, PolicyId, Request};
use policy_tui::tui::app::{App, Event, Jobs, Session, Setup};
use policy_tui::tui::effect::Screen;
use policy_tui::tui::keymap::parse_keys;
use policy_tui::tui::text::Layout;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The size of the largest policy of the archive, in bytes.
const LARGE: usize = 770_000;

/// Aim: the 99th percentile of every kind of key.
const AIM: Duration = Duration::from_millis(8);

const SIZES: [(u16, u16); 2] = [(120, 40), (250, 70)];

fn large_file(folder: &std::path::Path) -> PathBuf {
    if let Some(path) = std::env::var_os("POLICY_TUI_LARGE") {
        return path.into();
    }
    let samples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/policies");
    let mut text = String::new();
    while text.len() < LARGE {
        for sample in std::fs::read_dir(&samples).unwrap() {
            let bytes = std::fs::read(sample.unwrap().path()).unwrap();
            text.push_str(&String::from_utf8_lossy(&bytes));
            text.push_str("\n\n");
        }
    }
    let path = folder.join("large.md");
    std::fs::write(&path, text).unwrap();
    path
}

/// How long each key takes, shortest first.
fn times(app: &mut App, keys: &str, size: Size) -> Vec<Duration> {
    let mut buffer = Buffer::empty(Rect::new(0, 0, size.width, size.height));
    let mut times: Vec<Duration> = parse_keys(keys)
        .unwrap()
        .into_iter()
        .map(|key| {
            let start = Instant::now();
            app.handle(Event::Key(key));
            buffer.reset();
            app.draw(&mut buffer);
            start.elapsed()
        })
        .collect();
    times.sort();
    times
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let path = large_file(folder.path());
    let loader = Loader::new(Arc::new(Classifier::builtin()));
    let library = Arc::new(loader.load(&Request::new(vec![path])));
    let policy = Arc::clone(&library.get(PolicyId::new(0)).unwrap().policy);
    println!(
        "policy: {} bytes of source, {} of text, {} clauses",
        policy.source.len(),
        policy.text.len(),
        policy.clauses.len()
    );
    let start = Instant::now();
    let layout = Layout::new(&policy, 84);
    println!(
        "layout: {:?}, {} lines",
        start.elapsed(),
        layout.lines().len()
    );
    let kinds = [
        ("down", "j".repeat(2000)),
        ("page down", "<pagedown>".repeat(300)),
        ("ends", "Gg".repeat(200)),
        ("section", "}".repeat(300)),
        ("search", "/e<backspace>information<enter>".to_owned()),
        ("next hit", "n".repeat(500)),
        ("outline", format!("<tab>{}<enter>", "j".repeat(200))),
        ("next topic", "]t".repeat(40)),
    ];
    for (width, height) in SIZES {
        let size = Size { width, height };
        let session = Session::new(Arc::clone(&library), Setup::plain());
        let screen = Screen::Reader {
            policy: PolicyId::new(0),
            at: None,
            topic: None,
        };
        let mut app = App::new(session, Jobs::Inline, size, Some(screen));
        for (name, keys) in &kinds {
            let times = times(&mut app, keys, size);
            let at = |percent: usize| times[(times.len() - 1) * percent / 100];
            let verdict = if at(99) <= AIM { "" } else { "  over 8 ms" };
            println!(
                "{width}x{height} {name:>10}: median {:?}, 99 % {:?}, most {:?}{verdict}",
                at(50),
                at(99),
                at(100)
            );
        }
    }
}
