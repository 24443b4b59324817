//! The embedded questions, laid out by the build script.

use super::Topic::*;
use super::layout::Force::*;
use super::layout::Rank::*;
use super::layout::Reach::*;
use super::layout::Says::*;
use super::layout::*;
use super::tables::{Edge, Node, Slot, Stem, Tables, WordPair};
use std::borrow::Cow::Borrowed;

include!(concat!(env!("OUT_DIR"), "/practices.rs"));

/// What finds the words of atoms, as it stands in the program.
pub(super) fn words() -> Tables {
    Tables {
        words: Borrowed(WORDS),
        letters: Borrowed(LETTERS),
        stems: Borrowed(STEMS),
        groups: Borrowed(GROUPS),
        parents: Borrowed(PARENTS),
        nodes: Borrowed(NODES),
        ends: Borrowed(ENDS),
        edges: Borrowed(EDGES),
        first: Borrowed(FIRST),
        single: Borrowed(SINGLE),
        pairs: Borrowed(PAIRS),
    }
}

/// What is asked.
pub(super) const LAYOUT: Layout<'static> = Layout {
    texts: TEXTS,
    asked: ASKED,
    conflicts: CONFLICTS,
    rules: RULES,
    patterns: PATTERNS,
    sequences: SEQUENCES,
    elements: ELEMENTS,
    stretches: STRETCHES,
    filed: FILED,
    claims: CLAIMS,
};
