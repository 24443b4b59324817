//! What the commands say about archives that are not whole, or are not what they seem.

use super::repository::Repository;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const ACME: &str = "Acme/Privacy Policy.md";

/// A policy of some length that differs by a number.
fn policy(months: u32) -> String {
    let clause = |n: u32| {
        format!("We collect personal data of kind {n} and share them with nobody but our bank.\n\n")
    };
    let clauses: String = (0..12).map(clause).collect();
    format!("# Privacy Policy\n\n{clauses}Your data are kept for {months} months.\n")
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_policy-tui"))
        .args(arguments)
        .arg("--no-index")
        .env("POLICY_TUI_CONFIG", "/nonexistent")
        .output()
        .unwrap()
}

/// The exit code, and what is said on standard output and standard error.
fn told(arguments: &[&str]) -> (i32, String) {
    let output = run(arguments);
    let text = [output.stdout, output.stderr].concat();
    let code = output.status.code().unwrap();
    (code, String::from_utf8(text).unwrap())
}

fn remove(repository: &Path, id: &str) {
    let objects = repository.join(".git/objects");
    std::fs::remove_file(objects.join(&id[..2]).join(&id[2..])).unwrap();
}

/// Three versions of one policy.
fn three() -> Option<(Repository, Vec<String>)> {
    let repository = Repository::new()?;
    let texts = [policy(3), policy(6), policy(9)];
    let texts = texts.each_ref().map(String::as_str);
    let commits = repository.versions(ACME, &texts);
    Some((repository, commits))
}

fn name(path: &PathBuf) -> &str {
    path.to_str().unwrap()
}

/// A frame of the screen after these keys.
fn frame(keys: &str, path: &str) -> String {
    told(&["--keys", keys, "--size", "160x30", "--print", path]).1
}

#[test]
fn a_history_that_ends_early_is_told_wherever_it_counts() {
    let Some((repository, commits)) = three() else {
        return;
    };
    remove(&repository.path(), &commits[1]);
    let path = repository.path();
    let path = name(&path);
    for arguments in [
        &["list", path][..],
        &["history", "Acme", path],
        &["history", "Acme", path, "--clause", "our bank"],
        &["show", "Acme", path],
        &["compare", "Acme", "Acme", path],
    ] {
        let (code, text) = told(arguments);
        assert_eq!(text.matches("the history ends early").count(), 1, "{text}");
        assert_eq!(code, 2, "{arguments:?}");
    }
    assert_eq!(told(&["check", path]).0, 1);
    let timeline = frame("/acme<enter>v", path);
    assert!(timeline.contains("! the history ends early"), "{timeline}");
}

#[test]
fn a_shallow_clone_is_told_in_the_timeline() {
    let Some((repository, _)) = three() else {
        return;
    };
    let clone = repository.clone_with(&["--depth", "1"]);
    let timeline = frame("/acme<enter>v", name(&clone));
    let expected = "! this is a shallow clone of 1 commit";
    assert!(timeline.contains(expected), "{timeline}");
    let whole = frame("/acme<enter>v", name(&repository.path()));
    assert!(!whole.contains('!'), "{whole}");
    let (code, text) = told(&["history", "Acme", name(&clone)]);
    assert_eq!(
        (code, text.matches("shallow clone").count()),
        (0, 1),
        "{text}"
    );
}
