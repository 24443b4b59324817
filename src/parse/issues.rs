//! What was odd about a document, told in sentences.

use super::builder::Raw;
use super::{markdown, provenance};
use crate::model::{BlockKind, Issue, IssueKind, Policy};
use std::path::Path;

/// A line longer than this hints at a damaged file; bytes.
const LONG_LINE: usize = 1 << 20;

/// A text with more blocks than this and no heading is reported as having no outline.
const OUTLINE_EXPECTED: usize = 12;

/// Everything that was odd. `damaged` says that bytes were replaced, `head_problem` what was wrong
/// with the front matter, and on which line.
pub(super) fn of(
    policy: &Policy,
    raw: &Raw,
    path: &Path,
    damaged: bool,
    head_problem: Option<(u32, String)>,
) -> Vec<Issue> {
    let tell = |kind, message: String, line: Option<u32>| {
        let mut issue = Issue::new(path, kind, message);
        issue.line = line;
        issue
    };
    let head = head_problem.map(|(line, problem)| {
        tell(
            provenance::HEAD_ISSUE,
            format!("{problem}; it is ignored"),
            Some(line),
        )
    });
    let encoding = damaged.then(|| {
        let at = policy
            .source
            .find('\u{fffd}')
            .and_then(|at| u32::try_from(at).ok());
        let encoding = policy.provenance.encoding;
        let message = format!("bytes that are not valid {encoding} are shown as \u{fffd}");
        tell(
            IssueKind::Encoding,
            message,
            at.map(|at| policy.line_of(at)),
        )
    });
    let controls = controls(raw).map(|(message, first)| {
        tell(
            IssueKind::ControlCharacters,
            message,
            Some(policy.line_of(first)),
        )
    });
    let nesting = raw.too_deep.then(|| {
        let limit = markdown::MAX_DEPTH;
        let message = format!("lists or quotes nested deeper than {limit} are shown at that depth");
        tell(IssueKind::DeepNesting, message, None)
    });
    let long = long_line(&policy.source).map(|line| {
        let message = "a single line of more than 1 MiB; the file may be damaged".to_owned();
        tell(IssueKind::LongLine, message, Some(line))
    });
    let body = policy
        .blocks
        .iter()
        .filter(|b| b.kind != BlockKind::Title)
        .count();
    let outline = (policy.sections.is_empty() && body > OUTLINE_EXPECTED).then(|| {
        let message = "no headings were found, so there is no outline".to_owned();
        tell(IssueKind::NoHeadings, message, None)
    });
    [head, encoding, controls, nesting, long, outline]
        .into_iter()
        .flatten()
        .collect()
}

/// Which characters stand-ins are shown for, and where the first of them stands.
fn controls(raw: &Raw) -> Option<(String, u32)> {
    let first = raw.stand_ins.values().map(|s| s.first).min()?;
    let total: u32 = raw.stand_ins.values().map(|s| s.count).sum();
    let names: Vec<String> = raw
        .stand_ins
        .iter()
        .take(4)
        .map(|(c, s)| format!("{} × U+{:04X}", s.count, u32::from(*c)))
        .collect();
    let more = if raw.stand_ins.len() > 4 { ", …" } else { "" };
    let noun = if total == 1 {
        "character is shown as a stand-in"
    } else {
        "characters are shown as stand-ins"
    };
    let message = format!(
        "{total} control or invisible {noun} ({}{more})",
        names.join(", ")
    );
    Some((message, first))
}

fn long_line(source: &str) -> Option<u32> {
    if source.len() <= LONG_LINE {
        return None;
    }
    let line = source.split('\n').position(|line| line.len() > LONG_LINE)?;
    u32::try_from(line + 1).ok()
}
