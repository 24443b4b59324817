//! The values that options take.

use crate::compare::By;
use crate::model::{Answer, Topic};
use crate::report::{AnswersFormat, Format};
use crate::source::{Layout, TermsFilter};
use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use std::convert::Infallible;

/// `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FormatName {
    /// For people
    Text,
    /// For programs
    Json,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Text => Format::Text,
            FormatName::Json => Format::Json,
        }
    }
}

/// `--format` of `practices`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AnswersFormatName {
    /// For people
    Text,
    /// For programs
    Json,
    /// For spreadsheets: a row a question, a column a policy
    Csv,
}

impl From<AnswersFormatName> for AnswersFormat {
    fn from(name: AnswersFormatName) -> Self {
        match name {
            AnswersFormatName::Text => AnswersFormat::Text,
            AnswersFormatName::Json => AnswersFormat::Json,
            AnswersFormatName::Csv => AnswersFormat::Csv,
        }
    }
}

/// `--answer`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AnswerName {
    /// It happens or may happen
    Yes,
    /// The text denies it
    No,
    /// Only under a condition
    Conditional,
    /// Nothing in the text answers it
    NotStated,
}

impl From<AnswerName> for Answer {
    fn from(name: AnswerName) -> Self {
        match name {
            AnswerName::Yes => Answer::Yes,
            AnswerName::No => Answer::No,
            AnswerName::Conditional => Answer::Conditional,
            AnswerName::NotStated => Answer::NotStated,
        }
    }
}

/// `--by`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ByName {
    /// Document order: two versions of one text
    Text,
    /// Topic by topic: two companies
    Topic,
    /// Question by question: what either answers
    Practice,
}

impl From<ByName> for By {
    fn from(name: ByName) -> Self {
        match name {
            ByName::Text => By::Text,
            ByName::Topic => By::Topic,
            ByName::Practice => By::Practice,
        }
    }
}

pub(super) fn terms(text: &str) -> Result<TermsFilter, Infallible> {
    text.parse()
}

/// The layouts, with what each is for help.
pub(super) fn layouts() -> impl TypedValueParser<Value = Layout> {
    let values = Layout::ALL
        .iter()
        .map(|layout| PossibleValue::new(layout.id()).help(layout.help()));
    PossibleValuesParser::new(values).try_map(|id| id.parse::<Layout>())
}

pub(super) fn topic(id: &str) -> Result<Topic, String> {
    let by_letter = |topic: &Topic| id.chars().eq([topic.sign()]);
    let found = Topic::from_id(&id.to_lowercase());
    found
        .or_else(|| Topic::ALL.into_iter().find(by_letter))
        .ok_or_else(|| {
            let ids = Topic::ALL.map(Topic::id);
            format!("the topics are {}", ids.join(", "))
        })
}
