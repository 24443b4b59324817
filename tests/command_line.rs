//! The command line is a contract: exit codes, messages, every format, closed pipes.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)]

use serde_json::Value;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_policy-tui"));
    command
        .args(["--config", "/nonexistent"])
        .env_remove("NO_COLOR");
    command
}

/// Runs with arguments; options that belong to all commands stand behind the command's name.
fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_policy-tui"));
    command
        .args(arguments)
        .env("POLICY_TUI_CONFIG", "/nonexistent")
        .env_remove("NO_COLOR");
    command.output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    let output = run(arguments);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", out(&output)))
}

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn list_names_the_samples() {
    let output = run(&["list"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(err(&output), "");
    assert_eq!(out(&output).lines().count(), 6);
    let listed = json(&["list", "--format", "json"]);
    assert_eq!(listed.as_array().unwrap().len(), 5);
    let rocket = listed
        .as_array()
        .unwrap()
        .iter()
        .find(|p| p["site"] == "mp3rocket.me")
        .unwrap();
    for key in [
        "policy",
        "site",
        "host",
        "title",
        "path",
        "archived",
        "snapshot_url",
        "original_url",
        "revised",
        "bytes",
        "sections",
        "clauses",
        "issues",
    ] {
        assert!(keys(rocket).contains(&key), "{key}");
    }
    assert_eq!(rocket["bytes"], 5455);
    assert_eq!(rocket["archived"], "2015-12-29");
    assert_eq!(rocket["revised"], "2013-06-19");
}

#[test]
fn show_by_site_host_and_path() {
    let by_site = json(&["show", "detectmobilebrowsers.com", "--format", "json"]);
    let by_host = json(&["show", "officialmp3s.com", "--format", "json"]);
    assert_eq!(by_site, by_host);
    assert_eq!(keys(&by_site), ["clauses", "policy", "sections"]);
    let clause = &by_site["clauses"][3];
    for key in [
        "id", "section", "kind", "text", "start", "end", "topics", "stance",
    ] {
        assert!(keys(clause).contains(&key), "{key}");
    }
    // A span leads to the words in the file.
    let source = include_str!("../assets/policies/detectmobilebrowsers.com.md");
    let clause = by_site["clauses"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["text"] == "We do not sell customer data.")
        .unwrap();
    let range =
        clause["start"].as_u64().unwrap() as usize..clause["end"].as_u64().unwrap() as usize;
    assert_eq!(&source[range], "We do not sell customer data.");
    assert_eq!(clause["topics"][0]["topic"], "sharing");
    assert_eq!(clause["stance"], "denies");
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/assets/policies/detectmobilebrowsers.com.md"
    );
    assert_eq!(
        json(&["show", file, "--format", "json"])["clauses"],
        by_site["clauses"]
    );
}

#[test]
fn options_of_all_commands_stand_before_or_behind() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(
        folder.path(),
        "long.md",
        "We use cookies. ".repeat(100).as_bytes(),
    );
    for arguments in [
        &["--max-size", "1K", "list", &path],
        &["list", "--max-size", "1K", &path],
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            err(&output).contains("over the limit of 1.0 KiB"),
            "{}",
            err(&output)
        );
    }
    assert_eq!(
        run(&[&path, "list"]).status.code(),
        Some(2),
        "a path before a command is told"
    );
}

#[test]
fn an_unknown_or_ambiguous_name_lists_what_there_is() {
    let output = run(&["show", "mp3roket.me"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).contains("no policy is called “mp3roket.me”; the nearest are mp3rocket.me"),
        "{}",
        err(&output)
    );
    let folder = tempfile::tempdir().unwrap();
    let policy = |date| {
        format!("---\nsite: acme.com\ndate: {date}\n---\n# Privacy\n\nWe keep data until {date}.\n")
    };
    write(folder.path(), "a.md", policy("2020-01-01").as_bytes());
    write(folder.path(), "b.md", policy("2022-01-01").as_bytes());
    let library = folder.path().to_str().unwrap();
    let output = run(&["show", "acme.com", library]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).contains("acme.com@2020-01-01, acme.com@2022-01-01"),
        "{}",
        err(&output)
    );
    for (date, found) in [
        ("2021-06-01", "2020-01-01"),
        ("2022-01-01", "2022-01-01"),
        ("2030-01-01", "2022-01-01"),
    ] {
        let shown = json(&[
            "show",
            &format!("acme.com@{date}"),
            library,
            "--format",
            "json",
        ]);
        assert_eq!(shown["policy"]["archived"], found, "in force on {date}");
    }
    let output = run(&["show", "acme.com@2019-01-01", library]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).contains("no version of 2019-01-01 or before"),
        "{}",
        err(&output)
    );
}

#[test]
fn compare_holds_its_keys_and_exit_codes() {
    let result = json(&[
        "compare",
        "mp3rocket.me",
        "soundspectrum.com",
        "--format",
        "json",
    ]);
    for key in [
        "left",
        "right",
        "by",
        "rows",
        "topics",
        "practices",
        "summary",
    ] {
        assert!(keys(&result).contains(&key), "{key}");
    }
    assert_eq!(result["by"], "topic");
    for key in [
        "same",
        "wording",
        "numbers",
        "formatting",
        "moved",
        "added",
        "removed",
    ] {
        assert!(result["summary"][key].is_u64(), "{key}");
    }
    let row = &result["rows"][0];
    for key in ["topic", "kind", "class", "left", "right", "words"] {
        assert!(keys(row).contains(&key), "{key}");
    }
    let verdict = |topic: &str| {
        let all = result["topics"].as_array().unwrap();
        all.iter().find(|t| t["topic"] == topic).unwrap()["verdict"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(verdict("children"), "only-right");
    assert_eq!(verdict("links"), "same");
    let code = |arguments: &[&str]| run(arguments).status.code();
    assert_eq!(
        code(&["compare", "mp3rocket.me", "soundspectrum.com"]),
        Some(0)
    );
    assert_eq!(
        code(&[
            "compare",
            "mp3rocket.me",
            "soundspectrum.com",
            "--exit-code"
        ]),
        Some(1)
    );
    assert_eq!(
        code(&["compare", "mp3rocket.me", "mp3rocket.me", "--exit-code"]),
        Some(0)
    );
    assert_eq!(code(&["compare", "mp3rocket.me", "nobody"]), Some(2));
}

#[test]
fn versions_of_one_text_compare_by_text_with_the_words_marked() {
    let folder = tempfile::tempdir().unwrap();
    let old = "# Privacy\n\nWe may share your data with our partners.\n\nWe keep your data for 12 months.\n\nWrite to us at any time about this.\n";
    let new = old
        .replace("may share", "will never share")
        .replace("12", "24");
    let (left, right) = (
        write(folder.path(), "old.md", old.as_bytes()),
        write(folder.path(), "new.md", new.as_bytes()),
    );
    let text = out(&run(&["compare", &left, &right]));
    assert!(
        text.contains("We [-may-] {+will never+} share your data with our partners."),
        "{text}"
    );
    assert!(text.contains("for [-12-] {+24+} months"), "{text}");
    let result = json(&["compare", &left, &right, "--format", "json"]);
    assert_eq!(
        (
            &result["by"],
            &result["summary"]["numbers"],
            &result["summary"]["wording"]
        ),
        (&"text".into(), &1.into(), &1.into())
    );
}

#[test]
fn classify_streams_and_survives_bad_bytes() {
    let mut child = program()
        .arg("classify")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input
        .write_all(b"We use cookies on this site.\n\nWe never sell \xff your data")
        .unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let lines: Vec<Value> = out(&output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0]["topics"][0]["topic"], "cookies");
    assert_eq!(lines[1]["topics"], Value::Array(Vec::new()));
    assert_eq!(lines[2]["stance"], "denies");
    assert!(err(&output).contains("line 3"), "{}", err(&output));
}

#[test]
fn a_closed_pipe_is_no_error() {
    for arguments in [
        &["list"][..],
        &["show", "mp3rocket.me", "--format", "json"],
        &["man"],
    ] {
        let mut child = program()
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut said = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut said)
            .unwrap();
        assert_eq!(
            child.wait().unwrap().code(),
            Some(0),
            "{arguments:?}: {said}"
        );
        assert_eq!(said, "");
    }
}

#[test]
fn check_tells_every_kind_of_trouble_and_the_rest_still_works() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    write(here, "good.md", b"# Privacy Policy\n\nWe use cookies.\n");
    write(here, "empty.md", b"");
    write(
        here,
        "binary.md",
        &[0u8, 1, 2, 3, 0, 0, 0, 0, 255, 254].repeat(50),
    );
    write(here, "large.md", "We use cookies. ".repeat(4000).as_bytes());
    write(
        here,
        "escape.md",
        "# Evil\n\nWe \u{1b}[31mshare\u{202e} data.\n".as_bytes(),
    );
    write(
        here,
        "broken.md",
        b"Caf\xc3\xa9 na\xc3\xafve \xe2\x80\x9cdata\xe2\x80\x9d \xff.\n",
    );
    write(
        here,
        "matter.md",
        b"---\nsite: [unclosed\n---\n# Privacy\n\nText here.\n",
    );
    write(here, "page.html", b"<p>We use cookies.</p>");
    std::os::unix::fs::symlink(here, here.join("loop")).unwrap();
    std::os::unix::fs::symlink("/nowhere", here.join("dangling.md")).unwrap();
    let path = here.to_str().unwrap();
    let output = run(&["check", path, "--max-size", "50K", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let issues: Value = serde_json::from_slice(&output.stdout).unwrap();
    let found: Vec<String> = issues
        .as_array()
        .unwrap()
        .iter()
        .map(|issue| {
            let name = Path::new(issue["path"].as_str().unwrap())
                .file_name()
                .unwrap()
                .to_string_lossy()
                .into_owned();
            format!("{name}: {}", issue["issue"].as_str().unwrap())
        })
        .collect();
    for expected in [
        "empty.md: empty",
        "binary.md: not-text",
        "large.md: too-large",
        "escape.md: control-characters",
        "broken.md: encoding",
        "matter.md: front-matter",
        "loop: link-loop",
    ] {
        assert!(
            found.contains(&expected.to_owned()),
            "{expected} is missing from {found:?}"
        );
    }
    assert!(
        found.iter().any(|f| f.starts_with("dangling.md: ")),
        "{found:?}"
    );
    assert!(
        found.iter().any(|f| f.ends_with(": unsupported")),
        "{found:?}"
    );
    let issue = &issues[0];
    assert_eq!(
        keys(issue),
        ["issue", "line", "message", "path", "policy", "quotes"]
    );
    let escape = issues
        .as_array()
        .unwrap()
        .iter()
        .find(|i| i["issue"] == "control-characters")
        .unwrap();
    assert_eq!(escape["line"], 3);
    let listed = run(&["list", path, "--max-size", "50K"]);
    assert_eq!(listed.status.code(), Some(0));
    assert!(out(&listed).contains("good"), "{}", out(&listed));
    assert!(
        err(&listed).contains("could not be read"),
        "{}",
        err(&listed)
    );
    assert_eq!(
        run(&["check"]).status.code(),
        Some(0),
        "the samples are in order"
    );
}

#[test]
fn what_is_wrong_with_the_users_own_files_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    write(
        here,
        "keys.toml",
        b"[global]\nup = [\"x\"]\ndown = [\"x\"]\n",
    );
    write(here, "themes/dark.toml", b"title = \"no-such-colour\"\n");
    write(here, "topics/cookies.toml", b"strong = 3\n");
    write(here, "config.toml", b"colour = true\n");
    let config = here.to_str().unwrap();
    let output = run(&["check", "--config", config]);
    assert_eq!(output.status.code(), Some(1));
    for file in [
        "keys.toml:",
        "dark.toml:1:",
        "cookies.toml:",
        "config.toml:1:",
    ] {
        assert!(
            out(&output).contains(file),
            "{file} is missing from\n{}",
            out(&output)
        );
    }
    std::fs::remove_file(here.join("config.toml")).unwrap();
    let made = Command::new("mkfifo")
        .arg(here.join("config.toml"))
        .status()
        .unwrap();
    assert!(made.success());
    let listed = run(&["list", "--config", config]);
    assert_eq!(
        out(&listed).lines().count(),
        6,
        "a pipe in place of the settings does not hang"
    );
}

#[test]
fn a_comment_that_never_ends_hides_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(
        folder.path(),
        "a.md",
        b"# P\n\nWe collect.\n\n<!-- oops\n\nWe sell your data.\n",
    );
    assert!(out(&run(&["show", &path])).contains("We sell your data."));
}

#[test]
fn an_endless_line_is_cut_and_told() {
    let mut child = program()
        .arg("classify")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    std::thread::spawn(move || {
        input
            .write_all("We use cookies. ".repeat(200_000).as_bytes())
            .unwrap();
        input.write_all(b"\nWe sell your data.\n").unwrap();
    });
    let output = child.wait_with_output().unwrap();
    assert_eq!(out(&output).lines().count(), 2, "the line after it is read");
    assert!(
        err(&output).contains("line 1 is the first of more than 1 MiB"),
        "{}",
        err(&output)
    );
}

#[test]
fn paths_that_give_nothing_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().to_str().unwrap();
    for (arguments, what) in [
        (
            &["list", "/nowhere/at/all.md"][..],
            "there is no such file or folder",
        ),
        (&["list", empty], "holds no policy"),
        (
            &["show", "/nowhere/at/all.md"],
            "there is no such file or folder",
        ),
        (
            &["compare", "/dev/null", "mp3rocket.me"],
            "not a regular file",
        ),
        (
            &["--print", "/nowhere/at/all.md"],
            "there is no such file or folder",
        ),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(
            err(&output).contains(what),
            "{arguments:?}: {}",
            err(&output)
        );
    }
}

#[test]
fn no_output_holds_a_control_sequence() {
    let folder = tempfile::tempdir().unwrap();
    let evil = "---\nsite: \"evil\\e[31m.com\"\ntitle: \"T\\u202E\"\nurl: \"http://x/\\e[1m\"\n---\n# A\u{1b}]0;b\u{7}\n\nWe \u{9b}31m sell\u{200b} \u{2066}data [x](http://\u{1b}y).\n";
    let path = write(folder.path(), "evil\u{1b}[7m.md", evil.as_bytes());
    for arguments in [
        &["list", &path][..],
        &["show", &path],
        &["show", &path, "--format", "json"],
        &["compare", &path, "mp3rocket.me"],
        &["check", &path],
        &["check", &path, "--format", "json"],
        &["--print", &path],
        &["--print", "--keys", "!", &path],
    ] {
        let output = run(arguments);
        let text = out(&output) + &err(&output);
        let bad = text.chars().find(|c| {
            (c.is_control() && *c != '\n') || matches!(c, '\u{200b}' | '\u{202e}' | '\u{2066}')
        });
        assert_eq!(bad, None, "{arguments:?}: {text:?}");
    }
}

#[test]
fn the_screen_prints_and_keys_are_checked() {
    let frame = out(&run(&[
        "--print",
        "--size",
        "60x12",
        "--keys",
        "/sound<enter>",
    ]));
    assert_eq!(frame.lines().count(), 12);
    assert!(frame.contains("soundspectrum.com"), "{frame}");
    assert!(frame.lines().all(|line| line.chars().count() <= 60));
    let output = run(&["--print", "--keys", "<nokey>"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("nokey"), "{}", err(&output));
    assert_eq!(run(&["--print", "--size", "0x5"]).status.code(), Some(2));
}

#[test]
fn completions_and_manual_derive_from_the_definitions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let text = out(&run(&["completions", shell]));
        assert!(text.contains("classify"), "{shell}");
    }
    let manual = out(&run(&["man"]));
    assert!(
        manual.starts_with(".ie") || manual.contains(".TH"),
        "{manual}"
    );
    assert!(manual.contains("compare"));
}

#[test]
fn the_matrix_is_safe_to_open_in_a_spreadsheet() {
    let folder = tempfile::tempdir().unwrap();
    let text =
        |answer: &str| format!("# Privacy Policy\n\n{answer}\n\nWe use cookies on our site.\n");
    let never = text("We never sell your personal information.");
    let may = text("We may sell your personal information.");
    for (name, text) in [
        ("=cmd|'calc'!A0.md", &never),
        ("comma, and \"quote\".md", &may),
        ("+site.md", &may),
    ] {
        write(folder.path(), name, text.as_bytes());
    }
    let path = folder.path().to_str().unwrap();
    let output = run(&["practices", "--format", "csv", "--topic", "sharing", path]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let text = out(&output);
    assert!(text.ends_with("\r\n") && text.matches('\n').count() == text.matches("\r\n").count());
    assert!(text.contains("\"comma, and \"\"quote\"\"\""), "{text}");
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let head: Vec<String> = rows.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(head[..3], ["practice", "topic", "question"]);
    assert!(
        head.iter()
            .all(|name| !name.starts_with(['=', '+', '-', '@'])),
        "{head:?}"
    );
    assert_eq!(head.len(), 6);
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    assert!(rows.iter().all(|row| &row[1] == "sharing"));
    let sold = rows
        .iter()
        .find(|row| &row[0] == "personal-data-sold")
        .unwrap();
    let column = |name: &str| head.iter().position(|head| head == name).unwrap();
    assert_eq!(&sold[column("'=cmd|'calc'!A0")], "No");
    assert_eq!(&sold[column("comma, and \"quote\"")], "Yes");
    assert_eq!(&sold[column("'+site")], "Yes");
}

#[test]
fn the_matrix_keeps_its_shape_under_filters() {
    let table = |more: &[&str]| {
        let output = run(&[&["practices", "--format", "csv"], more].concat());
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        let rows = csv::Reader::from_reader(output.stdout.as_slice()).into_records();
        rows.map(Result::unwrap).collect::<Vec<csv::StringRecord>>()
    };
    let all = table(&[]);
    assert!(all.len() > 60 && all.iter().all(|row| row.len() == 8));
    let one = table(&["--question", "personal-data-sold"]);
    assert_eq!(one.len(), 1);
    let denied = table(&["--topic", "sharing", "--answer", "no"]);
    let whole = table(&["--topic", "sharing"]);
    assert_eq!(
        denied.len(),
        whole.len(),
        "a question that nobody denies keeps its row"
    );
    for (row, full) in denied.iter().zip(&whole) {
        for (cell, full) in row.iter().zip(full).skip(3) {
            assert_eq!(
                cell,
                if full.starts_with("No") && !full.starts_with("Not") {
                    full
                } else {
                    ""
                }
            );
        }
    }
}
