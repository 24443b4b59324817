//! The one definition of commands and options; help, completions and the manual page derive from it.

mod names;
mod out;

use super::sizes::{ScreenSize, Size};
use crate::model::Topic;
use crate::source::{FindOptions, Layout, TermsFilter};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueHint};
use names::{Offered, layouts, questions, terms, topic};
use std::path::{Path, PathBuf};

pub use names::FormatName;
pub(super) use names::{AnswerName, AnswersFormatName, ByName};
pub(super) use out::{AnnotateArgs, ExportArgs, Shard, What};

/// Read and compare privacy policies in the terminal.
///
/// Opens the policies under the given files and folders; with no path, the configured library, else
/// five embedded sample policies. Works offline, never writes to your files, never grades a policy.
#[derive(Debug, Parser)]
#[command(name = "policy-tui", version, subcommand_precedence_over_arg = true)]
#[command(
    after_help = "Exit codes: 0 done, 1 a difference or finding that was asked about, 2 trouble.\n\
                  `policy-tui COMMAND --help` tells the options of a command."
)]
pub struct Arguments {
    /// What to do without the screen.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Options of the screen.
    #[command(flatten)]
    pub tui: TuiOptions,
    /// Options of every command.
    #[command(flatten)]
    pub shared: Shared,
}

/// Options that every command takes.
#[derive(Clone, Debug, Default, Args)]
pub struct Shared {
    /// Files larger than this are not read: bytes, or with K, M or G [default: 16M]
    #[arg(long, value_name = "SIZE", global = true)]
    pub max_size: Option<Size>,
    /// Folder of your settings, keys, themes, topics and practices [default: what POLICY_TUI_CONFIG
    /// says, else the platform's]
    #[arg(long, value_name = "DIR", global = true, value_hint = ValueHint::DirPath)]
    pub config: Option<PathBuf>,
    /// Folder of the indexes of large libraries [default: what POLICY_TUI_CACHE says, else the
    /// platform's]
    #[arg(long, value_name = "DIR", global = true, value_hint = ValueHint::DirPath)]
    pub cache: Option<PathBuf>,
    /// Neither use nor make an index
    #[arg(long, global = true)]
    pub no_index: bool,
    /// The types of terms that are listed: all, or a part of their name such as privacy
    /// [default: privacy policies, where an archive has other types too]
    #[arg(long = "type", value_name = "TYPE", global = true, value_parser = terms)]
    pub terms: Option<TermsFilter>,
    /// The layout of folders and archives [default: recognised by its shape]
    #[arg(long, value_name = "NAME", global = true, value_parser = layouts())]
    pub layout: Option<Layout>,
    /// The branch, tag or commit of git archives [default: the one that is checked out]
    #[arg(long, value_name = "NAME", global = true)]
    pub branch: Option<String>,
    /// Also list what git archives have removed, as it was last; no index is used
    #[arg(long, global = true)]
    pub removed: bool,
}

impl Shared {
    /// The folder of indexes; none when there are to be none.
    pub fn cache_folder(&self) -> Option<PathBuf> {
        if self.no_index {
            return None;
        }
        named(self.cache.as_deref(), "POLICY_TUI_CACHE").or_else(|| {
            directories::ProjectDirs::from("", "", "policy-tui")
                .map(|folders| folders.cache_dir().to_owned())
        })
    }

    /// How to look for documents.
    pub fn find_options(&self) -> FindOptions {
        FindOptions {
            layout: self.layout.unwrap_or_default(),
            terms: self.terms.clone().unwrap_or_default(),
            branch: self.branch.clone(),
            removed: self.removed,
        }
    }

    /// The folder of the user's settings.
    pub fn config_folder(&self) -> Option<PathBuf> {
        named(self.config.as_deref(), "POLICY_TUI_CONFIG").or_else(|| {
            directories::ProjectDirs::from("", "", "policy-tui")
                .map(|folders| folders.config_dir().to_owned())
        })
    }
}

/// A folder that was named by an option, else by a variable of the environment. The variable is no
/// default of the option itself: messages about usage would show it as if it had been given.
fn named(option: Option<&Path>, variable: &str) -> Option<PathBuf> {
    let set = || std::env::var_os(variable).filter(|value| !value.is_empty());
    option
        .map(Path::to_owned)
        .or_else(|| set().map(PathBuf::from))
}

/// Options of the screen.
#[derive(Clone, Debug, Default, Args)]
pub struct TuiOptions {
    /// Files and folders; - is standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Colours: dark, light, mono, or one of your own
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// Draw with ASCII characters only
    #[arg(long)]
    pub ascii: bool,
    /// Leave the mouse to the terminal
    #[arg(long)]
    pub no_mouse: bool,
    /// Type these keys first, such as `j<enter>`
    #[arg(long, value_name = "KEYS")]
    pub keys: Option<String>,
    /// With --print, the size of the screen
    #[arg(long, value_name = "WxH", default_value = "120x40")]
    pub size: ScreenSize,
    /// Print the screen as text instead of opening it
    #[arg(long)]
    pub print: bool,
}

impl TuiOptions {
    /// Whether any of them stands before a command, where it would mean nothing.
    pub fn is_given(&self) -> bool {
        !self.paths.is_empty() || self.print || self.keys.is_some() || self.theme.is_some()
    }
}

/// The commands. The options of one are set up when it is the one that was named; what it does is said
/// there once more, since those options take the place of what is said here.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub enum Command {
    /// The policies found: site, host, title, dates, size
    #[command(after_help = VERSIONS)]
    List(ListArgs),
    /// One policy: sections, clauses, topics
    #[command(after_help = VERSIONS)]
    Show(ShowArgs),
    /// Compare two policies, by text, by topic or by practice
    #[command(after_help = VERSIONS)]
    Compare(CompareArgs),
    /// The versions of a policy and what changed at each
    #[command(after_help = VERSIONS)]
    History(HistoryArgs),
    /// What every policy answers to every practice question, with the sentences that say so
    #[command(after_help = VERSIONS)]
    Practices(PracticesArgs),
    /// Topics and stance of segments on standard input, one a line
    Classify(ClassifyArgs),
    /// Documents on standard input, one JSON object a line, annotated one a line
    Annotate(AnnotateArgs),
    /// Tables of clauses, versions, answers or changes for other engines: CSV, JSON Lines, Parquet
    Export(ExportArgs),
    /// The clauses that say something, best first: words, "phrases", prefix*, AND, OR, NOT, topic:,
    /// stance:, site:, type:, after:, before:
    Search(SearchArgs),
    /// Make the index of a large library, or bring it up to date
    Index(IndexArgs),
    /// What could not be read, looks odd or contradicts itself; exit 1 when there is any
    #[command(after_help = VERSIONS)]
    Check(CheckArgs),
    /// Completions for your shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// The manual page of the program or of a command, in roff
    Man(ManArgs),
}

impl Command {
    /// Whether the result may be endless or huge, so that it stops when its reader leaves.
    pub fn is_stream(&self) -> bool {
        matches!(
            self,
            Command::Classify(_) | Command::Annotate(_) | Command::Export(_)
        )
    }
}

/// How versions are named.
const VERSIONS: &str = "Versions: SITE@2020-05-03 is the newest version recorded by the end of that day, \
SITE@2020-05 and SITE@2020 by the end of that month or year; SITE@2020-05-03T10-20-30Z goes by the \
second. SITE@1a2b3c4d is the one recorded by that revision of a git archive, by four digits or more. \
SITE/TERMS is a document other than the privacy policy, such as \"Airbnb/Terms of Service\".";

/// Which policies a command is about.
#[derive(Debug, Args)]
pub struct Among {
    /// Files and folders; none: the configured library, else the samples. What is no path is the name of
    /// a policy, as SITE or SITE@DATE: then it is about that one alone
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Only this policy, by its site or host or as SITE@DATE; may be given several times
    #[arg(long, value_name = "SITE")]
    pub site: Vec<String>,
}

/// The policies found: site, host, title, dates, size
#[derive(Debug, Args)]
pub struct ListArgs {
    /// The policies
    #[command(flatten)]
    pub among: Among,
    /// The form of the result
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: FormatName,
}

/// One policy: sections, clauses, topics
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// A file, a site or host, or a version of it as SITE@DATE or SITE@REVISION
    #[arg(value_name = "POLICY")]
    pub policy: String,
    /// Where to look the name up
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Only clauses on this topic
    #[arg(long, value_name = "TOPIC", ignore_case = true, value_parser = topic())]
    pub topic: Option<Topic>,
    /// The form of the result
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: FormatName,
}

/// Compare two policies, by text, by topic or by practice
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// A file, a site or host, or a version of it as SITE@DATE or SITE@REVISION
    #[arg(value_name = "LEFT")]
    pub left: String,
    /// A file, a site or host, or a version of it as SITE@DATE or SITE@REVISION
    #[arg(value_name = "RIGHT")]
    pub right: String,
    /// Where to look the names up
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// text (two versions), topic (two companies) or practice (what they answer) [default: text or
    /// topic, as fits the pair]
    #[arg(long, value_name = "BY")]
    pub by: Option<ByName>,
    /// Only this topic
    #[arg(long, value_name = "TOPIC", ignore_case = true, value_parser = topic())]
    pub topic: Option<Topic>,
    /// Also print what is equal, changes of form, and questions that neither answers
    #[arg(long)]
    pub all: bool,
    /// Exit with 1 when the policies differ: by text and by topic in any word, figure, place of a clause,
    /// link or form that a reader sees (line breaks of the file are none); by practice in an answer. With
    /// --topic, on that topic
    #[arg(long)]
    pub exit_code: bool,
    /// The form of the result
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: FormatName,
}

/// The versions of a policy and what changed at each
#[derive(Debug, Args)]
pub struct HistoryArgs {
    /// A site or host, or a file
    #[arg(value_name = "SITE")]
    pub site: String,
    /// Where to look the name up
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Also list versions that say nothing: changes of form, broken fetches and their repair; with
    /// --clause, each time that it came and went
    #[arg(long)]
    pub all: bool,
    /// The life of one clause instead, found by some of its words
    #[arg(long, value_name = "WORDS")]
    pub clause: Option<String>,
    /// The form of the result
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: FormatName,
}

/// What every policy answers to every practice question, with the sentences that say so
#[derive(Debug, Args)]
pub struct PracticesArgs {
    /// The policies
    #[command(flatten)]
    pub among: Among,
    /// Only this question, such as personal-data-sold; may be given several times
    #[arg(long, value_name = "ID", hide_possible_values = true, value_parser = Offered(questions))]
    pub question: Vec<String>,
    /// Only questions on this topic
    #[arg(long, value_name = "TOPIC", ignore_case = true, value_parser = topic())]
    pub topic: Option<Topic>,
    /// Only this answer
    #[arg(long, value_name = "ANSWER")]
    pub answer: Option<AnswerName>,
    /// The form of the result
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: AnswersFormatName,
}

/// The clauses that say something, best first: words, "phrases", prefix*, AND, OR, NOT, topic:,
/// stance:, site:, type:, after:, before:
#[derive(Debug, Args)]
pub struct SearchArgs {
    /// What to look for, such as 'sell NOT "do not" site:airbnb'
    #[arg(value_name = "QUERY")]
    pub query: String,
    /// Files and folders; none: the configured library, else the samples
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Take QUERY for a sentence and find clauses in the same or nearly the same words
    #[arg(long)]
    pub like: bool,
    /// Look through all versions, not only the policies as they are now
    #[arg(long)]
    pub versions: bool,
    /// The most hits
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// The most hits of one site, unless only one has any
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub per_site: usize,
    /// The form of the result
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: FormatName,
}

/// Make the index of a large library, or bring it up to date
#[derive(Debug, Args)]
pub struct IndexArgs {
    /// Files and folders; none: the configured library
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Make it anew, whatever is there
    #[arg(long, conflicts_with_all = ["status", "clear"])]
    pub rebuild: bool,
    /// Only tell what there is
    #[arg(long, conflicts_with = "clear")]
    pub status: bool,
    /// Remove it
    #[arg(long)]
    pub clear: bool,
    /// The form of the result
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: FormatName,
}

/// Topics and stance of segments on standard input, one a line
#[derive(Debug, Args)]
pub struct ClassifyArgs {
    /// The form of the result: json is one object a line
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    pub format: FormatName,
}

/// What could not be read, looks odd or contradicts itself; exit 1 when there is any
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The policies
    #[command(flatten)]
    pub among: Among,
    /// The form of the result
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: FormatName,
}

/// The manual page of the program or of a command, in roff
#[derive(Debug, Args)]
pub struct ManArgs {
    /// The command that is told of; none: the program
    #[arg(value_name = "COMMAND", value_parser = Offered(commands), hide_possible_values = true)]
    pub command: Option<String>,
    /// Write all pages into this folder instead, one file each, such as /usr/local/share/man/man1
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "command")]
    pub into: Option<PathBuf>,
}

/// The names of the commands.
fn commands() -> Vec<String> {
    let program = Arguments::command();
    let commands = program.get_subcommands();
    commands
        .map(|command| command.get_name().to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }
}
