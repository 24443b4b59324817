//! `policy-tui list`.

use super::args::{ListArgs, Shared};
use super::{Failure, Outcome, Session, named, outcome};
use crate::report;
use std::io::Write;

pub(super) fn run(
    args: &ListArgs,
    shared: &Shared,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let session = Session::start(shared);
    let library = session.library(&args.paths);
    let policies: Vec<_> = library
        .ids()
        .map(|id| named(&library, id))
        .collect::<Result<_, _>>()?;
    report::list(out, &policies, args.format.into())?;
    Ok(outcome(&library, &session, &args.paths))
}
