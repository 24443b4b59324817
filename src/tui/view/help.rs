//! Every key of a part of the program, from the table of actions and the key file; and what the
//! signs mean.

use super::{Ctx, Moved, View, rule};
use crate::model::{TextRange, Topic};
use crate::tui::action::{Action, Group};
use crate::tui::effect::Effect;
use crate::tui::glyphs::Glyph;
use crate::tui::keymap::Scope;
use crate::tui::scroll::Scroll;
use crate::tui::text::{fill, width, wrap};
use crate::tui::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// The marks whose meaning is told, for the views that show them.
const MARKS: [(Glyph, Role, &str); 17] = [
    (Glyph::Added, Role::MarkAdd, "only on the right"),
    (Glyph::Removed, Role::MarkRemove, "only on the left"),
    (Glyph::Changed, Role::MarkChange, "changed, or different"),
    (Glyph::Moved, Role::MarkMove, "moved"),
    (
        Glyph::Opposed,
        Role::MarkOpposed,
        "the sides contradict each other",
    ),
    (Glyph::Same, Role::Same, "the same on both sides"),
    (Glyph::Similar, Role::Same, "much the same in other words"),
    (
        Glyph::OnlyLeft,
        Role::OnlySide,
        "only the left speaks of it",
    ),
    (
        Glyph::OnlyRight,
        Role::OnlySide,
        "only the right speaks of it",
    ),
    (
        Glyph::Topic,
        Role::Text,
        "a clause on the topic whose letter follows; + when a line begins another",
    ),
    (
        Glyph::TopicFaint,
        Role::Text,
        "the same, by faint signs only",
    ),
    (
        Glyph::Current,
        Role::Accent,
        "the clause or row under the cursor",
    ),
    (Glyph::Yes, Role::Yes, "answered Yes: it happens, or may"),
    (Glyph::No, Role::No, "answered No: the text denies it"),
    (
        Glyph::Conditional,
        Role::Conditional,
        "answered Conditional: only under a condition",
    ),
    (Glyph::NotStated, Role::NotStated, "not stated"),
    (Glyph::Warning, Role::Warning, "look here"),
];

/// The marks of a timeline, which stand there beside the word for what a version changed.
const TIMELINE_MARKS: [(Glyph, Role, &str); 7] = [
    (
        Glyph::Added,
        Role::MarkAdd,
        "first: the first version there is",
    ),
    (
        Glyph::Changed,
        Role::MarkChange,
        "numbers, wording, rewrite: what changed the most",
    ),
    (
        Glyph::Moved,
        Role::MarkMove,
        "order: the same in another order",
    ),
    (Glyph::BarNone, Role::Same, "form: only the form changed"),
    (
        Glyph::Same,
        Role::Same,
        "same: nothing changed; repaired: an earlier version came back after noise; swings: the page \
         goes to and fro between texts",
    ),
    (
        Glyph::Warning,
        Role::Warning,
        "broken: an error page or a page without text; size jump: most of the text is gone for a while; \
         unreadable",
    ),
    (
        Glyph::Bar,
        Role::MarkChange,
        "how much changed: one more for each doubling",
    ),
];

/// One entry: a sign or keys, and what it means.
struct Row {
    lead: Span<'static>,
    text: String,
}

/// The keys of a scope.
#[derive(Debug)]
pub struct HelpView {
    scope: Scope,
    area: Rect,
    lines: Vec<Line<'static>>,
    scroll: Scroll,
}

impl HelpView {
    /// The keys that hold in a scope.
    pub fn new(scope: Scope, _ctx: &Ctx<'_>) -> Self {
        Self {
            scope,
            area: Rect::ZERO,
            lines: Vec::new(),
            scroll: Scroll::default(),
        }
    }

    /// The rows of the actions of a group: those that the scope itself has keys for, or those that
    /// hold everywhere.
    fn keys(&self, group: Group, own: bool, ctx: &Ctx<'_>) -> Vec<Row> {
        let is_own = |action| {
            self.scope
                .chain()
                .iter()
                .any(|&scope| scope != Scope::Global && ctx.keys.is_own(scope, action))
        };
        ctx.keys
            .actions(self.scope)
            .into_iter()
            .filter(|&action| action.group() == group && is_own(action) == own)
            .map(|action| {
                let keys: Vec<String> = ctx
                    .keys
                    .keys_for(self.scope, action)
                    .iter()
                    .map(|keys| keys.short(ctx.glyphs.ascii))
                    .collect();
                Row {
                    lead: ctx.span(Role::HintKey, keys.join("  ")),
                    text: action.help().to_owned(),
                }
            })
            .collect()
    }

    fn sections(&self, ctx: &Ctx<'_>) -> Vec<(String, Vec<Row>)> {
        let mut sections = Vec::new();
        for own in [true, false] {
            for group in Group::ALL {
                let place = if own { self.scope } else { Scope::Global };
                let heading = match place {
                    Scope::Global => format!("{} · everywhere", group.label()),
                    scope => format!("{} · {scope}", group.label()),
                };
                sections.push((heading, self.keys(group, own, ctx)));
            }
        }
        if !matches!(
            self.scope,
            Scope::Global
                | Scope::Issues
                | Scope::Help
                | Scope::Picker
                | Scope::Prompt
                | Scope::Query
        ) {
            sections.push(("Topics".to_owned(), topics(ctx)));
            if self.scope == Scope::Timeline {
                let rows = marks(&TIMELINE_MARKS, ctx);
                sections.push(("Marks of versions".to_owned(), rows));
            }
            sections.push(("Marks".to_owned(), marks(&MARKS, ctx)));
        }
        sections.retain(|(_, rows)| !rows.is_empty());
        sections
    }
}

fn marks(marks: &[(Glyph, Role, &str)], ctx: &Ctx<'_>) -> Vec<Row> {
    let row = |&(glyph, role, meaning): &(Glyph, Role, &str)| Row {
        lead: ctx.span(role, ctx.glyph(glyph)),
        text: meaning.to_owned(),
    };
    marks.iter().map(row).collect()
}

fn topics(ctx: &Ctx<'_>) -> Vec<Row> {
    Topic::ALL
        .into_iter()
        .map(|topic| Row {
            lead: ctx.topic_mark(topic, true),
            text: format!("{}: {}", topic.label(), topic.about()),
        })
        .collect()
}

/// The lines of a row: what leads it, then its text wrapped beside it.
fn lines(row: &Row, lead: usize, columns: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let room = columns.saturating_sub(lead + 3).max(1);
    let texts = wrap(&row.text, TextRange::new(0, row.text.len()), room);
    let wide = width(&row.lead.content) > lead;
    let mut lines = Vec::new();
    if wide {
        lines.push(Line::from(vec![Span::raw(" "), row.lead.clone()]));
    }
    for (at, text) in texts.iter().enumerate() {
        let shown = if at == 0 && !wide {
            &row.lead.content
        } else {
            ""
        };
        let shown = fill(shown, lead, ctx.glyph(Glyph::Ellipsis));
        lines.push(Line::from(vec![
            Span::raw(" "),
            Span::styled(shown, row.lead.style),
            Span::raw(format!("  {}", text.of(&row.text))),
        ]));
    }
    lines
}

impl View for HelpView {
    fn moves(&mut self, _moved: &Moved<'_>, _ctx: &Ctx<'_>) -> bool {
        true
    }

    fn scope(&self) -> Scope {
        Scope::Help
    }

    fn layout(&mut self, area: Rect, ctx: &Ctx<'_>) {
        self.area = area;
        let columns = usize::from(area.width);
        let sections = self.sections(ctx);
        let widest = sections
            .iter()
            .flat_map(|(_, rows)| rows)
            .map(|row| width(&row.lead.content))
            .max();
        let lead = widest.unwrap_or(0).min(columns / 3);
        self.lines.clear();
        for (heading, rows) in sections {
            if !self.lines.is_empty() {
                self.lines.push(Line::default());
            }
            self.lines
                .push(Line::from(ctx.span(Role::Heading, format!(" {heading}"))));
            for row in rows {
                self.lines.extend(lines(&row, lead, columns, ctx));
            }
        }
        let height = usize::from(area.height.saturating_sub(2));
        self.scroll.resize(self.lines.len(), height);
    }

    fn update(&mut self, action: Action, _ctx: &Ctx<'_>) -> Effect {
        if action == Action::Back {
            return Effect::Back;
        }
        self.scroll.leaf(action);
        Effect::None
    }

    fn wheel(&mut self, rows: isize, _column: u16, _row: u16, _ctx: &Ctx<'_>) -> Effect {
        self.scroll.wheel(rows);
        Effect::None
    }

    fn render(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        let area = self.area;
        rule(buffer, area, area.top(), &[], ctx);
        rule(buffer, area, area.bottom().saturating_sub(1), &[], ctx);
        for (y, line) in (area.y + 1..).zip(self.scroll.visible()) {
            buffer.set_line(area.x, y, &self.lines[line], area.width);
        }
    }

    fn title(&self, _ctx: &Ctx<'_>) -> Line<'static> {
        Line::from(format!("Keys · {}", self.scope))
    }

    fn state(&self, ctx: &Ctx<'_>) -> Line<'static> {
        Line::from(ctx.span(Role::Dim, format!("{} %", self.scroll.percent())))
    }

    fn hints(&self, _ctx: &Ctx<'_>) -> Vec<Action> {
        vec![Action::Back, Action::Down, Action::PageDown]
    }
}
