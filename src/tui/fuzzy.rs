//! Fuzzy matching of what was typed with names. The one place that knows which crate does it.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use rayon::prelude::*;
use std::fmt;

/// So many texts are matched before work is shared out again: a matcher keeps room for its work.
const AT_ONCE: usize = 4096;

/// How well a text matches, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hit {
    /// Higher is better; comparable between texts for one query.
    pub score: i64,
    /// The bytes at which the matched characters begin, in order.
    pub at: Vec<usize>,
}

/// A matcher. Upper case in the query is taken literally, lower case matches both.
#[derive(Default)]
pub struct Fuzzy {
    matcher: SkimMatcherV2,
}

impl fmt::Debug for Fuzzy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fuzzy")
    }
}

impl Fuzzy {
    /// A matcher.
    pub fn new() -> Self {
        Self::default()
    }

    /// Those of many texts that match, and how well, as [`score`](Self::score) tells it, without
    /// where: for long lists, of which few are shown. All cores are asked.
    pub fn ranked<'t, T: Send>(
        &self,
        query: &str,
        texts: impl IndexedParallelIterator<Item = (T, &'t str)>,
    ) -> Vec<(T, i64)> {
        let words: Vec<&str> = query.split_whitespace().collect();
        let rank = |matcher: &mut SkimMatcherV2, (what, text): (T, &str)| {
            let scores = words.iter().map(|word| matcher.fuzzy_match(text, word));
            Some((what, scores.sum::<Option<i64>>()?))
        };
        let ranked = texts
            .with_min_len(AT_ONCE)
            .map_init(SkimMatcherV2::default, rank);
        ranked.flatten_iter().collect()
    }

    /// How well the text matches. Every word of the query must match somewhere, in any order; no
    /// word matches everything.
    pub fn score(&self, query: &str, text: &str) -> Option<Hit> {
        let mut hit = Hit::default();
        let mut characters: Vec<usize> = Vec::new();
        for word in query.split_whitespace() {
            let (score, at) = self.matcher.fuzzy_indices(text, word)?;
            hit.score += score;
            characters.extend(at);
        }
        characters.sort_unstable();
        characters.dedup();
        let mut wanted = characters.into_iter().peekable();
        for (number, (byte, _)) in text.char_indices().enumerate() {
            if wanted.next_if_eq(&number).is_some() {
                hit.at.push(byte);
            }
        }
        Some(hit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(query: &str, text: &str) -> Option<String> {
        let hit = Fuzzy::new().score(query, text)?;
        Some(
            hit.at
                .iter()
                .filter_map(|&at| text[at..].chars().next())
                .collect(),
        )
    }

    #[test]
    fn words_match_in_any_order() {
        assert_eq!(found("rock", "mp3rocket.me").as_deref(), Some("rock"));
        assert_eq!(found("me mp3", "mp3rocket.me").as_deref(), Some("mp3me"));
        assert_eq!(
            found("lgl", "Légal lág lage"),
            found("lgl", "Légal lág lage")
        );
        assert_eq!(found("xyz", "mp3rocket.me"), None);
        assert_eq!(found("rock xyz", "mp3rocket.me"), None);
        assert_eq!(found("", "mp3rocket.me").as_deref(), Some(""));
    }

    #[test]
    fn a_rank_is_the_score() {
        for (query, text) in [
            ("rock", "mp3rocket.me"),
            ("me mp3", "mp3rocket.me"),
            ("x", "abc"),
            ("", "a"),
        ] {
            let fuzzy = Fuzzy::new();
            let score = fuzzy.score(query, text).map(|hit| ((), hit.score));
            let ranked = fuzzy.ranked(query, [((), text)].into_par_iter());
            assert_eq!(ranked, Vec::from_iter(score), "{query} {text}");
        }
    }

    #[test]
    fn places_are_bytes() {
        let hit = Fuzzy::new().score("vpn", "Café – VPN");
        assert_eq!(hit.map(|hit| hit.at), Some(vec![10, 11, 12]));
    }

    #[test]
    fn a_closer_match_scores_higher() {
        let score = |text| Fuzzy::new().score("rocket", text).map(|hit| hit.score);
        assert!(score("rocketv.org") > score("r-o-c-k-e-t"));
    }
}
