//! Repositories that are incomplete, damaged, of another kind, or changing while they are read.

use super::repository::{Repository, git};
use super::{assert_told, current, find, histories, text, texts, told};
use policy_tui::model::Origin;
use policy_tui::source::{FindOptions, Found, MAX_SIZE, Sources};
use std::path::{Path, PathBuf};

const AIRBNB: &str = "Airbnb/Privacy Policy.md";

/// The file of a loose object.
fn loose(repository: &Path, id: &str) -> PathBuf {
    repository.join("objects").join(&id[..2]).join(&id[2..])
}

#[test]
fn a_shallow_clone_says_that_older_versions_are_missing() {
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.versions(AIRBNB, &["one", "two", "three"]);
    let clone = repository.clone_with(&["--depth", "2"]);
    let histories = histories(&clone);
    assert_eq!(texts(&histories, AIRBNB), ["two", "three"]);
    assert_told(
        &histories.issues,
        &["shallow clone of 2 commits", "git fetch --unshallow"],
    );
}

#[test]
fn a_partial_clone_fetches_nothing() {
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.versions(AIRBNB, &["one", "two"]);
    repository.git(&["config", "uploadpack.allowFilter", "true"]);
    let clone = repository.clone_with(&["--bare", "--filter=blob:none"]);
    let catalog = find(&clone);
    let issue = text(&catalog.found[0]).unwrap_err();
    assert!(
        issue
            .message
            .contains("not in this partial clone, and nothing is fetched"),
        "{issue:?}"
    );
    let histories = histories(&clone);
    assert_eq!(
        histories.by_path[AIRBNB].versions.len(),
        2,
        "the versions are known all the same"
    );
}

#[test]
fn a_missing_commit_ends_the_history_aloud() {
    let Some(repository) = Repository::new() else {
        return;
    };
    let commits = repository.versions(AIRBNB, &["one", "two", "three"]);
    std::fs::remove_file(loose(&repository.path().join(".git"), &commits[0])).unwrap();
    let found = histories(&repository.path());
    assert_eq!(texts(&found, AIRBNB), ["two", "three"]);
    assert_told(
        &found.issues,
        &["history ends early", &commits[0][..8], "missing"],
    );
    std::fs::remove_file(loose(&repository.path().join(".git"), &commits[2])).unwrap();
    let catalog = find(&repository.path());
    assert_eq!(
        current(&catalog),
        ["Airbnb / Privacy Policy: three"],
        "the files are there"
    );
    assert!(
        told(&catalog.issues)
            .iter()
            .any(|text| text.contains("newest commit is missing")),
        "{:?}",
        catalog.issues
    );
}

#[test]
fn a_missing_tree_costs_its_commit_only() {
    let Some(repository) = Repository::new() else {
        return;
    };
    let commits = repository.versions(AIRBNB, &["one", "two", "three"]);
    let tree = repository.git(&["rev-parse", &format!("{}^{{tree}}", commits[1])]);
    std::fs::remove_file(loose(&repository.path().join(".git"), &tree)).unwrap();
    let histories = histories(&repository.path());
    assert_eq!(texts(&histories, AIRBNB), ["one", "three"]);
    assert_told(
        &histories.issues,
        &["1 of 3 commits could not be compared", "missing"],
    );
}

#[test]
fn a_missing_text_is_an_issue_of_its_version() {
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.versions(AIRBNB, &["one", "two"]);
    let blob = repository.git(&["rev-parse", &format!("HEAD^:{AIRBNB}")]);
    std::fs::remove_file(loose(&repository.path().join(".git"), &blob)).unwrap();
    let texts = texts(&histories(&repository.path()), AIRBNB);
    assert_eq!(texts[1], "two");
    assert!(
        texts[0].contains("missing from the repository"),
        "{}",
        texts[0]
    );
}

#[test]
fn a_corrupt_pack_is_told_and_never_a_crash() {
    let Some(repository) = Repository::new() else {
        return;
    };
    let long: Vec<String> = (0..40)
        .map(|n| format!("version {n}\n{}", "We care. ".repeat(40 * n)))
        .collect();
    let long: Vec<&str> = long.iter().map(String::as_str).collect();
    repository.versions(AIRBNB, &long);
    let bare = repository.bare();
    git(&bare, 0, &["repack", "-adq"]);
    let pack = std::fs::read_dir(bare.join("objects/pack"))
        .unwrap()
        .flatten();
    let pack = pack
        .map(|file| file.path())
        .find(|path| path.extension().unwrap() == "pack")
        .unwrap();
    let whole = std::fs::read(&pack).unwrap();
    let mut permissions = std::fs::metadata(&pack).unwrap().permissions();
    #[allow(
        clippy::permissions_set_readonly_false,
        reason = "it lies in a temporary folder"
    )]
    permissions.set_readonly(false);
    std::fs::set_permissions(&pack, permissions).unwrap();
    let mut was_told = 0;
    for step in 1..20 {
        let mut damaged = whole.clone();
        let at = whole.len() * step / 20;
        for byte in &mut damaged[at..(at + 40).min(whole.len())] {
            *byte ^= 0x5a;
        }
        std::fs::write(&pack, &damaged).unwrap();
        let catalog = find(&bare);
        let mut issues = catalog.issues;
        for found in &catalog.found {
            issues.extend(text(found).err());
        }
        if let Some(Ok(found)) = catalog.archives.first().map(|a| a.histories(&mut |_| true)) {
            issues.extend(found.issues.iter().cloned());
            let failed = texts(&found, AIRBNB)
                .into_iter()
                .filter(|text| text.starts_with("! "));
            was_told += failed.count();
        }
        was_told += issues.len();
    }
    assert!(was_told > 0, "damage was never noticed");
    std::fs::write(&pack, &whole[..whole.len() / 2]).unwrap();
    let cut = find(&bare);
    let unreadable = cut.found.iter().all(|found| text(found).is_err());
    assert!(unreadable && (!cut.issues.is_empty() || !cut.found.is_empty()));
}

#[test]
fn nothing_committed_yet() {
    let Some(repository) = Repository::new() else {
        return;
    };
    assert_told(
        &find(&repository.path()).issues,
        &["no-policies: the folder holds no policy"],
    );
    repository.write(AIRBNB, "a draft");
    let catalog = find(&repository.path());
    assert_eq!(current(&catalog), ["Airbnb / Privacy Policy: a draft"]);
    assert_told(
        &catalog.issues,
        &["left-out: the git repository has no commit yet"],
    );
    let Some(bare) = Repository::with(&["init", "-q", "--bare"]) else {
        return;
    };
    assert_told(
        &find(&bare.path()).issues,
        &["no-policies: the git repository has no commit yet"],
    );
}

#[test]
fn a_repository_without_documents() {
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.write("src/main.rs", "fn main() {}");
    repository.commit();
    assert_told(
        &find(&repository.bare()).issues,
        &["no-policies: the repository holds no policy"],
    );
    assert_told(
        &find(&repository.path()).issues,
        &["no-policies: the folder holds no policy"],
    );
}

#[test]
fn a_sha256_repository_is_named_as_such() {
    let Some(repository) = Repository::with(&["init", "-q", "--object-format=sha256"]) else {
        return;
    };
    repository.versions(AIRBNB, &["one"]);
    let catalog = find(&repository.path());
    assert_told(&catalog.issues, &["unsupported: ", "SHA-256"]);
    assert_eq!(
        current(&catalog),
        ["Airbnb / Privacy Policy: one"],
        "the files are there"
    );
}

#[test]
fn a_broken_repository_leaves_the_files() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join(".git")).unwrap();
    std::fs::write(folder.path().join("shop.md"), "We care.").unwrap();
    let catalog = find(folder.path());
    assert_told(
        &catalog.issues,
        &[
            "unreadable: its .git folder holds no repository",
            "`git clone`",
        ],
    );
    assert_eq!(catalog.found.len(), 1);
}

#[test]
fn submodules_are_passed_over_aloud() {
    let Some(inner) = Repository::new() else {
        return;
    };
    inner.versions("Shop/Privacy Policy.md", &["inner"]);
    let Some(outer) = Repository::new() else {
        return;
    };
    outer.versions(AIRBNB, &["outer"]);
    let from = format!("file://{}", inner.path().display());
    outer.git(&["submodule", "--quiet", "add", &from, "more"]);
    outer.commit();
    let bare = find(&outer.bare());
    assert_eq!(current(&bare), ["Airbnb / Privacy Policy: outer"]);
    assert_told(
        &bare.issues,
        &["left-out: the submodule more is another repository"],
    );
    // Where it is checked out, it is an archive of its own.
    let whole = find(&outer.path());
    let expected = [
        "Airbnb / Privacy Policy: outer",
        "Shop / Privacy Policy: inner",
    ];
    assert_eq!(current(&whole), expected);
    assert_eq!(whole.archives.len(), 2);
}

#[test]
fn a_linked_work_tree_is_a_repository_too() {
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.versions(AIRBNB, &["one", "two"]);
    let linked = repository.beside("linked");
    repository.git(&[
        "worktree",
        "add",
        "-q",
        "--detach",
        linked.to_str().unwrap(),
        "HEAD^",
    ]);
    assert_eq!(current(&find(&linked)), ["Airbnb / Privacy Policy: one"]);
    assert_eq!(texts(&histories(&linked), AIRBNB), ["one"]);
}

#[test]
fn a_pointer_of_git_lfs_is_not_taken_for_the_text() {
    let Some(repository) = Repository::new() else {
        return;
    };
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0123\nsize 12345\n";
    repository.versions(AIRBNB, &["one", pointer]);
    let texts = texts(&histories(&repository.bare()), AIRBNB);
    assert_eq!(
        texts,
        [
            "one",
            "! this is a Git LFS pointer, not the text; run `git lfs pull`"
        ]
    );
    let on_disk = find(&repository.path());
    assert!(
        text(&on_disk.found[0])
            .unwrap_err()
            .message
            .contains("Git LFS pointer")
    );
}

#[test]
fn a_text_over_the_limit_is_refused_before_it_is_read() {
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.versions(AIRBNB, &["We care. ".repeat(1000).as_str(), "We do."]);
    let histories = histories(&repository.bare());
    let versions = &histories.by_path[AIRBNB].versions;
    let read =
        |at: usize| Sources::default().read(&Found::single(versions[at].origin.clone()), 1000);
    let issue = read(0).unwrap_err();
    assert_eq!(issue.kind.id(), "too-large");
    assert!(
        issue.message.contains("8.8 KiB") && issue.message.contains("--max-size"),
        "{issue:?}"
    );
    assert!(read(1).is_ok());
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf8() {
    use std::os::unix::ffi::OsStrExt;
    let Some(repository) = Repository::new() else {
        return;
    };
    for (number, name) in [b"Caf\xe9", b"Caf\xe8"].into_iter().enumerate() {
        let folder = repository.path().join(std::ffi::OsStr::from_bytes(name));
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(
            folder.join("Privacy Policy.md"),
            format!("We care {number}."),
        )
        .unwrap();
    }
    repository.commit();
    let bare = repository.bare();
    let catalog = find(&bare);
    assert_eq!(
        current(&catalog),
        ["Caf\u{fffd} / Privacy Policy: We care 1."]
    );
    assert_told(
        &catalog.issues,
        &["unreadable: another file has the same name"],
    );
    assert_eq!(histories(&bare).by_path.len(), 1);
    let on_disk = find(&repository.path());
    assert_eq!(
        on_disk.found.len(),
        2,
        "on disk both can be told apart: {:?}",
        on_disk.issues
    );
    assert_told(
        &on_disk.issues,
        &[
            "encoding: another file has the same name",
            "both are listed",
        ],
    );
}

#[test]
fn a_repository_that_is_written_to_meanwhile() {
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.versions(AIRBNB, &["one", "two"]);
    let bare = repository.bare();
    let sources = Sources::default();
    let catalog = sources.find(std::slice::from_ref(&bare), &FindOptions::default());
    let archive = &catalog.archives[0];
    let before = archive.histories(&mut |_| true).unwrap();
    // Somebody commits, and packs everything anew.
    repository.versions(AIRBNB, &["three"]);
    let from = repository.path().to_str().unwrap().to_owned();
    assert!(
        git(&bare, 0, &["fetch", "-q", &from, "main:main"])
            .status
            .success()
    );
    assert!(git(&bare, 0, &["repack", "-adfq"]).status.success());
    assert!(git(&bare, 0, &["prune-packed"]).status.success());
    let read = |origin: &Origin| {
        let read = sources.read(&Found::single(origin.clone()), MAX_SIZE);
        String::from_utf8(read.unwrap().bytes).unwrap()
    };
    let versions = &before.by_path[AIRBNB].versions;
    assert_eq!(
        versions.iter().map(|v| read(&v.origin)).collect::<Vec<_>>(),
        ["one", "two"]
    );
    // What was opened stays as it was; who asks anew sees the new commit.
    let again = archive.histories(&mut |_| true).unwrap();
    assert_eq!(again.by_path[AIRBNB].versions.len(), 2);
    let catalog = sources.find(&[bare], &FindOptions::default());
    let now = catalog.archives[0].histories(&mut |_| true).unwrap();
    let origin = &now.by_path[AIRBNB].versions[2].origin;
    assert_eq!(read(origin), "three");
}

#[test]
fn a_head_without_a_commit_names_the_branches_there_are() {
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.versions(AIRBNB, &["one"]);
    let bare = repository.bare();
    git(&bare, 0, &["branch", "second", "main"]);
    git(&bare, 0, &["symbolic-ref", "HEAD", "refs/heads/trunk"]);
    let catalog = find(&bare);
    assert!(catalog.found.is_empty());
    let words = [
        "HEAD points to trunk, which has no commit",
        "branches main, second: open",
        "@main",
    ];
    assert_told(&catalog.issues, &words);
}

#[test]
fn a_submodule_that_is_not_checked_out_is_named() {
    let (Some(outer), Some(inner)) = (Repository::new(), Repository::new()) else {
        return;
    };
    inner.versions(AIRBNB, &["one"]);
    outer.write("Bank/Privacy Policy.md", "bank");
    let from = format!("file://{}", inner.path().display());
    outer.git(&["submodule", "--quiet", "add", &from, "more"]);
    outer.commit();
    let clone = outer.clone_with(&[]);
    let told = told(&find(&clone).issues);
    let named = |text: &&String| {
        text.contains("the submodule more is not checked out")
            && text.contains("git submodule update --init")
    };
    assert_eq!(told.iter().filter(named).count(), 1, "{told:?}");
    let checked_out = find(&outer.path());
    assert!(
        !super::told(&checked_out.issues)
            .iter()
            .any(|text| named(&text))
    );
}
