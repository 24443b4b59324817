//! By practice: questions with their verdicts, what the sides answer, the words that prove it.

use super::{Brush, mark, verdict};
use crate::compare::Verdict;
use crate::model::{Answer, Side, TextRange};
use crate::tui::glyphs::Glyph;
use crate::tui::text::{sanitize, width};
use crate::tui::theme::Role;
use crate::tui::view::compare::rows::{BEFORE_QUESTION, GUTTER, Line, What, said};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line as Styled, Span};

impl Brush<'_, '_> {
    /// A line of a question: at its beginning sign and topic, at its end the verdict, if that fits.
    pub(super) fn question(&self, line: &Line, available: u16) -> Vec<Span<'static>> {
        let What::Question {
            practice, folded, ..
        } = line.what
        else {
            return Vec::new();
        };
        let Some(found) = self.comparison.practices.get(practice) else {
            return Vec::new();
        };
        let (ctx, question) = (self.ctx, &found.question);
        let range = line.text.left.unwrap_or_default();
        let (glyph, role, words) = verdict(found.verdict);
        let mut spans = if range.start == 0 {
            vec![
                ctx.span(role, format!("{} ", ctx.glyph(glyph))),
                ctx.topic_mark(question.topic, true),
                Span::raw(" "),
            ]
        } else {
            vec![Span::raw(" ".repeat(usize::from(BEFORE_QUESTION) - 1))]
        };
        let part = sanitize(range.of(&question.text)).into_owned();
        let room = usize::from(available.saturating_sub(BEFORE_QUESTION + 1));
        let room = room.saturating_sub(width(&part));
        spans.push(ctx.span(Role::Heading, part));
        if range.end as usize != question.text.len() {
            return spans;
        }
        let words = match found.verdict {
            Verdict::Same => format!("both {}", found.answers.left.answer.label()),
            _ => words.to_owned(),
        };
        let more = format!("{words}, folded");
        let shut = folded && found.verdict == Verdict::Same;
        let wordings = if shut { vec![more, words] } else { vec![words] };
        let fitting = wordings.into_iter().find(|words| width(words) + 4 <= room);
        if let Some(words) = fitting {
            let gap = room - width(&words) - 2;
            let rule = ctx.glyph(Glyph::Horizontal).repeat(gap);
            spans.push(ctx.span(Role::Rule, format!(" {rule} ")));
            spans.push(ctx.span(role, words));
        }
        spans
    }

    /// How many questions neither side answers.
    pub(super) fn unanswered(&self) -> Vec<Span<'static>> {
        let ctx = self.ctx;
        let topic = self.view.shown.topic;
        let silent = self.comparison.practices.iter().filter(|found| {
            found.verdict == Verdict::Neither
                && topic.is_none_or(|topic| topic == found.question.topic)
        });
        let count = silent.count();
        let plural = if count == 1 { "" } else { "s" };
        let glyph = ctx.glyph(Glyph::NotStated);
        let open = topic.is_some() || self.view.shown.is_open(self.comparison.rows.len());
        let folded = if open { "" } else { ", folded" };
        vec![ctx.span(
            Role::NotStated,
            format!("{glyph} Neither answers {count} question{plural}{folded}"),
        )]
    }

    /// A line of what a side answers.
    pub(super) fn answer_of_side(
        &self,
        side: Side,
        at: usize,
        row: usize,
        line: &Line,
        cell: Rect,
        buffer: &mut Buffer,
    ) {
        let ctx = self.ctx;
        if self.is_under_cursor(at, side) {
            let bar = ctx.span(Role::Accent, ctx.glyph(Glyph::Current));
            buffer.set_span(cell.x, cell.y, &bar, 1);
        }
        let (Some(range), Some(content)) = (line.text[side], self.comparison.rows.get(row)) else {
            return;
        };
        let answer = self.comparison.proof(row, side).map(|proof| proof.answer);
        let silent = answer.is_none_or(|answer| answer == Answer::NotStated);
        if range.start == 0 {
            let (glyph, role) = if silent {
                (Glyph::NotStated, Role::NotStated)
            } else {
                mark(content.kind, content.class)
            };
            let sign = ctx.span(role, ctx.glyph(glyph));
            buffer.set_span(cell.x + 1, cell.y, &sign, 1);
        }
        let words = said(self.comparison, row, side);
        let part = sanitize(range.of(&words)).into_owned();
        let role = if silent {
            Role::NotStated
        } else {
            Role::Strong
        };
        // The answer itself stands out, what is remarked on it steps back.
        let bare = part.find(" (").filter(|_| range.start == 0);
        let bare = bare.unwrap_or(if range.start == 0 { part.len() } else { 0 });
        let (answer, remark) = part.split_at(bare);
        let spans = vec![
            ctx.span(role, answer.to_owned()),
            ctx.span(Role::Dim, remark.to_owned()),
        ];
        let room = cell.width.saturating_sub(GUTTER);
        buffer.set_line(cell.x + GUTTER, cell.y, &Styled::from(spans), room);
    }

    /// The words of a stretch that prove the answer of its side.
    pub(super) fn proving(
        &self,
        row: usize,
        side: Side,
        range: TextRange,
    ) -> Vec<(TextRange, Style)> {
        let style = self.ctx.style(Role::Proof);
        let proof = self.comparison.proof(row, side);
        let words = proof.into_iter().flat_map(|proof| &proof.words);
        words
            .filter(|words| words.overlaps(range))
            .map(|words| (*words, style))
            .collect()
    }
}
