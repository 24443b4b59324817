//! From what commits did to the versions of each document, with renamed documents followed.

use super::open::Opened;
use super::rename;
use super::tree::{Change, lossy};
use super::walk::{Link, Step, Walk};
use super::{Archive, Histories, Renamed};
use crate::model::{ContentId, GitPlace, History, Origin, Version};
use crate::source::Found;
use gix::ObjectId;
use jiff::Timestamp;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The content that a commit gave a document; the path is the one it had then.
#[derive(Clone, Copy, Debug)]
struct Event {
    commit: usize,
    path: usize,
    blob: ObjectId,
}

/// What is known of a path.
#[derive(Debug, Default)]
struct Track {
    /// Oldest first.
    events: Vec<Event>,
    /// The commit that removed the document, where it is not there now.
    removed: Option<usize>,
    /// Whether the document is there now.
    is_there: bool,
    /// Whether its events went on under another name.
    moved: bool,
}

/// All paths, oldest event first.
#[derive(Debug, Default)]
struct Tracks {
    ids: FxHashMap<Vec<u8>, usize>,
    paths: Vec<Vec<u8>>,
    tracks: Vec<Track>,
    renames: Vec<Rename>,
}

/// A commit that gave a path's document another path.
#[derive(Clone, Copy, Debug)]
struct Rename {
    from: usize,
    to: usize,
    commit: usize,
}

impl Tracks {
    fn of(steps: &[Step], opened: &Opened, archive: &Archive) -> Self {
        let mut tracks = Self::default();
        for step in steps {
            tracks.take(step, opened, archive);
        }
        tracks
    }

    fn id(&mut self, path: &[u8]) -> usize {
        if let Some(id) = self.ids.get(path) {
            return *id;
        }
        let id = self.paths.len();
        self.ids.insert(path.to_owned(), id);
        self.paths.push(path.to_owned());
        self.tracks.push(Track::default());
        id
    }

    fn take(&mut self, step: &Step, opened: &Opened, archive: &Archive) {
        let gone = |change: &&Change| change.new.is_none();
        if step.changes.iter().any(|change| gone(&change)) {
            for (from, to) in rename::pairs(&step.changes, opened, archive) {
                let (from, to) = (self.id(&from.path), self.id(&to.path));
                let commit = step.commit;
                self.renames.push(Rename { from, to, commit });
                let mut events = std::mem::take(&mut self.tracks[from].events);
                self.tracks[from].moved = true;
                // A name that was given up and is taken again keeps what it had.
                events.append(&mut self.tracks[to].events);
                events.sort_by_key(|event| std::cmp::Reverse(event.commit));
                self.tracks[to].events = events;
            }
        }
        for change in &step.changes {
            let path = self.id(&change.path);
            let track = &mut self.tracks[path];
            track.is_there = change.new.is_some();
            track.removed = (!track.is_there).then_some(step.commit);
            let Some(blob) = change.new else { continue };
            track.moved = false;
            // A rename or a change of mode alone leaves the text as it was.
            if track.events.last().is_none_or(|last| last.blob != blob) {
                track.events.push(Event {
                    commit: step.commit,
                    path,
                    blob,
                });
            }
        }
    }
}

/// Makes the versions that people see of what a walk found.
pub(super) fn build(walk: Walk, opened: &Opened, archive: &Archive) -> Histories {
    let tracks = Tracks::of(&walk.steps, opened, archive);
    let mut histories = Histories {
        issues: walk.issues,
        ..Histories::default()
    };
    let names: Vec<Arc<str>> = tracks.paths.iter().map(|path| lossy(path).into()).collect();
    for (track, path) in tracks.tracks.iter().zip(&names) {
        let Some(last) = track.events.last().filter(|_| archive.lists(path)) else {
            continue;
        };
        let versions = track.events.iter();
        let versions = versions
            .map(|event| version(event, &walk.commits[event.commit], &names, opened))
            .collect();
        let history = Arc::new(History { versions });
        if !track.is_there && !track.moved {
            let mut filed = archive.filed(path);
            filed.recorded = recorded(&walk.commits[last.commit]);
            filed.removed = track
                .removed
                .and_then(|commit| recorded(&walk.commits[commit]));
            histories.gone.push(Found {
                origin: history.versions[history.versions.len() - 1].origin.clone(),
                filed,
                history: Some(Arc::clone(&history)),
            });
        }
        histories.by_path.insert(path.to_string(), history);
    }
    let renamed = tracks.renames.iter().map(|rename| Renamed {
        from: archive.filed(&names[rename.from]),
        to: archive.filed(&names[rename.to]),
        recorded: recorded(&walk.commits[rename.commit]),
    });
    histories.renamed = renamed.collect();
    histories.gone.sort_by(|a, b| a.origin.cmp(&b.origin));
    histories
}

fn version(event: &Event, link: &Link, names: &[Arc<str>], opened: &Opened) -> Version {
    Version {
        origin: Origin::Git(Arc::new(GitPlace {
            repository: Arc::clone(&opened.name),
            path: Arc::clone(&names[event.path]),
            commit: link.id.to_string(),
            blob: event.blob.to_string(),
        })),
        recorded: recorded(link),
        content: Some(content(&event.blob)),
    }
}

fn recorded(link: &Link) -> Option<Timestamp> {
    Timestamp::from_second(link.time?).ok()
}

/// The id of a blob as the name of its content.
pub(super) fn content(blob: &ObjectId) -> ContentId {
    let mut bytes = [0; 20];
    bytes.copy_from_slice(blob.as_bytes());
    ContentId(bytes)
}
