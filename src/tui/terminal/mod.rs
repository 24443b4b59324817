//! The terminal: taking it and giving it back, whatever happens, and the loop between its events
//! and the app. Threads wait for keys and signals; nothing runs while nothing happens.

mod clipboard;
mod screen;
mod signals;

use super::app::{App, Command, Event, Jobs};
use crossterm::event as term;
use ratatui::layout::Size;
use screen::Terminal;
use signal_hook::consts::signal::{SIGCONT, SIGHUP, SIGTSTP};
use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

/// How long a signal may come after the error that it causes.
const SIGNAL_DELAY: Duration = Duration::from_millis(200);

/// Runs the app at the terminal until it ends. The status is 0, or 128 and the number of the signal
/// that ended it. `start` makes the app, given its jobs and size; `feed` starts what else sends
/// events; `reload` is called when everything is to be read again.
///
/// # Errors
/// When standard output is no terminal or one that can only write lines, or the terminal fails.
pub fn run(
    start: impl FnOnce(Jobs, Size) -> App,
    feed: impl FnOnce(Sender<Event>),
    reload: impl Fn(Sender<Event>),
) -> io::Result<u8> {
    if !io::stdout().is_terminal() {
        let message =
            "standard output is no terminal; `list`, `show` and `compare` write to files and pipes";
        return Err(io::Error::new(io::ErrorKind::Unsupported, message));
    }
    if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
        let message = "this terminal cannot place text (TERM=dumb); `list`, `show` and `compare` write \
                       plain lines";
        return Err(io::Error::new(io::ErrorKind::Unsupported, message));
    }
    let (sender, events) = mpsc::channel();
    // Signals come first: one that arrives while the terminal is being taken must find its handler.
    let signals = signals::listen(sender.clone())?;
    let mut terminal = Terminal::take()?;
    listen(sender.clone())?;
    let mut app = start(Jobs::Threads(sender.clone()), terminal.size()?);
    terminal.mouse(app.has_mouse())?;
    feed(sender.clone());
    let status = turn(&mut app, &mut terminal, &events, (&sender, &reload));
    let given_back = terminal.give_back();
    let status = match status {
        Ok(0) => given_back.map(|()| 0),
        // After a hangup there is no terminal to draw on or to give back; the signal says it all.
        Err(error) => ended_by(&events).ok_or(error),
        Ok(status) => Ok(status),
    };
    signals.close();
    status
}

/// The status after an error of the terminal, if it was a signal that took the terminal away. The
/// signal may come a moment after the error.
fn ended_by(events: &Receiver<Event>) -> Option<u8> {
    while let Ok(event) = events.recv_timeout(SIGNAL_DELAY) {
        match event {
            Event::Signal(SIGTSTP | SIGCONT) => {}
            Event::Signal(signal) => return Some(status_of(signal)),
            _ => {}
        }
    }
    None
}

/// Draws, waits, takes in everything that has happened, and over again.
fn turn(
    app: &mut App,
    terminal: &mut Terminal,
    events: &Receiver<Event>,
    (sender, reload): (&Sender<Event>, &impl Fn(Sender<Event>)),
) -> io::Result<u8> {
    loop {
        for command in app.take_commands() {
            if command == Command::Reload {
                reload(sender.clone());
            } else {
                carry_out(command, terminal, sender)?;
            }
        }
        if app.is_done() {
            return Ok(0);
        }
        terminal.draw(|buffer| app.draw(buffer))?;
        let Ok(first) = events.recv() else {
            return Ok(0);
        };
        // Everything that waits is taken in before the next frame, so that held keys never lag.
        for event in std::iter::once(first).chain(events.try_iter()) {
            match event {
                Event::Signal(SIGTSTP) => terminal.suspend()?,
                Event::Signal(SIGCONT) => terminal.retake()?,
                Event::Signal(signal) => return Ok(status_of(signal)),
                other => app.handle(other),
            }
            if app.is_done() {
                break;
            }
        }
    }
}

fn status_of(signal: i32) -> u8 {
    u8::try_from(128 + signal).unwrap_or(u8::MAX)
}

fn carry_out(command: Command, terminal: &mut Terminal, sender: &Sender<Event>) -> io::Result<()> {
    match command {
        Command::Copy(text) => terminal.write(&clipboard::sequence(&text)),
        Command::Mouse(taken) => terminal.mouse(taken),
        Command::Redraw => terminal.clear(),
        // The loop does that itself.
        Command::Reload => Ok(()),
        Command::Suspend => terminal.suspend(),
        Command::OpenUrl(url) => {
            let sender = sender.clone();
            thread::Builder::new()
                .name("browser".to_owned())
                .spawn(move || {
                    if let Err(error) = open::that_detached(&url) {
                        let why = format!("no browser could be started for {url} ({error})");
                        // Nobody listens any more when the program has ended meanwhile.
                        let _ = sender.send(Event::Failed(why));
                    }
                })?;
            Ok(())
        }
    }
}

/// Sends what the terminal reports, from a thread that waits for it.
fn listen(sender: Sender<Event>) -> io::Result<()> {
    let wait = move || {
        loop {
            let event = match term::read() {
                Ok(term::Event::Key(key)) => Event::Key(key),
                Ok(term::Event::Mouse(mouse)) => Event::Mouse(mouse),
                Ok(term::Event::Paste(text)) => Event::Paste(text),
                Ok(term::Event::Resize(width, height)) => Event::Resize(Size { width, height }),
                Ok(term::Event::FocusGained | term::Event::FocusLost) => continue,
                // Nothing can be read any more: the terminal is gone.
                Err(_) => Event::Signal(SIGHUP),
            };
            let last = matches!(event, Event::Signal(_));
            if sender.send(event).is_err() || last {
                return;
            }
        }
    };
    thread::Builder::new().name("keys".to_owned()).spawn(wait)?;
    Ok(())
}
