//! A document as its source hands it over: bytes and where they came from.

use jiff::Timestamp;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where a document lies.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// A file on disk.
    File(PathBuf),
    /// A file of the embedded sample library, by its name.
    Sample(String),
    /// Standard input.
    Stdin,
    /// A document of a git archive at one commit.
    Git(Arc<GitPlace>),
}

/// A document in a git repository, at one commit.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GitPlace {
    /// The folder of the repository, as the user named it: `REPO@BRANCH` where a branch was named.
    pub repository: Arc<Path>,
    /// The path of the document inside it; bytes that are not UTF-8 are replaced.
    pub path: Arc<str>,
    /// The commit that recorded it, in hexadecimal; the newest of all for a current document whose
    /// history was not walked yet.
    pub commit: String,
    /// The blob with its bytes, in hexadecimal.
    pub blob: String,
}

impl GitPlace {
    /// How many digits of a commit people are shown.
    const SHORT: usize = 8;

    /// The beginning of the commit's id, as people quote it.
    pub fn revision(&self) -> &str {
        self.commit.get(..Self::SHORT).unwrap_or(&self.commit)
    }
}

impl Origin {
    /// The git revision, shortened, where there is one.
    pub fn revision(&self) -> Option<&str> {
        match self {
            Origin::Git(place) => Some(place.revision()),
            _ => None,
        }
    }

    /// The git revision in full, where there is one.
    pub fn commit(&self) -> Option<&str> {
        match self {
            Origin::Git(place) => Some(&place.commit),
            _ => None,
        }
    }

    /// The path that messages show and that JSON calls `path`.
    pub fn path(&self) -> PathBuf {
        match self {
            Origin::File(path) => path.clone(),
            Origin::Sample(name) => PathBuf::from(format!("sample:{name}")),
            Origin::Stdin => PathBuf::from("-"),
            Origin::Git(place) => place.repository.join(&*place.path),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::File(path) => write!(f, "{}", path.display()),
            Origin::Sample(name) => write!(f, "sample:{name}"),
            Origin::Stdin => write!(f, "standard input"),
            Origin::Git(place) => write!(
                f,
                "{} at {}",
                place.repository.join(&*place.path).display(),
                place.revision()
            ),
        }
    }
}

/// How an archive files a document, by its layout; nothing where the layout does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filed {
    /// Who it belongs to ("Airbnb").
    pub site: Option<String>,
    /// The type of terms it is ("Privacy Policy").
    pub terms: Option<String>,
    /// When the archive recorded this version.
    pub recorded: Option<Timestamp>,
    /// When the archive removed the document, of which it has older versions only.
    pub removed: Option<Timestamp>,
}

/// The bytes of one document, not yet understood.
#[derive(Clone, Debug)]
pub struct Document {
    /// Where it lies.
    pub origin: Origin,
    /// How its archive files it.
    pub filed: Filed,
    /// The bytes as stored.
    pub bytes: Vec<u8>,
    /// When the file was last modified, if the source knows.
    pub modified: Option<Timestamp>,
}

impl Document {
    /// A document that no archive files.
    pub fn new(origin: Origin, bytes: Vec<u8>) -> Self {
        Self {
            origin,
            filed: Filed::default(),
            bytes,
            modified: None,
        }
    }
}
