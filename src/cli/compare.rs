//! `policy-tui compare`.

use super::args::{CompareArgs, Shared};
use super::{Failure, Outcome, Session, asked, gone};
use crate::compare::{Class, Row};
use crate::model::Pair;
use crate::report;
use std::io::Write;

pub(super) fn run(
    args: &CompareArgs,
    shared: &Shared,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let session = Session::start(shared);
    let mut library = session.library_for(&args.paths, &[&args.left, &args.right]);
    let meant = session.two_policies(
        Pair::new(&args.left, &args.right),
        &args.paths,
        &mut library,
    )?;
    let ids = meant.as_ref().map(|meant| meant.id);
    let sides = Pair::new(
        asked(&library, &meant.left, &args.left)?,
        asked(&library, &meant.right, &args.right)?,
    );
    let comparison = library
        .compare(ids, args.by.map(Into::into))
        .ok_or_else(gone)?;
    let options = report::CompareOptions {
        topic: args.topic,
        all: args.all,
    };
    report::compare(out, sides, &comparison, options, args.format.into())?;
    let on_topic = |row: &&Row| args.topic.is_none() || row.topic == args.topic;
    let mut rows = comparison.rows.iter().filter(on_topic);
    let differs = rows.any(|row| row.class > Class::None);
    let named = [(&*args.left, &meant.left), (&*args.right, &meant.right)];
    let mut outcome = session.outcome_of_names(&library, &args.paths, named);
    outcome.code = outcome.code.max(u8::from(args.exit_code && differs));
    // The process ends here, and with it all its memory; to give that back piece by piece takes longer.
    std::mem::forget((session, library, comparison));
    Ok(outcome)
}
