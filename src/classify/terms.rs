//! What a topic rests on: words in the text, with their points.

use crate::model::{Evidence, TextRange, Topic};

/// Evidence kept for a topic; the weightiest come first.
const EVIDENCE: usize = 6;

/// What weighs less than this, in points, is told as a sum.
const TELLING: f32 = 0.3;

/// Words that spoke for a topic, or against it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    pub(super) topic: Topic,
    pub(super) points: f32,
    pub(super) text: TextRange,
}

/// A word, or two, with learned weights.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    /// The row of the weights.
    pub(super) row: usize,
    /// First byte in the text, and one past the last.
    pub(super) place: (u32, u32),
}

impl Hit {
    /// Where it stands.
    pub(super) fn text(self) -> TextRange {
        TextRange {
            start: self.place.0,
            end: self.place.1,
        }
    }
}

/// The weightiest of the terms of one topic, and what all others come to. What is said of the same
/// words, by a phrase and by learned weights, is one term.
pub(super) fn weightiest(terms: &mut [Term]) -> (Vec<Evidence>, f32) {
    terms.sort_by_key(|term| term.text);
    let mut evidence: Vec<Evidence> = Vec::new();
    for term in terms.iter() {
        match evidence.last_mut() {
            Some(last) if last.text == term.text => last.weight += term.points,
            _ => evidence.push(Evidence {
                text: term.text,
                weight: term.points,
            }),
        }
    }
    evidence.sort_by(|a, b| {
        b.weight
            .abs()
            .total_cmp(&a.weight.abs())
            .then(a.text.cmp(&b.text))
    });
    let telling = evidence.partition_point(|evidence| evidence.weight.abs() >= TELLING);
    let rest = evidence.split_off(telling.min(EVIDENCE));
    (evidence, rest.iter().map(|evidence| evidence.weight).sum())
}
