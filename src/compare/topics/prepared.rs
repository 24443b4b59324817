//! The tables of the word classes, laid out by the build script from `assets/compare/words.toml`.

use super::word_classes::{Class, First, OneKind, Phrase, Role::*, Sort::*};
use super::word_table::Slot;

include!(concat!(env!("OUT_DIR"), "/word_classes.rs"));
