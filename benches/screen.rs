//! From key to frame on a long policy, over the real update and render functions; and from bytes to

//! a parsed and labelled policy.
//!
//! `cargo bench --bench screen` uses a generated policy of 770 KB. With
//! `POLICY=path/to/policy.md cargo bench --bench screen` any file can be measured, with
//! `POLICIES=path/to/folder` the matrix of any folder.

#![allow(clippy::panic, clippy::print_stdout, missing_docs)]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use crossterm::event::{KeyCode, KeyEvent};
use policy_tui::classify::Classifier;
use policy_tui::library::{Batch, Library, Loader, PolicyId, Request};
use policy_tui::model::{Document, Origin, Policy};
use policy_tui::parse::Parser;
use policy_tui::tui::app::{App, Event, Jobs, Session, Setup};
use policy_tui::tui::effect::Screen;
use policy_tui::tui::keymap::parse_keys;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use std::hint::black_box;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

/// The one of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZE: Size = Size {
    width: 200,
    height: 50,
};

/// The policy to measure: the file named by `POLICY`, else the samples over and over.
fn document() -> Document {
    let bytes = match std::env::var_os("POLICY") {
        Some(path) => std::fs::read(&path)
            .unwrap_or_else(|e| panic!("{}: {e}", PathBuf::from(path).display())),
        None => {
            let samples = [
                include_str!("../assets/policies/soundspectrum.com.md"),
                include_str!("../assets/policies/mp3rocket.me.md"),
                include_str!("../assets/policies/rocketv.org.md"),
            ];
            samples
                .iter()
                .cycle()
                .flat_map(|text| text.bytes())
                .take(770_000)
                .collect()
        }
    };
    Document::new(Origin::File("bench.md".into()), bytes)
}

fn app(screen: Option<Screen>) -> App {
    let parser = Parser::new();
    let classifier = Arc::new(Classifier::builtin());
    let mut library = Library::new(Arc::clone(&classifier));
    let policy = || {
        parser
            .parse(document())
            .unwrap_or_else(|issue| panic!("{}", issue.message))
    };
    let labelled = || {
        let policy = policy();
        let labels = classifier.classify(&policy);
        (policy, Some(labels))
    };
    library.extend(Batch {
        policies: vec![labelled(), labelled()],
        ..Batch::default()
    });
    let session = Session::new(Arc::new(library), Setup::plain());
    App::new(session, Jobs::Inline, SIZE, screen)
}

fn keys(text: &str) -> Vec<KeyEvent> {
    parse_keys(text).unwrap_or_else(|error| panic!("{error}"))
}

/// One key in, one frame out.
fn press(app: &mut App, key: KeyEvent, buffer: &mut Buffer) {
    app.handle(Event::Key(key));
    buffer.reset();
    app.draw(buffer);
}

fn screen(c: &mut Criterion) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.width, SIZE.height));
    let reader = Screen::Reader {
        policy: PolicyId(0),
        at: None,
        topic: None,
    };
    let mut group = c.benchmark_group("key to frame");
    for (name, key) in [
        ("down", "j"),
        ("page down", "<pagedown>"),
        ("next section", "]]"),
        ("end", "G"),
    ] {
        let mut app = app(Some(reader.clone()));
        let keys = keys(key);
        group.bench_function(format!("reader, {name}"), |b| {
            b.iter(|| {
                keys.iter()
                    .for_each(|key| press(&mut app, *key, &mut buffer))
            });
        });
    }
    let pair = policy_tui::model::Pair::new(PolicyId(0), PolicyId(1));
    let mut compare = app(Some(Screen::Compare { pair, at: None }));
    let down = KeyEvent::from(KeyCode::Char('j'));
    group.bench_function("compare, down", |b| {
        b.iter(|| press(&mut compare, down, &mut buffer))
    });
    group.finish();
    percentile("the reader", &mut app(Some(reader)), READING);
    percentile("the matrix", &mut matrix(), MATRIX);
}

/// A session of reading: every kind of key in turn.
const READING: &str =
    "jjjj<pagedown><pagedown>]]]]G<pageup>gjjj/data<enter>nnnNc]t]t]tT<tab>jj<enter><tab>ee";

/// A session with the matrix: moving, ordering, turning, choosing, a base.
const MATRIX: &str = "jjjlllLLLGg$0<pagedown><tab>jj<tab>xjjj<pagedown>lllxs]t]tTb]c]cS/5<enter>cs";

/// The matrix of the policies in the folder that `POLICIES` names, else of 312 made from the samples: each
/// leaves out other paragraphs.
fn matrix() -> App {
    let classifier = Arc::new(Classifier::builtin());
    let library = match std::env::var_os("POLICIES") {
        Some(folder) => Loader::new(classifier).load(&Request::new(vec![folder.into()])),
        None => {
            let parser = Parser::new();
            let mut library = Library::new(classifier);
            for number in 0..312 {
                library.add(partial(number, &parser));
            }
            library
        }
    };
    let session = Session::new(Arc::new(library), Setup::plain());
    App::new(
        session,
        Jobs::Inline,
        SIZE,
        Some(Screen::Matrix { base: None }),
    )
}

fn partial(number: usize, parser: &Parser) -> Policy {
    let sample = include_str!("../assets/policies/soundspectrum.com.md");
    let kept = |(place, _): &(usize, &str)| place % 7 != number % 7 && place % 5 != number % 5;
    let text: Vec<&str> = sample
        .split("\n\n")
        .enumerate()
        .filter(kept)
        .map(|(_, p)| p)
        .collect();
    let document = Document::new(
        Origin::File(format!("site-{number}.example.md").into()),
        text.join("\n\n").into_bytes(),
    );
    parser
        .parse(document)
        .unwrap_or_else(|issue| panic!("{}", issue.message))
}

/// The 99th percentile of a session, many times over.
fn percentile(place: &str, app: &mut App, session: &str) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.width, SIZE.height));
    let session = keys(session);
    let mut times: Vec<u128> = Vec::new();
    for _ in 0..20 {
        for key in &session {
            let start = Instant::now();
            press(app, *key, &mut buffer);
            times.push(start.elapsed().as_micros());
        }
    }
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    println!(
        "key to frame over {} keys in {place}: median {} µs, 99th percentile {} µs, worst {} µs",
        times.len(),
        at(50),
        at(99),
        at(100)
    );
}

fn pipeline(c: &mut Criterion) {
    let parser = Parser::new();
    let classifier = Classifier::builtin();
    let bytes = document().bytes.len() as u64;
    let mut group = c.benchmark_group("pipeline");
    group.throughput(Throughput::Bytes(bytes)).sample_size(20);
    group.bench_function("parse", |b| {
        b.iter(|| black_box(parser.parse(document()).is_ok()))
    });
    if let Ok(policy) = parser.parse(document()) {
        group.bench_function("classify", |b| {
            b.iter(|| black_box(classifier.classify(&policy)))
        });
    }
    group.bench_function("load the topics", |b| {
        b.iter(|| black_box(Classifier::builtin().classify_segment("We use cookies.")));
    });
    group.finish();
}

criterion_group!(benches, screen, pipeline);
criterion_main!(benches);
