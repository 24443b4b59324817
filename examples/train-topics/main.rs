//! Learns the weights of `assets/topics/weights.tsv` from an archive of policies: the git archive or
//! folder named first. The result is the same each time. `docs/topics.md` describes the method.
//!
//! ```text
//! cargo run --release --example train-topics -- ARCHIVE [GOLD.tsv [--held-out]]
//! ```
//!
//! With a table of labelled segments it also tells the thresholds that suit them; with `--held-out`
//! it tells how well weights and thresholds do on services that they were not made with.

#![allow(dead_code, reason = "the modules of the program are used in part")]
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a tool for those who work on the program"
)]

mod archive;
mod asset;
mod corpus;
mod gold;
mod learn;
mod logistic;
mod reading;

// The program reads what was learned with these, so it is learned with the same.
#[path = "../../src/classify/collect.rs"]
mod collect;
#[path = "../../src/classify/context.rs"]
mod context;
#[path = "../../src/classify/giving_way.rs"]
mod giving_way;
#[path = "../../src/classify/grammar.rs"]
mod grammar;
#[path = "../../src/classify/learned.rs"]
mod learned;
#[path = "../../src/classify/lexicon.rs"]
mod lexicon;
#[path = "../../src/classify/limits.rs"]
mod limits;
#[path = "../../src/classify/nothing.rs"]
mod nothing;
#[path = "../../src/classify/phrase.rs"]
mod phrase;
#[path = "../../src/classify/phrases.rs"]
mod phrases;
#[path = "../../src/classify/pointers.rs"]
mod pointers;
#[path = "../../src/classify/prepared.rs"]
mod prepared;
#[path = "../../src/classify/reader.rs"]
mod reader;
#[path = "../../src/classify/runs.rs"]
mod runs;
#[path = "../../src/classify/shelf.rs"]
mod shelf;
#[path = "../../src/classify/stamps.rs"]
mod stamps;
#[path = "../../src/classify/stance.rs"]
mod stance;
#[path = "../../src/classify/subject.rs"]
mod subject;
#[path = "../../src/classify/sums.rs"]
mod sums;
#[path = "../../src/classify/tables.rs"]
mod tables;
#[path = "../../src/classify/terms.rs"]
mod terms;
#[path = "../../src/classify/topic_file.rs"]
mod topic_file;
#[path = "../../src/classify/topics.rs"]
mod topics;
#[path = "../../src/classify/user_files.rs"]
mod user_files;
#[path = "../../src/classify/vocabulary.rs"]
mod vocabulary;
#[path = "../../src/classify/weight_file.rs"]
mod weight_file;
#[path = "../../src/classify/words.rs"]
mod words;

use corpus::Corpus;
use learn::Lessons;
use policy_tui::model;
use policy_tui::parse::Parser;
use reading::Reader;
use std::error::Error;
use std::path::{Path, PathBuf};

/// Where the weights go.
const ASSET: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/topics/weights.tsv");

/// Texts that are parsed at the same time.
const BATCH: usize = 256;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let archive = arguments.next().ok_or("which archive?")?;
    let gold = arguments.next().map(|path| gold::read(&path)).transpose()?;
    let held_out = arguments
        .next()
        .is_some_and(|flag| flag == Path::new("--held-out"));
    let corpus = corpus(&archive)?;
    let lessons = Lessons::new(&corpus, &Reader::new(""));
    let weights = lessons.learn(&|_| false);
    let source = match archive::commit(&archive) {
        Some(commit) => format!("contrib-versions at {commit}"),
        None => "from a folder".to_owned(),
    };
    let file = asset::file(
        &weights,
        &source,
        corpus.passages.len(),
        corpus.services.len(),
    );
    std::fs::write(ASSET, file)?;
    if let Some(segments) = gold {
        println!("{}", gold::on_all(&segments, &weights));
        if held_out {
            println!("{}", gold::held_out(&segments, &corpus.services, &lessons));
        }
    }
    Ok(())
}

/// The passages of an archive.
fn corpus(archive: &Path) -> Result<Corpus, Box<dyn Error>> {
    let parser = Parser::new();
    let mut corpus = Corpus::default();
    let mut batch = Vec::new();
    archive::read(archive, |text| {
        batch.push(text);
        if batch.len() == BATCH {
            corpus.extend(&parser, std::mem::take(&mut batch));
        }
    })?;
    corpus.extend(&parser, batch);
    Ok(corpus)
}
