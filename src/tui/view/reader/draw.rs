//! How the reader looks: what stands in its panes.

use super::areas::{GUTTER, PANEL, Place};
use super::{Focus, ReaderView};
use crate::model::{ClauseId, ClauseLabels, Margin, TextRange};
use crate::tui::explain;
use crate::tui::glyphs::Glyph;
use crate::tui::keymap::Scope;
use crate::tui::text::LineKind;
use crate::tui::text::sanitize;
use crate::tui::theme::Role;
use crate::tui::view::{Ctx, pane_rule, prompt_line, rule};
use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

impl ReaderView {
    /// Divides the area between the panes, and lays the text out in its own.
    pub(super) fn split(&mut self) {
        let panel = if self.explained.is_open() { PANEL } else { 0 };
        let asked = self.questions.is_open();
        self.areas.split(!self.outline.is_empty(), panel, asked);
        let area = self.areas.questions;
        let height = usize::from(area.height.saturating_sub(1));
        self.questions.resize(area.width.into(), height);
        self.lay();
    }

    pub(super) fn draw(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        let areas = &self.areas;
        let joint = |glyph| {
            let outline = areas.beside.then_some((areas.outline.right(), glyph));
            let beside = areas.place == Place::Beside;
            let questions = beside.then(|| (areas.questions.x.saturating_sub(1), glyph));
            outline.into_iter().chain(questions).collect::<Vec<_>>()
        };
        let whole = areas.whole;
        let below = whole.bottom().saturating_sub(1);
        rule(buffer, whole, whole.y, &joint(Glyph::JointDown), ctx);
        rule(buffer, whole, below, &joint(Glyph::JointUp), ctx);
        let policy = &self.subject.policy;
        self.draw_questions(buffer, ctx);
        if areas.questions_cover() && self.focus == Focus::Questions {
            return;
        }
        let focused = self.focus == Focus::Outline;
        if areas.shows_outline(self.focus) {
            self.outline
                .render(buffer, areas.outline, policy, focused, ctx);
        }
        if areas.beside {
            pane_rule(buffer, areas.outline, areas.outline.right(), ctx);
        } else if focused {
            return;
        }
        if let Some(y) = areas.provenance {
            let room = areas.right().saturating_sub(areas.text.x + 1);
            let line = explain::provenance(policy, usize::from(room), ctx);
            buffer.set_line(areas.text.x, y, &line, room);
        }
        self.draw_text(buffer, ctx);
        let lines = self.panel_lines(ctx);
        self.explained
            .render(&lines, areas.panel, Scope::Reader, buffer, ctx);
    }

    fn draw_questions(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        let (areas, area) = (&self.areas, self.areas.questions);
        if !areas.shows_questions(self.focus) || area.height == 0 {
            return;
        }
        match areas.place {
            Place::Beside => pane_rule(buffer, area, area.x.saturating_sub(1), ctx),
            Place::Below => rule(buffer, area, area.y.saturating_sub(1), &[], ctx),
            Place::Over | Place::Nowhere => {}
        }
        let focused = self.focus == Focus::Questions;
        self.questions.render(buffer, area, focused, ctx);
    }

    fn draw_text(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        let area = self.areas.text;
        let policy = &self.subject.policy;
        let painter = ctx.painter(policy);
        let layout = self.pane.layout();
        let visible = self.pane.scroll().visible();
        let hits = self.seen_hits(visible.clone(), ctx);
        let current = self.pane.current();
        let clause: Vec<(TextRange, Style)> = current
            .map(|stop| (stop.text, ctx.style(Role::Current)))
            .into_iter()
            .collect();
        let proof: Vec<(TextRange, Style)> = self
            .questions
            .proving()
            .iter()
            .map(|words| (*words, ctx.style(Role::Proof)))
            .collect();
        for (y, at) in (area.y..).zip(visible) {
            let Some(place) = layout.lines().get(at) else {
                continue;
            };
            if let LineKind::Fold(clauses) = place.kind {
                let line = self.fold_line(clauses, ctx);
                buffer.set_line(area.x, y, &line, area.width);
                continue;
            }
            let line = painter.line(layout, at, &[&clause, &proof, &hits]);
            buffer.set_line(area.x, y, &line, area.width);
            let segments = layout.segments(at);
            let holds = |range: TextRange| segments.iter().any(|s| s.text.overlaps(range));
            if current.is_some_and(|stop| holds(stop.text)) {
                let bar = ctx.span(Role::Accent, ctx.glyph(Glyph::Current));
                buffer.set_span(self.gutter(), y, &bar, 1);
            }
            if let Some(mark) = self.mark(at, ctx) {
                buffer.set_line(self.gutter() + 1, y, &mark, GUTTER - 2);
            }
        }
    }

    fn gutter(&self) -> u16 {
        let whole = &self.areas.whole;
        let left = if self.areas.beside {
            self.areas.outline.right() + 1
        } else {
            whole.x
        };
        left.min(self.areas.text.x)
    }

    /// The search hits on the visible lines.
    fn seen_hits(&self, visible: std::ops::Range<usize>, ctx: &Ctx<'_>) -> Vec<(TextRange, Style)> {
        let hits = self.search.found.hits();
        let layout = self.pane.layout();
        let seen = visible
            .flat_map(|line| layout.segments(line))
            .map(|s| s.text);
        let (start, end) = seen.fold((u32::MAX, 0), |(start, end), range| {
            (start.min(range.start), end.max(range.end))
        });
        let first = hits.partition_point(|hit| hit.end <= start);
        let current = self.search.found.current().copied();
        hits[first..]
            .iter()
            .take_while(|hit| hit.start < end)
            .map(|hit| {
                let role = if Some(*hit) == current {
                    Role::MatchCurrent
                } else {
                    Role::Match
                };
                (*hit, ctx.style(role))
            })
            .collect()
    }

    /// The topic of the clauses that begin on a line: of the one under the cursor, else of the first
    /// that has one, with a plus when another topic begins there too; in its place a warning when one of
    /// these clauses does not go together with another.
    fn mark(&self, line: usize, ctx: &Ctx<'_>) -> Option<Line<'static>> {
        let begun = self.begun(line);
        let odd = |id: &ClauseId| self.subject.findings_on(*id).next().is_some();
        let warning = begun.iter().any(odd).then(|| {
            let sign = ctx.glyph(Glyph::Warning);
            ctx.span(Role::Warning, sign)
        });
        let spans = match (self.topic_of(&begun, ctx), warning) {
            (None, None) => return None,
            (Some((topic, plus)), None) => vec![topic, plus],
            (Some((topic, _)), Some(warning)) => vec![topic, warning],
            (None, Some(warning)) => vec![Span::raw("  "), warning],
        };
        Some(Line::from(spans))
    }

    /// The clauses that begin on a line.
    fn begun(&self, line: usize) -> Vec<ClauseId> {
        let policy = &self.subject.policy;
        let place = self.pane.layout().lines().get(line);
        let Some(block) = place.and_then(|place| policy.blocks.get(place.block as usize)) else {
            return Vec::new();
        };
        let segments = self.pane.layout().segments(line);
        let begins = |id: &ClauseId| {
            let clause = policy.clauses.get(id.index());
            clause.is_some_and(|clause| segments.iter().any(|s| s.text.contains(clause.text.start)))
        };
        block.clause_ids().filter(begins).collect()
    }

    /// The sign of the topic of one of the clauses, and a plus where others have another.
    fn topic_of(
        &self,
        clauses: &[ClauseId],
        ctx: &Ctx<'_>,
    ) -> Option<(Span<'static>, Span<'static>)> {
        let labels = self.subject.labels.as_ref()?;
        let on_topic = |id: &&ClauseId| labels.of(**id).main().is_some();
        let here: Vec<ClauseId> = clauses.iter().filter(on_topic).copied().collect();
        let current = self.pane.current().and_then(|stop| stop.clause);
        let shown = current
            .filter(|id| here.contains(id))
            .or(here.first().copied())?;
        let scored = labels.of(shown).topics.first()?;
        let other = |id: &ClauseId| labels.of(*id).main() != Some(scored.topic);
        let plus = if here.iter().any(other) { "+" } else { "" };
        let firm = scored.margin != Margin::Faint;
        Some((
            ctx.topic_mark(scored.topic, firm),
            ctx.span(Role::Dim, plus),
        ))
    }

    fn fold_line(&self, clauses: u32, ctx: &Ctx<'_>) -> Line<'static> {
        let plural = if clauses == 1 { "" } else { "s" };
        let without = self.subject.topic.map_or(String::new(), |topic| {
            format!(" without {}", topic.label().to_lowercase())
        });
        let dots = ctx.glyph(Glyph::Ellipsis);
        let text = format!("{dots} {clauses} clause{plural}{without} {dots}");
        Line::from(ctx.span(Role::Dim, text))
    }

    /// What the panel tells of the clause under the cursor: what does not hold together, topics, answers,
    /// its place.
    pub(super) fn panel_lines(&self, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
        let policy = &self.subject.policy;
        let clause = self.pane.current().and_then(|stop| stop.clause);
        let mut lines: Vec<Line<'static>> = clause
            .into_iter()
            .flat_map(|id| self.subject.findings_on(id))
            .flat_map(|issue| explain::finding(issue, ctx))
            .collect();
        let labels = self.labels();
        lines.extend(labels.map_or_else(Vec::new, |labels| explain::full(policy, labels, ctx)));
        let answered = clause.map_or_else(Vec::new, |id| self.questions.answered_by(id));
        lines.extend(answered.into_iter().map(|(question, answer)| {
            Line::from(vec![
                ctx.topic_mark(question.topic, true),
                ctx.span(Role::Strong, format!(" {}", answer.label())),
                Span::raw(format!(" {}", sanitize(&question.text))),
            ])
        }));
        if let Some(stop) = self.pane.current() {
            let clause = stop.clause.and_then(|id| policy.clauses.get(id.index()));
            let span = clause.map(|clause| clause.span);
            let line = span.map(|span| policy.line_of(span.start)).unwrap_or(1);
            let origin = policy.provenance.origin.to_string();
            let origin = format!("line {line} of {}", sanitize(&origin));
            lines.push(Line::from(ctx.span(Role::Dim, origin)));
        }
        lines
    }

    /// The labels of the clause under the cursor.
    fn labels(&self) -> Option<&ClauseLabels> {
        let clause = self.pane.current()?.clause?;
        Some(self.subject.labels.as_ref()?.of(clause))
    }

    pub(super) fn title_line(&self, ctx: &Ctx<'_>) -> Line<'static> {
        let entry = ctx.library.get(self.subject.id);
        let name = entry.map_or("", |entry| entry.name.as_str());
        let title = &self.subject.policy.title;
        Line::from(vec![
            Span::raw(sanitize(name).into_owned()),
            Span::raw(format!(" {} ", ctx.glyph(Glyph::Dot))),
            Span::raw(sanitize(title).into_owned()),
        ])
    }

    pub(super) fn state_line(&self, ctx: &Ctx<'_>) -> Line<'static> {
        let subject = &self.subject;
        let topic = match (subject.topic, &subject.labels) {
            (Some(topic), _) => format!("topic: {}", topic.label().to_lowercase()),
            (None, Some(_)) => "topic: all".to_owned(),
            (None, None) => "finding topics".to_owned(),
        };
        let percent = format!("{} %", self.pane.scroll().percent());
        let date = subject.policy.version().map(|version| version.to_string());
        let count = self.search.found.count();
        let version = self.version_of(ctx);
        let facts = if subject.topic.is_some() {
            [count, Some(topic), Some(percent), date, version]
        } else {
            [count, Some(percent), Some(topic), date, version]
        };
        let separator = format!(" {} ", ctx.glyph(Glyph::Dot));
        // On a low screen nothing stands above the text that could say it in full.
        let doubt = subject.policy.doubt();
        let doubt = doubt.filter(|_| self.areas.provenance.is_none());
        let doubt = doubt.map(|issue| ctx.span(Role::Warning, explain::doubt(issue.kind, ctx)));
        let mut spans: Vec<Span<'static>> = doubt.into_iter().collect();
        for fact in facts.into_iter().flatten() {
            let before = if spans.is_empty() { "" } else { &separator };
            spans.push(Span::raw(format!("{before}{fact}")));
        }
        Line::from(spans)
    }

    pub(super) fn status_line(&self, ctx: &Ctx<'_>) -> Line<'static> {
        if let Some((prompt, _)) = &self.search.typing {
            return prompt_line("/", prompt, ctx);
        }
        let mut line = self
            .labels()
            .map(|labels| explain::short(&self.subject.policy, labels, ctx))
            .unwrap_or_default();
        let clause = self.pane.current().and_then(|stop| stop.clause);
        let odd = clause.and_then(|id| self.subject.findings_on(id).next());
        if let Some(issue) = odd {
            let kind = format!("{} {}  ", ctx.glyph(Glyph::Warning), issue.kind);
            line.spans.insert(0, ctx.span(Role::Warning, kind));
        }
        if line.width() == 0 && self.areas.provenance.is_none() {
            return explain::provenance(&self.subject.policy, usize::MAX, ctx);
        }
        line
    }
}
