//! Finds phrases in words: a trie over words, stems and gaps. One walk from each word; its length
//! is bounded by the phrases, so the time is linear in the text.

use super::tables::{Tables, home, initials, pair_hash};
use super::words::{Gap, Word};

/// The most words that a `~` stands for.
const GAP_WORDS: usize = 4;

/// A word of a text, resolved against the phrases' vocabulary.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// The word itself, if any phrase holds it; 0 for none.
    exact: u32,
    /// The longest stem it begins with; 0 for none. Shorter ones follow by `Tables::parents`.
    stem: u32,
    /// First byte in the text.
    pub(super) start: u32,
    /// One past the last byte in the text.
    pub(super) end: u32,
    /// What stands before it.
    pub(super) gap: Gap,
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

    /// The token for a word of a text that starts at `offset`, and the word's grammatical classes.
    pub(super) fn token(&self, word: &Word<'_>, offset: u32) -> (Token, u64) {
        let (exact, classes) = self.known(word.hash);
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let token = Token {
            exact,
            stem: self.stem(word.head),
            start: offset.saturating_add(clamp(word.start)),
            end: offset.saturating_add(clamp(word.end)),
            gap: word.gap,
        };
        (token, classes)
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
        let row = self.tables.single.get(token.exact as usize)?;
        usize::from(*row).checked_sub(1)
    }

    /// The row of learned weights of two words that follow each other.
    pub(super) fn row_of_pair(&self, first: Token, second: Token) -> Option<usize> {
        if first.exact == 0 || second.exact == 0 {
            return None;
        }
        let mask = self.tables.pairs.len().wrapping_sub(1);
        let mut at = home(pair_hash(first.exact, second.exact), mask);
        while let Some(&(one, two, row)) = self.tables.pairs.get(at) {
            if (one, two) == (first.exact, second.exact) {
                return usize::from(row).checked_sub(1);
            }
            if row == 0 {
                break;
            }
            at = (at + 1) & mask;
        }
        None
    }

    /// Finds every phrase in `tokens`; none reaches across the end of a sentence.
    pub(super) fn find(&self, tokens: &[Token], found: &mut Vec<Match>) {
        for (at, token) in tokens.iter().enumerate() {
            self.each_symbol(*token, |symbol| {
                if let Some(&node) = self.tables.first.get(symbol as usize)
                    && node != 0
                {
                    self.walk(tokens, at, at, node, found);
                }
            });
        }
    }

    fn walk(&self, tokens: &[Token], first: usize, last: usize, at: u32, found: &mut Vec<Match>) {
        let Some(&(ends, after_gap, _, edges)) = self.tables.nodes.get(at as usize) else {
            return;
        };
        let mut next = ends;
        while let Some(&(phrase, after)) = self.tables.ends.get(next as usize).filter(|_| next != 0)
        {
            found.push(Match {
                phrase,
                first: u32::try_from(first).unwrap_or(u32::MAX),
                last: u32::try_from(last).unwrap_or(u32::MAX),
            });
            next = after;
        }
        if edges > 0 {
            self.step(tokens, first, last + 1, at, found);
        }
        if after_gap != 0 {
            for skipped in 0..=GAP_WORDS {
                let next = last + 1 + skipped;
                if !self.step(tokens, first, next, after_gap, found) {
                    break;
                }
            }
        }
    }

    /// Follows the edges for the token at `next`; false where no phrase may go on.
    fn step(
        &self,
        tokens: &[Token],
        first: usize,
        next: usize,
        at: u32,
        found: &mut Vec<Match>,
    ) -> bool {
        let Some(token) = tokens.get(next) else {
            return false;
        };
        if token.gap >= Gap::Clause {
            return false;
        }
        let Some(&(.., from, count)) = self.tables.nodes.get(at as usize) else {
            return false;
        };
        let edges = self
            .tables
            .edges
            .get(from as usize..(from + count) as usize);
        let edges = edges.unwrap_or(&[]);
        self.each_symbol(*token, |symbol| {
            if let Ok(at) = edges.binary_search_by_key(&symbol, |edge| edge.0)
                && let Some(&(_, node)) = edges.get(at)
            {
                self.walk(tokens, first, next, node, found);
            }
        });
        true
    }

    fn each_symbol(&self, token: Token, mut each: impl FnMut(u32)) {
        if token.exact != 0 {
            each(token.exact);
        }
        let mut stem = token.stem;
        while stem != 0 {
            each(stem);
            stem = self.tables.parents.get(stem as usize).copied().unwrap_or(0);
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
        let mut tokens = Vec::new();
        words::read(text, |word| tokens.push(phrases.token(&word, 0).0));
        let mut found = Vec::new();
        phrases.find(&tokens, &mut found);
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
