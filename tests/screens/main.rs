//! The library and the comparison on the screen: keys in, frame out. What the frames show is read
//! in review; `cargo insta review` accepts changes.

#![allow(clippy::unwrap_used, clippy::panic)]

mod captures;
mod changes;
mod doubts;
mod matrix;
mod notices;
mod practices;
mod reload;
mod search;
mod timeline;

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use policy_tui::classify::Classifier;
use policy_tui::library::{Loader, Request};
use policy_tui::tui::app::{App, Command, Event, Jobs, Session, Setup};
use policy_tui::tui::effect::Screen;
use policy_tui::tui::headless::{frame, render_keys, styled, text};
use policy_tui::tui::keymap::parse_keys;
use ratatui::layout::Size;
use std::path::PathBuf;
use std::sync::Arc;

const WIDE: Size = Size {
    width: 120,
    height: 40,
};
const NARROW: Size = Size {
    width: 40,
    height: 12,
};

fn app(paths: Vec<PathBuf>, theme: &str) -> App {
    let loader = Loader::new(Arc::new(Classifier::builtin()));
    let library = Arc::new(loader.load(&Request::new(paths)));
    let theme = theme.to_owned();
    let start = (library.entries().len() == 2).then(|| {
        let mut ids = library.ids();
        let pair = policy_tui::model::Pair::new(ids.next().unwrap(), ids.next().unwrap());
        Screen::Compare { pair, at: None }
    });
    let session = Session::new(
        library,
        Setup {
            theme,
            ..Setup::plain()
        },
    );
    App::new(session, Jobs::Inline, WIDE, start)
}

fn samples() -> App {
    app(Vec::new(), "dark")
}

fn keys(app: &mut App, keys: &str, size: Size) -> String {
    render_keys(app, &parse_keys(keys).unwrap(), size)
}

/// Whether something is still shown after a key, or the mouse at a place: a click or a turn of its
/// wheel.
fn stands(app: &mut App, press: Result<&'static str, u16>, size: Size) -> bool {
    match press {
        Ok(spelled) => {
            keys(app, spelled, size);
        }
        Err(place) => app.handle(Event::Mouse(MouseEvent {
            kind: if place % 3 == 0 {
                MouseEventKind::ScrollDown
            } else {
                MouseEventKind::Down(MouseButton::Left)
            },
            column: place % size.width,
            row: place / size.width % size.height,
            modifiers: KeyModifiers::NONE,
        })),
    }
    !keys(app, "", size).trim().is_empty()
}

const COMPARE: &str = "/mp3rocket<enter><space><esc>/soundspectrum<enter><enter>";

#[test]
fn library_wide_and_narrow() {
    insta::assert_snapshot!("library_120x40", keys(&mut samples(), "j", WIDE));
    insta::assert_snapshot!("library_40x12", keys(&mut samples(), "j", NARROW));
    insta::assert_snapshot!(
        "library_find_40x12",
        keys(&mut samples(), "/officialmp3s", NARROW)
    );
}

#[test]
fn what_could_not_be_read_is_counted_and_one_key_away() {
    let folder = tempfile::tempdir().unwrap();
    let text = "We use cookies to remember what you like, and never sell what we learn. ".repeat(6);
    std::fs::write(
        folder.path().join("good.md"),
        format!("# Privacy Policy\n\n{text}\n"),
    )
    .unwrap();
    std::fs::write(folder.path().join("empty.md"), "").unwrap();
    let mut app = app(vec![folder.path().to_owned()], "dark");
    let shown = keys(&mut app, "", WIDE);
    assert!(shown.contains("1 policy · 1 notice !"), "{shown}");
    let notices = keys(&mut app, "!", WIDE);
    assert!(
        notices.contains("empty") && notices.contains("the file is empty"),
        "{notices}"
    );
}

#[test]
fn compare_wide_and_narrow() {
    insta::assert_snapshot!("compare_120x40", keys(&mut samples(), COMPARE, WIDE));
    insta::assert_snapshot!("compare_40x12", keys(&mut samples(), COMPARE, NARROW));
}

#[test]
fn without_colour_signs_and_attributes_carry_the_state() {
    let mut app = app(Vec::new(), "mono");
    let frame = frame(
        &mut app,
        &parse_keys("/mp3r").unwrap(),
        Size {
            width: 90,
            height: 8,
        },
    );
    let shown = styled(&frame);
    for colour in ["red", "blue", "cyan", "yellow", "green", "magenta", "#"] {
        assert!(
            !shown.contains(&format!("{colour}⟧")),
            "{colour} in\n{shown}"
        );
    }
    insta::assert_snapshot!("library_mono", shown);
}

/// Two versions of a policy, in files.
fn versions() -> (tempfile::TempDir, App) {
    let folder = tempfile::tempdir().unwrap();
    let long = "We keep this sentence as it is in both versions of the text, word for word.";
    let old = format!(
        "# Privacy Policy\n\n## Sharing\n\nWe may share your data with partners.\n\n{long}\n\n## Keeping\n\nWe keep your data for 12 months.\n\nYou can write to [us](http://a.example).\n\n## Changes\n\nWe may change this policy.\n"
    );
    let new = old
        .replace("may share", "will never share")
        .replace("12 months", "24 months")
        .replace("http://a.example", "http://b.example")
        + "\nWe will tell you by e-mail before it changes.\n";
    let paths = [("1-old.md", old), ("2-new.md", new)].map(|(name, text)| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    });
    let app = app(paths.to_vec(), "dark");
    (folder, app)
}

#[test]
fn versions_show_changed_words_and_fold_what_is_equal() {
    let (_folder, mut app) = versions();
    let shown = keys(
        &mut app,
        "",
        Size {
            width: 100,
            height: 24,
        },
    );
    assert!(shown.contains("by text"), "{shown}");
    assert!(shown.contains("~ We may share your data"), "{shown}");
    assert!(shown.contains("~ We will never share"), "{shown}");
    assert!(shown.contains("+ We will tell you by e-mail"), "{shown}");
    assert!(shown.contains("1 changed link hidden, press f"), "{shown}");
    assert!(
        !shown.contains("word for word"),
        "equal clauses are folded:\n{shown}"
    );
    let form = keys(
        &mut app,
        "f",
        Size {
            width: 100,
            height: 30,
        },
    );
    assert!(form.contains("You can write to us"), "{form}");
    let all = keys(
        &mut app,
        "Z",
        Size {
            width: 100,
            height: 40,
        },
    );
    assert!(all.contains("word for word"), "{all}");
    let marked = styled(&frame(
        &mut app,
        &[],
        Size {
            width: 100,
            height: 40,
        },
    ));
    assert!(
        marked.contains("We ⟦bold yellow⟧may ⟦⟧share"),
        "the words that differ are marked:\n{marked}"
    );
}

#[test]
fn stepping_through_differences_comes_by_each_once() {
    let (_folder, mut app) = versions();
    let size = Size {
        width: 100,
        height: 24,
    };
    let mut places = Vec::new();
    for _ in 0..3 {
        let shown = keys(&mut app, "]c", size);
        places.push(
            shown
                .lines()
                .next()
                .unwrap()
                .split(" · ")
                .find(|part| part.contains("/3"))
                .unwrap()
                .to_owned(),
        );
    }
    assert_eq!(places, ["change 1/3", "change 2/3", "change 3/3"]);
    assert!(keys(&mut app, "]c", size).contains("There is no difference after this one"));
    assert!(keys(&mut app, "[c[c", size).contains("1/3"));
}

#[test]
fn swapping_mirrors_and_switching_goes_by_topic() {
    let (_folder, mut app) = versions();
    let size = Size {
        width: 100,
        height: 24,
    };
    let swapped = keys(&mut app, "x", size);
    assert!(
        swapped.contains("− We will tell you by e-mail"),
        "{swapped}"
    );
    let topics = keys(&mut app, "<tab>", size);
    assert!(topics.contains("by topic"), "{topics}");
}

#[test]
fn a_topic_alone_a_search_and_another_side() {
    let mut app = samples();
    let children = keys(&mut app, &format!("{COMPARE}tchildren<enter>"), WIDE);
    assert!(children.contains("Not stated"), "{children}");
    assert!(
        children.contains("does not knowingly solicit"),
        "{children}"
    );
    assert!(!children.contains("Third-party sharing ─"), "{children}");
    let found = keys(&mut app, "T/secure sockets<enter>", WIDE);
    assert!(
        found.contains("search 1/1") && found.contains("Secure Sockets"),
        "{found}"
    );
    let other = keys(&mut app, "<esc>rrocketv<enter>", WIDE);
    assert!(other.contains("mp3rocket.me ⟷ rocketv.org"), "{other}");
}

#[test]
fn sides_scroll_apart_and_together_again_from_here() {
    let mut app = samples();
    let together = keys(&mut app, COMPARE, WIDE);
    let column = |frame: &str, left: bool| -> Vec<String> {
        let half = |line: &str| -> String {
            let chars: Vec<char> = line.chars().collect();
            if left {
                chars.iter().take(57).collect()
            } else {
                chars.iter().skip(62).collect()
            }
        };
        frame.lines().skip(3).take(35).map(half).collect()
    };
    let apart = keys(&mut app, "sjjjj", WIDE);
    assert!(apart.contains("right scrolls alone"), "{apart}");
    assert_eq!(
        column(&apart, false)[..12],
        column(&together, false)[4..16],
        "the right side moved by four rows"
    );
    let joined = keys(&mut app, "s", WIDE);
    assert!(joined.contains("right +4 rows"), "{joined}");
    let level = keys(&mut app, "<esc>", WIDE);
    assert!(!level.contains("rows ·"), "{level}");
}

#[test]
fn a_resize_keeps_the_row_under_the_cursor_in_sight() {
    let mut app = samples();
    let wide = frame(
        &mut app,
        &parse_keys(&format!("{COMPARE}]c]c]c]c]c]c")).unwrap(),
        WIDE,
    );
    let under = |frame: &ratatui::buffer::Buffer| -> String {
        let shown = text(frame);
        let after = shown
            .split('▌')
            .nth(1)
            .unwrap_or_else(|| panic!("no cursor:\n{shown}"));
        after
            .chars()
            .skip_while(|c| !c.is_alphanumeric() || *c == 'L' || *c == 'R')
            .take(12)
            .collect()
    };
    let first = under(&wide);
    for size in [
        NARROW,
        Size {
            width: 200,
            height: 50,
        },
        Size {
            width: 80,
            height: 24,
        },
    ] {
        app.handle(Event::Resize(size));
        let shown = under(&frame(&mut app, &[], size));
        assert_eq!(shown, first, "at {size}");
    }
}

#[test]
fn a_row_is_copied_with_its_source() {
    let mut app = samples();
    keys(&mut app, &format!("{COMPARE}tlinks<enter>]cy"), WIDE);
    let commands = app.take_commands();
    let [Command::Copy(copied)] = &commands[..] else {
        panic!("{commands:?}")
    };
    assert!(
        copied.contains("mp3rocket.me, archived 2015-12-29"),
        "{copied}"
    );
    assert!(copied.contains("https://web.archive.org/web/"), "{copied}");
}

/// What the program prints with arguments, in a folder of files.
fn printed(files: &[(&str, &str)], arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_policy-tui"))
        .current_dir(folder.path())
        .args(["--config", ".", "--size", "100x20", "--print"])
        .args(arguments)
        .env("LANG", "C.UTF-8")
        .env_remove("LC_ALL")
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_side_that_cannot_be_read_is_said() {
    let text = "# Privacy Policy\n\nWe keep your data for a year and never sell it.\n";
    let files = [("a.md", text), ("empty.md", "")];
    let empty = printed(&files, &["a.md", "empty.md"]);
    assert!(
        empty.contains("! nothing to compare with: empty.md: the file is empty"),
        "{empty}"
    );
    let missing = printed(&files, &["missing.md", "a.md"]);
    assert!(
        missing.contains("! nothing to compare with: missing.md: there is no such file"),
        "{missing}"
    );
    let twice = printed(&files, &["a.md", "a.md"]);
    assert!(
        twice.contains("! Both sides are one and the same version."),
        "{twice}"
    );
    let one = printed(&files, &["a.md"]);
    assert!(!one.contains("nothing to compare"), "{one}");
}

#[test]
fn the_width_for_two_columns_comes_from_the_settings() {
    let old = "# Privacy Policy\n\nWe keep your data for 12 months after your last visit.\n";
    let new = old.replace("12", "24");
    let shown = |setting: &str| {
        let files = [("a.md", old), ("b.md", &new), ("config.toml", setting)];
        printed(&files, &["a.md", "b.md"])
    };
    assert!(!shown("").contains("[-12-]"));
    assert!(shown("side_by_side = 101").contains("for [-12-] {+24+} months"));
    assert!(!shown("side_by_side = 100").contains("[-12-]"));
}
