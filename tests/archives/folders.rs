//! Folders of dated files, side files and archives below a folder.

use super::repository::Repository;
use super::{assert_told, current, find, text};
use policy_tui::model::IssueKind;
use policy_tui::source::{FindOptions, Found, Layout, Sources, TermsFilter};
use std::path::Path;

/// A folder with files that hold their own names.
fn folder(files: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in files {
        let path = folder.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file).unwrap();
    }
    folder
}

/// The versions of a document as the names of their files, oldest first.
fn versions(found: &Found) -> Vec<String> {
    let history = found.history.as_ref().unwrap();
    let name = |version| text(&found.version(version)).unwrap();
    history.versions.iter().map(name).collect()
}

#[test]
fn dated_names_are_versions_of_one_document() {
    let files = [
        "site_2015-12-29.md",
        "2016-01-05_site.md",
        "old/20140101.md",
        "site-2015-12-29.txt",
        "other_2015-12-29.md",
        "plain.md",
        "README.md",
    ];
    let folder = folder(&files);
    let catalog = find(folder.path());
    let documents = current(&catalog);
    let expected = [
        "site / ?: 2016-01-05_site.md",
        "old / ?: old/20140101.md",
        "other / ?: other_2015-12-29.md",
        "? / ?: plain.md",
    ];
    assert_eq!(documents, expected);
    let site = &catalog.found[0];
    // Two of one day stand in the order of their names.
    assert_eq!(
        versions(site),
        [
            "site-2015-12-29.txt",
            "site_2015-12-29.md",
            "2016-01-05_site.md"
        ]
    );
    assert_eq!(
        site.filed.recorded.unwrap().to_string(),
        "2016-01-05T00:00:00Z"
    );
    assert!(
        catalog.found[1].history.is_none(),
        "one version is no history"
    );
}

#[test]
fn a_released_data_set() {
    let files = [
        "LICENSE.md",
        "metadata.yaml",
        "Airbnb/Privacy Policy/2021-08-01T01-03-12Z.md",
        "Airbnb/Privacy Policy/2021-08-01T01-03-13Z.md",
        "Airbnb/Terms of Service/2020-01-01T00-00-00Z.md",
        "Booking/Privacy Policy/2019-05-05T05-05-05Z.md",
    ];
    let folder = folder(&files);
    let catalog = find(folder.path());
    assert_eq!(
        current(&catalog),
        [
            format!("Airbnb / Privacy Policy: {}", files[3]),
            format!("Booking / Privacy Policy: {}", files[5]),
        ]
    );
    assert_eq!(versions(&catalog.found[0]), files[2..4]);
    assert_told(
        &catalog.issues,
        &["left-out: 1 document of other types is not listed"],
    );
}

#[test]
fn dates_in_the_names_of_a_repository_say_what_its_versions_are() {
    let Some(repository) = Repository::new() else {
        return;
    };
    for (path, text) in [
        ("Airbnb/Privacy Policy/2021-08-01T01-03-12Z.md", "one"),
        ("Airbnb/Privacy Policy/2022-08-01T01-03-12Z.md", "two"),
    ] {
        repository.versions(path, &[text]);
    }
    for path in [repository.bare(), repository.path()] {
        let catalog = find(&path);
        assert_eq!(current(&catalog), ["Airbnb / Privacy Policy: two"]);
        assert_eq!(versions(&catalog.found[0]), ["one", "two"]);
        assert!(catalog.archives.is_empty(), "there is nothing more to walk");
    }
}

#[test]
fn folders_by_date() {
    let folder = folder(&[
        "2021-08-01/Airbnb/Privacy Policy.md",
        "2022-08-01/Airbnb/Privacy Policy.md",
        "2022-08-01/Booking/Privacy Policy.md",
    ]);
    let catalog = find(folder.path());
    assert_eq!(catalog.found.len(), 2);
    assert_eq!(versions(&catalog.found[0]).len(), 2);
    assert_eq!(catalog.found[0].filed.site.as_deref(), Some("Airbnb"));
}

#[test]
fn a_date_in_the_future_is_current_only_where_there_is_no_other() {
    let folder = folder(&[
        "a/2020-01-01.md",
        "a/2099-01-01.md",
        "b/2098-01-01.md",
        "b/2099-01-01.md",
    ]);
    let catalog = find(folder.path());
    assert_eq!(
        current(&catalog),
        ["a / ?: a/2020-01-01.md", "b / ?: b/2099-01-01.md"]
    );
    assert_eq!(
        versions(&catalog.found[0]),
        ["a/2020-01-01.md", "a/2099-01-01.md"]
    );
}

#[test]
fn the_princeton_leuven_layout() {
    let folder = folder(&[
        "README.md",
        "m/mp/mp3/mp3rocket.me.md",
        "m/mp/mp3/mp3rocket.me.html",
        "r/ro/roc/rocketv.org.md",
    ]);
    let catalog = find(folder.path());
    let expected = [
        "mp3rocket.me / Privacy Policy: m/mp/mp3/mp3rocket.me.md",
        "rocketv.org / Privacy Policy: r/ro/roc/rocketv.org.md",
    ];
    assert_eq!(current(&catalog), expected);
    let told: Vec<_> = catalog.issues.iter().map(|issue| issue.kind).collect();
    assert_eq!(
        told,
        [IssueKind::LeftOut],
        "the page beside the text is told as a note"
    );
}

#[test]
fn a_day_that_does_not_exist_is_told_and_its_month_read() {
    let folder = tempfile::tempdir().unwrap();
    let acme = folder.path().join("Acme");
    std::fs::create_dir(&acme).unwrap();
    for day in ["2022-02-28", "2022-02-30"] {
        std::fs::write(acme.join(format!("{day}.md")), day).unwrap();
    }
    let catalog = find(folder.path());
    assert_eq!(current(&catalog), ["Acme / ?: 2022-02-28"]);
    let history = catalog.found[0].history.as_ref().unwrap();
    let first = history.versions[0].recorded.unwrap();
    assert_eq!(first.to_string(), "2022-02-01T00:00:00Z");
    assert_told(
        &catalog.issues,
        &[
            "no-such-day",
            "2022-02-30",
            "February 2022",
            "name it by the day",
        ],
    );
    assert_eq!(catalog.issues[0].path, acme.join("2022-02-30.md"));
}

#[test]
fn a_layout_can_be_forced() {
    let folder = folder(&["Airbnb/Privacy Policy.md", "Airbnb/Terms of Service.md"]);
    let with = |layout: Layout| {
        let options = FindOptions {
            layout,
            ..FindOptions::default()
        };
        Sources::default().find(&[folder.path().to_owned()], &options)
    };
    assert_eq!(with(Layout::Auto).found.len(), 1);
    let flat = with(Layout::Flat);
    assert_eq!(flat.found.len(), 2);
    assert!(flat.found.iter().all(|found| found.filed.site.is_none()));
    let wrong = with(Layout::PrincetonLeuven);
    assert_told(
        &wrong.issues,
        &["no-policies: 2 files are here, but none fits the layout"],
    );
}

#[test]
fn documents_of_unknown_type_count_as_privacy_policies() {
    let folder = folder(&["shop.md", "bank.md"]);
    let with = |filter: &str| {
        let terms: TermsFilter = filter.parse().unwrap();
        let options = FindOptions {
            terms,
            ..FindOptions::default()
        };
        Sources::default()
            .find(&[folder.path().to_owned()], &options)
            .found
            .len()
    };
    assert_eq!((with("privacy"), with("all"), with("cookie")), (2, 2, 0));
}

#[test]
fn repositories_below_a_folder_are_archives_of_their_own() {
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.versions("Airbnb/Privacy Policy.md", &["one"]);
    let bare = repository.bare();
    let around: &Path = bare.parent().unwrap();
    std::fs::write(around.join("shop.md"), "We care.").unwrap();
    let catalog = find(around);
    let expected = [
        "? / ?: We care.",
        "Airbnb / Privacy Policy: one",
        "Airbnb / Privacy Policy: one",
    ];
    assert_eq!(current(&catalog), expected);
    assert_eq!(catalog.archives.len(), 2);
    // Named twice, listed once.
    let twice = Sources::default().find(&[around.to_owned(), bare], &FindOptions::default());
    assert_eq!(twice.found.len(), 3);
    assert_eq!(twice.archives.len(), 2);
}
