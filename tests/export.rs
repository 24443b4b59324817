//! `export`: tables that other engines take up, in shards, and files that are whole or not there.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)]

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};
use wait4::Wait4;

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_policy-tui"));
    command
        .arg("export")
        .args(arguments)
        .env("POLICY_TUI_CONFIG", "/nonexistent");
    command
}

fn run(arguments: &[&str]) -> Output {
    program(arguments).output().unwrap()
}

/// Standard output of a run that must come to a good end.
fn out(arguments: &[&str]) -> String {
    let output = run(arguments);
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        (output.status.code(), message.as_ref()),
        (Some(0), ""),
        "{arguments:?}"
    );
    String::from_utf8(output.stdout).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn rows(arguments: &[&str]) -> Vec<Value> {
    let text = out(arguments);
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// A folder of policies of different length.
fn library(sites: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..sites {
        let text = "We use cookies. We never sell your data.\n\n".repeat(1 + number % 9);
        write(folder.path(), &format!("site{number}.md"), &text);
    }
    folder
}

#[test]
fn clauses_tell_what_show_tells() {
    let clauses = rows(&["--what", "clauses", "--format", "jsonl"]);
    let sold = clauses
        .iter()
        .find(|row| row["text"] == "We do not sell customer data.")
        .unwrap();
    assert_eq!(sold["site"], "detectmobilebrowsers.com");
    assert_eq!(sold["topic"], "sharing");
    assert_eq!(sold["topics"][0], "sharing");
    assert_eq!(sold["stance"], "denies");
    assert_eq!(sold["recorded"], "2011-06-07T04:09:29Z");
    let source = include_str!("../assets/policies/detectmobilebrowsers.com.md");
    let range = sold["start"].as_u64().unwrap() as usize..sold["end"].as_u64().unwrap() as usize;
    assert_eq!(&source[range], "We do not sell customer data.");
}

#[test]
fn every_table_names_the_same_documents_and_practices_lead_to_their_clauses() {
    let documents = |what: &str| -> BTreeSet<String> {
        let rows = rows(&["--what", what, "--format", "jsonl"]);
        rows.iter()
            .map(|row| row["document"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = documents("clauses");
    assert_eq!(all.len(), 5);
    for what in ["versions", "practices", "changes"] {
        assert_eq!(documents(what), all, "{what}");
    }
    let clauses = rows(&["--what", "clauses", "--format", "jsonl"]);
    let practices = rows(&["--what", "practices", "--format", "jsonl"]);
    let mut stated = 0;
    for row in &practices {
        assert_eq!(
            row["answer"] == "not-stated",
            row["evidence"].is_null(),
            "{row}"
        );
        if row["evidence"].is_null() {
            continue;
        }
        stated += 1;
        let clause = clauses
            .iter()
            .find(|clause| {
                clause["document"] == row["document"] && clause["clause"] == row["clause"]
            })
            .unwrap();
        assert_eq!(clause["text"], row["evidence"]);
    }
    assert!(stated > 20, "{stated}");
}

#[test]
fn shards_are_the_whole_and_have_nothing_in_common() {
    let folder = library(40);
    let path = folder.path().to_str().unwrap();
    let export = |more: &[&str]| {
        let head = ["--what", "clauses", "--format", "jsonl", path];
        out(&[&head[..], more].concat())
    };
    let whole = export(&[]);
    let mut parts: Vec<String> = Vec::new();
    for part in 1..=4 {
        let shard = export(&["--shard", &format!("{part}/4"), "--jobs", "3"]);
        // Which documents a part gets hangs on the name of the folder, which chance gives.
        assert!(
            !shard.is_empty() && shard.len() < whole.len() * 3 / 4,
            "{part}"
        );
        parts.extend(shard.lines().map(str::to_owned));
    }
    parts.sort();
    let mut all: Vec<&str> = whole.lines().collect();
    all.sort_unstable();
    assert_eq!(parts, all);
    // A part stays the same when others come to the library.
    let before = export(&["--shard", "2/4"]);
    write(folder.path(), "another.md", "We use cookies.");
    let after = export(&["--shard", "2/4"]);
    assert!(before.lines().all(|row| after.contains(row)));
    for wrong in ["0/4", "5/4", "4", "x/y"] {
        assert_eq!(
            run(&["--what", "clauses", "--shard", wrong]).status.code(),
            Some(2)
        );
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = library(60);
    let path = folder.path().to_str().unwrap();
    for what in ["clauses", "practices", "versions", "changes"] {
        let export = |jobs: &str| out(&["--what", what, "--jobs", jobs, path]);
        assert_eq!(export("1"), export("5"), "{what}");
    }
}

#[test]
fn dated_versions_are_told_with_what_they_changed() {
    let folder = tempfile::tempdir().unwrap();
    let body = "# Privacy Policy\n\nWe use cookies to remember you and your settings on this site. \
        We keep your personal information for 30 days after you close your account with us.\n\n\
        You may write to us at any time about the information that we hold about you, and we will \
        answer within a month, unless the law forbids it or somebody else would be harmed by it.\n";
    let never = body.replace("We use cookies", "We never use cookies");
    for (day, text) in [
        ("2019-01-01", body),
        ("2020-02-02", never.as_str()),
        ("2021-03-03", body),
    ] {
        write(
            folder.path(),
            &format!("Shop/Privacy Policy/{day}.md"),
            text,
        );
    }
    let path = folder.path().to_str().unwrap();
    let versions = rows(&["--what", "versions", "--format", "jsonl", path]);
    let column = |rows: &[Value], name: &str| -> Vec<Value> {
        rows.iter().map(|row| row[name].clone()).collect()
    };
    assert_eq!(column(&versions, "version"), [0, 1, 2]);
    let documents: BTreeSet<String> = column(&versions, "document")
        .iter()
        .map(Value::to_string)
        .collect();
    assert_eq!(documents.len(), 1);
    assert_eq!(versions[0]["content"], versions[2]["content"]);
    assert_ne!(versions[0]["content"], versions[1]["content"]);
    assert!(
        versions[1]["recorded"]
            .as_str()
            .unwrap()
            .starts_with("2020-02-02")
    );
    let changes = rows(&["--what", "changes", "--format", "jsonl", path]);
    assert_eq!(column(&changes, "class"), ["first", "wording", "wording"]);
    assert_eq!(changes[1]["wording"], 1);
    assert_eq!(changes[2]["returns_to"], 0);
    assert_eq!(column(&changes, "path"), column(&versions, "path"));
    assert_eq!(column(&changes, "document"), column(&versions, "document"));
    // The current version, or all of them.
    let clauses = |more: &[&str]| {
        let head = ["--what", "clauses", "--format", "jsonl", path];
        rows(&[&head[..], more].concat())
    };
    let (current, all) = (clauses(&[]), clauses(&["--all-versions"]));
    assert_eq!(all.len(), 3 * current.len());
    assert!(current.iter().all(|row| all.contains(row)));
}

#[test]
fn csv_is_safe_and_a_line_a_row() {
    let folder = tempfile::tempdir().unwrap();
    let text = "=HYPERLINK(\"x\") is what we write here.\n\nWe use  \nbreaks, and \"quotes\".\n";
    let path = write(folder.path(), "shop.md", text);
    let csv = out(&["--what", "clauses", &path]);
    assert_eq!(csv.matches('\n').count(), csv.matches("\r\n").count());
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let place = reader
        .headers()
        .unwrap()
        .iter()
        .position(|name| name == "text")
        .unwrap();
    let texts: Vec<String> = reader
        .records()
        .map(|row| row.unwrap()[place].to_owned())
        .collect();
    assert!(texts[0].starts_with("'=HYPERLINK"), "{texts:?}");
    assert_eq!(texts[1], "We use breaks, and \"quotes\".");
}

#[cfg(feature = "parquet")]
#[test]
fn a_file_is_put_in_place_whole_and_replaced_only_when_asked() {
    let folder = library(3);
    let policies = folder.path().to_str().unwrap();
    let table = folder.path().join("clauses.parquet");
    let path = table.to_str().unwrap();
    let export = |more: &[&str]| {
        let head = ["--what", "clauses", "--format", "parquet", "--output"];
        run(&[&head[..], more, &[policies]].concat())
    };
    assert_eq!(export(&[path]).status.code(), Some(0));
    let bytes = std::fs::read(&table).unwrap();
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
    // A second time, not unless it is asked for.
    let again = export(&[path]);
    assert_eq!(again.status.code(), Some(2));
    assert!(
        err(&again).contains("--force replaces it"),
        "{}",
        err(&again)
    );
    std::fs::write(&table, "old").unwrap();
    assert_eq!(export(&[path, "--force"]).status.code(), Some(0));
    assert_eq!(std::fs::read(&table).unwrap(), bytes);
    // A policy is never written over, by whatever name.
    let policy = folder.path().join("site1.md");
    let before = std::fs::read(&policy).unwrap();
    let other = folder.path().join("new.md");
    let refused = export(&[other.to_str().unwrap()]);
    assert!(
        err(&refused).contains("would look like a policy"),
        "{}",
        err(&refused)
    );
    let head = folder.path().join("HEAD");
    std::fs::write(&head, "ref: refs/heads/main").unwrap();
    let refused = export(&[head.to_str().unwrap(), "--force"]);
    assert!(
        err(&refused).contains("and nothing else"),
        "{}",
        err(&refused)
    );
    assert_eq!(
        std::fs::read_to_string(&head).unwrap(),
        "ref: refs/heads/main"
    );
    let link = folder.path().join("link.parquet");
    std::os::unix::fs::symlink(&policy, &link).unwrap();
    for target in [&policy, &link] {
        let refused = export(&[target.to_str().unwrap(), "--force"]);
        assert_eq!(refused.status.code(), Some(2));
        assert!(
            err(&refused).contains("never written to"),
            "{}",
            err(&refused)
        );
    }
    assert_eq!(std::fs::read(&policy).unwrap(), before);
    // Nothing else is left behind.
    let names: BTreeSet<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    let expected = [
        "HEAD",
        "clauses.parquet",
        "link.parquet",
        "site0.md",
        "site1.md",
        "site2.md",
    ];
    assert!(names.iter().eq(expected.iter()), "{names:?}");
    let nowhere = export(&["/nonexistent/folder/x.parquet"]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(
        err(&nowhere).contains("cannot be written"),
        "{}",
        err(&nowhere)
    );
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_there() {
    let folder = library(3);
    write(folder.path(), "empty.md", "");
    let policies = folder.path().to_str().unwrap();
    let output = run(&["--what", "versions", "--format", "jsonl", policies]);
    assert_eq!(output.status.code(), Some(0));
    assert!(err(&output).contains("empty.md"), "{}", err(&output));
    assert_eq!(
        output.stdout.iter().filter(|&&byte| byte == b'\n').count(),
        3
    );
    let missing = run(&["--what", "versions", "/nonexistent/library"]);
    assert_eq!(missing.status.code(), Some(2));
}

#[test]
fn versions_that_cannot_be_read_are_rows_in_both_tables() {
    let folder = tempfile::tempdir().unwrap();
    let text = "# Policy\n\nWe share data.\n";
    for (day, text) in [("2019-01-01", text), ("2020-01-01", ""), ("2021-01-01", "")] {
        let name = format!("Shop/Privacy Policy/{day}T00-00-00Z.md");
        write(folder.path(), &name, text);
    }
    let policies = folder.path().to_str().unwrap();
    let table = |what: &str| {
        let output = run(&["--what", what, "--format", "jsonl", policies]);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        let text = String::from_utf8(output.stdout.clone()).unwrap();
        let rows: Vec<Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        (rows, err(&output))
    };
    let (versions, told) = table("versions");
    let (changes, _) = table("changes");
    let key = |row: &Value| {
        (
            row["document"].clone(),
            row["version"].clone(),
            row["words"].clone(),
        )
    };
    let keys = |rows: &[Value]| rows.iter().map(key).collect::<Vec<_>>();
    assert_eq!(versions.len(), 3);
    assert_eq!(keys(&versions), keys(&changes));
    assert!(versions[0]["unread"].is_null());
    assert!(
        versions[1]["unread"].as_str().unwrap().contains("empty"),
        "{}",
        versions[1]
    );
    assert!(
        told.contains("2 versions could not be read; the first:"),
        "{told}"
    );
    assert!(!told.contains("policy-tui check"), "{told}");
}

#[test]
fn an_export_of_nothing_that_could_be_read_is_trouble() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.md", "");
    write(folder.path(), "b.md", "");
    let output = run(&["--what", "clauses", folder.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2), "{}", err(&output));
}

#[test]
fn memory_does_not_grow_with_the_library() {
    let folder = tempfile::tempdir().unwrap();
    // 40 MB of policies, which kept would take five times as much, as one long paragraph each, which is
    // quick to read.
    let text = "cookies ".repeat(125_000);
    for number in 0..40 {
        write(folder.path(), &format!("site{number}.md"), &text);
    }
    let table = folder.path().join("versions.csv");
    let mut child = program(&["--what", "versions", "--jobs", "2", "--output"])
        .args([&table, folder.path()])
        .spawn()
        .unwrap();
    let used = child.wait4().unwrap();
    assert!(used.status.success());
    let peak = used.rusage.maxrss;
    assert!(peak < 110 << 20, "{peak} bytes");
    assert_eq!(std::fs::read_to_string(&table).unwrap().lines().count(), 41);
}
