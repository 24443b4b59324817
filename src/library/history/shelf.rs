//! The texts of the versions of one document: each content is read and parsed once, and kept while
//! there is room.

use crate::library::load::Reader;
use crate::model::{ContentId, History, Issue, Policy, Provenance};
use jiff::Timestamp;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_128;

/// How much source text is kept, in bytes; parsed, it takes some five times as much.
const ROOM: usize = 12 << 20;

/// How much source text is read at once, in bytes, as far as sizes can be foreseen.
const AT_ONCE: usize = 4 << 20;

/// The least and the most versions that are read at once.
const LEAST: usize = 4;
const MOST: usize = 64;

/// A version's text, or why there is none.
pub(super) type Text = Result<Arc<Policy>, Issue>;

/// Reads the versions of one document.
pub(super) struct Shelf<'a> {
    reader: &'a Reader,
    provenance: &'a Provenance,
    history: &'a History,
    /// What the bytes of each version are known by, as soon as that is known.
    contents: Vec<Option<ContentId>>,
    /// What is kept, by content.
    kept: FxHashMap<ContentId, Text>,
    /// The same, in the order in which it was last asked for.
    order: VecDeque<ContentId>,
    /// Bytes of source that are kept.
    size: usize,
}

impl<'a> Shelf<'a> {
    pub(super) fn new(
        reader: &'a Reader,
        provenance: &'a Provenance,
        history: &'a History,
    ) -> Self {
        let contents = history.versions.iter().map(|version| version.content);
        Self {
            reader,
            provenance,
            history,
            contents: contents.collect(),
            kept: FxHashMap::default(),
            order: VecDeque::new(),
            size: 0,
        }
    }

    /// How many versions there are.
    pub(super) fn len(&self) -> usize {
        self.contents.len()
    }

    /// What the bytes of a version are known by; none as long as nobody knows.
    pub(super) fn content(&self, place: usize) -> Option<ContentId> {
        self.contents.get(place).copied().flatten()
    }

    /// When a version was recorded.
    pub(super) fn recorded(&self, place: usize) -> Option<Timestamp> {
        self.history.versions.get(place)?.recorded
    }

    /// The places from `first` that are worth reading at once.
    pub(super) fn stretch(&self, first: usize) -> std::ops::Range<usize> {
        let mean = self.size / self.kept.len().max(1);
        let count = AT_ONCE.checked_div(mean).unwrap_or(MOST / 4);
        first..self.len().min(first + count.clamp(LEAST, MOST))
    }

    /// The text of a version.
    pub(super) fn text(&mut self, place: usize) -> Text {
        self.texts(place..place + 1)
            .pop()
            .unwrap_or_else(|| Ok(self.nothing()))
    }

    /// The text of a version on the way to newer ones: the next ones are read with it.
    pub(super) fn text_ahead(&mut self, place: usize) -> Text {
        if !self.holds(place) {
            self.texts(self.stretch(place));
        }
        self.text(place)
    }

    /// The text of a version on the way to older ones: some before it are read with it.
    pub(super) fn text_back(&mut self, place: usize) -> Text {
        if !self.holds(place) {
            let count = self.stretch(0).len();
            self.texts((place + 1).saturating_sub(count)..place + 1);
        }
        self.text(place)
    }

    fn holds(&self, place: usize) -> bool {
        self.content(place)
            .is_some_and(|content| self.kept.contains_key(&content))
    }

    /// The texts of neighbouring versions, those not kept read side by side.
    pub(super) fn texts(&mut self, places: std::ops::Range<usize>) -> Vec<Text> {
        let mut asked = FxHashSet::default();
        let unread: Vec<usize> = places
            .clone()
            .filter(|&place| match self.content(place) {
                Some(content) => !self.kept.contains_key(&content) && asked.insert(content),
                None => true,
            })
            .collect();
        let read: Vec<Text> = unread.par_iter().map(|&place| self.read(place)).collect();
        let mut fresh = FxHashMap::default();
        for (place, text) in unread.into_iter().zip(read) {
            let content = self.contents[place].unwrap_or_else(|| content_of(place, &text));
            self.contents[place] = Some(content);
            fresh.insert(content, text.clone());
            self.keep(content, text);
        }
        places
            .filter_map(|place| {
                let content = self.content(place)?;
                let text = fresh.get(&content).or_else(|| self.kept.get(&content));
                let text = text.cloned();
                self.touch(content);
                Some(text.unwrap_or_else(|| self.read(place)))
            })
            .collect()
    }

    fn read(&self, place: usize) -> Text {
        match self.history.versions.get(place) {
            Some(version) => {
                let found = super::found(self.provenance, version);
                self.reader.read(&found).map(Arc::new)
            }
            None => Ok(self.nothing()),
        }
    }

    fn nothing(&self) -> Arc<Policy> {
        let (provenance, title) = (self.provenance.clone(), String::new());
        Arc::new(Policy::empty(provenance, title, Vec::new()))
    }

    fn keep(&mut self, content: ContentId, text: Text) {
        self.size += size(&text);
        self.kept.insert(content, text);
        self.order.push_back(content);
        while self.size > ROOM && self.order.len() > 1 {
            let Some(oldest) = self.order.pop_front() else {
                return;
            };
            self.size -= self.kept.remove(&oldest).map_or(0, |text| size(&text));
        }
    }

    /// Makes a content the last one to go.
    fn touch(&mut self, content: ContentId) {
        if self.order.back() != Some(&content)
            && let Some(at) = self.order.iter().rposition(|&known| known == content)
        {
            self.order.remove(at);
            self.order.push_back(content);
        }
    }
}

/// Bytes of source.
fn size(text: &Text) -> usize {
    text.as_ref().map_or(0, |policy| policy.source.len())
}

/// What bytes are known by when the source does not say: a hash of the text, or the place of a
/// version that has none.
fn content_of(place: usize, text: &Text) -> ContentId {
    let mut id = [0; 20];
    match text {
        Ok(policy) => id[4..].copy_from_slice(&xxh3_128(policy.source.as_bytes()).to_be_bytes()),
        Err(_) => {
            id[..4].fill(u8::MAX);
            id[4..12].copy_from_slice(&(place as u64).to_be_bytes());
        }
    }
    ContentId(id)
}
