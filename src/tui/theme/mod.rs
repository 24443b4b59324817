//! Which style each role on the screen has. Read from `assets/themes/`, patched with the user's
//! files. State never rests on colour alone: signs and wording carry it, the theme adds to them.

mod spelled;

use super::config;
use crate::model::{Issue, IssueKind, Topic};
use ratatui::style::Style;
use std::path::Path;
use toml::de::DeTable;

pub use spelled::Colours;

macro_rules! roles {
    ($($variant:ident $name:literal $doc:literal),+ $(,)?) => {
        /// What a stretch of the screen is, as far as its style goes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Role { $(#[doc = $doc] $variant),+ }

        impl Role {
            /// Every role.
            pub const ALL: &[Role] = &[$(Role::$variant),+];

            /// The name in theme files.
            pub fn name(self) -> &'static str {
                match self { $(Role::$variant => $name),+ }
            }
        }
    };
}

roles! {
    Text "text" "Plain text.",
    Dim "dim" "What steps back: counts, dates, hints.",
    Title "title" "The title line and the title of a policy.",
    Accent "accent" "What has the focus, in a sign or a name.",
    Focus "focus" "The line of a list under the cursor.",
    Current "current" "The clause under the cursor.",
    Rule "rule" "Rules between panes.",
    Heading "heading" "Headings.",
    Strong "strong" "Strong text.",
    Emphasis "emphasis" "Emphasised text.",
    Strike "strike" "Struck-out text.",
    Link "link" "Links.",
    Code "code" "Code.",
    Quote "quote" "Quoted text.",
    Match "match" "What a search or a find hit.",
    MatchCurrent "match-current" "The hit under the cursor.",
    MarkAdd "mark-add" "Words only on the right.",
    MarkRemove "mark-remove" "Words only on the left.",
    MarkChange "mark-change" "A changed row.",
    MarkMove "mark-move" "A moved row.",
    MarkOpposed "mark-opposed" "A row or topic on which the sides contradict each other.",
    Same "same" "What is the same on both sides.",
    OnlySide "only-side" "What only one side speaks of.",
    Proof "proof" "Words that prove an answer.",
    NotStated "not-stated" "Where a side is silent.",
    Yes "answer-yes" "The answer Yes.",
    No "answer-no" "The answer No.",
    Conditional "answer-conditional" "The answer Conditional.",
    Error "error" "What went wrong.",
    Warning "warning" "What looks odd.",
    HintKey "hint-key" "Keys in the hint bar.",
}

/// The themes that come with the program, in the order in which a key goes through them.
const BUILTIN: [(&str, &str); 3] = [
    ("dark", include_str!("../../../assets/themes/dark.toml")),
    ("light", include_str!("../../../assets/themes/light.toml")),
    ("mono", include_str!("../../../assets/themes/mono.toml")),
];

const TOPIC_PREFIX: &str = "topic-";
const INSTEAD: &str = "the default style holds";

/// What the environment says of the terminal's colours.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints<'a> {
    /// `NO_COLOR`
    pub no_color: Option<&'a str>,
    /// `COLORFGBG`
    pub colorfgbg: Option<&'a str>,
    /// `TERM`
    pub term: Option<&'a str>,
}

impl Hints<'_> {
    /// Whether the terminal is one of those that have no colour: the VT100 and its like, and all that
    /// terminfo names `…-m` or `…-mono`.
    fn is_colourless(&self) -> bool {
        self.term.is_some_and(|term| {
            let digits = term.strip_prefix("vt").and_then(|rest| rest.get(..1));
            let plain = ["-m", "-mono"].iter().any(|end| term.ends_with(end));
            plain || digits.is_some_and(|first| first.starts_with(['1', '2', '3', '4']))
        })
    }
}

/// A style for every role and every topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    name: String,
    roles: Vec<Style>,
    topics: Vec<Style>,
}

impl Theme {
    /// The names of the themes that come with the program.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILTIN.iter().map(|(name, _)| *name)
    }

    /// Whether a theme of this name comes with the program or lies in the configuration folder.
    pub fn exists(name: &str, config: Option<&Path>) -> bool {
        let file = |config: &Path| config.join("themes").join(format!("{name}.toml")).is_file();
        Theme::names().any(|known| known == name) || config.is_some_and(file)
    }

    /// The theme to use: the one asked for; else without colour when `NO_COLOR` has a value or the
    /// terminal has none; else what `COLORFGBG` says of the terminal's background; else dark.
    pub fn choose(asked: Option<&str>, hints: &Hints<'_>) -> String {
        let by_background = || {
            let background = hints.colorfgbg?.rsplit(';').next()?.parse::<u8>().ok()?;
            matches!(background, 7 | 15).then_some("light")
        };
        let plain = hints.no_color.is_some_and(|value| !value.is_empty()) || hints.is_colourless();
        let name = match asked {
            Some(name) => name,
            None if plain => "mono",
            None => by_background().unwrap_or("dark"),
        };
        name.to_owned()
    }

    /// A theme that comes with the program; the dark one for any other name.
    pub fn builtin(name: &str, colours: Colours) -> Self {
        let mut theme = Self {
            name: name.to_owned(),
            roles: vec![Style::new(); Role::ALL.len()],
            topics: vec![Style::new(); Topic::ALL.len()],
        };
        let named = BUILTIN.iter().find(|(known, _)| *known == name);
        let (known, text) = named.unwrap_or(&BUILTIN[0]);
        theme.name = (*known).to_owned();
        theme.patch(Path::new(known), text, colours);
        theme
    }

    /// The theme with this name: one of the program's, changed by `themes/NAME.toml` in the
    /// configuration folder, or one that is only there (its `base` says what it changes).
    pub fn load(name: &str, config: Option<&Path>, colours: Colours) -> (Self, Vec<Issue>) {
        let known = Theme::names().any(|known| known == name);
        let path = config.map(|config| config.join("themes").join(format!("{name}.toml")));
        let file = path.as_deref().map(|path| config::text(path, INSTEAD));
        let (text, mut issues) = match file {
            Some(Ok(text)) => (text, Vec::new()),
            Some(Err(issue)) => (None, vec![issue]),
            None => (None, Vec::new()),
        };
        let base = text.as_deref().and_then(spelled::base);
        let mut theme = Self::builtin(base.as_deref().unwrap_or(name), colours);
        match (text, path) {
            (Some(text), Some(path)) => {
                issues.extend(theme.patch(&path, &text, colours));
                theme.name = name.to_owned();
            }
            _ if !known && issues.is_empty() => issues.push(unknown(name, config)),
            _ => {}
        }
        (theme, issues)
    }

    /// The name it was asked for by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name of the theme after this one, among those that come with the program.
    pub fn next_name(&self) -> &'static str {
        let at = BUILTIN.iter().position(|(name, _)| *name == self.name);
        BUILTIN[at.map_or(0, |at| at + 1) % BUILTIN.len()].0
    }

    /// The style of a role.
    pub fn style(&self, role: Role) -> Style {
        self.roles.get(role as usize).copied().unwrap_or_default()
    }

    /// The style of a topic's sign.
    pub fn topic(&self, topic: Topic) -> Style {
        self.topics.get(topic.index()).copied().unwrap_or_default()
    }

    fn slot(&mut self, name: &str) -> Option<&mut Style> {
        if let Some(topic) = name.strip_prefix(TOPIC_PREFIX) {
            return self.topics.get_mut(Topic::from_id(topic)?.index());
        }
        let role = Role::ALL.iter().find(|role| role.name() == name)?;
        self.roles.get_mut(*role as usize)
    }

    /// Takes over the styles of a file; what is wrong in it is told, and changes nothing.
    fn patch(&mut self, path: &Path, text: &str, colours: Colours) -> Vec<Issue> {
        let (root, errors) = DeTable::parse_recoverable(text);
        let mut issues: Vec<Issue> = errors
            .iter()
            .map(|error| {
                let at = error.span().map_or(0, |span| span.start);
                config::issue(path, text, at, format!("{}; {INSTEAD}", error.message()))
            })
            .collect();
        for (name, value) in root.get_ref() {
            let style = match value.get_ref().as_str() {
                _ if name.get_ref() == spelled::BASE => continue,
                Some(style) => spelled::style(style, colours),
                None => Err("a style is written as text, such as \"bold cyan\"".to_owned()),
            };
            let placed = match (style, self.slot(name.get_ref())) {
                (Ok(style), Some(slot)) => {
                    *slot = style;
                    Ok(())
                }
                (_, None) => Err((name.span().start, "there is no such role".to_owned())),
                (Err(message), _) => Err((value.span().start, message)),
            };
            if let Err((at, message)) = placed {
                let message = format!("{}: {message}; {INSTEAD}", name.get_ref());
                issues.push(config::issue(path, text, at, message));
            }
        }
        issues.sort_by_key(|issue| issue.line);
        issues
    }
}

/// The file of the configuration folder that names the theme; one that an option names is known.
const SETTINGS: &str = "config.toml";

fn unknown(name: &str, config: Option<&Path>) -> Issue {
    let names: Vec<&str> = Theme::names().collect();
    let message = format!(
        "there is no theme \"{name}\"; there are {}; the dark one holds",
        names.join(", ")
    );
    let Some(path) = config.map(|config| config.join(SETTINGS)) else {
        return Issue::new(name, IssueKind::Configuration, message);
    };
    let text = config::text(&path, INSTEAD).ok().flatten();
    match text
        .as_deref()
        .and_then(|text| Some((text, named_at(text)?)))
    {
        Some((text, at)) => config::issue(&path, text, at, message),
        None => Issue::new(path, IssueKind::Configuration, message),
    }
}

/// Where the settings name the theme.
fn named_at(settings: &str) -> Option<usize> {
    let mut starts = 0;
    let mut lines = settings.split_inclusive('\n').map(|line| {
        let start = starts;
        starts += line.len();
        (start, line)
    });
    let names = |line: &str| {
        line.split('=')
            .next()
            .is_some_and(|key| key.trim() == "theme")
    };
    lines.find(|(_, line)| names(line)).map(|(start, _)| start)
}

impl Default for Theme {
    fn default() -> Self {
        Self::builtin("dark", Colours::Sixteen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::{Color, Modifier};

    #[test]
    fn the_embedded_themes_are_right_and_whole() {
        for (name, text) in BUILTIN {
            let issues = Theme::default().patch(Path::new(name), text, Colours::Full);
            assert!(issues.is_empty(), "{issues:?}");
            let has = |role: &str| {
                text.lines()
                    .any(|line| line.starts_with(&format!("{role} ")))
            };
            for role in Role::ALL {
                assert!(has(role.name()), "{name} lacks {}", role.name());
            }
            for topic in Topic::ALL {
                assert!(has(&format!("topic-{topic}")), "{name} lacks {topic}");
            }
            let theme = Theme::builtin(name, Colours::Full);
            assert_eq!(theme.style(Role::Text).bg, None);
        }
    }

    #[test]
    fn mono_has_no_colour_and_tells_states_apart() {
        let mono = Theme::builtin("mono", Colours::Full);
        for style in mono.roles.iter().chain(&mono.topics) {
            assert_eq!((style.fg, style.bg), (None, None));
        }
        let of = |role| mono.style(role).add_modifier;
        assert!(of(Role::Focus).contains(Modifier::REVERSED));
        assert_ne!(of(Role::Match), of(Role::MatchCurrent));
        assert_ne!(of(Role::MarkAdd), of(Role::MarkRemove));
        assert_ne!(of(Role::MarkAdd), of(Role::Text));
    }

    #[test]
    fn the_choice() {
        let choose = |asked, no_color, colorfgbg, term| {
            let hints = Hints {
                no_color,
                colorfgbg,
                term,
            };
            Theme::choose(asked, &hints)
        };
        assert_eq!(choose(None, None, None, None), "dark");
        assert_eq!(choose(None, Some(""), None, Some("xterm")), "dark");
        assert_eq!(choose(None, Some("1"), Some("0;15"), None), "mono");
        assert_eq!(choose(Some("light"), Some("1"), None, None), "light");
        assert_eq!(choose(None, None, Some("0;default;15"), None), "light");
        assert_eq!(choose(None, None, Some("15;0"), None), "dark");
        for term in ["vt100", "vt220", "xterm-mono", "linux-m"] {
            assert_eq!(choose(None, None, None, Some(term)), "mono", "{term}");
            assert_eq!(choose(Some("dark"), None, None, Some(term)), "dark");
        }
        for term in ["linux", "xterm-256color", "vte", "tmux-256color", "vt"] {
            assert_eq!(choose(None, None, None, Some(term)), "dark", "{term}");
        }
    }

    #[test]
    fn a_file_changes_what_it_names_and_mistakes_are_told() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("themes")).unwrap();
        let text = "base = \"mono\"\ntitle = \"bold light-purple\"\nheading = \"bold blue\"\nnone = \"red\"\n";
        std::fs::write(folder.path().join("themes/mine.toml"), text).unwrap();
        let (theme, issues) = Theme::load("mine", Some(folder.path()), Colours::Sixteen);
        assert_eq!(theme.style(Role::Heading).fg, Some(Color::Blue));
        assert_eq!(theme.style(Role::Title).fg, None);
        assert_eq!(theme.name(), "mine");
        let told: Vec<_> = issues
            .iter()
            .map(|i| (i.line, i.message.as_str()))
            .collect();
        assert_eq!(told.len(), 2);
        assert_eq!(told[0].0, Some(2));
        assert!(
            told[0].1.contains("\"light-purple\" is no colour"),
            "{told:?}"
        );
        assert_eq!(told[1].0, Some(4));
        let (theme, issues) = Theme::load("nowhere", Some(folder.path()), Colours::Sixteen);
        assert_eq!((theme.name(), issues.len()), ("dark", 1));
    }
}
