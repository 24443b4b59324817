//! Rows as Apache Parquet, by the columns themselves: no table in memory but the row group that is
//! being filled. (<https://parquet.apache.org/docs/file-format/>)
//!
//! A `names` column is a list as the specification wants it: a group of a repeated group of elements.

use super::{Cell, Column, Kind, Row, Table};
use parquet::basic::{
    Compression, ConvertedType, LogicalType, Repetition, TimeUnit, Type as Physical, ZstdLevel,
};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};
use std::io::{self, Write};
use std::sync::Arc;

/// A row group is written when it holds so many rows, which is what DuckDB scans at once …
const ROWS: usize = 122_880;

/// … or so many bytes of values.
const BYTES: usize = 24 << 20;

/// The values of a column, without the empty ones.
#[derive(Debug)]
enum Values {
    Text { bytes: Vec<u8>, ends: Vec<usize> },
    Count(Vec<i32>),
    Number(Vec<f32>),
    Flag(Vec<bool>),
    Moment(Vec<i64>),
    Names(Vec<&'static str>),
}

/// A column of encoded rows: values, and the levels that say where there are none.
#[derive(Debug)]
struct Stretch {
    values: Values,
    /// For each cell or element whether it is there; unused where every cell is.
    defined: Vec<i16>,
    /// For each element of a list whether it goes on with the list before it.
    repeated: Vec<i16>,
}

/// Encoded rows, by column.
#[derive(Debug)]
pub(super) struct Rows {
    columns: Vec<Stretch>,
    rows: usize,
    /// About so much memory is held; bytes.
    bytes: usize,
}

impl Stretch {
    fn new(kind: Kind) -> Self {
        let values = match kind {
            Kind::Text => Values::Text {
                bytes: Vec::new(),
                ends: Vec::new(),
            },
            Kind::Count => Values::Count(Vec::new()),
            Kind::Number => Values::Number(Vec::new()),
            Kind::Flag => Values::Flag(Vec::new()),
            Kind::Moment => Values::Moment(Vec::new()),
            Kind::Names => Values::Names(Vec::new()),
        };
        Self {
            values,
            defined: Vec::new(),
            repeated: Vec::new(),
        }
    }

    /// Adds a cell that fits the column; how many bytes it takes, about.
    fn push(&mut self, cell: &Cell<'_>) -> usize {
        if let Cell::Names(names) = cell {
            return self.push_names(names);
        }
        self.defined.push(i16::from(*cell != Cell::Empty));
        match (&mut self.values, cell) {
            (Values::Text { bytes, ends }, Cell::Text(text)) => {
                bytes.extend_from_slice(text.as_bytes());
                ends.push(bytes.len());
                // What stands for a text while it is written is larger than its end.
                return text.len() + 2 * size_of::<ByteArray>();
            }
            (Values::Count(known), Cell::Count(number)) => {
                known.push(i32::try_from(*number).unwrap_or(i32::MAX));
            }
            (Values::Number(known), Cell::Number(number)) => known.push(*number),
            (Values::Flag(known), Cell::Flag(flag)) => known.push(*flag),
            (Values::Moment(known), Cell::Moment(moment)) => known.push(moment.as_millisecond()),
            _ => {}
        }
        10
    }

    fn push_names(&mut self, names: &[&'static str]) -> usize {
        // An empty list is one place without an element.
        for place in 0..names.len().max(1) {
            self.defined.push(i16::from(!names.is_empty()));
            self.repeated.push(i16::from(place > 0));
        }
        if let Values::Names(known) = &mut self.values {
            known.extend_from_slice(names);
        }
        (size_of::<&str>() + size_of::<ByteArray>()) * names.len() + 4
    }

    /// Adds what another stretch of the same column holds.
    fn append(&mut self, more: Stretch) {
        self.defined.extend(more.defined);
        self.repeated.extend(more.repeated);
        match (&mut self.values, more.values) {
            (
                Values::Text { bytes, ends },
                Values::Text {
                    bytes: more,
                    ends: further,
                },
            ) => {
                let start = bytes.len();
                bytes.extend(more);
                ends.extend(further.into_iter().map(|end| start + end));
            }
            (Values::Count(known), Values::Count(more)) => known.extend(more),
            (Values::Number(known), Values::Number(more)) => known.extend(more),
            (Values::Flag(known), Values::Flag(more)) => known.extend(more),
            (Values::Moment(known), Values::Moment(more)) => known.extend(more),
            (Values::Names(known), Values::Names(more)) => known.extend(more),
            // Both were made for the same column.
            _ => {}
        }
    }

    fn write(self, into: &mut SerializedColumnWriter<'_>) -> Result<usize, ParquetError> {
        let defined = Some(self.defined.as_slice());
        match (into.untyped(), self.values) {
            (ColumnWriter::ByteArrayColumnWriter(column), Values::Text { bytes, ends }) => {
                let all = ByteArray::from(bytes);
                let starts = std::iter::once(0).chain(ends.iter().copied());
                let texts: Vec<ByteArray> = starts
                    .zip(&ends)
                    .map(|(start, end)| all.slice(start, end - start))
                    .collect();
                column.write_batch(&texts, defined, None)
            }
            (ColumnWriter::ByteArrayColumnWriter(column), Values::Names(names)) => {
                let names: Vec<ByteArray> = names.into_iter().map(ByteArray::from).collect();
                column.write_batch(&names, defined, Some(&self.repeated))
            }
            (ColumnWriter::Int32ColumnWriter(column), Values::Count(numbers)) => {
                column.write_batch(&numbers, defined, None)
            }
            (ColumnWriter::FloatColumnWriter(column), Values::Number(numbers)) => {
                column.write_batch(&numbers, defined, None)
            }
            (ColumnWriter::BoolColumnWriter(column), Values::Flag(flags)) => {
                column.write_batch(&flags, defined, None)
            }
            (ColumnWriter::Int64ColumnWriter(column), Values::Moment(moments)) => {
                column.write_batch(&moments, defined, None)
            }
            _ => Err(ParquetError::General("a column of another type".to_owned())),
        }
    }
}

impl Rows {
    fn new(columns: &[Column]) -> Self {
        Self {
            columns: columns
                .iter()
                .map(|column| Stretch::new(column.kind))
                .collect(),
            rows: 0,
            bytes: 0,
        }
    }

    /// Takes rows apart by column.
    pub(super) fn of<'a>(
        columns: &[Column],
        rows: impl Iterator<Item = io::Result<Row<'a>>>,
    ) -> io::Result<Self> {
        let mut all = Self::new(columns);
        for row in rows {
            let cells = all.columns.iter_mut().zip(row?);
            all.bytes += cells
                .map(|(stretch, cell)| stretch.push(&cell))
                .sum::<usize>();
            all.rows += 1;
        }
        Ok(all)
    }

    fn append(&mut self, more: Rows) {
        for (stretch, more) in self.columns.iter_mut().zip(more.columns) {
            stretch.append(more);
        }
        self.rows += more.rows;
        self.bytes += more.bytes;
    }
}

/// Collects rows into row groups.
pub(super) struct Groups {
    columns: &'static [Column],
    /// What it has written stays in memory until it is handed on, after every row group.
    file: SerializedFileWriter<Vec<u8>>,
    filling: Rows,
}

impl Groups {
    pub(super) fn new(table: &'static Table) -> io::Result<Self> {
        let fields = table.columns.iter().map(field).collect::<Result<_, _>>();
        let schema = fields.and_then(|fields| {
            Type::group_type_builder(table.name)
                .with_fields(fields)
                .build()
        });
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_created_by(concat!("policy-tui ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let file = schema.and_then(|schema| {
            SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))
        });
        Ok(Self {
            columns: table.columns,
            file: file.map_err(trouble)?,
            filling: Rows::new(table.columns),
        })
    }

    /// Adds rows, and writes a row group when that fills it.
    pub(super) fn add(&mut self, rows: Rows, out: &mut dyn Write) -> io::Result<()> {
        self.filling.append(rows);
        if self.filling.rows >= ROWS || self.filling.bytes >= BYTES {
            self.write_group()?;
            self.file.flush()?;
            let written = std::mem::take(self.file.inner_mut());
            out.write_all(&written)?;
        }
        Ok(())
    }

    /// Writes the last row group and the foot of the file.
    pub(super) fn finish(mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.filling.rows > 0 {
            self.write_group()?;
        }
        let rest = self.file.into_inner().map_err(trouble)?;
        out.write_all(&rest)
    }

    fn write_group(&mut self) -> io::Result<()> {
        let filled = std::mem::replace(&mut self.filling, Rows::new(self.columns));
        let mut group = self.file.next_row_group().map_err(trouble)?;
        for stretch in filled.columns {
            let Some(mut column) = group.next_column().map_err(trouble)? else {
                break;
            };
            stretch.write(&mut column).map_err(trouble)?;
            column.close().map_err(trouble)?;
        }
        group.close().map_err(trouble)?;
        Ok(())
    }
}

/// A column as the schema of the file names it.
fn field(column: &Column) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = match column.kind {
        Kind::Text | Kind::Names => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Count => (Physical::INT32, None),
        Kind::Number => (Physical::FLOAT, None),
        Kind::Flag => (Physical::BOOLEAN, None),
        Kind::Moment => {
            let millis = LogicalType::timestamp(true, TimeUnit::MILLIS);
            (Physical::INT64, Some(millis))
        }
    };
    let value = |name, repetition| {
        let value = Type::primitive_type_builder(name, physical).with_repetition(repetition);
        Ok(Arc::new(value.with_logical_type(logical.clone()).build()?))
    };
    if column.kind != Kind::Names {
        let nullable = column.nullable;
        let repetition = if nullable {
            Repetition::OPTIONAL
        } else {
            Repetition::REQUIRED
        };
        return value(column.name, repetition);
    }
    let elements = Type::group_type_builder("list")
        .with_repetition(Repetition::REPEATED)
        .with_fields(vec![value("element", Repetition::REQUIRED)?])
        .build()?;
    let list = Type::group_type_builder(column.name)
        .with_repetition(Repetition::REQUIRED)
        .with_logical_type(Some(LogicalType::List))
        .with_converted_type(ConvertedType::LIST)
        .with_fields(vec![Arc::new(elements)]);
    Ok(Arc::new(list.build()?))
}

fn trouble(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => io::Error::other(error),
        error => io::Error::other(error.to_string()),
    }
}
