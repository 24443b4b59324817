//! `policy-tui classify`: a stream in, a stream out, in constant memory.

use super::args::{ClassifyArgs, Shared};
use super::{Failure, Outcome, Session, sentence};
use crate::report;
use std::io::{BufRead, Read, Write};

/// The longest line that is read whole; bytes.
const LONGEST: u64 = 1 << 20;

pub(super) fn run(
    args: &ClassifyArgs,
    shared: &Shared,
    mut input: impl BufRead,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let session = Session::start(shared);
    let classifier = session.loader.classifier();
    let mut messages: Vec<String> = session.issues.iter().map(sentence).collect();
    let (mut line, mut number) = (Vec::new(), 0u64);
    let (mut damaged, mut cut) = (None, None);
    let trouble =
        |error: std::io::Error| Failure::Said(format!("standard input cannot be read: {error}"));
    loop {
        line.clear();
        let limit = session.max_size.min(LONGEST);
        let read = input
            .by_ref()
            .take(limit)
            .read_until(b'\n', &mut line)
            .map_err(trouble)?;
        if read == 0 {
            break;
        }
        number += 1;
        if read as u64 == limit
            && !line.ends_with(b"\n")
            && skip_line(&mut input).map_err(trouble)?
        {
            cut.get_or_insert(number);
        }
        let text = String::from_utf8_lossy(&line);
        if matches!(text, std::borrow::Cow::Owned(_)) {
            damaged.get_or_insert(number);
        }
        let text = text.trim_end_matches(['\n', '\r']);
        let labels = classifier.classify_segment(text);
        report::segment(out, text, &labels, args.format.into())?;
    }
    if let Some(line) = damaged {
        messages.push(format!(
            "line {line} is the first that is not valid UTF-8; bad bytes were replaced"
        ));
    }
    if let Some(line) = cut {
        messages.push(format!(
            "line {line} is the first of more than 1 MiB; only its beginning was read"
        ));
    }
    Ok(Outcome { code: 0, messages })
}

/// Passes over the rest of a line; whether there was any.
fn skip_line(input: &mut impl BufRead) -> std::io::Result<bool> {
    let mut any = false;
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(any);
        }
        let end = memchr::memchr(b'\n', buffer);
        any |= end != Some(0);
        let used = end.map_or(buffer.len(), |end| end + 1);
        input.consume(used);
        if end.is_some() {
            return Ok(any);
        }
    }
}
