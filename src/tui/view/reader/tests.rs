//! Keys in, frame out.

use crate::tui::app::{App, Command, Event};
use crate::tui::headless;
use crate::tui::testing::{keys, press, reader, row, shown, size, styled};
use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use insta::assert_snapshot;

fn frame(app: &mut App, at: &str) -> String {
    headless::render_keys(app, &[], size(at))
}

#[test]
fn wide() {
    assert_snapshot!(shown("100x24", "jjj"));
}

#[test]
fn narrow() {
    assert_snapshot!(shown("40x12", "jjjjj"));
}

#[test]
fn without_colour() {
    assert_snapshot!(styled("80x16", "mono", "/cookie<enter>"));
}

#[test]
fn one_topic_alone() {
    assert_snapshot!(shown("80x20", "tcookies<enter>"));
}

#[test]
fn choosing_a_topic() {
    assert_snapshot!(shown("80x16", "tco"));
}

#[test]
fn the_outline_jumps() {
    let frame = shown("80x16", "<tab>jj<enter>");
    assert!(row(&frame, "▸").contains("Sharing"), "{frame}");
    assert!(row(&frame, "▌").contains("Sharing"), "{frame}");
    let narrow = shown("40x12", "<tab>jjj");
    assert!(
        row(&narrow, "Contact").starts_with("   Contact"),
        "{narrow}"
    );
    assert!(!narrow.contains("We value"), "{narrow}");
    let jumped = shown("40x12", "<tab>jj<enter>");
    assert!(row(&jumped, "▌").contains("Sharing"), "{jumped}");
}

#[test]
fn sections_go_by() {
    assert!(row(&shown("80x16", "]]"), "▌").contains("Cookies"));
    assert!(row(&shown("80x16", "]]}"), "▌").contains("Sharing"));
    assert!(row(&shown("80x16", "]]]][["), "▌").contains("Cookies"));
}

#[test]
fn search_counts_and_goes_round() {
    let title = |keys| shown("80x16", keys).lines().next().unwrap().to_owned();
    assert!(
        title("/COOKIE<enter>").contains("1/5"),
        "{}",
        title("/COOKIE<enter>")
    );
    assert!(title("/cookie<enter>nn").contains("3/5"));
    assert!(title("/cookie<enter>N").contains("5/5"));
    let round = shown("80x16", "/cookie<enter>nnnnn");
    assert!(round.contains("went on from the top"), "{round}");
    let none = shown("80x16", "/zebra<enter>");
    assert!(none.contains("! not found: zebra"), "{none}");
    let typing = shown("80x16", "/coo");
    assert!(row(&typing, "/coo▏").contains("esc back"), "{typing}");
}

#[test]
fn esc_steps_back_one_by_one() {
    let app = |text: &str| {
        let mut app = reader("80x16", "dark");
        press(&mut app, text);
        frame(&mut app, "80x16")
    };
    let set = "]t/a<enter>e<tab>";
    assert!(app(set).contains("/5 · "), "{}", app(set));
    assert!(!app(&format!("{set}<esc><esc><esc>")).contains("/5 · "));
    assert!(app(&format!("{set}<esc><esc><esc><esc>")).contains("topic: all"));
    let left = app(&format!("{set}<esc><esc><esc><esc><esc>"));
    assert!(left.contains("Library"), "{left}");
}

#[test]
fn the_place_survives_another_width() {
    let mut app = reader("100x24", "dark");
    press(&mut app, "]]]]j");
    let clause = "We do not sell";
    assert!(row(&frame(&mut app, "100x24"), "▌").contains(clause));
    for at in ["40x12", "60x30", "250x70", "20x5", "100x24"] {
        let frame = frame(&mut app, at);
        assert!(row(&frame, "▌").contains("We do not"), "{at}\n{frame}");
    }
}

#[test]
fn a_clause_is_copied_and_its_link_opened() {
    let mut app = reader("80x24", "dark");
    press(&mut app, "/sell<enter>y");
    let copied = "“We do not sell your personal information to third parties.” — example.org, sample:example.org.md";
    assert_eq!(app.take_commands(), [Command::Copy(copied.to_owned())]);
    press(&mut app, "o");
    assert!(frame(&mut app, "80x24").contains("no link in this clause"));
    press(&mut app, "/advertising<enter>oex<enter>");
    let url = "https://example.org".to_owned();
    assert_eq!(app.take_commands(), [Command::OpenUrl(url)]);
}

#[test]
fn the_evidence_panel_opens() {
    let frame = shown("100x24", "/refuse<enter>e");
    assert!(
        row(&frame, "line ").contains("of sample:example.org.md"),
        "{frame}"
    );
}

#[test]
fn the_mouse_moves_the_cursor_and_the_text() {
    let mut app = reader("80x12", "dark");
    let mouse = |kind, column, row| {
        Event::Mouse(MouseEvent {
            kind,
            column,
            row,
            modifiers: KeyModifiers::NONE,
        })
    };
    app.handle(mouse(MouseEventKind::ScrollDown, 50, 6));
    let scrolled = frame(&mut app, "80x12");
    assert!(!scrolled.contains("▌    Privacy Policy"), "{scrolled}");
    let at = scrolled
        .lines()
        .position(|row| row.contains("◆k") && row.contains("We use"));
    let at = u16::try_from(at.unwrap()).unwrap();
    app.handle(mouse(MouseEventKind::Down(MouseButton::Left), 40, at));
    let clicked = frame(&mut app, "80x12");
    assert!(row(&clicked, "▌").contains("We use cookies"), "{clicked}");
    let outline = |text: &str| {
        let row = clicked.lines().position(|row| row.starts_with(text));
        u16::try_from(row.unwrap()).unwrap()
    };
    app.handle(mouse(
        MouseEventKind::Down(MouseButton::Left),
        5,
        outline("   Contact"),
    ));
    let jumped = frame(&mut app, "80x12");
    assert!(row(&jumped, "▌").contains("Contact"), "{jumped}");
}

#[test]
fn a_clause_longer_than_the_window_scrolls() {
    let mut app = reader("24x7", "dark");
    let mut seen = String::new();
    for _ in 0..60 {
        seen.push_str(&headless::render_keys(&mut app, &keys("j"), size("24x7")));
    }
    for word in ["partner", "described", "ours", "@example"] {
        assert!(seen.contains(word), "{word} is never seen");
    }
}
