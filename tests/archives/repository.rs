//! Builds small repositories with the `git` program, as somebody else would have left them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A repository in a folder of its own that vanishes with it.
pub(crate) struct Repository {
    folder: tempfile::TempDir,
    clock: std::cell::Cell<i64>,
}

/// 2021-01-01, the first moment of the clock in tests.
pub(crate) const START: i64 = 1_609_459_200;

/// A day in seconds: the clock moves by it with every commit.
pub(crate) const DAY: i64 = 86_400;

impl Repository {
    /// An empty repository with a work tree; nothing, said aloud, where git is not installed.
    pub(crate) fn new() -> Option<Self> {
        Self::with(&["init", "-q", "-b", "main"])
    }

    /// A repository made by another command of git, run in its folder.
    pub(crate) fn with(command: &[&str]) -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            eprintln!("SKIPPED: git is not installed");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let repository = Self {
            folder,
            clock: std::cell::Cell::new(START),
        };
        std::fs::create_dir(repository.path()).unwrap();
        let made = repository.try_git(command);
        if !made.status.success() {
            let reason = String::from_utf8_lossy(&made.stderr).into_owned();
            eprintln!("SKIPPED: git {}: {}", command.join(" "), reason.trim());
            return None;
        }
        Some(repository)
    }

    /// The folder of the work tree, or of the bare repository.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("archive")
    }

    /// A folder beside the repository.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs git in the repository, with no configuration but its own.
    pub(crate) fn try_git(&self, arguments: &[&str]) -> Output {
        git(&self.path(), self.clock.get(), arguments)
    }

    /// The same for a command that must work; gives what it printed.
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let output = self.try_git(arguments);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "git {arguments:?}: {told}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Writes a file of the work tree.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let file = self.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }

    /// Commits everything in the work tree a day after the commit before; gives its id.
    pub(crate) fn commit(&self) -> String {
        self.commit_at(self.clock.get())
    }

    /// Commits everything at a time in seconds since 1970; gives the commit's id.
    pub(crate) fn commit_at(&self, time: i64) -> String {
        self.clock.set(time);
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "record"]);
        self.clock.set(time + DAY);
        self.git(&["rev-parse", "HEAD"])
    }

    /// A file and a commit for each text, oldest first.
    pub(crate) fn versions(&self, path: &str, texts: &[&str]) -> Vec<String> {
        let commit = |text: &&str| {
            self.write(path, text);
            self.commit()
        };
        texts.iter().map(commit).collect()
    }

    /// A bare clone beside the repository.
    pub(crate) fn bare(&self) -> PathBuf {
        self.clone_with(&["--bare"])
    }

    /// A clone beside the repository.
    pub(crate) fn clone_with(&self, options: &[&str]) -> PathBuf {
        let to = self.beside("clone");
        let mut arguments = vec!["clone", "-q"];
        arguments.extend(options);
        let from = format!("file://{}", self.path().display());
        let to_text = to.to_str().unwrap().to_owned();
        arguments.extend([from.as_str(), to_text.as_str()]);
        self.git(&arguments);
        to
    }
}

/// Runs git in a folder, as the author at a time in seconds since 1970.
pub(crate) fn git(folder: &Path, time: i64, arguments: &[&str]) -> Output {
    let date = format!("@{time} +0000");
    Command::new("git")
        .current_dir(folder)
        .args([
            "-c",
            "protocol.file.allow=always",
            "-c",
            "commit.gpgSign=false",
        ])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_NAME", "Archive")
        .env("GIT_AUTHOR_EMAIL", "archive@example.org")
        .env("GIT_COMMITTER_NAME", "Archive")
        .env("GIT_COMMITTER_EMAIL", "archive@example.org")
        .env("GIT_AUTHOR_DATE", &date)
        .env("GIT_COMMITTER_DATE", &date)
        .output()
        .unwrap()
}
