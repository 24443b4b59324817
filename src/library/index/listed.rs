//! What lists tell of documents, read back from their rows.

use super::Trouble;
use super::packed::unpacked;
use super::roots::Roots;
use super::rows::number;
use crate::library::history::seeming;
use crate::model::{
    Facts, GitPlace, History, Issue, IssueKind, Origin, PartialDate, Provenance, StandIn, Topic,
    TopicCounts,
};
use jiff::Timestamp;
use rusqlite::{Connection, Row};
use rustc_hash::FxHashMap;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::sync::Arc;

/// A listed document of the index.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    /// What it is known by over time.
    pub(super) identity: String,
    pub(super) id: u32,
    pub(super) place: u32,
    /// What it is recognised by without its history.
    pub(super) glance: Option<u128>,
    /// What the verdict on it rests on; none when nothing about it is doubtful.
    pub(super) judged: Option<u128>,
    /// What lists tell of it; none when it could not be read.
    pub(super) facts: Option<Facts>,
    pub(super) topics: TopicCounts,
}

/// The archives and the commits that were their newest.
pub(super) fn archives(connection: &Connection) -> Result<FxHashMap<String, String>, Trouble> {
    let mut asked = connection.prepare("SELECT path, tip FROM archive")?;
    let rows = asked.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What each document is recognised by without its history, by what it is known by.
pub(super) fn glances(connection: &Connection) -> Result<FxHashMap<String, Option<u128>>, Trouble> {
    let mut asked = connection.prepare("SELECT identity, glance FROM document")?;
    let mut rows = asked.query([])?;
    let mut glances = FxHashMap::default();
    while let Some(row) = rows.next()? {
        glances.insert(row.get(0)?, number(row, 1)?);
    }
    Ok(glances)
}

/// The greatest number of a document; 0 without any.
pub(super) fn last(connection: &Connection) -> Result<u32, Trouble> {
    let last: Option<u32> =
        connection.query_row("SELECT max(id) FROM document", [], |row| row.get(0))?;
    Ok(last.unwrap_or(0))
}

/// Some documents with their facts, by number.
pub(super) fn listed(
    connection: &Connection,
    numbers: RangeInclusive<u32>,
) -> Result<Vec<Listed>, Trouble> {
    let mut asked = connection.prepare(
        "SELECT identity, id, place, glance, judged, readable, site, terms, host, title, archived,
         revised, modified, path, repository, revision, blob, snapshot_url, original_url, bytes,
         encoding, words, sections, clauses, issues, topics FROM document
         WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
    )?;
    let mut rows = asked.query([numbers.start(), numbers.end()])?;
    let mut listed = Vec::new();
    while let Some(row) = rows.next()? {
        let facts = if row.get(5)? {
            Some(facts(row, 6)?)
        } else {
            None
        };
        listed.push(Listed {
            identity: row.get(0)?,
            id: row.get(1)?,
            place: row.get(2)?,
            glance: number(row, 3)?,
            judged: number(row, 4)?,
            topics: counts(&row.get::<_, String>(25)?),
            facts,
        });
    }
    Ok(listed)
}

/// The versions that stand for documents, by document, with what lists tell of them.
pub(super) fn stand_ins(
    connection: &Connection,
) -> Result<FxHashMap<u32, (StandIn, Facts, TopicCounts)>, Trouble> {
    let mut asked = connection.prepare(
        "SELECT document, place, newest, what, site, terms, host, title, archived, revised,
         modified, path, repository, revision, blob, snapshot_url, original_url, bytes, encoding,
         words, sections, clauses, issues, topics FROM stand_in",
    )?;
    let mut rows = asked.query([])?;
    let mut known = FxHashMap::default();
    while let Some(row) = rows.next()? {
        let what: String = row.get(3)?;
        let stand_in = StandIn {
            place: row.get(1)?,
            newest: row.get(2)?,
            what: seeming(&what).ok_or(Trouble::Nonsense)?,
        };
        let topics = counts(&row.get::<_, String>(23)?);
        known.insert(row.get(0)?, (stand_in, facts(row, 4)?, topics));
    }
    Ok(known)
}

/// The facts in the columns `site` to `issues` of a row, that begin at one.
fn facts(row: &Row<'_>, at: usize) -> Result<Facts, Trouble> {
    let archived: Option<i64> = row.get(at + 4)?;
    let modified: Option<i64> = row.get(at + 6)?;
    let modified = modified.map(i128::from);
    let revised: Option<String> = row.get(at + 5)?;
    let encoding: String = row.get(at + 14)?;
    Ok(Facts {
        provenance: Provenance {
            site: row.get(at)?,
            terms: row.get(at + 1)?,
            host: row.get(at + 2)?,
            origin: origin(row, at + 7)?,
            archived: archived.and_then(|number| Timestamp::from_second(number).ok()),
            removed: None,
            modified: modified.and_then(|number| Timestamp::from_nanosecond(number).ok()),
            snapshot_url: row.get(at + 11)?,
            original_url: row.get(at + 12)?,
            bytes: row.get(at + 13)?,
            encoding: encoding_rs::Encoding::for_label(encoding.as_bytes())
                .ok_or(Trouble::Nonsense)?
                .name(),
        },
        title: row.get(at + 3)?,
        revised: revised.as_deref().and_then(partial_date),
        words: row.get(at + 15)?,
        sections: row.get(at + 16)?,
        clauses: row.get(at + 17)?,
        issues: row.get(at + 18)?,
    })
}

/// The versions of some documents, oldest first, by document; nothing for a document of one version
/// that no archive holds.
pub(super) fn histories(
    connection: &Connection,
    numbers: RangeInclusive<u32>,
    roots: &Roots,
) -> Result<FxHashMap<u32, Arc<History>>, Trouble> {
    let mut asked = connection.prepare(
        "SELECT id, history FROM document WHERE id BETWEEN ?1 AND ?2 AND history IS NOT NULL",
    )?;
    let mut rows = asked.query([numbers.start(), numbers.end()])?;
    let mut histories = FxHashMap::default();
    while let Some(row) = rows.next()? {
        let bytes = row.get_ref(1)?.as_blob().map_err(|_| Trouble::Nonsense)?;
        let history = unpacked(bytes, roots).ok_or(Trouble::Nonsense)?;
        histories.insert(row.get(0)?, Arc::new(history));
    }
    Ok(histories)
}

/// When the current versions of documents in repositories were recorded, by document.
pub(super) fn recorded(connection: &Connection) -> Result<FxHashMap<u32, Timestamp>, Trouble> {
    let mut asked = connection.prepare(
        "SELECT version.document, version.recorded FROM version JOIN document
         ON document.id = version.document AND document.place = version.place
         WHERE version.repository IS NOT NULL AND version.recorded IS NOT NULL",
    )?;
    let rows = asked.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let time = |(document, second)| Some((document, Timestamp::from_second(second).ok()?));
    let rows: Vec<(u32, i64)> = rows.collect::<Result<_, _>>()?;
    Ok(rows.into_iter().filter_map(time).collect())
}

/// The origin in the columns `path, repository, revision, blob` that begin at one.
fn origin(row: &Row<'_>, at: usize) -> Result<Origin, Trouble> {
    let path: String = row.get(at)?;
    let repository: Option<String> = row.get(at + 1)?;
    Ok(match repository {
        Some(repository) => Origin::Git(Arc::new(GitPlace {
            repository: PathBuf::from(repository).into(),
            path: path.into(),
            commit: row.get::<_, Option<String>>(at + 2)?.unwrap_or_default(),
            blob: row.get::<_, Option<String>>(at + 3)?.unwrap_or_default(),
        })),
        None => Origin::File(PathBuf::from(path)),
    })
}

/// What was odd, by document: about its current version, and about the one that stands for that.
pub(super) fn issues(
    connection: &Connection,
) -> Result<FxHashMap<(u32, bool), Vec<Issue>>, Trouble> {
    let mut asked = connection.prepare(
        "SELECT document, path, kind, message, line, quotes, of_stand_in FROM issue ORDER BY rowid",
    )?;
    let mut rows = asked.query([])?;
    let mut issues: FxHashMap<(u32, bool), Vec<Issue>> = FxHashMap::default();
    while let Some(row) = rows.next()? {
        let (path, kind, quotes): (String, String, String) =
            (row.get(1)?, row.get(2)?, row.get(5)?);
        let known = IssueKind::ALL.iter().find(|known| known.id() == kind);
        let mut issue = Issue::new(
            path,
            *known.ok_or(Trouble::Nonsense)?,
            row.get::<_, String>(3)?,
        );
        issue.line = row.get(4)?;
        issue.quotes = serde_json::from_str(&quotes).map_err(|_| Trouble::Nonsense)?;
        let of = (row.get(0)?, row.get(6)?);
        issues.entry(of).or_default().push(issue);
    }
    Ok(issues)
}

fn counts(spelled: &str) -> TopicCounts {
    let mut counts = TopicCounts::default();
    let mut parts = spelled.split(' ');
    while let (Some(topic), Some(count)) = (parts.next(), parts.next()) {
        if let (Some(topic), Ok(count)) = (Topic::from_id(topic), count.parse()) {
            counts[topic.index()] = count;
        }
    }
    counts
}

/// `2018`, `2018-05` or `2018-05-25`, as dates are written in the tables.
fn partial_date(text: &str) -> Option<PartialDate> {
    let mut parts = text.splitn(3, '-');
    Some(PartialDate {
        year: parts.next()?.parse().ok()?,
        month: parts.next().and_then(|part| part.parse().ok()),
        day: parts.next().and_then(|part| part.parse().ok()),
    })
}
