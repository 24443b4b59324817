//! The user's settings: `config.toml` in the configuration folder.

use super::sizes::Size;
use crate::model::{Issue, IssueKind};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The largest settings file that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// The name of the settings file.
const FILE: &str = "config.toml";

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
    /// Reads the settings. What is wrong is told; the defaults hold then.
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
        match toml::from_str::<Self>(&text) {
            Ok(mut settings) => {
                settings.library = settings.library.into_iter().map(at_home).collect();
                (settings, Vec::new())
            }
            Err(error) => {
                let reason = error.message().trim().replace('\n', "; ");
                let message = format!("{reason}; the defaults hold until this is mended");
                let mut issue = Issue::new(path, IssueKind::Configuration, message);
                issue.line = error.span().map(|span| line_of(&text, span.start));
                (Self::default(), vec![issue])
            }
        }
    }
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

    #[test]
    fn a_wrong_key_is_told_with_its_line_and_the_defaults_hold() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "theme = \"dark\"\ncolour = 1\n").unwrap();
        let (settings, issues) = Settings::read(Some(folder.path()));
        assert_eq!(settings, Settings::default());
        assert_eq!(issues[0].line, Some(2));
        assert!(
            issues[0].message.contains("colour"),
            "{}",
            issues[0].message
        );
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
            assert_eq!(settings, Settings::default());
            assert_eq!(issues[0].line, Some(2), "{wrong}");
        }
        let (_, issues) = read("side_by_side = 12\n");
        assert!(
            issues[0]
                .message
                .starts_with("12 is no number of columns from 40 to 1000"),
            "{}",
            issues[0].message
        );
    }
}
