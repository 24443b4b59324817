//! Lays the embedded topics, practice questions, word classes and function words out as tables, so that
//! the program starts without reading them. The reading is the program's own, which reads a user's when
//! it runs.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "the modules are the program's, which uses all of them"
)]

#[path = "src/classify/practices/builder.rs"]
mod builder;
#[path = "src/classify/collect.rs"]
mod collect;
#[path = "src/classify/practices/compile.rs"]
mod compile;
#[path = "src/compare/function_words_file.rs"]
mod function_words_file;
#[path = "src/classify/grammar.rs"]
mod grammar;
#[path = "src/classify/practices/layout.rs"]
mod layout;
#[path = "src/classify/practices/pattern.rs"]
mod pattern;
#[path = "src/classify/phrase.rs"]
mod phrase;
#[path = "src/classify/runs.rs"]
mod runs;
#[path = "src/compare/topics/stems.rs"]
mod stems;
#[path = "src/classify/tables.rs"]
mod tables;
#[path = "src/model/topic.rs"]
mod topic;
#[path = "src/classify/topic_file.rs"]
mod topic_file;
#[path = "src/classify/practices/trials.rs"]
mod trials;
#[path = "src/classify/practices/values.rs"]
mod values;
#[path = "src/classify/weight_file.rs"]
mod weight_file;
#[path = "src/compare/topics/word_classes.rs"]
mod word_classes;
#[path = "src/compare/word_key.rs"]
mod word_key;
#[path = "src/compare/word_table.rs"]
mod word_table;
#[path = "src/classify/words.rs"]
mod words;
#[path = "src/compare/topics/words_file.rs"]
mod words_file;

use collect::Collector;
use compile::EMBEDDED;
use std::fmt::Debug;
use std::io;
use std::path::PathBuf;
use tables::Tables;
use topic::Topic;
use word_key::word_key;
use xxhash_rust::xxh3::Xxh3Default;

/// What makes an index what it is: with any of these changed, an older index is not used.
const MADE_BY: [&str; 10] = [
    "assets/topics",
    "assets/practices",
    "assets/compare",
    "src/classify",
    "src/parse",
    "src/compare",
    "src/library/doubts.rs",
    "src/library/history",
    "src/library/wording.rs",
    "src/model/words.rs",
];

/// What the files in [`MADE_BY`] hash to.
fn data() -> io::Result<u64> {
    let mut waiting: Vec<PathBuf> = MADE_BY.iter().map(PathBuf::from).collect();
    let mut hasher = Xxh3Default::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let mut inside = Vec::new();
            for entry in std::fs::read_dir(&path)? {
                inside.push(entry?.path());
            }
            inside.sort();
            waiting.extend(inside);
        } else {
            hasher.update(path.as_os_str().as_encoded_bytes());
            hasher.update(&std::fs::read(&path)?);
        }
    }
    Ok(hasher.digest())
}

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=assets/topics");
    println!("cargo::rerun-if-changed=assets/practices");
    println!("cargo::rerun-if-changed=src/model/topic.rs");
    println!("cargo::rerun-if-changed=assets/compare/words.toml");
    println!("cargo::rerun-if-changed=src/classify");
    for folder in MADE_BY {
        println!("cargo::rerun-if-changed={folder}");
    }
    println!("cargo::rustc-env=POLICY_TUI_DATA={:016x}", data()?);
    println!("cargo::rerun-if-changed=src/compare/topics");
    println!("cargo::rerun-if-changed=src/compare/function_words_file.rs");
    println!("cargo::rerun-if-changed=src/compare/word_key.rs");
    println!("cargo::rerun-if-changed=src/compare/word_table.rs");
    let folder = PathBuf::from(std::env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    std::fs::write(folder.join("prepared.rs"), topics())?;
    std::fs::write(folder.join("practices.rs"), practices()?)?;
    std::fs::write(folder.join("word_classes.rs"), word_classes()?)?;
    std::fs::write(folder.join("function_words.rs"), function_words())
}

/// The tables of the topics as Rust.
fn topics() -> String {
    let collector = Collector::embedded();
    let tables = collector.builder.finish();
    let entry = |(topic, points, role)| format!("({topic}, {points:?}, Role::{role:?})");
    let entries: Vec<String> = collector.entries.into_iter().map(entry).collect();
    [
        item(
            "ENTRIES",
            "&[(u8, f32, Role)]",
            format!("&[{}]", entries.join(", ")),
        ),
        item(
            "THRESHOLDS",
            "[f32; 16]",
            format!("{:?}", collector.thresholds),
        ),
        phrases(&tables),
        list("WEIGHTS", "Row", &collector.weights),
    ]
    .concat()
}

/// The tables that phrases are found by.
fn phrases(tables: &Tables) -> String {
    [
        list("WORDS", "Slot", &tables.words),
        list("LETTERS", "u8", &tables.letters),
        list("STEMS", "Stem", &tables.stems),
        list("GROUPS", "u32", &tables.groups),
        list("PARENTS", "u32", &tables.parents),
        list("NODES", "Node", &tables.nodes),
        list("ENDS", "u32", &tables.ends),
        list("EDGES", "Edge", &tables.edges),
        list("FIRST", "u32", &tables.first),
        list("SINGLE", "u16", &tables.single),
        list("PAIRS", "WordPair", &tables.pairs),
    ]
    .concat()
}

/// The practice questions as Rust.
fn practices() -> io::Result<String> {
    let (names, contents): (Vec<&str>, Vec<&str>) = EMBEDDED.iter().copied().unzip();
    let mut mistakes = Vec::new();
    let (words, layout) = compile::compile(&[], &contents, &mut |wrong| {
        let before = contents[wrong.file].get(..wrong.at).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        let name = names[wrong.file];
        mistakes.push(format!(
            "assets/practices/{name}.toml:{line}: {}",
            wrong.message
        ));
    });
    if !mistakes.is_empty() {
        return Err(io::Error::other(mistakes.join("\n")));
    }
    let written = [
        phrases(&words),
        item("TEXTS", "&str", format!("{:?}", layout.texts)),
        list("ASKED", "Asked", &layout.asked),
        list("CONFLICTS", "Conflict", &layout.conflicts),
        list("RULES", "Rule", &layout.rules),
        list("PATTERNS", "Pattern", &layout.patterns),
        list("SEQUENCES", "Sequence", &layout.sequences),
        list("ELEMENTS", "Element", &layout.elements),
        list("STRETCHES", "Stretch", &layout.stretches),
        filed("FILED", &layout.filed),
        filed("CLAIMS", &layout.claims),
    ];
    Ok(written.concat())
}

/// Patterns by atom as Rust.
fn filed(name: &str, files: &layout::Files) -> String {
    let layout::Files {
        atoms,
        begins,
        trials,
    } = files;
    let value = format!("Filed {{ atoms: &{atoms:?}, begins: &{begins:?}, trials: &{trials:?} }}");
    format!("pub(super) const {name}: Filed<'static> = {value};\n")
}

/// The tables of the word classes as Rust.
fn word_classes() -> io::Result<String> {
    let file = words_file::read().map_err(io::Error::other)?;
    let tables = file.tables();
    let written = [
        list("FIRST", "First", &tables.first),
        list("PHRASES", "Phrase", &tables.phrases),
        list("STEMS", "u64", &tables.stems),
        list("REVERSES", "(u64, u64)", &tables.reverses),
        list("KINDS", "Slot<OneKind>", &tables.kinds),
        list("RECIPIENTS", "Slot<()>", &tables.recipients),
    ];
    Ok(written.concat())
}

/// The function words as Rust.
fn function_words() -> String {
    let words = function_words_file::words();
    let english = words
        .iter()
        .filter(|(_, languages)| languages & function_words_file::ENGLISH != 0);
    let english: Vec<(u64, ())> = english.map(|&(key, _)| (key, ())).collect();
    let written = [
        list("WORDS", "Slot<u64>", &words_file::laid_out(&words)),
        list("ENGLISH_WORDS", "Slot<()>", &words_file::laid_out(&english)),
    ];
    written.concat()
}

fn list(name: &str, of: &str, values: &[impl Debug]) -> String {
    item(name, &format!("&[{of}]"), format!("&{values:?}"))
}

fn item(name: &str, of: &str, value: String) -> String {
    format!("pub(super) static {name}: {of} = {value};\n")
}
