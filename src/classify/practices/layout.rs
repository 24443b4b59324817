//! The questions and what answers them, laid out flat: without pointers, so that the embedded ones
//! stand in the program as the build script made them, and starting costs nothing. A user's own are
//! laid out the same way when they are read.

use super::Topic;

/// The number of a word, stem or class in the vocabulary.
pub(super) type Atom = u16;

/// The atom of `#`: any word that begins with a digit.
pub(super) const NUMBER: Atom = 0;

/// Where a part of a table or of the texts begins, and where what follows it does.
pub(super) type Part = (u32, u32);

/// The entries of a part.
#[inline]
pub(super) fn part<T>(list: &[T], (from, to): Part) -> &[T] {
    list.get(from as usize..to as usize).unwrap_or(&[])
}

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

/// Some of the 64 atoms that stand side by side, one bit each.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    /// Which 64: those from 64 times this on.
    pub(super) place: u16,
    pub(super) atoms: u64,
}

impl Stretch {
    /// The stretches of atoms that are in order.
    pub(super) fn cut(atoms: &[Atom]) -> Vec<Self> {
        let stretches = atoms.chunk_by(|one, next| one / 64 == next / 64);
        let stretch = |atoms: &[Atom]| {
            let bits = atoms.iter().map(|atom| 1 << (atom % 64));
            Some(Self {
                place: atoms.first()? / 64,
                atoms: bits.fold(0, |all, bit: u64| all | bit),
            })
        };
        stretches.filter_map(stretch).collect()
    }

    /// Its atoms, in order.
    #[inline]
    pub(super) fn each(self) -> impl Iterator<Item = Atom> {
        let mut rest = self.atoms;
        std::iter::from_fn(move || {
            if rest == 0 {
                return None;
            }
            let atom = self.place * 64 + rest.trailing_zeros() as u16;
            rest &= rest - 1;
            Some(atom)
        })
    }
}

/// Atoms of which one must occur. Whether one does takes a look at each stretch they lie in, which is one
/// for most sets, as words that stand for one another are mostly met together.
#[derive(Clone, Copy, Debug)]
pub(super) struct AnyOf {
    /// The atoms of the first stretch.
    pub(super) atoms: u64,
    /// Where that lies.
    pub(super) place: u16,
    /// How many other stretches there are.
    pub(super) others: u16,
    /// Where these begin in [`Layout::stretches`].
    pub(super) from: u32,
}

impl AnyOf {
    /// The first of its stretches.
    #[inline]
    pub(super) fn first(self) -> Stretch {
        Stretch {
            place: self.place,
            atoms: self.atoms,
        }
    }

    /// The other stretches, which stand in a table.
    #[inline]
    pub(super) fn others(self, table: &[Stretch]) -> &[Stretch] {
        part(table, (self.from, self.from + u32::from(self.others)))
    }
}

/// One place of a sequence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    pub(super) atoms: AnyOf,
    /// How far it may stand from the one before.
    pub(super) reach: Reach,
}

/// Elements in their order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sequence {
    /// A part of [`Layout::elements`].
    pub(super) elements: Part,
    /// The element marked as the action with `!`, else the first that is one.
    pub(super) action: Option<u32>,
}

/// A sequence and what must hold around it; the lists are parts of [`Layout::sequences`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Pattern {
    /// What is looked for.
    pub(super) main: Sequence,
    /// The atoms of its rarest element.
    pub(super) rarest: AnyOf,
    /// `(with: …)`: each must stand in the same sentence.
    pub(super) with: Part,
    /// `(without: …)`: none may stand in the same sentence.
    pub(super) without: Part,
    /// `(before: …)`: each must stand in an earlier sentence of the paragraph.
    pub(super) before: Part,
    /// `(under: …)`: each must stand in a heading above.
    pub(super) under: Part,
    /// Whether it looks for a word that denies, so that one beside it is no surprise.
    pub(super) denies: bool,
}

/// What a sentence says to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Force {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// It does for some people, data or cases; it says nothing of the others.
    Scoped,
    /// It does in the cases named and in no others.
    Exclusive,
}

/// How a finding stands to others of its question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Counts only where nothing else was found.
    Otherwise,
    /// Counts.
    Plain,
    /// Decides.
    Outright,
}

/// How a pattern answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// By how its action is put.
    Action,
    /// Always so.
    Fixed(Force),
}

/// One pattern of a question.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    /// The place of the question.
    pub(super) question: u32,
    pub(super) says: Says,
    pub(super) rank: Rank,
    pub(super) pattern: Pattern,
}

/// A question and what it holds besides its rules; the lists are parts of [`Layout::patterns`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    /// A part of the texts, as is `text`.
    pub(super) id: Part,
    pub(super) topic: Topic,
    pub(super) text: Part,
    /// Make of a Yes a Conditional.
    pub(super) limits: Part,
    /// A sentence with one of these does not answer at all.
    pub(super) beside: Part,
    /// … does not answer Yes.
    pub(super) beside_yes: Part,
    /// … does not answer No.
    pub(super) beside_no: Part,
    /// Make of a No the denial of a part.
    pub(super) part: Part,
    /// Make of a No what holds for some, which counts only where nothing is said of the whole.
    pub(super) some: Part,
    /// Whether it asks for others: the policy's own name is none of them.
    pub(super) others: bool,
    /// The wider question whose flat No answers this one.
    pub(super) wider: Option<u32>,
}

/// Two kinds of statement that do not go together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Conflict {
    /// What both speak of: a part of the texts.
    pub(super) about: Part,
    /// How both may be true: a part of the texts.
    pub(super) innocent: Part,
    /// Statements that it never happens: a part of [`Layout::patterns`].
    pub(super) denies: Part,
    /// Statements that it does: a part of [`Layout::patterns`].
    pub(super) asserts: Part,
}

/// A pattern, and what tells in most sentences that it would be tried in vain. Small, as every sentence
/// goes through many.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trial {
    /// The place of the rule, or of the pattern of a conflict.
    pub(super) of: u32,
    /// The last element of its sequence: one of these must occur in the sentence itself.
    pub(super) last: AnyOf,
    /// Another element, of which one must occur.
    pub(super) other: AnyOf,
}

/// Patterns by the atoms that make them worth trying.
#[derive(Clone, Copy, Debug)]
pub(super) struct Filed<'a> {
    /// The atoms that have trials.
    pub(super) atoms: &'a [Stretch],
    /// By atom: where its part of `trials` begins. One more than there are atoms.
    pub(super) begins: &'a [u32],
    pub(super) trials: &'a [Trial],
}

impl<'a> Filed<'a> {
    /// The patterns that are worth trying where an atom occurs.
    #[inline]
    pub(super) fn under(&self, atom: Atom) -> &'a [Trial] {
        let at = usize::from(atom);
        match self.begins.get(at..at + 2) {
            Some(&[from, to]) => part(self.trials, (from, to)),
            _ => &[],
        }
    }
}

/// Every question and all that answers it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout<'a> {
    /// The words of questions and conflicts, one after the other.
    pub(super) texts: &'a str,
    /// In the order of answers.
    pub(super) asked: &'a [Asked],
    pub(super) conflicts: &'a [Conflict],
    pub(super) rules: &'a [Rule],
    /// Patterns that are no rules.
    pub(super) patterns: &'a [Pattern],
    /// Sequences that are no main ones.
    pub(super) sequences: &'a [Sequence],
    pub(super) elements: &'a [Element],
    /// The stretches of sets past their first; sets that are the same share a part.
    pub(super) stretches: &'a [Stretch],
    /// The rules.
    pub(super) filed: Filed<'a>,
    /// The patterns of conflicts.
    pub(super) claims: Filed<'a>,
}

/// What a [`Layout`] shows, where it does not stand in the program.
#[derive(Clone, Debug)]
pub(super) struct Compiled {
    pub(super) texts: String,
    pub(super) asked: Vec<Asked>,
    pub(super) conflicts: Vec<Conflict>,
    pub(super) rules: Vec<Rule>,
    pub(super) patterns: Vec<Pattern>,
    pub(super) sequences: Vec<Sequence>,
    pub(super) elements: Vec<Element>,
    pub(super) stretches: Vec<Stretch>,
    pub(super) filed: Files,
    pub(super) claims: Files,
}

/// What a [`Filed`] shows.
#[derive(Clone, Debug, Default)]
pub(super) struct Files {
    pub(super) atoms: Vec<Stretch>,
    pub(super) begins: Vec<u32>,
    pub(super) trials: Vec<Trial>,
}

impl Files {
    fn filed(&self) -> Filed<'_> {
        Filed {
            atoms: &self.atoms,
            begins: &self.begins,
            trials: &self.trials,
        }
    }
}

impl Compiled {
    pub(super) fn layout(&self) -> Layout<'_> {
        Layout {
            texts: &self.texts,
            asked: &self.asked,
            conflicts: &self.conflicts,
            rules: &self.rules,
            patterns: &self.patterns,
            sequences: &self.sequences,
            elements: &self.elements,
            stretches: &self.stretches,
            filed: self.filed.filed(),
            claims: self.claims.filed(),
        }
    }
}

impl<'a> Layout<'a> {
    /// Whether `has` holds for a stretch of a set.
    #[inline]
    pub(super) fn any(&self, set: AnyOf, has: impl Fn(Stretch) -> bool) -> bool {
        let others = || set.others(self.stretches).iter();
        has(set.first()) || (set.others > 0 && others().any(|stretch| has(*stretch)))
    }

    /// The elements of a sequence.
    #[inline]
    pub(super) fn elements(&self, sequence: &Sequence) -> &'a [Element] {
        part(self.elements, sequence.elements)
    }

    /// Sequences that stand around a main one.
    pub(super) fn sequences(&self, which: Part) -> &'a [Sequence] {
        part(self.sequences, which)
    }

    /// Patterns of a question or a conflict.
    pub(super) fn patterns(&self, which: Part) -> &'a [Pattern] {
        part(self.patterns, which)
    }

    /// How many atoms there are.
    pub(super) fn atom_count(&self) -> usize {
        self.filed.begins.len().saturating_sub(1)
    }

    /// A question's or a conflict's words.
    pub(super) fn text(&self, (from, to): Part) -> &'a str {
        self.texts.get(from as usize..to as usize).unwrap_or("")
    }
}
