//! What an asker works with, kept from one policy to the next, so that none needs memory of its own.

use super::before::{Before, Kept};
use super::sentence::Scanner;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// So many buffers for the headings of a policy, and for the sentences of a paragraph, are kept.
const BUFFERS: usize = 64;

/// Whatever an asker fills anew for each policy, each paragraph, or each sentence.
#[derive(Debug, Default)]
pub(super) struct Tools {
    pub(super) scanner: Scanner,
    /// The headings of the policy, by section.
    pub(super) headings: Kept,
    /// The sentences of the paragraph before the one that is read.
    pub(super) before: Before,
    pub(super) tried: Tried,
}

/// Tools that are not in use, for the next policy on whatever thread.
#[derive(Debug, Default)]
pub(super) struct Toolbox(Mutex<Vec<Tools>>);

impl Toolbox {
    pub(super) fn take(&self) -> Tools {
        self.opened().pop().unwrap_or_default()
    }

    pub(super) fn put(&self, mut tools: Tools) {
        tools.headings.shrink(BUFFERS);
        tools.before.shrink(BUFFERS);
        self.opened().push(tools);
    }

    fn opened(&self) -> MutexGuard<'_, Vec<Tools>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tools belong to the questions they were used for, so a copy begins with none.
impl Clone for Toolbox {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// Which rules the sentence at hand was tried on, told by numbers of sentences, so that nothing has to be
/// cleared from one to the next.
#[derive(Debug, Default)]
pub(super) struct Tried {
    /// By rule: the number of the sentence it was last tried on.
    last: Vec<u32>,
    sentence: u32,
}

impl Tried {
    /// Turns to the next sentence; there are so many rules.
    pub(super) fn start_sentence(&mut self, rules: usize) {
        self.sentence = self.sentence.wrapping_add(1);
        if self.sentence == 0 {
            // Numbers begin anew, and no rule may have one that comes again.
            self.last.fill(0);
            self.sentence = 1;
        }
        self.last.resize(rules, 0);
    }

    /// Whether a rule was not tried on the sentence yet; it is now.
    #[inline]
    pub(super) fn is_new(&mut self, rule: usize) -> bool {
        let last = self.last.get_mut(rule);
        last.is_some_and(|last| std::mem::replace(last, self.sentence) != self.sentence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_tried_once_a_sentence() {
        let mut tried = Tried::default();
        for sentence in [0, 7, u32::MAX] {
            tried.sentence = sentence;
            tried.start_sentence(2);
            assert!(tried.is_new(1) && !tried.is_new(1) && tried.is_new(0));
            assert!(!tried.is_new(2), "there is no such rule");
        }
    }
}
