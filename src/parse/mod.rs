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
mod markdown;
mod plain;
mod provenance;
mod structure;

use crate::model::{BlockKind, Document, Issue, IssueKind, Origin, Policy, Provenance, Revision};
use builder::Raw;
use std::path::Path;

/// A line longer than this hints at a damaged file; bytes.
const LONG_LINE: usize = 1 << 20;

/// A text with more blocks than this and no heading is reported as having no outline.
const OUTLINE_EXPECTED: usize = 12;

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
        policy.issues = issues(&policy, &raw, &path, decoded.damaged, head.problem);
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
        Origin::Stdin => None,
    };
    let text =
        extension.is_some_and(|e| e.eq_ignore_ascii_case("txt") || e.eq_ignore_ascii_case("text"));
    // Text files that are Markdown in all but name exist: heading marks give them away.
    text && !source
        .lines()
        .any(|line| line.starts_with("# ") || line.starts_with("## "))
}

fn issues(
    policy: &Policy,
    raw: &Raw,
    path: &Path,
    damaged: bool,
    head_problem: Option<(u32, String)>,
) -> Vec<Issue> {
    let mut issues = Vec::new();
    let mut tell = |kind, message: String, line: Option<u32>| {
        let mut issue = Issue::new(path, kind, message);
        issue.line = line;
        issues.push(issue);
    };
    if let Some((line, message)) = head_problem {
        tell(
            provenance::HEAD_ISSUE,
            format!("{message}; it is ignored"),
            Some(line),
        );
    }
    if damaged {
        let at = policy
            .source
            .find('\u{fffd}')
            .and_then(|at| u32::try_from(at).ok());
        let encoding = policy.provenance.encoding;
        let message = format!("bytes that are not valid {encoding} are shown as \u{fffd}");
        tell(
            IssueKind::Encoding,
            message,
            at.map(|at| policy.line_of(at)),
        );
    }
    if !raw.stand_ins.is_empty() {
        let total: u32 = raw.stand_ins.values().map(|s| s.count).sum();
        let names: Vec<String> = raw
            .stand_ins
            .iter()
            .take(4)
            .map(|(c, s)| format!("{} × U+{:04X}", s.count, u32::from(*c)))
            .collect();
        let more = if raw.stand_ins.len() > 4 { ", …" } else { "" };
        let first = raw.stand_ins.values().map(|s| s.first).min().unwrap_or(0);
        let message = format!(
            "{total} control or invisible {} shown as stand-ins ({}{more})",
            if total == 1 {
                "character is"
            } else {
                "characters are"
            },
            names.join(", ")
        );
        tell(
            IssueKind::ControlCharacters,
            message,
            Some(policy.line_of(first)),
        );
    }
    if raw.too_deep {
        let limit = markdown::MAX_DEPTH;
        let message = format!("lists or quotes nested deeper than {limit} are shown at that depth");
        tell(IssueKind::DeepNesting, message, None);
    }
    if let Some(line) = long_line(&policy.source) {
        let message = "a single line of more than 1 MiB; the file may be damaged".to_owned();
        tell(IssueKind::LongLine, message, Some(line));
    }
    let body = policy
        .blocks
        .iter()
        .filter(|b| b.kind != BlockKind::Title)
        .count();
    if policy.sections.is_empty() && body > OUTLINE_EXPECTED {
        let message = "no headings were found, so there is no outline".to_owned();
        tell(IssueKind::NoHeadings, message, None);
    }
    issues
}

fn long_line(source: &str) -> Option<u32> {
    let line = source.split('\n').position(|line| line.len() > LONG_LINE)?;
    u32::try_from(line + 1).ok()
}
