//! `policy-tui practices`.

use super::args::{PracticesArgs, Shared};
use super::{Failure, Outcome, Session, named, outcome};
use crate::library::Library;
use crate::model::Answers;
use crate::report::{self, Asked};
use rayon::prelude::*;
use std::io::Write;
use std::sync::Arc;

pub(super) fn run(
    args: &PracticesArgs,
    shared: &Shared,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let session = Session::start(shared);
    // The dates of policies in an archive, and what stands for broken fetches, are in its history.
    let library = session.library_with_all_versions(&args.paths);
    let questions = questions(args, &library)?;
    let ids: Vec<_> = library.ids().collect();
    let answers: Vec<Arc<Answers>> = ids.par_iter().map(|id| library.answers(*id)).collect();
    let policies: Vec<_> = ids
        .iter()
        .zip(&answers)
        .map(|(id, answers)| Ok((named(&library, *id)?, answers.as_ref())))
        .collect::<Result<_, Failure>>()?;
    let asked = Asked {
        questions: library.questions(),
        places: &questions,
        only: args.answer.map(Into::into),
    };
    report::practices(out, &asked, &policies, args.format.into())?;
    Ok(outcome(&library, &session, &args.paths))
}

/// The places of the questions that were asked for, topic by topic.
fn questions(args: &PracticesArgs, library: &Library) -> Result<Vec<usize>, Failure> {
    let all = library.questions();
    for id in &args.question {
        if !all.iter().any(|question| question.id == *id) {
            let nearest = all
                .iter()
                .map(|question| question.id.as_str())
                .min_by_key(|known| strsim::damerau_levenshtein(known, id))
                .unwrap_or_default();
            return Err(Failure::Said(format!(
                "there is no question `{id}`; the nearest is `{nearest}`, and `policy-tui practices --format csv` lists them all"
            )));
        }
    }
    let mut places: Vec<usize> = (0..all.len())
        .filter(|&place| {
            all.get(place).is_some_and(|question| {
                let named = args.question.is_empty() || args.question.contains(&question.id);
                named && args.topic.is_none_or(|topic| topic == question.topic)
            })
        })
        .collect();
    places.sort_by_key(|&place| all.get(place).map(|question| question.topic));
    if places.is_empty() {
        return Err(Failure::Said(
            "no question is on that topic; `policy-tui practices` asks them all".to_owned(),
        ));
    }
    Ok(places)
}
