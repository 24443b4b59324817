//! The key file: reading it, and saying everything that is wrong with it at once.

use super::{Binding, Scope, Sequence};
use crate::model::Issue;
use crate::tui::action::Action;
use crate::tui::config;
use std::path::Path;
use toml::de::{DeTable, DeValue};

const BUILTIN: &str = include_str!("../../../assets/keys.toml");

/// A line of the file that could be read: an action in a scope and its keys.
struct Entry {
    scope: Scope,
    action: Action,
    keys: Vec<Sequence>,
    at: usize,
}

/// A mistake and the byte it stands at.
struct Mistake {
    at: usize,
    message: String,
}

/// The bindings of the embedded file, and what is wrong with it (nothing: a test sees to it).
pub(super) fn builtin() -> (Vec<Binding>, Vec<Issue>) {
    let (entries, mistakes) = read(BUILTIN);
    let (bindings, more) = bind(&entries, &[]);
    let path = Path::new("assets/keys.toml");
    let issues = issues(path, BUILTIN, mistakes.into_iter().chain(more));
    (bindings, issues)
}

/// The bindings with the user's file over them; none when the file has mistakes.
pub(super) fn patched(path: &Path, text: &str) -> (Option<Vec<Binding>>, Vec<Issue>) {
    let (defaults, _) = read(BUILTIN);
    let (user, mut mistakes) = read(text);
    mistakes.extend(user.iter().filter_map(|entry| idle(entry, &defaults)));
    let kept: Vec<Entry> = defaults
        .into_iter()
        .filter(|default| {
            !user
                .iter()
                .any(|entry| (entry.scope, entry.action) == (default.scope, default.action))
        })
        .collect();
    let (bindings, clashes) = bind(&user, &kept);
    mistakes.extend(clashes);
    let issues = issues(path, text, mistakes.into_iter());
    (issues.is_empty().then_some(bindings), issues)
}

/// A key for an action that does nothing in that scope.
fn idle(entry: &Entry, defaults: &[Entry]) -> Option<Mistake> {
    let acts = |scope: Scope| {
        defaults
            .iter()
            .any(|default| default.action == entry.action && default.scope == scope)
    };
    if entry.scope.chain().iter().any(|&scope| acts(scope)) {
        return None;
    }
    let places: Vec<String> = Scope::ALL
        .iter()
        .filter(|&&scope| acts(scope))
        .map(|scope| format!("[{scope}]"))
        .collect();
    Some(Mistake {
        at: entry.at,
        message: format!(
            "\"{}\" does nothing in [{}]; it belongs in {}",
            entry.action,
            entry.scope,
            places.join(", ")
        ),
    })
}

fn issues(path: &Path, text: &str, mistakes: impl Iterator<Item = Mistake>) -> Vec<Issue> {
    let mut issues: Vec<Issue> = mistakes
        .map(|mistake| {
            let message = format!("{}; the default keys hold", mistake.message);
            config::issue(path, text, mistake.at, message)
        })
        .collect();
    issues.sort_by_key(|issue| issue.line);
    issues
}

fn read(text: &str) -> (Vec<Entry>, Vec<Mistake>) {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut mistakes: Vec<Mistake> = errors
        .iter()
        .map(|error| Mistake {
            at: error.span().map_or(0, |span| span.start),
            message: error.message().to_owned(),
        })
        .collect();
    let mut entries = Vec::new();
    for (name, value) in root.get_ref() {
        let at = name.span().start;
        let mut wrong = |message| mistakes.push(Mistake { at, message });
        let Some(scope) = Scope::from_name(name.get_ref()) else {
            let known: Vec<&str> = Scope::ALL.iter().map(|scope| scope.name()).collect();
            wrong(format!(
                "there is no part \"{}\"; the parts are {}",
                name.get_ref(),
                known.join(", ")
            ));
            continue;
        };
        let Some(table) = value.get_ref().as_table() else {
            wrong(format!("\"{scope}\" must be a table: [{scope}]"));
            continue;
        };
        read_scope(scope, table, &mut entries, &mut mistakes);
    }
    entries.sort_by_key(|entry| entry.at);
    (entries, mistakes)
}

fn read_scope(
    scope: Scope,
    table: &DeTable<'_>,
    entries: &mut Vec<Entry>,
    mistakes: &mut Vec<Mistake>,
) {
    for (name, value) in table {
        let at = name.span().start;
        let Some(action) = Action::from_name(name.get_ref()) else {
            mistakes.push(Mistake {
                at,
                message: unknown_action(name.get_ref()),
            });
            continue;
        };
        match read_keys(value.get_ref()) {
            Ok(keys) => entries.push(Entry {
                scope,
                action,
                keys,
                at,
            }),
            Err(message) => mistakes.push(Mistake {
                at: value.span().start,
                message: format!("{action}: {message}"),
            }),
        }
    }
}

fn read_keys(value: &DeValue<'_>) -> Result<Vec<Sequence>, String> {
    let shape = || "keys are written as a list, such as [\"j\", \"down\"]".to_owned();
    let one = |value: &DeValue<'_>| {
        let spelled = value.as_str().ok_or_else(shape)?;
        Sequence::parse(spelled).ok_or_else(|| format!("\"{spelled}\" is no key"))
    };
    match value {
        DeValue::Array(keys) => keys.iter().map(|key| one(key.get_ref())).collect(),
        DeValue::String(_) => Ok(vec![one(value)?]),
        _ => Err(shape()),
    }
}

fn unknown_action(name: &str) -> String {
    let near = Action::ALL
        .iter()
        .find(|action| {
            let known = action.name();
            name.len() > 2 && (known.starts_with(name) || name.starts_with(known))
        })
        .map(|action| format!("; is \"{action}\" meant?"));
    format!("there is no action \"{name}\"{}", near.unwrap_or_default())
}

/// Turns entries into bindings. A key that is taken twice, or that starts a longer one, is a
/// mistake of the first list.
fn bind(first: &[Entry], rest: &[Entry]) -> (Vec<Binding>, Vec<Mistake>) {
    let mut mistakes = Vec::new();
    let mut bindings: Vec<Binding> = Vec::new();
    for entry in rest.iter().chain(first) {
        for keys in &entry.keys {
            if let Some(message) = clash(&bindings, entry, keys) {
                mistakes.push(Mistake {
                    at: entry.at,
                    message,
                });
            }
            bindings.push(Binding {
                scope: entry.scope,
                keys: keys.clone(),
                action: entry.action,
            });
        }
    }
    (bindings, mistakes)
}

fn clash(bindings: &[Binding], entry: &Entry, keys: &Sequence) -> Option<String> {
    let (scope, action) = (entry.scope, entry.action);
    bindings
        .iter()
        .filter(|other| other.scope == scope)
        .find_map(|other| {
            let theirs = other.action;
            if other.keys == *keys {
                return Some(format!(
                    "in [{scope}] the key \"{keys}\" stands for both {action} and {theirs}"
                ));
            }
            let (short, long) = if keys.starts(&other.keys) {
                (keys, &other.keys)
            } else if other.keys.starts(keys) {
                (&other.keys, keys)
            } else {
                return None;
            };
            let (one, two) = if short == keys {
                (action, theirs)
            } else {
                (theirs, action)
            };
            Some(format!(
                "in [{scope}] the key \"{short}\" ({one}) is the start of \"{long}\" ({two})"
            ))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(text: &str) -> Vec<String> {
        let (bindings, issues) = patched(Path::new("keys.toml"), text);
        assert_eq!(bindings.is_some(), issues.is_empty());
        issues
            .iter()
            .map(|issue| format!("{}: {}", issue.line.unwrap_or(0), issue.message))
            .collect()
    }

    #[test]
    fn the_embedded_file_is_right() {
        let (bindings, issues) = builtin();
        assert!(issues.is_empty(), "{issues:?}");
        assert!(bindings.len() > 100);
    }

    #[test]
    fn a_line_replaces_the_keys_of_its_action() {
        let (bindings, issues) = patched(
            Path::new("keys.toml"),
            "[compare]\nswap-sides = [\"X\"]\ntoggle-sync = []\n[reader]\ntop = \"gg\"\n",
        );
        assert!(issues.is_empty(), "{issues:?}");
        let keymap = super::super::Keymap {
            bindings: bindings.unwrap(),
        };
        let show = |action| {
            keymap
                .key_for(Scope::Compare, action)
                .map(|k| k.to_string())
        };
        assert_eq!(show(Action::SwapSides), Some("X".to_owned()));
        assert_eq!(show(Action::ToggleSync), None);
        assert_eq!(show(Action::Fold), Some("space".to_owned()));
    }

    #[test]
    fn every_mistake_is_told_with_its_line() {
        let text = "[compare]\nswap = [\"X\"]\ntop = [\"nokey\"]\nread = [\"x\"]\nfold = [\"]\"]\n\
                    [elsewhere]\n[library]\nswap-sides = [\"x\"]\nsort = 3\n";
        assert_eq!(
            complaints(text),
            [
                "2: there is no action \"swap\"; is \"swap-sides\" meant?; the default keys hold",
                "3: top: \"nokey\" is no key; the default keys hold",
                "4: in [compare] the key \"x\" stands for both read and swap-sides; the default keys hold",
                "5: in [compare] the key \"]\" (fold) is the start of \"]c\" (next-difference); the default keys hold",
                "6: there is no part \"elsewhere\"; the parts are global, library, reader, compare, changes, matrix, timeline, clause-history, search, query, issues, help, picker, prompt; the default keys hold",
                "8: \"swap-sides\" does nothing in [library]; it belongs in [compare]; the default keys hold",
                "9: sort: keys are written as a list, such as [\"j\", \"down\"]; the default keys hold",
            ]
        );
    }

    #[test]
    fn broken_files_are_one_complaint_not_a_panic() {
        for text in [
            "[",
            "= 3",
            "[compare\nx = ",
            "\u{0}",
            "a.b.c = [[",
            "[compare]\nread=[\"o\"]\nread=[\"p\"]",
        ] {
            assert!(!complaints(text).is_empty(), "{text:?}");
        }
        assert!(complaints("").is_empty());
    }
}
