//! The pattern language of the practice files, read into sequences of elements.
//!
//! ```text
//! we ~ [share] ... [personal-data] ~ with [partners]|advertiser* (without: consent)
//! ```
//!
//! `docs/practices.md` describes it for those who write patterns. Here it becomes numbers: every
//! word, stem and class is an *atom* of the vocabulary, and a sequence is a row of sets of atoms.
//! They are laid out as they are read.

use super::layout::{AnyOf, Atom, Element, NUMBER, Part, Pattern, Reach, Sequence, Stretch, part};
use super::phrase::{self, Part as Piece};
use super::tables::Builder;
use super::words;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;

/// A word class while the files are read.
#[derive(Clone, Debug, Default)]
struct Class {
    atom: Atom,
    action: bool,
    members: Vec<String>,
}

/// Words, stems and classes, the matcher that finds them, and the sequences made of them.
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
    /// The sets of atoms that elements are made of.
    sets: FxHashMap<Vec<Atom>, AnyOf>,
    /// The stretches of sets past their first; sets that are the same share a part.
    pub(super) stretches: Vec<Stretch>,
    pub(super) elements: Vec<Element>,
    /// Sequences that are no main ones.
    pub(super) sequences: Vec<Sequence>,
}

/// Adds entries to a table; the part they take.
pub(super) fn extend<T>(table: &mut Vec<T>, entries: impl IntoIterator<Item = T>) -> Part {
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let from = place(table.len());
    table.extend(entries);
    (from, place(table.len()))
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
            sets: FxHashMap::default(),
            stretches: Vec::new(),
            elements: Vec::new(),
            sequences: Vec::new(),
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

    fn attach(&mut self, parts: &[Piece], atom: Atom) {
        let node = self.words.add(parts);
        if !self.words.at(node).any(|known| known == u32::from(atom)) {
            self.words.attach(node, u32::from(atom));
        }
        let common = matches!(parts, [Piece::Word(hash)] if self.common.contains(hash));
        if let Some(slot) = self.commonness.get_mut(usize::from(atom)) {
            *slot += match parts {
                [_] if common => 200,
                [Piece::Stem(_)] => 4,
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
        let main_sequence = self.sequence(main)?;
        let (mut with, mut without) = (Vec::new(), Vec::new());
        let (mut before, mut under) = (Vec::new(), Vec::new());
        let (mut wanted, mut unwanted) = (vec![main], Vec::new());
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
                "with" => {
                    wanted.push(written);
                    &mut with
                }
                "without" => {
                    unwanted.push((inside, written));
                    &mut without
                }
                "before" => &mut before,
                "under" => &mut under,
                other => {
                    return Err(format!(
                        "`{other}:` means nothing here; use with:, without:, before: or under:"
                    ));
                }
            };
            list.push(sequence);
        }
        let excludes = |unwanted: &str| {
            wanted
                .iter()
                .any(|wanted| excludes_itself(wanted, unwanted))
        };
        if let Some((inside, _)) = unwanted.iter().find(|(_, unwanted)| excludes(unwanted)) {
            return Err(format!("`({inside})` excludes what it looks for"));
        }
        let rarest = self.rarest(&main_sequence);
        let mut put = |sequences| extend(&mut self.sequences, sequences);
        Ok(Pattern {
            main: main_sequence,
            rarest: rarest.ok_or("a pattern needs at least one word")?,
            with: put(with),
            without: put(without),
            before: put(before),
            under: put(under),
            denies: looks_for_denial(text),
        })
    }

    /// Reads a row of elements; the error is a sentence for its author.
    fn sequence(&mut self, text: &str) -> Result<Sequence, String> {
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
                action = u32::try_from(elements.len()).ok();
            }
            let mut atoms = Vec::new();
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
                            action = u32::try_from(elements.len()).ok();
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
            let atoms = self.set(atoms).ok_or("a pattern needs at least one word")?;
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
            elements: extend(&mut self.elements, elements),
            action,
        })
    }

    /// The set of some atoms; none for no atoms.
    fn set(&mut self, mut atoms: Vec<Atom>) -> Option<AnyOf> {
        atoms.sort_unstable();
        atoms.dedup();
        if let Some(&known) = self.sets.get(&atoms) {
            return Some(known);
        }
        let mut stretches = Stretch::cut(&atoms);
        // The commonest come first, as they decide most often.
        stretches.sort_by_key(|stretch| Reverse(self.occurs(*stretch)));
        let (first, others) = stretches.split_first()?;
        let set = AnyOf {
            atoms: first.atoms,
            place: first.place,
            others: u16::try_from(others.len()).unwrap_or(u16::MAX),
            from: extend(&mut self.stretches, others.iter().copied()).0,
        };
        self.sets.insert(atoms, set);
        Some(set)
    }

    /// Roughly how often an atom of a stretch occurs.
    fn occurs(&self, stretch: Stretch) -> u32 {
        let one = |atom| self.commonness.get(usize::from(atom));
        stretch.each().filter_map(one).sum()
    }

    /// Roughly how often an atom of a set occurs.
    pub(super) fn rarity(&self, set: AnyOf) -> u32 {
        let others = set.others(&self.stretches).iter();
        let others: u32 = others.map(|stretch| self.occurs(*stretch)).sum();
        self.occurs(set.first()) + others
    }

    /// The rarest element of a sequence.
    fn rarest(&self, sequence: &Sequence) -> Option<AnyOf> {
        let sets = part(&self.elements, sequence.elements).iter();
        let sets = sets.map(|element| element.atoms);
        sets.min_by_key(|set| self.rarity(*set))
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

/// Whether what a pattern looks for always holds what it must stand without: the same words, or words
/// that a stem among them fits.
fn excludes_itself(main: &str, without: &str) -> bool {
    let fits = |word: &str, excluded: &str| {
        let stem = excluded.strip_suffix('*');
        word == excluded || stem.is_some_and(|stem| word.starts_with(stem))
    };
    let holds = |(piece, excluded): (&&str, &&str)| {
        let mut words = piece.trim_start_matches('!').split('|');
        words.all(|word| excluded.split('|').any(|excluded| fits(word, excluded)))
    };
    let main: Vec<&str> = main.split_whitespace().collect();
    let without: Vec<&str> = without.split_whitespace().collect();
    let mut stretches = main.windows(without.len().max(1));
    stretches.any(|stretch| stretch.iter().zip(&without).all(holds))
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
