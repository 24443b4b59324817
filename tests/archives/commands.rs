//! What the commands say about archives that are not whole, or are not what they seem.

use super::repository::Repository;
use std::path::Path;
use std::process::{Command, Output};

const ACME: &str = "Acme/Privacy Policy.md";

/// A policy of some length that differs by a number.
fn policy(months: u32) -> String {
    let clause = |n: u32| {
        format!("We collect personal data of kind {n} and share them with nobody but our bank.\n\n")
    };
    let clauses: String = (0..12).map(clause).collect();
    format!(
        "# Privacy Policy\n\n## What we collect\n\n{clauses}## How long we keep it\n\nYour data are kept for {months} months.\n"
    )
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

fn name(path: &Path) -> &str {
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

#[test]
fn versions_that_cannot_be_read_are_found_by_a_check() {
    let Some((repository, _)) = three() else {
        return;
    };
    let path = repository.path();
    assert_eq!(told(&["check", name(&path)]), (0, String::new()));
    let blob = |version: &str| repository.git(&["rev-parse", &format!("{version}:{ACME}")]);
    remove(&path, &blob("HEAD~1"));
    let (code, text) = told(&["check", name(&path)]);
    assert_eq!(code, 1);
    assert!(
        text.contains("unreadable: version 2 (2021-01-02) cannot be read: its text is missing"),
        "{text}"
    );
    remove(&path, &blob("HEAD~2"));
    let (_, text) = told(&["check", name(&path)]);
    // One about the archive, one about the policy.
    assert_eq!(text.lines().count(), 2, "{text}");
    let both = "2 of 3 versions cannot be read, the first of them version 1 (2021-01-01)";
    assert!(text.contains(both), "{text}");
}

#[test]
fn a_newest_commit_without_its_folder_is_told_as_that() {
    let Some((repository, commits)) = three() else {
        return;
    };
    let tree = repository.git(&["rev-parse", &format!("{}^{{tree}}", commits[2])]);
    let path = repository.path();
    remove(&path, &tree);
    let (_, text) = told(&["history", "Acme", name(&path)]);
    let expected = "a folder of the newest commit is missing from the repository";
    assert!(text.contains(expected), "{text}");
    assert!(
        text.contains("the files of the work tree stand for what it recorded"),
        "{text}"
    );
    let version = text.lines().find(|line| line.starts_with("      3"));
    assert!(version.unwrap().contains("2021-01-03"), "{text}");
}

#[test]
fn a_renamed_service_is_found_by_its_old_name() {
    let Some((repository, _)) = three() else {
        return;
    };
    repository.git(&["mv", "Acme", "Newco"]);
    repository.commit();
    repository.git(&["mv", "Newco", "Third"]);
    repository.commit();
    let path = repository.path();
    let path = name(&path);
    let (code, text) = told(&["history", "acme", path]);
    let expected = "“acme” is called “Third” since 2021-01-05: ask for Third";
    assert!((code, text.contains(expected)) == (2, true), "{text}");
    let (_, text) = told(&["show", "Newco@2021-01-02", path]);
    assert!(text.contains("ask for Third@2021-01-02"), "{text}");
    assert_eq!(told(&["show", "Third@2021-01-02", path]).0, 0);
    let (_, text) = told(&["history", "Nobody", path]);
    assert!(text.contains("no policy is called “Nobody”"), "{text}");
}

#[test]
fn what_is_no_repository_says_what_to_do() {
    let Some((repository, _)) = three() else {
        return;
    };
    let bundle = repository.beside("acme.bundle");
    repository.git(&["bundle", "create", "-q", name(&bundle), "main"]);
    let (code, text) = told(&["list", name(&bundle)]);
    let expected = format!("`git clone --bare {}` makes an archive", bundle.display());
    assert!((code, text.contains(&expected)) == (2, true), "{text}");
    let lost = repository.beside("lost");
    std::fs::create_dir_all(lost.join("Acme")).unwrap();
    std::fs::write(lost.join(ACME), policy(3)).unwrap();
    std::fs::write(lost.join(".git"), "gitdir: /nowhere/at/all\n").unwrap();
    let (code, text) = told(&["list", name(&lost)]);
    assert_eq!(code, 2);
    for words in [
        "in /nowhere/at/all, where none is",
        "`git worktree repair`",
        "Acme",
    ] {
        assert!(text.contains(words), "{text}");
    }
    std::fs::remove_file(lost.join(".git")).unwrap();
    std::fs::create_dir(lost.join(".git")).unwrap();
    let (_, text) = told(&["list", name(&lost)]);
    assert!(
        text.contains("its .git folder holds no repository"),
        "{text}"
    );
}

#[test]
fn texts_that_are_not_there_are_told_wherever_they_would_count() {
    let Some((repository, commits)) = three() else {
        return;
    };
    let blob = repository.git(&["rev-parse", &format!("{}:{ACME}", commits[0])]);
    remove(&repository.path(), &blob);
    let path = repository.path();
    let path = name(&path);
    for arguments in [
        &["list", path][..],
        &["show", "Acme", path],
        &["history", "Acme", path],
        &["search", "--versions", "bank", path],
    ] {
        let (_, text) = told(arguments);
        let said = "the text of 1 of 3 versions is missing from the repository";
        assert!(text.contains(said), "{arguments:?}: {text}");
    }
    let screen = frame("!", path);
    assert!(screen.contains("the text of 1 of 3 versions"), "{screen}");
    // The clause stood in the version that cannot be read.
    let (_, life) = told(&["history", "Acme", path, "--clause", "our bank"]);
    let unknown = "the version before that cannot be read, and may hold it";
    assert!(life.contains(unknown), "{life}");
    let cache = tempfile::tempdir().unwrap();
    let index = Command::new(env!("CARGO_BIN_EXE_policy-tui"))
        .args(["index", path, "--cache", name(cache.path())])
        .output()
        .unwrap();
    assert_eq!(
        index.status.code(),
        Some(2),
        "an index would be silent about it"
    );
}

#[test]
fn a_day_before_the_first_version_is_answered_with_a_day() {
    let Some(repository) = Repository::new() else {
        return;
    };
    // Two on one day: their names tell them apart by revision.
    for (months, time) in [(3, 1_609_459_200), (6, 1_609_470_000)] {
        repository.write(ACME, &policy(months));
        repository.commit_at(time);
    }
    let path = repository.path();
    let (code, text) = told(&["show", "Acme@2012-01-01", name(&path)]);
    let said = "has no version of 2012-01-01 or before; the first is of 2021-01-01";
    assert!((code, text.contains(said)) == (2, true), "{text}");
}

#[test]
fn tables_of_one_archive_name_the_same_commits() {
    let Some((repository, _)) = three() else {
        return;
    };
    repository.versions("Other/Privacy Policy.md", &["One.", "Two."]);
    let path = repository.path();
    let named = |what: &str| {
        let text = told(&["export", "--what", what, "--format", "jsonl", name(&path)]).1;
        let mut rows = text.lines().filter(|line| line.contains("\"Acme\""));
        let row: serde_json::Value = serde_json::from_str(rows.next_back().unwrap()).unwrap();
        ["document", "path", "revision", "recorded"].map(|key| row[key].clone())
    };
    let versions = named("versions");
    assert!(
        versions.iter().all(serde_json::Value::is_string),
        "{versions:?}"
    );
    for what in ["clauses", "practices", "changes"] {
        assert_eq!(named(what), versions, "{what}");
    }
}
