//! What a phrase of a topic file matches: words, stems (`advertis*`) and gaps (`~`, up to four
//! words).

use super::words::{self, HEAD};

/// The fewest letters of a stem; shorter ones would match nearly anything.
const STEM_LETTERS: usize = 3;

/// A part of a phrase.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    /// The word with this hash.
    Word(u64),
    /// Any word that begins so.
    Stem(Box<[u8]>),
    /// Up to four words.
    Gap,
}

/// Reads a phrase as written in a topic file; the error is a sentence for its author.
pub(super) fn parse(phrase: &str) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    for piece in phrase.split_whitespace() {
        if piece == "~" {
            parts.push(Part::Gap);
            continue;
        }
        if piece == "@" {
            // The reader of words takes it for one only inside an address.
            parts.push(Part::Word(words::hash(piece)));
            continue;
        }
        let (written, stem) = match piece.strip_suffix('*') {
            Some(written) => (written, true),
            None => (piece, false),
        };
        if written.contains(['*', '~']) {
            return Err(format!(
                "`*` may only end a word and `~` must stand alone, unlike in `{piece}`"
            ));
        }
        let mut last: Option<Box<[u8]>> = None;
        words::read(written, |word| {
            parts.push(Part::Word(word.hash));
            if stem {
                last = Some(word.head.into()).filter(|_| word.whole);
            }
        });
        if stem {
            match (last, parts.last_mut()) {
                (Some(letters), Some(part)) if letters.len() >= STEM_LETTERS => {
                    *part = Part::Stem(letters);
                }
                _ => return Err(format!("the stem `{piece}` needs 3 to {HEAD} letters")),
            }
        }
    }
    match (parts.first(), parts.last()) {
        (None, _) => Err("a phrase needs at least one word".to_owned()),
        (Some(Part::Gap), _) | (_, Some(Part::Gap)) => {
            Err("`~` must stand between two words".to_owned())
        }
        _ if parts.windows(2).any(|two| two == [Part::Gap, Part::Gap]) => {
            Err("two `~` in a row: one already stands for up to four words".to_owned())
        }
        _ if parts.iter().filter(|part| **part == Part::Gap).count() > 2 => {
            Err("a phrase may hold two `~` at most".to_owned())
        }
        _ => Ok(parts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_that_could_never_match_are_refused() {
        for phrase in [
            "", "~", "~ out", "opt ~", "a ~ ~ b", "c*kie", "co*", "*", "a~b", "…",
        ] {
            assert!(parse(phrase).is_err(), "{phrase:?}");
        }
        assert!(parse("a ~ b ~ c ~ d").is_err());
    }
}
