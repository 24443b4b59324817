//! How far loading came, as values and in words.

use std::fmt;

/// How far loading came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many documents have been read, of so many.
    Reading(usize, usize),
    /// All documents are there; so many commits of their archives have been walked.
    Walking(usize),
    /// All is there; so many versions have been taken into the index, of so many.
    Indexing(usize, usize),
    /// The index has told of so many documents, of so many.
    Recalling(usize, usize),
    /// The index has told of all documents, so many, and it is being looked whether they still are
    /// as it says.
    Checking(usize),
    /// All documents, so many, were looked at: so many changed, came or went, and are being read.
    Checked(usize, usize),
}

impl Progress {
    /// Whether documents are still being read.
    pub fn is_reading(self) -> bool {
        matches!(self, Self::Reading(..) | Self::Recalling(..))
    }
}

impl Default for Progress {
    fn default() -> Self {
        Self::Reading(0, 0)
    }
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reading(_, 0) => write!(f, "looking for policies"),
            Self::Reading(read, all) => {
                write!(f, "reading {} of {}", thousands(*read), thousands(*all))
            }
            Self::Indexing(_, 0) => write!(f, "indexing"),
            Self::Indexing(done, all) => {
                write!(f, "indexing {} of {}", thousands(*done), thousands(*all))
            }
            Self::Recalling(told, all) => {
                write!(f, "listing {} of {}", thousands(*told), thousands(*all))
            }
            Self::Checking(all) => write!(f, "checking {}", thousands(*all)),
            Self::Checked(all, changed) => {
                let (all, changed) = (thousands(*all), thousands(*changed));
                write!(f, "checked {all}: {changed} changed")
            }
            Self::Walking(commits) => write!(f, "history: {} commits", thousands(*commits)),
        }
    }
}

/// A number with its thousands set apart.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
