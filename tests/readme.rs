//! The README shows the real screen and the real keys. `UPDATE_README=1 cargo test --test readme`
//! writes them anew.

#![allow(clippy::unwrap_used, clippy::panic)]

use policy_tui::tui::action::{Action, Group};
use policy_tui::tui::keymap::{Keymap, Scope};
use std::process::Command;

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

/// The screen that a `<!-- picture: SIZE KEYS -->` line asks for.
fn picture(order: &str) -> String {
    let (size, keys) = order.split_once(' ').unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_policy-tui"))
        .args(["--print", "--size", size, "--keys", keys])
        .env("POLICY_TUI_CONFIG", "/nonexistent")
        .env("LANG", "C.UTF-8")
        .env_remove("LC_ALL")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    format!(
        "```text\n{}```\n",
        String::from_utf8(output.stdout).unwrap()
    )
}

/// The keys of every view, from the tables that the program uses.
fn keys() -> String {
    let keymap = Keymap::builtin();
    let mut table = String::from("| keys | what they do | where |\n|---|---|---|\n");
    let scopes = [
        Scope::Library,
        Scope::Reader,
        Scope::Compare,
        Scope::Changes,
        Scope::Matrix,
        Scope::Timeline,
        Scope::ClauseHistory,
        Scope::Search,
    ];
    for group in Group::ALL.into_iter().filter(|group| *group != Group::Edit) {
        for action in Action::ALL
            .iter()
            .copied()
            .filter(|action| action.group() == group)
        {
            let mut places: Vec<(String, Vec<&str>)> = Vec::new();
            let shared = spelled(&keymap, Scope::Global, action);
            if !shared.is_empty() {
                places.push((shared, vec!["everywhere"]));
            }
            for scope in scopes {
                if !keymap.is_own(scope, action) {
                    continue;
                }
                let spelled = spelled(&keymap, scope, action);
                match places.iter_mut().find(|(known, _)| *known == spelled) {
                    Some((_, at)) => at.push(scope.name()),
                    None => places.push((spelled, vec![scope.name()])),
                }
            }
            for (keys, scopes) in places {
                table.push_str(&format!(
                    "| {keys} | {} | {} |\n",
                    action.help(),
                    scopes.join(", ")
                ));
            }
        }
    }
    table
}

fn spelled(keymap: &Keymap, scope: Scope, action: Action) -> String {
    let keys: Vec<String> = keymap
        .keys_for(scope, action)
        .iter()
        .map(|keys| format!("`{keys}`"))
        .collect();
    keys.join(" ")
}

/// The README with its pictures and its table as they should be.
fn renewed(readme: &str) -> String {
    let mut out = String::new();
    let mut lines = readme.split_inclusive('\n');
    while let Some(line) = lines.next() {
        out.push_str(line);
        let (content, end) = match line.trim_end() {
            "<!-- keys -->" => (keys(), "<!-- /keys -->"),
            other => match other.strip_prefix("<!-- picture: ") {
                Some(order) => (picture(order.trim_end_matches(" -->")), "<!-- /picture -->"),
                None => continue,
            },
        };
        out.push_str(&content);
        let last = lines.by_ref().find(|line| line.trim_end() == end);
        out.push_str(last.unwrap_or_else(|| panic!("{end} is missing")));
    }
    out
}

#[test]
fn pictures_and_keys_are_true() {
    let readme = std::fs::read_to_string(README).unwrap();
    let renewed = renewed(&readme);
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(README, renewed).unwrap();
        return;
    }
    let first = readme
        .lines()
        .zip(renewed.lines())
        .find(|(is, should)| is != should);
    assert!(
        readme == renewed,
        "the README is not as the program is; the first difference: {first:#?}\n\
         UPDATE_README=1 cargo test --test readme writes it anew"
    );
}
