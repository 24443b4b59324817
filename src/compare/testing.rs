//! Policies and results for tests: a builder from plain text, and the notations that tests read.

use super::{Class, Comparison, Input, Op, Row, RowKind};
use crate::model::{
    Block, BlockKind, Clause, ClauseId, ClauseKind, ClauseLabels, Labels, Margin, Marker, Origin,
    Pair, Policy, Provenance, Run, RunStyle, Side, Span, Stance, TextRange, Topic, TopicScore,
};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Builds a policy. Paragraphs are parted by blank lines; sentences end at ". "; `# ` opens a
/// heading and `- ` an item; `**` switches bold; `<a|b>` is the text a linking to b.
pub(super) fn policy(source: &str) -> Policy {
    let mut policy = empty();
    for part in source.split("\n\n").filter(|part| !part.trim().is_empty()) {
        block(&mut policy, part.trim());
    }
    policy
}

fn empty() -> Policy {
    static MADE: AtomicUsize = AtomicUsize::new(0);
    let name = format!("{}.md", MADE.fetch_add(1, Ordering::Relaxed));
    let provenance = Provenance {
        site: "example.com".into(),
        terms: None,
        host: None,
        origin: Origin::Sample(name),
        archived: None,
        removed: None,
        modified: None,
        snapshot_url: None,
        original_url: None,
        bytes: 0,
        encoding: "UTF-8",
    };
    Policy::empty(provenance, String::new(), Vec::new())
}

fn block(policy: &mut Policy, part: &str) {
    let (kind, clause_kind, rest) = if let Some(rest) = part.strip_prefix("# ") {
        (BlockKind::Heading, ClauseKind::Heading, rest)
    } else if let Some(rest) = part.strip_prefix("- ") {
        (BlockKind::Item, ClauseKind::Item, rest)
    } else {
        (BlockKind::Paragraph, ClauseKind::Sentence, part)
    };
    if !policy.text.is_empty() {
        policy.text.push('\n');
    }
    let start = policy.text.len();
    runs(policy, rest);
    let end = policy.text.len();
    let first = policy.clauses.len() as u32;
    let number = policy.blocks.len() as u32;
    let mut at = start;
    let text = policy.text[start..end].to_owned();
    for sentence in sentences(&text) {
        let trimmed = sentence.trim();
        let from = at + sentence.find(trimmed).unwrap_or(0);
        at += sentence.len();
        if trimmed.is_empty() {
            continue;
        }
        policy.clauses.push(Clause {
            kind: clause_kind,
            block: number,
            section: None,
            text: TextRange::new(from, from + trimmed.len()),
            span: Span::default(),
            lead_in: None,
        });
    }
    policy.blocks.push(Block {
        kind,
        text: TextRange::new(start, end),
        span: Span::default(),
        section: None,
        clauses: (first, policy.clauses.len() as u32),
        depth: u8::from(kind == BlockKind::Item),
        marker: if kind == BlockKind::Item {
            Marker::Bullet
        } else {
            Marker::None
        },
    });
}

/// Cuts after ". ", but not after numbering.
fn sentences(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(". ") {
        if at - from > 2 {
            out.push(&text[from..at + 2]);
            from = at + 2;
        }
    }
    out.push(&text[from..]);
    out
}

fn runs(policy: &mut Policy, rest: &str) {
    let mut style = RunStyle::default();
    for (at, piece) in rest.split("**").enumerate() {
        style.strong = at % 2 == 1;
        let mut rest = piece;
        while let Some((before, after)) = rest.split_once('<') {
            let (inside, tail) = after.split_once('>').unwrap_or((after, ""));
            let (text, target) = inside.split_once('|').unwrap_or((inside, inside));
            run(policy, before, style, None);
            policy.links.push(target.into());
            let link = Some(policy.links.len() as u32 - 1);
            run(policy, text, style, link);
            rest = tail;
        }
        run(policy, rest, style, None);
    }
}

fn run(policy: &mut Policy, text: &str, style: RunStyle, link: Option<u32>) {
    if text.is_empty() {
        return;
    }
    let start = policy.text.len();
    policy.text.push_str(text);
    policy.runs.push(Run {
        text: TextRange::new(start, policy.text.len()),
        span: Span::default(),
        style,
        link,
    });
}

/// Labels that give every clause the topic, with the stance its words suggest.
pub(super) fn labels(policy: &Policy, topic: Topic) -> Labels {
    let clauses = (0..policy.clauses.len())
        .map(|index| ClauseLabels {
            topics: vec![TopicScore {
                topic,
                score: 1.0,
                margin: Margin::Firm,
                plain: true,
                evidence: Vec::new(),
                from_rest: 0.0,
                from_context: 0.0,
            }],
            stance: stance(policy.clause_text(ClauseId::new(index))),
        })
        .collect();
    Labels { clauses }
}

fn stance(text: &str) -> Stance {
    let has = |words: &[&str]| {
        text.split([' ', '.', ','])
            .any(|word| words.contains(&word))
    };
    // "Without your consent" limits nothing.
    let without = has(&["without"]) && !text.contains("without your consent");
    if without || has(&["Unless", "unless", "only", "except"]) {
        Stance::Limits
    } else if has(&["not", "never", "don't", "no", "cannot", "Not", "No"]) {
        Stance::Denies
    } else if has(&["may", "might", "can"]) {
        Stance::Permits
    } else {
        Stance::Asserts
    }
}

/// Compares two texts by text.
pub(super) fn by_text(left: &str, right: &str) -> (Pair<Policy>, Comparison) {
    let policies = Pair::new(policy(left), policy(right));
    let comparison = compare(&policies, super::By::Text);
    (policies, comparison)
}

/// Compares two policies with all clauses on one topic.
pub(super) fn compare(policies: &Pair<Policy>, by: super::By) -> Comparison {
    let labels = policies
        .as_ref()
        .map(|policy| labels(policy, Topic::Sharing));
    let pair = Pair::new(
        Input {
            policy: &policies.left,
            labels: &labels.left,
        },
        Input {
            policy: &policies.right,
            labels: &labels.right,
        },
    );
    super::compare(pair, by)
}

/// A comparison as a person would see it: a sign, the class where it is a change, and the text
/// with `[-deleted-]` and `{+inserted+}` words.
pub(super) fn show(policies: &Pair<Policy>, comparison: &Comparison) -> Vec<String> {
    comparison
        .rows
        .iter()
        .map(|row| show_row(policies, row))
        .collect()
}

fn show_row(policies: &Pair<Policy>, row: &Row) -> String {
    let sign = match row.kind {
        RowKind::Same => "=",
        RowKind::Changed | RowKind::Similar => "~",
        RowKind::Moved => "⇄",
        RowKind::MovedAndEdited => "⇄~",
        RowKind::Added | RowKind::OnlyRight => "+",
        RowKind::Removed | RowKind::OnlyLeft => "-",
        RowKind::Different => "/",
        RowKind::Opposed => "≠",
        RowKind::Contrary => "!",
    };
    let class = match row.class {
        Class::Formatting => " formatting",
        Class::Numbers => " numbers",
        _ => "",
    };
    let end = match (row.partner, row.clauses.left.is_empty()) {
        (Some(_), true) => " here",
        (Some(_), false) => " away",
        _ => "",
    };
    let text = if row.words.is_empty() {
        let side = if row.clauses.left.is_empty() {
            Side::Right
        } else {
            Side::Left
        };
        row.clauses[side]
            .iter()
            .map(|&id| policies[side].clause_text(id))
            .collect::<Vec<_>>()
            .join(" ")
    } else {
        words(policies, row)
    };
    format!("{sign}{class}{end} {text}")
}

fn words(policies: &Pair<Policy>, row: &Row) -> String {
    let text = |side: Side, range: Option<TextRange>| {
        range.map_or("", |range| range.of(&policies[side].text))
    };
    row.words
        .iter()
        .map(|words| match words.op {
            Op::Equal => text(Side::Right, words.text.right).to_owned(),
            Op::Delete => format!("[-{}-]", text(Side::Left, words.text.left)),
            Op::Insert => format!("{{+{}+}}", text(Side::Right, words.text.right)),
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// What a person would see of each row of a comparison by text.
pub(super) fn rows(left: &str, right: &str) -> Vec<String> {
    let (policies, comparison) = by_text(left, right);
    show(&policies, &comparison)
}

/// The same in one line.
pub(super) fn row(left: &str, right: &str) -> String {
    rows(left, right).join(" || ")
}
