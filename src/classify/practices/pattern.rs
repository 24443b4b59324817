//! The pattern language of the practice files, read into sequences of elements.
//!
//! ```text
//! we ~ [share] ... [personal-data] ~ with [partners]|advertiser* (without: consent)
//! ```
//!
//! `docs/practices.md` describes it for those who write patterns. Here it becomes numbers: every
//! word, stem and class is an *atom* of the vocabulary, and a sequence is a row of sets of atoms.

use super::super::phrase::{self, Part};
use super::super::tables::Builder;
use super::super::words;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

/// The number of a word, stem or class in the vocabulary.
pub(super) type Atom = u16;

/// A few atoms.
pub(super) type Atoms = SmallVec<[Atom; 4]>;

/// The atom of `#`: any word that begins with a digit.
pub(super) const NUMBER: Atom = 0;

/// How far an element may stand from the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Side by side, small words apart.
    Beside,
    /// `~`: up to [`NEAR`] words between, within a part of the sentence.
    Near,
    /// `...`: up to [`FAR`] words between, within the sentence.
    Far,
}

/// The most words that `~` stands for, small ones not counted.
pub(super) const NEAR: u16 = 4;

/// The most words that `...` stands for, small ones not counted.
pub(super) const FAR: u16 = 16;

/// One place of a sequence.
#[derive(Clone, Debug)]
pub(super) struct Element {
    /// Any of these.
    pub(super) atoms: Atoms,
    /// How far it may stand from the one before.
    pub(super) reach: Reach,
}

/// Elements in their order.
#[derive(Clone, Debug)]
pub(super) struct Sequence {
    pub(super) elements: Box<[Element]>,
    /// The element marked as the action with `!`, else the first that is one.
    pub(super) action: Option<usize>,
}

/// A sequence and what must hold around it.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    /// What is looked for.
    pub(super) main: Sequence,
    /// `(with: …)`: each must stand in the same sentence.
    pub(super) with: Vec<Sequence>,
    /// `(without: …)`: none may stand in the same sentence.
    pub(super) without: Vec<Sequence>,
    /// `(before: …)`: each must stand in an earlier sentence of the paragraph.
    pub(super) before: Vec<Sequence>,
    /// `(under: …)`: each must stand in a heading above.
    pub(super) under: Vec<Sequence>,
    /// Whether it looks for a word that denies, so that one beside it is no surprise.
    pub(super) denies: bool,
}

/// A word class while the files are read.
#[derive(Clone, Debug, Default)]
struct Class {
    atom: Atom,
    action: bool,
    members: Vec<String>,
}

/// Words, stems and classes, and the matcher that finds them.
#[derive(Clone, Debug)]
pub(super) struct Vocabulary {
    /// Finds the words of atoms; the ids are atoms.
    pub(super) words: Builder,
    classes: FxHashMap<String, Class>,
    literals: FxHashMap<String, Atom>,
    /// The hashes of [`COMMON`].
    common: FxHashSet<u64>,
    /// By atom: roughly how often it occurs.
    pub(super) commonness: Vec<u32>,
}

/// Words so common in policies that looking for them first would try every sentence.
const COMMON: &str = "the to and of your you we or our information in for with that may is on as by \
    this data are not personal any be will from use us it services have other such can if when \
    these at service about privacy their which also an use policy collect third parties website";

impl Vocabulary {
    pub(super) fn new() -> Self {
        Self {
            words: Builder::new(),
            classes: FxHashMap::default(),
            literals: FxHashMap::from_iter([("#".to_owned(), NUMBER)]),
            common: COMMON.split_whitespace().map(words::hash).collect(),
            commonness: vec![20],
        }
    }

    fn new_atom(&mut self) -> Atom {
        let atom = Atom::try_from(self.commonness.len()).unwrap_or(Atom::MAX);
        self.commonness.push(0);
        atom
    }

    /// Adds members to a class, or makes one. An error when the class is known to be of the other
    /// kind.
    pub(super) fn class(
        &mut self,
        name: &str,
        action: bool,
        members: Vec<String>,
    ) -> Result<(), String> {
        if let Some(known) = self.classes.get_mut(name) {
            if known.action != action {
                return Err(format!(
                    "the class `{name}` is listed both as action and as words"
                ));
            }
            known.members.extend(members);
            return Ok(());
        }
        let atom = self.new_atom();
        let class = Class {
            atom,
            action,
            members,
        };
        self.classes.insert(name.to_owned(), class);
        Ok(())
    }

    /// Takes the members of every class into the matcher. Call once, after the last
    /// [`Vocabulary::class`] and before the first [`Vocabulary::pattern`].
    pub(super) fn settle(&mut self, problem: &mut dyn FnMut(&str, String)) {
        let classes = std::mem::take(&mut self.classes);
        for (name, class) in &classes {
            let mut words = Vec::new();
            expand(&classes, &mut vec![name], &mut words, problem);
            for word in words {
                // Whoever reads the files has told of words that cannot be read.
                if let Ok(parts) = phrase::parse(word) {
                    self.attach(&parts, class.atom);
                }
            }
        }
        self.classes = classes;
    }

    fn attach(&mut self, parts: &[Part], atom: Atom) {
        let node = self.words.add(parts);
        if !self.words.at(node).any(|known| known == u32::from(atom)) {
            self.words.attach(node, u32::from(atom));
        }
        let common = matches!(parts, [Part::Word(hash)] if self.common.contains(hash));
        if let Some(slot) = self.commonness.get_mut(usize::from(atom)) {
            *slot += match parts {
                [_] if common => 200,
                [Part::Stem(_)] => 4,
                [_] => 3,
                _ => 1,
            };
        }
    }

    /// The atom of a word or stem as a pattern writes it.
    fn literal(&mut self, written: &str) -> Result<Atom, String> {
        let lower = written.to_lowercase();
        if let Some(&atom) = self.literals.get(&lower) {
            return Ok(atom);
        }
        let parts = phrase::parse(&lower)?;
        let atom = self.new_atom();
        self.attach(&parts, atom);
        self.literals.insert(lower, atom);
        Ok(atom)
    }

    /// Reads a pattern; the error is a sentence for its author.
    pub(super) fn pattern(&mut self, text: &str) -> Result<Pattern, String> {
        let (main, conditions) = match text.find('(') {
            Some(at) => text.split_at(at),
            None => (text, ""),
        };
        let mut pattern = Pattern {
            main: self.sequence(main)?,
            with: Vec::new(),
            without: Vec::new(),
            before: Vec::new(),
            under: Vec::new(),
            denies: looks_for_denial(text),
        };
        let mut rest = conditions.trim();
        while !rest.is_empty() {
            let (inside, after) = rest
                .strip_prefix('(')
                .and_then(|rest| rest.split_once(')'))
                .ok_or_else(|| {
                    format!("what follows the pattern must be in brackets, unlike `{rest}`")
                })?;
            rest = after.trim();
            let (name, written) = inside.split_once(':').ok_or_else(|| {
                format!("`({inside})` needs a name and a colon, such as (without: consent)")
            })?;
            let sequence = self.sequence(written)?;
            let list = match name.trim() {
                "with" => &mut pattern.with,
                "without" => {
                    if written.split_whitespace().eq(main.split_whitespace()) {
                        return Err("it excludes itself".to_owned());
                    }
                    &mut pattern.without
                }
                "before" => &mut pattern.before,
                "under" => &mut pattern.under,
                other => {
                    return Err(format!(
                        "`{other}:` means nothing here; use with:, without:, before: or under:"
                    ));
                }
            };
            list.push(sequence);
        }
        Ok(pattern)
    }

    /// Reads a row of elements; the error is a sentence for its author.
    pub(super) fn sequence(&mut self, text: &str) -> Result<Sequence, String> {
        let mut elements = Vec::new();
        let mut action = None;
        let mut reach = Reach::Beside;
        for piece in text.split_whitespace() {
            let gap = match piece {
                "~" => Some(Reach::Near),
                "..." | "…" => Some(Reach::Far),
                _ => None,
            };
            if let Some(gap) = gap {
                if elements.is_empty() || reach != Reach::Beside {
                    return Err(format!("`{piece}` must stand between two words"));
                }
                reach = gap;
                continue;
            }
            let marked = piece.strip_prefix('!').filter(|rest| !rest.is_empty());
            if marked.is_some() {
                action = Some(elements.len());
            }
            let mut atoms = Atoms::new();
            for alternative in marked.unwrap_or(piece).split('|') {
                let name = alternative
                    .strip_prefix('[')
                    .and_then(|inner| inner.strip_suffix(']'));
                let atom = match name {
                    Some(name) => {
                        let class = self
                            .classes
                            .get(name)
                            .ok_or_else(|| self.unknown_class(name))?;
                        if class.action && action.is_none() {
                            action = Some(elements.len());
                        }
                        class.atom
                    }
                    None if alternative.contains(['[', ']', ')']) => {
                        return Err(format!("`{alternative}` is neither a word nor a [class]"));
                    }
                    None => self.literal(alternative)?,
                };
                atoms.push(atom);
            }
            elements.push(Element { atoms, reach });
            reach = Reach::Beside;
        }
        if elements.is_empty() {
            return Err("a pattern needs at least one word".to_owned());
        }
        if reach != Reach::Beside {
            return Err("a gap must stand between two words".to_owned());
        }
        Ok(Sequence {
            elements: elements.into(),
            action,
        })
    }

    fn unknown_class(&self, name: &str) -> String {
        let far = |known: &&String| (strsim::damerau_levenshtein(known, name), (*known).clone());
        let nearest = self.classes.keys().min_by_key(far);
        match nearest {
            Some(nearest) => format!("there is no word class `{name}`; the nearest is `{nearest}`"),
            None => format!("there is no word class `{name}`"),
        }
    }
}

/// Words of patterns that deny.
const DENIALS: [&str; 11] = [
    "not", "never", "no", "none", "nor", "neither", "nothing", "cannot", "without", "unable",
    "refuse",
];

/// Whether a pattern looks for a word that denies, in its sequence or beside it.
fn looks_for_denial(text: &str) -> bool {
    let wanted = text.split('(').filter(|part| !part.starts_with("without:"));
    let mut words = wanted.flat_map(|part| part.split(|letter: char| !letter.is_alphanumeric()));
    words.any(|word| DENIALS.contains(&word))
}

/// The words of the class that a path of names leads to, and of the classes it names.
fn expand<'c>(
    classes: &'c FxHashMap<String, Class>,
    path: &mut Vec<&'c str>,
    words: &mut Vec<&'c str>,
    problem: &mut dyn FnMut(&str, String),
) {
    let Some((&name, class)) = path
        .last()
        .and_then(|name| Some((name, classes.get(*name)?)))
    else {
        return;
    };
    for member in &class.members {
        let inner = member
            .strip_prefix('[')
            .and_then(|inner| inner.strip_suffix(']'));
        match inner {
            Some(inner) if path.contains(&inner) => {
                problem(name, format!("the class `{inner}` holds itself"));
            }
            Some(inner) if !classes.contains_key(inner) => {
                problem(name, format!("there is no word class `{inner}`"));
            }
            Some(inner) => {
                path.push(inner);
                expand(classes, path, words, problem);
                path.pop();
            }
            None => words.push(member),
        }
    }
}
