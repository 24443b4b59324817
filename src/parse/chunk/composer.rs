//! Reads the versions of a document as what they are composed of. Most of a version stood in the one
//! before it: what is known already, under the same headings, is told by a number and not put
//! together again.

use super::cut::{self, Reach};
use super::excerpt::{Excerpt, Growing, PartFacts};
use super::items::{self, Style};
use super::memo::{ChunkMemo, Key};
use super::paths::{Above, Paths};
use super::seen::{Seen, Stretch, ranks};
use super::{Chunk, Reader};
use crate::model::{Document, PartialDate};
use crate::parse::builder::{RawBlock, RawKind};
use crate::parse::headings::{self, Rank, Weak};
use crate::parse::structure::{self, Highest, TITLE_WITHIN};
use crate::parse::{Format, encoding, format_of, markdown, provenance};
use rustc_hash::FxHashMap;

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
    /// By the hashes of stretches.
    numbers: FxHashMap<u128, u32>,
    /// What those stretches consist of that were cut between the items of a list.
    lists: FxHashMap<u128, Box<[u32]>>,
    stretches: Vec<Stretch>,
    paths: Paths,
    /// What a stretch turned out to be at its place: the part, and what stands above the next one.
    known: FxHashMap<Place, (u32, Above)>,
    parts: Vec<PartFacts>,
    /// The title that was found last: versions mostly begin as the one before them did.
    title: Option<(Opening, Option<Title>)>,
}

/// All that decides what a stretch is in a document, and what labels its clauses have.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Place {
    stretch: u32,
    /// The headings above it, and what leads it in where it begins with an item.
    above: Above,
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
            lists: FxHashMap::default(),
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
        let mut above = Above::default();
        let mut parts = Vec::with_capacity(row.stretches.len());
        for (at, (&stretch, &last)) in row.stretches.iter().zip(&row.lasts).enumerate() {
            let seen = self.stretches[stretch as usize].seen.as_ref();
            if !seen.is_some_and(|seen| seen.first.kind == RawKind::Item) {
                above.lead_in = None;
            }
            let place = Place {
                stretch,
                above,
                last,
                weak: row.weak,
                title: title.filter(|(it, _)| *it == at).map(|(_, block)| block),
            };
            let chunk = || self.stretches[stretch as usize].chunk();
            let (part, behind) = match (self.known.get(&place), chunk()) {
                (Some(known), _) => *known,
                (None, Some(chunk)) => {
                    let ranks: Vec<_> = ranks(chunk, row.weak, last).collect();
                    let above = (above, &mut self.paths);
                    let behind = growing.add(chunk, &ranks, place.title, above);
                    self.known.insert(place, (next, behind));
                    next += 1;
                    (next - 1, behind)
                }
                (None, None) => continue,
            };
            parts.push(part);
            above = behind;
        }
        (parts, growing)
    }

    /// The stretches of a source from byte `from` on; none where they do not tell all.
    fn row(&mut self, source: &str, from: usize) -> Option<Row> {
        let mut row = Row::default();
        for range in cut::stretches(source, from) {
            self.add(&source[range], &mut row.stretches)?;
        }
        let seen = |number: &u32| self.stretches[*number as usize].seen.as_ref();
        let all: Vec<&Seen> = row.stretches.iter().filter_map(seen).collect();
        let nexts = all.iter().skip(1).map(|seen| Some(&seen.first));
        let nexts: Vec<Option<&RawBlock>> = nexts.chain([None]).take(all.len()).collect();
        let mut neighbours = all.iter().zip(&all[1.min(all.len())..]);
        if all.is_empty() || neighbours.any(|(seen, next)| seen.goes_on_in(next)) {
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

    /// Adds the numbers of what a stretch consists of: of itself, or of its parts where it can be cut
    /// between the items of a list. None where it can be felt further off.
    fn add(&mut self, stretch: &str, numbers: &mut Vec<u32>) -> Option<()> {
        let key = Key::of(stretch, None);
        if let Some(parts) = self.lists.get(&key.hash) {
            numbers.extend(parts);
            return Some(());
        }
        let before = numbers.len();
        if !self.numbers.contains_key(&key.hash) && self.add_items(stretch, numbers)? {
            self.lists.insert(key.hash, numbers[before..].into());
            return Some(());
        }
        numbers.truncate(before);
        let number = self.number(stretch, key, None)?;
        let has_blocks = self.stretches[number as usize].seen.is_some();
        numbers.extend(has_blocks.then_some(number));
        Some(())
    }

    /// Adds the numbers of what a stretch consists of where it can be cut between the items of a
    /// list; whether it can. None where it can be felt further off.
    fn add_items(&mut self, stretch: &str, numbers: &mut Vec<u32>) -> Option<bool> {
        // As a whole, since a mark may be mended by one in another item.
        let stretch = markdown::mend(stretch);
        let Some(list) = items::cuts(&stretch) else {
            return Some(false);
        };
        let ends = list.cuts.iter().copied().chain([stretch.len()]);
        let mut start = 0;
        for end in ends {
            let (part, style) = (&stretch[start..end], Some(list.style));
            let number = self.number(part, Key::of(part, style), style)?;
            let first = self.stretches[number as usize].seen.as_ref();
            // Items without words of their own do not count in a list.
            if start > 0 && !first.is_some_and(|seen| seen.first.begins_item_at_margin()) {
                return Some(false);
            }
            if first.is_some() {
                numbers.push(number);
            }
            start = end;
        }
        Some(true)
    }

    /// The number of a stretch; none where it can be felt further off. `list` is the style of the
    /// list whose items it was cut between.
    fn number(&mut self, stretch: &str, key: Key, list: Option<Style>) -> Option<u32> {
        if let Some(number) = self.numbers.get(&key.hash) {
            return Some(*number);
        }
        let known = self.memo.place(key);
        let read = known.get_or_init(|| self.reader.known(stretch, list));
        if read.reach != Reach::Itself {
            return None;
        }
        let seen = Seen::of(&read.chunk);
        let number = count(self.stretches.len());
        self.stretches.push(Stretch { known, seen });
        self.numbers.insert(key.hash, number);
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
            document.append_words(chunk, 0);
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

fn count(things: usize) -> u32 {
    super::count(things)
}
