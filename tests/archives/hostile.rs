//! Repositories of strangers: nothing of them runs, and nothing outside of them is shown.

use super::repository::Repository;
use super::{assert_told, current, find, histories, texts, told};
use std::path::{Path, PathBuf};

const AIRBNB: &str = "Airbnb/Privacy Policy.md";

/// Opens a repository in every way and reads all versions of its document.
fn use_all_of(path: &Path, expected: &[&str]) {
    let catalog = find(path);
    assert!(!current(&catalog).is_empty(), "{:?}", catalog.issues);
    assert_eq!(texts(&histories(path), AIRBNB), expected);
}

#[cfg(unix)]
#[test]
fn nothing_that_a_repository_configures_runs() {
    use std::os::unix::fs::PermissionsExt;
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.write(".gitattributes", "*.md filter=evil diff=evil merge=evil\n");
    repository.versions(AIRBNB, &["one", "two"]);
    let marker = repository.beside("it-ran");
    let program = repository.beside("evil.sh");
    std::fs::write(
        &program,
        format!("#!/bin/sh\ntouch '{}'\n", marker.display()),
    )
    .unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let program = program.to_str().unwrap();
    for key in [
        "core.fsmonitor",
        "core.pager",
        "core.editor",
        "core.sshCommand",
        "core.gitProxy",
        "core.askPass",
        "credential.helper",
        "diff.external",
        "diff.evil.textconv",
        "diff.evil.command",
        "filter.evil.clean",
        "filter.evil.smudge",
        "filter.evil.process",
        "merge.evil.driver",
        "gpg.program",
        "uploadpack.packObjectsHook",
        "pager.log",
        "alias.log",
        "core.alternateRefsCommand",
        "trailer.x.command",
        "remote.origin.vcs",
    ] {
        repository.git(&["config", key, program]);
    }
    repository.git(&["config", "filter.evil.required", "true"]);
    repository.git(&[
        "config",
        "core.hooksPath",
        repository.beside("").to_str().unwrap(),
    ]);
    for hook in [
        "post-checkout",
        "pre-commit",
        "post-index-change",
        "reference-transaction",
        "fsmonitor-watchman",
    ] {
        let hook = repository.path().join(".git/hooks").join(hook);
        std::fs::create_dir_all(hook.parent().unwrap()).unwrap();
        std::fs::copy(program, hook).unwrap();
    }
    use_all_of(&repository.path(), &["one", "two"]);
    use_all_of(&repository.path().join(".git"), &["one", "two"]);
    assert!(!marker.exists(), "a program of the repository ran");
    // The marker can be made: git itself obeys.
    repository.try_git(&["status"]);
    assert!(marker.exists(), "the trap is set wrongly");
}

#[test]
fn a_configuration_that_includes_others_or_is_broken() {
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.versions(AIRBNB, &["one"]);
    let outside = repository.beside("outside");
    std::fs::write(&outside, "[core]\n\tworktree = /\n\tbare = true\n").unwrap();
    repository.git(&["config", "include.path", outside.to_str().unwrap()]);
    use_all_of(&repository.path(), &["one"]);
    // A work tree elsewhere is not looked at: only the folder that was named is.
    repository.git(&["config", "--unset", "include.path"]);
    repository.git(&["config", "core.worktree", "/"]);
    use_all_of(&repository.path(), &["one"]);
    let config = repository.path().join(".git/config");
    std::fs::write(config, "[core\nthis is no configuration").unwrap();
    let catalog = find(&repository.path());
    assert_eq!(current(&catalog), ["Airbnb / Privacy Policy: one"]);
    assert_told(&catalog.issues, &["the git repository cannot be opened"]);
}

#[cfg(unix)]
#[test]
fn a_repository_of_somebody_else_is_read() {
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.versions(AIRBNB, &["one"]);
    let nobody = 65534;
    let all = walk(&repository.path());
    if all
        .iter()
        .any(|path| std::os::unix::fs::lchown(path, Some(nobody), Some(nobody)).is_err())
    {
        eprintln!("SKIPPED: only the superuser gives files away");
        return;
    }
    // Where the git program refuses (`safe.directory`), nothing is run here that could do harm.
    use_all_of(&repository.path(), &["one"]);
}

#[cfg(unix)]
fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut all = vec![folder.to_owned()];
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.file_type().unwrap().is_dir() {
            all.extend(walk(&entry.path()));
        } else {
            all.push(entry.path());
        }
    }
    all
}

#[test]
fn objects_of_another_repository_are_used_where_it_exists() {
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.versions(AIRBNB, &["one", "two"]);
    let borrowing = repository.clone_with(&["--bare", "--shared", "--no-local"]);
    let alternates = borrowing.join("objects/info/alternates");
    if !alternates.exists() {
        let objects = repository.path().join(".git/objects");
        std::fs::create_dir_all(alternates.parent().unwrap()).unwrap();
        std::fs::write(&alternates, format!("{}\n", objects.display())).unwrap();
    }
    use_all_of(&borrowing, &["one", "two"]);
    // To itself, and to nowhere.
    std::fs::write(&alternates, "../objects\n/there/is/no/such/folder\n").unwrap();
    let catalog = find(&borrowing);
    assert!(!catalog.found.is_empty() || !catalog.issues.is_empty());
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_not_followed() {
    let Some(repository) = Repository::new() else {
        return;
    };
    let secret = repository.beside("secret.md");
    std::fs::write(&secret, "nobody shall see this").unwrap();
    repository.write(AIRBNB, "one");
    repository.write("Evil/Imprint.md", "here");
    std::os::unix::fs::symlink(&secret, repository.path().join("Evil/Privacy Policy.md")).unwrap();
    std::os::unix::fs::symlink("..", repository.path().join("Evil/loop")).unwrap();
    repository.commit();
    for path in [repository.bare(), repository.path()] {
        let catalog = find(&path);
        let documents = current(&catalog);
        assert_eq!(documents, ["Airbnb / Privacy Policy: one"]);
        assert!(
            catalog.issues[0]
                .message
                .contains("1 symbolic link is not followed"),
            "{:?}",
            catalog.issues
        );
        assert!(
            !histories(&path)
                .by_path
                .contains_key("Evil/Privacy Policy.md")
        );
    }
}

#[test]
fn replacement_refs_do_not_change_what_is_read() {
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.versions(AIRBNB, &["one"]);
    let blob = repository.git(&["rev-parse", &format!("HEAD:{AIRBNB}")]);
    repository.write("other", "another text");
    let other = repository.git(&["hash-object", "-w", "other"]);
    repository.git(&["replace", &blob, &other]);
    assert_eq!(texts(&histories(&repository.path()), AIRBNB), ["one"]);
}

#[test]
fn trees_that_hold_each_other_many_times_do_not_fill_the_memory() {
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.write("blob", "boom");
    let blob = repository.git(&["hash-object", "-w", "blob"]);
    let mut tree = {
        let line = format!("100644 blob {blob}\tx.txt");
        make_tree(&repository, &line)
    };
    for _ in 0..3 {
        let lines: Vec<String> = (0..1000)
            .map(|n| format!("040000 tree {tree}\td{n}"))
            .collect();
        tree = make_tree(&repository, &lines.join("\n"));
    }
    let commit = repository.git(&["commit-tree", "-m", "boom", &tree]);
    repository.git(&["update-ref", "refs/heads/boom", &commit]);
    let bare = repository.path().join(".git");
    let at_boom = PathBuf::from(format!("{}@boom", bare.display()));
    assert_told(
        &find(&at_boom).issues,
        &["too-large: ", "more than a million files"],
    );
    // The same in the past of a sound repository.
    let line = make_tree(&repository, &format!("100644 blob {blob}\tshop.md"));
    let sound = repository.git(&["commit-tree", "-m", "sound", "-p", &commit, &line]);
    repository.git(&["update-ref", "refs/heads/main", &sound]);
    let histories = histories(&bare);
    assert_eq!(histories.by_path.len(), 0);
    assert!(
        told(&histories.issues)[0].contains("2 of 2 commits could not be compared"),
        "{:?}",
        histories.issues
    );
    assert!(
        told(&histories.issues)[0].contains("more files than are ever read"),
        "{:?}",
        histories.issues
    );
}

fn make_tree(repository: &Repository, lines: &str) -> String {
    repository.write("lines", lines);
    let input = std::fs::File::open(repository.path().join("lines")).unwrap();
    let mut command = std::process::Command::new("git");
    command
        .current_dir(repository.path())
        .arg("mktree")
        .stdin(input);
    String::from_utf8(command.output().unwrap().stdout)
        .unwrap()
        .trim()
        .to_owned()
}
