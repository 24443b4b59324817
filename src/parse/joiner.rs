//! Mends sentence boundaries where the Unicode rules cannot know: abbreviations, addresses, numbers
//! of what follows, brackets and quotations.

use std::ops::Range;

/// Abbreviations after which a sentence always goes on.
const NEVER_END: &[&str] = &[
    "e.g", "i.e", "eg", "ie", "cf", "vs", "v", "viz", "mr", "mrs", "ms", "dr", "prof", "st", "no",
    "nos", "art", "arts", "sec", "secs", "para", "paras", "ch", "cl", "reg", "approx", "ca",
    "incl", "excl", "resp", "nr", "abs", "bzw", "z.b", "d.h", "u.a", "p", "pp", "fig", "tel",
    "attn", "dept", "ext", "messrs", "hon",
];

/// Those of them that may end one where no number follows.
const BEFORE_NUMBERS: &[&str] = &["no", "p", "st", "v", "ch", "ext", "art", "sec"];

/// Abbreviations that may end a sentence: it goes on unless the next word likely opens one.
const MAY_END: &[&str] = &[
    "inc", "ltd", "llc", "corp", "co", "bros", "plc", "gmbh", "s.a", "s.a.s", "s.r.l", "n.v",
    "b.v", "pty", "l.p", "l.l.c", "u.s", "u.k", "u.s.a", "e.u", "u.n", "d.c", "etc", "al", "jr",
    "sr", "a.m", "p.m", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct",
    "nov", "dec", "ave", "blvd", "rd", "ste", "yahoo",
];

/// The longest abbreviation; characters.
const LONGEST_ABBREVIATION: usize = 6;

/// Words that commonly open a sentence of a policy.
const OPENERS: &[&str] = &[
    "we",
    "you",
    "our",
    "your",
    "the",
    "this",
    "these",
    "that",
    "those",
    "if",
    "when",
    "where",
    "while",
    "in",
    "on",
    "at",
    "by",
    "for",
    "from",
    "to",
    "as",
    "it",
    "its",
    "they",
    "their",
    "he",
    "she",
    "i",
    "a",
    "an",
    "all",
    "any",
    "each",
    "every",
    "some",
    "no",
    "none",
    "please",
    "however",
    "therefore",
    "such",
    "there",
    "here",
    "other",
    "most",
    "once",
    "since",
    "because",
    "although",
    "unless",
    "until",
    "upon",
    "under",
    "with",
    "without",
    "generally",
    "additionally",
    "also",
    "and",
    "but",
    "or",
    "what",
    "who",
    "how",
    "why",
    "users",
    "visitors",
    "personal",
    "information",
    "data",
    "cookies",
    "third",
];

/// A bracket or quotation that stays open longer than this does not hold its sentence together.
const MAX_BRACKETED: usize = 1_500;

/// Takes the boundaries of the Unicode rules and drops those that cut a sentence in two.
pub(super) struct Joiner<'a> {
    text: &'a str,
    start: usize,
    brackets: &'a [Bracket],
    /// How many of the brackets have been counted.
    counted: usize,
    open: i32,
    opened_at: usize,
}

impl<'a> Joiner<'a> {
    /// A joiner for a text; `room` is overwritten.
    pub(super) fn new(text: &'a str, room: &'a mut Vec<Bracket>) -> Self {
        find_brackets(text, room);
        Self {
            text,
            start: 0,
            brackets: room,
            counted: 0,
            open: 0,
            opened_at: 0,
        }
    }

    /// The sentence that ends at a boundary, unless it goes on there.
    pub(super) fn boundary(&mut self, end: usize) -> Option<Range<usize>> {
        self.count_brackets(end);
        if end <= self.start || end >= self.text.len() || self.goes_on(end) {
            return None;
        }
        let sentence = self.start..end;
        self.start = end;
        self.open = 0;
        Some(sentence)
    }

    /// What is left after the last boundary.
    pub(super) fn rest(&self) -> Range<usize> {
        self.start..self.text.len()
    }

    fn count_brackets(&mut self, end: usize) {
        let counted = self.brackets.get(self.counted..).unwrap_or(&[]);
        for bracket in counted.iter().take_while(|bracket| bracket.at < end) {
            if self.open == 0 && bracket.step > 0 {
                self.opened_at = bracket.at;
            }
            self.open = (self.open + bracket.step).max(0);
            self.counted += 1;
        }
    }

    /// Whether the sentence goes on over the boundary at `end`.
    fn goes_on(&self, end: usize) -> bool {
        let before = &self.text[self.start..end];
        let sentence = before.trim_end();
        let after = self.text[end..].trim_start();
        let next = after.chars().next();
        let ascii_end = sentence.chars().next_back().is_some_and(|c| c.is_ascii());
        if before.len() == sentence.len() && ascii_end {
            // "…/search?q=1": no white space, so inside an address or a name.
            return true;
        }
        if next.is_none_or(|c| c.is_lowercase() || matches!(c, ',' | ';' | ')' | '”')) {
            return !sentence.ends_with(['。', '!', '?']) || next.is_none();
        }
        self.in_brackets(end) || is_enumerator(sentence) || ends_in_abbreviation(sentence, after)
    }

    fn in_brackets(&self, end: usize) -> bool {
        if self.open == 0 || end - self.opened_at > MAX_BRACKETED {
            return false;
        }
        let mut open = self.open;
        let near = |bracket: &&Bracket| bracket.at < end + MAX_BRACKETED;
        let following = self.brackets.get(self.counted..).unwrap_or(&[]);
        following.iter().take_while(near).any(|bracket| {
            open += bracket.step;
            open == 0
        })
    }
}

/// A bracket or quotation mark.
pub(super) struct Bracket {
    at: usize,
    /// 1 where it opens, -1 where it closes.
    step: i32,
}

/// Every bracket and quotation mark of a text, in order, in place of what `all` held.
fn find_brackets(text: &str, all: &mut Vec<Bracket>) {
    let bytes = text.as_bytes();
    let read = |at: usize| Bracket {
        at,
        step: bracket(&bytes[at..]),
    };
    let round = memchr::memchr3_iter(b'(', b')', 0xe2, bytes).map(read);
    all.clear();
    all.extend(round.filter(|bracket| bracket.step != 0));
    let square = memchr::memchr2_iter(b'[', b']', bytes).map(read);
    let sorted = all.len();
    all.extend(square);
    if all.len() > sorted {
        all.sort_unstable_by_key(|bracket| bracket.at);
    }
}

/// 1 where a bracket or quotation opens, -1 where one closes, 0 elsewhere.
fn bracket(bytes: &[u8]) -> i32 {
    match bytes.first() {
        Some(b'(' | b'[') => 1,
        Some(b')' | b']') => -1,
        Some(0xe2) if bytes.starts_with("“".as_bytes()) => 1,
        Some(0xe2) if bytes.starts_with("”".as_bytes()) => -1,
        _ => 0,
    }
}

/// "1.", "(a)", "IV.", "2.1." on their own are the number of what follows.
fn is_enumerator(sentence: &str) -> bool {
    let core = sentence.trim_matches(|c: char| matches!(c, '(' | ')' | '.' | '[' | ']'));
    let roman = core.len() <= 5 && core.bytes().all(|b| b"ivxIVX".contains(&b));
    let letter = core.len() == 1 && core.bytes().all(|b| b.is_ascii_alphabetic());
    let number = core.len() <= 8
        && core.starts_with(|c: char| c.is_ascii_digit())
        && core.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    !core.is_empty() && (roman || letter || number)
}

fn ends_in_abbreviation(sentence: &str, after: &str) -> bool {
    if !sentence.ends_with(['.', '!']) {
        return false;
    }
    let last = sentence
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '“' | '"' | '/'))
        .next()
        .unwrap_or("");
    let word = last.trim_end_matches(['.', '!']);
    if word.chars().nth(LONGEST_ABBREVIATION).is_some() {
        return false;
    }
    let number_follows = after.starts_with(|c: char| c.is_ascii_digit());
    if is_among(word, BEFORE_NUMBERS) {
        // "no" also ends sentences: only a number (or, for names, a capital) goes on.
        return number_follows || (is_among(word, &["st"]) && !opens_sentence(after));
    }
    is_among(word, NEVER_END)
        || ((is_among(word, MAY_END) || is_initial(word)) && !opens_sentence(after))
}

/// Whether a word in any case is one of these.
fn is_among(word: &str, words: &[&str]) -> bool {
    let initial = |word: &str| word.bytes().next();
    let first = initial(word).map(|byte| byte.to_ascii_lowercase());
    // The first letter tells most apart.
    let mut same = words.iter().filter(|known| initial(known) == first);
    same.any(|known| known.eq_ignore_ascii_case(word))
}

/// Whether a word is a letter, but for "I".
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars().flat_map(char::to_lowercase);
    let first = letters.next().filter(|c| c.is_lowercase() && *c != 'i');
    first.is_some() && letters.next().is_none()
}

fn opens_sentence(after: &str) -> bool {
    let after = after.trim_start_matches(['“', '"', '‘']);
    let end = after.find(|c: char| !c.is_alphabetic());
    is_among(&after[..end.unwrap_or(after.len())], OPENERS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_abbreviation_is_longer_than_the_longest() {
        let all = || NEVER_END.iter().chain(MAY_END);
        let longest = all().map(|word| word.chars().count()).max();
        assert_eq!(longest, Some(LONGEST_ABBREVIATION));
    }
}
