//! Finds phrases in words: a trie over words, stems and gaps. One walk from each word; its length
//! is bounded by the phrases, so the time is linear in the text.

use super::tables::{
    NODE_BITS, Node, ROW_BITS, SIGNS, Tables, WordPair, home, initials, pair, pair_hash, sign, step,
};
use super::words::{Gap, Word};

/// The most words that a `~` stands for.
const GAP_WORDS: u32 = 4;

/// A word of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// First byte in the text.
    pub(super) start: u32,
    /// One past the last byte in the text.
    pub(super) end: u32,
    /// Where the vocabulary keeps what is known of the word.
    pub(super) row: u32,
    /// Its number among the words of topics; 0 for none.
    pub(super) symbol: u32,
    /// The row of learned weights of the word by itself; 0 for none.
    pub(super) weights: u16,
    /// What stands before it.
    pub(super) gap: Gap,
}

/// A word as one set of phrases knows it; all 0 for a word that stands in none of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Symbols {
    /// The signs of all its symbols.
    signs: u64,
    /// The signs of the symbols that may follow it in a phrase that it begins, and [`GAP`].
    next: u64,
    /// Where [`Lists`] keep the phrases that it is by itself, after them its symbols, and then the
    /// nodes to which these lead from the root.
    list: u32,
    alone: u16,
    /// How many symbols it has, of which each is a stem of the one before.
    symbols: u8,
    /// How many of them begin phrases.
    ways: u8,
}

impl Symbols {
    pub(super) const NONE: Symbols = Symbols {
        signs: 0,
        next: 0,
        list: 0,
        alone: 0,
        symbols: 0,
        ways: 0,
    };
}

/// Among the signs that may follow a word: any, since a phrase goes on with a gap.
const GAP: u64 = !SIGNS;

/// The phrases that words are by themselves, and their symbols: each word by itself, if any phrase
/// holds it, then the stems that it begins with, the longest first. Also, where these lead.
#[derive(Debug, Default)]
pub(super) struct Lists(Vec<u32>);

impl Lists {
    /// The phrases that a word is by itself.
    #[inline]
    fn alone(&self, word: &Symbols) -> &[u32] {
        self.part(word.list as usize, word.alone)
    }

    #[inline]
    fn symbols(&self, word: &Symbols) -> &[u32] {
        let from = word.list as usize + usize::from(word.alone);
        self.part(from, word.symbols.into())
    }

    #[inline]
    fn ways(&self, word: &Symbols) -> &[u32] {
        let from = word.list as usize + usize::from(word.alone) + usize::from(word.symbols);
        self.part(from, word.ways.into())
    }

    #[inline]
    fn part(&self, from: usize, length: u16) -> &[u32] {
        let part = self.0.get(from..from + usize::from(length));
        part.unwrap_or(&[])
    }
}

/// One occurrence of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Match {
    /// The number given when the phrase was added.
    pub(super) phrase: u32,
    /// First token.
    pub(super) first: u32,
    /// Last token.
    pub(super) last: u32,
}

/// All phrases, ready to be found.
#[derive(Clone, Debug)]
pub(super) struct Phrases {
    tables: Tables,
}

impl Phrases {
    /// The phrases of some tables.
    pub(super) fn new(tables: Tables) -> Self {
        Self { tables }
    }

    /// What the phrases make of a word; its lists go to `lists`.
    pub(super) fn resolve(&self, word: &Word<'_>, lists: &mut Lists) -> Symbols {
        let list = u32::try_from(lists.0.len()).unwrap_or(u32::MAX);
        let exact = Some(self.symbol(word)).filter(|symbol| *symbol != 0);
        let stem = Some(self.stem(word.head)).filter(|stem| *stem != 0);
        let stems = std::iter::successors(stem, |stem| {
            let shorter = self.tables.parents.get(*stem as usize).copied();
            shorter.filter(|shorter| *shorter != 0)
        });
        let symbols: Vec<u32> = exact.into_iter().chain(stems).collect();
        let mut found = Symbols {
            list,
            ..Symbols::NONE
        };
        let mut ways = Vec::new();
        for &symbol in &symbols {
            found.signs |= sign(symbol);
            if let Some((way, node)) = self.first(symbol) {
                found.next |= node.signs | if node.after_gap != 0 { GAP } else { 0 };
                lists.0.extend_from_slice(self.tables.ends(node));
                ways.push(way);
            }
        }
        if symbols.is_empty() {
            return Symbols::NONE;
        }
        let alone = lists.0.len() - list as usize;
        found.alone = u16::try_from(alone).unwrap_or(u16::MAX);
        // A word has a stem of each of its first letters at most.
        let count = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
        (found.symbols, found.ways) = (count(symbols.len()), count(ways.len()));
        lists.0.extend(symbols);
        lists.0.extend(ways);
        found
    }

    /// Where a symbol leads from the root.
    fn first(&self, symbol: u32) -> Option<(u32, &Node)> {
        let way = *self.tables.first.get(symbol as usize)?;
        let node = self.tables.nodes.get(way as usize)?;
        (way != 0).then_some((way, node))
    }

    /// The number of a word; 0 for none.
    pub(super) fn symbol(&self, word: &Word<'_>) -> u32 {
        self.known(word.hash).0
    }

    /// The grammatical classes of a word.
    pub(super) fn classes(&self, word: &Word<'_>) -> u64 {
        self.known(word.hash).1
    }

    /// The row of learned weights of a word by itself; 0 for none.
    pub(super) fn weights(&self, symbol: u32) -> u16 {
        let row = self.tables.single.get(symbol as usize);
        row.copied().unwrap_or(0)
    }

    /// The symbol and classes of a word.
    fn known(&self, hash: u64) -> (u32, u64) {
        let mask = self.tables.words.len().wrapping_sub(1);
        let mut at = home(hash, mask);
        while let Some(&(found, symbol, classes)) = self.tables.words.get(at) {
            if found == hash {
                return (symbol, classes);
            }
            if symbol == 0 && classes == 0 {
                break;
            }
            at = (at + 1) & mask;
        }
        (0, 0)
    }

    /// The symbol of the longest stem that a word begins with; 0 for none.
    fn stem(&self, word: &[u8]) -> u32 {
        let tables = &self.tables;
        let group = initials(word);
        let (Some(&from), Some(&to)) = (tables.groups.get(group), tables.groups.get(group + 1))
        else {
            return 0;
        };
        let stems = tables.stems.get(from as usize..to as usize).unwrap_or(&[]);
        let begins = stems.iter().find(|(at, length, _)| {
            let letters = *at as usize..(at + length) as usize;
            tables
                .letters
                .get(letters)
                .is_some_and(|stem| word.starts_with(stem))
        });
        begins.map_or(0, |(.., symbol)| *symbol)
    }

    /// The slots where the search for each two words that follow each other starts. Nothing is decided
    /// here, so that the processor fetches many of them at a time.
    pub(super) fn homes_of_pairs<'t>(
        &'t self,
        tokens: &'t [Token],
    ) -> impl Iterator<Item = WordPair> + 't {
        let slots = &*self.tables.pairs;
        let second = tokens.get(1..).unwrap_or(&[]);
        tokens.iter().zip(second).map(move |(first, second)| {
            let home = home_of_pair(pair(first.symbol, second.symbol), slots);
            slots.get(home).copied().unwrap_or(0)
        })
    }

    /// The row of learned weights of two words that follow each other; 0 for none. `slot` is the one
    /// where their search starts.
    #[inline]
    pub(super) fn weights_of_pair(&self, first: &Token, second: &Token, slot: WordPair) -> u16 {
        let pair = pair(first.symbol, second.symbol);
        let slot = if slot == 0 || slot >> ROW_BITS == pair {
            slot
        } else {
            self.next_of_pair(pair)
        };
        (slot & u64::from(u16::MAX)) as u16
    }

    /// The slot of two words, or an empty one, where another's stands in the first.
    fn next_of_pair(&self, pair: u64) -> WordPair {
        let slots = &*self.tables.pairs;
        let mut at = home_of_pair(pair, slots);
        while let Some(&slot) = slots.get(at) {
            if slot == 0 || slot >> ROW_BITS == pair {
                return slot;
            }
            at = (at + 1) & slots.len().wrapping_sub(1);
        }
        0
    }

    /// Finds every phrase in `tokens`; none reaches across the end of a sentence. `of` tells the symbols
    /// of a token, `lists` what these stand for.
    pub(super) fn find<'t>(
        &self,
        tokens: &[Token],
        of: impl Fn(&Token) -> &'t Symbols,
        lists: &Lists,
        found: &mut Vec<Match>,
    ) {
        let mut search = Search {
            tables: &self.tables,
            tokens,
            of,
            lists,
            first: 0,
            found,
        };
        let mut ahead = search.symbols(0);
        for (at, _) in (0..).zip(tokens) {
            let word = ahead;
            ahead = search.symbols(at + 1);
            search.first = at;
            if word.next & (ahead.signs | GAP) != 0 {
                search.begin(word);
            } else if word.alone != 0 {
                // Most words begin nothing that could go on with the next one.
                search.take(lists.alone(word), at);
            }
        }
    }
}

impl Tables {
    /// The phrases that end at a node.
    #[inline]
    fn ends(&self, node: &Node) -> &[u32] {
        let (from, to) = node.ends;
        let ends = self.ends.get(from as usize..to as usize);
        ends.unwrap_or(&[])
    }

    /// The node to which a symbol leads from another; 0 for nowhere.
    #[inline]
    fn edge(&self, node: u32, symbol: u32) -> u32 {
        let (slots, step) = (&*self.edges, step(node, symbol));
        let mut at = home_of_pair(step, slots);
        while let Some(&slot) = slots.get(at) {
            if slot >> NODE_BITS == step {
                return (slot & ((1 << NODE_BITS) - 1)) as u32;
            }
            if slot == 0 {
                break;
            }
            at = (at + 1) & slots.len().wrapping_sub(1);
        }
        0
    }
}

/// Where the search for two words starts, or for a step.
#[inline]
fn home_of_pair(pair: u64, slots: &[u64]) -> usize {
    home(pair_hash(pair), slots.len().wrapping_sub(1))
}

/// The search for phrases that begin with one word.
struct Search<'s, F> {
    tables: &'s Tables,
    tokens: &'s [Token],
    of: F,
    lists: &'s Lists,
    /// The place of that word.
    first: u32,
    found: &'s mut Vec<Match>,
}

impl<'t, F: Fn(&Token) -> &'t Symbols> Search<'_, F> {
    #[inline]
    fn symbols(&self, at: u32) -> &'t Symbols {
        let token = self.tokens.get(at as usize);
        token.map_or(&Symbols::NONE, &self.of)
    }

    /// Takes phrases that end with the word at `last`.
    #[inline]
    fn take(&mut self, phrases: &[u32], last: u32) {
        let first = self.first;
        self.found.extend(phrases.iter().map(|&phrase| Match {
            phrase,
            first,
            last,
        }));
    }

    /// Goes the ways from the root that a word opens.
    #[inline(never)]
    fn begin(&mut self, word: &Symbols) {
        for &way in self.lists.ways(word) {
            self.enter(way, self.first);
        }
    }

    /// Takes the phrases that end at a node, which the word at `last` led to, and goes on from it.
    fn enter(&mut self, place: u32, last: u32) {
        let Some(node) = self.tables.nodes.get(place as usize) else {
            return;
        };
        if node.ends.0 != node.ends.1 {
            self.take(self.tables.ends(node), last);
        }
        // Most nodes are the end of their phrase.
        if node.leads_on() {
            self.go_on(place, node, last);
        }
    }

    /// Goes on from a node.
    #[inline]
    fn go_on(&mut self, place: u32, node: &Node, last: u32) {
        if node.signs != 0 {
            self.step(last + 1, place, node);
        }
        let gap = node.after_gap;
        if gap != 0
            && let Some(node) = self.tables.nodes.get(gap as usize)
        {
            for skipped in 0..=GAP_WORDS {
                if !self.step(last + 1 + skipped, gap, node) {
                    break;
                }
            }
        }
    }

    /// Follows the edges of a node for the token at `next`; false where no phrase may go on.
    #[inline]
    fn step(&mut self, next: u32, place: u32, node: &Node) -> bool {
        let token = self.tokens.get(next as usize);
        let Some(token) = token.filter(|token| token.gap < Gap::Clause) else {
            return false;
        };
        let word = (self.of)(token);
        // Most words are on no edge.
        if word.signs & node.signs != 0 {
            self.follow(word, next, place);
        }
        true
    }

    /// Follows the edges of a node for a word.
    #[inline(never)]
    fn follow(&mut self, word: &Symbols, next: u32, place: u32) {
        for &symbol in self.lists.symbols(word) {
            let node = self.tables.edge(place, symbol);
            if node != 0 {
                self.enter(node, next);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::phrase::parse;
    use super::super::tables::Builder;
    use super::super::words;
    use super::*;

    fn found(phrases: &[(u32, &str)], text: &str) -> Vec<u32> {
        let mut builder = Builder::new();
        for (id, phrase) in phrases {
            let end = builder.add(&parse(phrase).unwrap());
            builder.attach(end, *id);
        }
        let phrases = Phrases::new(builder.finish());
        let (mut tokens, mut symbols, mut lists) = (Vec::new(), Vec::new(), Lists::default());
        words::read(text, |word| {
            symbols.push(phrases.resolve(&word, &mut lists));
            tokens.push(Token {
                start: 0,
                end: 0,
                row: u32::try_from(tokens.len()).unwrap(),
                symbol: 0,
                weights: 0,
                gap: word.gap,
            });
        });
        let mut found = Vec::new();
        let of = |token: &Token| &symbols[token.row as usize];
        phrases.find(&tokens, of, &lists, &mut found);
        let mut ids: Vec<u32> = found.iter().map(|found| found.phrase).collect();
        ids.sort_unstable();
        ids
    }

    fn finds(phrase: &str, text: &str) -> bool {
        !found(&[(7, phrase)], text).is_empty()
    }

    #[test]
    fn words_stems_and_gaps() {
        assert!(finds("web beacon", "Web beacons? A web-beacon!"));
        assert!(!finds("web beacon", "web of beacon"));
        assert!(finds("advertis*", "our Advertising partners"));
        assert!(!finds("advertis*", "adverse effects"));
        assert!(finds("opt ~ out", "opt out"));
        assert!(finds("opt ~ out", "opt you and all others out"));
        assert!(!finds("opt ~ out", "opt you and all of them out"));
        assert!(finds(
            "share ~ with ~ part*",
            "share your data with trusted partners"
        ));
        assert!(finds("über*", "überall"));
    }

    #[test]
    fn a_phrase_ends_where_its_sentence_ends() {
        assert!(!finds(
            "third party cookies",
            "We are no third party. Cookies help."
        ));
        assert!(!finds("third ~ cookies", "by a third party. Cookies help."));
        assert!(finds("third ~ cookies", "by a third party, whose cookies"));
    }

    #[test]
    fn a_shorter_stem_is_found_in_a_word_that_a_longer_one_fits() {
        let phrases = [(1, "adv*"), (2, "advertis*"), (3, "advertising")];
        assert_eq!(found(&phrases, "advertising"), [1, 2, 3]);
        assert_eq!(found(&phrases, "advance"), [1]);
    }

    #[test]
    fn phrases_with_the_same_words_are_all_found() {
        let phrases = [(1, "opt out"), (2, "opt out"), (3, "opt"), (4, "opt in")];
        assert_eq!(found(&phrases, "Opt out."), [1, 2, 3]);
    }
}
