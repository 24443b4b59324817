//! Text → words: lower-cased, hashed, each with its place. The same reading serves phrases from
//! the topic files and the text of policies, so that a phrase matches however it is typeset.
//!
//! - Case, soft hyphens and zero-width characters make no difference.
//! - A hyphen parts words (`opt-out` = `opt out`), except after a lone `e` (`e-mail` = `email`).
//! - A possessive is dropped (`user's` = `user`); `don't`, `can't`, `cannot` become two words, so
//!   that one word, `not`, stands for every contraction.
//! - `@` between letters is a word of its own: it marks an e-mail address.
//! - An address (`https://example.org/privacy`) is no word.

pub(super) use super::runs::HEAD;
use super::runs::{Run, hash_of};

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing but space, a hyphen or marks that do not interrupt.
    Space,
    /// A comma or a bracket.
    Comma,
    /// A semicolon, colon or dash.
    Clause,
    /// The end of a sentence, or the start of the text.
    Sentence,
}

/// One word as the reading yields it.
#[derive(Debug)]
pub(super) struct Word<'a> {
    /// Hash of the word as it counts.
    pub(super) hash: u64,
    /// The first bytes of the word as it counts, for stems and endings.
    pub(super) head: &'a [u8],
    /// Whether `head` holds all of it.
    pub(super) whole: bool,
    /// First byte in the text.
    pub(super) start: usize,
    /// One past the last byte in the text.
    pub(super) end: usize,
    /// What stands before it.
    pub(super) gap: Gap,
    /// Whether it began with a capital letter.
    pub(super) capital: bool,
}

/// The hash of a word that is already lower-cased and freed of marks.
pub(super) fn hash(word: &str) -> u64 {
    let bytes = word.as_bytes();
    hash_of(bytes.get(..HEAD).unwrap_or(bytes), bytes.len())
}

/// What a character does to the reading.
enum Mark {
    Letter,
    Apostrophe,
    Hyphen,
    At,
    Invisible,
    Space,
    Between(Gap),
    Stop,
}

fn mark(c: char) -> Mark {
    match c {
        ' ' | '\n' | '\r' | '\u{a0}' | '\u{201c}' | '\u{201d}' => Mark::Space,
        '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}' | '`' | '\u{b4}' => Mark::Apostrophe,
        '-' | '\u{2010}' | '\u{2011}' => Mark::Hyphen,
        ',' | '(' | ')' | '[' | ']' => Mark::Between(Gap::Comma),
        ';' | ':' | '\u{2013}' | '\u{2014}' => Mark::Between(Gap::Clause),
        '.' | '!' | '?' | '\u{2026}' => Mark::Stop,
        '\t' | '\u{2022}' | '\u{25cf}' | '\u{25aa}' | '\u{b7}' => Mark::Between(Gap::Sentence),
        '@' => Mark::At,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => Mark::Invisible,
        _ if c.is_alphanumeric() => Mark::Letter,
        _ => Mark::Space,
    }
}

/// Words before a full stop that does not end a sentence.
const ABBREVIATIONS: [&[u8]; 14] = [
    b"inc", b"ltd", b"co", b"corp", b"art", b"sec", b"no", b"para", b"mr", b"ms", b"dr", b"st",
    b"vs", b"incl",
];

/// The word under construction and what is known of the text before it.
struct Reader<'t> {
    text: &'t str,
    head: [u8; HEAD],
    /// Bytes of the word so far, of which the first are in `head`.
    length: usize,
    /// Where the word before stands.
    last: (usize, usize),
    start: usize,
    end: usize,
    capital: bool,
    /// Letters after the last apostrophe; `None` when the word holds none.
    after_apostrophe: Option<usize>,
    before: Before,
}

/// What was seen since the last word.
#[derive(Clone, Copy)]
struct Before {
    gap: Gap,
    /// A full stop; it ends a sentence if space and a capital follow.
    stopped: bool,
    spaced: bool,
}

impl Before {
    const NOTHING: Before = Before {
        gap: Gap::Space,
        stopped: false,
        spaced: false,
    };

    const SPACE: Before = Before {
        spaced: true,
        ..Before::NOTHING
    };
}

/// Whoever takes the words.
type Each<'e> = dyn FnMut(Word<'_>) + 'e;

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            head: [0; HEAD],
            length: 0,
            last: (0, 0),
            start: 0,
            end: 0,
            capital: false,
            after_apostrophe: None,
            before: Before {
                gap: Gap::Sentence,
                ..Before::NOTHING
            },
        }
    }

    /// Takes plain words, which are nearly all there are, from the run of ASCII letters and digits at `at`
    /// for as long as they follow each other with no more than a space, a comma or a full stop between
    /// them. Where the text goes on: behind the last of these, or in the middle of a word that is more
    /// than its run. Not for the middle of a word.
    #[inline]
    fn plain(&mut self, mut at: usize, each: &mut impl FnMut(Word<'_>)) -> usize {
        let bytes = self.text.as_bytes();
        self.begin(byte(bytes, at).is_ascii_lowercase());
        loop {
            let run = Run::of(bytes, at, &mut self.head);
            if run.length == 0 {
                return at;
            }
            let capital = byte(bytes, at).is_ascii_uppercase();
            let Some(end) = end_of_plain(bytes, &run, at + run.length) else {
                (self.start, self.capital) = (at, capital);
                (self.length, self.end) = (run.length, at + run.length);
                return self.end;
            };
            each(Word {
                hash: run.hash,
                head: self.head.get(..run.length).unwrap_or(&[]),
                whole: true,
                start: at,
                end,
                gap: self.before.gap,
                capital,
            });
            self.last = (at, end);
            at = end + 1;
            let space = |at: usize| byte(bytes, at) == b' ';
            self.before = match byte(bytes, end) {
                b' ' => Before::SPACE,
                b',' => {
                    at += usize::from(space(at));
                    Before {
                        gap: Gap::Comma,
                        ..Before::SPACE
                    }
                }
                after => {
                    let stopped = after == b'.';
                    self.before = Before {
                        stopped,
                        spaced: stopped && space(at),
                        ..Before::NOTHING
                    };
                    return end + usize::from(stopped) + usize::from(self.before.spaced);
                }
            };
        }
    }

    /// Turns to a new word, which begins with a small letter or not.
    fn begin(&mut self, small: bool) {
        let Before {
            stopped, spaced, ..
        } = self.before;
        if stopped && spaced && !small && !self.after_abbreviation() {
            self.before.gap = Gap::Sentence;
        }
    }

    fn push(&mut self, c: char, at: usize, next: usize) {
        if self.length == 0 {
            (self.start, self.capital) = (at, c.is_uppercase());
            self.begin(c.is_lowercase());
        }
        let mut buffer = [0; 4];
        for lowered in c.to_lowercase() {
            for &byte in lowered.encode_utf8(&mut buffer).as_bytes() {
                if let Some(slot) = self.head.get_mut(self.length) {
                    *slot = byte;
                }
                self.length += 1;
            }
        }
        if let Some(count) = &mut self.after_apostrophe {
            *count += 1;
        }
        self.end = next;
    }

    /// Whether the word before is one that a full stop shortens.
    #[cold]
    fn after_abbreviation(&self) -> bool {
        let last = self.text.get(self.last.0..self.last.1).unwrap_or("");
        last.len() == 1
            || ABBREVIATIONS
                .iter()
                .any(|known| last.as_bytes().eq_ignore_ascii_case(known))
    }

    fn head(&self) -> &[u8] {
        self.head.get(..self.length.min(HEAD)).unwrap_or(&[])
    }

    /// Hands over the word, if there is one.
    #[inline]
    fn finish(&mut self, each: &mut Each<'_>) {
        if self.length > 0 {
            self.hand_over(each);
        }
    }

    fn hand_over(&mut self, each: &mut Each<'_>) {
        let head = self.head();
        match (self.after_apostrophe, head) {
            (_, b"cannot") => self.split(3, "can", "not", each),
            (Some(1), [.., b's']) => self.give(self.length - 1, self.end, each),
            (Some(1), [stem @ .., b'n', b't']) => {
                let base = match stem {
                    b"ca" => "can",
                    b"wo" => "will",
                    b"sha" => "shall",
                    _ => std::str::from_utf8(stem).unwrap_or(""),
                };
                let base = base.to_owned();
                self.split(stem.len(), &base, "not", each);
            }
            (Some(2), [.., b'l', b'l'] | [.., b'r', b'e'] | [.., b'v', b'e']) => {
                self.give(self.length - 2, self.end, each);
            }
            _ => self.give(self.length, self.end, each),
        }
        self.close();
    }

    /// Turns to what follows a word.
    #[inline]
    fn close(&mut self) {
        self.length = 0;
        self.last = (self.start, self.end);
        self.after_apostrophe = None;
        self.before = Before::NOTHING;
    }

    /// One word, of which only the first `length` bytes count.
    fn give(&self, length: usize, end: usize, each: &mut Each<'_>) {
        let head = self.head.get(..length.min(HEAD)).unwrap_or(&[]);
        each(Word {
            hash: hash_of(head, length),
            head,
            whole: length <= HEAD,
            start: self.start,
            end,
            gap: self.before.gap,
            capital: self.capital,
        });
    }

    /// Two words for one contraction; the first has `first_length` bytes in the text.
    fn split(&self, first_length: usize, first: &str, second: &str, each: &mut Each<'_>) {
        let middle = Some((self.start + first_length).min(self.end))
            .filter(|middle| self.text.is_char_boundary(*middle))
            .unwrap_or(self.end);
        for (text, start, end, gap) in [
            (first, self.start, middle, self.before.gap),
            (second, middle, self.end, Gap::Space),
        ] {
            each(Word {
                hash: hash(text),
                head: text.as_bytes(),
                whole: true,
                start,
                end,
                gap,
                capital: self.capital,
            });
        }
    }
}

/// The byte at a place; behind the end a space.
#[inline]
fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(b' ')
}

/// Where a word ends that begins with a run, if it is no more than the run, and a possessive `s`.
#[inline]
fn end_of_plain(bytes: &[u8], run: &Run, after_run: usize) -> Option<usize> {
    let after = byte(bytes, after_run);
    if run.length >= HEAD || run.is(b"cannot") {
        return None;
    }
    if ends_word(after) || (after == b'-' && !run.is(b"e")) {
        return Some(after_run);
    }
    let possessive = match bytes.get(after_run..)? {
        [b'\'', b's' | b'S', ..] => after_run + 2,
        [0xe2, 0x80, 0x99, b's' | b'S', ..] => after_run + 4,
        _ => return None,
    };
    let after = byte(bytes, possessive);
    let ends = ends_word(after) && !after.is_ascii_alphanumeric();
    ends.then_some(possessive)
}

/// Whether any word ends before a byte that is no letter or digit.
#[inline]
fn ends_word(after: u8) -> bool {
    const ENDS: [bool; 256] = {
        let mut ends = [false; 256];
        let mut byte = 0;
        while byte < 128 {
            ends[byte] = !matches!(byte as u8, b'\'' | b'`' | b'@' | b'-' | b':');
            byte += 1;
        }
        ends
    };
    ENDS[usize::from(after)]
}

impl Reader<'_> {
    /// Takes the character at `at`, whatever it is; where the next one stands. All that can be said of
    /// a text is said here; [`Reader::plain`] says the same of plain words sooner.
    fn step(&mut self, at: usize, each: &mut Each<'_>) -> usize {
        let Some(c) = self.text.get(at..).and_then(|rest| rest.chars().next()) else {
            return self.text.len();
        };
        let next = at + c.len_utf8();
        match mark(c) {
            Mark::Letter => self.push(c, at, next),
            Mark::Invisible => {}
            Mark::Apostrophe if self.length > 0 && self.letter_at(next) => {
                self.after_apostrophe = Some(0);
            }
            Mark::Hyphen if self.head() == b"e" && self.letter_at(next) => {}
            Mark::Hyphen | Mark::Apostrophe => {
                let lone = self.length == 0 && self.before.spaced && !self.letter_at(next);
                self.finish(each);
                if lone && matches!(c, '-') {
                    self.before.gap = self.before.gap.max(Gap::Clause);
                }
            }
            Mark::At if self.length > 0 && self.letter_at(next) => {
                self.finish(each);
                self.push('@', at, next);
                self.finish(each);
            }
            Mark::At => self.finish(each),
            Mark::Space => {
                self.finish(each);
                self.before.spaced = true;
            }
            Mark::Between(_) if c == ':' && self.rest(next).starts_with("//") => {
                (self.length, self.after_apostrophe) = (0, None);
                return next + address(self.rest(next));
            }
            Mark::Between(gap) => {
                self.finish(each);
                self.before.gap = self.before.gap.max(gap);
                self.before.spaced = true;
            }
            // "e.g." and "www.example.com" hold stops that end nothing; only a stop before a space
            // counts, which the next word finds out.
            Mark::Stop => {
                self.finish(each);
                self.before.stopped = true;
            }
        }
        next
    }

    fn rest(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or("")
    }

    fn letter_at(&self, at: usize) -> bool {
        let byte = self.text.as_bytes().get(at);
        byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())
    }
}

/// How many bytes at the start of a text go on with an address; the stop of a sentence is none of it.
fn address(text: &str) -> usize {
    let ends = |c: char| {
        c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '<' | '>' | '"' | '”' | '*')
    };
    let end = text.find(ends).unwrap_or(text.len());
    let written = text.get(..end).unwrap_or(text);
    written
        .trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’'])
        .len()
}

/// Reads `text` once and hands each word to `each`.
#[inline]
pub(super) fn read(text: &str, mut each: impl FnMut(Word<'_>)) {
    let mut reader = Reader::new(text);
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        at = match byte {
            b' ' if reader.length == 0 => {
                reader.before.spaced = true;
                at + 1
            }
            first if reader.length == 0 && first.is_ascii_alphanumeric() => {
                reader.plain(at, &mut each)
            }
            _ => reader.step(at, &mut each),
        };
    }
    reader.finish(&mut each);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// All that is told of the words of a text; with `plain` words are read as a whole where they can
    /// be, as the program does, else every character by itself.
    fn told(text: &str, plain: bool) -> Vec<String> {
        let mut found = Vec::new();
        let mut each = |word: Word<'_>| found.push(format!("{word:?}"));
        if plain {
            read(text, each);
        } else {
            let mut reader = Reader::new(text);
            let mut at = 0;
            while at < text.len() {
                at = reader.step(at, &mut each);
            }
            reader.finish(&mut each);
        }
        found
    }

    proptest! {
        #[test]
        fn words_read_as_a_whole_are_those_read_by_character(
            text in "([a-zA-Z0-9]{1,17}|[a-z]{60,70}|https://| |[ .,;:'’()@“é\u{ad}\t-]|Inc\\. |cannot|e-|n't |['’]s|[A-Z]\\.){0,40}"
        ) {
            prop_assert_eq!(told(&text, true), told(&text, false));
        }
    }

    fn words(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        read(text, |word| {
            found.push(String::from_utf8_lossy(word.head).into_owned());
        });
        found
    }

    fn places(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        read(text, |word| found.push(&text[word.start..word.end]));
        found
    }

    fn sentences(text: &str) -> usize {
        let mut count = 0;
        read(text, |word| count += usize::from(word.gap == Gap::Sentence));
        count
    }

    #[test]
    fn typesetting_makes_no_difference() {
        assert_eq!(words("E-mail"), words("email"));
        assert_eq!(words("opt\u{2011}out"), words("Opt out"));
        assert_eq!(words("opt-out"), words("opt\nout"));
        assert_eq!(words("via https://a.org/b?c=d, or"), words("via, or"));
        assert_eq!(sentences("See https://a.org. Then"), 2);
        assert_eq!(words("HTTPS: via"), ["https", "via"]);
        assert_eq!(words("coo\u{ad}kies"), words("COOKIES"));
        assert_eq!(words("don\u{2019}t"), words("do not"));
        assert_eq!(words("can't"), words("cannot"));
        assert_eq!(words("won't"), words("will not"));
        assert_eq!(words("the user\u{2019}s data"), words("the user data"));
        assert_eq!(words("\u{201c}cookies\u{201d}"), words("cookies"));
        assert_eq!(words("users' data"), words("users data"));
        assert_eq!(words("we'll"), ["we"]);
        assert_eq!(words("Ökologie"), words("ökologie"));
    }

    #[test]
    fn a_word_has_one_hash_however_it_is_read() {
        for length in 0..=HEAD + 20 {
            let word: String = ('a'..='z').cycle().take(length).collect();
            for text in [
                word.clone(),
                word.to_uppercase(),
                format!("{word} b, \u{e9}"),
            ] {
                let mut first = None;
                read(&text, |word| first = first.or(Some(word.hash)));
                let expected = if length > 0 { Some(hash(&word)) } else { first };
                assert_eq!(first, expected, "{text:?}");
            }
        }
        assert_ne!(hash("cookie"), hash("cookies"));
    }

    #[test]
    fn an_address_shows_by_its_at_sign() {
        assert_eq!(words("am@example.org"), ["am", "@", "example", "org"]);
        assert_eq!(words("meet @ noon"), ["meet", "noon"]);
    }

    #[test]
    fn places_are_those_of_the_text() {
        assert_eq!(
            places("We don’t sell e-mail."),
            ["We", "do", "n’t", "sell", "e-mail"]
        );
        assert_eq!(places("the user’s name"), ["the", "user’s", "name"]);
    }

    #[test]
    fn places_never_split_a_character() {
        for text in [
            "n’t",
            "ca’nn’t",
            "ßn’t",
            "İn’t",
            "é’s",
            "’s",
            "x’ll",
            "a’b’c’s",
        ] {
            read(text, |word| {
                assert!(
                    text.get(word.start..word.end).is_some(),
                    "{text:?} {word:?}"
                );
            });
        }
    }

    #[test]
    fn sentences_end_at_stops_that_end_something() {
        assert_eq!(sentences("We collect data. We keep it."), 2);
        assert_eq!(sentences("See www.example.com for more, e.g. Cookies."), 1);
        assert_eq!(sentences("SoundSpectrum, Inc. Privacy"), 1);
        assert_eq!(sentences("Really? Yes!"), 2);
    }
}
