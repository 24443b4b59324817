//! A policy as a person sees it: title, sections, blocks, clauses, each with its place in the source.

use super::marker::Marker;
use super::{Issue, PartialDate, Provenance, Revision, Span, TextRange, VersionDate};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;

/// The number of a clause in its policy, from 0 in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClauseId(pub u32);

impl ClauseId {
    /// The id for a place in [`Policy::clauses`].
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The place in [`Policy::clauses`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// The title of the document.
    Title,
    /// A heading below the title; it opens a section.
    Heading,
    /// Running text.
    Paragraph,
    /// A list item, or a further paragraph of one.
    Item,
    /// A table row that heads its table; cells are separated by tabs in the text.
    HeaderRow,
    /// A table row; cells are separated by tabs in the text.
    Row,
    /// Quoted text.
    Quote,
    /// Preformatted text; its line breaks are kept.
    Code,
}

/// A heading, paragraph, list item, table row or quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text, in [`Policy::text`]. Holds `\n` at hard line breaks and `\t` between cells.
    pub text: TextRange,
    /// Its place in the source, marks included.
    pub span: Span,
    /// The section it belongs to (a heading: the section it opens); none above the first heading.
    pub section: Option<u32>,
    /// First clause and one past the last.
    pub clauses: (u32, u32),
    /// Nesting: for items the depth of the list from 1; 0 for what stands at the margin.
    pub depth: u8,
    /// What stands before a list item.
    pub marker: Marker,
}

impl Block {
    /// The ids of the clauses in this block.
    pub fn clause_ids(&self) -> impl DoubleEndedIterator<Item = ClauseId> + use<> {
        (self.clauses.0..self.clauses.1).map(ClauseId)
    }
}

/// A heading as a person sees it, and what stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading without numbering marks or emphasis, in [`Policy::text`].
    pub heading: TextRange,
    /// Depth in the outline: 2 directly below the title, 3 below that, and so on, whatever level
    /// the source wrote.
    pub level: u8,
    /// The block that is the heading.
    pub block: u32,
    /// One past the last block, subsections not included.
    pub end_block: u32,
    /// From the heading to the end of the section in the source.
    pub span: Span,
    /// The section this one is part of.
    pub parent: Option<u32>,
}

/// What a clause was in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClauseKind {
    /// A sentence of running text.
    Sentence,
    /// A list item, or a sentence of one that holds several.
    Item,
    /// A title or heading.
    Heading,
    /// A sentence in a table cell.
    Cell,
}

/// The unit of comparison: one sentence or one list item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// What it was.
    pub kind: ClauseKind,
    /// The block it stands in.
    pub block: u32,
    /// The section it stands in; none above the first heading.
    pub section: Option<u32>,
    /// Its text, in [`Policy::text`], without surrounding white space.
    pub text: TextRange,
    /// Its place in the source.
    pub span: Span,
    /// For a list item: the clause that leads its list in ("We collect:").
    pub lead_in: Option<ClauseId>,
}

/// How a run of text is written. Several may hold at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct RunStyle {
    /// Bold.
    pub strong: bool,
    /// Italic.
    pub emphasis: bool,
    /// Monospaced.
    pub code: bool,
    /// Struck through.
    pub strike: bool,
}

/// A stretch of text of one style, and where it stands in the source. Runs are in order, do not
/// overlap, and cover all of [`Policy::text`] except separators that the parser put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The stretch, in [`Policy::text`].
    pub text: TextRange,
    /// Its place in the source. Where both have the same length, they are the same bytes.
    pub span: Span,
    /// How it is written.
    pub style: RunStyle,
    /// The link it belongs to: a place in [`Policy::links`].
    pub link: Option<u32>,
}

/// One policy in one version, parsed.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Where it came from.
    pub provenance: Provenance,
    /// Its title, as shown in lists.
    pub title: String,
    /// Its own date of last revision, kept apart from the archive's date.
    pub revised: Option<Revision>,
    /// The decoded source; [`Span`]s count in it.
    pub source: String,
    /// The text as a reader sees it, blocks separated by `\n`; [`TextRange`]s count in it.
    pub text: String,
    /// The blocks, in order; between them they hold every visible character of `text`.
    pub blocks: Vec<Block>,
    /// The headings below the title, in order.
    pub sections: Vec<Section>,
    /// The clauses, in order.
    pub clauses: Vec<Clause>,
    /// Style and source of every stretch of text.
    pub runs: Vec<Run>,
    /// Link targets.
    pub links: Vec<String>,
    /// What was odd about it.
    pub issues: Vec<Issue>,
}

impl Policy {
    /// A policy without text.
    pub fn empty(provenance: Provenance, title: String, issues: Vec<Issue>) -> Self {
        Self {
            provenance,
            title,
            revised: None,
            source: String::new(),
            text: String::new(),
            blocks: Vec::new(),
            sections: Vec::new(),
            clauses: Vec::new(),
            runs: Vec::new(),
            links: Vec::new(),
            issues,
        }
    }

    /// The date by which this version is known: the archive's, else the policy's own, else the file's.
    pub fn version(&self) -> Option<VersionDate> {
        let revised = self.revised.as_ref().map(|revision| revision.date);
        VersionDate::of(&self.provenance, revised)
    }

    /// Why its silence tells nothing, where it does: the text is hardly a policy, or not in English.
    pub fn doubt(&self) -> Option<&Issue> {
        self.issues.iter().find(|issue| issue.is_doubt())
    }

    /// Where a quotation is from: site, dates, address.
    pub fn source_note(&self) -> String {
        let provenance = &self.provenance;
        let mut parts = vec![provenance.site.clone()];
        if let Some(archived) = provenance.archived {
            parts.push(format!("archived {}", PartialDate::from(archived)));
        }
        if let Some(revision) = &self.revised {
            parts.push(format!("revised {}", revision.date));
        }
        let url = provenance
            .snapshot_url
            .as_ref()
            .or(provenance.original_url.as_ref());
        let revision = provenance.origin.revision().filter(|_| url.is_some());
        parts.extend(revision.map(|revision| format!("git revision {revision}")));
        parts.push(
            url.cloned()
                .unwrap_or_else(|| provenance.origin.to_string()),
        );
        parts.join(", ")
    }

    /// The words of a clause.
    pub fn clause_text(&self, id: ClauseId) -> &str {
        self.clauses
            .get(id.index())
            .map_or("", |clause| clause.text.of(&self.text))
    }

    /// What a stretch of the text says: as it stands, but with spaces for what is struck through, which
    /// is shown and not said.
    pub fn said(&self, text: TextRange) -> Cow<'_, str> {
        let mut said = Cow::Borrowed(text.of(&self.text));
        for struck in self.struck(text) {
            let spaces = " ".repeat(struck.len());
            said.to_mut().replace_range(struck, &spaces);
        }
        said
    }

    /// Whether anything is struck through in a stretch of the text.
    pub fn is_struck(&self, text: TextRange) -> bool {
        self.struck(text).next().is_some()
    }

    /// A stretch of the text with `~~` around what is struck through.
    pub fn with_strikes(&self, text: TextRange) -> Cow<'_, str> {
        let mut out = String::new();
        let mut done = 0;
        let whole = text.of(&self.text);
        for struck in self.struck(text) {
            out.push_str(&whole[done..struck.start]);
            done = struck.end;
            out.push_str(&format!("~~{}~~", &whole[struck]));
        }
        if done == 0 {
            return Cow::Borrowed(whole);
        }
        out.push_str(&whole[done..]);
        Cow::Owned(out)
    }

    /// What is struck through in a stretch of the text: bytes from its start.
    fn struck(&self, text: TextRange) -> impl Iterator<Item = Range<usize>> {
        let first = self.runs.partition_point(|run| run.text.end <= text.start);
        let runs = self.runs.get(first..).unwrap_or(&[]).iter();
        let inside = runs.take_while(move |run| run.text.start < text.end);
        inside.filter(|run| run.style.strike).map(move |run| {
            let start = run.text.start.max(text.start) - text.start;
            let end = run.text.end.min(text.end) - text.start;
            start as usize..end as usize
        })
    }

    /// The words of a block.
    pub fn block_text(&self, block: &Block) -> &str {
        block.text.of(&self.text)
    }

    /// The heading of a section.
    pub fn heading(&self, section: u32) -> &str {
        self.sections
            .get(section as usize)
            .map_or("", |section| section.heading.of(&self.text))
    }

    /// The target of the first link in a stretch of the text.
    pub fn link_in(&self, text: TextRange) -> Option<&str> {
        let first = self.runs.partition_point(|run| run.text.end <= text.start);
        let inside = self
            .runs
            .get(first..)?
            .iter()
            .take_while(|run| run.text.start < text.end);
        let link = inside.filter_map(|run| run.link).next()?;
        self.links.get(link as usize).map(String::as_str)
    }

    /// The clause that holds, or follows, a place in the text.
    pub fn clause_at(&self, at: u32) -> Option<ClauseId> {
        let after = self.clauses.partition_point(|clause| clause.text.end <= at);
        (after < self.clauses.len()).then(|| ClauseId::new(after))
    }

    /// The block that holds, or follows, a place in the text.
    pub fn block_at(&self, at: u32) -> Option<usize> {
        let after = self.blocks.partition_point(|block| block.text.end <= at);
        (after < self.blocks.len()).then_some(after)
    }

    /// Number of words, counted between white space, and by letters where a script has none.
    pub fn words(&self) -> usize {
        super::count_words(&self.text)
    }

    /// The first clause that stands on a line of the source, from 1, or below it.
    pub fn at_line(&self, line: u32) -> Option<TextRange> {
        let starts = self.source.split_inclusive('\n').scan(0, |at, text| {
            let start = *at;
            *at += text.len();
            Some(start)
        });
        let start = starts.take(line as usize).last()?;
        let clause = self
            .clauses
            .iter()
            .find(|clause| clause.span.end as usize > start)?;
        Some(clause.text)
    }

    /// The line of the source, from 1, on which a byte stands. Line ends are LF, CRLF or CR.
    pub fn line_of(&self, at: u32) -> u32 {
        let before = self.source.get(..at as usize).unwrap_or(&self.source);
        let bytes = before.as_bytes();
        let breaks = bytes
            .iter()
            .enumerate()
            .filter(|&(i, &b)| b == b'\n' || (b == b'\r' && bytes.get(i + 1) != Some(&b'\n')))
            .count();
        u32::try_from(breaks + 1).unwrap_or(u32::MAX)
    }
}
