//! The end of an update: documents, and what follows from who holds what.

use super::gather::Current;
use super::update::{Changed, Draft, Tools, Updating};
use super::writer::tags_row;
use super::{Trouble, ask, rows};
use crate::library::doubtful::{self, Verdict};
use crate::library::search::words;
use crate::library::wording::Wording;
use crate::model::{Facts, Policy};
use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension, params};

impl Updating<'_> {
    /// Writes the documents that changed, at their places in the order.
    pub(super) fn write_documents(
        &mut self,
        connection: &Connection,
        ordinals: &[usize],
        tools: Tools<'_>,
    ) -> Result<(), Trouble> {
        let questions = tools.classifier.questions();
        let drafts = self.drafts.par_iter();
        let verdicts: Vec<_> = drafts.map(|draft| draft.verdict(tools)).collect();
        for ((draft, verdict), &ordinal) in self.drafts.iter().zip(verdicts).zip(ordinals) {
            rows::put_document(
                connection,
                draft.id,
                ordinal,
                draft.planned,
                draft.current.as_ref(),
                verdict.as_ref().map(|verdict| verdict.rests_on),
            )?;
            rows::put_versions(connection, draft.id, draft.planned, &draft.contents)?;
            if let Some(current) = &draft.current {
                rows::put_issues(connection, draft.id, false, &current.issues)?;
                rows::put_answers(connection, draft.id, questions, &current.answers)?;
            }
            if let Some((stand_in, policy)) = verdict.and_then(|verdict| verdict.stand_in) {
                let (facts, topics) = (Facts::of(&policy), tools.classifier.classify(&policy));
                let topics = topics.topic_counts();
                rows::put_stand_in(connection, draft.id, stand_in, &facts, &topics)?;
                rows::put_issues(connection, draft.id, true, &policy.issues)?;
            }
        }
        Ok(())
    }

    /// Writes the holdings that changed, and what follows from them: wordings that nothing holds any
    /// more go, and the tag of current ones comes and goes.
    pub(super) fn write_holdings(&mut self, connection: &Connection) -> Result<(), Trouble> {
        for (wording, document, place, now) in std::mem::take(&mut self.later) {
            let changed = self.changed(connection, wording)?;
            changed.holding.note(document, place, now);
        }
        let mut changed: Vec<(u32, Changed)> = self.holdings.drain().collect();
        changed.sort_unstable_by_key(|(number, _)| *number);
        let new = (self.first_new..).zip(std::mem::take(&mut self.new_holdings));
        let mut put = connection
            .prepare("INSERT OR REPLACE INTO holding (wording, documents) VALUES (?, ?)")?;
        for (number, Changed { holding, tagged }) in changed.into_iter().chain(new) {
            if holding.documents.is_empty() {
                unlist(connection, number, tagged)?;
                rows::drop_wording(connection, number)?;
                continue;
            }
            put.execute(params![number, holding.bytes()])?;
            if holding.is_now() != tagged {
                retag(connection, number, holding.is_now())?;
            }
        }
        Ok(())
    }
}

impl Draft<'_> {
    /// The verdict on a document that may look broken.
    fn verdict(&self, tools: Tools<'_>) -> Option<Verdict<Policy>> {
        let Current { facts, issues, .. } = self.current.as_ref()?;
        let history = self.planned.history.as_deref()?;
        doubtful::judged(&self.planned.found, facts, issues, history, tools.reader)
    }
}

/// Takes a wording out of the words that are searched. FTS5 wants to be told what it was.
fn unlist(connection: &Connection, number: u32, tagged: bool) -> Result<Wording, Trouble> {
    let mut asked = connection
        .prepare_cached("SELECT kind, stance, topics, text FROM wording WHERE id = ?1")?;
    let found = asked.query_row([number], ask::read_wording).optional()?;
    let wording = found.transpose()?.ok_or(Trouble::Nonsense)?;
    connection
        .prepare_cached(
            "INSERT INTO wording_words (wording_words, rowid, words, tags)
             VALUES ('delete', ?, ?, ?)",
        )?
        .execute(params![
            number,
            words::row(&wording.text),
            tags_row(&wording.tags, tagged)
        ])?;
    Ok(wording)
}

/// Gives a wording the tag of current ones, or takes it away.
fn retag(connection: &Connection, number: u32, now: bool) -> Result<(), Trouble> {
    let wording = unlist(connection, number, !now)?;
    connection
        .prepare_cached("INSERT INTO wording_words (rowid, words, tags) VALUES (?, ?, ?)")?
        .execute(params![
            number,
            words::row(&wording.text),
            tags_row(&wording.tags, now)
        ])?;
    Ok(())
}
