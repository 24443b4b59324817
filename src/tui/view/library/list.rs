//! The lines of the list: order, cursor, columns.

use super::Ctx;
use super::columns::Columns;
use crate::library::{Entry, PolicyId};
use crate::model::VersionDate;
use crate::tui::action::Action;
use crate::tui::fuzzy::{Fuzzy, Hit};
use crate::tui::scroll::Scroll;
use crate::tui::text::sanitize;
use crate::tui::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use std::cmp::Ordering;

/// What the list is ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum SortBy {
    #[default]
    Site,
    Version,
    Versions,
    Words,
    Title,
    Found,
    /// While a query is there: the best match first.
    Likeness,
}

impl SortBy {
    pub(super) fn label(self) -> &'static str {
        match self {
            SortBy::Site => "site",
            SortBy::Version => "version",
            SortBy::Versions => "number of versions",
            SortBy::Words => "words",
            SortBy::Title => "title",
            SortBy::Found => "place",
            SortBy::Likeness => "likeness",
        }
    }

    /// The next order; by the number of versions only where some policy has several.
    fn next(self, histories: bool) -> Self {
        match self {
            SortBy::Site => SortBy::Version,
            SortBy::Version if histories => SortBy::Versions,
            SortBy::Version | SortBy::Versions => SortBy::Words,
            SortBy::Words => SortBy::Title,
            SortBy::Title => SortBy::Found,
            SortBy::Found | SortBy::Likeness => SortBy::Site,
        }
    }
}

/// A policy that is listed.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub(super) id: PolicyId,
    /// What the query hit, in the text that [`haystack`] makes.
    pub(super) hit: Hit,
    /// What a second line says, if there is one.
    pub(super) second: Option<Second>,
}

/// Why an entry has a second line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Second {
    Host,
    Title,
    Path,
}

/// The list.
#[derive(Debug, Default)]
pub(super) struct List {
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

    /// Lists what the query finds; the cursor stays on its policy where that is still listed.
    pub(super) fn refresh(&mut self, query: &str, ctx: &Ctx<'_>) {
        let selected = self.selected();
        self.querying = !query.trim().is_empty();
        self.histories = has_histories(ctx);
        self.listed = ctx
            .library
            .ids()
            .filter_map(|id| {
                let entry = ctx.library.get(id)?;
                let hit = self.fuzzy.score(query, &haystack(entry))?;
                let second = second_line(entry, &hit);
                Some(Listed { id, hit, second })
            })
            .collect();
        let (by, reversed) = (self.order().0, self.reversed);
        self.listed.sort_by(|a, b| {
            let order = compare(by, a, b, ctx);
            let order = if reversed && by != SortBy::Likeness {
                order.reverse()
            } else {
                order
            };
            order.then(a.id.cmp(&b.id))
        });
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

    pub(super) fn render(
        &self,
        marked: Option<PolicyId>,
        focused: bool,
        buffer: &mut Buffer,
        ctx: &Ctx<'_>,
    ) {
        let columns = Columns::for_width(usize::from(self.area.width), self.histories);
        let head = columns.head(ctx);
        buffer.set_line(self.area.x, self.area.y, &head, self.area.width);
        if self.listed.is_empty() {
            let empty = if self.querying {
                "  nothing matches"
            } else {
                "  no policies were found"
            };
            let line = Line::from(ctx.span(Role::Dim, empty));
            buffer.set_line(self.area.x, self.area.y + 1, &line, self.area.width);
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
                columns.row(listed, entry, marked == Some(listed.id), current, ctx)
            } else {
                columns.second(listed, entry, ctx)
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

/// How many versions of a policy are known.
pub(super) fn versions(entry: &Entry) -> usize {
    entry.history.as_ref().map_or(1, |it| it.versions.len())
}

/// What a query is matched with: site, host, title.
fn haystack(entry: &Entry) -> String {
    let provenance = &entry.facts.provenance;
    let host = provenance.host.as_deref().unwrap_or("");
    let named = if entry.name.starts_with(&provenance.site) {
        &entry.name
    } else {
        &provenance.site
    };
    format!(
        "{} {host} {}",
        sanitize(named),
        sanitize(&entry.facts.title)
    )
}

/// Where site, host and title begin in the [`haystack`].
pub(super) fn fields(entry: &Entry) -> [usize; 3] {
    let provenance = &entry.facts.provenance;
    let named = if entry.name.starts_with(&provenance.site) {
        &entry.name
    } else {
        &provenance.site
    };
    let host = sanitize(named).len() + 1;
    let title = host + provenance.host.as_deref().unwrap_or("").len() + 1;
    [0, host, title]
}

/// A second line names the page's host where it is not the site's, the file where the name needs
/// it, and otherwise whatever the query hit beside the site.
fn second_line(entry: &Entry, hit: &Hit) -> Option<Second> {
    let [_, host, title] = fields(entry);
    let hits = |from: usize, to: usize| hit.at.iter().filter(|&&at| from <= at && at < to).count();
    let (in_site, in_host, in_title) = (hits(0, host), hits(host, title), hits(title, usize::MAX));
    if in_title > in_site && in_title >= in_host {
        return Some(Second::Title);
    }
    if entry.facts.provenance.foreign_host().is_some() || in_host > in_site {
        return Some(Second::Host);
    }
    entry.name.ends_with(')').then_some(Second::Path)
}

fn compare(by: SortBy, a: &Listed, b: &Listed, ctx: &Ctx<'_>) -> Ordering {
    if by == SortBy::Likeness {
        return b.hit.score.cmp(&a.hit.score);
    }
    let (Some(x), Some(y)) = (ctx.library.get(a.id), ctx.library.get(b.id)) else {
        return Ordering::Equal;
    };
    match by {
        SortBy::Site => x.name.to_lowercase().cmp(&y.name.to_lowercase()),
        SortBy::Version => {
            let date = |entry: &Entry| entry.facts.version().map(VersionDate::date);
            date(x).cmp(&date(y))
        }
        SortBy::Versions => versions(x).cmp(&versions(y)),
        SortBy::Words => x.facts.words.cmp(&y.facts.words),
        SortBy::Title => x
            .facts
            .title
            .to_lowercase()
            .cmp(&y.facts.title.to_lowercase()),
        SortBy::Found | SortBy::Likeness => a.id.cmp(&b.id),
    }
}
