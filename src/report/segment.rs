//! The labels of one piece of text read alone.

use super::Format;
use super::json::write_json_line;
use super::show::round;
use crate::model::{ClauseLabels, Stance, Topic};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct SegmentFacts<'a> {
    topics: Vec<SegmentTopic<'a>>,
    stance: Stance,
}

#[derive(Serialize)]
struct SegmentTopic<'a> {
    topic: Topic,
    score: f32,
    margin: &'static str,
    evidence: Vec<&'a str>,
}

/// Writes one line.
///
/// # Errors
/// When writing fails.
pub fn segment(
    out: &mut dyn Write,
    text: &str,
    labels: &ClauseLabels,
    format: Format,
) -> io::Result<()> {
    let topics: Vec<SegmentTopic<'_>> = labels
        .topics
        .iter()
        .map(|scored| SegmentTopic {
            topic: scored.topic,
            score: round(scored.score),
            margin: scored.margin.id(),
            evidence: scored.evidence.iter().map(|e| e.text.of(text)).collect(),
        })
        .collect();
    if format == Format::Json {
        let facts = SegmentFacts {
            topics,
            stance: labels.stance,
        };
        return write_json_line(out, &facts);
    }
    let names: Vec<String> = topics
        .iter()
        .map(|t| format!("{} ({}: {})", t.topic, t.margin, t.evidence.join(", ")))
        .collect();
    let names = if names.is_empty() {
        "no topic".to_owned()
    } else {
        names.join(", ")
    };
    writeln!(out, "{}\t{}", labels.stance, super::text::safe(&names))
}
