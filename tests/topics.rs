//! How often topics are right, on paragraphs and list items of services that no threshold was set on,
//! labelled by hand before the program was asked. The texts are of policies in `contrib-versions` and
//! `dating-versions` of Open Terms Archive (Open Terms Archive contributors, ODC-BY 1.0);
//! `docs/topics.md` says how they were drawn.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

use assert_cmd::Command;
use serde_json::Value;

/// Text, topics joined by `|` with the main one first, stance, service, set, whether a careful reader
/// could differ.
const LABELLED: &str = include_str!("data/topics.tsv");

/// What the program says of texts: topics, the best first, and stance.
fn answers(texts: &[&str]) -> Vec<(Vec<String>, String)> {
    let output = Command::new(env!("CARGO_BIN_EXE_policy-tui"))
        .arg("classify")
        .write_stdin(texts.join("\n") + "\n")
        .output()
        .unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let lines = String::from_utf8(output.stdout).unwrap();
    let answers = lines.lines().map(|line| {
        let answer: Value = serde_json::from_str(line).unwrap();
        let topics = answer["topics"].as_array().unwrap().iter();
        let topics = topics.map(|topic| text(&topic["topic"])).collect();
        (topics, text(&answer["stance"]))
    });
    answers.collect()
}

#[test]
fn topics_are_right_as_often_as_documented() {
    for (set, rows, floor) in [
        ("read", 110, [0.80, 0.89, 0.85]),
        ("kept", 50, [0.855, 0.93, 0.89]),
    ] {
        let labelled: Vec<Vec<&str>> = LABELLED
            .lines()
            .skip(1)
            .map(|line| line.split('\t').collect())
            .filter(|row: &Vec<&str>| row[4] == set)
            .collect();
        let texts: Vec<&str> = labelled.iter().map(|row| row[0]).collect();
        let said = answers(&texts);
        assert_eq!((labelled.len(), said.len()), (rows, rows));
        let (mut both, mut either, mut main, mut stances) = (0, 0, 0, 0);
        for (row, (topics, stance)) in labelled.iter().zip(&said) {
            let gold: Vec<&str> = row[1].split('|').collect();
            let right = |topic: &&String| gold.contains(&topic.as_str());
            both += topics.iter().filter(right).count();
            either += topics.len() + gold.len();
            main += usize::from(topics.first().is_some_and(|topic| right(&topic)));
            stances += usize::from(row[2] == stance);
        }
        let share = |part: usize, all: usize| part as f64 / all as f64;
        let figures = [
            share(2 * both, either),
            share(main, rows),
            share(stances, rows),
        ];
        eprintln!("{set}: micro-F1, main topic, stance: {figures:.3?}");
        let held = figures.iter().zip(floor).all(|(is, floor)| *is >= floor);
        assert!(held, "{set}: {figures:.3?}");
    }
}
