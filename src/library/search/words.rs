//! Text → the words that search compares: folded, without accents, plurals as singulars. Both ways
//! of searching, in memory and in the index, read words here, so that they find the same.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words longer than this, in bytes as they stand, are cut: they are no words that anybody types.
const LONGEST: usize = 64;

/// Calls `each` with every word of a text, as it is compared, and its bytes in the text.
pub(crate) fn each_word(text: &str, mut each: impl FnMut(&str, Range<usize>)) {
    let mut buffer = String::with_capacity(LONGEST);
    for range in places(text) {
        fold(&text[range.clone()], &mut buffer);
        if !buffer.is_empty() {
            let kept = stemmed_len(&buffer);
            buffer.truncate(kept);
            soften(&mut buffer);
            each(&buffer, range);
        }
    }
}

/// The words of a text, as they are compared.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |word, _| words.push(word.to_owned()));
    words
}

/// The words of a text of which the last is only begun, as they are compared.
pub(crate) fn words_begun(text: &str) -> Vec<String> {
    let mut all = words(text);
    let (Some(last), Some(range)) = (all.last_mut(), places(text).last()) else {
        return all;
    };
    let mut begun = String::new();
    fold(&text[range], &mut begun);
    // `cookies*` begins what `cookies` is compared as; `proces*` begins `process`.
    if !begun.starts_with(last.as_str()) {
        soften(&mut begun);
        *last = begun;
    }
    all
}

/// Where the words of a text stand. An apostrophe inside a word belongs to it.
fn places(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() && !is_word_at(text, at) {
            at += char_len(bytes[at]);
        }
        let start = at;
        while at < bytes.len() && at - start < LONGEST {
            // Nearly all there is.
            if bytes[at].is_ascii_alphanumeric() {
                at += 1;
                continue;
            }
            if is_word_at(text, at) {
                at += char_len(bytes[at]);
                continue;
            }
            match apostrophe(text, at) {
                Some(next) if at > start && is_word_at(text, next) => at = next,
                _ => break,
            }
        }
        (at > start).then_some(start..at)
    })
}

fn char_len(first: u8) -> usize {
    match first {
        0..0x80 => 1,
        0x80..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    }
}

fn is_word_at(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
        Some(_) => text[at..]
            .chars()
            .next()
            .is_some_and(|c| c.is_alphanumeric() || is_combining_mark(c)),
        None => false,
    }
}

/// The place behind an apostrophe that stands here.
fn apostrophe(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let mark = rest.chars().next().filter(|c| matches!(c, '\'' | '’'))?;
    Some(at + mark.len_utf8())
}

/// Lower case, without accents and apostrophes; what is in an apostrophe's tail is dropped
/// ("company's" is compared as "company").
fn fold(word: &str, into: &mut String) {
    into.clear();
    // Nearly all there are.
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        into.push_str(word);
        return into.make_ascii_lowercase();
    }
    if word.is_ascii() {
        into.push_str(word);
        into.make_ascii_lowercase();
    } else {
        let plain = word.nfkd().filter(|c| !is_combining_mark(*c));
        into.extend(plain.flat_map(char::to_lowercase));
    }
    for tail in ["'s", "’s"] {
        if into.ends_with(tail) {
            into.truncate(into.len() - tail.len());
        }
    }
    if !into.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        into.retain(char::is_alphanumeric);
    }
}

/// Words that end as a plural does, and are none.
const INVARIABLE: [&str; 8] = [
    "news",
    "always",
    "sometimes",
    "whereas",
    "perhaps",
    "https",
    "series",
    "species",
];

/// How much of a folded word stays when the ending of a plural goes.
fn stemmed_len(word: &str) -> usize {
    let bytes = word.as_bytes();
    let length = bytes.len();
    if length < 4 || !bytes.ends_with(b"s") {
        return length;
    }
    if INVARIABLE.contains(&word) {
        return length;
    }
    let stays = [&b"ss"[..], b"us", b"is"];
    if stays.iter().any(|ending| bytes.ends_with(ending)) {
        return length;
    }
    let double = [&b"sses"[..], b"xes", b"ches", b"shes", b"zes"];
    if length > 4 && double.iter().any(|ending| bytes.ends_with(ending)) {
        return length - 2;
    }
    if length > 4 && bytes.ends_with(b"ies") {
        return length - 2;
    }
    length - 1
}

/// "policy" and "policies" meet at "polici", "cookie" and "cookies" at "cooki".
fn soften(word: &mut String) {
    if word.len() > 4 && word.ends_with("ie") {
        word.pop();
        return;
    }
    let mut ends = word.bytes().rev();
    let (last, before) = (ends.next(), ends.next());
    let vowel = |byte: u8| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u');
    if word.len() > 3 && last == Some(b'y') && before.is_some_and(|byte| !vowel(byte)) {
        word.pop();
        word.push('i');
    }
}

/// The same text as one row of words with single spaces, as the index stores it.
pub(crate) fn row(text: &str) -> String {
    let mut row = String::with_capacity(text.len());
    each_word(text, |word, _| {
        if !row.is_empty() {
            row.push(' ');
        }
        row.push_str(word);
    });
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_meet_their_singulars() {
        for (one, many) in [
            ("cookie", "cookies"),
            ("policy", "Policies"),
            ("party", "parties"),
            ("address", "addresses"),
            ("box", "boxes"),
            ("key", "keys"),
            ("company", "company’s"),
            ("tie", "ties"),
            ("Café", "cafe"),
            ("business", "businesses"),
        ] {
            assert_eq!(words(one), words(many), "{one}, {many}");
        }
        assert_ne!(words("new"), words("news is")[..1]);
        assert_eq!(words("us"), ["us"]);
        assert_eq!(words("access"), ["access"]);
    }

    #[test]
    fn words_stand_where_they_are() {
        let mut found = Vec::new();
        let text = "We don’t sell third-party data (EU–US).";
        each_word(text, |word, range| {
            found.push((word.to_owned(), &text[range]))
        });
        let both: Vec<(&str, &str)> = found.iter().map(|(w, t)| (w.as_str(), *t)).collect();
        let wanted = [
            ("we", "We"),
            ("dont", "don’t"),
            ("sell", "sell"),
            ("third", "third"),
            ("parti", "party"),
            ("data", "data"),
            ("eu", "EU"),
            ("us", "US"),
        ];
        assert_eq!(both, wanted);
    }

    #[test]
    fn what_begins_a_word_begins_how_it_is_compared() {
        for (begun, whole) in [
            ("cookies", "cookies"),
            ("polic", "policies"),
            ("polici", "policy"),
            ("policy", "policies"),
            ("proces", "process"),
            ("addres", "addresses"),
            ("addresses", "address"),
        ] {
            let (begun, whole) = (words_begun(begun), words(whole));
            assert!(whole[0].starts_with(&begun[0]), "{begun:?} {whole:?}");
        }
    }
}
