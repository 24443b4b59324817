//! `policy-tui check`.

use super::args::{CheckArgs, Shared};
use super::{Failure, Outcome, Session};
use crate::model::{Issue, IssueKind};
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
    let library = session.library_with_all_versions(&args.paths);
    let ids: Vec<_> = library.ids().collect();
    let findings: Vec<Vec<Issue>> = ids.par_iter().map(|id| library.findings(*id)).collect();
    let lost = library.lost_versions();
    let issues: Vec<Issue> = session
        .issues
        .iter()
        .chain(&own_issues)
        .chain(library.issues())
        .chain(&lost)
        .chain(findings.iter().flatten())
        .cloned()
        .collect();
    report::check(out, &issues, args.format.into())?;
    let missing =
        |issue: &Issue| issue.kind == IssueKind::Missing && args.paths.contains(&issue.path);
    let code = if issues.iter().any(missing) {
        2
    } else {
        u8::from(issues.iter().any(|issue| !issue.is_note()))
    };
    Ok(Outcome {
        code,
        messages: Vec::new(),
    })
}
