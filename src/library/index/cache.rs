//! Where indexes lie, and how a file there is trusted, replaced and given up.
//!
//! An index is a file that is only ever replaced as a whole: it is written beside its place, then
//! renamed. Whoever has it open keeps what he opened, and whatever moment a program dies at, the file
//! is the one before or the one after. A stamp beside it holds what its bytes hash to, its size and
//! its time of modification; a file that its stamp does not know is hashed before it is trusted.

use super::Trouble;
use fs4::FileExt;
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use xxhash_rust::xxh3::{Xxh3Default, xxh3_128};

/// Bytes that are hashed at once.
const PIECE: usize = 1 << 20;

/// A folder of indexes.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
}

/// The place of one index in a cache.
#[derive(Clone, Debug)]
pub(super) struct Place {
    folder: PathBuf,
    key: String,
}

/// The right to replace an index; given up when it is dropped, or when the program ends.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

/// What a file is recognised by without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Look {
    size: u64,
    /// Nanoseconds since 1970.
    modified: i128,
}

impl Cache {
    /// The indexes in a folder. It is made when the first index is written.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The place of the index for what `request` spells out.
    pub(super) fn place(&self, request: &str) -> Place {
        Place {
            folder: self.folder.clone(),
            key: format!("{:032x}", xxh3_128(request.as_bytes())),
        }
    }
}

impl Place {
    /// The index itself.
    pub(super) fn file(&self) -> PathBuf {
        self.folder.join(format!("{}.sqlite", self.key))
    }

    fn stamp(&self) -> PathBuf {
        self.folder.join(format!("{}.stamp", self.key))
    }

    /// Where a new index is written.
    pub(super) fn draft(&self) -> PathBuf {
        self.folder.join(format!("{}.draft", self.key))
    }

    /// Takes the right to replace the index; none while another program has it.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub(super) fn lock(&self) -> Result<Option<Lock>, Trouble> {
        std::fs::create_dir_all(&self.folder).map_err(|error| self.refused(&error))?;
        let path = self.folder.join(format!("{}.lock", self.key));
        let mut options = OpenOptions::new();
        let file = options
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)
            .map_err(|error| self.refused(&error))?;
        match FileExt::try_lock(&file) {
            Ok(()) => Ok(Some(Lock { _file: file })),
            Err(fs4::TryLockError::WouldBlock) => Ok(None),
            Err(fs4::TryLockError::Error(error)) => Err(self.refused(&error)),
        }
    }

    fn refused(&self, error: &std::io::Error) -> Trouble {
        Trouble::Folder {
            folder: self.folder.clone(),
            reason: error.to_string(),
        }
    }

    /// Whether the file is there and holds what was written to it.
    pub(super) fn is_whole(&self) -> Result<bool, Trouble> {
        let Some(look) = look(&self.file()) else {
            return Ok(false);
        };
        let stamps = std::fs::read_to_string(self.stamp()).unwrap_or_default();
        let stamps: Vec<(Look, u128)> = stamps.lines().filter_map(stamp).collect();
        if stamps.iter().any(|(known, _)| *known == look) {
            return Ok(true);
        }
        if !stamps.iter().any(|(known, _)| known.size == look.size) {
            return Err(Trouble::Damaged(self.file()));
        }
        // Copied or touched: what counts is what it holds.
        let hash = hash(&self.file()).map_err(|error| self.refused(&error))?;
        let known = stamps
            .iter()
            .any(|(known, hashed)| known.size == look.size && *hashed == hash);
        if known {
            Ok(true)
        } else {
            Err(Trouble::Damaged(self.file()))
        }
    }

    /// Puts the draft in the place of the index.
    ///
    /// # Errors
    /// When the disk refuses; the index is the one before then.
    pub(super) fn publish(&self, _lock: &Lock) -> Result<(), Trouble> {
        let refused = |error: std::io::Error| self.refused(&error);
        let draft = self.draft();
        File::open(&draft)
            .and_then(|file| file.sync_all())
            .map_err(refused)?;
        let hash = hash(&draft).map_err(refused)?;
        let lines = [self.file(), draft.clone()]
            .iter()
            .filter_map(|path| look(path))
            .collect::<Vec<_>>();
        let old = std::fs::read_to_string(self.stamp()).unwrap_or_default();
        let old = old.lines().filter_map(stamp);
        // Until the rename is done the stamp knows both files.
        let mut text: String = old
            .filter(|(known, _)| lines.first() == Some(known) && lines.len() > 1)
            .map(|(known, hashed)| line(known, hashed))
            .collect();
        if let Some(look) = lines.last() {
            text.push_str(&line(*look, hash));
        }
        let next = self.folder.join(format!("{}.stamp-draft", self.key));
        let written = File::create(&next).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        });
        written.map_err(refused)?;
        std::fs::rename(&next, self.stamp()).map_err(refused)?;
        std::fs::rename(&draft, self.file()).map_err(refused)
    }

    /// Removes the index and all that belongs to it; how many bytes that were.
    ///
    /// # Errors
    /// When a file is there and cannot be removed.
    pub(super) fn clear(&self, _lock: &Lock) -> Result<u64, Trouble> {
        let mut bytes = 0;
        for path in [self.file(), self.stamp(), self.draft()] {
            let size = std::fs::metadata(&path).map_or(0, |data| data.len());
            match std::fs::remove_file(&path) {
                Ok(()) => bytes += size,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(self.refused(&error)),
            }
        }
        Ok(bytes)
    }

    /// The size of the index in bytes, when there is one.
    pub(super) fn size(&self) -> Option<u64> {
        std::fs::metadata(self.file()).ok().map(|data| data.len())
    }
}

fn look(path: &Path) -> Option<Look> {
    let data = std::fs::metadata(path).ok()?;
    let modified = data.modified().ok()?;
    let since = match modified.duration_since(UNIX_EPOCH) {
        Ok(after) => i128::try_from(after.as_nanos()).ok()?,
        Err(before) => -i128::try_from(before.duration().as_nanos()).ok()?,
    };
    Some(Look {
        size: data.len(),
        modified: since,
    })
}

fn line(look: Look, hash: u128) -> String {
    format!("{} {} {hash:032x}\n", look.size, look.modified)
}

fn stamp(line: &str) -> Option<(Look, u128)> {
    let mut parts = line.split(' ');
    let size = parts.next()?.parse().ok()?;
    let modified = parts.next()?.parse().ok()?;
    let hash = u128::from_str_radix(parts.next()?, 16).ok()?;
    Some((Look { size, modified }, hash))
}

fn hash(path: &Path) -> std::io::Result<u128> {
    let mut file = File::open(path)?;
    let mut hasher = Xxh3Default::new();
    let mut piece = vec![0; PIECE];
    loop {
        let length = file.read(&mut piece)?;
        if length == 0 {
            return Ok(hasher.digest128());
        }
        hasher.update(piece.get(..length).unwrap_or(&[]));
    }
}
