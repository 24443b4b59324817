//! How fast policies are labelled and answered, and how fast the data files load.
//!
//! `cargo bench --bench classify` repeats the sample policies with a word changed in every
//! sentence, so that no two sentences are the same. With
//! `POLICY=path cargo bench --bench classify` a file, or every file of a folder, is measured.

#![allow(clippy::panic, missing_docs)]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use policy_tui::classify::Classifier;
use policy_tui::library::{Loader, Request};
use policy_tui::model::{Document, Origin, Policy};
use policy_tui::parse::Parser;
use std::hint::black_box;
use std::path::PathBuf;
use std::sync::Arc;

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

fn speed(c: &mut Criterion) {
    let policies = policies();
    let bytes: usize = policies.iter().map(|policy| policy.text.len()).sum();
    let classifier = Classifier::builtin();
    let mut group = c.benchmark_group("text");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.sample_size(10);
    group.bench_function("topics and stance", |b| {
        b.iter(|| {
            for policy in &policies {
                black_box(classifier.classify(policy));
            }
        });
    });
    group.bench_function("practices", |b| {
        b.iter(|| {
            for policy in &policies {
                black_box(classifier.answer(policy));
            }
        });
    });
    group.bench_function("topics, stance and practices", |b| {
        b.iter(|| {
            for policy in &policies {
                black_box(classifier.classify(policy));
                black_box(classifier.answer(policy));
            }
        });
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
