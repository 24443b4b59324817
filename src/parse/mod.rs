//! Bytes → [`Policy`]: encoding, provenance, blocks, the structure a person sees, clauses.
//!
//! Formats (Markdown, plain text) yield raw blocks through one builder; everything after that is
//! shared. A new format is one more module that drives the builder.

mod builder;
mod chunk;
mod clauses;
mod dates;
mod emphasis;
mod encoding;
mod headings;
mod html;
mod issues;
mod joiner;
mod lead_ins;
mod markdown;
mod plain;
mod provenance;
mod structure;

pub use chunk::ChunkMemo;

use crate::model::{Document, Issue, IssueKind, Origin, Policy, Provenance};
use std::path::Path;

/// Parses documents. Build one and keep it.
pub struct Parser {
    reader: chunk::Reader,
}

impl std::fmt::Debug for Parser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parser").finish_non_exhaustive()
    }
}

impl Default for Parser {
    fn default() -> Self {
        Self::new()
    }
}

impl Parser {
    /// A parser.
    pub fn new() -> Self {
        Self {
            reader: chunk::Reader::new(),
        }
    }

    /// Parses one document.
    ///
    /// # Errors
    /// An [`Issue`] when the bytes are empty or not text. Whatever else is odd is told in
    /// [`Policy::issues`].
    pub fn parse(&self, document: Document) -> Result<Policy, Issue> {
        self.read(document, None)
    }

    /// Parses one document of many. The policy is the one that [`parse`](Self::parse) gives; what
    /// other documents hold too, such as most of an earlier version, is looked up instead of read.
    ///
    /// # Errors
    /// Those of [`parse`](Self::parse).
    pub fn parse_with(&self, document: Document, memo: &ChunkMemo) -> Result<Policy, Issue> {
        self.read(document, Some(memo))
    }

    fn read(&self, mut document: Document, memo: Option<&ChunkMemo>) -> Result<Policy, Issue> {
        let path = document.origin.path();
        let bytes = document.bytes.len() as u64;
        let decoded = encoding::decode(std::mem::take(&mut document.bytes))
            .map_err(|refused| Issue::new(&path, refused.kind, refused.message))?;
        let source = decoded.text;
        let head = provenance::read_head(&source);
        let provenance = Provenance {
            bytes,
            ..provenance::provenance(&document, &head, decoded.encoding)
        };
        let parsed = if is_plain_text(&document.origin, &source) {
            self.reader.read(plain::parse(&source, head.body))
        } else {
            self.reader.markdown(&source, head.body, memo)
        };
        if parsed.raw.blocks.is_empty() {
            return Err(Issue::new(
                &path,
                IssueKind::Empty,
                "the file holds no visible text",
            ));
        }
        let structure = structure::recover(&parsed);
        let mut blocks = structure.blocks;
        let clauses = clauses::of(&parsed, &mut blocks);
        let revised = self.reader.dates.revision(&parsed, &blocks, &clauses);
        let raw = parsed.raw;
        let title = structure
            .title
            .map(|at| blocks[at].text.of(&raw.text).replace(['\n', '\t'], " "))
            .or_else(|| head.title.clone())
            .or_else(|| provenance::title_of_name(&document.origin))
            .unwrap_or_else(|| provenance.site.clone());
        let mut policy = Policy {
            provenance,
            title,
            revised,
            source,
            text: String::new(),
            blocks,
            sections: structure.sections,
            clauses,
            runs: Vec::new(),
            links: Vec::new(),
            issues: Vec::new(),
        };
        policy.issues = issues::of(&policy, &raw, &path, decoded.damaged, head.problem);
        policy.text = raw.text;
        policy.runs = raw.runs;
        policy.links = raw.links;
        Ok(policy)
    }
}

/// Plain text by its name; a file without a telling name is Markdown, which plain prose also is.
fn is_plain_text(origin: &Origin, source: &str) -> bool {
    let extension = match origin {
        Origin::File(path) => path.extension(),
        Origin::Sample(name) => Path::new(name).extension(),
        Origin::Git(place) => Path::new(&place.path).extension(),
        Origin::Stdin => None,
    };
    let text =
        extension.is_some_and(|e| e.eq_ignore_ascii_case("txt") || e.eq_ignore_ascii_case("text"));
    // Text files that are Markdown in all but name exist: heading marks give them away.
    text && !source
        .lines()
        .any(|line| line.starts_with("# ") || line.starts_with("## "))
}
