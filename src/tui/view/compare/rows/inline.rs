//! A changed row as one running text: what went in `[-…-]`, what came in `{+…+}`.

use crate::compare::{Op, Row, Words};
use crate::model::{Pair, Policy, Side, TextRange};
use crate::tui::text::wrap;

/// A piece of a line of running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui::view::compare) enum Piece {
    /// Words of a side.
    Words { op: Op, side: Side, text: TextRange },
    /// What opens or closes words that differ.
    Sign(Op, &'static str),
    /// A space between two pieces.
    Gap,
}

impl Piece {
    fn len(self) -> usize {
        match self {
            Piece::Words { text, .. } => text.len(),
            Piece::Sign(_, sign) => sign.len(),
            Piece::Gap => 1,
        }
    }

    /// The part of the piece from one byte of it up to another.
    fn cut(self, from: usize, to: usize) -> Self {
        match self {
            Piece::Words { op, side, text } => {
                let start = text.start as usize;
                let text = TextRange::new(start + from, start + to);
                Piece::Words { op, side, text }
            }
            Piece::Sign(op, sign) => Piece::Sign(op, sign.get(from..to).unwrap_or(sign)),
            Piece::Gap => self,
        }
    }
}

/// Whether a row reads better as one text with marks than as two texts: at least half of the
/// shorter one stands in the other.
pub(in crate::tui::view::compare) fn reads_as_one(row: &Row) -> bool {
    let mut kept = 0;
    let mut lengths = Pair::new(0, 0);
    for words in &row.words {
        for side in Side::BOTH {
            lengths[side] += words.text[side].map_or(0, TextRange::len);
        }
        if words.op == Op::Equal {
            kept += words.text.right.map_or(0, TextRange::len);
        }
    }
    kept > 0 && kept * 2 >= lengths.left.min(lengths.right)
}

/// The lines of a row as one running text, wrapped to a width.
pub(super) fn lines(row: &Row, policies: Pair<&Policy>, width: usize) -> Vec<Vec<Piece>> {
    let mut running = Running::default();
    for words in &row.words {
        running.add(words, policies);
    }
    running.wrapped(width)
}

/// For each side, the stretch of its text that pieces show.
pub(super) fn extent(pieces: &[Piece]) -> Pair<Option<TextRange>> {
    let mut extent = Pair::<Option<TextRange>>::default();
    for piece in pieces {
        if let Piece::Words { side, text, .. } = *piece {
            let start = extent[side].map_or(text.start, |range| range.start);
            let end = text.end;
            extent[side] = Some(TextRange { start, end });
        }
    }
    extent
}

/// The running text while it is put together.
#[derive(Default)]
struct Running {
    text: String,
    /// Each piece with the byte of `text` at which it begins.
    pieces: Vec<(usize, Piece)>,
    /// For each side, where the last of its words ends.
    ends: Pair<Option<u32>>,
}

impl Running {
    fn add(&mut self, words: &Words, policies: Pair<&Policy>) {
        // Where both have the words the right side is shown: it is the text as it is now.
        let side = match words.op {
            Op::Delete => Side::Left,
            Op::Equal | Op::Insert => Side::Right,
        };
        let Some(text) = words.text[side] else {
            return;
        };
        let follows = |side: Side| Some((self.ends[side]?, words.text[side]?.start));
        let joined = Side::BOTH
            .into_iter()
            .filter_map(follows)
            .all(|(end, start)| end == start);
        if !self.text.is_empty() && !joined {
            self.push(" ", Piece::Gap);
        }
        let signs = match words.op {
            Op::Equal => None,
            Op::Delete => Some(("[-", "-]")),
            Op::Insert => Some(("{+", "+}")),
        };
        if let Some((opens, _)) = signs {
            self.push(opens, Piece::Sign(words.op, opens));
        }
        let op = words.op;
        let shown = text.of(&policies[side].text);
        self.push(shown, Piece::Words { op, side, text });
        if let Some((_, closes)) = signs {
            self.push(closes, Piece::Sign(words.op, closes));
        }
        for side in Side::BOTH {
            self.ends[side] = words.text[side].map(|range| range.end).or(self.ends[side]);
        }
    }

    fn push(&mut self, text: &str, piece: Piece) {
        self.pieces.push((self.text.len(), piece));
        self.text.push_str(text);
    }

    fn wrapped(&self, width: usize) -> Vec<Vec<Piece>> {
        let whole = TextRange::new(0, self.text.len());
        let on_line = |line: TextRange| {
            let line = line.range();
            let first = self
                .pieces
                .partition_point(|(start, piece)| start + piece.len() <= line.start);
            let pieces = self.pieces.get(first..).unwrap_or(&[]).iter();
            pieces
                .take_while(|(start, _)| *start < line.end)
                .map(|&(start, piece)| {
                    let from = line.start.saturating_sub(start);
                    let to = piece.len().min(line.end - start);
                    piece.cut(from, to)
                })
                .collect()
        };
        wrap(&self.text, whole, width)
            .into_iter()
            .map(on_line)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{Class, RowKind};
    use crate::tui::sample::policy;

    /// A row of two one-sentence policies, from its words: `("=", "We")`, `("-", "may")`.
    fn row(words: &[(&str, &str)]) -> (Row, Pair<Policy>) {
        let mut texts = Pair::new(String::new(), String::new());
        let mut parts = Vec::new();
        for (op, word) in words {
            let op = match *op {
                "=" => Op::Equal,
                "-" => Op::Delete,
                _ => Op::Insert,
            };
            let mut text = Pair::default();
            for side in Side::BOTH {
                let absent = match side {
                    Side::Left => Op::Insert,
                    Side::Right => Op::Delete,
                };
                if op != absent {
                    if !texts[side].is_empty() {
                        texts[side].push(' ');
                    }
                    let start = texts[side].len();
                    texts[side].push_str(word);
                    text[side] = Some(TextRange::new(start, start + word.len()));
                }
            }
            parts.push(Words { op, text });
        }
        let row = Row {
            kind: RowKind::Changed,
            class: Class::Wording,
            topic: None,
            clauses: Pair::default(),
            words: parts,
            partner: None,
        };
        (row, texts.map(|text| policy("x", &text)))
    }

    fn read(words: &[(&str, &str)], width: usize) -> Vec<String> {
        let (row, policies) = row(words);
        let spelled = |piece: &Piece| match *piece {
            Piece::Words { side, text, .. } => text.of(&policies[side].text).to_owned(),
            Piece::Sign(_, sign) => sign.to_owned(),
            Piece::Gap => " ".to_owned(),
        };
        lines(&row, policies.as_ref(), width)
            .iter()
            .map(|line| line.iter().map(spelled).collect())
            .collect()
    }

    #[test]
    fn it_reads_as_one_text() {
        let words = [
            ("=", "We"),
            ("-", "may"),
            ("+", "will never"),
            ("=", "share your data."),
        ];
        assert_eq!(
            read(&words, 80),
            ["We [-may-] {+will never+} share your data."]
        );
        assert_eq!(
            read(&words, 20),
            ["We [-may-] {+will", "never+} share your", "data."]
        );
        assert_eq!(
            read(&[("-", "Gone."), ("+", "Come.")], 9),
            ["[-Gone.-]", "{+Come.+}"]
        );
    }

    #[test]
    fn nothing_is_lost_at_any_width() {
        let words = [
            ("-", "Every"),
            ("=", "piece of it"),
            ("+", "stands on some-line"),
            ("=", "or other"),
        ];
        for width in 1..60 {
            let together: String = read(&words, width).concat().split(' ').collect();
            assert_eq!(together, "[-Every-]pieceofit{+standsonsome-line+}orother");
        }
    }

    #[test]
    fn what_is_rewritten_does_not_read_as_one() {
        let kept = row(&[
            ("=", "We keep your data for"),
            ("-", "a year."),
            ("+", "ever."),
        ])
        .0;
        let rewritten = row(&[
            ("=", "We"),
            ("-", "ask you first."),
            ("+", "sell your data."),
        ])
        .0;
        let grown = row(&[
            ("=", "We share."),
            ("+", "So do all who gave us what they know."),
        ])
        .0;
        assert!(reads_as_one(&kept) && reads_as_one(&grown));
        assert!(!reads_as_one(&rewritten));
    }
}
