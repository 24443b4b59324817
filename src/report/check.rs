//! What could not be read or looks odd.

use super::Format;
use super::json::write_json;
use crate::model::{Issue, printable};
use serde::Serialize;
use std::io::{self, Write};

/// An issue as JSON tells it.
#[derive(Serialize)]
pub(super) struct IssueFacts<'a> {
    path: String,
    policy: Option<&'a str>,
    issue: &'static str,
    message: &'a str,
    line: Option<u32>,
    quotes: &'a [String],
}

impl<'a> IssueFacts<'a> {
    pub(super) fn of(issue: &'a Issue) -> Self {
        Self {
            path: issue.path.to_string_lossy().into_owned(),
            policy: issue.policy.as_deref(),
            issue: issue.kind.id(),
            message: &issue.message,
            line: issue.line,
            quotes: &issue.quotes,
        }
    }
}

/// Writes one line an issue: `path:line: kind: message`.
///
/// # Errors
/// When writing fails.
pub fn check(out: &mut dyn Write, issues: &[Issue], format: Format) -> io::Result<()> {
    if format == Format::Json {
        let facts: Vec<_> = issues.iter().map(IssueFacts::of).collect();
        return write_json(out, &facts);
    }
    for issue in issues {
        let line = issue
            .line
            .map_or_else(String::new, |line| format!("{line}:"));
        let path = issue.path.to_string_lossy();
        let path = printable(&path);
        writeln!(
            out,
            "{path}:{line} {}: {}",
            issue.kind,
            printable(&issue.message)
        )?;
        for quote in &issue.quotes {
            writeln!(out, "    “{}”", printable(quote))?;
        }
    }
    Ok(())
}
