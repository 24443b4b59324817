//! The word classes of `assets/compare/words.toml`, and the small words that turn a statement.

use super::prepared::{FIRST, KINDS, PHRASES, RECIPIENTS, REVERSES, STEMS};
use super::subjects::Subjects;
use super::word_classes::{Class, OneKind, class_key};
use super::word_key;
use super::word_table::find;
use crate::compare::tokens::Token;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// The word classes, ready for look-up.
pub(super) struct Lexicon {
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
    /// The concept for that person's objection.
    pub(super) objecting: u64,
    /// The concept for anyone outside.
    pub(super) third_party: u64,
    /// To answer for something.
    pub(super) responsible: u64,
    /// To leave a use of one's data: few clauses offer it, and readers look for those.
    pub(super) opting_out: u64,
    /// The action that has a recipient though none is named.
    pub(super) selling: u64,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::new);

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

    fn new() -> Self {
        let set = |words: &str| words.split_whitespace().map(word_key).collect();
        Self {
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
            objecting: class_key("object"),
            third_party: class_key("third-party"),
            opting_out: class_key("opt-out"),
            responsible: class_key("responsible"),
            selling: class_key("sell"),
        }
    }

    /// The actions that undo an action or go the other way.
    pub(super) fn reverses(&self, action: u64) -> impl Iterator<Item = u64> {
        let pairs = REVERSES.iter().filter(move |(act, _)| *act == action);
        pairs.map(|(_, reverse)| *reverse)
    }

    /// The kinds that the words with these stems tell from their opposites.
    pub(super) fn kinds(&self, stems: &[u64]) -> Vec<OneKind> {
        stems.iter().filter_map(|&stem| find(KINDS, stem)).collect()
    }

    /// Whether a concept is one of those who get or handle data: who they are is not what a clause is
    /// about.
    pub(super) fn is_recipient(&self, concept: u64) -> bool {
        find(RECIPIENTS, concept).is_some()
    }

    /// The longest phrase that starts here: its length in words and its class.
    pub(super) fn phrase(&self, stems: &[u64]) -> Option<(usize, Class)> {
        let (first, rest) = stems.split_first()?;
        let (from, to) = find(FIRST, *first)?;
        PHRASES[from..to].iter().find_map(|phrase| {
            let tail = &STEMS[phrase.rest.0..phrase.rest.1];
            rest.starts_with(tail)
                .then_some((tail.len() + 1, phrase.class))
        })
    }
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

/// The names of classes and the stems of words, by key: for tests that write or show them.
#[cfg(test)]
pub(super) fn names(text: &str) -> rustc_hash::FxHashMap<u64, String> {
    use super::{stems::stem_of, words_file};
    use crate::compare::tokens;
    let file = words_file::read().unwrap();
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
    use super::super::stems::stem_key;
    use super::super::words_file;
    use super::*;
    use crate::compare::tokens;
    use rustc_hash::FxHashMap;

    #[test]
    fn the_word_classes_hold_no_phrase_twice() {
        let mut seen: FxHashMap<Vec<u64>, String> = FxHashMap::default();
        for class in &words_file::read().unwrap().class {
            for phrase in class.words.iter().chain(&class.denials) {
                let here = format!("{}: {phrase}", class.name);
                if let Some(there) = seen.insert(words_file::stems(phrase), here.clone()) {
                    let same_class = there.starts_with(&format!("{}:", class.name));
                    assert!(same_class, "{here} stands also in {there}");
                }
            }
        }
    }

    #[test]
    fn every_phrase_is_found_where_it_stands_in_a_text() {
        for class in &words_file::read().unwrap().class {
            let denied = class.denials.iter().map(|phrase| (phrase, true));
            for (phrase, denied) in class.words.iter().map(|p| (p, false)).chain(denied) {
                let text = format!("{phrase} zyx");
                let mut tokens = Vec::new();
                tokens::read(&text, 0, false, &mut tokens);
                let words = tokens.iter().filter(|token| token.is_word());
                let stems: Vec<u64> = words.map(|token| stem_key(raw(&text, token))).collect();
                let found = Lexicon::builtin().phrase(&stems);
                let (length, found) = found.unwrap_or_else(|| panic!("{phrase}"));
                let expected = (stems.len() - 1, class_key(&class.name), denied);
                assert_eq!((length, found.key, found.denied), expected, "{phrase}");
            }
        }
    }
}
