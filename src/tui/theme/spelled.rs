//! How theme files spell a style: `bold underline #56b4e9/bright-cyan on black`.

use ratatui::style::{Color, Modifier, Style};
use toml::de::DeTable;

/// The key by which a theme says which of the program's themes it changes.
pub(super) const BASE: &str = "base";

/// How many colours the terminal has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    /// The sixteen of the terminal's own palette.
    #[default]
    Sixteen,
    /// All of them.
    Full,
}

impl Colours {
    /// What the value of `COLORTERM` says.
    pub fn from_colorterm(value: Option<&str>) -> Self {
        match value {
            Some("truecolor" | "24bit") => Colours::Full,
            _ => Colours::Sixteen,
        }
    }
}

const NAMES: [(&str, Color); 16] = [
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];

const MODIFIERS: [(&str, Modifier); 6] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
    ("strike", Modifier::CROSSED_OUT),
];

/// Reads a style. The error is a sentence.
pub(super) fn style(spelled: &str, colours: Colours) -> Result<Style, String> {
    let mut style = Style::new();
    let mut words = spelled.split_whitespace();
    while let Some(word) = words.next() {
        if let Some((_, modifier)) = MODIFIERS.iter().find(|(name, _)| *name == word) {
            style = style.add_modifier(*modifier);
        } else if word == "on" {
            let word = words.next().ok_or("a colour must follow \"on\"")?;
            style = style.bg(colour(word, colours)?);
        } else {
            style = style.fg(colour(word, colours)?);
        }
    }
    Ok(style)
}

/// The theme that a theme file says it changes.
pub(super) fn base(text: &str) -> Option<String> {
    let (root, _) = DeTable::parse_recoverable(text);
    let (_, value) = root
        .get_ref()
        .iter()
        .find(|(name, _)| name.get_ref() == BASE)?;
    value.get_ref().as_str().map(str::to_owned)
}

/// Reads `red`, `208`, `#56b4e9`, or two of them with `/` between: the second is for terminals
/// with sixteen colours.
fn colour(spelled: &str, colours: Colours) -> Result<Color, String> {
    let (full, sixteen) = spelled.split_once('/').unwrap_or((spelled, spelled));
    let (full, sixteen) = (one_colour(full)?, one_colour(sixteen)?);
    Ok(match colours {
        Colours::Full => full,
        Colours::Sixteen => sixteen,
    })
}

fn one_colour(word: &str) -> Result<Color, String> {
    let hex = |digits: &str| {
        let value = u32::from_str_radix(digits, 16).ok()?;
        (digits.len() == 6).then(|| Color::from_u32(value))
    };
    let named = NAMES.iter().find(|(name, _)| *name == word);
    let read = match (named, word.strip_prefix('#')) {
        (Some((_, colour)), _) => Some(*colour),
        (None, Some(digits)) => hex(digits),
        (None, None) => word.parse::<u8>().ok().map(Color::Indexed),
    };
    read.ok_or_else(|| {
        format!("\"{word}\" is no colour; colours are red, bright-red …, 0 to 255, or #rrggbb")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling() {
        let full = style("bold underline #56b4e9/bright-cyan on black", Colours::Full);
        let expected = Style::new()
            .fg(Color::Rgb(0x56, 0xb4, 0xe9))
            .bg(Color::Black)
            .add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
        assert_eq!(full, Ok(expected));
        let sixteen = style("#56b4e9/bright-cyan", Colours::Sixteen);
        assert_eq!(sixteen, Ok(Style::new().fg(Color::LightCyan)));
        assert_eq!(style("", Colours::Full), Ok(Style::new()));
        for wrong in ["loud", "#12", "#gggggg", "on", "300", "red/loud"] {
            assert!(style(wrong, Colours::Full).is_err(), "{wrong}");
        }
    }
}
