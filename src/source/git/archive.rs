//! An archive: a repository with its layout, whose history can be walked.

use super::histories;
use super::open::Opened;
use super::walk::Walk;
use crate::model::{Filed, History, Issue, IssueKind, Origin, Version};
use crate::source::arrange::{self, Arranged};
use crate::source::layout::Shape;
use crate::source::{Found, folder};
use gix::ObjectId;
use gix::objs::Kind;
use jiff::Timestamp;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::path::Path;
use std::sync::Arc;

/// A repository whose history can be walked.
#[derive(Clone, Debug)]
pub struct Archive {
    opened: Arc<Opened>,
    tip: ObjectId,
    shape: Arc<Shape>,
    /// A part of the types of terms that are listed, in lower case; none means all.
    terms: Option<String>,
    /// The documents of a work tree, by the paths that they have in the repository.
    on_disk: Arc<Vec<String>>,
}

/// A document that went on under another name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// How it was filed before.
    pub from: Filed,
    /// How it was filed from then on.
    pub to: Filed,
    /// When it was renamed.
    pub recorded: Option<Timestamp>,
}

/// The versions of every document of an archive.
#[derive(Clone, Debug, Default)]
pub struct Histories {
    /// By the path of the document inside the repository, as in [`crate::model::GitPlace::path`]; for a document of
    /// an archive that is found, [`Archive::key`] tells it. Documents that are gone are here too.
    pub by_path: FxHashMap<String, Arc<History>>,
    /// Documents that the archive had once and has no more, with their histories, by their last paths.
    pub gone: Vec<Found>,
    /// Documents that went on under another name, in the order in which they were renamed.
    pub renamed: Vec<Renamed>,
    /// What is missing from them: a shallow clone, objects that are not there.
    pub issues: Vec<Issue>,
}

impl Archive {
    /// Nothing where dates in names say what the versions are: then history says nothing more.
    pub(super) fn new(opened: Arc<Opened>, tip: ObjectId, arranged: Arranged) -> Option<Self> {
        (!arranged.has_dates).then(|| Self {
            opened,
            tip,
            shape: Arc::new(arranged.shape),
            terms: arranged.terms,
            on_disk: Arc::new(arranged.listed),
        })
    }

    /// The folder of the repository, as the user named it (`REPO@BRANCH` where a branch was named).
    pub fn folder(&self) -> &Path {
        &self.opened.name
    }

    /// The newest commit, in hexadecimal.
    pub fn tip(&self) -> String {
        self.tip.to_string()
    }

    /// The path inside the repository of one of its current documents, as in [`Histories::by_path`];
    /// none for a document of another place.
    pub fn key(&self, origin: &Origin) -> Option<String> {
        match origin {
            Origin::Git(place) => {
                (place.repository == self.opened.name).then(|| place.path.to_string())
            }
            Origin::File(path) => {
                let inside = path.strip_prefix(self.opened.work_tree.as_ref()?).ok()?;
                Some(folder::slashed(inside))
            }
            Origin::Sample(_) | Origin::Stdin => None,
        }
    }

    /// Gives a current document of this archive its history, and tells when it was recorded.
    /// A document in git then names the commit that recorded it, in place of the newest of all.
    /// False for a document of another place, and for one that was never committed.
    pub fn attach(&self, found: &mut Found, histories: &Histories) -> bool {
        let key = self.key(&found.origin);
        let Some(history) = key.and_then(|key| histories.by_path.get(&key)) else {
            return false;
        };
        if let Some(last) = history.versions.last() {
            found.filed.recorded = last.recorded;
            if matches!(found.origin, Origin::Git(_)) {
                found.origin = last.origin.clone();
            }
        }
        found.history = Some(Arc::clone(history));
        true
    }

    /// Walks the history once for all documents. `progress` is told how many commits were walked
    /// and says whether to go on; a walk that was stopped holds the newer versions only.
    ///
    /// # Errors
    /// An [`Issue`] when the history cannot be walked at all.
    pub fn histories(&self, progress: &mut dyn FnMut(usize) -> bool) -> Result<Histories, Issue> {
        let walk = Walk::over(&self.opened, self.tip, progress)?;
        let damaged = walk.damaged_since.map(Timestamp::from_second);
        let mut histories = histories::build(walk, &self.opened, self);
        if let Some(folder) = &self.opened.work_tree {
            self.add_uncommitted(folder, damaged.and_then(Result::ok), &mut histories);
        }
        histories.issues.extend(self.lacking(&histories));
        Ok(histories)
    }

    /// What there is to know where texts of versions are not in the repository.
    fn lacking(&self, histories: &Histories) -> Option<Issue> {
        let versions = || histories.by_path.values().flat_map(|it| &it.versions);
        let objects = self.opened.objects();
        let is_there = |version: &&Version| match &version.origin {
            Origin::Git(place) => {
                let id = ObjectId::from_hex(place.blob.as_bytes());
                id.is_ok_and(|id| objects.holds(&id))
            }
            _ => true,
        };
        let lacking = versions().filter(|version| !is_there(version)).count();
        self.opened.give_back(objects);
        if lacking == 0 {
            return None;
        }
        let what = format!("the text of {lacking} of {} versions", versions().count());
        Some(Issue {
            kind: IssueKind::Incomplete,
            ..self.opened.missing(&self.opened.name, &what)
        })
    }

    /// A file of the work tree that differs from its newest version is one more version, which no
    /// commit recorded; or which the newest did, at a time, where it is damaged.
    fn add_uncommitted(
        &self,
        folder: &Path,
        recorded: Option<Timestamp>,
        histories: &mut Histories,
    ) {
        let by_path = &histories.by_path;
        let edited: Vec<(&String, Version)> = self
            .on_disk
            .par_iter()
            .filter_map(|path| {
                let newest = by_path.get(path)?.versions.last()?;
                let file = folder.join(path);
                let bytes = std::fs::read(&file).ok()?;
                let on_disk = blob_id(&bytes)?;
                let same = |id: ObjectId| newest.content == Some(histories::content(&id));
                if same(on_disk)
                    || unix_lines(&bytes)
                        .and_then(|b| blob_id(&b))
                        .is_some_and(same)
                {
                    return None;
                }
                let version = Version {
                    origin: Origin::File(file),
                    recorded,
                    content: Some(histories::content(&on_disk)),
                };
                Some((path, version))
            })
            .collect();
        for (path, version) in edited {
            if let Some(history) = histories.by_path.get_mut(path) {
                Arc::make_mut(history).versions.push(version);
            }
        }
    }

    /// Whether a document of this path belongs to the list.
    pub(super) fn lists(&self, path: &str) -> bool {
        self.shape
            .place(path)
            .is_some_and(|place| arrange::is_wanted(place.terms.as_deref(), self.terms.as_deref()))
    }

    /// How the layout files a document of this path.
    pub(super) fn filed(&self, path: &str) -> Filed {
        self.shape
            .place(path)
            .map_or_else(Filed::default, |place| place.filed())
    }
}

fn blob_id(bytes: &[u8]) -> Option<ObjectId> {
    gix::objs::compute_hash(gix::hash::Kind::Sha1, Kind::Blob, bytes).ok()
}

/// The bytes as git stores them where it checks files out with CRLF; none where they are the same.
fn unix_lines(bytes: &[u8]) -> Option<Vec<u8>> {
    memchr::memmem::find(bytes, b"\r\n")?;
    let mut unix = Vec::with_capacity(bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        if *byte != b'\r' || bytes.get(at + 1) != Some(&b'\n') {
            unix.push(*byte);
        }
    }
    Some(unix)
}
