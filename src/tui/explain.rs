//! Why a clause has its topics, in a line and in full; and where a policy comes from.

use crate::model::{ClauseLabels, Issue, IssueKind, Margin, Policy, Stance, TopicScore};
use crate::tui::glyphs::Glyph;
use crate::tui::text::{sanitize, truncate, width};
use crate::tui::theme::Role;
use crate::tui::view::Ctx;
use ratatui::text::{Line, Span};

/// Words shown for one topic in the short form.
const SHORT: usize = 3;

/// The topics of a clause on one line.
pub fn short(policy: &Policy, labels: &ClauseLabels, ctx: &Ctx<'_>) -> Line<'static> {
    let mut spans = Vec::new();
    for (at, scored) in labels.topics.iter().enumerate() {
        if at > 0 {
            spans.push(Span::raw("  "));
        }
        let words = if at == 0 { SHORT } else { 0 };
        spans.extend(topic(policy, scored, words, ctx));
    }
    Line::from(spans)
}

/// The topics of a clause in full, one a line, and how the clause puts its statement.
pub fn full(policy: &Policy, labels: &ClauseLabels, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let mut lines: Vec<Line<'static>> = labels
        .topics
        .iter()
        .map(|scored| Line::from(topic(policy, scored, usize::MAX, ctx)))
        .collect();
    if lines.is_empty() {
        lines.push(Line::from(
            ctx.span(Role::Dim, "no topic was found in this clause"),
        ));
    }
    let stance = match labels.stance {
        Stance::Asserts => "says that it happens, or that the right exists",
        Stance::Denies => "says that it does not happen",
        Stance::Permits => "says that it may happen",
        Stance::Limits => "says that it happens only under a condition",
        Stance::None => "states no practice",
    };
    lines.push(Line::from(
        ctx.span(Role::Dim, format!("{}: {stance}", labels.stance)),
    ));
    lines
}

/// What does not hold together, with the sentences it speaks of, as lines to be wrapped.
pub fn finding(issue: &Issue, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let said = format!(
        "{} {}: {}",
        ctx.glyph(Glyph::Warning),
        issue.kind,
        sanitize(&issue.message)
    );
    let quote = |quote: &String| {
        let [open, close] = [Glyph::QuoteOpen, Glyph::QuoteClose].map(|glyph| ctx.glyph(glyph));
        Line::from(ctx.span(Role::Quote, format!("{open}{}{close}", sanitize(quote))))
    };
    let said = Line::from(ctx.span(Role::Warning, said));
    [said]
        .into_iter()
        .chain(issue.quotes.iter().map(quote))
        .collect()
}

/// `◆c collection: firm — “personal information” +3 heading +0.6`
fn topic(policy: &Policy, scored: &TopicScore, words: usize, ctx: &Ctx<'_>) -> Vec<Span<'static>> {
    let firm = scored.margin != Margin::Faint;
    let mut spans = vec![
        ctx.topic_mark(scored.topic, firm),
        Span::raw(format!(" {}: {}", scored.topic, scored.margin.id())),
    ];
    if words == 0 {
        return spans;
    }
    let mut grounds: Vec<String> = scored
        .evidence
        .iter()
        .take(words)
        .map(|evidence| {
            let quote = sanitize(evidence.text.of(&policy.text));
            format!("“{quote}” {}", points(evidence.weight))
        })
        .collect();
    if words == usize::MAX && rounded(scored.from_rest) != 0.0 {
        grounds.push(format!("other words {}", points(scored.from_rest)));
    }
    if scored.from_context != 0.0 {
        grounds.push(format!("heading {}", points(scored.from_context)));
    }
    if !grounds.is_empty() {
        spans.push(ctx.span(Role::Dim, format!(" — {}", grounds.join(" "))));
    }
    spans
}

/// Points with their sign, and a decimal only where there is one.
fn points(weight: f32) -> String {
    format!("{:+}", rounded(weight))
}

fn rounded(weight: f32) -> f32 {
    (weight * 10.0).round() / 10.0
}

/// The dates of a policy and where it was found, in as many columns.
pub fn provenance(policy: &Policy, columns: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let provenance = &policy.provenance;
    let day = |date: jiff::Timestamp| date.strftime("%F").to_string();
    let modified = provenance
        .modified
        .filter(|_| provenance.archived.is_none());
    let facts = [
        provenance
            .archived
            .map(|date| format!("archived {}", day(date))),
        modified.map(|date| format!("file of {}", day(date))),
        provenance
            .removed
            .map(|date| format!("removed {}", day(date))),
        policy
            .revised
            .as_ref()
            .map(|revised| format!("says revised {}", revised.date)),
        provenance
            .foreign_host()
            .map(|host| format!("page: {host}")),
        address(policy).map(str::to_owned),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let separator = format!(" {} ", ctx.glyph(Glyph::Dot));
    let line = facts.join(&separator);
    let line = sanitize(&line);
    let cut =
        |text: &str, columns| truncate(text, columns, ctx.glyph(Glyph::Ellipsis)).into_owned();
    let broken = |issue: &&Issue| issue.kind == IssueKind::BrokenCapture;
    let broken = policy.issues.iter().find(broken);
    let Some(note) = policy.doubt().or(broken) else {
        return Line::from(ctx.span(Role::Dim, cut(&line, columns)));
    };
    let note = format!("{} {}", ctx.glyph(Glyph::Warning), sanitize(&note.message));
    let note = cut(&note, columns);
    let rest = columns.saturating_sub(width(&note));
    Line::from(vec![
        ctx.span(Role::Warning, note),
        ctx.span(Role::Dim, cut(&format!("{separator}{line}"), rest)),
    ])
}

/// Why the silence of a policy tells nothing, in a few words with the sign of a warning.
pub fn doubt(kind: IssueKind, ctx: &Ctx<'_>) -> String {
    let words = match kind {
        IssueKind::Language => "not in English",
        _ => "may be no policy",
    };
    format!("{} {words}", ctx.glyph(Glyph::Warning))
}

/// The address of the archived page, else of the page itself.
pub fn address(policy: &Policy) -> Option<&str> {
    let provenance = &policy.provenance;
    let archived = provenance.snapshot_url.as_deref();
    archived.or(provenance.original_url.as_deref())
}
