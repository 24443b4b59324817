//! What holds for the whole run: the library, the keys, the theme, and what was wrong with their
//! files.

use crate::library::{Library, PolicyId, Progress};
use crate::model::Issue;
use crate::tui::glyphs::Glyphs;
use crate::tui::keymap::Keymap;
use crate::tui::theme::{Colours, Hints, Theme};
use crate::tui::view::Ctx;
use std::path::PathBuf;
use std::sync::Arc;

/// Columns that two texts beside each other need, unless the settings say otherwise: some 35 for
/// the words of each, which is about six words a line.
const SIDE_BY_SIDE: u16 = 76;

/// How the screen is set up, from the command line and the environment.
#[derive(Clone, Debug, Default)]
pub struct Setup {
    /// The configuration folder, with `keys.toml` and `themes/`.
    pub config: Option<PathBuf>,
    /// The theme.
    pub theme: String,
    /// How many colours the terminal has.
    pub colours: Colours,
    /// The signs.
    pub glyphs: Glyphs,
    /// Below so many columns the sides of a comparison stand in one; none for
    /// the program's own number.
    pub side_by_side: Option<u16>,
    /// What is wrong with the settings.
    pub issues: Vec<Issue>,
}

impl Setup {
    /// What the environment says, with the theme that was asked for on the command line.
    pub fn from_env(config: Option<PathBuf>, theme: Option<&str>) -> Self {
        let variable = |name: &str| std::env::var(name).ok();
        let (no_color, background) = (variable("NO_COLOR"), variable("COLORFGBG"));
        let term = variable("TERM");
        let hints = Hints {
            no_color: no_color.as_deref(),
            colorfgbg: background.as_deref(),
            term: term.as_deref(),
        };
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].map(variable);
        Self {
            config,
            theme: Theme::choose(theme, &hints),
            colours: Colours::from_colorterm(variable("COLORTERM").as_deref()),
            glyphs: Glyphs::for_terminal(
                locale.each_ref().map(|value| value.as_deref()),
                term.as_deref(),
            ),
            side_by_side: None,
            issues: Vec::new(),
        }
    }

    /// The dark theme and Unicode signs, whatever the environment says; for tests and pictures.
    pub fn plain() -> Self {
        Self {
            theme: "dark".to_owned(),
            ..Self::default()
        }
    }
}

/// The library and the configuration in force.
#[derive(Debug)]
pub struct Session {
    pub(super) library: Arc<Library>,
    pub(super) keys: Keymap,
    /// What is wrong with the configuration.
    own_issues: Vec<Issue>,
    /// The same, and what is wrong with the library.
    issues: Vec<Issue>,
    /// How far the loading came; none when everything is read.
    progress: Option<Progress>,
    theme: Theme,
    setup: Setup,
}

impl Session {
    /// Reads keys and theme. What is wrong with them joins the issues of the library.
    pub fn new(library: Arc<Library>, setup: Setup) -> Self {
        let config = setup.config.as_deref();
        let (keys, key_issues) = Keymap::load(config);
        let (theme, theme_issues) = Theme::load(&setup.theme, config, setup.colours);
        let own_issues = [&setup.issues[..], &key_issues, &theme_issues].concat();
        let mut session = Self {
            library: Arc::default(),
            keys,
            own_issues,
            issues: Vec::new(),
            progress: None,
            theme,
            setup,
        };
        session.take_library(library, None);
        session
    }

    /// Takes over a library of which more has been read.
    pub(super) fn take_library(&mut self, library: Arc<Library>, progress: Option<Progress>) {
        self.issues = [&self.own_issues[..], library.issues()].concat();
        self.library = library;
        self.progress = progress;
    }

    /// Keeps what was found in policies, also where the library has grown meanwhile.
    pub(super) fn take_findings(&self, found: &[(PolicyId, Arc<Vec<Issue>>)]) {
        for (policy, findings) in found {
            self.library.keep_findings(*policy, findings);
        }
    }

    /// What views may look at.
    pub(super) fn ctx(&self) -> Ctx<'_> {
        Ctx {
            library: &self.library,
            issues: &self.issues,
            progress: self.progress,
            theme: &self.theme,
            glyphs: self.setup.glyphs,
            keys: &self.keys,
            side_by_side: self.setup.side_by_side.unwrap_or(SIDE_BY_SIDE),
        }
    }

    /// Changes to the next theme; its name.
    pub(super) fn cycle_theme(&mut self) -> &str {
        let name = self.theme.next_name();
        let config = self.setup.config.as_deref();
        (self.theme, _) = Theme::load(name, config, self.setup.colours);
        self.theme.name()
    }
}
