//! `policy-tui classify`: a stream in, a stream out, in constant memory.

use super::args::{ClassifyArgs, Shared};
use super::{Failure, Outcome, Session, sentence};
use crate::report;
use std::io::{BufRead, Write};

pub(super) fn run(
    args: &ClassifyArgs,
    shared: &Shared,
    mut input: impl BufRead,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let session = Session::start(shared);
    let classifier = session.loader.classifier();
    let mut messages: Vec<String> = session.issues.iter().map(sentence).collect();
    let (mut line, mut number, mut damaged) = (Vec::new(), 0u64, None);
    loop {
        line.clear();
        let read = input
            .read_until(b'\n', &mut line)
            .map_err(|error| Failure::Said(format!("standard input cannot be read: {error}")))?;
        if read == 0 {
            break;
        }
        number += 1;
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
    Ok(Outcome { code: 0, messages })
}
