//! `policy-tui check`.

use super::args::{CheckArgs, Shared};
use super::{Failure, Outcome, Session};
use crate::model::Issue;
use crate::report;
use rayon::prelude::*;
use std::io::Write;

pub(super) fn run(
    args: &CheckArgs,
    shared: &Shared,
    own_issues: Vec<Issue>,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let session = Session::start(shared);
    let chosen = session.chosen(&args.among)?;
    let (ids, library) = (chosen.ids(), &chosen.library);
    let findings: Vec<Vec<Issue>> = ids.par_iter().map(|id| library.findings(*id)).collect();
    let read = chosen.issues();
    let lost = library.lost_versions();
    let issues: Vec<Issue> = session
        .issues
        .iter()
        .chain(&own_issues)
        .chain(&read)
        .chain(&lost)
        .chain(findings.iter().flatten())
        .cloned()
        .collect();
    report::check(out, &issues, args.format.into())?;
    let code = if chosen.misses_path() {
        2
    } else {
        u8::from(issues.iter().any(|issue| !issue.is_note()))
    };
    Ok(Outcome {
        code,
        messages: Vec::new(),
    })
}
