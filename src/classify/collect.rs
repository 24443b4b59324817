//! Collects the phrases of all topics into tables. Topics are told apart by their place alone, so
//! that the build script can do the same with the embedded files.

use super::grammar;
use super::tables::Builder;
use super::topic_file::{self, Role, TopicFile};
use super::weight_file::{self, Row};
use rustc_hash::FxHashSet;

macro_rules! embedded {
    ($($id:literal),+ $(,)?) => {
        /// The embedded topic files, in the order of the topics: id and content.
        pub(super) const EMBEDDED: &[(&str, &str)] = &[
            $(($id, include_str!(concat!("../../assets/topics/", $id, ".toml")))),+
        ];
    };
}

embedded!(
    "general",
    "collection",
    "cookies",
    "use",
    "sharing",
    "legal",
    "choice",
    "access",
    "retention",
    "security",
    "children",
    "change",
    "contact",
    "location",
    "links",
    "do-not-track",
);

/// The learned weights, as the training tool wrote them.
const WEIGHTS: &str = include_str!("../../assets/topics/weights.tsv");

/// Points that a clause, or its block, needs for a topic when its file names no threshold.
const THRESHOLD: f32 = 3.0;

/// The phrases of the files taken so far, and the learned weights.
pub(super) struct Collector {
    /// The tables under construction; the numbers of phrases are places in `entries`.
    pub(super) builder: Builder,
    /// By phrase: the place of its topic, points, where it counts.
    pub(super) entries: Vec<(u8, f32, Role)>,
    /// By topic.
    pub(super) thresholds: [f32; EMBEDDED.len()],
    /// Learned weights; the rows of the tables are places in it. The first stands for none.
    pub(super) weights: Vec<Row>,
}

impl Collector {
    /// The embedded files and the learned weights.
    pub(super) fn embedded() -> Self {
        let mut collector = Self::phrases();
        collector.weigh(WEIGHTS);
        collector
    }

    /// The embedded files alone.
    pub(super) fn phrases() -> Self {
        let mut collector = Self {
            builder: Builder::new(),
            entries: Vec::new(),
            thresholds: [THRESHOLD; EMBEDDED.len()],
            weights: vec![Row::default()],
        };
        grammar::each_word(|hash, classes| collector.builder.class(hash, classes));
        for (place, (_, content)) in EMBEDDED.iter().enumerate() {
            // A test reads every embedded file and fails on any problem.
            collector.put(place, topic_file::read(content, &mut |_, _| {}));
        }
        collector
    }

    /// Takes over a file of learned weights.
    pub(super) fn weigh(&mut self, content: &str) {
        for weighed in weight_file::read(content) {
            self.builder.weigh(weighed.first, weighed.second);
            self.weights.push(weighed.row);
        }
    }

    /// Takes over a file; a phrase that the topic has already gets the points it has there.
    pub(super) fn put(&mut self, topic: usize, file: TopicFile) {
        if let (Some(slot), Some(threshold)) = (self.thresholds.get_mut(topic), file.threshold) {
            *slot = threshold;
        }
        let topic = u8::try_from(topic).unwrap_or(u8::MAX);
        let mut seen = FxHashSet::default();
        for phrase in file.phrases {
            let end = self.builder.add(&phrase.parts);
            let entry = (topic, phrase.points, phrase.role);
            let same = |id: &u32| {
                let known = self.entries.get(*id as usize);
                known.is_some_and(|known| {
                    (known.0, known.2.in_text()) == (entry.0, entry.2.in_text())
                })
            };
            let known = self.builder.at(end).find(same);
            let id = known.unwrap_or_else(|| u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
            // Written apart, the same phrase may stand in a file twice; the first counts.
            if !seen.insert(id) {
                continue;
            }
            match self.entries.get_mut(id as usize) {
                Some(known) => *known = entry,
                None => {
                    self.entries.push(entry);
                    self.builder.attach(end, id);
                }
            }
        }
    }
}
