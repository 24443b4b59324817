//! What stands over the columns and in the title line.

use super::{CompareView, Ctx, rows};
use crate::compare::{By, ChangeClass, Comparison, Verdict};
use crate::model::{Pair, Policy, Side};
use crate::tui::explain;
use crate::tui::glyphs::Glyph;
use crate::tui::text::{sanitize, truncate};
use crate::tui::theme::Role;
use crate::tui::view::{View, room_for_state, rule};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use std::cmp::Reverse;

impl CompareView {
    /// The names and dates over the columns.
    pub(super) fn render_heads(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        let area = self.places.columns;
        if area.height < 2 {
            return;
        }
        let unified = self.rows.unified;
        let widths = rows::columns(area.width);
        let columns = if unified {
            Pair::new(
                (area.x, area.width / 2),
                (area.x + area.width / 2, area.width.div_ceil(2)),
            )
        } else {
            let right = area.x + widths.left + rows::MIDDLE;
            Pair::new((area.x, widths.left), (right, widths.right))
        };
        for side in Side::BOTH {
            let (x, width) = columns[side];
            let letter = if side == Side::Left { " L " } else { " R " };
            let head = self.head(side, ctx);
            let room = usize::from(width).saturating_sub(4);
            let head = truncate(&head, room, ctx.glyph(Glyph::Ellipsis)).into_owned();
            let line = Line::from(vec![
                ctx.span(Role::Accent, letter),
                ctx.span(Role::Dim, head),
            ]);
            buffer.set_line(x, area.y, &line, width);
        }
        let x = area.x + widths.left;
        let joints = [(x, Glyph::JointDown), (x + 2, Glyph::JointDown)];
        rule(
            buffer,
            area,
            area.y + 1,
            if unified { &[] } else { &joints },
            ctx,
        );
    }

    /// What stands there while the comparison is made: how much there is to compare.
    pub(super) fn render_waiting(
        &self,
        policies: Pair<&Policy>,
        buffer: &mut Buffer,
        ctx: &Ctx<'_>,
    ) {
        let counts = policies.map(|policy| policy.clauses.len());
        let words = format!(
            " Comparing {} clauses with {} {}",
            counts.left,
            counts.right,
            ctx.glyph(Glyph::Ellipsis)
        );
        let body = self.places.body;
        buffer.set_span(body.x, body.y, &ctx.span(Role::Dim, words), body.width);
    }

    /// Where the panel below the columns stands.
    pub(super) fn panel(&self) -> Rect {
        Rect {
            y: self.places.body.bottom(),
            height: self.places.columns.bottom() - self.places.body.bottom(),
            ..self.places.columns
        }
    }

    /// What the bottom line tells of the row under the cursor: that a clause of it does not go together
    /// with another of its side.
    pub(super) fn finding_here(&self, ctx: &Ctx<'_>) -> Line<'static> {
        let row = self
            .current_row()
            .and_then(|row| self.comparison.as_ref()?.rows.get(row));
        let (Some(row), Some(policies)) = (row, self.policies(ctx)) else {
            return Line::default();
        };
        let findings = self.findings(ctx);
        let mut spans = Vec::new();
        for (side, letter) in [(Side::Left, "L "), (Side::Right, "R ")] {
            if let Some(issue) = findings.on(row, side, policies[side]).next() {
                let kind = format!("{} {} ", ctx.glyph(Glyph::Warning), issue.kind);
                spans.push(ctx.span(Role::Accent, letter));
                spans.push(ctx.span(Role::Warning, kind));
            }
        }
        Line::from(spans)
    }

    /// What it tells: what does not hold together in the row under the cursor, and the words that its
    /// topics rest on.
    pub(super) fn grounds(&self, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
        let row = self
            .current_row()
            .and_then(|row| self.comparison.as_ref()?.rows.get(row));
        let (Some(row), Some(policies)) = (row, self.policies(ctx)) else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        let findings = self.findings(ctx);
        for (side, letter) in [(Side::Left, "L "), (Side::Right, "R ")] {
            for issue in findings.on(row, side, policies[side]) {
                let mut told = explain::finding(issue, ctx);
                if let Some(first) = told.first_mut() {
                    first.spans.insert(0, ctx.span(Role::Accent, letter));
                }
                lines.extend(told);
            }
            let Some(id) = row.clauses[side].first() else {
                continue;
            };
            let labels = ctx.library.labels(self.pair[side]);
            for mut line in explain::full(policies[side], labels.of(*id), ctx) {
                line.spans.insert(0, ctx.span(Role::Accent, letter));
                lines.push(line);
            }
        }
        lines
    }

    pub(super) fn head(&self, side: Side, ctx: &Ctx<'_>) -> String {
        let Some(entry) = ctx.library.get(self.pair[side]) else {
            return String::new();
        };
        let provenance = &entry.facts.provenance;
        let mut parts = vec![sanitize(&provenance.site).into_owned()];
        parts.extend(entry.facts.version().map(|version| version.to_string()));
        if entry.stand_in.is_some() {
            parts.push(format!(
                "{} newest capture broken",
                ctx.glyph(Glyph::Warning)
            ));
        }
        parts.extend(entry.doubt().map(|kind| explain::doubt(kind, ctx)));
        if let Some(host) = provenance.foreign_host() {
            parts.push(format!("page: {host}"));
        }
        if let (Some(_), Some(revision)) = (provenance.archived, &entry.facts.revised) {
            parts.push(format!("says revised {revision}"));
        }
        let several = entry.history.as_ref().filter(|it| it.versions.len() > 1);
        let revision = several.and_then(|_| provenance.origin.revision());
        parts.extend(revision.map(|revision| format!("revision {revision}")));
        parts.push(sanitize(&entry.facts.title).into_owned());
        parts.join(&format!(" {} ", ctx.glyph(Glyph::Dot)))
    }

    /// What is shown alone, how it is compared, where the cursor is among the changes, and their counts.
    /// What matters least stands last, where a narrow screen leaves it out.
    pub(super) fn state_line(&self, ctx: &Ctx<'_>) -> Line<'static> {
        let Some(comparison) = &self.comparison else {
            return Line::from(ctx.span(Role::Dim, "comparing"));
        };
        let mut parts: Vec<String> = Vec::new();
        parts.extend(self.shown.topic.map(|topic| format!("topic {topic}")));
        match (self.sync.apart(), self.sync.offset()) {
            (Some(Side::Left), _) => parts.push("left scrolls alone".to_owned()),
            (Some(Side::Right), _) => parts.push("right scrolls alone".to_owned()),
            (None, 0) => {}
            (None, rows) => parts.push(format!("right {rows:+} rows")),
        }
        let by = match comparison.by {
            By::Text => "by text",
            By::Topic => "by topic",
            By::Practice => "by practice",
        };
        parts.push(by.to_owned());
        parts.push(format!("change {}", self.place_of_cursor(comparison)));
        let search = self.search.found.count();
        parts.extend(search.map(|count| format!("search {count}")));
        let turn = self.current_row().and_then(|row| comparison.turn(row));
        parts.extend(turn.map(|Pair { left, right }| format!("turned: {left}, now {right}")));
        let class = self.shown.class.filter(|_| !self.changes.is_open());
        parts.extend(class.map(|class| format!("listed: {}", class.label())));
        let dot = format!(" {} ", ctx.glyph(Glyph::Dot));
        let line = |counts: Vec<String>| -> Line<'static> {
            let parts = parts.iter().cloned().chain(counts).enumerate();
            let spans = parts.map(|(at, part)| {
                let before = if at == 0 { "" } else { dot.as_str() };
                ctx.span(Role::Text, format!("{before}{part}"))
            });
            Line::from(spans.collect::<Vec<_>>())
        };
        if comparison.by != By::Text {
            return line(self.verdict_counts(comparison, ctx));
        }
        let wordy =
            line(self.class_counts(self.changes.counts(), |class, count| class.counted(count)));
        if self.has_room_for(&wordy, ctx) {
            return wordy;
        }
        let mut counts = self.changes.counts().to_vec();
        // What turned says most however little it is, and what is folded away least.
        counts.sort_by_key(|&(class, count)| {
            let last = class.is_quiet() && !self.shown.form;
            (last, class != ChangeClass::Turned, Reverse(count))
        });
        let short = line(self.class_counts(&counts, |class, count| in_short(class, count, ctx)));
        self.cut_to_room(short, ctx)
    }

    /// The state without as many spans at its end as there is no room for, and a sign that they are
    /// missing.
    fn cut_to_room(&self, mut state: Line<'static>, ctx: &Ctx<'_>) -> Line<'static> {
        if self.has_room_for(&state, ctx) {
            return state;
        }
        let more = ctx.span(Role::Text, format!(" {}", ctx.glyph(Glyph::Ellipsis)));
        while state.spans.len() > 1 {
            state.spans.pop();
            state.spans.push(more.clone());
            if self.has_room_for(&state, ctx) {
                break;
            }
            state.spans.pop();
        }
        state
    }

    /// Whether the title line shows all of a state beside the names.
    fn has_room_for(&self, state: &Line<'_>, ctx: &Ctx<'_>) -> bool {
        let whole = usize::from(self.places.whole.width);
        room_for_state(whole, self.title(ctx).width(), state.width()) >= state.width()
    }

    /// Where the cursor is among the changes: at the last one that began above it.
    fn place_of_cursor(&self, comparison: &Comparison) -> String {
        let stops = &self.rows.stops;
        let before = stops.partition_point(|&line| line <= self.scroll.cursor());
        let stop = before.checked_sub(1).and_then(|at| stops.get(at));
        let row = stop.and_then(|&line| self.rows.row_at(line));
        self.changes.place_of(row, comparison)
    }

    /// How many topics, or questions, came to each verdict; of the topic that is shown alone where one
    /// is.
    fn verdict_counts(&self, comparison: &Comparison, ctx: &Ctx<'_>) -> Vec<String> {
        let topics = comparison.topics.iter().map(|it| (it.topic, it.verdict));
        let practices = comparison.practices.iter();
        let questions = practices.map(|it| (it.question.topic, it.verdict));
        let shown = self.shown.topic;
        let verdicts: Vec<Verdict> = topics
            .chain(questions)
            .filter(|(topic, _)| shown.is_none_or(|shown| shown == *topic))
            .map(|(_, verdict)| verdict)
            .collect();
        let count = |wanted: &[Verdict]| verdicts.iter().filter(|v| wanted.contains(v)).count();
        let counts = [
            (count(&[Verdict::Opposed]), ctx.glyph(Glyph::Opposed)),
            (count(&[Verdict::Different]), ctx.glyph(Glyph::Changed)),
            (
                count(&[Verdict::OnlyLeft, Verdict::OnlyRight]),
                "only one side",
            ),
            (count(&[Verdict::Similar]), ctx.glyph(Glyph::Similar)),
            (count(&[Verdict::Same]), ctx.glyph(Glyph::Same)),
        ];
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let mut said: Vec<String> = counts.map(|(n, what)| format!("{n} {what}")).collect();
        if let Some(first) = said.first_mut() {
            let what = if comparison.by == By::Practice {
                "questions"
            } else {
                "topics"
            };
            *first = format!("{what}: {first}");
        }
        let opposed = comparison.opposed_on_no_topic();
        if opposed > 0 && shown.is_none() {
            said.push(format!(
                "{opposed} {} on no topic",
                ctx.glyph(Glyph::Opposed)
            ));
        }
        said
    }

    /// How many changes there are of each class, in this order; `say` puts a count in words.
    fn class_counts(
        &self,
        counts: &[(ChangeClass, usize)],
        say: impl Fn(ChangeClass, usize) -> String,
    ) -> Vec<String> {
        if counts.is_empty() {
            return vec!["no change".to_owned()];
        }
        let said = |(class, count): &(ChangeClass, usize)| {
            let hidden = class.is_quiet() && !self.shown.form;
            let hidden = if hidden { ", not counted" } else { "" };
            format!("{}{hidden}", say(*class, *count))
        };
        counts.iter().map(said).collect()
    }
}

/// So many changes of a class, by its mark where it has one of its own.
fn in_short(class: ChangeClass, count: usize, ctx: &Ctx<'_>) -> String {
    let mark = |glyph| format!("{count} {}", ctx.glyph(glyph));
    match class {
        ChangeClass::Wording => mark(Glyph::Changed),
        ChangeClass::Moved => mark(Glyph::Moved),
        ChangeClass::MovedAndEdited => mark(Glyph::Moved) + ctx.glyph(Glyph::Changed),
        ChangeClass::Added => mark(Glyph::Added),
        ChangeClass::Removed => mark(Glyph::Removed),
        other => other.counted(count),
    }
}
