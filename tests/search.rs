//! `search` and `index` on the command line.

#![allow(clippy::unwrap_used, clippy::panic)]

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;
use serde_json::Value;

fn program() -> Command {
    let mut command = Command::cargo_bin("policy-tui").unwrap();
    command.env("POLICY_TUI_CONFIG", "/nonexistent");
    command
}

fn json(arguments: &[&str]) -> Value {
    let output = program()
        .args(arguments)
        .args(["--format", "json"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn hits_stand_where_they_say() {
    let found = json(&["search", "cookies NOT topic:children", "--limit", "9"]);
    let hits = found["hits"].as_array().unwrap();
    assert!(!hits.is_empty() && hits.len() <= 9);
    for hit in hits {
        let text = hit["text"].as_str().unwrap();
        for mark in hit["hits"].as_array().unwrap() {
            let [start, end] = [&mark[0], &mark[1]].map(|at| at.as_u64().unwrap() as usize);
            assert!(
                text[start..end].to_lowercase().starts_with("cookie"),
                "{text}"
            );
        }
        let policy = hit["policy"].as_str().unwrap();
        let shown = json(&["show", policy]);
        let clause = &shown["clauses"][hit["clause"].as_u64().unwrap() as usize];
        for key in ["text", "start", "end", "kind", "stance"] {
            assert_eq!(clause[key], hit[key], "{policy} {key}");
        }
        let topics: Vec<&Value> = clause["topics"]
            .as_array()
            .unwrap()
            .iter()
            .map(|topic| &topic["topic"])
            .collect();
        assert_eq!(
            topics,
            hit["topics"].as_array().unwrap().iter().collect::<Vec<_>>()
        );
        assert!(!topics.contains(&&Value::from("children")));
    }
}

#[test]
fn the_text_groups_by_site_and_marks_words() {
    program()
        .args(["search", "\"third parties\"", "--per-site", "1"])
        .assert()
        .success()
        .stdout(contains("[third parties]").and(contains("mp3rocket.me #")));
    program()
        .args(["search", "nosuchwordanywhere"])
        .assert()
        .success()
        .stdout("0 hits\n");
}

#[test]
fn a_query_that_cannot_be_understood_is_told_with_its_place() {
    program()
        .args(["search", "sell AND (data"])
        .assert()
        .code(2)
        .stdout("")
        .stderr("policy-tui: this parenthesis is not closed (at character 10)\n");
}

#[test]
fn a_sentence_finds_who_else_says_it() {
    let shown = json(&["show", "mp3rocket.me"]);
    let clauses = shown["clauses"].as_array().unwrap();
    let long = clauses.iter().filter_map(|clause| clause["text"].as_str());
    let sentence = long.max_by_key(|text| text.len()).unwrap();
    let found = json(&["search", "--like", sentence]);
    assert_eq!(found["hits"][0]["policy"], "mp3rocket.me");
    assert_eq!(found["hits"][0]["score"], 1.0);
    // What is too short is said not to have been looked for, since it may well be there.
    program()
        .args(["search", "--like", "Contact us"])
        .assert()
        .success()
        .stderr("policy-tui: “Contact us” was not looked for: clauses of fewer than 4 different words are the same by chance; search for its words without --like\n");
}

#[test]
fn small_libraries_get_no_index_and_the_samples_cannot() {
    let folder = tempfile::tempdir().unwrap();
    let cache = folder.path().join("cache");
    std::fs::write(folder.path().join("a.com.md"), "# A\n\nWe use cookies.\n").unwrap();
    program()
        .args(["search", "cookies", "--cache"])
        .args([&cache, folder.path()])
        .assert()
        .success()
        .stderr("");
    assert!(!cache.exists());
    program()
        .args(["index", "--cache"])
        .arg(&cache)
        .assert()
        .code(2)
        .stderr(contains("nothing here to make an index of"));
}

#[test]
fn an_index_is_made_told_and_cleared() {
    let folder = tempfile::tempdir().unwrap();
    let cache = folder.path().join("cache");
    std::fs::create_dir(folder.path().join("in")).unwrap();
    for number in 0..5 {
        let path = folder.path().join(format!("in/site{number}.com.md"));
        std::fs::write(path, format!("# A\n\nWe use {number} cookies.\n")).unwrap();
    }
    let index = |option: &[&str]| {
        let mut command = program();
        command
            .arg("index")
            .args(option)
            .arg("--cache")
            .arg(&cache)
            .arg(folder.path().join("in"));
        command
    };
    index(&["--status"])
        .assert()
        .success()
        .stdout(contains("there is no index"));
    index(&[])
        .assert()
        .success()
        .stdout(contains("up to date").and(contains("5 documents, 5 versions")));
    index(&["--status"])
        .assert()
        .success()
        .stdout(contains("up to date"));
    std::fs::write(folder.path().join("in/new.com.md"), "# New\n\nNothing.\n").unwrap();
    index(&["--status"])
        .assert()
        .success()
        .stdout(contains("files have changed"));
    index(&["--clear"])
        .assert()
        .success()
        .stdout(contains("there is no index"));
}
