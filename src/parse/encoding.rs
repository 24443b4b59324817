//! Bytes → text: encodings, byte order marks, line ends. Offsets are kept wherever the file is UTF-8.

use crate::model::IssueKind;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Share of NUL and other control bytes above which a file counts as binary, in percent.
const BINARY_PERCENT: usize = 5;

/// How many bytes of a file are looked at to tell text from binary and to guess an encoding.
const PROBE: usize = 64 * 1024;

/// How far into a page its encoding is looked for: savers put their notes before it; bytes.
const DECLARED_WITHIN: usize = 16 * 1024;

/// Decoded text and what had to be done to get it.
pub(super) struct Decoded {
    /// The text. A byte order mark of a UTF-8 file is kept, so that offsets stay those of the file.
    pub(super) text: String,
    /// The encoding's name in the Encoding Standard.
    pub(super) encoding: &'static str,
    /// Whether invalid bytes were replaced by U+FFFD.
    pub(super) damaged: bool,
}

/// Why bytes are not text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NotText {
    pub(super) kind: IssueKind,
    pub(super) message: &'static str,
}

/// Decodes a file.
///
/// # Errors
/// When the file is empty or binary.
pub(super) fn decode(bytes: Vec<u8>) -> Result<Decoded, NotText> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(NotText {
            kind: IssueKind::Empty,
            message: "the file is empty",
        });
    }
    if let Some(decoded) = utf32(&bytes) {
        return text_in(decoded);
    }
    let encoding = match Encoding::for_bom(&bytes) {
        Some((encoding, _)) => encoding,
        None => match utf16_without_mark(&bytes) {
            Some(encoding) => encoding,
            None if looks_binary(&bytes) => {
                return Err(NotText {
                    kind: IssueKind::NotText,
                    message: "the file is binary, not text",
                });
            }
            None => UTF_8,
        },
    };
    let decoded = if encoding == UTF_8 {
        decode_utf8(bytes)
    } else {
        decode_as(&bytes, encoding)
    };
    text_in(decoded)
}

/// What was decoded, with one kind of line ends.
fn text_in(decoded: Decoded) -> Result<Decoded, NotText> {
    if decoded
        .text
        .chars()
        .all(|c| c.is_whitespace() || c == '\u{feff}')
    {
        return Err(NotText {
            kind: IssueKind::Empty,
            message: "the file holds no text",
        });
    }
    Ok(Decoded {
        text: unify_line_ends(decoded.text),
        ..decoded
    })
}

/// The name of the usual encoding.
pub(super) fn utf_8() -> &'static str {
    UTF_8.name()
}

/// The text of a file of which decoding changes nothing; none where that takes a closer look.
pub(super) fn as_it_stands(bytes: &[u8]) -> Option<&str> {
    let odd = memchr::memchr(0, bytes).is_some()
        || has_lone_returns(bytes)
        || Encoding::for_bom(bytes).is_some()
        || looks_binary(bytes);
    let text = std::str::from_utf8(bytes).ok().filter(|_| !odd)?;
    (!text.trim_start().is_empty()).then_some(text)
}

fn decode_utf8(bytes: Vec<u8>) -> Decoded {
    match String::from_utf8(bytes) {
        Ok(text) => Decoded {
            text,
            encoding: UTF_8.name(),
            damaged: false,
        },
        Err(error) => {
            let bytes = error.into_bytes();
            if mostly_utf8(&bytes) {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                return Decoded {
                    text,
                    encoding: UTF_8.name(),
                    damaged: true,
                };
            }
            if let Some(encoding) = declared(&bytes) {
                return decode_as(&bytes, encoding);
            }
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(bytes.get(..PROBE).unwrap_or(&bytes), true);
            let guess = detector.guess(None, Utf8Detection::Deny);
            decode_as(&bytes, guess)
        }
    }
}

/// Whether a file is UTF-8 with some damage, rather than in an older encoding: it has well-formed
/// sequences of several bytes, and no fewer of them than broken ones.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 0 && good >= bad
}

/// The encoding that a page declares: `<meta charset="…">`, `<meta http-equiv="Content-Type"
/// content="text/html; charset=…">` or `<?xml encoding="…"?>`. It is asked only about bytes that are
/// not UTF-8: browsers save pages as UTF-8 and leave the old declaration in them.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..DECLARED_WITHIN).unwrap_or(bytes));
    let head = head.to_ascii_lowercase();
    let xml = head.trim_start().strip_prefix("<?xml");
    let metas = head.split("<meta").skip(1);
    let label = metas
        .filter_map(|meta| meta.split('>').next()?.split_once("charset"))
        .chain(xml.and_then(|rest| rest.split('>').next()?.split_once("encoding")))
        .find_map(|(_, after)| after.trim_start().strip_prefix('='))?;
    let label = label.trim_start().trim_start_matches(['"', '\'']);
    let end = label.find(['"', '\'', ';', '/', '>', ' ', '?']);
    let encoding = Encoding::for_label(&label.as_bytes()[..end.unwrap_or(label.len())])?;
    let wide = encoding == UTF_8 || encoding == UTF_16LE || encoding == UTF_16BE;
    (!wide).then_some(encoding)
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, used, damaged) = encoding.decode(bytes);
    Decoded {
        text: text.into_owned(),
        encoding: used.name(),
        damaged,
    }
}

/// UTF-32 with its mark, which begins like that of UTF-16 in little-endian order; a text of UTF-16 that
/// begins with NUL is none.
fn utf32(bytes: &[u8]) -> Option<Decoded> {
    type Unit = fn([u8; 4]) -> u32;
    let (rest, unit, encoding): (&[u8], Unit, _) = match bytes {
        [0xff, 0xfe, 0, 0, rest @ ..] => (rest, u32::from_le_bytes, "UTF-32LE"),
        [0, 0, 0xfe, 0xff, rest @ ..] => (rest, u32::from_be_bytes, "UTF-32BE"),
        _ => return None,
    };
    let (units, left) = rest.as_chunks::<4>();
    let mut damaged = !left.is_empty();
    let character = |four: &[u8; 4]| {
        let known = char::from_u32(unit(*four));
        damaged |= known.is_none();
        known.unwrap_or(char::REPLACEMENT_CHARACTER)
    };
    let text: String = units.iter().map(character).collect();
    Some(Decoded {
        text,
        encoding,
        damaged,
    })
}

/// UTF-16 that lacks its mark shows as NUL in every other byte of Latin text.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let probe = &bytes[..bytes.len().min(PROBE) & !1];
    if probe.len() < 4 || memchr::memchr(0, probe).is_none() {
        return None;
    }
    let pairs = probe.len() / 2;
    let nul_at = |offset: usize| {
        probe
            .chunks_exact(2)
            .filter(|pair| pair[offset] == 0)
            .count()
    };
    let (even, odd) = (nul_at(0), nul_at(1));
    if odd * 10 > pairs * 7 && even * 20 < pairs {
        Some(UTF_16LE)
    } else if even * 10 > pairs * 7 && odd * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn looks_binary(bytes: &[u8]) -> bool {
    /// Short enough for its count to fit a byte, so that many bytes are looked at together.
    const STRETCH: usize = 128;
    let probe = &bytes[..bytes.len().min(PROBE)];
    let is_control = |byte: u8| {
        (byte < 0x20)
            & (byte != b'\n')
            & (byte != b'\r')
            & (byte != b'\t')
            & (byte != 0x0c)
            & (byte != 0x1b)
    };
    let count = |stretch: &[u8]| {
        let controls = stretch
            .iter()
            .fold(0, |n, &byte| n + u8::from(is_control(byte)));
        usize::from(controls)
    };
    let controls: usize = probe.chunks(STRETCH).map(count).sum();
    let nuls = memchr::memchr_iter(0, probe).count();
    nuls > 4 || nuls * 100 > probe.len() || controls * 100 > probe.len() * BINARY_PERCENT
}

/// Turns lone CR into LF, byte for byte, so that offsets stay; CRLF is left as it is.
fn unify_line_ends(text: String) -> String {
    if !has_lone_returns(text.as_bytes()) {
        return text;
    }
    let mut chars = text.chars().peekable();
    let mut unified = String::with_capacity(text.len());
    while let Some(c) = chars.next() {
        let lone_cr = c == '\r' && chars.peek() != Some(&'\n');
        unified.push(if lone_cr { '\n' } else { c });
    }
    unified
}

fn has_lone_returns(bytes: &[u8]) -> bool {
    let lone = |at: usize| bytes.get(at + 1) != Some(&b'\n');
    memchr::memchr_iter(b'\r', bytes).any(lone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, &'static str, bool) {
        let decoded = decode(bytes.to_vec()).unwrap_or_else(|e| panic!("{e:?}"));
        (decoded.text, decoded.encoding, decoded.damaged)
    }

    #[test]
    fn every_encoding_gives_the_same_words() {
        let words = "We don’t sell café data.";
        let utf16 = |f: fn(u16) -> [u8; 2]| words.encode_utf16().flat_map(f).collect::<Vec<u8>>();
        let le = utf16(u16::to_le_bytes);
        let be = utf16(u16::to_be_bytes);
        assert_eq!(text(words.as_bytes()), (words.into(), "UTF-8", false));
        assert_eq!(
            text(&[&[0xff, 0xfe], &le[..]].concat()),
            (words.into(), "UTF-16LE", false)
        );
        assert_eq!(
            text(&[&[0xfe, 0xff], &be[..]].concat()),
            (words.into(), "UTF-16BE", false)
        );
        assert_eq!(text(&le).0, words);
        assert_eq!(text(&be).0, words);
        let wide = |f: fn(u32) -> [u8; 4]| -> Vec<u8> {
            words.chars().flat_map(|c| f(u32::from(c))).collect()
        };
        let (le, be) = (wide(u32::to_le_bytes), wide(u32::to_be_bytes));
        assert_eq!(
            text(&[&[0xff, 0xfe, 0, 0], &le[..]].concat()),
            (words.into(), "UTF-32LE", false)
        );
        assert_eq!(
            text(&[&[0, 0, 0xfe, 0xff], &be[..]].concat()),
            (words.into(), "UTF-32BE", false)
        );
        let broken = [&[0xff, 0xfe, 0, 0], &le[..], &[0, 0, 0xff, 0xff, 1]].concat();
        assert_eq!(
            text(&broken),
            (format!("{words}\u{fffd}"), "UTF-32LE", true)
        );
        let cp1252 = b"We don\x92t sell caf\xe9 data.";
        assert_eq!(text(cp1252), (words.into(), "windows-1252", false));
    }

    #[test]
    fn the_mark_of_utf8_is_kept_for_the_offsets() {
        assert_eq!(text(b"\xef\xbb\xbfHello").0, "\u{feff}Hello");
    }

    #[test]
    fn lone_carriage_returns_become_line_feeds_in_place() {
        assert_eq!(text(b"a\rb\r\nc\nd").0, "a\nb\r\nc\nd");
    }

    #[test]
    fn a_broken_byte_in_utf8_is_replaced_and_told() {
        let (shown, encoding, damaged) =
            text("We don’t “sell” caf\u{e9} data \u{2014} ever.".as_bytes());
        assert_eq!(
            (shown.contains('’'), encoding, damaged),
            (true, "UTF-8", false)
        );
        let mut bytes = "We don’t “sell” data — ever.".as_bytes().to_vec();
        bytes.push(0xff);
        let (shown, encoding, damaged) = text(&bytes);
        assert!(shown.ends_with("ever.\u{fffd}"));
        assert_eq!((encoding, damaged), ("UTF-8", true));
    }

    #[test]
    fn binary_and_empty_files_are_refused() {
        let kind = |bytes: &[u8]| decode(bytes.to_vec()).err().map(|e| e.kind);
        assert_eq!(kind(b""), Some(IssueKind::Empty));
        assert_eq!(kind(b" \n\t\r\n"), Some(IssueKind::Empty));
        assert_eq!(kind(b"\xef\xbb\xbf \n"), Some(IssueKind::Empty));
        assert_eq!(
            kind(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e"),
            Some(IssueKind::NotText)
        );
        assert_eq!(kind(b"Hello \x1b[31mred"), None);
    }
}
