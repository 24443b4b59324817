//! The data proves itself: every embedded file is sound and every case comes out as it says. What
//! users may get wrong is told with its line.

use super::Practices;
use super::compile::{EMBEDDED, compile};
use super::prepared;
use crate::model::{Answer, Issue, IssueKind};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

#[test]
fn the_embedded_files_are_sound() {
    let files: Vec<(PathBuf, String)> = EMBEDDED
        .iter()
        .map(|(name, content)| (PathBuf::from(name), (*content).to_owned()))
        .collect();
    let mut issues = Vec::new();
    let practices = Practices::read(&[], &files, &mut issues);
    let told: Vec<String> = issues
        .iter()
        .map(|issue| {
            format!(
                "{}:{:?}: {}",
                issue.path.display(),
                issue.line,
                issue.message
            )
        })
        .collect();
    assert_eq!(told, [""; 0]);
    assert_eq!(practices.questions().len(), 66);
    for question in practices.questions() {
        assert!(question.text.ends_with('?'), "{}", question.text);
    }
}

#[test]
fn the_program_compiles_as_the_build_script_did() {
    let contents: Vec<&str> = EMBEDDED.iter().map(|(_, content)| *content).collect();
    let (words, compiled) = compile(&contents, &[], &mut |_| {});
    let made = format!("{words:?} {:?}", compiled.layout());
    let prepared = format!("{:?} {:?}", prepared::words(), prepared::LAYOUT);
    assert!(
        made == prepared,
        "no rule may depend on where it was compiled"
    );
}

#[test]
fn every_case_of_the_embedded_files_comes_out_as_it_says() {
    let practices = Practices::builtin();
    let mut failing = Vec::new();
    for (name, content) in EMBEDDED {
        for (at, message) in practices.failing_cases(content) {
            let line = content[..at].lines().count() + 1;
            failing.push(format!("assets/practices/{name}.toml:{line}: {message}"));
        }
    }
    assert!(failing.is_empty(), "{}", failing.join("\n"));
}

/// Sides that policies do not take: no text says that it names no one to write to.
const NEVER_SAID: [(&str, &[&str]); 17] = [
    ("data-types-listed", &["no"]),
    ("storage-location", &["no"]),
    ("purposes-stated", &["no"]),
    ("third-parties-named", &["no"]),
    ("export-data", &["no"]),
    ("complaint-route", &["no", "conditional"]),
    ("security-measures", &["no"]),
    ("encrypted-at-rest", &["no"]),
    ("security-not-guaranteed", &["conditional"]),
    ("breach-notice", &["no"]),
    ("policy-may-change", &["no"]),
    ("last-updated-shown", &["no"]),
    ("earlier-versions-offered", &["no"]),
    ("privacy-contact", &["no"]),
    ("responsible-person-named", &["no"]),
    ("legal-basis-stated", &["no"]),
    ("external-links-disclaimed", &["conditional"]),
];

#[test]
fn every_side_of_every_question_has_two_cases() {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (_, content) in EMBEDDED {
        let table: toml::Table = content.parse().unwrap();
        for question in table
            .get("question")
            .and_then(|q| q.as_array())
            .into_iter()
            .flatten()
        {
            let id = question["id"].as_str().unwrap();
            for side in ["yes", "no", "conditional"] {
                counts.entry((id.to_owned(), side.to_owned())).or_default();
            }
            for case in question["case"].as_array().unwrap() {
                let side = case["answer"].as_str().unwrap().to_owned();
                *counts.entry((id.to_owned(), side)).or_default() += 1;
            }
        }
    }
    let excused = |id: &str, side: &str| {
        NEVER_SAID
            .iter()
            .any(|(known, sides)| *known == id && sides.contains(&side))
    };
    let few: Vec<_> = counts
        .iter()
        .filter(|((id, side), count)| side != "not-stated" && **count < 2 && !excused(id, side))
        .collect();
    assert!(few.is_empty(), "{few:?}");
}

fn with_files(files: &[(&str, &str)]) -> (Practices, Vec<Issue>) {
    let dir = tempfile::tempdir().unwrap();
    for (name, content) in files {
        fs::write(dir.path().join(name), content).unwrap();
    }
    let (practices, issues) = Practices::with_user(dir.path());
    assert!(
        practices.questions().len() >= 66,
        "the built-in questions stay"
    );
    assert!(
        issues
            .iter()
            .all(|issue| issue.kind == IssueKind::Configuration)
    );
    (practices, issues)
}

fn answer(practices: &Practices, id: &str, text: &str) -> Answer {
    let place = practices.questions().iter().position(|q| q.id == id);
    practices.answer_text(text).of(place.unwrap()).answer
}

#[test]
fn a_user_adds_a_question_words_and_phrasings() {
    let (practices, issues) = with_files(&[(
        "own.toml",
        r#"
[words]
drone = ["drone*", "quadcopter*"]
[actions]
fly = ["fly", "flies", "flown"]
[[question]]
id = "flies-drones"
topic = "collection"
question = "Does it fly drones over your house?"
says = ["[fly] ~ [drone]"]
[[question.case]]
text = "We fly drones."
answer = "yes"
[[question.case]]
text = "We never fly quadcopters."
answer = "no"
[[question]]
id = "uses-cookies"
yes = ["biscuits ~ browser"]
"#,
    )]);
    assert_eq!(issues, []);
    assert_eq!(practices.questions().len(), 67);
    assert_eq!(
        answer(&practices, "flies-drones", "We may fly a drone."),
        Answer::Yes
    );
    assert_eq!(
        answer(&practices, "flies-drones", "We sell drones."),
        Answer::NotStated
    );
    let biscuits = "Biscuits stay in your browser.";
    assert_eq!(answer(&practices, "uses-cookies", biscuits), Answer::Yes);
    assert_eq!(
        answer(&Practices::builtin(), "uses-cookies", biscuits),
        Answer::NotStated
    );
}

#[test]
fn each_mistake_is_told_with_its_line() {
    let content = r#"[[question]]
id = "a"
topic = "cookeis"
question = "?"
[[question]]
id = "uses-cookies"
topic = "cookies"
question = "Again?"
[[question]]
id = "b"
topic = "cookies"
question = "B?"
yes = ["~ word", "[cokie] here", "a* b"]
says = ["we sell"]
no = ["not (without: not)"]
nope = []
[[question]]
id = "c"
topic = "use"
question = "C?"
yes = ["jam"]
wider = "nothing"
[[question.case]]
text = "Marmalade."
answer = "yes"
[words]
empty = []
loop = ["[loop]"]
share = ["x"]
odd = ["~ ~"]
"#;
    let (_, issues) = with_files(&[("mine.toml", content)]);
    let told: Vec<(u32, &str)> = issues
        .iter()
        .map(|issue| (issue.line.unwrap(), issue.message.as_str()))
        .collect();
    let says = |line: u32, part: &str| {
        assert!(
            told.iter()
                .any(|(at, message)| *at == line && message.contains(part)),
            "line {line}, {part:?} in {told:#?}"
        );
    };
    says(3, "no topic `cookeis`");
    says(6, "already");
    says(13, "must stand between two words");
    says(13, "the nearest is `cookie`");
    says(13, "stem");
    says(14, "needs an action");
    says(15, "excludes what it looks for");
    says(16, "means nothing here");
    says(22, "`wider`");
    says(23, "comes out as Not stated");
    says(27, "no words");
    says(28, "holds itself");
    says(29, "both as action and as words");
    says(30, "can never match");
}

#[test]
fn a_pattern_that_excludes_what_it_looks_for_is_told() {
    for (pattern, in_vain) in [
        ("we share (without: share)", true),
        ("we ~ !shared|sharing ~ data (without: shar*)", true),
        ("we share it (without: share it)", true),
        ("we share (with: data) (without: data)", true),
        ("we share (without: your data) (with: your data)", true),
        ("we share (with: your data) (without: your mail)", false),
        ("we share|give (without: share)", false),
        ("we share it (without: share ~ it)", false),
        ("we share* (without: shared)", false),
    ] {
        let content = format!(
            "[[question]]\nid = \"z\"\ntopic = \"use\"\nquestion = \"Z?\"\nyes = [\"{pattern}\"]\n"
        );
        let (_, issues) = with_files(&[("mine.toml", &content)]);
        let told = |message: &str| message.contains("excludes what it looks for");
        assert_eq!(
            issues.iter().any(|issue| told(&issue.message)),
            in_vain,
            "{pattern}: {issues:?}"
        );
    }
}

#[test]
fn broken_toml_is_told_and_the_other_files_are_read() {
    let (practices, issues) = with_files(&[
        ("a.toml", "[[question]\n"),
        (
            "b.toml",
            "[[question]]\nid = \"z\"\ntopic = \"use\"\nquestion = \"Z?\"\nyes = [\"zebra*\"]\n",
        ),
        ("notes.txt", "="),
    ]);
    assert_eq!(issues.len(), 1);
    assert_eq!(issues[0].line, Some(1));
    assert_eq!(answer(&practices, "z", "Zebras."), Answer::Yes);
}
