//! What alignment sees of a policy: a key for each clause and each block, blind to form.

use super::tokens::letters;
use super::tokens::{self, Token};
use crate::model::{ClauseId, ClauseKind, Pair, Policy, Side, TextRange};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::ops::Range;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// A policy as alignment sees it.
pub(super) struct Text<'a> {
    /// The policy.
    pub(super) policy: &'a Policy,
    /// The key of each clause: equal keys mean equal letters, figures and marks.
    pub(super) keys: Vec<u64>,
    /// The number of words of each clause.
    pub(super) words: Vec<u32>,
    /// The clauses of each block that has any.
    pub(super) blocks: Vec<Range<u32>>,
    /// The key of each of `blocks`.
    pub(super) block_keys: Vec<u64>,
    /// The tokens of clauses that had to be read for their keys, for whoever needs them next.
    tokens: Vec<Token>,
    /// Where those of each such clause stand in `tokens`.
    read: FxHashMap<u32, Range<usize>>,
    /// What is struck through, in order: the same words unstruck say something else.
    struck: Vec<TextRange>,
}

/// Reads the keys of both policies.
///
/// Versions share most clauses character by character. Those need no reading, unless the same
/// letters may stand in other form in a clause that is not shared.
pub(super) fn texts<'a>(pair: Pair<&'a Policy>) -> Pair<Text<'a>> {
    let characters = pair.map(|policy| {
        let clauses = 0..policy.clauses.len();
        clauses.map(|at| characters(policy, at)).collect::<Vec<_>>()
    });
    let sets = characters
        .as_ref()
        .map(|side| side.iter().copied().collect::<FxHashSet<u64>>());
    let mut unshared = Tails::default();
    let mut bytes = Pair::new(0, 0);
    for side in Side::BOTH {
        for (at, own) in characters[side].iter().enumerate() {
            if !sets[side.other()].contains(own) {
                let text = clause_text(pair[side], at);
                unshared.add(text);
                bytes[side] += text.len();
            }
        }
    }
    let read = |side: Side| {
        let mut text = Text::empty(pair[side]);
        text.tokens.reserve(bytes[side] / BYTES_A_TOKEN);
        let mut reader = Reader::new(&unshared, characters[side].len());
        for (at, own) in characters[side].iter().enumerate() {
            let shared = sets[side.other()].contains(own);
            let (key, words) = reader.read(&mut text, at, *own, shared);
            text.keys.push(key);
            text.words.push(words);
        }
        text.group();
        text
    };
    Pair::SIDES.map_text(bytes.left + bytes.right, read)
}

/// The bytes of a token in prose, with the space before it.
const BYTES_A_TOKEN: usize = 5;

fn clause_text(policy: &Policy, at: usize) -> &str {
    policy.clause_text(ClauseId::new(at))
}

/// A hash of the characters of a clause.
fn characters(policy: &Policy, at: usize) -> u64 {
    let heading = policy
        .clauses
        .get(at)
        .is_some_and(|clause| clause.kind == ClauseKind::Heading);
    xxh3_64_with_seed(clause_text(policy, at).as_bytes(), u64::from(heading))
}

/// Letters at the end of a clause that tell it from others well enough.
const TAIL: usize = 24;

/// A hash of the last [`TAIL`] letters, the same in whatever form the clause is written; nothing
/// for a clause with fewer.
pub(super) fn tail(text: &str) -> Option<u64> {
    if let Some(letters) = ascii_tail(text) {
        return Some(xxh3_64(&letters));
    }
    let mut letters = [0; 4 * TAIL];
    let mut length = 0;
    let alphabetic = text.chars().rev().filter(|c| c.is_alphabetic());
    let mut count = 0;
    for c in alphabetic.take(TAIL) {
        let lower = c.to_lowercase().next().unwrap_or(c);
        length += lower.encode_utf8(letters.get_mut(length..)?).len();
        count += 1;
    }
    (count == TAIL).then(|| xxh3_64(&letters[..length]))
}

/// The ends of the clauses that only one side has.
#[derive(Default)]
struct Tails {
    tails: FxHashSet<u64>,
    /// The last letters of these, which are seen sooner.
    endings: FxHashSet<[char; ENDING]>,
}

/// Letters that most clauses can be told from all of a few others by.
const ENDING: usize = 3;

impl Tails {
    fn add(&mut self, text: &str) {
        if let Some(tail) = tail(text) {
            self.tails.insert(tail);
            self.endings.extend(ending(text));
        }
    }

    /// Whether a clause surely ends as none of these: one with fewer than [`TAIL`] letters does not.
    fn lack(&self, text: &str) -> bool {
        ending(text).is_some_and(|ending| {
            (!self.endings.contains(&ending) && has_tail(text))
                || tail(text).is_some_and(|tail| !self.tails.contains(&tail))
        })
    }
}

/// The last letters of a clause, in lower case.
fn ending(text: &str) -> Option<[char; ENDING]> {
    let mut letters = text.chars().rev().filter(|c| c.is_alphabetic());
    let mut ending = ['\0'; ENDING];
    for slot in &mut ending {
        let c = letters.next()?;
        *slot = c.to_lowercase().next().unwrap_or(c);
    }
    Some(ending)
}

/// Whether a clause has [`TAIL`] letters.
fn has_tail(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    letters.take(TAIL).count() == TAIL
}

/// The same letters where the end of the clause is plain ASCII.
fn ascii_tail(text: &str) -> Option<[u8; TAIL]> {
    let mut letters = [0; TAIL];
    let mut slots = letters.iter_mut();
    let mut slot = slots.next();
    for &byte in text.as_bytes().iter().rev() {
        if byte.is_ascii_alphabetic() {
            *slot? = byte.to_ascii_lowercase();
            slot = slots.next();
            if slot.is_none() {
                return Some(letters);
            }
        } else if !byte.is_ascii() {
            return None;
        }
    }
    None
}

/// Finds the key and the number of words of clauses, each reading done once.
struct Reader<'a> {
    /// Those of clauses that only one side has.
    unshared: &'a Tails,
    /// What was read, by the characters of the clause.
    known: FxHashMap<u64, (u64, u32)>,
    letters: Vec<u8>,
}

impl<'a> Reader<'a> {
    fn new(unshared: &'a Tails, clauses: usize) -> Self {
        Self {
            unshared,
            known: FxHashMap::with_capacity_and_hasher(clauses, FxBuildHasher),
            letters: Vec::new(),
        }
    }

    /// Reads a clause; its tokens, if they are needed, stay with `side`.
    fn read(
        &mut self,
        side: &mut Text<'_>,
        at: usize,
        characters: u64,
        shared: bool,
    ) -> (u64, u32) {
        if let Some(&known) = self.known.get(&characters) {
            return known;
        }
        let policy = side.policy;
        let text = clause_text(policy, at);
        let plain = shared && self.unshared.lack(text);
        let found = if plain {
            let spaces = memchr::memchr_iter(b' ', text.as_bytes()).count();
            (characters, as_u32(spaces + 1))
        } else {
            self.letters.clear();
            let first = side.tokens.len();
            clause_tokens(policy, ClauseId::new(at), &mut side.tokens);
            side.read.insert(as_u32(at), first..side.tokens.len());
            mark_struck(&side.struck, &mut side.tokens[first..]);
            let tokens = &side.tokens[first..];
            letters::letters(&policy.text, tokens, &mut self.letters);
            let key = if self.letters.is_empty() {
                xxh3_64_with_seed(text.as_bytes(), 1)
            } else {
                xxh3_64(&self.letters)
            };
            let words = tokens.iter().filter(|token| token.is_word()).count();
            (key, as_u32(words))
        };
        self.known.insert(characters, found);
        found
    }
}

impl<'a> Text<'a> {
    fn empty(policy: &'a Policy) -> Self {
        Self {
            policy,
            keys: Vec::with_capacity(policy.clauses.len()),
            words: Vec::with_capacity(policy.clauses.len()),
            blocks: Vec::with_capacity(policy.blocks.len()),
            block_keys: Vec::new(),
            tokens: Vec::new(),
            read: FxHashMap::default(),
            struck: struck(policy),
        }
    }

    /// Groups the clauses by block.
    fn group(&mut self) {
        let clauses = &self.policy.clauses;
        let mut start = 0;
        for at in 1..=clauses.len() {
            if at < clauses.len() && clauses[at].block == clauses[start].block {
                continue;
            }
            if start < clauses.len() {
                let bytes: Vec<u8> = self.keys[start..at]
                    .iter()
                    .flat_map(|key| key.to_le_bytes())
                    .collect();
                self.blocks.push(as_u32(start)..as_u32(at));
                self.block_keys.push(xxh3_64(&bytes));
            }
            start = at;
        }
    }

    /// The number of clauses.
    pub(super) fn len(&self) -> u32 {
        as_u32(self.keys.len())
    }

    /// Whether a clause is the first of its block.
    pub(super) fn opens_block(&self, clause: u32) -> bool {
        let clauses = &self.policy.clauses;
        clause == 0 || {
            let at = clause as usize;
            match (clauses.get(at - 1), clauses.get(at)) {
                (Some(before), Some(this)) => before.block != this.block,
                _ => true,
            }
        }
    }

    /// What a clause was in the document.
    pub(super) fn kind(&self, clause: u32) -> Option<ClauseKind> {
        self.policy
            .clauses
            .get(clause as usize)
            .map(|clause| clause.kind)
    }

    /// The tokens of several clauses, in order.
    pub(super) fn tokens(&self, clauses: &[ClauseId]) -> Vec<Token> {
        let mut out = Vec::new();
        for &id in clauses {
            self.append_tokens(id, &mut out);
        }
        out
    }

    /// The tokens of a clause but those that are struck through.
    pub(super) fn said_tokens(&self, id: ClauseId) -> Vec<Token> {
        let mut tokens = self.tokens(&[id]);
        tokens.retain(|token| !token.struck);
        tokens
    }

    /// The key of a clause, another one where something in it is struck through: clauses with the same
    /// letters do not say the same then.
    pub(super) fn said_key(&self, clause: u32) -> u64 {
        let key = self.keys.get(clause as usize).copied().unwrap_or(0);
        let Some(text) = self.policy.clauses.get(clause as usize).map(|c| c.text) else {
            return key;
        };
        let first = self.struck.partition_point(|range| range.end <= text.start);
        let struck = self.struck.iter().skip(first);
        let inside = struck.take_while(|range| range.start < text.end);
        inside.fold(key, |key, range| {
            let (from, to) = (range.start.max(text.start), range.end.min(text.end));
            let place = [from - text.start, to - text.start].map(u32::to_le_bytes);
            xxh3_64_with_seed(place.as_flattened(), key)
        })
    }

    /// Appends the tokens of a clause.
    pub(super) fn append_tokens(&self, id: ClauseId, out: &mut Vec<Token>) {
        let read = self
            .read
            .get(&id.0)
            .and_then(|at| self.tokens.get(at.clone()));
        match read {
            Some(tokens) => out.extend_from_slice(tokens),
            None => {
                let first = out.len();
                clause_tokens(self.policy, id, out);
                mark_struck(&self.struck, &mut out[first..]);
            }
        }
    }
}

/// The stretches of a policy that are struck through.
fn struck(policy: &Policy) -> Vec<TextRange> {
    let struck = policy.runs.iter().filter(|run| run.style.strike);
    struck.map(|run| run.text).collect()
}

/// What sets the key of a word that is struck through apart.
const STRUCK: u64 = 0x5bd1_e995_7f4a_7c15;

/// Makes other words of those that are struck through.
fn mark_struck(struck: &[TextRange], tokens: &mut [Token]) {
    if struck.is_empty() {
        return;
    }
    for token in tokens {
        let at = struck.partition_point(|range| range.end <= token.start);
        if struck.get(at).is_some_and(|range| range.start < token.end) {
            token.key ^= STRUCK;
            token.struck = true;
        }
    }
}

/// A count as the model stores it.
pub(super) fn as_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Appends the tokens of a clause.
pub(super) fn clause_tokens(policy: &Policy, id: ClauseId, out: &mut Vec<Token>) {
    if let Some(clause) = policy.clauses.get(id.index()) {
        tokens::read(
            clause.text.of(&policy.text),
            clause.text.start,
            clause.kind == ClauseKind::Heading,
            out,
        );
    }
}

/// An order of policies that depends on nothing but what they say and how it looks. Exact ties are
/// policies that cannot be told apart here.
pub(super) fn canonical_order(pair: Pair<&Policy>) -> std::cmp::Ordering {
    let (l, r) = (pair.left, pair.right);
    let clauses = |policy: &Policy| -> Vec<(u32, u32, u32)> {
        let clause =
            |clause: &crate::model::Clause| (clause.text.start, clause.text.end, clause.block);
        policy.clauses.iter().map(clause).collect()
    };
    l.text
        .cmp(&r.text)
        .then_with(|| clauses(l).cmp(&clauses(r)))
}
