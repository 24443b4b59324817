//! `policy-tui index`.

use super::args::{IndexArgs, Shared};
use super::progress::ProgressLine;
use super::{Failure, Outcome, Session, sentence};
use crate::library::Request;
use crate::library::index::Trouble;
use crate::report::{self, IndexReport};
use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

pub(super) fn run(
    args: &IndexArgs,
    shared: &Shared,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    if shared.no_index {
        return Err(Failure::Said(
            "--no-index leaves nothing to do here".to_owned(),
        ));
    }
    if shared.removed {
        return Err(Failure::Said(
            "what archives have removed is read without an index, so --removed leaves nothing to do here".to_owned(),
        ));
    }
    let session = Session::start(shared);
    // What stands behind an @ may be a branch of a repository.
    let missing = |path: &&PathBuf| !path.exists() && !path.to_string_lossy().contains('@');
    if let Some(path) = args.paths.iter().find(missing) {
        let message = format!("{}: there is no such file or folder", path.display());
        return Err(Failure::Said(message));
    }
    let mut request = session.request(&args.paths);
    request.histories = true;
    let said = |trouble: Trouble| Failure::Said(trouble.to_string());
    let report = if args.clear {
        let freed = session.loader.clear_index(&request).map_err(said)?;
        IndexReport {
            freed: Some(freed),
            ..status(&session, &request)?
        }
    } else if args.status {
        status(&session, &request)?
    } else {
        let start = Instant::now();
        let mut line = ProgressLine::at_terminal("bringing the index up to date");
        let mut tell = |done, all| line.tell(done, all);
        let updated = session
            .loader
            .update_index(&request, args.rebuild, &mut tell)
            .map_err(said)?;
        drop(line);
        IndexReport {
            read: Some(updated.read),
            seconds: Some(start.elapsed().as_secs_f64()),
            ..status(&session, &request)?
        }
    };
    report::index(out, &report, args.format.into())?;
    Ok(Outcome {
        code: 0,
        messages: session.issues.iter().map(sentence).collect(),
    })
}

fn status(session: &Session, request: &Request) -> Result<IndexReport, Failure> {
    let status = session
        .loader
        .index_status(request)
        .ok_or_else(|| Failure::Said(Trouble::NoSubject.to_string()))?;
    Ok(IndexReport {
        path: status.path.display().to_string(),
        state: status.state.err(),
        bytes: status.bytes,
        documents: status.holds.map(|held| held.0),
        versions: status.holds.map(|held| held.1),
        wordings: status.holds.map(|held| held.2),
        read: None,
        freed: None,
        seconds: None,
    })
}
