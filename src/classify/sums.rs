//! What sentences have for each topic, and what they come to together.

use super::learned::Units;
use super::terms::Term;
use super::weight_file::UNIT;
use crate::model::Topic;

/// A value for each topic, by [`Topic::index`].
pub(super) type ByTopic = [f32; Topic::ALL.len()];

/// A block longer than so many words needs more points: long texts touch on much in passing.
const USUAL_WORDS: f32 = 40.0;

/// In a short text a phrase says more, up to the root of this share of the usual words.
const SHORT: f32 = 0.25;

/// Learned weights of a text count by the root of its words, of which there are so many at least.
const FEWEST_WORDS: usize = 6;

/// One sentence, scored.
#[derive(Clone, Debug, Default)]
pub(super) struct Sentence {
    /// Points of its own words; never below 0.
    pub(super) own: ByTopic,
    /// The phrases among them.
    pub(super) terms: Vec<Term>,
    /// Where its learned terms stand among those of its block.
    pub(super) hits: (usize, usize),
    /// The same of their rows.
    pub(super) rows: (usize, usize),
    /// Number of its words.
    pub(super) words: usize,
    /// Points of its phrases towards the block, where a phrase counts in full only once.
    pub(super) phrases: ByTopic,
    /// Its learned weights towards the block, where words count only once.
    pub(super) learned: Units,
    /// The topics that it touches on for sure.
    pub(super) sure: Touched,
    /// Those of which a phrase that settles them alone stands in it.
    pub(super) settled: Touched,
}

/// Topics, a bit for each.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Touched(u16);

impl Touched {
    /// Adds a topic.
    pub(super) fn touch(&mut self, topic: usize) {
        self.0 |= 1 << topic;
    }

    /// Whether a topic is among them.
    pub(super) fn has(self, topic: usize) -> bool {
        self.0 & (1 << topic) != 0
    }

    /// Makes these topics reach their thresholds.
    pub(super) fn raise(self, over: &mut ByTopic) {
        if self.0 == 0 {
            return;
        }
        for (t, over) in over.iter_mut().enumerate() {
            if self.has(t) {
                *over = over.max(0.0);
            }
        }
    }
}

/// What the sentences of a block come to together.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    pub(super) words: usize,
    pub(super) phrases: ByTopic,
    pub(super) learned: Units,
    pub(super) sure: Touched,
    /// Whether all of it is a heading, though not marked up as one.
    pub(super) title: bool,
}

impl Sums {
    /// What some sentences come to.
    pub(super) fn of(sentences: &[Sentence]) -> Self {
        let mut sums = Self::default();
        sentences.iter().for_each(|sentence| sums.add(sentence));
        sums
    }

    /// Adds the next sentence.
    pub(super) fn add(&mut self, sentence: &Sentence) {
        self.words += sentence.words;
        self.sure.0 |= sentence.sure.0;
        for t in 0..self.phrases.len() {
            self.phrases[t] += sentence.phrases[t];
            self.learned[t] += sentence.learned[t];
        }
    }

    /// The points that the words have for each topic.
    pub(super) fn points(&self) -> ByTopic {
        let (scale, length) = (scale(self.words), length(self.words));
        std::array::from_fn(|t| self.phrases[t] / length + points(self.learned[t], scale))
    }
}

/// What the points of phrases are divided by in a text of so many words.
pub(super) fn length(words: usize) -> f32 {
    #[allow(clippy::cast_precision_loss, reason = "word counts are small")]
    let words = words as f32;
    (words / USUAL_WORDS).max(SHORT).sqrt()
}

/// What a weight of 1 comes to in a text of so many words.
pub(super) fn scale(words: usize) -> f32 {
    #[allow(clippy::cast_precision_loss, reason = "word counts are small")]
    let words = words.max(FEWEST_WORDS) as f32;
    UNIT / words.sqrt()
}

/// What learned weights come to.
pub(super) fn points(units: i32, scale: f32) -> f32 {
    #[allow(clippy::cast_precision_loss, reason = "sums of weights are small")]
    let units = units as f32;
    units * scale
}
