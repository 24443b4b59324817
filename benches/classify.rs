//! How fast policies are labelled and answered, and how fast the data files load.
//!
//! `cargo bench --bench classify` repeats the sample policies with a word changed in every
//! sentence, so that no two sentences are the same. With
//! `POLICY=path cargo bench --bench classify` a file, or every file of a folder, is measured.
//!
//! Either way every block is measured once, however often it occurs, on one thread, in MB (10^6
//! bytes) of its text. Peers read the same text in the same run, so that a ratio can be quoted: the
//! words that the Unicode rules find, and an automaton that looks for the same number of plain
//! phrases.

#![allow(clippy::panic, missing_docs)]

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use policy_tui::classify::{Classifier, Parts};
use policy_tui::library::{Loader, Request};
use policy_tui::model::{Document, Origin, Policy};
use policy_tui::parse::Parser;
use std::collections::HashSet;
use std::hint::black_box;
use std::path::PathBuf;
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation;

/// The one of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// About so much text is measured when no file is named, in bytes.
const SIZE: usize = 2 << 20;

fn policies() -> Vec<Policy> {
    if let Some(path) = std::env::var_os("POLICY") {
        let loader = Loader::new(Arc::new(Classifier::builtin()));
        let library = loader.load(&Request::new(vec![PathBuf::from(path)]));
        return library
            .entries()
            .iter()
            .map(|entry| entry.policy().as_ref().clone())
            .collect();
    }
    let samples = [
        include_str!("../assets/policies/soundspectrum.com.md"),
        include_str!("../assets/policies/mp3rocket.me.md"),
        include_str!("../assets/policies/rocketv.org.md"),
        include_str!("../assets/policies/mp3mixx.com.md"),
        include_str!("../assets/policies/detectmobilebrowsers.com.md"),
    ];
    let mut varied = String::new();
    for (round, sample) in samples.iter().cycle().enumerate() {
        for (number, sentence) in sample.split_inclusive(". ").enumerate() {
            varied.push_str(&format!("Case{round}x{number} "));
            varied.push_str(sentence);
        }
        varied.push_str("\n\n");
        if varied.len() > SIZE {
            break;
        }
    }
    let document = Document::new(Origin::File("bench.md".into()), varied.into_bytes());
    match Parser::new().parse(document) {
        Ok(policy) => vec![policy],
        Err(issue) => panic!("{issue:?}"),
    }
}

/// Takes out the blocks that stood in an earlier place; the bytes of those that are left.
fn distinct(policies: &mut [Policy]) -> usize {
    let mut seen = HashSet::new();
    let mut bytes = 0;
    for policy in policies {
        let blocks = std::mem::take(&mut policy.blocks);
        for block in blocks {
            let text = policy.block_text(&block);
            if seen.insert(text.to_owned()) {
                bytes += text.len();
                policy.blocks.push(block);
            }
        }
    }
    bytes
}

/// Plain phrases, about as many as the topics have: pairs of words that stand in the text.
fn phrases(policies: &[Policy]) -> AhoCorasick {
    let words: Vec<&str> = policies
        .iter()
        .flat_map(|policy| policy.text.split_whitespace())
        .take(4000)
        .collect();
    let pairs: HashSet<String> = words.windows(2).map(|pair| pair.join(" ")).collect();
    let automaton = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .match_kind(MatchKind::LeftmostLongest)
        .ascii_case_insensitive(true)
        .build(pairs);
    match automaton {
        Ok(automaton) => automaton,
        Err(error) => panic!("{error}"),
    }
}

fn speed(c: &mut Criterion) {
    let mut policies = policies();
    let bytes = distinct(&mut policies);
    let classifier = Classifier::builtin();
    let mut group = c.benchmark_group("distinct text");
    group.throughput(Throughput::BytesDecimal(bytes as u64));
    group.sample_size(10);
    let mut measure = |name: &str, work: &dyn Fn(&Policy)| {
        group.bench_function(name, |b| b.iter(|| policies.iter().for_each(work)));
    };
    measure("topics and stance", &|policy| {
        black_box(classifier.classify(policy));
    });
    measure("practices", &|policy| {
        black_box(classifier.answer(policy));
    });
    let both = Parts {
        labels: true,
        answers: true,
        ..Parts::default()
    };
    measure("topics, stance and practices", &|policy| {
        black_box(classifier.tell(policy, both));
    });
    let evidence = true;
    let shown = Parts { evidence, ..both };
    measure("the same, with the words of topics", &|policy| {
        black_box(classifier.tell(policy, shown));
    });
    let blocks = |policy: &Policy, read: &dyn Fn(&str) -> usize| {
        for block in &policy.blocks {
            black_box(read(policy.block_text(block)));
        }
    };
    measure("peer: unicode words", &|policy| {
        blocks(policy, &|text| text.unicode_words().count());
    });
    let phrases = phrases(&policies);
    measure("peer: plain phrases", &|policy| {
        blocks(policy, &|text| phrases.find_iter(text).count());
    });
    group.finish();
}

fn load(c: &mut Criterion) {
    let mut group = c.benchmark_group("load");
    group.bench_function("topics", |b| {
        b.iter(|| black_box(Classifier::builtin().classify_segment("")));
    });
    group.bench_function("practices", |b| {
        b.iter(|| black_box(Classifier::builtin().questions().len()));
    });
    group.finish();
}

criterion_group!(benches, speed, load);
criterion_main!(benches);
