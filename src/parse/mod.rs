//! Bytes → [`Policy`]: encoding, provenance, blocks, the structure a person sees, clauses.
//!
//! Formats (Markdown, HTML, plain text) yield raw blocks through one builder; everything after that is
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
mod page;
mod plain;
mod provenance;
mod structure;
mod torn_links;

pub use chunk::{ChunkMemo, Composer, Composition, Excerpt};

use crate::model::{Document, Issue, IssueKind, Origin, Pair, Policy, Provenance};
use chunk::Memory;
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
        let end_first = false;
        self.read(document, Some(Memory { memo, end_first }))
    }

    /// Reads the versions of one document as what they are composed of, for whoever asks what they
    /// say clause by clause and not where it stands.
    pub fn composer<'a>(&'a self, memo: &'a ChunkMemo) -> Composer<'a> {
        Composer::new(&self.reader, memo)
    }

    /// Parses two versions of one document, at the same time if they are long. What stands in both is
    /// read once: one is read from its start, the other from its end, until they meet.
    ///
    /// # Errors
    /// Those of [`parse`](Self::parse), for each.
    pub fn parse_versions(&self, documents: Pair<Document>) -> Pair<Result<Policy, Issue>> {
        let memo = &ChunkMemo::new(usize::MAX);
        let size = documents.left.bytes.len() + documents.right.bytes.len();
        let Pair { left, right } = documents;
        Pair::new((left, false), (right, true)).map_text(size, |(document, end_first)| {
            self.read(document, Some(Memory { memo, end_first }))
        })
    }

    fn read(&self, mut document: Document, memory: Option<Memory<'_>>) -> Result<Policy, Issue> {
        let path = document.origin.path();
        let bytes = document.bytes.len() as u64;
        let decoded = encoding::decode(std::mem::take(&mut document.bytes))
            .map_err(|refused| Issue::new(&path, refused.kind, refused.message))?;
        let source = decoded.text;
        let Read {
            chunk: parsed,
            head,
            notes,
        } = self
            .read_format(&document.origin, &source, memory)
            .map_err(|why| Issue::new(&path, IssueKind::Empty, why))?;
        let provenance = Provenance {
            bytes,
            ..provenance::provenance(&document, &head, decoded.encoding)
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
        let revised = dates::revision(&parsed, &blocks, &clauses);
        let raw = parsed.raw;
        let title = structure
            .title
            .map(|at| structure::title_text(blocks[at].text.of(&raw.text)))
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
        let notes = notes.into_iter();
        policy
            .issues
            .extend(notes.map(|(kind, message)| Issue::new(&path, kind, message)));
        policy.text = raw.text;
        policy.runs = raw.runs;
        policy.links = raw.links;
        Ok(policy)
    }
}

/// What a format makes of a document.
struct Read {
    chunk: chunk::Chunk,
    head: provenance::Head,
    /// What is to be told of it.
    notes: Vec<(IssueKind, String)>,
}

impl Parser {
    /// Reads a document in its format, or says why there is nothing to read.
    fn read_format(
        &self,
        origin: &Origin,
        source: &str,
        memory: Option<Memory<'_>>,
    ) -> Result<Read, &'static str> {
        let format = format_of(origin, source);
        if format == Format::Html {
            let page = page::parse(source).map_err(|page::NoText(why)| why)?;
            return Ok(Read {
                chunk: self.reader.read(page.raw),
                head: page.head,
                notes: page.notes,
            });
        }
        let head = provenance::read_head(source);
        let chunk = match format {
            Format::Plain => self.reader.read(plain::parse(source, head.body)),
            _ => self.reader.markdown(source, head.body, memory),
        };
        Ok(Read {
            chunk,
            head,
            notes: Vec::new(),
        })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Markdown,
    Plain,
    Html,
}

/// The format by the file's name; without a telling name, a page by how it starts, else Markdown,
/// which plain prose also is.
fn format_of(origin: &Origin, source: &str) -> Format {
    let path = match origin {
        Origin::File(path) => path.as_path(),
        Origin::Sample(name) => Path::new(name),
        Origin::Git(place) => Path::new(&*place.path),
        Origin::Stdin => Path::new(""),
    };
    let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
    match extension.to_str().unwrap_or_default() {
        "html" | "htm" | "xhtml" => Format::Html,
        // Text files that are Markdown in all but name exist: heading marks give them away.
        "txt" | "text" => {
            let marks = |line: &str| line.starts_with("# ") || line.starts_with("## ");
            if page::looks_like_html(source) {
                Format::Html
            } else if source.lines().any(marks) {
                Format::Markdown
            } else {
                Format::Plain
            }
        }
        "md" | "markdown" | "mdown" | "mkd" => Format::Markdown,
        _ if page::looks_like_html(source) => Format::Html,
        _ => Format::Markdown,
    }
}
