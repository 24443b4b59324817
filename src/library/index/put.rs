//! Writes rows of documents and versions.

use super::Trouble;
use super::gather::{Current, Told};
use super::packed::packed;
use super::plan::Planned;
use super::rows::{hash, written};
use crate::model::{
    Answer, Answers, Facts, Issue, Origin, Provenance, Question, StandIn, Topic, TopicCounts,
};
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};
use rustc_hash::FxHashMap;

/// Puts a document whose versions are as they were at its place of the order, with what it is
/// recognised by now: a file that was written just before could not be recognised by its time.
pub(super) fn keep(
    connection: &Connection,
    id: u32,
    ordinal: usize,
    planned: &Planned,
) -> Result<(), Trouble> {
    connection
        .prepare_cached(
            "UPDATE document SET ordinal = ?2, glance = ?3
             WHERE id = ?1 AND (ordinal <> ?2 OR glance IS NOT ?3)",
        )?
        .execute(params![id, ordinal, hash(planned.glance)])?;
    Ok(())
}

/// Writes which archives there are.
pub(super) fn archives(
    connection: &Connection,
    archives: &FxHashMap<String, String>,
) -> Result<(), Trouble> {
    connection.execute("DELETE FROM archive", [])?;
    let mut put = connection.prepare("INSERT INTO archive (path, tip) VALUES (?, ?)")?;
    for (path, tip) in archives {
        put.execute([path, tip])?;
    }
    Ok(())
}

/// Writes a document, and what the verdict on it rests on. One that could not be read has its place,
/// so that it is known to be so.
pub(super) fn document(
    connection: &Connection,
    id: u32,
    ordinal: usize,
    planned: &Planned,
    current: Option<&Current>,
) -> Result<(), Trouble> {
    let told = current.map(|current| &current.told);
    let facts = told.map(|told| &told.facts);
    let topics = told.map(|told| told.topics).unwrap_or_default();
    let verdict = current.and_then(|current| current.verdict.as_ref());
    let own: [Value; 8] = [
        id.into(),
        i64::try_from(ordinal).unwrap_or(i64::MAX).into(),
        planned.identity.clone().into(),
        planned.place.into(),
        hash(planned.glance),
        hash(planned.fingerprint),
        hash(verdict.map(|verdict| verdict.rests_on)),
        facts.is_some().into(),
    ];
    let mut put = connection.prepare_cached(
        "INSERT INTO document (id, ordinal, identity, place, glance, fingerprint, judged, readable,
         site, terms, host, title, archived, revised, modified, path, repository, revision, blob,
         snapshot_url, original_url, bytes, encoding, words, sections, clauses, issues, topics,
         history)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    let facts = listed(facts, &topics, &planned.found.origin);
    let history = planned.history.as_deref().and_then(packed);
    let values = own.into_iter().chain(facts).chain([history.into()]);
    put.execute(params_from_iter(values))?;
    Ok(())
}

/// Writes which version stands for a document, and what lists tell of that.
pub(super) fn stand_in(
    connection: &Connection,
    id: u32,
    stand_in: StandIn,
    told: &Told,
) -> Result<(), Trouble> {
    let facts = &told.facts;
    let place = |place: usize| Value::from(i64::try_from(place).unwrap_or(i64::MAX));
    let own: [Value; 4] = [
        id.into(),
        place(stand_in.place),
        place(stand_in.newest),
        stand_in.what.to_owned().into(),
    ];
    let mut put = connection.prepare_cached(
        "INSERT INTO stand_in (document, place, newest, what,
         site, terms, host, title, archived, revised, modified, path, repository, revision, blob,
         snapshot_url, original_url, bytes, encoding, words, sections, clauses, issues, topics)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    let facts = listed(Some(facts), &told.topics, &facts.provenance.origin);
    put.execute(params_from_iter(own.into_iter().chain(facts)))?;
    Ok(())
}

/// The columns `site` to `topics`: what lists tell of a document, or where it lies when it could not
/// be read.
fn listed(facts: Option<&Facts>, topics: &TopicCounts, found: &Origin) -> [Value; 20] {
    let text = |text: Option<&str>| text.map(str::to_owned).into();
    let told =
        |of: fn(&Provenance) -> Option<&str>| text(facts.and_then(|facts| of(&facts.provenance)));
    let count = |of: fn(&Facts) -> usize| {
        let count = facts.map_or(0, of);
        Value::from(i64::try_from(count).unwrap_or(i64::MAX))
    };
    let provenance = facts.map(|facts| &facts.provenance);
    let archived = provenance.and_then(|provenance| provenance.archived);
    let modified = provenance.and_then(|provenance| provenance.modified);
    let modified = modified.and_then(|time| i64::try_from(time.as_nanosecond()).ok());
    let revised = facts.and_then(|facts| facts.revised);
    let (path, repository, revision, blob) =
        address(provenance.map_or(found, |provenance| &provenance.origin));
    [
        text(Some(provenance.map_or("", |provenance| &provenance.site))),
        told(|provenance| provenance.terms.as_deref()),
        told(|provenance| provenance.host.as_deref()),
        text(Some(facts.map_or("", |facts| &facts.title))),
        archived.map(|time| time.as_second()).into(),
        revised.map(|date| date.to_string()).into(),
        modified.into(),
        path.into(),
        repository.into(),
        text(revision),
        text(blob),
        told(|provenance| provenance.snapshot_url.as_deref()),
        told(|provenance| provenance.original_url.as_deref()),
        provenance
            .map_or(0, |provenance| {
                i64::try_from(provenance.bytes).unwrap_or(i64::MAX)
            })
            .into(),
        text(Some(
            provenance.map_or("", |provenance| provenance.encoding),
        )),
        count(|facts| facts.words),
        count(|facts| facts.sections),
        count(|facts| facts.clauses),
        count(|facts| facts.issues),
        spelled_counts(topics).into(),
    ]
}

/// Writes the versions of a document.
pub(super) fn versions(
    connection: &Connection,
    id: u32,
    planned: &Planned,
    contents: &[Option<u32>],
) -> Result<(), Trouble> {
    let mut put = connection.prepare_cached(
        "INSERT INTO version
         (document, place, recorded, path, repository, revision, blob, size, modified, content)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    for ((place, version), content) in (0u32..).zip(&planned.versions).zip(contents) {
        let (path, repository, revision, blob) = address(&version.found.origin);
        put.execute(params![
            id,
            place,
            version.found.filed.recorded.map(|time| time.as_second()),
            path,
            repository,
            revision,
            blob,
            version.print.size,
            version.print.modified,
            content.unwrap_or(0),
        ])?;
    }
    Ok(())
}

/// Writes what was odd about a document, or about the version that stands for it.
pub(super) fn issues(
    connection: &Connection,
    id: u32,
    of_stand_in: bool,
    issues: &[Issue],
) -> Result<(), Trouble> {
    let mut put = connection.prepare_cached(
        "INSERT INTO issue (document, of_stand_in, path, kind, message, line, quotes)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )?;
    for issue in issues {
        put.execute(params![
            id,
            of_stand_in,
            written(&issue.path),
            issue.kind.id(),
            issue.message,
            issue.line,
            serde_json::to_string(&issue.quotes).unwrap_or_default(),
        ])?;
    }
    Ok(())
}

/// Writes what the current version of a document states.
pub(super) fn answers(
    connection: &Connection,
    id: u32,
    questions: &[Question],
    answers: &Answers,
) -> Result<(), Trouble> {
    let mut put = connection.prepare_cached(
        "INSERT INTO answer (document, question, answer, contradicted, clauses)
         VALUES (?, ?, ?, ?, ?)",
    )?;
    for (question, answer) in questions.iter().zip(&answers.answers) {
        if answer.answer == Answer::NotStated {
            continue;
        }
        let clauses: Vec<String> = answer
            .evidence
            .iter()
            .map(|proof| proof.clause.0.to_string())
            .collect();
        put.execute(params![
            id,
            question.id,
            answer.answer.id(),
            answer.contradicted,
            clauses.join(" "),
        ])?;
    }
    Ok(())
}

/// How many clauses have each topic, as the column spells it: `cookies 12 use 3`.
fn spelled_counts(counts: &TopicCounts) -> String {
    let spoken = Topic::ALL
        .iter()
        .zip(counts)
        .filter(|(_, count)| **count > 0);
    let parts: Vec<String> = spoken
        .map(|(topic, count)| format!("{topic} {count}"))
        .collect();
    parts.join(" ")
}

/// Path, repository, commit and blob of an origin.
fn address(origin: &Origin) -> (String, Option<String>, Option<&str>, Option<&str>) {
    match origin {
        Origin::Git(place) => (
            place.path.to_string(),
            Some(written(&place.repository)),
            Some(&place.commit),
            Some(&place.blob),
        ),
        _ => (written(&origin.path()), None, None, None),
    }
}
