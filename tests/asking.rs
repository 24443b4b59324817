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

#[test]
fn what_counts_as_a_difference_is_the_same_by_text_and_by_topic() {
    let folder = tempfile::tempdir().unwrap();
    let policy = "# Privacy Policy\n\nWe collect your data. See [our page](http://a.example/x).\n\n\
                  We use cookies to remember you.\n\nWe never sell personal information to others.\n";
    let one = write(folder.path(), "one.md", policy);
    let moved = policy.replace("We use cookies to remember you.\n\n", "")
        + "\nWe use cookies to remember you.\n";
    for (name, text, differs) in [
        ("same", policy.to_owned(), 0),
        (
            "lines",
            policy.replace("We use cookies", "We use\ncookies"),
            0,
        ),
        ("link", policy.replace("a.example", "evil.example"), 1),
        ("form", policy.replace("cookies", "**cookies**"), 1),
        ("moved", moved, 1),
        ("words", policy.replace("never sell", "sell"), 1),
    ] {
        let other = write(folder.path(), &format!("{name}.md"), &text);
        for by in ["text", "topic"] {
            let (code, _, _) = run(&["compare", &one, &other, "--by", by, "--exit-code"]);
            assert_eq!(code, Some(differs), "{name} by {by}");
        }
    }
    let link = folder.path().join("link.md");
    let (_, told, _) = run(&["compare", &one, link.to_str().unwrap(), "--all"]);
    assert!(told.contains("by text: 1 link changed · 4 equal"), "{told}");
    let row = "(link http://a.example/x → http://evil.example/x) See our page.";
    assert!(told.contains(row), "{told}");
    let (_, folded, _) = run(&["compare", &one, link.to_str().unwrap()]);
    assert!(
        folded.contains("4 equal clauses and 1 changed link"),
        "{folded}"
    );
    assert!(
        folded.contains("only their form differs, and where links lead"),
        "{folded}"
    );
    let form = folder.path().join("form.md");
    let (_, told, _) = run(&["compare", &one, form.to_str().unwrap()]);
    assert!(told.contains("by text: 1 in form · 4 equal"), "{told}");
}

#[test]
fn turned_statements_are_counted_and_struck_words_shown() {
    let folder = tempfile::tempdir().unwrap();
    let one = write(
        folder.path(),
        "one.md",
        "We do ~~not~~ sell your data to anyone at all.\n",
    );
    let two = write(
        folder.path(),
        "two.md",
        "We do not sell your data to anyone at all.\n",
    );
    let (_, told, _) = run(&["compare", &one, &two, "--by", "text"]);
    assert!(told.contains("by text: 1 turned"), "{told}");
    assert!(told.contains("We do [-~~not~~-] {+not+} sell"), "{told}");
}

#[test]
fn silence_and_mistakes_are_told() {
    let (code, out, _) = run(&["show", "mp3rocket.me", "--topic", "children"]);
    assert_eq!(code, Some(0));
    assert!(
        out.ends_with("It says nothing on the topic “Children”.\n"),
        "{out}"
    );
    for words in ["", "  ", "“”"] {
        let (code, out, err) = run(&["history", "mp3rocket.me", "--clause", words]);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{words:?}");
        assert!(err.contains("--clause wants some words"), "{err}");
    }
    let (code, _, err) = run(&["index", "/nowhere/at/all"]);
    assert_eq!(code, Some(2));
    assert!(
        err.contains("/nowhere/at/all: there is no such file or folder"),
        "{err}"
    );
}

#[test]
fn a_search_takes_the_beginning_of_a_site() {
    let (_, begins, _) = run(&["search", "site:mp3* cookies"]);
    assert!(begins.contains("mp3rocket.me"), "{begins}");
    let (_, inside, err) = run(&["search", "site:3rocket* cookies"]);
    assert!(
        inside.starts_with("0 hits") && err.contains("no clause holds"),
        "{inside}"
    );
    let (code, _, err) = run(&["search", "site:m*3 cookies"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("a * stands at the end alone"), "{err}");
}

#[test]
fn names_are_listed_in_any_case_and_those_left_out_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["ACD", "Academia", "asus", "Bolt"] {
        write(
            folder.path(),
            &format!("{name}.md"),
            "# Privacy Policy\n\nWe sell your data.\n",
        );
    }
    let path = folder.path().to_str().unwrap();
    let (_, out, _) = run(&["list", path]);
    let names: Vec<&str> = out
        .lines()
        .skip(1)
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert_eq!(names, ["Academia", "ACD", "asus", "Bolt"]);
    for number in 0..14 {
        write(
            folder.path(),
            &format!("site{number}.md"),
            "# Privacy Policy\n\nWe sell your data.\n",
        );
    }
    let (code, _, err) = run(&["show", "site", path]);
    assert_eq!(code, Some(2));
    assert!(err.trim_end().ends_with("and 4 more"), "{err}");
}
