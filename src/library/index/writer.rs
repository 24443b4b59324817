//! The thread that writes wordings and contents while others are still being read.

use super::Trouble;
use super::spelled::{NOW, kind_id};
use crate::library::search::words;
use crate::library::wording::Tags;
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

/// Rows that wait to be written before their makers wait too.
const WAITING: usize = 8;

/// A wording that was not there before.
pub(super) struct NewWording {
    pub(super) id: u32,
    pub(super) hash: u128,
    pub(super) tags: Tags,
    pub(super) text: Box<str>,
    /// Whether a current version holds it, as far as is known by now.
    pub(super) now: bool,
}

/// The text of a version, told by what it consists of.
pub(super) struct Content {
    pub(super) id: u32,
    pub(super) document: u32,
    pub(super) hash: u128,
    pub(super) title: String,
    pub(super) revised: Option<String>,
    pub(super) words: usize,
    pub(super) sections: usize,
    pub(super) clauses: usize,
    pub(super) wordings: Vec<u8>,
}

/// What is written as it comes.
pub(super) enum Rows {
    Wordings(Vec<NewWording>),
    Content(Content),
}

/// The writing thread. It has the connection until it is done.
pub(super) struct Writer {
    rows: SyncSender<Rows>,
    thread: JoinHandle<Result<Connection, Trouble>>,
}

impl Writer {
    /// Starts writing into a connection with an open transaction.
    pub(super) fn start(connection: Connection) -> Result<Self, Trouble> {
        let (rows, receiver) = sync_channel(WAITING);
        let thread = thread::Builder::new()
            .name("index".to_owned())
            .spawn(move || write(connection, &receiver))
            .map_err(|error| Trouble::Thread(error.to_string()))?;
        Ok(Self { rows, thread })
    }

    /// Hands rows over; whether they are still being written. Why not is told at the end.
    pub(super) fn put(&self, rows: Rows) -> bool {
        self.rows.send(rows).is_ok()
    }

    /// Waits until all is written, and gives the connection back.
    pub(super) fn finish(self) -> Result<Connection, Trouble> {
        drop(self.rows);
        let broken = || Trouble::Thread("it broke down".to_owned());
        self.thread.join().map_err(|_| broken())?
    }
}

fn write(connection: Connection, rows: &Receiver<Rows>) -> Result<Connection, Trouble> {
    {
        let mut wording = connection.prepare(
            "INSERT INTO wording (id, hash, kind, stance, topics, text) VALUES (?, ?, ?, ?, ?, ?)",
        )?;
        let mut listed = connection
            .prepare("INSERT INTO wording_words (rowid, words, tags) VALUES (?, ?, ?)")?;
        let mut content = connection.prepare(
            "INSERT INTO content
             (id, document, hash, title, revised, words, sections, clauses, wordings)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        let mut spelled = FxHashMap::default();
        for some in rows {
            match some {
                Rows::Content(row) => {
                    content.execute(params![
                        row.id,
                        row.document,
                        row.hash.to_be_bytes(),
                        row.title,
                        row.revised,
                        row.words,
                        row.sections,
                        row.clauses,
                        row.wordings
                    ])?;
                }
                Rows::Wordings(new) => {
                    for row in new {
                        // There are few tags, and many wordings that have them.
                        let (topics, tags) = &*spelled
                            .entry((row.tags.number(), row.now))
                            .or_insert_with(|| (topics(&row.tags), tags_row(&row.tags, row.now)));
                        wording.execute(params![
                            row.id,
                            row.hash.to_be_bytes(),
                            kind_id(row.tags.kind),
                            row.tags.stance.id(),
                            topics,
                            row.text
                        ])?;
                        listed.execute(params![row.id, words::row(&row.text), tags])?;
                    }
                }
            }
        }
    }
    Ok(connection)
}

/// The topics as the column of `wording` spells them.
fn topics(tags: &Tags) -> String {
    let ids: Vec<&str> = tags.topics.iter().map(|topic| topic.id()).collect();
    ids.join(" ")
}

/// The tags by which search finds a wording.
pub(super) fn tags_row(tags: &Tags, now: bool) -> String {
    let mut row = tags.row();
    if now {
        row.push(' ');
        row.push_str(NOW);
    }
    row
}
