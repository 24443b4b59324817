//! Arguments → command → exit code. The only place that prints an error or ends the process.

use clap::Parser;
use policy_tui::cli::{self, Arguments};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match &arguments.command {
        Some(command) => cli::run(command, &arguments.shared, std::io::stdout().lock()),
        None => Ok(cli::Outcome::default()),
    };
    match result {
        Ok(outcome) => {
            outcome.messages.iter().for_each(|message| say(message));
            ExitCode::from(outcome.code)
        }
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            say(&failure.to_string());
            ExitCode::from(2)
        }
    }
}

/// One line on standard error, without what could steer the terminal.
#[allow(clippy::print_stderr)]
fn say(message: &str) {
    let safe: String = message
        .chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    eprintln!("policy-tui: {safe}");
}
