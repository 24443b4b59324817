//! Blocks → clauses: sentences, items and cells, cut by the Unicode sentence rules and mended where
//! those cannot know (abbreviations, addresses, brackets).

use super::builder::Raw;
use super::joiner::Joiner;
use super::lead_ins::LeadIns;
use crate::model::{Block, BlockKind, Clause, ClauseId, ClauseKind, Run, Span, TextRange};
use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;

/// Cuts blocks into clauses. One instance serves any number of documents.
pub(super) struct Cutter {
    sentences: icu_segmenter::SentenceSegmenterBorrowed<'static>,
}

impl Cutter {
    pub(super) fn new() -> Self {
        Self {
            sentences: SentenceSegmenter::new(SentenceBreakInvariantOptions::default()),
        }
    }

    /// Cuts every block, fills in its clause range, and returns the clauses in order.
    pub(super) fn cut(&self, raw: &Raw, blocks: &mut [Block]) -> Vec<Clause> {
        let mut clauses = Vec::new();
        let mut lead_ins = LeadIns::default();
        let mut runs = Cursor {
            runs: &raw.runs,
            at: 0,
        };
        for (index, block) in blocks.iter_mut().enumerate() {
            let first = clauses.len();
            let lead_in = lead_ins.before(block, &clauses);
            for range in self.ranges(&raw.text, block) {
                clauses.push(Clause {
                    kind: kind_of(block.kind),
                    block: TextRange::new(0, index).end,
                    section: block.section,
                    text: range,
                    span: runs.source_of(range),
                    lead_in,
                });
            }
            block.clauses = (ClauseId::new(first).0, ClauseId::new(clauses.len()).0);
            lead_ins.after(block, &clauses, &raw.text);
        }
        clauses
    }

    fn ranges(&self, text: &str, block: &Block) -> Vec<TextRange> {
        let range = block.text.range();
        match block.kind {
            BlockKind::Title | BlockKind::Heading => trimmed(text, range).into_iter().collect(),
            BlockKind::Row | BlockKind::HeaderRow => split_at(text, range, b'\t')
                .flat_map(|cell| self.sentences(text, cell))
                .collect(),
            BlockKind::Code => split_at(text, range, b'\n')
                .filter_map(|line| trimmed(text, line))
                .collect(),
            _ => self.sentences(text, range),
        }
    }

    fn sentences(&self, text: &str, range: std::ops::Range<usize>) -> Vec<TextRange> {
        let Some(part) = text.get(range.clone()) else {
            return Vec::new();
        };
        // A hard line break inside a paragraph is no paragraph end; same length keeps offsets.
        let unbroken;
        let flat = if part.contains('\n') {
            unbroken = part.replace('\n', " ");
            &unbroken
        } else {
            part
        };
        let offset = range.start;
        let place = |r: std::ops::Range<usize>| trimmed(text, offset + r.start..offset + r.end);
        let mut ends = Vec::new();
        self.boundaries(flat, &mut ends);
        if ends.is_empty() {
            return place(0..flat.len()).into_iter().collect();
        }
        let mut joiner = Joiner::new(flat);
        for end in ends {
            joiner.boundary(end);
        }
        joiner.finish().into_iter().filter_map(place).collect()
    }
}

impl Cutter {
    /// Where sentences end inside a text by the Unicode rules (UAX #29, 5.1), its own end left out.
    /// In a plain text they are asked about the surroundings of stops alone, which is all they look
    /// at.
    fn boundaries(&self, text: &str, ends: &mut Vec<usize>) {
        if !is_plain(text) {
            ends.extend(self.sentences.segment_str(text).skip(1));
            ends.retain(|end| *end < text.len());
            return;
        }
        let mut done = 0;
        for stop in memchr::memchr3_iter(b'.', b'!', b'?', text.as_bytes()) {
            if stop < done {
                continue;
            }
            let near = around_stop(text, stop);
            done = near.end;
            let inner = self.sentences.segment_str(&text[near.clone()]).skip(1);
            ends.extend(
                inner
                    .map(|end| near.start + end)
                    .filter(|end| *end < near.end),
            );
        }
    }
}

fn kind_of(kind: BlockKind) -> ClauseKind {
    match kind {
        BlockKind::Title | BlockKind::Heading => ClauseKind::Heading,
        BlockKind::Item => ClauseKind::Item,
        BlockKind::Row | BlockKind::HeaderRow => ClauseKind::Cell,
        _ => ClauseKind::Sentence,
    }
}

fn split_at(
    text: &str,
    range: std::ops::Range<usize>,
    mark: u8,
) -> impl Iterator<Item = std::ops::Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = range.start;
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        let end = memchr::memchr(mark, &bytes[start..range.end]);
        let piece = start..end.map_or(range.end, |i| start + i);
        done = end.is_none();
        start = piece.end + 1;
        Some(piece)
    })
}

fn trimmed(text: &str, range: std::ops::Range<usize>) -> Option<TextRange> {
    let part = text.get(range.clone())?;
    let lead = part.len() - part.trim_start().len();
    let start = range.start + lead;
    let end = start + part.trim().len();
    (start < end).then(|| TextRange::new(start, end))
}

/// Whether a text holds only letters of Latin, Greek and Cyrillic, dashes and quotes beside ASCII:
/// nothing that ends a sentence but `.`, `!` and `?`.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    // In UTF-8: no lead byte above that of the Cyrillic, but for the one of dashes and quotes.
    let other = |byte: u8| (byte >= 0xd6) & (byte != 0xe2);
    let others = bytes
        .iter()
        .fold(0, |any, &byte| any | u8::from(other(byte)));
    let dash_or_quote = |at: usize| {
        let c = text.get(at..).and_then(|rest| rest.chars().next());
        matches!(c, Some('\u{2010}'..='\u{2023}' | '\u{2026}'))
    };
    others == 0 && memchr::memchr_iter(0xe2, bytes).all(dash_or_quote)
}

/// The stretch that decides whether a sentence ends at a stop: the character before it, whatever is
/// no letter after it, and the first letter.
fn around_stop(text: &str, stop: usize) -> std::ops::Range<usize> {
    let combines = |c: char| matches!(c, '\u{300}'..='\u{36f}');
    let mut start = stop;
    for (at, c) in text[..stop].char_indices().rev() {
        start = at;
        if !combines(c) {
            break;
        }
    }
    let after = text[stop..].char_indices();
    let letter = after.skip(1).find(|(_, c)| c.is_alphabetic());
    let end = letter.map_or(text.len(), |(at, c)| stop + at + c.len_utf8());
    start..end
}

/// Maps text to source, moving forward through the runs.
struct Cursor<'a> {
    runs: &'a [Run],
    at: usize,
}

impl Cursor<'_> {
    fn source_of(&mut self, range: TextRange) -> Span {
        while self
            .runs
            .get(self.at)
            .is_some_and(|run| run.text.end <= range.start)
        {
            self.at += 1;
        }
        let start = self
            .runs
            .get(self.at)
            .map_or(0, |run| start_in(run, range.start));
        let rest = &self.runs[self.at.min(self.runs.len())..];
        let covered = rest.partition_point(|run| run.text.start < range.end);
        let last = covered.checked_sub(1).and_then(|i| rest.get(i));
        let end = last.map_or(start, |run| end_in(run, range.end));
        Span {
            start,
            end: end.max(start),
        }
    }
}

fn is_exact(run: &Run) -> bool {
    run.text.len() == run.span.len()
}

fn start_in(run: &Run, at: u32) -> u32 {
    let inside = at.saturating_sub(run.text.start);
    if is_exact(run) {
        run.span.start + inside
    } else {
        run.span.start
    }
}

fn end_in(run: &Run, at: u32) -> u32 {
    let inside = at.min(run.text.end).saturating_sub(run.text.start);
    if is_exact(run) {
        run.span.start + inside
    } else {
        run.span.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<&str> {
        Cutter::new()
            .sentences(text, 0..text.len())
            .into_iter()
            .map(|r| r.of(text))
            .collect()
    }

    #[test]
    fn sentences_end_where_a_person_ends_them() {
        let cases: &[&[&str]] = &[
            &["We collect data, e.g. your name.", "We keep it."],
            &[
                "Protecting it is important to SoundSpectrum, Inc. (SoundSpectrum).",
                "We are committed.",
            ],
            &[
                "This is run by Acme Inc. in the U.S. and by Acme Ltd. in the U.K.",
                "We collect data.",
            ],
            &["We act under U.S. law.", "You agree."],
            &["We, i.e. Acme, or Mr. Smith, J. R. Doe and Dr. No, decide."],
            &[
                "See http://www.mp3rocket.me.",
                "Write to a.b@example.co.uk.",
                "Thanks.",
            ],
            &["Visit https://example.com/search?q=Yes!No and www.Example.Com today."],
            &[
                "It took effect on Jan. 1, 2020.",
                "It was revised 19.06.2013 and 06-19-2013.",
            ],
            &[
                "She said “We never sell. We promise.” and left.",
                "Then we did.",
            ],
            &[
                "We use cookies (see below. They are small. Really).",
                "We like them.",
            ],
            &["Why collect information?", "Because!", "Good."],
            &["1. We collect names.", "2. We sell them."],
            &["See Section 4. 2 of Art. 6(1)(f) GDPR.", "It applies."],
            &["Do we sell data?", "No.", "Version 2.0 says so."],
        ];
        for case in cases {
            let text = case.join(" ");
            assert_eq!(sentences(&text), *case);
        }
    }

    proptest::proptest! {
        #[test]
        fn asking_about_stops_alone_finds_the_same(
            text in "([a-zA-Z]{1,3}|[.!?]{1,2}|[ ,;:0-9()'\"]|“|”|’|…|–|é|É|\u{301}|ß|Ж|ж){0,40}"
        ) {
            let cutter = Cutter::new();
            let mut ends = Vec::new();
            cutter.boundaries(&text, &mut ends);
            let mut all: Vec<usize> = cutter.sentences.segment_str(&text).skip(1).collect();
            all.retain(|end| *end < text.len());
            proptest::prop_assert_eq!(ends, all);
        }
    }

    #[test]
    fn an_unclosed_bracket_does_not_swallow_the_rest() {
        assert_eq!(
            sentences("We (sell data. We share data. We keep data.").len(),
            3
        );
    }
}
