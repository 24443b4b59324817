//! Texts that are not in English are recognised, in whatever language and script, and said to be so.

#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use policy_tui::compare::language;
use policy_tui::model::{BlockKind, Document, Origin, Policy};
use policy_tui::parse::Parser;
use serde_json::{Value, json};

/// A language a line, and three sentences of a policy in it.
const SENTENCES: &str = include_str!("data/languages.txt");

fn sentences() -> impl Iterator<Item = (&'static str, &'static str)> {
    SENTENCES.lines().map(|line| line.split_once('\t').unwrap())
}

fn in_language(name: &str) -> &'static str {
    sentences()
        .find(|(language, _)| *language == name)
        .unwrap()
        .1
}

fn policy(text: &str) -> Policy {
    let document = Document::new(Origin::File("p.md".into()), text.as_bytes().to_vec());
    Parser::new().parse(document).unwrap()
}

fn run(arguments: &[&str], input: &str) -> String {
    let mut command = Command::cargo_bin("policy-tui").unwrap();
    command.env("POLICY_TUI_CONFIG", "/nonexistent");
    let output = command.args(arguments).write_stdin(input).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn annotated(text: &str) -> Value {
    let document = json!({"id": "p", "text": text}).to_string();
    let fields = ["annotate", "--fields", "language,counts,issues"];
    serde_json::from_str(&run(&fields, &document)).unwrap()
}

/// What is said of a text as a whole.
fn notices(annotated: &Value) -> Vec<&str> {
    let issues = annotated["issues"].as_array().unwrap().iter();
    let whole = issues
        .filter(|issue| ["language", "not-a-policy"].contains(&issue["issue"].as_str().unwrap()));
    whole
        .map(|issue| issue["message"].as_str().unwrap())
        .collect()
}

#[test]
fn every_language_is_told_by_a_few_sentences() {
    assert!(sentences().count() > 70);
    for (name, text) in sentences() {
        let found = annotated(&format!("{text}\n\n{text}\n\n{text}"));
        assert_eq!(found["language"], name, "{found}");
        let told = notices(&found);
        if name == "english" {
            assert!(told.is_empty(), "{told:?}");
            continue;
        }
        let seems = format!(
            "the text seems to be {}{}: topics are found in English only",
            name[..1].to_uppercase(),
            &name[1..]
        );
        assert!(told.len() == 1 && told[0].starts_with(&seems), "{told:?}");
    }
}

#[test]
fn most_of_a_mixed_text_decides() {
    let english = in_language("english").repeat(3);
    let picker = "- Deutsch\n- Français\n- 日本語\n- 한국어\n- العربية\n- Русский\n- ไทย\n\n";
    assert_eq!(
        language(&policy(&format!("{picker}{english}"))),
        Some("english")
    );
    let names = "Banco de la Nación, Compañía de los Andes, Casa de las Flores, El País, Le Monde \
        de la Musique, Société Générale, Crédit Agricole, Deutsche Bank und die Post.\n\n";
    assert_eq!(
        language(&policy(&format!("{names}{english}"))),
        Some("english")
    );
    for (name, foreign) in [
        (
            "japanese",
            "当社は Google Analytics や Facebook Pixel などのツールを利用して、",
        ),
        (
            "russian",
            "Мы используем Google Analytics и Facebook Pixel для того, чтобы понять, ",
        ),
        (
            "hindi",
            "हम यह जानने के लिए Google Analytics और Facebook Pixel का उपयोग करते हैं, ",
        ),
    ] {
        let text = format!("{}{}", foreign.repeat(3), in_language(name));
        assert_eq!(language(&policy(&text)), Some(name), "{text}");
    }
    assert_eq!(
        language(&policy("Cookies\n\nEmail: a@shop.example\n\nTel. 555 0100")),
        None
    );
}

#[test]
fn a_language_that_is_not_known_is_still_not_english() {
    let uyghur = "سىز ھېسابات ئاچقاندا بىز ئىسمىڭىز ۋە ئېلخەت ئادرېسىڭىزنى توپلايمىز. شەخسىي \
        ئۇچۇرلىرىڭىزنى ئۈچىنچى تەرەپكە ساتمايمىز، قانۇن تەلەپ قىلغاندىلا بېرىمىز.\n\n";
    let found = annotated(&uyghur.repeat(5));
    assert_eq!(found["language"], Value::Null);
    let told = notices(&found);
    assert!(
        told[0].starts_with("the text is not in Latin letters: topics"),
        "{told:?}"
    );
}

#[test]
fn scripts_without_spaces_are_not_taken_for_broken_captures() {
    for name in ["japanese", "chinese", "thai", "khmer"] {
        let text = in_language(name);
        let found = annotated(&format!("{text}{text}"));
        assert!(found["counts"]["words"].as_u64().unwrap() >= 60, "{found}");
        assert_eq!(found["language"], name);
    }
    let found = annotated("页面不存在。请稍后再试。");
    assert!(notices(&found)[0].starts_with("only 5 words"), "{found}");
}

#[test]
fn sides_in_two_languages_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str| {
        let path = folder.path().join(format!("{name}.md"));
        let text = format!("# Policy\n\n{}\n", [in_language(name); 3].join("\n\n"));
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (english, russian, japanese) = (write("english"), write("russian"), write("japanese"));
    for (left, right, told) in [
        (
            &english,
            &russian,
            "The left text seems to be in English, the right one in Russian",
        ),
        (
            &japanese,
            &russian,
            "The left text seems to be in Japanese, the right one in Russian",
        ),
    ] {
        let compared = run(&["compare", left, right], "");
        assert!(compared.contains(told), "{compared}");
    }
    let answers = run(&["compare", &english, &japanese, "--by", "practice"], "");
    let told = "The right text seems to be in Japanese: questions are answered from English only";
    assert!(answers.contains(told), "{answers}");
}

#[test]
fn sentences_without_capitals_are_no_headings() {
    let headings = |text: &str| {
        let policy = policy(text);
        let blocks = policy.blocks.iter();
        let headings = blocks.filter(|block| block.kind == BlockKind::Heading);
        headings.count()
    };
    for name in [
        "japanese", "chinese", "korean", "thai", "arabic", "hindi", "hebrew", "burmese",
    ] {
        let text = in_language(name);
        let paragraphs = format!("# Privacy\n\n{text}\n\n{text}\n\n{text}\n");
        assert_eq!(headings(&paragraphs), 0, "{name}");
        let headed = format!("# Privacy\n\n## クッキー\n\n{text}\n\n## ข้อมูล\n\n{text}\n");
        assert_eq!(headings(&headed), 2, "{name}");
    }
    let bold = "# 方針\n\n**個人情報の収集**\n\n当社は個人情報を収集します。当社は個人情報を販売しません。\n\n\
        **当社は個人情報を販売しません。**\n\n当社は個人情報を共有しません。\n";
    assert_eq!(headings(bold), 1);
    let capitals = "# Policy\n\nWHAT WE COLLECT\n\nWe collect your name and your address.\n\n\
        ЧТО МЫ СОБИРАЕМ\n\nМы собираем ваше имя и ваш адрес.\n";
    assert_eq!(headings(capitals), 2);
}
