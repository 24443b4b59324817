//! `policy-tui list`.

use super::args::{ListArgs, Shared};
use super::{Failure, Outcome, Session, listed, outcome};
use crate::report;
use std::io::Write;

pub(super) fn run(
    args: &ListArgs,
    shared: &Shared,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let session = Session::start(shared);
    let library = session.library_with_all_versions(&args.paths);
    let policies: Vec<_> = library.entries().iter().map(listed).collect();
    report::list(out, &policies, args.format.into())?;
    let outcome = outcome(&library, &session, &args.paths);
    super::leave(library);
    Ok(outcome)
}
