//! Starting the screen: what is loaded, what opens first.

use super::app::{App, Event, Jobs, Loaded, Replaced, Session, Setup};
use super::effect::Screen;
use super::{headless, loading, terminal};
use crate::library::{Library, Loader, PolicyId, Progress, Request, thousands};
use crate::model::Pair;
use crossterm::event::KeyEvent;
use ratatui::layout::Size;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

/// How long the first frame waits for a library that may be read by then.
const PATIENCE: Duration = Duration::from_millis(40);

/// How long it waits for one or two files, which are all there is to show.
const PATIENCE_FOR_FILES: Duration = Duration::from_millis(250);

/// How the screen starts.
#[derive(Debug)]
pub struct Start {
    /// Loads the library.
    pub loader: Loader,
    /// What to load.
    pub request: Request,
    /// Theme, signs, configuration.
    pub setup: Setup,
    /// Whether the mouse is taken.
    pub mouse: bool,
    /// Keys that are typed first.
    pub keys: Vec<KeyEvent>,
}

impl Start {
    /// Opens the screen at the terminal, until the program ends. Returns the exit status.
    ///
    /// # Errors
    /// When standard output is no terminal, the terminal fails, or nothing at all could be read by the
    /// first frame.
    pub fn at_terminal(self) -> io::Result<u8> {
        let direct = opens_directly(&self.request);
        let (sender, loading) = mpsc::channel();
        let Start {
            loader,
            request,
            setup,
            mouse,
            keys,
        } = self;
        let loads = Arc::new((loader, request));
        let first_load = Arc::clone(&loads);
        thread::Builder::new()
            .name("load".to_owned())
            .spawn(move || loading::load(&first_load.0, &first_load.1, &sender))?;
        let asked = &loads.1;
        let first = first_part(&loading, direct);
        if first.progress.is_none() && first.library.entries().is_empty() {
            return Err(nothing(&first.library));
        }
        let progress = first.progress;
        let whole = direct && progress.is_none();
        let start = whole.then(|| first_screen(asked, &first.library)).flatten();
        let lacking = whole.then(|| lacking_side(asked, &first.library));
        // What is typed first is meant for what opens.
        let (keys, later) = if direct && !whole {
            (Vec::new(), keys)
        } else {
            (keys, Vec::new())
        };
        let make = |jobs, size| {
            let mut app = App::new(
                Session::new(Arc::clone(&first.library), setup),
                jobs,
                size,
                start,
            );
            app.handle(Event::Loaded(first));
            lacking
                .flatten()
                .into_iter()
                .for_each(|why| app.handle(Event::Failed(why)));
            for key in keys {
                app.handle(Event::Key(key));
            }
            if mouse { app } else { app.without_mouse() }
        };
        let feed = |events: Sender<Event>| match progress {
            None => {}
            Some(_) if direct => open_later(loading, Arc::clone(&loads), later, events),
            Some(_) => pass_on(loading, events),
        };
        terminal::run(make, feed, |events| read_again(Arc::clone(&loads), events))
    }

    /// The frame that the keys lead to, as text.
    ///
    /// # Errors
    /// When nothing at all could be read.
    pub fn as_text(self, size: Size) -> io::Result<String> {
        let library = Arc::new(self.loader.load(&self.request));
        if library.entries().is_empty() {
            return Err(nothing(&library));
        }
        let start = opens_directly(&self.request)
            .then(|| first_screen(&self.request, &library))
            .flatten();
        let lacking = lacking_side(&self.request, &library);
        let session = Session::new(library, self.setup);
        let mut app = App::new(session, Jobs::Inline, size, start);
        lacking
            .into_iter()
            .for_each(|why| app.handle(Event::Failed(why)));
        Ok(headless::render_keys(&mut app, &self.keys, size))
    }
}

/// Whether the paths are one or two files: they open in the reader, or beside each other.
fn opens_directly(request: &Request) -> bool {
    matches!(request.paths.len(), 1 | 2) && request.paths.iter().all(|path| !path.is_dir())
}

/// Whether two paths were given that are one file.
fn is_named_twice(request: &Request) -> bool {
    let [one, other] = request.paths.as_slice() else {
        return false;
    };
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Why there are no two sides to compare although two files were named.
fn lacking_side(request: &Request, library: &Library) -> Option<String> {
    if !opens_directly(request) || request.paths.len() < 2 || library.entries().len() != 1 {
        return None;
    }
    let lost = library.issues().iter().find(|issue| issue.is_loss())?;
    let (path, message) = (lost.path.display(), &lost.message);
    Some(format!("nothing to compare with: {path}: {message}"))
}

/// The reader for one policy, the comparison for two, or for one that was named twice.
fn first_screen(request: &Request, library: &Library) -> Option<Screen> {
    match library.entries().len() {
        1 if is_named_twice(request) => Some(Screen::Compare {
            pair: Pair::new(PolicyId(0), PolicyId(0)),
            at: None,
        }),
        1 => Some(Screen::Reader {
            policy: PolicyId(0),
            at: None,
            topic: None,
        }),
        2 => Some(Screen::Compare {
            pair: Pair::new(PolicyId(0), PolicyId(1)),
            at: None,
        }),
        _ => None,
    }
}

/// What is read within the time that the first frame waits; `all` when it is shown as a whole or not at
/// all. What an index remembers is shown at once.
fn first_part(loading: &mpsc::Receiver<Loaded>, all: bool) -> Loaded {
    let mut first = Loaded {
        library: Arc::default(),
        progress: Some(Progress::default()),
        note: None,
    };
    let patience = if all { PATIENCE_FOR_FILES } else { PATIENCE };
    let until = Instant::now() + patience;
    let waits = |progress| match progress {
        Some(Progress::Recalling(..) | Progress::Checking(_)) => all,
        progress => progress.is_some(),
    };
    while waits(first.progress) {
        match loading.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(more) => first = more,
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => first.progress = None,
        }
    }
    first
}

/// Opens one or two files when they are read, and then types what was to be typed first.
fn open_later(
    loading: mpsc::Receiver<Loaded>,
    loads: Arc<(Loader, Request)>,
    keys: Vec<KeyEvent>,
    events: Sender<Event>,
) {
    let wait = move || {
        let Some(last) = loading.into_iter().last() else {
            return;
        };
        let request = &loads.1;
        let replaced = Event::Replaced(Replaced {
            screen: first_screen(request, &last.library),
            library: Arc::clone(&last.library),
            note: None,
        });
        let nothing = last.library.entries().is_empty();
        let why = nothing.then(|| self::nothing(&last.library).to_string());
        let why = why.or_else(|| lacking_side(request, &last.library));
        let events_of = std::iter::once(replaced)
            .chain(why.map(Event::Failed))
            .chain(keys.into_iter().map(Event::Key));
        for event in events_of {
            // Nobody listens any more when the program has ended meanwhile.
            let _ = events.send(event);
        }
    };
    // Without this thread nothing opens; the state line goes on saying that it is read.
    let _ = thread::Builder::new().name("loaded".to_owned()).spawn(wait);
}

/// Reads everything again on a thread, and tells what came of it.
fn read_again(loads: Arc<(Loader, Request)>, events: Sender<Event>) {
    let read = move || {
        let (loader, request) = &*loads;
        let event = if request.paths.iter().any(|path| path.as_os_str() == "-") {
            Event::Failed("standard input cannot be read again".to_owned())
        } else {
            again(loader, request)
        };
        // Nobody listens any more when the program has ended meanwhile.
        let _ = events.send(event);
    };
    // Without this thread everything stays as it is.
    let _ = thread::Builder::new().name("reload".to_owned()).spawn(read);
}

fn again(loader: &Loader, request: &Request) -> Event {
    let library = Arc::new(loader.load(request));
    let note = match library.entries().len() {
        0 => {
            let why = nothing(&library);
            return Event::Failed(format!("what was read before stays: {why}"));
        }
        1 => "read again: 1 policy".to_owned(),
        several => format!("read again: {} policies", thousands(several)),
    };
    Event::Replaced(Replaced {
        library,
        screen: None,
        note: Some(note),
    })
}

fn pass_on(loading: mpsc::Receiver<Loaded>, events: Sender<Event>) {
    let wait = move || {
        for loaded in loading {
            if events.send(Event::Loaded(loaded)).is_err() {
                return;
            }
        }
    };
    // Without this thread the list stays as it is; the state line goes on saying how far it came.
    let _ = thread::Builder::new().name("loaded".to_owned()).spawn(wait);
}

/// More reasons than this are not all told at once.
const REASONS: usize = 3;

/// Why there is nothing to show.
fn nothing(library: &Library) -> io::Error {
    let issues = library.issues();
    let (losses, others): (Vec<_>, Vec<_>) = issues.iter().partition(|issue| issue.is_loss());
    let mut reasons: Vec<String> = losses
        .into_iter()
        .chain(others)
        .take(REASONS)
        .map(|issue| format!("{}: {}", issue.path.display(), issue.message))
        .collect();
    if issues.len() > REASONS {
        let more = issues.len() - REASONS;
        reasons.push(format!("and {more} more, which `policy-tui check` lists"));
    }
    io::Error::other(if reasons.is_empty() {
        "there is no policy to show".to_owned()
    } else {
        reasons.join("; ")
    })
}
