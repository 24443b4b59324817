//! The versions of a document as bytes: a row of its own for each takes most of the time in which a
//! library is listed.
//!
//! First the folder of the repository, empty for files; then for each version when it was recorded,
//! its path, and in a repository the ids of its commit and its blob. Numbers and texts stand as
//! `codec.rs` writes them; a path is what follows on what it shares with the one before.

use super::codec::{fold, put, take, unfold};
use super::roots::Roots;
use crate::model::{ContentId, GitPlace, History, Origin, Version};
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The ids of git have so many bytes.
const ID: usize = 20;

/// What stands for a version.
const FILE: u64 = 0;
const BLOB: u64 = 1;

/// A history as bytes; none when it holds what cannot be written so: two repositories, ids of another
/// kind, what was never in a file.
pub(super) fn packed(history: &History) -> Option<Vec<u8>> {
    let repository = history
        .versions
        .iter()
        .find_map(|version| match &version.origin {
            Origin::Git(place) => Some(&place.repository),
            _ => None,
        });
    let mut bytes = Vec::new();
    let written = repository.map(|path| path.to_string_lossy());
    put_text(&mut bytes, written.as_deref().unwrap_or(""));
    let (mut before, mut time) = (String::new(), 0);
    for version in &history.versions {
        let (kind, path, ids) = match &version.origin {
            Origin::File(path) => (FILE, path.to_string_lossy().into_owned(), None),
            Origin::Git(place) if Some(&place.repository) == repository => {
                let ids = (id(&place.commit)?, id(&place.blob)?);
                (BLOB, place.path.to_string(), Some(ids))
            }
            _ => return None,
        };
        let recorded = version.recorded.map(|time| time.as_second());
        put(&mut bytes, kind << 1 | u64::from(recorded.is_some()));
        if let Some(second) = recorded {
            put(&mut bytes, fold(second.wrapping_sub(time)));
            time = second;
        }
        let shared = shared(&before, &path);
        put(&mut bytes, shared as u64);
        put_text(&mut bytes, path.get(shared..)?);
        before = path;
        if let Some((commit, blob)) = ids {
            bytes.extend(commit);
            bytes.extend(blob);
        }
    }
    Some(bytes)
}

/// The history that [`packed`] wrote, its paths as a request spells them; none when the bytes are no
/// history.
pub(super) fn unpacked(mut bytes: &[u8], roots: &Roots) -> Option<History> {
    let bytes = &mut bytes;
    let repository = PathBuf::from(take_text(bytes)?);
    let repository: Arc<Path> = roots.outward(&repository).into();
    let (mut path, mut time): (Arc<str>, i64) = ("".into(), 0);
    let mut versions = Vec::new();
    while !bytes.is_empty() {
        let kind = take(bytes)?;
        let is_recorded = kind & 1 == 1;
        if is_recorded {
            time = time.wrapping_add(unfold(take(bytes)?));
        }
        let shared = usize::try_from(take(bytes)?).ok()?;
        let rest = take_text(bytes)?;
        if shared < path.len() || !rest.is_empty() {
            path = [path.get(..shared)?, rest].concat().into();
        }
        let (origin, content) = match kind >> 1 {
            FILE => (Origin::File(roots.outward(Path::new(&*path))), None),
            BLOB => {
                let (commit, blob) = (take_id(bytes)?, take_id(bytes)?);
                let place = GitPlace {
                    repository: Arc::clone(&repository),
                    path: Arc::clone(&path),
                    commit: hexadecimal(commit),
                    blob: hexadecimal(blob),
                };
                (Origin::Git(Arc::new(place)), Some(ContentId(blob)))
            }
            _ => return None,
        };
        let recorded = is_recorded.then(|| Timestamp::from_second(time).ok());
        versions.push(Version {
            origin,
            recorded: recorded.flatten(),
            content,
        });
    }
    Some(History { versions })
}

/// How many bytes two paths begin with alike, in whole characters.
fn shared(one: &str, other: &str) -> usize {
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b);
    same.map(|(c, _)| c.len_utf8()).sum()
}

fn put_text(bytes: &mut Vec<u8>, text: &str) {
    put(bytes, text.len() as u64);
    bytes.extend(text.as_bytes());
}

fn take_text<'b>(bytes: &mut &'b [u8]) -> Option<&'b str> {
    let length = usize::try_from(take(bytes)?).ok()?;
    let (text, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    std::str::from_utf8(text).ok()
}

fn take_id(bytes: &mut &[u8]) -> Option<[u8; ID]> {
    let (id, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*id)
}

/// An id from its digits.
fn id(digits: &str) -> Option<[u8; ID]> {
    let digits: &[u8; 2 * ID] = digits.as_bytes().try_into().ok()?;
    let value = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let mut id = [0; ID];
    for (byte, pair) in id.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = value(pair[0])? << 4 | value(pair[1])?;
    }
    Some(id)
}

/// The digits of each byte.
static DIGITS: [[u8; 2]; 256] = {
    const DIGIT: &[u8; 16] = b"0123456789abcdef";
    let mut digits = [[0; 2]; 256];
    let mut byte = 0;
    while byte < digits.len() {
        digits[byte] = [DIGIT[byte >> 4], DIGIT[byte & 15]];
        byte += 1;
    }
    digits
};

/// The digits of an id.
fn hexadecimal(id: [u8; ID]) -> String {
    let digits = id.map(|byte| DIGITS[usize::from(byte)]);
    let digits = std::str::from_utf8(digits.as_flattened());
    digits.map(str::to_owned).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn git(path: &str, number: u8) -> Origin {
        Origin::Git(Arc::new(GitPlace {
            repository: Path::new("/archive.git").into(),
            path: path.into(),
            commit: hexadecimal([number; ID]),
            blob: hexadecimal([number ^ 0xA5; ID]),
        }))
    }

    fn history(origins: impl IntoIterator<Item = Origin>) -> History {
        let versions = (0..).zip(origins).map(|(number, origin)| Version {
            content: match &origin {
                Origin::Git(place) => id(&place.blob).map(ContentId),
                _ => None,
            },
            // Times go back, before 1970, and are missing.
            recorded: (number != 1)
                .then(|| Timestamp::from_second(1_600_000_000 - number * 900_000_000).unwrap()),
            origin,
        });
        History {
            versions: versions.collect(),
        }
    }

    #[test]
    fn what_was_packed_is_unpacked() {
        for history in [
            history([]),
            history([
                git("Shop/Privacy Policy.md", 1),
                git("Shop/Privacy Policy.md", 2),
            ]),
            history([
                git("Shop/a.md", 1),
                git("Shöp/a.md", 9),
                git("", 3),
                git("S", 4),
            ]),
            history(["/p/2020.md", "/p/2021.md", "/q"].map(|path| Origin::File(path.into()))),
            history([git("a.md", 7), Origin::File("/work/a.md".into())]),
        ] {
            let bytes = packed(&history).unwrap();
            assert_eq!(unpacked(&bytes, &Roots::default()), Some(history));
            for end in 0..bytes.len() {
                // Never a panic, whatever is missing.
                let _ = unpacked(&bytes[..end], &Roots::default());
            }
        }
    }

    #[test]
    fn what_cannot_be_packed_is_not() {
        let Origin::Git(place) = git("a.md", 1) else {
            return;
        };
        let odd = GitPlace {
            commit: "HEAD".to_owned(),
            ..GitPlace::clone(&place)
        };
        assert_eq!(packed(&history([Origin::Git(Arc::new(odd))])), None);
        assert_eq!(packed(&history([Origin::Stdin])), None);
    }
}
