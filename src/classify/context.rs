//! What stands around a block and speaks for topics: the headings above it, the sentence that leads
//! its list in.

use super::lexicon::Lexicon;
use super::sums::{ByTopic, Sentence};
use crate::model::{Topic, TopicScore};
use xxhash_rust::xxh3::xxh3_64;

/// Points that a section's heading gives to a topic it names. Alone they never suffice.
pub(super) const HEADING: f32 = 4.0;

/// What a heading further up gives, as a share of the above.
const PARENT: f32 = 0.5;

/// What the words of a list's lead-in give to its items, as a share of their points.
const LEAD_IN: f32 = 0.4;

/// What stands around a block and speaks for topics.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Context {
    /// From the headings above.
    pub(super) heading: ByTopic,
    /// From the sentence that leads the list in.
    pub(super) lead_in: ByTopic,
    /// The topic that the lead-in is mainly about: every item of its list is too.
    pub(super) main_of_lead_in: Option<usize>,
    /// Whether the lead-in denies its list.
    pub(super) denied: bool,
}

/// What the headings above a block give; the nearest comes first.
pub(super) fn heading_points<'h>(headings: impl Iterator<Item = &'h [TopicScore]>) -> ByTopic {
    let mut points = ByTopic::default();
    let mut given = HEADING;
    for heading in headings {
        for score in heading {
            let slot = &mut points[score.topic.index()];
            *slot = slot.max(given);
        }
        given *= PARENT;
    }
    points
}

impl Context {
    /// A hash of all that is in it.
    pub(super) fn hash(&self) -> u64 {
        let main = self.main_of_lead_in.map_or(-1.0, |topic| topic as f32);
        let denied = f32::from(u8::from(self.denied));
        let values = self.heading.iter().chain(&self.lead_in);
        let mut bytes = [0; 4 * (2 * Topic::ALL.len() + 2)];
        for (slot, value) in bytes
            .chunks_exact_mut(4)
            .zip(values.chain([&main, &denied]))
        {
            slot.copy_from_slice(&value.to_le_bytes());
        }
        xxh3_64(&bytes)
    }

    /// Adds what a lead-in gives to the items of its list.
    pub(super) fn lead_in(mut self, lead_in: &Sentence, lexicon: &Lexicon) -> Self {
        self.lead_in = lead_in.own.map(|points| points * LEAD_IN);
        // "This policy covers:" and "Contact us:" say nothing of what an item is about.
        let idle = [Topic::General.index(), Topic::Contact.index()];
        self.main_of_lead_in = (0..Topic::ALL.len())
            .filter(|t| !idle.contains(t) && lead_in.own[*t] >= lexicon.thresholds[*t])
            .max_by(|a, b| lead_in.own[*a].total_cmp(&lead_in.own[*b]).then(b.cmp(a)));
        self
    }
}
