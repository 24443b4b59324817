//! Values → JSON, written as they come, with every character escaped that could steer a terminal.

use crate::model::dangerous_at;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use std::io::{self, BufWriter, Write};

/// Bytes collected before they are handed on.
const BUFFER: usize = 1 << 16;

/// A line break and the indentation of the deepest level that has lines of its own.
const BREAK: &str = "\n    ";

/// Levels that have lines of their own. What lies deeper, such as a row of a comparison, stands on
/// one line, which makes a long result a third shorter and fit for line tools.
const LEVELS: usize = 2;

/// Writes a value as JSON in lines and ends the last.
pub(super) fn write_json(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    write(out, value, Layout::in_lines())
}

/// Writes a value as JSON on one line and ends it.
pub(super) fn write_json_line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    write(out, value, Layout::default())
}

fn write(out: &mut dyn Write, value: &impl Serialize, layout: Layout) -> io::Result<()> {
    let mut buffer = BufWriter::with_capacity(BUFFER, out);
    value.serialize(&mut Serializer::with_formatter(&mut buffer, layout))?;
    buffer.write_all(b"\n")?;
    buffer.flush()
}

/// How the JSON is set.
#[derive(Debug, Default)]
struct Layout {
    in_lines: bool,
    depth: usize,
    /// Whether the innermost list or object holds anything yet.
    filled: bool,
}

impl Layout {
    fn in_lines() -> Self {
        Self {
            in_lines: true,
            ..Self::default()
        }
    }

    fn line_break<W: ?Sized + Write>(&self, out: &mut W) -> io::Result<()> {
        if !self.in_lines || self.depth > LEVELS {
            return Ok(());
        }
        let spaces = (2 * self.depth).min(BREAK.len() - 1);
        out.write_all(&BREAK.as_bytes()[..=spaces])
    }

    fn open<W: ?Sized + Write>(&mut self, out: &mut W, bracket: u8) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        out.write_all(&[bracket])
    }

    fn close<W: ?Sized + Write>(&mut self, out: &mut W, bracket: u8) -> io::Result<()> {
        let lines = self.depth <= LEVELS;
        self.depth = self.depth.saturating_sub(1);
        if self.filled && lines {
            self.line_break(out)?;
        }
        self.filled = true;
        out.write_all(&[bracket])
    }

    fn next<W: ?Sized + Write>(&self, out: &mut W, first: bool) -> io::Result<()> {
        match (first, self.in_lines && self.depth > LEVELS) {
            (true, _) => {}
            (false, false) => out.write_all(b",")?,
            (false, true) => out.write_all(b", ")?,
        }
        self.line_break(out)
    }
}

impl Formatter for Layout {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b'[')
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b']')
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.next(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b'{')
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b'}')
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.next(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(if self.in_lines { b": " } else { b":" })
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = dangerous_at(rest) {
            let (before, after) = rest.split_at(at);
            out.write_all(before.as_bytes())?;
            let mut chars = after.chars();
            for unit in chars.next().unwrap_or_default().encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = chars.as_str();
        }
        out.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::is_dangerous;
    use serde_json::json;

    fn written(value: &serde_json::Value, in_lines: bool) -> String {
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
}
