//! Edits on the Markdown of one clause. Markup is never cut: words are looked for outside of link
//! targets, addresses, code and HTML.

use crate::documents::Document;
use fastrand::Rng;
use std::ops::Range;

/// Words and sentences of other policies in the same language.
pub(crate) struct Lender<'a> {
    sentences: Vec<&'a str>,
}

impl<'a> Lender<'a> {
    /// Lends what all documents but `to` have.
    pub(crate) fn new(to: &Document, all: &'a [Document]) -> Self {
        let sentences = all
            .iter()
            .filter(|other| other.name() != to.name() && other.language == to.language)
            .flat_map(|other| other.sentences.iter().map(String::as_str))
            .collect();
        Self { sentences }
    }

    /// A sentence; none when there is nobody to lend one.
    pub(crate) fn sentence(&self, rng: &mut Rng) -> Option<&'a str> {
        (!self.sentences.is_empty()).then(|| self.sentences[rng.usize(..self.sentences.len())])
    }

    /// So many words in a row, without punctuation.
    fn phrase(&self, rng: &mut Rng, count: usize) -> Option<String> {
        for _ in 0..20 {
            let words: Vec<&str> = self.sentence(rng)?.split(' ').collect();
            if words.len() <= count + 1 {
                continue;
            }
            let from = 1 + rng.usize(..words.len() - count - 1);
            let phrase = &words[from..from + count];
            if phrase
                .iter()
                .all(|word| word.chars().all(char::is_alphabetic))
            {
                return Some(phrase.join(" "));
            }
        }
        None
    }
}

/// The words of a piece of Markdown that a reader sees.
pub(crate) fn words(source: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let bytes = source.as_bytes();
    let mut at = 0;
    while at < source.len() {
        let rest = &source[at..];
        if let Some(skip) = markup(rest) {
            at += skip;
            continue;
        }
        let end = rest
            .char_indices()
            .find(|&(i, c)| {
                let inner = matches!(c, '\'' | '’' | '-' | '.' | '@' | ':' | '/')
                    && rest[i + c.len_utf8()..].starts_with(char::is_alphanumeric);
                !(c.is_alphanumeric() || (inner && i > 0))
            })
            .map_or(rest.len(), |(i, _)| i);
        if end == 0 {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let word = &rest[..end];
        // Addresses and escapes stay as they are; a letter beside an underscore is part of a mark.
        let plain = !word.contains(['@', '/', ':'])
            && !word.contains("www.")
            && (at == 0 || bytes[at - 1] != b'\\');
        if plain {
            out.push(at..at + end);
        }
        at += end;
    }
    out
}

/// The length of the markup that starts here and holds no words.
fn markup(rest: &str) -> Option<usize> {
    let until = |end: &str| rest.find(end).map(|at| at + end.len());
    if rest.starts_with("](") {
        return until(")");
    }
    if rest.starts_with('<') {
        return until(">");
    }
    if rest.starts_with('&') {
        let end = until(";")?;
        return (end < 10).then_some(end);
    }
    let code = rest.strip_prefix('`')?;
    code.find('`').map(|at| at + 2)
}

/// Whether nothing but a space stands between neighbouring words `from..to`.
pub(crate) fn in_a_row(source: &str, words: &[Range<usize>], from: usize, to: usize) -> bool {
    (from + 1..to).all(|at| matches!(&source[words[at - 1].end..words[at].start], " " | "\n"))
}

/// Changes at most `budget` words: others for some, some gone, some new, some exchanged, a "not" put in or
/// taken out. Nothing when the words do not allow it, or when only figures would go.
pub(crate) fn reword(
    source: &str,
    lender: &Lender<'_>,
    budget: usize,
    rng: &mut Rng,
) -> Option<String> {
    let mut text = source.to_owned();
    let mut left = budget;
    for _ in 0..budget * 4 {
        if left == 0 {
            break;
        }
        let size = 1 + rng.usize(..left.min(4));
        let edited = match rng.u8(..10) {
            0..=3 => replace(&text, lender, size, rng),
            4..=5 => delete(&text, size, rng),
            6..=7 => insert(&text, lender, size, rng),
            8 => negate(&text, rng),
            _ if left >= 2 => exchange(&text, rng),
            _ => None,
        };
        let Some((edited, cost)) = edited.filter(|(_, cost)| *cost <= left) else {
            continue;
        };
        text = edited;
        left -= cost;
    }
    let text = capital(source, text);
    let worded = |text: &str| -> Vec<String> {
        let mut words = plain(text);
        words.retain(|word| !word.starts_with(|c: char| c.is_ascii_digit()));
        words
    };
    (worded(&text) != worded(source)).then_some(text)
}

/// The words alone: what must differ for a change of wording.
pub(crate) fn plain(source: &str) -> Vec<String> {
    words(source)
        .into_iter()
        .map(|word| source[word].to_lowercase())
        .collect()
}

/// Begins with a capital when the original did.
fn capital(original: &str, text: String) -> String {
    let first = |text: &str| words(text).first().map(|word| word.start);
    let (Some(was), Some(is)) = (first(original), first(&text)) else {
        return text;
    };
    if !original[was..].starts_with(char::is_uppercase) {
        return text;
    }
    let letter: String = text[is..]
        .chars()
        .take(1)
        .flat_map(char::to_uppercase)
        .collect();
    let rest: String = text[is..].chars().skip(1).collect();
    format!("{}{letter}{rest}", &text[..is])
}

type Edited = Option<(String, usize)>;

/// Puts `new` in the place of a range.
pub(crate) fn splice(text: &str, range: Range<usize>, new: &str) -> String {
    format!("{}{new}{}", &text[..range.start], &text[range.end..])
}

fn run(text: &str, size: usize, rng: &mut Rng) -> Option<Range<usize>> {
    let words = words(text);
    if words.len() <= size {
        return None;
    }
    let from = rng.usize(..words.len() - size);
    let to = from + size;
    in_a_row(text, &words, from, to).then(|| words[from].start..words[to - 1].end)
}

fn replace(text: &str, lender: &Lender<'_>, size: usize, rng: &mut Rng) -> Edited {
    let range = run(text, size, rng)?;
    Some((splice(text, range, &lender.phrase(rng, size)?), size))
}

fn delete(text: &str, size: usize, rng: &mut Rng) -> Edited {
    let range = run(text, size, rng)?;
    // The space after it goes too; marks stay.
    let end = range.end + usize::from(text[range.end..].starts_with(' '));
    if end == range.end {
        return None;
    }
    Some((splice(text, range.start..end, ""), size))
}

fn insert(text: &str, lender: &Lender<'_>, size: usize, rng: &mut Rng) -> Edited {
    let range = run(text, 1, rng)?;
    if !text[range.end..].starts_with(' ') {
        return None;
    }
    let new = format!(" {}", lender.phrase(rng, size)?);
    Some((splice(text, range.end..range.end, &new), size))
}

fn negate(text: &str, rng: &mut Rng) -> Edited {
    const VERBS: &[&str] = &[
        "may", "will", "do", "can", "are", "is", "should", "must", "would", "does", "could", "have",
    ];
    let words = words(text);
    let verbs: Vec<usize> = (0..words.len().saturating_sub(1))
        .filter(|&at| VERBS.contains(&&text[words[at].clone()]))
        .filter(|&at| in_a_row(text, &words, at, at + 2))
        .collect();
    let at = *verbs.get(rng.usize(..verbs.len().max(1)))?;
    let end = words[at].end;
    if &text[words[at + 1].clone()] == "not" {
        return Some((splice(text, end..words[at + 1].end, ""), 1));
    }
    Some((splice(text, end..end, " not"), 1))
}

fn exchange(text: &str, rng: &mut Rng) -> Edited {
    let words = words(text);
    if words.len() < 4 {
        return None;
    }
    let at = 1 + rng.usize(..words.len() - 2);
    let (a, b) = (words[at].clone(), words[at + 1].clone());
    let differ = !text[a.clone()].eq_ignore_ascii_case(&text[b.clone()]);
    (in_a_row(text, &words, at, at + 2) && differ).then(|| {
        let turned = format!("{} {}", &text[b.clone()], &text[a.clone()]);
        (splice(text, a.start..b.end, &turned), 2)
    })
}
