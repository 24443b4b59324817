//! A comparison as JSON tells it.

use super::{Options, cell_text};
use crate::compare::{
    By, Class, Comparison, FormChange, Op, PracticeVerdict, Row, RowKind, Summary, TopicVerdict,
    Verdict, form_changes,
};
use crate::model::{Answer, ClauseId, Pair, Policy, Side, Stance, Topic};
use crate::report::practices::{Sentence, sentence};
use crate::report::{Named, PolicyFacts};
use serde::{Serialize, Serializer};
use std::borrow::Cow;

#[derive(Serialize)]
pub(super) struct ComparisonFacts<'a> {
    left: PolicyFacts<'a>,
    right: PolicyFacts<'a>,
    by: By,
    rows: Rows<'a>,
    topics: Vec<TopicFacts<'a>>,
    practices: Vec<PracticeFacts<'a>>,
    summary: Summary,
    notes: &'a [String],
}

/// The rows, each made when it is written: all of them together would fill more memory than the texts.
struct Rows<'a> {
    comparison: &'a Comparison,
    policies: Pair<&'a Policy>,
    options: Options,
}

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let comparison = self.comparison;
        // By practice the rows hold nothing that the answers do not tell better.
        let rows: &[Row] = match comparison.by {
            By::Practice => &[],
            By::Text | By::Topic => &comparison.rows,
        };
        let shown = rows
            .iter()
            .enumerate()
            .filter(|(_, row)| self.options.shows_topic(row.topic));
        serializer.collect_seq(shown.map(|(at, row)| RowFacts {
            stance: comparison.turn(at),
            ..row_facts(row, rows, self.policies)
        }))
    }
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
    form: Vec<FormChange>,
    /// Where the statement turned.
    #[serde(skip_serializing_if = "Option::is_none")]
    stance: Option<Pair<Stance>>,
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

/// The texts of `delete` and `equal` run together are the left text, those of `insert` and `equal`
/// the right one, spaces and all.
#[derive(Serialize)]
struct WordFacts<'a> {
    op: Op,
    text: Cow<'a, str>,
    /// How the right side writes equal words that it writes in another way.
    #[serde(skip_serializing_if = "Option::is_none")]
    right: Option<Cow<'a, str>>,
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
        let on = |topic: Option<Topic>| options.shows_topic(topic);
        let topics = comparison.topics.iter();
        let practices = comparison.practices.iter();
        Self {
            left: PolicyFacts::of(pair.left.listed),
            right: PolicyFacts::of(pair.right.listed),
            by: comparison.by,
            rows: Rows {
                comparison,
                policies,
                options,
            },
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

fn row_facts<'a>(row: &'a Row, rows: &[Row], policies: Pair<&'a Policy>) -> RowFacts<'a> {
    RowFacts {
        topic: row.topic,
        kind: kind_id(row.kind),
        class: row.class,
        left: cell_facts(&row.clauses.left, policies.left),
        right: cell_facts(&row.clauses.right, policies.right),
        words: word_facts(row, rows, policies),
        partner: row.partner,
        form: form_changes(policies, row),
        stance: None,
    }
}

/// The words of a row, each with what stands between it and the next of its side.
fn word_facts<'a>(row: &Row, rows: &[Row], policies: Pair<&'a Policy>) -> Vec<WordFacts<'a>> {
    if row.words.is_empty() {
        return Vec::new();
    }
    let partner = row.partner.and_then(|at| rows.get(at));
    let pieces = Pair::SIDES.map(|side| {
        let own = &row.clauses[side];
        let clauses = match partner {
            Some(partner) if own.is_empty() => &partner.clauses[side],
            _ => own,
        };
        let starts = row.words.iter().filter_map(|words| words.text[side]);
        let starts: Vec<u32> = starts.map(|range| range.start).collect();
        cut(clauses, policies[side], &starts).into_iter()
    });
    let Pair {
        mut left,
        mut right,
    } = pieces;
    let facts = row.words.iter().filter_map(|words| {
        let (text, other) = match words.op {
            Op::Delete => (left.next()?, None),
            Op::Insert => (right.next()?, None),
            Op::Equal => (left.next()?, right.next()),
        };
        Some(WordFacts {
            op: words.op,
            right: other.filter(|other| *other != text),
            text,
        })
    });
    facts.collect()
}

/// Cuts the text of a cell before each of `starts`, places in the policy's text, but the first.
fn cut<'a>(clauses: &[ClauseId], policy: &'a Policy, starts: &[u32]) -> Vec<Cow<'a, str>> {
    let text = cell_text(clauses, policy);
    // In the cell, one space stands between two clauses.
    let place = |at: u32| {
        let mut before = 0;
        for clause in clauses
            .iter()
            .filter_map(|id| policy.clauses.get(id.index()))
        {
            if at < clause.text.end {
                return before + at.saturating_sub(clause.text.start) as usize;
            }
            before += clause.text.len() + 1;
        }
        text.len()
    };
    let mut ends = starts
        .iter()
        .skip(1)
        .map(|&at| place(at))
        .chain([text.len()]);
    let mut from = 0;
    let piece = |_: &u32| {
        let to = ends.next().unwrap_or(text.len()).max(from);
        let piece = match &text {
            Cow::Borrowed(text) => Cow::Borrowed(text.get(from..to).unwrap_or("")),
            Cow::Owned(text) => Cow::Owned(text.get(from..to).unwrap_or("").to_owned()),
        };
        from = to;
        piece
    };
    starts.iter().map(piece).collect()
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
