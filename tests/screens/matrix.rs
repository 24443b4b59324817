//! The matrix: what it shows with five sites and with three hundred, and how one moves in it.

use super::{NARROW, WIDE, app, keys, samples};
use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use policy_tui::classify::Classifier;
use policy_tui::library::{Library, Loader, Progress, Request};
use policy_tui::tui::app::{App, Command, Event, Jobs, Loaded, Session, Setup};
use policy_tui::tui::effect::{Answer, Screen};
use policy_tui::tui::headless::{frame, styled, text};
use policy_tui::tui::keymap::parse_keys;
use policy_tui::tui::theme::{Colours, Role, Theme};
use proptest::prelude::*;
use ratatui::layout::Size;
use std::sync::Arc;

const USUAL: Size = Size {
    width: 80,
    height: 24,
};
const HUGE: Size = Size {
    width: 200,
    height: 60,
};

#[test]
fn five_sites_at_every_size() {
    for (name, size) in [
        ("matrix_120x40", WIDE),
        ("matrix_80x24", USUAL),
        ("matrix_40x12", NARROW),
        ("matrix_200x60", HUGE),
    ] {
        insta::assert_snapshot!(name, keys(&mut samples(), "a", size));
    }
}

#[test]
fn topics_a_base_and_sites_as_rows() {
    insta::assert_snapshot!("matrix_topics_80x24", keys(&mut samples(), "a<tab>", USUAL));
    let base = "/mp3rocket<enter> aS";
    insta::assert_snapshot!("matrix_base_120x40", keys(&mut samples(), base, WIDE));
    insta::assert_snapshot!("matrix_turned_80x24", keys(&mut samples(), "abx", USUAL));
}

#[test]
fn without_colour_signs_tell_the_answers_apart() {
    let mut app = app(Vec::new(), "mono");
    let frame = frame(&mut app, &parse_keys("atsharing<enter>b").unwrap(), USUAL);
    let shown = styled(&frame);
    for colour in ["red", "blue", "cyan", "yellow", "green", "magenta", "#"] {
        assert!(
            !shown.contains(&format!("{colour}⟧")),
            "{colour} in\n{shown}"
        );
    }
    insta::assert_snapshot!("matrix_mono", shown);
}

/// Three hundred generated policies, which answer in a few different ways.
fn many() -> (tempfile::TempDir, App) {
    let folder = generated(300);
    let app = app(vec![folder.path().to_owned()], "dark");
    (folder, app)
}

fn generated(count: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sentences = [
        "We use cookies on our web site to remember your settings.",
        "We never sell your personal information to anyone.",
        "We may sell your personal information to our partners.",
        "You can delete your account and your personal information at any time.",
        "We encrypt your personal information with SSL when it is sent to us.",
        "We do not use cookies on our web site.",
        "We record your IP address when you visit our web site.",
    ];
    for number in 0..count {
        let filler = "Some words that answer nothing. ".repeat(15);
        let mut text = format!("# Privacy Policy\n\n{filler}\n");
        for (place, sentence) in sentences.iter().enumerate() {
            if number >> (place % 5) & 1 == place / 5 {
                text.push_str(&format!("\n{sentence}\n"));
            }
        }
        let name = format!("site-{number:03}.example.md");
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// The line of a frame that holds a text.
fn line<'a>(frame: &'a str, holds: &str) -> &'a str {
    let found = frame.lines().find(|line| line.contains(holds));
    found.unwrap_or_else(|| panic!("no line holds {holds:?} in\n{frame}"))
}

#[test]
fn three_hundred_sites_scroll_under_heads_that_stay() {
    let (_folder, mut app) = many();
    insta::assert_snapshot!("matrix_300_120x40", keys(&mut app, "a", WIDE));
    insta::assert_snapshot!(
        "matrix_300_80x24",
        keys(&mut app, "/site-217<enter>b", USUAL)
    );
    insta::assert_snapshot!("matrix_300_40x12", keys(&mut app, "$G", NARROW));
    insta::assert_snapshot!("matrix_300_turned_200x60", keys(&mut app, "cgx", HUGE));
    let before = keys(&mut app, "cxg0", WIDE);
    let after = keys(&mut app, "LL", WIDE);
    let label = |frame: &str| line(frame, "Does the site use cookies?")[..40].to_owned();
    assert_eq!(label(&before)[2..], label(&after)[2..], "labels stay");
    assert!(before.contains("site-000.example") && !after.contains("site-000.example"));
    let below = keys(&mut app, "G", WIDE);
    assert_eq!(below.lines().nth(5), after.lines().nth(5), "heads stay");
}

#[test]
fn cells_say_what_the_policies_answer() {
    let loader = Loader::new(Arc::new(Classifier::builtin()));
    let library = loader.load(&Request::new(Vec::new()));
    let mut ids: Vec<_> = library.ids().collect();
    ids.sort_by_key(|id| library.get(*id).unwrap().name.clone());
    let size = Size {
        width: 140,
        height: 120,
    };
    let shown = keys(&mut samples(), "a", size);
    for (place, question) in library.questions().iter().enumerate() {
        let start: String = question.text.chars().take(30).collect();
        let row = line(&shown, &format!("{} {start}", question.topic.sign()));
        let words: Vec<&str> = row.split("% ").nth(1).unwrap().split_whitespace().collect();
        let expected: Vec<String> = ids
            .iter()
            .map(|id| library.answers(*id).of(place).answer.label().to_owned())
            .collect();
        let said = words.join(" ").replace(['●', '○', '◐', '·', '!'], " ");
        let said: Vec<&str> = said.split_whitespace().collect();
        assert_eq!(said.join(" "), expected.join(" "), "{}", question.text);
    }
}

#[test]
fn enter_opens_the_sentence_and_other_keys_the_policies() {
    let at = "atsharing<enter>/mp3rocket<enter>";
    let sold = |app: &mut App, more: &str| {
        let mut shown = keys(app, at, WIDE);
        let found = (0..100).any(|_| {
            let here = line(&shown, "▸s ").contains("sold or rented?");
            if !here {
                shown = keys(app, "j", WIDE);
            }
            here
        });
        assert!(found, "{shown}");
        keys(app, more, WIDE)
    };
    let panel = sold(&mut samples(), "");
    assert!(panel.contains("○ No · mp3rocket.me"), "{panel}");
    assert!(panel.contains("MP3 Rocket does not sell"), "{panel}");
    let reader = sold(&mut samples(), "<enter>");
    assert!(line(&reader, "▌").contains("does not sell"), "{reader}");
    let back = sold(&mut samples(), "<enter><esc>");
    assert_eq!(back, panel, "the cursor is where it was");
    let mut app = samples();
    sold(&mut app, "y");
    let copied = app.take_commands();
    assert!(
        matches!(&copied[..], [Command::Copy(text)] if text.contains("does not sell")),
        "{copied:?}"
    );
    let read = sold(&mut samples(), "o");
    assert!(read.contains("topic: third-party sharing"), "{read}");
    let none = sold(&mut samples(), "v");
    assert!(none.contains("First make a site the base with b"), "{none}");
    let compared = sold(&mut samples(), "b0lv");
    assert!(
        compared.contains("mp3rocket.me ⟷ detectmobilebrowsers.com"),
        "{compared}"
    );
    assert!(compared.contains("by practice"), "{compared}");
    // Led from the row to the same question; the cursor stands under its head.
    let heads: Vec<&str> = compared
        .lines()
        .filter(|line| line.contains('▸') || line.contains('▌'))
        .collect();
    assert!(
        heads
            .iter()
            .any(|line| line.contains("sold or rented?") || line.contains("does not sell")),
        "{compared}"
    );
}

#[test]
fn sites_are_narrowed_to_one_answer() {
    let (_folder, mut app) = many();
    let asked = keys(&mut app, "atcookies<enter>sf", WIDE);
    assert!(asked.contains("● Yes  150 sites"), "{asked}");
    assert!(asked.contains("○ No  150 sites"), "{asked}");
    let only = keys(&mut app, "<down><down><enter>", WIDE);
    let title = only.lines().next().unwrap();
    let told = "No to “Does the site use cookies?”: 150 of 300";
    assert!(title.contains(told), "{only}");
    assert!(title.contains("150 sites"), "{only}");
    assert!(
        only.contains("only sites whose answer to “Does the site use cookies?” is: No"),
        "{only}"
    );
    let row: String = line(&only, "▸k")
        .chars()
        .filter(|c| "●○◐".contains(*c))
        .collect();
    assert!(row.len() > 3 && row.chars().all(|c| c == '○'), "{only}");
    // Gone to another question, one still sees to which it is the answer.
    let elsewhere = keys(&mut app, "T/site-217<enter>jjj", WIDE);
    assert!(
        elsewhere.lines().next().unwrap().contains(told),
        "{elsewhere}"
    );
    let usual = keys(&mut app, "", USUAL);
    let title = usual.lines().next().unwrap();
    assert!(
        title.contains("No to “Does") && title.contains("”: 150 of 300"),
        "{usual}"
    );
    let size = Size {
        width: 60,
        height: 24,
    };
    let narrow = keys(&mut app, "", size);
    assert!(
        narrow.lines().next().unwrap().contains("No: 150 of 300"),
        "{narrow}"
    );
    let all = keys(&mut app, "<esc>", WIDE);
    assert!(all.lines().next().unwrap().contains("300 sites"), "{all}");
    let sorted = keys(&mut app, "tcookies<enter>gS", WIDE);
    let title = sorted.lines().next().unwrap();
    assert!(
        title.contains("“Does the site use cookies?”: ● 150  ○ 150"),
        "{sorted}"
    );
}

#[test]
fn what_a_site_in_doubt_answers_is_counted_everywhere_alike() {
    let folder = generated(20);
    let odd =
        "Jump to content. Sign in. Weather today is fine, with some rain in the hills. ".repeat(40);
    for (number, more) in ["", "We use cookies on our web site.\n"].iter().enumerate() {
        let text = format!("# Weather\n\n{odd}\n\n{more}");
        std::fs::write(folder.path().join(format!("odd-{number}.md")), text).unwrap();
    }
    let mut app = app(vec![folder.path().to_owned()], "dark");
    let asked = keys(&mut app, "atcookies<enter>sf", WIDE);
    assert!(asked.contains("● Yes  11 sites"), "{asked}");
    assert!(asked.contains("? In doubt  1 site, silent"), "{asked}");
    let below = keys(&mut app, "<esc>", WIDE);
    assert!(below.contains("21 sites:  ● 11  ○ 10"), "{below}");
    assert!(below.contains("; 1 in doubt are not counted"), "{below}");
}

#[test]
fn the_silence_of_what_is_no_policy_is_left_out_and_counted() {
    let folder = generated(20);
    for number in 0..3 {
        let text = "Jump to content. Sign in. Weather today is fine, with some rain in the hills. "
            .repeat(40);
        std::fs::write(folder.path().join(format!("odd-{number}.md")), text).unwrap();
    }
    let mut app = app(vec![folder.path().to_owned()], "dark");
    let asked = keys(&mut app, "atretention<enter>f", WIDE);
    assert!(asked.contains("· Not stated  20 sites"), "{asked}");
    assert!(asked.contains("? In doubt  3 sites, silent"), "{asked}");
    let silent = keys(&mut app, "<down><enter>", WIDE);
    let title = silent.lines().next().unwrap();
    assert!(
        title.contains("Not stated to “Does it limit how long"),
        "{silent}"
    );
    assert!(
        title.contains("”: 20 of 23 · 3 in doubt left out"),
        "{silent}"
    );
    assert!(silent.contains("3 in doubt are not counted"), "{silent}");
}

#[test]
fn few_questions_stand_in_words_over_their_columns_when_turned() {
    let (_folder, mut app) = many();
    let turned = keys(&mut app, "atretention<enter>sx", WIDE);
    assert!(
        turned.contains("r Does it limit how long personal data"),
        "{turned}"
    );
    assert!(
        turned.contains("r Are copies kept after deletion?"),
        "{turned}"
    );
    assert!(line(&turned, "site-000").contains("Not stated"), "{turned}");
    let many = keys(&mut app, "T", WIDE);
    assert!(
        !many.contains("Are copies kept after deletion?  "),
        "{many}"
    );
}

#[test]
fn the_order_follows_the_keys() {
    let mut app = samples();
    let differ = keys(&mut app, "a", WIDE);
    let percents: Vec<u32> = differ
        .lines()
        .filter_map(|line| {
            line.split('%')
                .next()?
                .split_whitespace()
                .last()?
                .parse()
                .ok()
        })
        .take(20)
        .collect();
    assert!(
        percents.len() == 20 && percents.is_sorted_by(|a, b| a >= b),
        "{differ}"
    );
    let topics = keys(&mut app, "s", WIDE);
    assert!(
        topics.contains("topic by topic · sites by name"),
        "{topics}"
    );
    assert!(line(&topics, "▸c").contains("Is your IP address recorded or used?"));
    let answered = keys(&mut app, "S", WIDE);
    assert!(answered.contains("sites by what they answer"), "{answered}");
    let row = line(&answered, "▸c");
    let signs: String = row.chars().filter(|c| "●○◐·".contains(*c)).collect();
    assert_eq!(signs, "●●●··", "{answered}");
    assert!(answered.contains("● 3  · 2"), "{answered}");
    let alike = keys(&mut app, "SbS", WIDE);
    let counts = line(&alike, "differ from the base");
    let counts: Vec<u32> = counts
        .split_whitespace()
        .filter_map(|n| n.parse().ok())
        .collect();
    assert!(counts.len() == 4 && counts.is_sorted(), "{alike}");
    let next = keys(&mut app, "]c", WIDE);
    assert!(next.contains("(base)"), "{next}");
    let general = keys(&mut app, "<tab>]t<tab>", WIDE);
    assert!(
        general.contains("There is no question on General"),
        "{general}"
    );
    let alone = keys(&mut app, "]t]t", WIDE);
    assert!(alone.contains("topic: cookies"), "{alone}");
    let all = keys(&mut app, "<esc>", WIDE);
    assert!(
        !all.contains("topic: cookies") && all.contains("66 questions"),
        "{all}"
    );
    assert!(keys(&mut app, "<esc>", WIDE).contains("Library"));
}

fn mouse(app: &mut App, kind: MouseEventKind, column: u16, row: u16) {
    app.handle(Event::Mouse(MouseEvent {
        kind,
        column,
        row,
        modifiers: KeyModifiers::NONE,
    }));
}

#[test]
fn the_mouse_points_at_cells_heads_and_labels() {
    let mut app = samples();
    let shown = keys(&mut app, "a", WIDE);
    let row = shown
        .lines()
        .position(|line| line.contains("sold or rented?"))
        .unwrap();
    let row = u16::try_from(row).unwrap();
    let click = MouseEventKind::Down(MouseButton::Left);
    // The third of five columns of fifteen.
    let column = 120 - 5 * 15 + 2 * 15 + 3;
    mouse(&mut app, click, column, row);
    let shown = keys(&mut app, "", WIDE);
    assert!(shown.contains("○ No · mp3rocket.me"), "{shown}");
    mouse(&mut app, click, column + 15, 4);
    let shown = keys(&mut app, "", WIDE);
    assert!(
        shown.contains("Not stated · rocketv.org"),
        "a head goes to its column:\n{shown}"
    );
    mouse(&mut app, click, 10, row - 1);
    let shown = keys(&mut app, "", WIDE);
    assert!(
        !line(&shown, "▸").contains("sold or rented?"),
        "a label goes to its row:\n{shown}"
    );
    mouse(&mut app, click, column, row);
    mouse(&mut app, click, column, row);
    let shown = keys(&mut app, "", WIDE);
    assert!(
        line(&shown, "▌").contains("does not sell"),
        "a second click opens:\n{shown}"
    );
    let before = keys(&mut app, "<esc>g", WIDE);
    mouse(&mut app, MouseEventKind::ScrollDown, column, row);
    assert_ne!(before, keys(&mut app, "", WIDE));
}

/// The library of the random walk, read once.
fn forty() -> Arc<Library> {
    static FORTY: std::sync::OnceLock<Arc<Library>> = std::sync::OnceLock::new();
    let read = || {
        let folder = generated(40);
        let loader = Loader::new(Arc::new(Classifier::builtin()));
        Arc::new(loader.load(&Request::new(vec![folder.path().to_owned()])))
    };
    Arc::clone(FORTY.get_or_init(read))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]
    #[test]
    fn the_cursor_is_always_in_sight(
        walk in prop::collection::vec(
            (
                prop::sample::select(vec![
                    "j", "k", "l", "h", "g", "G", "0", "$", "H", "L", "<pagedown>", "<pageup>", "<c-d>",
                    "b", "c", "s", "S", "x", "<tab>", "]t", "[t", "T", "]c", "[c", "<c-e>", "/3<enter>",
                    "tcookies<enter>", "t<esc>",
                ]),
                20_u16..160,
                9_u16..50,
            ),
            1..25,
        )
    ) {
        let session = Session::new(forty(), Setup::plain());
        let start = Some(Screen::Matrix { base: None });
        let mut app = App::new(session, Jobs::Inline, WIDE, start);
        for (pressed, width, height) in walk {
            let pressed = pressed.replace("<c-", "<ctrl-");
            let buffer = frame(&mut app, &parse_keys(&pressed).unwrap(), Size { width, height });
            let focus = Theme::builtin("dark", Colours::Sixteen).style(Role::Focus);
            let lit = buffer.content().iter().filter(|cell| cell.bg == focus.bg.unwrap()).count();
            prop_assert!(lit > 0, "after {pressed} at {width}x{height}:\n{}", text(&buffer));
        }
    }
}

/// An app whose work is done by threads, and the events they send.
fn threaded(folder: &std::path::Path) -> (App, std::sync::mpsc::Receiver<Event>) {
    let loader = Loader::new(Arc::new(Classifier::builtin()));
    let library = loader.load(&Request::new(vec![folder.to_owned()]));
    let session = Session::new(Arc::new(library), Setup::plain());
    let (sender, events) = std::sync::mpsc::channel();
    (App::new(session, Jobs::Threads(sender), WIDE, None), events)
}

/// Takes in what comes of work, up to the next answers of sites.
fn surveyed(app: &mut App, events: &std::sync::mpsc::Receiver<Event>) {
    for event in events {
        let answers = matches!(event, Event::Answer(Answer::Surveyed(_), _));
        app.handle(event);
        if answers {
            return;
        }
    }
}

#[test]
fn answers_come_in_while_one_goes_on() {
    let (folder, _) = many();
    let (mut app, events) = threaded(folder.path());
    let first = keys(&mut app, "a", WIDE);
    assert!(first.contains("answers 0 of 300"), "{first}");
    assert!(first.contains("not answered yet"), "{first}");
    let moved = keys(&mut app, "jjl", WIDE);
    surveyed(&mut app, &events);
    let some = keys(&mut app, "", WIDE);
    assert!(some.contains("answers 16 of 300"), "{some}");
    let cursor = |frame: &str| line(frame, "▸").chars().take(30).collect::<String>();
    assert_eq!(
        cursor(&moved),
        cursor(&some),
        "nothing jumps while answers come in"
    );
    let left = keys(&mut app, "<esc>", WIDE);
    assert!(left.contains("Library"), "{left}");
    surveyed(&mut app, &events);
    assert!(
        events.try_recv().is_err(),
        "a closed matrix asks for nothing more"
    );
    keys(&mut app, "a", WIDE);
    while keys(&mut app, "", WIDE).contains("answers ") {
        surveyed(&mut app, &events);
    }
    let all = keys(&mut app, "", WIDE);
    assert!(all.contains("300 sites:"), "{all}");
}

#[test]
fn a_site_whose_silence_tells_nothing_is_marked_and_not_counted() {
    let folder = tempfile::tempdir().unwrap();
    let filler = "Some words that answer nothing. ".repeat(15);
    let english = format!(
        "# Privacy Policy\n\n{filler}\n\nWe use cookies on our web site to remember you.\n"
    );
    for name in ["one.example.md", "two.example.md", "three.example.md"] {
        std::fs::write(folder.path().join(name), &english).unwrap();
    }
    let error = "# Sorry\n\nThis page could not be found.\n";
    std::fs::write(folder.path().join("lost.example.md"), error).unwrap();
    let mut app = app(vec![folder.path().to_owned()], "dark");
    let shown = keys(&mut app, "atcookies<enter>", WIDE);
    assert!(
        line(&shown, "one.example").contains("!lost.example"),
        "{shown}"
    );
    assert!(
        line(&shown, "Does the site use cookies?").contains("  0% "),
        "{shown}"
    );
    assert!(
        shown.contains("3 sites:  ●") || shown.contains("3 sites:  ·"),
        "{shown}"
    );
    assert!(shown.contains("this may be a broken capture"), "{shown}");
    let cells = line(&shown, "Does the site use cookies?");
    assert_eq!(
        cells.matches('?').count(),
        2,
        "one sign, one question mark:\n{shown}"
    );
    let based = keys(&mut app, "/lost<enter>b", WIDE);
    assert!(
        based.contains("base lost.example ! may be no policy"),
        "{based}"
    );
    let cells = line(&based, "Does the site use cookies?");
    assert!(
        !cells.contains('='),
        "nothing is the same as what is in doubt:\n{based}"
    );
    assert!(based.contains("? in doubt"), "{based}");
}

#[test]
fn what_tells_nothing_is_least_like_the_base() {
    let folder = generated(4);
    let error = "# Sorry\n\nThis page could not be found.\n";
    std::fs::write(folder.path().join("a-lost.example.md"), error).unwrap();
    let mut app = app(vec![folder.path().to_owned()], "dark");
    let shown = keys(&mut app, "a/site-001<enter>bS", WIDE);
    assert!(
        shown.contains("Sites most like the base come first"),
        "{shown}"
    );
    let heads = line(&shown, "site-000");
    let place = |name: &str| {
        heads
            .find(name)
            .unwrap_or_else(|| panic!("{name}: {shown}"))
    };
    assert!(place("site-001") < place("site-003"), "{shown}");
    for site in ["site-000", "site-002", "site-003"] {
        assert!(place(site) < place("a-lost"), "{site}: {shown}");
    }
}

#[test]
fn a_library_that_grows_is_asked_on() {
    let library = |count| {
        let folder = generated(count);
        let loader = Loader::new(Arc::new(Classifier::builtin()));
        Arc::new(loader.load(&Request::new(vec![folder.path().to_owned()])))
    };
    let (sender, events) = std::sync::mpsc::channel();
    let session = Session::new(library(10), Setup::plain());
    let mut app = App::new(session, Jobs::Threads(sender), WIDE, None);
    app.handle(Event::Loaded(Loaded {
        library: library(10),
        progress: Some(Progress::Reading(10, 24)),
        note: None,
    }));
    keys(&mut app, "a", WIDE);
    surveyed(&mut app, &events);
    let first = keys(&mut app, "jj", WIDE);
    assert!(first.contains("10 sites · reading 10 of 24"), "{first}");
    assert!(first.contains("when all have answered"), "{first}");
    app.handle(Event::Loaded(Loaded {
        library: library(24),
        progress: None,
        note: None,
    }));
    let grown = keys(&mut app, "", WIDE);
    assert!(grown.contains("answers 10 of 24"), "{grown}");
    surveyed(&mut app, &events);
    let all = keys(&mut app, "", WIDE);
    assert!(
        all.contains("most different first · sites") && !all.contains("answers"),
        "{all}"
    );
}
