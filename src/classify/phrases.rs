//! Finds phrases in words: a trie over words, stems and gaps. One walk from each word; its length
//! is bounded by the phrases, so the time is linear in the text.

use super::tables::{Node, Tables, home, initials, pair_hash, sign};
use super::words::{Gap, Word};
use smallvec::SmallVec;

/// The most words that a `~` stands for.
const GAP_WORDS: usize = 4;

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
    /// What stands before it.
    pub(super) gap: Gap,
}

impl Token {
    /// The token for a word of a text that starts at `offset`.
    pub(super) fn new(word: &Word<'_>, offset: u32, row: u32, symbol: u32) -> Self {
        let place = |at: usize| offset.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
        Self {
            start: place(word.start),
            end: place(word.end),
            row,
            symbol,
            gap: word.gap,
        }
    }
}

/// A word resolved against the vocabulary of phrases; none of them for a word that stands in none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Symbols {
    /// The word itself, if any phrase holds it; 0 for none.
    pub(super) exact: u32,
    /// The longest stem it begins with; 0 for none. Shorter ones follow by `Tables::parents`.
    stem: u32,
    /// The signs of all of them.
    signs: u64,
    /// Where the first two of them that begin phrases lead from the root; 0 for nowhere,
    /// [`MORE`] first where there are more than two.
    roots: [u32; 2],
}

/// Stands for the roots of a word with more than two.
const MORE: u32 = u32::MAX;

impl Symbols {
    pub(super) const NONE: Symbols = Symbols {
        exact: 0,
        stem: 0,
        signs: 0,
        roots: [0; 2],
    };
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

    /// What the phrases make of a word, and its grammatical classes.
    pub(super) fn resolve(&self, word: &Word<'_>) -> (Symbols, u64) {
        let (exact, classes) = self.known(word.hash);
        let mut symbols = Symbols {
            exact,
            stem: self.stem(word.head),
            ..Symbols::NONE
        };
        let (mut signs, mut roots) = (0, SmallVec::<[u32; 4]>::new());
        self.each_symbol(symbols, |symbol| {
            signs |= sign(symbol);
            let root = self.tables.first.get(symbol as usize);
            roots.extend(root.copied().filter(|root| *root != 0));
        });
        symbols.signs = signs;
        if roots.len() > symbols.roots.len() {
            roots.insert(0, MORE);
        }
        for (slot, root) in symbols.roots.iter_mut().zip(roots) {
            *slot = root;
        }
        (symbols, classes)
    }

    /// Where a symbol leads from the root.
    fn first(&self, symbol: u32) -> Option<&Node> {
        let root = *self.tables.first.get(symbol as usize)?;
        self.root(root)
    }

    fn root(&self, root: u32) -> Option<&Node> {
        self.tables.nodes.get(root as usize).filter(|_| root != 0)
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

    /// The row of learned weights of a word by itself.
    pub(super) fn row(&self, token: Token) -> Option<usize> {
        let row = self.tables.single.get(token.symbol as usize)?;
        usize::from(*row).checked_sub(1)
    }

    /// The row of learned weights of two words that follow each other.
    pub(super) fn row_of_pair(&self, first: Token, second: Token) -> Option<usize> {
        if first.symbol == 0 || second.symbol == 0 {
            return None;
        }
        let mask = self.tables.pairs.len().wrapping_sub(1);
        let mut at = home(pair_hash(first.symbol, second.symbol), mask);
        while let Some(&(one, two, row)) = self.tables.pairs.get(at) {
            if (one, two) == (first.symbol, second.symbol) {
                return usize::from(row).checked_sub(1);
            }
            if row == 0 {
                break;
            }
            at = (at + 1) & mask;
        }
        None
    }

    /// Finds every phrase in `tokens`; none reaches across the end of a sentence. `of` tells the
    /// symbols of a token.
    pub(super) fn find<'t>(
        &self,
        tokens: &[Token],
        of: impl Fn(&Token) -> &'t Symbols,
        found: &mut Vec<Match>,
    ) {
        let mut search = Search {
            phrases: self,
            tokens,
            of,
            first: 0,
            found,
        };
        for (at, token) in tokens.iter().enumerate() {
            let symbols = (search.of)(token);
            search.first = at;
            if symbols.roots[0] == MORE {
                self.each_symbol(*symbols, |symbol| {
                    if let Some(node) = self.first(symbol) {
                        search.walk(at, node);
                    }
                });
                continue;
            }
            for &root in &symbols.roots {
                let Some(node) = self.root(root) else {
                    break;
                };
                search.walk(at, node);
            }
        }
    }

    fn each_symbol(&self, symbols: Symbols, mut each: impl FnMut(u32)) {
        if symbols.exact != 0 {
            each(symbols.exact);
        }
        let mut stem = symbols.stem;
        while stem != 0 {
            each(stem);
            stem = self.tables.parents.get(stem as usize).copied().unwrap_or(0);
        }
    }
}

/// The search for phrases that begin with one word.
struct Search<'s, F> {
    phrases: &'s Phrases,
    tokens: &'s [Token],
    of: F,
    /// The place of that word.
    first: usize,
    found: &'s mut Vec<Match>,
}

impl<'t, F: Fn(&Token) -> &'t Symbols> Search<'_, F> {
    /// Takes the phrases that end at a node, which the word at `last` led to, and goes on from it.
    fn walk(&mut self, last: usize, node: &Node) {
        let tables = &self.phrases.tables;
        let place = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (first, end) = (place(self.first), place(last));
        let ends = tables.ends.get(node.ends.0 as usize..node.ends.1 as usize);
        self.found
            .extend(ends.unwrap_or(&[]).iter().map(|&phrase| Match {
                phrase,
                first,
                last: end,
            }));
        if node.signs != 0 {
            self.step(last + 1, node);
        }
        if node.after_gap != 0
            && let Some(node) = tables.nodes.get(node.after_gap as usize)
        {
            for skipped in 0..=GAP_WORDS {
                if !self.step(last + 1 + skipped, node) {
                    break;
                }
            }
        }
    }

    /// Follows the edges for the token at `next`; false where no phrase may go on.
    fn step(&mut self, next: usize, node: &Node) -> bool {
        let Some(token) = self.tokens.get(next) else {
            return false;
        };
        if token.gap >= Gap::Clause {
            return false;
        }
        let symbols = (self.of)(token);
        if symbols.signs & node.signs == 0 {
            return true;
        }
        let phrases = self.phrases;
        let tables = &phrases.tables;
        let edges = tables
            .edges
            .get(node.edges.0 as usize..node.edges.1 as usize);
        let edges = edges.unwrap_or(&[]);
        phrases.each_symbol(*symbols, |symbol| {
            if let Ok(at) = edges.binary_search_by_key(&symbol, |edge| edge.0)
                && let Some(&(_, node)) = edges.get(at)
                && let Some(node) = tables.nodes.get(node as usize)
            {
                self.walk(next, node);
            }
        });
        true
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
        let (mut tokens, mut symbols) = (Vec::new(), Vec::new());
        words::read(text, |word| {
            tokens.push(Token::new(
                &word,
                0,
                u32::try_from(symbols.len()).unwrap(),
                0,
            ));
            symbols.push(phrases.resolve(&word).0);
        });
        let mut found = Vec::new();
        phrases.find(&tokens, |token| &symbols[token.row as usize], &mut found);
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
