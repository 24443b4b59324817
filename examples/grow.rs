//! Makes libraries of any size out of real clauses, the same on every machine.
//!
//! `cargo run --release --example grow -- VERSIONS FOLDER [PER_SITE] [CLAUSES] [SECTIONS]` writes a
//! folder of dated files (`Service 000001/Privacy Policy/2015-01-07T00-00-00Z.md`), PER_SITE versions
//! a site (default 30), of SECTIONS sections each (default 8, which is 8 KB). Each version changes a
//! few sentences of the one before, as real ones do. The sentences are those of the policies under
//! CLAUSES, else of the embedded samples.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a program for developers"
)]

use policy_tui::classify::Classifier;
use policy_tui::library::{Loader, Request};
use policy_tui::model::ClauseKind;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Sections of a policy, unless others are asked for.
const SECTIONS: usize = 8;

/// Sentences of a section.
const SENTENCES: usize = 6;

/// One sentence in so many is this site's own: it stands in no other policy.
const OWN: usize = 4;

/// Sentences that change from one version to the next.
const CHANGES: usize = 3;

#[allow(dead_code, reason = "benches take the rest of this file")]
fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next();
    let (Some(versions), Some(folder)) = (next().and_then(|n| n.parse().ok()), next()) else {
        println!("grow VERSIONS FOLDER [PER_SITE] [CLAUSES] [SECTIONS]");
        return;
    };
    let per_site = next().and_then(|n| n.parse().ok()).unwrap_or(30);
    let mut clauses = Clauses::of(next().map(PathBuf::from).into_iter().collect());
    if let Some(sections) = next().and_then(|n| n.parse().ok()) {
        clauses.sections = sections;
    }
    let bytes = clauses.grow(versions, per_site, Path::new(&folder));
    println!("{versions} versions, {bytes} bytes in {folder}");
}

/// What policies are made of.
pub(crate) struct Clauses {
    sentences: Vec<String>,
    headings: Vec<String>,
    /// Sections of a policy.
    pub(crate) sections: usize,
}

impl Clauses {
    /// The clauses of the policies under some paths; of the samples without any.
    pub(crate) fn of(paths: Vec<PathBuf>) -> Self {
        let loader = Loader::new(Arc::new(Classifier::builtin()));
        let library = loader.load(&Request::new(paths));
        let (mut sentences, mut headings) = (Vec::new(), Vec::new());
        for entry in library.entries() {
            let policy = entry.policy();
            for clause in &policy.clauses {
                let text = clause
                    .text
                    .of(&policy.text)
                    .replace(['\n', '\t', '*', '_', '#'], " ");
                match clause.kind {
                    ClauseKind::Heading => headings.push(text),
                    ClauseKind::Sentence if text.len() > 30 => sentences.push(text),
                    _ => {}
                }
            }
        }
        Self {
            sentences,
            headings,
            sections: SECTIONS,
        }
    }

    /// Writes so many versions below a folder; how many bytes they have.
    pub(crate) fn grow(&self, versions: usize, per_site: usize, folder: &Path) -> u64 {
        let mut bytes = 0;
        for site in 0..versions.div_ceil(per_site) {
            let mut random = fastrand::Rng::with_seed(site as u64);
            let count = per_site.min(versions - site * per_site);
            let inside = folder.join(format!("Service {site:06}/Privacy Policy"));
            std::fs::create_dir_all(&inside).expect("a folder can be made");
            let mut text = self.first(site, &mut random);
            for number in 0..count {
                let (year, month) = (2015 + number / 12 % 85, 1 + number % 12);
                let name = format!("{year}-{month:02}-07T00-00-{:02}Z.md", number / 1020 % 60);
                let whole = spelled(&text);
                std::fs::write(inside.join(name), &whole).expect("a version can be written");
                bytes += whole.len() as u64;
                self.change(site, &mut text, &mut random);
            }
        }
        bytes
    }

    fn first(&self, site: usize, random: &mut fastrand::Rng) -> Vec<(String, Vec<String>)> {
        (0..self.sections)
            .map(|_| {
                let heading = self.headings[random.usize(..self.headings.len())].clone();
                let sentences = (0..SENTENCES)
                    .map(|_| self.sentence(site, random))
                    .collect();
                (heading, sentences)
            })
            .collect()
    }

    fn change(&self, site: usize, text: &mut [(String, Vec<String>)], random: &mut fastrand::Rng) {
        for _ in 0..CHANGES {
            let (_, sentences) = &mut text[random.usize(..self.sections)];
            sentences[random.usize(..SENTENCES)] = self.sentence(site, random);
        }
    }

    fn sentence(&self, site: usize, random: &mut fastrand::Rng) -> String {
        let sentence = &self.sentences[random.usize(..self.sentences.len())];
        if random.usize(..OWN) > 0 {
            return sentence.clone();
        }
        format!("At Service{site} number {}, {sentence}", random.u16(..))
    }
}

fn spelled(text: &[(String, Vec<String>)]) -> String {
    let mut whole = String::from("# Privacy Policy\n");
    for (heading, sentences) in text {
        let _ = write!(whole, "\n## {heading}\n\n");
        for pair in sentences.chunks(2) {
            let _ = write!(whole, "{}\n\n", pair.join(" "));
        }
    }
    whole
}
