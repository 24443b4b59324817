//! Arguments → command → exit code. The only place that prints an error or ends the process.

use clap::Parser;
use policy_tui::cli::{self, Arguments, Command, Failure, Outcome, Session, Settings, TuiOptions};
use policy_tui::model::Issue;
use policy_tui::tui::app::Setup;
use policy_tui::tui::keymap::{Keymap, parse_keys};
use policy_tui::tui::start::Start;
use policy_tui::tui::theme::{Colours, Theme};
use ratatui::layout::Size;
use std::io::Write;

/// Reading an archive takes a seventh to a fifth less time than with the allocator of the GNU C library.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ! {
    outlive_file_limits();
    let arguments = Arguments::parse();
    let result = match &arguments.command {
        Some(_) if arguments.tui.is_given() => Err(Failure::Said(
            "paths and options of the screen do not go with a command; put a command's own behind it"
                .to_owned(),
        )),
        Some(command) => {
            let wrong = if matches!(command, Command::Check(_)) {
                screen_issues(&arguments)
            } else {
                Vec::new()
            };
            cli::run(command, &arguments.shared, wrong, std::io::stdout().lock())
        }
        None => open_screen(&arguments),
    };
    end(match result {
        Ok(outcome) => {
            outcome.messages.iter().for_each(|message| say(message));
            outcome.code
        }
        Err(failure) if failure.is_closed_pipe() => 0,
        Err(failure) => {
            say(&failure.to_string());
            2
        }
    })
}

/// Ends the process. Everything is written by now, and to give back memory that goes with the process
/// takes longer than many a command.
fn end(code: u8) -> ! {
    // What went wrong with it was told where it was written.
    let _ = std::io::stdout().flush();
    signal_hook::low_level::exit(code.into())
}

/// Makes a write past the size that the user's limits allow for a file (`ulimit -f`) fail as on a full disk,
/// which is told in a line. The signal alone would end the program, and leave the screen as it was.
fn outlive_file_limits() {
    #[cfg(unix)]
    {
        let seen = std::sync::Arc::default();
        // Without the handler everything works as before, up to that limit.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, seen);
    }
}

/// What is wrong with the user's keys and theme, which only the screen reads otherwise.
fn screen_issues(arguments: &Arguments) -> Vec<Issue> {
    let config = arguments.shared.config_folder();
    let (settings, _) = Settings::read(config.as_deref());
    let (_, mut issues) = Keymap::load(config.as_deref());
    let names = Theme::names().map(str::to_owned).chain(settings.theme);
    for name in names {
        issues.extend(Theme::load(&name, config.as_deref(), Colours::default()).1);
    }
    issues
}

/// Opens the screen, or prints it.
fn open_screen(arguments: &Arguments) -> Result<Outcome, Failure> {
    let options = &arguments.tui;
    let session = Session::start(&arguments.shared);
    let config = arguments.shared.config_folder();
    let theme = options
        .theme
        .as_deref()
        .or(session.settings.theme.as_deref());
    if let Some(name) = &options.theme
        && !Theme::exists(name, config.as_deref())
    {
        let known: Vec<&str> = Theme::names().collect();
        return Err(Failure::Said(format!(
            "there is no theme “{name}”; there are {}, and your own in themes/",
            known.join(", ")
        )));
    }
    let mut setup = Setup::from_env(config, theme);
    setup.glyphs.ascii |= options.ascii || session.settings.ascii;
    setup.side_by_side = session.settings.side_by_side.map(|columns| columns.0);
    let mut request = session.request(&options.paths);
    request.labels = true;
    request.histories = true;
    setup.issues = session.issues;
    let keys = match options.keys.as_deref().map(parse_keys).transpose() {
        Ok(keys) => keys.unwrap_or_default(),
        Err(error) => return Err(Failure::Said(format!("--keys: {error}"))),
    };
    let mouse = !(options.no_mouse || session.settings.no_mouse);
    let start = Start {
        loader: session.loader,
        request,
        setup,
        mouse,
        keys,
    };
    if options.print {
        return print_screen(start, options);
    }
    let code = start
        .at_terminal()
        .map_err(|error| Failure::Said(error.to_string()))?;
    Ok(Outcome {
        code,
        ..Outcome::default()
    })
}

fn print_screen(start: Start, options: &TuiOptions) -> Result<Outcome, Failure> {
    let size = Size::new(options.size.width, options.size.height);
    let frame = start
        .as_text(size)
        .map_err(|error| Failure::Said(error.to_string()))?;
    let mut out = std::io::stdout().lock();
    out.write_all(frame.as_bytes())?;
    out.flush()?;
    Ok(Outcome::default())
}

/// One line on standard error, without what could steer the terminal.
fn say(message: &str) {
    let safe = policy_tui::model::printable(message);
    // Standard error may be closed, and then nobody is left to tell.
    let _ = writeln!(std::io::stderr(), "policy-tui: {safe}");
}
