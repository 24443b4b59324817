//! Two versions of a policy: the list of changes, moves and their two ends, one column.

use super::{NARROW, WIDE, keys, samples, stands};
use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use policy_tui::classify::Classifier;
use policy_tui::library::{Library, Loader, PolicyId, Request};
use policy_tui::model::Pair;
use policy_tui::tui::app::{App, Event, Jobs, Replaced, Session, Setup};
use policy_tui::tui::effect::{Answer, Screen};
use policy_tui::tui::headless::{frame, styled, text};
use policy_tui::tui::keymap::parse_keys;
use proptest::prelude::*;
use ratatui::layout::Size;
use std::fs::File;
use std::sync::{Arc, LazyLock, mpsc};
use std::time::{Duration, SystemTime};

const MIDDLE: Size = Size {
    width: 80,
    height: 24,
};

const OLD: &str = "\
# Privacy Policy

## What we collect

We collect your name and your e-mail address when you open an account with us.

You can ask us at any time to send you a copy of everything we hold about you.

When you visit our pages we may store cookies on your computer.

## How long we keep it

We keep your account data for 12 months after your last visit.

Our servers write a log of every page that is asked for.

Write to [our office](http://a.example/office) when you want to know more.

## Your rights

You can object to letters and calls by telling us once.
";

const NEW: &str = "\
# Privacy Policy

## What we collect

We collect your name and your e-mail address when you open an account with us.

When you visit our pages we will only store cookies on your computer if you agree.

## How long we keep it

We keep your account data for 24 months after your last visit.

Write to [our office](http://b.example/office) when you want to know more.

## Your rights

You can object to letters and calls by telling us once.

You can ask us at any time, free of charge, to send you a copy of everything we hold about you.

Children under the age of thirteen must not use our services.
";

/// A library of two texts, which are versions of one policy or not.
fn library(texts: [&str; 2]) -> Arc<Library> {
    let folder = tempfile::tempdir().unwrap();
    let paths = ["1-old.md", "2-new.md"].map(|name| folder.path().join(name));
    for (path, text) in paths.iter().zip(texts) {
        std::fs::write(path, text).unwrap();
        // The heads show the date of the file: noon of 2 January 2024.
        let date = SystemTime::UNIX_EPOCH + Duration::from_secs(1_704_196_800);
        let file = File::options().write(true).open(path).unwrap();
        file.set_modified(date).unwrap();
    }
    let loader = Loader::new(Arc::new(Classifier::builtin()));
    Arc::new(loader.load(&Request::new(paths.to_vec())))
}

/// An app on a library of two, which are compared.
fn comparing(library: Arc<Library>, jobs: Jobs, setup: Setup) -> App {
    let pair = Pair::new(PolicyId::new(0), PolicyId::new(1));
    let session = Session::new(library, setup);
    App::new(
        session,
        jobs,
        WIDE,
        Some(Screen::Compare { pair, at: None }),
    )
}

fn app(texts: [&str; 2], jobs: Jobs, setup: Setup) -> App {
    comparing(library(texts), jobs, setup)
}

fn versions() -> App {
    static LIBRARY: LazyLock<Arc<Library>> = LazyLock::new(|| library([OLD, NEW]));
    comparing(Arc::clone(&LIBRARY), Jobs::Inline, Setup::plain())
}

/// The row of a frame that holds a text.
fn row<'a>(frame: &'a str, holds: &str) -> &'a str {
    let found = frame.lines().find(|row| row.contains(holds));
    found.unwrap_or_else(|| panic!("no row holds {holds:?} in\n{frame}"))
}

/// The rows beside which the cursor of the text stands, without the list.
fn under_cursor(frame: &str) -> String {
    let text = |row: &str| row.rsplit_once("▌").map(|(_, text)| text.trim().to_owned());
    let rows: Vec<String> = frame.lines().filter_map(text).collect();
    rows.join(" ")
}

#[test]
fn the_list_stands_beside_below_or_over_the_text() {
    insta::assert_snapshot!("changes_120x40", keys(&mut versions(), "djj", WIDE));
    insta::assert_snapshot!("changes_80x24", keys(&mut versions(), "djj", MIDDLE));
    insta::assert_snapshot!("changes_40x12", keys(&mut versions(), "djj", NARROW));
    let size = Size {
        width: 30,
        height: 8,
    };
    insta::assert_snapshot!("changes_30x8", keys(&mut versions(), "djj", size));
}

#[test]
fn the_list_is_drawn_on_any_screen() {
    for keys in ["d", "dG", "d<left>", "u=", "d<enter>ud"] {
        for (width, height) in (20..130).step_by(11).zip((5..60).step_by(3)) {
            for (width, height) in [(width, height), (width, 5), (20, height)] {
                let size = Size { width, height };
                let mut app = versions();
                let frame = frame(&mut app, &parse_keys(keys).unwrap(), size);
                assert!(!text(&frame).trim().is_empty());
            }
        }
    }
}

#[test]
fn without_colour_the_list_tells_the_same() {
    let mut setup = Setup::plain();
    setup.theme = "mono".to_owned();
    setup.glyphs.ascii = true;
    let mut app = app([OLD, NEW], Jobs::Inline, setup);
    let size = Size {
        width: 112,
        height: 14,
    };
    let frame = frame(&mut app, &parse_keys("d<right>").unwrap(), size);
    assert!(text(&frame).is_ascii(), "{}", text(&frame));
    insta::assert_snapshot!("changes_mono_ascii", styled(&frame));
}

#[test]
fn the_text_follows_the_list_and_the_list_the_text() {
    let mut app = versions();
    let listed = keys(&mut app, "dj", WIDE);
    assert!(listed.contains("Changes · 2 of 5"), "{listed}");
    assert!(under_cursor(&listed).contains("24 months"), "{listed}");
    let below = keys(&mut app, "<enter>]c", WIDE);
    assert!(below.contains("Changes · 3 of 5"), "{below}");
    assert!(row(&below, "]c next difference").contains("d changes"));
    let closed = keys(&mut app, "<esc>", WIDE);
    assert!(!closed.contains("Changes ·"), "{closed}");
    assert!(
        closed.contains("by text"),
        "the comparison stays:\n{closed}"
    );
}

#[test]
fn over_the_text_enter_leaves_the_list() {
    let mut app = versions();
    let listed = keys(&mut app, "djj", NARROW);
    assert!(listed.contains("Changes · 3 of 5"), "{listed}");
    let there = keys(&mut app, "<enter>", NARROW);
    assert!(!there.contains("Changes"), "{there}");
    assert!(there.contains("▌"), "{there}");
    let again = keys(&mut app, "d", NARROW);
    assert!(again.contains("Changes · 3 of 5"), "{again}");
    assert!(!keys(&mut app, "d", NARROW).contains("Changes"));
}

#[test]
fn the_list_goes_class_by_class_and_shows_what_is_hidden_when_it_is_asked_for() {
    let mut app = versions();
    let all = keys(&mut app, "d", WIDE);
    assert!(all.contains("all 5 · 1 turned · 1 in numbers"), "{all}");
    assert!(!all.contains("▌Write to our office"));
    let turned = keys(&mut app, "<right>", WIDE);
    assert!(turned.contains("Changes · 1 of 1 · turned"), "{turned}");
    assert!(turned.contains("{+will only+}"), "{turned}");
    let form = keys(&mut app, "<left><left>", WIDE);
    assert!(form.contains("Changes · 1 of 1 · links"), "{form}");
    assert!(
        under_cursor(&form).contains("Write to our office"),
        "{form}"
    );
    let round = keys(&mut app, "<right>", WIDE);
    assert!(round.contains("Changes · 3 of 5"), "{round}");
    assert!(round.contains("1 changed link hidden"), "{round}");
    let with_form = keys(&mut app, "f", WIDE);
    assert!(with_form.contains("all 6"), "{with_form}");
}

#[test]
fn a_link_that_leads_elsewhere_is_named_with_both_targets() {
    let old = "# Privacy Policy\n\nWrite to [our office](https://a.example/office) about your data.\n\n\
               We keep your personal data for a year.\n";
    let new = old.replace("a.example", "evil.example");
    let mut app = comparing(library([old, &new]), Jobs::Inline, Setup::plain());
    let folded = keys(&mut app, "", WIDE);
    assert!(folded.contains("1 link changed"), "{folded}");
    assert!(folded.contains("1 changed link hidden"), "{folded}");
    let shown = keys(&mut app, "f", WIDE);
    let targets = row(&shown, "link to https://a.example/office");
    assert!(
        targets.contains("link to https://evil.example/office"),
        "{shown}"
    );
    let one_column = keys(&mut app, "u", WIDE);
    let both = "link to https://a.example/office, now link to https://evil.example/office";
    assert!(one_column.contains(both), "{one_column}");
}

#[test]
fn a_link_that_leads_elsewhere_is_named_where_words_changed_too() {
    let old = "# Privacy Policy\n\nSee [our partners](https://a.example/3) who get your personal data from us \
               today.\n\nWe keep your personal data for a year.\n";
    let new = old
        .replace("a.example", "broker.example")
        .replace("get", "buy");
    let mut app = comparing(library([old, &new]), Jobs::Inline, Setup::plain());
    let shown = keys(&mut app, "", WIDE);
    let targets = row(&shown, "link to https://a.example/3");
    assert!(
        targets.contains("link to https://broker.example/3"),
        "{shown}"
    );
    let one_column = keys(&mut app, "u", WIDE);
    let both = "link to https://a.example/3, now link to https://broker.example/3";
    assert!(one_column.contains(both), "{one_column}");
}

#[test]
fn counts_of_changes_fit_or_say_that_some_are_missing() {
    let mut app = versions();
    for width in (60..=160).step_by(10) {
        let shown = keys(&mut app, "", Size { width, height: 24 });
        let title = shown.lines().next().unwrap();
        let all = title.contains("1 removed") || title.contains("1 −");
        let quiet = title.contains("1 link changed, not counted");
        assert!(all && quiet || title.ends_with('…'), "{width}: {title}");
    }
    let wide = keys(
        &mut app,
        "",
        Size {
            width: 160,
            height: 24,
        },
    );
    let said =
        "1 turned · 1 in numbers · 1 moved and edited · 1 added · 1 removed · 1 link changed";
    assert!(wide.lines().next().unwrap().contains(said), "{wide}");
}

#[test]
fn a_fold_counts_what_the_topic_alone_would_show() {
    let cookies = "We use cookies to remember what you like.";
    let safe = "We protect your personal data by encryption.";
    let office = "Write to [our office](https://a.example/office) for more.";
    let kept = "We keep your account data for 12 months.";
    let old = [cookies, kept, safe, office, cookies].join("\n\n");
    let new = old.replace("12", "24").replace("a.example", "b.example");
    let texts = [old, new].map(|text| format!("# Privacy Policy\n\n{text}\n"));
    let mut app = app([&texts[0], &texts[1]], Jobs::Inline, Setup::plain());
    let all = keys(&mut app, "", WIDE);
    assert!(all.contains("2 equal clauses …"), "{all}");
    let topic = keys(&mut app, "tcookies<enter>", WIDE);
    assert!(topic.contains("  … 2 equal clauses …"), "{topic}");
    assert!(!topic.contains("press f"), "{topic}");
    let open = keys(&mut app, "Z", WIDE);
    assert_eq!(open.matches(cookies).count(), 4, "{open}");
}

#[test]
fn what_is_similar_by_topic_is_told_and_not_counted() {
    let mut app = samples();
    let listed = keys(
        &mut app,
        "/soundsp<enter><space><esc>/mp3rocket<enter><enter>d",
        WIDE,
    );
    let counts = "all 83 · 6 different · 36 only left";
    assert!(listed.contains(counts), "{listed}");
    assert!(
        listed.contains("41 only right · 2 similar, not counted"),
        "{listed}"
    );
    let last = keys(&mut app, "dg]c[c", WIDE);
    assert!(
        last.contains("There is no difference before this one"),
        "{last}"
    );
    let end = keys(&mut app, "G]c", WIDE);
    assert!(!end.contains("not counted"), "{end}");
    let with = keys(&mut app, "gfd", WIDE);
    assert!(with.contains("all 85 · 6 different"), "{with}");
    assert!(with.contains("41 only right · 2 similar"), "{with}");
    assert!(!with.contains("not counted"), "{with}");
}

#[test]
fn what_stands_behind_the_last_difference_is_told() {
    let old = "# Privacy Policy\n\nWe do not sell your data to anyone.\n\nWe keep server logs for ninety days.\n";
    let new = "# Privacy Policy\n\nWe may sell your data to anyone.\n\nWe keep our server logs for ninety days.\n";
    let mut app = app([old, new], Jobs::Inline, Setup::plain());
    let listed = keys(&mut app, "<tab>d", WIDE);
    assert!(listed.contains("all 1 · 1 opposed"), "{listed}");
    assert!(listed.contains("1 similar, not counted"), "{listed}");
    let after = keys(&mut app, "dg]c]c", WIDE);
    let said = "There is no difference after this one; 1 similar, not counted";
    assert!(after.contains(said), "{after}");
    let there = keys(&mut app, "f]c", WIDE);
    assert!(under_cursor(&there).contains("server logs"), "{there}");
}

#[test]
fn counts_by_topic_and_by_practice_fit_or_say_that_some_are_missing() {
    for (by, last) in [("", "≈"), ("<tab>", "=")] {
        let mut app = samples();
        let pair = "/soundsp<enter><space><esc>/mp3rocket<enter><enter>";
        keys(&mut app, &format!("{pair}{by}"), WIDE);
        let mut shown = 0;
        for width in (60..=160).step_by(5) {
            let frame = keys(&mut app, "", Size { width, height: 24 });
            let title = frame.lines().next().unwrap();
            assert!(title.contains("change "), "{width}: {title}");
            let whole = title
                .trim_end()
                .ends_with(|c: char| last.contains(c) || c == '=');
            assert!(whole || title.ends_with('…'), "{width}: {title}");
            let counts = title.matches(" · ").count() - usize::from(title.contains("policy-tui"));
            assert!(counts >= shown, "fewer counts at {width}: {title}");
            shown = counts;
        }
        let narrow = Size {
            width: 60,
            height: 24,
        };
        let topic = keys(&mut app, "tcollection<enter>", narrow);
        let title = topic.lines().next().unwrap();
        assert!(title.contains("topic collection"), "{topic}");
        let found = keys(&mut app, "T/data<enter>", narrow);
        assert!(
            found.lines().next().unwrap().contains("search 1/"),
            "{found}"
        );
    }
}

#[test]
fn classes_that_have_no_room_are_not_left_out_silently() {
    let mut app = versions();
    let size = Size {
        width: 40,
        height: 14,
    };
    let first = keys(&mut app, "d", size);
    let counts = row(&first, "all 5");
    assert!(counts.trim_end().ends_with(" …"), "{first}");
    let next = keys(&mut app, "<left>", size);
    let counts = row(&next, "1 link changed");
    assert!(counts.trim_start().starts_with("… "), "{next}");
}

#[test]
fn the_list_goes_topic_by_topic() {
    let mut app = versions();
    let cookies = keys(&mut app, "dtcookies<enter>", WIDE);
    assert!(
        cookies.contains("Changes · 1 of 1 · topic cookies"),
        "{cookies}"
    );
    assert!(cookies.contains("all 1 · 1 turned"), "{cookies}");
    assert!(!cookies.contains("24 months"), "{cookies}");
    let all = keys(&mut app, "T", WIDE);
    assert!(all.contains("of 5"), "{all}");
    let by_topic = keys(&mut app, "<tab>", WIDE);
    assert!(by_topic.contains("different"), "{by_topic}");
    insta::assert_snapshot!("changes_by_topic_120x40", keys(&mut app, "g", WIDE));
}

#[test]
fn a_resize_keeps_the_change_that_is_looked_at() {
    let mut app = versions();
    let beside = keys(&mut app, "djjj", WIDE);
    assert!(beside.contains("Changes · 4 of 5"), "{beside}");
    for size in [NARROW, WIDE, MIDDLE, WIDE] {
        let shown = keys(&mut app, "", size);
        assert!(shown.contains("Changes · 4 of 5"), "{shown}");
        let there = row(&shown, "▌⇄ moved ~");
        assert!(there.contains("[") || there.contains("{"), "{shown}");
    }
}

#[test]
fn a_click_on_a_change_goes_there() {
    let mut app = versions();
    let listed = keys(&mut app, "d", WIDE);
    let line = |frame: &str, what: &str| frame.lines().position(|row| row.contains(what));
    let added = line(&listed, "+ added").unwrap();
    app.handle(Event::Mouse(MouseEvent {
        kind: MouseEventKind::Down(MouseButton::Left),
        column: 5,
        row: u16::try_from(added).unwrap(),
        modifiers: KeyModifiers::NONE,
    }));
    let shown = keys(&mut app, "", WIDE);
    assert!(shown.contains("Changes · 5 of 5"), "{shown}");
    assert!(under_cursor(&shown).contains("Children"), "{shown}");
}

#[test]
fn the_mouse_works_while_ends_stand_level() {
    let mut app = versions();
    let level = keys(&mut app, "]c=", MIDDLE);
    assert!(level.contains("⇄ to “Your rights”"), "{level}");
    for row in (0..24).rev() {
        app.handle(Event::Mouse(MouseEvent {
            kind: MouseEventKind::Down(MouseButton::Left),
            column: 5,
            row,
            modifiers: KeyModifiers::NONE,
        }));
    }
    let shown = keys(&mut app, "", MIDDLE);
    assert!(!shown.contains("⇄ to “Your rights”"), "{shown}");
}

#[test]
fn ten_thousand_changes_are_listed() {
    let text = |months: usize| -> String {
        let sentence = |n: usize| format!("Record {n} is kept for {} months.\n\n", n % 7 + months);
        (0..10_000).map(sentence).collect()
    };
    let (old, new) = (text(1), text(20));
    let mut app = app([&old, &new], Jobs::Inline, Setup::plain());
    let listed = keys(&mut app, "dG", WIDE);
    let count = row(&listed, "Changes").split(" of ").nth(1).unwrap();
    let count: usize = count.split(' ').next().unwrap().parse().unwrap();
    assert!(count >= 10_000, "{listed}");
    assert!(
        listed.contains(&format!("Changes · {count} of {count}")),
        "{listed}"
    );
    assert!(under_cursor(&listed).contains("Record 9999"), "{listed}");
}

#[test]
fn the_ends_of_a_move_name_each_other_and_stand_level() {
    let mut app = versions();
    let left = keys(&mut app, "]c", WIDE);
    assert!(
        row(&left, "▌⇄ You can ask us").contains("⇄ moved to “Your rights”"),
        "{left}"
    );
    let right = keys(&mut app, "m", WIDE);
    let there = row(&right, "▌⇄ You can ask us");
    assert!(there.contains("⇄ moved from “What we collect”"), "{right}");
    let level = frame(&mut app, &parse_keys("=").unwrap(), MIDDLE);
    insta::assert_snapshot!("level_80x24", styled(&level));
    for back in ["=", "<esc>", "j", "[c", "m", "g"] {
        let mut app = versions();
        let level = keys(&mut app, "]cm=", MIDDLE);
        assert!(level.contains("⇄ to “Your rights”"), "{level}");
        let apart = keys(&mut app, back, MIDDLE);
        assert!(!apart.contains("⇄ to “Your rights”"), "{back}:\n{apart}");
        assert!(apart.contains("by text"), "{back}:\n{apart}");
    }
    assert!(keys(&mut app, "g=", MIDDLE).contains("This row did not move"));
}

#[test]
fn one_column_reads_as_one_text() {
    let mut app = versions();
    let running = keys(&mut app, "u", WIDE);
    assert!(
        running.contains("We keep your account data for [-12-] {+24+} months after"),
        "{running}"
    );
    assert!(running.contains("⇄ moved to “Your rights”"), "{running}");
    let narrow = frame(&mut app, &parse_keys("]c]c").unwrap(), MIDDLE);
    insta::assert_snapshot!("one_column_80x24", styled(&narrow));
    insta::assert_snapshot!("one_column_40x12", keys(&mut versions(), "]c]c", NARROW));
    let both = keys(&mut app, "u", WIDE);
    assert!(!both.contains("[-12-]"), "{both}");
}

#[test]
fn the_setting_says_below_which_width_there_is_one_column() {
    let mut setup = Setup::plain();
    setup.side_by_side = Some(100);
    let mut app = app([OLD, NEW], Jobs::Inline, setup);
    let size = |width| Size { width, height: 24 };
    assert!(keys(&mut app, "", size(99)).contains("[-12-]"));
    assert!(!keys(&mut app, "", size(100)).contains("[-12-]"));
    // What is asked for holds at any width, until it is what the width says.
    assert!(!keys(&mut app, "", size(99)).contains("│~│"));
    assert!(
        keys(&mut app, "u", size(99)).contains("24 months")
            && !keys(&mut app, "", size(60)).contains("[-12-]")
    );
    assert!(keys(&mut app, "u", size(60)).contains("[-12-]"));
    assert!(!keys(&mut app, "", size(120)).contains("[-12-]"));
}

#[test]
fn a_long_comparison_shows_that_it_goes_on_and_can_be_left() {
    // Nobody does the work that is asked for, so it goes on for ever.
    let (sender, _receiver) = mpsc::channel();
    let mut app = app([OLD, NEW], Jobs::Threads(sender), Setup::plain());
    let waiting = keys(&mut app, "", WIDE);
    assert!(
        waiting.contains("Comparing 11 clauses with 11 …"),
        "{waiting}"
    );
    let nothing = keys(&mut app, "djf=m", WIDE);
    assert!(nothing.contains("Comparing"), "{nothing}");
    let left = keys(&mut app, "<esc><esc>", WIDE);
    assert!(left.contains("Library"), "{left}");
}

#[test]
fn a_rewrite_goes_by_topic_and_says_why() {
    let version = |sentences: &[&str]| {
        format!(
            "---\nsite: example.org\n---\n# Privacy Policy\n\n{}\n",
            sentences.join("\n\n")
        )
    };
    let old = version(&[
        "We collect your name when you open an account.",
        "Cookies remember which language you prefer.",
        "Your data is never sold to anybody.",
        "Records are erased after one year.",
        "Children may not register.",
        "You may object to letters at any time.",
        "Access to our machines is guarded.",
        "Mail the office if anything is unclear.",
        "Pages of others have rules of their own.",
    ]);
    let new = version(&[
        "This notice explains how personal information is handled by our group.",
        "Browsers receive small files that recognise a returning visitor.",
        "Partners obtain statistics about audiences.",
        "Retention depends on legal duties.",
        "Minors need the consent of a parent.",
        "Marketing can be switched off in the settings.",
        "Encryption protects transfers.",
        "A data protection officer answers questions.",
        "Third-party sites are outside our control.",
    ]);
    let mut app = app([&old, &new], Jobs::Inline, Setup::plain());
    let shown = keys(&mut app, "", WIDE);
    assert!(shown.contains("by topic"), "{shown}");
    assert!(
        shown.contains("! Rewritten as a whole: ") && shown.contains("so this goes by topic."),
        "{shown}"
    );
    let by_text = keys(&mut app, "<tab><tab>", WIDE);
    assert!(by_text.contains("by text ·"), "{by_text}");
    assert!(
        by_text.contains("Comparing by topic says more."),
        "{by_text}"
    );
}

#[test]
fn a_text_rewritten_into_a_few_clauses_goes_by_topic_and_says_so() {
    let version = |says: &str| format!("---\nsite: example.org\n---\n{says}\n");
    let old = version(
        "# Privacy Policy\n\nWe keep your address to send parcels. We never sell what you tell us. You may ask for a copy at \
         any time. Cookies remember your basket. Our staff is trained. Records are erased after a year. \
         Children may not order. Write to the office with questions. We tell you of changes here.",
    );
    let new = version(
        "# Data Notice\n\nPersonal information is passed to advertisers. Consent is assumed. Retention is unlimited.",
    );
    let shown = keys(
        &mut app([&old, &new], Jobs::Inline, Setup::plain()),
        "",
        WIDE,
    );
    assert!(shown.contains("so this goes by topic."), "{shown}");
}

#[test]
fn what_differs_in_bytes_alone_is_said_to() {
    let text = "# Privacy Policy\n\nWe keep your name and address.\n\nWe never sell them.\n";
    for other in [
        text.replace('\n', "\r\n"),
        text.replace("name and", "name\u{a0}and"),
        text.replace("address.\n", "address.\n\n---\n"),
    ] {
        let mut app = app([text, &other], Jobs::Inline, Setup::plain());
        let shown = keys(&mut app, "", WIDE);
        assert!(
            shown.contains("No clause differs, in words or in form"),
            "{shown}"
        );
        assert!(shown.contains("bytes alone"), "{shown}");
    }
}

#[test]
fn one_policy_on_both_sides_is_said() {
    let mut app = versions();
    let shown = keys(&mut app, "r1-old<enter>", WIDE);
    assert!(
        shown.contains("! Both sides are one and the same version."),
        "{shown}"
    );
    assert!(keys(&mut app, "d", WIDE).contains("No change to list"));
}

/// Wide enough for the whole state of a comparison.
const BROAD: Size = Size {
    width: 160,
    height: 40,
};

#[test]
fn a_search_goes_round_says_so_and_is_given_up_where_it_began() {
    let mut app = versions();
    let before = keys(&mut app, "", WIDE);
    let typed = keys(&mut app, "/nowhere-to-be-found", WIDE);
    assert_ne!(before, typed);
    assert!(keys(&mut app, "<enter>", WIDE).contains("not found: nowhere-to-be-found"));
    assert_eq!(keys(&mut app, "<esc>", WIDE), before);
    let shown = keys(&mut app, "/you<enter>", BROAD);
    let (_, rest) = shown.split_once("search 1/").expect(&shown);
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let hits: usize = digits.parse().unwrap();
    let last = keys(&mut app, &"n".repeat(hits - 1), BROAD);
    assert!(last.contains(&format!("search {hits}/{hits}")), "{last}");
    assert!(!last.contains("went on"), "{last}");
    assert!(keys(&mut app, "n", BROAD).contains("went on from the top"));
    assert!(keys(&mut app, "N", BROAD).contains("went on from the bottom"));
}

#[test]
fn statements_that_turned_are_listed_apart_from_other_wording() {
    let old = "# Privacy Policy\n\nWe may share your data with partners.\n\nWe collect your name.\n\n\
               You can write to us about your personal data.\n";
    let new = old
        .replace("may share", "share")
        .replace("your name", "your full name");
    let mut app = comparing(library([old, &new]), Jobs::Inline, Setup::plain());
    let shown = keys(&mut app, "d", WIDE);
    assert!(shown.contains("1 turned"), "{shown}");
    assert!(shown.contains("1 reworded"), "{shown}");
    let first = keys(&mut app, "<esc>g]c", WIDE);
    assert!(first.contains("turned: permits, now asserts"), "{first}");
}

#[test]
fn the_same_answer_by_other_figures_is_a_difference_to_go_to() {
    let text = |months, age| {
        format!(
            "# Privacy Policy\n\nThis privacy policy explains how we handle your personal data.\n\n\
             Server logs are deleted after 30 days.\n\nWe delete your account data after {months} \
             months.\n\nOur services are not directed to children under {age}.\n"
        )
    };
    let (old, new) = (text(13, 13), text(31, 13));
    let mut app = comparing(library([&old, &new]), Jobs::Inline, Setup::plain());
    let shown = keys(&mut app, "<tab><tab>]c", WIDE);
    assert!(
        shown.contains("by practice · change 1/1 · questions: 1 ≈ · "),
        "{shown}"
    );
    let kept = row(&shown, "13 months");
    assert!(
        kept.contains("31 months"),
        "both sides stand side by side: {kept}"
    );
    assert!(
        !shown.contains("under 13"),
        "what is the same is folded: {shown}"
    );
}

#[test]
fn one_total_is_told_and_the_counts_follow_the_topic_that_is_shown() {
    let text = |more: &str| {
        format!(
            "# Privacy Policy\n\nThis privacy policy explains how we handle your personal data, which data \
             that is, from whom we receive it, what we use it for, with whom we share it, how long we keep \
             it, and what you may ask of us at any time.\n\n\
             We use cookies to remember you and what you have put into your basket.\n\n\
             {more}Our services are for everybody.\n"
        )
    };
    let new = text(
        "We keep your data for ten days.\n\nWe delete server logs after that.\n\n\
         Our site does not respond to Do Not Track signals.\n\n",
    );
    let mut app = comparing(library([&text(""), &new]), Jobs::Inline, Setup::plain());
    let shown = keys(&mut app, "]cd", WIDE);
    assert!(
        shown.contains("by text · change 1-3/3 · 3 added"),
        "{shown}"
    );
    assert!(shown.contains("Changes · 1 of 3"), "{shown}");
    let on_topic = keys(&mut app, "dtdo-not-track<enter>", WIDE);
    assert!(
        on_topic.contains("topic do-not-track · by text · change 1/1 · 1 added"),
        "{on_topic}"
    );
    let narrow = keys(&mut app, "", NARROW);
    assert!(narrow.contains("topic do-not-track"), "{narrow}");
}

#[test]
fn a_comparison_of_what_was_read_before_is_not_shown_for_what_was_read_again() {
    let (sender, events) = mpsc::channel();
    let mut app = app([OLD, NEW], Jobs::Threads(sender), Setup::plain());
    let compared = |event: &Event| matches!(event, Event::Answer(Answer::Compared { .. }, _));
    let before = events.iter().find(compared).unwrap();
    app.handle(Event::Replaced(Replaced {
        library: library([OLD, OLD]),
        screen: None,
        note: None,
    }));
    app.handle(before);
    let waits = keys(&mut app, "", WIDE);
    assert!(waits.contains("Comparing"), "{waits}");
    app.handle(events.iter().find(compared).unwrap());
    let shown = keys(&mut app, "", WIDE);
    assert!(shown.contains("The two texts are identical."), "{shown}");
}

/// Keys of the comparison, and a click at a place that depends on the number.
fn any_key() -> impl Strategy<Value = Result<&'static str, u16>> {
    let keys = [
        "d",
        "j",
        "k",
        "j",
        "<enter>",
        "<esc>",
        "<right>",
        "<left>",
        "=",
        "m",
        "u",
        "f",
        "Z",
        "e",
        "s",
        "]c",
        "[c",
        "]t",
        "T",
        "g",
        "G",
        "<tab>",
        "x",
        "<space>",
        "/you<enter>",
        "n",
        "c",
        "<pagedown>",
        "<c-u>",
    ];
    let spelled: Vec<_> = keys
        .into_iter()
        .filter(|key| parse_keys(key).is_ok())
        .collect();
    prop_oneof![
        6 => prop::sample::select(spelled).prop_map(Ok),
        1 => (0_u16..4000).prop_map(Err),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nothing_that_is_pressed_breaks_the_view(
        presses in prop::collection::vec((any_key(), 20_u16..130, 5_u16..45), 1..25),
    ) {
        let mut app = versions();
        for (press, width, height) in presses {
            let size = Size { width, height };
            prop_assert!(stands(&mut app, press, size));
        }
    }
}
