//! Who does what, and where or when it holds: read from the small words around an action.
//!
//! Cautious: an action counts as the company's only when the words between it and its subject
//! say so. A company must not be accused of what its users, or others, do.

use crate::compare::tokens::{Kind, Token, word_key};
use rustc_hash::{FxHashMap, FxHashSet};

/// Words that stand for the company.
const COMPANY: &str = "we we'll we've we're we'd us company";
/// Words before a noun that make it the company's.
const OWN: &str = "our this";
/// Words that stand for the reader.
const READERS: &str = "you you're you've i";
/// Words before a noun that make it the reader's.
const YOURS: &str = "your my";
/// Nouns by which a company speaks of itself, when one of the above stands before.
const NOUNS: &str =
    "service services product products team staff employees affiliates subsidiaries";
/// Words that stand between a subject and its verb, beside those in -ly.
const BETWEEN: &str = "may might can could will would shall should must do does did has have had \
    is are was were be been being not never neither nor no longer cannot can't don't doesn't won't \
    didn't isn't aren't wouldn't also and or to ever either in turn therefore sometimes often always \
    otherwise then just still with need needs reserve reserves the right itself able required \
    permitted entitled obliged refuse refuses refrain from";
/// Words before "to" whose subject does what follows.
const RAISING: &str = "right able permitted entitled going refuse refuses";
/// Words before a subject that leave its statement a main one.
const JOINS: &str = "and but or so then nor addition example instance instead though therefore \
    however also yet thus furthermore moreover while whereas";
/// Verbs before "that" whose clause is stated all the same.
const SAYING: &str = "note clarify confirm promise ensure assure guarantee state declare pledge \
    warrant say know emphasize stress";
/// Words that make what follows a condition, a question or a part of another statement.
const SUBORDINATE: &str = "if when whenever where wherever which that who whom whose how what why \
    whether because unless until after before once since as to";
/// Words that stand for something named before.
const PRONOUNS: &str = "it they this these those such that which";
/// Forms of `be`: they make a participle passive.
const BE: &str = "is are was were be been being isn't aren't wasn't weren't";
/// Participles that do not end in -ed.
const PARTICIPLES: &str = "sold kept held sent given made built lent passed";
/// Words that name where a statement holds.
const PLACES: &str = "in on within through via";
/// Words that name the occasion on which it holds, up to the next comma.
const OCCASIONS: &str = "when whenever while during if";
/// Words after a passive up to which it names who acts.
const AGENT_REACH: usize = 3;
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
    /// The company does, and the clause states it: not as a condition, nor of a noun.
    pub(super) ours: bool,
    /// The reader does, and the clause states it.
    pub(super) yours: bool,
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
    readers: FxHashSet<u64>,
    yours: FxHashSet<u64>,
    nouns: FxHashSet<u64>,
    between: FxHashSet<u64>,
    raising: FxHashSet<u64>,
    pronouns: FxHashSet<u64>,
    saying: FxHashSet<u64>,
    joins: FxHashSet<u64>,
    subordinate: FxHashSet<u64>,
    be: FxHashSet<u64>,
    places: FxHashSet<u64>,
    occasions: FxHashSet<u64>,
    scopes: FxHashMap<u64, u64>,
    you: u64,
    by: u64,
    to: u64,
    that: u64,
}

impl Subjects {
    pub(super) fn new() -> Self {
        let set = |words: &str| words.split_whitespace().map(word_key).collect();
        Self {
            company: set(COMPANY),
            own: set(OWN),
            readers: set(READERS),
            yours: set(YOURS),
            nouns: set(NOUNS),
            between: set(BETWEEN),
            raising: set(RAISING),
            pronouns: set(PRONOUNS),
            saying: set(SAYING),
            joins: set(JOINS),
            subordinate: set(SUBORDINATE),
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
            by: word_key("by"),
            to: word_key("to"),
            that: word_key("that"),
        }
    }

    /// Whether a word stands for the company or the reader.
    pub(super) fn is_person(&self, key: u64) -> bool {
        self.company.contains(&key) || self.readers.contains(&key) || self.yours.contains(&key)
    }

    /// Who does the action at a place: walks back over what may stand between it and its subject.
    pub(super) fn actor(&self, text: &str, words: &[Token], parts: &[Part], at: usize) -> Actor {
        let raw = |word: &Token| super::lexicon::raw(text, word);
        let verb = words.get(at).map_or("", raw).to_ascii_lowercase();
        let participle = verb.ends_with("ed") || PARTICIPLES.split(' ').any(|word| word == verb);
        let mut actor = Actor::default();
        for place in (0..at).rev() {
            let key = words[place].key;
            if parts[place] == Part::Company || self.company.contains(&key) {
                let name = (0..place)
                    .rev()
                    .take_while(|&at| parts[at] == Part::Company);
                actor.ours = self.opens_statement(text, words, name.last().unwrap_or(place));
                return actor;
            }
            if self.readers.contains(&key) {
                actor.yours = self.opens_statement(text, words, place);
                return actor;
            }
            if participle && self.be.contains(&key) {
                actor.passive = true;
                // “Sold” in quotes is a word explained, not a deed told.
                let quoted = super::lexicon::is_quoted(text, &words[at]);
                let stated = self.is_stated(words, place) && !quoted;
                actor.ours = stated && !self.is_by_others(words, at);
                return actor;
            }
            let scope = self.scopes.get(&key).copied();
            if scope.is_some() || self.nouns.contains(&key) {
                let from = place.saturating_sub(2);
                let before = words.get(from..place).unwrap_or(&[]);
                let own = before.iter().position(|word| self.own.contains(&word.key));
                let opens = |own| self.opens_statement(text, words, from + own);
                actor.ours = own.is_some_and(opens);
                actor.scope = scope.filter(|_| actor.ours);
                return actor;
            }
            // "we ask you to share" is no sharing of ours, "we have the right to share" is.
            let raised = place
                .checked_sub(1)
                .is_some_and(|before| self.raising.contains(&words[before].key));
            let passes = parts[place] == Part::Action
                || (self.between.contains(&key) && (key != self.to || raised))
                || words[place].kind == Kind::Mark
                || raw(&words[place]).ends_with("ly");
            if !passes {
                return actor;
            }
        }
        actor
    }

    /// Whether a statement begins with the subject at a place: not "when we", "which we", nor "the
    /// data we".
    fn opens_statement(&self, text: &str, words: &[Token], place: usize) -> bool {
        let before = words.get(..place).unwrap_or(&[]).iter().rev();
        let mut before = before.skip_while(|word| self.own.contains(&word.key));
        before.next().is_none_or(|word| {
            // "Please note that we do not sell" states what "the data that we sell" does not.
            let says = |word: &Token| self.saying.contains(&word.key);
            let said = word.key == self.that && before.next().is_some_and(says);
            let joins = self.joins.contains(&word.key);
            said || joins
                || word.kind == Kind::Mark
                || super::lexicon::raw(text, word).ends_with("ly")
        })
    }

    /// Whether the passive at a place is stated, and not told of a noun, as a condition, or of
    /// something named elsewhere.
    fn is_stated(&self, words: &[Token], be: usize) -> bool {
        let before = words.get(..be).unwrap_or(&[]).iter().rev();
        let mut before = before.skip_while(|word| self.between.contains(&word.key));
        // "They are not shared": it takes the sentence before to know what is meant.
        let named = before
            .next()
            .is_some_and(|word| !self.pronouns.contains(&word.key));
        let mut clause = before.take_while(|word| word.kind != Kind::Mark);
        named && !clause.any(|word| self.subordinate.contains(&word.key))
    }

    /// Whether a passive names someone else who acts ("collected by our partners").
    fn is_by_others(&self, words: &[Token], at: usize) -> bool {
        let after = words.get(at + 1..words.len().min(at + 1 + AGENT_REACH));
        let after = after.unwrap_or(&[]);
        let by = after.iter().position(|word| word.key == self.by);
        let agent = by.and_then(|by| words.get(at + 2 + by));
        let us = |word: &Token| self.company.contains(&word.key);
        agent.is_some_and(|word| !us(word)) || after.iter().any(|word| word.key == self.you)
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
