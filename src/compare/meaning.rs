//! What a clause says, as far as words carry it: the classes of `assets/compare/words.toml`, stems
//! for all other words, which of the actions are denied, and whether the statement is conditional.

use super::function_words;
use super::stems::stem;
use super::subjects::{Actor, Part, Subjects};
use super::tokens::{self, Kind, Token, word_key};
use crate::model::{ClauseId, Policy};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::sync::LazyLock;

/// The word classes.
const DATA: &str = include_str!("../../assets/compare/words.toml");

/// Words up to which a denial reaches ("we do not, and never will, sell").
const DENIAL_REACH: usize = 14;

/// What part a concept plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub(super) enum Role {
    /// Something done to data.
    Action,
    /// Anything else that has a class.
    #[default]
    Thing,
    /// A word in no class.
    Plain,
    /// So common in policies that sharing it says little.
    General,
}

#[derive(Deserialize)]
struct File {
    class: Vec<WordClass>,
}

#[derive(Deserialize)]
struct WordClass {
    name: String,
    #[serde(default)]
    role: Role,
    words: Vec<String>,
}

/// A phrase: the stems after its first, and the concept it stands for.
type Phrase = (Vec<u64>, (u64, Role));

/// The word classes, ready for look-up.
pub(super) struct Lexicon {
    /// Phrases by their first stem, longest first.
    phrases: FxHashMap<u64, Vec<Phrase>>,
    negations: FxHashSet<u64>,
    breaks: FxHashSet<u64>,
    conditions: FxHashSet<u64>,
    /// Figures written as words.
    spelled: FxHashMap<u64, u64>,
    subjects: Subjects,
    /// The concept for personal data.
    data: u64,
    /// The action that is said of everything.
    pub(super) using: u64,
    /// The concept for data that identifies nobody.
    pub(super) non_personal: u64,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    // The file is embedded and a test reads it: an error cannot reach a user.
    let file: File = toml::from_str(DATA).unwrap_or(File { class: Vec::new() });
    Lexicon::new(&file)
});

/// Words that deny what follows.
const NEGATIONS: &str = "not never no neither nor don't doesn't won't cannot can't isn't aren't didn't wouldn't shan't none";
/// Words that end the reach of a denial.
const BREAKS: &str = "but unless except however although though until";
/// Words that make a statement conditional.
const CONDITIONS: &str =
    "unless except without only solely outside until if other this these such those";
/// Figures that policies write as words.
const SPELLED: &[(&str, &str)] = &[
    ("twelve", "12"),
    ("thirteen", "13"),
    ("fourteen", "14"),
    ("fifteen", "15"),
    ("sixteen", "16"),
    ("seventeen", "17"),
    ("eighteen", "18"),
    ("twenty-one", "21"),
    ("thirty", "30"),
    ("sixty", "60"),
    ("ninety", "90"),
];

impl Lexicon {
    /// The built-in classes.
    pub(super) fn builtin() -> &'static Lexicon {
        &LEXICON
    }

    fn new(file: &File) -> Self {
        let set = |words: &str| words.split_whitespace().map(word_key).collect();
        let mut lexicon = Self {
            phrases: FxHashMap::default(),
            negations: set(NEGATIONS),
            breaks: set(BREAKS),
            conditions: set(CONDITIONS),
            spelled: SPELLED
                .iter()
                .map(|(word, figure)| (word_key(word), word_key(figure)))
                .collect(),
            subjects: Subjects::new(),
            data: class_key("data"),
            using: class_key("use"),
            non_personal: class_key("non-personal"),
        };
        let mut tokens = Vec::new();
        for class in &file.class {
            for phrase in &class.words {
                tokens.clear();
                tokens::read(phrase, 0, false, &mut tokens);
                let mut stems = tokens
                    .iter()
                    .filter(|token| token.is_word())
                    .map(|token| stem_key(raw(phrase, token)));
                if let Some(first) = stems.next() {
                    let entry = (stems.collect(), (class_key(&class.name), class.role));
                    lexicon.phrases.entry(first).or_default().push(entry);
                }
            }
        }
        for phrases in lexicon.phrases.values_mut() {
            phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        lexicon
    }

    /// The figure that a token states.
    fn figure(&self, token: &Token) -> Option<u64> {
        match token.kind {
            Kind::Number => Some(token.key),
            _ => self.spelled.get(&token.key).copied(),
        }
    }

    /// The longest phrase that starts here: its length in words and its concept.
    fn phrase(&self, stems: &[u64]) -> Option<(usize, (u64, Role))> {
        let (first, rest) = stems.split_first()?;
        let (tail, concept) = self
            .phrases
            .get(first)?
            .iter()
            .find(|(tail, _)| rest.starts_with(tail))?;
        Some((tail.len() + 1, *concept))
    }
}

fn class_key(name: &str) -> u64 {
    word_key(name) ^ 0x5bd1_e995
}

fn raw<'a>(text: &'a str, token: &Token) -> &'a str {
    text.get(token.start as usize..token.end as usize)
        .unwrap_or("")
}

fn stem_key(word: &str) -> u64 {
    let lower = word.to_lowercase().replace('\u{2019}', "'");
    word_key(&stem(&lower))
}

/// A concept in a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Concept {
    /// A class, or the stem of a word in none.
    pub(super) key: u64,
    /// Its part.
    pub(super) role: Role,
    /// An action that is denied.
    pub(super) denied: bool,
    /// An action that the company does, as far as the words before it tell.
    ours: bool,
    /// An action told in the passive: what it is done to stands before it.
    passive: bool,
    /// Where it stands, in words.
    at: usize,
}

/// What a clause says.
#[derive(Clone, Debug, Default)]
pub(super) struct Meaning {
    /// The concepts in order of mention.
    pub(super) concepts: Vec<Concept>,
    /// Whether it is hedged by "unless", "only", "without" and the like.
    pub(super) conditional: bool,
    /// The figures, sorted: ages, periods, amounts, dates.
    pub(super) figures: Vec<u64>,
    /// Where or when the statement holds ("in cookies", "when you browse", "our programs").
    scope: Vec<u64>,
}

/// Words up to which the object of an action stands.
const OBJECT_REACH: usize = 6;

impl Meaning {
    /// What an action is done to; personal data when nothing is named.
    fn object(&self, action: &Concept) -> u64 {
        let data = Lexicon::builtin().data;
        let names = |c: &&Concept| {
            matches!(c.role, Role::Thing | Role::Plain)
                || (c.role == Role::General && c.key == data)
        };
        let mut after = self.concepts.iter().filter(|c| c.at > action.at);
        let mut before = self.concepts.iter().rev().filter(|c| c.at < action.at);
        let found = if action.passive {
            before.find(names)
        } else {
            after.find(names)
        };
        found.map_or(data, |c| c.key)
    }

    /// Whether an action is done to a thing: it stands close by, on the side of its voice.
    fn acts_on(&self, action: &Concept, object: u64) -> bool {
        self.concepts.iter().any(|c| {
            let (first, second) = if action.passive {
                (c.at, action.at)
            } else {
                (action.at, c.at)
            };
            c.key == object && first < second && second - first <= OBJECT_REACH
        })
    }
}

/// Whether both name figures and not the same ones.
pub(super) fn figures_differ(one: &Meaning, other: &Meaning) -> bool {
    !one.figures.is_empty() && !other.figures.is_empty() && one.figures != other.figures
}

/// Reads clauses of one policy.
pub(super) struct Reader<'a> {
    policy: &'a Policy,
    lexicon: &'static Lexicon,
    /// The letters of the site's own name, which mean "we".
    own: Vec<String>,
    stems: FxHashMap<u64, u64>,
}

impl<'a> Reader<'a> {
    /// A reader for a policy.
    pub(super) fn new(policy: &'a Policy) -> Self {
        let site = policy.provenance.site.to_lowercase();
        let own = site
            .split('.')
            .map(|part| {
                part.chars()
                    .filter(|c| c.is_alphanumeric())
                    .collect::<String>()
            })
            .filter(|part| part.len() > 3)
            .collect();
        Self {
            policy,
            lexicon: Lexicon::builtin(),
            own,
            stems: FxHashMap::default(),
        }
    }

    /// Reads a clause.
    pub(super) fn read(&mut self, clause: ClauseId) -> Meaning {
        let mut read = Vec::new();
        super::keys::clause_tokens(self.policy, clause, &mut read);
        let text = self.policy.text.as_str();
        let words: Vec<Token> = read.into_iter().filter(|token| token.is_hard()).collect();
        let stems: Vec<u64> = words
            .iter()
            .map(|token| {
                *self
                    .stems
                    .entry(token.key)
                    .or_insert_with(|| stem_key(raw(text, token)))
            })
            .collect();
        self.concepts(&words, &stems)
    }

    fn concepts(&self, words: &[Token], stems: &[u64]) -> Meaning {
        let mut meaning = Meaning::default();
        let mut reach = 0_usize;
        let mut refused = false;
        let mut parts = vec![Part::Other; words.len()];
        let mut at = 0;
        while at < words.len() {
            let token = &words[at];
            let own = self.own_name(&words[at..]);
            if own > 0 {
                parts[at..at + own].fill(Part::Company);
                at += own;
                continue;
            }
            meaning.figures.extend(self.lexicon.figure(token));
            meaning.conditional |= self.lexicon.conditions.contains(&token.key);
            if self.lexicon.breaks.contains(&token.key) {
                reach = 0;
            }
            let denies = self.lexicon.negations.contains(&token.key);
            let found = self.lexicon.phrase(&stems[at..]);
            let (length, concept) = match found {
                Some((length, concept)) => (length, Some(concept)),
                None if token.kind != Kind::Word || function_words::is_english(token.key) => {
                    (1, None)
                }
                None => (1, Some((stems[at], Role::Plain))),
            };
            if let Some((key, role)) = concept {
                let action = role == Role::Action;
                // A denial holds for the actions named one after another ("sell, rent or share"),
                // not for those that tell what about the thing refused ("data that we collect").
                if refused && !action {
                    reach = 0;
                }
                refused = action && reach > 0;
                let mut actor = Actor::default();
                if action {
                    parts[at..at + length].fill(Part::Action);
                    let text = self.policy.text.as_str();
                    actor = self.lexicon.subjects.actor(text, words, &parts, at);
                    meaning.scope.extend(actor.scope);
                }
                meaning.concepts.push(Concept {
                    key,
                    role,
                    denied: refused,
                    ours: actor.ours,
                    passive: actor.passive,
                    at,
                });
            }
            reach = reach.saturating_sub(length);
            if denies {
                reach = DENIAL_REACH;
            }
            let inside = words.get(at + 1..at + length).unwrap_or(&[]);
            meaning
                .figures
                .extend(inside.iter().filter_map(|token| self.lexicon.figure(token)));
            at += length;
        }
        meaning.figures.sort_unstable();
        meaning.figures.dedup();
        let places = self.lexicon.subjects.scopes(words);
        let near = |from: usize, to: usize| {
            let held = meaning.concepts.iter().filter(move |c| {
                (from..to).contains(&c.at) && matches!(c.role, Role::Thing | Role::Plain)
            });
            held.map(|c| c.key)
        };
        let held: Vec<u64> = places
            .stretches
            .into_iter()
            .flat_map(|(from, to, all)| near(from, to).take(if all { usize::MAX } else { 1 }))
            .collect();
        meaning.scope.extend(held);
        meaning.scope.extend(places.named);
        meaning
    }

    /// How many words from here spell the site's own name.
    fn own_name(&self, words: &[Token]) -> usize {
        let mut letters = String::new();
        for (at, token) in words.iter().take(4).enumerate() {
            let raw = raw(&self.policy.text, token);
            let raw = raw
                .strip_suffix("'s")
                .or(raw.strip_suffix("’s"))
                .unwrap_or(raw);
            if at == 0
                && !self.own.iter().any(|own| {
                    own.len() >= raw.len()
                        && own[..]
                            .get(..raw.len())
                            .is_some_and(|head| head.eq_ignore_ascii_case(raw))
                })
            {
                return 0;
            }
            letters.extend(
                raw.chars()
                    .filter(|c| c.is_alphanumeric())
                    .flat_map(char::to_lowercase),
            );
            if self.own.contains(&letters) {
                return at + 1;
            }
        }
        0
    }
}

/// The share of `denied` that `said` speaks of too, when `denied` denies an action that `said`
/// does not deny: 0 when there is no such action of the company on the same thing, when one speaks
/// of data that identifies nobody and the other does not, or when both hold for different places
/// or occasions.
pub(super) fn contradiction(
    denied: &Meaning,
    said: &Meaning,
    weight: impl Fn(&Concept) -> f32,
) -> f32 {
    let non_personal = Lexicon::builtin().non_personal;
    let speaks = |meaning: &Meaning| meaning.concepts.iter().any(|c| c.key == non_personal);
    if denied.conditional || speaks(denied) != speaks(said) {
        return 0.0;
    }
    let apart = |one: &[u64], other: &[u64]| one.iter().all(|key| !other.contains(key));
    // "We do not collect data when you browse" says nothing of data collected at checkout.
    if !denied.scope.is_empty() && !said.scope.is_empty() && apart(&denied.scope, &said.scope) {
        return 0.0;
    }
    let Some(start) = denied.concepts.iter().position(|refused| {
        let done = |c: &Concept| c.role == Role::Action && c.key == refused.key;
        refused.denied
            && refused.ours
            && said
                .concepts
                .iter()
                .any(|c| done(c) && !c.denied && c.ours && said.acts_on(c, denied.object(refused)))
    }) else {
        return 0.0;
    };
    let start = if denied.concepts[start].passive {
        0
    } else {
        start
    };
    // "We never store passwords" is not contradicted by one who stores something else.
    let mut objects = denied.concepts[start..]
        .iter()
        .filter(|c| c.role == Role::Thing);
    if objects
        .next()
        .is_some_and(|object| said.concepts.iter().all(|c| c.key != object.key))
    {
        return 0.0;
    }
    let (mut shared, mut whole) = (0.0, 0.0);
    for concept in &denied.concepts[start..] {
        let weight = weight(concept);
        whole += weight;
        if said.concepts.iter().any(|c| c.key == concept.key) {
            shared += weight;
        }
    }
    if whole > 0.0 { shared / whole } else { 0.0 }
}

/// Whether one denies an action that the other speaks of without denying it, or only one speaks
/// of data that identifies nobody.
pub(super) fn disagree(one: &Meaning, other: &Meaning) -> bool {
    let says = |meaning: &Meaning, key: u64, denied: bool| {
        let mut same = meaning.concepts.iter().filter(|c| c.key == key);
        same.any(|c| c.denied == denied)
    };
    let refuses = |one: &Meaning, other: &Meaning| {
        let mut refused = one.concepts.iter().filter(|c| c.denied);
        refused.any(|c| says(other, c.key, false) && !says(other, c.key, true))
    };
    let non_personal = Lexicon::builtin().non_personal;
    let speaks = |meaning: &Meaning| meaning.concepts.iter().any(|c| c.key == non_personal);
    refuses(one, other) || refuses(other, one) || speaks(one) != speaks(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_classes_hold_no_phrase_twice() {
        let file: File = toml::from_str(DATA).unwrap();
        let mut seen: FxHashMap<Vec<u64>, String> = FxHashMap::default();
        for class in &file.class {
            for phrase in &class.words {
                let stems: Vec<u64> = phrase.split([' ', '-']).map(stem_key).collect();
                let here = format!("{}: {phrase}", class.name);
                if let Some(there) = seen.insert(stems, here.clone()) {
                    let same_class = there.starts_with(&format!("{}:", class.name));
                    assert!(same_class, "{here} stands also in {there}");
                }
            }
        }
    }
}
