//! One key press and how it is spelled: `j`, `ctrl-d`, `pageup`, `]c`.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::fmt;

const NAMES: &[(&str, KeyCode)] = &[
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("backtab", KeyCode::BackTab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pageup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("space", KeyCode::Char(' ')),
];

const MODIFIERS: &[(&str, KeyModifiers)] = &[
    ("ctrl-", KeyModifiers::CONTROL),
    ("alt-", KeyModifiers::ALT),
    ("shift-", KeyModifiers::SHIFT),
];

/// A key press, with what terminals report differently made equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

impl Key {
    /// The key for a code and modifiers as reported.
    pub fn new(code: KeyCode, modifiers: KeyModifiers) -> Self {
        let mut modifiers = modifiers & KeyModifiers::all();
        modifiers &= KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT;
        let shift = modifiers.contains(KeyModifiers::SHIFT);
        let code = match code {
            KeyCode::Tab if shift => KeyCode::BackTab,
            KeyCode::Char(c) if modifiers.contains(KeyModifiers::CONTROL) => {
                KeyCode::Char(c.to_ascii_lowercase())
            }
            KeyCode::Char(c) if shift => KeyCode::Char(c.to_ascii_uppercase()),
            other => other,
        };
        if matches!(code, KeyCode::Char(_) | KeyCode::BackTab) {
            modifiers -= KeyModifiers::SHIFT;
        }
        Self { code, modifiers }
    }

    /// The key for one character.
    pub fn char(c: char) -> Self {
        Self::new(KeyCode::Char(c), KeyModifiers::NONE)
    }

    /// The character it types, if it types one.
    pub fn text(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if self.modifiers.is_empty() => Some(c),
            _ => None,
        }
    }

    /// The key with this name; none for characters that are no name.
    fn named(name: &str) -> Option<Self> {
        let mut modifiers = KeyModifiers::NONE;
        let mut rest = name;
        while let Some((prefix, modifier)) = MODIFIERS
            .iter()
            .find(|(prefix, _)| rest.len() > prefix.len() && rest.starts_with(prefix))
        {
            modifiers |= *modifier;
            rest = &rest[prefix.len()..];
        }
        let mut chars = rest.chars();
        let code = match (NAMES.iter().find(|(known, _)| *known == rest), chars.next()) {
            (Some((_, code)), _) => *code,
            (None, Some(c)) if rest.len() == c.len_utf8() => KeyCode::Char(c),
            (None, Some('f')) => KeyCode::F(chars.as_str().parse().ok().filter(|n| *n <= 24)?),
            _ => return None,
        };
        Some(Self::new(code, modifiers))
    }
}

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Self {
        Self::new(event.code, event.modifiers)
    }
}

impl From<Key> for KeyEvent {
    fn from(key: Key) -> Self {
        KeyEvent::new(key.code, key.modifiers)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (prefix, modifier) in MODIFIERS {
            if self.modifiers.contains(*modifier) {
                f.write_str(prefix)?;
            }
        }
        match (NAMES.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, KeyCode::Char(c)) => write!(f, "{c}"),
            (None, KeyCode::F(n)) => write!(f, "f{n}"),
            (None, other) => write!(f, "{other}"),
        }
    }
}

/// Keys pressed one after the other; most hold one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sequence(pub Vec<Key>);

impl Sequence {
    /// Reads `j`, `ctrl-d`, `]c`, `space x`; none when a part is no key.
    pub fn parse(spelled: &str) -> Option<Self> {
        let mut keys = Vec::new();
        for word in spelled.split_whitespace() {
            match Key::named(word) {
                Some(key) => keys.push(key),
                None if word.chars().count() == 2 => keys.extend(word.chars().map(Key::char)),
                None => return None,
            }
        }
        (!keys.is_empty()).then_some(Self(keys))
    }

    /// Whether `self` is the start of `other`, and shorter.
    pub fn starts(&self, other: &Sequence) -> bool {
        self.0.len() < other.0.len() && other.0.starts_with(&self.0)
    }

    /// The spelling for narrow places, with signs for the keys that have one.
    pub fn short(&self, ascii: bool) -> String {
        let spelled = self.to_string();
        if ascii {
            return spelled;
        }
        match spelled.as_str() {
            "enter" => "⏎".to_owned(),
            "up" => "↑".to_owned(),
            "down" => "↓".to_owned(),
            "left" => "←".to_owned(),
            "right" => "→".to_owned(),
            _ => spelled,
        }
    }
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut before: Option<Key> = None;
        for &key in &self.0 {
            let plain = |key: Key| key.text().is_some_and(|c| c != ' ');
            if before.is_some_and(|before| !plain(before) || !plain(key)) {
                f.write_str(" ")?;
            }
            write!(f, "{key}")?;
            before = Some(key);
        }
        Ok(())
    }
}

/// Reads the text of the `--keys` option: characters stand for themselves, `<enter>`, `<ctrl-d>`
/// and so on for keys with a name, `<lt>` for `<`. The error is a sentence.
pub fn parse_keys(text: &str) -> Result<Vec<KeyEvent>, String> {
    let mut events = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c != '<' {
            events.push(Key::char(c).into());
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let (name, after) = rest[1..].split_once('>').ok_or_else(|| {
            format!("\"{rest}\" has no closing \">\"; write <lt> for \"<\" itself")
        })?;
        let key = match name.to_ascii_lowercase().as_str() {
            "lt" => Key::char('<'),
            lower => Key::named(name)
                .or_else(|| Key::named(lower))
                .ok_or_else(|| format!("\"<{name}>\" is no key; write <lt> for \"<\" itself"))?,
        };
        events.push(key.into());
        rest = after;
    }
    Ok(events)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(text: &str) -> String {
        Sequence::parse(text).map_or_else(|| "no key".to_owned(), |keys| keys.to_string())
    }

    #[test]
    fn spelling_survives_reading() {
        for text in [
            "j", "G", "?", "]c", "gg", "up", "pageup", "ctrl-d", "alt-x", "f1", "space", "backtab",
            "ctrl-w l", "<", "-", "ctrl--", "é", "space x", "shift-up",
        ] {
            assert_eq!(spelled(text), text);
        }
        assert_eq!(spelled("shift-tab"), "backtab");
        assert_eq!(spelled("shift-g"), "G");
        assert_eq!(spelled("ctrl-D"), "ctrl-d");
        for text in ["", " ", "pgup", "ctrl-", "f99", "abc"] {
            assert_eq!(spelled(text), "no key", "{text:?}");
        }
    }

    #[test]
    fn terminals_that_report_shift_are_equal_to_those_that_do_not() {
        let with = Key::new(KeyCode::Char('G'), KeyModifiers::SHIFT);
        assert_eq!(with, Key::char('G'));
        assert_eq!(
            Key::new(KeyCode::BackTab, KeyModifiers::SHIFT),
            Key::new(KeyCode::Tab, KeyModifiers::SHIFT)
        );
    }

    #[test]
    fn keys_option() {
        let spell = |text: &str| {
            parse_keys(text).map(|keys| {
                let keys: Vec<String> = keys
                    .into_iter()
                    .map(|key| Key::from(key).to_string())
                    .collect();
                keys.join(",")
            })
        };
        assert_eq!(spell("j<enter>]c"), Ok("j,enter,],c".to_owned()));
        assert_eq!(
            spell("/a b<lt><Ctrl-D>"),
            Ok("/,a,space,b,<,ctrl-d".to_owned())
        );
        assert!(spell("<nokey>").is_err());
        assert!(spell("a<").is_err());
    }
}
