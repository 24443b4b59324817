//! One line of a stream → the fields of a document. A line that cannot be read to its end still gives
//! the fields before that place.

use crate::report::DocumentId;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// The fields of a document, as they are written. Keys that are not named here are passed over.
#[derive(Debug, Default)]
pub(super) struct Line<'l> {
    id: Option<&'l RawValue>,
    pub(super) site: Option<&'l RawValue>,
    pub(super) date: Option<&'l RawValue>,
    /// Markdown or plain text.
    pub(super) text: Option<&'l RawValue>,
    /// A page as saved; read only where there is no text.
    pub(super) html: Option<&'l RawValue>,
}

impl<'l> Line<'l> {
    /// What a line gives, and why it is no object, where it is none.
    pub(super) fn read(line: &'l [u8]) -> (Self, Result<(), String>) {
        let (text, broken) = match std::str::from_utf8(line) {
            Ok(text) => (text, None),
            Err(error) => {
                let (valid, _) = line.split_at(error.valid_up_to());
                let at = error.valid_up_to() + 1;
                let why = format!("it is not UTF-8, from byte {at} on");
                (std::str::from_utf8(valid).unwrap_or_default(), Some(why))
            }
        };
        let mut fields = Self::default();
        let read = fields.take(text);
        // A number that ends where the line does may have gone on.
        if read.is_err() && fields.id.is_some_and(|id| text.ends_with(id.get())) {
            fields.id = None;
        }
        (fields, broken.map_or(read, Err))
    }

    fn take(&mut self, text: &'l str) -> Result<(), String> {
        if !text.trim_start().starts_with('{') {
            return Err("it is no JSON object".to_owned());
        }
        let mut json = serde_json::Deserializer::from_str(text);
        let read = json.deserialize_map(self).and_then(|()| json.end());
        read.map_err(|error| {
            let (at, why) = (error.column(), reason(&error));
            format!("it cannot be read as JSON from byte {at} on: {why}")
        })
    }

    /// The name of the document; else why it has none.
    pub(super) fn id(&self) -> Result<DocumentId, String> {
        let id = self.id.ok_or("it has no `id`")?;
        match id.get().as_bytes().first() {
            Some(b'"') => Ok(DocumentId::Text(text("id", id)?)),
            Some(b'-' | b'0'..=b'9') => Ok(DocumentId::Number(id.to_owned())),
            Some(b'n') => Err("it has no `id`".to_owned()),
            _ => Err("its `id` is neither text nor a number".to_owned()),
        }
    }
}

/// The text that a field holds, none for `null`; else why it holds none.
pub(super) fn optional(name: &str, value: Option<&RawValue>) -> Result<Option<String>, String> {
    let value = value.filter(|value| value.get() != "null");
    value.map(|value| text(name, value)).transpose()
}

fn text(name: &str, value: &RawValue) -> Result<String, String> {
    let value = value.get();
    let inner = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let inner = inner.ok_or_else(|| format!("its `{name}` is not text"))?;
    unescaped(inner).map_or_else(
        || {
            serde_json::from_str(value)
                .map_err(|error| format!("its `{name}` cannot be read: {}", reason(&error)))
        },
        Ok,
    )
}

/// What stands between the quotes of a JSON text that was found to be whole; none where an escape
/// is half a character or no character at all. The text of a document is long: serde_json takes twice
/// as many steps, one of them a copy of it.
fn unescaped(inner: &str) -> Option<String> {
    let mut text = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some((before, escape)) = split_at_byte(rest, b'\\') {
        text.push_str(before);
        let mut length = 1;
        text.push(match escape.as_bytes().first()? {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            &same @ (b'"' | b'\\' | b'/') => char::from(same),
            b'u' => {
                length += 4;
                char::from_u32(u32::from_str_radix(escape.get(1..length)?, 16).ok()?)?
            }
            _ => return None,
        });
        rest = &escape[length..];
    }
    text.push_str(rest);
    Some(text)
}

/// What stands before and behind the first such byte, which is ASCII.
fn split_at_byte(text: &str, byte: u8) -> Option<(&str, &str)> {
    let at = memchr::memchr(byte, text.as_bytes())?;
    Some((&text[..at], &text[at + 1..]))
}

/// What is wrong, without the place, which counts within what was read.
fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let reason = message.rsplit_once(" at line ");
    reason.map_or(message.as_str(), |(why, _)| why).to_owned()
}

impl<'l> Visitor<'l> for &mut Line<'l> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON object")
    }

    fn visit_map<M: MapAccess<'l>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let slot = match key.as_str() {
                "id" => &mut self.id,
                "site" => &mut self.site,
                "date" => &mut self.date,
                "text" => &mut self.text,
                "html" => &mut self.html,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            if slot.is_some() {
                return Err(M::Error::custom(format!("`{key}` stands twice")));
            }
            *slot = Some(map.next_value()?);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn texts_come_back_as_a_library_reads_them(
            text in "([a-z “’]|[\\x00-\\x1f\"/]|\\\\|😀|é){0,30}", ascii in proptest::bool::ANY
        ) {
            let mut json = serde_json::to_string(&text).unwrap();
            if ascii {
                let mut units = [0; 2];
                json = json
                    .chars()
                    .flat_map(|c| match c {
                        c if c.is_ascii() => vec![c.to_string()],
                        c => c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect(),
                    })
                    .collect();
            }
            let value: Box<RawValue> = serde_json::from_str(&json).unwrap();
            proptest::prop_assert_eq!(super::text("text", &value), Ok(text));
        }
    }

    #[test]
    fn half_a_character_is_refused() {
        let value: Box<RawValue> = serde_json::from_str(r#""a\ud83d b""#).unwrap();
        let why = text("text", &value).unwrap_err();
        assert!(why.starts_with("its `text` cannot be read: "), "{why}");
    }
}
