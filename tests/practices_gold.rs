//! How often the answers are right on policies that were read by hand. The hand-made answers lie
//! beside the project; without them this test says so and passes.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

use policy_tui::classify::Classifier;
use policy_tui::library::{Loader, Request};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;

const GOLD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/gold");

/// What is counted over the core questions.
#[derive(Debug, Default)]
struct Score {
    cells: usize,
    right: usize,
    spoken: usize,
    spoken_right: usize,
    false_claims: usize,
}

impl Score {
    fn count(&mut self, wanted: &str, accepted: bool, silent: bool) {
        self.cells += 1;
        self.right += usize::from(accepted);
        if wanted == "not-stated" {
            self.false_claims += usize::from(!accepted && !silent);
        } else {
            self.spoken += 1;
            self.spoken_right += usize::from(accepted);
        }
    }
}

fn id(answer: &Value) -> String {
    answer.as_str().unwrap().to_lowercase().replace(' ', "-")
}

#[test]
fn answers_are_right_as_often_as_promised() {
    let folder = Path::new(GOLD);
    let Ok(gold) = std::fs::read(folder.join("practices_dev.json")) else {
        eprintln!("skipped: no hand-made answers in {GOLD}");
        return;
    };
    let gold: Value = serde_json::from_slice(&gold).unwrap();
    let core: Vec<&str> = gold["questions"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|question| question["core"] == true)
        .map(|question| question["id"].as_str().unwrap())
        .collect();
    let loader = Loader::new(Arc::new(Classifier::builtin()));
    let mut score = Score::default();
    for policy in gold["policies"].as_array().unwrap() {
        let file = folder.join(policy["file"].as_str().unwrap());
        let library = loader.load(&Request::new(vec![file]));
        let answers = library.answers(library.ids().next().unwrap());
        for question in &core {
            let place = library.questions().iter().position(|q| q.id == *question);
            let got = answers.of(place.unwrap()).answer.id();
            let cell = &policy["practices"][question];
            let wanted = id(&cell["answer"]);
            let mut accepted = cell["alternates"].as_array().into_iter().flatten().map(id);
            let right = got == wanted || accepted.any(|answer| answer == got);
            score.count(&wanted, right, got == "not-stated");
        }
    }
    let silent = score.cells - score.spoken;
    assert!(score.right * 100 >= score.cells * 88, "{score:?}");
    assert!(score.spoken_right * 100 >= score.spoken * 80, "{score:?}");
    assert!(score.false_claims * 100 <= silent * 8, "{score:?}");
}
