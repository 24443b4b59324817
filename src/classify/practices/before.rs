//! What stands before the sentence that is being read: what it goes on from, and the sentences of its
//! paragraph.

use super::super::grammar::Class;
use super::super::heading_lead;
use super::super::lead::has_verb;
pub(super) use super::super::lead::stands_alone;
use super::super::stance::Word;
use super::super::words::Gap;
use super::matcher::Scan;
use crate::model::{Block, ClauseId, ClauseKind, Policy};

/// The clause that one may go on from: for the first sentence of a list item what leads the list in, or
/// the heading that may deny it;
/// for one that begins in small letters the one before, if that was broken off.
pub(super) fn lead_in(
    policy: &Policy,
    block: &Block,
    id: ClauseId,
    last: Option<ClauseId>,
) -> Option<ClauseId> {
    if block.clause_ids().next() != Some(id) {
        return None;
    }
    let clause = policy.clauses.get(id.index())?;
    if clause.kind == ClauseKind::Item {
        return clause
            .lead_in
            .or_else(|| heading_lead::above(policy, block));
    }
    if clause.lead_in.is_some() {
        return clause.lead_in;
    }
    let begins_small = |text: &str| text.starts_with(|first: char| first.is_lowercase());
    let broken_off = |id: &ClauseId| {
        let clause = policy.clauses.get(id.index());
        clause.is_some_and(|clause| clause.kind == ClauseKind::Sentence)
            && policy.clause_text(*id).ends_with(char::is_alphanumeric)
    };
    last.filter(|last| {
        clause.kind == ClauseKind::Sentence
            && begins_small(policy.clause_text(id))
            && broken_off(last)
    })
}

/// Whether words only name their matter and state nothing, as most headings do: no subject with its
/// verb stands in them, and no figure but their own number.
pub(super) fn only_names(words: &[Word]) -> bool {
    let numbers = words
        .iter()
        .take_while(|word| word.is(Class::NUMBER))
        .count();
    let named = words.get(numbers..).unwrap_or(&[]);
    !has_verb(named, 0) && !named.iter().any(|word| word.is(Class::NUMBER))
}

/// Longer ones are no heads of paragraphs ("Pixel tags.").
const HEAD: usize = 6;

/// Whether a sentence of a paragraph is a heading that stands in its line.
pub(super) fn heads(words: &[Word]) -> bool {
    words.len() <= HEAD && only_names(words)
}

/// Whether words may be an entry of contents, however long it is: nobody speaks or is spoken to, no
/// verb stands in them but in a relative clause, and no figure ("Data that may be shared with partners").
/// With the words comes all that any of them may be.
pub(super) fn lists((words, classes): (&[Word], Class)) -> bool {
    let says = [Class::WE, Class::YOU, Class::NUMBER, Class::PLEASE];
    if says.iter().any(|class| classes.has(*class)) {
        return false;
    }
    let verb = |place: usize, word: &Word| {
        let before = place.checked_sub(1).and_then(|place| words.get(place));
        let after = |classes: &[Class]| {
            before.is_some_and(|before| classes.iter().any(|class| before.is(*class)))
        };
        // "Sharing with partners": the last word of a part is a noun.
        let goes_on = |place: usize| {
            let next = words.get(place + 1);
            next.is_some_and(|next| next.gap == Gap::Space)
        };
        let modal = word.is(Class::MODAL);
        let practice = word.is(Class::PRACTICE) && !word.is(Class::PARTICIPLE) && !word.capital;
        let noun = [Class::TO, Class::OF, Class::DETERMINER, Class::JOIN];
        (modal && !after(&[Class::RELATIVE, Class::MAY, Class::AUXILIARY]))
            || (practice && place > 0 && goes_on(place) && !after(&noun))
    };
    let mut words_of = words.iter().enumerate();
    !words_of.any(|(place, word)| verb(place, word))
}

/// Sentences that are kept, and buffers for further ones.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// Scans past `count` are buffers.
    scans: Vec<Scan>,
    count: usize,
}

impl Kept {
    /// Makes buffers of all.
    pub(super) fn clear(&mut self) {
        self.count = 0;
    }

    /// Takes the next sentence over; leaves a buffer in its place.
    pub(super) fn push(&mut self, sentence: &mut Scan) {
        self.put(self.count, sentence);
    }

    /// Takes a sentence over for another that is kept, or as the next.
    fn put(&mut self, place: usize, sentence: &mut Scan) {
        if place == self.scans.len() {
            self.scans.push(Scan::default());
        }
        if let Some(slot) = self.scans.get_mut(place) {
            sentence.keep(slot);
            self.count = self.count.max(place + 1);
        }
    }

    pub(super) fn sentences(&self) -> &[Scan] {
        self.scans.get(..self.count).unwrap_or(&[])
    }

    /// Gives back the buffers past so many.
    pub(super) fn shrink(&mut self, buffers: usize) {
        self.clear();
        self.scans.truncate(buffers);
    }
}

/// So many sentences of a paragraph are kept, the nearest. A scan takes some 2 KB, and a document may
/// be one paragraph from end to end; those that people write have fewer sentences.
const KEPT: usize = 256;

/// The nearest sentences before one, in no order.
#[derive(Debug, Default)]
pub(super) struct Before {
    kept: Kept,
    /// How many sentences of the paragraph were read.
    read: usize,
}

impl Before {
    /// Turns to another paragraph.
    pub(super) fn clear(&mut self) {
        self.read = 0;
        self.kept.clear();
    }

    /// Takes the next sentence over; leaves a buffer in its place.
    pub(super) fn push(&mut self, sentence: &mut Scan) {
        self.kept.put(self.read % KEPT, sentence);
        self.read += 1;
    }

    pub(super) fn sentences(&self) -> &[Scan] {
        self.kept.sentences()
    }

    /// Gives back the buffers past so many.
    pub(super) fn shrink(&mut self, buffers: usize) {
        self.kept.shrink(buffers);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(before: &Before) -> Vec<usize> {
        let mut numbers: Vec<_> = before.sentences().iter().map(|scan| scan.own).collect();
        numbers.sort_unstable();
        numbers
    }

    #[test]
    fn the_nearest_are_kept_and_no_more() {
        let mut before = Before::default();
        for own in 0..KEPT + 10 {
            let mut scan = Scan::default();
            scan.own = own;
            before.push(&mut scan);
        }
        assert!(numbers(&before).into_iter().eq(10..KEPT + 10));
        before.clear();
        assert_eq!(numbers(&before), [0; 0]);
        before.push(&mut Scan::default());
        assert_eq!(numbers(&before), [0]);
    }
}
