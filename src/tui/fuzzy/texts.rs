//! Texts that are asked about again with every key of a query: what they scored for each of its words
//! is kept, so that a key costs the word that it changes, and a key taken back costs nothing.

use super::word::Word;
use rayon::prelude::*;

/// So many texts are matched before work is shared out again.
const AT_ONCE: usize = 8192;

/// So many scores are kept, of as many words as that makes, but not of more than are typed in a row.
const KEPT: usize = 4_000_000;
const WORDS: usize = 64;

/// The score of a text that does not match.
const NONE: i32 = i32::MIN;

/// Texts that queries are asked about, known by their places.
#[derive(Debug, Default)]
pub struct Texts {
    texts: Vec<String>,
    /// What was asked about last, the latest at the end.
    known: Vec<Column>,
}

/// What each text scores for a word.
#[derive(Debug)]
struct Column {
    word: String,
    scores: Vec<i32>,
}

impl Texts {
    /// Nothing is known of these yet.
    pub fn new(texts: Vec<String>) -> Self {
        Self {
            texts,
            known: Vec::new(),
        }
    }

    /// The text at a place.
    pub fn get(&self, at: usize) -> Option<&str> {
        self.texts.get(at).map(String::as_str)
    }

    /// The places of the texts that hold every word of a query, and how well, as
    /// [`Fuzzy::score`](super::Fuzzy::score) tells it.
    pub fn ranked(&mut self, query: &str) -> Vec<(usize, i64)> {
        let mut sums = vec![Some(0); self.texts.len()];
        for word in query.split_whitespace() {
            for (sum, score) in sums.iter_mut().zip(self.scores(word)) {
                *sum = sum.zip(score).map(|(sum, score)| sum + i64::from(score));
            }
        }
        let ranked = (0..).zip(sums);
        ranked.filter_map(|(at, sum)| Some((at, sum?))).collect()
    }

    /// How well each text holds a word, if it does. Of many texts all cores are asked.
    pub fn scores(&mut self, word: &str) -> impl Iterator<Item = Option<i32>> {
        let known = self.known.iter().position(|column| column.word == word);
        let column = match known {
            Some(at) => self.known.remove(at),
            None => self.ask(word),
        };
        let kept = (KEPT / self.texts.len().max(1)).clamp(1, WORDS);
        self.known
            .drain(..(self.known.len() + 1).saturating_sub(kept));
        self.known.push(column);
        let column = self.known.last();
        let scores = column.map_or(&[][..], |column| &column.scores);
        scores.iter().map(|&score| (score != NONE).then_some(score))
    }

    /// Asks about a word. What does not hold the beginning of a word does not hold the word.
    fn ask(&self, word: &str) -> Column {
        let beginnings = self.known.iter();
        let beginning = beginnings
            .filter(|column| word.starts_with(&column.word))
            .max_by_key(|column| column.word.len());
        let mut scores = match beginning {
            Some(column) => column.scores.clone(),
            None => vec![0; self.texts.len()],
        };
        let some = |(scores, texts): (&mut [i32], &[String])| {
            let mut word = Word::new(word);
            for (score, text) in scores.iter_mut().zip(texts) {
                if *score != NONE {
                    *score = word.score(text).unwrap_or(NONE);
                }
            }
        };
        if self.texts.len() <= AT_ONCE {
            some((&mut scores, &self.texts));
        } else {
            let parts = scores.par_chunks_mut(AT_ONCE);
            parts.zip(self.texts.par_chunks(AT_ONCE)).for_each(some);
        }
        Column {
            word: word.to_owned(),
            scores,
        }
    }
}
