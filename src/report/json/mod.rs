//! Values → JSON, written as they come, with every character escaped that could steer a terminal.
//!
//! `values.rs` takes the values and `serializer.rs` writes them, `escape.rs` finds what cannot stand in a text as it is. A long
//! comparison is millions of bytes of JSON, most of them text: serde_json looks at each byte of it
//! once more than is needed here and writes every mark through a layer of its own, which took four
//! times as long.

mod escape;
mod serializer;
mod values;

use serde::Serialize;
use serde_json::value::RawValue;
use serializer::Serializer;
use std::io::{self, Write};

/// Writes a value as JSON in lines and ends the last.
pub(super) fn write_json(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    Serializer::in_lines(out).write(value)
}

/// Writes a value as JSON on one line and ends it.
pub(super) fn write_json_line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    Serializer::on_one_line(out).write(value)
}

/// Serializes JSON as it was written, for serde's `serialize_with`. Only for what is written here.
pub(super) fn verbatim<S: serde::Serializer>(
    value: &RawValue,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_newtype_struct(serializer::VERBATIM, value.get())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::is_dangerous;
    use serde_json::json;
    use std::collections::BTreeMap;

    fn written(value: &impl Serialize, in_lines: bool) -> String {
        let mut out = Vec::new();
        if in_lines {
            write_json(&mut out, value).unwrap();
        } else {
            write_json_line(&mut out, value).unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_result_is_set_in_lines_and_its_rows_on_one_each() {
        let value = json!({"a": [], "b": {}, "c": [1, [2, {"d": null, "e": [[]]}], "x"], "f": 1.5});
        let lines = r#"{
  "a": [],
  "b": {},
  "c": [
    1,
    [2, {"d": null, "e": [[]]}],
    "x"
  ],
  "f": 1.5
}
"#;
        assert_eq!(written(&value, true), lines);
        assert_eq!(written(&value, false), value.to_string() + "\n");
    }

    #[test]
    fn what_could_steer_a_terminal_is_escaped_and_comes_back() {
        let text =
            "é “quoted” \u{1b}[2J\u{7f}\u{9b}31m \u{202e}evil\u{200b} \u{e0041}\u{feff}\n\t\\";
        let json = written(&json!({ text: [text] }), false);
        assert!(!json.trim_end().chars().any(is_dangerous), "{json}");
        assert!(json.contains("é “quoted”"));
        let back: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(back[text][0], text);
    }

    #[derive(Serialize)]
    struct Unit;

    #[derive(Serialize)]
    struct Newtype<'a>(&'a str);

    #[derive(Serialize)]
    struct Two(u8, Option<char>);

    #[derive(Serialize)]
    enum Kind {
        Plain,
        Holding(i8),
        Both(u64, f32),
        Named { of: bool, at: Option<u16> },
    }

    #[test]
    fn every_kind_of_value_is_written_as_serde_json_writes_it() {
        let numbers = BTreeMap::from([(-1, 0.1_f32), (7, f32::NAN), (2_000_000, 1e30)]);
        let kinds = [
            Kind::Plain,
            Kind::Holding(-3),
            Kind::Both(u64::MAX, -0.5),
            Kind::Named {
                of: true,
                at: Some(9),
            },
        ];
        let value = (
            Unit,
            (),
            Newtype("a\"b\\c\u{8}\u{c}\r"),
            Two(1, Some('"')),
            (numbers, kinds),
            (i64::MIN, 1.0_f64, f64::INFINITY, u128::MAX),
            [None, Some("")],
        );
        let expected = serde_json::to_string(&value).unwrap() + "\n";
        assert_eq!(written(&value, false), expected);
    }

    #[test]
    fn a_long_result_is_handed_on_in_pieces_and_a_failure_is_told() {
        struct Full(usize);
        impl Write for Full {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                match self.0.checked_sub(bytes.len()) {
                    Some(left) => self.0 = left,
                    None => return Err(io::ErrorKind::StorageFull.into()),
                }
                Ok(bytes.len())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let value = vec!["We sell no data."; 20_000];
        let length = serde_json::to_string(&value).unwrap().len() + 1;
        assert!(write_json_line(&mut Full(length), &value).is_ok());
        let error = write_json_line(&mut Full(length / 2), &value).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
    }
}
