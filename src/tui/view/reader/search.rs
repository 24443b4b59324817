//! Searching the text: case does not matter, nor which quotes, dashes or white space stand there.

use crate::model::TextRange;
use crate::tui::prompt::Prompt;
use crate::tui::search::pattern;
use crate::tui::text::Part;
use regex::Regex;

/// What is searched for, and where it was found.
#[derive(Debug, Default)]
pub(super) struct Search {
    /// The line that is being typed, and the place in the text where typing began.
    pub(super) typing: Option<(Prompt, u32)>,
    query: String,
    hits: Vec<TextRange>,
    current: Option<usize>,
}

impl Search {
    /// Searches the parts of a text.
    pub(super) fn find(&mut self, query: &str, text: &str, parts: &[Part]) {
        query.clone_into(&mut self.query);
        self.current = None;
        self.hits = pattern(query).map_or_else(Vec::new, |pattern| hits(&pattern, text, parts));
    }

    /// Searches anew for the same after the parts have changed.
    pub(super) fn again(&mut self, text: &str, parts: &[Part]) {
        let at = self.current_hit();
        let query = std::mem::take(&mut self.query);
        self.find(&query, text, parts);
        self.current = at.and_then(|at| self.hits.iter().position(|hit| *hit == at));
    }

    /// Forgets what was searched for.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    pub(super) fn query(&self) -> &str {
        &self.query
    }

    pub(super) fn hits(&self) -> &[TextRange] {
        &self.hits
    }

    pub(super) fn current_hit(&self) -> Option<TextRange> {
        self.hits.get(self.current?).copied()
    }

    /// `3/17`, or `no hit`; nothing when nothing is searched for.
    pub(super) fn count(&self) -> Option<String> {
        if self.query.is_empty() {
            return None;
        }
        Some(match (self.current, self.hits.len()) {
            (_, 0) => "no hit".to_owned(),
            (Some(at), all) => format!("{}/{all}", at + 1),
            (None, 1) => "1 hit".to_owned(),
            (None, all) => format!("{all} hits"),
        })
    }

    /// Goes to the first hit at or after a place, or round to the first of all.
    pub(super) fn from(&mut self, at: u32) -> Option<TextRange> {
        let next = self.hits.partition_point(|hit| hit.start < at);
        self.go(next % self.hits.len().max(1))
    }

    /// Goes to the next hit, or the one before, seen from the stop under the cursor. Gives the hit
    /// and whether the search went round the end.
    pub(super) fn step(&mut self, stop: TextRange, forward: bool) -> Option<(TextRange, bool)> {
        let all = self.hits.len();
        let here = self.current_hit().filter(|hit| hit.overlaps(stop));
        let (next, round) = match (here.and(self.current), forward) {
            (Some(at), true) => ((at + 1) % all.max(1), at + 1 >= all),
            (Some(at), false) => (at.checked_sub(1).unwrap_or(all - 1), at == 0),
            (None, true) => {
                let next = self.hits.partition_point(|hit| hit.start < stop.start);
                (next % all.max(1), next >= all)
            }
            (None, false) => {
                let before = self.hits.partition_point(|hit| hit.start < stop.start);
                (before.checked_sub(1).unwrap_or(all.max(1) - 1), before == 0)
            }
        };
        Some((self.go(next)?, round))
    }

    fn go(&mut self, hit: usize) -> Option<TextRange> {
        self.current = (hit < self.hits.len()).then_some(hit);
        self.current_hit()
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

    #[test]
    fn stepping_goes_round() {
        let text = "a b a b a";
        let mut search = Search::default();
        let whole = Part::Text {
            block: 0,
            text: TextRange::new(0, text.len()),
        };
        search.find("a", text, &[whole]);
        assert_eq!(search.from(1).map(|hit| hit.start), Some(4));
        assert_eq!(search.count().as_deref(), Some("2/3"));
        let stop = TextRange::new(0, text.len());
        assert_eq!(
            search.step(stop, true).map(|s| (s.0.start, s.1)),
            Some((8, false))
        );
        assert_eq!(
            search.step(stop, true).map(|s| (s.0.start, s.1)),
            Some((0, true))
        );
        assert_eq!(
            search.step(stop, false).map(|s| (s.0.start, s.1)),
            Some((8, true))
        );
        search.find("z", text, &[whole]);
        assert_eq!(search.step(stop, true), None);
        assert_eq!(search.step(stop, false), None);
        assert_eq!(search.count().as_deref(), Some("no hit"));
    }
}
