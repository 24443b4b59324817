//! A document as its source hands it over: bytes and where they came from.

use jiff::Timestamp;
use std::fmt;
use std::path::PathBuf;

/// Where a document lies.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// A file on disk.
    File(PathBuf),
    /// A file of the embedded sample library, by its name.
    Sample(String),
    /// Standard input.
    Stdin,
}

impl Origin {
    /// The path that messages show and that JSON calls `path`.
    pub fn path(&self) -> PathBuf {
        match self {
            Origin::File(path) => path.clone(),
            Origin::Sample(name) => PathBuf::from(format!("sample:{name}")),
            Origin::Stdin => PathBuf::from("-"),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::File(path) => write!(f, "{}", path.display()),
            Origin::Sample(name) => write!(f, "sample:{name}"),
            Origin::Stdin => write!(f, "standard input"),
        }
    }
}

/// The bytes of one document, not yet understood.
#[derive(Clone, Debug)]
pub struct Document {
    /// Where it lies.
    pub origin: Origin,
    /// The bytes as stored.
    pub bytes: Vec<u8>,
    /// When the file was last modified, if the source knows.
    pub modified: Option<Timestamp>,
}
