//! What the tags of wordings do not know: which older versions stand for their documents, and which
//! documents are not listed.

use super::codec::read_list;
use super::{Index, Trouble};
use crate::library::PolicyId;
use rusqlite::params;
use rustc_hash::FxHashSet;

/// How what the listed policies hold differs from what the tags say.
#[derive(Debug, Default)]
pub(super) struct Correction {
    /// Wordings that no listed policy holds.
    hidden: FxHashSet<u32>,
    /// Wordings of older versions that stand for their documents.
    sound: FxHashSet<u32>,
}

impl Correction {
    pub(super) fn is_empty(&self) -> bool {
        self.hidden.is_empty() && self.sound.is_empty()
    }

    /// The wordings that fit, out of those that have the right tags and of those that fit whatever
    /// their tags; in the order in which they were read.
    pub(super) fn applied(
        &self,
        mut tagged: Vec<(f32, u32)>,
        whatever_tags: impl FnOnce() -> Result<Vec<(f32, u32)>, Trouble>,
    ) -> Result<Vec<(f32, u32)>, Trouble> {
        tagged.retain(|(_, number)| !self.hidden.contains(number));
        if !self.sound.is_empty() {
            let further = whatever_tags()?.into_iter();
            tagged.extend(further.filter(|(_, number)| self.sound.contains(number)));
            tagged.sort_unstable_by_key(|(_, number)| *number);
            tagged.dedup_by_key(|(_, number)| *number);
        }
        Ok(tagged)
    }
}

impl Index {
    /// What differs from the tags, in all versions or in the current ones.
    pub(super) fn correction(&self, versions: bool) -> &Correction {
        let known = if versions {
            &self.corrections.right
        } else {
            &self.corrections.left
        };
        known.get_or_init(|| self.corrected(versions))
    }

    fn corrected(&self, versions: bool) -> Correction {
        let mut correction = Correction::default();
        if self.has_unlisted {
            correction.hidden = self.of_unlisted(versions);
        }
        if !versions && !self.stand_ins.is_empty() {
            let policies: Vec<PolicyId> = self.stand_ins.keys().copied().collect();
            let newest = |policy| self.stand_ins.get(&policy).copied();
            correction
                .hidden
                .extend(self.of_versions(&policies, newest));
            correction.sound = self.of_policies(&policies, false);
        }
        let is_held = |number: &u32| !self.held(*number, versions).is_empty();
        correction.hidden.retain(|number| !is_held(number));
        correction
    }

    /// The wordings of documents that are not listed.
    fn of_unlisted(&self, versions: bool) -> FxHashSet<u32> {
        self.ask(|connection| {
            let mut all = FxHashSet::default();
            let mut documents = connection.prepare("SELECT id, place FROM document")?;
            let mut contents = connection.prepare(
                "SELECT DISTINCT content.wordings FROM content
                 JOIN version ON content.id = version.content
                 WHERE version.document = ?1 AND (?2 OR version.place = ?3)",
            )?;
            let mut rows = documents.query([])?;
            while let Some(row) = rows.next()? {
                let (document, place): (u32, u32) = (row.get(0)?, row.get(1)?);
                if self.policy_of(document).is_some() {
                    continue;
                }
                let mut rows = contents.query(params![document, versions, place])?;
                while let Some(row) = rows.next()? {
                    let bytes: Vec<u8> = row.get(0)?;
                    all.extend(read_list(&bytes).ok_or(Trouble::Nonsense)?);
                }
            }
            Ok(all)
        })
    }
}
