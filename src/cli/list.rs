//! `policy-tui list`.

use super::args::{FormatName, ListArgs, Shared};
use super::{Failure, Outcome, Session};
use crate::report;
use std::io::Write;

pub(super) fn run(
    args: &ListArgs,
    shared: &Shared,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let session = Session::start(shared);
    let chosen = session.chosen(&args.among)?;
    let ids = match args.format {
        FormatName::Text => chosen.sorted(),
        FormatName::Json => chosen.ids(),
    };
    let policies = ids.into_iter().map(|id| chosen.listed(id));
    let policies = policies.collect::<Result<Vec<_>, Failure>>()?;
    report::list(out, &policies, args.format.into())?;
    let outcome = chosen.outcome(&session);
    super::leave(chosen.library);
    Ok(outcome)
}
