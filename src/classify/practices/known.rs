//! Words that were looked up, kept for when they come again.

use super::super::phrases::Token;
use super::super::stance;
use super::super::words::Word;
use super::Practices;
use super::matcher::Scan;

/// Words that were looked up already. Most words of a policy occur again and again.
pub(super) struct Known(Vec<Option<(u64, Token, stance::Word)>>);

impl Known {
    /// Room for so many words; one that falls on the place of another is looked up anew.
    const PLACES: usize = 2048;

    pub(super) fn new() -> Self {
        Self(vec![None; Self::PLACES])
    }

    /// Adds a word to a scan.
    pub(super) fn push(
        &mut self,
        practices: &Practices,
        scan: &mut Scan,
        word: &Word<'_>,
        offset: u32,
    ) {
        let number = word.head.first().is_some_and(u8::is_ascii_digit);
        let place = usize::try_from(word.hash >> 32).unwrap_or(0) % Self::PLACES;
        let Some(slot) = self.0.get_mut(place) else {
            return;
        };
        let (mut token, mut read) = match slot {
            Some((hash, token, read)) if *hash == word.hash => (*token, *read),
            _ => {
                let (token, classes) = practices.phrases.token(word, offset);
                let read = stance::Word::new(word, classes);
                *slot = Some((word.hash, token, read));
                (token, read)
            }
        };
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        token.start = offset.saturating_add(clamp(word.start));
        token.end = offset.saturating_add(clamp(word.end));
        token.gap = word.gap;
        read.gap = word.gap;
        read.capital = word.capital;
        scan.push(read, token, number);
    }
}
