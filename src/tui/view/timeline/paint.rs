//! How the timeline looks.

use super::places::{BAR, CLASS, Columns, DATE, WORDS};
use super::{Ctx, TimelineView};
use crate::model::{ChangeClass, Step};
use crate::tui::action::Action;
use crate::tui::glyphs::Glyph;
use crate::tui::history;
use crate::tui::text::{fill, sanitize, truncate};
use crate::tui::theme::Role;
use crate::tui::view::rule;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Classes in the summary, weightiest first.
const CLASSES: [ChangeClass; 5] = [
    ChangeClass::Rewrite,
    ChangeClass::Wording,
    ChangeClass::Numbers,
    ChangeClass::Order,
    ChangeClass::None,
];

impl TimelineView {
    pub(super) fn paint(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        let places = &self.places;
        let area = places.list;
        let bottom = area.bottom();
        self.paint_chart(buffer, ctx);
        if places.summary < bottom {
            let room = usize::from(area.width).saturating_sub(2);
            let text = self.summary(ctx);
            let text = truncate(&text, room, ctx.glyph(Glyph::Ellipsis));
            let line = ctx.span(Role::Text, text);
            buffer.set_span(area.x + 1, places.summary, &line, area.width);
        }
        if places.rule < bottom {
            rule(buffer, area, places.rule, &[], ctx);
        }
        let columns = Columns::for_width(usize::from(area.width));
        if let Some(y) = places.head.filter(|&y| y < bottom) {
            buffer.set_line(area.x, y, &head(columns, ctx), area.width);
        }
        if self.is_early(ctx) {
            return;
        }
        for ((place, before, here), y) in self.list.rows().zip(area.y..bottom) {
            let line = self.row(place, before, here, columns, ctx);
            buffer.set_line(area.x, y, &line, area.width);
            if here {
                let row = Rect::new(area.x, y, area.width, 1);
                buffer.set_style(row, ctx.style(Role::Focus));
            }
        }
    }

    fn paint_chart(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        let chart = self.places.chart;
        let cursor = self.list.current().map(|place| self.axis.of(place));
        let lines = self.chart.lines(usize::from(chart.height), cursor, ctx);
        let rows = chart.top()..chart.bottom();
        // Bars that need fewer rows stand on the axis.
        for (line, y) in lines.iter().rev().zip(rows.rev()) {
            buffer.set_line(chart.x, y, line, chart.width);
        }
        if let Some(y) = self.places.years {
            let years = ctx.span(Role::Dim, self.axis.years());
            buffer.set_span(chart.x, y, &years, chart.width);
        }
    }

    /// What is missing of the archive, how much is noise, and how many changes of each class there are.
    fn summary(&self, ctx: &Ctx<'_>) -> String {
        if self.is_early(ctx) {
            return "The versions are known when the history of the archive was read.".to_owned();
        }
        let steps = self.list.steps();
        let noise: Vec<&Step> = steps.iter().filter(|step| step.noise.is_some()).collect();
        let key = Self::key(Action::ToggleNoise, ctx);
        // What is missing comes first: it may be what somebody looks for.
        let gaps = ctx.library.gaps(self.of);
        let mut said: Vec<String> = gaps
            .map(|issue| format!("! {}", sanitize(&issue.message)))
            .collect();
        if self.list.is_unfolded() && !noise.is_empty() {
            let versions = history::counted(noise.len(), "version");
            let kinds = kinds(&noise).join(", ");
            said.push(format!("{versions} of noise ({key} hides): {kinds}"));
        } else if self.list.hidden() > 0 {
            let versions = history::counted(self.list.hidden(), "version");
            said.push(format!("{versions} of noise hidden, press {key}"));
        }
        for class in CLASSES {
            let is = |step: &&Step| step.class == class && step.noise.is_none();
            let count = steps.iter().filter(is).count();
            if count > 0 {
                // The class first: "1 numbers" is no English.
                said.push(format!("{} {count}", history::class_mark(class).2));
            }
        }
        said.join(&format!(" {} ", ctx.glyph(Glyph::Dot)))
    }

    fn row(
        &self,
        place: usize,
        before: Option<usize>,
        here: bool,
        columns: Columns,
        ctx: &Ctx<'_>,
    ) -> Line<'static> {
        let cursor = if here { ctx.glyph(Glyph::Cursor) } else { " " };
        let mark = if self.marked == Some(place) { "L" } else { " " };
        let mut spans = vec![ctx.span(Role::Accent, format!("{cursor}{mark} "))];
        spans.extend(self.date(place, before, ctx));
        let Some(step) = self.list.step(place) else {
            spans.push(ctx.span(Role::Dim, format!("  {}", ctx.glyph(Glyph::Ellipsis))));
            return Line::from(spans);
        };
        if columns.words {
            let words = history::thousands(step.words);
            spans.push(ctx.span(Role::Text, format!("  {words:>WORDS$}")));
        }
        let (sign, role, class) = match self.list.run_of(place) {
            Some(_) => (Glyph::Same, Role::Same, "swings"),
            None => history::mark(step),
        };
        let class = format!("  {} {class}", ctx.glyph(sign));
        spans.push(ctx.span(role, fill(&class, CLASS + 4, ctx.glyph(Glyph::Ellipsis))));
        if columns.bar {
            let bar = ctx.glyph(Glyph::Bar).repeat(step.counts.doublings());
            spans.push(ctx.span(role, format!("{bar:<BAR$}  ")));
        }
        let told = self.told(step, before, ctx);
        spans.push(ctx.span(
            Role::Text,
            fill(&told, columns.told, ctx.glyph(Glyph::Ellipsis)),
        ));
        if columns.says {
            spans.push(self.claimed(step, before, ctx));
        }
        Line::from(spans)
    }

    /// The day of a version; its year steps back where the row above has the same.
    fn date(&self, place: usize, before: Option<usize>, ctx: &Ctx<'_>) -> Vec<Span<'static>> {
        let Some(day) = history::day(&self.history, place) else {
            let unknown = format!("{:<DATE$}", format!("no date {}", place + 1));
            return vec![ctx.span(Role::Dim, unknown)];
        };
        let above = before.and_then(|before| history::day(&self.history, before));
        let (year, rest) = day.split_at_checked(4).unwrap_or((&day, ""));
        let same = above.is_some_and(|above| above.starts_with(year));
        let role = if same { Role::Dim } else { Role::Strong };
        vec![
            ctx.span(role, year.to_owned()),
            ctx.span(Role::Text, rest.to_owned()),
        ]
    }

    /// What a version changed, and how many that say nothing stand before it unlisted.
    fn told(&self, step: &Step, before: Option<usize>, ctx: &Ctx<'_>) -> String {
        if let Some(run) = self.list.run_of(step.version) {
            let since = history::called(&self.history, run.first);
            return format!("{} since {since}", run.told());
        }
        let told = self.told_of(step, before);
        let first = before.map_or(0, |before| before + 1);
        match step.version - first {
            0 => told,
            hidden => {
                let dots = ctx.glyph(Glyph::Ellipsis);
                format!(
                    "{told} ({dots}{} of noise before)",
                    history::thousands(hidden)
                )
                .trim_start()
                .to_owned()
            }
        }
    }

    /// What a version changed; where it is held against one with other words than the one listed above,
    /// against which.
    fn told_of(&self, step: &Step, before: Option<usize>) -> String {
        let told = history::told(step, &self.history);
        let (Some(base), Some(before)) = (step.against, before) else {
            return told;
        };
        let is_next = base + 1 == step.version;
        if is_next && base > before && self.list.hides_words(before, base) {
            let base = history::called(&self.history, base);
            return format!("{told}; compared with {base}, not listed");
        }
        told
    }

    /// The date that the policy claims; it steps back where the version above claims the same.
    fn claimed(&self, step: &Step, before: Option<usize>, ctx: &Ctx<'_>) -> Span<'static> {
        let above = before.and_then(|before| self.list.step(before)?.revised);
        let role = if step.revised == above {
            Role::Dim
        } else {
            Role::Text
        };
        let claimed = step
            .revised
            .map_or_else(String::new, |date| date.to_string());
        ctx.span(role, format!("  {claimed:<DATE$}"))
    }

    /// The marked version, and the one under the cursor by number and revision.
    pub(super) fn status_line(&self, ctx: &Ctx<'_>) -> Line<'static> {
        let mut spans = Vec::new();
        if let Some(marked) = self.marked {
            let name = history::called(&self.history, marked);
            spans.push(ctx.span(Role::Accent, format!("L {name}  ")));
        }
        if let Some(place) = self.list.current() {
            let all = history::thousands(self.history.versions.len());
            let number = history::thousands(place + 1);
            let revision = self.history.versions.get(place);
            let revision = revision.and_then(|version| version.origin.revision());
            let dot = ctx.glyph(Glyph::Dot);
            let revision = revision.map_or_else(String::new, |it| format!(" {dot} revision {it}"));
            spans.push(ctx.span(Role::Dim, format!("version {number} of {all}{revision}")));
            // Where the list has no column for it.
            let narrow = !Columns::for_width(usize::from(self.places.list.width)).says;
            let claimed = self.list.step(place).and_then(|step| step.revised);
            if let Some(date) = claimed.filter(|_| narrow) {
                spans.push(ctx.span(Role::Dim, format!(" {dot} says {date}")));
            }
        }
        Line::from(spans)
    }
}

/// The names of the columns.
fn head(columns: Columns, ctx: &Ctx<'_>) -> Line<'static> {
    let mut head = format!("   {:<DATE$}", "recorded");
    if columns.words {
        head.push_str(&format!("  {:>WORDS$}", "words"));
    }
    let class = CLASS + 2;
    head.push_str(&format!("  {:<class$}", "change"));
    if columns.bar {
        head.push_str(&format!("{:<BAR$}  ", "size"));
    }
    let told = columns.told;
    head.push_str(&format!("{:<told$}", "clauses"));
    if columns.says {
        head.push_str(&format!("  {:<DATE$}", "says"));
    }
    Line::from(ctx.span(Role::Dim, head))
}

/// How many versions of noise there are of each kind: `60 form`, `4 broken`.
fn kinds(noise: &[&Step]) -> Vec<String> {
    let mut names: Vec<&str> = noise.iter().map(|step| history::mark(step).2).collect();
    names.sort_unstable();
    let kind = |same: &[&str]| format!("{} {}", same.len(), same.first().unwrap_or(&""));
    names.chunk_by(|a, b| a == b).map(kind).collect()
}
