//! Rows as JSON Lines: an object a row, with a key for every column.

use super::{Cell, Column, Row};
use crate::report::json::write_json_line;
use serde::ser::{Serialize, Serializer};
use std::io;

/// Rows, a line each.
pub(super) fn rows<'a>(
    columns: &[Column],
    rows: impl Iterator<Item = io::Result<Row<'a>>>,
) -> io::Result<Vec<u8>> {
    let mut lines = Vec::new();
    for row in rows {
        write_json_line(
            &mut lines,
            &Object {
                columns,
                row: &row?,
            },
        )?;
    }
    Ok(lines)
}

struct Object<'r, 'a> {
    columns: &'r [Column],
    row: &'r Row<'a>,
}

impl Serialize for Object<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let names = self.columns.iter().map(|column| column.name);
        serializer.collect_map(names.zip(self.row))
    }
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Cell::Empty => serializer.serialize_none(),
            Cell::Text(text) => serializer.serialize_str(text),
            Cell::Count(number) => serializer.serialize_u32(*number),
            Cell::Number(number) => serializer.serialize_f32(*number),
            Cell::Flag(flag) => serializer.serialize_bool(*flag),
            Cell::Moment(moment) => serializer.collect_str(moment),
            Cell::Names(names) => serializer.collect_seq(names),
        }
    }
}
