//! Reads single objects of a repository: commits, trees and blobs, by their ids.

use super::bases::Bases;
use gix::ObjectId;
use gix::objs::{Exists, Find, FindHeader, Kind};
use gix::odb::pack::index;
use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

/// Bytes of decoded bases that are kept for the objects stored as a difference to them. More does
/// not help: in a repository of 42,632 commits twice as much saves 1 % of the differences that are
/// applied, and 256 MB were slower.
const BASES: usize = 8 << 20;

/// A way to read objects, for one thread at a time.
pub(super) struct Objects {
    handle: gix::odb::HandleArc,
    /// Decoding needs more room than the object: kept, so that it is not asked for each time.
    room: RefCell<Vec<u8>>,
}

/// What is read of a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Commit {
    /// The state of all files.
    pub(super) tree: ObjectId,
    /// The commit before it on the branch (of a merge, the one that was merged into).
    pub(super) parent: Option<ObjectId>,
    /// When its author made it, in seconds since 1970; none where the line is broken.
    pub(super) time: Option<i64>,
}

impl Objects {
    pub(super) fn new(store: Arc<gix::odb::Store>) -> Self {
        let mut handle = store.to_cache_arc();
        handle.set_pack_cache(|| Box::new(Bases::new(BASES)));
        // What was opened stays valid when someone repacks the repository meanwhile.
        handle.prevent_pack_unload();
        Self {
            handle,
            room: RefCell::default(),
        }
    }

    /// Reads an object into `buffer`; none where it does not exist.
    pub(super) fn read(&self, id: &ObjectId, buffer: &mut Vec<u8>) -> gix::Result<Option<Kind>> {
        let data = Find::try_find(&self.handle, id, buffer)?;
        Ok(data.map(|data| data.kind))
    }

    /// Reads an object into bytes of their own; none where it does not exist.
    pub(super) fn read_whole(&self, id: &ObjectId) -> gix::Result<Option<(Kind, Vec<u8>)>> {
        let mut room = self.room.borrow_mut();
        let data = Find::try_find(&self.handle, id, &mut room)?;
        Ok(data.map(|data| (data.kind, data.data.to_vec())))
    }

    /// The size of an object in bytes, without reading it; none where it does not exist.
    pub(super) fn size(&self, id: &ObjectId) -> gix::Result<Option<u64>> {
        Ok(self.handle.try_header(id)?.map(|header| header.size))
    }

    /// Whether an object exists.
    pub(super) fn holds(&self, id: &ObjectId) -> bool {
        self.handle.exists(id)
    }

    /// Reads a commit; none where it is missing or not a commit.
    pub(super) fn commit(
        &self,
        id: &ObjectId,
        buffer: &mut Vec<u8>,
    ) -> gix::Result<Option<Commit>> {
        Ok(match self.read(id, buffer)? {
            Some(Kind::Commit) => Commit::parse(buffer),
            _ => None,
        })
    }
}

impl Commit {
    /// Reads the head of a commit, as `git cat-file commit` prints it.
    fn parse(bytes: &[u8]) -> Option<Self> {
        let mut lines = bytes.split(|byte| *byte == b'\n');
        let id = |line: &[u8], key: &[u8]| ObjectId::from_hex(line.strip_prefix(key)?).ok();
        let tree = id(lines.next()?, b"tree ")?;
        let mut parent = None;
        for line in lines {
            if let Some(author) = line.strip_prefix(b"author ") {
                let time = seconds(author);
                return Some(Self { tree, parent, time });
            }
            parent = parent.or_else(|| id(line, b"parent "));
        }
        Some(Self {
            tree,
            parent,
            time: None,
        })
    }
}

/// The seconds of `Name <address> SECONDS ZONE`; they may be negative.
fn seconds(author: &[u8]) -> Option<i64> {
    let after = author.iter().rposition(|byte| *byte == b'>')? + 1;
    let text = std::str::from_utf8(&author[after..]).ok()?;
    text.split_ascii_whitespace().next()?.parse().ok()
}

/// Where objects lie in the packs of a repository, for reading them in that order.
pub(super) struct Places {
    packs: Vec<index::File<gix::odb::pack::MMap>>,
}

impl Places {
    /// Reads the indices of all packs; one that cannot be read only costs order.
    pub(super) fn of(folders: impl Iterator<Item = impl AsRef<Path>>) -> Self {
        let files =
            folders.filter_map(|folder| std::fs::read_dir(folder.as_ref().join("pack")).ok());
        let mut paths: Vec<_> = files.flatten().flatten().map(|file| file.path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "idx"));
        paths.sort();
        let open = |path| index::File::at(path, gix::hash::Kind::Sha1).ok();
        Self {
            packs: paths.into_iter().filter_map(open).collect(),
        }
    }

    /// The number of the pack and the place in it; none for an object outside of packs.
    pub(super) fn place(&self, id: &ObjectId) -> Option<(usize, u64)> {
        let mut packs = self.packs.iter().enumerate();
        packs.find_map(|(number, pack)| Some((number, pack.pack_offset_at_index(pack.lookup(id)?))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

    fn commit(rest: &str) -> Option<Commit> {
        Commit::parse(format!("tree {TREE}\n{rest}\n\nmessage").as_bytes())
    }

    #[test]
    fn the_first_parent_and_the_time_of_the_author_count() {
        let (one, two) = ("1".repeat(40), "2".repeat(40));
        let read = commit(&format!(
            "parent {one}\nparent {two}\nauthor A > B <a@b> 1600000000 +0200\ncommitter C <c@d> 1700000000 +0000"
        ))
        .unwrap();
        assert_eq!(read.parent.unwrap().to_string(), one);
        assert_eq!(read.time, Some(1_600_000_000));
    }

    #[test]
    fn times_before_1970_and_broken_ones() {
        assert_eq!(
            commit("author A <a> -86400 +0000").unwrap().time,
            Some(-86400)
        );
        assert_eq!(commit("author A <a> soon").unwrap().time, None);
        assert_eq!(commit("author nobody").unwrap().time, None);
        assert_eq!(Commit::parse(b"no commit"), None);
    }
}
