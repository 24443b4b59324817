//! One document of a stream, annotated: what programs beyond this one take up.

use super::check::IssueFacts;
use super::json::{verbatim, write_json_line};
use super::practices::{Sentence, sentence};
use super::show::{clause_facts, section_facts};
use crate::model::{Answer, Answers, Issue, Labels, Policy, Question, Topic};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::value::RawValue;
use std::io::{self, Write};

macro_rules! fields {
    ($($variant:ident $id:literal $doc:literal),+ $(,)?) => {
        /// What an annotated document may tell beside `id`, `site` and `date`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Field { $(#[doc = $doc] $variant),+ }

        impl Field {
            /// Every field, in the order in which they are written.
            pub const ALL: &[Field] = &[$(Field::$variant),+];

            /// The name on the command line and in JSON.
            pub fn id(self) -> &'static str {
                match self { $(Field::$variant => $id),+ }
            }
        }
    };
}

fields! {
    Title "title" "The title.",
    Revised "revised" "The date of last revision that the text claims.",
    Language "language" "The language it seems to be written in.",
    Counts "counts" "Numbers of words, headings and clauses.",
    Topics "topics" "How many clauses are on each topic.",
    Practices "practices" "The questions it answers, with the sentences that say so.",
    Issues "issues" "What is odd about it, contradicts itself, or makes the rest doubtful.",
    Sections "sections" "Its headings.",
    Clauses "clauses" "Its clauses, with topics, stance and places.",
}

impl Field {
    /// The fields that are written unless others are asked for: those whose length does not grow with
    /// the document.
    pub const DEFAULT: &[Field] = &[
        Field::Title,
        Field::Revised,
        Field::Language,
        Field::Counts,
        Field::Topics,
        Field::Practices,
        Field::Issues,
    ];

    /// The field with this [`id`](Field::id).
    pub fn from_id(id: &str) -> Option<Field> {
        Field::ALL.iter().copied().find(|field| field.id() == id)
    }
}

/// The name that a document has in its stream.
#[derive(Clone, Debug, serde::Serialize)]
#[serde(untagged)]
pub enum DocumentId {
    /// A text.
    Text(String),
    /// A number, as it was written.
    #[serde(serialize_with = "verbatim")]
    Number(Box<RawValue>),
}

/// A document with all that is known of it. What was not asked for may be left empty.
#[derive(Debug)]
pub struct Annotated<'a> {
    /// Its name in the stream.
    pub id: &'a DocumentId,
    /// The document.
    pub policy: &'a Policy,
    /// The language it seems to be written in.
    pub language: Option<&'a str>,
    /// The labels of its clauses.
    pub labels: &'a Labels,
    /// Every question, in the order of the answers.
    pub questions: &'a [Question],
    /// What it answers.
    pub answers: &'a Answers,
    /// What is odd about it.
    pub issues: &'a [Issue],
    /// What to tell.
    pub fields: &'a [Field],
}

/// Writes an annotated document as one line of JSON.
///
/// # Errors
/// When writing fails.
pub fn annotated(out: &mut dyn Write, document: &Annotated<'_>) -> io::Result<()> {
    write_json_line(out, document)
}

/// A line of a stream that is no document.
#[derive(Debug, serde::Serialize)]
pub struct Refused<'a> {
    /// Its number, from 1.
    pub line: u64,
    /// The name of the document, where the line gave one.
    pub id: Option<&'a DocumentId>,
    /// A sentence that says why.
    pub error: &'a str,
}

/// Writes a refusal as one line of JSON.
///
/// # Errors
/// When writing fails.
pub fn refused(out: &mut dyn Write, refused: &Refused<'_>) -> io::Result<()> {
    write_json_line(out, refused)
}

#[derive(serde::Serialize)]
struct Counts {
    words: usize,
    sections: usize,
    clauses: usize,
}

#[derive(serde::Serialize)]
struct TopicCount {
    topic: Topic,
    clauses: usize,
}

#[derive(serde::Serialize)]
struct Practice<'a> {
    practice: &'a str,
    answer: Answer,
    contradicted: bool,
    general: Option<&'a str>,
    evidence: Vec<Sentence<'a>>,
}

/// A list that is made while it is written: that of all clauses may be longer than the document.
struct Each<I>(I);

impl<I: Iterator<Item: Serialize> + Clone> Serialize for Each<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}

impl Serialize for Annotated<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let policy = self.policy;
        let provenance = &policy.provenance;
        let date = provenance.archived.map(super::day);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", self.id)?;
        let site = Some(&provenance.site).filter(|site| !site.is_empty());
        map.serialize_entry("site", &site)?;
        map.serialize_entry("date", &date)?;
        for field in Field::ALL
            .iter()
            .filter(|field| self.fields.contains(field))
        {
            map.serialize_key(field.id())?;
            match field {
                Field::Title => {
                    map.serialize_value(&Some(&policy.title).filter(|title| !title.is_empty()))?;
                }
                Field::Revised => {
                    let revised = policy.revised.as_ref();
                    map.serialize_value(&revised.map(|revision| revision.date.to_string()))?;
                }
                Field::Language => map.serialize_value(&self.language)?,
                Field::Counts => map.serialize_value(&Counts {
                    words: policy.words(),
                    sections: policy.sections.len(),
                    clauses: policy.clauses.len(),
                })?,
                Field::Topics => map.serialize_value(&self.topics())?,
                Field::Practices => map.serialize_value(&self.practices())?,
                Field::Issues => {
                    let issues = self.issues.iter().map(IssueFacts::of);
                    map.serialize_value(&issues.collect::<Vec<_>>())?;
                }
                Field::Sections => {
                    map.serialize_value(&Each(section_facts(policy)))?;
                }
                Field::Clauses => {
                    map.serialize_value(&Each(clause_facts(policy, self.labels, None)))?;
                }
            }
        }
        map.end()
    }
}

impl Annotated<'_> {
    fn topics(&self) -> Vec<TopicCount> {
        let mut counts = [0; Topic::ALL.len()];
        for labels in &self.labels.clauses {
            for scored in &labels.topics {
                counts[scored.topic.index()] += 1;
            }
        }
        let all = Topic::ALL.into_iter().zip(counts);
        all.filter(|(_, clauses)| *clauses > 0)
            .map(|(topic, clauses)| TopicCount { topic, clauses })
            .collect()
    }

    /// The questions that are answered at all; silence is long, and always the same.
    fn practices(&self) -> Vec<Practice<'_>> {
        let answers = self.questions.iter().zip(&self.answers.answers);
        answers
            .filter(|(_, answer)| answer.answer != Answer::NotStated)
            .map(|(question, answer)| Practice {
                practice: &question.id,
                answer: answer.answer,
                contradicted: answer.contradicted,
                general: answer
                    .general
                    .and_then(|place| self.questions.get(place))
                    .map(|wider| wider.id.as_str()),
                evidence: answer
                    .statements()
                    .filter_map(|proof| sentence(self.policy, proof))
                    .collect(),
            })
            .collect()
    }
}
