//! What every table and format must hold, and the documentation that follows from the definitions.

use super::{CHANGES, CLAUSES, Cell, Column, Encoder, Kind, PRACTICES, Row, Table, TableFormat};
use super::{VERSIONS, Writer};
use jiff::Timestamp;
use std::collections::BTreeSet;

const TABLES: [&Table; 4] = [&CLAUSES, &VERSIONS, &PRACTICES, &CHANGES];

/// A table with a column of every kind.
const KINDS: Table = Table {
    name: "kinds",
    about: "one of each",
    columns: &[
        column("text", Kind::Text, false),
        column("words", Kind::Text, true),
        column("count", Kind::Count, true),
        column("number", Kind::Number, true),
        column("flag", Kind::Flag, false),
        column("moment", Kind::Moment, true),
        column("names", Kind::Names, false),
    ],
};

const fn column(name: &'static str, kind: Kind, nullable: bool) -> Column {
    Column {
        name,
        kind,
        nullable,
        about: "",
    }
}

fn row(number: u32) -> Row<'static> {
    let some = |there: bool, cell: Cell<'static>| if there { cell } else { Cell::Empty };
    let text = format!("We sell “{number}”,\nnever\t\"more\"");
    let moment = Timestamp::from_millisecond(i64::from(number) * 86_400_123).unwrap();
    vec![
        text.into(),
        some(number.is_multiple_of(2), "=1+1".into()),
        some(!number.is_multiple_of(3), number.into()),
        some(!number.is_multiple_of(5), Cell::Number(0.5)),
        Cell::Flag(number % 2 == 1),
        some(!number.is_multiple_of(7), moment.into()),
        Cell::Names(["cookies", "use", "sharing"][..number as usize % 4].to_vec()),
    ]
}

/// A table of so many rows, written in chunks.
fn written(format: TableFormat, rows: u32) -> Vec<u8> {
    let encoder = Encoder::new(&KINDS, format);
    let mut out = Vec::new();
    let mut writer = Writer::start(&encoder, &mut out).unwrap();
    for start in (0..rows).step_by(1000) {
        let chunk = (start..rows.min(start + 1000)).map(row);
        writer.write(encoder.encode(chunk).unwrap()).unwrap();
    }
    writer.finish().unwrap();
    out
}

#[test]
fn csv_is_a_line_a_row_and_safe_in_a_spreadsheet() {
    let csv = String::from_utf8(written(TableFormat::Csv, 3)).unwrap();
    let lines: Vec<&str> = csv.split_terminator("\r\n").collect();
    assert_eq!(
        lines,
        [
            "text,words,count,number,flag,moment,names",
            "\"We sell “0”, never | \"\"more\"\"\",'=1+1,,,false,,",
            "\"We sell “1”, never | \"\"more\"\"\",,1,0.5,true,1970-01-02T00:00:00.123Z,cookies",
            "\"We sell “2”, never | \"\"more\"\"\",'=1+1,2,0.5,false,1970-01-03T00:00:00.246Z,cookies use",
        ]
    );
}

#[test]
fn json_lines_hold_every_key_and_the_text_as_it_is() {
    let lines = String::from_utf8(written(TableFormat::Jsonl, 2)).unwrap();
    let mut lines = lines.lines();
    assert_eq!(
        lines.next().unwrap(),
        r#"{"text":"We sell “0”,\nnever\t\"more\"","words":"=1+1","count":null,"number":null,"flag":false,"moment":null,"names":[]}"#
    );
    assert_eq!(
        lines.next().unwrap(),
        r#"{"text":"We sell “1”,\nnever\t\"more\"","words":null,"count":1,"number":0.5,"flag":true,"moment":"1970-01-02T00:00:00.123Z","names":["cookies"]}"#
    );
}

#[test]
fn a_row_that_does_not_fit_is_refused() {
    let encoder = Encoder::new(&KINDS, TableFormat::Csv);
    let mut wrong = row(1);
    wrong[0] = Cell::Empty;
    assert!(encoder.encode([wrong].into_iter()).is_err());
    let mut wrong = row(1);
    wrong[4] = Cell::Count(1);
    assert!(encoder.encode([wrong].into_iter()).is_err());
    assert!(encoder.encode([row(1)[1..].to_vec()].into_iter()).is_err());
}

#[cfg(feature = "parquet")]
mod parquet_files {
    use super::{Cell, TableFormat, row, written};
    use bytes::Bytes;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::{Field, ListAccessor};

    /// A cell as the reader gives it back.
    fn read(field: &Field) -> Cell<'static> {
        match field {
            Field::Null => Cell::Empty,
            Field::Str(text) => text.clone().into(),
            Field::Int(number) => Cell::Count(u32::try_from(*number).unwrap()),
            Field::Float(number) => Cell::Number(*number),
            Field::Bool(flag) => Cell::Flag(*flag),
            Field::TimestampMillis(time) => {
                jiff::Timestamp::from_millisecond(*time).unwrap().into()
            }
            Field::ListInternal(list) => {
                let names = (0..list.len()).map(|place| list.get_string(place).unwrap());
                let known = |name: &String| {
                    let all = ["cookies", "use", "sharing"];
                    all.into_iter().find(|known| known == name).unwrap()
                };
                Cell::Names(names.map(known).collect())
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn parquet_gives_every_cell_back_over_several_row_groups() {
        let rows = 130_000;
        let file = Bytes::from(written(TableFormat::Parquet, rows));
        let reader = SerializedFileReader::new(file).unwrap();
        assert_eq!(reader.num_row_groups(), 2);
        let mut number = 0;
        for found in reader.get_row_iter(None).unwrap() {
            let found = found.unwrap();
            let cells: Vec<_> = found
                .get_column_iter()
                .map(|(_, field)| read(field))
                .collect();
            assert_eq!(cells, row(number), "row {number}");
            number += 1;
        }
        assert_eq!(number, rows);
    }

    #[test]
    fn an_empty_table_is_a_whole_file() {
        let reader = SerializedFileReader::new(Bytes::from(written(TableFormat::Parquet, 0)));
        assert_eq!(reader.unwrap().metadata().file_metadata().num_rows(), 0);
    }
}

#[test]
fn names_of_columns_are_fit_for_every_engine() {
    for table in TABLES {
        let names: BTreeSet<_> = table.columns.iter().map(|column| column.name).collect();
        assert_eq!(names.len(), table.columns.len(), "{}", table.name);
        let plain = |name: &str| name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        assert!(names.into_iter().all(plain), "{}", table.name);
    }
}

/// The tables as `docs/data.md` shows them.
fn documented() -> String {
    let mut text = String::new();
    for table in TABLES {
        text.push_str(&format!(
            "## `{}`\n\nA row is {}.\n\n| column | type | empty | what it tells |\n|---|---|---|---|\n",
            table.name, table.about
        ));
        for column in table.columns {
            let empty = if column.nullable { "may be" } else { "never" };
            let Column { name, about, .. } = column;
            let kind = column.kind.label();
            text.push_str(&format!("| `{name}` | {kind} | {empty} | {about}. |\n"));
        }
        text.push('\n');
    }
    text
}

/// `UPDATE_DATA=1 cargo test --lib data_md` writes the tables anew.
#[test]
fn data_md_shows_the_tables_as_they_are() {
    const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/data.md");
    const START: &str = "<!-- tables -->\n";
    const END: &str = "<!-- /tables -->\n";
    let text = std::fs::read_to_string(PATH).unwrap();
    let (head, rest) = text.split_once(START).unwrap();
    let (_, tail) = rest.split_once(END).unwrap();
    let wanted = format!("{head}{START}{}{END}{tail}", documented());
    if std::env::var_os("UPDATE_DATA").is_some() {
        std::fs::write(PATH, &wanted).unwrap();
        return;
    }
    assert!(
        text == wanted,
        "docs/data.md is not up to date; UPDATE_DATA=1 writes it anew"
    );
}
