//! Points → topics. The score of a topic is a sum of terms, and every term has a place in the text,
//! so that what decided can be shown.
//!
//! A block (a paragraph, a list item) is scored as a whole, since whole paragraphs are judged more
//! surely than sentences; a clause then takes over those topics of its block to which its own words
//! contribute. Learned weights can join as further terms of [`Scorer::sentence`].

use super::lexicon::Lexicon;
use super::phrases::{Match, Token};
use super::reader::Reading;
use super::topic_file::Role;
use crate::model::{Evidence, Margin, TextRange, Topic, TopicScore};
use xxhash_rust::xxh3::xxh3_64;

/// A value for each topic, by [`Topic::index`].
pub(super) type ByTopic = [f32; Topic::ALL.len()];

/// Points that a section's heading gives to a topic it names. Alone they never suffice.
const HEADING: f32 = 2.0;

/// What a heading further up gives, as a share of the above.
const PARENT: f32 = 0.5;

/// What the words of a list's lead-in give to its items, as a share of their points.
const LEAD_IN: f32 = 0.4;

/// What the rest of the block gives to a clause that contributes, as a share of its points.
const REST_OF_BLOCK: f32 = 0.3;

/// A clause takes over a topic of its block when its own points and those of the context reach this
/// share of the threshold.
const CONTRIBUTES: f32 = 0.6;

/// What a repeated phrase adds in the same block, as a share of its points.
const REPEATED: f32 = 0.2;

/// A block longer than so many words needs more points: long texts touch on much in passing.
const USUAL_WORDS: f32 = 40.0;

/// A topic needs this share of the points (over threshold) that the best topic of the block has.
const SHARE_OF_BEST: f32 = 0.25;

/// Ratio of points to threshold from which a topic is likely, and from which it is firm.
const LIKELY: f32 = 1.5;
const FIRM: f32 = 2.5;

/// Evidence kept for a topic; the weightiest come first.
const EVIDENCE: usize = 6;

/// A phrase that counted in a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    topic: Topic,
    points: f32,
    text: TextRange,
}

/// One sentence, scored.
#[derive(Clone, Debug, Default)]
pub(super) struct Sentence {
    /// Points of its own words; never below 0.
    pub(super) own: ByTopic,
    /// What those points rest on.
    terms: Vec<Term>,
    /// Number of its words.
    words: usize,
    /// Its points towards the block, where a phrase counts in full only once.
    fresh: ByTopic,
}

/// What stands around a block and speaks for topics.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Context {
    /// From the headings above.
    pub(super) heading: ByTopic,
    /// From the sentence that leads the list in.
    pub(super) lead_in: ByTopic,
    /// The topic that the lead-in is mainly about: every item of its list is too.
    pub(super) main_of_lead_in: Option<usize>,
}

/// Scores sentences and blocks; keeps its tables between them.
#[derive(Debug)]
pub(super) struct Scorer<'a> {
    lexicon: &'a Lexicon,
    found: Vec<Match>,
    /// By phrase: the sentence, and the block, it was last seen in.
    seen: Vec<(u32, u32)>,
    sentence: u32,
    block: u32,
}

impl<'a> Scorer<'a> {
    pub(super) fn new(lexicon: &'a Lexicon) -> Self {
        Self {
            lexicon,
            found: Vec::new(),
            seen: vec![(0, 0); lexicon.entries.len()],
            sentence: 0,
            block: 0,
        }
    }

    /// The next sentences belong to a new block.
    pub(super) fn start_block(&mut self) {
        self.block = self.block.wrapping_add(1);
    }

    /// Points of the words of one sentence.
    pub(super) fn sentence(&mut self, reading: &Reading) -> Sentence {
        let tokens = reading.tokens.as_slice();
        self.sentence = self.sentence.wrapping_add(1);
        self.take(&reading.phrases, Role::Text);
        let mut scored = Sentence {
            words: tokens.len(),
            terms: Vec::with_capacity(self.found.len()),
            ..Sentence::default()
        };
        for index in 0..self.found.len() {
            let Some(found) = self.found.get(index).copied() else {
                continue;
            };
            let (Some(entry), Some(seen), Some(text)) = (
                self.lexicon.entries.get(found.phrase as usize),
                self.seen.get_mut(found.phrase as usize),
                place(tokens, found),
            ) else {
                continue;
            };
            if seen.0 == self.sentence {
                continue;
            }
            let repeated = seen.1 == self.block;
            *seen = (self.sentence, self.block);
            let topic = entry.topic.index();
            scored.own[topic] += entry.points;
            scored.fresh[topic] += if repeated && entry.points > 0.0 {
                entry.points * REPEATED
            } else {
                entry.points
            };
            scored.terms.push(Term {
                topic: entry.topic,
                points: entry.points,
                text,
            });
        }
        for points in scored.own.iter_mut().chain(&mut scored.fresh) {
            *points = points.max(0.0);
        }
        scored
    }

    /// Topics that a heading names, with the words that name them.
    pub(super) fn heading(&mut self, reading: &Reading) -> Vec<TopicScore> {
        self.take(&reading.phrases, Role::Heading);
        let mut named: Vec<TopicScore> = Vec::new();
        for found in &self.found {
            let (Some(entry), Some(text)) = (
                self.lexicon.entries.get(found.phrase as usize),
                place(&reading.tokens, *found),
            ) else {
                continue;
            };
            let evidence = Evidence {
                text,
                weight: entry.points,
            };
            match named.iter_mut().find(|score| score.topic == entry.topic) {
                Some(score) => score.evidence.push(evidence),
                None => named.push(TopicScore {
                    topic: entry.topic,
                    score: strength(LIKELY),
                    margin: Margin::Likely,
                    evidence: vec![evidence],
                    from_context: 0.0,
                }),
            }
        }
        named
    }

    /// The topics of each sentence of a block.
    pub(super) fn block(&self, sentences: &[Sentence], context: &Context) -> Vec<Vec<TopicScore>> {
        let whole = self.ratios(sentences, context);
        let best = whole.iter().copied().fold(0.0, f32::max);
        sentences
            .iter()
            .map(|sentence| self.clause(sentence, &whole, best, context, sentences.len() == 1))
            .collect()
    }

    /// The topics of a block taken as one text.
    pub(super) fn whole(&self, sentences: &[Sentence], context: &Context) -> Vec<TopicScore> {
        let whole = self.ratios(sentences, context);
        let best = whole.iter().copied().fold(0.0, f32::max);
        let mut topics: Vec<TopicScore> = Topic::ALL
            .into_iter()
            .filter(|topic| {
                let ratio = whole[topic.index()];
                ratio >= 1.0 && ratio >= best * SHARE_OF_BEST
            })
            .map(|topic| {
                let terms = sentences.iter().flat_map(|sentence| &sentence.terms);
                topic_score(topic, whole[topic.index()], terms, 0.0)
            })
            .collect();
        sort(&mut topics);
        topics
    }

    /// Points over threshold for the block as a whole.
    fn ratios(&self, sentences: &[Sentence], context: &Context) -> ByTopic {
        let words: usize = sentences.iter().map(|sentence| sentence.words).sum();
        #[allow(clippy::cast_precision_loss, reason = "word counts are small")]
        let length = (words as f32 / USUAL_WORDS).max(1.0).sqrt();
        let mut ratios = ByTopic::default();
        for topic in Topic::ALL {
            let t = topic.index();
            let own: f32 = sentences.iter().map(|sentence| sentence.fresh[t]).sum();
            if own > 0.0 {
                let points = own / length + context.heading[t] + context.lead_in[t];
                ratios[t] = points / self.lexicon.thresholds[t];
            }
        }
        give_way(&mut ratios);
        ratios
    }

    fn clause(
        &self,
        sentence: &Sentence,
        whole: &ByTopic,
        best: f32,
        context: &Context,
        alone: bool,
    ) -> Vec<TopicScore> {
        let mut ratios = ByTopic::default();
        for t in 0..ratios.len() {
            let threshold = self.lexicon.thresholds[t];
            let own = sentence.own[t];
            let given = context.heading[t] + context.lead_in[t];
            let of_block = whole[t] >= 1.0 && whole[t] >= best * SHARE_OF_BEST;
            ratios[t] = if alone {
                if of_block { whole[t] } else { 0.0 }
            } else if own > 0.0 && (own + given) >= threshold {
                (own + given) / threshold + REST_OF_BLOCK * whole[t]
            } else if own > 0.0 && of_block && own + given >= threshold * CONTRIBUTES {
                1.0 + (own + given) / threshold * REST_OF_BLOCK
            } else {
                0.0
            };
        }
        give_way(&mut ratios);
        if let Some(t) = context.main_of_lead_in {
            ratios[t] = ratios[t].max(1.0);
        } else if ratios.iter().all(|ratio| *ratio < 1.0) {
            // The clause itself says nothing, but stands in a paragraph that does, under a heading
            // that names the topic.
            for t in 0..ratios.len() {
                if whole[t] >= 1.0 && context.heading[t] >= HEADING {
                    ratios[t] = 1.0;
                }
            }
        }
        let mut topics: Vec<TopicScore> = Topic::ALL
            .into_iter()
            .filter(|topic| ratios[topic.index()] >= 1.0)
            .map(|topic| {
                let t = topic.index();
                let given = context.heading[t] + context.lead_in[t];
                topic_score(topic, ratios[t], &sentence.terms, given)
            })
            .collect();
        sort(&mut topics);
        topics
    }

    /// Fills `found` with the phrases of a role, without those inside a longer one of their topic that
    /// says as much.
    fn take(&mut self, phrases: &[Match], role: Role) {
        let entries = &self.lexicon.entries;
        let entry = |found: &Match| entries.get(found.phrase as usize);
        let of_role = |found: &&Match| entry(found).is_some_and(|entry| entry.role == role);
        self.found.clear();
        self.found.extend(phrases.iter().filter(of_role));
        self.found
            .sort_by_key(|found| (found.first, std::cmp::Reverse(found.last), found.phrase));
        // By topic: the points of the phrase that reaches farthest, and where it ends.
        let mut reach = [(0.0f32, None::<u32>); Topic::ALL.len()];
        self.found.retain(|found| {
            let Some(entry) = entry(found) else {
                return false;
            };
            let (points, end) = &mut reach[entry.topic.index()];
            let inside = end.is_some_and(|end| found.last <= end);
            if inside && entry.points > 0.0 && entry.points <= *points {
                return false;
            }
            if !inside && entry.points > 0.0 {
                (*points, *end) = (entry.points, Some(found.last));
            }
            true
        });
    }
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
        let values = self.heading.iter().chain(&self.lead_in).chain([&main]);
        let mut bytes = [0; 4 * (2 * Topic::ALL.len() + 1)];
        for (slot, value) in bytes.chunks_exact_mut(4).zip(values) {
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

/// `general` means that nothing more telling was found: it gives way to any topic that is stronger.
fn give_way(ratios: &mut ByTopic) {
    let general = Topic::General.index();
    let others = ratios.iter().enumerate().filter(|(t, _)| *t != general);
    let strongest = others.fold(0.0, |most: f32, (_, ratio)| most.max(*ratio));
    if strongest >= 1.0 && ratios[general] < strongest {
        ratios[general] = 0.0;
    }
}

fn place(tokens: &[Token], found: Match) -> Option<TextRange> {
    let first = tokens.get(found.first as usize)?;
    let last = tokens.get(found.last as usize)?;
    Some(TextRange {
        start: first.start,
        end: last.end,
    })
}

fn topic_score<'t>(
    topic: Topic,
    ratio: f32,
    terms: impl IntoIterator<Item = &'t Term>,
    from_context: f32,
) -> TopicScore {
    let mut evidence: Vec<Evidence> = terms
        .into_iter()
        .filter(|term| term.topic == topic)
        .map(|term| Evidence {
            text: term.text,
            weight: term.points,
        })
        .collect();
    evidence.sort_by(|a, b| {
        b.weight
            .abs()
            .total_cmp(&a.weight.abs())
            .then(a.text.cmp(&b.text))
    });
    evidence.truncate(EVIDENCE);
    TopicScore {
        topic,
        score: strength(ratio),
        margin: match ratio {
            _ if ratio >= FIRM => Margin::Firm,
            _ if ratio >= LIKELY => Margin::Likely,
            _ => Margin::Faint,
        },
        evidence,
        from_context,
    }
}

/// 0.5 at the threshold, 0.75 at twice the points, towards 1 above.
fn strength(ratio: f32) -> f32 {
    1.0 - (-ratio).exp2()
}

fn sort(topics: &mut [TopicScore]) {
    topics.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.topic.cmp(&b.topic)));
}
