//! How often stances are right, on paragraphs and list items that were labelled by hand before the
//! program was asked. The texts are of policies in `contrib-versions` of Open Terms Archive (Open Terms
//! Archive contributors, ODC-BY 1.0); `docs/topics.md` says how they were drawn.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

use assert_cmd::Command;

/// Text, stance, service, set, whether a careful reader could differ.
const LABELLED: &str = include_str!("data/stance.tsv");

/// The stances that the program gives texts, one a line.
fn stances(texts: &[&str]) -> Vec<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_policy-tui"))
        .arg("classify")
        .write_stdin(texts.join("\n") + "\n")
        .output()
        .unwrap();
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|answer| answer["stance"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn stances_are_right_as_often_as_documented() {
    for (set, rows, floor) in [("read", 320, 0.84), ("blind", 150, 0.845)] {
        let labelled: Vec<Vec<&str>> = LABELLED
            .lines()
            .skip(1)
            .map(|line| line.split('\t').collect())
            .filter(|row: &Vec<&str>| row[3] == set)
            .collect();
        let texts: Vec<&str> = labelled.iter().map(|row| row[0]).collect();
        let said = stances(&texts);
        assert_eq!((labelled.len(), said.len()), (rows, rows));
        let right = labelled
            .iter()
            .zip(&said)
            .filter(|(row, said)| row[1] == **said);
        let share = right.count() as f64 / rows as f64;
        eprintln!("{set}: {share:.3}");
        assert!(share >= floor, "{set}: {share:.3}");
    }
}
