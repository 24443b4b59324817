//! Fuzzy matching of what was typed with names. The one place that knows which crate does it.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use memchr::memmem::{self, Finder};
use memchr::{memchr2, memrchr2};
use rayon::prelude::*;
use std::cmp::Reverse;
use xxhash_rust::xxh3::xxh3_64;

/// So many texts are matched before work is shared out again.
const AT_ONCE: usize = 8192;

/// How many scores are remembered for each word: most texts of a library end alike, in the title of
/// their policies, so that the same stretch is asked about again and again.
const REMEMBERED: usize = 1024;

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

    /// Those of many things whose texts match, and how well, without where: for long lists, of which
    /// few are shown. Of many texts all cores are asked.
    pub fn ranked<'t, T: Copy + Send + Sync>(
        &self,
        query: &str,
        among: &[T],
        text: impl Fn(T) -> &'t str + Sync,
    ) -> Vec<(T, i64)> {
        let some = |some: &[T]| {
            let mut words: Vec<Word<'_, 't>> = query.split_whitespace().map(Word::new).collect();
            let rank = |&what: &T| {
                let text = text(what);
                let scores = words.iter_mut().map(|word| word.score(text));
                Some((what, scores.sum::<Option<i64>>()?))
            };
            some.iter().filter_map(rank).collect::<Vec<_>>()
        };
        if among.len() <= AT_ONCE {
            return some(among);
        }
        among.par_chunks(AT_ONCE).flat_map_iter(some).collect()
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

/// Brings what [`Fuzzy::ranked`] found into the order of the screen: the best first, what is as good in
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

/// A word of a query, asked about in many texts.
struct Word<'q, 't> {
    word: &'q str,
    /// The bytes of its characters in both cases; none when a byte is no character, so that texts are
    /// asked about as a whole.
    letters: Option<Vec<[u8; 2]>>,
    /// Where the word stands as it is typed, behind a space.
    behind_space: Finder<'static>,
    /// The same, begun with a capital letter; none where no other stands higher for certain.
    capital: Option<Finder<'static>>,
    /// What was asked about last, at the place that its hash gives it.
    known: Vec<(&'t str, i64)>,
}

impl<'q, 't> Word<'q, 't> {
    fn new(word: &'q str) -> Self {
        let is_exact = word.bytes().any(|byte| byte.is_ascii_uppercase());
        let both = |byte: u8| match is_exact {
            true => [byte, byte],
            false => [byte, byte.to_ascii_uppercase()],
        };
        let plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let mut behind_space = format!(" {word}").into_bytes();
        let finder = Finder::new(&behind_space).into_owned();
        if let Some(first) = behind_space.get_mut(1) {
            first.make_ascii_uppercase();
        }
        let capital = plain && !is_exact && word.len() > 1;
        Self {
            word,
            behind_space: finder,
            capital: capital.then(|| Finder::new(&behind_space).into_owned()),
            letters: word.is_ascii().then(|| word.bytes().map(both).collect()),
            known: vec![("", 0); REMEMBERED],
        }
    }

    /// How well the word matches a text.
    fn score(&mut self, text: &'t str) -> Option<i64> {
        let Some(letters) = &self.letters else {
            return matcher().fuzzy_match(text, self.word);
        };
        let stretch = stretch(text, letters)?;
        let stretch = self.best(text, stretch).unwrap_or(stretch);
        #[allow(clippy::cast_possible_truncation, reason = "any place will do")]
        let place = xxh3_64(stretch.as_bytes()) as usize % REMEMBERED;
        let (known, score) = self.known.get_mut(place)?;
        if *known != stretch {
            *score = matcher().fuzzy_match(stretch, self.word)?;
            *known = stretch;
        }
        Some(*score)
    }

    /// Where the word stands as well as it can, if it does: at the start of the text; else, where no
    /// start can count, as a whole behind a space. A letter is worth 16, at most 8 more as the first of a
    /// word or next to such a one, twice that at the start, and 2 less in the other case; a gap takes
    /// 4 away, and other signs begin a word for 7.
    fn best(&self, text: &'t str, stretch: &'t str) -> Option<&'t str> {
        let length = self.word.len();
        if text.starts_with(self.word) {
            return text.get(..length);
        }
        let letters = self.letters.as_ref()?;
        let first = *text.as_bytes().first()?;
        if letters.first()?.contains(&first) {
            return None;
        }
        let from = stretch.as_bytes();
        let whole = self.behind_space.find(from).or_else(|| {
            let at = self.capital.as_ref()?.find(from)?;
            let lower = memmem::find(from, self.word.as_bytes());
            lower.is_none().then_some(at)
        })?;
        stretch.get(whole..=whole + length)
    }
}

/// The part of a text that the score of a word rests on, if the word matches: from the character
/// before the first that can match to the last that can. Nothing before or behind counts; the one
/// character tells whether another begins a word.
fn stretch<'t>(text: &'t str, letters: &[[u8; 2]]) -> Option<&'t str> {
    let bytes = text.as_bytes();
    let mut rest = 0;
    let mut first = None;
    for &[lower, upper] in letters {
        let at = rest + memchr2(lower, upper, bytes.get(rest..)?)?;
        first = first.or(Some(at));
        rest = at + 1;
    }
    let &[lower, upper] = letters.last()?;
    let end = memrchr2(lower, upper, bytes)? + 1;
    let before = text.get(..first?)?.char_indices().next_back();
    text.get(before.map_or(0, |(at, _)| at)..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_rank_is_what_the_matcher_tells_of_the_whole(
            texts in proptest::collection::vec("([abp.A /é\u{2019}-]{0,9}|privacy|Privacy)( |/|-|a)?([Pp]rivacy|[Aa]p|[Aa]b[aA]?)?( [pP]olicy)?", 1..40),
            query in "[ab.Apé/]{1,4}|privacy|Privacy|ab|poli|a/b",
        ) {
            let all: Vec<usize> = (0..texts.len()).collect();
            let whole = |&at: &usize| Some((at, matcher().fuzzy_match(&texts[at], &query)?));
            let whole: Vec<_> = all.iter().filter_map(whole).collect();
            prop_assert_eq!(Fuzzy::new().ranked(&query, &all, |at| &texts[at]), whole);
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
            let fuzzy = Fuzzy::new();
            let score = fuzzy.score(query, text).map(|hit| ((), hit.score));
            let ranked = fuzzy.ranked(query, &[()], |()| text);
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
