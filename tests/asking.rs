//! Asking the command line about some policies of a library, and what it says where there is nothing
//! to answer.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::Path;
use std::process::Command;

/// What a command came to: exit code, standard output, standard error.
fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_policy-tui"))
        .args(arguments)
        .env("POLICY_TUI_CONFIG", "/nonexistent")
        .env_remove("NO_COLOR")
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// A folder of dated versions of one site, and a policy of another.
fn library(folder: &Path) -> &str {
    let policy = |site: &str, count: &str| {
        format!(
            "# Privacy Policy\n\nWe, {site}, collect data. We sell your personal information to {count} partners.\n"
        )
    };
    write(folder, "one.example/2019-01-01.md", &policy("one", "two"));
    write(folder, "one.example/2021-01-01.md", &policy("one", "ten"));
    write(folder, "two.example/2020-01-01.md", &policy("two", "six"));
    write(folder, "two.example/2022-01-01.md", &policy("two", "sixty"));
    folder.to_str().unwrap()
}

#[test]
fn one_policy_of_a_library_is_asked_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    for arguments in [
        &["practices", "one.example", library][..],
        &["practices", library, "--site", "one.example"],
    ] {
        let (code, out, err) = run(arguments);
        assert_eq!((code, err.as_str()), (Some(0), ""), "{arguments:?}");
        assert!(
            out.contains("ten partners") && !out.contains("six"),
            "{out}"
        );
    }
    let (code, out, _) = run(&["practices", "one.example@2019", library]);
    assert!(code == Some(0) && out.contains("two partners"), "{out}");
    let (_, both, _) = run(&[
        "practices",
        library,
        "--site",
        "two.example",
        "--site",
        "one.example@2020",
    ]);
    let place = |words| {
        both.find(words)
            .unwrap_or_else(|| panic!("{words}: {both}"))
    };
    assert!(place("sixty partners") < place("two partners"), "{both}");
}

#[test]
fn lists_and_checks_are_narrowed_by_name_too() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    let (code, out, _) = run(&["list", "two.example", library]);
    assert!(code == Some(0) && out.contains("two.example"), "{out}");
    assert!(!out.contains("one.example"), "{out}");
    write(
        folder.path(),
        "three.example/2020-01-01.md",
        "\u{1b} We sell it.\n",
    );
    write(
        folder.path(),
        "three.example/2020-02-01.md",
        "\u{1b} We sell it.\n",
    );
    let (code, out, _) = run(&["check", "three.example", library]);
    assert!(code == Some(1) && out.contains("control"), "{code:?} {out}");
    assert!(!out.contains("one.example"), "{out}");
}

#[test]
fn a_name_of_nothing_is_no_reason_to_answer_for_all() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    for command in ["practices", "list", "check"] {
        let (code, out, err) = run(&[command, "one.exampel", library]);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{command}");
        let told = "one.exampel: there is no such file or folder, and no policy is called “one.exampel”; \
                    the nearest are one.example";
        assert!(err.contains(told), "{err}");
    }
    let (code, out, err) = run(&["list", "/nowhere/gone.md", library]);
    assert!(code == Some(2) && out.contains("one.example"), "{out}");
    assert!(
        err.contains("the result is about the other paths alone"),
        "{err}"
    );
}
