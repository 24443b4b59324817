//! Headings, and lead-ins like them, that deny the list below them: "What we do not do", "We never:",
//! "Things we will never share". Of its items they say "we do not", "we never", "we will never share".
//! And lead-ins that name their list: "What we collect:" says "we collect".

use super::grammar::Class;
use super::phrases::Match;
use super::reader::Reading;
use super::stance::Word;
use super::words::Gap;
use crate::model::{Block, BlockKind, ClauseId, ClauseKind, Marker, Policy};
use std::ops::Range;

/// Longer ones are no headings, in words.
const LONGEST: usize = 14;

/// Items so far below their heading are led in by it, in blocks.
const FARTHEST: usize = 64;

/// What may open such a heading, but for nouns for data.
const OPENINGS: [&str; 3] = ["what", "things", "something"];

/// The most words of a name for who does not do it.
const NAME: usize = 3;

/// The heading right above the list of an item, if it may deny what stands there.
pub(super) fn above(policy: &Policy, block: &Block) -> Option<ClauseId> {
    if block.kind != BlockKind::Item || block.marker == Marker::None {
        return None;
    }
    let section = policy.sections.get(block.section? as usize)?;
    let heading = policy.blocks.get(section.block as usize)?;
    let id = heading.clause_ids().next()?;
    if !may_deny(policy.clause_text(id)) {
        return None;
    }
    let own = policy.clauses.get(block.clauses.0 as usize)?.block as usize;
    let between = policy.blocks.get(section.block as usize + 1..own)?;
    let items = || between.iter().all(|block| block.kind == BlockKind::Item);
    (between.len() <= FARTHEST && items()).then_some(id)
}

/// Whether a heading holds a word that denies; few do.
fn may_deny(heading: &str) -> bool {
    let forms = ["not", "n't", "n’t", "never"].map(str::as_bytes);
    let bytes = heading.as_bytes();
    memchr::memchr2_iter(b'n', b'N', bytes).any(|at| {
        let denies = |form: &&[u8]| {
            let there = bytes.get(at..at + form.len());
            there.is_some_and(|there| there.eq_ignore_ascii_case(form))
        };
        forms.iter().any(denies)
    })
}

/// Leaves of the reading of a lead-in what it says of the items of its list. False for a heading that
/// does not deny them: it says nothing of them.
pub(super) fn shorten(policy: &Policy, id: ClauseId, reading: &mut Reading) -> bool {
    let is_heading = |id: ClauseId| {
        let clause = policy.clauses.get(id.index());
        clause.is_some_and(|clause| clause.kind == ClauseKind::Heading)
    };
    let token = |place: usize| reading.tokens.get(place);
    let spelled = |place: usize| {
        let token = token(place)?;
        policy.text.get(token.start as usize..token.end as usize)
    };
    let heading = Heading {
        words: &reading.words,
        opens: &|place| {
            let word = spelled(place);
            word.is_some_and(|word| OPENINGS.iter().any(|open| open.eq_ignore_ascii_case(word)))
        },
        ends_in_colon: policy.clause_text(id).trim_end().ends_with(':'),
    };
    match heading.denial() {
        Some(range) => {
            keep(reading, &range);
            true
        }
        None => !is_heading(id),
    }
}

/// The words of what may be such a heading.
struct Heading<'a> {
    words: &'a [Word],
    /// Whether a word is one that may open it.
    opens: &'a dyn Fn(usize) -> bool,
    ends_in_colon: bool,
}

impl Heading<'_> {
    /// Where it denies its list: from who does not do it to the verb, if that is another than "do".
    fn denial(&self) -> Option<Range<usize>> {
        let end = self.words.len();
        if end > LONGEST {
            return None;
        }
        let denies =
            |place: &usize| self.is(*place, &[Class::NOT]) && !self.is(*place, &[Class::JOIN]);
        let Some(not) = (1..end).find(denies) else {
            return self.statement();
        };
        if !self.is(not - 1, &[Class::MODAL, Class::WE]) {
            return None;
        }
        let number = (0..not).take_while(|place| self.is(*place, &[Class::NUMBER]));
        let first = number.count();
        let who = self.who(first..not)?;
        let opened = who > first;
        let adverb = |place: &usize| {
            self.is(*place, &[Class::ADVERB]) && !self.is(*place, &[Class::DETERMINER])
        };
        let verb = not + 1 + (not + 1..end).take_while(adverb).count();
        let verbs = verb + (verb..end).take_while(|place| self.is_verb(*place)).count();
        if self.is(verb, &[Class::AUXILIARY]) {
            return (opened && self.is_idle(verb + 1)).then_some(who..verb);
        }
        match () {
            // "We never", and its list names what.
            () if verb == end => Some(who..end),
            // "We do not sell your data" is a statement of its own.
            () if opened => (verbs > verb && self.is_idle(verbs)).then_some(who..verbs),
            () => self.ends_in_colon.then_some(who..end),
        }
    }

    /// "What we collect": what leads a list in so says "we collect" of its items; "what we do" says "we".
    fn statement(&self) -> Option<Range<usize>> {
        let end = self.words.len();
        let who = (1..end).find(|place| self.is(*place, &[Class::WE]))?;
        let between = [Class::ADVERB, Class::MODAL];
        let passed = (who + 1..end).take_while(|place| self.is(*place, &between));
        let verb = who + 1 + passed.count();
        let verbs = verb + (verb..end).take_while(|place| self.is_verb(*place)).count();
        let said = match () {
            () if verbs > verb => who..verbs,
            () if self.is(verb - 1, &[Class::AUXILIARY]) => who..who + 1,
            () => return None,
        };
        ((self.opens)(who - 1) && self.is_idle(verbs)).then_some(said)
    }

    /// Where the words begin for who does not do it: "we", "Acme", "the app".
    fn who(&self, before: Range<usize>) -> Option<usize> {
        let opening = [
            Class::DATA,
            Class::OF,
            Class::DETERMINER,
            Class::RELATIVE,
            Class::MODAL,
        ];
        let opens = |place: usize| (self.opens)(place) || self.is(place, &opening);
        if let Some(we) = before
            .clone()
            .rev()
            .find(|place| self.is(*place, &[Class::WE]))
        {
            return (before.start..we).all(opens).then_some(we);
        }
        let other = [
            Class::YOU,
            Class::OTHERS,
            Class::DATA,
            Class::DOCUMENT,
            Class::SUBORDINATE,
            Class::RELATIVE,
        ];
        let name = before.start + 1..before.end - 1;
        let named =
            (1..=NAME).contains(&name.len()) && name.clone().all(|place| !self.is(place, &other));
        (named && (self.opens)(before.start)).then_some(name.start)
    }

    /// Whether nothing of weight follows: "with your data", "about you".
    fn is_idle(&self, from: usize) -> bool {
        let idle = [
            Class::OF,
            Class::DETERMINER,
            Class::DATA,
            Class::YOU,
            Class::ADVERB,
        ];
        (from..self.words.len()).all(|place| self.is(place, &idle))
    }

    /// Whether a word is a verb in its plain form, or joins two.
    fn is_verb(&self, place: usize) -> bool {
        let verb = self.is(place, &[Class::PRACTICE]) && !self.is(place, &[Class::PARTICIPLE]);
        verb || self.is(place, &[Class::JOIN])
    }

    fn is(&self, place: usize, classes: &[Class]) -> bool {
        let word = self.words.get(place);
        word.is_some_and(|word| classes.iter().any(|class| word.is(*class)))
    }
}

/// Leaves some of the words of a reading.
fn keep(reading: &mut Reading, range: &Range<usize>) {
    let gap = reading.words.first().map_or(Gap::Space, |word| word.gap);
    reading.tokens.truncate(range.end);
    reading.words.truncate(range.end);
    reading.tokens.drain(..range.start);
    reading.words.drain(..range.start);
    if let Some(first) = reading.words.first_mut() {
        first.gap = gap;
    }
    let moved = u32::try_from(range.start).unwrap_or(u32::MAX);
    let held = |found: &Match| {
        range.contains(&(found.first as usize)) && range.contains(&(found.last as usize))
    };
    for found in [&mut reading.phrases, &mut reading.atoms] {
        found.retain(held);
        for found in found.iter_mut() {
            found.first = found.first.saturating_sub(moved);
            found.last = found.last.saturating_sub(moved);
        }
    }
}
