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
    let meant = session.policy(&args.policy, &args.paths, &mut library)?;
    let labels = library.labels(meant.id);
    report::show(
        out,
        asked(&library, &meant, &args.policy)?,
        &labels,
        args.topic,
        args.format.into(),
    )?;
    Ok(session.outcome_of_names(&library, &args.paths, [(&*args.policy, &meant)]))
}
