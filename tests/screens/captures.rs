//! A policy whose newest capture is broken, and a page that goes back and forth, on the screen.

use crate::{WIDE, keys};
use policy_tui::classify::Classifier;
use policy_tui::library::{Loader, Request};
use policy_tui::tui::app::{App, Jobs, Session, Setup};
use std::fs;
use std::sync::Arc;

const POLICY: &str = "# Privacy Policy\n\nWe collect your name and your address when you order.\n\n\
We use cookies to remember what you have put into your basket.\n\nWe do not sell your personal \
data to anybody, whatever they may offer us for it.\n\nYou may ask us which data about you we hold, \
and have them deleted.\n\nYour data are kept for ten years, because the tax authorities may ask \
for them.\n\nWhen we change this policy we write to everybody who has an account with us.\n";

/// An app on an archive of one site with these texts, one a day, and of another.
fn on(texts: &[&str]) -> (tempfile::TempDir, App) {
    let folder = tempfile::tempdir().unwrap();
    let write = |site: &str, day: usize, text: &str| {
        let place = folder.path().join(site).join("Privacy Policy");
        fs::create_dir_all(&place).unwrap();
        fs::write(place.join(format!("2020-01-{day:02}T10-00-00Z.md")), text).unwrap();
    };
    for (day, text) in (1..).zip(texts) {
        write("Shop", day, text);
    }
    write("Other", 1, POLICY);
    let mut request = Request::new(vec![folder.path().to_owned()]);
    request.histories = true;
    let loader = Loader::new(Arc::new(Classifier::builtin()));
    let session = Session::new(Arc::new(loader.load(&request)), Setup::plain());
    let app = App::new(session, Jobs::Inline, WIDE, None);
    (folder, app)
}

/// The words of a frame, whatever lines they stand on.
fn words(frame: &str) -> String {
    let words: Vec<&str> = frame
        .split(|c: char| c.is_whitespace() || c == '│')
        .collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

const NOTE: &str = "the capture of 2020-01-03 is a log-in page; this is the version of 2020-01-02";

#[test]
fn what_stands_for_a_broken_capture_is_marked_and_said() {
    let edited = POLICY.replace("ten", "two");
    let log_in = "# Log in\n\nPassword\n\nForgot your password?\n";
    let texts = [POLICY, &edited, log_in];
    let list = keys(&mut on(&texts).1, "/shop<enter>", WIDE);
    assert!(list.contains("2020-01-02!"), "{list}");
    assert!(
        words(&list).contains("the capture of 2020-01-03 is a log-in page;"),
        "{list}"
    );
    let reader = keys(&mut on(&texts).1, "/shop<enter><enter>", WIDE);
    assert!(reader.contains(NOTE), "{reader}");
    assert!(reader.contains("kept for two years"), "{reader}");
    let notices = keys(&mut on(&texts).1, "!", WIDE);
    assert!(words(&notices).contains("broken-capture"), "{notices}");
    let timeline = keys(&mut on(&texts).1, "/shop<enter>v", WIDE);
    assert!(
        timeline.contains("a broken fetch: a log-in page"),
        "{timeline}"
    );
    assert!(timeline.contains("version 2 of 3"), "{timeline}");
    let broken = keys(&mut on(&texts).1, "/shop<enter>vGo", WIDE);
    assert!(broken.contains("Forgot your password?"), "{broken}");
}

#[test]
fn a_date_goes_to_the_version_in_force_that_is_sound() {
    let edited = POLICY.replace("ten", "two");
    let log_in = "# Log in\n\nPassword\n\nForgot your password?\n";
    let (_folder, mut app) = on(&[POLICY, &edited, log_in]);
    let month = keys(&mut app, "/shop<enter>v@2020-01<enter>", WIDE);
    let told = "in force in January 2020: 2020-01-02; 2020-01-03 is a log-in page";
    assert!(month.contains(told), "{month}");
    assert!(month.contains("▸  2020-01-02"), "{month}");
    let day = keys(&mut app, "@2020-01-03<enter>", WIDE);
    assert!(
        day.contains("the capture of 2020-01-03 is a log-in page"),
        "{day}"
    );
    assert!(!day.contains("in force"), "{day}");
    assert!(day.contains("▸  2020-01-03"), "{day}");
    let first = keys(&mut app, "@2020-01-01<enter>", WIDE);
    assert!(
        first.contains("in force on 2020-01-01: 2020-01-01"),
        "{first}"
    );
}

#[test]
fn versions_that_go_back_and_forth_are_one_row_until_noise_is_shown() {
    let other = POLICY.replace(
        "We use cookies",
        "Ann and Ben read the log.\n\nWe use cookies",
    );
    let last = POLICY.replace("ten", "two");
    let texts = [POLICY, &other, POLICY, &other, POLICY, &other, &last];
    let (_folder, mut app) = on(&texts);
    let folded = keys(&mut app, "/shop<enter>v", WIDE);
    let said = "4 times back and forth between 2 texts since 2020-01-03";
    assert!(folded.contains(said), "{folded}");
    assert!(
        folded.contains("2020-01-06") && !folded.contains("2020-01-04"),
        "{folded}"
    );
    let all = keys(&mut app, "f", WIDE);
    assert!(
        all.contains("2020-01-04") && !all.contains("back and forth"),
        "{all}"
    );
}
