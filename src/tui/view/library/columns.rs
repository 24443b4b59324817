//! How a policy looks in the list: its columns, its second line, its bars.

use super::Ctx;
use super::listed::{Second, fields, terms_in_name, versions};
use crate::library::{Entry, PolicyId};
use crate::model::Topic;
use crate::tui::fuzzy::Hit;
use crate::tui::glyphs::Glyph;
use crate::tui::history;
use crate::tui::text::{sanitize, truncate, width};
use crate::tui::theme::Role;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Columns of the version's date.
const DATE: usize = 12;

/// Columns of the number of words.
const WORDS: usize = 7;

/// Columns of the number of versions and their years: `2,478 · 2019–2026`.
pub(super) const VERSIONS: usize = 17;

/// Columns of the topics, one each.
const TOPICS: usize = Topic::ALL.len();

/// Heights of a topic's bar, from least to most, and the same in plain ASCII.
const BARS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
const ASCII_BARS: [&str; 8] = ["1", "2", "3", "4", "5", "6", "7", "8"];

/// The date of a version, with a sign where a newer one is a broken fetch.
fn date(entry: &Entry, ctx: &Ctx<'_>) -> String {
    let version = entry.facts.version();
    let date = version.map_or_else(String::new, |version| version.to_string());
    match entry.stand_in {
        Some(_) => format!("{date}{}", ctx.glyph(Glyph::Warning)),
        None => date,
    }
}

/// Which columns fit, and how wide the site may be.
pub(super) struct Columns {
    site: usize,
    date: bool,
    versions: bool,
    words: bool,
    topics: bool,
}

impl Columns {
    /// The columns for a width; `histories` says that some policy has several versions.
    pub(super) fn for_width(width: usize, histories: bool) -> Self {
        // Cursor and mark stand before the site; the least useful column goes first.
        let rest = width.saturating_sub(3);
        let fits = |columns: usize, site: usize| rest >= columns + site;
        let date = fits(DATE + 2, 14);
        let versions = histories && fits(DATE + VERSIONS + 4, 14);
        let more = usize::from(versions) * (VERSIONS + 2);
        let topics = fits(DATE + more + TOPICS + 4, 18);
        let words = fits(DATE + more + TOPICS + WORDS + 6, 20);
        let used = more
            + usize::from(date) * (DATE + 2)
            + usize::from(topics) * (TOPICS + 2)
            + usize::from(words) * (WORDS + 2);
        Self {
            site: rest.saturating_sub(used),
            date,
            versions,
            words,
            topics,
        }
    }

    pub(super) fn head(&self, ctx: &Ctx<'_>) -> Line<'static> {
        let dim = |text: String| ctx.span(Role::Dim, text);
        let mut spans = vec![dim(format!("   {:<1$}", "site", self.site))];
        if self.date {
            spans.push(dim(format!("  {:<DATE$}", "version")));
        }
        if self.versions {
            spans.push(dim(format!("  {:<VERSIONS$}", "versions")));
        }
        if self.words {
            spans.push(dim(format!("  {:>WORDS$}", "words")));
        }
        if self.topics {
            spans.push(dim("  ".to_owned()));
            for topic in Topic::ALL {
                spans.push(Span::styled(
                    topic.sign().to_string(),
                    ctx.theme.topic(topic),
                ));
            }
        }
        Line::from(spans)
    }

    pub(super) fn row(
        &self,
        entry: &Entry,
        (id, hit): (PolicyId, &Hit),
        marked: bool,
        current: bool,
        ctx: &Ctx<'_>,
    ) -> Line<'static> {
        let cursor = if current {
            ctx.glyph(Glyph::Cursor)
        } else {
            " "
        };
        let mark = if marked { "L" } else { " " };
        let mut spans = vec![ctx.span(Role::Accent, format!("{cursor}{mark} "))];
        let shown = if self.date {
            &entry.facts.provenance.site
        } else {
            &entry.name
        };
        spans.extend(self.name(shown, entry.doubt().is_some(), hit, ctx));
        if self.date {
            spans.push(ctx.span(Role::Dim, format!("  {:<DATE$}", date(entry, ctx))));
        }
        if self.versions {
            let text = format!("  {:<VERSIONS$}", several(entry, ctx));
            spans.push(ctx.span(Role::Text, text));
        }
        if self.words {
            spans.push(ctx.span(Role::Text, format!("  {:>WORDS$}", entry.facts.words)));
        }
        if self.topics {
            spans.push(Span::raw("  "));
            spans.extend(bars(id, ctx));
        }
        Line::from(spans)
    }

    /// The site, cut to its column, with the matched letters marked, and a sign behind it where its
    /// silence tells nothing.
    fn name(&self, text: &str, doubtful: bool, hit: &Hit, ctx: &Ctx<'_>) -> Vec<Span<'static>> {
        let sign = format!(" {}", ctx.glyph(Glyph::Warning));
        let sign = if doubtful { sign.as_str() } else { "" };
        let room = self.site.saturating_sub(width(sign));
        let text = sanitize(text);
        let shown = truncate(&text, room, ctx.glyph(Glyph::Ellipsis));
        let mut spans = marked(&shown, 0, hit, ctx.style(Role::Text), ctx);
        let space = room.saturating_sub(width(&shown));
        spans.push(ctx.span(Role::Warning, sign));
        spans.push(Span::raw(" ".repeat(space)));
        spans
    }

    pub(super) fn second(
        &self,
        says: Option<Second>,
        entry: &Entry,
        hit: &Hit,
        ctx: &Ctx<'_>,
    ) -> Line<'static> {
        let [_, host, title] = fields(entry);
        let (lead, text, offset) = match says {
            Some(Second::Title) => ("title: ", entry.facts.title.clone(), title),
            Some(Second::Terms) => (
                "terms: ",
                terms_in_name(entry).unwrap_or_default().to_owned(),
                usize::MAX / 2,
            ),
            Some(Second::Path) => (
                "file: ",
                entry.facts.provenance.origin.to_string(),
                usize::MAX / 2,
            ),
            _ => (
                "page: ",
                entry.facts.provenance.host.clone().unwrap_or_default(),
                host,
            ),
        };
        let mut spans = vec![ctx.span(Role::Dim, format!("     {lead}"))];
        spans.extend(marked(
            &sanitize(&text),
            offset,
            hit,
            ctx.style(Role::Dim),
            ctx,
        ));
        Line::from(spans)
    }
}

/// `53 · 2019–2026`; nothing for a policy of one version.
fn several(entry: &Entry, ctx: &Ctx<'_>) -> String {
    let Some(known) = entry.history.as_ref().filter(|_| versions(entry) > 1) else {
        return String::new();
    };
    let count = format!("{:>5}", history::thousands(known.versions.len()));
    match history::years(known, ctx.glyphs.ascii) {
        Some(years) => format!("{count} {} {years}", ctx.glyph(Glyph::Dot)),
        None => count,
    }
}

/// Text with the letters marked that the query hit.
fn marked(text: &str, offset: usize, hit: &Hit, base: Style, ctx: &Ctx<'_>) -> Vec<Span<'static>> {
    let matched = base.patch(ctx.style(Role::Match));
    let mut spans: Vec<Span<'static>> = Vec::new();
    for (at, c) in text.char_indices() {
        let style = if hit.at.binary_search(&(offset + at)).is_ok() {
            matched
        } else {
            base
        };
        match spans.last_mut() {
            Some(last) if last.style == style => last.content.to_mut().push(c),
            _ => spans.push(Span::styled(c.to_string(), style)),
        }
    }
    spans
}

/// One bar a topic: how much of the policy speaks of it.
fn bars(id: PolicyId, ctx: &Ctx<'_>) -> Vec<Span<'static>> {
    let counts = ctx.library.topic_counts(id).map(|count| count as usize);
    let heights = if ctx.glyphs.ascii { ASCII_BARS } else { BARS };
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    Topic::ALL
        .iter()
        .map(|&topic| match counts[topic.index()] {
            0 => ctx.span(Role::Dim, ctx.glyph(Glyph::BarNone)),
            count => {
                let height = (count * heights.len())
                    .div_ceil(most)
                    .clamp(1, heights.len());
                Span::styled(heights[height - 1], ctx.theme.topic(topic))
            }
        })
        .collect()
}
