//! The weights as a file that can be read.

use crate::learn::{Weights, in_points};
use crate::model::Topic;
use crate::weight_file::UNIT;
use std::fmt::Write;

/// The whole file.
pub(crate) fn file(weights: &Weights, source: &str, passages: usize, services: usize) -> String {
    let topics = Topic::ALL.map(Topic::id);
    let bias: Vec<String> = topics
        .iter()
        .zip(weights.bias)
        .map(|(topic, bias)| format!("{topic} {:.1}", in_points(bias)))
        .collect();
    format!(
        "# Learned weights: how much a word, or two that follow each other, speak for each topic, in units of\n\
         # {UNIT} points over the square root of the number of words in the text. See docs/topics.md.\n\
         # Learned from {passages} paragraphs and list items of the privacy policies of {services} services:\n\
         # Open Terms Archive contributors, ODC-BY 1.0, https://opentermsarchive.org, {source}.\n\
         # Made by: cargo run --release --example train-topics -- ARCHIVE\n\
         # Points where nothing is said: {}\n\
         words\t{}\n{}",
        bias.join(", "),
        topics.join("\t"),
        lines(weights)
    )
}

/// One line a row.
pub(crate) fn lines(weights: &Weights) -> String {
    let mut lines = String::new();
    for (words, row) in &weights.rows {
        lines.push_str(words);
        for weight in row {
            let _ = write!(lines, "\t{weight}");
        }
        lines.push('\n');
    }
    lines
}
