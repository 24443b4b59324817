//! The versions of a policy on the screen: the timeline, two versions with one of them held, the life
//! of a clause.

use crate::{NARROW, WIDE, app, keys};
use policy_tui::classify::Classifier;
use policy_tui::library::{Loader, Request};
use policy_tui::tui::app::{App, Command, Event, Jobs, Session, Setup};
use policy_tui::tui::effect::Answer;
use policy_tui::tui::headless::{frame, styled};
use policy_tui::tui::keymap::parse_keys;
use ratatui::layout::Size;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc;

const LONG: &str = "We keep your name, your address and what you buy as long as you have an account with \
us, and for a year after that, so that we can answer questions about it. You can ask us for a copy at any \
time, and we send it within a month. We protect what we keep with locks, passwords and people who have \
promised to be silent. This policy holds for the shop and for the page on which you read it.";

/// A policy with a sentence on sharing and one on keeping.
fn policy(sharing: &str, months: u32, more: &str) -> String {
    format!(
        "# Privacy Policy\n\n## Sharing\n\n{sharing}\n\n## Keeping\n\nWe keep your data for {months} \
         months.\n\n{LONG}\n\n{LONG}\n\n{more}\n"
    )
}

const MAY: &str = "We may share your data with partners.";
const NEVER: &str = "We will never share your data with partners.";
const TELL: &str = "We will tell you by e-mail before this policy changes.";

/// An archive of one site with seven versions, and another of one version with a sentence of the first.
fn archive() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let form = policy(NEVER, 12, "").replace("your data for", "your *data* for");
    let log_in = "# Log in\n\nPlease log in to go on.\n\nPassword\n".to_owned();
    let versions = [
        ("2019-03-01T10-00-00Z", policy(MAY, 12, "")),
        ("2020-02-10T10-00-00Z", policy(NEVER, 12, "")),
        ("2020-02-20T10-00-00Z", form.clone()),
        ("2020-06-01T10-00-00Z", log_in),
        ("2020-06-02T10-00-00Z", form.clone()),
        (
            "2022-01-05T10-00-00Z",
            policy(NEVER, 24, "").replace("your data for", "your *data* for"),
        ),
        (
            "2023-09-30T10-00-00Z",
            policy(NEVER, 24, TELL).replace("your data for", "your *data* for"),
        ),
    ];
    for (when, text) in versions {
        write(
            folder.path(),
            &format!("Shop/Privacy Policy/{when}.md"),
            &text,
        );
    }
    let other = format!("# Privacy Policy\n\n{NEVER}\n\n{LONG}\n");
    write(
        folder.path(),
        "Other/Privacy Policy/2021-01-01T10-00-00Z.md",
        &other,
    );
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// The app on the archive, in the library.
fn opened() -> (tempfile::TempDir, App) {
    let folder = archive();
    let app = on(&folder, Jobs::Inline);
    (folder, app)
}

fn on(folder: &tempfile::TempDir, jobs: Jobs) -> App {
    let loader = Loader::new(Arc::new(Classifier::builtin()));
    let library = loader.load(&Request::new(vec![folder.path().to_owned()]));
    let session = Session::new(Arc::new(library), Setup::plain());
    App::new(session, jobs, WIDE, None)
}

/// Opens the timeline of the shop.
const TIMELINE: &str = "/shop<enter>v";

/// The row of the list that holds a text.
fn row<'a>(frame: &'a str, holds: &str) -> &'a str {
    let found = frame.lines().find(|line| line.contains(holds));
    found.unwrap_or_else(|| panic!("no row holds {holds:?} in\n{frame}"))
}

fn title(frame: &str) -> &str {
    frame.lines().next().unwrap()
}

#[test]
fn every_version_that_says_something_is_listed_with_what_it_changed() {
    let (_folder, mut app) = opened();
    let shown = keys(&mut app, TIMELINE, WIDE);
    insta::assert_snapshot!("timeline_120x40", shown);
    assert!(title(&shown).contains("7 versions · 2019–2023"), "{shown}");
    assert!(row(&shown, "2020-02-10").contains("~ wording"), "{shown}");
    assert!(row(&shown, "2022-01-05").contains("~ numbers"), "{shown}");
    insta::assert_snapshot!("timeline_40x12", keys(&mut app, "", NARROW));
}

#[test]
fn noise_is_folded_with_a_count_and_named_when_unfolded() {
    let (_folder, mut app) = opened();
    let shown = keys(&mut app, TIMELINE, WIDE);
    assert!(
        shown.contains("3 versions of noise hidden, press f"),
        "{shown}"
    );
    assert!(!shown.contains("2020-06-01"), "{shown}");
    let before = row(&shown, "2022-01-05");
    assert!(before.contains("3 of noise before"), "{shown}");
    let all = keys(&mut app, "f", WIDE);
    assert!(
        row(&all, "2020-02-20").contains("only the form changed"),
        "{all}"
    );
    assert!(row(&all, "2020-06-01").contains("! broken"), "{all}");
    assert!(row(&all, "2020-06-02").contains("repaired"), "{all}");
    assert!(all.contains("3 versions of noise (f hides)"), "{all}");
    assert!(!keys(&mut app, "f", WIDE).contains("2020-06-01"));
}

#[test]
fn a_version_is_compared_with_the_one_before_that_holds_the_policy() {
    let (_folder, mut app) = opened();
    let shown = keys(&mut app, &format!("{TIMELINE}k<enter>"), WIDE);
    let expected = "Shop@2020-06-02 ⟷ 2022-01-05 · versions 5 and 6 of 7";
    assert!(title(&shown).contains(expected), "{shown}");
    assert!(shown.contains("for 24 months"), "{shown}");
    let again = keys(&mut app, "<esc>f", WIDE);
    let mut places = again.lines().filter(|line| line.starts_with('▸'));
    assert!(places.next().unwrap().contains("2022-01-05"), "{again}");
    let repaired = keys(&mut app, "k<enter>", WIDE);
    let expected = "versions 3 and 5 of 7";
    assert!(
        title(&repaired).contains(expected),
        "past the log-in page:\n{repaired}"
    );
    let first = keys(&mut app, "<esc>g<enter>", WIDE);
    assert!(
        first.contains("there is no version before this one; o reads it"),
        "{first}"
    );
}

#[test]
fn one_version_is_held_while_the_other_side_steps() {
    let (_folder, mut app) = opened();
    let marked = keys(&mut app, &format!("{TIMELINE}g<space>"), WIDE);
    assert!(row(&marked, "2019-03-01").starts_with("▸L"), "{marked}");
    let here = keys(&mut app, "j<enter>", WIDE);
    assert!(
        title(&here).contains("2019-03-01 ⟷ 2020-02-10 · versions 1 and 2"),
        "{here}"
    );
    let next = keys(&mut app, ">", WIDE);
    let expected = "2019-03-01 ⟷ 2022-01-05 · versions 1 and 6 of 7";
    assert!(
        title(&next).contains(expected),
        "noise is passed over:\n{next}"
    );
    let last = keys(&mut app, "]v", WIDE);
    assert!(title(&last).contains("2019-03-01 ⟷ 2023-09-30"), "{last}");
    assert!(last.contains(TELL), "{last}");
    let end = keys(&mut app, ">", WIDE);
    assert!(end.contains("there is no later version"), "{end}");
    let back = keys(&mut app, "<lt><lt>", WIDE);
    assert!(title(&back).contains("versions 1 and 2"), "{back}");
    let end = keys(&mut app, "[v", WIDE);
    assert!(
        end.contains("there is no earlier version"),
        "the left one is no right one:\n{end}"
    );
}

#[test]
fn the_version_in_force_on_a_date_is_gone_to() {
    let (_folder, mut app) = opened();
    let cursor = |frame: &str| -> String {
        let row = frame.lines().find(|line| line.starts_with('▸'));
        row.unwrap_or_else(|| panic!("no cursor in\n{frame}"))
            .to_owned()
    };
    keys(&mut app, TIMELINE, WIDE);
    let year = keys(&mut app, "@2019<enter>", WIDE);
    assert!(cursor(&year).contains("2019-03-01"), "{year}");
    assert!(year.contains("in force in 2019: 2019-03-01"), "{year}");
    let month = keys(&mut app, "@2020-02<enter>", WIDE);
    assert!(
        cursor(&month).contains("2020-02-20"),
        "noise is listed once gone to:\n{month}"
    );
    let day = keys(&mut app, "@2022-01-04<enter>", WIDE);
    assert!(cursor(&day).contains("2020-06-02"), "{day}");
    let early = keys(&mut app, "@2018<enter>", WIDE);
    assert!(
        early.contains("has no version of 2018 or before; the first is of 2019-03-01"),
        "{early}"
    );
    let none = keys(&mut app, "@soon<enter>", WIDE);
    assert!(none.contains("is no date"), "{none}");
    let typing = keys(&mut app, "@20", WIDE);
    assert!(typing.contains("in force on ▸ 20▏"), "{typing}");
    assert!(!keys(&mut app, "<esc>", WIDE).contains("in force on"));
}

#[test]
fn a_version_that_cannot_be_read_is_told() {
    let (folder, mut app) = opened();
    keys(&mut app, TIMELINE, WIDE);
    let gone = folder
        .path()
        .join("Shop/Privacy Policy/2022-01-05T10-00-00Z.md");
    fs::remove_file(gone).unwrap();
    let told = keys(&mut app, "k<enter>", WIDE);
    assert!(told.contains("! Shop@2022-01-05 cannot be read:"), "{told}");
    assert!(title(&told).contains("timeline"), "{told}");
    let read = keys(&mut app, "o", WIDE);
    assert!(read.contains("! Shop@2022-01-05 cannot be read:"), "{read}");
    let mut app = on(&folder, Jobs::Inline);
    fs::write(
        folder
            .path()
            .join("Shop/Privacy Policy/2020-02-10T10-00-00Z.md"),
        [0; 40],
    )
    .unwrap();
    let listed = keys(&mut app, &format!("{TIMELINE}f"), WIDE);
    assert!(
        row(&listed, "2020-02-10").contains("! unreadable"),
        "{listed}"
    );
}

#[test]
fn steps_come_in_while_the_screen_is_used_and_stop_with_the_view() {
    let folder = archive();
    let (sender, events) = mpsc::channel();
    let mut app = on(&folder, Jobs::Threads(sender));
    let first = keys(&mut app, TIMELINE, WIDE);
    assert!(
        title(&first).contains("reading 0 of 7 · 7 versions"),
        "{first}"
    );
    assert!(
        row(&first, "2020-06-01").contains('…'),
        "listed before it is read:\n{first}"
    );
    let moved = keys(&mut app, "gj<space>", WIDE);
    assert!(row(&moved, "2020-02-10").starts_with("▸L"), "{moved}");
    while title(&keys(&mut app, "", WIDE)).contains("reading") {
        app.handle(events.recv().unwrap());
    }
    let read = keys(&mut app, "", WIDE);
    assert!(
        row(&read, "2020-02-10").starts_with("▸L"),
        "the cursor stays:\n{read}"
    );
    assert!(read.contains("3 versions of noise hidden"), "{read}");
    let left = keys(&mut app, "<esc><esc>", WIDE);
    assert!(title(&left).contains("Library"), "{left}");
}

#[test]
fn what_is_opened_late_does_not_push_aside_what_was_opened_since() {
    let folder = archive();
    let (sender, events) = mpsc::channel();
    let mut app = on(&folder, Jobs::Threads(sender));
    keys(&mut app, "/shop<enter><enter>[v?", WIDE);
    let opened = |event: &Event| matches!(event, Event::Answer(Answer::Versions { .. }, _));
    loop {
        let event = events.recv().unwrap();
        let last = opened(&event);
        app.handle(event);
        if last {
            break;
        }
    }
    let shown = keys(&mut app, "", WIDE);
    assert!(title(&shown).contains("Keys"), "{shown}");
    let below = keys(&mut app, "<esc>", WIDE);
    assert!(title(&below).contains("version 7 of 7"), "{below}");
}

#[test]
fn an_opened_version_says_which_it_is_and_is_quoted_with_its_date() {
    let (_folder, mut app) = opened();
    let read = keys(&mut app, &format!("{TIMELINE}go"), WIDE);
    assert!(title(&read).contains("Shop@2019-03-01"), "{read}");
    assert!(title(&read).contains("version 1 of 7"), "{read}");
    keys(&mut app, "/may share<enter>y", WIDE);
    let commands = app.take_commands();
    let [Command::Copy(copied)] = &commands[..] else {
        panic!("{commands:?}")
    };
    assert!(
        copied.contains(MAY) && copied.contains("archived 2019-03-01"),
        "{copied}"
    );
    let next = keys(&mut app, ">", WIDE);
    assert!(title(&next).contains("Shop@2020-02-10"), "{next}");
    let line = keys(&mut app, "v", WIDE);
    assert!(
        row(&line, "2020-02-10").starts_with('▸'),
        "the timeline begins there:\n{line}"
    );
}

#[test]
fn the_life_of_a_clause_is_told_and_leads_on() {
    let (_folder, mut app) = opened();
    let life = keys(&mut app, "/shop<enter><enter>/never share<enter>H", WIDE);
    insta::assert_snapshot!("clause_history_120x40", life);
    assert!(
        life.contains(
            "there since the oldest recorded version, 2019-03-01 · words last changed 2020-02-10"
        ),
        "{life}"
    );
    assert!(
        life.contains("We [-may-] {+will never+} share your data"),
        "{life}"
    );
    assert!(
        life.contains("The same words stand in 1 other site:"),
        "{life}"
    );
    insta::assert_snapshot!("clause_history_40x12", keys(&mut app, "", NARROW));
    let compared = keys(&mut app, "<enter>", WIDE);
    assert!(
        title(&compared).contains("versions 1 and 2 of 7"),
        "{compared}"
    );
    assert!(
        compared.contains("▌~ We may share your data"),
        "at the clause:\n{compared}"
    );
    let in_comparison = keys(&mut app, "H", WIDE);
    assert!(
        in_comparison.contains("words last changed 2020-02-10"),
        "{in_comparison}"
    );
    let elsewhere = keys(&mut app, "<esc><esc>G<enter>", WIDE);
    assert!(title(&elsewhere).contains("Other"), "{elsewhere}");
    assert!(row(&elsewhere, NEVER).contains('▌'), "{elsewhere}");
}

#[test]
fn a_removed_clause_is_followed_to_the_version_that_lacks_it() {
    let folder = archive();
    let gone = policy("", 24, TELL).replace("your data for", "your *data* for");
    write(
        folder.path(),
        "Shop/Privacy Policy/2024-01-01T10-00-00Z.md",
        &gone,
    );
    let mut app = on(&folder, Jobs::Inline);
    let life = keys(&mut app, &format!("{TIMELINE}ko/never share<enter>H"), WIDE);
    assert!(life.contains("removed 2024-01-01"), "{life}");
    let compared = keys(&mut app, "<enter>", WIDE);
    assert!(
        title(&compared).contains("2023-09-30 ⟷ 2024-01-01"),
        "{compared}"
    );
    assert!(compared.contains("▌− We will never share"), "{compared}");
}

#[test]
fn a_side_is_exchanged_for_another_version() {
    let (_folder, mut app) = opened();
    keys(&mut app, &format!("{TIMELINE}k<enter>"), WIDE);
    let picker = keys(&mut app, "l", WIDE);
    assert!(
        picker.contains("Shop@2019-03-01") && picker.contains("version 1 of 7"),
        "{picker}"
    );
    let chosen = keys(&mut app, "2019<enter>", WIDE);
    assert!(
        title(&chosen).contains("Shop@2019-03-01 ⟷ 2022-01-05"),
        "{chosen}"
    );
}

#[test]
fn the_list_tells_of_versions_only_where_there_are_several() {
    let (_folder, mut app) = opened();
    let listed = keys(&mut app, "", WIDE);
    assert!(row(&listed, "Shop ").contains("7 · 2019–2023"), "{listed}");
    assert!(!row(&listed, "Other ").contains('–'), "{listed}");
    let sorted = keys(&mut app, "ss", WIDE);
    assert!(sorted.contains("sorted by number of versions"), "{sorted}");
    let at = |name: &str| sorted.lines().position(|line| line.contains(name));
    assert!(at("Other ") < at("Shop "), "{sorted}");
    let known = keys(&mut app, &format!("{TIMELINE}<esc>"), WIDE);
    assert!(
        known.contains("2023-09-30 ~ wording: 1 added"),
        "last changes, once known:\n{known}"
    );
    let plain = keys(&mut super::samples(), "", WIDE);
    assert!(
        !plain.contains("versions"),
        "as simple as without histories:\n{plain}"
    );
}

#[test]
fn a_policy_of_one_version_has_a_timeline_of_one() {
    let mut app = app(Vec::new(), "dark");
    let shown = keys(&mut app, "/mp3rocket<enter>v", WIDE);
    assert!(title(&shown).contains("1 version · 2015"), "{shown}");
    assert!(row(&shown, "2015-12-29").contains("+ first"), "{shown}");
    let read = keys(&mut app, "o", WIDE);
    assert!(title(&read).contains("mp3rocket.me · "), "{read}");
    let step = keys(&mut app, ">", WIDE);
    assert!(
        step.contains("no other version of this policy is known"),
        "{step}"
    );
}

#[test]
fn the_timeline_stands_at_any_size_and_by_mouse() {
    let (_folder, mut app) = opened();
    keys(&mut app, TIMELINE, WIDE);
    let sizes = || {
        [5, 7, 9, 12, 24, 50]
            .into_iter()
            .flat_map(|height| [20, 33, 40, 61, 80, 97, 200].map(|width| Size { width, height }))
    };
    for size in sizes() {
        let shown = keys(&mut app, "", size);
        assert!(shown.contains('▸'), "no cursor at {size}:\n{shown}");
    }
    keys(&mut app, "oH", WIDE);
    for size in sizes() {
        let shown = keys(&mut app, "", size);
        assert!(
            shown.contains("Clause history"),
            "no panel at {size}:\n{shown}"
        );
    }
    keys(&mut app, "<esc><esc>", WIDE);
    let shown = keys(&mut app, "", WIDE);
    let y = shown
        .lines()
        .position(|line| line.contains("2020-02-10"))
        .unwrap();
    let click_at = |app: &mut App, column, row| {
        let event = crossterm::event::MouseEvent {
            kind: crossterm::event::MouseEventKind::Down(crossterm::event::MouseButton::Left),
            column,
            row,
            modifiers: crossterm::event::KeyModifiers::NONE,
        };
        app.handle(Event::Mouse(event));
    };
    click_at(&mut app, 76, 2);
    let bar = keys(&mut app, "", WIDE);
    assert!(
        row(&bar, "2022-01-05").starts_with('▸'),
        "the bar that stands there:\n{bar}"
    );
    let click = |app: &mut App| click_at(app, 20, u16::try_from(y).unwrap());
    click(&mut app);
    let there = keys(&mut app, "", WIDE);
    assert!(row(&there, "2020-02-10").starts_with('▸'), "{there}");
    click(&mut app);
    let compared = keys(&mut app, "", WIDE);
    assert!(title(&compared).contains("versions 1 and 2"), "{compared}");
}

#[test]
fn without_colour_and_in_ascii_the_timeline_says_the_same() {
    let folder = archive();
    let mut app = app(vec![folder.path().to_owned()], "mono");
    // The archive has two policies, so the comparison of both comes first.
    let keys = parse_keys("<esc>/shop<enter>vf").unwrap();
    let size = Size {
        width: 90,
        height: 18,
    };
    insta::assert_snapshot!("timeline_mono", styled(&frame(&mut app, &keys, size)));
}
