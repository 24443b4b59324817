//! Points → topics. The score of a topic is a sum of terms, and every term has a place in the text,
//! so that what decided can be shown: learned weights of words and pairs of words, phrases of the
//! topic's lexicon, the heading above.
//!
//! A block (a paragraph, a list item) is scored as a whole, since whole paragraphs are judged more
//! surely than sentences; a clause then takes over those topics of its block to which its own words
//! contribute. `docs/topics.md` describes the method and what was measured.

use super::context::{Context, HEADING};
use super::giving_way::{give_way, join_general};
use super::learned::{Learned, Units};
use super::lexicon::Lexicon;
use super::phrases::{Match, Token};
use super::reader::Reading;
use super::shelf::Shelf;
use super::stamps::Stamps;
use super::sums::{ByTopic, Sentence, Sums, length, points, scale};
use super::terms::{Grounds, Hit, Term};
use super::topic_file::Role;
use crate::model::{Evidence, Margin, TextRange, Topic, TopicScore};

/// What the rest of the block gives to a clause that contributes, as a share of its points.
const REST_OF_BLOCK: f32 = 0.3;

/// A clause takes over a topic of its block when its own points and those of the context are no
/// farther below the threshold.
const CONTRIBUTES: f32 = 5.0;

/// A clause has a topic that its block does not have when its own points are so many over the
/// threshold: of one sentence less is known.
const SPEAKS_UP: f32 = 2.0;

/// A block that reaches no threshold has the topic it comes nearest to, if it reaches this share.
const NEAREST: f32 = 0.8;

/// What a repeated phrase adds in the same block, as a share of its points.
const REPEATED: f32 = 0.2;

/// Points of a phrase, or of learned words, that settle a topic alone.
const SETTLES: f32 = 3.0;

/// Points over the threshold from which a topic is likely, and from which it is firm: of segments
/// labelled by hand about 60 in 100 are right below, 75 to 85 between, 97 above.
const LIKELY: f32 = 5.0;
const FIRM: f32 = 12.0;

/// So many points over the threshold halve what a score lacks to 1.
const HALVES: f32 = 10.0;

/// Scores sentences and blocks; keeps its tables between them.
#[derive(Debug)]
pub(super) struct Scorer<'a> {
    lexicon: &'a Lexicon,
    /// Whether to tell the words that topics rest on.
    evidence: bool,
    found: Vec<Match>,
    shelf: &'a Shelf,
    /// Which phrases and rows the sentence and its block have had.
    stamps: Stamps,
    learned: Learned,
    /// The learned terms of the block.
    hits: Vec<Hit>,
    /// Their rows of weights; those of each sentence stand together, in no order.
    rows: Vec<u16>,
    /// What speaks in the text whose topics are being named.
    grounds: Grounds,
}

impl<'a> Scorer<'a> {
    pub(super) fn new(lexicon: &'a Lexicon, evidence: bool, shelf: &'a Shelf) -> Self {
        Self {
            lexicon,
            evidence,
            found: Vec::new(),
            shelf,
            stamps: shelf.take_stamps(lexicon.entries.len(), lexicon.weights.len()),
            learned: Learned::default(),
            hits: Vec::new(),
            rows: Vec::new(),
            grounds: Grounds::default(),
        }
    }

    /// The next sentences belong to a new block.
    pub(super) fn start_block(&mut self) {
        self.stamps.start_block();
        self.forget_words();
    }

    /// Forgets the words that learned weights were found in; sentences scored before cannot be told
    /// with what they rest on afterwards.
    pub(super) fn forget_words(&mut self) {
        self.hits.clear();
        self.rows.clear();
    }

    /// Points of the words of one sentence.
    pub(super) fn sentence(&mut self, reading: &Reading) -> Sentence {
        let tokens = reading.tokens.as_slice();
        self.stamps.start_sentence();
        let mut scored = Sentence {
            words: tokens.len(),
            ..Sentence::default()
        };
        self.add_phrases(reading, &mut scored);
        let learned = self.add_learned(tokens, &mut scored);
        let (scale, length) = (scale(scored.words), length(scored.words));
        for (own, units) in scored.own.iter_mut().zip(learned) {
            *own = (*own / length + points(units, scale)).max(0.0);
        }
        scored
    }

    fn add_phrases(&mut self, reading: &Reading, scored: &mut Sentence) {
        self.take(&reading.phrases, Role::in_text);
        for found in &self.found {
            let (Some(entry), Some(seen)) = (
                self.lexicon.entries.get(found.phrase as usize),
                self.stamps.seen.get_mut(found.phrase as usize),
            ) else {
                continue;
            };
            if entry.role == Role::Sure {
                scored.sure.touch(entry.topic.index());
            }
            if *seen == self.stamps.sentence {
                continue;
            }
            let repeated = *seen >= self.stamps.block;
            *seen = self.stamps.sentence;
            let topic = entry.topic.index();
            if entry.points >= SETTLES {
                scored.settled.touch(topic);
            }
            scored.own[topic] += entry.points;
            scored.phrases[topic] += if repeated && entry.points > 0.0 {
                entry.points * REPEATED
            } else {
                entry.points
            };
            if self.evidence
                && let Some(text) = place(&reading.tokens, *found)
            {
                scored.terms.push(Term {
                    topic: entry.topic,
                    points: entry.points,
                    text,
                });
            }
        }
        scored.terms.sort_by_key(|term| term.text);
        scored.phrases = scored.phrases.map(|points| points.max(0.0));
        scored.own = scored.own.map(|points| points.max(0.0));
    }

    /// Adds up the learned weights of words and pairs of words; those of the sentence alone.
    fn add_learned(&mut self, tokens: &[Token], scored: &mut Sentence) -> Units {
        self.learned
            .find(tokens, &self.lexicon.phrases, &mut self.stamps);
        scored.hits.0 = self.hits.len();
        if self.evidence {
            self.learned.note(tokens, &mut self.hits);
        }
        scored.hits.1 = self.hits.len();
        scored.rows.0 = self.rows.len();
        self.rows.extend_from_slice(self.learned.rows());
        scored.rows.1 = self.rows.len();
        let own;
        (own, scored.learned) = self.learned.sums(&self.lexicon.weights);
        own
    }

    /// Topics that a heading names, with the words that name them.
    pub(super) fn heading(&mut self, reading: &Reading) -> Vec<TopicScore> {
        self.take(&reading.phrases, |role| role == Role::Heading);
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
                Some(score) if self.evidence => score.evidence.push(evidence),
                Some(_) => {}
                None => named.push(TopicScore {
                    topic: entry.topic,
                    score: strength(LIKELY),
                    margin: Margin::Likely,
                    plain: true,
                    evidence: Vec::from_iter(self.evidence.then_some(evidence)),
                    from_rest: 0.0,
                    from_context: 0.0,
                }),
            }
        }
        named
    }

    /// The topics of a text taken as a whole.
    pub(super) fn whole(&mut self, sentences: &[Sentence], title: bool) -> Vec<TopicScore> {
        let sums = Sums {
            title,
            ..Sums::of(sentences)
        };
        let over = self.over(&sums, &Context::default());
        self.named(&over, sentences, &ByTopic::default())
    }

    /// Points over the threshold for a block as a whole.
    pub(super) fn over(&self, block: &Sums, context: &Context) -> ByTopic {
        let (own, thresholds) = (block.points(), &self.lexicon.thresholds);
        let mut over: ByTopic = std::array::from_fn(|t| {
            let all = own[t] + (context.heading[t] + context.lead_in[t]) - thresholds[t];
            if own[t] > 0.0 { all } else { NOTHING[t] }
        });
        block.sure.raise(&mut over);
        if nothing_reached(&over) {
            let nearest =
                (0..over.len()).max_by(|a, b| over[*a].total_cmp(&over[*b]).then(b.cmp(a)));
            let near = |t: &usize| -over[*t] <= thresholds[*t] * (1.0 - NEAREST);
            if let Some(t) = nearest.filter(near) {
                over[t] = 0.0;
            }
        }
        give_way(&mut over);
        if block.title {
            join_general(&mut over);
        }
        over
    }

    /// The topics of a sentence whose block has so many points over the threshold; `alone` if it is all
    /// of the block.
    pub(super) fn clause(
        &mut self,
        sentence: &Sentence,
        whole: &ByTopic,
        context: &Context,
        alone: bool,
    ) -> Vec<TopicScore> {
        let given: ByTopic = std::array::from_fn(|t| context.heading[t] + context.lead_in[t]);
        let mut over = if alone {
            *whole
        } else {
            self.of_several(sentence, whole, &given)
        };
        sentence.sure.raise(&mut over);
        if nothing_reached(&over) {
            // Words of its own that suffice, if nothing else is said.
            let own = |t: usize| sentence.own[t] + given[t] - self.lexicon.thresholds[t];
            let sure = |t: &usize| {
                *t != Topic::General.index() && sentence.own[*t] > 0.0 && own(*t) >= 0.0
            };
            let best = (0..over.len()).filter(sure);
            if let Some(t) = best.max_by(|a, b| own(*a).total_cmp(&own(*b)).then(b.cmp(a))) {
                over[t] = own(t);
            }
        }
        give_way(&mut over);
        if let Some(t) = context.main_of_lead_in {
            over[t] = over[t].max(0.0);
        } else if nothing_reached(&over) {
            // The clause itself says nothing, but stands in a paragraph that does, under a heading
            // that names the topic.
            for t in 0..over.len() {
                if whole[t] >= 0.0 && context.heading[t] >= HEADING {
                    over[t] = 0.0;
                }
            }
        }
        self.named(&over, std::slice::from_ref(sentence), &given)
    }

    /// Points over the threshold for one sentence of several.
    fn of_several(&self, sentence: &Sentence, whole: &ByTopic, given: &ByTopic) -> ByTopic {
        let mut bars = [SPEAKS_UP; Topic::ALL.len()];
        bars[Topic::General.index()] = f32::INFINITY;
        // Without a way around anything, processors do this for several topics at once.
        std::array::from_fn(|t| {
            let own = sentence.own[t] + given[t] - self.lexicon.thresholds[t];
            let taken_over = own.max(0.0) + whole[t].min(own + CONTRIBUTES) * REST_OF_BLOCK;
            let takes_over = (whole[t] >= 0.0) & (own >= -CONTRIBUTES);
            let alone = if own >= bars[t] {
                own - SPEAKS_UP
            } else {
                NOTHING[t]
            };
            let over = if takes_over { taken_over } else { alone };
            if sentence.own[t] > 0.0 {
                over
            } else {
                NOTHING[t]
            }
        })
    }

    /// The topics that reach their threshold, with what they rest on, best first.
    fn named(
        &mut self,
        over: &ByTopic,
        sentences: &[Sentence],
        given: &ByTopic,
    ) -> Vec<TopicScore> {
        if nothing_reached(over) {
            return Vec::new();
        }
        let reached = |topic: &Topic| over[topic.index()] >= 0.0;
        self.grounds.clear();
        let told = sentences.iter().filter(|_| self.evidence);
        for sentence in told {
            let (from, to) = sentence.hits;
            let hits = self.hits.get(from..to).unwrap_or(&[]);
            self.grounds.add(&sentence.terms, hits);
        }
        let scale = scale(sentences.iter().map(|sentence| sentence.words).sum());
        // Labels are kept for every clause of a document, so no room is left in them.
        let mut topics =
            Vec::with_capacity(Topic::ALL.iter().filter(|topic| reached(topic)).count());
        topics.extend(Topic::ALL.into_iter().filter(reached).map(|topic| {
            let t = topic.index();
            let (evidence, from_rest) = self.grounds.of(topic, &self.lexicon.weights, scale);
            let margin = match over[t] {
                over if over >= FIRM => Margin::Firm,
                over if over >= LIKELY => Margin::Likely,
                _ => Margin::Faint,
            };
            TopicScore {
                topic,
                score: strength(over[t]),
                margin,
                plain: margin > Margin::Faint || self.is_settled(sentences, t, scale),
                evidence,
                from_rest,
                from_context: given[t],
            }
        }));
        topics.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.topic.cmp(&b.topic)));
        topics
    }

    /// Whether a phrase of the sentences settles a topic alone, or a word or two by their learned
    /// weight.
    fn is_settled(&self, sentences: &[Sentence], topic: usize, scale: f32) -> bool {
        let settles = |row: &u16| {
            let weights = self.lexicon.weights.get(usize::from(*row));
            weights.is_some_and(|row| f32::from(row[topic]) * scale >= SETTLES)
        };
        sentences.iter().any(|sentence| {
            let (from, to) = sentence.rows;
            let rows = self.rows.get(from..to).unwrap_or(&[]);
            sentence.settled.has(topic) || rows.iter().any(settles)
        })
    }

    /// Fills `found` with the phrases of a role, without those inside a longer one of their topic that
    /// says as much.
    fn take(&mut self, phrases: &[Match], counts: impl Fn(Role) -> bool) {
        let entries = &self.lexicon.entries;
        let entry = |found: &Match| entries.get(found.phrase as usize);
        let of_role = |found: &&Match| entry(found).is_some_and(|entry| counts(entry.role));
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
            let says_less = entry.points > 0.0 && entry.points <= *points;
            if inside && says_less && entry.role != Role::Sure {
                return false;
            }
            if !inside && entry.points > 0.0 {
                (*points, *end) = (entry.points, Some(found.last));
            }
            true
        });
    }
}

impl Drop for Scorer<'_> {
    fn drop(&mut self) {
        self.shelf.put_stamps(std::mem::take(&mut self.stamps));
    }
}

/// Points over every threshold where nothing speaks for any topic.
const NOTHING: ByTopic = [f32::NEG_INFINITY; Topic::ALL.len()];

/// Whether no topic reaches its threshold.
fn nothing_reached(over: &ByTopic) -> bool {
    over.iter().fold(true, |none, over| none & (*over < 0.0))
}

fn place(tokens: &[Token], found: Match) -> Option<TextRange> {
    let first = tokens.get(found.first as usize)?;
    let last = tokens.get(found.last as usize)?;
    Some(TextRange {
        start: first.start,
        end: last.end,
    })
}

/// 0.5 at the threshold, towards 1 above.
fn strength(over: f32) -> f32 {
    1.0 - (-1.0 - over / HALVES).exp2()
}
