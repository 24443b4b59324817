//! The word classes of `assets/compare/words.toml`, and the small words that turn a statement.

use super::background::class_key;
use super::stems::stem;
use super::subjects::Subjects;
use crate::compare::tokens::{self, Token, word_key};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::sync::LazyLock;

/// The word classes.
const DATA: &str = include_str!("../../../assets/compare/words.toml");

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

/// What a class is to a denial: whether a denial of one thing holds for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub(super) enum Sort {
    /// Nothing in particular.
    #[default]
    Other,
    /// Someone outside who gets data: a third party.
    Outsider,
    /// Someone who gets data in the company's stead: no third party to most denials.
    Helper,
    /// An event in which data has to be given away, or a law: most denials leave it out.
    Exempt,
    /// Whose data, or which, a statement is about: it holds for nothing else.
    Narrowing,
    /// What a user does to what the company does: whether it lets them is a statement of its own.
    Choice,
    /// Data that tells who someone is: a kind of personal data.
    Personal,
}

/// A class as a phrase stands for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Class {
    pub(super) key: u64,
    pub(super) role: Role,
    pub(super) sort: Sort,
    /// The phrase itself denies the action ("no control over").
    pub(super) denied: bool,
}

/// One of two opposite kinds of a thing: the number of the contrast, and which of its sides.
pub(super) type OneKind = (usize, bool);

#[derive(Deserialize, Default)]
struct File {
    class: Vec<WordClass>,
    contrast: Vec<Contrast>,
}

#[derive(Deserialize)]
struct Contrast {
    one: Vec<String>,
    other: Vec<String>,
}

#[derive(Deserialize)]
struct WordClass {
    name: String,
    #[serde(default)]
    role: Role,
    #[serde(default)]
    sort: Sort,
    words: Vec<String>,
    #[serde(default)]
    denials: Vec<String>,
    #[serde(default)]
    reverses: Vec<String>,
}

/// A phrase: the stems after its first, and the class it stands for.
type Phrase = (Vec<u64>, Class);

/// The word classes, ready for look-up.
pub(super) struct Lexicon {
    /// Phrases by their first stem, longest first.
    phrases: FxHashMap<u64, Vec<Phrase>>,
    /// Actions, each with one that undoes it or goes the other way.
    reverses: Vec<(u64, u64)>,
    /// Words, as stems, that tell one kind of a thing from the opposite kind.
    kinds: FxHashMap<u64, OneKind>,
    /// Those who get or handle data: who they are is not what a clause is about.
    pub(super) recipients: FxHashSet<u64>,
    /// Words that deny what follows.
    pub(super) negations: FxHashSet<u64>,
    /// Verbs that deny, and that cancel a denial before them ("we never refuse to delete").
    pub(super) refusals: FxHashSet<u64>,
    /// Words that turn a denial before them into something else ("not only").
    pub(super) undoing: FxHashSet<u64>,
    /// Words that do so before "than" ("no longer than").
    pub(super) bounds: FxHashSet<u64>,
    /// That word.
    pub(super) than: u64,
    /// Words that end the reach of a denial.
    pub(super) breaks: FxHashSet<u64>,
    /// Words before a colon that lead in what follows.
    pub(super) leads: FxHashSet<u64>,
    /// Words that open a question or a heading like one.
    pub(super) questions: FxHashSet<u64>,
    /// Words that make a statement conditional.
    pub(super) conditions: FxHashSet<u64>,
    /// Who does what, and where it holds.
    pub(super) subjects: Subjects,
    /// The concept for personal data.
    pub(super) data: u64,
    /// The action that is said of everything.
    pub(super) using: u64,
    /// The concept for data that identifies nobody.
    pub(super) non_personal: u64,
    /// The concept for the consent of the person the data is about.
    pub(super) consent: u64,
    /// The concept for anyone outside.
    pub(super) third_party: u64,
    /// The action that has a recipient though none is named.
    pub(super) selling: u64,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    // The file is embedded and a test reads it: an error cannot reach a user.
    let file: File = toml::from_str(DATA).unwrap_or_default();
    Lexicon::new(&file)
});

const NEGATIONS: &str = "not never no nobody neither nor don't doesn't won't cannot can't isn't \
    aren't didn't wouldn't shan't none haven't hasn't";
const REFUSALS: &str = "refuse refuses refusing refrain refrains refraining";
const UNDOING: &str = "only just merely limited necessarily";
const BOUNDS: &str = "longer later more";
const BREAKS: &str = "but unless except however although though until";
const QUESTIONS: &str = "how what why who where when which";
const LEADS: &str = "follows following example examples below";
const CONDITIONS: &str = "unless except without only solely outside until if other additional than this these such those \
    beyond";

impl Lexicon {
    /// The built-in classes.
    pub(super) fn builtin() -> &'static Lexicon {
        &LEXICON
    }

    fn new(file: &File) -> Self {
        let set = |words: &str| words.split_whitespace().map(word_key).collect();
        let mut lexicon = Self {
            phrases: FxHashMap::default(),
            reverses: Vec::new(),
            kinds: kinds(&file.contrast),
            recipients: FxHashSet::default(),
            negations: set(NEGATIONS),
            refusals: set(REFUSALS),
            undoing: set(UNDOING),
            bounds: set(BOUNDS),
            than: word_key("than"),
            breaks: set(BREAKS),
            leads: set(LEADS),
            questions: set(QUESTIONS),
            conditions: set(CONDITIONS),
            subjects: Subjects::new(),
            data: class_key("data"),
            using: class_key("use"),
            non_personal: class_key("non-personal"),
            consent: class_key("consent"),
            third_party: class_key("third-party"),
            selling: class_key("sell"),
        };
        let mut tokens = Vec::new();
        for class in &file.class {
            let key = class_key(&class.name);
            if matches!(class.sort, Sort::Outsider | Sort::Helper) {
                lexicon.recipients.insert(key);
            }
            let reverses = class.reverses.iter().map(|name| (key, class_key(name)));
            lexicon.reverses.extend(reverses);
            let denials = class.denials.iter().map(|phrase| (phrase, true));
            for (phrase, denied) in class.words.iter().map(|p| (p, false)).chain(denials) {
                let found = Class {
                    key,
                    role: class.role,
                    sort: class.sort,
                    denied,
                };
                tokens.clear();
                tokens::read(phrase, 0, false, &mut tokens);
                let mut stems = tokens
                    .iter()
                    .filter(|token| token.is_word())
                    .map(|token| stem_key(raw(phrase, token)));
                if let Some(first) = stems.next() {
                    let entry = (stems.collect(), found);
                    lexicon.phrases.entry(first).or_default().push(entry);
                }
            }
        }
        for phrases in lexicon.phrases.values_mut() {
            phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        lexicon
    }

    /// The actions that undo an action or go the other way.
    pub(super) fn reverses(&self, action: u64) -> impl Iterator<Item = u64> {
        let pairs = self.reverses.iter().filter(move |(act, _)| *act == action);
        pairs.map(|(_, reverse)| *reverse)
    }

    /// The kinds that the words with these stems tell from their opposites.
    pub(super) fn kinds(&self, stems: &[u64]) -> Vec<OneKind> {
        stems
            .iter()
            .filter_map(|stem| self.kinds.get(stem).copied())
            .collect()
    }

    /// The longest phrase that starts here: its length in words and its class.
    pub(super) fn phrase(&self, stems: &[u64]) -> Option<(usize, Class)> {
        let (first, rest) = stems.split_first()?;
        let (tail, class) = self
            .phrases
            .get(first)?
            .iter()
            .find(|(tail, _)| rest.starts_with(tail))?;
        Some((tail.len() + 1, *class))
    }
}

fn kinds(contrasts: &[Contrast]) -> FxHashMap<u64, OneKind> {
    let mut kinds = FxHashMap::default();
    for (number, contrast) in contrasts.iter().enumerate() {
        let one = contrast.one.iter().map(|word| (word, true));
        for (word, side) in one.chain(contrast.other.iter().map(|word| (word, false))) {
            kinds.insert(stem_key(word), (number, side));
        }
    }
    kinds
}

/// The text of a token.
pub(super) fn raw<'a>(text: &'a str, token: &Token) -> &'a str {
    text.get(token.start as usize..token.end as usize)
        .unwrap_or("")
}

/// Whether a token stands behind an opening quote.
pub(super) fn is_quoted(text: &str, token: &Token) -> bool {
    let before = text.get(..token.start as usize).unwrap_or("");
    before.ends_with(['"', '“', '‘', '„', '«'])
}

/// The key of a word's stem.
pub(super) fn stem_key(word: &str) -> u64 {
    word_key(&stem_of(word))
}

fn stem_of(word: &str) -> String {
    stem(&word.to_lowercase().replace('\u{2019}', "'"))
}

/// The names of classes and the stems of words, by key: for tests that write or show them.
#[cfg(test)]
pub(super) fn names(text: &str) -> FxHashMap<u64, String> {
    let file: File = toml::from_str(DATA).unwrap();
    let classes = file
        .class
        .iter()
        .map(|class| (class_key(&class.name), format!("@{}", class.name)));
    let mut tokens = Vec::new();
    tokens::read(text, 0, false, &mut tokens);
    let stems = tokens.iter().map(|token| stem_of(raw(text, token)));
    stems
        .map(|stem| (word_key(&stem), stem))
        .chain(classes)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_classes_hold_no_phrase_twice() {
        let file: File = toml::from_str(DATA).unwrap();
        let mut seen: FxHashMap<Vec<u64>, String> = FxHashMap::default();
        for class in &file.class {
            for phrase in class.words.iter().chain(&class.denials) {
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
