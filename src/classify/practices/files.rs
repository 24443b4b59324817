//! The files of a user's own, merged over the embedded ones: new questions, further phrasings of known
//! ones, further words.

use super::Practices;
use super::compile::{EMBEDDED, compile};
use super::values::{tables, text};
use crate::classify::user_files::{content, issue, toml_files};
use crate::model::{Answer, Issue};
use std::path::{Path, PathBuf};
use toml::de::DeTable;

impl Practices {
    /// The embedded questions with the files of the folder `dir` merged over them, and what was
    /// wrong there. A folder that does not exist is not wrong: most people have none.
    pub(in crate::classify) fn with_user(dir: &Path) -> (Self, Vec<Issue>) {
        let mut issues = Vec::new();
        let files: Vec<(PathBuf, String)> = toml_files(dir, "practice", &mut issues)
            .into_iter()
            .filter_map(|path| Some((path.clone(), content(&path, "practice", &mut issues)?)))
            .collect();
        if files.is_empty() {
            return (Self::builtin(), issues);
        }
        let embedded: Vec<&str> = EMBEDDED.iter().map(|(_, content)| *content).collect();
        let practices = Self::read(&embedded, &files, &mut issues);
        practices.check_cases(&files, &mut issues);
        issues.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
        (practices, issues)
    }

    /// Merges files over embedded ones; tells what is wrong with the files.
    pub(super) fn read(
        embedded: &[&str],
        files: &[(PathBuf, String)],
        issues: &mut Vec<Issue>,
    ) -> Self {
        let own: Vec<&str> = files.iter().map(|(_, content)| content.as_str()).collect();
        let (words, compiled) = compile(embedded, &own, &mut |wrong| {
            // A test reads every embedded file and fails on any mistake.
            let file = wrong.file.checked_sub(embedded.len());
            if let Some((path, content)) = file.and_then(|place| files.get(place)) {
                issues.push(issue(path, content, wrong.at, wrong.message));
            }
        });
        Self::new(words, Some(compiled))
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
