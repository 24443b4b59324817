//! Which of the documents that a commit removed came back under another name.
//!
//! As `git log --follow` sees it: first the same content under another name, then the text that is
//! most alike, if at least half of it is. Only commits that both remove and add documents are asked.

use super::Archive;
use super::open::Opened;
use super::tree::{Change, lossy};
use gix::ObjectId;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::hash::{BuildHasher, BuildHasherDefault};

/// A text is compared with at most so many others of the commit, as by git (`diff.renameLimit`).
const MAX_COMPARED: usize = 400;

/// Larger texts are not compared.
const MAX_TEXT: u64 = 4 << 20;

/// Pairs a removed document with the added one that it became.
pub(super) fn pairs<'a>(
    changes: &'a [Change],
    opened: &Opened,
    archive: &Archive,
) -> Vec<(&'a Change, &'a Change)> {
    let mut removed: Vec<&Change> = changes.iter().filter(|one| one.new.is_none()).collect();
    let mut added: Vec<&Change> = changes.iter().filter(|one| one.old.is_none()).collect();
    if removed.is_empty() || added.is_empty() {
        return Vec::new();
    }
    let mut pairs = same_content(&mut removed, &mut added, archive);
    if removed.len().min(added.len()) > 0 && removed.len().max(added.len()) <= MAX_COMPARED {
        pairs.extend(alike(&removed, &added, opened, archive));
    }
    pairs
}

/// Takes out the pairs with the same content; of several with one content, those of one type of
/// terms go together first.
fn same_content<'a>(
    removed: &mut Vec<&'a Change>,
    added: &mut Vec<&'a Change>,
    archive: &Archive,
) -> Vec<(&'a Change, &'a Change)> {
    let mut by_blob: FxHashMap<ObjectId, Vec<&'a Change>> = FxHashMap::default();
    for one in added.iter() {
        by_blob
            .entry(one.new.unwrap_or_else(null))
            .or_default()
            .push(one);
    }
    let mut pairs = Vec::new();
    removed.retain(|from| {
        let Some(same) = by_blob.get_mut(&from.old.unwrap_or_else(null)) else {
            return true;
        };
        let fits = |to: &&Change| terms(archive, to) == terms(archive, from);
        let Some(at) = same.iter().position(fits) else {
            return true;
        };
        pairs.push((*from, same.remove(at)));
        false
    });
    added.retain(|one| !pairs.iter().any(|(_, to)| std::ptr::eq(*to, *one)));
    pairs
}

fn null() -> ObjectId {
    gix::hash::Kind::Sha1.null()
}

/// Another type of terms is another document, however alike they are.
fn terms(archive: &Archive, change: &Change) -> Option<String> {
    archive.filed(&lossy(&change.path)).terms
}

/// Pairs those left by their text, the most alike first.
fn alike<'a>(
    removed: &[&'a Change],
    added: &[&'a Change],
    opened: &Opened,
    archive: &Archive,
) -> Vec<(&'a Change, &'a Change)> {
    let objects = opened.objects();
    let pieces = |id: Option<ObjectId>| -> Option<Pieces> {
        let id = id?;
        let mut bytes = Vec::new();
        (objects.size(&id).ok()?? <= MAX_TEXT).then_some(())?;
        objects.read(&id, &mut bytes).ok()??;
        Some(Pieces::of(&bytes))
    };
    let old: Vec<Option<Pieces>> = removed.iter().map(|one| pieces(one.old)).collect();
    let new: Vec<Option<Pieces>> = added.iter().map(|one| pieces(one.new)).collect();
    let mut scored = Vec::new();
    for (i, from) in old.iter().enumerate() {
        for (j, to) in new.iter().enumerate() {
            let (Some(from), Some(to)) = (from, to) else {
                continue;
            };
            if terms(archive, removed[i]) != terms(archive, added[j]) {
                continue;
            }
            scored.extend(from.shared_half(to).map(|share| (Reverse(share), i, j)));
        }
    }
    opened.give_back(objects);
    scored.sort_unstable();
    let (mut used, mut taken) = (vec![false; old.len()], vec![false; new.len()]);
    let mut pairs = Vec::new();
    for (_, i, j) in scored {
        if !used[i] && !taken[j] {
            (used[i], taken[j]) = (true, true);
            pairs.push((removed[i], added[j]));
        }
    }
    pairs
}

/// The sentences and lines of a text, as a bag: how many bytes stand in equal ones. A paragraph of
/// prose is one long line, so lines alone would miss a paragraph of which one word was changed.
struct Pieces {
    bytes: u64,
    bag: FxHashMap<u64, u64>,
}

impl Pieces {
    fn of(text: &[u8]) -> Self {
        let hasher = BuildHasherDefault::<rustc_hash::FxHasher>::default();
        let mut bag = FxHashMap::default();
        for piece in text.split_inclusive(|byte| matches!(byte, b'\n' | b'.')) {
            *bag.entry(hasher.hash_one(piece)).or_insert(0) += piece.len() as u64;
        }
        Self {
            bytes: text.len() as u64,
            bag,
        }
    }

    /// The shared bytes in thousandths of the longer text, where they are at least half of it.
    fn shared_half(&self, other: &Self) -> Option<u64> {
        let longer = self.bytes.max(other.bytes);
        let shared: u64 = self
            .bag
            .iter()
            .filter_map(|(piece, bytes)| Some(*other.bag.get(piece)?.min(bytes)))
            .sum();
        (longer > 0 && shared * 2 >= longer).then(|| shared * 1000 / longer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_longer_text_must_be_shared() {
        let share =
            |a: &str, b: &str| Pieces::of(a.as_bytes()).shared_half(&Pieces::of(b.as_bytes()));
        assert_eq!(share("one\ntwo\n", "two\none\n"), Some(1000));
        assert_eq!(share("one\ntwo\n", "one\nsix\n"), Some(500));
        assert_eq!(share("one\n", "one\ntwo\nsix\n"), None);
        assert_eq!(share("", ""), None);
    }
}
