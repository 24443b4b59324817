//! The policy under the cursor at a glance: where it is from, and for each topic the sentence that
//! speaks of it most clearly.

use super::Ctx;
use crate::library::{Entry, PolicyId};
use crate::model::{
    ClauseId, ClauseKind, IssueKind, Labels, Policy, Stance, TextRange, Topic, on_one_line,
};
use crate::tui::action::Action;
use crate::tui::glyphs::Glyph;
use crate::tui::history::{self, Axis, Chart};
use crate::tui::keymap::Scope;
use crate::tui::scroll::Scroll;
use crate::tui::text::{sanitize, truncate, wrap};
use crate::tui::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Lines of a quoted sentence; the rest is in the reader.
const QUOTE_LINES: usize = 3;

/// Versions whose changes are told.
const LAST_CHANGES: usize = 3;

/// The preview pane.
#[derive(Debug, Default)]
pub(super) struct Preview {
    lines: Vec<Line<'static>>,
    shown: Option<(PolicyId, u16)>,
    scroll: Scroll,
    area: Rect,
}

impl Preview {
    /// Shows a policy; from its top when it is another than before.
    pub(super) fn show(&mut self, policy: Option<PolicyId>, area: Rect, ctx: &Ctx<'_>) {
        let same = policy.is_some() && self.shown.map(|(id, _)| Some(id)) == Some(policy);
        self.area = area;
        self.lines = policy.map_or_else(Vec::new, |id| lines(id, usize::from(area.width), ctx));
        self.shown = policy.map(|id| (id, area.width));
        self.scroll
            .resize(self.lines.len(), usize::from(area.height));
        if !same {
            self.scroll.place(0, 0);
        }
    }

    pub(super) fn scroll(&mut self, action: Action) {
        self.scroll.leaf(action);
    }

    pub(super) fn wheel(&mut self, rows: isize) {
        self.scroll.wheel(rows);
    }

    pub(super) fn render(&self, focused: bool, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        for (line, y) in self.scroll.visible().zip(self.area.y..self.area.bottom()) {
            let Some(line) = self.lines.get(line) else {
                continue;
            };
            buffer.set_line(self.area.x, y, line, self.area.width);
        }
        let more = self.scroll.visible().end < self.lines.len();
        if more && self.area.height > 0 {
            let style = if focused { Role::Accent } else { Role::Dim };
            let sign = ctx.span(style, ctx.glyph(Glyph::Descending));
            let x = self.area.right().saturating_sub(1);
            buffer.set_span(x, self.area.bottom() - 1, &sign, 1);
        }
    }
}

fn lines(id: PolicyId, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let Some(entry) = ctx.library.get(id) else {
        return Vec::new();
    };
    let labels = ctx.library.labels(id);
    let mut lines = facts(id, entry, width, ctx);
    for topic in Topic::ALL {
        let clauses: Vec<ClauseId> = speaking(entry.policy(), &labels, topic).collect();
        if let Some(best) = clearest(&labels, topic, &clauses) {
            lines.push(Line::default());
            lines.extend(topic_lines(
                entry.policy(),
                topic,
                clauses.len(),
                best,
                width,
                ctx,
            ));
        }
    }
    if entry
        .policy()
        .issues
        .iter()
        .any(|issue| issue.kind == IssueKind::Language)
    {
        return lines;
    }
    let silent: Vec<&str> = Topic::ALL
        .iter()
        .filter(|&&topic| speaking(entry.policy(), &labels, topic).next().is_none())
        .map(|topic| topic.label())
        .collect();
    if !silent.is_empty() {
        lines.push(Line::default());
        lines.extend(prose(
            &format!("Not found: {}", silent.join(", ")),
            width,
            Role::Dim,
            ctx,
        ));
    }
    lines
}

fn facts(id: PolicyId, entry: &Entry, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let policy = entry.policy();
    let provenance = &policy.provenance;
    let mut lines = prose(&sanitize(&policy.title), width, Role::Title, ctx);
    let mut dates = Vec::new();
    if let Some(date) = provenance.archived {
        dates.push(format!("archived {}", date.strftime("%Y-%m-%d")));
    } else if let Some(date) = provenance.modified {
        dates.push(format!("file of {}", date.strftime("%Y-%m-%d")));
    }
    if let Some(date) = provenance.removed {
        dates.push(format!("removed {}", date.strftime("%Y-%m-%d")));
    }
    if let Some(revision) = &policy.revised {
        dates.push(format!("says revised {}", revision.date));
    }
    let dot = format!(" {} ", ctx.glyph(Glyph::Dot));
    if !dates.is_empty() {
        lines.extend(prose(&dates.join(&dot), width, Role::Text, ctx));
    }
    let page = provenance
        .original_url
        .as_deref()
        .or(provenance.host.as_deref());
    if let Some(page) = page {
        lines.extend(prose(&format!("page {page}"), width, Role::Dim, ctx));
    }
    let counts = [
        counted(entry.facts.words, "word"),
        counted(policy.sections.len(), "heading"),
        counted(policy.clauses.len(), "clause"),
    ]
    .join(&dot);
    lines.extend(prose(&counts, width, Role::Dim, ctx));
    lines.extend(history_lines(id, entry, width, ctx));
    let findings = ctx.library.known_findings(id).unwrap_or_default();
    for issue in policy.issues.iter().chain(&findings) {
        let text = format!("{} {}", ctx.glyph(Glyph::Warning), sanitize(&issue.message));
        lines.extend(prose(&text, width, Role::Warning, ctx));
    }
    lines
}

/// The versions of a policy that has several; what they changed, where that is known.
fn history_lines(id: PolicyId, entry: &Entry, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let known = entry.history.as_ref().filter(|it| it.versions.len() > 1);
    let Some(known) = known else {
        return Vec::new();
    };
    let key = ctx.keys.key_for(Scope::Library, Action::Timeline);
    let key = key.map_or_else(String::new, |key| {
        format!(", {} shows them", key.short(ctx.glyphs.ascii))
    });
    let versions = history::counted(known.versions.len(), "version");
    let mut lines = prose(&format!("{versions}{key}"), width, Role::Dim, ctx);
    let Some(steps) = ctx.library.known_steps(id) else {
        return lines;
    };
    let axis = Axis::new(known, width.saturating_sub(2));
    lines.extend(Chart::new(&axis, &steps).lines(1, None, ctx));
    lines.push(Line::from(ctx.span(Role::Dim, axis.years())));
    let saying = steps.iter().rev().filter(|step| step.noise.is_none());
    for step in saying.take(LAST_CHANGES) {
        let (sign, role, class) = history::mark(step);
        let when = history::called(known, step.version);
        let told = format!(
            "{when} {} {class}: {}",
            ctx.glyph(sign),
            history::told(step, known)
        );
        let told = truncate(&told, width.saturating_sub(2), ctx.glyph(Glyph::Ellipsis));
        lines.push(Line::from(ctx.span(role, told)));
    }
    lines
}

/// The clauses on a topic that are more than its heading.
fn speaking<'a>(
    policy: &'a Policy,
    labels: &'a Labels,
    topic: Topic,
) -> impl Iterator<Item = ClauseId> + 'a {
    labels.clauses_on(topic).filter(|id| {
        policy
            .clauses
            .get(id.index())
            .is_some_and(|clause| clause.kind != ClauseKind::Heading)
    })
}

/// The clause that speaks of the topic most clearly: one that states something goes before one that
/// points elsewhere, and of those equally sure one that is mainly about the topic before one that
/// touches on it. Of equals, the first.
fn clearest(labels: &Labels, topic: Topic, clauses: &[ClauseId]) -> Option<ClauseId> {
    let clearness = |id: ClauseId| {
        let labels = labels.of(id);
        let scored = labels.topics.iter().find(|scored| scored.topic == topic);
        let states = labels.stance != Stance::None;
        let main = labels.main() == Some(topic);
        scored.map(|scored| (states, scored.margin, main, scored.score))
    };
    clauses.iter().copied().reduce(|best, id| {
        if clearness(id) > clearness(best) {
            id
        } else {
            best
        }
    })
}

fn topic_lines(
    policy: &Policy,
    topic: Topic,
    count: usize,
    clause: ClauseId,
    width: usize,
    ctx: &Ctx<'_>,
) -> Vec<Line<'static>> {
    let mut lines = vec![Line::from(vec![
        ctx.topic_mark(topic, true),
        Span::styled(format!(" {}", topic.label()), ctx.style(Role::Heading)),
        ctx.span(Role::Dim, format!("  {}", counted(count, "clause"))),
    ])];
    let text = format!("“{}”", on_one_line(policy.clause_text(clause)));
    let inner = width.saturating_sub(3);
    let mut quote = prose(&text, inner, Role::Text, ctx);
    if quote.len() > QUOTE_LINES {
        quote.truncate(QUOTE_LINES);
        if let Some(last) = quote.last_mut() {
            last.push_span(ctx.span(Role::Dim, format!(" {}", ctx.glyph(Glyph::Ellipsis))));
        }
    }
    for mut line in quote {
        line.spans.insert(0, Span::raw("   "));
        lines.push(line);
    }
    lines
}

/// "1 clause", "2 clauses".
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Wrapped text in one style.
fn prose(text: &str, width: usize, role: Role, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    wrap(
        text,
        TextRange::new(0, text.len()),
        width.saturating_sub(2).max(1),
    )
    .into_iter()
    .map(|range| Line::from(ctx.span(role, range.of(text).to_owned())))
    .collect()
}
