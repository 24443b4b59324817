//! `policy-tui search`.

use super::args::{FormatName, SearchArgs, Shared};
use super::{Failure, Outcome, Session, outcome};
use crate::library::Library;
use crate::library::search::{Hit, Query, Wanted};
use crate::model::{PartialDate, VersionDate};
use crate::report::{self, Passage, Passages, Spread};
use std::io::Write;

pub(super) fn run(
    args: &SearchArgs,
    shared: &Shared,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let query = if args.like {
        None
    } else {
        let query = Query::parse(&args.query);
        Some(query.map_err(|error| Failure::Said(error.to_string()))?)
    };
    let session = Session::start(shared);
    let mut request = session.request(&args.paths);
    // The dates of policies in an archive are those of its history.
    request.histories = true;
    let mut library = session.loader.load(&request);
    if library.index().is_none() && session.loader.is_worth_an_index(&request) {
        // It has to be read and labelled as a whole in any case.
        session
            .loader
            .index_library(&request, &mut library, &mut |_, _| true);
    }
    let wanted = Wanted {
        versions: args.versions,
        limit: args.limit,
        per_site: args.per_site.max(1),
    };
    let results = match &query {
        Some(query) => library.search(query, &wanted),
        None => library.like(&args.query, &wanted),
    };
    let spans = args.format == FormatName::Json;
    let passages = Passages {
        hits: results
            .hits()
            .filter_map(|hit| passage(&library, hit, spans))
            .collect(),
        wordings: results.wordings,
        more: results.more,
        ranked: results.ranked,
    };
    report::search(out, &passages, args.format.into())?;
    Ok(outcome(&library, &session, &args.paths))
}

fn passage<'a>(library: &'a Library, hit: &'a Hit, span: bool) -> Option<Passage<'a>> {
    let entry = library.get(hit.policy)?;
    let span = if span { library.span_of(hit) } else { None };
    let date = |place: usize| {
        let version = entry.history.as_ref()?.versions.get(place)?;
        Some(PartialDate::from(version.recorded?).to_string())
    };
    let own = || {
        entry
            .facts
            .version()
            .map(|version| VersionDate::date(version).to_string())
    };
    let name = match hit.place {
        Some(place) => library.version_name(hit.policy, place)?,
        None => entry.name.clone(),
    };
    Some(Passage {
        policy: name,
        site: &entry.facts.provenance.site,
        date: hit.place.map_or_else(own, date),
        clause: hit.clause.0,
        kind: hit.kind,
        text: &hit.text,
        start: span.map(|span| span.start),
        end: span.map(|span| span.end),
        hits: hit
            .marks
            .iter()
            .map(|mark| [mark.start, mark.end])
            .collect(),
        topics: hit.topics.iter().map(|topic| topic.id()).collect(),
        stance: hit.stance.id(),
        score: hit.score,
        versions: hit.held.map(|held| Spread {
            count: held.versions,
            first: date(held.first),
            last: date(held.last),
        }),
    })
}
