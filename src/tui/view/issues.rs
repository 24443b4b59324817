//! What could not be read or looks odd: of the library, of the configuration, and what does not hold
//! together in the policies.

use super::{Ctx, MANY, View, rule};
use crate::library::{PolicyId, Progress, thousands};
use crate::model::{Issue, TextRange};
use crate::tui::action::Action;
use crate::tui::effect::{Answer, Effect, Request, Screen};
use crate::tui::glyphs::Glyph;
use crate::tui::keymap::Scope;
use crate::tui::scroll::Scroll;
use crate::tui::text::{sanitize, wrap};
use crate::tui::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use std::ops::Range;

/// Columns before the text of an issue, for the cursor.
const LEAD: usize = 3;

/// So many policies are looked into at a time: few enough that the screen soon tells of them, enough to
/// keep every core busy.
const BATCH: usize = 32;

/// How far the policies were looked into for what does not hold together in them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Looked {
    /// It is being done.
    #[default]
    Partly,
    /// Into all of them.
    Everywhere,
    /// No further than was needed elsewhere.
    WhereOpened,
    /// It broke down.
    Broken,
}

/// The list of issues.
#[derive(Debug, Default)]
pub struct IssuesView {
    area: Rect,
    looked: Looked,
    issues: Vec<Issue>,
    cursor: usize,
    lines: Vec<Line<'static>>,
    /// The lines of each issue.
    places: Vec<Range<usize>>,
    scroll: Scroll,
}

impl IssuesView {
    /// The list.
    pub fn new(_ctx: &Ctx<'_>) -> Self {
        Self::default()
    }

    /// Asks for the next policies to be looked into.
    fn ask(&mut self, ctx: &Ctx<'_>) -> Effect {
        let unknown = |id: &PolicyId| !ctx.library.is_looked_into(*id);
        let mut next: Vec<PolicyId> = ctx.library.ids().filter(unknown).take(MANY + 1).collect();
        self.looked = match next.len() {
            _ if self.looked == Looked::Broken => Looked::Broken,
            0 if ctx.progress.is_some_and(Progress::is_reading) => Looked::Partly,
            0 => Looked::Everywhere,
            _ if ctx.library.ids().nth(MANY).is_some() => Looked::WhereOpened,
            _ => Looked::Partly,
        };
        next.truncate(BATCH);
        match self.looked {
            Looked::Partly if !next.is_empty() => Effect::Ask(Request::LookInto(next)),
            _ => Effect::None,
        }
    }

    /// What is to be known of a list that may not be whole, or is empty.
    fn remark(&self, ctx: &Ctx<'_>) -> Option<String> {
        let all = || thousands(ctx.library.ids().count());
        match self.looked {
            Looked::Everywhere if self.places.is_empty() => {
                Some("Nothing went wrong, nothing looks odd.".to_owned())
            }
            Looked::Everywhere => None,
            Looked::Partly => {
                let known = ctx
                    .library
                    .ids()
                    .filter(|id| ctx.library.is_looked_into(*id));
                let known = thousands(known.count());
                Some(format!(
                    "Looking for contradictions and missing lists: {known} of {} policies.",
                    all()
                ))
            }
            Looked::WhereOpened => Some(format!(
                "Contradictions and missing lists are told of policies that were chosen or opened; \
                 policy-tui check looks into all {}.",
                all()
            )),
            Looked::Broken => Some(
                "Contradictions and missing lists could not be looked for everywhere.".to_owned(),
            ),
        }
    }

    /// Lists everything that is known, in the order in which `check` tells it; the cursor stays on its issue.
    fn list(&mut self, ctx: &Ctx<'_>) {
        let current = self.issues.get(self.cursor).cloned();
        let findings = ctx.library.ids();
        let findings = findings.filter_map(|id| ctx.library.known_findings(id));
        self.issues = ctx.issues.to_vec();
        self.issues.extend(findings.flatten());
        let same = |issue: &Issue| Some(issue) == current.as_ref();
        self.cursor = self.issues.iter().position(same).unwrap_or(0);
        self.lay(ctx);
    }

    fn lay(&mut self, ctx: &Ctx<'_>) {
        self.lines.clear();
        self.places.clear();
        for issue in &self.issues {
            let start = self.lines.len();
            self.lines.extend(lines(issue, self.area.width.into(), ctx));
            self.places.push(start..self.lines.len());
            self.lines.push(Line::default());
        }
        if let Some(remark) = self.remark(ctx) {
            self.lines
                .extend(prose(&remark, Role::Dim, self.area.width.into(), ctx));
        }
        let height = usize::from(self.area.height.saturating_sub(2));
        self.scroll.resize(self.lines.len(), height);
    }

    fn to(&mut self, issue: usize) {
        self.cursor = issue.min(self.places.len().saturating_sub(1));
        if let Some(place) = self.places.get(self.cursor) {
            self.scroll.reveal(place.clone());
        }
    }

    /// Moves by half screens, and the cursor to what is then at the top.
    fn page(&mut self, halves: isize) {
        let rows = isize::try_from((self.scroll.height() / 2).max(1)).unwrap_or(1);
        let before = self.scroll.top();
        self.scroll.wheel(rows.saturating_mul(halves));
        if self.scroll.top() == before {
            let end = if halves > 0 { usize::MAX } else { 0 };
            return self.to(end);
        }
        let top = self.scroll.top();
        let shown = self.places.iter().position(|place| place.start >= top);
        self.to(shown.unwrap_or(self.cursor));
    }

    fn open_policy(&self, ctx: &Ctx<'_>) -> Effect {
        let Some(issue) = self.issues.get(self.cursor) else {
            return Effect::None;
        };
        policy_of(issue, ctx).map_or_else(
            || Effect::Say("no policy was read from this file".to_owned()),
            |policy| {
                let entry = ctx.library.get(policy);
                let at = entry
                    .zip(issue.line)
                    .and_then(|(entry, line)| entry.policy().at_line(line));
                Effect::Open(Screen::Reader {
                    policy,
                    at,
                    topic: None,
                })
            },
        )
    }
}

/// The policy that an issue is about: by its name, else by its file.
fn policy_of(issue: &Issue, ctx: &Ctx<'_>) -> Option<PolicyId> {
    let named = |id: &PolicyId| {
        ctx.library
            .get(*id)
            .is_some_and(|entry| Some(&entry.name) == issue.policy.as_ref())
    };
    let filed = |id: &PolicyId| {
        ctx.library
            .get(*id)
            .is_some_and(|entry| entry.facts.provenance.origin.path() == issue.path)
    };
    ctx.library
        .ids()
        .find(named)
        .or_else(|| ctx.library.ids().find(filed))
}

/// The lines of one issue: where, what kind, and the message with its quotes.
fn lines(issue: &Issue, columns: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let role = if issue.is_loss() {
        Role::Error
    } else {
        Role::Warning
    };
    let path = issue.path.to_string_lossy();
    let place = match issue.line {
        Some(line) => format!("{path}:{line}"),
        None => path.into_owned(),
    };
    let mut texts = vec![(
        format!(
            "{} {}  {}",
            ctx.glyph(Glyph::Warning),
            issue.kind,
            sanitize(&place)
        ),
        role,
    )];
    texts.push((sanitize(&issue.message).into_owned(), Role::Text));
    for quote in &issue.quotes {
        texts.push((format!("“{}”", sanitize(quote)), Role::Quote));
    }
    let texts = texts.iter();
    texts
        .flat_map(|(text, role)| prose(text, *role, columns, ctx))
        .collect()
}

/// Wrapped text behind the columns of the cursor.
fn prose(text: &str, role: Role, columns: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let room = columns.saturating_sub(LEAD + 1).max(1);
    let line = |range: TextRange| {
        Line::from(vec![
            Span::raw(" ".repeat(LEAD)),
            ctx.span(role, range.of(text)),
        ])
    };
    let ranges = wrap(text, TextRange::new(0, text.len()), room);
    ranges.into_iter().map(line).collect()
}

impl View for IssuesView {
    fn shows(&self) -> Option<Screen> {
        Some(Screen::Issues)
    }

    fn scope(&self) -> Scope {
        Scope::Issues
    }

    fn layout(&mut self, area: Rect, ctx: &Ctx<'_>) {
        self.area = area;
        self.lay(ctx);
        self.to(self.cursor);
    }

    fn open(&mut self, ctx: &Ctx<'_>) -> Effect {
        let effect = self.ask(ctx);
        self.list(ctx);
        effect
    }

    fn loaded(&mut self, ctx: &Ctx<'_>) -> Effect {
        self.open(ctx)
    }

    fn answer(&mut self, answer: &Answer, ctx: &Ctx<'_>) -> Effect {
        match answer {
            Answer::LookedInto(_) => self.open(ctx),
            _ => Effect::None,
        }
    }

    fn failed(&mut self, ctx: &Ctx<'_>) -> Effect {
        if self.looked == Looked::Partly {
            self.looked = Looked::Broken;
            self.lay(ctx);
        }
        Effect::None
    }

    fn update(&mut self, action: Action, ctx: &Ctx<'_>) -> Effect {
        match action {
            Action::Up => self.to(self.cursor.saturating_sub(1)),
            Action::Down => self.to(self.cursor + 1),
            Action::ScrollUp => self.scroll.wheel(-1),
            Action::ScrollDown => self.scroll.wheel(1),
            Action::PageUp => self.page(-2),
            Action::PageDown => self.page(2),
            Action::HalfPageUp => self.page(-1),
            Action::HalfPageDown => self.page(1),
            Action::Top => self.to(0),
            Action::Bottom => self.to(usize::MAX),
            Action::Open => return self.open_policy(ctx),
            Action::Back => return Effect::Back,
            _ => {}
        }
        Effect::None
    }

    fn click(&mut self, _column: u16, row: u16, _ctx: &Ctx<'_>) -> Effect {
        let line = usize::from(row.saturating_sub(self.area.y + 1)) + self.scroll.top();
        if let Some(issue) = self.places.iter().position(|place| place.contains(&line)) {
            self.to(issue);
        }
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
        let current = self.places.get(self.cursor).cloned().unwrap_or_default();
        for (y, at) in (area.y + 1..).zip(self.scroll.visible()) {
            buffer.set_line(area.x, y, &self.lines[at], area.width);
            if at == current.start && !current.is_empty() {
                let mark = ctx.span(Role::Accent, ctx.glyph(Glyph::Cursor));
                buffer.set_span(area.x + 1, y, &mark, 1);
            }
        }
    }

    fn title(&self, _ctx: &Ctx<'_>) -> Line<'static> {
        Line::from("Notices")
    }

    fn state(&self, _ctx: &Ctx<'_>) -> Line<'static> {
        match self.places.len() {
            0 => Line::default(),
            all => Line::from(format!("{} of {all}", self.cursor + 1)),
        }
    }

    fn hints(&self, _ctx: &Ctx<'_>) -> Vec<Action> {
        vec![Action::Back, Action::Open, Action::Down]
    }
}
