//! Current documents and their versions.

use super::repository::{DAY, Repository, START};
use super::{assert_told, current, find, histories, text, texts, told};
use policy_tui::model::{Document, Issue, Origin};
use policy_tui::source::{FindOptions, Found, MAX_SIZE, Sources, TermsFilter};
use std::path::PathBuf;

const AIRBNB: &str = "Airbnb/Privacy Policy.md";

#[test]
fn a_bare_repository_and_a_work_tree_hold_the_same() {
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.write("README.md", "About this archive.");
    repository.write("Alibaba.com/Privacy Policy.md", "We care.");
    repository.write("Alibaba/Privacy Policy.md", "We do too.");
    let commits = repository.versions(AIRBNB, &["one", "two", "one"]);
    let bare = repository.bare();
    for path in [&bare, &repository.path()] {
        let catalog = find(path);
        assert_eq!(told(&catalog.issues), [""; 0]);
        let expected = [
            "Airbnb / Privacy Policy: one",
            "Alibaba / Privacy Policy: We do too.",
            "Alibaba.com / Privacy Policy: We care.",
        ];
        let mut documents = current(&catalog);
        documents.sort();
        assert_eq!(documents, expected, "{}", path.display());
        let histories = histories(path);
        // To return to an older text is an event of its own.
        assert_eq!(texts(&histories, AIRBNB), ["one", "two", "one"]);
        assert_eq!(
            texts(&histories, "Alibaba/Privacy Policy.md"),
            ["We do too."]
        );
        let history = &histories.by_path[AIRBNB];
        for (at, (version, commit)) in history.versions.iter().zip(&commits).enumerate() {
            let Origin::Git(place) = &version.origin else {
                panic!("{:?}", version.origin)
            };
            assert_eq!(&place.commit, commit);
            let recorded = version.recorded.unwrap().as_second();
            assert_eq!(recorded, START + DAY * i64::try_from(at).unwrap());
        }
        assert_eq!(history.versions[0].content, history.versions[2].content);
        assert_ne!(history.versions[0].content, history.versions[1].content);
    }
}

#[test]
fn a_document_that_is_found_gets_its_history() {
    let Some(repository) = Repository::new() else {
        return;
    };
    let commits = repository.versions(AIRBNB, &["one", "two"]);
    repository.versions("Other/Privacy Policy.md", &["three"]);
    for path in [repository.bare(), repository.path()] {
        let mut catalog = find(&path);
        let archive = catalog.archives[0].clone();
        let histories = archive.histories(&mut |_| true).unwrap();
        let found = &mut catalog.found[0];
        assert!(archive.attach(found, &histories));
        assert_eq!(found.history.as_ref().unwrap().versions.len(), 2);
        assert_eq!(found.filed.recorded.unwrap().as_second(), START + DAY);
        if let Origin::Git(place) = &found.origin {
            assert_eq!(
                place.commit, commits[1],
                "the commit that recorded it, not the newest"
            );
        }
        let stranger = Origin::File("/elsewhere/Airbnb/Privacy Policy.md".into());
        assert_eq!(archive.key(&stranger), None);
    }
}

#[test]
fn an_edit_on_disk_is_one_more_version() {
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.versions(AIRBNB, &["one\ntwo\n"]);
    repository.write(AIRBNB, "one\r\ntwo\r\n");
    assert_eq!(
        texts(&histories(&repository.path()), AIRBNB).len(),
        1,
        "only line ends differ"
    );
    repository.write(AIRBNB, "one\nthree\n");
    repository.write("New/Privacy Policy.md", "not committed");
    let histories = histories(&repository.path());
    assert_eq!(texts(&histories, AIRBNB), ["one\ntwo", "one\nthree"]);
    let last = histories.by_path[AIRBNB].versions.last().unwrap();
    assert!(matches!(last.origin, Origin::File(_)) && last.recorded.is_none());
    assert!(!histories.by_path.contains_key("New/Privacy Policy.md"));
    let documents = current(&find(&repository.path()));
    assert!(documents.contains(&"New / Privacy Policy: not committed".to_owned()));
}

#[test]
fn commits_that_change_no_text_are_no_versions() {
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.versions(AIRBNB, &["one"]);
    repository.git(&["update-index", "--chmod=+x", AIRBNB]);
    repository.git(&["commit", "-q", "-m", "mode"]);
    repository.git(&["commit", "-q", "--allow-empty", "-m", "empty"]);
    repository.git(&["rm", "-qf", AIRBNB]);
    repository.commit();
    repository.versions(AIRBNB, &["one"]);
    assert_eq!(texts(&histories(&repository.bare()), AIRBNB), ["one"]);
}

#[test]
fn a_renamed_service_keeps_its_history() {
    let Some(repository) = Repository::new() else {
        return;
    };
    let long = "We collect your name.\nWe keep it.\nWe never sell it.\n";
    repository.write("Twitter/Terms of Service.md", "Be kind.\n");
    repository.versions("Twitter/Privacy Policy.md", &["first", long]);
    repository.git(&["mv", "Twitter", "X"]);
    repository.versions(
        "X/Privacy Policy.md",
        &[long, &format!("{long}Not even to friends.\n")],
    );
    // Renamed again, and edited in the same commit.
    repository.git(&["mv", "X", "Y"]);
    repository.versions(
        "Y/Privacy Policy.md",
        &[&format!("{long}But to strangers.\n")],
    );
    let histories = histories(&repository.bare());
    let versions = texts(&histories, "Y/Privacy Policy.md");
    assert_eq!(versions.len(), 4, "{versions:#?}");
    assert_eq!(versions[0], "first");
    let Origin::Git(first) = &histories.by_path["Y/Privacy Policy.md"].versions[0].origin else {
        panic!("it lies in git")
    };
    assert_eq!(
        &*first.path, "Twitter/Privacy Policy.md",
        "the path that it had then"
    );
    assert!(!histories.by_path.contains_key("X/Privacy Policy.md"));
    assert!(histories.gone.is_empty());
}

#[test]
fn a_document_that_is_gone_is_found_with_its_history() {
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.write("Other/Privacy Policy.md", "We stay.");
    repository.versions(AIRBNB, &["one", "two"]);
    repository.git(&["rm", "-q", AIRBNB]);
    repository.commit();
    let bare = repository.bare();
    assert_eq!(current(&find(&bare)), ["Other / Privacy Policy: We stay."]);
    let histories = histories(&bare);
    let [gone] = &histories.gone[..] else {
        panic!("{:?}", histories.gone)
    };
    assert_eq!(gone.filed.site.as_deref(), Some("Airbnb"));
    assert_eq!(text(gone).unwrap(), "two");
    assert_eq!(gone.history.as_ref().unwrap().versions.len(), 2);
}

#[test]
fn a_merge_is_one_step_of_the_branch_that_took_it() {
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.versions(AIRBNB, &["one"]);
    repository.git(&["checkout", "-q", "-b", "side"]);
    repository.versions("Side/Privacy Policy.md", &["a", "b"]);
    repository.git(&["checkout", "-q", "main"]);
    repository.versions(AIRBNB, &["two"]);
    repository.git(&["merge", "-q", "--no-ff", "-m", "merge", "side"]);
    let histories = histories(&repository.bare());
    assert_eq!(texts(&histories, AIRBNB), ["one", "two"]);
    assert_eq!(texts(&histories, "Side/Privacy Policy.md"), ["b"]);
}

#[test]
fn a_branch_a_tag_and_a_commit_by_name() {
    let Some(repository) = Repository::new() else {
        return;
    };
    let commits = repository.versions(AIRBNB, &["one"]);
    repository.git(&["tag", "v1"]);
    repository.git(&["checkout", "-q", "-b", "drafts/new@home"]);
    repository.versions(AIRBNB, &["draft"]);
    repository.git(&["checkout", "-q", "main"]);
    repository.versions(AIRBNB, &["two"]);
    let at = |name: &str| {
        let path = PathBuf::from(format!("{}@{name}", repository.path().display()));
        find(&path)
    };
    assert_eq!(
        current(&at("drafts/new@home")),
        ["Airbnb / Privacy Policy: draft"]
    );
    assert_eq!(current(&at("v1")), ["Airbnb / Privacy Policy: one"]);
    assert_eq!(
        current(&at(&commits[0][..10])),
        ["Airbnb / Privacy Policy: one"]
    );
    let unknown = at("old");
    assert_told(
        &unknown.issues,
        &["no branch or tag \"old\"", "drafts/new@home, main"],
    );
    assert!(unknown.found.is_empty());
    let options = FindOptions {
        branch: Some("drafts/new@home".to_owned()),
        ..FindOptions::default()
    };
    let catalog = Sources::default().find(&[repository.path()], &options);
    assert_eq!(current(&catalog), ["Airbnb / Privacy Policy: draft"]);
    let histories = catalog.archives[0].histories(&mut |_| true).unwrap();
    assert_eq!(texts(&histories, AIRBNB), ["one", "draft"]);
}

#[test]
fn a_detached_head_is_as_good_as_a_branch() {
    let Some(repository) = Repository::new() else {
        return;
    };
    let commits = repository.versions(AIRBNB, &["one", "two", "three"]);
    repository.git(&["checkout", "-q", "--detach", &commits[1]]);
    assert_eq!(
        texts(&histories(&repository.path()), AIRBNB),
        ["one", "two"]
    );
}

#[test]
fn odd_times_keep_the_order_of_the_branch() {
    let Some(repository) = Repository::new() else {
        return;
    };
    // In the future, twice in one second, and back in time.
    for (text, time) in [("a", 32_503_680_000), ("b", START), ("c", START), ("d", 0)] {
        repository.write(AIRBNB, text);
        repository.commit_at(time);
    }
    let histories = histories(&repository.bare());
    assert_eq!(texts(&histories, AIRBNB), ["a", "b", "c", "d"]);
    let times = histories.by_path[AIRBNB].versions.iter();
    let times: Vec<_> = times.map(|v| v.recorded.unwrap().as_second()).collect();
    assert_eq!(times, [32_503_680_000, START, START, 0]);
}

#[test]
fn a_time_before_1970_is_a_time() {
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.versions(AIRBNB, &["one"]);
    let tree = repository.git(&["rev-parse", "HEAD^{tree}"]);
    let commit = format!(
        "tree {tree}\nauthor A <a@b> -86400 +0000\ncommitter A <a@b> -86400 +0000\n\nold\n"
    );
    repository.write("commit", &commit);
    let id = repository.git(&["hash-object", "-t", "commit", "-w", "--literally", "commit"]);
    repository.git(&["update-ref", "refs/heads/main", &id]);
    let histories = histories(&repository.bare());
    let version = &histories.by_path[AIRBNB].versions[0];
    assert_eq!(version.recorded.unwrap().as_second(), -86400);
}

#[test]
fn other_types_of_terms_are_counted_and_shown_on_request() {
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.write("A/Terms of Service.md", "Be kind.");
    repository.write("A/Community Guidelines.md", "Be kinder.");
    repository.versions("A/Privacy Policy.md", &["We care."]);
    for path in [repository.bare(), repository.path()] {
        let catalog = find(&path);
        assert_eq!(current(&catalog), ["A / Privacy Policy: We care."]);
        assert_told(
            &catalog.issues,
            &["left-out: 2 documents of other types", "--type all"],
        );
        let histories = catalog.archives[0].histories(&mut |_| true).unwrap();
        assert_eq!(histories.by_path.len(), 1);
        let with = |filter: &str| {
            let terms: TermsFilter = filter.parse().unwrap();
            let options = FindOptions {
                terms,
                ..FindOptions::default()
            };
            Sources::default().find(std::slice::from_ref(&path), &options)
        };
        assert_eq!(with("all").found.len(), 3);
        assert!(with("all").issues.is_empty());
        assert_eq!(current(&with("TERMS")), ["A / Terms of Service: Be kind."]);
        let none = with("warranty");
        assert_told(
            &none.issues,
            &["no-policies: no document has a type with \"warranty\""],
        );
    }
}

#[test]
fn a_walk_can_be_stopped() {
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.versions(AIRBNB, &["one", "two"]);
    let catalog = find(&repository.bare());
    let mut told = Vec::new();
    let mut progress = |commits| {
        told.push(commits);
        false
    };
    catalog.archives[0].histories(&mut progress).unwrap();
    assert_eq!(told, [2], "nothing is told after the first no");
}

#[test]
fn many_documents_are_read_once_each() {
    let Some(repository) = Repository::new() else {
        return;
    };
    for number in 0..200 {
        repository.write(
            &format!("S{number}/Privacy Policy.md"),
            &format!("text {number}"),
        );
    }
    repository.commit();
    let bare = repository.bare();
    let loose = find(&repository.path()).found;
    let mut wanted = find(&bare).found;
    wanted.extend(loose);
    wanted.push(Found::single(Origin::File("/not/there.md".into())));
    assert_eq!(wanted.len(), 401);
    let sources = Sources::default();
    let mut seen: Vec<Option<Result<Document, Issue>>> = vec![None; wanted.len()];
    sources.read_many(&wanted, MAX_SIZE, &mut |index, read| {
        assert!(seen[index].replace(read).is_none(), "{index} came twice");
        true
    });
    for (found, read) in wanted.iter().zip(seen) {
        let read = read.unwrap();
        let alone = sources.read(found, MAX_SIZE);
        assert_eq!(
            read.map(|d| (d.origin, d.bytes)),
            alone.map(|d| (d.origin, d.bytes))
        );
    }
    let mut count = 0;
    sources.read_many(&wanted, MAX_SIZE, &mut |_, _| {
        count += 1;
        count < 3
    });
    assert_eq!(count, 3, "nothing comes after the first no");
}
