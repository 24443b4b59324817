//! The command line is a contract: exit codes, messages, every format, closed pipes.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

use serde_json::Value;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_policy-tui"));
    command
        .env("POLICY_TUI_CONFIG", "/nonexistent")
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

/// What `classify` says to these lines.
fn classify(input: Vec<u8>) -> Output {
    let mut child = program()
        .arg("classify")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || pipe.write_all(&input));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    output
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

/// The text of a side of a row, put together from its words.
fn rebuilt(row: &Value, side: &str) -> String {
    let op = if side == "left" { "delete" } else { "insert" };
    let own = |word: &&Value| word["op"] == "equal" || word["op"] == op;
    let words = row["words"].as_array().unwrap().iter().filter(own);
    let text = |word: &Value| match (&word["right"], side) {
        (Value::String(right), "right") => right.clone(),
        _ => word["text"].as_str().unwrap().to_owned(),
    };
    words.map(text).collect()
}

#[test]
fn words_run_together_are_the_texts_of_both_sides() {
    let folder = tempfile::tempdir().unwrap();
    let old = "# Privacy\n\nWe may “share” your  Data\nwith *our* partners, always. See below: we keep it.\n\n\
        Clauses of a list end here. They go on there, for 12 months.\n\nNothing else is said.\n";
    let new = "# Privacy\n\nWe will not \"share\" your data with partners, ever. See below: We keep it!\n\n\
        Nothing else is said.\n\nThey go on there for all of 24 months.\n";
    let left = write(folder.path(), "old.md", old.as_bytes());
    let right = write(folder.path(), "new.md", new.as_bytes());
    let mut seen = 0;
    for by in ["text", "topic"] {
        for pair in [[&left, &right], [&right, &left]] {
            let result = json(&["compare", pair[0], pair[1], "--by", by, "--format", "json"]);
            let rows = result["rows"].as_array().unwrap();
            for row in rows
                .iter()
                .filter(|row| row["words"] != Value::Array(vec![]))
            {
                for side in ["left", "right"] {
                    let partner = row["partner"].as_u64().map(|at| &rows[at as usize]);
                    let cell = match (&row[side], partner) {
                        (Value::Null, Some(partner)) => &partner[side],
                        (cell, _) => cell,
                    };
                    assert_eq!(rebuilt(row, side), cell["text"].as_str().unwrap());
                    seen += 1;
                }
            }
        }
    }
    assert!(seen >= 8, "{seen}");
}

#[test]
fn a_changed_figure_in_a_table_is_the_word_that_changed() {
    let folder = tempfile::tempdir().unwrap();
    let text = "# Privacy\n\nWhat we keep:\n\n| Data | Purpose | Kept for |\n|---|---|---|\n\
        | Name | Delivery | 2 years |\n| E-mail | News | until you leave |\n";
    let left = write(folder.path(), "left.md", text.as_bytes());
    let longer = text.replace("2 years", "10 years");
    let right = write(folder.path(), "right.md", longer.as_bytes());
    let result = json(&["compare", &left, &right, "--format", "json"]);
    let rows = result["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["class"] == "numbers").unwrap();
    assert_eq!(row["left"]["text"], "Name\tDelivery\t2 years");
    assert_eq!(rebuilt(row, "left"), "Name\tDelivery\t2 years");
    assert_eq!(rebuilt(row, "right"), "Name\tDelivery\t10 years");
    let words = row["words"].as_array().unwrap().iter();
    let words: Vec<(&str, &str)> = words
        .map(|word| (word["op"].as_str().unwrap(), word["text"].as_str().unwrap()))
        .collect();
    assert_eq!(
        words,
        [
            ("equal", "Name\tDelivery\t"),
            ("delete", "2 "),
            ("insert", "10 "),
            ("equal", "years")
        ]
    );
}

#[test]
fn struck_out_words_are_no_form_and_changed_links_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let text = "# Privacy\n\nWe may ~~not~~ share your data with [our partners](https://a.example/).\n\nYou can always write to us.\n";
    let left = write(folder.path(), "left.md", text.as_bytes());
    let unstruck = write(
        folder.path(),
        "unstruck.md",
        text.replace("~~", "").as_bytes(),
    );
    let relinked = text.replace("a.example", "b.example");
    let relinked = write(folder.path(), "relinked.md", relinked.as_bytes());
    let result = json(&["compare", &left, &unstruck, "--format", "json"]);
    assert_eq!(result["summary"]["wording"], 1);
    let result = json(&["compare", &left, &relinked, "--format", "json"]);
    assert_eq!(result["summary"]["formatting"], 1);
    let changed = &result["rows"][1]["form"][0];
    assert_eq!(changed["left"], "https://a.example/");
    assert_eq!(changed["right"], "https://b.example/");
    let text = out(&run(&["compare", &left, &relinked]));
    assert!(
        text.contains("2 equal clauses and 1 changed link"),
        "{text}"
    );
    let text = out(&run(&["compare", &left, &relinked, "--all"]));
    assert!(
        text.contains("link https://a.example/ → https://b.example/"),
        "{text}"
    );
}

#[test]
fn by_topic_what_is_struck_out_is_not_said() {
    let folder = tempfile::tempdir().unwrap();
    let text = "# Privacy\n\nWe do ~~not~~ sell your personal data to third parties.\n\nWe keep your data ~~for ten years~~ for two years.\n";
    let left = write(folder.path(), "left.md", text.as_bytes());
    let unstruck = text.replace(" ~~for ten years~~", "").replace("~~", "");
    let right = write(folder.path(), "right.md", unstruck.as_bytes());
    let told = out(&run(&["compare", &left, &right, "--by", "topic"]));
    let rows: Vec<&str> = told
        .lines()
        .filter(|line| line.starts_with("  L"))
        .collect();
    assert_eq!(
        rows,
        [
            "  L ≠ We do ~~not~~ sell your personal data to third parties.",
            "  L ~ We keep your data ~~for ten years~~ for two years.",
        ],
        "{told}"
    );
}

#[test]
fn by_topic_what_is_the_same_on_the_whole_is_told_apart() {
    let links = |left: &str, right: &str| {
        let told = out(&run(&["compare", left, right, "--by", "topic", "--all"]));
        let mut heads = told.lines().filter(|line| line.starts_with("= Links"));
        let words = heads.next().unwrap_or_default().split_whitespace();
        words.collect::<Vec<_>>().join(" ")
    };
    // Both disclaim the sites they link to, and one adds to whom its statement applies.
    assert_eq!(
        links("mp3rocket.me", "soundspectrum.com"),
        "= Links same on the whole"
    );
    assert_eq!(links("mp3rocket.me", "mp3rocket.me"), "= Links same");
}

#[test]
fn a_link_that_leads_elsewhere_is_told_where_words_changed_too() {
    let folder = tempfile::tempdir().unwrap();
    let text = "# Privacy\n\nSee [our partners](https://a.example/) who get your data, and \
        [write](mailto:a@a.example) to us.\n";
    let left = write(folder.path(), "left.md", text.as_bytes());
    let form = |other: &str| {
        let right = write(folder.path(), "right.md", other.as_bytes());
        let pair = ["compare", &left, &right, "--by", "text"];
        let shown = out(&run(&pair));
        let result = json(&[&pair[..], &["--format", "json"]].concat());
        let rows = result["rows"].as_array().unwrap().iter();
        let changed = rows.filter(|row| row["kind"] == "changed");
        let form: Vec<Value> = changed.map(|row| row["form"].clone()).collect();
        (form, shown)
    };
    let link = |left: &str, right: Value| serde_json::json!({"what": "link", "left": left, "right": right});
    let sold = text
        .replace("a.example/", "broker.example/")
        .replace("get", "buy");
    let (told, shown) = form(&sold);
    let elsewhere = link("https://a.example/", "https://broker.example/".into());
    assert_eq!(told, [Value::Array(vec![elsewhere])]);
    assert!(
        shown.contains("(link https://a.example/ → https://broker.example/)"),
        "{shown}"
    );
    // The words stay, their link does not.
    let unlinked = text
        .replace("[our partners](https://a.example/)", "our partners")
        .replace("get", "buy");
    let (told, _) = form(&unlinked);
    assert_eq!(
        told,
        [Value::Array(vec![link("https://a.example/", Value::Null)])]
    );
    // What goes with its words is told by them.
    let (told, _) = form(&text.replace(", and [write](mailto:a@a.example) to us", ""));
    assert_eq!(told, [Value::Array(vec![])]);
}

#[test]
fn clauses_on_no_topic_are_compared_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let text = "# Privacy\n\nThis privacy policy explains how we handle personal information.\n\nWe never feed the zebra.\n\nLorem ipsum dolor sit amet.\n";
    let left = write(folder.path(), "left.md", text.as_bytes());
    let right = write(
        folder.path(),
        "right.md",
        text.replace("never", "may").as_bytes(),
    );
    let arguments = ["compare", &left, &right, "--by", "topic", "--exit-code"];
    let output = run(&arguments);
    assert_eq!(output.status.code(), Some(1));
    let text = out(&output);
    assert!(text.contains("\n· On no topic\n"), "{text}");
    assert!(
        text.contains("… 1 pair the same, 1 pair similar; --all shows them …"),
        "{text}"
    );
    let all = out(&run(&["compare", &left, &right, "--by", "topic", "--all"]));
    assert!(all.contains("We never feed the zebra."), "{all}");
    let result = json(&[
        "compare", &left, &right, "--by", "topic", "--format", "json",
    ]);
    let rows = result["rows"].as_array().unwrap();
    let said: Vec<_> = rows
        .iter()
        .filter_map(|row| row["left"]["text"].as_str())
        .collect();
    assert!(said.contains(&"We never feed the zebra."), "{said:?}");
    assert!(said.contains(&"Lorem ipsum dolor sit amet."), "{said:?}");
}

#[test]
fn pairs_on_no_topic_are_something_to_compare() {
    let folder = tempfile::tempdir().unwrap();
    let text = "# Horses\n\nThe blue horse gallops over the green field at dawn.\n\nLorem ipsum dolor sit amet.\n";
    let left = write(folder.path(), "left.md", text.as_bytes());
    let right = text.replace("blue", "red");
    let right = write(folder.path(), "right.md", right.as_bytes());
    let shown = out(&run(&["compare", &left, &right, "--by", "topic"]));
    assert!(
        shown.contains("by topic: no clause is on a topic\n"),
        "{shown}"
    );
    assert!(
        shown.contains("… 1 pair the same, 1 pair similar; --all shows them …"),
        "{shown}"
    );
    assert!(!shown.contains("not paired"), "{shown}");
}

#[test]
fn counts_are_those_of_the_topic_that_is_shown() {
    let line = |by: &str, topic: &str| {
        let pair = ["compare", "mp3rocket.me", "rocketv.org"];
        let shown = out(&run(&[&pair[..], &["--by", by, "--topic", topic]].concat()));
        let told = shown.lines().find(|line| line.starts_with("by "));
        (told.unwrap_or_default().to_owned(), shown.clone())
    };
    let (counts, shown) = line("practice", "children");
    assert_eq!(
        counts, "by practice, topic children: 1 only one side",
        "{shown}"
    );
    let (counts, shown) = line("topic", "children");
    assert_eq!(
        counts, "by topic, topic children: 1 only one side",
        "{shown}"
    );
    let (counts, shown) = line("text", "links");
    let removed = shown.lines().filter(|it| it.starts_with("− ")).count();
    assert_eq!(
        counts,
        format!("by text, topic links: {removed} removed"),
        "{shown}"
    );
}

#[test]
fn a_pipe_that_a_shell_hands_over_is_read_and_standard_input_is_one_side() {
    let script = format!(
        "'{}' compare <(printf '# P\\n\\nWe sell data.') <(printf '# P\\n\\nWe sell no data.') --by text",
        env!("CARGO_BIN_EXE_policy-tui")
    );
    let bash = Command::new("bash").args(["-c", &script]).output();
    let Ok(output) = bash else {
        eprintln!("skipped: there is no bash here");
        return;
    };
    assert!(
        out(&output).contains("We sell {+no+} data."),
        "{}{}",
        out(&output),
        err(&output)
    );
    let output = run(&["compare", "-", "-"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("one side only"), "{}", err(&output));
}

#[test]
fn classify_streams_and_survives_bad_bytes() {
    let output = classify(b"We use cookies on this site.\n\nWe never sell \xff your data".into());
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
    write(here, "page.mhtml", b"<p>We use cookies.</p>");
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
    let plain = format!(
        "# Policy\n\n{}",
        "We use cookies to keep you signed in. ".repeat(20)
    );
    let plain = write(here, "plain/good.md", plain.as_bytes());
    assert_eq!(run(&["check", &plain]).status.code(), Some(0));
    let samples = run(&["check"]);
    assert_eq!(
        samples.status.code(),
        Some(1),
        "the samples contradict themselves"
    );
    assert_eq!(out(&samples).matches(": contradiction: ").count(), 3);
    assert_eq!(out(&samples).matches(": dangling-reference: ").count(), 1);
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
    write(here, "config.toml", b"colour = true\ntheme = \"pink\"\n");
    let config = here.to_str().unwrap();
    let output = run(&["check", "--config", config]);
    assert_eq!(output.status.code(), Some(1));
    for file in [
        "keys.toml:",
        "dark.toml:1:",
        "cookies.toml:",
        "config.toml:1:",
        "config.toml:2: configuration: there is no theme \"pink\"",
    ] {
        assert!(
            out(&output).contains(file),
            "{file} is missing from\n{}",
            out(&output)
        );
    }
    assert!(!out(&output).contains("pink.toml"), "{}", out(&output));
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
    let endless = "We use cookies. ".repeat(200_000) + "\nWe sell your data.\n";
    let output = classify(endless.into());
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
fn only_names_that_are_near_are_offered() {
    let output = run(&["show", "zzz"]);
    assert_eq!(err(&output), "policy-tui: no policy is called “zzz”\n");
    let unlike = err(&run(&["practices", "--question", "foo"]));
    assert!(!unlike.contains("nearest"), "{unlike}");
    let part = err(&run(&["practices", "--question", "sold"]));
    assert!(
        part.contains("the nearest is `personal-data-sold`"),
        "{part}"
    );
}

#[test]
fn what_was_named_and_is_missing_is_told() {
    let nothing = run(&["list", "/nonexistent"]);
    assert_eq!(
        (nothing.status.code(), out(&nothing)),
        (Some(2), String::new())
    );
    let output = run(&["--config", "/nonexistent", "list"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        err(&output),
        "policy-tui: /nonexistent: there is no such folder of settings, so the defaults hold\n"
    );
}

#[test]
fn a_variable_of_the_environment_is_no_option_that_was_given() {
    let mut command = program();
    command.env("POLICY_TUI_CACHE", "/nonexistent");
    let output = command.args(["compare", "one"]).output().unwrap();
    let usage = err(&output);
    assert!(
        usage.contains("Usage: policy-tui compare <LEFT> <RIGHT> [PATH]..."),
        "{usage}"
    );
}

#[test]
fn completions_offer_commands_topics_and_questions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let text = out(&run(&["completions", shell]));
        assert!(text.contains("classify"), "{shell}");
    }
    let bash = out(&run(&["completions", "bash"]));
    for offered in [
        "do-not-track",
        "personal-data-sold",
        "language counts topics",
    ] {
        assert!(bash.contains(offered), "{offered}");
    }
    let wrong = run(&["annotate", "--fields", "title, nothing"]);
    assert!(
        err(&wrong).contains("the fields are title"),
        "{}",
        err(&wrong)
    );
}

#[test]
fn a_topic_is_named_by_its_letter_or_in_any_case() {
    let shown = |topic| out(&run(&["show", "mp3rocket.me", "--topic", topic]));
    assert!(shown("cookies").contains("ookie"));
    assert_eq!(shown("k"), shown("cookies"));
    assert_eq!(shown("Cookies"), shown("cookies"));
}

#[test]
fn every_command_has_a_page_that_tells_all_its_options() {
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("man1");
    let output = run(&["man", "--into", into.to_str().unwrap()]);
    assert_eq!(
        (output.status.code(), out(&output)),
        (Some(0), String::new())
    );
    let main = std::fs::read_to_string(into.join("policy-tui.1")).unwrap();
    assert_eq!(main, out(&run(&["man"])));
    for command in ["compare", "export", "man", "search"] {
        let file = into.join(format!("policy-tui-{command}.1"));
        let page = std::fs::read_to_string(file).unwrap();
        assert_eq!(page, out(&run(&["man", command])));
        let plain = page.replace('\\', "");
        let help = out(&run(&[command, "--help"]));
        let starts = |line: &&str| line.trim_start().starts_with("--");
        for line in help.lines().filter(starts) {
            let option = line.split_whitespace().next().unwrap();
            assert!(plain.contains(option), "{command}: {option}");
        }
        for heading in ["SYNOPSIS", "EXIT STATUS", "ENVIRONMENT", "FILES"] {
            let sections = plain.lines().filter(|line| line.starts_with(".SH"));
            let mut found = sections.filter(|line| line.contains(heading));
            assert!(found.next().is_some(), "{command}: {heading}");
        }
        assert!(
            main.replace('\\', "")
                .contains(&format!("policy-tui-{command}(1)"))
        );
    }
    let unknown = run(&["man", "nothing"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(
        err(&unknown).contains("there are list, show, compare"),
        "{}",
        err(&unknown)
    );
}

#[test]
fn practices_answer_with_the_sentence_and_its_place() {
    let rows = json(&["practices", "--format", "json"]);
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), 5 * 66);
    assert_eq!(
        keys(&rows[0]),
        [
            "answer",
            "archived",
            "broken_capture",
            "contradicted",
            "doubt",
            "evidence",
            "general",
            "policy",
            "practice",
            "question",
            "topic"
        ]
    );
    let row = |policy: &str, practice: &str| {
        let is = |row: &&Value| row["policy"] == policy && row["practice"] == practice;
        rows.iter().find(is).unwrap()
    };
    let sold = row("mp3rocket.me", "personal-data-sold");
    assert_eq!(sold["answer"], "no");
    let proof = &sold["evidence"][0];
    assert!(proof["text"].as_str().unwrap().contains("does not sell"));
    assert_eq!(
        keys(proof),
        [
            "answer", "clause", "end", "lead_in", "start", "text", "words"
        ]
    );
    let source = include_str!("../assets/policies/mp3rocket.me.md");
    let at = |key: &str| usize::try_from(proof[key].as_u64().unwrap()).unwrap();
    assert!(source[at("start")..at("end")].contains("does not sell"));
    let silent = row("mp3rocket.me", "breach-notice");
    assert_eq!(silent["answer"], "not-stated");
    assert_eq!(silent["evidence"].as_array().unwrap().len(), 0);
}

#[test]
fn practices_can_be_narrowed_and_an_unknown_one_is_told() {
    let output = run(&[
        "practices",
        "--question",
        "uses-cookies",
        "--answer",
        "yes",
        "--format",
        "csv",
    ]);
    let text = out(&output);
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(text.starts_with("practice,topic,question,"), "{text}");
    assert!(
        text.lines()
            .nth(1)
            .unwrap()
            .starts_with("uses-cookies,cookies,")
    );
    let output = run(&["practices", "--question", "use-cookies"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("`uses-cookies`"), "{}", err(&output));
    let topic = json(&["practices", "--topic", "links", "--format", "json"]);
    assert_eq!(topic.as_array().unwrap().len(), 5);
}

#[test]
fn practices_in_words_group_by_topic_and_quote() {
    let output = run(&["practices", "--topic", "cookies"]);
    let text = out(&output);
    assert!(text.contains("\nmp3rocket.me\n\n  Cookies\n"), "{text}");
    assert!(
        text.contains("    Yes — Does the site use cookies?"),
        "{text}"
    );
    assert!(text.contains("        “"), "{text}");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn the_matrix_is_safe_in_a_spreadsheet() {
    let folder = tempfile::tempdir().unwrap();
    let text = b"# P\n\nWe use cookies, \"always\".\n";
    write(folder.path(), "=1+1.md", text);
    write(folder.path(), "a,\"b.md", text);
    let folder = folder.path().to_str().unwrap();
    let text = out(&run(&[
        "practices",
        folder,
        "--question",
        "uses-cookies",
        "--format",
        "csv",
    ]));
    assert!(text.ends_with("\r\n"));
    let head = text.lines().next().unwrap();
    assert!(head.contains("'=1+1"), "{head}");
    assert!(head.contains("\"a,\"\"b\""), "{head}");
}

#[test]
fn own_practice_files_are_merged_and_mistakes_told() {
    let config = tempfile::tempdir().unwrap();
    let own = "[[question]]\nid = \"own\"\ntopic = \"use\"\nquestion = \"Own?\"\nyes = [\"cookies\"]\n\n[[question]]\nid = \"bad\"\ntopic = \"nonsense\"\nquestion = \"Bad?\"\nyes = [\"x\"]\n";
    write(config.path(), "practices/own.toml", own.as_bytes());
    let config = config.path().to_str().unwrap();
    let output = run(&[
        "practices",
        "--config",
        config,
        "--question",
        "own",
        "--format",
        "json",
    ]);
    assert_eq!(output.status.code(), Some(0));
    assert!(err(&output).contains("own.toml:9: "), "{}", err(&output));
    assert!(err(&output).contains("nonsense"), "{}", err(&output));
    let rows: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(rows.as_array().unwrap().len(), 5);
    assert!(
        rows.as_array()
            .unwrap()
            .iter()
            .any(|row| row["answer"] == "yes")
    );
}

const SELLS_NOT: &str = "# Privacy Policy\n\nWe do not sell your personal information to third parties.\n\n\
     We use cookies on our website.\n";
const SELLS: &str = "# Privacy Policy\n\nWe may sell your personal information to third parties.\n\n\
     Our website uses cookies.\n";

#[test]
fn answers_are_compared_with_their_sentences() {
    let folder = tempfile::tempdir().unwrap();
    let left = write(folder.path(), "left.md", SELLS_NOT.as_bytes());
    let right = write(folder.path(), "right.md", SELLS.as_bytes());
    let by_practice = |more: &[&str]| {
        let mut arguments = vec!["compare", &left, &right, "--by", "practice"];
        arguments.extend(more);
        run(&arguments)
    };
    let shown = out(&by_practice(&[]));
    assert!(shown.contains("by practice: 1 opposed · "), "{shown}");
    let at = |text: &str| {
        let found = shown.find(text);
        found.unwrap_or_else(|| panic!("{text} is not in\n{shown}"))
    };
    assert!(at("≠ Is personal data sold or rented?") < at("= Does the site use cookies?"));
    at("  L No\n      “We do not sell your personal information to third parties.”");
    at("  R Yes\n      “We may sell your personal information to third parties.”");
    at("· Neither answers ");
    assert!(
        !shown.contains("Is personal data collected from children?"),
        "{shown}"
    );
    let all = out(&by_practice(&["--all"]));
    assert!(
        all.contains("· Is personal data collected from children?"),
        "{all}"
    );
    let cookies = out(&by_practice(&["--topic", "cookies"]));
    assert!(cookies.contains("use cookies?"), "{cookies}");
    assert!(
        !cookies.contains("Is personal data sold or rented?"),
        "{cookies}"
    );

    let code = |more: &[&str]| by_practice(more).status.code();
    assert_eq!(code(&["--exit-code"]), Some(1));
    assert_eq!(code(&["--exit-code", "--topic", "cookies"]), Some(0));
    assert_eq!(code(&[]), Some(0));
    let same = run(&["compare", &left, &left, "--by", "practice", "--exit-code"]);
    assert_eq!(same.status.code(), Some(0));
}

#[test]
fn answers_are_compared_in_json() {
    let folder = tempfile::tempdir().unwrap();
    let left = write(folder.path(), "left.md", SELLS_NOT.as_bytes());
    let right = write(folder.path(), "right.md", SELLS.as_bytes());
    let by = |by: &str| json(&["compare", &left, &right, "--by", by, "--format", "json"]);
    let found = by("practice");
    assert_eq!(found["by"], "practice");
    assert_eq!(found["rows"], Value::Array(Vec::new()));
    assert_eq!(found["topics"], Value::Array(Vec::new()));
    let practices = found["practices"].as_array().unwrap();
    let asked = json(&["practices", &left, "--format", "json"]);
    assert_eq!(practices.len(), asked.as_array().unwrap().len());
    let first = &practices[0];
    assert_eq!(
        keys(first),
        ["left", "practice", "question", "right", "topic", "verdict"]
    );
    assert_eq!(first["practice"], "personal-data-sold");
    assert_eq!(first["topic"], "sharing");
    assert_eq!(first["verdict"], "opposed");
    assert_eq!(first["left"]["answer"], "no");
    assert_eq!(first["left"]["contradicted"], false);
    assert_eq!(first["left"]["general"], Value::Null);
    assert_eq!(first["right"]["answer"], "yes");
    let proof = &first["right"]["evidence"][0];
    let place = |key: &str| usize::try_from(proof[key].as_u64().unwrap()).unwrap();
    assert_eq!(
        &SELLS[place("start")..place("end")],
        "We may sell your personal information to third parties."
    );
    let last = practices.last().unwrap();
    assert_eq!(last["verdict"], "neither");
    assert_eq!(last["left"]["answer"], "not-stated");
    assert_eq!(last["left"]["evidence"], Value::Array(Vec::new()));
    for other in ["text", "topic"] {
        assert_eq!(by(other)["practices"], Value::Array(Vec::new()));
    }
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

#[test]
fn a_moved_section_is_told_by_where_it_went_not_by_its_own_name() {
    let folder = tempfile::tempdir().unwrap();
    let head = "# Privacy Policy\n\nWe explain how we handle your personal data here.\n\n";
    let security = "## Security\n\nWe use encryption to protect your data in transit.\n\n";
    let rest = "## Sharing\n\nWe share your data with partners.\n\n## Your rights\n\nYou may ask \
                us to delete your personal data at any time.\n\n";
    let old = write(
        folder.path(),
        "old.md",
        [head, security, rest].concat().as_bytes(),
    );
    let new = write(
        folder.path(),
        "new.md",
        [head, rest, security].concat().as_bytes(),
    );
    let told = out(&run(&["compare", &old, &new]));
    assert!(
        told.contains("(moved to after “Your rights”) Security"),
        "{told}"
    );
    assert!(
        told.contains("(moved within “Security”) We use encryption"),
        "{told}"
    );
}

#[test]
fn what_check_quotes_is_quoted_whole() {
    let told = out(&run(&["check"]));
    assert!(
        told.contains("so we can administer the contest and notify winners.”"),
        "{told}"
    );
    assert!(!told.contains('…'), "{told}");
}

#[test]
fn the_silence_of_a_text_that_is_not_understood_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let french = "# Politique de confidentialité\n\n".to_owned()
        + &"Nous ne vendons pas les données que vous nous donnez, et nous les gardons dans les \
            serveurs de notre société pour la durée de votre compte.\n\n"
            .repeat(6);
    let path = write(folder.path(), "fr.md", french.as_bytes());
    let told = out(&run(&["practices", &path]));
    assert!(told.contains("! the text seems to be French"), "{told}");
    assert_eq!(
        json(&["practices", &path, "--format", "json"])[0]["doubt"],
        "language"
    );
    let sheet = out(&run(&["practices", &path, "--format", "csv"]));
    assert!(sheet.contains("Not stated (in doubt: language)"), "{sheet}");
    let understood = json(&["practices", "--format", "json"]);
    assert_eq!(understood[0]["doubt"], Value::Null);
}

#[test]
fn nothing_found_is_told_on_standard_error() {
    let folder = tempfile::tempdir().unwrap();
    let empty = run(&["list", folder.path().to_str().unwrap()]);
    assert_eq!(empty.status.code(), Some(2));
    assert_eq!(out(&empty), "");
    assert!(err(&empty).contains("holds no policy"));
    let search = run(&["search", "zzzqqq"]);
    assert_eq!(search.status.code(), Some(0));
    assert_eq!(out(&search), "0 hits\n");
    assert!(err(&search).contains("no clause holds “zzzqqq”\n"));
    let site = err(&run(&["search", "site:rokcetv sell"]));
    let why = "no clause holds “site:rokcetv sell”: no policy has “rokcetv” in its site, host or name; \
               the nearest are rocketv.org\n";
    assert!(site.ends_with(why), "{site}");
    let kind = err(&run(&["search", "type:nosuch sell"]));
    assert!(
        kind.contains("no policy has “nosuch” in its type of terms"),
        "{kind}"
    );
    // What older versions say is looked for only when they are asked for.
    for (day, text) in [
        ("2014-01-01", "We use cookies."),
        ("2020-01-01", "We use none."),
    ] {
        let name = format!("Acme/Privacy Policy/{day}T00-00-00Z.md");
        write(
            folder.path(),
            &name,
            format!("# Privacy\n\n{text}\n").as_bytes(),
        );
    }
    let path = folder.path().to_str().unwrap();
    let old = run(&["search", "before:2015 cookies", path]);
    let told =
        "no clause of a current policy holds “before:2015 cookies”; --versions looks through older";
    assert!(err(&old).contains(told), "{}", err(&old));
    let found = out(&run(&["search", "before:2015 cookies", path, "--versions"]));
    assert!(found.contains("1 hit"), "{found}");
    assert_eq!(err(&run(&["search", "cookies"])), "");
}

#[test]
fn a_command_says_of_itself_what_the_list_of_commands_says() {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let help = out(&run(&["--help"]));
    let (_, list) = help.split_once("Commands:").unwrap();
    let (list, _) = list.split_once("\n\n").unwrap();
    let names = list.lines().filter_map(|line| {
        let name = line.strip_prefix("  ")?.split(' ').next()?;
        (!name.is_empty() && name != "help").then_some(name)
    });
    let names: Vec<&str> = names.collect();
    assert!(names.len() > 10, "{names:?}");
    for name in names {
        let own = out(&run(&[name, "--help"]));
        let (about, _) = own.split_once("\n\n").unwrap();
        assert!(
            words(list).contains(&format!("{name} {}", words(about))),
            "{name}: {about}"
        );
    }
}

#[test]
fn a_manual_page_names_the_arguments_of_its_command() {
    for (command, arguments) in [
        ("compare", &["LEFT", "RIGHT", "PATH"][..]),
        ("search", &["QUERY", "PATH"]),
    ] {
        let page = out(&run(&["man", command])).replace('\\', "");
        let from = page.find("SYNOPSIS").unwrap();
        let to = page.find("DESCRIPTION").unwrap();
        for argument in arguments {
            assert!(page[from..to].contains(argument), "{command}: {argument}");
        }
    }
}
