//! Learned weights of words and pairs of words: which a sentence has, and what they come to.

use super::phrases::{Phrases, Token};
use super::stamps::Stamps;
use super::tables::WordPair;
use super::terms::Hit;
use super::weight_file::Row;
use super::words::Gap;
use crate::model::{TextRange, Topic};

/// Learned weights added up for each topic, in [`UNIT`](super::weight_file::UNIT)s.
pub(super) type Units = [i32; Topic::ALL.len()];

/// The rows of learned weights that one sentence has; keeps its buffers for the next.
#[derive(Debug, Default)]
pub(super) struct Learned {
    /// Where the search for each two words starts among those with weights.
    homes: Vec<WordPair>,
    /// The rows of each word: of the word and the one before it, and of the word alone; 0 for none.
    rows: Vec<[u16; 2]>,
    /// Each of them once, and those among them that the block has had.
    new: Vec<u16>,
    again: Vec<u16>,
}

impl Learned {
    /// Finds the rows of the next sentence.
    pub(super) fn find(&mut self, tokens: &[Token], phrases: &Phrases, stamps: &mut Stamps) {
        self.look_up(tokens, phrases);
        self.part(stamps);
    }

    /// All of them, each once, in no order.
    pub(super) fn rows(&self) -> &[u16] {
        &self.new
    }

    /// What they come to, each counted once: for the sentence alone, and towards its block.
    pub(super) fn sums(&self, weights: &[Row]) -> (Units, Units) {
        let own = sum(&self.new, weights);
        if self.again.is_empty() {
            return (own, own);
        }
        let again = sum(&self.again, weights);
        (own, std::array::from_fn(|t| own[t] - again[t]))
    }

    /// Fills `rows`.
    fn look_up(&mut self, tokens: &[Token], phrases: &Phrases) {
        self.homes.clear();
        self.homes.extend(phrases.homes_of_pairs(tokens));
        self.rows.clear();
        let second = tokens.get(1..).unwrap_or(&[]);
        let first = tokens.first().map(|token| [0, token.weights]);
        self.rows.extend(first);
        let pairs = tokens.iter().zip(second).zip(&self.homes);
        self.rows.extend(pairs.map(|((first, second), home)| {
            let pair = if second.gap < Gap::Clause {
                phrases.weights_of_pair(first, second, *home)
            } else {
                0
            };
            [pair, second.weights]
        }));
    }

    /// Takes each of `rows` into `new` once, and into `again` if the block has had it. Which rows come
    /// again cannot be foretold, so the processor is not made to guess: each is written, and the next
    /// one over it unless it counts.
    fn part(&mut self, stamps: &mut Stamps) {
        let (sentence, block) = (stamps.sentence, stamps.block);
        let rows = self.rows.as_flattened();
        for kept in [&mut self.new, &mut self.again] {
            kept.resize(rows.len(), 0);
        }
        let (counted, new, again) = (&mut *stamps.counted, &mut *self.new, &mut *self.again);
        if let Some(none) = counted.first_mut() {
            *none = sentence;
        }
        let (mut news, mut agains) = (0, 0);
        for &row in rows {
            let Some(counted) = counted.get_mut(usize::from(row)) else {
                continue;
            };
            let before = std::mem::replace(counted, sentence);
            let is_new = before != sentence;
            if let (Some(new), Some(again)) = (new.get_mut(news), again.get_mut(agains)) {
                (*new, *again) = (row, row);
            }
            news += usize::from(is_new);
            agains += usize::from(is_new & (before >= block));
        }
        self.new.truncate(news);
        self.again.truncate(agains);
    }

    /// Notes where each of them stands. Two words begin before the second of them, so that hits come by
    /// their places.
    pub(super) fn note(&self, tokens: &[Token], hits: &mut Vec<Hit>) {
        let mut new = self.new.iter().copied().peekable();
        let mut before = None;
        for (token, [pair, alone]) in tokens.iter().zip(&self.rows) {
            let starts = [(pair, before.unwrap_or(token.start)), (alone, token.start)];
            for (row, start) in starts {
                if let Some(row) = new.next_if_eq(row) {
                    let text = TextRange {
                        start,
                        end: token.end,
                    };
                    hits.push(Hit { row, text });
                }
            }
            before = Some(token.start);
        }
    }
}

/// So many weights of eight bits never exceed 16.
const FEW: usize = 1 << 8;

/// Adds up rows of learned weights.
fn sum(rows: &[u16], weights: &[Row]) -> Units {
    let mut all = Units::default();
    for few in rows.chunks(FEW) {
        for (all, sum) in all.iter_mut().zip(sum_of_few(few, weights)) {
            *all += i32::from(sum);
        }
    }
    all
}

/// The same for a few rows, whose sums fit into 16 bits; processors add eight such at once. Inlined
/// where 32 bits are wanted, it would be done by fours.
#[inline(never)]
fn sum_of_few(rows: &[u16], weights: &[Row]) -> [i16; Topic::ALL.len()] {
    let mut sums = [0i16; Topic::ALL.len()];
    for row in rows.iter().filter_map(|row| weights.get(usize::from(*row))) {
        for (sum, weight) in sums.iter_mut().zip(row) {
            *sum += i16::from(*weight);
        }
    }
    sums
}
