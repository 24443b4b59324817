//! The words of one clause, so that the same clause can be found in any policy: blind to form, as
//! alignment is.

use super::keys;
use super::tokens::{self, letters};
use crate::model::{ClauseId, ClauseKind, Policy};

/// The words of a clause, whatever their case, quotes, spaces or links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseWords {
    letters: Vec<u8>,
    /// A hash of the last letters, where there are enough: nearly all other clauses differ in it.
    tail: Option<u64>,
}

impl ClauseWords {
    /// The words of a text.
    pub fn of(text: &str) -> Self {
        Self::read(text, false)
    }

    /// The words of a clause.
    pub fn of_clause(policy: &Policy, id: ClauseId) -> Self {
        let clause = policy.clauses.get(id.index());
        let heading = clause.is_some_and(|clause| clause.kind == ClauseKind::Heading);
        Self::read(policy.clause_text(id), heading)
    }

    fn read(text: &str, heading: bool) -> Self {
        let mut read = Vec::new();
        tokens::read(text, 0, heading, &mut read);
        let mut letters = Vec::new();
        letters::letters(text, &read, &mut letters);
        Self {
            letters,
            tail: keys::tail(text),
        }
    }

    /// Whether there is no word at all.
    pub fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    /// The clauses of a policy with these words, in order.
    pub fn places_in<'a>(&'a self, policy: &'a Policy) -> impl Iterator<Item = ClauseId> + 'a {
        let ids = (0..policy.clauses.len()).map(ClauseId::new);
        ids.filter(|&id| {
            keys::tail(policy.clause_text(id)) == self.tail
                && Self::of_clause(policy, id).letters == self.letters
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::policy;
    use super::*;

    #[test]
    fn the_same_words_are_found_in_any_form() {
        let words = ClauseWords::of("We don’t sell your e-mail address to third parties.");
        let found = policy(
            "We collect data.\n\nWe DO NOT sell your **email** address to <third  parties|/x>.\n\nWe do not sell.",
        );
        let places: Vec<_> = words.places_in(&found).collect();
        assert_eq!(places, [ClauseId(1)]);
    }

    #[test]
    fn other_figures_are_other_words() {
        let words = ClauseWords::of("We keep your personal data for 12 months after you leave.");
        let found = policy("We keep your personal data for 18 months after you leave.");
        assert_eq!(words.places_in(&found).count(), 0);
    }
}
