//! The parts of JSON, written in lines or on one. `values.rs` says which value takes which.

use super::escape::push_text;
use serde::Serialize;
use std::io::{self, Write};

/// What goes wrong on the way is a value that JSON cannot hold; where it goes is asked at the end.
pub(super) type Error = serde_json::Error;

/// The name of a newtype whose text is JSON already.
pub(super) const VERBATIM: &str = "JSON as it was written";

/// Bytes collected before they are handed on.
const BUFFER: usize = 1 << 16;

/// A line break and the indentation of the deepest level that has lines of its own.
const BREAK: &[u8] = b"\n    ";

/// Levels that have lines of their own. What lies deeper, such as a row of a comparison, stands on
/// one line, which makes a long result a third shorter and fit for line tools.
const LEVELS: usize = 2;

/// Writes values as JSON.
pub(super) struct Serializer<'w> {
    out: &'w mut dyn Write,
    buffer: Vec<u8>,
    in_lines: bool,
    depth: usize,
    /// Whether the next text is JSON already.
    verbatim: bool,
    /// Why nothing more reaches `out`.
    failed: Option<io::Error>,
}

impl<'w> Serializer<'w> {
    /// Puts the outer levels in lines of their own.
    pub(super) fn in_lines(out: &'w mut dyn Write) -> Self {
        Self {
            in_lines: true,
            // It is handed on when it is full, a little later than that.
            buffer: Vec::with_capacity(BUFFER + BUFFER / 4),
            ..Self::on_one_line(out)
        }
    }

    /// Puts everything on one line, without spaces.
    pub(super) fn on_one_line(out: &'w mut dyn Write) -> Self {
        Self {
            out,
            buffer: Vec::new(),
            in_lines: false,
            depth: 0,
            verbatim: false,
            failed: None,
        }
    }

    /// Writes one value and ends the line.
    pub(super) fn write(mut self, value: &impl Serialize) -> io::Result<()> {
        value.serialize(&mut self)?;
        self.buffer.push(b'\n');
        self.hand_on();
        self.failed.map_or(Ok(()), Err)
    }

    fn hand_on(&mut self) {
        if self.failed.is_none() {
            self.failed = self.out.write_all(&self.buffer).err();
        }
        self.buffer.clear();
    }

    /// A text in quotes, or as it is where it was announced as JSON.
    pub(super) fn text(&mut self, text: &str) {
        if std::mem::take(&mut self.verbatim) {
            self.plain(text);
        } else {
            push_text(&mut self.buffer, text);
        }
    }

    /// Announces the content of a newtype.
    pub(super) fn newtype(&mut self, name: &'static str) {
        self.verbatim = name == VERBATIM;
    }

    /// The name of a field or variant, which holds nothing to escape.
    pub(super) fn name(&mut self, name: &'static str) {
        self.buffer.push(b'"');
        self.plain(name);
        self.buffer.push(b'"');
    }

    pub(super) fn plain(&mut self, text: &str) {
        self.buffer.extend_from_slice(text.as_bytes());
    }

    pub(super) fn integer(&mut self, number: impl itoa::Integer) {
        self.plain(itoa::Buffer::new().format(number));
    }

    pub(super) fn float(&mut self, number: impl Serialize) -> Result<(), Error> {
        serde_json::to_writer(&mut self.buffer, &number)
    }

    fn has_lines(&self) -> bool {
        self.in_lines && self.depth <= LEVELS
    }

    fn line_break(&mut self) {
        let spaces = (2 * self.depth).min(BREAK.len() - 1);
        self.buffer.extend_from_slice(&BREAK[..=spaces]);
    }

    fn open(&mut self, bracket: u8) {
        self.depth += 1;
        self.buffer.push(bracket);
    }

    pub(super) fn close(&mut self, bracket: u8, filled: bool) {
        let lines = self.has_lines();
        self.depth = self.depth.saturating_sub(1);
        if filled && lines {
            self.line_break();
        }
        self.buffer.push(bracket);
    }

    /// Before an item of a list, or a key.
    fn next(&mut self, first: bool) {
        if self.buffer.len() >= BUFFER {
            self.hand_on();
        }
        let lines = self.has_lines();
        if !first {
            self.buffer.push(b',');
            if self.in_lines && !lines {
                self.buffer.push(b' ');
            }
        }
        if lines {
            self.line_break();
        }
    }

    fn colon(&mut self) {
        self.plain(if self.in_lines { ": " } else { ":" });
    }

    /// An object with one key, whose value is still to come.
    pub(super) fn open_variant(&mut self, variant: &'static str) {
        self.open(b'{');
        self.next(true);
        self.name(variant);
        self.colon();
    }

    pub(super) fn open_inside(&mut self, bracket: u8, closes: Closes) -> Inside<'_, 'w> {
        self.open(bracket);
        Inside {
            serializer: self,
            filled: false,
            closes,
        }
    }
}

/// What ends a list or object.
#[derive(Clone, Copy)]
pub(super) enum Closes {
    List,
    Object,
    /// The object, too, that names a variant.
    VariantList,
    VariantObject,
}

/// A list or object that is being written.
pub(super) struct Inside<'s, 'w> {
    serializer: &'s mut Serializer<'w>,
    filled: bool,
    closes: Closes,
}

impl Inside<'_, '_> {
    pub(super) fn item<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
        self.serializer.next(!self.filled);
        self.filled = true;
        value.serialize(&mut *self.serializer)
    }

    pub(super) fn field<T: ?Sized + Serialize>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.serializer.next(!self.filled);
        self.filled = true;
        self.serializer.name(name);
        self.serializer.colon();
        value.serialize(&mut *self.serializer)
    }

    pub(super) fn value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(&mut *self.serializer)
    }

    /// A key, in quotes whatever it is.
    pub(super) fn key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), Error> {
        self.serializer.next(!self.filled);
        self.filled = true;
        let start = self.serializer.buffer.len();
        key.serialize(&mut *self.serializer)?;
        if self.serializer.buffer.get(start) != Some(&b'"') {
            self.serializer.buffer.insert(start, b'"');
            self.serializer.buffer.push(b'"');
        }
        self.serializer.colon();
        Ok(())
    }

    pub(super) fn finish(self) -> Result<(), Error> {
        let (bracket, variant) = match self.closes {
            Closes::List => (b']', false),
            Closes::Object => (b'}', false),
            Closes::VariantList => (b']', true),
            Closes::VariantObject => (b'}', true),
        };
        self.serializer.close(bracket, self.filled);
        if variant {
            self.serializer.close(b'}', true);
        }
        Ok(())
    }
}
