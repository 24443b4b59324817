//! What does not hold together in a policy, wherever it is shown: as `check` tells it.

use crate::{WIDE, keys, samples};
use policy_tui::classify::Classifier;
use policy_tui::library::{Library, Loader, Request};
use policy_tui::model::{Issue, IssueKind};
use policy_tui::tui::app::{App, Event, Jobs, Session, Setup};
use ratatui::layout::Size;
use std::path::PathBuf;
use std::sync::{Arc, mpsc};

/// What lies under the paths, else the samples.
fn library(paths: Vec<PathBuf>) -> Arc<Library> {
    let loader = Loader::new(Arc::new(Classifier::builtin()));
    Arc::new(loader.load(&Request::new(paths)))
}

/// The statement of mp3rocket.me that another one contradicts, under the cursor of the reader.
const ODD: &str = "/mp3rocket<enter><enter>/Our programs do not<enter>";

#[test]
fn contradictions_are_listed_with_their_sentences() {
    let listed = keys(&mut samples(), "!", WIDE);
    assert!(listed.contains("1 of 4"), "{listed}");
    for said in [
        "! contradiction  sample:mp3rocket.me.md:11",
        "“Our programs do not collect any kind of personal information.”",
        "! dangling-reference  sample:rocketv.org.md:50",
    ] {
        assert!(listed.contains(said), "{listed}");
    }
    let read = keys(&mut samples(), "!j<enter>", WIDE);
    let current = read.lines().find(|line| line.contains('▌'));
    assert!(current.unwrap().contains("Our programs do not"), "{read}");
}

#[test]
fn the_title_counts_what_the_list_lists() {
    let list = keys(&mut samples(), "", WIDE);
    assert!(
        list.lines().next().unwrap().ends_with("· 4 notices !"),
        "{list}"
    );
    // Of many policies not all are looked into before somebody asks: there may be more.
    let folder = tempfile::tempdir().unwrap();
    let odd = "We do not share your personal data with anyone. We share your personal data with partners.";
    let text = format!(
        "# Privacy Policy\n\n{odd}\n\n{}",
        "We keep it safe. ".repeat(40)
    );
    for number in 0..40 {
        std::fs::write(folder.path().join(format!("{number}.md")), &text).unwrap();
    }
    let session = Session::new(library(vec![folder.path().to_owned()]), Setup::plain());
    let mut app = App::new(session, Jobs::Inline, WIDE, None);
    let some = keys(&mut app, "", WIDE);
    assert!(
        some.lines().next().unwrap().ends_with("· 1+ notices !"),
        "{some}"
    );
    let all = keys(&mut app, "!", WIDE);
    assert!(all.contains("1 of 40"), "{all}");
    let back = keys(&mut app, "<esc>", WIDE);
    assert!(
        back.lines().next().unwrap().ends_with("· 40 notices !"),
        "{back}"
    );
}

#[test]
fn a_clause_that_is_contradicted_is_marked_beside_another_policy() {
    let size = Size {
        width: 120,
        height: 40,
    };
    let compare =
        "/mp3rocket<enter>m<esc>/soundspectrum<enter><enter>/do not collect any kind<enter>";
    let shown = keys(&mut samples(), compare, size);
    let odd = |frame: &str, words: &str| {
        let found = frame.lines().find(|line| line.contains(words));
        found
            .unwrap_or_else(|| panic!("{words:?} is missing in\n{frame}"))
            .to_owned()
    };
    assert!(
        odd(&shown, "Our programs do not").contains("!Our programs"),
        "{shown}"
    );
    assert!(
        odd(&shown, "When you enter a contest").contains("!When you"),
        "{shown}"
    );
    assert!(!odd(&shown, "We will ask you").contains('!'), "{shown}");
    assert!(
        shown
            .lines()
            .last()
            .unwrap()
            .starts_with(" L ! contradiction"),
        "{shown}"
    );
    let told = keys(&mut samples(), &format!("{compare}e"), size);
    assert!(
        told.contains("L ! contradiction: two statements about collecting"),
        "{told}"
    );
    assert!(told.contains("“When you enter a contest"), "{told}");
    // In one column, beside the letter of the side.
    let unified = keys(&mut samples(), &format!("{compare}u"), size);
    assert!(
        odd(&unified, "Our programs do not").contains("!Our programs"),
        "{unified}"
    );
}

#[test]
fn a_clause_that_is_contradicted_is_marked_in_the_reader() {
    let read = keys(&mut samples(), ODD, WIDE);
    let current = read.lines().find(|line| line.contains('▌')).unwrap();
    assert!(current.contains("! Our programs"), "{read}");
    assert!(
        read.lines().last().unwrap().starts_with(" ! contradiction"),
        "{read}"
    );
}

#[test]
fn the_pane_beside_the_list_tells_of_it() {
    let list = keys(&mut samples(), "/mp3rocket<enter>", WIDE);
    assert!(list.contains("! two statements about collecting"), "{list}");
}

#[test]
fn nothing_is_called_clean_before_all_was_looked_into() {
    let folder = tempfile::tempdir().unwrap();
    let text = "# Privacy Policy\n\n".to_owned() + &"We keep your data safe from harm. ".repeat(20);
    for number in 0..40 {
        std::fs::write(folder.path().join(format!("{number}.md")), &text).unwrap();
    }
    let library = library(vec![folder.path().to_owned()]);
    let (sender, events) = mpsc::channel();
    let session = Session::new(library, Setup::plain());
    let mut app = App::new(session, Jobs::Threads(sender), WIDE, None);
    let waiting = keys(&mut app, "!", WIDE);
    assert!(waiting.contains("Looking for contradictions"), "{waiting}");
    assert!(!waiting.contains("nothing looks odd"), "{waiting}");
    while keys(&mut app, "", WIDE).contains("Looking for") {
        app.handle(events.recv().unwrap());
    }
    let clean = keys(&mut app, "", WIDE);
    assert!(
        clean.contains("Nothing went wrong, nothing looks odd."),
        "{clean}"
    );
}

#[test]
fn work_that_broke_down_is_no_clean_bill() {
    let (sender, _events) = mpsc::channel();
    let session = Session::new(library(Vec::new()), Setup::plain());
    let mut app = App::new(session, Jobs::Threads(sender), WIDE, None);
    keys(&mut app, "!", WIDE);
    app.handle(Event::Failed("it broke down".to_owned()));
    let shown = keys(&mut app, "", WIDE);
    assert!(
        shown.contains("could not be looked for everywhere"),
        "{shown}"
    );
}

#[test]
fn the_list_ends_with_what_check_tells_last() {
    let library = library(Vec::new());
    let kinds = |issues: Vec<Issue>| issues.into_iter().map(|issue| issue.kind);
    let found = library.ids().flat_map(|id| kinds(library.findings(id)));
    assert_eq!(found.last(), Some(IssueKind::DanglingReference));
    let last = keys(&mut samples(), "!G", WIDE);
    assert!(last.contains("4 of 4"), "{last}");
}

#[test]
fn the_panel_is_read_to_its_end_on_a_small_screen() {
    let small = Size {
        width: 60,
        height: 16,
    };
    let mut app = samples();
    let mut shown = keys(&mut app, &format!("{ODD}e"), small);
    assert!(shown.contains(" 1 of 4 ↓ e "), "{shown}");
    let mut all = String::new();
    while shown.contains(" of 4") {
        all.push_str(&shown);
        shown = keys(&mut app, "e", small);
    }
    for said in [
        "The denial",
        "contest and notify winners.”",
        "other words",
        "line 11 of",
    ] {
        assert!(all.contains(said), "{said} is on no page:\n{all}");
    }
}
