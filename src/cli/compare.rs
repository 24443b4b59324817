//! `policy-tui compare`.

use super::args::{CompareArgs, Shared};
use super::{Failure, Outcome, Session, named, sentence};
use crate::compare::{self, Class, Input, Row};
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
    let ids = session.two_policies(Pair::new(&args.left, &args.right), &mut library)?;
    let labels = library.labels_of_both(ids);
    let sides = Pair::new(named(&library, ids.left)?, named(&library, ids.right)?);
    let input = Pair::new(
        Input {
            policy: sides.left.policy,
            labels: &labels.left,
        },
        Input {
            policy: sides.right.policy,
            labels: &labels.right,
        },
    );
    let comparison = match args.by {
        Some(by) => compare::compare(input, by.into()),
        None => compare::compare_fitting(input),
    };
    let options = report::CompareOptions {
        topic: args.topic,
        all: args.all,
    };
    report::compare(out, sides, &comparison, options, args.format.into())?;
    let asked = |row: &&Row| args.topic.is_none() || row.topic == args.topic;
    let mut rows = comparison.rows.iter().filter(asked);
    let differs = rows.any(|row| row.class > Class::None);
    Ok(Outcome {
        code: u8::from(args.exit_code && differs),
        messages: session.issues.iter().map(sentence).collect(),
    })
}
