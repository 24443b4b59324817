//! The commands that hand data to other engines.

use super::names::Offered;
use crate::report::Field;
use crate::report::export::{self, Table, TableFormat};
use clap::builder::TypedValueParser;
use clap::{Args, ValueEnum};
use std::num::NonZero;
use std::path::PathBuf;
use std::str::FromStr;

/// Documents on standard input, one JSON object a line, annotated one a line
#[derive(Debug, Args)]
#[command(
    after_help = "A line of the input is {\"id\": …, \"text\" or \"html\": …, \"site\": …, \"date\": …}; site and date may be missing, \
                  other keys are passed over. A line that is no document becomes {\"line\": …, \"id\": …, \"error\": …}."
)]
pub struct AnnotateArgs {
    /// What to tell of each document besides id, site and date: title, revised, language, counts, topics,
    /// practices, issues, sections, clauses [default: all but the last two]
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = field(), hide_possible_values = true)]
    pub fields: Option<Vec<Field>>,
    /// Also tell the clauses, with topics, stance and places
    #[arg(long)]
    pub clauses: bool,
    /// Threads that work [default: one for each core]
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZero<usize>>,
    /// Exit with 1 when a line is no document
    #[arg(long)]
    pub exit_code: bool,
}

impl AnnotateArgs {
    /// What to tell of each document.
    pub fn fields(&self) -> Vec<Field> {
        let asked = self.fields.as_deref().unwrap_or(Field::DEFAULT);
        let clauses = self.clauses.then_some(Field::Clauses);
        asked.iter().copied().chain(clauses).collect()
    }
}

/// Tables of clauses, versions, answers or changes for other engines: CSV, JSON Lines, Parquet
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// Files, folders and archives; none: the configured library, else the samples
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The table
    #[arg(long, value_name = "TABLE")]
    pub what: What,
    /// The form of the table
    #[arg(long, value_name = "FORMAT", default_value = "csv")]
    pub format: TableFormatName,
    /// Of clauses and practices, those of every version and not only of the current one
    #[arg(long)]
    pub all_versions: bool,
    /// Only part K of N: a document is in the same part every time, and in no other
    #[arg(long, value_name = "K/N")]
    pub shard: Option<Shard>,
    /// Where to write the table, in one piece when it is whole [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace the file if there is one
    #[arg(long, requires = "output")]
    pub force: bool,
    /// Threads that work [default: one for each core]
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZero<usize>>,
}

impl ExportArgs {
    /// Whether the table is nothing for a terminal.
    pub fn is_binary(&self) -> bool {
        !matches!(self.format, TableFormatName::Csv | TableFormatName::Jsonl)
    }
}

/// `--what`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// What policies say, clause by clause, with topics and stance
    Clauses,
    /// The versions of documents, without their text
    Versions,
    /// What policies answer, question by question
    Practices,
    /// What each version of a document changed
    Changes,
}

impl What {
    /// The table.
    pub fn table(self) -> &'static Table {
        match self {
            What::Clauses => &export::CLAUSES,
            What::Versions => &export::VERSIONS,
            What::Practices => &export::PRACTICES,
            What::Changes => &export::CHANGES,
        }
    }
}

/// `--format` of `export`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TableFormatName {
    /// For spreadsheets, and for what reads nothing else
    Csv,
    /// One JSON object a row
    Jsonl,
    /// For analytical engines
    #[cfg(feature = "parquet")]
    Parquet,
}

impl From<TableFormatName> for TableFormat {
    fn from(name: TableFormatName) -> Self {
        match name {
            TableFormatName::Csv => TableFormat::Csv,
            TableFormatName::Jsonl => TableFormat::Jsonl,
            #[cfg(feature = "parquet")]
            TableFormatName::Parquet => TableFormat::Parquet,
        }
    }
}

/// One of the parts that a library falls into, as `2/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Its number, from 0.
    part: u64,
    /// How many there are.
    of: u64,
}

impl Shard {
    /// Whether what has this hash is in the part.
    pub fn holds(self, hash: u64) -> bool {
        hash % self.of == self.part
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('/').and_then(|(part, of)| {
            let number = |text: &str| text.trim().parse::<u64>().ok();
            Some((number(part)?.checked_sub(1)?, number(of)?))
        });
        match numbers {
            Some((part, of)) if part < of => Ok(Self { part, of }),
            _ => Err(format!(
                "“{text}” is not a part such as 1/8, the first of eight"
            )),
        }
    }
}

fn field() -> impl TypedValueParser<Value = Field> {
    Offered(fields).try_map(|id| {
        let found = Field::from_id(id.trim());
        found.ok_or_else(|| format!("the fields are {}", fields().join(", ")))
    })
}

fn fields() -> Vec<String> {
    let fields = Field::ALL.iter();
    fields.map(|field| field.id().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shard_is_one_of_so_many() {
        let shard = |text: &str| text.parse::<Shard>().ok();
        assert_eq!(shard("1/8"), Some(Shard { part: 0, of: 8 }));
        assert_eq!(shard("8/8"), Some(Shard { part: 7, of: 8 }));
        for wrong in ["", "1", "0/8", "9/8", "1/0", "-1/8", "a/b", "1/8/2"] {
            assert_eq!(shard(wrong), None, "{wrong}");
        }
        let parts =
            |hash| (1..=8).filter(move |part| shard(&format!("{part}/8")).unwrap().holds(hash));
        assert!(
            [0, 7, 8, u64::MAX]
                .into_iter()
                .all(|hash| parts(hash).count() == 1)
        );
    }
}
