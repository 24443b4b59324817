//! The lines of the list: order, cursor, columns.

use super::columns::Columns;
use super::listed::{Listed, haystack, plain, second_line, versions};
use super::order::SortBy;
use super::{Ctx, Moved};
use crate::library::{Entry, PolicyId};
use crate::model::VersionDate;
use crate::tui::action::Action;
use crate::tui::fuzzy::{self, Fuzzy, Hit, Texts};
use crate::tui::scroll::Scroll;
use crate::tui::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use rayon::prelude::*;

/// With more matches than this times the letters of the query, second lines say what they say without
/// one: to know what a query hit takes longer than to know that it did.
const FEW: usize = 8_000;

/// From so many policies on, other cores are asked to help. They may be busy with reading, and are
/// waited for then.
const MANY: usize = 8_192;

/// What is kept of all policies, so that a key typed into the query need not make it anew.
#[derive(Debug, Default)]
struct Kept {
    /// The library that it was made of.
    revision: Option<usize>,
    /// For each policy the text that queries are matched with.
    haystacks: Texts,
    /// How each policy is listed without a query; none that is gone.
    plain: Vec<Option<Listed>>,
    /// All policies in the order that the list has without a query.
    order: Vec<PolicyId>,
    /// What they are ordered by, and whether downwards.
    by: Option<(SortBy, bool)>,
}

/// The list.
#[derive(Debug, Default)]
pub(super) struct List {
    kept: Kept,
    query: String,
    listed: Vec<Listed>,
    /// For each line of the list, which entry it belongs to.
    lines: Vec<usize>,
    cursor: usize,
    scroll: Scroll,
    area: Rect,
    sort: SortBy,
    reversed: bool,
    fuzzy: Fuzzy,
    querying: bool,
    /// Whether some policy has several versions.
    histories: bool,
}

impl List {
    /// The policy under the cursor.
    pub(super) fn selected(&self) -> Option<PolicyId> {
        self.listed.get(self.cursor).map(|listed| listed.id)
    }

    /// How many policies are listed.
    pub(super) fn len(&self) -> usize {
        self.listed.len()
    }

    /// How many there are to find.
    pub(super) fn total(&self) -> usize {
        self.kept.order.len()
    }

    /// What the list is ordered by, and whether upwards.
    pub(super) fn order(&self) -> (SortBy, bool) {
        (
            if self.querying {
                SortBy::Likeness
            } else {
                self.sort
            },
            !self.reversed,
        )
    }

    pub(super) fn sort_next(&mut self) {
        self.sort = self.sort.next(self.histories);
    }

    pub(super) fn reverse(&mut self) {
        self.reversed = !self.reversed;
    }

    pub(super) fn resize(&mut self, area: Rect) {
        self.area = area;
    }

    /// Follows a library that grew or was read anew.
    fn reload(&mut self, ctx: &Ctx<'_>) {
        self.kept = Kept {
            revision: Some(ctx.library.revision()),
            ..Kept::default()
        };
        let entries = ctx.library.entries();
        let both = |(at, entry)| (haystack(entry), plain(PolicyId::new(at), entry));
        let (haystacks, plain) = if entries.len() < MANY {
            entries.iter().enumerate().map(both).unzip()
        } else {
            entries.par_iter().enumerate().map(both).unzip()
        };
        self.kept.haystacks = Texts::new(haystacks);
        self.kept.plain = plain;
        self.histories = has_histories(ctx);
    }

    /// Goes over to another library, which [`List::refresh`] then lists; the cursor stays on its policy,
    /// or on its line.
    pub(super) fn moves(&mut self, moved: &Moved<'_>) {
        self.kept = Kept::default();
        let selected = self.selected().and_then(|id| moved.policy(id));
        match (selected, self.listed.get_mut(self.cursor)) {
            (Some(id), Some(listed)) => listed.id = id,
            _ => self.listed.clear(),
        }
    }

    /// Lists what the query finds; the cursor stays on its policy where that is still listed.
    pub(super) fn refresh(&mut self, query: &str, ctx: &Ctx<'_>) {
        if self.kept.revision != Some(ctx.library.revision()) {
            self.reload(ctx);
        }
        let selected = self.selected();
        self.querying = !query.trim().is_empty();
        query.clone_into(&mut self.query);
        self.order_kept(ctx);
        self.listed = if self.querying {
            self.matches(query, ctx)
        } else {
            let listed = |id: &PolicyId| self.kept.plain.get(id.index()).copied().flatten();
            self.kept.order.iter().filter_map(listed).collect()
        };
        self.lines.clear();
        for (index, listed) in self.listed.iter().enumerate() {
            self.lines.push(index);
            if listed.second.is_some() {
                self.lines.push(index);
            }
        }
        let place = selected.and_then(|id| self.listed.iter().position(|listed| listed.id == id));
        self.scroll.resize(
            self.lines.len(),
            usize::from(self.area.height.saturating_sub(1)),
        );
        self.go(place.unwrap_or(self.cursor));
    }

    /// The policies that the query finds, best first.
    fn matches(&mut self, query: &str, ctx: &Ctx<'_>) -> Vec<Listed> {
        let mut found = self.kept.haystacks.ranked(query);
        fuzzy::sort(&mut found);
        let listed = |(at, _): (usize, _)| self.kept.plain.get(at).copied().flatten();
        let mut found: Vec<Listed> = found.into_iter().filter_map(listed).collect();
        if found.len() * query.len() <= FEW {
            for listed in &mut found {
                if let Some(entry) = ctx.library.get(listed.id) {
                    listed.second = second_line(entry, &self.hit(listed.id));
                }
            }
        }
        found
    }

    /// What the query hits in a policy, in the text that [`haystack`] makes.
    pub(super) fn hit(&self, id: PolicyId) -> Hit {
        let haystack = self.kept.haystacks.get(id.index());
        let hit = haystack.and_then(|haystack| self.fuzzy.score(&self.query, haystack));
        hit.unwrap_or_default()
    }

    /// Brings all policies into the order that the list has without a query.
    fn order_kept(&mut self, ctx: &Ctx<'_>) {
        let by = Some((self.sort, self.reversed));
        if self.kept.by == by {
            return;
        }
        let mut order: Vec<PolicyId> = ctx.library.ids().collect();
        if self.reversed {
            // Turned round before and after, what is equal stands as it was found.
            order.reverse();
        }
        let entry = |id: &PolicyId| ctx.library.get(*id);
        let lower = |text: fn(&Entry) -> &str| {
            move |id: &PolicyId| entry(id).map(|entry| text(entry).to_lowercase())
        };
        match self.sort {
            SortBy::Site => order.sort_by_cached_key(lower(|entry| &entry.name)),
            SortBy::Title => order.sort_by_cached_key(lower(|entry| &entry.facts.title)),
            SortBy::Version => order.sort_by_cached_key(|id| {
                entry(id).and_then(|entry| entry.facts.version().map(VersionDate::date))
            }),
            SortBy::Versions => order.sort_by_key(|id| entry(id).map(versions)),
            SortBy::Words => order.sort_by_key(|id| entry(id).map(|entry| entry.facts.words)),
            SortBy::Found | SortBy::Likeness => order.sort_by_key(|id| id.index()),
        }
        if self.reversed {
            order.reverse();
        }
        self.kept.order = order;
        self.kept.by = by;
    }

    /// Puts the cursor on the best match.
    pub(super) fn select_best(&mut self) {
        self.go(0);
    }

    fn go(&mut self, to: usize) {
        self.cursor = to.min(self.listed.len().saturating_sub(1));
        let first = self.lines.partition_point(|&entry| entry < self.cursor);
        let end = self.lines.partition_point(|&entry| entry <= self.cursor);
        self.scroll.to(first);
        self.scroll.reveal(first..end);
    }

    pub(super) fn step(&mut self, action: Action) {
        let page = usize::from(self.area.height.saturating_sub(2)).max(1);
        let to = match action {
            Action::Up => self.cursor.saturating_sub(1),
            Action::Down => self.cursor + 1,
            Action::PageUp => self.cursor.saturating_sub(page),
            Action::PageDown => self.cursor + page,
            Action::HalfPageUp => self.cursor.saturating_sub(page / 2),
            Action::HalfPageDown => self.cursor + page / 2,
            Action::Top => 0,
            Action::Bottom => self.listed.len(),
            Action::ScrollUp => return self.scroll.wheel(-1),
            Action::ScrollDown => return self.scroll.wheel(1),
            _ => return,
        };
        self.go(to);
    }

    pub(super) fn wheel(&mut self, rows: isize) {
        self.scroll.wheel(rows);
        self.cursor = self.lines.get(self.scroll.cursor()).copied().unwrap_or(0);
    }

    /// Moves to the entry at a row of the screen; whether there is one.
    pub(super) fn click(&mut self, row: u16) -> bool {
        let Some(below) = row.checked_sub(self.area.y + 1) else {
            return false;
        };
        let line = self.scroll.top() + usize::from(below);
        let entry = self.lines.get(line).copied();
        if let Some(entry) = entry {
            self.go(entry);
        }
        entry.is_some()
    }

    /// Whether only what was typed is listed.
    pub(super) fn is_querying(&self) -> bool {
        self.querying
    }

    /// Draws the list; with nothing in it, `elsewhere` stands below that.
    pub(super) fn render(
        &self,
        marked: Option<PolicyId>,
        focused: bool,
        elsewhere: &str,
        buffer: &mut Buffer,
        ctx: &Ctx<'_>,
    ) {
        let columns = Columns::for_width(usize::from(self.area.width), self.histories);
        let head = columns.head(ctx);
        buffer.set_line(self.area.x, self.area.y, &head, self.area.width);
        if self.listed.is_empty() {
            let empty = if self.querying {
                "  nothing matches"
            } else if ctx.progress.is_some() {
                "  reading"
            } else {
                "  no policies were found"
            };
            for (y, words) in (self.area.y + 1..self.area.bottom()).zip([empty, elsewhere]) {
                let line = Line::from(ctx.span(Role::Dim, words));
                buffer.set_line(self.area.x, y, &line, self.area.width);
            }
        }
        for (line, y) in self
            .scroll
            .visible()
            .zip(self.area.y + 1..self.area.bottom())
        {
            let Some(&index) = self.lines.get(line) else {
                continue;
            };
            let Some(listed) = self.listed.get(index) else {
                continue;
            };
            let Some(entry) = ctx.library.get(listed.id) else {
                continue;
            };
            let first = line == 0 || self.lines.get(line - 1) != Some(&index);
            let current = index == self.cursor;
            let drawn = if first {
                let hit = self.hit(listed.id);
                columns.row(
                    entry,
                    (listed.id, &hit),
                    marked == Some(listed.id),
                    current,
                    ctx,
                )
            } else {
                columns.second(listed.second, entry, &self.hit(listed.id), ctx)
            };
            buffer.set_line(self.area.x, y, &drawn, self.area.width);
            if current {
                let style = if focused {
                    ctx.style(Role::Focus)
                } else {
                    ctx.style(Role::Current)
                };
                buffer.set_style(
                    Rect {
                        y,
                        height: 1,
                        ..self.area
                    },
                    style,
                );
            }
        }
    }
}

/// Whether some policy has several versions.
pub(super) fn has_histories(ctx: &Ctx<'_>) -> bool {
    ctx.library
        .entries()
        .iter()
        .any(|entry| versions(entry) > 1)
}
