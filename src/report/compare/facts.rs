//! A comparison as JSON tells it.

use super::{Options, cell_text};
use crate::compare::{
    By, Class, Comparison, Op, PracticeVerdict, Row, RowKind, Summary, TopicVerdict, Verdict,
};
use crate::model::{Answer, ClauseId, Pair, Policy, Side, Topic};
use crate::report::practices::{Sentence, sentence};
use crate::report::{Named, PolicyFacts};
use serde::Serialize;
use std::borrow::Cow;

#[derive(Serialize)]
pub(super) struct ComparisonFacts<'a> {
    left: PolicyFacts<'a>,
    right: PolicyFacts<'a>,
    by: By,
    rows: Vec<RowFacts<'a>>,
    topics: Vec<TopicFacts<'a>>,
    practices: Vec<PracticeFacts<'a>>,
    summary: Summary,
    notes: &'a [String],
}

#[derive(Serialize)]
struct RowFacts<'a> {
    topic: Option<Topic>,
    kind: &'static str,
    class: Class,
    left: Option<CellFacts<'a>>,
    right: Option<CellFacts<'a>>,
    words: Vec<WordFacts<'a>>,
    partner: Option<usize>,
}

#[derive(Serialize)]
struct CellFacts<'a> {
    clause: ClauseId,
    clauses: &'a [ClauseId],
    text: Cow<'a, str>,
    start: u32,
    end: u32,
    section: Option<&'a str>,
}

#[derive(Serialize)]
struct WordFacts<'a> {
    op: Op,
    text: &'a str,
}

#[derive(Serialize)]
struct TopicFacts<'a> {
    topic: Topic,
    verdict: Verdict,
    left: &'a [ClauseId],
    right: &'a [ClauseId],
}

#[derive(Serialize)]
struct PracticeFacts<'a> {
    practice: &'a str,
    question: &'a str,
    topic: Topic,
    verdict: Verdict,
    left: AnswerFacts<'a>,
    right: AnswerFacts<'a>,
}

#[derive(Serialize)]
struct AnswerFacts<'a> {
    answer: Answer,
    contradicted: bool,
    general: Option<&'a str>,
    evidence: Vec<Sentence<'a>>,
}

impl<'a> ComparisonFacts<'a> {
    pub(super) fn of(pair: Pair<Named<'a>>, comparison: &'a Comparison, options: Options) -> Self {
        let policies = Pair::new(pair.left.policy, pair.right.policy);
        // By practice the rows hold nothing that the answers do not tell better.
        let rows: &[Row] = match comparison.by {
            By::Practice => &[],
            By::Text | By::Topic => &comparison.rows,
        };
        let on = |topic: Option<Topic>| options.shows_topic(topic);
        let topics = comparison.topics.iter();
        let practices = comparison.practices.iter();
        Self {
            left: PolicyFacts::of(pair.left),
            right: PolicyFacts::of(pair.right),
            by: comparison.by,
            rows: rows
                .iter()
                .filter(|row| on(row.topic))
                .map(|row| row_facts(row, policies))
                .collect(),
            topics: topics
                .filter(|found| on(Some(found.topic)))
                .map(topic_facts)
                .collect(),
            practices: practices
                .filter(|found| on(Some(found.question.topic)))
                .map(|found| practice_facts(found, comparison, policies))
                .collect(),
            summary: comparison.summary,
            notes: &comparison.notes,
        }
    }
}

fn practice_facts<'a>(
    found: &'a PracticeVerdict,
    comparison: &'a Comparison,
    policies: Pair<&'a Policy>,
) -> PracticeFacts<'a> {
    let side = |side: Side| {
        let answer = &found.answers[side];
        let evidence = answer.evidence.iter();
        AnswerFacts {
            answer: answer.answer,
            contradicted: answer.contradicted,
            general: comparison
                .wider(answer)
                .map(|question| question.id.as_str()),
            evidence: evidence
                .filter_map(|proof| sentence(policies[side], proof))
                .collect(),
        }
    };
    PracticeFacts {
        practice: &found.question.id,
        question: &found.question.text,
        topic: found.question.topic,
        verdict: found.verdict,
        left: side(Side::Left),
        right: side(Side::Right),
    }
}

fn topic_facts(verdict: &TopicVerdict) -> TopicFacts<'_> {
    TopicFacts {
        topic: verdict.topic,
        verdict: verdict.verdict,
        left: &verdict.clauses.left,
        right: &verdict.clauses.right,
    }
}

fn row_facts<'a>(row: &'a Row, policies: Pair<&'a Policy>) -> RowFacts<'a> {
    let words = row.words.iter().filter_map(|words| {
        let side = if words.op == Op::Insert {
            Side::Right
        } else {
            Side::Left
        };
        Some(WordFacts {
            op: words.op,
            text: words.text[side]?.of(&policies[side].text),
        })
    });
    RowFacts {
        topic: row.topic,
        kind: kind_id(row.kind),
        class: row.class,
        left: cell_facts(&row.clauses.left, policies.left),
        right: cell_facts(&row.clauses.right, policies.right),
        words: words.collect(),
        partner: row.partner,
    }
}

/// The kind as the contract names it: a pair that differs by topic is `changed` there.
fn kind_id(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Same => "same",
        RowKind::Changed | RowKind::Different => "changed",
        RowKind::Moved => "moved",
        RowKind::MovedAndEdited => "moved-and-edited",
        RowKind::Added => "added",
        RowKind::Removed => "removed",
        RowKind::Similar => "similar",
        RowKind::Opposed => "opposed",
        RowKind::Contrary => "contrary",
        RowKind::OnlyLeft => "only-left",
        RowKind::OnlyRight => "only-right",
    }
}

fn cell_facts<'a>(clauses: &'a [ClauseId], policy: &'a Policy) -> Option<CellFacts<'a>> {
    let first = policy.clauses.get(clauses.first()?.index())?;
    let last = policy.clauses.get(clauses.last()?.index())?;
    Some(CellFacts {
        clause: *clauses.first()?,
        clauses,
        text: cell_text(clauses, policy),
        start: first.span.start,
        end: last.span.end.max(first.span.start),
        section: first.section.map(|section| policy.heading(section)),
    })
}
