//! Policy → [`Labels`]: topics and stance of each clause, with the words that decided.
//!
//! ```text
//! assets/topics/*.toml ─lexicon─▶ phrases ┐
//! text ─words─▶ tokens ───────────────────┴─▶ matches ─topics─▶ topics
//!                                      └───────────────stance─▶ stance
//! ```
//!
//! Everything is a lookup and a sum: the same text gets the same labels on every machine, and each
//! label names the words it rests on.

mod collect;
mod dangling;
mod grammar;
mod lexicon;
mod memo;
mod phrase;
mod phrases;
mod practices;
mod prepared;
mod stance;
mod tables;
#[cfg(test)]
mod tests;
mod topic_file;
mod topics;
mod user_files;
mod words;

use crate::model::{
    Answers, Block, BlockKind, ClauseId, ClauseLabels, Issue, IssueKind, Labels, Pair, Policy,
    Question, Side, Stance, Topic, TopicScore,
};
use lexicon::Lexicon;
use memo::Memo;
use phrases::Token;
use practices::Practices;
use std::path::Path;
use std::sync::OnceLock;
use topics::{Context, Scorer, Sentence};
use words::Gap;

/// Classifies clauses. Build one and keep it; it can be shared between threads.
#[derive(Clone, Debug)]
pub struct Classifier {
    /// Set up when first needed: listing policies does not.
    lexicon: OnceLock<Lexicon>,
    practices: OnceLock<Practices>,
}

impl Default for Classifier {
    fn default() -> Self {
        Self::builtin()
    }
}

/// A sentence as both readers see it.
#[derive(Debug, Default)]
struct Reading {
    tokens: Vec<Token>,
    stances: Vec<stance::Word>,
}

impl Reading {
    fn clear(&mut self) {
        self.tokens.clear();
        self.stances.clear();
    }
}

impl Classifier {
    /// The classifier with the embedded topics.
    pub fn builtin() -> Self {
        Self {
            lexicon: OnceLock::new(),
            practices: OnceLock::new(),
        }
    }

    fn lexicon(&self) -> &Lexicon {
        self.lexicon.get_or_init(Lexicon::builtin)
    }

    /// The embedded topics with the files of `dir` (`cookies.toml`, `security.toml`, …) merged over
    /// them by topic and phrase, and what was wrong with those files. Whatever is wrong, the
    /// embedded topics are in use.
    pub fn with_user(dir: &Path) -> (Self, Vec<Issue>) {
        let (lexicon, issues) = Lexicon::with_user(dir);
        let classifier = Self {
            lexicon: OnceLock::from(lexicon),
            practices: OnceLock::new(),
        };
        (classifier, issues)
    }

    /// Merges the practice files of `dir` over the embedded ones; what was wrong with them.
    /// Whatever is wrong, the embedded questions are in use.
    pub fn read_practices(&mut self, dir: &Path) -> Vec<Issue> {
        let (practices, issues) = Practices::with_user(dir);
        self.practices = OnceLock::from(practices);
        issues
    }

    fn practices(&self) -> &Practices {
        self.practices.get_or_init(Practices::builtin)
    }

    /// The practice questions, topic by topic, in the order of [`Answers`].
    pub fn questions(&self) -> &[Question] {
        self.practices().questions()
    }

    /// What a policy answers to every practice question.
    pub fn answer(&self, policy: &Policy) -> Answers {
        self.practices().answer(policy)
    }

    /// What does not hold together in the text of a policy: statements that contradict each other,
    /// and announced lists that are missing. Each issue quotes the sentences it speaks of.
    pub fn findings(&self, policy: &Policy) -> Vec<Issue> {
        let path = policy.provenance.origin.path();
        let issue = |kind, message: String, clauses: &[ClauseId]| {
            let mut issue = Issue::new(path.clone(), kind, message);
            let first = clauses
                .first()
                .and_then(|id| policy.clauses.get(id.index()));
            issue.line = first.map(|clause| policy.line_of(clause.span.start));
            let quote = |id: &ClauseId| policy.clause_text(*id).to_owned();
            issue.quotes = clauses.iter().map(quote).collect();
            issue
        };
        let contradictions = self.practices().conflicts(policy).into_iter().map(|found| {
            let message = format!(
                "two statements about {} do not go together; the innocent reading: {}",
                found.about, found.innocent
            );
            issue(
                IssueKind::Contradiction,
                message,
                &[found.denied, found.asserted],
            )
        });
        let dangling = dangling::references(policy).into_iter().map(|clause| {
            let message = "a list is announced here, and none follows".to_owned();
            issue(IssueKind::DanglingReference, message, &[clause])
        });
        contradictions.chain(dangling).collect()
    }

    /// Labels every clause of a policy. Evidence ranges count in [`Policy::text`].
    pub fn classify(&self, policy: &Policy) -> Labels {
        self.label(policy, policy.blocks.iter(), None)
    }

    /// Labels two policies at the same time. What stands in both is read once: one is read from its
    /// start, the other from its end, until they meet.
    pub fn classify_both(&self, pair: Pair<&Policy>) -> Pair<Labels> {
        let memo = Memo::default();
        let bytes = pair.left.text.len() + pair.right.text.len();
        Pair::SIDES.map_text(bytes, |side| {
            let blocks = pair[side].blocks.iter();
            match side {
                Side::Left => self.label(pair[side], blocks, Some(&memo)),
                Side::Right => self.label(pair[side], blocks.rev(), Some(&memo)),
            }
        })
    }

    /// Labels the clauses of `blocks`, in whatever order they come.
    fn label<'p>(
        &self,
        policy: &Policy,
        blocks: impl Iterator<Item = &'p Block>,
        memo: Option<&Memo>,
    ) -> Labels {
        let mut scorer = Scorer::new(self.lexicon());
        let mut reading = Reading::default();
        let headings = self.headings(policy, &mut scorer);
        let mut labels = Labels {
            clauses: vec![ClauseLabels::default(); policy.clauses.len()],
        };
        // The scored lead-in of the list that is being read, for its items.
        let mut lead_in: Option<(ClauseId, Sentence)> = None;
        for block in blocks {
            // A title is about the whole policy and often holds the name of the company.
            if block.kind == BlockKind::Title {
                continue;
            }
            if block.kind == BlockKind::Heading {
                self.label_heading(policy, block, &mut scorer, &mut reading, &mut labels);
                continue;
            }
            let range = block.clauses.0 as usize..block.clauses.1 as usize;
            let (Some(clauses), Some(slots)) = (
                policy.clauses.get(range.clone()),
                labels.clauses.get_mut(range),
            ) else {
                continue;
            };
            let mut context = Context {
                heading: topics::heading_points(above(policy, block, &headings)),
                ..Context::default()
            };
            if let Some(id) = clauses.first().and_then(|clause| clause.lead_in) {
                if lead_in.as_ref().is_none_or(|(known, _)| *known != id) {
                    scorer.start_block();
                    self.read_clause(policy, id, &mut reading);
                    lead_in = Some((id, scorer.sentence(&reading.tokens)));
                }
                if let Some((_, sentence)) = &lead_in {
                    context = context.lead_in(sentence, self.lexicon());
                }
            }
            let Some(memo) = memo else {
                let found = self.label_block(policy, block, &context, &mut scorer, &mut reading);
                move_into(slots, found);
                continue;
            };
            let (key, start) = (memo::key(policy, clauses, &context), block.text.start);
            let found = memo.get(key, start).unwrap_or_else(|| {
                let found = self.label_block(policy, block, &context, &mut scorer, &mut reading);
                memo.put(key, start, &found);
                found
            });
            move_into(slots, found);
        }
        labels
    }

    /// The labels of a block's clauses.
    fn label_block(
        &self,
        policy: &Policy,
        block: &Block,
        context: &Context,
        scorer: &mut Scorer<'_>,
        reading: &mut Reading,
    ) -> Vec<ClauseLabels> {
        scorer.start_block();
        let (sentences, stances): (Vec<_>, Vec<_>) = block
            .clause_ids()
            .map(|id| {
                self.read_clause(policy, id, reading);
                let stance = stance::sentence(&reading.stances);
                (scorer.sentence(&reading.tokens), stance)
            })
            .unzip();
        let scores = scorer.block(&sentences, context);
        let both = scores.into_iter().zip(stances);
        both.map(|(topics, said)| {
            let stance = stance_of(said, &topics);
            ClauseLabels { topics, stance }
        })
        .collect()
    }

    /// Labels one piece of text read alone; evidence ranges count in `text`.
    pub fn classify_segment(&self, text: &str) -> ClauseLabels {
        let mut all = Reading::default();
        self.read(text, 0, &mut all);
        let mut scorer = Scorer::new(self.lexicon());
        scorer.start_block();
        let mut sentences = Vec::new();
        let mut said = Vec::new();
        let mut start = 0;
        while start < all.tokens.len() {
            let rest = all.tokens.get(start + 1..).unwrap_or(&[]);
            let length = rest
                .iter()
                .position(|token| token.gap == Gap::Sentence)
                .unwrap_or(rest.len());
            let end = start + 1 + length;
            sentences.push(scorer.sentence(all.tokens.get(start..end).unwrap_or(&[])));
            said.push(stance::sentence(all.stances.get(start..end).unwrap_or(&[])));
            start = end;
        }
        let topics = scorer.whole(&sentences, &Context::default());
        let main = topics.first().map(|score| score.topic);
        let said: Vec<_> = sentences
            .iter()
            .zip(said)
            .map(|(sentence, said)| (main.map_or(0.0, |topic| sentence.own[topic.index()]), said))
            .collect();
        let said = stance::main_statement(&said, main.is_some_and(disclaims));
        let stance = stance_of(said, &topics);
        ClauseLabels { topics, stance }
    }

    /// The topics that each section's heading names, by section.
    fn headings(&self, policy: &Policy, scorer: &mut Scorer<'_>) -> Vec<Vec<TopicScore>> {
        let mut reading = Reading::default();
        policy
            .sections
            .iter()
            .map(|section| {
                reading.clear();
                self.read(
                    section.heading.of(&policy.text),
                    section.heading.start,
                    &mut reading,
                );
                scorer.heading(&reading.tokens)
            })
            .collect()
    }

    fn label_heading(
        &self,
        policy: &Policy,
        block: &Block,
        scorer: &mut Scorer<'_>,
        reading: &mut Reading,
        labels: &mut Labels,
    ) {
        for id in block.clause_ids() {
            self.read_clause(policy, id, reading);
            if let Some(slot) = labels.clauses.get_mut(id.index()) {
                slot.topics = scorer.heading(&reading.tokens);
            }
        }
    }

    fn read_clause(&self, policy: &Policy, id: ClauseId, reading: &mut Reading) {
        reading.clear();
        if let Some(clause) = policy.clauses.get(id.index()) {
            self.read(clause.text.of(&policy.text), clause.text.start, reading);
        }
    }

    fn read(&self, text: &str, offset: u32, reading: &mut Reading) {
        let phrases = &self.lexicon().phrases;
        words::read(text, |word| {
            let (token, known) = phrases.token(&word, offset);
            reading.tokens.push(token);
            reading.stances.push(stance::Word::new(&word, known));
        });
    }
}

fn move_into(slots: &mut [ClauseLabels], found: Vec<ClauseLabels>) {
    for (slot, labels) in slots.iter_mut().zip(found) {
        *slot = labels;
    }
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

/// Whether texts on a topic mostly say what is not done.
fn disclaims(topic: Topic) -> bool {
    matches!(
        topic,
        Topic::Children | Topic::Links | Topic::DoNotTrack | Topic::Sharing
    )
}
