//! Search in all policies: what is found while one types, what is done with it, and what stays.

use super::{NARROW, WIDE, app, keys, samples};
use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use policy_tui::classify::Classifier;
use policy_tui::library::{Library, Loader, Progress, Request};
use policy_tui::tui::app::{App, Command, Event, Jobs, Loaded, Session, Setup};
use policy_tui::tui::headless::{frame, styled, text};
use policy_tui::tui::keymap::{Keymap, Scope, parse_keys};
use proptest::prelude::*;
use ratatui::layout::Size;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

const USUAL: Size = Size {
    width: 80,
    height: 24,
};
const HUGE: Size = Size {
    width: 200,
    height: 50,
};

/// Two services with two versions each, and a third that says much the same.
fn archive() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let rest = "This policy is about your personal information and how we treat it. ".repeat(5);
        std::fs::write(path, format!("# Privacy Policy\n\n{rest}\n\n{text}\n")).unwrap();
    };
    let version = |service: &str, day: &str, text: &str| {
        write(
            &format!("{service}/Privacy Policy/{day}T00-00-00Z.md"),
            text,
        );
    };
    let kept = "We keep server logs for ninety days and then delete all of them.";
    version(
        "Alpha",
        "2019-03-01",
        &format!("We rent out pigeons to partners. {kept}"),
    );
    version("Alpha", "2021-06-01", kept);
    version(
        "Beta",
        "2020-01-01",
        "We keep server logs for ninety days and then delete them.",
    );
    version(
        "Beta",
        "2022-01-01",
        "Server logs are kept for ten days. We like owls.",
    );
    version(
        "Gamma",
        "2021-01-01",
        &kept.replace("delete all", "erase all"),
    );
    folder
}

fn library(folder: &Path) -> Arc<Library> {
    let loader = Loader::new(Arc::new(Classifier::builtin()));
    let mut request = Request::new(vec![folder.to_owned()]);
    request.histories = true;
    Arc::new(loader.load(&request))
}

fn archived(folder: &Path) -> App {
    let session = Session::new(library(folder), Setup::plain());
    App::new(session, Jobs::Inline, USUAL, None)
}

/// An app whose work is done by threads, and the events they send.
fn threaded(library: Arc<Library>) -> (App, Receiver<Event>) {
    let (sender, events) = std::sync::mpsc::channel();
    let session = Session::new(library, Setup::plain());
    let app = App::new(session, Jobs::Threads(sender), USUAL, None);
    (app, events)
}

/// The line that holds a text.
fn line<'a>(frame: &'a str, holds: &str) -> &'a str {
    let found = frame.lines().find(|line| line.contains(holds));
    found.unwrap_or_else(|| panic!("no line holds {holds:?} in\n{frame}"))
}

/// Where a text stands in a frame, as column and row.
fn place(frame: &str, holds: &str) -> (u16, u16) {
    let row = frame.lines().position(|line| line.contains(holds)).unwrap();
    let line = frame.lines().nth(row).unwrap();
    let column = line[..line.find(holds).unwrap()].chars().count();
    (column.try_into().unwrap(), row.try_into().unwrap())
}

fn mouse(app: &mut App, kind: MouseEventKind, (column, row): (u16, u16)) {
    app.handle(Event::Mouse(MouseEvent {
        kind,
        column,
        row,
        modifiers: KeyModifiers::NONE,
    }));
}

#[test]
fn five_sites_at_every_size() {
    for (name, size) in [
        ("search_120x40", WIDE),
        ("search_80x24", USUAL),
        ("search_40x12", NARROW),
        ("search_200x50", HUGE),
    ] {
        insta::assert_snapshot!(name, keys(&mut samples(), "Fcookies<enter>j", size));
    }
    insta::assert_snapshot!("search_help_80x24", keys(&mut samples(), "F", USUAL));
}

#[test]
fn without_colour_hits_are_marked_and_everything_is_ascii_where_asked() {
    let mut setup = Setup::plain();
    setup.theme = "mono".to_owned();
    setup.glyphs.ascii = true;
    let library =
        Arc::new(Loader::new(Arc::new(Classifier::builtin())).load(&Request::new(Vec::new())));
    let mut app = App::new(Session::new(library, setup), Jobs::Inline, USUAL, None);
    let pressed = parse_keys("F\"third<space>parties\"<enter>j").unwrap();
    let frame = frame(
        &mut app,
        &pressed,
        Size {
            width: 80,
            height: 12,
        },
    );
    assert!(text(&frame).is_ascii(), "{}", text(&frame));
    insta::assert_snapshot!("search_mono_ascii", styled(&frame));
}

#[test]
fn what_is_found_follows_what_is_typed() {
    let mut app = samples();
    let some = keys(&mut app, "Fthird", USUAL);
    assert!(some.contains("8 hits, 4 sites"), "{some}");
    let less = keys(&mut app, " site:rocketv", USUAL);
    assert!(less.contains("2 hits, 1 site"), "{less}");
    let none = keys(&mut app, "x", USUAL);
    let why = "No clause fits, as no policy has “rocketvx” in its site, host or name; the\n nearest are \
               rocketv.org, mp3rocket.me.";
    assert!(none.contains(why), "{none}");
    let erased = keys(&mut app, "<end><ctrl-u>", USUAL);
    assert!(erased.contains("How to ask"), "{erased}");
}

#[test]
fn a_query_that_is_wrong_says_where_and_never_stands_over_what_was_found_before() {
    let mut app = samples();
    let good = keys(&mut app, "Fbeacon", USUAL);
    app.handle(Event::Paste(" (beacon".to_owned()));
    let bad = keys(&mut app, "", USUAL);
    assert!(bad.contains("^ this parenthesis is not closed"), "{bad}");
    let (column, _) = place(&bad, "(beacon");
    assert_eq!(place(&bad, "^").0, column, "{bad}");
    assert!(good.contains("1 hit, "), "{good}");
    assert!(!bad.contains("1 hit, "), "{bad}");
    assert!(bad.contains("How to ask"), "{bad}");
    assert_eq!(
        keys(&mut app, "<enter>", USUAL),
        bad,
        "there is nothing to open"
    );
    let narrow = keys(&mut app, "", NARROW);
    assert!(narrow.contains("character 8)"), "{narrow}");
    let again = keys(&mut app, "<ctrl-w>", USUAL);
    assert!(!again.contains("not closed"), "{again}");
    assert!(again.contains("1 hit, "), "{again}");
}

#[test]
fn enter_reads_the_hit_and_esc_returns_to_it() {
    let mut app = samples();
    let found = keys(&mut app, "Fpixel OR tracker OR beacon<enter>jj", USUAL);
    let hit = line(&found, "▸ ◆").to_owned();
    let read = keys(&mut app, "<enter>", USUAL);
    let words: Vec<&str> = hit.split_whitespace().skip(2).take(5).collect();
    assert!(line(&read, "▌").contains(&words.join(" ")), "{hit}\n{read}");
    assert_eq!(keys(&mut app, "<esc>", USUAL), found);
}

#[test]
fn the_search_is_kept_and_comes_to_the_top_as_it_was_left() {
    let mut app = samples();
    let found = keys(&mut app, "Fcookies<enter>jjj", USUAL);
    let hit = line(&found, "▸ ◆").to_owned();
    let gone = keys(&mut app, "<esc>", USUAL);
    assert!(gone.contains("Library"), "{gone}");
    let again = keys(&mut app, "F", USUAL);
    assert!(
        again.contains("search ▸ cookies▏") && again.contains(&hit),
        "{again}"
    );
    // From the reader over it, it comes to the top; Esc then leads to the reader.
    let above = keys(&mut app, "<enter><enter>F", USUAL);
    assert!(
        above.contains("search ▸ cookies▏") && above.contains(&hit),
        "{above}"
    );
    let below = keys(&mut app, "<esc><esc>", USUAL);
    assert!(below.contains("Use of \"cookies\""), "{below}");
    let recent = keys(&mut app, "F<ctrl-u>", USUAL);
    assert!(
        recent.contains("Searched before") && line(&recent, "▸ cookies").len() < 30,
        "{recent}"
    );
    assert!(keys(&mut app, "<enter>", USUAL).contains("search ▸ cookies▏"));
}

#[test]
fn every_view_leads_to_the_search_and_back() {
    for way in ["", "<enter>", "<space>j<enter>", "a", "!"] {
        let mut app = samples();
        keys(&mut app, way, WIDE);
        let before = keys(&mut app, "", WIDE);
        let search = keys(&mut app, "F", WIDE);
        assert!(search.contains("How to ask"), "after {way}:\n{search}");
        let after = keys(&mut app, "<esc>", WIDE);
        let body = |frame: &str| frame.lines().take(39).collect::<Vec<_>>().join("\n");
        assert_eq!(body(&after), body(&before), "after {way}");
    }
}

#[test]
fn older_versions_are_a_switch_away() {
    let folder = archive();
    let mut app = archived(folder.path());
    let now = keys(&mut app, "Fpigeons", USUAL);
    assert!(
        now.contains("No clause fits.") && now.contains("alt-v looks through older"),
        "{now}"
    );
    let all = keys(&mut app, "<alt-v>", USUAL);
    assert!(all.contains("1 hit, 1 site · all versions"), "{all}");
    assert!(all.contains("Alpha@2019-03-01"), "{all}");
    let read = keys(&mut app, "<enter><enter>", USUAL);
    assert!(
        line(&read, "▌").contains("pigeons") && read.contains("2019-03-01"),
        "{read}"
    );
    let held = keys(&mut app, "<esc>/<ctrl-u>ninety site:alpha", USUAL);
    assert!(
        held.contains("in 2 versions, 2019-03-01 to 2021-06-01"),
        "{held}"
    );
    let now = keys(&mut app, "<enter>V", USUAL);
    assert!(
        now.contains("1 hit, 1 site") && !now.contains("2 versions"),
        "{now}"
    );
}

#[test]
fn versions_that_were_found_can_be_quoted_marked_and_compared() {
    let folder = archive();
    let mut app = archived(folder.path());
    let marked = keys(&mut app, "Fpigeons<alt-v><enter><space>", USUAL);
    assert!(
        marked.contains("Alpha@2019-03-01 is the left side"),
        "{marked}"
    );
    assert!(line(&marked, "rent out").contains(" L "), "{marked}");
    let same = keys(&mut app, "<enter>", USUAL);
    assert!(same.contains("This is the left side"), "{same}");
    let compared = keys(&mut app, "/<ctrl-u>owls<enter><enter>", WIDE);
    assert!(
        compared.contains("Alpha@2019-03-01") && compared.contains("Beta"),
        "{compared}"
    );
    keys(&mut app, "<esc>/<ctrl-u>pigeons<enter>y", USUAL);
    let copied = app.take_commands();
    let [Command::Copy(quote)] = copied.as_slice() else {
        panic!("{copied:?}");
    };
    let wanted = "“We rent out pigeons to partners.” — Alpha, archived 2019-03-01, ";
    assert!(quote.starts_with(wanted), "{quote}");
}

#[test]
fn who_else_says_a_clause_is_told_with_how_near_it_is() {
    let folder = archive();
    let mut app = archived(folder.path());
    let found = keys(&mut app, "Fninety site:alpha<enter><enter>w", USUAL);
    assert!(
        found.contains("Who else says this") && found.contains("like ▸ “We keep"),
        "{found}"
    );
    assert!(line(&found, "% of the words").contains("86 %"), "{found}");
    assert!(
        found.contains("Gamma") && !found.contains(" Alpha"),
        "{found}"
    );
    let versions = keys(&mut app, "V", USUAL);
    assert!(
        versions.contains("85 % of the words · Beta@2020-01-01"),
        "{versions}"
    );
    let read = keys(&mut app, "<esc>", USUAL);
    assert!(
        line(&read, "▌").contains("ninety"),
        "back in the reader:\n{read}"
    );
    // What was typed before is there again.
    let typed = keys(&mut app, "F", USUAL);
    assert!(typed.contains("search ▸ ninety site:alpha▏"), "{typed}");
    assert!(typed.contains("1 hit, 1 site"), "{typed}");
    let nobody = keys(&mut app, "<ctrl-u>owls<enter>w", USUAL);
    assert!(
        nobody.contains("was not looked for"),
        "three words: {nobody}"
    );
    keys(&mut app, "<esc>", USUAL);
    let nobody = keys(&mut app, "F<ctrl-u>ten days<enter>w", USUAL);
    assert!(nobody.contains("No other site says this"), "{nobody}");
    keys(&mut app, "<esc>F<ctrl-u>owls<enter>w", USUAL);
    let before = keys(&mut app, "<esc>", USUAL);
    assert!(
        line(&before, "▸ ").contains("owls"),
        "back at the hit:\n{before}"
    );
}

#[test]
fn the_life_of_a_clause_that_was_found_is_told_over_what_was_found() {
    let folder = archive();
    let mut app = archived(folder.path());
    let found = keys(&mut app, "Fninety site:beta<alt-v><enter>", USUAL);
    assert!(found.contains("Beta@2020-01-01"), "{found}");
    let life = keys(&mut app, "H", USUAL);
    assert!(line(&life, "Clause history").starts_with('─'), "{life}");
    assert!(
        life.contains("there since the oldest recorded version"),
        "{life}"
    );
    assert!(life.contains("▸ 2022-01-01 · version 2 of 2"), "{life}");
    let help = keys(&mut app, "?", USUAL);
    assert!(help.contains("clause-history"), "{help}");
    assert_eq!(keys(&mut app, "<esc><esc>", USUAL), found);
    // What it names can be opened from it; back from there it is still told.
    let opened = keys(&mut app, "H<enter>", USUAL);
    assert!(opened.contains("Beta"), "{opened}");
    assert_ne!(opened, life);
    assert_eq!(keys(&mut app, "<esc>", USUAL), life);
    assert_eq!(keys(&mut app, "H", USUAL), found);
}

#[test]
fn every_key_that_help_lists_does_something() {
    let map = Keymap::builtin();
    for action in map.actions(Scope::Search) {
        let mut app = samples();
        let before = keys(&mut app, "Fcookies<enter><pagedown>jj", USUAL);
        for key in map.key_for(Scope::Search, action).unwrap().0.iter() {
            app.handle(Event::Key((*key).into()));
        }
        let after = keys(&mut app, "", USUAL);
        let asks = !app.take_commands().is_empty() || app.is_done();
        assert!(
            asks || after != before,
            "{action} does nothing in\n{before}"
        );
    }
}

#[test]
fn a_newer_query_takes_the_place_of_older_ones() {
    let folder = archive();
    let (mut app, events) = threaded(library(folder.path()));
    // What does not hold together in the policies is looked for first.
    app.handle(events.recv().unwrap());
    let waiting = keys(&mut app, "Fninety", USUAL);
    assert!(waiting.contains("searching…"), "{waiting}");
    // `n` is under way; of the rest only the whole word is ever looked for.
    app.handle(events.recv().unwrap());
    let after_first = keys(&mut app, "", USUAL);
    assert!(after_first.contains("searching…"), "{after_first}");
    app.handle(events.recv().unwrap());
    let found = keys(&mut app, "", USUAL);
    assert!(
        found.contains("2 hits, 2 sites") && !found.contains("searching"),
        "{found}"
    );
    assert!(events.try_recv().is_err(), "nothing else was looked for");
    // While the next one is under way the last results stay.
    app.handle(Event::Paste(" site:gamma".to_owned()));
    let typed = keys(&mut app, "", USUAL);
    assert!(
        typed.contains("2 hits, 2 sites") && typed.contains("searching…"),
        "{typed}"
    );
    while let Ok(event) = events.recv_timeout(std::time::Duration::from_secs(60)) {
        app.handle(event);
        if !keys(&mut app, "", USUAL).contains("searching") {
            break;
        }
    }
    let last = keys(&mut app, "", USUAL);
    assert!(last.contains("1 hit, 1 site"), "{last}");
}

#[test]
fn a_search_that_broke_down_does_not_hold_up_the_next() {
    let folder = archive();
    let (mut app, events) = threaded(library(folder.path()));
    // What does not hold together in the policies is looked for first.
    app.handle(events.recv().unwrap());
    keys(&mut app, "Fninety", USUAL);
    let lost = events.recv().unwrap();
    app.handle(Event::Failed("the search broke down".to_owned()));
    app.handle(events.recv().unwrap());
    let found = keys(&mut app, "", USUAL);
    assert!(found.contains("2 hits, 2 sites"), "{found}");
    app.handle(lost);
    assert_eq!(
        keys(&mut app, "", USUAL),
        found,
        "what comes too late changes nothing"
    );
}

#[test]
fn what_is_found_grows_with_the_library() {
    let folder = archive();
    let mut app = archived(&folder.path().join("Alpha"));
    let first = keys(&mut app, "Fninety", USUAL);
    assert!(first.contains("1 hit, 1 site"), "{first}");
    let mut grown = Library::clone(&library(folder.path()));
    grown.settle();
    let grown = Arc::new(grown);
    let loaded = |progress| {
        let library = Arc::clone(&grown);
        Event::Loaded(Loaded {
            library,
            progress,
            note: None,
        })
    };
    app.handle(loaded(Some(Progress::Reading(2, 3))));
    let reading = keys(&mut app, "", USUAL);
    assert!(
        reading.contains("1 hit, 1 site · reading 2 of 3"),
        "{reading}"
    );
    app.handle(loaded(None));
    let all = keys(&mut app, "", USUAL);
    assert!(
        all.contains("2 hits, 2 sites") && !all.contains("reading"),
        "{all}"
    );
}

#[test]
fn a_large_library_is_searched_when_its_index_is_there() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..401 {
        let path = folder.path().join(format!("site{number}.example.md"));
        let text = format!("# Privacy Policy\n\nOur cookies are number {number} of all.\n");
        std::fs::write(path, text).unwrap();
    }
    let library = library(folder.path());
    let (mut app, events) = threaded(Arc::clone(&library));
    let loaded = |progress| {
        let library = Arc::clone(&library);
        Event::Loaded(Loaded {
            library,
            progress,
            note: None,
        })
    };
    app.handle(loaded(Some(Progress::Indexing(10, 401))));
    let waiting = keys(&mut app, "Fcookies", USUAL);
    assert!(
        waiting.contains("as soon as the index is there: indexing 10 of 401"),
        "{waiting}"
    );
    assert!(events.try_recv().is_err(), "nothing is looked for yet");
    app.handle(loaded(None));
    app.handle(events.recv().unwrap());
    let found = keys(&mut app, "", USUAL);
    assert!(found.contains("the best 200 hits, 200 sites"), "{found}");
    let last = keys(&mut app, "<enter>G", USUAL);
    assert!(last.contains("▸ ◆k") && !last.contains("site0."), "{last}");
}

#[test]
fn the_mouse_points_at_the_line_and_at_hits() {
    let click = MouseEventKind::Down(MouseButton::Left);
    let mut app = samples();
    let found = keys(&mut app, "Fcookies", USUAL);
    mouse(&mut app, click, place(&found, "During your visit"));
    let chosen = keys(&mut app, "", USUAL);
    assert!(
        line(&chosen, "▸ ◆").contains("During your visit"),
        "{chosen}"
    );
    assert!(!chosen.contains("cookies▏"), "{chosen}");
    mouse(&mut app, MouseEventKind::ScrollDown, (10, 10));
    assert_ne!(chosen, keys(&mut app, "", USUAL));
    mouse(&mut app, MouseEventKind::ScrollUp, (10, 10));
    mouse(&mut app, click, place(&chosen, "search ▸"));
    let typing = keys(&mut app, "", USUAL);
    assert!(typing.contains("cookies▏"), "{typing}");
    mouse(&mut app, click, place(&chosen, "During your visit"));
    mouse(&mut app, click, place(&chosen, "During your visit"));
    let read = keys(&mut app, "", USUAL);
    assert!(line(&read, "▌").contains("During your visit"), "{read}");
}

#[test]
fn a_long_line_shows_the_place_where_typing_goes() {
    let mut app = app(Vec::new(), "dark");
    let typed = keys(&mut app, "Fcookies advertising partners retention", NARROW);
    assert!(
        line(&typed, "search ▸").trim_end().ends_with("retention▏"),
        "{typed}"
    );
    let middle = keys(&mut app, "<home><right>", NARROW);
    assert!(line(&middle, "search ▸").contains("c▏ookies"), "{middle}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_keys_at_any_size_leave_a_frame(
        presses in prop::collection::vec(prop::sample::select(vec![
            "F", "a", "\"", "(", "*", ":", "<space>", "cookies", "<enter>", "<esc>", "<tab>", "<up>",
            "<down>", "<pagedown>", "<backspace>", "<ctrl-u>", "<alt-v>", "V", "w", "o", "m", "y", "]]", "[[", "H",
            "G", "g", "/",
        ]), 0..25),
        width in 20_u16..130,
        height in 5_u16..45,
    ) {
        let mut app = samples();
        let size = Size { width, height };
        keys(&mut app, "Fcookies<enter>", USUAL);
        for press in presses {
            let buffer = frame(&mut app, &parse_keys(press).unwrap(), size);
            prop_assert!(!text(&buffer).trim().is_empty(), "after {press} at {width}x{height}");
        }
    }
}
