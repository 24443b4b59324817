//! The policies that take part: the samples always, real archives where they are.

use crate::archive::{Archive, parse, shared};
use policy_tui::compare::language;
use policy_tui::model::{BlockKind, Policy};
use policy_tui::source::{Sources, samples};

/// A policy and its words as they may be lent to another.
pub(crate) struct Document {
    name: String,
    /// The source as the parser saw it.
    pub(crate) policy: Policy,
    /// Its language by function words.
    pub(crate) language: Option<&'static str>,
    /// Sentences of running text, as a reader sees them.
    pub(crate) sentences: Vec<String>,
}

impl Document {
    fn new(name: &str, text: &str) -> Option<Self> {
        let policy = parse("policy.md", text)?;
        let sentences = policy
            .clauses
            .iter()
            .filter(|clause| policy.blocks[clause.block as usize].kind == BlockKind::Paragraph)
            .map(|clause| clause.text.of(&policy.text).to_owned())
            .filter(|text| is_prose(text))
            .collect();
        Some(Self {
            name: name.to_owned(),
            language: language(&policy),
            sentences,
            policy,
        })
    }

    /// What it is called in the report.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Half of the documents, by their names.
    pub(crate) fn is_held_out(&self) -> bool {
        let sum = self
            .name
            .bytes()
            .fold(7_u32, |sum, b| sum.wrapping_mul(31) ^ u32::from(b));
        (sum >> 3) % 2 == 1
    }
}

/// A whole sentence of plain words: what can be put into any Markdown without becoming markup.
fn is_prose(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (8..60).contains(&words)
        && text.ends_with('.')
        && text.starts_with(char::is_uppercase)
        && !text.contains([
            '*', '_', '<', '>', '[', ']', '|', '`', '\\', '#', '\n', '\t', '&',
        ])
}

/// Texts shorter than this hold too little to edit.
const SHORT: usize = 1_500;
/// The largest texts cost much time and teach little more.
const LONG: usize = 90_000;

/// All documents; `many` of the large archive.
pub(crate) fn all(many: usize) -> Vec<Document> {
    let mut out: Vec<Document> = samples()
        .iter()
        .map(|found| {
            let document = Sources::default().read(found, u64::MAX).unwrap();
            let text = String::from_utf8(document.bytes).unwrap();
            let mut sample = Document::new("sample", &text).unwrap();
            sample.name = format!("sample {}", sample.policy.provenance.site);
            sample
        })
        .collect();
    let mut files: Vec<_> = std::fs::read_dir(shared("gold/dev"))
        .map(|folder| folder.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    files.sort();
    if files.is_empty() {
        eprintln!("SKIPPED: {} is not here", shared("gold/dev").display());
    }
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        out.extend(Document::new(&name, &text));
    }
    for (bundle, count) in [
        ("ota-dating.bundle", usize::MAX),
        ("ota-contrib.bundle", many),
    ] {
        if count == 0 {
            continue;
        }
        let Some(archive) = Archive::open(bundle) else {
            continue;
        };
        let versions = archive.current();
        let step = (versions.len() / count.max(1)).max(1);
        for version in versions.iter().step_by(step) {
            let Some(text) = archive.text(version) else {
                continue;
            };
            if (SHORT..LONG).contains(&text.len()) {
                out.extend(Document::new(&version.path, &text));
            }
        }
    }
    out
}
