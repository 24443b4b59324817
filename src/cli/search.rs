//! `policy-tui search`.

use super::args::{FormatName, SearchArgs, Shared};
use super::progress::ProgressLine;
use super::{Failure, Outcome, Session, outcome};
use crate::library::search::{FEWEST_WORDS, Hit, Query, Wanted};
use crate::library::{Library, Request};
use crate::model::{PartialDate, VersionDate, printable};
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
    let scans = library.index().is_none() && session.loader.is_worth_an_index(&request);
    let scans = scans && !brought_up_to_date(&session, &request, &mut library, args.versions);
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
    let mut outcome = outcome(&library, &session, &args.paths);
    if passages.hits.is_empty() && !library.entries().is_empty() {
        let query = printable(&args.query);
        outcome.messages.push(if results.too_short {
            format!(
                "“{query}” was not looked for: clauses of fewer than {FEWEST_WORDS} different words are the same by chance; search for its words without --like"
            )
        } else {
            let older = || library.entries().iter().any(|entry| entry.history.is_some());
            match &results.unfit {
                Some(why) => format!("no clause holds “{query}”: {}", printable(why)),
                None if !args.versions && older() => format!(
                    "no clause of a current policy holds “{query}”; --versions looks through older versions too"
                ),
                None => format!("no clause holds “{query}”"),
            }
        });
    }
    if scans {
        let what = if args.versions {
            "all versions"
        } else {
            "the current policies"
        };
        outcome
            .messages
            .push(format!("{what} were read for this; {ADVICE}"));
    }
    super::leave(library);
    Ok(outcome)
}

/// What would help when a large library was searched without an index.
const ADVICE: &str = "with an index, which `policy-tui index` makes, searches take milliseconds";

/// More current policies than this are not read for one search: an index is hardly more work then.
const SCANNED: usize = 2_000;

/// Brings the index of a large library up to date, or makes it where to read the current policies
/// takes as long; whether it did. How far it is, is told on standard error.
fn brought_up_to_date(
    session: &Session,
    request: &Request,
    library: &mut Library,
    versions: bool,
) -> bool {
    let scan = !versions && library.entries().len() <= SCANNED;
    if scan && !session.loader.has_index(request) {
        return false;
    }
    let mut line = ProgressLine::start("making the index");
    let loader = &session.loader;
    loader.index_library(request, library, &mut |done, all| line.tell(done, all))
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
