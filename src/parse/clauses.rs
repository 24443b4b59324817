//! Blocks → clauses: sentences, items and rows of tables, cut by the Unicode sentence rules and mended
//! where those cannot know (abbreviations, addresses, brackets).

use super::builder::{Raw, RawBlock, RawKind};
use super::chunk::Chunk;
use super::joiner::{Bracket, Joiner};
use super::lead_ins::LeadIns;
use crate::model::{Block, BlockKind, Clause, ClauseId, ClauseKind, Run, Span, TextRange};
use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;
use std::borrow::Cow;
use std::ops::Range;

/// About so many bytes of text make a piece; room is made by it.
const BYTES_A_PIECE: usize = 160;
/// A row of a table that is longer is no record ("_ga, tells visitors apart, 2 years") but prose in
/// columns: it is cut into sentences. Bytes; about eighty words.
const RECORD: usize = 500;
/// A record of no more bytes may hold several sentences in a cell.
const SHORT_RECORD: usize = 160;

/// A sentence, line or row: a clause, unless its block turns out to be a heading.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) text: TextRange,
    pub(super) span: Span,
}

/// Cuts blocks into pieces. One instance serves any number of documents.
pub(super) struct Cutter {
    sentences: icu_segmenter::SentenceSegmenterBorrowed<'static>,
}

impl Cutter {
    pub(super) fn new() -> Self {
        Self {
            sentences: SentenceSegmenter::new(SentenceBreakInvariantOptions::default()),
        }
    }

    /// Cuts every block: the pieces in order, and for each block its first and one past its last.
    pub(super) fn cut(&self, raw: &Raw) -> (Vec<Piece>, Vec<(u32, u32)>) {
        let mut runs = Cursor {
            runs: &raw.runs,
            at: 0,
        };
        let mut pieces = Vec::with_capacity(raw.blocks.len() + raw.text.len() / BYTES_A_PIECE);
        let mut scratch = Scratch::default();
        let ranges = raw.blocks.iter().map(|block| {
            let first = TextRange::new(0, pieces.len()).end;
            self.pieces(&raw.text, block, &mut scratch, &mut |range| {
                if let Some(text) = trimmed(&raw.text, range) {
                    let span = runs.source_of(text);
                    pieces.push(Piece { text, span });
                }
            });
            (first, TextRange::new(0, pieces.len()).end)
        });
        let ranges = ranges.collect();
        (pieces, ranges)
    }

    fn pieces(
        &self,
        text: &str,
        block: &RawBlock,
        scratch: &mut Scratch,
        push: &mut impl FnMut(Range<usize>),
    ) {
        let range = block.text.range();
        match block.kind {
            RawKind::Row | RawKind::HeaderRow => {
                let mut cells = Vec::new();
                for cell in split_at(text, range.clone(), b'\t') {
                    self.sentences(text, cell, scratch, &mut |sentence| cells.push(sentence));
                }
                match is_record(&text[range.clone()], cells.len()) {
                    true => push(range),
                    false => cells.into_iter().for_each(push),
                }
            }
            RawKind::Code => split_at(text, range, b'\n').for_each(push),
            _ => self.sentences(text, range, scratch, push),
        }
    }

    fn sentences(
        &self,
        text: &str,
        range: Range<usize>,
        scratch: &mut Scratch,
        push: &mut impl FnMut(Range<usize>),
    ) {
        let Some(part) = text.get(range.clone()) else {
            return;
        };
        // A hard line break inside a paragraph is no paragraph end; same length keeps offsets.
        let flat = if memchr::memchr(b'\n', part.as_bytes()).is_some() {
            Cow::Owned(part.replace('\n', " "))
        } else {
            Cow::Borrowed(part)
        };
        let ends = &mut scratch.ends;
        ends.clear();
        self.boundaries(&flat, ends);
        if ends.is_empty() {
            return push(range);
        }
        let mut joiner = Joiner::new(&flat, &mut scratch.brackets);
        for &end in ends.iter() {
            if let Some(sentence) = joiner.boundary(end) {
                push(range.start + sentence.start..range.start + sentence.end);
            }
        }
        push(range.start + joiner.rest().start..range.end);
    }
}

/// Room that is used again from block to block.
#[derive(Default)]
struct Scratch {
    ends: Vec<usize>,
    brackets: Vec<Bracket>,
}

/// The clauses of a document whose structure is known. Fills in the clause ranges of the blocks.
pub(super) fn of(chunk: &Chunk, blocks: &mut [Block]) -> Vec<Clause> {
    let mut clauses = Vec::with_capacity(chunk.pieces.len());
    let mut lead_ins = LeadIns::default();
    let known = chunk.facts.iter().zip(&chunk.raw.blocks);
    for (index, (block, (facts, raw))) in blocks.iter_mut().zip(known).enumerate() {
        let first = clauses.len();
        let lead_in = lead_ins.before(block, raw.first_row, &clauses);
        let clause = |piece: &Piece, lead_in| Clause {
            kind: kind_of(block.kind),
            block: TextRange::new(0, index).end,
            section: block.section,
            text: piece.text,
            span: piece.span,
            lead_in,
        };
        let pieces = &chunk.pieces[facts.pieces.0 as usize..facts.pieces.1 as usize];
        if is_heading(block) {
            clauses.extend(joined(pieces).map(|whole| clause(&whole, lead_in)));
        } else if block.kind == BlockKind::Row
            && let Some((label, rest)) = pieces.split_first()
        {
            // What stands in the first cell of a long row is what its other cells speak of.
            clauses.push(clause(label, lead_in));
            let label = Some(ClauseId::new(first));
            clauses.extend(rest.iter().map(|piece| clause(piece, label)));
        } else {
            clauses.extend(pieces.iter().map(|piece| clause(piece, lead_in)));
        }
        block.clauses = (ClauseId::new(first).0, ClauseId::new(clauses.len()).0);
        lead_ins.after(block, facts.announces);
    }
    clauses
}

/// Whether a block is one clause, whatever it says.
pub(super) fn is_heading(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Title | BlockKind::Heading)
}

/// Several pieces as one.
fn joined(pieces: &[Piece]) -> Option<Piece> {
    let (first, last) = (pieces.first()?, pieces.last()?);
    Some(Piece {
        text: TextRange {
            start: first.text.start,
            end: last.text.end,
        },
        span: Span {
            start: first.span.start,
            end: last.span.end.max(first.span.start),
        },
    })
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
            if let Some(ends_there) = between_words(text.as_bytes(), stop) {
                if ends_there {
                    ends.push(stop + 2);
                }
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

/// Whether a row of a table that holds so many sentences is one clause: several cells that are short
/// together, and none of which tells more than one thing.
fn is_record(row: &str, sentences: usize) -> bool {
    let cells = 1 + memchr::memchr_iter(b'\t', row.as_bytes()).count();
    let most = if sentences > cells {
        SHORT_RECORD
    } else {
        RECORD
    };
    cells > 1 && row.len() <= most
}

fn split_at(text: &str, range: Range<usize>, mark: u8) -> impl Iterator<Item = Range<usize>> {
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

fn trimmed(text: &str, range: Range<usize>) -> Option<TextRange> {
    let part = text.get(range.clone())?;
    let part = part.trim_start();
    let start = range.end - part.len();
    let end = start + part.trim_end().len();
    (start < end).then(|| TextRange::new(start, end))
}

/// Whether a text holds only letters of Latin, Greek and Cyrillic, dashes, quotes and signs beside ASCII:
/// nothing that ends a sentence but `.`, `!` and `?`.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.is_ascii() {
        return true;
    }
    // In UTF-8: no lead byte above that of the Cyrillic, but for the one of dashes and quotes.
    let other = |byte: u8| (byte >= 0xd6) & (byte != 0xe2);
    let others = bytes
        .iter()
        .fold(0, |any, &byte| any | u8::from(other(byte)));
    let is_sign = |at: usize| {
        let c = text.get(at..).and_then(|rest| rest.chars().next());
        c.is_some_and(is_dash_quote_or_sign)
    };
    others == 0 && memchr::memchr_iter(0xe2, bytes).all(is_sign)
}

/// Dashes, quotes and bullets; currencies, ™, arrows and shapes: no letter, and no end of a sentence.
fn is_dash_quote_or_sign(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2023}' | '\u{2026}')
        || matches!(c, '\u{20a0}'..='\u{20bf}' | '\u{2122}')
        || matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2500}'..='\u{25ff}')
}

/// Whether a sentence ends behind the space after a stop; nothing where that is not just a stop behind
/// something, before a word or the end. Most stops are, and asking the rules costs fifty times as much.
fn between_words(text: &[u8], stop: usize) -> Option<bool> {
    let (&[before, mark], after) = text.get(stop.checked_sub(1)?..)?.split_first_chunk()?;
    if !before.is_ascii_graphic() {
        return None;
    }
    match after {
        [] => Some(false),
        [b' ', b'A'..=b'Z', ..] => Some(true),
        [b' ', b'a'..=b'z', ..] => Some(mark != b'.'),
        [b'a'..=b'z', ..] if mark == b'.' => Some(false),
        _ => None,
    }
}

/// The stretch that decides whether a sentence ends at a stop: the character before it, whatever is
/// no letter after it, and the first letter.
fn around_stop(text: &str, stop: usize) -> Range<usize> {
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
        let covered = rest.iter().take_while(|run| run.text.start < range.end);
        let last = covered.last();
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
        let mut sentences = Vec::new();
        let mut push = |range: Range<usize>| sentences.extend(trimmed(text, range));
        Cutter::new().sentences(text, 0..text.len(), &mut Scratch::default(), &mut push);
        sentences.into_iter().map(|range| range.of(text)).collect()
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
            text in "([a-zA-Z]{1,3}|[.!?]{1,2}|[ ,;:0-9()'\"]|“|”|’|…|–|é|É|\u{301}|ß|Ж|ж|●|→|™|€){0,40}"
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
