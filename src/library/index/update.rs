//! Bringing an index up to what a plan says: all of it into an empty file, else what changed.

use super::codec::{Holding, read_list};
use super::gather::{Current, Job, gather};
use super::plan::Planned;
use super::writer::{NewWording, Writer};
use super::{Progress, Trouble};
use super::{put, rows};
use crate::classify::Classifier;
use crate::library::Reader;
use crate::model::Origin;
use rusqlite::Connection;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::hash_map::Entry;
use std::fs::File;
use std::thread;

/// What is read and labelled with.
#[derive(Clone, Copy)]
pub(super) struct Tools<'a> {
    pub(super) reader: &'a Reader,
    pub(super) classifier: &'a Classifier,
}

/// A document of the plan on its way into the index.
pub(super) struct Draft<'a> {
    pub(super) planned: &'a Planned,
    pub(super) id: u32,
    /// For each version its content, once known; 0 for what cannot be read.
    pub(super) contents: Vec<Option<u32>>,
    /// What is kept of the current version, where it was read.
    pub(super) current: Option<Current>,
    /// By the place of a version that is read, the places of others that have its bytes.
    pub(super) repeats: FxHashMap<u32, Vec<u32>>,
}

/// A holding that changed.
#[derive(Default)]
pub(super) struct Changed {
    pub(super) holding: Holding,
    /// Whether the wording has the tag of current ones.
    pub(super) tagged: bool,
}

/// What is kept in memory while an index is written.
pub(super) struct Updating<'a> {
    pub(super) writer: Option<Writer>,
    pub(super) drafts: Vec<Draft<'a>>,
    pub(super) wordings: FxHashMap<u128, u32>,
    pub(super) next_wording: u32,
    pub(super) next_content: u32,
    /// The first wording that was not there before.
    pub(super) first_new: u32,
    /// The holdings that changed, of wordings that were there before.
    pub(super) holdings: FxHashMap<u32, Changed>,
    /// The holdings of new wordings, from `first_new` on.
    pub(super) new_holdings: Vec<Changed>,
    /// What wordings that were there before are held by too: their holdings are read when the
    /// writer has given the connection back.
    pub(super) later: Vec<(u32, u32, u32, bool)>,
    /// Contents of one document with the same bytes are one: document, hash → content.
    pub(super) by_hash: FxHashMap<(u32, u128), u32>,
    /// What each content consists of, while more versions of its document may have it.
    pub(super) lists: FxHashMap<u32, Vec<u8>>,
    /// The wordings of each part of the versions that are being taken in.
    pub(super) parts: Vec<Box<[u32]>>,
    pub(super) waiting: Handful,
}

/// New wordings that wait to be written.
#[derive(Default)]
pub(super) struct Handful {
    pub(super) wordings: Vec<NewWording>,
    /// Bytes of their texts.
    pub(super) bytes: usize,
}

/// Writes what changed into a connection, in one transaction. `progress` says whether to go on.
pub(super) fn update(
    connection: Connection,
    plan: &[Planned],
    archives: &FxHashMap<String, String>,
    tools: Tools<'_>,
    progress: Progress<'_>,
) -> Result<Connection, Trouble> {
    connection.execute_batch("BEGIN")?;
    put::archives(&connection, archives)?;
    let known = rows::documents(&connection)?;
    let mut kept = FxHashSet::default();
    let mut drafts = Vec::new();
    let mut next = known.values().map(|known| known.id).max().unwrap_or(0) + 1;
    for (ordinal, planned) in plan.iter().enumerate() {
        let before = known
            .get(&planned.identity)
            .filter(|known| kept.insert(known.id));
        if let Some(before) = before
            && planned.fingerprint.is_some()
            && planned.fingerprint == before.fingerprint
        {
            put::keep(&connection, before.id, ordinal, planned)?;
            continue;
        }
        let id = before.map_or(next, |before| before.id);
        next += u32::from(before.is_none());
        drafts.push((ordinal, Draft::new(planned, id)));
    }
    let gone: Vec<u32> = known
        .values()
        .map(|known| known.id)
        .filter(|id| !kept.contains(id))
        .collect();
    let (ordinals, drafts): (Vec<usize>, Vec<Draft<'_>>) = drafts.into_iter().unzip();
    let mut updating = Updating::new(&connection, drafts)?;
    let hashes = updating.forget(&connection, &gone)?;
    let connection = updating.read(connection, tools, &hashes, progress)?;
    flush_behind(&connection);
    updating.write_documents(&connection, &ordinals, tools)?;
    updating.write_holdings(&connection)?;
    rows::sweep(&connection)?;
    connection.execute_batch("COMMIT")?;
    Ok(connection)
}

/// Brings to the disk what is written by now, while the rest is written: it has to be there before the
/// file is taken for an index. What goes wrong here is told then.
fn flush_behind(connection: &Connection) {
    let file = connection.path().map(File::open);
    if let Some(Ok(file)) = file {
        let flush = move || file.sync_data();
        let _ = thread::Builder::new().name("flush".to_owned()).spawn(flush);
    }
}

impl<'a> Draft<'a> {
    fn new(planned: &'a Planned, id: u32) -> Self {
        Self {
            planned,
            id,
            contents: vec![None; planned.versions.len()],
            current: None,
            repeats: FxHashMap::default(),
        }
    }
}

impl<'a> Updating<'a> {
    fn new(connection: &Connection, drafts: Vec<Draft<'a>>) -> Result<Self, Trouble> {
        let (wordings, next_wording) = rows::wordings(connection)?;
        Ok(Self {
            writer: None,
            drafts,
            wordings,
            next_wording,
            first_new: next_wording,
            next_content: rows::next_content(connection)?,
            holdings: FxHashMap::default(),
            new_holdings: Vec::new(),
            later: Vec::new(),
            by_hash: FxHashMap::default(),
            lists: FxHashMap::default(),
            parts: Vec::new(),
            waiting: Handful::default(),
        })
    }

    /// Takes documents that are gone, and the versions of those that changed, out of the index.
    /// Contents stay until it is known that no version has them: for each version that is to be
    /// read, what its bytes hashed to.
    fn forget(
        &mut self,
        connection: &Connection,
        gone: &[u32],
    ) -> Result<FxHashMap<(usize, u32), u128>, Trouble> {
        let mut hashes = FxHashMap::default();
        let changed: Vec<u32> = self.drafts.iter().map(|draft| draft.id).collect();
        for &document in gone.iter().chain(&changed) {
            for content in rows::contents(connection, document)? {
                for wording in wordings_of(&content.list)? {
                    self.changed(connection, wording)?.holding.forget(document);
                }
                self.by_hash.insert((document, content.hash), content.id);
                self.lists.insert(content.id, content.list);
            }
        }
        for (at, draft) in self.drafts.iter_mut().enumerate() {
            let known = rows::versions(connection, draft.id)?;
            for (place, version) in (0..).zip(&draft.planned.versions) {
                let Some(before) = known.get(&rows::place_of(&version.found.origin)) else {
                    continue;
                };
                let same = version.print.size.is_some() && before.print == version.print;
                let blob = matches!(version.found.origin, Origin::Git(_));
                // The current version is read in any case: its facts are made of it.
                if (same || blob) && place != draft.planned.place {
                    if let Some(slot) = draft.contents.get_mut(place as usize) {
                        *slot = Some(before.content);
                    }
                } else {
                    hashes.insert((at, place), before.hash);
                }
            }
        }
        for &document in gone.iter().chain(&changed) {
            rows::remove(connection, document)?;
        }
        Ok(hashes)
    }

    pub(super) fn changed(
        &mut self,
        connection: &Connection,
        wording: u32,
    ) -> Result<&mut Changed, Trouble> {
        match self.holdings.entry(wording) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(new) => {
                let holding = rows::holding(connection, wording)?.unwrap_or_default();
                let tagged = holding.is_now();
                Ok(new.insert(Changed { holding, tagged }))
            }
        }
    }

    /// Reads what has to be read, current versions first.
    fn read(
        &mut self,
        connection: Connection,
        tools: Tools<'_>,
        hashes: &FxHashMap<(usize, u32), u128>,
        progress: Progress<'_>,
    ) -> Result<Connection, Trouble> {
        let plans: Vec<&'a Planned> = self.drafts.iter().map(|draft| draft.planned).collect();
        let jobs = self.jobs(&plans, hashes);
        self.note_known();
        self.writer = Some(Writer::start(connection)?);
        let total = jobs.len();
        let mut done = 0;
        let mut stopped = false;
        gather(&jobs, tools.reader, tools.classifier, |jobs, read| {
            self.parts.clear();
            jobs.iter().zip(read).all(|(job, read)| {
                done += 1;
                let goes_on = self.take(job, read, hashes);
                stopped = !progress(done, total);
                goes_on && !stopped
            })
        });
        self.hand_over();
        let connection = match self.writer.take() {
            Some(writer) => writer.finish()?,
            None => return Err(Trouble::Nonsense),
        };
        if stopped {
            Err(Trouble::Stopped)
        } else {
            Ok(connection)
        }
    }

    /// What has to be read, current versions first. Notes versions with the bytes of one that is read.
    fn jobs(
        &mut self,
        plans: &[&'a Planned],
        hashes: &FxHashMap<(usize, u32), u128>,
    ) -> Vec<Job<'a>> {
        let mut jobs = Vec::new();
        let mut blobs: FxHashMap<(usize, &str), u32> = FxHashMap::default();
        for now in [true, false] {
            for (document, planned) in plans.iter().enumerate() {
                for (place, version) in (0..).zip(&planned.versions) {
                    if (place == planned.place) != now || self.content(document, place).is_some() {
                        continue;
                    }
                    if let Origin::Git(blob) = &version.found.origin {
                        let first = *blobs.entry((document, &blob.blob)).or_insert(place);
                        if first != place {
                            self.repeat(document, first, place);
                            continue;
                        }
                    }
                    let hash = hashes.get(&(document, place)).copied();
                    jobs.push(Job {
                        document,
                        place,
                        planned,
                        version,
                        now,
                        hash: hash.filter(|_| !now),
                    });
                }
            }
        }
        jobs
    }

    /// Notes that a version has the bytes of another that is read.
    fn repeat(&mut self, document: usize, first: u32, place: u32) {
        if let Some(draft) = self.drafts.get_mut(document) {
            draft.repeats.entry(first).or_default().push(place);
        }
    }

    fn content(&self, document: usize, place: u32) -> Option<u32> {
        self.drafts
            .get(document)?
            .contents
            .get(place as usize)
            .copied()?
    }

    /// Notes what versions hold that need not be read again.
    fn note_known(&mut self) {
        let known: Vec<(u32, u32, u32)> = self
            .drafts
            .iter()
            .flat_map(|draft| {
                let places = (0..).zip(&draft.contents);
                places.filter_map(|(place, content)| Some((draft.id, place, (*content)?)))
            })
            .collect();
        for (document, place, content) in known {
            let wordings = self.listed(content);
            self.note(&wordings, document, &[place], false);
        }
    }
}

/// The list of wordings in a row; nonsense when it is none.
fn wordings_of(bytes: &[u8]) -> Result<Vec<u32>, Trouble> {
    read_list(bytes).ok_or(Trouble::Nonsense)
}
