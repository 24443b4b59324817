//! What a topic rests on: words in the text, with their points.

use super::weight_file::Row;
use crate::model::{Evidence, TextRange, Topic};
use smallvec::SmallVec;

/// Evidence kept for a topic; the weightiest come first.
const EVIDENCE: usize = 6;

/// What weighs less than this, in points, is told as a sum.
const TELLING: f32 = 0.3;

/// A phrase that spoke for a topic, or against it.
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
    pub(super) row: u16,
    pub(super) text: TextRange,
}

/// All that speaks for topics in a text, by place; laid out once, then told topic by topic.
#[derive(Clone, Debug, Default)]
pub(super) struct Grounds {
    said: Vec<Said>,
}

/// One thing that speaks for topics.
#[derive(Clone, Copy, Debug)]
struct Said {
    text: TextRange,
    by: By,
}

/// How it does.
#[derive(Clone, Copy, Debug)]
enum By {
    /// By so many points for one topic.
    Phrase(Topic, f32),
    /// By a row of learned weights.
    Row(u16),
}

impl Grounds {
    /// Forgets what was laid out.
    pub(super) fn clear(&mut self) {
        self.said.clear();
    }

    /// Adds the next sentence of the text: phrases and learned weights, both in the order of their
    /// places.
    pub(super) fn add(&mut self, terms: &[Term], hits: &[Hit]) {
        let mut hits = hits.iter().peekable();
        let row = |hit: &Hit| Said {
            text: hit.text,
            by: By::Row(hit.row),
        };
        for term in terms {
            while let Some(hit) = hits.next_if(|hit| hit.text < term.text) {
                self.said.push(row(hit));
            }
            self.said.push(Said {
                text: term.text,
                by: By::Phrase(term.topic, term.points),
            });
        }
        self.said.extend(hits.map(row));
    }

    /// The weightiest words for or against a topic, and what all others come to. What is said of the
    /// same words, by a phrase and by learned weights, is one piece of evidence. A learned weight of
    /// 1 comes to `scale` points.
    pub(super) fn of(&self, topic: Topic, weights: &[Row], scale: f32) -> (Vec<Evidence>, f32) {
        let mut weightiest = Weightiest::default();
        let mut words = Evidence {
            text: TextRange::default(),
            weight: 0.0,
        };
        for said in &self.said {
            let weight = match said.by {
                By::Phrase(of, points) if of == topic => points,
                By::Phrase(..) => continue,
                By::Row(row) => match weights.get(usize::from(row)) {
                    Some(row) if row[topic.index()] != 0 => f32::from(row[topic.index()]) * scale,
                    _ => continue,
                },
            };
            if said.text == words.text {
                words.weight += weight;
            } else {
                let text = said.text;
                weightiest.take(std::mem::replace(&mut words, Evidence { text, weight }));
            }
        }
        weightiest.take(words);
        (weightiest.kept.into_vec(), weightiest.rest)
    }
}

/// The weightiest words told so far, the first among them first, and the points of all others.
#[derive(Default)]
struct Weightiest {
    kept: SmallVec<[Evidence; EVIDENCE + 1]>,
    /// What no more words may weigh; 0 while there is room.
    bar: f32,
    rest: f32,
}

impl Weightiest {
    #[inline]
    fn take(&mut self, words: Evidence) {
        let weight = words.weight.abs();
        if weight < TELLING || weight <= self.bar {
            self.rest += words.weight;
        } else {
            self.keep(words);
        }
    }

    fn keep(&mut self, words: Evidence) {
        // Words come by their places, so of equal ones the first stay before the others.
        let heavier = |kept: &&Evidence| kept.weight.abs() >= words.weight.abs();
        let place = self.kept.iter().take_while(heavier).count();
        self.kept.insert(place, words);
        if self.kept.len() > EVIDENCE {
            self.rest += self.kept.pop().map_or(0.0, |last| last.weight);
        }
        if let (EVIDENCE, Some(last)) = (self.kept.len(), self.kept.last()) {
            self.bar = last.weight.abs();
        }
    }
}
