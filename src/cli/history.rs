//! `policy-tui history`.

use super::args::{HistoryArgs, Shared};
use super::{Failure, Outcome, Session, gone, sentence};
use crate::library::{Library, PolicyId};
use crate::model::{History, Version};
use crate::report;
use std::borrow::Cow;
use std::io::{self, Write};

pub(super) fn run(
    args: &HistoryArgs,
    shared: &Shared,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let is_empty = |words: &String| !words.contains(char::is_alphanumeric);
    if args.clause.as_ref().is_some_and(is_empty) {
        let message = "--clause wants some words of the clause, such as --clause 'sell your data'";
        return Err(Failure::Said(message.to_owned()));
    }
    let session = Session::start(shared);
    let mut library = session.library_for(&args.paths, &[&args.site]);
    let meant = session.policy(&args.site, &args.paths, &mut library)?;
    let id = meant.id;
    match &args.clause {
        Some(words) => clause(args, words, &library, id, out)?,
        None => timeline(args, &library, id, out)?,
    }
    Ok(session.outcome_of_names(&library, &args.paths, [(&*args.site, &meant)]))
}

fn timeline(
    args: &HistoryArgs,
    library: &Library,
    id: PolicyId,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let history = history(library, id)?;
    let name = library.document_name(id).ok_or_else(gone)?;
    let entry = library.get(id).ok_or_else(gone)?;
    let removed = entry.facts.provenance.removed;
    let mut report =
        report::Timeline::begin(out, &name, &history, removed, args.all, args.format.into())?;
    let mut written: io::Result<()> = Ok(());
    library.timeline(id, &mut |step| {
        written = report.step(&step);
        written.is_ok()
    });
    written?;
    Ok(report.end()?)
}

fn clause(
    args: &HistoryArgs,
    words: &str,
    library: &Library,
    id: PolicyId,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let name = library.document_name(id).ok_or_else(gone)?;
    let (place, clause) = library.find_words(id, words).ok_or_else(|| {
        Failure::Said(format!(
            "no version of “{name}” has a clause with “{words}”"
        ))
    })?;
    let version = match library.open_version(id, place) {
        Some(Ok(version)) => version,
        Some(Err(issue)) => return Err(Failure::Said(sentence(&issue))),
        None => return Err(gone()),
    };
    let history = history(library, id)?;
    let life = library
        .clause_life(version, clause, &mut |_, _| true)
        .ok_or_else(gone)?;
    let newest = life.wordings.last().map_or("", |(_, text)| text);
    let own = library.get(id).map(|entry| &entry.facts.provenance.site);
    let same = library.same_clause(newest);
    let others = same.iter().filter_map(|(other, clause)| {
        let entry = library.get(*other)?;
        let foreign = Some(&entry.facts.provenance.site) != own;
        foreign.then_some((entry.name.as_str(), clause.index()))
    });
    let report = report::ClauseReport {
        name: &name,
        history: &history,
        life: &life,
        all: args.all,
        same: others.collect(),
    };
    Ok(report::clause_life(out, &report, args.format.into())?)
}

/// The versions of a document; of one that has a single version, that one.
fn history(library: &Library, id: PolicyId) -> Result<Cow<'_, History>, Failure> {
    let entry = library.get(id).ok_or_else(gone)?;
    Ok(match &entry.history {
        Some(history) => Cow::Borrowed(history),
        None => {
            let provenance = &entry.facts.provenance;
            let only = Version {
                origin: provenance.origin.clone(),
                recorded: provenance.archived,
                content: None,
            };
            Cow::Owned(History {
                versions: vec![only],
            })
        }
    })
}
