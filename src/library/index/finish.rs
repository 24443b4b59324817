//! The end of an update: documents, and what follows from who holds what.

use super::update::{Changed, Tools, Updating};
use super::writer::tags_row;
use super::{Trouble, put, rows, spelled};
use crate::library::search::words;
use crate::library::wording::Wording;
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
        for (draft, &ordinal) in self.drafts.iter().zip(ordinals) {
            let current = draft.current.as_ref();
            put::document(connection, draft.id, ordinal, draft.planned, current)?;
            put::versions(connection, draft.id, draft.planned, &draft.contents)?;
            let Some(current) = current else { continue };
            put::issues(connection, draft.id, false, &current.told.issues)?;
            put::answers(connection, draft.id, questions, &current.answers)?;
            let verdict = current.verdict.as_ref();
            if let Some((stand_in, told)) = verdict.and_then(|verdict| verdict.stand_in.as_ref()) {
                put::stand_in(connection, draft.id, *stand_in, told)?;
                put::issues(connection, draft.id, true, &told.issues)?;
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

/// Takes a wording out of the words that are searched. FTS5 wants to be told what it was.
fn unlist(connection: &Connection, number: u32, tagged: bool) -> Result<Wording, Trouble> {
    let mut asked = connection
        .prepare_cached("SELECT kind, stance, topics, text FROM wording WHERE id = ?1")?;
    let found = asked
        .query_row([number], spelled::read_wording)
        .optional()?;
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
