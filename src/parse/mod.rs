//! Bytes → [`Policy`]: encoding, provenance, blocks, the structure a person sees, clauses.
//!
//! Formats (Markdown, plain text) yield raw blocks through one builder; everything after that is
//! shared. A new format is one more module that drives the builder.

mod builder;
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

use crate::model::{Document, Issue, IssueKind, Origin, Policy, Provenance, Revision};
use std::path::Path;

/// Parses documents. Build one and keep it.
pub struct Parser {
    cutter: clauses::Cutter,
    dates: dates::Finder,
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
            cutter: clauses::Cutter::new(),
            dates: dates::Finder::new(),
        }
    }

    /// Parses one document.
    ///
    /// # Errors
    /// An [`Issue`] when the bytes are empty or not text. Whatever else is odd is told in
    /// [`Policy::issues`].
    pub fn parse(&self, mut document: Document) -> Result<Policy, Issue> {
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
        let plain = is_plain_text(&document.origin, &source);
        let mut raw = if plain {
            plain::parse(&source, head.body)
        } else {
            markdown::parse(&source, head.body)
        };
        if raw.blocks.is_empty() {
            return Err(Issue::new(
                &path,
                IssueKind::Empty,
                "the file holds no visible text",
            ));
        }
        let structure = structure::recover(&mut raw);
        let mut blocks = structure.blocks;
        let clauses = self.cutter.cut(&raw, &mut blocks);
        let revised: Option<Revision> = self.dates.revision(&raw.text, &clauses);
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
