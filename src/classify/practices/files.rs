//! The practice files → questions, word classes and rules. The embedded ones come first; a user's
//! own are merged over them: new questions, further phrasings of known ones, further words.

use super::Practices;
use super::builder::Builder;
use super::values::{tables, text};
use crate::classify::user_files::{content, issue, toml_files};
use crate::model::{Answer, Issue};
use std::path::{Path, PathBuf};
use toml::de::DeTable;

macro_rules! embedded {
    ($($id:literal),+ $(,)?) => {
        /// The embedded practice files: name and content.
        pub(super) const EMBEDDED: &[(&str, &str)] = &[
            $(($id, include_str!(concat!("../../../assets/practices/", $id, ".toml")))),+
        ];
    };
}

embedded!(
    "words",
    "cookies",
    "do-not-track",
    "collection",
    "choice",
    "use",
    "sharing",
    "access",
    "retention",
    "security",
    "children",
    "change",
    "contact",
    "location",
    "links",
    "conflicts",
);

/// A file, read but not understood yet.
pub(super) struct Source<'i> {
    /// None for an embedded file.
    pub(super) path: Option<&'i Path>,
    pub(super) content: &'i str,
    pub(super) table: DeTable<'i>,
}

impl Practices {
    /// The embedded questions.
    pub(in crate::classify) fn builtin() -> Self {
        // A test reads every embedded file and fails on any issue.
        Self::read(EMBEDDED, &[], &mut Vec::new())
    }

    /// The embedded questions with the files of the folder `dir` merged over them, and what was
    /// wrong there. A folder that does not exist is not wrong: most people have none.
    pub(in crate::classify) fn with_user(dir: &Path) -> (Self, Vec<Issue>) {
        let mut issues = Vec::new();
        let files: Vec<(PathBuf, String)> = toml_files(dir, "practice", &mut issues)
            .into_iter()
            .filter_map(|path| Some((path.clone(), content(&path, "practice", &mut issues)?)))
            .collect();
        let practices = Self::read(EMBEDDED, &files, &mut issues);
        practices.check_cases(&files, &mut issues);
        issues.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
        (practices, issues)
    }

    /// Merges files over embedded ones; tells what is wrong with the files.
    pub(super) fn read(
        embedded: &[(&str, &str)],
        files: &[(PathBuf, String)],
        issues: &mut Vec<Issue>,
    ) -> Self {
        let embedded = embedded.iter().map(|(_, content)| (None, *content));
        let own = files
            .iter()
            .map(|(path, content)| (Some(path.as_path()), content.as_str()));
        let mut sources = Vec::new();
        for (path, content) in embedded.chain(own) {
            match DeTable::parse(content) {
                Ok(table) => sources.push(Source {
                    path,
                    content,
                    table: table.into_inner(),
                }),
                Err(error) => {
                    let at = error.span().map_or(0, |span| span.start);
                    let what = error.message().replace('\n', ", ");
                    let message = format!(
                        "Not valid TOML: {what}. Correct it, or remove the file; the built-in questions are in use."
                    );
                    issues.extend(path.map(|path| issue(path, content, at, message)));
                }
            }
        }
        let mut builder = Builder::new();
        for source in &sources {
            let mut problem = |at, message| {
                issues.extend(
                    source
                        .path
                        .map(|path| issue(path, source.content, at, message)),
                );
            };
            builder.classes(&source.table, &mut problem);
        }
        builder.settle(&sources, issues);
        for source in &sources {
            let mut problem = |at, message| {
                issues.extend(
                    source
                        .path
                        .map(|path| issue(path, source.content, at, message)),
                );
            };
            builder.questions(&source.table, source.path.is_some(), &mut problem);
        }
        builder.finish()
    }

    /// Tells each case of the user's files that does not come out as it should.
    fn check_cases(&self, files: &[(PathBuf, String)], issues: &mut Vec<Issue>) {
        for (path, content) in files {
            for (at, message) in self.failing_cases(content) {
                issues.push(issue(path, content, at, message));
            }
        }
    }

    /// The cases of a file that do not come out as they should: byte and sentence.
    pub(super) fn failing_cases(&self, content: &str) -> Vec<(usize, String)> {
        let mut failing = Vec::new();
        let Ok(table) = DeTable::parse(content) else {
            return failing;
        };
        for (_, question) in tables(table.get_ref(), "question") {
            let Some(id) = question.get("id").and_then(text) else {
                continue;
            };
            let Some(place) = self.questions.iter().position(|known| known.id == id) else {
                continue;
            };
            for (at, case) in tables(question, "case") {
                let (Some(said), Some(answer)) = (
                    case.get("text").and_then(text),
                    case.get("answer").and_then(text).and_then(Answer::from_id),
                ) else {
                    let message = "A case needs `text` and `answer`, which is yes, no, conditional or not-stated.";
                    failing.push((at, message.to_owned()));
                    continue;
                };
                let got = self.answer_text(said).of(place).answer;
                if got != answer {
                    failing.push((
                        at,
                        format!("The case “{said}” comes out as {got}, not as {answer}."),
                    ));
                }
            }
        }
        failing
    }
}
