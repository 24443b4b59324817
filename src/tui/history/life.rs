//! The life of a clause: when it appeared, changed and was removed, its wordings, and who else uses
//! its words. A panel over the lower part of a view, which passes actions on and does what is wished.

use super::counted;
use super::page::{Page, Target};
use crate::library::PolicyId;
use crate::model::{ClauseId, History, Pair, Side};
use crate::tui::action::Action;
use crate::tui::effect::{Answer, ComparePlace, Effect, Followed, Request, Screen, Waiting};
use crate::tui::glyphs::Glyph;
use crate::tui::scroll::Scroll;
use crate::tui::theme::Role;
use crate::tui::view::{Ctx, rule};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Widget};
use std::ops::Range;
use std::sync::Arc;

/// From this height on the view keeps a third of itself; below, the panel covers all of it.
const SHARED: u16 = 18;

/// Columns before the lines, for the cursor.
const LEAD: usize = 3;

/// What came of an action or a click.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// The panel closes.
    Close,
    /// Something is asked for, or nothing; the panel stays.
    Do(Effect),
}

/// The panel.
#[derive(Debug)]
pub struct LifePanel {
    policy: PolicyId,
    clause: ClauseId,
    /// Dropped with the panel, which ends the work.
    waiting: Waiting,
    /// How many versions were looked at, and of how many.
    looked: (usize, usize),
    /// None until the clause was followed.
    found: Option<Arc<Followed>>,
    /// The versions that are being opened, and for what.
    awaited: Option<(Vec<usize>, Target)>,
    lines: Vec<Line<'static>>,
    /// What can be opened, each with its lines.
    targets: Vec<(Target, Range<usize>)>,
    cursor: usize,
    scroll: Scroll,
    area: Rect,
}

impl LifePanel {
    /// A panel on a clause of a policy, to be laid out before it is drawn.
    pub fn new(policy: PolicyId, clause: ClauseId) -> Self {
        Self {
            policy,
            clause,
            waiting: Waiting::default(),
            looked: (0, 0),
            found: None,
            awaited: None,
            lines: Vec::new(),
            targets: Vec::new(),
            cursor: 0,
            scroll: Scroll::default(),
            area: Rect::ZERO,
        }
    }

    /// What finds its content; the answers go to [`Self::answer`].
    pub fn ask(&self) -> Effect {
        Effect::Ask(Request::ClauseLife {
            policy: self.policy,
            clause: self.clause,
            wanted: self.waiting.wanted(),
        })
    }

    /// Takes over the area of the view.
    pub fn layout(&mut self, view: Rect, ctx: &Ctx<'_>) {
        let height = if view.height < SHARED {
            view.height
        } else {
            view.height * 2 / 3
        };
        self.area = Rect {
            y: view.bottom() - height,
            height,
            ..view
        };
        self.write(ctx);
    }

    /// Carries out an action.
    pub fn update(&mut self, action: Action, ctx: &Ctx<'_>) -> Wish {
        let height = isize::try_from(self.scroll.height()).unwrap_or(1);
        match action {
            Action::Back | Action::ClauseHistory => return Wish::Close,
            Action::Open => return Wish::Do(self.open(ctx)),
            Action::Up => self.step(false),
            Action::Down => self.step(true),
            Action::Top => self.to(0),
            Action::Bottom => self.to(usize::MAX),
            Action::PageUp => self.page(-height),
            Action::PageDown => self.page(height),
            Action::HalfPageUp => self.page(-height / 2),
            Action::HalfPageDown => self.page(height / 2),
            Action::ScrollUp => self.scroll.wheel(-1),
            Action::ScrollDown => self.scroll.wheel(1),
            _ => {}
        }
        Wish::Do(Effect::None)
    }

    /// A click at a cell of the screen: outside the panel it closes, on what is under the cursor it
    /// opens.
    pub fn click(&mut self, column: u16, row: u16, ctx: &Ctx<'_>) -> Wish {
        if !self.area.contains((column, row).into()) {
            return Wish::Close;
        }
        let below = row.checked_sub(self.area.y + 1).map(usize::from);
        let line = below.map(|below| self.scroll.top() + below);
        let hit = line.and_then(|line| {
            let mut targets = self.targets.iter();
            targets.position(|(_, lines)| lines.contains(&line))
        });
        match hit {
            Some(hit) if hit == self.cursor => return Wish::Do(self.open(ctx)),
            Some(hit) => self.to(hit),
            None => {}
        }
        Wish::Do(Effect::None)
    }

    /// The wheel, by rows.
    pub fn wheel(&mut self, rows: isize) {
        self.scroll.wheel(rows);
    }

    /// Takes in what came of work in the background.
    pub fn answer(&mut self, answer: &Answer, ctx: &Ctx<'_>) -> Effect {
        match answer {
            Answer::Following { clause, looked } if *clause == (self.policy, self.clause) => {
                self.looked = *looked;
                self.write(ctx);
            }
            Answer::Followed { clause, found } if *clause == (self.policy, self.clause) => {
                self.found = Some(Arc::clone(found));
                self.write(ctx);
            }
            Answer::Versions { of, places, opened } if *of == self.policy => {
                let awaited = self.awaited.take_if(|(awaited, _)| awaited == places);
                return match (awaited, opened) {
                    (Some((_, target)), Ok(opened)) => self.show(target, opened, ctx),
                    (Some(_), Err(why)) => Effect::Warn(why.clone()),
                    (None, _) => Effect::None,
                };
            }
            _ => {}
        }
        Effect::None
    }

    /// Draws the panel over what the view has drawn.
    pub fn render(&self, buffer: &mut Buffer, ctx: &Ctx<'_>) {
        Clear.render(self.area, buffer);
        rule(buffer, self.area, self.area.y, &[], ctx);
        let lead = ctx.span(Role::Title, " Clause history ");
        buffer.set_span(
            self.area.x + 1,
            self.area.y,
            &lead,
            self.area.width.saturating_sub(2),
        );
        let current = self.targets.get(self.cursor).map(|(_, lines)| lines.start);
        for (y, at) in (self.area.y + 1..self.area.bottom()).zip(self.scroll.visible()) {
            let Some(line) = self.lines.get(at) else {
                continue;
            };
            let x = self.area.x + 3;
            buffer.set_line(x, y, line, self.area.right().saturating_sub(x));
            if Some(at) == current {
                let sign = ctx.span(Role::Accent, ctx.glyph(Glyph::Cursor));
                buffer.set_span(self.area.x + 1, y, &sign, 1);
                let row = Rect::new(self.area.x, y, self.area.width, 1);
                buffer.set_style(row, ctx.style(Role::Focus));
            }
        }
    }

    fn step(&mut self, down: bool) {
        let seen = self.scroll.visible();
        let next = if down {
            self.cursor + 1
        } else {
            self.cursor.saturating_sub(1)
        };
        match self.targets.get(next) {
            // What is higher than the panel is read through before the cursor goes on.
            Some((_, lines)) if next != self.cursor && seen.contains(&lines.start) => self.to(next),
            Some((_, lines)) if next != self.cursor && lines.len() < seen.len() => self.to(next),
            _ => self.scroll.wheel(if down { 1 } else { -1 }),
        }
    }

    fn page(&mut self, rows: isize) {
        self.scroll.wheel(rows);
        let seen = self.scroll.visible();
        let mut targets = self.targets.iter();
        let first = targets.position(|(_, lines)| seen.contains(&lines.start));
        self.cursor = first.unwrap_or(self.cursor);
    }

    fn to(&mut self, target: usize) {
        self.cursor = target.min(self.targets.len().saturating_sub(1));
        if self.cursor == 0 {
            self.scroll.place(0, 0);
        }
        if let Some((_, lines)) = self.targets.get(self.cursor) {
            self.scroll.reveal(lines.clone());
        }
    }

    fn history<'a>(&self, ctx: &'a Ctx<'_>) -> Option<&'a History> {
        ctx.library.get(self.policy)?.history.as_deref()
    }

    /// The version that the one at a place is held against: the last sound one before.
    fn before(&self, place: usize, ctx: &Ctx<'_>) -> Option<usize> {
        let steps = ctx.library.known_steps(self.policy);
        let step = steps.as_ref().and_then(|steps| steps.get(place));
        step.map_or_else(|| place.checked_sub(1), |step| step.against)
    }

    fn open(&mut self, ctx: &Ctx<'_>) -> Effect {
        let Some((target, _)) = self.targets.get(self.cursor).cloned() else {
            return Effect::None;
        };
        let place = match target {
            Target::Elsewhere(policy, clause) => return read(policy, Some(clause), ctx),
            Target::Removal(place) => place,
            Target::Wording(nth) => {
                let found = self.found.as_ref();
                let wording = found.and_then(|found| found.life.wordings.get(nth));
                wording.map_or(0, |(place, _)| *place)
            }
        };
        let places: Vec<usize> = self.before(place, ctx).into_iter().chain([place]).collect();
        self.awaited = Some((places.clone(), target));
        let of = self.policy;
        Effect::Ask(Request::Versions { of, places })
    }

    /// Opens what was asked for: the comparison at the clause, or the version where there is none before.
    fn show(&self, target: Target, opened: &[PolicyId], ctx: &Ctx<'_>) -> Effect {
        let wordings = self.found.as_ref().map(|found| &found.life.wordings);
        let (side, nth) = match target {
            Target::Wording(nth) => (Side::Right, Some(nth)),
            _ => (
                Side::Left,
                wordings.and_then(|all| all.len().checked_sub(1)),
            ),
        };
        let words = nth.and_then(|nth| Some(wordings?.get(nth)?.1.as_str()));
        match *opened {
            [left, right] => {
                let pair = Pair::new(left, right);
                let clause = words.and_then(|words| clause_of(pair[side], words, ctx));
                let at = clause.map(|clause| ComparePlace::Clause(side, clause));
                Effect::Open(Screen::Compare { pair, at })
            }
            [only] => {
                let clause = words.and_then(|words| clause_of(only, words, ctx));
                read(only, clause, ctx)
            }
            _ => Effect::None,
        }
    }

    /// Writes everything anew for the present width.
    fn write(&mut self, ctx: &Ctx<'_>) {
        let columns = usize::from(self.area.width).saturating_sub(LEAD + 1);
        let mut page = Page::new(columns, ctx);
        match &self.found {
            None => page.prose(Role::Dim, &self.progress(ctx)),
            Some(found) => {
                if let Some(history) = self.history(ctx) {
                    page.life(&found.life, history);
                } else {
                    page.prose(Role::Dim, "This policy has one version.");
                }
                page.elsewhere(&found.elsewhere);
            }
        }
        (self.lines, self.targets) = (page.lines, page.targets);
        let height = usize::from(self.area.height.saturating_sub(1));
        self.scroll.resize(self.lines.len(), height);
        self.to(self.cursor);
    }

    fn progress(&self, ctx: &Ctx<'_>) -> String {
        let dots = ctx.glyph(Glyph::Ellipsis);
        match self.looked {
            (_, 0 | 1) => format!("looking for the words elsewhere {dots}"),
            (looked, all) if looked < all => {
                let (looked, all) = (super::thousands(looked), counted(all, "version"));
                format!("reading {looked} of {all} {dots}")
            }
            _ => format!("following the clause {dots}"),
        }
    }
}

/// Opens a policy at a clause.
fn read(policy: PolicyId, clause: Option<ClauseId>, ctx: &Ctx<'_>) -> Effect {
    let entry = ctx.library.get(policy);
    let at = entry.and_then(|entry| entry.policy().clauses.get(clause?.index()));
    Effect::Open(Screen::Reader {
        policy,
        at: at.map(|clause| clause.text),
        topic: None,
    })
}

/// The first clause of a policy with exactly these words.
fn clause_of(policy: PolicyId, words: &str, ctx: &Ctx<'_>) -> Option<ClauseId> {
    let policy = ctx.library.get(policy)?.policy();
    let mut ids = (0..policy.clauses.len()).map(ClauseId::new);
    ids.find(|&id| policy.clause_text(id) == words)
}
