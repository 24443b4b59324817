//! The user's settings: `config.toml` in the configuration folder.

use super::sizes::Size;
use crate::model::{Issue, IssueKind};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue, Deserializer};

/// The largest settings file that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// The name of the settings file.
const FILE: &str = "config.toml";

/// For each key of [`Settings`] what may stand behind it.
const EXAMPLES: [(&str, &str); 6] = [
    ("library", "[\"~/policies\"]"),
    ("theme", "\"dark\""),
    ("ascii", "true"),
    ("no_mouse", "true"),
    ("max_size", "\"16M\""),
    ("side_by_side", "76"),
];

/// After so many broken lines the file is taken for something else, and nothing of it holds.
const MANY: usize = 20;

/// From this likeness on (0 to 1), one name is taken for a misspelled other.
const ALIKE: f64 = 0.5;

/// What `config.toml` may hold; every key may be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Files and folders to open when none are named. `~/` is your home folder.
    pub library: Vec<PathBuf>,
    /// Colours: dark, light, mono, or a file of yours in `themes/`.
    pub theme: Option<String>,
    /// Draw with ASCII characters only.
    pub ascii: bool,
    /// Leave the mouse to the terminal.
    pub no_mouse: bool,
    /// Files larger than this are not read, such as "16M".
    pub max_size: Option<Size>,
    /// On narrower screens the sides of a comparison stand in one column.
    pub side_by_side: Option<Columns>,
}

/// A number of columns of the screen, from 40 to 1000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "i64")]
pub struct Columns(pub u16);

impl TryFrom<i64> for Columns {
    type Error = String;

    fn try_from(number: i64) -> Result<Self, String> {
        match u16::try_from(number) {
            Ok(columns @ 40..=1000) => Ok(Self(columns)),
            _ => Err(format!(
                "{number} is no number of columns from 40 to 1000, such as 76"
            )),
        }
    }
}

impl Settings {
    /// Reads the settings. What is wrong is told; the default holds for that, and all else as it is
    /// written.
    pub fn read(folder: Option<&Path>) -> (Self, Vec<Issue>) {
        let Some(path) = folder.map(|folder| folder.join(FILE)) else {
            return (Self::default(), Vec::new());
        };
        let odd = |data: std::fs::Metadata| !data.is_file() || data.len() > LARGEST;
        if std::fs::metadata(&path).is_ok_and(odd) {
            let message = "this is no regular file of at most 1 MiB, so the defaults hold";
            return (
                Self::default(),
                vec![Issue::new(path, IssueKind::Configuration, message)],
            );
        }
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return (Self::default(), Vec::new());
            }
            Err(error) => {
                let message =
                    format!("the settings cannot be read ({error}), so the defaults hold");
                return (
                    Self::default(),
                    vec![Issue::new(path, IssueKind::Configuration, message)],
                );
            }
        };
        let (mut settings, mistakes) = Self::of(&text);
        settings.library = settings.library.into_iter().map(at_home).collect();
        let tell = |mistake: Mistake| {
            let issue = Issue::new(&path, IssueKind::Configuration, mistake.message);
            issue.at_line(line_of(&text, mistake.at))
        };
        (settings, mistakes.into_iter().map(tell).collect())
    }

    /// The settings that a text holds, and what is wrong with it, from its beginning to its end. Each key
    /// is judged alone: one that is wrong leaves all others as they are.
    fn of(text: &str) -> (Self, Vec<Mistake>) {
        let mut text = text.to_owned();
        let mut mistakes = leave_out_broken_lines(&mut text);
        let root = DeTable::parse(&text).map_or_else(|_| DeTable::new(), Spanned::into_inner);
        let mut right = DeTable::new();
        for (key, value) in root {
            match wrong(&key, &value) {
                Some(message) => mistakes.push(Mistake {
                    at: key.span().start,
                    message,
                }),
                None => drop(right.insert(key, value)),
            }
        }
        mistakes.sort_by_key(|mistake| mistake.at);
        (read(right).unwrap_or_default(), mistakes)
    }
}

/// Writes spaces over the lines that are no TOML; what is wrong with them.
fn leave_out_broken_lines(text: &mut String) -> Vec<Mistake> {
    let mut mistakes: Vec<Mistake> = Vec::new();
    while let Err(error) = DeTable::parse(text) {
        let at = error.span().map_or(0, |span| span.start).min(text.len());
        let (before, behind) = text.as_bytes().split_at(at);
        // What lacks its end is found at the end of the text: the line before it is meant.
        let written = before.iter().rposition(|byte| !byte.is_ascii_whitespace());
        let at = match behind.trim_ascii_start() {
            [] => written.unwrap_or(0),
            _ => at,
        };
        let from = memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |at| at + 1);
        let to = memchr::memchr(b'\n', &text.as_bytes()[from..]).map_or(text.len(), |at| from + at);
        let message = format!("{}; it is left out", on_one_line(error.message()));
        let is_same = |last: &Mistake| last.message == message;
        if mistakes.last().is_some_and(is_same) {
            mistakes.pop();
        }
        mistakes.push(Mistake { at: from, message });
        if text[from..to].trim().is_empty() || mistakes.len() == MANY {
            text.clear();
        } else {
            text.replace_range(from..to, &" ".repeat(to - from));
        }
    }
    mistakes
}

/// A mistake and the byte it stands at.
#[derive(Debug)]
struct Mistake {
    at: usize,
    message: String,
}

fn read(table: DeTable<'_>) -> Result<Settings, toml::de::Error> {
    Settings::deserialize(Deserializer::from(Spanned::new(0..0, table)))
}

/// What is wrong with a key and its value, and what to write instead.
fn wrong(key: &Spanned<DeString<'_>>, value: &Spanned<DeValue<'_>>) -> Option<String> {
    let name = key.get_ref().as_ref();
    let names = EXAMPLES.iter().map(|(name, _)| *name);
    let Some((_, example)) = EXAMPLES.iter().find(|(known, _)| *known == name) else {
        let alike = |known: &&str| strsim::normalized_damerau_levenshtein(known, name);
        let nearest = names
            .clone()
            .max_by(|one, two| alike(one).total_cmp(&alike(two)));
        let hint = match nearest.filter(|known| alike(known) >= ALIKE) {
            Some(known) => format!("is \"{known}\" meant?"),
            None => format!("there are {}", names.collect::<Vec<_>>().join(", ")),
        };
        return Some(format!("there is no setting \"{name}\"; {hint}"));
    };
    let mut alone = DeTable::new();
    alone.insert(key.clone(), value.clone());
    let reason = read(alone).err()?;
    let reason = on_one_line(reason.message());
    Some(format!(
        "{name}: {reason}; write it like {name} = {example}, the default holds until then"
    ))
}

/// A message of the reader of TOML on one line.
fn on_one_line(message: &str) -> String {
    message.trim().replace('\n', "; ")
}

fn line_of(text: &str, at: usize) -> u32 {
    let before = text.as_bytes().get(..at).unwrap_or(text.as_bytes());
    u32::try_from(memchr::memchr_iter(b'\n', before).count() + 1).unwrap_or(u32::MAX)
}

/// Replaces a leading `~/`.
fn at_home(path: PathBuf) -> PathBuf {
    match (path.strip_prefix("~"), directories::BaseDirs::new()) {
        (Ok(rest), Some(base)) => base.home_dir().join(rest),
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> (Settings, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), text).unwrap();
        let (settings, issues) = Settings::read(Some(folder.path()));
        let told = |issue: &Issue| format!("{}: {}", issue.line.unwrap(), issue.message);
        (settings, issues.iter().map(told).collect())
    }

    #[test]
    fn a_wrong_key_is_told_and_all_others_hold() {
        let (settings, told) = told(
            "theme = \"light\"\ncolour = 1\nasci = true\nlibrary = \"/a\"\nno_mouse = true\n\
             max_size = \"big\"\n[themes]\nx = 1\n",
        );
        let right = Settings {
            theme: Some("light".to_owned()),
            no_mouse: true,
            ..Settings::default()
        };
        assert_eq!(settings, right);
        assert_eq!(
            told,
            [
                "2: there is no setting \"colour\"; there are library, theme, ascii, no_mouse, max_size, \
                 side_by_side",
                "3: there is no setting \"asci\"; is \"ascii\" meant?",
                "4: library: invalid type: string \"/a\", expected a sequence; write it like library = \
                 [\"~/policies\"], the default holds until then",
                "6: max_size: “big” is not a size such as 16M or 1048576; write it like max_size = \"16M\", \
                 the default holds until then",
                "7: there is no setting \"themes\"; is \"theme\" meant?",
            ]
        );
    }

    #[test]
    fn a_line_that_is_no_toml_is_told_and_all_others_hold() {
        for broken in [
            "theme = dark",
            "theme",
            "theme = \"dark",
            "= 3",
            "max_size = 1 2",
        ] {
            let (settings, told) = told(&format!("ascii = true\n{broken}\nside_by_side = 100\n"));
            let right = Settings {
                ascii: true,
                side_by_side: Some(Columns(100)),
                ..Settings::default()
            };
            assert_eq!(settings, right, "{broken}: {told:?}");
            assert!(told[0].starts_with("2: "), "{broken}: {told:?}");
        }
        for broken in [
            "[",
            "library = [\"a\",",
            "\u{0}",
            "ascii = true\nascii = false",
            "a.b.c = [[",
        ] {
            assert!(!told(broken).1.is_empty(), "{broken:?}");
        }
    }

    #[test]
    fn every_key_has_an_example() {
        for (name, example) in EXAMPLES {
            let (settings, told) = told(&format!("{name} = {example}\n"));
            assert_eq!(told, [""; 0], "{name}");
            assert_ne!(settings, Settings::default(), "{name}");
        }
        let unknown = toml::from_str::<Settings>("none = 1").unwrap_err();
        let named = unknown.message().matches('`').count() / 2 - 1;
        assert_eq!(named, EXAMPLES.len(), "{unknown}");
    }

    #[test]
    fn settings_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let text = "library = [\"/a\", \"b\"]\nmax_size = \"1M\"\nascii = true\n";
        std::fs::write(folder.path().join(FILE), text).unwrap();
        let (settings, issues) = Settings::read(Some(folder.path()));
        assert_eq!(issues, []);
        assert_eq!(settings.library, [PathBuf::from("/a"), PathBuf::from("b")]);
        assert_eq!(
            (settings.max_size, settings.ascii),
            (Some(Size(1 << 20)), true)
        );
    }

    #[test]
    fn columns_out_of_range_or_in_words_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let read = |text: &str| {
            std::fs::write(folder.path().join(FILE), text).unwrap();
            Settings::read(Some(folder.path()))
        };
        let (settings, issues) = read("side_by_side = 100\n");
        assert_eq!(
            (settings.side_by_side, issues),
            (Some(Columns(100)), vec![])
        );
        for wrong in ["39", "1001", "-1", "99999999999", "\"wide\""] {
            let (settings, issues) = read(&format!("ascii = true\nside_by_side = {wrong}\n"));
            let ascii = Settings {
                ascii: true,
                ..Settings::default()
            };
            assert_eq!(settings, ascii);
            assert_eq!(issues[0].line, Some(2), "{wrong}");
        }
        let (_, issues) = read("side_by_side = 12\n");
        assert!(
            issues[0]
                .message
                .starts_with("side_by_side: 12 is no number of columns from 40 to 1000"),
            "{}",
            issues[0].message
        );
    }
}
