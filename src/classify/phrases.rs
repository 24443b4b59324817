//! Finds phrases in words: a trie over words, stems (`advertis*`) and gaps (`~`, up to four words).
//! One walk from each word; its length is bounded by the phrases, so the time is linear in the text.

use super::words::{self, Gap, HEAD, Word};
use rustc_hash::FxHashMap;

/// The most words that a `~` stands for.
const GAP_WORDS: usize = 4;

/// The fewest letters of a stem; shorter ones would match nearly anything.
pub(super) const STEM_LETTERS: usize = 3;

/// A word of a text, resolved against the phrases' vocabulary.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// The word itself, if any phrase holds it; 0 for none.
    exact: u32,
    /// The longest stem it begins with; 0 for none. Shorter ones follow by `stem_parents`.
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

/// A part of a phrase.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    /// The word with this hash.
    Word(u64),
    /// Any word that begins so.
    Stem(Box<[u8]>),
    /// Up to four words.
    Gap,
}

/// Reads a phrase as written in a topic file; the error is a sentence for its author.
pub(super) fn parse(phrase: &str) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    for piece in phrase.split_whitespace() {
        if piece == "~" {
            parts.push(Part::Gap);
            continue;
        }
        if piece == "@" {
            // The reader of words takes it for one only inside an address.
            parts.push(Part::Word(words::hash(piece)));
            continue;
        }
        let (written, stem) = match piece.strip_suffix('*') {
            Some(written) => (written, true),
            None => (piece, false),
        };
        if written.contains(['*', '~']) {
            return Err(format!(
                "`*` may only end a word and `~` must stand alone, unlike in `{piece}`"
            ));
        }
        let mut last: Option<Box<[u8]>> = None;
        words::read(written, |word| {
            parts.push(Part::Word(word.hash));
            if stem {
                last = Some(word.head.into()).filter(|_| word.whole);
            }
        });
        if stem {
            match (last, parts.last_mut()) {
                (Some(letters), Some(part)) if letters.len() >= STEM_LETTERS => {
                    *part = Part::Stem(letters);
                }
                _ => return Err(format!("the stem `{piece}` needs 3 to {HEAD} letters")),
            }
        }
    }
    match (parts.first(), parts.last()) {
        (None, _) => Err("a phrase needs at least one word".to_owned()),
        (Some(Part::Gap), _) | (_, Some(Part::Gap)) => {
            Err("`~` must stand between two words".to_owned())
        }
        _ if parts.windows(2).any(|two| two == [Part::Gap, Part::Gap]) => {
            Err("two `~` in a row: one already stands for up to four words".to_owned())
        }
        _ if parts.iter().filter(|part| **part == Part::Gap).count() > 2 => {
            Err("a phrase may hold two `~` at most".to_owned())
        }
        _ => Ok(parts),
    }
}

/// Room for so many different words, which saves growing the tables while they are filled.
const VOCABULARY: usize = 2048;

fn with_capacity<K, V>(capacity: usize) -> FxHashMap<K, V> {
    FxHashMap::with_capacity_and_hasher(capacity, rustc_hash::FxBuildHasher)
}

/// A place in the trie.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    /// The phrase that ends here, and those that end here too, by `Phrases::also`; 0 for none.
    ends: u32,
    /// Where a gap leads.
    after_gap: u32,
    /// Whether any word leads on.
    leads_on: bool,
}

/// The letters of a stem and its symbol.
type Stem = (Box<[u8]>, u32);

/// All phrases, ready to be found.
#[derive(Clone, Debug)]
pub(super) struct Phrases {
    symbols: u32,
    exact: FxHashMap<u64, u32>,
    /// By the first three bytes, longest first.
    stems: FxHashMap<[u8; 3], Vec<Stem>>,
    stem_parents: FxHashMap<u32, u32>,
    nodes: Vec<Node>,
    /// By place: the number of a phrase and the place of the next that ends in the same node.
    ends: Vec<(u32, u32)>,
    edges: FxHashMap<(u32, u32), u32>,
    /// The edges of the first node, by symbol: most words stop here.
    first: Vec<u32>,
}

impl Phrases {
    /// No phrases yet.
    pub(super) fn new() -> Self {
        Self {
            symbols: 0,
            exact: with_capacity(VOCABULARY),
            stems: FxHashMap::default(),
            stem_parents: FxHashMap::default(),
            nodes: vec![Node::default()],
            ends: vec![(0, 0)],
            edges: with_capacity(4 * VOCABULARY),
            first: Vec::new(),
        }
    }

    /// Adds a phrase unless it is there; the place of its end in the trie, for [`Phrases::at`] and
    /// [`Phrases::attach`]. Call [`Phrases::seal`] after the last.
    pub(super) fn add(&mut self, parts: &[Part]) -> u32 {
        let mut node = 0;
        for part in parts {
            node = match part {
                Part::Gap => self.gap_after(node),
                Part::Word(hash) => {
                    let symbols = &mut self.symbols;
                    let symbol = *self.exact.entry(*hash).or_insert_with(|| {
                        *symbols = symbols.saturating_add(1);
                        *symbols
                    });
                    self.edge(node, symbol)
                }
                Part::Stem(stem) => {
                    let symbol = self.stem_symbol(stem);
                    self.edge(node, symbol)
                }
            };
        }
        node
    }

    /// The ids of the phrases that end at a place of the trie.
    pub(super) fn at(&self, node: u32) -> impl Iterator<Item = u32> + '_ {
        let mut next = self.nodes.get(node as usize).map_or(0, |node| node.ends);
        std::iter::from_fn(move || {
            let &(id, after) = self.ends.get(next as usize).filter(|_| next != 0)?;
            next = after;
            Some(id)
        })
    }

    /// Makes matches that end at a place of the trie give `id`.
    pub(super) fn attach(&mut self, node: u32, id: u32) {
        let place = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        if let Some(node) = self.nodes.get_mut(node as usize) {
            self.ends.push((id, node.ends));
            node.ends = place;
        }
    }

    /// Finishes the tables.
    pub(super) fn seal(&mut self) {
        self.first = vec![0; self.symbols as usize + 1];
        for (&(node, symbol), &to) in &self.edges {
            if node == 0
                && let Some(slot) = self.first.get_mut(symbol as usize)
            {
                *slot = to;
            }
        }
        for bucket in self.stems.values_mut() {
            bucket.sort_by_key(|(stem, _)| std::cmp::Reverse(stem.len()));
            for (place, (stem, symbol)) in bucket.iter().enumerate() {
                let parent = bucket
                    .get(place + 1..)
                    .and_then(|rest| rest.iter().find(|(shorter, _)| stem.starts_with(shorter)));
                if let Some((_, parent)) = parent {
                    self.stem_parents.insert(*symbol, *parent);
                }
            }
        }
    }

    /// The token for a word of a text that starts at `offset`.
    pub(super) fn token(&self, word: &Word<'_>, offset: u32) -> Token {
        let stem = match word.head {
            &[a, b, c, ..] => self
                .stems
                .get(&[a, b, c])
                .and_then(|bucket| bucket.iter().find(|(stem, _)| word.head.starts_with(stem)))
                .map_or(0, |(_, symbol)| *symbol),
            _ => 0,
        };
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Token {
            exact: self.exact.get(&word.hash).copied().unwrap_or(0),
            stem,
            start: offset.saturating_add(clamp(word.start)),
            end: offset.saturating_add(clamp(word.end)),
            gap: word.gap,
        }
    }

    /// Finds every phrase in `tokens`; none reaches across the end of a sentence.
    pub(super) fn find(&self, tokens: &[Token], found: &mut Vec<Match>) {
        for (at, token) in tokens.iter().enumerate() {
            self.each_symbol(*token, |symbol| {
                if let Some(&node) = self.first.get(symbol as usize)
                    && node != 0
                {
                    self.walk(tokens, at, at, node, found);
                }
            });
        }
    }

    fn walk(&self, tokens: &[Token], first: usize, last: usize, at: u32, found: &mut Vec<Match>) {
        let Some(node) = self.nodes.get(at as usize) else {
            return;
        };
        if node.ends != 0 {
            found.extend(self.at(at).map(|phrase| Match {
                phrase,
                first: u32::try_from(first).unwrap_or(u32::MAX),
                last: u32::try_from(last).unwrap_or(u32::MAX),
            }));
        }
        if node.leads_on {
            self.step(tokens, first, last + 1, at, found);
        }
        if node.after_gap != 0 {
            for skipped in 0..=GAP_WORDS {
                let next = last + 1 + skipped;
                if !self.step(tokens, first, next, node.after_gap, found) {
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
        self.each_symbol(*token, |symbol| {
            if let Some(&node) = self.edges.get(&(at, symbol)) {
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
            stem = self.stem_parents.get(&stem).copied().unwrap_or(0);
        }
    }

    fn gap_after(&mut self, node: u32) -> u32 {
        let new = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        match self.nodes.get_mut(node as usize) {
            Some(found) if found.after_gap != 0 => found.after_gap,
            Some(found) => {
                found.after_gap = new;
                self.nodes.push(Node::default());
                new
            }
            None => 0,
        }
    }

    fn edge(&mut self, node: u32, symbol: u32) -> u32 {
        let new = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        if let Some(found) = self.nodes.get_mut(node as usize) {
            found.leads_on = true;
        }
        let to = *self.edges.entry((node, symbol)).or_insert(new);
        if to == new {
            self.nodes.push(Node::default());
        }
        to
    }

    fn stem_symbol(&mut self, stem: &[u8]) -> u32 {
        let key = match stem {
            &[a, b, c, ..] => [a, b, c],
            _ => [0; 3],
        };
        let bucket = self.stems.entry(key).or_default();
        if let Some((_, symbol)) = bucket.iter().find(|(known, _)| **known == *stem) {
            return *symbol;
        }
        self.symbols = self.symbols.saturating_add(1);
        bucket.push((stem.into(), self.symbols));
        self.symbols
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(phrase: &str, text: &str) -> bool {
        let mut phrases = Phrases::new();
        let end = phrases.add(&parse(phrase).unwrap());
        phrases.attach(end, 7);
        phrases.seal();
        let mut tokens = Vec::new();
        words::read(text, |word| tokens.push(phrases.token(&word, 0)));
        let mut found = Vec::new();
        phrases.find(&tokens, &mut found);
        !found.is_empty()
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
        let mut phrases = Phrases::new();
        for (id, phrase) in [(1, "adv*"), (2, "advertis*"), (3, "advertising")] {
            let end = phrases.add(&parse(phrase).unwrap());
            phrases.attach(end, id);
        }
        phrases.seal();
        let mut tokens = Vec::new();
        words::read("advertising", |word| tokens.push(phrases.token(&word, 0)));
        let mut found = Vec::new();
        phrases.find(&tokens, &mut found);
        let mut ids: Vec<u32> = found.iter().map(|found| found.phrase).collect();
        ids.sort_unstable();
        assert_eq!(ids, [1, 2, 3]);
    }

    #[test]
    fn phrases_that_could_never_match_are_refused() {
        for phrase in [
            "", "~", "~ out", "opt ~", "a ~ ~ b", "c*kie", "co*", "*", "a~b", "…",
        ] {
            assert!(parse(phrase).is_err(), "{phrase:?}");
        }
        assert!(parse("a ~ b ~ c ~ d").is_err());
    }
}
