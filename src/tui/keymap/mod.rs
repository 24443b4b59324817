//! Which key asks for which action, in which part of the program. Read from `assets/keys.toml`,
//! patched with the user's file.

mod file;
mod key;

pub use key::{Key, Sequence, parse_keys};

use super::action::Action;
use super::config;
use crate::model::Issue;
use std::fmt;
use std::path::Path;

macro_rules! scopes {
    ($($variant:ident $name:literal $doc:literal),+ $(,)?) => {
        /// The parts of the program in which keys hold.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Scope { $(#[doc = $doc] $variant),+ }

        impl Scope {
            /// Every scope.
            pub const ALL: &[Scope] = &[$(Scope::$variant),+];

            /// The name of its table in `keys.toml`, and its heading on the help screen.
            pub fn name(self) -> &'static str {
                match self { $(Scope::$variant => $name),+ }
            }
        }
    };
}

scopes! {
    Global "global" "Everywhere.",
    Library "library" "The list of policies.",
    Reader "reader" "One policy.",
    Compare "compare" "Two policies.",
    Changes "changes" "The list of changes, beside two policies.",
    Matrix "matrix" "All questions and all sites.",
    Timeline "timeline" "The versions of a policy.",
    ClauseHistory "clause-history" "The life of a clause, over a policy or two.",
    Search "search" "What was found in all policies.",
    Query "query" "Typing what to search for in all policies.",
    Issues "issues" "The list of issues.",
    Help "help" "The list of keys.",
    Picker "picker" "Choosing from a list by typing.",
    Prompt "prompt" "Typing a line.",
}

impl Scope {
    /// The scope with this name.
    pub fn from_name(name: &str) -> Option<Scope> {
        Scope::ALL
            .iter()
            .copied()
            .find(|scope| scope.name() == name)
    }

    /// Where a key is looked up, first to last.
    pub fn chain(self) -> &'static [Scope] {
        match self {
            Scope::Global => &[Scope::Global],
            Scope::Library => &[Scope::Library, Scope::Global],
            Scope::Reader => &[Scope::Reader, Scope::Global],
            Scope::Compare => &[Scope::Compare, Scope::Global],
            Scope::Changes => &[Scope::Changes, Scope::Compare, Scope::Global],
            Scope::Matrix => &[Scope::Matrix, Scope::Global],
            Scope::Timeline => &[Scope::Timeline, Scope::Global],
            Scope::ClauseHistory => &[Scope::ClauseHistory, Scope::Global],
            Scope::Search => &[Scope::Search, Scope::Global],
            Scope::Query => &[Scope::Query, Scope::Prompt, Scope::Global],
            Scope::Issues => &[Scope::Issues, Scope::Global],
            Scope::Help => &[Scope::Help, Scope::Global],
            Scope::Picker => &[Scope::Picker, Scope::Prompt, Scope::Global],
            Scope::Prompt => &[Scope::Prompt, Scope::Global],
        }
    }

    /// Whether keys that type a character type it here.
    pub fn takes_text(self) -> bool {
        matches!(self, Scope::Picker | Scope::Prompt | Scope::Query)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// One key and what it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Binding {
    scope: Scope,
    keys: Sequence,
    action: Action,
}

/// What a key means where it was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// It asks for an action.
    Action(Action),
    /// It types a character.
    Text(char),
    /// It starts, or goes on with, a longer key.
    Pending,
    /// It means nothing.
    None,
}

/// All keys and what they ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

impl Keymap {
    /// The keys as the program comes.
    pub fn builtin() -> Self {
        let (bindings, _) = file::builtin();
        Self { bindings }
    }

    /// The keys with the changes of `keys.toml` in the configuration folder. A file with mistakes
    /// changes nothing; every mistake is an issue with its line.
    pub fn load(config: Option<&Path>) -> (Self, Vec<Issue>) {
        let Some(path) = config.map(|config| config.join("keys.toml")) else {
            return (Self::builtin(), Vec::new());
        };
        let (patched, issues) = match config::text(&path, "the default keys hold") {
            Ok(Some(text)) => file::patched(&path, &text),
            Ok(None) => (None, Vec::new()),
            Err(issue) => (None, vec![issue]),
        };
        let keymap = patched.map_or_else(Self::builtin, |bindings| Self { bindings });
        (keymap, issues)
    }

    /// What `key` means in a scope after the keys in `pending`.
    pub fn resolve(&self, scope: Scope, pending: &[Key], key: Key) -> Resolved {
        if scope.takes_text()
            && pending.is_empty()
            && let Some(c) = key.text()
        {
            return Resolved::Text(c);
        }
        let mut typed = Sequence(pending.to_vec());
        typed.0.push(key);
        for &scope in scope.chain() {
            let mut here = self.bindings.iter().filter(|b| b.scope == scope);
            if let Some(binding) = here.clone().find(|b| b.keys == typed) {
                return Resolved::Action(binding.action);
            }
            if here.any(|b| typed.starts(&b.keys)) {
                return Resolved::Pending;
            }
        }
        Resolved::None
    }

    /// The keys that ask for an action in a scope, those of the scope itself first. Keys that
    /// the scope gives to something else are left out.
    pub fn keys_for(&self, scope: Scope, action: Action) -> Vec<&Sequence> {
        let mut found = Vec::new();
        for &step in scope.chain() {
            for binding in &self.bindings {
                if binding.scope == step
                    && binding.action == action
                    && self.reaches(scope, &binding.keys, action)
                {
                    found.push(&binding.keys);
                }
            }
        }
        found
    }

    /// The shortest way to show how to ask for an action: its first key.
    pub fn key_for(&self, scope: Scope, action: Action) -> Option<&Sequence> {
        self.keys_for(scope, action).into_iter().next()
    }

    /// The actions that keys ask for in a scope, in the order of the table of actions.
    pub fn actions(&self, scope: Scope) -> Vec<Action> {
        Action::ALL
            .iter()
            .copied()
            .filter(|&action| self.key_for(scope, action).is_some())
            .collect()
    }

    /// Whether a scope itself, rather than `[global]`, has keys for an action.
    pub fn is_own(&self, scope: Scope, action: Action) -> bool {
        self.bindings
            .iter()
            .any(|b| b.scope == scope && b.action == action)
    }

    /// Whether pressing the keys one after the other in the scope ends at the action.
    fn reaches(&self, scope: Scope, keys: &Sequence, action: Action) -> bool {
        let Some((&last, before)) = keys.0.split_last() else {
            return false;
        };
        let waits = (0..before.len())
            .all(|n| self.resolve(scope, &before[..n], before[n]) == Resolved::Pending);
        waits && self.resolve(scope, before, last) == Resolved::Action(action)
    }
}

impl Default for Keymap {
    fn default() -> Self {
        Self::builtin()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(scope: Scope, spelled: &str) -> Vec<Resolved> {
        let keymap = Keymap::builtin();
        let mut pending = Vec::new();
        let mut seen = Vec::new();
        for key in Sequence::parse(spelled)
            .map(|keys| keys.0)
            .unwrap_or_default()
        {
            let resolved = keymap.resolve(scope, &pending, key);
            match resolved {
                Resolved::Pending => pending.push(key),
                _ => pending.clear(),
            }
            seen.push(resolved);
        }
        seen
    }

    #[test]
    fn every_action_has_a_key_somewhere() {
        let keymap = Keymap::builtin();
        for action in Action::ALL {
            let reachable = Scope::ALL
                .iter()
                .any(|&scope| keymap.key_for(scope, *action).is_some());
            assert!(reachable, "{action} has no key");
        }
    }

    #[test]
    fn keys_fall_through_to_global_and_scopes_win() {
        assert_eq!(press(Scope::Library, "j"), [Resolved::Action(Action::Down)]);
        assert_eq!(press(Scope::Reader, "l"), [Resolved::Action(Action::Right)]);
        assert_eq!(
            press(Scope::Compare, "l"),
            [Resolved::Action(Action::ChangeLeft)]
        );
        assert_eq!(
            press(Scope::Compare, "]c"),
            [Resolved::Pending, Resolved::Action(Action::NextDifference)]
        );
        assert_eq!(
            press(Scope::Compare, "]x"),
            [Resolved::Pending, Resolved::None]
        );
    }

    #[test]
    fn typing_types() {
        assert_eq!(press(Scope::Prompt, "q"), [Resolved::Text('q')]);
        assert_eq!(press(Scope::Picker, "space"), [Resolved::Text(' ')]);
        assert_eq!(
            press(Scope::Prompt, "ctrl-u"),
            [Resolved::Action(Action::EraseLine)]
        );
        assert_eq!(
            press(Scope::Picker, "ctrl-w"),
            [Resolved::Action(Action::EraseWord)]
        );
        assert_eq!(
            press(Scope::Prompt, "esc"),
            [Resolved::Action(Action::Back)]
        );
    }

    #[test]
    fn shadowed_keys_are_not_shown() {
        let keymap = Keymap::builtin();
        let keys = |scope, action| {
            keymap
                .keys_for(scope, action)
                .iter()
                .map(|keys| keys.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(keys(Scope::Compare, Action::Right), ["right"]);
        assert_eq!(keys(Scope::Reader, Action::Right), ["right", "l"]);
        assert_eq!(keys(Scope::Prompt, Action::Quit), ["ctrl-c"]);
        assert_eq!(
            keys(Scope::Reader, Action::PageDown),
            ["space", "pagedown", "ctrl-f"]
        );
    }
}
