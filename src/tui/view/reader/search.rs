//! Searching the text: case does not matter, nor which quotes, dashes or white space stand there.

use crate::model::TextRange;
use crate::tui::prompt::Prompt;
use crate::tui::search::{End, Found, pattern};
use crate::tui::text::Part;
use regex::Regex;

/// What is searched for, and where it was found.
#[derive(Debug, Default)]
pub(super) struct Search {
    /// The line that is being typed, and the place in the text where typing began.
    pub(super) typing: Option<(Prompt, u32)>,
    pub(super) found: Found<TextRange>,
}

impl Search {
    /// Searches the parts of a text.
    pub(super) fn find(&mut self, query: &str, text: &str, parts: &[Part]) {
        let hits = pattern(query).map_or_else(Vec::new, |pattern| hits(&pattern, text, parts));
        self.found = Found::new(query, hits);
    }

    /// Searches anew for the same after the parts have changed.
    pub(super) fn again(&mut self, text: &str, parts: &[Part]) {
        let before = std::mem::take(&mut self.found);
        self.find(before.query(), text, parts);
        if let Some(at) = before.current()
            && let Ok(hit) = self.found.hits().binary_search(at)
        {
            self.found.go(hit);
        }
    }

    /// Goes to the first hit at or after a place, or round to the first of all.
    pub(super) fn from(&mut self, at: u32) -> Option<TextRange> {
        self.found.first_from(|hit| hit.start < at).copied()
    }

    /// Goes to the next hit, or the one before, seen from the stop under the cursor.
    pub(super) fn step(
        &mut self,
        stop: TextRange,
        forward: bool,
    ) -> Option<(TextRange, Option<End>)> {
        let current = self.found.current();
        if current.is_none_or(|hit| !hit.overlaps(stop)) {
            self.found.let_go();
        }
        let (hit, end) = self.found.step(forward, |hit| hit.start < stop.start)?;
        Some((*hit, end))
    }
}

/// The hits that lie in the parts.
fn hits(pattern: &Regex, text: &str, parts: &[Part]) -> Vec<TextRange> {
    let mut shown = parts.iter().filter_map(|part| match part {
        Part::Text { text, .. } => Some(*text),
        Part::Fold { .. } => None,
    });
    let mut part = shown.next();
    pattern
        .find_iter(text)
        .map(|hit| TextRange::new(hit.start(), hit.end()))
        .filter(|hit| {
            while part.is_some_and(|part| part.end <= hit.start) {
                part = shown.next();
            }
            part.is_some_and(|part| part.overlaps(*hit))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(query: &str, text: &str) -> Vec<String> {
        let whole = Part::Text {
            block: 0,
            text: TextRange::new(0, text.len()),
        };
        let mut search = Search::default();
        search.find(query, text, &[whole]);
        search
            .found
            .hits()
            .iter()
            .map(|hit| hit.of(text).to_owned())
            .collect()
    }

    #[test]
    fn case_quotes_and_spaces_do_not_matter() {
        assert_eq!(found("COOKIE", "Cookies, cookie"), ["Cookie", "cookie"]);
        assert_eq!(found("user's", "user’s"), ["user’s"]);
        assert_eq!(found("third party", "third\nparty"), ["third\nparty"]);
        assert_eq!(found("a.c", "abc a.c"), ["a.c"]);
        assert_eq!(found("É", "é"), ["é"]);
        assert_eq!(found("", "abc"), Vec::<String>::new());
    }
}
