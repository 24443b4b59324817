//! `policy-tui practices`.

use super::args::{AnswersFormatName, PracticesArgs, Shared};
use super::{Failure, Outcome, Session};
use crate::library::Library;
use crate::model::{Answers, Question};
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
    let chosen = session.chosen(&args.among)?;
    let library = &chosen.library;
    let questions = questions(args, library)?;
    let ids = match args.format {
        AnswersFormatName::Text => chosen.sorted(),
        AnswersFormatName::Json | AnswersFormatName::Csv => chosen.ids(),
    };
    let answers: Vec<Arc<Answers>> = ids.par_iter().map(|id| library.answers(*id)).collect();
    let policies: Vec<_> = ids
        .iter()
        .zip(&answers)
        .map(|(id, answers)| Ok((chosen.policy(*id)?, answers.as_ref())))
        .collect::<Result<_, Failure>>()?;
    let asked = Asked {
        questions: library.questions(),
        places: &questions,
        only: args.answer.map(Into::into),
    };
    report::practices(out, &asked, &policies, args.format.into())?;
    Ok(chosen.outcome(&session))
}

/// The places of the questions that were asked for, topic by topic.
fn questions(args: &PracticesArgs, library: &Library) -> Result<Vec<usize>, Failure> {
    let all = library.questions();
    for id in &args.question {
        if !all.iter().any(|question| question.id == *id) {
            let near =
                near(id, all).map_or_else(String::new, |it| format!("the nearest is `{it}`, and "));
            return Err(Failure::Said(format!(
                "there is no question `{id}`; {near}`policy-tui practices --format csv` lists them all"
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

/// The question whose name holds what was typed, or else is most like it, if any is much like it.
fn near<'q>(typed: &str, all: &'q [Question]) -> Option<&'q str> {
    let names = || all.iter().map(|question| question.id.as_str());
    let alike = |name: &&str| strsim::normalized_damerau_levenshtein(name, typed);
    let holds = names().find(|name| name.contains(typed));
    holds.or_else(|| {
        let near = names().filter(|name| alike(name) >= 0.5);
        near.max_by(|one, other| alike(one).total_cmp(&alike(other)))
    })
}
