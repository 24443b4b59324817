//! Policies for tests of the screen, from a few lines of Markdown. It knows only what the tests need:
//! headings, paragraphs on one line, items, table rows, quotes, code, bold and links.

use crate::model::{
    Block, BlockKind, Clause, ClauseId, ClauseKind, Marker, Origin, Policy, Provenance, Run,
    RunStyle, Section, Span, TextRange,
};

/// The policy of a site.
pub(super) fn policy(site: &str, markdown: &str) -> Policy {
    let mut policy = Policy {
        provenance: Provenance {
            site: site.to_owned(),
            terms: None,
            host: None,
            origin: Origin::Sample(format!("{site}.md")),
            archived: None,
            removed: None,
            modified: None,
            snapshot_url: None,
            original_url: None,
            bytes: markdown.len() as u64,
            encoding: "UTF-8",
        },
        title: "Privacy Policy".to_owned(),
        revised: None,
        source: markdown.to_owned(),
        text: String::new(),
        blocks: Vec::new(),
        sections: Vec::new(),
        clauses: Vec::new(),
        runs: Vec::new(),
        links: Vec::new(),
        issues: Vec::new(),
    };
    let mut at = 0;
    for line in markdown.split('\n') {
        if !line.trim().is_empty() {
            block(&mut policy, line, at);
        }
        at += line.len() + 1;
    }
    policy
}

fn kind(line: &str) -> (BlockKind, Marker, u8, &str) {
    let depth = if line.starts_with("  ") { 2 } else { 1 };
    let trimmed = line.trim_start();
    if let Some(code) = line.strip_prefix("    ") {
        (BlockKind::Code, Marker::None, 0, code)
    } else if let Some(title) = line.strip_prefix("# ") {
        (BlockKind::Title, Marker::None, 0, title)
    } else if let Some(heading) = trimmed.trim_start_matches('#').strip_prefix(' ')
        && trimmed.starts_with('#')
    {
        (BlockKind::Heading, Marker::None, 0, heading)
    } else if let Some(item) = trimmed.strip_prefix("- ") {
        (BlockKind::Item, Marker::Bullet, depth, item)
    } else if let Some(quote) = trimmed.strip_prefix("> ") {
        (BlockKind::Quote, Marker::None, 0, quote)
    } else if trimmed.starts_with('|') {
        (BlockKind::Row, Marker::None, 0, trimmed.trim_matches('|'))
    } else if let Some((number, item)) = trimmed.split_once(". ")
        && let Ok(number) = number.parse()
    {
        (BlockKind::Item, Marker::Number(number), depth, item)
    } else {
        (BlockKind::Paragraph, Marker::None, 0, trimmed)
    }
}

fn block(policy: &mut Policy, line: &str, at: usize) {
    let (mut kind, marker, depth, words) = kind(line);
    if kind == BlockKind::Row
        && policy
            .blocks
            .last()
            .is_none_or(|b| b.kind != BlockKind::Row)
    {
        let head = policy
            .blocks
            .last()
            .is_some_and(|b| b.kind == BlockKind::HeaderRow);
        kind = if head {
            BlockKind::Row
        } else {
            BlockKind::HeaderRow
        };
    }
    let words = match kind {
        BlockKind::HeaderRow | BlockKind::Row => {
            let cells: Vec<&str> = words.split('|').map(str::trim).collect();
            cells.join("\t")
        }
        BlockKind::Code => words.to_owned(),
        _ => words.trim_end().to_owned(),
    };
    if !policy.text.is_empty() {
        policy.text.push('\n');
    }
    let start = policy.text.len();
    let span = Span::new(at, at + line.len());
    inline(policy, &words, span);
    let number = policy.blocks.len() as u32;
    let text = TextRange::new(start, policy.text.len());
    if kind == BlockKind::Heading {
        let level = line.trim_start().bytes().take_while(|&b| b == b'#').count() as u8;
        policy.sections.push(Section {
            heading: text,
            level,
            block: number,
            end_block: number,
            span,
            parent: None,
        });
    }
    let section = policy.sections.len().checked_sub(1).map(|s| s as u32);
    if let Some(section) = policy.sections.last_mut() {
        section.end_block = number + 1;
    }
    let first = policy.clauses.len() as u32;
    clauses(policy, kind, number, section, text, span);
    policy.blocks.push(Block {
        kind,
        text,
        span,
        section,
        clauses: (first, policy.clauses.len() as u32),
        depth: if kind == BlockKind::Item { depth } else { 0 },
        marker,
    });
}

/// Appends words to the text, `**bold**` and `[link](target)` as runs.
fn inline(policy: &mut Policy, words: &str, span: Span) {
    let mut rest = words;
    let mut strong = false;
    while !rest.is_empty() {
        let end = rest.find("**").into_iter().chain(rest.find('[')).min();
        let (plain, after) = rest.split_at(end.unwrap_or(rest.len()));
        run(policy, plain, strong, None, span);
        rest = after;
        if let Some(after) = rest.strip_prefix("**") {
            strong = !strong;
            rest = after;
        } else if let Some((label, after)) = rest.strip_prefix('[').and_then(|r| r.split_once("]("))
            && let Some((target, after)) = after.split_once(')')
        {
            policy.links.push(target.to_owned());
            let link = policy.links.len() as u32 - 1;
            run(policy, label, strong, Some(link), span);
            rest = after;
        } else if let Some(after) = rest.strip_prefix('[') {
            run(policy, "[", strong, None, span);
            rest = after;
        }
    }
}

fn run(policy: &mut Policy, words: &str, strong: bool, link: Option<u32>, span: Span) {
    if words.is_empty() {
        return;
    }
    let start = policy.text.len();
    policy.text.push_str(words);
    policy.runs.push(Run {
        text: TextRange::new(start, policy.text.len()),
        span,
        style: RunStyle {
            strong,
            ..RunStyle::default()
        },
        link,
    });
}

fn clauses(
    policy: &mut Policy,
    kind: BlockKind,
    block: u32,
    section: Option<u32>,
    text: TextRange,
    span: Span,
) {
    let kind = match kind {
        BlockKind::Title | BlockKind::Heading => ClauseKind::Heading,
        BlockKind::Item => ClauseKind::Item,
        BlockKind::HeaderRow | BlockKind::Row => ClauseKind::Cell,
        _ => ClauseKind::Sentence,
    };
    let mut start = text.start as usize;
    let words = text.of(&policy.text).to_owned();
    for sentence in words.split_inclusive([' ', '\t']).fold(Vec::new(), join) {
        let end = start + sentence.len();
        let trimmed = sentence.trim();
        if !trimmed.is_empty() {
            let from = start + sentence.len() - sentence.trim_start().len();
            policy.clauses.push(Clause {
                kind,
                block,
                section,
                text: TextRange::new(from, from + trimmed.len()),
                span,
                lead_in: None::<ClauseId>,
            });
        }
        start = end;
    }
}

/// Joins words into sentences: one ends with a full stop or a cell.
fn join(mut sentences: Vec<String>, word: &str) -> Vec<String> {
    match sentences.last_mut() {
        Some(last) if !last.ends_with(". ") && !last.ends_with('\t') => last.push_str(word),
        _ => sentences.push(word.to_owned()),
    }
    sentences
}
