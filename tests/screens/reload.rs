//! Everything read again: what is open stays open, at the same place, over the new library.

use super::keys;
use policy_tui::classify::Classifier;
use policy_tui::library::{Library, Loader, Request};
use policy_tui::tui::app::{App, Event, Jobs, Replaced, Session, Setup};
use ratatui::layout::Size;
use std::path::Path;
use std::sync::Arc;

const SIZE: Size = Size {
    width: 100,
    height: 30,
};

/// Words of which every version has enough to be a policy.
const REST: &str = "This policy is about your personal information, which we collect with your consent, and \
how we protect that data and share it with third parties. ";

fn write(folder: &Path, site: &str, day: &str, text: &str) {
    let path = folder.join(format!("{site}/Privacy Policy/{day}T00-00-00Z.md"));
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let rest = REST.repeat(4);
    std::fs::write(path, format!("# Privacy Policy\n\n{rest}\n\n{text}\n")).unwrap();
}

/// Three sites, one of them with three versions.
fn archive() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let logs = "We keep server logs for ninety days.";
    write(
        folder.path(),
        "Beta",
        "2019-01-01",
        "We use cookies to count visits.",
    );
    write(folder.path(), "Beta", "2020-01-01", "We never use cookies.");
    write(folder.path(), "Beta", "2021-01-01", logs);
    write(
        folder.path(),
        "Gamma",
        "2021-02-01",
        "We use cookies. We keep server logs for ever.",
    );
    write(
        folder.path(),
        "Kappa",
        "2021-03-01",
        "We do not sell personal information. We like owls more than any other bird there is.",
    );
    folder
}

fn library(folder: &Path) -> Arc<Library> {
    let mut request = Request::new(vec![folder.to_owned()]);
    request.histories = true;
    Arc::new(Loader::new(Arc::new(Classifier::builtin())).load(&request))
}

fn app(folder: &Path) -> App {
    let session = Session::new(library(folder), Setup::plain());
    App::new(session, Jobs::Inline, SIZE, None)
}

/// Reads the folder again, in which all policies have moved on by one place.
fn reload(app: &mut App, folder: &Path) {
    write(
        folder,
        "Alpha",
        "2022-01-01",
        "We sell personal information to advertisers.",
    );
    app.handle(Event::Replaced(Replaced {
        library: library(folder),
        screen: None,
        note: Some("read again".to_owned()),
    }));
}

/// The line that holds a text.
fn line<'a>(frame: &'a str, holds: &str) -> &'a str {
    let found = frame.lines().find(|line| line.contains(holds));
    found.unwrap_or_else(|| panic!("no line holds {holds:?} in\n{frame}"))
}

#[test]
fn the_list_stays_on_its_policy_with_its_query_and_the_marked_side() {
    let folder = archive();
    let mut app = app(folder.path());
    let before = keys(&mut app, "jm/a<enter>G", SIZE);
    assert!(line(&before, "▸  ").contains("Kappa"), "{before}");
    reload(&mut app, folder.path());
    let after = keys(&mut app, "", SIZE);
    assert!(line(&after, "▸  ").contains("Kappa"), "{after}");
    assert!(line(&after, "find ▸ a").contains("best match"), "{after}");
    assert!(
        after.contains("Alpha") && after.contains("L Gamma"),
        "{after}"
    );
    assert!(after.contains("read again"), "{after}");
}

#[test]
fn a_timeline_stays_at_its_version_and_knows_the_new_one() {
    let folder = archive();
    let mut app = app(folder.path());
    let before = keys(&mut app, "vk", SIZE);
    assert!(line(&before, "▸").contains("2020-01-01"), "{before}");
    keys(&mut app, "kmj", SIZE);
    write(
        folder.path(),
        "Beta",
        "2018-01-01",
        "We use cookies to count.",
    );
    write(
        folder.path(),
        "Beta",
        "2023-01-01",
        "We use cookies to count visits and more.",
    );
    reload(&mut app, folder.path());
    let after = keys(&mut app, "", SIZE);
    assert!(line(&after, "▸").contains("2020-01-01"), "{after}");
    assert!(
        after.contains("5 versions") && after.contains("2023-01-01"),
        "{after}"
    );
    // The marked version is on the left still.
    let compared = keys(&mut app, "G<enter>", SIZE);
    assert!(
        compared.contains("Beta@2019-01-01") && compared.contains("2023-01-01"),
        "{compared}"
    );
}

#[test]
fn a_matrix_stays_on_its_cell_held_against_its_base() {
    let folder = archive();
    let mut app = app(folder.path());
    let before = keys(&mut app, "at cookies<enter>lbljjx", SIZE);
    assert!(before.contains("base Gamma"), "{before}");
    let cell = |frame: &str| {
        let start = frame.lines().position(|line| line.starts_with(" ◆k"));
        let lines: Vec<String> = frame
            .lines()
            .skip(start.unwrap())
            .take(3)
            .map(str::to_owned)
            .collect();
        lines
    };
    reload(&mut app, folder.path());
    let after = keys(&mut app, "", SIZE);
    assert!(
        after.contains("Matrix") && after.contains("4 sites"),
        "{after}"
    );
    assert!(
        after.contains("base Gamma") && after.contains("topic: cookies"),
        "{after}"
    );
    assert_eq!(cell(&after), cell(&before), "{before}\n{after}");
}

#[test]
fn a_search_stays_at_its_hit_and_finds_what_is_new() {
    let folder = archive();
    let mut app = app(folder.path());
    let before = keys(&mut app, "Fpersonal information<enter>G", SIZE);
    let hit = line(&before, "▸ ◆").to_owned();
    assert!(!before.contains("Alpha"), "{before}");
    reload(&mut app, folder.path());
    let after = keys(&mut app, "", SIZE);
    assert!(after.contains("Alpha"), "{after}");
    assert_eq!(line(&after, "▸ ◆"), hit, "{after}");
    let read = keys(&mut app, "o", SIZE);
    assert!(line(&read, "policy-tui").contains("Kappa"), "{read}");
}

#[test]
fn who_else_says_a_clause_is_asked_again_or_given_up() {
    let folder = archive();
    let mut app = app(folder.path());
    let before = keys(&mut app, "Fowls<enter>w", SIZE);
    assert!(before.contains("like ▸"), "{before}");
    write(
        folder.path(),
        "Omega",
        "2021-01-01",
        "We like owls more than any other bird there is.",
    );
    reload(&mut app, folder.path());
    let after = keys(&mut app, "", SIZE);
    assert!(
        after.contains("like ▸") && after.contains("Omega"),
        "{after}"
    );
    std::fs::remove_dir_all(folder.path().join("Kappa")).unwrap();
    reload(&mut app, folder.path());
    let gone = keys(&mut app, "", SIZE);
    assert!(
        gone.contains("search ▸ owls") && gone.contains("Omega"),
        "{gone}"
    );
}

#[test]
fn views_below_stay_and_those_whose_policy_is_gone_close() {
    let folder = archive();
    let mut app = app(folder.path());
    keys(&mut app, "aj", SIZE);
    let reader = keys(&mut app, "<esc>Gv", SIZE);
    assert!(line(&reader, "policy-tui").contains("Kappa"), "{reader}");
    keys(&mut app, "Fcookies<enter><enter>", SIZE);
    std::fs::remove_dir_all(folder.path().join("Kappa")).unwrap();
    reload(&mut app, folder.path());
    let top = keys(&mut app, "", SIZE);
    assert!(top.contains("use cookies"), "{top}");
    let search = keys(&mut app, "<esc>", SIZE);
    assert!(search.contains("search ▸ cookies"), "{search}");
    let list = keys(&mut app, "<esc>", SIZE);
    assert!(line(&list, "policy-tui").contains("Library"), "{list}");
    assert!(!list.contains("Kappa"), "{list}");
}

#[test]
fn a_comparison_stays_at_its_place_and_goes_by_what_was_chosen() {
    let folder = archive();
    let mut app = app(folder.path());
    // By practice, somewhere below the first question.
    let before = keys(&mut app, "j<space>j<enter><tab><tab>]c", SIZE);
    assert!(
        line(&before, "policy-tui").contains("by practice"),
        "{before}"
    );
    let cursor = |frame: &str| line(frame, "▌").to_owned();
    let at = cursor(&before);
    reload(&mut app, folder.path());
    let after = keys(&mut app, "", SIZE);
    let title = line(&after, "policy-tui");
    assert!(title.contains("Gamma ⟷ Kappa"), "{after}");
    assert!(title.contains("by practice"), "{after}");
    assert_eq!(cursor(&after), at, "{after}");
}

#[test]
fn a_comparison_stays_at_a_clause_that_is_still_there() {
    let folder = archive();
    let mut app = app(folder.path());
    let before = keys(&mut app, "<space>j<enter><tab>j", SIZE);
    assert!(
        line(&before, "▌").contains("≈ We keep server logs"),
        "{before}"
    );
    let new = "We like owls. We use cookies. We keep server logs for ever.";
    write(folder.path(), "Gamma", "2021-02-01", new);
    reload(&mut app, folder.path());
    let after = keys(&mut app, "", SIZE);
    assert!(after.contains("We like owls"), "{after}");
    assert!(
        line(&after, "▌").contains("≈ We keep server logs"),
        "{after}"
    );
}

#[test]
fn a_policy_that_is_gone_is_named() {
    let folder = archive();
    let mut app = app(folder.path());
    let read = keys(&mut app, "j<enter><enter>", SIZE);
    assert!(read.contains("Gamma"), "{read}");
    std::fs::remove_dir_all(folder.path().join("Gamma")).unwrap();
    reload(&mut app, folder.path());
    let after = keys(&mut app, "", SIZE);
    assert!(after.contains("! read again; Gamma is gone"), "{after}");
    assert!(!line(&after, "policy-tui").contains("Gamma"), "{after}");
    // What only got another file is there still.
    write(
        folder.path(),
        "Kappa",
        "2022-03-01",
        "We sell personal information.",
    );
    reload(&mut app, folder.path());
    let after = keys(&mut app, "", SIZE);
    assert!(!after.contains("gone"), "{after}");
}
