//! Draws the list of changes.

use super::telling::Telling;
use super::{Change, ChangeClass};
use crate::compare::{By, Comparison, Row};
use crate::model::{Pair, Policy, Side, TextRange, on_one_line};
use crate::tui::glyphs::Glyph;
use crate::tui::text::{fill, sanitize, truncate, width};
use crate::tui::theme::Role;
use crate::tui::view::compare::places::Place;
use crate::tui::view::compare::rows::reads_as_one;
use crate::tui::view::compare::{CompareView, Ctx, paint};
use crate::tui::view::{pane_rule, rule};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

/// Rows over the counts: what it is, and a rule.
const HEAD: u16 = 2;

/// From this width on the topics are named rather than marked by a letter.
const NAMED: u16 = 64;

/// From so many columns for the words on, both sides of a pair by topic are told.
const BOTH: usize = 44;

/// Columns of the signs around words that changed.
const SIGNS: usize = 4;

/// Columns of the sign that there are more counts, in either spelling, and a space.
const MORE: usize = 4;

/// Columns between two counts.
const BETWEEN: usize = 3;

/// A line of classes with their counts.
#[derive(Clone, Debug, Default)]
struct CountLine {
    counts: Vec<(Option<ChangeClass>, String)>,
    /// Whether more stand before those of this line, out of sight.
    cut_before: bool,
    /// Whether more stand behind them, out of sight.
    cut_after: bool,
}

impl CompareView {
    /// Where the changes stand: below head and counts.
    pub(in crate::tui::view::compare) fn entries(&self) -> Rect {
        let list = self.places.list;
        let counts = u16::try_from(self.count_lines().len()).unwrap_or(u16::MAX);
        let above = (HEAD + counts).min(list.height);
        Rect {
            y: list.y + above,
            height: list.height - above,
            ..list
        }
    }

    pub(in crate::tui::view::compare) fn render_changes(
        &self,
        comparison: &Comparison,
        policies: Pair<&Policy>,
        buffer: &mut Buffer,
        ctx: &Ctx<'_>,
    ) {
        let list = self.places.list;
        Clear.render(list, buffer);
        let (head, ruled) = match self.places.place {
            Place::Beside => {
                let with_rule = Rect {
                    width: list.width + 1,
                    ..list
                };
                let below = Rect {
                    y: list.y + HEAD,
                    height: list.height.saturating_sub(HEAD),
                    ..list
                };
                pane_rule(buffer, below, list.right(), ctx);
                let joint = [(list.right(), Glyph::JointDown)];
                rule(buffer, with_rule, list.y + 1, &joint, ctx);
                (list.y, list.y + 1)
            }
            _ => (list.y + 1, list.y),
        };
        if self.places.place == Place::Over {
            rule(buffer, list, ruled, &[], ctx);
        }
        buffer.set_line(list.x, head, &self.changes_head(ctx), list.width);
        for (y, line) in (list.y + HEAD..list.bottom()).zip(self.count_lines()) {
            buffer.set_line(list.x, y, &self.counts_line(&line, ctx), list.width);
        }
        let entries = self.entries();
        if self.changes.changes.is_empty() && !entries.is_empty() {
            let form = comparison.summary.formatting;
            let words = match (comparison.by, form) {
                (By::Text, 1..) => format!("  Only {form} of form, press {}", self.key_form(ctx)),
                _ => "  No change to list".to_owned(),
            };
            let span = ctx.span(Role::Dim, words);
            buffer.set_span(entries.x, entries.y, &span, entries.width);
        }
        for (y, at) in (entries.y..entries.bottom()).zip(self.changes.scroll.visible()) {
            let row = Rect {
                y,
                height: 1,
                ..entries
            };
            self.render_change(at, comparison, policies, row, buffer, ctx);
        }
    }

    /// `Changes · 3 of 75 · numbers · topic cookies`
    fn changes_head(&self, ctx: &Ctx<'_>) -> Line<'static> {
        let all = self.changes.changes.len();
        let at = (self.changes.scroll.cursor() + 1).min(all);
        let lead = if self.changes.has_focus() {
            Role::Accent
        } else {
            Role::Dim
        };
        let dot = format!(" {} ", ctx.glyph(Glyph::Dot));
        let mut spans = vec![
            ctx.span(lead, " Changes"),
            ctx.span(Role::Dim, format!("{dot}{at} of {all}")),
        ];
        let class = self.shown.class.map(|class| class.label().to_owned());
        let topic = self.shown.topic.map(|topic| format!("topic {topic}"));
        for filter in class.into_iter().chain(topic) {
            spans.push(ctx.span(Role::Dim, dot.clone()));
            spans.push(ctx.span(Role::Accent, filter));
        }
        Line::from(spans)
    }

    /// The classes with their counts, in lines that fit; on a low screen only the line with the class
    /// that is listed.
    fn count_lines(&self) -> Vec<CountLine> {
        let width = usize::from(self.places.list.width).saturating_sub(1);
        let most = usize::from(self.places.list.height / 5).max(1);
        let lines = self.packed(width);
        if lines.len() <= most {
            return lines;
        }
        // A sign at either end says that there are more.
        let lines = self.packed(width.saturating_sub(2 * MORE));
        let last = lines.len().saturating_sub(1);
        let holds = |line: &CountLine| line.counts.iter().any(|(c, _)| *c == self.shown.class);
        let kept = lines.into_iter().enumerate().find(|(_, line)| holds(line));
        let kept = kept.map(|(at, line)| CountLine {
            cut_before: at > 0,
            cut_after: at < last,
            ..line
        });
        kept.into_iter().collect()
    }

    /// All classes with their counts, in lines of so many columns; no class stands for all of them.
    fn packed(&self, columns: usize) -> Vec<CountLine> {
        let counts = &self.changes.counts;
        let is_listed = |class: ChangeClass| !class.is_quiet() || self.shown.form;
        let all = counts.iter().filter(|(class, _)| is_listed(*class));
        let all: usize = all.map(|(_, count)| count).sum();
        let each = counts
            .iter()
            .map(|&(class, count)| (Some(class), self.counted(class, count)));
        let mut lines: Vec<CountLine> = Vec::new();
        let mut room = 0;
        for item in std::iter::once((None, format!("all {all}"))).chain(each) {
            let needed = item.1.len();
            match lines.last_mut().filter(|_| needed + BETWEEN <= room) {
                Some(line) => {
                    room -= needed + BETWEEN;
                    line.counts.push(item);
                }
                None => {
                    room = columns.saturating_sub(needed);
                    lines.push(CountLine {
                        counts: vec![item],
                        ..CountLine::default()
                    });
                }
            }
        }
        lines
    }

    fn counts_line(&self, line: &CountLine, ctx: &Ctx<'_>) -> Line<'static> {
        let dot = || ctx.span(Role::Dim, format!(" {} ", ctx.glyph(Glyph::Dot)));
        let more = || ctx.span(Role::Dim, ctx.glyph(Glyph::Ellipsis));
        let mut spans = vec![Span::raw(" ")];
        if line.cut_before {
            spans.extend([more(), Span::raw(" ")]);
        }
        for (at, (class, words)) in line.counts.iter().enumerate() {
            if at > 0 {
                spans.push(dot());
            }
            let chosen = *class == self.shown.class;
            let role = if chosen { Role::Focus } else { Role::Dim };
            spans.push(ctx.span(role, words.clone()));
        }
        if line.cut_after {
            spans.extend([Span::raw(" "), more()]);
        }
        Line::from(spans)
    }

    fn render_change(
        &self,
        at: usize,
        comparison: &Comparison,
        policies: Pair<&Policy>,
        area: Rect,
        buffer: &mut Buffer,
        ctx: &Ctx<'_>,
    ) {
        let Some((change, row)) = self
            .changes
            .changes
            .get(at)
            .and_then(|change: &Change| Some((*change, comparison.rows.get(change.row)?)))
        else {
            return;
        };
        let here = at == self.changes.scroll.cursor();
        let cursor = if here { ctx.glyph(Glyph::Current) } else { " " };
        let (glyph, role) = paint::mark(row.kind, row.class);
        let label = match comparison.by {
            By::Text => fill(change.class.label(), 7, ""),
            By::Topic | By::Practice => fill(change.class.label(), 10, ""),
        };
        let mut spans = vec![
            ctx.span(Role::Accent, cursor),
            ctx.span(role, ctx.glyph(glyph)),
            ctx.span(Role::Dim, format!(" {label} ")),
        ];
        spans.push(match row.topic {
            Some(topic) => ctx.topic_mark(topic, true),
            None => Span::raw("  "),
        });
        spans.push(Span::raw(" "));
        if area.width >= NAMED {
            let name = row.topic.map_or("", |topic| topic.id());
            spans.push(ctx.span(Role::Dim, fill(name, 13, "")));
        }
        let taken: usize = spans.iter().map(Span::width).sum();
        let teller = Teller {
            policies,
            ctx,
            room: usize::from(area.width).saturating_sub(taken),
        };
        spans.extend(match comparison.practice_of(change.row) {
            Some(found) => teller.question(&found.question.text),
            None => teller.words(row, comparison.by),
        });
        buffer.set_line(area.x, area.y, &Line::from(spans), area.width);
        if here && self.changes.has_focus() {
            buffer.set_style(area, ctx.style(Role::Focus));
        }
    }
}

/// What is needed to tell a change in the columns that are left.
struct Teller<'a, 'b> {
    policies: Pair<&'a Policy>,
    ctx: &'a Ctx<'b>,
    room: usize,
}

impl Teller<'_, '_> {
    fn words(&self, row: &Row, by: By) -> Vec<Span<'static>> {
        let telling = Telling::of(row, self.policies);
        match telling.filter(|_| by == By::Text) {
            Some(telling) => self.changed(telling, row),
            None => self.first(row),
        }
    }

    fn question(&self, question: &str) -> Vec<Span<'static>> {
        self.fit(vec![self.ctx.span(Role::Text, sanitize(question))])
    }

    /// `…data for [-12-] {+24+} months`. Where there is little room, what changed goes before what
    /// stands around it.
    fn changed(&self, telling: Telling, row: &Row) -> Vec<Span<'static>> {
        let ctx = self.ctx;
        let most = match telling.came {
            Some(_) => (self.room * 3 / 5).saturating_sub(SIGNS),
            None => self.room.saturating_sub(SIGNS),
        };
        let mut spans = Vec::new();
        if let Some(went) = telling.went {
            let words = self.cut(Side::Left, went, most);
            spans.push(ctx.span(Role::MarkRemove, format!("[-{words}-]")));
        }
        if telling.went.is_some() && telling.came.is_some() {
            spans.push(Span::raw(" "));
        }
        if let Some(came) = telling.came {
            let words = self.cut(Side::Right, came, self.room);
            spans.push(ctx.span(Role::MarkAdd, format!("{{+{words}+}}")));
        }
        let needed: usize = spans.iter().map(Span::width).sum();
        if let Some(before) = telling.before.filter(|_| reads_as_one(row)) {
            let lead = if before.cut {
                ctx.glyph(Glyph::Ellipsis)
            } else {
                ""
            };
            let words = self.cut(Side::Right, before.text, self.room);
            let gap = if before.apart { " " } else { "" };
            let words = format!("{lead}{}{gap}", words.trim_end());
            if needed + width(&words) <= self.room {
                spans.insert(0, ctx.span(Role::Text, words));
            }
        }
        if let Some(after) = telling.after {
            let words = self.cut(Side::Right, after.text, self.room);
            let gap = if after.apart { " " } else { "" };
            spans.push(ctx.span(Role::Text, format!("{gap}{words}")));
        }
        self.fit(spans)
    }

    /// The first words of a row: of the side it stands on, or of both.
    fn first(&self, row: &Row) -> Vec<Span<'static>> {
        let text = |side: Side| {
            let clause = row.clauses[side].first();
            clause
                .and_then(|id| self.policies[side].clauses.get(id.index()))
                .map(|clause| clause.text)
        };
        let spans = match (text(Side::Left), text(Side::Right)) {
            (Some(left), Some(right)) if self.room >= BOTH => {
                let half = self.room.saturating_sub(4) / 2;
                let versus = format!(" {} ", self.ctx.glyph(Glyph::Versus));
                vec![
                    self.ctx.span(Role::Text, self.cut(Side::Left, left, half)),
                    self.ctx.span(Role::Dim, versus),
                    self.ctx
                        .span(Role::Text, self.cut(Side::Right, right, half)),
                ]
            }
            (Some(text), None) | (Some(text), Some(_)) => {
                vec![
                    self.ctx
                        .span(Role::Text, self.cut(Side::Left, text, self.room)),
                ]
            }
            (None, Some(text)) => {
                vec![
                    self.ctx
                        .span(Role::Text, self.cut(Side::Right, text, self.room)),
                ]
            }
            (None, None) => Vec::new(),
        };
        self.fit(spans)
    }

    /// The words of a stretch on one line of so many columns.
    fn cut(&self, side: Side, range: TextRange, columns: usize) -> String {
        let text = &self.policies[side].text;
        // No more is looked at than can be seen: a stretch may be a whole page.
        let words = first_bytes(range, text, columns * 4 + 4).of(text);
        let words = on_one_line(words);
        truncate(&words, columns, self.ctx.glyph(Glyph::Ellipsis)).into_owned()
    }

    /// Cut to the columns that are left.
    fn fit(&self, spans: Vec<Span<'static>>) -> Vec<Span<'static>> {
        let dots = self.ctx.glyph(Glyph::Ellipsis);
        let mut left = self.room;
        let mut fitting = Vec::new();
        for span in spans {
            let text = truncate(&span.content, left, dots).into_owned();
            left = left.saturating_sub(width(&text));
            fitting.push(Span::styled(text, span.style));
        }
        fitting
    }
}

/// At most so many bytes of a stretch, cut between characters.
fn first_bytes(range: TextRange, text: &str, bytes: usize) -> TextRange {
    let (start, end) = (range.start as usize, range.end as usize);
    let mut cut = end.min(start + bytes);
    while cut < end && !text.is_char_boundary(cut) {
        cut += 1;
    }
    TextRange::new(start, cut)
}
