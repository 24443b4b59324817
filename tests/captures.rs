//! What an archive shows where its newest versions say nothing: broken fetches, for which the last sound
//! version stands; documents that were removed; pages that go back and forth between texts.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

use policy_tui::library::{Library, Loader, Request};
use policy_tui::model::Noise;
use proptest::prelude::*;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

const POLICY: &str = "# Privacy Policy

We collect the name, the postal address and the telephone number that you give us with an order.

We use cookies to keep you logged in and to remember what you have put into your basket.

We do not sell your personal information to anybody, whatever they may offer us for it.

You may ask us at any time which data about you we hold, and to correct or delete them.

Payments are made through a bank, which sees the number of your card; we never see it.

When we change this policy we write to everybody who has an account with us.

Our servers stand in Norway and are guarded by people who have signed to be silent.

Your personal data are kept for ten years, because the tax authorities may ask us for them.
";

const LOG_IN: &str = "Log in or sign up\n=================\n\n# Welcome to Shop\n\nPhone number\n\nWe will call you to confirm it. [Privacy Policy](https://shop.example/privacy)\n\nContinue\n";

/// A file and when it was recorded; none takes the document away.
type Event<'a> = (&'a str, &'a str, Option<String>);

fn edited() -> String {
    POLICY.replace("ten years", "twelve years")
}

/// The log-in page came last; the bank's policy stays as it was.
fn events() -> Vec<Event<'static>> {
    vec![
        ("Shop", "2019-03-01", Some(POLICY.to_owned())),
        ("Bank", "2019-04-01", Some(POLICY.replace("Norway", "Chad"))),
        ("Shop", "2020-03-01", Some(edited())),
        ("Shop", "2021-03-01", Some(LOG_IN.to_owned())),
    ]
}

/// Events as files that are named by their dates.
fn dated(events: &[Event<'_>]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (site, day, text) in events {
        let place = folder.path().join(site).join("Privacy Policy");
        std::fs::create_dir_all(&place).unwrap();
        let file = place.join(format!("{day}T08-00-00Z.md"));
        std::fs::write(file, text.as_deref().unwrap_or_default()).unwrap();
    }
    folder
}

/// Runs git in a folder, as if on a day; none without the git program.
fn git(folder: &Path, day: &str, arguments: &[&str]) -> Option<Output> {
    let time = format!("{day}T08:00:00Z");
    let mut git = Command::new("git");
    git.arg("-C")
        .arg(folder)
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
        .args(arguments)
        .env("GIT_AUTHOR_DATE", &time)
        .env("GIT_COMMITTER_DATE", &time)
        .env("GIT_CONFIG_GLOBAL", "/dev/null");
    git.output().ok()
}

/// Events as commits; none without the git program.
fn committed(events: &[Event<'_>]) -> Option<tempfile::TempDir> {
    let folder = tempfile::tempdir().unwrap();
    let made = git(folder.path(), "2000-01-01", &["init", "-q"]);
    if !made.is_some_and(|output| output.status.success()) {
        eprintln!("SKIPPED: there is no git program to make a repository with");
        return None;
    }
    for event in events {
        commit(folder.path(), event);
    }
    Some(folder)
}

/// One more event as a commit.
fn commit(folder: &Path, (site, day, text): &Event<'_>) {
    let place = folder.join(site);
    std::fs::create_dir_all(&place).unwrap();
    let file = place.join("Privacy Policy.md");
    match text {
        Some(text) => std::fs::write(file, text).unwrap(),
        None => std::fs::remove_file(file).unwrap(),
    }
    for step in [&["add", "-A"][..], &["commit", "-qm", "Recorded"]] {
        let output = git(folder, day, step).unwrap();
        assert!(output.status.success(), "{output:?}");
    }
}

fn both(events: &[Event<'_>]) -> Vec<tempfile::TempDir> {
    [Some(dated(events)), committed(events)]
        .into_iter()
        .flatten()
        .collect()
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_policy-tui"))
        .args(arguments)
        .env("POLICY_TUI_CONFIG", "/nonexistent")
        .output()
        .unwrap()
}

fn out(arguments: &[&str]) -> String {
    let output = run(arguments);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {told}");
    String::from_utf8(output.stdout).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&out(&[arguments, &["--format", "json"]].concat())).unwrap()
}

fn path(folder: &tempfile::TempDir) -> &str {
    folder.path().to_str().unwrap()
}

fn row<'a>(list: &'a Value, site: &str) -> &'a Value {
    let mut rows = list.as_array().unwrap().iter();
    rows.find(|row| row["site"] == site).unwrap()
}

const NOTE: &str = "the capture of 2021-03-01 is a log-in page; this is the version of 2020-03-01";

#[test]
fn the_last_sound_version_stands_for_a_broken_fetch() {
    for folder in both(&events()) {
        let folder = path(&folder);
        let list = json(&["list", folder, "--no-index"]);
        let shop = row(&list, "Shop");
        assert_eq!(shop["archived"], "2020-03-01");
        assert_eq!(shop["title"], "Privacy Policy");
        assert_eq!(
            (&shop["versions"], &shop["last"]),
            (&3.into(), &"2021-03-01".into())
        );
        let broken = &shop["broken_capture"];
        assert_eq!(broken["date"], "2021-03-01");
        assert_eq!(broken["reason"], "a log-in page");
        assert_eq!(broken["version"], 2);
        assert!(row(&list, "Bank")["broken_capture"].is_null());
        let table = run(&["list", folder, "--no-index"]);
        let told = String::from_utf8(table.stderr).unwrap();
        let table = String::from_utf8(table.stdout).unwrap();
        assert!(table.contains("2020-03-01! "), "{table}");
        assert!(told.contains(NOTE), "{told}");
        for text in [
            out(&["show", "Shop", folder, "--no-index"]),
            out(&["compare", "Shop", "Bank", folder, "--no-index"]),
            out(&[
                "practices",
                folder,
                "--no-index",
                "--question",
                "uses-cookies",
            ]),
        ] {
            assert!(text.replace("\n      ", " ").contains(NOTE), "{text}");
        }
        let answers = json(&[
            "practices",
            folder,
            "--question",
            "uses-cookies",
            "--no-index",
        ]);
        for answer in answers.as_array().unwrap() {
            assert_eq!(answer["answer"], "yes", "{answer}");
        }
        let checked = run(&["check", folder, "--no-index"]);
        let checked = String::from_utf8(checked.stdout).unwrap();
        assert!(checked.contains("broken-capture"), "{checked}");
        assert!(!checked.contains("not-a-policy"), "{checked}");
    }
}

#[test]
fn a_date_names_the_last_sound_version_at_its_end() {
    let mut events = events();
    events.push((
        "Shop",
        "2021-09-01",
        Some(edited().replace("Norway", "Peru")),
    ));
    for folder in both(&events) {
        let folder = path(&folder);
        for asked in ["Shop@2021-06", "Shop@2021-03-02", "Shop@2021-08-31"] {
            let shown = json(&["show", asked, folder, "--no-index"]);
            assert_eq!(shown["policy"]["archived"], "2020-03-01", "{asked}");
            assert_eq!(shown["policy"]["broken_capture"]["date"], "2021-03-01");
            let shown = out(&["show", asked, folder, "--no-index"]);
            assert_eq!(shown.matches(NOTE).count(), 1, "{shown}");
        }
        for asked in ["Shop@2020", "Shop@2021", "Shop"] {
            let shown = json(&["show", asked, folder, "--no-index"]);
            assert!(shown["policy"]["broken_capture"].is_null(), "{asked}");
        }
    }
}

#[test]
fn a_date_in_a_long_history_is_judged_by_its_neighbours() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("Shop/Privacy Policy");
    std::fs::create_dir_all(&place).unwrap();
    for number in 0..420 {
        let text = match number {
            400 | 401 => LOG_IN.replace("confirm", &format!("confirm {number}")),
            _ => POLICY.replace("ten years", &format!("{number} days")),
        };
        let (month, day) = (number / 28, number % 28 + 1);
        let (year, month) = (2018 + month / 12, month % 12 + 1);
        let name = format!("{year}-{month:02}-{day:02}T08-00-00Z.md");
        std::fs::write(place.join(name), text).unwrap();
    }
    let shown = |asked: &str| json(&["show", asked, path(&folder), "--no-index"])["policy"].take();
    // The log-in pages are those of the 9th and 10th of March 2019.
    let day = shown("Shop@2019-03-10");
    assert_eq!(day["archived"], "2019-03-10");
    assert_eq!(day["broken_capture"]["reason"], "a log-in page");
    let second = shown("Shop@2019-03-10T09-00-00Z");
    assert_eq!(second["archived"], "2019-03-08");
    assert_eq!(second["broken_capture"]["date"], "2019-03-10");
    assert!(shown("Shop@2019-03")["broken_capture"].is_null());
}

#[test]
fn only_what_was_asked_for_is_said_to_be_broken() {
    for folder in both(&events()) {
        let compare =
            |left: &str, right: &str| out(&["compare", left, right, path(&folder), "--no-index"]);
        let sound = compare("Shop@2019", "Shop@2020");
        assert!(!sound.contains("log-in page"), "{sound}");
        let newest = compare("Shop@2019", "Shop");
        assert!(newest.contains(&format!("note: R: {NOTE}")), "{newest}");
        let broken = compare("Shop@2021-03-01", "Shop@2020");
        let told = "note: L: the capture of 2021-03-01 is a log-in page\n";
        assert!(broken.contains(told), "{broken}");
        let shown = out(&["show", "Shop@2020", path(&folder), "--no-index"]);
        assert!(!shown.contains("log-in page"), "{shown}");
    }
}

/// A site with two documents about privacy, of which one ends where the other begins.
fn two_policies() -> tempfile::TempDir {
    let folder = dated(&[("Ads", "2021-03-01", Some(edited()))]);
    let parent = folder.path().join("Ads/Parent Organization Privacy Policy");
    std::fs::create_dir_all(&parent).unwrap();
    for day in ["2018-03-01", "2019-03-01"] {
        std::fs::write(parent.join(format!("{day}.md")), POLICY).unwrap();
    }
    folder
}

#[test]
fn another_policy_of_the_site_is_named() {
    let folder = two_policies();
    let folder = path(&folder);
    let shown = run(&["show", "Ads", folder, "--no-index"]);
    let told = String::from_utf8(shown.stderr).unwrap();
    assert!(
        told.contains("“Ads” may also mean “Ads/Parent Organization Privacy Policy”"),
        "{told}"
    );
    let told = |name: &str| {
        let output = run(&["show", name, folder, "--no-index"]);
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    let early = told("Ads@2020");
    assert!(
        early.contains("another document has one: Ads/Parent Organization Privacy Policy@2020"),
        "{early}"
    );
    assert!(!told("Ads@2017").contains("Parent"));
    let shown = json(&[
        "show",
        "Ads/Parent Organization Privacy Policy@2020",
        folder,
    ]);
    assert_eq!(shown["policy"]["archived"], "2019-03-01");
}

#[test]
fn a_versions_own_date_or_revision_gives_what_was_recorded() {
    for folder in both(&events()) {
        let folder = path(&folder);
        let broken = json(&["show", "Shop@2021-03-01", folder, "--no-index"]);
        assert_eq!(broken["policy"]["archived"], "2021-03-01");
        assert!(broken["policy"]["words"].as_u64().unwrap() < 30);
        let reason = &broken["policy"]["broken_capture"]["reason"];
        assert_eq!(reason, "a log-in page");
        if let Some(revision) = broken["policy"]["revision"].as_str() {
            let same = json(&["show", &format!("Shop@{}", &revision[..8]), folder]);
            assert_eq!(same["policy"]["bytes"], broken["policy"]["bytes"]);
        }
        let first = json(&["show", "Shop@2019", folder, "--no-index"]);
        assert_eq!(first["policy"]["archived"], "2019-03-01");
        assert_eq!(first["policy"]["asked"], "Shop@2019");
        let steps = json(&["history", "Shop", folder, "--no-index"]);
        assert_eq!(steps[2]["noise"], "broken");
        let compared = out(&["compare", "Shop@2019", "Shop", folder, "--no-index"]);
        assert!(compared.contains("asked for as Shop@2019"), "{compared}");
        assert!(compared.contains("2020-03-01"), "{compared}");
    }
}

#[test]
fn a_newest_version_without_text_has_a_stand_in_too() {
    let mut events = events();
    events[3].2 = Some(String::new());
    for folder in both(&events) {
        let list = json(&["list", path(&folder), "--no-index"]);
        let shop = row(&list, "Shop");
        assert_eq!(shop["broken_capture"]["reason"], "a page without text");
        assert_eq!(shop["archived"], "2020-03-01");
    }
}

#[test]
fn what_a_policy_became_is_shown() {
    let notice = "# Privacy Policy\n\nWe keep no personal data of anybody any more, since we sell \
        no goods. What we had was deleted at the end of the year, and our bank has deleted its copy \
        too. Write to us if you want to know more about that, by letter or by telephone. Our address \
        stays the one you know, and somebody reads what comes. We wish you all the best, and thank \
        you for the many years in which you bought from us and told others about our small shop.\n";
    let mut events = events();
    events[3].2 = Some(notice.to_owned());
    for folder in both(&events) {
        let list = json(&["list", path(&folder), "--no-index"]);
        let shop = row(&list, "Shop");
        assert!(shop["broken_capture"].is_null(), "{shop}");
        assert_eq!(shop["archived"], "2021-03-01");
    }
}

#[test]
fn search_looks_through_what_is_listed_with_an_index_and_without() {
    let Some(folder) = committed(&events()) else {
        return;
    };
    let cache = tempfile::tempdir().unwrap();
    let cached = ["--cache", path(&cache)];
    out(&[&["index", path(&folder)][..], &cached].concat());
    for query in ["telephone", "confirm", "site:Shop", "years"] {
        for versions in [&[][..], &["--versions"]] {
            let ask = |options: &[&str]| {
                let search = ["search", query, path(&folder)];
                json(&[&search[..], versions, options].concat())
            };
            let (found, read) = (ask(&cached), ask(&["--no-index"]));
            let names = |found: &Value| -> Vec<Value> {
                let hits = found["hits"].as_array().unwrap().iter();
                let mut hits: Vec<Value> = hits
                    .map(|hit| serde_json::json!([hit["policy"], hit["text"], hit["date"]]))
                    .collect();
                hits.sort_by_key(Value::to_string);
                hits
            };
            assert_eq!(names(&found), names(&read), "{query} {versions:?}");
            assert_eq!(found["wordings"], read["wordings"], "{query} {versions:?}");
            let hits = read["hits"].as_array().unwrap();
            let expected = !(query == "confirm" && versions.is_empty());
            assert_eq!(!hits.is_empty(), expected, "{query} {versions:?}");
        }
    }
}

/// Takes the bytes of a version out of a repository.
fn forget_blob(folder: &Path, version: &str) {
    let blob = git(folder, "2000-01-01", &["rev-parse", version]).unwrap();
    let blob = String::from_utf8(blob.stdout).unwrap();
    let (first, rest) = blob.trim().split_at(2);
    std::fs::remove_file(folder.join(format!(".git/objects/{first}/{rest}"))).unwrap();
}

/// What is told of a library, in all ways that a stand-in shows itself.
fn all_told(folder: &str, options: &[&str]) -> Vec<(String, String)> {
    let asked = [
        &["list", "--format", "json"][..],
        &["list"],
        &["check", "--format", "json"],
        &["show", "Shop"],
        &["practices", "--question", "uses-cookies"],
        &["history", "Shop"],
    ];
    let told = asked.into_iter().map(|asked| {
        let output = run(&[asked, &[folder], options].concat());
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(output.stdout), text(output.stderr))
    });
    told.collect()
}

#[test]
fn the_index_knows_what_stands_for_a_broken_fetch() {
    let (files, commits) = (dated(&events()), committed(&events()));
    let bare = commits.as_ref().map(|folder| folder.path().join(".git"));
    for folder in [Some(files.path()), bare.as_deref()].into_iter().flatten() {
        let folder = folder.to_str().unwrap();
        let cache = tempfile::tempdir().unwrap();
        let cached = ["--cache", path(&cache)];
        out(&[&["index", folder][..], &cached].concat());
        let read = all_told(folder, &["--no-index"]);
        assert!(
            read.iter()
                .any(|(out, told)| [out, told].iter().any(|text| text.contains(NOTE)))
        );
        assert_eq!(all_told(folder, &cached), read);
    }
}

#[test]
fn with_the_index_nothing_is_read_to_list_a_stand_in() {
    let Some(folder) = committed(&events()) else {
        return;
    };
    // Without files the index knows all documents.
    let bare = folder.path().join(".git");
    let bare = bare.to_str().unwrap();
    let cache = tempfile::tempdir().unwrap();
    let list = ["list", bare, "--cache", path(&cache), "--format", "json"];
    out(&["index", bare, "--cache", path(&cache)]);
    let before = out(&list);
    for version in ["HEAD", "HEAD~1", "HEAD~3"] {
        forget_blob(folder.path(), &format!("{version}:Shop/Privacy Policy.md"));
    }
    assert_eq!(out(&list), before);
    let without = run(&["list", bare, "--no-index", "--format", "json"]);
    assert_ne!(String::from_utf8(without.stdout).unwrap(), before);
}

#[test]
fn a_verdict_of_the_index_is_never_older_than_the_history() {
    let Some(folder) = committed(&events()) else {
        return;
    };
    let bare = folder.path().join(".git");
    let bare = bare.to_str().unwrap();
    let cache = tempfile::tempdir().unwrap();
    let cached = ["--cache", path(&cache)];
    let index = || out(&[&["index", bare][..], &cached].concat());
    let is_broken =
        || !row(&json(&["list", bare, "--no-index"]), "Shop")["broken_capture"].is_null();
    let error = "# Error\n\nSomething went wrong. Please try again later.\n".to_owned();
    let later = [
        ("Bank", "2021-04-01", POLICY.replace("Norway", "Peru"), true),
        ("Shop", "2021-05-01", edited(), false),
        ("Shop", "2021-06-01", error, true),
        ("Shop", "2021-07-01", LOG_IN.to_owned(), true),
        ("Bank", "2021-08-01", LOG_IN.replace("Shop", "Bank"), true),
        (
            "Shop",
            "2021-09-01",
            POLICY.replace("ten years", "a year"),
            false,
        ),
    ];
    index();
    for (site, day, text, broken) in later {
        commit(folder.path(), &(site, day, Some(text)));
        let read = all_told(bare, &["--no-index"]);
        assert_eq!(is_broken(), broken, "{day}");
        assert_eq!(all_told(bare, &cached), read, "{day}: the index is older");
        index();
        assert_eq!(
            all_told(bare, &cached),
            read,
            "{day}: the index is up to date"
        );
    }
}

#[test]
fn another_history_of_the_same_newest_version_is_judged_anew() {
    let Some(folder) = committed(&events()) else {
        return;
    };
    let bare = folder.path().join(".git");
    let bare = bare.to_str().unwrap();
    let cache = tempfile::tempdir().unwrap();
    let cached = ["--cache", path(&cache)];
    out(&[&["index", bare][..], &cached].concat());
    // The same log-in page, and before it never a policy.
    let fresh = git(
        folder.path(),
        "2021-01-01",
        &["checkout", "-q", "--orphan", "other"],
    );
    assert!(fresh.unwrap().status.success());
    for (day, text) in [("2020-01-01", "# Soon\n"), ("2021-03-01", LOG_IN)] {
        commit(folder.path(), &("Shop", day, Some(text.to_owned())));
    }
    let read = all_told(bare, &["--no-index"]);
    assert!(!read[2].0.contains("broken-capture"), "{}", read[2].0);
    assert_eq!(all_told(bare, &cached), read);
}

#[test]
fn what_was_removed_is_found_by_name_and_by_a_switch() {
    let mut events = events();
    events.truncate(3);
    events.push(("Shop", "2022-05-01", None));
    let Some(folder) = committed(&events) else {
        return;
    };
    let folder = path(&folder);
    let list = json(&["list", folder, "--no-index"]);
    assert_eq!(list.as_array().unwrap().len(), 1);
    let list = json(&["list", folder, "--removed"]);
    let shop = row(&list, "Shop");
    assert_eq!(shop["removed"], "2022-05-01");
    assert_eq!(
        (&shop["archived"], &shop["versions"]),
        (&"2020-03-01".into(), &2.into())
    );
    assert!(row(&list, "Bank")["removed"].is_null());
    let table = out(&["list", folder, "--removed"]);
    assert!(
        table.contains("removed") && table.contains("2022-05-01"),
        "{table}"
    );
    let shown = out(&["show", "Shop", folder]);
    assert!(shown.contains("removed   2022-05-01"), "{shown}");
    assert!(shown.contains("twelve years"), "{shown}");
    let history = out(&["history", "Shop", folder]);
    assert!(history.contains("2 versions") && history.contains("removed on 2022-05-01"));
    let compared = out(&["compare", "Shop@2019", "Shop", folder]);
    assert!(compared.contains("removed on 2022-05-01"), "{compared}");
    let unknown = run(&["show", "Stop", folder]);
    assert_eq!(unknown.status.code(), Some(2));
}

/// A page that is served in two forms, by turns, a day apart; and a clause that it has in one alone.
fn swinging() -> Vec<Event<'static>> {
    const DAYS: [&str; 8] = [
        "2020-01-01",
        "2020-01-02",
        "2020-01-03",
        "2020-01-04",
        "2020-01-05",
        "2020-01-06",
        "2020-01-07",
        "2020-01-08",
    ];
    let other = POLICY.replace(
        "We do not sell",
        "Our partners may look at the orders that you make.\n\nWe do not sell",
    );
    let turns = DAYS.iter().enumerate();
    let mut events: Vec<Event<'_>> = turns
        .map(|(at, day)| {
            let text = if at % 2 == 0 { POLICY } else { &other };
            ("Shop", *day, Some(text.to_owned()))
        })
        .collect();
    events.push(("Shop", "2020-01-09", Some(edited())));
    events
}

#[test]
fn going_back_and_forth_is_one_line() {
    for folder in both(&swinging()) {
        let folder = path(&folder);
        let text = out(&["history", "Shop", folder]);
        let said = "6 times back and forth between 2 texts since version 3 (2020-01-03)";
        assert!(text.contains(said), "{text}");
        assert!(text.contains("5 versions folded"), "{text}");
        assert!(!text.contains("\n      4 "), "{text}");
        let all = out(&["history", "Shop", folder, "--all"]);
        assert!(
            all.contains("\n      4 ") && !all.contains("back and forth"),
            "{all}"
        );
        assert_eq!(
            json(&["history", "Shop", folder]).as_array().unwrap().len(),
            9
        );
        let clause = ["history", "Shop", folder, "--clause", "partners may look"];
        let text = out(&clause);
        assert!(
            text.contains("came and went 3 times, missing first 2020-01-03"),
            "{text}"
        );
        let all = out(&[&clause[..], &["--all"]].concat());
        assert_eq!(all.matches("\nmissing ").count(), 3, "{all}");
    }
}

#[test]
fn why_a_version_cannot_be_read_is_said_at_once() {
    let Some(folder) = committed(&events()[..3]) else {
        return;
    };
    forget_blob(folder.path(), "HEAD~2:Shop/Privacy Policy.md");
    let text = out(&["history", "Shop", path(&folder)]);
    assert!(text.contains("1 unreadable"), "{text}");
    assert!(
        text.contains("version 1 (2019-03-01) cannot be read: its text is missing"),
        "{text}"
    );
}

fn open(folder: &Path) -> Library {
    let mut request = Request::new(vec![folder.to_owned()]);
    request.histories = true;
    Loader::new(Arc::default()).load(&request)
}

/// Texts of every kind that versions may have.
fn some_text() -> impl Strategy<Value = String> {
    let short = POLICY.lines().take(5).collect::<Vec<_>>().join("\n");
    prop::sample::select(vec![
        POLICY.to_owned(),
        edited(),
        POLICY.replace("Norway", "**Norway**"),
        LOG_IN.to_owned(),
        "# Sorry\n\n404: this page was not found.\n".to_owned(),
        "Loading\n".to_owned(),
        String::new(),
        short,
        "The river rose again last night, and the old bridge was closed to all traffic.\n\n"
            .repeat(12),
        "Wir verkaufen Ihre Daten nicht, und wir geben sie auch nicht an andere weiter.\n\n"
            .repeat(12),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// What stands for a document that began as a policy is what its timeline says of it.
    #[test]
    fn the_timeline_and_the_list_agree(texts in prop::collection::vec(some_text(), 1..9)) {
        let texts = [&[POLICY.to_owned()][..], &texts].concat();
        let days: Vec<String> = (1..=texts.len()).map(|day| format!("2020-01-{day:02}")).collect();
        let mut events: Vec<Event<'_>> = vec![("Bank", "2020-01-01", Some(POLICY.to_owned()))];
        let versions = days.iter().zip(&texts);
        events.extend(versions.map(|(day, text)| ("Shop", day.as_str(), Some(text.clone()))));
        let folder = dated(&events);
        let library = open(folder.path());
        let Ok(id) = library.find("Shop") else {
            // A document without any text is not listed.
            prop_assert!(texts.last().unwrap().is_empty());
            return Ok(());
        };
        let entry = library.get(id).unwrap();
        let steps = library.steps(id);
        let is_sound = |noise: &Option<Noise>| !noise.as_ref().is_some_and(Noise::is_accident);
        let last = steps.last().unwrap();
        let sound = steps.iter().rposition(|step| is_sound(&step.noise));
        match (&last.noise, sound) {
            (Some(Noise::Broken { what }), Some(sound)) => {
                let stand_in = entry.stand_in.expect("something stands for it");
                prop_assert_eq!((stand_in.place, stand_in.what), (sound, *what));
                prop_assert_eq!(entry.place, sound);
            }
            _ => prop_assert!(entry.stand_in.is_none(), "{:?}", entry.stand_in),
        }
    }
}
