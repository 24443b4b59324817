//! A serde serializer that writes JSON, in lines or on one.

use super::escape::push_text;
use serde::Serialize;
use serde::ser;
use std::fmt::Display;
use std::io::{self, Write};

/// What goes wrong on the way is a value that JSON cannot hold; where it goes is asked at the end.
type Error = serde_json::Error;

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

    fn text(&mut self, text: &str) {
        push_text(&mut self.buffer, text);
    }

    /// The name of a field or variant, which holds nothing to escape.
    fn name(&mut self, name: &'static str) {
        self.buffer.push(b'"');
        self.plain(name);
        self.buffer.push(b'"');
    }

    fn plain(&mut self, text: &str) {
        self.buffer.extend_from_slice(text.as_bytes());
    }

    fn integer(&mut self, number: impl itoa::Integer) {
        self.plain(itoa::Buffer::new().format(number));
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

    fn close(&mut self, bracket: u8, filled: bool) {
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
    fn open_variant(&mut self, variant: &'static str) {
        self.open(b'{');
        self.next(true);
        self.name(variant);
        self.colon();
    }

    fn open_inside(&mut self, bracket: u8, closes: Closes) -> Inside<'_, 'w> {
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
enum Closes {
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
    fn item<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
        self.serializer.next(!self.filled);
        self.filled = true;
        value.serialize(&mut *self.serializer)
    }

    fn field<T: ?Sized + Serialize>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        self.serializer.next(!self.filled);
        self.filled = true;
        self.serializer.name(name);
        self.serializer.colon();
        value.serialize(&mut *self.serializer)
    }

    /// A key, in quotes whatever it is.
    fn key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), Error> {
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

    fn finish(self) -> Result<(), Error> {
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

impl<'s, 'w> ser::Serializer for &'s mut Serializer<'w> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Inside<'s, 'w>;
    type SerializeTuple = Inside<'s, 'w>;
    type SerializeTupleStruct = Inside<'s, 'w>;
    type SerializeTupleVariant = Inside<'s, 'w>;
    type SerializeMap = Inside<'s, 'w>;
    type SerializeStruct = Inside<'s, 'w>;
    type SerializeStructVariant = Inside<'s, 'w>;

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.plain(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Result<(), Error> {
        self.integer(value);
        Ok(())
    }

    fn serialize_i16(self, value: i16) -> Result<(), Error> {
        self.integer(value);
        Ok(())
    }

    fn serialize_i32(self, value: i32) -> Result<(), Error> {
        self.integer(value);
        Ok(())
    }

    fn serialize_i64(self, value: i64) -> Result<(), Error> {
        self.integer(value);
        Ok(())
    }

    fn serialize_i128(self, value: i128) -> Result<(), Error> {
        self.integer(value);
        Ok(())
    }

    fn serialize_u8(self, value: u8) -> Result<(), Error> {
        self.integer(value);
        Ok(())
    }

    fn serialize_u16(self, value: u16) -> Result<(), Error> {
        self.integer(value);
        Ok(())
    }

    fn serialize_u32(self, value: u32) -> Result<(), Error> {
        self.integer(value);
        Ok(())
    }

    fn serialize_u64(self, value: u64) -> Result<(), Error> {
        self.integer(value);
        Ok(())
    }

    fn serialize_u128(self, value: u128) -> Result<(), Error> {
        self.integer(value);
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        serde_json::to_writer(&mut self.buffer, &value)
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        serde_json::to_writer(&mut self.buffer, &value)
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        if std::mem::take(&mut self.verbatim) {
            self.plain(value);
        } else {
            self.text(value);
        }
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.plain("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Error> {
        self.name(variant);
        Ok(())
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.verbatim = name == VERBATIM;
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.open_variant(variant);
        value.serialize(&mut *self)?;
        self.close(b'}', true);
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Inside<'s, 'w>, Error> {
        Ok(self.open_inside(b'[', Closes::List))
    }

    fn serialize_tuple(self, _: usize) -> Result<Inside<'s, 'w>, Error> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Inside<'s, 'w>, Error> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Inside<'s, 'w>, Error> {
        self.open_variant(variant);
        Ok(self.open_inside(b'[', Closes::VariantList))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Inside<'s, 'w>, Error> {
        Ok(self.open_inside(b'{', Closes::Object))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Inside<'s, 'w>, Error> {
        self.serialize_map(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Inside<'s, 'w>, Error> {
        self.open_variant(variant);
        Ok(self.open_inside(b'{', Closes::VariantObject))
    }

    fn collect_str<T: ?Sized + Display>(self, value: &T) -> Result<(), Error> {
        self.serialize_str(&value.to_string())
    }
}

impl ser::SerializeSeq for Inside<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
        self.item(value)
    }

    fn end(self) -> Result<(), Error> {
        self.finish()
    }
}

impl ser::SerializeTuple for Inside<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
        self.item(value)
    }

    fn end(self) -> Result<(), Error> {
        self.finish()
    }
}

impl ser::SerializeTupleStruct for Inside<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
        self.item(value)
    }

    fn end(self) -> Result<(), Error> {
        self.finish()
    }
}

impl ser::SerializeTupleVariant for Inside<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
        self.item(value)
    }

    fn end(self) -> Result<(), Error> {
        self.finish()
    }
}

impl ser::SerializeStruct for Inside<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: ?Sized + Serialize>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.field(key, value)
    }

    fn end(self) -> Result<(), Error> {
        self.finish()
    }
}

impl ser::SerializeStructVariant for Inside<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: ?Sized + Serialize>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.field(key, value)
    }

    fn end(self) -> Result<(), Error> {
        self.finish()
    }
}

impl ser::SerializeMap for Inside<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), Error> {
        self.key(key)
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(&mut *self.serializer)
    }

    fn end(self) -> Result<(), Error> {
        self.finish()
    }
}
