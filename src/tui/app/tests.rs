//! The app as a whole: keys, text, mouse and sizes in, frames and commands out.

use super::{App, Command, Event};
use crate::library::PolicyId;
use crate::model::{Pair, Topic};
use crate::tui::action::Action;
use crate::tui::effect::Screen;
use crate::tui::headless;
use crate::tui::keymap::{Keymap, Scope};
use crate::tui::testing::{keys, opened, press, reader, row, shown, size};
use crossterm::event::{KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use insta::assert_snapshot;
use proptest::prelude::*;
use ratatui::layout::Size;

#[test]
fn help_lists_the_keys_of_the_view() {
    assert_snapshot!(shown("80x40", "?"));
    assert!(shown("80x24", "??").contains("example.org"));
    assert!(shown("80x24", "?<esc>").contains("example.org"));
}

#[test]
fn notices_are_listed_and_lead_to_their_policy() {
    assert_snapshot!(shown("60x14", "!"));
    assert!(shown("60x14", "!<enter>").contains("no policy was read from this file"));
    let opened = shown("60x14", "!j<enter>");
    assert!(
        opened.lines().next().unwrap().contains("other.net"),
        "{opened}"
    );
}

#[test]
fn half_a_key_is_shown_and_forgotten() {
    let frame = shown("80x16", "]");
    assert!(row(&frame, "] …").contains("? keys"), "{frame}");
    assert!(!shown("80x16", "]x").contains("] …"));
}

#[test]
fn back_stops_at_the_library() {
    let frame = shown("80x16", "<esc><esc><esc>");
    assert!(frame.contains("q leaves the program"), "{frame}");
}

#[test]
fn what_only_the_terminal_can_do_is_left_to_it() {
    let mut app = reader("80x16", "dark");
    press(&mut app, "M<ctrl-l><ctrl-z>");
    let expected = [Command::Mouse(false), Command::Redraw, Command::Suspend];
    assert_eq!(app.take_commands(), expected);
    assert!(!app.is_done());
    press(&mut app, "q");
    assert!(app.is_done());
    let mut app = reader("80x16", "dark");
    press(&mut app, "/q<ctrl-c>");
    assert!(app.is_done());
}

#[test]
fn addresses_that_are_none_are_not_opened() {
    let mut app = reader("80x16", "dark");
    app.perform(crate::tui::effect::Effect::OpenUrl(
        "file:///etc/passwd".to_owned(),
    ));
    assert_eq!(app.take_commands(), []);
}

#[test]
fn a_link_prepares_no_letter() {
    let mut app = reader("80x16", "dark");
    let url = "mailto:a@b.example?subject=x&attach=/etc/passwd";
    app.perform(crate::tui::effect::Effect::OpenUrl(url.to_owned()));
    let opened = crate::tui::app::Command::OpenUrl("mailto:a@b.example".to_owned());
    assert_eq!(app.take_commands(), [opened]);
    let screen = headless::render_keys(&mut app, &[], size("80x16"));
    assert!(
        screen.contains("without the letter it prepares"),
        "{screen}"
    );
}

#[test]
fn what_no_name_matches_is_searched_for_in_the_texts() {
    let mut app = opened("80x16", "dark", Screen::Library);
    let typed = headless::render_keys(&mut app, &keys("/cookies in"), size("80x16"));
    assert!(row(&typed, "nothing matches").len() > 10, "{typed}");
    let hint = "enter, then F searches the texts for “cookies in”";
    assert!(typed.contains(hint), "{typed}");
    let left = headless::render_keys(&mut app, &keys("<enter>"), size("80x16"));
    assert!(
        left.contains("  F searches the texts for “cookies in”"),
        "{left}"
    );
    let found = headless::render_keys(&mut app, &keys("F"), size("80x16"));
    assert!(found.lines().next().unwrap().contains("Search"), "{found}");
    assert!(found.contains("cookies in"), "{found}");
    // The list is as it was, and a search of one's own is not typed over from a list that has some.
    let again = headless::render_keys(
        &mut app,
        &keys("<esc><esc><esc>/other<enter>F"),
        size("80x16"),
    );
    assert!(again.contains("cookies in"), "{again}");
}

#[test]
fn too_small_says_so() {
    assert_eq!(shown("19x3", ""), "\ntoo small: 20×5\n\n");
    assert_eq!(shown("5x1", ""), "too…\n");
}

#[test]
fn pasted_text_is_typed_only_where_text_is_typed() {
    let mut app = reader("80x16", "dark");
    app.handle(Event::Paste("qqq".to_owned()));
    assert!(!app.is_done());
    press(&mut app, "/");
    app.handle(Event::Paste("sell\nyour".to_owned()));
    let frame = headless::render_keys(&mut app, &[], size("80x16"));
    assert!(
        frame.contains("/sell your▏") && frame.contains("1/1"),
        "{frame}"
    );
}

#[test]
fn a_frame_of_another_size_is_left_empty() {
    let app = reader("80x16", "dark");
    let area = ratatui::layout::Rect::new(0, 0, 40, 8);
    let mut buffer = ratatui::buffer::Buffer::empty(area);
    app.draw(&mut buffer);
    assert_eq!(headless::text(&buffer).trim(), "");
}

/// Something to throw at the app.
#[derive(Clone, Debug)]
enum Throw {
    Key(KeyEvent),
    Paste(String),
    Resize(Size),
    Mouse(MouseEvent),
}

/// Every key that the key file names, but for those that leave.
fn all_keys() -> Vec<Vec<KeyEvent>> {
    let map = Keymap::builtin();
    let mut all: Vec<Vec<KeyEvent>> = Vec::new();
    for &scope in Scope::ALL {
        for action in Action::ALL.iter().filter(|action| **action != Action::Quit) {
            let found = map.keys_for(scope, *action).into_iter();
            all.extend(found.map(|keys| keys.0.iter().map(|key| (*key).into()).collect()));
        }
    }
    all
}

fn throws() -> impl Strategy<Value = Vec<Throw>> {
    let key = prop::sample::select(all_keys())
        .prop_map(|keys| keys.into_iter().map(Throw::Key).collect());
    let text = "[a-z ]{1,3}".prop_map(|text| keys(&text).into_iter().map(Throw::Key).collect());
    let paste = ".{0,6}".prop_map(|text| vec![Throw::Paste(text)]);
    let resize = (0_u16..140, 0_u16..50)
        .prop_map(|(width, height)| vec![Throw::Resize(Size { width, height })]);
    let kinds = prop::sample::select(vec![
        MouseEventKind::Down(MouseButton::Left),
        MouseEventKind::ScrollDown,
        MouseEventKind::ScrollUp,
    ]);
    let mouse = (kinds, 0_u16..140, 0_u16..50).prop_map(|(kind, column, row)| {
        vec![Throw::Mouse(MouseEvent {
            kind,
            column,
            row,
            modifiers: KeyModifiers::NONE,
        })]
    });
    let one = prop_oneof![8 => key, 1 => text, 1 => paste, 2 => resize, 2 => mouse];
    prop::collection::vec(one, 0..40).prop_map(|all| all.concat())
}

fn starts() -> impl Strategy<Value = Screen> {
    let (left, right) = (PolicyId::new(0), PolicyId::new(1));
    prop::sample::select(vec![
        Screen::Library,
        Screen::Reader {
            policy: left,
            at: None,
            topic: Some(Topic::Cookies),
        },
        Screen::Timeline { policy: left },
        Screen::Matrix { base: None },
        Screen::Matrix { base: Some(right) },
        Screen::Compare {
            pair: Pair::new(left, right),
            at: None,
        },
        Screen::Compare {
            pair: Pair::new(left, left),
            at: None,
        },
    ])
}

fn throw(app: &mut App, at: &mut Size, what: Throw) {
    match what {
        Throw::Key(key) => app.handle(Event::Key(key)),
        Throw::Paste(text) => app.handle(Event::Paste(text)),
        Throw::Mouse(mouse) => app.handle(Event::Mouse(mouse)),
        Throw::Resize(size) => {
            *at = size;
            app.handle(Event::Resize(size));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn nothing_brings_it_down(start in starts(), throws in throws()) {
        let mut at = size("80x24");
        let mut app = opened("80x24", "dark", start);
        for what in throws {
            throw(&mut app, &mut at, what);
            let area = ratatui::layout::Rect::new(0, 0, at.width, at.height);
            let mut buffer = ratatui::buffer::Buffer::empty(area);
            app.draw(&mut buffer);
        }
    }
}
