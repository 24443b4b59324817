//! What a clause says, as far as words carry it: the classes of `assets/compare/words.toml`, stems
//! for all other words, which of the actions are denied, and whether the statement is conditional.

use super::figures::{self, Figure};
use super::lexicon::{Lexicon, raw};
use super::stems::stem_key;
use super::subjects::{Actor, Part};
use super::word_classes::{Class, OneKind, Role, Sort};
use crate::compare::function_words;
use crate::compare::keys::{self, Text};
use crate::compare::tokens::{Kind, Token};
use crate::model::{ClauseId, Policy};
use rustc_hash::FxHashMap;

/// Words up to which a denial reaches ("we do not, and never will, sell").
const DENIAL_REACH: usize = 14;

/// Words that a heading has at most.
const HEADING: usize = 14;
/// Words that a question has at most.
const QUESTION: usize = 12;
/// Words before the colon that tell that a list or an example follows.
const LEADS: usize = 3;

/// A concept in a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Concept {
    /// A class, or the stem of a word in none.
    pub(super) key: u64,
    /// Its part.
    pub(super) role: Role,
    /// What it is to a denial.
    pub(super) sort: Sort,
    /// An action that is denied.
    pub(super) denied: bool,
    /// An action that the clause states of the company, as far as the words before it tell; of
    /// the reader, where it is a choice that the company leaves them.
    pub(super) ours: bool,
    /// An action told in the passive: what it is done to stands before it.
    pub(super) passive: bool,
    /// Where it stands, in words.
    pub(super) at: usize,
}

/// What a clause says.
#[derive(Clone, Debug, Default)]
pub(super) struct Meaning {
    /// The concepts in order of mention.
    pub(super) concepts: Vec<Concept>,
    /// Whether it is hedged by "unless", "only", "without" and the like.
    pub(super) conditional: bool,
    /// The figures that make a rule, sorted: ages, periods, shares.
    pub(super) figures: Vec<Figure>,
    /// Where or when the statement holds ("in cookies", "when you browse", "our programs").
    pub(super) scope: Vec<u64>,
    /// Which of two opposite kinds of thing it names ("precise", "approximate").
    pub(super) kinds: Vec<OneKind>,
    /// It only names what is spoken of, as a heading or a question does, and states nothing.
    pub(super) is_heading: bool,
    /// It leads in what follows.
    pub(super) leads_in: bool,
}

impl Meaning {
    /// Whether it speaks of a concept.
    pub(super) fn names(&self, key: u64) -> bool {
        self.concepts.iter().any(|c| c.key == key)
    }

    /// The concepts of a sort.
    pub(super) fn of_sort(&self, sort: Sort) -> impl Iterator<Item = &Concept> {
        self.concepts.iter().filter(move |c| c.sort == sort)
    }
}

/// Whether both name figures and not the same ones.
pub(super) fn figures_differ(one: &Meaning, other: &Meaning) -> bool {
    !one.figures.is_empty() && !other.figures.is_empty() && one.figures != other.figures
}

/// Reads clauses of one policy.
pub(super) struct Reader<'a> {
    policy: &'a Policy,
    /// The policy as alignment sees it, where that was read before.
    text: Option<&'a Text<'a>>,
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
            text: None,
            lexicon: Lexicon::builtin(),
            own,
            stems: FxHashMap::default(),
        }
    }

    /// The same, with the words that alignment has read.
    pub(super) fn with(text: &'a Text<'a>) -> Self {
        Self {
            text: Some(text),
            ..Self::new(text.policy)
        }
    }

    /// Reads a clause.
    pub(super) fn read(&mut self, clause: ClauseId) -> Meaning {
        let mut words = self.tokens(clause);
        words.retain(Token::is_hard);
        let text = self.policy.text.as_str();
        let stems: Vec<u64> = words
            .iter()
            .map(|token| {
                *self
                    .stems
                    .entry(token.key)
                    .or_insert_with(|| stem_key(raw(text, token)))
            })
            .collect();
        let mut meaning = self.concepts(&words, &stems);
        meaning.figures = figures::figures(text, &words);
        meaning.kinds = self.lexicon.kinds(&stems);
        let clause = self.policy.clause_text(clause).trim_end();
        let first = words.first().map_or(0, |word| word.key);
        let open = !clause.ends_with(['.', ';', ',', '!']);
        let asked = clause.ends_with('?') || (open && self.lexicon.questions.contains(&first));
        let asks = asked && words.len() <= QUESTION;
        meaning.is_heading = asks || self.is_heading(clause, &words);
        meaning.leads_in = clause.ends_with(':') && self.leads_in(&words);
        self.places(&words, &mut meaning);
        meaning
    }

    fn tokens(&self, clause: ClauseId) -> Vec<Token> {
        if let Some(text) = self.text {
            return text.said_tokens(clause);
        }
        let mut tokens = Vec::new();
        keys::clause_tokens(self.policy, clause, &mut tokens);
        tokens
    }

    fn concepts(&self, words: &[Token], stems: &[u64]) -> Meaning {
        let mut meaning = Meaning::default();
        let mut denial = Denial::default();
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
            meaning.conditional |= self.lexicon.conditions.contains(&token.key);
            if self.lexicon.breaks.contains(&token.key) {
                denial.reach = 0;
            }
            let (length, class) = self.class(&words[at..], &stems[at..]);
            if let Some(class) = class {
                let action = class.role == Role::Action;
                let denied = denial.meets(action) != (action && class.denied);
                let mut actor = Actor::default();
                if action {
                    parts[at..at + length].fill(Part::Action);
                    let text = self.policy.text.as_str();
                    actor = self.lexicon.subjects.actor(text, words, &parts, at);
                    meaning.scope.extend(actor.scope);
                }
                meaning.concepts.push(Concept {
                    key: class.key,
                    role: class.role,
                    sort: class.sort,
                    denied,
                    ours: actor.ours || (actor.yours && class.sort == Sort::Choice),
                    passive: actor.passive,
                    at,
                });
            }
            denial.reach = denial.reach.saturating_sub(length);
            if length == 1 && self.denies(&words[at..]) {
                denial.reach = DENIAL_REACH;
            } else if self.lexicon.refusals.contains(&token.key) {
                denial.turn();
            }
            at += length;
        }
        meaning
    }

    /// What stands at the first of these words: its length in words, and its class.
    fn class(&self, words: &[Token], stems: &[u64]) -> (usize, Option<Class>) {
        let plain =
            |token: &Token| token.kind == Kind::Word && !function_words::is_english(token.key);
        match (self.lexicon.phrase(stems), words.first(), stems.first()) {
            (Some((length, class)), ..) => (length, Some(class)),
            (None, Some(token), Some(&key)) if plain(token) => {
                let plain = Class {
                    key,
                    role: Role::Plain,
                    sort: Sort::Other,
                    denied: false,
                };
                (1, Some(plain))
            }
            _ => (1, None),
        }
    }

    /// Whether the first of these words denies what follows.
    fn denies(&self, words: &[Token]) -> bool {
        let key = |at: usize| words.get(at).map_or(0, |word| word.key);
        let bound = self.lexicon.bounds.contains(&key(1)) && key(2) == self.lexicon.than;
        let undone = bound || self.lexicon.undoing.contains(&key(1));
        self.lexicon.negations.contains(&key(0)) && !undone
    }

    /// Whether the words before a colon say that something follows.
    fn leads_in(&self, words: &[Token]) -> bool {
        let mut last = words.iter().rev().take(LEADS);
        last.any(|word| self.lexicon.leads.contains(&word.key))
    }

    /// Whether a clause looks as headings do: few words, nobody who acts, and a colon at the end or
    /// every word of weight capitalised.
    fn is_heading(&self, text: &str, words: &[Token]) -> bool {
        let names_nobody = |word: &Token| !self.lexicon.subjects.is_person(word.key);
        if words.len() > HEADING || !words.iter().all(names_nobody) {
            return false;
        }
        let heavy = |word: &&Token| word.is_word() && !function_words::is_english(word.key);
        let capital = |word: &Token| {
            let first = raw(&self.policy.text, word).chars().next();
            first.is_some_and(|letter| !letter.is_lowercase())
        };
        let mut heavy = words.iter().filter(heavy).peekable();
        let capitalised = words.len() > 1 && heavy.peek().is_some() && heavy.all(capital);
        text.ends_with(':') || (capitalised && !text.ends_with(['.', ';', ',', '!']))
    }

    /// Adds where and when the statement holds.
    fn places(&self, words: &[Token], meaning: &mut Meaning) {
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

/// A denial on its way through a clause. It holds for the actions named one after another ("sell,
/// rent or share"), not for those that tell what about the thing refused ("data that we collect").
#[derive(Default)]
struct Denial {
    /// Words up to which it still reaches.
    reach: usize,
    /// Whether it has met an action.
    met: bool,
}

impl Denial {
    /// Whether it holds for the concept it meets.
    fn meets(&mut self, action: bool) -> bool {
        if self.met && !action {
            self.reach = 0;
        }
        self.met = action && self.reach > 0;
        self.met
    }

    /// A verb of refusal: it denies, or cancels the denial it stands under.
    fn turn(&mut self) {
        self.reach = if self.reach > 0 { 0 } else { DENIAL_REACH };
    }
}
