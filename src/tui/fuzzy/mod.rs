//! Fuzzy matching of what was typed with names. The one place that knows which crate does it.

mod texts;
mod word;

pub use texts::Texts;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use std::cmp::Reverse;

/// Scores that lie closer together than this are sorted by counting.
const CLOSE: usize = 4096;

/// How well a text matches, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hit {
    /// Higher is better; comparable between texts for one query.
    pub score: i64,
    /// The bytes at which the matched characters begin, in order.
    pub at: Vec<usize>,
}

/// A matcher. Upper case in the query is taken literally, lower case matches both.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fuzzy;

/// A matcher of the crate for one question: one that was used before lets what it was asked then leak
/// into what it tells of letters that stand twice in a row.
fn matcher() -> SkimMatcherV2 {
    SkimMatcherV2::default()
}

impl Fuzzy {
    /// A matcher.
    pub fn new() -> Self {
        Self
    }

    /// How well the text matches. Every word of the query must match somewhere, in any order; no
    /// word matches everything.
    pub fn score(&self, query: &str, text: &str) -> Option<Hit> {
        let mut hit = Hit::default();
        let mut characters: Vec<usize> = Vec::new();
        for word in query.split_whitespace() {
            let (score, at) = matcher().fuzzy_indices(text, word)?;
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

/// Brings what [`Texts::ranked`] found into the order of the screen: the best first, what is as good in
/// the order in which it was asked about.
pub fn sort<T: Copy>(found: &mut [(T, i64)]) {
    let scores = found.iter().map(|(_, score)| *score);
    let (Some(least), Some(most)) = (scores.clone().min(), scores.clone().max()) else {
        return;
    };
    let range = usize::try_from(most.saturating_sub(least)).unwrap_or(usize::MAX);
    if range >= CLOSE {
        found.sort_by_key(|(_, score)| Reverse(*score));
        return;
    }
    let behind = |score: i64| usize::try_from(most - score).unwrap_or(0);
    // For each score where the next that has it belongs.
    let mut next = vec![0; range + 2];
    for score in scores {
        next[behind(score) + 1] += 1;
    }
    for at in 1..next.len() {
        next[at] += next[at - 1];
    }
    let before = found.to_vec();
    for one in before {
        let place = &mut next[behind(one.1)];
        found[*place] = one;
        *place += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What the crate tells of each text as a whole.
    fn told(query: &str, texts: &[String]) -> Vec<(usize, i64)> {
        let told = |(at, text): (usize, &String)| Some((at, matcher().fuzzy_match(text, query)?));
        texts.iter().enumerate().filter_map(told).collect()
    }

    fn ranked(query: &str, texts: &[String]) -> Vec<(usize, i64)> {
        Texts::new(texts.to_vec()).ranked(query)
    }

    proptest! {
        #[test]
        fn a_rank_is_what_the_crate_tells_of_names(
            texts in proptest::collection::vec("([abp.A /é\u{2019}-]{0,9}|privacy|Privacy)( |/|-|a)?([Pp]rivacy|[Aa]p|[Aa]b[aA]?)?( [pP]olicy)?", 1..40),
            query in "[ab.Apé/]{1,4}|privacy|Privacy|ab|poli|a/b|ppp|policypolicy",
        ) {
            prop_assert_eq!(ranked(&query, &texts), told(&query, &texts));
        }

        #[test]
        fn a_rank_is_what_the_crate_tells_of_any_text(
            texts in proptest::collection::vec("([abcAB1./é\u{0}(]|[\u{1}-\u{2ff}]| {20}){0,30}", 1..12),
            query in "[abcAB1./éÉ(]{1,9}",
        ) {
            prop_assert_eq!(ranked(&query, &texts), told(&query, &texts));
        }

        #[test]
        fn what_was_asked_before_changes_nothing(
            texts in proptest::collection::vec("[abA ]{0,9}", 1..20),
            queries in proptest::collection::vec("[abA ]{0,5}", 1..30),
        ) {
            let mut asked = Texts::new(texts.clone());
            for query in queries {
                prop_assert_eq!(asked.ranked(&query), ranked(&query, &texts));
            }
        }

        #[test]
        fn the_best_stand_first_and_equals_as_they_were(scores in proptest::collection::vec(
            prop_oneof![-50..50i64, -50_000..50_000i64], 0..60,
        )) {
            let mut found: Vec<(usize, i64)> = scores.into_iter().enumerate().collect();
            let mut sorted = found.clone();
            sorted.sort_by_key(|(at, score)| (Reverse(*score), *at));
            sort(&mut found);
            prop_assert_eq!(found, sorted);
        }
    }

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
            let score = Fuzzy::new().score(query, text).map(|hit| (0, hit.score));
            let ranked = ranked(query, &[text.to_owned()]);
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
