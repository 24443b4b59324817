//! Readings → labels: the clauses of a block are scored together, under what stands above it.

use super::context::{self, Context};
use super::heading_lead;
use super::lexicon::Lexicon;
use super::listed;
use super::main_statement;
use super::memo::{self, LabelMemo};
use super::reader::{Reader, Reading};
use super::shelf::Shelf;
use super::stance;
use super::sums::{Sentence, Sums};
use super::topics::Scorer;
use crate::model::{
    Block, BlockKind, ClauseId, ClauseLabels, Labels, Policy, Stance, Topic, TopicScore,
};

/// What was made of so many clauses of a block is kept until all of it was read. A block of more is
/// read twice: a document may be one block from end to end, and must not fill the memory.
const KEPT: usize = 1024;

/// Labels the blocks of one policy, in whatever order they come.
pub(super) struct Labeller<'a> {
    policy: &'a Policy,
    lexicon: &'a Lexicon,
    scorer: Scorer<'a>,
    memo: Option<&'a LabelMemo>,
    /// The topics that each section's heading names, by section.
    headings: Vec<Vec<TopicScore>>,
    /// The lead-in of the list that is being read, for its items.
    lead_in: Option<LeadIn>,
    /// The clauses of the block that is being read, scored, and the stances that they state.
    sentences: Vec<(Sentence, Option<Stance>)>,
    labels: Labels,
}

/// The sentence that leads a list in.
struct LeadIn {
    id: ClauseId,
    scored: Sentence,
    /// Whether it denies the items.
    denies: bool,
}

impl<'a> Labeller<'a> {
    /// With a memo, blocks that it knows are not read. Labels are told with the words they rest on
    /// where `evidence` is asked for.
    pub(super) fn new(
        policy: &'a Policy,
        lexicon: &'a Lexicon,
        memo: Option<&'a LabelMemo>,
        evidence: bool,
        shelf: &'a Shelf,
    ) -> Self {
        Self {
            policy,
            lexicon,
            scorer: Scorer::new(lexicon, evidence, shelf),
            memo,
            headings: Vec::with_capacity(policy.sections.len()),
            lead_in: None,
            sentences: Vec::new(),
            labels: Labels {
                clauses: vec![ClauseLabels::default(); policy.clauses.len()],
            },
        }
    }

    /// Takes the heading of the next section. It comes before the blocks under it.
    pub(super) fn section(&mut self, heading: &Reading) {
        self.headings.push(self.scorer.heading(heading));
    }

    /// Takes the headings of all sections, each looked up before it is read.
    pub(super) fn sections(&mut self, memo: &LabelMemo, reader: &mut Reader<'_>) {
        let (policy, mut reading) = (self.policy, Reading::default());
        for section in &policy.sections {
            let topics = memo.heading(section.heading.of(&policy.text), || {
                reader.heading(policy, section, &mut reading);
                self.scorer.heading(&reading)
            });
            self.headings.push(topics);
        }
    }

    /// The labels of all blocks taken so far.
    pub(super) fn finish(self) -> Labels {
        self.labels
    }

    /// Labels the clauses of a block.
    pub(super) fn block(&mut self, block: &Block, reader: &mut Reader<'_>) {
        let mut labels = std::mem::take(&mut self.labels.clauses);
        let range = block.clauses.0 as usize..block.clauses.1 as usize;
        let slots = labels.get_mut(range).unwrap_or(&mut []);
        match block.kind {
            // A title is about the whole policy and often holds the name of the company.
            BlockKind::Title => {}
            BlockKind::Heading => self.heading(block, reader, slots),
            _ => self.text(block, reader, slots),
        }
        self.labels.clauses = labels;
    }

    fn heading(&mut self, block: &Block, reader: &mut Reader<'_>, slots: &mut [ClauseLabels]) {
        if let (Some(memo), [slot]) = (self.memo, &mut *slots) {
            let id = ClauseId(block.clauses.0);
            slot.topics = memo.heading(self.policy.clause_text(id), || {
                let mut reading = Reading::default();
                reader.clause(self.policy, id, &mut reading);
                self.scorer.heading(&reading)
            });
            return;
        }
        let readings = reader.block(self.policy, block);
        for (slot, reading) in slots.iter_mut().zip(readings) {
            slot.topics = self.scorer.heading(reading);
        }
    }

    fn text(&mut self, block: &Block, reader: &mut Reader<'_>, slots: &mut [ClauseLabels]) {
        let context = self.context(block, reader);
        let Some(memo) = self.memo else {
            return self.score(block, reader, &context, slots);
        };
        let (key, start) = (memo::key(self.policy, block, &context), block.text.start);
        match memo.get(key, start) {
            Some(known) => {
                for (slot, labels) in slots.iter_mut().zip(known) {
                    *slot = labels;
                }
            }
            None => {
                self.score(block, reader, &context, slots);
                memo.put(key, start, slots);
            }
        }
    }

    /// What stands above a block, and before it if it is an item of a list.
    fn context(&mut self, block: &Block, reader: &mut Reader<'_>) -> Context {
        let context = Context {
            heading: context::heading_points(above(self.policy, block, &self.headings)),
            ..Context::default()
        };
        let first = self.policy.clauses.get(block.clauses.0 as usize);
        let led = first.and_then(|clause| clause.lead_in);
        let Some(id) = led.or_else(|| heading_lead::above(self.policy, block)) else {
            return context;
        };
        let lead_in = match self.lead_in.take().filter(|known| known.id == id) {
            Some(known) => known,
            None => {
                let mut reading = Reading::default();
                reader.clause(self.policy, id, &mut reading);
                self.scorer.start_block();
                // "This data never reaches us." ends before the list begins.
                let goes_on = !self.policy.clause_text(id).ends_with('.');
                let scored = self.scorer.sentence(&reading);
                let leads = heading_lead::shorten(self.policy, id, &mut reading);
                LeadIn {
                    id,
                    scored,
                    denies: leads && goes_on && listed::denies_list(&reading.words),
                }
            }
        };
        // The points of a heading are counted as such.
        let context = match led {
            Some(_) => context.lead_in(&lead_in.scored, self.lexicon),
            None => context,
        };
        let context = Context {
            denied: lead_in.denies,
            ..context
        };
        self.lead_in = Some(lead_in);
        context
    }

    /// Labels the clauses of one block by their words.
    fn score(
        &mut self,
        block: &Block,
        reader: &mut Reader<'_>,
        context: &Context,
        slots: &mut [ClauseLabels],
    ) {
        let (alone, long) = (slots.len() == 1, slots.len() > KEPT);
        let mut sums = Sums::default();
        self.scorer.start_block();
        self.sentences.clear();
        let led = context.denied.then_some(ClauseId(block.clauses.0));
        for id in block.clause_ids() {
            if let Some(reading) = reader.one(self.policy, block, id) {
                let sentence = self.scorer.sentence(reading);
                sums.add(&sentence);
                sums.title = alone && stance::is_title(&reading.words);
                if long {
                    self.scorer.forget_words();
                } else {
                    self.sentences
                        .push((sentence, stated(reading, led == Some(id))));
                }
            }
        }
        let whole = self.scorer.over(&sums, context);
        if !long {
            for (slot, (sentence, said)) in slots.iter_mut().zip(&self.sentences) {
                slot.topics = self.scorer.clause(sentence, &whole, context, alone);
                let title = sums.title.then_some(Stance::None);
                slot.stance = stance_of(title.or(*said), &slot.topics);
            }
            return;
        }
        for (slot, id) in slots.iter_mut().zip(block.clause_ids()) {
            if let Some(reading) = reader.one(self.policy, block, id) {
                self.scorer.start_block();
                let sentence = self.scorer.sentence(reading);
                slot.topics = self.scorer.clause(&sentence, &whole, context, alone);
                slot.stance = stance_of(stated(reading, led == Some(id)), &slot.topics);
            }
        }
    }
}

/// What the verbs of a sentence state, which a lead-in may deny.
fn stated(reading: &Reading, denied: bool) -> Option<Stance> {
    let own = stance::sentence(&reading.words);
    if denied {
        listed::stance(own, &reading.words)
    } else {
        own
    }
}

/// The labels of a text of its own, read sentence by sentence.
pub(super) fn segment(sentences: &[Reading], lexicon: &Lexicon, shelf: &Shelf) -> ClauseLabels {
    let mut scorer = Scorer::new(lexicon, true, shelf);
    scorer.start_block();
    let scored: Vec<_> = sentences
        .iter()
        .map(|reading| scorer.sentence(reading))
        .collect();
    let title = matches!(sentences, [alone] if stance::is_title(&alone.words));
    let topics = scorer.whole(&scored, title);
    let main = topics.first().map(|score| score.topic);
    let own = |sentence: &Sentence| main.map_or(0.0, |topic| sentence.own[topic.index()]);
    let said: Vec<_> = scored
        .iter()
        .zip(sentences)
        .map(|(scored, reading)| (own(scored), stance::sentence(&reading.words)))
        .collect();
    let disclaims =
        main == Some(Topic::Sharing) || topics.iter().any(|score| may_disclaim(score.topic));
    let said = main_statement::stance_of_all(&said, disclaims);
    let title = title.then_some(Stance::None);
    let stance = stance_of(title.or(said), &topics);
    ClauseLabels { topics, stance }
}

/// The topics of the headings above a block, the nearest first.
fn above<'a>(
    policy: &'a Policy,
    block: &Block,
    headings: &'a [Vec<TopicScore>],
) -> impl Iterator<Item = &'a [TopicScore]> {
    /// Deeper outlines than this say nothing more about a clause.
    const DEEPEST: usize = 6;
    let parent = |section: &u32| policy.sections.get(*section as usize)?.parent;
    std::iter::successors(block.section, parent)
        .take(DEEPEST)
        .filter_map(|section| headings.get(section as usize).map(Vec::as_slice))
}

/// The stance of a clause: what its verbs say, else what its topics imply. A list item without a
/// verb ("Your name and address") asserts; an introduction or an address states no practice,
/// whatever its verbs.
fn stance_of(said: Option<Stance>, topics: &[TopicScore]) -> Stance {
    let idle = |topic| matches!(topic, Topic::General | Topic::Contact);
    match (said, topics.first()) {
        (_, Some(main)) if main.topic == Topic::General => Stance::None,
        (_, Some(_)) if topics.iter().all(|score| idle(score.topic)) => Stance::None,
        (Some(stance), _) => stance,
        // A bare date.
        (None, Some(main)) if main.topic == Topic::Change => Stance::None,
        (None, Some(_)) => Stance::Asserts,
        (None, None) => Stance::None,
    }
}

/// Whether texts that touch on a topic come down to what is denied in them.
fn may_disclaim(topic: Topic) -> bool {
    matches!(topic, Topic::Children | Topic::Links | Topic::DoNotTrack)
}
