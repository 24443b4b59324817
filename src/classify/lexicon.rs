//! The topic files → phrases with points. The embedded ones come first; a user's own are merged
//! over them by topic and phrase.

use super::phrases::{self, Part, Phrases};
use crate::model::{Issue, IssueKind, Topic};
use rustc_hash::FxHashSet;
use std::fs;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

macro_rules! embedded {
    ($($id:literal),+ $(,)?) => {
        /// The embedded topic files: id and content.
        pub(super) const EMBEDDED: &[(&str, &str)] = &[
            $(($id, include_str!(concat!("../../assets/topics/", $id, ".toml")))),+
        ];
    };
}

embedded!(
    "general",
    "collection",
    "cookies",
    "use",
    "sharing",
    "legal",
    "choice",
    "access",
    "retention",
    "security",
    "children",
    "change",
    "contact",
    "location",
    "links",
    "do-not-track",
);

/// The largest topic file that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// Points that a clause, or its block, needs for a topic when its file names no threshold.
const THRESHOLD: f32 = 3.0;

/// Where a phrase counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// In clauses.
    Text,
    /// In headings.
    Heading,
}

/// The lists of a topic file: key, points, role.
const LISTS: [(&str, f32, Role); 5] = [
    ("strong", 3.0, Role::Text),
    ("medium", 2.0, Role::Text),
    ("weak", 1.0, Role::Text),
    ("against", -2.0, Role::Text),
    ("headings", 3.0, Role::Heading),
];

/// What a phrase speaks for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// The topic.
    pub(super) topic: Topic,
    /// Points; negative against the topic.
    pub(super) points: f32,
    /// Where it counts.
    pub(super) role: Role,
}

/// Every phrase of every topic, ready to be found, and the thresholds.
#[derive(Clone, Debug)]
pub(super) struct Lexicon {
    /// The matcher; its ids are places in `entries`.
    pub(super) phrases: Phrases,
    /// What each phrase speaks for.
    pub(super) entries: Vec<Entry>,
    /// By [`Topic::index`].
    pub(super) thresholds: [f32; Topic::ALL.len()],
}

impl Lexicon {
    /// The embedded phrases.
    pub(super) fn builtin() -> Self {
        let mut lexicon = Self::embedded();
        lexicon.phrases.seal();
        lexicon
    }

    /// The embedded phrases with those of the folder `dir` merged over them, and what was wrong
    /// there. A folder that does not exist is not wrong: most people have none.
    pub(super) fn with_user(dir: &Path) -> (Self, Vec<Issue>) {
        let mut lexicon = Self::embedded();
        let mut issues = Vec::new();
        for path in toml_files(dir, &mut issues) {
            lexicon.read_file(&path, &mut issues);
        }
        lexicon.phrases.seal();
        (lexicon, issues)
    }

    fn empty() -> Self {
        Self {
            phrases: Phrases::new(),
            entries: Vec::new(),
            thresholds: [THRESHOLD; Topic::ALL.len()],
        }
    }

    fn embedded() -> Self {
        let mut lexicon = Self::empty();
        for (id, content) in EMBEDDED {
            // A test reads every embedded file and fails on any issue.
            if let Some(topic) = Topic::from_id(id) {
                lexicon.read(topic, content, &mut |_, _| {});
            }
        }
        lexicon
    }

    fn read_file(&mut self, path: &Path, issues: &mut Vec<Issue>) {
        let id = path
            .file_stem()
            .map(|stem| stem.to_string_lossy())
            .unwrap_or_default();
        let Some(topic) = Topic::from_id(&id) else {
            let known = Topic::ALL.map(Topic::id).join(", ");
            let message = format!("There is no topic `{id}`. Name the file after one of: {known}.");
            issues.push(Issue::new(path, IssueKind::Configuration, message));
            return;
        };
        let odd = |data: fs::Metadata| !data.is_file() || data.len() > LARGEST;
        if fs::metadata(path).is_ok_and(odd) {
            let message = "A topic file is a regular file of at most 1 MiB; this one is not read.";
            issues.push(Issue::new(path, IssueKind::Configuration, message));
            return;
        }
        let content = match fs::read_to_string(path) {
            Ok(content) => content,
            Err(error) => {
                let message = format!("The topic file could not be read: {error}.");
                issues.push(Issue::new(path, IssueKind::Configuration, message));
                return;
            }
        };
        self.read(topic, &content, &mut |at, message| {
            let before = content.get(..at).unwrap_or(&content);
            let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
            issues.push(
                Issue::new(path, IssueKind::Configuration, message)
                    .at_line(u32::try_from(line).unwrap_or(u32::MAX)),
            );
        });
    }

    /// Takes what can be used of a topic file; `problem` gets the byte and a sentence for each
    /// thing that cannot.
    fn read(&mut self, topic: Topic, content: &str, problem: &mut dyn FnMut(usize, String)) {
        let table = match DeTable::parse(content) {
            Ok(table) => table.into_inner(),
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                let what = error.message().replace('\n', ", ");
                problem(
                    at,
                    format!(
                        "Not valid TOML: {what}. Correct it, or remove the file; the built-in phrases are in use."
                    ),
                );
                return;
            }
        };
        let mut seen = FxHashSet::default();
        for (key, value) in &table {
            let name: &str = key.get_ref();
            if name == "threshold" {
                self.read_threshold(topic, value, problem);
            } else if let Some(&(_, points, role)) = LISTS.iter().find(|(list, ..)| *list == name) {
                let DeValue::Array(values) = value.get_ref() else {
                    problem(
                        value.span().start,
                        format!(
                            "`{name}` must be a list of phrases, such as {name} = [\"web beacon*\"]."
                        ),
                    );
                    continue;
                };
                for value in values.iter() {
                    let entry = Entry {
                        topic,
                        points,
                        role,
                    };
                    match phrase(value) {
                        Ok(parts) if self.put(&parts, entry, &mut seen) => {}
                        Ok(_) => problem(
                            value.span().start,
                            "This phrase stands in the file twice; remove one of the two."
                                .to_owned(),
                        ),
                        Err(message) => problem(value.span().start, message),
                    }
                }
            } else {
                let known = LISTS.map(|(list, ..)| list).join(", ");
                problem(
                    key.span().start,
                    format!("`{name}` means nothing here. Use: {known}, threshold."),
                );
            }
        }
    }

    fn read_threshold(
        &mut self,
        topic: Topic,
        value: &Spanned<DeValue<'_>>,
        problem: &mut dyn FnMut(usize, String),
    ) {
        let number = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().parse::<f32>().ok(),
            DeValue::Float(number) => number.as_str().parse::<f32>().ok(),
            _ => None,
        };
        match (
            number.filter(|n| (0.5..=100.0).contains(n)),
            self.thresholds.get_mut(topic.index()),
        ) {
            (Some(number), Some(threshold)) => *threshold = number,
            _ => problem(
                value.span().start,
                "`threshold` must be a number of points from 0.5 to 100, such as 3.0.".to_owned(),
            ),
        }
    }

    /// Takes a phrase over, or changes the points of one that is there; false when this file holds
    /// it already, `first` being the number of its first entry.
    fn put(&mut self, parts: &[Part], entry: Entry, seen: &mut FxHashSet<u32>) -> bool {
        let end = self.phrases.add(parts);
        let known = self.phrases.at(end).find(|&id| {
            self.entries
                .get(id as usize)
                .is_some_and(|known| known.topic == entry.topic && known.role == entry.role)
        });
        let id = known.unwrap_or_else(|| u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
        if !seen.insert(id) {
            return false;
        }
        match self.entries.get_mut(id as usize) {
            Some(known) => *known = entry,
            None => {
                self.entries.push(entry);
                self.phrases.attach(end, id);
            }
        }
        true
    }
}

/// The `.toml` files of a folder, in the order of their names.
fn toml_files(dir: &Path, issues: &mut Vec<Issue>) -> Vec<PathBuf> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            let message = format!("The folder of topic files could not be read: {error}.");
            issues.push(Issue::new(dir, IssueKind::Configuration, message));
            return Vec::new();
        }
    };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    files
}

fn phrase(value: &Spanned<DeValue<'_>>) -> Result<Vec<Part>, String> {
    let DeValue::String(text) = value.get_ref() else {
        return Err("A phrase must be text in quotes.".to_owned());
    };
    phrases::parse(text).map_err(|why| format!("The phrase `{text}` can never match: {why}."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn with_files(files: &[(&str, &str)]) -> Vec<Issue> {
        let dir = tempfile::tempdir().unwrap();
        for (name, content) in files {
            fs::write(dir.path().join(name), content).unwrap();
        }
        let (lexicon, issues) = Lexicon::with_user(dir.path());
        assert!(lexicon.entries.len() > 1000, "the built-in phrases stay");
        issues
    }

    #[test]
    fn the_embedded_files_are_sound() {
        let mut ids = BTreeSet::new();
        let mut problems = Vec::new();
        for (id, content) in EMBEDDED {
            let topic = Topic::from_id(id).unwrap();
            assert!(ids.insert(topic), "{id} stands twice");
            let mut lexicon = Lexicon::empty();
            lexicon.read(topic, content, &mut |at, message| {
                let line = content[..at].lines().count();
                problems.push(format!("assets/topics/{id}.toml, line {line}: {message}"));
            });
            let of = |role| {
                lexicon
                    .entries
                    .iter()
                    .filter(|entry| entry.role == role)
                    .count()
            };
            assert!(of(Role::Text) >= 20, "{id} has few phrases");
            assert!(of(Role::Heading) >= 3, "{id} has few heading phrases");
        }
        assert_eq!(problems, [""; 0]);
        assert_eq!(ids.len(), Topic::ALL.len());
    }

    #[test]
    fn a_folder_that_is_not_there_is_no_issue() {
        let (_, issues) = Lexicon::with_user(Path::new("/no/such/folder"));
        assert_eq!(issues, []);
    }

    #[test]
    fn an_unknown_topic_is_named_with_the_known_ones() {
        let issues = with_files(&[("cookeis.toml", "strong = []")]);
        assert_eq!(issues.len(), 1);
        assert_eq!(issues[0].kind, IssueKind::Configuration);
        assert!(issues[0].message.contains("cookeis"));
        assert!(issues[0].message.contains("do-not-track"));
    }

    #[test]
    fn each_mistake_is_told_with_its_line() {
        let content = "strong = [\n  \"jam\",\n  \"c*kie\",\n  7,\n]\nweak = [\"JAM\"]\nmedium = \"x\"\nstrnog = []\nthreshold = \"low\"\n";
        let issues = with_files(&[("cookies.toml", content)]);
        let mut lines: Vec<_> = issues.iter().filter_map(|issue| issue.line).collect();
        lines.sort_unstable();
        assert_eq!(lines, [3, 4, 6, 7, 8, 9]);
    }

    #[test]
    fn broken_toml_is_told_with_its_line() {
        let issues = with_files(&[
            ("use.toml", "strong = [\"a\"]\nweak = [\n"),
            ("notes.txt", "="),
        ]);
        assert_eq!(issues.len(), 1);
        assert!(issues[0].line.is_some());
    }

    #[test]
    fn a_phrase_of_the_user_replaces_the_built_in_points() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(
            dir.path().join("cookies.toml"),
            "against = [\"Cookie*\"]\nthreshold = 9",
        )
        .unwrap();
        let (lexicon, issues) = Lexicon::with_user(dir.path());
        assert_eq!(issues, []);
        assert_eq!(lexicon.entries.len(), Lexicon::builtin().entries.len());
        assert!((lexicon.thresholds[Topic::Cookies.index()] - 9.0).abs() < f32::EPSILON);
    }
}
