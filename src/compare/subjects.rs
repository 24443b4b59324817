//! Who does what, and where or when it holds: read from the small words around an action.
//!
//! Cautious: an action counts as the company's only when the words between it and its subject
//! say so. A company must not be accused of what its users, or others, do.

use super::tokens::{Kind, Token, word_key};
use rustc_hash::{FxHashMap, FxHashSet};

/// Words that stand for the company.
const COMPANY: &str = "we we'll we've we're we'd company";
/// Words before a noun that make it the company's.
const OWN: &str = "our this the these all";
/// Nouns by which a company speaks of itself, when one of the above stands before.
const NOUNS: &str = "service services product products team staff employees";
/// Words that stand between a subject and its verb, beside those in -ly.
const BETWEEN: &str = "may might can could will would shall should must do does did has have had \
    is are was were be been being not never neither nor no longer cannot can't don't doesn't won't \
    didn't isn't aren't wouldn't also and or to ever either in turn therefore sometimes often always \
    otherwise then just still with need reserve reserves right itself";
/// Forms of `be`: they make a participle passive.
const BE: &str = "is are was were be been being isn't aren't wasn't weren't";
/// Participles that do not end in -ed.
const PARTICIPLES: &str = "sold kept held sent given made built lent passed";
/// Words that name where a statement holds.
const PLACES: &str = "in on within through via";
/// Words that name the occasion on which it holds, up to the next comma.
const OCCASIONS: &str = "when whenever while during if";
/// Words up to which the noun of a place stands.
const PLACE_REACH: usize = 4;

/// Parts of a company's offer that are places of their own.
const SCOPES: &[(&str, &str)] = &[
    (
        "program",
        "program programs software app apps application applications extension extensions toolbar \
        plugin plugins",
    ),
    (
        "site",
        "website websites site sites page pages webpage webpages",
    ),
    ("cookie", "cookie cookies beacon beacons"),
    ("forum", "forum forums board boards chat chats community"),
];

/// What a word is to the actions after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The company's own name.
    Company,
    /// A word of an action.
    Action,
    /// Anything else.
    Other,
}

/// Who acts, and how it is told.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Actor {
    /// The company does.
    pub(super) ours: bool,
    /// In the passive.
    pub(super) passive: bool,
    /// Through which part of its offer.
    pub(super) scope: Option<u64>,
}

/// Where and when a statement holds.
#[derive(Debug, Default)]
pub(super) struct Scopes {
    /// Parts of the company's offer.
    pub(super) named: Vec<u64>,
    /// Stretches of words that name a place (its first noun) or an occasion (all of it).
    pub(super) stretches: Vec<(usize, usize, bool)>,
}

/// The words, ready for look-up.
pub(super) struct Subjects {
    company: FxHashSet<u64>,
    own: FxHashSet<u64>,
    nouns: FxHashSet<u64>,
    between: FxHashSet<u64>,
    be: FxHashSet<u64>,
    places: FxHashSet<u64>,
    occasions: FxHashSet<u64>,
    scopes: FxHashMap<u64, u64>,
    you: u64,
}

impl Subjects {
    pub(super) fn new() -> Self {
        let set = |words: &str| words.split_whitespace().map(word_key).collect();
        Self {
            company: set(COMPANY),
            own: set(OWN),
            nouns: set(NOUNS),
            between: set(BETWEEN),
            be: set(BE),
            places: set(PLACES),
            occasions: set(OCCASIONS),
            scopes: SCOPES
                .iter()
                .flat_map(|(name, words)| {
                    let scope = word_key(name) ^ 0x51ed_270b;
                    words
                        .split_whitespace()
                        .map(move |word| (word_key(word), scope))
                })
                .collect(),
            you: word_key("you"),
        }
    }

    /// Who does the action at a place: walks back over what may stand between it and its subject.
    pub(super) fn actor(&self, text: &str, words: &[Token], parts: &[Part], at: usize) -> Actor {
        let raw = |word: &Token| {
            text.get(word.start as usize..word.end as usize)
                .unwrap_or("")
        };
        let verb = words.get(at).map_or("", raw).to_ascii_lowercase();
        let participle = verb.ends_with("ed") || PARTICIPLES.split(' ').any(|word| word == verb);
        let mut actor = Actor::default();
        for place in (0..at).rev() {
            let key = words[place].key;
            if parts[place] == Part::Company || self.company.contains(&key) {
                actor.ours = true;
                return actor;
            }
            if participle && self.be.contains(&key) {
                let after = words.get(at + 1..words.len().min(at + 3)).unwrap_or(&[]);
                actor.passive = true;
                actor.ours = after.iter().all(|word| word.key != self.you);
                return actor;
            }
            let scope = self.scopes.get(&key).copied();
            if scope.is_some() || self.nouns.contains(&key) {
                let before = words.get(place.saturating_sub(2)..place).unwrap_or(&[]);
                actor.ours = before.iter().any(|word| self.own.contains(&word.key));
                actor.scope = scope.filter(|_| actor.ours);
                return actor;
            }
            let passes = parts[place] == Part::Action
                || self.between.contains(&key)
                || words[place].kind == Kind::Mark
                || raw(&words[place]).ends_with("ly");
            if !passes {
                return actor;
            }
        }
        actor
    }

    /// Where and when a statement holds.
    pub(super) fn scopes(&self, words: &[Token]) -> Scopes {
        let mut scopes = Scopes::default();
        for (at, word) in words.iter().enumerate() {
            let occasion = self.occasions.contains(&word.key);
            if !occasion && !self.places.contains(&word.key) {
                continue;
            }
            let end = if occasion {
                let rest = words.get(at + 1..).unwrap_or(&[]);
                let comma = rest.iter().position(|word| word.kind == Kind::Mark);
                comma.map_or(words.len(), |comma| at + 1 + comma)
            } else {
                words.len().min(at + 1 + PLACE_REACH)
            };
            let inside = words.get(at + 1..end).unwrap_or(&[]);
            let named = inside.iter().find_map(|word| self.scopes.get(&word.key));
            match named {
                Some(scope) => scopes.named.push(*scope),
                None => scopes.stretches.push((at + 1, end, occasion)),
            }
        }
        scopes
    }
}
