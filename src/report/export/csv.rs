//! Rows as CSV: RFC 4180 with a head, a row a line, and no cell that a spreadsheet takes for a formula.

use super::{Cell, Column, Row};
use crate::report::sheet;
use std::io;

/// The line with the names of the columns.
pub(super) fn head(columns: &[Column]) -> io::Result<Vec<u8>> {
    let mut table = sheet::writer(Vec::new());
    table.write_record(columns.iter().map(|column| column.name))?;
    finished(table)
}

/// Rows, a line each.
pub(super) fn rows<'a>(rows: impl Iterator<Item = io::Result<Row<'a>>>) -> io::Result<Vec<u8>> {
    let mut table = sheet::writer(Vec::new());
    for row in rows {
        for cell in &row? {
            match cell {
                Cell::Empty => table.write_field("")?,
                Cell::Text(text) => table.write_field(sheet::cell(text).as_bytes())?,
                Cell::Count(number) => table.write_field(number.to_string())?,
                Cell::Number(number) => table.write_field(number.to_string())?,
                Cell::Flag(flag) => table.write_field(flag.to_string())?,
                Cell::Moment(moment) => table.write_field(moment.to_string())?,
                Cell::Names(names) => table.write_field(names.join(" "))?,
            }
        }
        table.write_record(None::<&[u8]>)?;
    }
    finished(table)
}

fn finished(table: ::csv::Writer<Vec<u8>>) -> io::Result<Vec<u8>> {
    table
        .into_inner()
        .map_err(|error| io::Error::other(error.to_string()))
}
