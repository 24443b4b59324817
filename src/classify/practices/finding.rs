//! What one rule finds in a sentence.

use super::around;
use super::layout::{Asked, Force, Layout, Part, Pattern, Rank, Rule, Says, Sequence};
use super::matcher::Scan;
use super::polarity::{self, Put};
use super::sentence::Sentence;
use super::speaker::Speaker;
use super::verdict::{Finding, Words};
use crate::classify::grammar::Class;
use crate::classify::phrases::Match;
use crate::model::ClauseId;
use smallvec::SmallVec;
use std::cell::RefCell;

/// Deeper outlines than this say nothing more about a clause.
pub(super) const DEEPEST: usize = 6;

/// Below so many headings a denial speaks of what the nearest of them names ("Visibility" of the
/// "Answers" to "Surveys"), not of everything.
const OF_ITS_SECTION: usize = 4;

/// A sentence and what stands around it.
pub(super) struct Around<'s> {
    pub(super) layout: &'s Layout<'s>,
    pub(super) sentence: Sentence<'s>,
    /// The headings above, the nearest first.
    pub(super) above: SmallVec<[&'s Scan; DEEPEST]>,
    /// The sentences of the paragraph before it.
    pub(super) before: &'s [Scan],
    /// Whose policy it is.
    pub(super) speaker: Speaker<'s>,
    /// Lists of patterns that were looked for in the sentence, and whether it holds one of them: rules of
    /// one question ask for the same lists.
    pub(super) held: Held,
}

/// Lists of patterns, and whether one is held.
pub(super) type Held = RefCell<SmallVec<[(Part, bool); 8]>>;

impl Around<'_> {
    /// What a rule finds in the sentence.
    pub(super) fn finding(
        &self,
        rule: &Rule,
        (clause, lead_in): (ClauseId, Option<ClauseId>),
    ) -> Option<Finding> {
        if !self.holds(&rule.pattern) {
            return None;
        }
        let asked = self.layout.asked.get(rule.question as usize)?;
        let hit = self.hit(asked, rule)?;
        if self.is_beside(asked, rule, hit.force) {
            return None;
        }
        let limited = hit.force == Force::Yes && self.limited(asked);
        let for_some = hit.force == Force::No && self.any(asked.some);
        let of_its_section = self.above.len() >= OF_ITS_SECTION;
        let in_part =
            for_some || (hit.force == Force::No && (of_its_section || self.any(asked.part)));
        Some(Finding {
            question: rule.question as usize,
            force: if limited || for_some {
                Force::Scoped
            } else {
                hit.force
            },
            rank: if in_part { Rank::Otherwise } else { hit.rank },
            plain: hit.plain && !in_part,
            weight: hit.weight,
            clause,
            lead_in,
            words: hit.words,
        })
    }

    /// Whether what a rule says is beside the point of its question here.
    fn is_beside(&self, asked: &Asked, rule: &Rule, force: Force) -> bool {
        // A condition that a pattern spells out is neither a Yes nor a No that it could mistake.
        let put = rule.says == Says::Action;
        let aside = match force {
            Force::Yes => self.any(asked.beside_yes),
            Force::No => self.any(asked.beside_no),
            Force::Scoped => put && self.any(asked.beside_yes),
            Force::Exclusive => put && self.any(asked.beside_no),
        };
        aside || self.any(asked.beside)
    }

    /// Whether something makes of a Yes a Conditional.
    fn limited(&self, asked: &Asked) -> bool {
        let mut limits = self.layout.patterns(asked.limits).iter();
        limits.any(|limit| self.contains(limit) || self.is_under(&limit.main))
    }

    /// Whether the sentence could hold a pattern, and everything holds that this asks for besides.
    fn holds(&self, pattern: &Pattern) -> bool {
        let (scan, layout) = (self.sentence.scan, self.layout);
        let told_before = |sequence| self.before.iter().any(|scan| scan.holds(sequence, layout));
        scan.allows(pattern, layout)
            && layout
                .sequences(pattern.under)
                .iter()
                .all(|sequence| self.is_under(sequence))
            && layout.sequences(pattern.before).iter().all(told_before)
    }

    /// Whether a heading above holds a sequence.
    fn is_under(&self, sequence: &Sequence) -> bool {
        let mut above = self.above.iter();
        above.any(|heading| heading.holds(sequence, self.layout))
    }

    /// Whether the sentence holds one of a list of patterns.
    fn any(&self, list: Part) -> bool {
        if list.0 == list.1 {
            return false;
        }
        let known = |(known, held): &(Part, bool)| (*known == list).then_some(*held);
        if let Some(held) = self.held.borrow().iter().find_map(known) {
            return held;
        }
        let mut patterns = self.layout.patterns(list).iter();
        let held = patterns.any(|pattern| self.contains(pattern));
        self.held.borrow_mut().push((list, held));
        held
    }

    #[inline]
    fn contains(&self, pattern: &Pattern) -> bool {
        let (scan, layout) = (self.sentence.scan, self.layout);
        scan.hints_at(pattern, layout) && self.holds(pattern) && scan.holds(&pattern.main, layout)
    }

    /// The first telling occurrence of a rule in the sentence.
    fn hit(&self, asked: &Asked, rule: &Rule) -> Option<Hit> {
        let (from, to) = rule.pattern.with;
        let conditions = (to - from) as usize;
        let mut found = None;
        let scan = self.sentence.scan;
        let named = |hit: &Match| {
            let place = self.sentence.place(*hit);
            place.is_some_and(|place| self.speaker.is_named(place))
        };
        scan.each_own(&rule.pattern.main, self.layout, &mut |hits| {
            if asked.others && hits.iter().any(named) {
                return false;
            }
            let acts = rule.says == Says::Action;
            let how = acts
                .then(|| put(&self.sentence, &rule.pattern, hits))
                .flatten();
            // That one company gets nothing says nothing of others.
            let to_one = || to_one(&self.sentence, &rule.pattern, hits);
            let how = how.filter(|how| match how {
                Put::Denied => !to_one(),
                // A row of a table: "Collected? – Location – No".
                Put::Asserted => !answered_no(&self.sentence, hits),
                _ => true,
            });
            let read = match rule.says {
                Says::Fixed(Force::Yes) if denied(&self.sentence, &rule.pattern, hits) => None,
                Says::Fixed(Force::No) if supposed(&self.sentence, &rule.pattern, hits) => None,
                Says::Fixed(Force::No) if on_condition(&self.sentence, &rule.pattern, hits) => {
                    Some((Force::Scoped, rule.rank, 0))
                }
                // A denial of a part is no more than that, however it was found.
                Says::Fixed(Force::No) if is_part(&self.sentence, &rule.pattern, hits) => {
                    Some((Force::No, Rank::Otherwise, 5))
                }
                Says::Fixed(force) => Some((force, rule.rank, 0)),
                Says::Action => how.map(|how| action(how, rule.rank)),
            };
            let Some((force, rank, doubt)) = read else {
                return false;
            };
            let parts = hits.len() + conditions;
            let places = hits.iter().filter_map(|hit| self.sentence.place(*hit));
            found = Some(Hit {
                force,
                rank,
                plain: acts && doubt == 0 && how != Some(Put::Required),
                words: places.collect(),
                weight: 3 * i32::try_from(parts).unwrap_or(i32::MAX / 4) - doubt,
            });
            true
        });
        found
    }
}

/// What a rule answers in a sentence.
struct Hit {
    force: Force,
    rank: Rank,
    plain: bool,
    words: Words,
    weight: i32,
}

/// How the action of a match is put.
pub(super) fn put(sentence: &Sentence<'_>, pattern: &Pattern, hits: &[Match]) -> Option<Put> {
    let place = hits.get(pattern.main.action? as usize)?.first as usize;
    let first = hits.first()?.first as usize;
    polarity::put((sentence.words, sentence.classes), place, first)
}

/// Whether the action of a match is denied for somebody who is called by name, and reaches no further: "we
/// do not share your data with Acme".
fn to_one(sentence: &Sentence<'_>, pattern: &Pattern, hits: &[Match]) -> bool {
    let action = pattern
        .main
        .action
        .and_then(|action| hits.get(action as usize));
    let name = action.and_then(|action| polarity::recipient(sentence.words, action.last as usize));
    name.is_some_and(|name| {
        let reaches = |hit: &Match| hit.last >= name;
        sentence.is_unknown(name as usize) && !hits.iter().any(reaches)
    })
}

/// Whether a match that denies an action is only supposed or wished.
fn supposed(sentence: &Sentence<'_>, pattern: &Pattern, hits: &[Match]) -> bool {
    // Where no verb is known, it stands behind the `not`.
    let action = pattern.main.action;
    let verb = hits.get(action.map_or(1, |action| action as usize));
    let (Some(verb), Some(first)) = (verb, hits.first()) else {
        return false;
    };
    let (verb, first) = (verb.first as usize, first.first as usize);
    let words = (sentence.words, sentence.classes);
    pattern.denies
        && (polarity::wished(words, verb)
            || (action.is_some() && polarity::only_supposed(words, verb, first)))
}

/// Whether a match denies an action under a condition that opens its clause.
fn on_condition(sentence: &Sentence<'_>, pattern: &Pattern, hits: &[Match]) -> bool {
    let action = pattern.main.action;
    let action = action.and_then(|action| hits.get(action as usize));
    let words = (sentence.words, sentence.classes);
    pattern.denies
        && action.is_some_and(|action| polarity::on_condition(words, action.first as usize))
}

/// Whether a match denies a part.
fn is_part(sentence: &Sentence<'_>, pattern: &Pattern, hits: &[Match]) -> bool {
    put(sentence, pattern, hits) == Some(Put::DeniedInPart)
}

/// Whether a no follows a match, as in a cell of its own.
fn answered_no(sentence: &Sentence<'_>, hits: &[Match]) -> bool {
    let last = hits.last().map(|hit| hit.last as usize);
    sentence.classes.has(Class::NO)
        && last.is_some_and(|last| around::answered_no(sentence.words, last))
}

/// Whether a match that looks for no denial stands in one.
fn denied(sentence: &Sentence<'_>, pattern: &Pattern, hits: &[Match]) -> bool {
    let (Some(first), Some(last)) = (hits.first(), hits.last()) else {
        return false;
    };
    let (first, last) = (first.first as usize, last.last as usize);
    !pattern.denies && around::denied_around((sentence.words, sentence.classes), first, last)
}

/// What an action answers that is put so, and how doubtful that is.
fn action(how: Put, rank: Rank) -> (Force, Rank, i32) {
    match how {
        Put::Asserted | Put::Required => (Force::Yes, rank, 0),
        Put::Presupposed => (Force::Yes, rank, 5),
        Put::Denied => (Force::No, rank, 0),
        // What holds for a part decides only where nothing is said of the whole.
        Put::DeniedInPart => (Force::No, Rank::Otherwise, 5),
        Put::Scoped => (Force::Scoped, rank, 0),
        Put::Exclusive => (Force::Exclusive, rank, 0),
    }
}
