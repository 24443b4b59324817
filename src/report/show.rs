//! One policy: sections, clauses, topics.

use super::json::write_json;
use super::text::{prose, safe};
use super::{Format, Named, PolicyFacts};
use crate::model::{
    BlockKind, ClauseId, ClauseKind, Issue, IssueKind, Labels, Marker, Policy, Stance, Topic,
    on_one_line, printable,
};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Shown<'a> {
    policy: PolicyFacts<'a>,
    sections: Vec<SectionFacts<'a>>,
    clauses: Vec<ClauseFacts<'a>>,
}

/// A heading as JSON tells it.
#[derive(Serialize)]
pub(super) struct SectionFacts<'a> {
    index: usize,
    heading: &'a str,
    level: u8,
    start: u32,
    end: u32,
}

/// A clause as JSON tells it.
#[derive(Serialize)]
pub(super) struct ClauseFacts<'a> {
    id: usize,
    section: Option<u32>,
    kind: ClauseKind,
    text: &'a str,
    start: u32,
    end: u32,
    lead_in: Option<ClauseId>,
    topics: Vec<TopicFacts<'a>>,
    stance: Stance,
}

#[derive(Serialize)]
struct TopicFacts<'a> {
    topic: Topic,
    score: f32,
    margin: &'static str,
    evidence: Vec<&'a str>,
}

/// Writes a policy. With `topic`, only the clauses on it.
///
/// # Errors
/// When writing fails.
pub fn show(
    out: &mut dyn Write,
    named: Named<'_>,
    labels: &Labels,
    topic: Option<Topic>,
    format: Format,
) -> io::Result<()> {
    match format {
        Format::Json => write_json(out, &facts(named, labels, topic)),
        Format::Text => write_text(out, named, labels, topic),
    }
}

fn facts<'a>(named: Named<'a>, labels: &'a Labels, topic: Option<Topic>) -> Shown<'a> {
    let policy = named.policy;
    Shown {
        policy: PolicyFacts::of(named.listed),
        sections: section_facts(policy).collect(),
        clauses: clause_facts(policy, labels, topic).collect(),
    }
}

/// The headings of a policy.
pub(super) fn section_facts(policy: &Policy) -> impl Iterator<Item = SectionFacts<'_>> + Clone {
    let sections = policy.sections.iter().enumerate();
    sections.map(|(index, section)| SectionFacts {
        index,
        heading: section.heading.of(&policy.text),
        level: section.level,
        start: section.span.start,
        end: section.span.end,
    })
}

/// The clauses of a policy; with `topic`, those on it.
pub(super) fn clause_facts<'a>(
    policy: &'a Policy,
    labels: &'a Labels,
    topic: Option<Topic>,
) -> impl Iterator<Item = ClauseFacts<'a>> + Clone {
    let clauses = policy.clauses.iter().enumerate();
    clauses.filter_map(move |(id, clause)| {
        let labels = labels.of(ClauseId::new(id));
        if topic.is_some_and(|topic| !labels.has(topic)) {
            return None;
        }
        let topics = labels.topics.iter().map(|scored| TopicFacts {
            topic: scored.topic,
            score: round(scored.score),
            margin: scored.margin.id(),
            evidence: scored
                .evidence
                .iter()
                .map(|e| e.text.of(&policy.text))
                .collect(),
        });
        Some(ClauseFacts {
            id,
            section: clause.section,
            kind: clause.kind,
            text: clause.text.of(&policy.text),
            start: clause.span.start,
            end: clause.span.end,
            lead_in: clause.lead_in,
            topics: topics.collect(),
            stance: labels.stance,
        })
    })
}

/// Three decimals are more than a score can carry.
pub(super) fn round(score: f32) -> f32 {
    (score * 1000.0).round() / 1000.0
}

fn write_text(
    out: &mut dyn Write,
    named: Named<'_>,
    labels: &Labels,
    topic: Option<Topic>,
) -> io::Result<()> {
    let policy = named.policy;
    write_head(out, named)?;
    let mut last_block = None;
    for (index, clause) in policy.clauses.iter().enumerate() {
        let labels = labels.of(ClauseId::new(index));
        let heading = clause.kind == ClauseKind::Heading;
        if topic.is_some_and(|topic| !labels.has(topic)) {
            continue;
        }
        if last_block != Some(clause.block) {
            writeln!(out)?;
        }
        last_block = Some(clause.block);
        if heading {
            writeln!(
                out,
                "{} {}",
                heading_mark(policy, index),
                clause.text.of(&policy.text)
            )?;
            continue;
        }
        let topics: Vec<&str> = labels
            .topics
            .iter()
            .map(|scored| scored.topic.id())
            .collect();
        let tail = match (topics.is_empty(), labels.stance) {
            (true, _) => String::new(),
            (false, Stance::None) => format!("  [{}]", topics.join(", ")),
            (false, stance) => format!("  [{}; {stance}]", topics.join(", ")),
        };
        let text = on_one_line(&policy.with_strikes(clause.text)).into_owned();
        let lead = item_mark(policy, index);
        prose(
            out,
            &format!("{index:>5}  {lead}"),
            &" ".repeat(7 + lead.chars().count()),
            &(text + &tail),
        )?;
    }
    if let (None, Some(topic)) = (last_block, topic) {
        writeln!(out, "\nIt says nothing on the topic “{}”.", topic.label())?;
    }
    Ok(())
}

/// Title, origin, dates, and what was odd.
fn write_head(out: &mut dyn Write, named: Named<'_>) -> io::Result<()> {
    let policy = named.policy;
    let provenance = &policy.provenance;
    writeln!(out, "{}", safe(&policy.title))?;
    writeln!(out, "site      {}", safe(&provenance.site))?;
    if let Some(host) = &provenance.host {
        writeln!(out, "host      {}", safe(host))?;
    }
    if let Some(asked) = named.listed.other_name() {
        writeln!(out, "asked     {}", safe(asked))?;
    }
    if let Some(date) = provenance.archived {
        writeln!(out, "archived  {}", date.strftime("%Y-%m-%d"))?;
    }
    if let Some(date) = provenance.removed {
        writeln!(out, "removed   {}", date.strftime("%Y-%m-%d"))?;
    }
    if let (None, Some(date)) = (provenance.archived, provenance.modified) {
        writeln!(out, "modified  {}", date.strftime("%Y-%m-%d"))?;
    }
    if let Some(revision) = &policy.revised {
        writeln!(
            out,
            "revised   {} (“{}”)",
            revision.date,
            revision.quote.of(&policy.text)
        )?;
    }
    if let Some(url) = &provenance.snapshot_url {
        writeln!(out, "snapshot  {}", printable(url))?;
    }
    writeln!(
        out,
        "file      {}",
        printable(&provenance.origin.to_string())
    )?;
    if let (Some(stand_in), Some(history)) = (named.listed.stand_in, named.listed.history) {
        writeln!(out, "note      {}", stand_in.told(history))?;
    }
    // Which version this one stands for is told by the name it was asked for.
    let own = |issue: &&Issue| issue.kind != IssueKind::BrokenCapture;
    for issue in policy.issues.iter().filter(own) {
        writeln!(out, "note      {}", printable(&issue.message))?;
    }
    Ok(())
}

fn heading_mark(policy: &Policy, clause: usize) -> String {
    let block = policy.clauses.get(clause).map_or(0, |clause| clause.block);
    let at = policy
        .sections
        .partition_point(|section| section.block < block);
    let section = policy
        .sections
        .get(at)
        .filter(|section| section.block == block);
    "#".repeat(section.map_or(1, |section| usize::from(section.level)))
}

fn item_mark(policy: &Policy, index: usize) -> String {
    let Some(clause) = policy.clauses.get(index) else {
        return String::new();
    };
    let Some(block) = policy.blocks.get(clause.block as usize) else {
        return String::new();
    };
    if block.kind != BlockKind::Item {
        return String::new();
    }
    let indent = "  ".repeat(usize::from(block.depth.saturating_sub(1)));
    let first = block.clauses.0 as usize == index;
    match block.marker {
        Marker::Bullet if first => format!("{indent}• "),
        marker => match marker.label().filter(|_| first) {
            Some(label) => format!("{indent}{label} "),
            None => format!("{indent}  "),
        },
    }
}
