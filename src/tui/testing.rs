//! The app in tests: on two short policies, keys in, frame out.

use super::app::{App, Event, Jobs, Session, Setup};
use super::effect::Screen;
use super::headless;
use super::keymap::parse_keys;
use super::sample::policy;
use crate::classify::Classifier;
use crate::library::{Library, PolicyId};
use crate::model::{Issue, IssueKind};
use crossterm::event::KeyEvent;
use ratatui::layout::Size;
use std::sync::Arc;

const LEFT: &str = "\
# Privacy Policy

We value your privacy. This policy is about example.org.

## Cookies

We use cookies to remember your settings. You may refuse cookies in your browser.

- session cookies that end with your visit
- advertising cookies of our partners, described in [their policy](https://partner.example/privacy) and [ours](https://example.org)

## Sharing

We do **not** sell your personal information to third parties.

| Recipient | Purpose |
| Payment services | To settle what you buy |

## Contact

Write to privacy@example.org.
";

const RIGHT: &str = "\
# Privacy Policy

## Sharing of data

We may share your personal information with third parties. We never share the data of children.
";

/// The size of a screen, as `80x24`.
pub(super) fn size(text: &str) -> Size {
    let (width, height) = text.split_once('x').unwrap();
    Size {
        width: width.parse().unwrap(),
        height: height.parse().unwrap(),
    }
}

/// The library that the tests use.
pub(super) fn library() -> Library {
    let mut library = Library::new(Arc::new(Classifier::builtin()));
    library.add(policy("example.org", LEFT));
    library.add(policy("other.net", RIGHT));
    let issue = Issue::new("lost\u{1b}.md", IssueKind::Unreadable, "permission denied");
    library.tell(issue.at_line(3));
    let mut odd = Issue::new("x.md", IssueKind::NoHeadings, "no headings were found");
    odd.policy = Some("other.net".to_owned());
    library.tell(odd);
    library
}

/// The app on the library, with the first policy open.
pub(super) fn reader(at: &str, theme: &str) -> App {
    let start = Screen::Reader {
        policy: PolicyId::new(0),
        at: None,
        topic: None,
    };
    opened(at, theme, start)
}

/// The app on the library, with a screen open.
pub(super) fn opened(at: &str, theme: &str, start: Screen) -> App {
    let mut setup = Setup::plain();
    setup.theme = theme.to_owned();
    let session = Session::new(Arc::new(library()), setup);
    App::new(session, Jobs::Inline, size(at), Some(start))
}

/// The keys that a text spells.
pub(super) fn keys(text: &str) -> Vec<KeyEvent> {
    parse_keys(text).unwrap()
}

/// The frame of a size after keys in the reader.
pub(super) fn shown(at: &str, text: &str) -> String {
    headless::render_keys(&mut reader(at, "dark"), &keys(text), size(at))
}

/// The same, with the styles of a theme spelled.
pub(super) fn styled(at: &str, theme: &str, text: &str) -> String {
    headless::styled(&headless::frame(
        &mut reader(at, theme),
        &keys(text),
        size(at),
    ))
}

/// The row of a frame that holds a text.
pub(super) fn row<'a>(frame: &'a str, holds: &str) -> &'a str {
    let found = frame.lines().find(|row| row.contains(holds));
    found.unwrap_or_else(|| panic!("no row holds {holds:?} in\n{frame}"))
}

/// Presses keys.
pub(super) fn press(app: &mut App, text: &str) {
    for key in keys(text) {
        app.handle(Event::Key(key));
    }
}
