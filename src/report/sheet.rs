//! CSV that is safe to open in a spreadsheet.

use crate::model::{on_one_line, printable};
use std::borrow::Cow;
use std::io::Write;

/// A writer by RFC 4180.
pub(super) fn writer<W: Write>(out: W) -> csv::Writer<W> {
    csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(out)
}

/// What makes a spreadsheet read a cell as a formula when it begins with it, also in the wide forms that
/// East Asian settings take for the same. (OWASP, "CSV Injection".)
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A text on one line that a spreadsheet takes for text, not for a formula: with a `'` before it
/// where it begins like one, also behind spaces, which some programs cut off. Breaks between lines
/// become spaces, those between cells ` | `, what could steer a terminal a stand-in.
pub(super) fn cell(text: &str) -> Cow<'_, str> {
    let begins = text.trim_start().starts_with(FORMULA) || text.starts_with(FORMULA);
    let breaks = ['\n', '\t', '\r'];
    let text = if text.contains(breaks) {
        Cow::Owned(printable(&on_one_line(text).replace('\r', " ")).into_owned())
    } else {
        printable(text)
    };
    if begins {
        Cow::Owned(format!("'{text}"))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_is_never_a_formula() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            " =1",
            "＝1+1",
            "\u{a0}@SUM(A1)",
        ] {
            assert_eq!(cell(text), format!("'{text}"));
        }
        assert_eq!(cell("mp3rocket.me"), "mp3rocket.me");
        assert_eq!(cell("\t=1"), "' | =1");
        assert_eq!(cell("one\nline\u{1b}[2J"), "one line\u{fffd}[2J");
    }
}
