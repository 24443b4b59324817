//! Trees as git stores them: listing the documents of one, and what differs between two.

use super::objects::Objects;
use crate::source::formats;
use gix::ObjectId;
use gix::objs::Kind;
use std::cmp::Ordering;

/// Folders deeper than this are passed over: real archives have five levels.
const MAX_DEPTH: usize = 64;

/// A repository of more files than this is no archive of policies. A few small trees that hold each other many times over can
/// make a repository of a kilobyte list as billions of files.
const MAX_FILES: usize = 1_000_000;

/// To open a folder costs as much as so many files.
const FOLDER_COST: usize = 8;

/// Length of an object's id in a tree, in bytes.
const ID: usize = 20;

/// An entry of a tree.
#[derive(Clone, Copy, Debug)]
struct Entry<'a> {
    name: &'a [u8],
    what: What,
    id: &'a [u8],
    /// Length of the entry in the tree, in bytes.
    length: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    File,
    Folder,
    Link,
    Submodule,
}

impl<'a> Entry<'a> {
    /// The entry at the beginning of `bytes`; none at their end, or where they are damaged.
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let space = bytes.iter().take(7).position(|byte| *byte == b' ')?;
        let name = &bytes[space + 1..];
        let end = memchr::memchr(0, name)?;
        let id = name.get(end + 1..end + 1 + ID)?;
        let what = match &bytes[..space] {
            b"40000" | b"040000" => What::Folder,
            b"120000" => What::Link,
            b"160000" => What::Submodule,
            _ => What::File,
        };
        Some(Self {
            name: &name[..end],
            what,
            id,
            length: space + 1 + end + 1 + ID,
        })
    }

    fn id(&self) -> ObjectId {
        ObjectId::from_bytes_or_panic(self.id)
    }

    fn is_document(&self) -> bool {
        self.what == What::File && formats::is_document(self.name)
    }

    /// Git's order of names: a folder compares as if its name ended in a slash.
    fn order(&self, other: &Self) -> Ordering {
        let common = self.name.len().min(other.name.len());
        let next = |entry: &Self| match entry.name.get(common) {
            Some(byte) => *byte,
            None if entry.what == What::Folder => b'/',
            None => 0,
        };
        self.name[..common]
            .cmp(&other.name[..common])
            .then_with(|| next(self).cmp(&next(other)))
    }
}

/// A document of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    /// Its path, in the bytes of the repository.
    pub(super) path: Vec<u8>,
    /// Its content.
    pub(super) blob: ObjectId,
}

/// The documents of a tree, in its order, and what was passed over.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) documents: Vec<Listed>,
    /// Files in a form that is not read, by path and extension.
    pub(super) unread: Vec<(Vec<u8>, &'static str)>,
    /// Paths of submodules.
    pub(super) submodules: Vec<String>,
    /// Symbolic links with the name of a document.
    pub(super) links: usize,
    /// Trees that could not be read.
    pub(super) lost: Vec<gix::Error>,
    /// Whether there are more files than are ever read; then the listing is of no use.
    pub(super) too_many: bool,
    seen: usize,
}

impl Listing {
    /// Lists a tree and those below it.
    pub(super) fn of(objects: &Objects, tree: &ObjectId) -> Self {
        let mut listing = Self::default();
        listing.add(objects, tree, &mut Vec::new(), 0);
        listing
    }

    fn add(&mut self, objects: &Objects, tree: &ObjectId, path: &mut Vec<u8>, depth: usize) {
        let mut bytes = Vec::new();
        if let Err(error) = read_tree(objects, tree, &mut bytes) {
            self.lost.push(error);
            return;
        }
        let mut rest = &bytes[..];
        while let Some(entry) = Entry::read(rest) {
            rest = &rest[entry.length..];
            self.seen += cost(&entry);
            self.too_many |= self.seen > MAX_FILES;
            if self.too_many {
                return;
            }
            let before = enter(path, entry.name);
            match entry.what {
                What::Folder if depth < MAX_DEPTH => {
                    self.add(objects, &entry.id(), path, depth + 1);
                }
                What::Submodule => self.submodules.push(lossy(path)),
                What::Link if formats::is_document(entry.name) => self.links += 1,
                What::File => match formats::kind_of(entry.name) {
                    formats::Kind::Read => self.documents.push(Listed {
                        path: path.clone(),
                        blob: entry.id(),
                    }),
                    formats::Kind::Unsupported(extension) => {
                        self.unread.push((path.clone(), extension))
                    }
                    formats::Kind::Other => {}
                },
                What::Folder | What::Link => {}
            }
            path.truncate(before);
        }
    }
}

fn cost(entry: &Entry<'_>) -> usize {
    match entry.what {
        What::Folder => FOLDER_COST,
        What::File | What::Link | What::Submodule => 1,
    }
}

/// Appends a name to a path; gives the length to come back to.
fn enter(path: &mut Vec<u8>, name: &[u8]) -> usize {
    let before = path.len();
    if before > 0 {
        path.push(b'/');
    }
    path.extend_from_slice(name);
    before
}

/// A path as text; bytes that are not UTF-8 are replaced.
pub(super) fn lossy(path: &[u8]) -> String {
    String::from_utf8_lossy(path).into_owned()
}

fn read_tree(objects: &Objects, id: &ObjectId, bytes: &mut Vec<u8>) -> gix::Result<()> {
    match objects.read(id, bytes)? {
        Some(Kind::Tree) => Ok(()),
        found => {
            bytes.clear();
            let text = match found {
                Some(kind) => format!("{id} is a {kind}, not a tree"),
                None => format!("{id} does not exist"),
            };
            Err(gix::error::Message::new(text).not_found_error())
        }
    }
}

/// What happened to a document between two trees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// Its path, in the bytes of the repository.
    pub(super) path: Vec<u8>,
    /// Its content before, if it was there.
    pub(super) old: Option<ObjectId>,
    /// Its content after, if it is there.
    pub(super) new: Option<ObjectId>,
}

/// Compares trees, one after the other, and keeps the buffers.
pub(super) struct Compare<'a> {
    objects: &'a Objects,
    spare: Vec<Vec<u8>>,
    path: Vec<u8>,
    /// Entries that differed since the last root.
    seen: usize,
    /// What differs.
    pub(super) changes: Vec<Change>,
}

impl<'a> Compare<'a> {
    pub(super) fn new(objects: &'a Objects) -> Self {
        Self {
            objects,
            spare: Vec::new(),
            path: Vec::new(),
            seen: 0,
            changes: Vec::new(),
        }
    }

    /// Reads a tree into `bytes`; none stands for an empty one.
    pub(super) fn load(&self, id: Option<&ObjectId>, bytes: &mut Vec<u8>) -> gix::Result<()> {
        bytes.clear();
        id.map_or(Ok(()), |id| read_tree(self.objects, id, bytes))
    }

    /// Adds to [`Compare::changes`] what differs between two root trees as stored.
    pub(super) fn roots(&mut self, old: &[u8], new: &[u8]) -> gix::Result<()> {
        self.seen = 0;
        self.trees(old, new)
    }

    fn trees(&mut self, old: &[u8], new: &[u8]) -> gix::Result<()> {
        let (mut old, mut new) = (old, new);
        loop {
            let same = equal_entries(old, new);
            (old, new) = (&old[same..], &new[same..]);
            let (left, right) = (Entry::read(old), Entry::read(new));
            let (left, right) = match (left, right) {
                (None, None) => return Ok(()),
                (Some(left), Some(right)) => match left.order(&right) {
                    Ordering::Less => (Some(left), None),
                    Ordering::Equal => (Some(left), Some(right)),
                    Ordering::Greater => (None, Some(right)),
                },
                one => one,
            };
            old = &old[left.map_or(0, |entry| entry.length)..];
            new = &new[right.map_or(0, |entry| entry.length)..];
            self.entries(left, right)?;
        }
    }

    /// Compares two entries of one name, either of which may not be there.
    fn entries(&mut self, old: Option<Entry<'_>>, new: Option<Entry<'_>>) -> gix::Result<()> {
        let Some(name) = old.or(new).map(|entry| entry.name) else {
            return Ok(());
        };
        let of = |entry: Option<Entry<'_>>, what: What| {
            entry
                .filter(|entry| entry.what == what)
                .map(|entry| entry.id())
        };
        let folders = (of(old, What::Folder), of(new, What::Folder));
        let document =
            |entry: Option<Entry<'_>>| entry.filter(Entry::is_document).map(|entry| entry.id());
        let documents = (document(old), document(new));
        self.seen += old.as_ref().or(new.as_ref()).map_or(0, cost);
        if self.seen > MAX_FILES {
            self.changes.clear();
            let message = gix::error::message("it holds more files than are ever read");
            return Err(message.corrupted_error());
        }
        let before = enter(&mut self.path, name);
        let mut result = Ok(());
        if documents.0 != documents.1 {
            self.changes.push(Change {
                path: self.path.clone(),
                old: documents.0,
                new: documents.1,
            });
        }
        if folders.0 != folders.1 && self.depth() <= MAX_DEPTH {
            result = self.folders(folders.0.as_ref(), folders.1.as_ref());
        }
        self.path.truncate(before);
        result
    }

    fn folders(&mut self, old: Option<&ObjectId>, new: Option<&ObjectId>) -> gix::Result<()> {
        let mut left = self.spare.pop().unwrap_or_default();
        let mut right = self.spare.pop().unwrap_or_default();
        let result = self
            .load(old, &mut left)
            .and_then(|()| self.load(new, &mut right))
            .and_then(|()| self.trees(&left, &right));
        self.spare.extend([left, right]);
        result
    }

    fn depth(&self) -> usize {
        memchr::memchr_iter(b'/', &self.path).count()
    }
}

/// Length of the entries that both trees begin with, in bytes.
fn equal_entries(old: &[u8], new: &[u8]) -> usize {
    const STRIDE: usize = 64;
    let strides = old.chunks_exact(STRIDE).zip(new.chunks_exact(STRIDE));
    let mut same = strides.take_while(|(a, b)| a == b).count() * STRIDE;
    let rest = old[same..].iter().zip(&new[same..]);
    same += rest.take_while(|(a, b)| a == b).count();
    if same == old.len() && same == new.len() {
        return same;
    }
    let mut at = 0;
    while let Some(entry) = Entry::read(&old[at..]) {
        if at + entry.length > same {
            break;
        }
        at += entry.length;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(entries: &[(&str, &str, u8)]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (mode, name, id) in entries {
            bytes.extend_from_slice(mode.as_bytes());
            bytes.push(b' ');
            bytes.extend_from_slice(name.as_bytes());
            bytes.push(0);
            bytes.extend_from_slice(&[*id; ID]);
        }
        bytes
    }

    fn order(left: (&str, &str), right: (&str, &str)) -> Ordering {
        let (a, b) = (tree(&[(left.0, left.1, 1)]), tree(&[(right.0, right.1, 1)]));
        Entry::read(&a).unwrap().order(&Entry::read(&b).unwrap())
    }

    #[test]
    fn a_folder_is_ordered_as_if_it_ended_in_a_slash() {
        assert_eq!(
            order(("40000", "Alibaba"), ("40000", "Alibaba.com")),
            Ordering::Greater
        );
        assert_eq!(
            order(("100644", "Alibaba"), ("40000", "Alibaba.com")),
            Ordering::Less
        );
        assert_eq!(order(("40000", "a"), ("40000", "a")), Ordering::Equal);
        assert_eq!(order(("40000", "a-b"), ("40000", "a")), Ordering::Less);
        assert_eq!(order(("40000", "a0"), ("40000", "a")), Ordering::Greater);
    }

    #[test]
    fn equal_entries_end_at_the_entry_that_differs() {
        let old = tree(&[
            ("100644", "a.md", 1),
            ("100644", "b.md", 2),
            ("100644", "c.md", 3),
        ]);
        let new = tree(&[
            ("100644", "a.md", 1),
            ("100644", "b.md", 9),
            ("100644", "c.md", 3),
        ]);
        assert_eq!(equal_entries(&old, &new), Entry::read(&old).unwrap().length);
        assert_eq!(equal_entries(&old, &old), old.len());
        let shorter = &old[..Entry::read(&old).unwrap().length * 2];
        assert_eq!(equal_entries(&old, shorter), shorter.len());
        assert_eq!(equal_entries(&old, &[]), 0);
    }

    #[test]
    fn damaged_trees_end_early_and_never_panic() {
        let whole = tree(&[("100644", "a.md", 1), ("40000", "b", 2)]);
        for end in 0..whole.len() {
            let mut rest = &whole[..end];
            while let Some(entry) = Entry::read(rest) {
                rest = &rest[entry.length..];
            }
        }
        assert!(Entry::read(b"no tree at all").is_none());
    }
}
