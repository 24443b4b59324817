//! The answers of policies to the practice questions.

use super::json::write_json;
use super::sheet::{self, cell};
use super::text::{prose, safe};
use super::{BrokenFacts, Named, day};
use crate::model::{Answer, Answers, Policy, PracticeAnswer, Proof, Question, on_one_line};
use serde::Serialize;
use std::io::{self, Write};

/// The form of the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswersFormat {
    /// For people: policy by policy, topic by topic, with the best sentence.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets: a row a question, a column a policy.
    Csv,
}

/// What was asked.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Every question, in the order of [`Answers`].
    pub questions: &'a [Question],
    /// The places of those asked, in the order they are shown.
    pub places: &'a [usize],
    /// Show only this answer.
    pub only: Option<Answer>,
}

impl<'a> Asked<'a> {
    /// The questions asked, with their places.
    fn questions(self) -> impl Iterator<Item = (usize, &'a Question)> {
        let Asked {
            questions, places, ..
        } = self;
        places
            .iter()
            .filter_map(move |&place| Some((place, questions.get(place)?)))
    }

    fn shows(self, answer: &PracticeAnswer) -> bool {
        self.only.is_none_or(|only| only == answer.answer)
    }

    /// The id of the wider question whose answer this is.
    fn general(self, answer: &PracticeAnswer) -> Option<&'a str> {
        let question = self.questions.get(answer.general?)?;
        Some(&question.id)
    }
}

/// Writes what policies answer.
///
/// # Errors
/// When writing fails.
pub fn practices(
    out: &mut dyn Write,
    asked: &Asked<'_>,
    policies: &[(Named<'_>, &Answers)],
    format: AnswersFormat,
) -> io::Result<()> {
    match format {
        AnswersFormat::Text => text(out, *asked, policies),
        AnswersFormat::Json => json(out, *asked, policies),
        AnswersFormat::Csv => csv(out, *asked, policies),
    }
}

fn text(
    out: &mut dyn Write,
    asked: Asked<'_>,
    policies: &[(Named<'_>, &Answers)],
) -> io::Result<()> {
    let tells = |answers: &Answers| {
        let mut questions = asked.questions();
        questions.any(|(place, _)| asked.shows(answers.of(place)))
    };
    let telling = policies.iter().filter(|(_, answers)| tells(answers));
    for (number, (named, answers)) in telling.enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", safe(named.listed.name))?;
        if let Some(doubt) = named.policy.doubt() {
            prose(out, "  ! ", "    ", &safe(&doubt.message))?;
        }
        if let (Some(stand_in), Some(history)) = (named.listed.stand_in, named.listed.history) {
            writeln!(out, "  note: {}", stand_in.told(history))?;
        }
        let mut topic = None;
        for (place, question) in asked.questions() {
            let answer = answers.of(place);
            if !asked.shows(answer) {
                continue;
            }
            if topic != Some(question.topic) {
                writeln!(out, "\n  {}", question.topic.label())?;
                topic = Some(question.topic);
            }
            let question = safe(&question.text);
            let first = format!("    {} — ", answer.answer.label());
            prose(
                out,
                &first,
                "        ",
                &format!("{question}{}", remark(asked, answer)),
            )?;
            for proof in answer.statements() {
                quote(out, named.policy, proof, "        ")?;
            }
        }
    }
    Ok(())
}

/// What a reader must know besides the answer.
fn remark(asked: Asked<'_>, answer: &PracticeAnswer) -> String {
    let mut remark = String::new();
    if answer.contradicted {
        remark.push_str(" (sentences disagree)");
    }
    if let Some(wider) = asked.general(answer) {
        remark.push_str(&format!(" (by the general clause on {wider})"));
    }
    remark
}

/// Quotes a sentence behind so many columns, what it goes on from before it in brackets.
pub(super) fn quote(
    out: &mut dyn Write,
    policy: &Policy,
    proof: &Proof,
    indent: &str,
) -> io::Result<()> {
    let lead_in = proof
        .lead_in
        .map(|lead| format!("[{}] ", on_one_line(policy.clause_text(lead))))
        .unwrap_or_default();
    let sentence = format!(
        "{lead_in}{}”",
        on_one_line(policy.clause_text(proof.clause))
    );
    prose(out, &format!("{indent}“"), &format!("{indent} "), &sentence)
}

#[derive(Serialize)]
struct Row<'a> {
    policy: &'a str,
    practice: &'a str,
    question: &'a str,
    topic: &'a str,
    answer: Answer,
    contradicted: bool,
    general: Option<&'a str>,
    /// Why silence tells nothing, where it does: the kind of the issue that `check` has.
    doubt: Option<&'static str>,
    evidence: Vec<Sentence<'a>>,
    archived: Option<String>,
    broken_capture: Option<BrokenFacts<'a>>,
}

/// A sentence of a policy that answers a question, as JSON tells it.
#[derive(Serialize)]
pub(super) struct Sentence<'a> {
    text: &'a str,
    clause: u32,
    start: u32,
    end: u32,
    answer: Answer,
    lead_in: Option<&'a str>,
    words: Vec<&'a str>,
}

fn json(
    out: &mut dyn Write,
    asked: Asked<'_>,
    policies: &[(Named<'_>, &Answers)],
) -> io::Result<()> {
    let mut rows = Vec::new();
    for (named, answers) in policies {
        for (place, question) in asked.questions() {
            let answer = answers.of(place);
            if !asked.shows(answer) {
                continue;
            }
            rows.push(Row {
                policy: named.listed.name,
                practice: &question.id,
                question: &question.text,
                topic: question.topic.id(),
                answer: answer.answer,
                contradicted: answer.contradicted,
                general: asked.general(answer),
                doubt: named.policy.doubt().map(|issue| issue.kind.id()),
                evidence: answer
                    .evidence
                    .iter()
                    .filter_map(|proof| sentence(named.policy, proof))
                    .collect(),
                archived: named.listed.facts.provenance.archived.map(day),
                broken_capture: BrokenFacts::of(named.listed),
            });
        }
    }
    write_json(out, &rows)
}

pub(super) fn sentence<'a>(policy: &'a Policy, proof: &Proof) -> Option<Sentence<'a>> {
    let clause = policy.clauses.get(proof.clause.index())?;
    Some(Sentence {
        text: policy.clause_text(proof.clause),
        clause: proof.clause.0,
        start: clause.span.start,
        end: clause.span.end,
        answer: proof.answer,
        lead_in: proof.lead_in.map(|lead| policy.clause_text(lead)),
        words: proof
            .words
            .iter()
            .map(|words| words.of(&policy.text))
            .collect(),
    })
}

fn csv(
    out: &mut dyn Write,
    asked: Asked<'_>,
    policies: &[(Named<'_>, &Answers)],
) -> io::Result<()> {
    let mut table = sheet::writer(out);
    let head = ["practice", "topic", "question"].map(str::to_owned);
    let names = policies
        .iter()
        .map(|(named, _)| cell(named.listed.name).into_owned());
    table.write_record(head.into_iter().chain(names))?;
    for (place, question) in asked.questions() {
        let cells = policies.iter().map(|(named, answers)| {
            let answer = answers.of(place);
            if !asked.shows(answer) {
                return String::new();
            }
            let doubt = named.policy.doubt();
            let doubt = doubt.filter(|_| answer.answer == Answer::NotStated);
            let doubt =
                doubt.map_or_else(String::new, |issue| format!(" (in doubt: {})", issue.kind));
            format!("{}{}{doubt}", answer.answer.label(), remark(asked, answer))
        });
        let head =
            [&question.id, question.topic.id(), &question.text].map(|text| cell(text).into_owned());
        table.write_record(head.into_iter().chain(cells))?;
    }
    table.flush()
}
