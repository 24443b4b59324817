//! What classification says of a policy: topics and stance of each clause, with their grounds.

use super::{ClauseId, TextRange, Topic};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How a clause puts its statement.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// It happens, is true, or the right exists.
    Asserts,
    /// It does not happen.
    Denies,
    /// It may, might or can happen.
    Permits,
    /// Only if, unless, except, with consent.
    Limits,
    /// No data practice.
    #[default]
    None,
}

impl Stance {
    /// The name in JSON and on screens.
    pub fn id(self) -> &'static str {
        match self {
            Stance::Asserts => "asserts",
            Stance::Denies => "denies",
            Stance::Permits => "permits",
            Stance::Limits => "limits",
            Stance::None => "none",
        }
    }
}

impl fmt::Display for Stance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

/// How clearly a score passes its threshold. Shown instead of a percentage, which it is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Margin {
    /// Just above the threshold.
    Faint,
    /// Clearly above.
    Likely,
    /// Far above.
    Firm,
}

impl Margin {
    /// The name in JSON and on screens.
    pub fn id(self) -> &'static str {
        match self {
            Margin::Faint => "faint",
            Margin::Likely => "likely",
            Margin::Firm => "firm",
        }
    }
}

/// Words that spoke for or against a topic.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Where the words stand: in the policy's text, or in the segment that was classified alone.
    pub text: TextRange,
    /// Points: positive for the topic, negative against it.
    pub weight: f32,
}

/// One topic of a clause and its grounds.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicScore {
    /// The topic.
    pub topic: Topic,
    /// Strength from 0 to 1; comparable between topics, but not a probability.
    pub score: f32,
    /// The same, in three steps, for people.
    pub margin: Margin,
    /// Whether a text with this clause is not silent on the topic: the margin is more than faint, or some
    /// words settle the topic alone.
    pub plain: bool,
    /// The words that decided, weightiest first.
    pub evidence: Vec<Evidence>,
    /// Points of the words that are not listed in `evidence`, each of which weighs little.
    pub from_rest: f32,
    /// Points that the heading above (or the sentence that leads the list in) gave.
    pub from_context: f32,
}

/// The labels of one clause.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClauseLabels {
    /// Topics, best first; empty where nothing was found.
    pub topics: Vec<TopicScore>,
    /// The stance.
    pub stance: Stance,
}

impl ClauseLabels {
    /// Whether the clause has the topic.
    pub fn has(&self, topic: Topic) -> bool {
        self.topics.iter().any(|scored| scored.topic == topic)
    }

    /// The best topic.
    pub fn main(&self) -> Option<Topic> {
        self.topics.first().map(|scored| scored.topic)
    }
}

/// The labels of a policy, one for each clause, in the order of its clauses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labels {
    /// Parallel to [`Policy::clauses`](super::Policy::clauses).
    pub clauses: Vec<ClauseLabels>,
}

/// For each topic, in the order of [`Topic::ALL`], how many clauses have it.
pub type TopicCounts = [u32; Topic::ALL.len()];

impl Labels {
    /// How many clauses each topic has.
    pub fn topic_counts(&self) -> TopicCounts {
        let mut counts = TopicCounts::default();
        for scored in self.clauses.iter().flat_map(|labels| &labels.topics) {
            counts[scored.topic.index()] += 1;
        }
        counts
    }

    /// The labels of a clause; nothing for a clause that was not classified.
    pub fn of(&self, clause: ClauseId) -> &ClauseLabels {
        static NOTHING: ClauseLabels = ClauseLabels {
            topics: Vec::new(),
            stance: Stance::None,
        };
        self.clauses.get(clause.index()).unwrap_or(&NOTHING)
    }

    /// The clauses that have the topic, in order.
    pub fn clauses_on(&self, topic: Topic) -> impl Iterator<Item = ClauseId> + '_ {
        self.clauses
            .iter()
            .enumerate()
            .filter(move |(_, labels)| labels.has(topic))
            .map(|(index, _)| ClauseId::new(index))
    }
}
