//! `annotate`: what a stream of documents comes to, whatever stands in it.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)]

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use wait4::Wait4;

/// What a run came to.
struct Run {
    lines: Vec<Value>,
    message: String,
    code: Option<i32>,
    /// Peak memory; bytes.
    peak: u64,
}

fn start(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_policy-tui"))
        .arg("annotate")
        .args(arguments)
        .env("POLICY_TUI_CONFIG", "/nonexistent")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Annotates what `feed` writes.
fn run(arguments: &[&str], feed: impl FnOnce(&mut dyn Write) + Send) -> Run {
    let mut child = start(arguments);
    let mut input = child.stdin.take().unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let mut errors = child.stderr.take().unwrap();
    let lines = std::thread::scope(|scope| {
        scope.spawn(move || feed(&mut input));
        let parse = |line: Result<String, _>| serde_json::from_str(&line.unwrap()).unwrap();
        output.lines().map(parse).collect()
    });
    let mut message = String::new();
    errors.read_to_string(&mut message).unwrap();
    let used = child.wait4().unwrap();
    Run {
        lines,
        message,
        code: used.status.code(),
        peak: used.rusage.maxrss,
    }
}

fn run_lines(arguments: &[&str], lines: &[&[u8]]) -> Run {
    run(arguments, |input| {
        for line in lines {
            input.write_all(line).unwrap();
            input.write_all(b"\n").unwrap();
        }
    })
}

const POLICY: &str = "# Privacy\n\nLast updated: May 25, 2018\n\n## Cookies\n\nWe use cookies to remember you. \
    We do not sell your personal information to anyone.\n\n## Contact\n\nWrite to us about this privacy \
    policy at any time, and we will answer your questions about the personal information that we hold \
    about you.\n\nWe share your personal information with third parties for the following purposes:\n\n";

fn document(id: &Value) -> Vec<u8> {
    let value = json!({"id": id, "site": "shop.example", "date": "2019-02-03", "text": POLICY, "other": [1]});
    value.to_string().into_bytes()
}

fn keys(value: &Value) -> Vec<&str> {
    let object = value.as_object().unwrap();
    object.keys().map(String::as_str).collect()
}

#[test]
fn a_document_tells_what_is_known_of_it() {
    let run = run_lines(&[], &[&document(&json!("a/1"))]);
    assert_eq!((run.code, run.message.as_str()), (Some(0), ""));
    let [line] = run.lines.as_slice() else {
        panic!()
    };
    let mut expected = vec!["id", "site", "date", "title", "revised", "language"];
    expected.extend(["counts", "topics", "practices", "issues"]);
    expected.sort_unstable();
    assert_eq!(keys(line), expected);
    assert_eq!(line["id"], "a/1");
    assert_eq!(line["site"], "shop.example");
    assert_eq!(line["date"], "2019-02-03");
    assert_eq!(line["title"], "Privacy");
    assert_eq!(line["revised"], "2018-05-25");
    assert_eq!(line["language"], "english");
    assert_eq!(line["counts"]["sections"], 2);
    let cookies = |row: &&Value| row["topic"] == "cookies";
    assert!(
        line["topics"]
            .as_array()
            .unwrap()
            .iter()
            .any(|row| cookies(&row))
    );
    let practices = line["practices"].as_array().unwrap();
    let sold = practices
        .iter()
        .find(|row| row["practice"] == "personal-data-sold")
        .unwrap();
    assert_eq!(sold["answer"], "no");
    let evidence = &sold["evidence"][0];
    let range =
        evidence["start"].as_u64().unwrap() as usize..evidence["end"].as_u64().unwrap() as usize;
    assert_eq!(
        &POLICY[range],
        "We do not sell your personal information to anyone."
    );
    assert!(practices.iter().all(|row| row["answer"] != "not-stated"));
    let issues = line["issues"].as_array().unwrap();
    assert!(
        issues
            .iter()
            .any(|issue| issue["issue"] == "dangling-reference"),
        "{issues:?}"
    );
}

#[test]
fn fields_and_clauses_are_chosen() {
    let counts = run_lines(&["--fields", "counts,language"], &[&document(&json!(7))]);
    assert_eq!(
        keys(&counts.lines[0]),
        ["counts", "date", "id", "language", "site"]
    );
    assert_eq!(counts.lines[0]["id"], 7);
    let clauses = run_lines(
        &["--fields", "counts", "--clauses"],
        &[&document(&json!(7))],
    );
    let clause = clauses.lines[0]["clauses"]
        .as_array()
        .unwrap()
        .iter()
        .find(|clause| clause["text"] == "We use cookies to remember you.")
        .unwrap();
    assert_eq!(clause["topics"][0]["topic"], "cookies");
    assert_eq!(clause["stance"], "asserts");
    let unknown = run_lines(&["--fields", "colour"], &[]);
    assert_eq!(unknown.code, Some(2));
    assert!(
        unknown.message.contains("title, revised, language"),
        "{}",
        unknown.message
    );
}

#[test]
fn a_bad_line_is_an_error_object_and_not_the_end() {
    let good = document(&json!("good"));
    let lines: [&[u8]; 13] = [
        b"\xef\xbb\xbf{\"id\":\"bom\",\"text\":\"We use cookies.\"}",
        b"no json",
        b"",
        b"[1,2]",
        b"{\"text\":\"We use cookies.\"}",
        b"{\"id\":\"x\"}",
        b"{\"id\":\"x\",\"text\":5}",
        b"{\"id\":\"x\",\"text\":\"\\ud800\"}",
        b"{\"id\":\"x\",\"text\":\"caf\xe9\"}",
        b"{\"id\":\"x\",\"text\":\"\"}",
        b"{\"id\":\"x\",\"text\":\"We sell it.\",\"date\":\"yesterday\"}",
        b"{\"id\":\"x\",\"text\":\"\\u0000\\u0001\\u0002\"}",
        &good,
    ];
    let run = run_lines(&[], &lines);
    assert_eq!(run.code, Some(0));
    let told = |line: &Value| (line["line"].as_u64(), line["id"].clone());
    let refused: Vec<_> = run.lines[1..run.lines.len() - 1].iter().map(told).collect();
    let unnamed = |number| (Some(number), Value::Null);
    let named = |number| (Some(number), json!("x"));
    assert_eq!(refused[..3], [unnamed(2), unnamed(4), unnamed(5)]);
    assert!(refused[3..].iter().cloned().eq((6..=12).map(named)));
    for line in &run.lines[1..run.lines.len() - 1] {
        assert_eq!(keys(line), ["error", "id", "line"]);
        let error = line["error"].as_str().unwrap();
        assert!(!error.is_empty() && !error.contains("the file"), "{error}");
    }
    assert_eq!(run.lines[0]["id"], "bom");
    assert_eq!(run.lines.last().unwrap()["id"], "good");
    assert!(
        run.message
            .contains("10 lines are no documents; the first is line 2"),
        "{}",
        run.message
    );
    assert_eq!(run_lines(&["--exit-code"], &lines).code, Some(1));
    assert_eq!(run_lines(&["--exit-code"], &[&good]).code, Some(0));
}

#[test]
fn an_id_comes_back_as_it_was_written() {
    for id in ["12345678901234567890123", "-0.10", "1E3", "\"é\""] {
        let mut child = start(&["--fields", "counts"]);
        let mut input = child.stdin.take().unwrap();
        writeln!(input, "{{\"text\":\"We sell it.\",\"id\": {id} }}").unwrap();
        drop(input);
        let output = child.wait_with_output().unwrap();
        let line = String::from_utf8(output.stdout).unwrap();
        let expected = format!("{{\"id\":{id},\"site\":");
        assert!(line.starts_with(&expected), "{line}");
    }
}

#[test]
fn a_refusal_names_the_fault_and_the_document_where_it_can() {
    let told = |line: &str| {
        let run = run_lines(&[], &[line.as_bytes()]);
        let line = &run.lines[0];
        (
            line["id"].clone(),
            line["error"].as_str().unwrap().to_owned(),
        )
    };
    let refused = |line: &str, id: Value, why: &str| assert_eq!(told(line), (id, why.to_owned()));
    let no_object = "it is no JSON object";
    refused(r#"[1,"hello",null,"acme",null]"#, Value::Null, no_object);
    refused("hello", Value::Null, no_object);
    let neither = "its `id` is neither text nor a number";
    for id in ["true", "[1]", "{\"a\":1}"] {
        let line = format!("{{\"id\":{id},\"text\":\"We sell it.\"}}");
        refused(&line, Value::Null, neither);
    }
    refused(r#"{"id":null,"text":"x"}"#, Value::Null, "it has no `id`");
    refused(r#"{"text":5,"id":7}"#, json!(7), "its `text` is not text");
    refused(
        r#"{"id":7,"text":"x","site":[]}"#,
        json!(7),
        "its `site` is not text",
    );
    let cut = "it cannot be read as JSON from byte 18 on: EOF while parsing a string";
    refused(r#"{"id":7,"text":"We"#, json!(7), cut);
    let cut = "it cannot be read as JSON from byte 7 on: EOF while parsing an object";
    refused(r#"{"id":7"#, Value::Null, cut);
    let twice = told(r#"{"id":7,"id":8,"text":"x"}"#);
    assert!(twice.1.ends_with("`id` stands twice"), "{}", twice.1);
}

#[test]
fn html_is_read_where_there_is_no_text() {
    let line =
        json!({"id": 1, "html": "<h1>Privacy</h1><p>We use <b>cookies</b>.</p>"}).to_string();
    let run = run_lines(&["--clauses"], &[line.as_bytes()]);
    let clauses = run.lines[0]["clauses"].as_array().unwrap();
    assert!(
        clauses
            .iter()
            .any(|clause| clause["text"] == "We use cookies."),
        "{clauses:?}"
    );
    let both =
        json!({"id": 1, "html": "<p>We sell it.</p>", "text": "We use cookies."}).to_string();
    let run = run_lines(&["--clauses"], &[both.as_bytes()]);
    assert_eq!(run.lines[0]["clauses"][0]["text"], "We use cookies.");
    assert_eq!(run.lines[0]["site"], Value::Null);
}

#[test]
fn the_order_is_kept_and_the_number_of_threads_changes_nothing() {
    let feed = |input: &mut dyn Write| {
        for number in 0..200u32 {
            // Long and short ones take turns.
            let text = POLICY.repeat(1 + (number as usize * 7) % 30);
            writeln!(input, "{}", json!({"id": number, "text": text})).unwrap();
        }
    };
    let one = run(&["--jobs", "1"], feed);
    let ids = |run: &Run| {
        run.lines
            .iter()
            .map(|line| line["id"].as_u64().unwrap())
            .collect::<Vec<_>>()
    };
    assert!(ids(&one).into_iter().eq(0..200));
    let many = run(&["--jobs", "7"], feed);
    assert_eq!(one.lines, many.lines);
}

#[test]
fn an_answer_comes_before_the_next_line_is_there() {
    let mut child = start(&["--fields", "counts"]);
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for number in 0..3 {
        input.write_all(&document(&json!(number))).unwrap();
        input.write_all(b"\n").unwrap();
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap()["id"], number);
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_that_leaves_ends_it_quietly() {
    let mut child = start(&[]);
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    input.write_all(&document(&json!(1))).unwrap();
    input.write_all(b"\n").unwrap();
    let mut line = String::new();
    output.read_line(&mut line).unwrap();
    drop(output);
    // It ends although the input goes on.
    let more = document(&json!(2));
    while input
        .write_all(&more)
        .and_then(|()| input.write_all(b"\n"))
        .is_ok()
    {}
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut message = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut message)
        .unwrap();
    assert_eq!(message, "");
}

/// Far above what a run takes, far below what one takes that keeps what it reads.
const BOUND: u64 = 150 << 20;

#[test]
fn memory_does_not_grow_with_the_input() {
    // What is passed over is long, so that 240 MB go through in little time.
    let line = json!({"id": 1, "text": POLICY, "other": "x".repeat(80_000)}).to_string();
    let run = run(&["--fields", "counts", "--jobs", "2"], |input| {
        for _ in 0..3000 {
            writeln!(input, "{line}").unwrap();
        }
    });
    assert_eq!(run.lines.len(), 3000);
    assert!(run.peak < BOUND, "{} bytes", run.peak);
}

#[test]
fn a_line_without_end_is_passed_over_in_little_memory() {
    let run = run(&["--fields", "counts"], |input| {
        let stretch = [b'a'; 1 << 20];
        for _ in 0..300 {
            input.write_all(&stretch).unwrap();
        }
        writeln!(input).unwrap();
        input.write_all(&document(&json!("next"))).unwrap();
    });
    assert_eq!(run.lines[0]["line"], 1);
    assert!(
        run.lines[0]["error"]
            .as_str()
            .unwrap()
            .contains("over the limit")
    );
    assert_eq!(run.lines[1]["id"], "next");
    assert!(run.peak < BOUND, "{} bytes", run.peak);
}

#[test]
fn long_documents_go_one_by_one_in_bounded_memory() {
    const LIMIT: usize = 6 << 20;
    let text = POLICY.repeat(LIMIT / POLICY.len());
    let line = json!({"id": "long", "text": text}).to_string();
    let run = run(&["--fields", "counts", "--max-size", "6M"], |input| {
        for _ in 0..3 {
            writeln!(input, "{line}").unwrap();
        }
        let longer = json!({"id": "longer", "text": "a".repeat(LIMIT + 1)}).to_string();
        writeln!(input, "{longer}").unwrap();
    });
    assert_eq!(run.lines.len(), 4);
    assert!(run.lines[0]["counts"]["clauses"].as_u64().unwrap() > 10_000);
    assert_eq!(run.lines[0], run.lines[2]);
    assert_eq!(run.lines[3]["id"], "longer");
    assert!(
        run.lines[3]["error"]
            .as_str()
            .unwrap()
            .contains("over the limit")
    );
    assert!(run.peak < BOUND, "{} bytes", run.peak);
}

#[test]
fn a_document_that_is_one_paragraph_is_asked_in_bounded_memory() {
    let text = "We share data with third parties number 1. We may collect. ".repeat(50_000);
    let line = json!({"id": 1, "text": text}).to_string();
    let run = run_lines(&["--fields", "practices,issues"], &[line.as_bytes()]);
    let practices = run.lines[0]["practices"].as_array().unwrap();
    assert!(!practices.is_empty());
    assert!(run.peak < BOUND, "{} bytes", run.peak);
}
