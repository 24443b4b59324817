//! Sizes as people write them: of files, and of the screen.

use serde::Deserialize;
use std::str::FromStr;

/// The size of a screen, as `120x40`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScreenSize {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl FromStr for ScreenSize {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |text: &str| {
            text.trim()
                .parse::<u16>()
                .ok()
                .filter(|n| (1..=1000).contains(n))
        };
        let (width, height) = text.split_once(['x', 'X', '×']).unwrap_or((text, ""));
        match (number(width), number(height)) {
            (Some(width), Some(height)) => Ok(Self { width, height }),
            _ => Err(format!("“{text}” is not a size such as 120x40")),
        }
    }
}

/// A number of bytes, as people write it: `16M`, `500k`, `1048576`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Size(pub u64);

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let lower = text.trim().to_ascii_lowercase();
        let bare = lower
            .trim_end_matches("ib")
            .trim_end_matches('b')
            .trim_end();
        let (digits, shift) = match bare.char_indices().next_back() {
            Some((at, 'k')) => (&bare[..at], 10),
            Some((at, 'm')) => (&bare[..at], 20),
            Some((at, 'g')) => (&bare[..at], 30),
            _ => (bare, 0),
        };
        let bytes = digits
            .trim()
            .parse::<u64>()
            .ok()
            .and_then(|number| number.checked_mul(1 << shift))
            .ok_or_else(|| format!("“{text}” is not a size such as 16M or 1048576"))?;
        if bytes == 0 || bytes > crate::source::MAX_MAX_SIZE {
            return Err(format!("“{text}” is not between 1 byte and 1G"));
        }
        Ok(Self(bytes))
    }
}

impl TryFrom<String> for Size {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_as_people_write_them() {
        let size = |text: &str| text.parse::<Size>().map(|size| size.0).ok();
        assert_eq!(size("16M"), Some(16 << 20));
        assert_eq!(size("500 kB"), Some(500 << 10));
        assert_eq!(size("1GiB"), Some(1 << 30));
        assert_eq!(size("12"), Some(12));
        for wrong in ["", "M", "-1", "2G", "0", "16X", "99999999999999999999"] {
            assert_eq!(size(wrong), None, "{wrong}");
        }
    }
}
