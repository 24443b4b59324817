//! The words and phrases to look for, laid out flat: the tables of the embedded topics are made by
//! the build script and stand in the program as they are, so that starting costs nothing; a user's
//! own topics are laid out the same way when they are read.

use super::phrase::Part;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// A table, in the program or on the heap.
pub(super) type List<T> = Cow<'static, [T]>;

/// A slot of the table of words: hash, symbol, grammatical classes. No symbol and no class: empty.
pub(super) type Slot = (u64, u32, u64);

/// A stem: where its letters stand, how many there are, its symbol.
pub(super) type Stem = (u32, u32, u32);

/// A place in the trie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Node {
    /// Where the phrases that end here begin in `ends`, and where those after them do.
    pub(super) ends: (u32, u32),
    /// Where a gap leads, 0 for nowhere.
    pub(super) after_gap: u32,
    /// The [`sign`]s of the symbols that lead on: most words are told by them to lead nowhere.
    pub(super) signs: u64,
}

impl Node {
    /// Whether any phrase goes on from here.
    #[inline]
    pub(super) fn leads_on(&self) -> bool {
        self.signs != 0 || self.after_gap != 0
    }
}

/// A slot of the table of edges of the trie, in eight bytes: the [`step`], and in the lowest
/// [`NODE_BITS`] the node that it leads to; 0 for an empty slot.
pub(super) type Edge = u64;

/// Bits of a slot that are a node, and of its step for node and symbol each.
pub(super) const NODE_BITS: u32 = u64::BITS / 3;

/// The step from a node with a symbol as one number.
pub(super) fn step(node: u32, symbol: u32) -> u64 {
    (u64::from(node) << NODE_BITS) | u64::from(symbol)
}

/// One bit of [`SIGNS`] for a symbol.
pub(super) fn sign(symbol: u32) -> u64 {
    1 << (symbol % SIGNS.count_ones())
}

/// The bits that are signs of symbols.
pub(super) const SIGNS: u64 = u64::MAX >> 1;

/// A slot of the table of pairs of words, in eight bytes, as a text looks at many of them: the [`pair`],
/// and in the lowest [`ROW_BITS`] the row of weights; 0 for an empty slot.
pub(super) type WordPair = u64;

/// Bits of a slot that are the row of weights.
pub(super) const ROW_BITS: u32 = u16::BITS;

/// Bits of a slot that are a symbol, for each of its two words.
const SYMBOL_BITS: u32 = (u64::BITS - ROW_BITS) / 2;

/// Two symbols as one number.
pub(super) fn pair(first: u32, second: u32) -> u64 {
    (u64::from(first) << SYMBOL_BITS) | u64::from(second)
}

/// Every table.
#[derive(Clone, Debug, Default)]
pub(super) struct Tables {
    /// Every known word, by hash, with open addressing; the length is a power of two.
    pub(super) words: List<Slot>,
    /// The letters of all stems.
    pub(super) letters: List<u8>,
    /// The stems by [`initials`], in each group the longest first.
    pub(super) stems: List<Stem>,
    /// By [`initials`]: where the group starts in `stems`. One more than there are groups.
    pub(super) groups: List<u32>,
    /// By symbol: the next shorter stem that a stem begins with, 0 for none.
    pub(super) parents: List<u32>,
    /// The trie over symbols; the root comes first.
    pub(super) nodes: List<Node>,
    /// The numbers of the phrases, in groups that end in the same node.
    pub(super) ends: List<u32>,
    /// Where symbols lead from all nodes but the root, with open addressing; the length is a power of
    /// two.
    pub(super) edges: List<Edge>,
    /// By symbol: where it leads from the root, 0 for nowhere.
    pub(super) first: List<u32>,
    /// By symbol: the row of learned weights of the word alone; 0 for none.
    pub(super) single: List<u16>,
    /// Every pair of words that has learned weights, with open addressing; the length is a power of
    /// two.
    pub(super) pairs: List<WordPair>,
}

/// Groups of stems: two small letters, or anything else.
const GROUPS: usize = 26 * 26 + 1;

/// The group of a stem, or of the word that may begin with one.
pub(super) fn initials(word: &[u8]) -> usize {
    match word {
        [a @ b'a'..=b'z', b @ b'a'..=b'z', ..] => {
            usize::from(a - b'a') * 26 + usize::from(b - b'a')
        }
        _ => GROUPS - 1,
    }
}

/// Where the search for a word starts; the mask is one less than the number of slots.
pub(super) fn home(hash: u64, mask: usize) -> usize {
    // The hash mixes upwards, so its high half is the better one.
    (hash >> 32) as usize & mask
}

/// The hash of a [`pair`] or a [`step`], for [`home`].
pub(super) fn pair_hash(pair: u64) -> u64 {
    // Fibonacci hashing: 2^64 over the golden ratio.
    pair.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Tables under construction.
#[derive(Clone, Debug)]
pub(super) struct Builder {
    symbols: u32,
    words: FxHashMap<u64, (u32, u64)>,
    stems: FxHashMap<Box<[u8]>, u32>,
    nodes: Vec<Branch>,
    rows: Vec<(u32, u32)>,
}

/// A place in the trie under construction.
#[derive(Clone, Debug, Default)]
struct Branch {
    ends: Vec<u32>,
    after_gap: u32,
    edges: Vec<(u32, u32)>,
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Builder {
    /// No words yet.
    pub(super) fn new() -> Self {
        Self {
            symbols: 0,
            words: FxHashMap::default(),
            stems: FxHashMap::default(),
            nodes: vec![Branch::default()],
            rows: Vec::new(),
        }
    }

    /// Adds a word, or two that follow each other, with learned weights; the first gets row 1, and
    /// so on.
    pub(super) fn weigh(&mut self, first: u64, second: Option<u64>) {
        let row = (self.word(first), second.map_or(0, |hash| self.word(hash)));
        self.rows.push(row);
    }

    /// Adds grammatical classes to a word.
    pub(super) fn class(&mut self, hash: u64, classes: u64) {
        self.words.entry(hash).or_default().1 |= classes;
    }

    /// Adds a phrase unless it is there; its end in the trie, for [`Builder::at`] and
    /// [`Builder::attach`].
    pub(super) fn add(&mut self, parts: &[Part]) -> u32 {
        let mut node = 0;
        for part in parts {
            node = match part {
                Part::Gap => self.gap_after(node),
                Part::Word(hash) => {
                    let symbol = self.word(*hash);
                    self.edge(node, symbol)
                }
                Part::Stem(stem) => {
                    let symbol = self.stem(stem);
                    self.edge(node, symbol)
                }
            };
        }
        node
    }

    /// The numbers of the phrases that end at a node, the last attached first.
    pub(super) fn at(&self, node: u32) -> impl Iterator<Item = u32> + '_ {
        let node = self.nodes.get(node as usize);
        node.into_iter()
            .flat_map(|node| node.ends.iter().rev().copied())
    }

    /// Makes matches that end at a node give `id`.
    pub(super) fn attach(&mut self, node: u32, id: u32) {
        if let Some(node) = self.nodes.get_mut(node as usize) {
            node.ends.push(id);
        }
    }

    fn symbol(symbols: &mut u32) -> u32 {
        *symbols = symbols.saturating_add(1);
        *symbols
    }

    fn word(&mut self, hash: u64) -> u32 {
        let (symbol, _) = self.words.entry(hash).or_default();
        if *symbol == 0 {
            *symbol = Self::symbol(&mut self.symbols);
        }
        *symbol
    }

    fn stem(&mut self, stem: &[u8]) -> u32 {
        match self.stems.get(stem) {
            Some(&symbol) => symbol,
            None => {
                let symbol = Self::symbol(&mut self.symbols);
                self.stems.insert(stem.into(), symbol);
                symbol
            }
        }
    }

    fn gap_after(&mut self, node: u32) -> u32 {
        let new = count(self.nodes.len());
        match self.nodes.get_mut(node as usize) {
            Some(found) if found.after_gap != 0 => found.after_gap,
            Some(found) => {
                found.after_gap = new;
                self.nodes.push(Branch::default());
                new
            }
            None => 0,
        }
    }

    fn edge(&mut self, node: u32, symbol: u32) -> u32 {
        let new = count(self.nodes.len());
        let Some(found) = self.nodes.get_mut(node as usize) else {
            return 0;
        };
        match found.edges.binary_search_by_key(&symbol, |edge| edge.0) {
            Ok(at) => found.edges.get(at).map_or(0, |edge| edge.1),
            Err(at) => {
                found.edges.insert(at, (symbol, new));
                self.nodes.push(Branch::default());
                new
            }
        }
    }

    /// Lays the tables out.
    pub(super) fn finish(self) -> Tables {
        let mut tables = Tables {
            words: Cow::Owned(self.slots()),
            ..Tables::default()
        };
        self.lay_out_stems(&mut tables);
        self.lay_out_rows(&mut tables);
        let mut first = vec![0; self.symbols as usize + 1];
        if let Some(root) = self.nodes.first() {
            for &(symbol, node) in &root.edges {
                if let Some(slot) = first.get_mut(symbol as usize) {
                    *slot = node;
                }
            }
        }
        tables.first = Cow::Owned(first);
        tables.edges = Cow::Owned(edges(&self.nodes));
        let mut ends = Vec::new();
        let mut nodes = Vec::with_capacity(self.nodes.len());
        for node in self.nodes {
            let first_end = count(ends.len());
            let signs = node.edges.iter().map(|(symbol, _)| sign(*symbol));
            let signs = signs.fold(0, |all, sign| all | sign);
            ends.extend(node.ends.into_iter().rev());
            nodes.push(Node {
                ends: (first_end, count(ends.len())),
                after_gap: node.after_gap,
                signs,
            });
        }
        tables.nodes = Cow::Owned(nodes);
        tables.ends = Cow::Owned(ends);
        tables
    }

    fn slots(&self) -> Vec<Slot> {
        let mut words: Vec<_> = self.words.iter().collect();
        words.sort_unstable_by_key(|(hash, _)| **hash);
        let mut slots: Vec<Slot> = vec![(0, 0, 0); (3 * words.len()).next_power_of_two()];
        let mask = slots.len() - 1;
        for (&hash, &(symbol, classes)) in words {
            let mut at = home(hash, mask);
            while slots[at] != (0, 0, 0) {
                at = (at + 1) & mask;
            }
            slots[at] = (hash, symbol, classes);
        }
        slots
    }

    fn lay_out_rows(&self, tables: &mut Tables) {
        let mut single = vec![0; self.symbols as usize + 1];
        let mut pairs: Vec<WordPair> = vec![0; (2 * self.rows.len() + 1).next_power_of_two()];
        let mask = pairs.len() - 1;
        for (&(first, second), row) in self.rows.iter().zip(1..=u16::MAX) {
            if second == 0 {
                single[first as usize] = row;
                continue;
            }
            // No files have so many words.
            if first.max(second) >> SYMBOL_BITS != 0 {
                continue;
            }
            let pair = pair(first, second);
            let mut at = home(pair_hash(pair), mask);
            while pairs[at] != 0 {
                at = (at + 1) & mask;
            }
            pairs[at] = (pair << ROW_BITS) | u64::from(row);
        }
        tables.single = Cow::Owned(single);
        tables.pairs = Cow::Owned(pairs);
    }

    fn lay_out_stems(&self, tables: &mut Tables) {
        let mut stems: Vec<(&[u8], u32)> = self
            .stems
            .iter()
            .map(|(letters, symbol)| (&**letters, *symbol))
            .collect();
        stems.sort_unstable_by_key(|(stem, _)| {
            (initials(stem), std::cmp::Reverse(stem.len()), *stem)
        });
        let mut parents = vec![0; self.symbols as usize + 1];
        for (at, (stem, symbol)) in stems.iter().enumerate() {
            let shorter = stems[at + 1..]
                .iter()
                .find(|(shorter, _)| stem.starts_with(shorter));
            parents[*symbol as usize] = shorter.map_or(0, |(_, symbol)| *symbol);
        }
        let group_start = |group| count(stems.partition_point(|(stem, _)| initials(stem) < group));
        tables.groups = Cow::Owned((0..=GROUPS).map(group_start).collect());
        let mut letters: Vec<u8> = Vec::new();
        let mut laid_out = Vec::with_capacity(stems.len());
        for (stem, symbol) in stems {
            laid_out.push((count(letters.len()), count(stem.len()), symbol));
            letters.extend_from_slice(stem);
        }
        tables.letters = Cow::Owned(letters);
        tables.stems = Cow::Owned(laid_out);
        tables.parents = Cow::Owned(parents);
    }
}

/// The table of the edges of a trie.
fn edges(nodes: &[Branch]) -> Vec<Edge> {
    let of_node = |(from, node): (u32, &Branch)| {
        let edges = node.edges.clone().into_iter();
        edges.map(move |(symbol, to)| (from, symbol, to))
    };
    let edges: Vec<_> = (0..).zip(nodes).skip(1).flat_map(of_node).collect();
    let mut slots: Vec<Edge> = vec![0; (2 * edges.len() + 1).next_power_of_two()];
    let mask = slots.len() - 1;
    for (from, symbol, to) in edges {
        // No files have so many words.
        if from.max(symbol).max(to) >> NODE_BITS != 0 {
            continue;
        }
        let step = step(from, symbol);
        let mut at = home(pair_hash(step), mask);
        while slots[at] != 0 {
            at = (at + 1) & mask;
        }
        slots[at] = (step << NODE_BITS) | u64::from(to);
    }
    slots
}
