//! Real policies for tests: the archives beside the project, where they are. What is missing is
//! said aloud, and the test goes on without it.

#![allow(dead_code)]

use policy_tui::model::{Document, Origin, Policy};
use policy_tui::parse::Parser;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A version of a policy in an archive.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    /// `Service/Privacy Policy.md`.
    pub(crate) path: String,
    /// The name of its content.
    pub(crate) blob: String,
}

/// An archive: a git repository that holds a policy per service and a commit per version.
pub(crate) struct Archive {
    folder: tempfile::TempDir,
}

impl Archive {
    /// Opens an archive by the name of its bundle, or says why it cannot.
    pub(crate) fn open(name: &str) -> Option<Self> {
        let bundle = shared("corpora").join(name);
        if !bundle.exists() {
            eprintln!("SKIPPED: {} is not here", bundle.display());
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let clone = Command::new("git")
            .args(["-c", "init.defaultBranch=main", "clone", "-q", "--bare"])
            .arg(&bundle)
            .arg(folder.path())
            .stderr(std::process::Stdio::null())
            .status();
        if !clone.is_ok_and(|status| status.success()) {
            eprintln!("SKIPPED: git could not clone {}", bundle.display());
            return None;
        }
        Some(Self { folder })
    }

    /// The folder of the repository, which is bare.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The policies as they are now, by path.
    pub(crate) fn current(&self) -> Vec<Version> {
        let listed = self.git(&["ls-tree", "-r", "-z", "HEAD"]);
        let mut versions: Vec<Version> = listed
            .split('\0')
            .filter_map(|line| {
                let (about, path) = line.split_once('\t')?;
                version(path, about.split(' ').nth(2)?)
            })
            .collect();
        versions.sort_by(|a, b| a.path.cmp(&b.path));
        versions
    }

    /// Every version ever recorded, oldest first.
    pub(crate) fn history(&self) -> Vec<Version> {
        let log = self.git(&[
            "-c",
            "core.quotePath=off",
            "log",
            "--reverse",
            "--format=",
            "--raw",
            "--no-abbrev",
            "--no-renames",
            "HEAD",
        ]);
        log.lines()
            .filter_map(|line| {
                let (about, path) = line.split_once('\t')?;
                version(path, about.split(' ').nth(3)?)
            })
            .collect()
    }

    /// The text of a version; nothing where it is not UTF-8.
    pub(crate) fn text(&self, version: &Version) -> Option<String> {
        let output = Command::new("git")
            .arg("-C")
            .arg(self.folder.path())
            .args(["cat-file", "blob", &version.blob])
            .output()
            .ok()?;
        String::from_utf8(output.stdout).ok()
    }

    fn git(&self, args: &[&str]) -> String {
        let output = Command::new("git")
            .arg("-C")
            .arg(self.folder.path())
            .args(args)
            .output()
            .unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

fn version(path: &str, blob: &str) -> Option<Version> {
    let is_policy = path.ends_with("/Privacy Policy.md") && !blob.bytes().all(|b| b == b'0');
    is_policy.then(|| Version {
        path: path.to_owned(),
        blob: blob.to_owned(),
    })
}

/// A folder of the material that lies beside the project, or where `POLICY_SHARED` says.
pub(crate) fn shared(name: &str) -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("POLICY_SHARED").map_or_else(beside, PathBuf::from);
    folder.join(name)
}

/// A number from the environment that makes a test larger than its default.
pub(crate) fn size(variable: &str, default: usize) -> usize {
    std::env::var(variable)
        .ok()
        .and_then(|value| value.parse().ok())
        .unwrap_or(default)
}

/// Parses a text as the program would a file.
pub(crate) fn parse(name: &str, text: &str) -> Option<Policy> {
    let document = Document::new(Origin::File(PathBuf::from(name)), text.as_bytes().to_vec());
    Parser::new().parse(document).ok()
}
