//! Tables for other engines: what they hold, and how they are written.
//!
//! ```text
//! policy ─tables─▶ cells ─Encoder (any thread)─▶ Chunk ─Writer (one thread)─▶ CSV, JSON Lines, Parquet
//! ```
//!
//! A column is defined once, in `tables`: its name, type and meaning, and the cell of a row. Writers and
//! `docs/data.md` follow from that.

mod csv;
mod jsonl;
#[cfg(feature = "parquet")]
mod parquet;
mod table;
mod tables;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

pub use table::{Cell, Column, Kind, Row, Table};
pub use tables::{
    CHANGES, CLAUSES, ChangeRow, PRACTICES, Place, VERSIONS, VersionRow, clauses, practices,
};

/// The form of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// For spreadsheets and everything else: RFC 4180, a row a line.
    Csv,
    /// One JSON object a row.
    Jsonl,
    /// For analytical engines: Apache Parquet, compressed.
    #[cfg(feature = "parquet")]
    Parquet,
}

/// Turns rows into what a [`Writer`] of the same table and format takes; on any thread.
#[derive(Clone, Copy, Debug)]
pub struct Encoder {
    table: &'static Table,
    format: TableFormat,
}

/// Encoded rows.
#[derive(Debug)]
pub struct Chunk(Encoded);

#[derive(Debug)]
enum Encoded {
    Lines(Vec<u8>),
    #[cfg(feature = "parquet")]
    Columns(parquet::Rows),
}

impl Encoder {
    /// An encoder for the rows of a table.
    pub fn new(table: &'static Table, format: TableFormat) -> Self {
        Self { table, format }
    }

    /// Encodes rows, each with a cell for each column of the table.
    ///
    /// # Errors
    /// When a row does not fit the table.
    pub fn encode<'a>(&self, rows: impl Iterator<Item = Row<'a>>) -> io::Result<Chunk> {
        let columns = self.table.columns;
        let rows = rows.map(|row| fitting(columns, row));
        Ok(Chunk(match self.format {
            TableFormat::Csv => Encoded::Lines(csv::rows(rows)?),
            TableFormat::Jsonl => Encoded::Lines(jsonl::rows(columns, rows)?),
            #[cfg(feature = "parquet")]
            TableFormat::Parquet => Encoded::Columns(parquet::Rows::of(columns, rows)?),
        }))
    }
}

/// The row, if it has the cells that the columns ask for.
fn fitting<'a>(columns: &[Column], row: Row<'a>) -> io::Result<Row<'a>> {
    let wrong = columns
        .iter()
        .zip(&row)
        .find(|(column, cell)| !column.takes(cell));
    match wrong {
        None if row.len() == columns.len() => Ok(row),
        None => Err(io::Error::other("a row of another length than its table")),
        Some((column, cell)) => {
            let message = format!("{cell:?} in the column {}", column.name);
            Err(io::Error::other(message))
        }
    }
}

/// Writes a table, chunk by chunk.
pub struct Writer<'w> {
    out: &'w mut dyn Write,
    form: Form,
}

enum Form {
    Lines,
    #[cfg(feature = "parquet")]
    Parquet(Box<parquet::Groups>),
}

impl<'w> Writer<'w> {
    /// Begins a table.
    ///
    /// # Errors
    /// When writing fails.
    pub fn start(encoder: &Encoder, out: &'w mut dyn Write) -> io::Result<Self> {
        let form = match encoder.format {
            TableFormat::Csv => {
                out.write_all(&csv::head(encoder.table.columns)?)?;
                Form::Lines
            }
            TableFormat::Jsonl => Form::Lines,
            #[cfg(feature = "parquet")]
            TableFormat::Parquet => Form::Parquet(Box::new(parquet::Groups::new(encoder.table)?)),
        };
        Ok(Self { out, form })
    }

    /// Writes encoded rows.
    ///
    /// # Errors
    /// When writing fails, or the rows were encoded for another format.
    pub fn write(&mut self, chunk: Chunk) -> io::Result<()> {
        match (&mut self.form, chunk.0) {
            (Form::Lines, Encoded::Lines(bytes)) => self.out.write_all(&bytes),
            #[cfg(feature = "parquet")]
            (Form::Parquet(groups), Encoded::Columns(rows)) => groups.add(rows, self.out),
            #[cfg(feature = "parquet")]
            _ => Err(io::Error::other("rows of one format in a table of another")),
        }
    }

    /// Ends the table.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(self) -> io::Result<()> {
        match self.form {
            Form::Lines => {}
            #[cfg(feature = "parquet")]
            Form::Parquet(groups) => groups.finish(self.out)?,
        }
        self.out.flush()
    }
}
