//! `policy-tui compare`.

use super::args::{CompareArgs, Shared};
use super::{Failure, Outcome, Session, asked, gone};
use crate::compare::{By, Class, Comparison, Row};
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
    library.spare_evidence();
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
    let differs = || {
        let on_topic = |row: &&Row| args.topic.is_none() || row.topic == args.topic;
        let tells = |it: &Comparison| {
            it.rows
                .iter()
                .filter(on_topic)
                .any(|row| row.class > Class::None)
        };
        // What stands elsewhere or looks different is the same by topic, and a difference all the same.
        let by_text = || {
            library
                .compare(ids, Some(By::Text))
                .is_some_and(|it| tells(&it))
        };
        tells(&comparison) || comparison.by == By::Topic && by_text()
    };
    let named = [(&*args.left, &meant.left), (&*args.right, &meant.right)];
    let mut outcome = session.outcome_of_names(&library, &args.paths, named);
    outcome.code = outcome.code.max(u8::from(args.exit_code && differs()));
    // The process ends here, and with it all its memory; to give that back piece by piece takes longer.
    std::mem::forget((session, library, comparison));
    Ok(outcome)
}
