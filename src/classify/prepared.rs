//! The tables of the embedded topics, laid out by the build script.

use super::tables::{Edge, List, Node, Slot, Stem, Tables, WordPair};
use super::topic_file::Role;
use super::weight_file::Row;
use std::borrow::Cow;

include!(concat!(env!("OUT_DIR"), "/prepared.rs"));

/// The tables, as they stand in the program.
pub(super) fn tables() -> Tables {
    fn list<T: Clone>(list: &'static [T]) -> List<T> {
        Cow::Borrowed(list)
    }
    Tables {
        words: list(WORDS),
        letters: list(LETTERS),
        stems: list(STEMS),
        groups: list(GROUPS),
        parents: list(PARENTS),
        nodes: list(NODES),
        ends: list(ENDS),
        edges: list(EDGES),
        first: list(FIRST),
        single: list(SINGLE),
        pairs: list(PAIRS),
    }
}
