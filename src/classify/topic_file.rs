//! Reads a topic file: lists of phrases by weight, and a threshold. Knows no topics, so that the
//! build script can read the embedded files with it.

use super::phrase::{self, Part};
use rustc_hash::FxHashSet;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Where a phrase counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// In clauses.
    Text,
    /// In clauses, where it suffices alone: whatever else is said, the topic is touched on.
    Sure,
    /// In headings.
    Heading,
}

impl Role {
    /// Whether it counts in clauses.
    pub(super) fn in_text(self) -> bool {
        self != Self::Heading
    }
}

/// Points of a strong phrase.
pub(super) const STRONG: f32 = 3.0;

/// The lists of a topic file: key, points, role.
const LISTS: [(&str, f32, Role); 6] = [
    ("sure", STRONG, Role::Sure),
    ("strong", STRONG, Role::Text),
    ("medium", 2.0, Role::Text),
    ("weak", 1.0, Role::Text),
    ("against", -2.0, Role::Text),
    ("headings", 3.0, Role::Heading),
];

/// A phrase with what it says of the topic.
#[derive(Debug)]
pub(super) struct Phrase {
    /// What it matches.
    pub(super) parts: Vec<Part>,
    /// Points; negative against the topic.
    pub(super) points: f32,
    /// Where it counts.
    pub(super) role: Role,
}

/// What could be used of a topic file.
#[derive(Debug, Default)]
pub(super) struct TopicFile {
    /// Its phrases, in order, none twice.
    pub(super) phrases: Vec<Phrase>,
    /// Points that a clause, or its block, needs for the topic.
    pub(super) threshold: Option<f32>,
}

/// Takes what can be used of a topic file; `problem` gets the byte and a sentence for each thing
/// that cannot.
pub(super) fn read(content: &str, problem: &mut dyn FnMut(usize, String)) -> TopicFile {
    let mut file = TopicFile::default();
    let table = match DeTable::parse(content) {
        Ok(table) => table.into_inner(),
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            let what = error.message().replace('\n', ", ");
            problem(
                at,
                format!(
                    "Not valid TOML: {what}. Correct it, or remove the file; the built-in phrases are in use."
                ),
            );
            return file;
        }
    };
    let mut seen = FxHashSet::default();
    for (key, value) in &table {
        let name: &str = key.get_ref();
        if name == "threshold" {
            match threshold(value.get_ref()) {
                Some(number) => file.threshold = Some(number),
                None => problem(
                    value.span().start,
                    "`threshold` must be a number of points from 0.5 to 100, such as 3.0."
                        .to_owned(),
                ),
            }
        } else if let Some(&(_, points, role)) = LISTS.iter().find(|(list, ..)| *list == name) {
            let DeValue::Array(values) = value.get_ref() else {
                problem(
                    value.span().start,
                    format!(
                        "`{name}` must be a list of phrases, such as {name} = [\"web beacon*\"]."
                    ),
                );
                continue;
            };
            for value in values.iter() {
                match parts(value) {
                    Ok(parts) if seen.insert((role.in_text(), parts.clone())) => {
                        file.phrases.push(Phrase {
                            parts,
                            points,
                            role,
                        });
                    }
                    Ok(_) => problem(
                        value.span().start,
                        "This phrase stands in the file twice; remove one of the two.".to_owned(),
                    ),
                    Err(message) => problem(value.span().start, message),
                }
            }
        } else {
            let known = LISTS.map(|(list, ..)| list).join(", ");
            problem(
                key.span().start,
                format!("`{name}` means nothing here. Use: {known}, threshold."),
            );
        }
    }
    file
}

fn threshold(value: &DeValue<'_>) -> Option<f32> {
    let number = match value {
        DeValue::Integer(number) => number.as_str().parse::<f32>().ok(),
        DeValue::Float(number) => number.as_str().parse::<f32>().ok(),
        _ => None,
    };
    number.filter(|n| (0.5..=100.0).contains(n))
}

fn parts(value: &Spanned<DeValue<'_>>) -> Result<Vec<Part>, String> {
    let DeValue::String(text) = value.get_ref() else {
        return Err("A phrase must be text in quotes.".to_owned());
    };
    phrase::parse(text).map_err(|why| format!("The phrase `{text}` can never match: {why}."))
}
