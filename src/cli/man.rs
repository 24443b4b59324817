//! `policy-tui man`: a page for the program and one for each command, from the definitions.

use super::args::ManArgs;
use super::{Arguments, Failure, Outcome};
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};
use std::io::{self, Write};
use std::path::Path;

/// The exit codes.
const EXIT_STATUS: &[(&str, &str)] = &[
    ("0", "It is done."),
    (
        "1",
        "A difference or a finding that was asked about: compare --exit-code where the policies differ, \
         annotate --exit-code where a line is no document, check where it tells of anything.",
    ),
    (
        "2",
        "Trouble: a wrong option, a name that is unknown or ambiguous, a path that cannot be read, or \
         nothing to read at all. What could be done is done; standard error says what was not.",
    ),
];

/// What is read of the environment.
const ENVIRONMENT: &[(&str, &str)] = &[
    (
        "POLICY_TUI_CONFIG",
        "Folder of settings, as --config says it.",
    ),
    (
        "POLICY_TUI_CACHE",
        "Folder of the indexes of large libraries, as --cache says it.",
    ),
    (
        "NO_COLOR",
        "When it is set and not empty, nothing is coloured.",
    ),
    (
        "COLORTERM, TERM",
        "How many colours and which signs the terminal has.",
    ),
    (
        "LC_ALL, LC_CTYPE, LANG",
        "The first that is set decides whether signs beyond ASCII are drawn.",
    ),
];

/// What is read of the user's own, and written.
const FILES: &[(&str, &str)] = &[
    (
        "config.toml",
        "The settings: library, theme, ascii, no_mouse, max_size, side_by_side. This and what follows \
         lies in the folder of settings, on Linux ~/.config/policy-tui.",
    ),
    ("keys.toml", "Keys of your own."),
    ("themes/NAME.toml", "Colours of your own."),
    ("topics/*.toml", "Words and phrases that topics go by."),
    ("practices/*.toml", "Questions of your own."),
    (
        "~/.cache/policy-tui",
        "The indexes of large libraries, on Linux. They may be deleted; they are made anew.",
    ),
];

/// The section of the manual.
const SECTION: &str = "1";

pub(super) fn run(args: &ManArgs, out: &mut dyn Write) -> Result<Outcome, Failure> {
    let mut program = Arguments::command().disable_help_subcommand(true);
    program.build();
    if let Some(folder) = &args.into {
        return write_all(&program, folder);
    }
    let wanted = match &args.command {
        None => Some(&program),
        Some(name) => program.find_subcommand(name),
    };
    let Some(command) = wanted else {
        let known: Vec<&str> = program.get_subcommands().map(Command::get_name).collect();
        return Err(Failure::Said(format!(
            "there is no command of that name; there are {}",
            known.join(", ")
        )));
    };
    out.write_all(&page(command, &program)?)?;
    Ok(Outcome::default())
}

/// Writes every page into a folder, which is made if it is missing.
fn write_all(program: &Command, folder: &Path) -> Result<Outcome, Failure> {
    let write = |command: &Command| -> io::Result<()> {
        let name = format!("{}.{SECTION}", called(command));
        std::fs::write(folder.join(name), page(command, program)?)
    };
    std::fs::create_dir_all(folder)
        .and_then(|()| write(program))
        .and_then(|()| program.get_subcommands().try_for_each(write))
        .map_err(|error| {
            let folder = folder.display();
            Failure::Said(format!("{folder}: the pages cannot be written ({error})"))
        })?;
    Ok(Outcome::default())
}

/// The name of a command as one word, such as `policy-tui-compare`.
fn called(command: &Command) -> &str {
    command.get_display_name().unwrap_or(command.get_name())
}

/// A page, in roff.
fn page(command: &Command, program: &Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    let whole = called(command) == called(program);
    let version = program.get_version().unwrap_or_default();
    let man = Man::new(command.clone())
        .source(format!("policy-tui {version}"))
        .manual("policy-tui");
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    synopsis(command).to_writer(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if whole {
        man.render_subcommands_section(&mut page)?;
    } else if let Some(more) = command.get_after_help() {
        let mut notes = Roff::new();
        notes
            .control("SH", ["NOTES"])
            .text([roman(more.to_string())]);
        notes.to_writer(&mut page)?;
    }
    for (heading, entries) in [
        ("EXIT STATUS", EXIT_STATUS),
        ("ENVIRONMENT", ENVIRONMENT),
        ("FILES", FILES),
    ] {
        list(heading, entries).to_writer(&mut page)?;
    }
    see_also(command, program).to_writer(&mut page)?;
    Ok(page)
}

/// How the command is written, with the values that its options take.
fn synopsis(command: &Command) -> Roff {
    let usage = command.clone().render_usage().to_string();
    let mut roff = Roff::new();
    roff.control("SH", ["SYNOPSIS"]);
    for (at, line) in usage.trim_start_matches("Usage:").lines().enumerate() {
        if at > 0 {
            roff.control("br", []);
        }
        roff.text([roman(line.trim())]);
    }
    roff
}

fn list(heading: &str, entries: &[(&str, &str)]) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [heading]);
    for (term, meaning) in entries {
        roff.control("TP", []);
        roff.text([roman(*term)]);
        roff.text([roman(*meaning)]);
    }
    roff
}

/// The other pages.
fn see_also(command: &Command, program: &Command) -> Roff {
    let all = std::iter::once(program).chain(program.get_subcommands());
    let others = all.map(called).filter(|name| *name != called(command));
    let others: Vec<String> = others.map(|name| format!("{name}({SECTION})")).collect();
    let mut roff = Roff::new();
    roff.control("SH", ["SEE ALSO"]);
    roff.text([roman(others.join(", "))]);
    roff.text([roman(
        "These pages are written with policy-tui man --into DIR.",
    )]);
    roff
}
