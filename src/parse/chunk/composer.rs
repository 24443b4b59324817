//! Reads the versions of a document as what they are composed of. Most of a version stood in the one
//! before it: what is known already, under the same headings, is told by a number and not put
//! together again.

use super::cut::{self, Reach};
use super::excerpt::{Excerpt, Growing, PartFacts};
use super::memo::{ChunkMemo, Known};
use super::paths::{PathId, Paths};
use super::{Chunk, Reader};
use crate::model::{Document, PartialDate, count_words};
use crate::parse::builder::{RawBlock, RawKind};
use crate::parse::headings::{self, Cue, Rank, Weak};
use crate::parse::structure::{self, Highest, TITLE_WITHIN};
use crate::parse::{Format, encoding, format_of, provenance};
use rustc_hash::FxHashMap;
use std::cell::OnceCell;
use std::sync::{Arc, OnceLock};
use xxhash_rust::xxh3::xxh3_128;

/// A version, told by the parts it is composed of.
#[derive(Debug)]
pub struct Composition {
    /// The numbers of its parts, in order: from 0 as a composer first met them. The clauses of a
    /// version are those of its parts.
    pub parts: Vec<u32>,
    /// Its title, as shown in lists.
    pub title: String,
    /// Its own date of last revision.
    pub revised: Option<PartialDate>,
    /// Number of words.
    pub words: usize,
    /// Number of headings below the title.
    pub sections: usize,
    /// Number of clauses.
    pub clauses: usize,
    /// The parts that no version before it had.
    pub fresh: Option<Excerpt>,
}

/// Reads the versions of one document, best in their order: see
/// [`Parser::composer`](crate::parse::Parser::composer).
pub struct Composer<'a> {
    reader: &'a Reader,
    memo: &'a ChunkMemo,
    numbers: FxHashMap<u128, u32>,
    stretches: Vec<Stretch>,
    paths: Paths,
    /// What a stretch turned out to be at its place: the part, and the path behind it.
    known: FxHashMap<Place, (u32, PathId)>,
    parts: Vec<PartFacts>,
    /// The title that was found last: versions mostly begin as the one before them did.
    title: Option<(Opening, Option<Title>)>,
}

/// A stretch that was met.
struct Stretch {
    known: Arc<OnceLock<Known>>,
    /// None where it holds no block.
    seen: Option<Seen>,
}

/// What every version that holds a stretch asks of it.
struct Seen {
    words: usize,
    /// The headings among its blocks but the last, which depends on what follows.
    headings: usize,
    highest: Highest,
    first: RawBlock,
    last: RawBlock,
    /// That of the last block.
    cue: Cue,
    /// For each weak cue, how many further headings there are by it among its blocks but the last;
    /// looked for where it counts.
    weak: OnceCell<[Highest; 3]>,
}

/// All that decides what a stretch is in a document, and what labels its clauses have.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Place {
    stretch: u32,
    /// The headings above it.
    path: PathId,
    /// The rank of its last block.
    last: Option<Rank>,
    /// The weak cue that counts in the document.
    weak: Option<Weak>,
    /// Which of its blocks is the title.
    title: Option<usize>,
}

/// The stretches of a document that hold blocks.
#[derive(Default)]
struct Row {
    stretches: Vec<u32>,
    /// For each the rank of its last block.
    lasts: Vec<Option<Rank>>,
    /// The weak cue that counts.
    weak: Option<Weak>,
    words: usize,
    highest: Highest,
}

/// All that decides which block is the title.
#[derive(PartialEq, Eq)]
struct Opening {
    stretches: Vec<u32>,
    weak: Option<Weak>,
    highest: Highest,
}

/// A title.
struct Title {
    /// The place of its stretch in the row.
    at: usize,
    /// The place of its block in the stretch.
    block: usize,
    text: String,
}

impl std::fmt::Debug for Composer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Composer")
            .field("parts", &self.parts.len())
            .finish_non_exhaustive()
    }
}

impl<'a> Composer<'a> {
    pub(in crate::parse) fn new(reader: &'a Reader, memo: &'a ChunkMemo) -> Self {
        Self {
            reader,
            memo,
            numbers: FxHashMap::default(),
            stretches: Vec::new(),
            paths: Paths::default(),
            known: FxHashMap::default(),
            parts: Vec::new(),
            title: None,
        }
    }

    /// What a version is composed of; none where that takes reading the whole of it: another format
    /// than Markdown, link definitions, damaged text or none at all.
    pub fn compose(&mut self, document: &Document) -> Option<Composition> {
        let source = encoding::as_it_stands(&document.bytes)?;
        if format_of(&document.origin, source) != Format::Markdown {
            return None;
        }
        let head = provenance::read_head(source);
        let provenance = || provenance::provenance(document, &head, encoding::utf_8());
        let row = self.row(source, head.body)?;
        self.find_title(&row);
        let (parts, growing) = self.parts(&row);
        let fresh = growing.finish(provenance);
        let fresh = fresh.map(|(excerpt, facts)| {
            self.parts.extend(facts);
            excerpt
        });
        let facts = || parts.iter().map(|&part| &self.parts[part as usize]);
        let dated = facts().filter_map(|part| part.dated).max();
        let title = self.title.as_ref().and_then(|(_, title)| title.as_ref());
        Some(Composition {
            title: title
                .map(|title| title.text.clone())
                .or_else(|| head.title.clone())
                .or_else(|| provenance::title_of_name(&document.origin))
                .unwrap_or_else(|| provenance().site),
            revised: dated.map(|(_, date)| date),
            words: row.words,
            sections: facts().map(|part| part.sections).sum(),
            clauses: facts().map(|part| part.clauses).sum(),
            parts,
            fresh,
        })
    }

    /// The parts of a row, and those among them that were not known.
    fn parts(&mut self, row: &Row) -> (Vec<u32>, Growing) {
        let title = self.title.as_ref().and_then(|(_, title)| title.as_ref());
        let title = title.map(|title| (title.at, title.block));
        let mut growing = Growing::default();
        let mut next = count(self.parts.len());
        let mut path = Paths::TOP;
        let mut parts = Vec::with_capacity(row.stretches.len());
        for (at, (&stretch, &last)) in row.stretches.iter().zip(&row.lasts).enumerate() {
            let place = Place {
                stretch,
                path,
                last,
                weak: row.weak,
                title: title.filter(|(it, _)| *it == at).map(|(_, block)| block),
            };
            let chunk = || self.stretches[stretch as usize].chunk();
            let (part, behind) = match (self.known.get(&place), chunk()) {
                (Some(known), _) => *known,
                (None, Some(chunk)) => {
                    let ranks: Vec<_> = ranks(chunk, row.weak, last).collect();
                    let above = (path, &mut self.paths);
                    let behind = growing.add(chunk, &ranks, place.title, above);
                    self.known.insert(place, (next, behind));
                    next += 1;
                    (next - 1, behind)
                }
                (None, None) => continue,
            };
            parts.push(part);
            path = behind;
        }
        (parts, growing)
    }

    /// The stretches of a source from byte `from` on; none where they do not tell all.
    fn row(&mut self, source: &str, from: usize) -> Option<Row> {
        let mut row = Row::default();
        for range in cut::stretches(source, from) {
            let number = self.number(&source[range])?;
            if self.stretches[number as usize].seen.is_some() {
                row.stretches.push(number);
            }
        }
        let seen = |number: &u32| self.stretches[*number as usize].seen.as_ref();
        let all: Vec<&Seen> = row.stretches.iter().filter_map(seen).collect();
        let nexts = all.iter().skip(1).map(|seen| Some(&seen.first));
        let nexts: Vec<Option<&RawBlock>> = nexts.chain([None]).take(all.len()).collect();
        // What leads an item in stands in another stretch.
        let leaves_item = |next: &&RawBlock| next.kind == RawKind::Item;
        if all.is_empty() || nexts.iter().flatten().any(leaves_item) {
            return None;
        }
        let mut headings = 0;
        for (seen, next) in all.iter().zip(&nexts) {
            let last = headings::rank(seen.cue, &seen.last, *next);
            row.lasts.push(last);
            row.words += seen.words;
            row.highest = row.highest.and(seen.highest).and(Highest::of(&[last]));
            headings += seen.headings + usize::from(last.is_some());
        }
        if Weak::counts_beside(headings) {
            let chunks = row
                .stretches
                .iter()
                .map(|number| &self.stretches[*number as usize]);
            let chunks: Vec<&Chunk> = chunks.filter_map(Stretch::chunk).collect();
            row.add_weak(&all, &nexts, &chunks);
        }
        Some(row)
    }

    /// The number of a stretch; none where it can be felt further off.
    fn number(&mut self, stretch: &str) -> Option<u32> {
        let hash = xxh3_128(stretch.as_bytes());
        if let Some(number) = self.numbers.get(&hash) {
            return Some(*number);
        }
        let known = self.memo.place(stretch);
        let read = known.get_or_init(|| self.reader.known(stretch));
        if read.reach != Reach::Itself {
            return None;
        }
        let seen = Seen::of(&read.chunk);
        let number = count(self.stretches.len());
        self.stretches.push(Stretch { known, seen });
        self.numbers.insert(hash, number);
        Some(number)
    }

    /// Finds the title of a row, unless it opens as the last one did.
    fn find_title(&mut self, row: &Row) {
        let chunk = |stretch: &u32| self.stretches[*stretch as usize].chunk();
        let mut blocks = 0;
        let opening = row.stretches.iter().take_while(|stretch| {
            let near = blocks < TITLE_WITHIN;
            blocks += chunk(stretch).map_or(0, |chunk| chunk.raw.blocks.len());
            near
        });
        // One more decides what the last of these is.
        let length = opening.count() + 1;
        let stretches = &row.stretches[..length.min(row.stretches.len())];
        let same = |(known, _): &(Opening, _)| {
            known.stretches == stretches && (known.weak, known.highest) == (row.weak, row.highest)
        };
        if self.title.as_ref().is_some_and(same) {
            return;
        }
        let mut document = Chunk::default();
        let (mut all_ranks, mut firsts) = (Vec::new(), Vec::new());
        for (chunk, last) in stretches.iter().filter_map(chunk).zip(&row.lasts) {
            firsts.push(document.raw.blocks.len());
            document.append(chunk, 0);
            all_ranks.extend(ranks(chunk, row.weak, *last));
        }
        let raw = &document.raw;
        let found = structure::find_title(raw, &all_ranks, row.highest);
        let title = found.map(|found| {
            let at = firsts.partition_point(|first| *first <= found) - 1;
            Title {
                at,
                block: found - firsts[at],
                text: structure::title_text(raw.blocks[found].text.of(&raw.text)),
            }
        });
        let opening = Opening {
            stretches: stretches.to_vec(),
            weak: row.weak,
            highest: row.highest,
        };
        self.title = Some((opening, title));
    }
}

impl Row {
    /// Adds the headings by the first weak cue that enough blocks have.
    fn add_weak(&mut self, all: &[&Seen], nexts: &[Option<&RawBlock>], chunks: &[&Chunk]) {
        for (kind, weak) in Weak::ALL.into_iter().enumerate() {
            let ends = all.iter().zip(nexts).zip(chunks).zip(&self.lasts);
            let lasts: Vec<Option<Rank>> = ends
                .map(|(((seen, next), chunk), last)| {
                    last.or_else(|| weak.rank(&seen.last, *next, &chunk.raw))
                })
                .collect();
            let more = lasts.iter().zip(&self.lasts);
            let more = more.filter(|(new, old)| old.is_none() && new.is_some());
            let more: Vec<Option<Rank>> = more.map(|(new, _)| *new).collect();
            let inner = all
                .iter()
                .zip(chunks)
                .map(|(seen, chunk)| seen.weak(chunk)[kind]);
            let found = inner.fold(Highest::of(&more), Highest::and);
            if Weak::suffice(found.count) {
                self.lasts = lasts;
                self.weak = Some(weak);
                self.highest = self.highest.and(found);
                return;
            }
        }
    }
}

impl Stretch {
    fn chunk(&self) -> Option<&Chunk> {
        Some(&self.known.get()?.chunk)
    }
}

impl Seen {
    fn of(chunk: &Chunk) -> Option<Self> {
        let (first, last) = (chunk.raw.blocks.first()?, chunk.raw.blocks.last()?);
        let inner: Vec<Option<Rank>> = ranks(chunk, None, None).collect();
        Some(Self {
            // Between stretches stands a line break.
            words: count_words(&chunk.raw.text),
            headings: inner.iter().flatten().count(),
            highest: Highest::of(&inner),
            first: first.clone(),
            last: last.clone(),
            cue: chunk.facts.last()?.cue,
            weak: OnceCell::new(),
        })
    }

    fn weak(&self, chunk: &Chunk) -> &[Highest; 3] {
        self.weak.get_or_init(|| {
            Weak::ALL.map(|weak| {
                let strong = ranks(chunk, None, None);
                let both = strong.zip(ranks(chunk, Some(weak), None));
                let new = both.filter(|(strong, _)| strong.is_none());
                Highest::of(&new.map(|(_, rank)| rank).collect::<Vec<_>>())
            })
        })
    }
}

/// The ranks of the blocks of a stretch whose last block has the rank `last`.
fn ranks(
    chunk: &Chunk,
    weak: Option<Weak>,
    last: Option<Rank>,
) -> impl Iterator<Item = Option<Rank>> + '_ {
    let blocks = &chunk.raw.blocks;
    let inner = blocks.iter().zip(blocks.get(1..).unwrap_or(&[]));
    let rank = move |((block, next), facts): ((&RawBlock, &RawBlock), &super::Facts)| {
        headings::rank(facts.cue, block, Some(next))
            .or_else(|| weak?.rank(block, Some(next), &chunk.raw))
    };
    let inner = inner.zip(&chunk.facts).map(rank);
    inner.chain((!blocks.is_empty()).then_some(last))
}

fn count(things: usize) -> u32 {
    super::count(things)
}
