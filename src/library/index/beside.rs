//! What other tables than that of documents tell of documents, taken out document by document.

use super::Trouble;
use super::known::Remembered;
use super::listed::{self, Listed};
use super::roots::Roots;
use crate::library::doubtful::Verdict;
use crate::model::{Facts, Issue, StandIn, TopicCounts};
use rusqlite::Connection;
use rustc_hash::FxHashMap;

/// What is told beside the rows of documents.
pub(super) struct Beside {
    roots: Roots,
    /// What is odd, by document: about its current version, and about the one that stands for that.
    issues: FxHashMap<(u32, bool), Vec<Issue>>,
    stand_ins: FxHashMap<u32, (StandIn, Facts, TopicCounts)>,
}

impl Beside {
    pub(super) fn read(connection: &Connection, roots: Roots) -> Result<Self, Trouble> {
        Ok(Self {
            roots,
            issues: listed::issues(connection)?,
            stand_ins: listed::stand_ins(connection)?,
        })
    }

    /// What is odd about a document.
    pub(super) fn issues(&mut self, document: u32) -> Vec<Issue> {
        self.issues_of(document, false)
    }

    /// The verdict on a document, if it may look broken.
    pub(super) fn verdict(&mut self, document: &Listed) -> Option<Box<Verdict>> {
        let rests_on = document.judged?;
        let stand_in = self.stand_ins.remove(&document.id);
        let stand_in = stand_in.map(|(stand_in, facts, topics)| {
            let issues = self.issues_of(document.id, true);
            let known = Remembered {
                facts,
                topics,
                issues,
                verdict: None,
            };
            (stand_in, known)
        });
        Some(Box::new(Verdict { rests_on, stand_in }))
    }

    fn issues_of(&mut self, document: u32, of_stand_in: bool) -> Vec<Issue> {
        let issues = self.issues.remove(&(document, of_stand_in));
        self.roots.issues_outward(issues.unwrap_or_default())
    }
}
