//! The values that options take.

use crate::classify::Classifier;
use crate::compare::By;
use crate::model::{Answer, Topic};
use crate::report::{AnswersFormat, Format};
use crate::source::{Layout, TermsFilter};
use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, StringValueParser, TypedValueParser};
use std::convert::Infallible;
use std::ffi::OsStr;

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

/// A topic, by its name or its letter.
pub(super) fn topic() -> impl TypedValueParser<Value = Topic> {
    let values = Topic::ALL.map(|topic| {
        let letter = topic.sign().to_string();
        PossibleValue::new(topic.id())
            .alias(letter)
            .help(topic.about())
    });
    PossibleValuesParser::new(values).try_map(|typed| {
        let typed = typed.to_lowercase();
        let by_letter = |topic: &Topic| typed.chars().eq([topic.sign()]);
        let named = || Topic::ALL.into_iter().find(by_letter);
        Topic::from_id(&typed)
            .or_else(named)
            .ok_or("there is no such topic")
    })
}

/// Any text, for which completions offer what the program knows of itself; users may have more.
#[derive(Clone)]
pub(super) struct Offered(pub(super) fn() -> Vec<String>);

impl TypedValueParser for Offered {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.0)().into_iter().map(PossibleValue::new)))
    }
}

/// The names of the questions that the program comes with.
pub(super) fn questions() -> Vec<String> {
    let classifier = Classifier::builtin();
    let questions = classifier.questions().iter();
    questions.map(|question| question.id.clone()).collect()
}
