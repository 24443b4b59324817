//! The topic files and the learned weights → what speaks for which topic. The embedded ones are laid out by the build script; a
//! user's own are merged over them by topic and phrase.

use super::collect::Collector;
use super::phrases::Phrases;
use super::prepared;
use super::topic_file::{self, Role, STRONG};
use super::user_files;
use super::weight_file::Row;
use crate::model::{Issue, IssueKind, Topic};
use std::borrow::Cow;
use std::path::Path;

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

/// Nothing was learned of a user's own phrases, so they must do without the weights of their words:
/// a strong one alone gives so much more than the topic needs.
const SUFFICES: f32 = 1.3;

/// Every phrase of every topic, ready to be found, and the thresholds.
#[derive(Clone, Debug)]
pub(super) struct Lexicon {
    /// The matcher; its ids are places in `entries`.
    pub(super) phrases: Phrases,
    /// What each phrase speaks for.
    pub(super) entries: Vec<Entry>,
    /// By [`Topic::index`].
    pub(super) thresholds: [f32; Topic::ALL.len()],
    /// The learned weights.
    pub(super) weights: Cow<'static, [Row]>,
}

impl From<Collector> for Lexicon {
    fn from(collector: Collector) -> Self {
        Self {
            entries: entries(&collector.entries),
            thresholds: collector.thresholds,
            phrases: Phrases::new(collector.builder.finish()),
            weights: Cow::Owned(collector.weights),
        }
    }
}

impl Lexicon {
    /// The embedded phrases.
    pub(super) fn builtin() -> Self {
        Self {
            phrases: Phrases::new(prepared::tables()),
            entries: entries(prepared::ENTRIES),
            thresholds: prepared::THRESHOLDS,
            weights: Cow::Borrowed(prepared::WEIGHTS),
        }
    }

    /// The embedded phrases with those of the folder `dir` merged over them, and what was wrong
    /// there. A folder that does not exist is not wrong: most people have none.
    pub(super) fn with_user(dir: &Path) -> (Self, Vec<Issue>) {
        let mut issues = Vec::new();
        let files = user_files::toml_files(dir, "topic", &mut issues);
        if files.is_empty() {
            return (Self::builtin(), issues);
        }
        let mut collector = Collector::embedded();
        for path in files {
            read_file(&path, &mut collector, &mut issues);
        }
        (collector.into(), issues)
    }
}

/// Entries with their topics by name instead of place.
fn entries(entries: &[(u8, f32, Role)]) -> Vec<Entry> {
    let entry = |&(topic, points, role): &(u8, f32, Role)| {
        let topic = Topic::ALL.get(usize::from(topic)).copied()?;
        Some(Entry {
            topic,
            points,
            role,
        })
    };
    entries.iter().filter_map(entry).collect()
}

/// Merges the file of a user.
fn read_file(path: &Path, collector: &mut Collector, issues: &mut Vec<Issue>) {
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
    let Some(content) = user_files::content(path, "topic", issues) else {
        return;
    };
    let mut file = topic_file::read(&content, &mut |at, message| {
        issues.push(user_files::issue(path, &content, at, message));
    });
    let own = collector
        .thresholds
        .get(topic.index())
        .map_or(1.0, |t| t * SUFFICES / STRONG);
    for phrase in &mut file.phrases {
        phrase.points *= own;
    }
    collector.put(topic.index(), file);
}

#[cfg(test)]
mod tests {
    use super::super::collect::EMBEDDED;
    use super::*;
    use std::fs;

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
        let mut problems = Vec::new();
        for (id, content) in EMBEDDED {
            let file = topic_file::read(content, &mut |at, message| {
                let line = content[..at].lines().count();
                problems.push(format!("assets/topics/{id}.toml, line {line}: {message}"));
            });
            let of = |role| {
                let phrases = file.phrases.iter();
                phrases.filter(|phrase| phrase.role == role).count()
            };
            assert!(of(Role::Text) >= 20, "{id} has few phrases");
            assert!(of(Role::Heading) >= 3, "{id} has few heading phrases");
        }
        assert_eq!(problems, [""; 0]);
        let topics = EMBEDDED.iter().map(|(id, _)| Topic::from_id(id).unwrap());
        assert!(
            topics.eq(Topic::ALL),
            "the files come in the order of the topics"
        );
    }

    #[test]
    fn what_the_build_laid_out_is_what_the_files_say() {
        let built = Lexicon::builtin();
        let read = Collector::embedded();
        assert_eq!(prepared::ENTRIES, read.entries);
        assert_eq!(built.thresholds, read.thresholds);
        assert_eq!(built.weights, read.weights);
        let (built, read) = (prepared::tables(), read.builder.finish());
        assert_eq!(built.words, read.words);
        assert_eq!(built.nodes, read.nodes);
        assert_eq!(built.edges, read.edges);
        assert_eq!(built.ends, read.ends);
        assert_eq!(built.stems, read.stems);
        assert_eq!(built.single, read.single);
        assert_eq!(built.pairs, read.pairs);
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

    #[test]
    fn a_sure_phrase_can_be_taken_back() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("contact.toml"), "against = [\"@\"]").unwrap();
        let (lexicon, issues) = Lexicon::with_user(dir.path());
        assert_eq!(issues, []);
        let sure = |lexicon: &Lexicon| {
            let entries = lexicon.entries.iter();
            entries.filter(|entry| entry.role == Role::Sure).count()
        };
        assert_eq!(sure(&lexicon), sure(&Lexicon::builtin()) - 1);
        assert_eq!(lexicon.entries.len(), Lexicon::builtin().entries.len());
    }
}
