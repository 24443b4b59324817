//! How the cost of a comparison grows with the size of the policies.
//!
//! `cargo bench --bench growth` compares generated policies of 0.1, 1 and 10 MB that are alike,
//! unlike, and as awkward as can be. The last column says how the time grew over a tenfold size,
//! as a share of what n log n allows: 1.00 is n log n, 0.86 is linear.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a program for developers"
)]

use policy_tui::classify::Classifier;
use policy_tui::compare::{By, Input, compare};
use policy_tui::model::{Document, Labels, Origin, Pair, Policy};
use policy_tui::parse::Parser;
use std::hint::black_box;
use std::time::Instant;

/// The one of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZES: [usize; 3] = [100_000, 1_000_000, 10_000_000];

/// A text of about so many bytes for each side.
type Make = fn(usize) -> [String; 2];

const CASES: [(&str, Make); 6] = [
    ("alike, one paragraph in 20 edited", alike),
    ("unlike", |size| {
        [
            paragraphs(size, 1).join("\n\n"),
            paragraphs(size, 2).join("\n\n"),
        ]
    }),
    ("one sentence repeated", repeated),
    ("every paragraph moved", moved),
    ("every paragraph moved and edited", moved_and_edited),
    ("no blank lines", unbroken),
];

fn main() {
    println!(
        "{:<36} {:>9} {:>9} {:>9}   growth to n log n",
        "by text, in process; ms", "0.1 MB", "1 MB", "10 MB"
    );
    for (name, make) in CASES {
        report(name, |size| best(&make(size), By::Text));
    }
    println!("\nby topic");
    for (name, make) in &CASES[..3] {
        report(name, |size| best(&make(size), By::Topic));
    }
    println!("\nreading and labelling both sides");
    for (name, make) in &CASES[..3] {
        report(name, |size| time(|| drop(black_box(read(&make(size))))));
    }
}

fn report(name: &str, measure: impl Fn(usize) -> f64) {
    let times = SIZES.map(measure);
    let allowed = |from: usize, to: usize| {
        let cost = |n: usize| n as f64 * (n as f64).ln();
        cost(to) / cost(from)
    };
    let growth = |at: usize| times[at + 1] / times[at] / allowed(SIZES[at], SIZES[at + 1]);
    println!(
        "{name:<36} {:>9.2} {:>9.2} {:>9.1}   {:.2} {:.2}",
        times[0],
        times[1],
        times[2],
        growth(0),
        growth(1)
    );
}

/// Milliseconds of the fastest of a few runs.
fn best(texts: &[String; 2], by: By) -> f64 {
    let sides = read(texts);
    let pair = Pair::new(&sides[0], &sides[1]).map(|(policy, labels)| Input { policy, labels });
    let runs = if texts[0].len() > 5_000_000 { 1 } else { 3 };
    (0..runs)
        .map(|_| time(|| drop(black_box(compare(pair, by)))))
        .fold(f64::INFINITY, f64::min)
}

fn time(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64() * 1e3
}

fn read(texts: &[String; 2]) -> [(Policy, Labels); 2] {
    let (parser, classifier) = (Parser::new(), Classifier::builtin());
    texts.each_ref().map(|text| {
        let document = Document::new(
            Origin::File("generated.md".into()),
            text.clone().into_bytes(),
        );
        let policy = parser.parse(document).expect("generated text is text");
        let labels = classifier.classify(&policy);
        (policy, labels)
    })
}

/// A generator of numbers, the same on every machine (Vigna's SplitMix64, public domain).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % limit as u64).unwrap_or(0)
    }
}

/// Paragraphs of sentences made of the words of the samples, with names of their own, so that
/// hardly two are equal.
fn paragraphs(size: usize, seed: u64) -> Vec<String> {
    let words: Vec<&str> = concat!(
        include_str!("../assets/policies/soundspectrum.com.md"),
        include_str!("../assets/policies/mp3rocket.me.md"),
        include_str!("../assets/policies/rocketv.org.md")
    )
    .split_whitespace()
    .filter(|word| word.bytes().all(|b| b.is_ascii_lowercase()))
    .collect();
    let mut numbers = Numbers(seed);
    let mut made = Vec::new();
    let mut length = 0;
    while length < size {
        let mut paragraph = String::new();
        for _ in 0..1 + numbers.below(5) {
            paragraph.push_str("We");
            for _ in 0..6 + numbers.below(25) {
                paragraph.push(' ');
                if numbers.below(12) == 0 {
                    paragraph.push_str(&format!("partner{}", numbers.below(size)));
                } else {
                    paragraph.push_str(words[numbers.below(words.len())]);
                }
            }
            paragraph.push_str(". ");
        }
        length += paragraph.len();
        made.push(paragraph);
    }
    made
}

fn edited(paragraph: &str) -> String {
    paragraph
        .replacen(" and ", " or ", 1)
        .replacen(" the ", " every single ", 2)
        + "Never."
}

fn alike(size: usize) -> [String; 2] {
    let left = paragraphs(size, 3);
    let mut right = left.clone();
    right
        .iter_mut()
        .step_by(20)
        .for_each(|paragraph| *paragraph = edited(paragraph));
    [left.join("\n\n"), right.join("\n\n")]
}

/// 10 MB hold the sentence some 180,000 times.
fn repeated(size: usize) -> [String; 2] {
    let sentence = "We may share your data with our partners for marketing. ";
    let times = size / sentence.len();
    [
        sentence.repeat(times),
        sentence.repeat(times + times / 10 + 1),
    ]
}

fn moved(size: usize) -> [String; 2] {
    let left = paragraphs(size, 4);
    let right: Vec<String> = left.iter().rev().cloned().collect();
    [left.join("\n\n"), right.join("\n\n")]
}

fn moved_and_edited(size: usize) -> [String; 2] {
    let left = paragraphs(size, 5);
    let right: Vec<String> = left
        .iter()
        .rev()
        .map(|paragraph| edited(paragraph))
        .collect();
    [left.join("\n\n"), right.join("\n\n")]
}

fn unbroken(size: usize) -> [String; 2] {
    alike(size).map(|text| text.replace("\n\n", " "))
}
