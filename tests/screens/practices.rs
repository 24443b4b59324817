//! What policies answer: compared side by side, and beside the text of one.

use super::{NARROW, WIDE, keys, stands};
use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use policy_tui::classify::Classifier;
use policy_tui::library::{Library, Loader, PolicyId, Request};
use policy_tui::model::{Pair, TextRange};
use policy_tui::tui::app::{App, Command, Event, Jobs, Session, Setup};
use policy_tui::tui::effect::{Answer, Screen};
use policy_tui::tui::headless::{frame, styled, text};
use proptest::prelude::*;
use ratatui::layout::Size;
use std::sync::{Arc, LazyLock, mpsc};

const MIDDLE: Size = Size {
    width: 80,
    height: 24,
};

/// Denies a sale, contradicts itself on sharing.
const LEFT: &str = "\
# Privacy Policy

## Sharing

We do not sell your personal information to third parties.

We never share your personal information with third parties. We share your personal information with advertisers.

## Cookies

We use cookies on our website.

## Retention

We keep your personal data for 12 months.

## About this page

The headings of this page stand in the order in which visitors usually ask. Each part is short, and says in plain words what the team does.
";

const RIGHT: &str = "\
# Privacy Policy

## Sharing of data

We may sell your personal information to third parties. We share your personal information with third parties only with your consent.

## Cookies

Our website uses cookies.

## Children

We do not knowingly collect personal information from children under 13.

## About this page

The headings of this page stand in the order in which visitors usually ask. Each part is short, and says in plain words what the team does.
";

static LIBRARY: LazyLock<Arc<Library>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let paths = ["left.md", "right.md"].map(|name| folder.path().join(name));
    for (path, text) in paths.iter().zip([LEFT, RIGHT]) {
        let front = "---\ndate: 2020-01-01\n---\n";
        std::fs::write(path, format!("{front}{text}")).unwrap();
    }
    let loader = Loader::new(Arc::new(Classifier::builtin()));
    Arc::new(loader.load(&Request::new(paths.to_vec())))
});

fn open(setup: Setup, start: Screen) -> App {
    let session = Session::new(Arc::clone(&LIBRARY), setup);
    App::new(session, Jobs::Inline, WIDE, Some(start))
}

fn pair() -> Screen {
    let (left, right) = (PolicyId::new(0), PolicyId::new(1));
    Screen::Compare {
        pair: Pair::new(left, right),
        at: None,
    }
}

/// The two policies compared by practice.
fn comparing(setup: Setup) -> App {
    let mut app = open(setup, pair());
    let mut shown = keys(&mut app, "", WIDE);
    while !shown.contains("by practice") {
        shown = keys(&mut app, "<tab>", WIDE);
    }
    app
}

fn compared(typed: &str, size: Size) -> String {
    keys(&mut comparing(Setup::plain()), typed, size)
}

/// The reader on the left policy.
fn reading(typed: &str, size: Size) -> String {
    let policy = PolicyId::new(0);
    let start = Screen::Reader {
        policy,
        at: None,
        topic: None,
    };
    keys(&mut open(Setup::plain(), start), typed, size)
}

/// The row of a frame that holds a text.
fn row<'a>(frame: &'a str, holds: &str) -> &'a str {
    let found = frame.lines().find(|row| row.contains(holds));
    found.unwrap_or_else(|| panic!("no row holds {holds:?} in\n{frame}"))
}

#[test]
fn answers_stand_side_by_side_or_below_each_other() {
    insta::assert_snapshot!("practices_120x40", compared("", WIDE));
    insta::assert_snapshot!("practices_80x24", compared("]c", MIDDLE));
    insta::assert_snapshot!("practices_40x12", compared("]c", NARROW));
}

#[test]
fn the_words_that_prove_an_answer_are_marked_without_colour() {
    let mut setup = Setup::plain();
    setup.theme = "mono".to_owned();
    setup.glyphs.ascii = true;
    let mut app = comparing(setup);
    let size = Size {
        width: 100,
        height: 12,
    };
    let frame = frame(&mut app, &[], size);
    assert!(text(&frame).is_ascii(), "{}", text(&frame));
    insta::assert_snapshot!("practices_mono_ascii", styled(&frame));
}

#[test]
fn every_mode_is_a_tab_away() {
    let mut app = open(Setup::plain(), pair());
    let mut seen = Vec::new();
    for _ in 0..3 {
        let shown = keys(&mut app, "<tab>", WIDE);
        let modes = ["by text", "by topic", "by practice"];
        seen.extend(modes.into_iter().find(|mode| shown.contains(mode)));
    }
    seen.sort_unstable();
    assert_eq!(seen, ["by practice", "by text", "by topic"]);
}

#[test]
fn a_policy_that_contradicts_itself_shows_both_sentences() {
    let shown = compared("]c", WIDE);
    assert!(row(&shown, "(sentences disagree)").contains("Yes"));
    row(&shown, "! but also No");
    row(&shown, "We never share your personal");
}

#[test]
fn enter_opens_the_sentence_of_the_cell() {
    let left = compared("<enter>", WIDE);
    assert!(row(&left, "▌").contains("We do not sell"), "{left}");
    let right = compared("<right><enter>", WIDE);
    assert!(row(&right, "▌").contains("We may sell"), "{right}");
    let back = compared("<right><left><enter>", WIDE);
    assert!(row(&back, "▌").contains("We do not sell"), "{back}");
    // A cell that says nothing gives way to the one that does.
    let silent = compared("]c]c]c<enter>", WIDE);
    assert!(row(&silent, "▌").contains("children under 13"), "{silent}");
    let against = compared("jj<enter>", WIDE);
    assert!(row(&against, "▌").contains("We never share"), "{against}");
}

#[test]
fn a_click_chooses_the_cell() {
    let mut app = comparing(Setup::plain());
    let shown = keys(&mut app, "", WIDE);
    let y = shown
        .lines()
        .position(|row| row.contains("only with your consent"));
    let click = |column: u16| MouseEvent {
        kind: MouseEventKind::Down(MouseButton::Left),
        column,
        row: u16::try_from(y.unwrap()).unwrap(),
        modifiers: KeyModifiers::NONE,
    };
    app.handle(Event::Mouse(click(80)));
    let read = keys(&mut app, "<enter>", WIDE);
    assert!(row(&read, "only with your").contains("▌"), "{read}");
    keys(&mut app, "<esc>", WIDE);
    app.handle(Event::Mouse(click(20)));
    let read = keys(&mut app, "<enter>", WIDE);
    assert!(row(&read, "with advertisers").contains("▌"), "{read}");
}

#[test]
fn another_side_is_asked_the_same() {
    let shown = compared("rleft<enter>", WIDE);
    assert!(shown.contains("by practice"), "{shown}");
    assert!(
        shown.contains("! Both sides are one and the same version."),
        "{shown}"
    );
    let form = compared("f", WIDE);
    assert!(form.contains("no change is one of form only"), "{form}");
}

#[test]
fn what_both_answer_alike_or_not_at_all_is_folded() {
    let folded = compared("G", WIDE);
    assert!(row(&folded, "use cookies?").contains("both Yes, folded"));
    assert!(!folded.contains("Our website uses cookies."), "{folded}");
    assert!(row(&folded, "Neither answers").contains("folded"));
    let all = compared("Z", WIDE);
    assert!(all.contains("Our website uses cookies."), "{all}");
    let silent = compared("G<enter>jj", MIDDLE);
    assert!(
        !row(&silent, "Neither answers").contains("folded"),
        "{silent}"
    );
    assert!(silent.contains(" neither"), "{silent}");
    let alike = compared("Gk<space>", WIDE);
    assert!(alike.contains("Our website uses cookies."), "{alike}");
    let again = compared("Gk<space><space>", WIDE);
    assert!(!again.contains("Our website uses cookies."), "{again}");
}

#[test]
fn a_search_unfolds_what_it_finds() {
    let shown = compared("/website uses<enter>", WIDE);
    assert!(shown.contains("search 1/1"), "{shown}");
    assert!(shown.contains("Our website uses cookies."), "{shown}");
}

#[test]
fn the_list_names_the_questions() {
    insta::assert_snapshot!("practices_list_120x40", compared("djj", WIDE));
    let class = compared("d<right>", MIDDLE);
    assert!(row(&class, "Changes").contains("opposed"), "{class}");
    assert!(
        row(&class, "▌≠").contains("Is personal data sold or rented?"),
        "{class}"
    );
}

#[test]
fn one_topic_alone() {
    let shown = compared("tcookies<enter>", WIDE);
    assert!(shown.contains("Our website uses cookies."), "{shown}");
    assert!(
        !shown.contains("Is personal data sold or rented?"),
        "{shown}"
    );
}

#[test]
fn the_sides_are_swapped_and_a_row_is_copied() {
    let mut app = comparing(Setup::plain());
    let swapped = keys(&mut app, "x", WIDE);
    assert!(row(&swapped, "≠ Yes").contains("≠ No"), "{swapped}");
    let _ = keys(&mut app, "y", WIDE);
    let [Command::Copy(copied)] = &app.take_commands()[..] else {
        panic!("nothing was copied");
    };
    let mut lines = copied.lines();
    assert_eq!(
        lines.next(),
        Some("Is personal data sold or rented? Yes / No")
    );
    assert!(lines.next().unwrap().starts_with("“We may sell"));
    assert!(lines.next().unwrap().starts_with("“We do not sell"));
}

#[test]
fn questions_stand_beside_the_text_or_over_it() {
    insta::assert_snapshot!("questions_120x40", reading("/not sell<enter>a", WIDE));
    insta::assert_snapshot!("questions_80x24", reading("/not sell<enter>a", MIDDLE));
    insta::assert_snapshot!("questions_40x12", reading("/not sell<enter>a", NARROW));
    let size = Size {
        width: 60,
        height: 24,
    };
    insta::assert_snapshot!("questions_60x24", reading("/not sell<enter>a", size));
}

#[test]
fn an_answer_leads_to_its_sentences_one_by_one() {
    let sold = reading("/not sell<enter>a<enter>", WIDE);
    let under = |frame: &str| {
        let rows = frame.lines().filter(|row| row.contains("│▌"));
        rows.map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    assert!(under(&sold).contains("We do not sell"), "{sold}");
    assert!(sold.contains("No: the only sentence"), "{sold}");
    // From the contradicted answer to both sentences, and round.
    let shared = |enters: &str| reading(&format!("/share your<enter>a{enters}"), WIDE);
    assert!(shared("<enter>").contains("sentence 1 of "));
    assert!(shared("<enter><enter>").contains("sentence 2 of "));
    let silent = reading("tretention<enter>aG<enter>", WIDE);
    assert!(silent.contains("no sentence answers this"), "{silent}");
}

#[test]
fn the_screen_does_not_wait_for_the_answers() {
    let (sender, receiver) = mpsc::channel();
    let policy = PolicyId::new(0);
    let text = &LIBRARY.get(policy).unwrap().policy().text;
    let sentence = "We do not sell";
    let place = text.find(sentence).unwrap();
    let start = Screen::Reader {
        policy,
        at: Some(TextRange::new(place, place + sentence.len())),
        topic: None,
    };
    let session = Session::new(Arc::clone(&LIBRARY), Setup::plain());
    let mut app = App::new(session, Jobs::Threads(sender), WIDE, Some(start));
    let waiting = keys(&mut app, "a", WIDE);
    assert!(waiting.contains("the answers are being found"), "{waiting}");
    let early = keys(&mut app, "<enter>", WIDE);
    assert!(
        early.contains("the answers are still being found"),
        "{early}"
    );
    let mut missing = 2;
    while missing > 0 {
        let event = receiver.recv().unwrap();
        let labels_or_answers =
            |answer: &Answer| matches!(answer, Answer::Labelled { .. } | Answer::Answered { .. });
        if matches!(&event, Event::Answer(answer, _) if labels_or_answers(answer)) {
            missing -= 1;
        }
        app.handle(event);
    }
    let shown = keys(&mut app, "", WIDE);
    row(&shown, "Third-party sharing: ");
    assert!(
        row(&shown, "personal data sold").contains("▌ No"),
        "{shown}"
    );
}

#[test]
fn narrow_the_panel_gives_way_to_the_sentence() {
    let shown = reading("/not sell<enter>a<enter>", NARROW);
    assert!(row(&shown, "▌").contains("We do not sell"), "{shown}");
    assert!(
        !shown.contains("Is personal data sold or rented?"),
        "{shown}"
    );
    let left = reading("/not sell<enter>a<esc>", NARROW);
    assert!(!left.contains("Is personal data sold or rented?"), "{left}");
}

#[test]
fn a_sentence_names_the_questions_that_it_answers() {
    let shown = reading("/not sell<enter>e", WIDE);
    row(&shown, "No Is personal data sold or rented?");
    let beside = reading("/not sell<enter>a", WIDE);
    assert!(
        row(&beside, "personal data sold").contains("▌ No"),
        "{beside}"
    );
}

/// A key of the compare view or the reader, or a click or the wheel at a place.
fn any_press() -> impl Strategy<Value = Result<&'static str, u16>> {
    let keys = prop::sample::select(vec![
        "j",
        "k",
        "<down>",
        "<left>",
        "<right>",
        "<enter>",
        "<space>",
        "<esc>",
        "G",
        "g",
        "]c",
        "[c",
        "]]",
        "[[",
        "d",
        "u",
        "Z",
        "x",
        "s",
        "f",
        "c",
        "]t",
        "[t",
        "T",
        "e",
        "a",
        "a",
        "L",
        "R",
        "/use<enter>",
        "n",
        "<tab>",
        "<tab>",
        "<pagedown>",
        "y",
    ]);
    prop_oneof![5 => keys.prop_map(Ok), 1 => any::<u16>().prop_map(Err)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nothing_that_is_pressed_breaks_the_views(
        presses in prop::collection::vec((any_press(), 20_u16..130, 5_u16..45), 1..25),
    ) {
        let mut app = comparing(Setup::plain());
        for (press, width, height) in presses {
            let size = Size { width, height };
            prop_assert!(stands(&mut app, press, size));
        }
    }
}
