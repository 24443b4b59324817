//! What a class of words is, and how classes are laid out.

use super::word_key;
use super::word_table::Slot;
use serde::Deserialize;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Class {
    pub(super) key: u64,
    pub(super) role: Role,
    pub(super) sort: Sort,
    /// The phrase itself denies the action ("no control over").
    pub(super) denied: bool,
}

/// One of two opposite kinds of a thing: the number of the contrast, and which of its sides.
pub(super) type OneKind = (usize, bool);

/// A phrase that stands for a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Where the stems behind its first stand in the list of stems.
    pub(super) rest: (usize, usize),
    pub(super) class: Class,
}

/// Where the phrases with a first stem stand in the list of phrases.
pub(super) type First = Slot<(usize, usize)>;

/// The key of a class of words, apart from those of stems.
pub(super) fn class_key(name: &str) -> u64 {
    word_key(name) ^ 0x5bd1_e995
}
