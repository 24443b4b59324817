//! The words of a clause with its labels: what search looks through, each distinct one once however
//! many policies and versions hold it.

use crate::model::{ClauseKind, ClauseLabels, Policy, Stance, Topic};
use smallvec::SmallVec;
use xxhash_rust::xxh3::xxh3_128_with_seed;

/// What a clause is and is labelled as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tags {
    pub(crate) kind: ClauseKind,
    /// Best first.
    pub(crate) topics: SmallVec<[Topic; 4]>,
    pub(crate) stance: Stance,
}

/// The words of a clause with its labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wording {
    pub(crate) text: Box<str>,
    pub(crate) tags: Tags,
}

impl Tags {
    /// The tags of a clause.
    pub(crate) fn of(kind: ClauseKind, labels: &ClauseLabels) -> Self {
        Self {
            kind,
            topics: labels.topics.iter().map(|scored| scored.topic).collect(),
            stance: labels.stance,
        }
    }

    /// Equal tags have equal numbers, and no others.
    pub(crate) fn number(&self) -> u64 {
        // Never 0, so that no topic stands for a kind or a stance.
        let first = 1 << 5 | (self.kind as u64) << 3 | self.stance as u64;
        self.topics
            .iter()
            .fold(first, |sum, topic| sum * 17 + topic.index() as u64 + 1)
    }

    /// The words by which the index finds the tags; no word of a text looks like them.
    pub(crate) fn row(&self) -> String {
        let mut row = format!("{} {}", kind_word(self.kind), stance_word(self.stance));
        for topic in &self.topics {
            row.push(' ');
            row.push_str(&topic_word(*topic));
        }
        row
    }
}

/// The word of a kind of clause among the tags of the index.
pub(crate) fn kind_word(kind: ClauseKind) -> &'static str {
    match kind {
        ClauseKind::Sentence => "kindsentence",
        ClauseKind::Item => "kinditem",
        ClauseKind::Heading => "kindheading",
        ClauseKind::Cell => "kindcell",
    }
}

/// The word of a stance among the tags of the index.
pub(crate) fn stance_word(stance: Stance) -> String {
    format!("stance{}", stance.id())
}

/// The word of a topic among the tags of the index.
pub(crate) fn topic_word(topic: Topic) -> String {
    format!("topic{}", topic.id().replace('-', ""))
}

/// What a wording is known by: its bytes and tags.
pub(crate) fn hash(text: &str, tags: &Tags) -> u128 {
    xxh3_128_with_seed(text.as_bytes(), tags.number())
}

/// The text of a clause and its tags, for every clause of a policy in order.
pub(crate) fn of_policy<'p>(
    policy: &'p Policy,
    labels: &'p crate::model::Labels,
) -> impl Iterator<Item = (&'p str, Tags)> + 'p {
    policy.clauses.iter().enumerate().map(|(at, clause)| {
        let id = crate::model::ClauseId::new(at);
        let tags = Tags::of(clause.kind, labels.of(id));
        (clause.text.of(&policy.text), tags)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_tags_have_other_numbers() {
        let kinds = [
            ClauseKind::Sentence,
            ClauseKind::Item,
            ClauseKind::Heading,
            ClauseKind::Cell,
        ];
        let stances = [
            Stance::Asserts,
            Stance::Denies,
            Stance::Permits,
            Stance::Limits,
            Stance::None,
        ];
        let some = |count: usize| Topic::ALL.iter().copied().take(count);
        let lists = std::iter::once(Vec::new())
            .chain(Topic::ALL.iter().map(|topic| vec![*topic]))
            .chain(some(4).flat_map(|one| some(4).map(move |other| vec![one, other])));
        let mut seen = rustc_hash::FxHashMap::default();
        for topics in lists {
            for kind in kinds {
                for stance in stances {
                    let tags = Tags {
                        kind,
                        topics: topics.iter().copied().collect(),
                        stance,
                    };
                    let same = seen.insert(tags.number(), tags.clone());
                    assert_eq!(same, None, "{tags:?}");
                }
            }
        }
    }
}
