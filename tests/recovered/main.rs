//! What was done to a policy is what the comparison says was done.
//!
//! Real policies are edited at known places of their Markdown source (`author.rs`): their
//! paragraphs, items and sentences are moved, removed, added, reworded, renumbered, restyled, moved and edited. Both
//! texts go through the whole pipeline, and what it says of each clause is held against what was
//! done to it (`certain.rs`, `score.rs`): how much of what it calls moved did move (precision), how much of what
//! moved it calls so (recall), and likewise for every class.
//!
//! `cargo test --test recovered -- --nocapture` prints the table and the worst case.
//! `RECOVERED_DOCUMENTS` and `RECOVERED_SEEDS` make the run larger: how many policies of the
//! large archive take part, and how often each document is edited.
//!
//! The rules of matching were written against half of the documents (`development`); the other half
//! (`held out`) is reported apart and must do as well.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr
)]

#[path = "../archive/mod.rs"]
mod archive;
mod author;
mod certain;
mod documents;
mod edits;
mod figures;
mod look;
mod pieces;
mod score;
mod trial;

use score::{Done, Table};

/// What must be reached for each class, in precision and in recall.
const REQUIRED: &[(Done, f64)] = &[
    (Done::Moved, 0.97),
    (Done::Removed, 0.97),
    (Done::Added, 0.97),
    (Done::Numbers, 0.97),
    (Done::Formatting, 0.97),
    (Done::MovedAndEdited, 0.93),
];

/// Documents of less than this, in bytes, are edited several times.
const SMALL: usize = 60_000;
/// Classes with fewer clauses than this in a half are judged over both halves only.
const FEW: u32 = 100;

#[test]
fn edits_are_recovered() {
    let documents = documents::all(archive::size("RECOVERED_DOCUMENTS", 0));
    let seeds = archive::size("RECOVERED_SEEDS", 1);
    let mut tables = [Table::default(), Table::default()];
    let mut all = Table::default();
    for document in &documents {
        let table = &mut tables[usize::from(document.is_held_out())];
        // Small documents go round more often, so that they count beside the large ones.
        let rounds = seeds * (SMALL / document.policy.source.len()).max(1);
        for seed in 0..rounds as u64 {
            if let Some(trial) = trial::trial(document, &documents, seed) {
                score::add(table, document, &trial);
                score::add(&mut all, document, &trial);
            }
        }
    }
    for (name, table) in ["development", "held out"].into_iter().zip(&tables) {
        println!("\n{name}\n{table}");
        check(name, table, FEW);
    }
    println!("\nall {} documents\n{all}", documents.len());
    check("all", &all, 0);
}

/// Holds a table against what is required of classes with at least so many clauses.
fn check(name: &str, table: &Table, few: u32) {
    for &(done, least) in REQUIRED {
        let (precision, recall) = table.figures(done);
        assert!(
            table.clauses(done) < few || (precision >= least && recall >= least),
            "{name}: {} must reach {least}, has precision {precision:.3} and recall {recall:.3}",
            done.name(),
        );
    }
}
