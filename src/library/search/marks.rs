//! Where the words that were looked for stand in a text.

use super::query::Wish;
use super::words::each_word;
use crate::model::TextRange;
use std::ops::Range;

/// The words of the text that the wish asks for, in order, neighbours of one phrase joined.
pub(super) fn marks(wish: &Wish, text: &str) -> Vec<TextRange> {
    let mut words: Vec<(String, Range<usize>)> = Vec::new();
    each_word(text, |word, range| words.push((word.to_owned(), range)));
    let mut found: Vec<Range<usize>> = Vec::new();
    collect(wish, &words, &mut found);
    found.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in found {
        match joined.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    let place = |range: Range<usize>| TextRange::new(range.start, range.end);
    joined.into_iter().map(place).collect()
}

fn collect(wish: &Wish, words: &[(String, Range<usize>)], found: &mut Vec<Range<usize>>) {
    match wish {
        Wish::Words {
            words: wanted,
            begun,
        } => {
            for window in words.windows(wanted.len()) {
                let fits = window
                    .iter()
                    .zip(wanted)
                    .enumerate()
                    .all(|(at, (has, wants))| {
                        let last = at + 1 == wanted.len();
                        has.0 == *wants || (*begun && last && has.0.starts_with(wants.as_str()))
                    });
                if let (true, Some(first), Some(last)) = (fits, window.first(), window.last()) {
                    found.push(first.1.start..last.1.end);
                }
            }
        }
        Wish::Topic(_) | Wish::Stance(_) => {}
        Wish::All(wanted, _) | Wish::Any(wanted) => {
            for wish in wanted {
                collect(wish, words, found);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::query::Query;
    use super::*;

    #[test]
    fn words_and_phrases_are_marked() {
        let marked = |query: &str, text: &str| {
            let wish = Query::parse(query).unwrap().clause.unwrap();
            let ranges = marks(&wish, text);
            ranges
                .iter()
                .map(|range| range.of(text).to_owned())
                .collect::<Vec<_>>()
        };
        let text = "Third-party cookies: third parties' cookies.";
        assert_eq!(marked("cookie", text), ["cookies", "cookies"]);
        assert_eq!(
            marked("\"third party\"", text),
            ["Third-party", "third parties"]
        );
        assert_eq!(marked("part* NOT sale", text), ["party", "parties"]);
        assert_eq!(
            marked("\"third party cook\"*", text),
            ["Third-party cookies", "third parties' cookies"]
        );
        assert!(marked("topic:cookies", text).is_empty());
    }
}
