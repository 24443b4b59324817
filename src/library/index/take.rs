//! Taking in versions that were read: their wordings get numbers, their holders are noted, and what is
//! new goes to the writer.

use super::codec::{list, read_list};
use super::gather::{Digest, Job, Read, Wordings};
use super::update::{Changed, Handful, Updating};
use super::writer::{Content, NewWording, Rows};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Bytes of new wordings that are handed to the writer at once.
const HANDFUL: usize = 1 << 18;

impl Updating<'_> {
    /// Takes in a version that was read; whether the writer goes on.
    pub(super) fn take(
        &mut self,
        job: &Job<'_>,
        read: Read,
        hashes: &FxHashMap<(usize, u32), u128>,
    ) -> bool {
        let Some(draft) = self.drafts.get_mut(job.document) else {
            return false;
        };
        let id = draft.id;
        let repeats = draft.repeats.remove(&job.place).unwrap_or_default();
        let (content, wordings) = match read {
            // Whoever opens the library meets the same trouble, and tells it.
            Read::Lost => (0, Vec::new()),
            Read::Same => {
                let hash = hashes.get(&(job.document, job.place));
                let content = hash.and_then(|&hash| self.by_hash.get(&(id, hash)).copied());
                let content = content.unwrap_or(0);
                (content, self.listed(content))
            }
            Read::Digest(digest) => {
                // First of all, since later versions may have parts that are new here.
                let wordings = self.number(&digest.wordings, job.now);
                let content = match self.by_hash.get(&(id, digest.hash)) {
                    Some(&content) => content,
                    None => self.new_content(id, &digest, &wordings),
                };
                if let Some(draft) = self.drafts.get_mut(job.document).filter(|_| job.now) {
                    draft.current = digest.current;
                }
                (content, wordings)
            }
        };
        self.note(&wordings, id, &[job.place], job.now);
        self.note(&wordings, id, &repeats, false);
        let slots = self.drafts.get_mut(job.document);
        let slots = slots.map_or(&mut [][..], |draft| &mut draft.contents);
        for &place in repeats.iter().chain([&job.place]) {
            if let Some(slot) = slots.get_mut(place as usize) {
                *slot = Some(content);
            }
        }
        self.waiting.bytes < HANDFUL || self.hand_over()
    }

    /// The wordings of a content that was met before.
    pub(super) fn listed(&self, content: u32) -> Vec<u32> {
        let list = self.lists.get(&content);
        list.and_then(|list| read_list(list)).unwrap_or_default()
    }

    /// Notes in which versions of a document wordings stand.
    pub(super) fn note(&mut self, wordings: &[u32], document: u32, places: &[u32], now: bool) {
        for &wording in wordings.iter().filter(|_| !places.is_empty()) {
            match wording.checked_sub(self.first_new) {
                None => {
                    let places = places.iter();
                    self.later
                        .extend(places.map(|&place| (wording, document, place, now)));
                }
                Some(new) => {
                    if let Some(changed) = self.new_holdings.get_mut(new as usize) {
                        for &place in places {
                            changed.holding.note(document, place, now);
                        }
                    }
                }
            }
        }
    }

    /// The numbers of the wordings of a version, in order. What is new gets one.
    fn number(&mut self, wordings: &Wordings, now: bool) -> Vec<u32> {
        let Some(parts) = &wordings.parts else {
            return self.numbers(wordings, 0..wordings.new.len(), now);
        };
        for part in &wordings.new_parts {
            let part = self.numbers(wordings, part.clone(), now);
            self.parts.push(part.into());
        }
        let parts = parts
            .iter()
            .filter_map(|part| self.parts.get(*part as usize));
        parts.flatten().copied().collect()
    }

    /// The numbers of some of the clauses that were read.
    fn numbers(&mut self, wordings: &Wordings, clauses: Range<usize>, now: bool) -> Vec<u32> {
        let clauses = wordings.new.get(clauses).unwrap_or(&[]);
        let mut numbers = Vec::with_capacity(clauses.len());
        for (range, tags, hash) in clauses {
            let next = self.next_wording;
            let number = *self.wordings.entry(*hash).or_insert(next);
            if number == next {
                self.next_wording += 1;
                let text: Box<str> = wordings.text.get(range.clone()).unwrap_or("").into();
                self.waiting.bytes += text.len();
                self.waiting.wordings.push(NewWording {
                    id: number,
                    hash: *hash,
                    tags: tags.clone(),
                    text,
                    now,
                });
                self.new_holdings.push(Changed {
                    tagged: now,
                    ..Changed::default()
                });
            }
            numbers.push(number);
        }
        numbers
    }

    fn new_content(&mut self, document: u32, digest: &Digest, wordings: &[u32]) -> u32 {
        let id = self.next_content;
        self.next_content += 1;
        let content = Content {
            id,
            document,
            hash: digest.hash,
            title: digest.title.clone(),
            revised: digest.revised.map(|date| date.to_string()),
            words: digest.words,
            sections: digest.sections,
            clauses: digest.clauses,
            wordings: list(wordings),
        };
        self.lists.insert(id, content.wordings.clone());
        if let Some(writer) = &self.writer {
            writer.put(Rows::Content(content));
        }
        self.by_hash.insert((document, digest.hash), id);
        id
    }

    /// Hands what waits to the writer; whether it goes on.
    pub(super) fn hand_over(&mut self) -> bool {
        let Handful { wordings, .. } = std::mem::take(&mut self.waiting);
        self.writer
            .as_ref()
            .is_some_and(|writer| writer.put(Rows::Wordings(wordings)))
    }
}
