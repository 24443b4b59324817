//! `policy-tui show`.

use super::args::{Shared, ShowArgs};
use super::{Failure, Outcome, Session, asked};
use crate::report;
use std::io::Write;

pub(super) fn run(
    args: &ShowArgs,
    shared: &Shared,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let session = Session::start(shared);
    let mut library = session.library_for(&args.paths, &[&args.policy]);
    let id = session.policy(&args.policy, &mut library)?;
    let labels = library.labels(id);
    report::show(
        out,
        asked(&library, id, &args.policy)?,
        &labels,
        args.topic,
        args.format.into(),
    )?;
    Ok(Outcome {
        code: 0,
        messages: session.messages(&library),
    })
}
