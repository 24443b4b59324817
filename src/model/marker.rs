//! What stands before the items of a list.

use serde::{Deserialize, Serialize};

/// What stands before a list item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Marker {
    /// Nothing: not an item, or a further paragraph of one.
    #[default]
    None,
    /// A bullet.
    Bullet,
    /// A number, as the list counts.
    Number(u64),
    /// A letter or Roman number, at the place where the list counts.
    Letter(u64, Letters),
}

/// How a list that is not counted in figures is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Letters {
    /// a, b, c … z, aa.
    Lower,
    /// A, B, C.
    Upper,
    /// i, ii, iii, iv.
    LowerRoman,
    /// I, II, III, IV.
    UpperRoman,
}

impl Marker {
    /// The label of a counted item, as it is written: `3.`, `c.`, `iv.`
    pub fn label(self) -> Option<String> {
        match self {
            Self::None | Self::Bullet => None,
            Self::Number(number) => Some(format!("{number}.")),
            Self::Letter(number, letters) => Some(format!("{}.", letters.spell(number))),
        }
    }
}

/// Above it Roman numbers are written in figures, as browsers do.
const ROMAN: u64 = 3999;

impl Letters {
    /// A number in these letters; in figures where they have none for it.
    fn spell(self, number: u64) -> String {
        let spelled = match self {
            Self::Lower | Self::Upper => alphabetic(number),
            Self::LowerRoman | Self::UpperRoman if number > ROMAN => number.to_string(),
            Self::LowerRoman | Self::UpperRoman => roman(number),
        };
        match self {
            _ if spelled.is_empty() => number.to_string(),
            Self::Lower | Self::LowerRoman => spelled.to_lowercase(),
            Self::Upper | Self::UpperRoman => spelled,
        }
    }
}

/// A, B … Z, AA, AB; nothing for 0.
fn alphabetic(mut number: u64) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.push(char::from(b'A' + (number % 26) as u8));
        number /= 26;
    }
    letters.into_iter().rev().collect()
}

/// I, II, III, IV; nothing for 0.
fn roman(mut number: u64) -> String {
    const VALUES: [u64; 13] = [1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1];
    const SPELLED: [&str; 13] = [
        "M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I",
    ];
    let mut out = String::new();
    for (value, spelled) in VALUES.into_iter().zip(SPELLED) {
        while number >= value {
            out.push_str(spelled);
            number -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_as_browsers_write_them() {
        let label = |number, letters| Marker::Letter(number, letters).label().unwrap();
        assert_eq!(Marker::Number(3).label().unwrap(), "3.");
        assert_eq!(Marker::Bullet.label(), None);
        let lower = [1, 3, 26, 27, 52, 703].map(|n| label(n, Letters::Lower));
        assert_eq!(lower, ["a.", "c.", "z.", "aa.", "az.", "aaa."]);
        let roman = [1, 4, 9, 14, 1999].map(|n| label(n, Letters::LowerRoman));
        assert_eq!(roman, ["i.", "iv.", "ix.", "xiv.", "mcmxcix."]);
        assert_eq!(label(4, Letters::UpperRoman), "IV.");
        // What has no letter is written in figures.
        assert_eq!(label(0, Letters::Upper), "0.");
        assert_eq!(
            label(u64::MAX, Letters::LowerRoman),
            "18446744073709551615."
        );
    }
}
