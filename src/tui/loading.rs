//! Loading the library while it is looked at: from its index at once, where it has one, and then by
//! what changed; else document by document.

use super::app::Loaded;
use crate::library::index::Checked;
use crate::library::{Library, Loader, Progress, Request};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

/// The least time between two updates of the list while a library is being read.
const UPDATE: Duration = Duration::from_millis(150);

/// Between two updates, reading gets at least so many times the time that the last one took.
const SPARING: u32 = 8;

/// Loads the library and sends it as it grows. Sending fails when the program has ended meanwhile, and
/// nobody listens any more.
pub(super) fn load(loader: &Loader, request: &Request, sender: &Sender<Loaded>) {
    if recall(loader, request, sender).is_some() {
        return;
    }
    let mut library = read(loader, request, sender);
    let indexes = library.index().is_none() && loader.is_worth_an_index(request);
    let progress = indexes.then_some(Progress::Indexing(0, 0));
    let sent = sender.send(loaded(&library, progress));
    if indexes && sent.is_ok() {
        index(loader, request, &mut library, sender);
        let _ = sender.send(loaded(&library, None));
    }
}

fn loaded(library: &Library, progress: Option<Progress>) -> Loaded {
    Loaded {
        library: Arc::new(library.clone()),
        progress,
        note: None,
    }
}

/// Sends what the index remembers, and then what changed since; none where there is no such index.
fn recall(loader: &Loader, request: &Request, sender: &Sender<Loaded>) -> Option<()> {
    let mut library = loader.library();
    let recalled = loader.recall(request, &mut |batch| {
        let progress = Some(batch.progress);
        library.take(batch);
        library.settle();
        sender.send(loaded(&library, progress)).is_ok()
    })?;
    let all = library.entries().len();
    match loader.check(request, &recalled) {
        Checked::Same(issues) => {
            issues.into_iter().for_each(|issue| library.tell(issue));
            let _ = sender.send(loaded(&library, None));
        }
        Checked::Changed(changes) => {
            let count = changes.count;
            let progress = Some(Progress::Checked(all, count));
            sender.send(loaded(&library, progress)).ok()?;
            let mut library = loader.follow(request, &library, *changes);
            let note = Some(changed(count));
            let news = Loaded {
                note,
                ..loaded(&library, Some(Progress::Indexing(0, 0)))
            };
            sender.send(news).ok()?;
            if !index(loader, request, &mut library, sender) {
                library.forget_index();
            }
            let _ = sender.send(loaded(&library, None));
        }
    }
    Some(())
}

/// What changed, in a line.
fn changed(count: usize) -> String {
    match count {
        0 => "the archive has grown since the library was last opened".to_owned(),
        1 => "1 policy changed, came or went since the library was last opened".to_owned(),
        _ => format!("{count} policies changed, came or went since the library was last opened"),
    }
}

/// Reads the library and sends it as it grows.
fn read(loader: &Loader, request: &Request, sender: &Sender<Loaded>) -> Library {
    let mut library = loader.library();
    let (mut reading, mut listed) = (true, false);
    let mut due = Instant::now() + UPDATE;
    loader.stream(request, |batch| {
        let progress = batch.progress;
        library.take(batch);
        // Once all documents are there they are shown at once, whatever is still being walked.
        let turn = std::mem::replace(&mut reading, progress.is_reading()) != reading;
        // So are the first ones.
        let begins = !std::mem::replace(&mut listed, !library.entries().is_empty()) && listed;
        let now = Instant::now();
        if now < due && !turn && !begins {
            return true;
        }
        library.settle();
        let loaded = loaded(&library, Some(progress));
        // What a large library takes to update grows with it.
        due = Instant::now() + UPDATE.max(now.elapsed() * SPARING);
        sender.send(loaded).is_ok()
    });
    library.settle();
    library
}

/// Makes the index of a large library while it is looked at, telling how far that is; whether the
/// library has it now.
fn index(
    loader: &Loader,
    request: &Request,
    library: &mut Library,
    sender: &Sender<Loaded>,
) -> bool {
    let shown = Arc::new(library.clone());
    let mut last = Instant::now();
    let mut request = request.clone();
    request.histories = true;
    loader.index_library(&request, library, &mut |done, all| {
        if last.elapsed() < UPDATE {
            return true;
        }
        last = Instant::now();
        let progress = Some(Progress::Indexing(done, all));
        let library = Arc::clone(&shown);
        let loaded = Loaded {
            library,
            progress,
            note: None,
        };
        sender.send(loaded).is_ok()
    })
}
