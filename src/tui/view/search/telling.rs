//! What is told in words: title, state and status, and what there is to say of a hit.

use super::found::{Found, one_policy};
use super::{Ctx, SearchView};
use crate::library::search::SiteHits;
use crate::model::{PartialDate, Stance, VersionDate};
use crate::tui::glyphs::Glyph;
use crate::tui::keymap::Scope;
use crate::tui::text::sanitize;
use crate::tui::theme::Role;
use crate::tui::view::notices;
use ratatui::text::Line;

impl SearchView {
    pub(super) fn title_line(&self, ctx: &Ctx<'_>) -> Line<'static> {
        let title = if self.like.is_some() {
            "Who else says this"
        } else {
            "Search"
        };
        Line::from(ctx.span(Role::Title, title))
    }

    pub(super) fn state_line(&self, ctx: &Ctx<'_>) -> Line<'static> {
        let dot = format!(" {} ", ctx.glyph(Glyph::Dot));
        let mut parts = Vec::new();
        if self.asking.is_busy() {
            parts.push(format!("searching{}", ctx.glyph(Glyph::Ellipsis)));
        }
        parts.extend(self.found.as_ref().map(counts));
        if self.versions {
            parts.push("all versions".to_owned());
        }
        parts.extend(ctx.progress.map(|progress| progress.to_string()));
        let mut spans = Vec::new();
        for (at, part) in parts.into_iter().enumerate() {
            let before = if at == 0 { "" } else { dot.as_str() };
            spans.push(ctx.span(Role::Text, format!("{before}{part}")));
        }
        if let Some(notices) = notices::told(Scope::Search, ctx) {
            let before = if spans.is_empty() { "" } else { dot.as_str() };
            spans.push(ctx.span(Role::Warning, format!("{before}{notices}")));
        }
        if let Some(all) = self.found.as_ref().and_then(wordings) {
            spans.push(ctx.span(Role::Dim, format!("{dot}{all}")));
        }
        Line::from(spans)
    }

    pub(super) fn status_line(&self, ctx: &Ctx<'_>) -> Line<'static> {
        if self.opening.is_some() {
            let text = format!("opening the version{}", ctx.glyph(Glyph::Ellipsis));
            return Line::from(ctx.span(Role::Dim, text));
        }
        let mut spans = Vec::new();
        if let Some(marked) = self
            .marked
            .and_then(|marked| ctx.library.get(marked.policy))
        {
            spans.push(ctx.span(Role::Accent, "L "));
            spans.push(ctx.span(Role::Text, sanitize(&marked.name).into_owned()));
            return Line::from(spans);
        }
        let hit = self.found.as_ref().filter(|_| !self.typing);
        if let Some(hit) = hit.and_then(Found::current) {
            if let Some(&topic) = hit.topics.first() {
                spans.push(ctx.topic_mark(topic, true));
                spans.push(ctx.span(Role::Dim, format!(" {}", topic.label())));
            }
            if hit.stance != Stance::None {
                let before = if spans.is_empty() { "" } else { ", " };
                spans.push(ctx.span(Role::Dim, format!("{before}{}", hit.stance.id())));
            }
        }
        Line::from(spans)
    }
}

/// How many hits there are, of how many sites.
fn counts(found: &Found) -> String {
    let results = found.results();
    let hits = plural(found.count(), "hit");
    let sites = plural(results.sites.len(), "site");
    if found.is_empty() {
        return "no hits".to_owned();
    }
    if !results.more {
        return format!("{hits}, {sites}");
    }
    // Of what holds so common words only the beginning is ranked.
    let which = if results.ranked { "best" } else { "first" };
    format!("the {which} {hits}, {sites}")
}

/// How many wordings there are of which only some hits are shown.
fn wordings(found: &Found) -> Option<String> {
    let (results, shown) = (found.results(), found.count());
    let more = results.more && results.wordings > shown;
    more.then(|| format!("{} wordings have the words", results.wordings))
}

fn plural(count: usize, thing: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{ending}")
}

/// What stands behind the name of a site: the date of its policy, where all hits are in one.
pub(super) fn site_note(site: &SiteHits, found: &Found, ctx: &Ctx<'_>) -> String {
    let dot = ctx.glyph(Glyph::Dot);
    let policy = one_policy(site).filter(|_| !found.asked().versions);
    let date = policy
        .and_then(|id| ctx.library.get(id)?.facts.version())
        .map(|version| VersionDate::date(version).to_string());
    let dated = date.map_or_else(String::new, |date| format!("  {date}"));
    match site.hits.len() {
        1 => dated,
        hits if dated.is_empty() => format!("  {hits} hits"),
        hits => format!("{dated} {dot} {hits} hits"),
    }
}

/// What there is to say of a hit beside its text: how near it is, which policy, which versions.
pub(super) fn hit_note(at: usize, found: &Found, ctx: &Ctx<'_>) -> String {
    let Some((hit, site)) = found.hit(at).zip(found.site_of(at)) else {
        return String::new();
    };
    let mut parts = Vec::new();
    if found.is_by_likeness() {
        parts.push(nearness(hit.score));
    }
    let entry = ctx.library.get(hit.policy);
    let several = one_policy(site).is_none();
    let name = match hit.place {
        Some(place) => ctx.library.version_name(hit.policy, place),
        None if several || found.asked().versions => entry.map(|entry| entry.name.clone()),
        None => None,
    };
    parts.extend(name.map(|name| sanitize(&name).into_owned()));
    let date = |place: usize| {
        let version = entry?.history.as_ref()?.versions.get(place)?;
        Some(PartialDate::from(version.recorded?).to_string())
    };
    if let Some(held) = hit.held.filter(|held| held.versions > 1) {
        let versions = plural(held.versions, "version");
        parts.push(match (date(held.first), date(held.last)) {
            // An archive may have recorded an older version later.
            (Some(one), Some(other)) => {
                let (first, last) = (one.clone().min(other.clone()), one.max(other));
                format!("in {versions}, {first} to {last}")
            }
            _ => format!("in {versions}"),
        });
    }
    let dot = format!(" {} ", ctx.glyph(Glyph::Dot));
    parts.join(&dot)
}

/// How near a clause is to the one that was asked about, by its share of common words.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share is between 0 and 1"
)]
fn nearness(share: f32) -> String {
    if share >= 1.0 {
        return "the same words".to_owned();
    }
    format!(
        "{} % of the words",
        ((share * 100.0).round() as u32).min(99)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_words_are_called_the_same() {
        assert_eq!(nearness(1.0), "the same words");
        assert_eq!(nearness(0.999), "99 % of the words");
        assert_eq!(nearness(0.6), "60 % of the words");
    }
}
