//! Finds the date that a policy gives for its own last revision.

mod written;

use super::chunk::Chunk;
use super::clauses::{self, Piece};
use crate::model::{Block, Clause, PartialDate, Revision, TextRange};
use std::cmp::Reverse;

/// Words that announce a revision, by weight: a date of last revision outweighs a date of effect.
const CUES: &[(&str, u8)] = &[
    ("last updated", 3),
    ("last update", 3),
    ("last modified", 3),
    ("last revised", 3),
    ("last revision", 3),
    ("last amended", 3),
    ("last changed", 3),
    ("last reviewed", 2),
    ("date of last", 3),
    ("revision date", 3),
    ("date revised", 3),
    ("date last", 3),
    ("most recently", 2),
    ("revised", 2),
    ("updated", 2),
    ("update", 2),
    ("modified", 2),
    ("amended", 2),
    ("mise à jour", 3),
    ("última actualización", 3),
    ("ultimo aggiornamento", 3),
    ("zuletzt aktualisiert", 3),
    ("letzte aktualisierung", 3),
    ("laatst bijgewerkt", 3),
    ("stand:", 2),
    ("stand der", 2),
    ("effective", 1),
    ("version", 1),
    ("in force", 1),
    ("in effect", 1),
    ("as of", 1),
    ("dated", 1),
    ("posted", 1),
    ("published", 1),
];

/// Words that may stand between a cue and its date.
const BETWEEN: &[&str] = &[
    "on",
    "at",
    "as",
    "of",
    "date",
    "is",
    "was",
    "and",
    "effective",
    "in",
    "since",
    "the",
    "this",
    "our",
    "privacy",
    "policy",
    "notice",
    "statement",
    "version",
    "dated",
    "le",
    "am",
    "vom",
    "el",
    "il",
    "op",
    "from",
    "updated",
    "revised",
    "modified",
    "last",
    "day",
    "time",
    "became",
    "becomes",
    "document",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "den",
    "del",
    "de",
    "no",
    "page",
    "to",
    "it",
    "these",
    "terms",
    "starting",
    "beginning",
    "has",
    "been",
    "will",
    "be",
];

/// How many words may stand between a cue and its date.
const MAX_BETWEEN: usize = 7;

/// Sentences longer than this do not give a revision date; bytes.
const MAX_SENTENCE: usize = 400;

/// A clause that may tell when the policy was revised.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dated {
    /// The block it stands in.
    pub(super) block: u32,
    pub(super) weight: u8,
    pub(super) date: PartialDate,
    /// The words that say so.
    pub(super) quote: TextRange,
}

/// The policy's own date of last revision: the weightiest cue wins, then the latest date, then
/// what stands first.
pub(super) fn revision(document: &Chunk, blocks: &[Block], clauses: &[Clause]) -> Option<Revision> {
    let best = all(document, blocks, clauses)
        .max_by_key(|it| (it.weight, it.date, Reverse(it.quote.start)))?;
    Some(Revision {
        date: best.date,
        quote: best.quote,
    })
}

/// Every date of revision that a document whose structure is known may give.
pub(super) fn all<'a>(
    document: &'a Chunk,
    blocks: &'a [Block],
    clauses: &'a [Clause],
) -> impl Iterator<Item = Dated> + 'a {
    // A heading is one clause, however many pieces it was cut into.
    let is_heading = |number: u32| blocks.get(number as usize).is_some_and(clauses::is_heading);
    let in_text = document
        .dates
        .iter()
        .filter(move |it| !is_heading(it.block));
    let headings = blocks.iter().filter(|block| clauses::is_heading(block));
    let in_headings = headings.flat_map(move |block| {
        let ids = block.clause_ids();
        let clauses = ids.filter_map(|id| clauses.get(id.index()));
        clauses.filter_map(|clause| dated(&document.raw.text, clause.block, clause.text))
    });
    in_text.copied().chain(in_headings)
}

/// The dates in the pieces of a block.
pub(super) fn in_block<'a>(
    text: &'a str,
    block: usize,
    pieces: &'a [Piece],
) -> impl Iterator<Item = Dated> + 'a {
    let block = TextRange::new(0, block).end;
    let dated = move |piece: &Piece| dated(text, block, piece.text);
    pieces.iter().filter_map(dated)
}

fn dated(text: &str, block: u32, clause: TextRange) -> Option<Dated> {
    let sentence = clause.of(text);
    if sentence.len() > MAX_SENTENCE || !may_hold_date(sentence) {
        return None;
    }
    let (weight, date, place) = in_sentence(sentence)?;
    let start = clause.start as usize;
    Some(Dated {
        block,
        weight,
        date,
        quote: TextRange::new(start + place.start, start + place.end),
    })
}

/// The weightiest cue with a date close behind it, and where both stand.
fn in_sentence(sentence: &str) -> Option<(u8, PartialDate, std::ops::Range<usize>)> {
    let mut best: Option<(u8, PartialDate, std::ops::Range<usize>)> = None;
    for (start, cue, weight) in cues(sentence) {
        if best.as_ref().is_some_and(|(w, ..)| *w >= weight) {
            continue;
        }
        if let Some((date, stop)) = date_after(sentence, start + cue.len()) {
            best = Some((weight, date, start..stop));
        }
    }
    best
}

/// The cues of a sentence that begin with a word: where each stands, and its weight.
///
/// Few sentences hold digits enough to get here: to look at their words is less work than to build an
/// automaton over the cues.
fn cues(sentence: &str) -> impl Iterator<Item = (usize, &'static str, u8)> + '_ {
    let bytes = sentence.as_bytes();
    let starts = (0..bytes.len()).filter(|&at| at == 0 || !bytes[at - 1].is_ascii_alphanumeric());
    let may_start = starts
        .map(|at| (at, BEGINNING[usize::from(bytes[at])]))
        .filter(|(_, cues)| *cues != 0);
    may_start.flat_map(move |(at, mut cues)| {
        std::iter::from_fn(move || {
            while cues != 0 {
                let (cue, weight) = CUES[cues.trailing_zeros() as usize];
                cues &= cues - 1;
                let there = bytes.get(at..at + cue.len());
                if there.is_some_and(|there| there.eq_ignore_ascii_case(cue.as_bytes()))
                    && !sentence[..at].ends_with(char::is_alphanumeric)
                {
                    return Some((at, cue, weight));
                }
            }
            None
        })
    })
}

/// The [`CUES`] that begin with a byte, in either case, one bit each.
static BEGINNING: [u64; 256] = {
    let mut cues = [0; 256];
    let mut number = 0;
    while number < CUES.len() {
        let first = CUES[number].0.as_bytes()[0];
        cues[first.to_ascii_lowercase() as usize] |= 1 << number;
        cues[first.to_ascii_uppercase() as usize] |= 1 << number;
        number += 1;
    }
    cues
};

/// Whether a text holds the digits of a date: even 6/1/13 has four.
fn may_hold_date(text: &str) -> bool {
    // Short enough for its count to fit a byte, so that many bytes are looked at together.
    const STRETCH: usize = 128;
    let count = |stretch: &[u8]| {
        let digits = stretch
            .iter()
            .fold(0, |n, b| n + u8::from(b.is_ascii_digit()));
        usize::from(digits)
    };
    text.as_bytes().chunks(STRETCH).map(count).sum::<usize>() >= 4
}

fn date_after(sentence: &str, from: usize) -> Option<(PartialDate, usize)> {
    let tokens = written::tokens(sentence, from, MAX_BETWEEN + written::LONGEST);
    for skip in 0..tokens.len().min(MAX_BETWEEN + 1) {
        if let Some((date, used)) = written::date_at(&tokens[skip..]) {
            return Some((date, tokens[skip + used - 1].end));
        }
        if !BETWEEN.contains(&tokens[skip].text.as_str()) {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::in_sentence;

    fn found(sentence: &str) -> String {
        in_sentence(sentence)
            .map(|(_, date, place)| format!("{date} “{}”", &sentence[place]))
            .unwrap_or_default()
    }

    #[test]
    fn revision_dates_in_the_ways_they_are_written() {
        assert_eq!(
            found("Revised 06-19-2013"),
            "2013-06-19 “Revised 06-19-2013”"
        );
        assert_eq!(
            found("Last updated: June 19th, 2013."),
            "2013-06-19 “Last updated: June 19th, 2013”"
        );
        assert_eq!(
            found("This policy was last modified on 1 May 2018."),
            "2018-05-01 “last modified on 1 May 2018”"
        );
        assert_eq!(
            found("Effective Date: May 25, 2018"),
            "2018-05-25 “Effective Date: May 25, 2018”"
        );
        assert_eq!(
            found("Updated 19.06.2013"),
            "2013-06-19 “Updated 19.06.2013”"
        );
        assert_eq!(
            found("Effective starting: August 17, 2026"),
            "2026-08-17 “Effective starting: August 17, 2026”"
        );
        assert_eq!(found("Last Updated 2020-02-30"), "");
        assert_eq!(found("Stand: Mai 2018"), "2018-05 “Stand: Mai 2018”");
        assert_eq!(
            found("Date de dernière mise à jour : 12 mars 2023"),
            "2023-03-12 “mise à jour : 12 mars 2023”"
        );
    }

    #[test]
    fn an_order_that_is_open_settles_only_the_year() {
        assert_eq!(
            found("Last revised 03/04/2015"),
            "2015 “Last revised 03/04/2015”"
        );
    }

    #[test]
    fn other_dates_are_not_the_revision() {
        for other in [
            "Copyright 2013 Acme",
            "Registered in England on 19 June 2013.",
            "We act under the Act of 2018.",
            "Data is updated when you log in, as 12 people did in May 2018.",
        ] {
            assert_eq!(found(other), "");
        }
    }
}
