//! A comparison by text, for people: the order of the document, what is equal folded with a count, the
//! words that changed in brackets.

use super::words::row_mark;
use super::{Text, shown_text};
use crate::compare::{Class, Comparison, FormChange, Op, Row, RowKind, form_changes};
use crate::model::{Pair, Side, Stance, Standing, on_one_line};
use crate::report::text::prose;
use std::io;

impl Text<'_, '_> {
    pub(super) fn by_text(&mut self, comparison: &Comparison) -> io::Result<()> {
        let mut hidden = Hidden::default();
        for (at, row) in comparison.rows.iter().enumerate() {
            if !self.options.shows_topic(row.topic) {
                continue;
            }
            if !self.options.all && row.kind == RowKind::Same {
                hidden.equal += 1;
            } else if !self.options.all && row.class <= Class::Formatting {
                let counter = match comparison.is_relinked(at) {
                    true => &mut hidden.links,
                    false => &mut hidden.form,
                };
                *counter += 1;
            } else {
                self.fold(&mut hidden)?;
                self.text_row(row, comparison, comparison.turn(at))?;
            }
        }
        self.fold(&mut hidden)
    }

    fn fold(&mut self, hidden: &mut Hidden) -> io::Result<()> {
        let plural = |n, one: &str, more: &str| {
            let is_some = n > 0;
            is_some.then(|| format!("{n} {}", if n == 1 { one } else { more }))
        };
        let Hidden { equal, links, form } = std::mem::take(hidden);
        let told: Vec<String> = [
            plural(equal, "equal clause", "equal clauses"),
            plural(links, "changed link", "changed links"),
            plural(form, "change of form", "changes of form"),
        ]
        .into_iter()
        .flatten()
        .collect();
        match told.as_slice() {
            [] => Ok(()),
            [one] => writeln!(self.out, "\n    … {one} …"),
            [rest @ .., last] => writeln!(self.out, "\n    … {} and {last} …", rest.join(", ")),
        }
    }

    fn text_row(
        &mut self,
        row: &Row,
        comparison: &Comparison,
        turn: Option<Pair<Stance>>,
    ) -> io::Result<()> {
        let mark = row_mark(row.kind);
        writeln!(self.out)?;
        let mut text = if row.words.is_empty() {
            let side = if row.clauses.left.is_empty() {
                Side::Right
            } else {
                Side::Left
            };
            shown_text(&row.clauses[side], self.policies[side])
        } else {
            self.marked_words(row)
        };
        if let Some(Pair { left, right }) = turn {
            text = format!("({left} → {right}) {text}");
        }
        if let Some(other) = row.partner.and_then(|at| comparison.rows.get(at)) {
            text = format!("({}) {text}", self.moved(row, other));
        }
        for change in form_changes(self.policies, row) {
            text = format!("({}) {text}", form_words(&change));
        }
        prose(self.out, &format!("{mark}   "), "    ", &text)
    }

    /// Where the other end of a move stands: `moved to “Your rights”`.
    fn moved(&self, row: &Row, other: &Row) -> String {
        let (side, way) = if row.clauses.left.is_empty() {
            (Side::Left, "from")
        } else {
            (Side::Right, "to")
        };
        let standing = |row: &Row, side: Side| {
            let first = row.clauses[side].first()?;
            Some(self.policies[side].standing(*first))
        };
        let there = standing(other, side);
        match there {
            Some(Standing::Under(heading)) if standing(row, side.other()) == there => {
                format!("moved within “{heading}”")
            }
            Some(there) => format!("moved {way} {}", self.place(there, side)),
            None => "moved".to_owned(),
        }
    }

    fn place(&self, standing: Standing<'_>, side: Side) -> String {
        /// Words of the clause before that tell where one stands.
        const WORDS: usize = 6;
        match standing {
            Standing::Under(heading) => format!("“{heading}”"),
            Standing::AfterHeading(heading) => format!("after “{heading}”"),
            Standing::After(id) => {
                let mut words = self.policies[side].clause_text(id).split_whitespace();
                let first: Vec<&str> = words.by_ref().take(WORDS).collect();
                let more = if words.next().is_some() { "…" } else { "" };
                format!("after “{}{more}”", first.join(" "))
            }
            Standing::Top => "the top".to_owned(),
        }
    }

    /// `We [-may-] {+will never+} share`. Pieces stand apart where white space parts them.
    fn marked_words(&self, row: &Row) -> String {
        let mut text = String::new();
        let mut ends = Pair::<Option<u32>>::default();
        for words in &row.words {
            let side = if words.op == Op::Delete {
                Side::Left
            } else {
                Side::Right
            };
            let Some(range) = words.text[side] else {
                continue;
            };
            let joined = Side::BOTH
                .into_iter()
                .filter_map(|side| Some((ends[side], words.text[side]?.start)))
                .all(|(end, start)| end == Some(start));
            if !text.is_empty() && !joined {
                text.push(' ');
            }
            let part = self.policies[side].with_strikes(range);
            match words.op {
                Op::Equal => text.push_str(&part),
                Op::Delete => text.push_str(&format!("[-{part}-]")),
                Op::Insert => text.push_str(&format!("{{+{part}+}}")),
            }
            for side in Side::BOTH {
                ends[side] = words.text[side].map(|range| range.end).or(ends[side]);
            }
        }
        on_one_line(&text).into_owned()
    }
}

/// Rows left out since the last that was shown.
#[derive(Default)]
struct Hidden {
    equal: usize,
    /// Rows of which only a link leads elsewhere.
    links: usize,
    form: usize,
}

/// What changed of the form, in words.
fn form_words(change: &FormChange) -> String {
    match change {
        FormChange::Link { left, right } => {
            let name =
                |target: &Option<String>| target.clone().unwrap_or_else(|| "none".to_owned());
            format!("link {} → {}", name(left), name(right))
        }
        FormChange::Emphasis => "bold, italic and the like".to_owned(),
        FormChange::Layout => "paragraphs, bullets or numbers".to_owned(),
        FormChange::Characters => "quotes, dashes, capitals or spaces".to_owned(),
    }
}
