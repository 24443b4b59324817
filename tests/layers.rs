//! Holds the direction of imports: the source is read, and an import that runs upwards fails.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What each part may use of the crate. The longest part that a file lies in counts; a part may
/// always use itself and what lies in it.
const LAYERS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("source", &["model"]),
    ("parse", &["model"]),
    ("classify", &["model"]),
    ("compare", &["model"]),
    (
        "library",
        &["model", "source", "parse", "classify", "compare"],
    ),
    ("report", &["model", "compare"]),
    (
        "cli",
        &[
            "model", "source", "classify", "library", "compare", "report",
        ],
    ),
    // What the screen is made of knows data, never the views or the app.
    ("tui", &["model", "compare", "library", "classify", "tui"]),
    ("tui::action", &[]),
    ("tui::glyphs", &[]),
    ("tui::scroll", &["tui::action"]),
    ("tui::search", &["tui::effect"]),
    ("tui::fuzzy", &[]),
    ("tui::prompt", &["tui::action", "tui::text"]),
    ("tui::text", &["model", "tui::glyphs", "tui::theme"]),
    ("tui::theme", &["model", "tui::config"]),
    ("tui::keymap", &["model", "tui::action", "tui::config"]),
    (
        "tui::effect",
        &["model", "compare", "library", "tui::keymap"],
    ),
    ("tui::explain", VIEW),
    ("tui::picker", VIEW),
    ("tui::history", VIEW),
    ("tui::over", VIEW),
    ("tui::panel", VIEW),
    ("tui::view", VIEW),
    ("tui::view::library", VIEW),
    ("tui::view::reader", VIEW),
    ("tui::view::compare", VIEW),
    ("tui::view::matrix", VIEW),
    ("tui::view::timeline", VIEW),
    ("tui::view::search", VIEW),
    ("tui::view::issues", VIEW),
    ("tui::view::help", VIEW),
];

/// A view may use data and the parts of the screen, never another view, never the app. `tui::view`
/// itself is the trait that views share.
const VIEW: &[&str] = &[
    "model",
    "compare",
    "library",
    "tui::action",
    "tui::effect",
    "tui::explain",
    "tui::fuzzy",
    "tui::glyphs",
    "tui::history",
    "tui::keymap",
    "tui::over",
    "tui::panel",
    "tui::picker",
    "tui::prompt",
    "tui::scroll",
    "tui::search",
    "tui::text",
    "tui::theme",
    "tui::view",
];

/// Modules that are only for tests, and so may use anything.
const TEST_ONLY: &[&str] = &["tests", "testing", "laws", "sample", "topic_tests"];

fn source_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            source_files(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

/// `src/tui/view/mod.rs` → `tui::view`.
fn module(root: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(root).unwrap().with_extension("");
    let parts: Vec<_> = inside
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    parts.join("::").trim_end_matches("::mod").to_owned()
}

fn within(module: &str, part: &str) -> bool {
    module == part
        || module
            .strip_prefix(part)
            .is_some_and(|rest| rest.starts_with("::"))
}

/// The part that a module belongs to: the longest that holds it.
fn part_of(module: &str) -> Option<(&'static str, &'static [&'static str])> {
    LAYERS
        .iter()
        .filter(|(part, _)| within(module, part))
        .max_by_key(|(part, _)| part.len())
        .copied()
}

/// Every path into the crate that a file names outside its tests: `crate::a::b`, `super::c`, and
/// each name of `crate::{a, b::c}`.
fn uses(module: &str, is_mod_file: bool, text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text);
    let code: String = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    let mut found = Vec::new();
    for (lead, base) in [
        ("crate::", String::new()),
        ("super::", parent(module, is_mod_file)),
    ] {
        for (at, _) in code.match_indices(lead) {
            if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let mut base = base.clone();
            let mut rest = &code[at + lead.len()..];
            while let Some(after) = rest.strip_prefix("super::") {
                base = base
                    .rsplit_once("::")
                    .map_or(String::new(), |(up, _)| up.to_owned());
                rest = after;
            }
            for path in paths(rest) {
                found.push(if base.is_empty() {
                    path
                } else {
                    format!("{base}::{path}")
                });
            }
        }
    }
    found
}

fn parent(module: &str, _is_mod_file: bool) -> String {
    module
        .rsplit_once("::")
        .map_or(String::new(), |(up, _)| up.to_owned())
}

fn paths(rest: &str) -> Vec<String> {
    let path = |text: &str| -> String {
        text.chars()
            .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':'))
            .collect()
    };
    if let Some(group) = rest.strip_prefix('{') {
        let end = group.find('}').unwrap_or(group.len());
        return group[..end]
            .split(',')
            .map(|name| path(name.trim()))
            .filter(|p| !p.is_empty())
            .collect();
    }
    vec![path(rest).trim_end_matches("::").to_owned()]
}

#[test]
fn imports_run_downwards() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    source_files(&root, &mut files);
    let mut wrong: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut checked = 0;
    for file in files {
        let name = module(&root, &file);
        if name
            .rsplit("::")
            .next()
            .is_some_and(|last| TEST_ONLY.contains(&last))
        {
            continue;
        }
        let Some((part, allowed)) = part_of(&name) else {
            continue;
        };
        let text = std::fs::read_to_string(&file).unwrap();
        for used in uses(&name, file.ends_with("mod.rs"), &text) {
            checked += 1;
            let own = within(&used, part) && part_of(&used).is_none_or(|(of, _)| of == part);
            let may = allowed.iter().any(|allowed| {
                // `tui::view` allows the trait, not the views that lie in it.
                within(&used, allowed)
                    && (*allowed != "tui::view"
                        || part_of(&used).is_some_and(|(of, _)| of == *allowed))
            });
            if !own && !may {
                wrong
                    .entry(format!("{name} (part {part})"))
                    .or_default()
                    .push(used);
            }
        }
    }
    assert!(
        checked > 100,
        "only {checked} imports were seen: has the reading of them broken?"
    );
    assert!(wrong.is_empty(), "imports that run upwards: {wrong:#?}");
}

#[test]
fn only_main_prints_or_exits() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    source_files(&root, &mut files);
    for file in files.iter().filter(|file| !file.ends_with("src/main.rs")) {
        let text = std::fs::read_to_string(file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or(&text);
        for word in ["println!(", "eprintln!(", "process::exit("] {
            assert!(!code.contains(word), "{} holds {word}", file.display());
        }
    }
}

#[test]
fn one_version_of_the_terminal_library() {
    let lock =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")).unwrap();
    for name in ["crossterm", "ratatui", "unicode-width"] {
        let count = lock.matches(&format!("name = \"{name}\"\n")).count();
        assert_eq!(count, 1, "{name} stands {count} times in Cargo.lock");
    }
}
