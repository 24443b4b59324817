//! Which blocks are headings, and how they rank.

use super::builder::{Raw, RawBlock, RawKind};
use super::chunk::Chunk;
use crate::model::{Marker, Run, TextRange};

/// How high a heading stands: lower numbers stand above higher ones.
pub(super) type Rank = u16;

/// A label longer than this, in characters, is a sentence.
const MAX_LABEL: usize = 120;

/// A heading mark before a text of more words than this, that ends like a sentence, is misuse.
const MAX_HEADING_WORDS: usize = 30;

/// Ranks of headings that are not written with heading marks. Marks rank 10 to 60.
const CAPITALS: Rank = 70;
const BOLD: Rank = 80;
const NUMBERED: Rank = 90;
const ITALIC: Rank = 100;
const SHORT_LINE: Rank = 110;

/// Unmarked short lines and italics count only when there are at least this many.
const MIN_WEAK: usize = 3;

/// Whether a block, by itself, is a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    None,
    /// It is.
    Heading(Rank),
    /// It is unless it stands last.
    OverSomething(Rank),
    /// It is where a longer text follows.
    OverText(Rank),
}

/// A cue that counts only where there are hardly any headings without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Weak {
    Italic,
    Numbered,
    ShortLine,
}

impl Weak {
    /// The one to be preferred first.
    pub(super) const ALL: [Self; 3] = [Self::Italic, Self::Numbered, Self::ShortLine];

    /// Whether weak cues count beside so many headings.
    pub(super) fn counts_beside(headings: usize) -> bool {
        headings < 2
    }

    /// Whether so many blocks with the cue are headings.
    pub(super) fn suffice(blocks: usize) -> bool {
        blocks >= MIN_WEAK
    }

    /// The rank of a block that has the cue.
    pub(super) fn rank(self, block: &RawBlock, next: Option<&RawBlock>, raw: &Raw) -> Option<Rank> {
        let (rank, holds) = match self {
            Self::Italic => (ITALIC, italic(block, next, raw)),
            Self::Numbered => (NUMBERED, numbered_line(block, next, raw)),
            Self::ShortLine => (SHORT_LINE, short_line(block, next, raw)),
        };
        holds.then_some(rank)
    }
}

/// The rank of every block that is a heading.
pub(super) fn ranks(document: &Chunk) -> Vec<Option<Rank>> {
    let blocks = &document.raw.blocks;
    let cues = document.facts.iter().map(|facts| facts.cue).enumerate();
    let mut ranks: Vec<Option<Rank>> = cues
        .map(|(at, cue)| rank(cue, &blocks[at], blocks.get(at + 1)))
        .collect();
    if !Weak::counts_beside(ranks.iter().flatten().count()) {
        return ranks;
    }
    for weak in Weak::ALL {
        let with_weak: Vec<Option<Rank>> = ranks
            .iter()
            .enumerate()
            .map(|(at, rank)| {
                rank.or_else(|| weak.rank(&blocks[at], blocks.get(at + 1), &document.raw))
            })
            .collect();
        let count = |ranks: &[Option<Rank>]| ranks.iter().flatten().count();
        if Weak::suffice(count(&with_weak) - count(&ranks)) {
            ranks = with_weak;
            break;
        }
    }
    ranks
}

/// The rank of a block, by its cue and the block that follows it; none when it is no heading.
pub(super) fn rank(cue: Cue, block: &RawBlock, next: Option<&RawBlock>) -> Option<Rank> {
    match cue {
        Cue::None => None,
        Cue::Heading(rank) => Some(rank),
        Cue::OverSomething(rank) => next.map(|_| rank),
        Cue::OverText(rank) => next.filter(|next| is_text_of(block, next)).map(|_| rank),
    }
}

/// Whether a block is a heading by how it is written; `runs` are its own.
pub(super) fn cue(block: &RawBlock, text: &str, runs: &[Run]) -> Cue {
    let label = block.text.of(text);
    if let RawKind::Heading(level) = block.kind {
        let sentence = label.ends_with('.') && label.split_whitespace().count() > MAX_HEADING_WORDS;
        return if !sentence && label.chars().any(char::is_alphanumeric) {
            Cue::Heading(Rank::from(level) * 10)
        } else {
            Cue::None
        };
    }
    let free = block.kind == RawKind::Paragraph && block.depth == 0;
    let numbered_alone = is_lone_number(block);
    if !(free || numbered_alone) {
        return Cue::None;
    }
    if is_bold_label(label, text, runs) {
        let capitals = is_capitals(label);
        return Cue::OverSomething(if capitals { CAPITALS } else { BOLD } + numbering_depth(label));
    }
    if is_capitals(label) && is_label(label) && !runs.iter().all(|run| run.link.is_some()) {
        return Cue::OverSomething(CAPITALS + numbering_depth(label));
    }
    if numbered_alone && is_title_like(label) {
        return Cue::OverText(NUMBERED);
    }
    Cue::None
}

/// A numbered list of a single item: how exporters write "1. Cookies" over a paragraph.
fn is_lone_number(block: &RawBlock) -> bool {
    block.kind == RawKind::Item
        && block.depth == 1
        && block.lone_item
        && matches!(block.marker, Marker::Number(_))
}

/// Whether the block behind a label may be the text that it stands over.
fn is_text_of(label: &RawBlock, next: &RawBlock) -> bool {
    !matches!(next.kind, RawKind::Heading(_)) && next.text.len() > label.text.len()
}

/// The runs that lie in a range.
pub(super) fn runs_in(range: TextRange, runs: &[Run]) -> &[Run] {
    let first = runs.partition_point(|run| run.text.end <= range.start);
    begun_before(range.end, &runs[first..])
}

/// Those at the start that begin before a place. Few, as a rule.
fn begun_before(end: u32, runs: &[Run]) -> &[Run] {
    let before = runs.iter().take_while(|run| run.text.start < end);
    &runs[..before.count()]
}

/// The runs of one range after the other, which need not be searched for.
pub(super) struct RunsAhead<'a>(pub(super) &'a [Run]);

impl<'a> RunsAhead<'a> {
    /// Those that lie in a range, which begins no sooner than the one before.
    pub(super) fn of(&mut self, range: TextRange) -> &'a [Run] {
        let passed = self.0.iter().take_while(|run| run.text.end <= range.start);
        self.0 = &self.0[passed.count()..];
        begun_before(range.end, self.0)
    }
}

/// Whether a line is a label written all in bold; `runs` are its own.
pub(super) fn is_bold_label(label: &str, text: &str, runs: &[Run]) -> bool {
    let visible = |run: &&Run| run.text.of(text).chars().any(|c| c.is_alphanumeric());
    let mut bold = runs.iter().filter(visible).peekable();
    bold.peek().is_some() && bold.all(|run| run.style.strong) && is_label(label)
}

/// Whether words could stand as a label: short, with a letter, not put as a sentence.
fn is_label(label: &str) -> bool {
    // No character takes more than four bytes.
    if label.len() > 4 * MAX_LABEL || label.chars().nth(MAX_LABEL).is_some() {
        return false;
    }
    let words = label.split_whitespace().count();
    let sentence = label.ends_with('.') && words > 8
        || label.ends_with([';', ','])
        || !label.is_ascii() && is_sentence_elsewhere(label);
    let opens = label
        .chars()
        .find(|c| c.is_alphanumeric())
        .is_some_and(|c| !c.is_lowercase());
    let lettered = label.chars().filter(|c| c.is_alphabetic()).nth(1).is_some();
    !sentence
        && opens
        && lettered
        && words <= 18
        && !label.contains("://")
        && !label.contains('@')
        && !is_date_line(label)
}

/// Whether a text of another script has the marks of a sentence.
fn is_sentence_elsewhere(label: &str) -> bool {
    label.contains(['。', '｡', '।', '۔', '።', '។', '။'])
        || label.ends_with(['；', '，', '、', '؛', '،', '։'])
}

/// "Last updated: 1 May 2018" is often bold, and no heading.
fn is_date_line(label: &str) -> bool {
    let digits = label.bytes().filter(u8::is_ascii_digit).count();
    if digits < 4 {
        return false;
    }
    let lower = label.to_lowercase();
    [
        "updated",
        "revised",
        "effective",
        "modified",
        "version",
        "dated",
        "last ",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

fn is_capitals(label: &str) -> bool {
    // Running text shows a small letter at once; labels are short enough to count.
    if label.chars().any(char::is_lowercase) {
        return false;
    }
    // Many scripts have neither small letters nor capitals.
    let letters = label.chars().filter(|c| c.is_alphabetic());
    let (letters, capitals) = letters.fold((0, 0), |(letters, capitals), c| {
        (letters + 1, capitals + usize::from(c.is_uppercase()))
    });
    letters >= 4 && 2 * capitals > letters
}

/// How many numbers deep "2.1.3 Cookies" is numbered, below the first.
fn numbering_depth(label: &str) -> Rank {
    let number: String = label
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    let parts = number.split('.').filter(|part| !part.is_empty()).count();
    Rank::try_from(parts.saturating_sub(1)).unwrap_or(0).min(5)
}

fn is_title_like(label: &str) -> bool {
    is_label(label)
        && label.split_whitespace().count() <= 10
        && !label.ends_with(['.', ';', ':', ','])
}

fn italic(block: &RawBlock, next: Option<&RawBlock>, raw: &Raw) -> bool {
    block.kind == RawKind::Paragraph
        && block.depth == 0
        && is_title_like(block.text.of(&raw.text))
        && next.is_some_and(|next| is_text_of(block, next))
        && runs_in(block.text, &raw.runs)
            .iter()
            .all(|run| run.style.emphasis)
}

fn numbered_line(block: &RawBlock, next: Option<&RawBlock>, raw: &Raw) -> bool {
    let label = block.text.of(&raw.text);
    let number = label.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ')');
    block.kind == RawKind::Paragraph
        && block.depth == 0
        && number.len() < label.len()
        && number.starts_with(char::is_whitespace)
        && is_title_like(label)
        && next.is_some_and(|next| is_text_of(block, next))
}

fn short_line(block: &RawBlock, next: Option<&RawBlock>, raw: &Raw) -> bool {
    let label = block.text.of(&raw.text);
    block.kind == RawKind::Paragraph
        && block.depth == 0
        && !label.ends_with(['.', ';', ':', ',', '!', '：', '！'])
        && label.split_whitespace().nth(8).is_none()
        && is_label(label)
        && next.is_some_and(|next| {
            next.kind == RawKind::Item || next.text.len() >= 60.max(block.text.len())
        })
}

/// Whether an unmarked line at the top says that the document is a policy.
pub(super) fn is_unmarked_title(block: &RawBlock, text: &str) -> bool {
    let label = block.text.of(text);
    block.kind == RawKind::Paragraph && is_title_like(label) && names_a_policy(label) == 2
}

/// How plainly a heading says that the document is a policy: 2 for "Privacy Policy" and the like,
/// 1 for other legal documents, 0 for none.
pub(super) fn names_a_policy(label: &str) -> u8 {
    const PRIVACY: &[&str] = &[
        "privacy",
        "cookie",
        "data protection",
        "datenschutz",
        "confidential",
        "privacidad",
        "protection des données",
        "données personnelles",
        "personal data",
        "trackers",
    ];
    const LEGAL: &[&str] = &["terms", "conditions", "legal"];
    const KIND: &[&str] = &[
        "policy",
        "policies",
        "notice",
        "statement",
        "terms",
        "conditions",
        "declaration",
        "charter",
        "center",
        "centre",
        "erklärung",
        "hinweise",
        "politique",
        "política",
        "privacy",
        "agreement",
        "charte",
        "protection",
    ];
    /// Longer labels, in words, are sentences.
    const LONGEST: usize = 14;
    if label.split_whitespace().nth(LONGEST).is_some() {
        return 0;
    }
    let lower = label.to_lowercase();
    let holds = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    match holds(KIND) {
        true if holds(PRIVACY) => 2,
        true if holds(LEGAL) => 1,
        _ => 0,
    }
}
