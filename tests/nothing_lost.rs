//! Nothing is lost: every visible character of a document is in exactly one block, and every
//! visible character of a block in exactly one clause.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

use policy_tui::model::{Document, Origin, Policy};
use policy_tui::parse::Parser;
use policy_tui::source::{Sources, samples};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Tag, TagEnd};
use std::path::{Path, PathBuf};

fn parse(name: &str, text: &str) -> Option<Policy> {
    let origin = Origin::File(PathBuf::from(name));
    let document = Document::new(origin, text.as_bytes().to_vec());
    Parser::new().parse(document).ok()
}

/// Visible characters. Bold marks, and those of links around whole blocks, are left out: the parser
/// mends broken ones.
fn visible(text: &str) -> String {
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '*')
        .map(stand_in)
        .collect();
    let link = r"\[#{0,6}|\]\((?:https?://|mailto:|tel:|javascript:|/|#|\.\.?/|\?)[^()]*(?:\([^()]*\)[^()]*)*\)";
    let link = regex::Regex::new(link).unwrap();
    link.replace_all(&text, "").into_owned()
}

/// What must not reach a terminal is shown as a stand-in.
fn stand_in(c: char) -> char {
    match u32::from(c) {
        code @ 0..=0x1f => char::from_u32(0x2400 + code).unwrap(),
        0x7f => '\u{2421}',
        0x80..=0x9f
        | 0xad
        | 0x61c
        | 0x180e
        | 0x200b..=0x200f
        | 0x2028..=0x202e
        | 0x2060..=0x206f
        | 0xfeff
        | 0xfff9..=0xfffb
        | 0xe0000..=0xe007f => '\u{fffd}',
        _ => c,
    }
}

/// The text that a Markdown renderer shows, straight from the reference parser.
fn rendered(source: &str) -> String {
    let mut shown = String::new();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut html: Option<String> = None;
    for event in pulldown_cmark::Parser::new_ext(source, options) {
        match event {
            Event::Text(text) | Event::Html(text) if html.is_some() => {
                html.as_mut().unwrap().push_str(&text);
            }
            Event::Text(text) | Event::Code(text) => shown.push_str(&text),
            Event::Start(Tag::HtmlBlock) => html = Some(String::new()),
            Event::End(TagEnd::HtmlBlock) => shown.push_str(&without_tags(&html.take().unwrap())),
            _ => {}
        }
    }
    shown
}

fn without_tags(html: &str) -> String {
    let hidden = r"(?is)<!--.*?-->|<script\b.*?</script|<style\b.*?</style";
    let text = regex::Regex::new(hidden).unwrap().replace_all(html, "");
    let text = regex::Regex::new(r"<[A-Za-z/!?][^>]*>")
        .unwrap()
        .replace_all(&text, "");
    html_escape::decode_html_entities(&text).into_owned()
}

/// The source without its provenance line.
fn body(source: &str) -> &str {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    if source.starts_with('>') && source.contains("extracted and transformed from the ") {
        return source.split_once('\n').map_or("", |(_, rest)| rest);
    }
    source
}

fn check(policy: &Policy, shown: &str) -> Result<(), String> {
    let mut at = 0;
    let mut blocks = String::new();
    for block in &policy.blocks {
        let range = block.text.range();
        if range.start < at || range.end > policy.text.len() {
            return Err(format!(
                "block at {range:?} overlaps the one before, which ends at {at}"
            ));
        }
        if !policy.text[at..range.start].trim().is_empty() {
            return Err(format!(
                "“{}” is in no block",
                &policy.text[at..range.start]
            ));
        }
        at = range.end;
        blocks.push_str(&policy.text[range.clone()]);
        let mut inside = range.start;
        for id in block.clause_ids() {
            let clause = policy.clauses[id.index()].text.range();
            if clause.start < inside || !policy.text[inside..clause.start].trim().is_empty() {
                return Err(format!(
                    "clause {clause:?} leaves something out or overlaps"
                ));
            }
            inside = clause.end;
        }
        if !policy.text[inside..range.end].trim().is_empty() {
            return Err(format!(
                "“{}” is in no clause",
                &policy.text[inside..range.end]
            ));
        }
    }
    let (ours, theirs) = (visible(&blocks), visible(shown));
    if ours == theirs {
        return Ok(());
    }
    let same = ours
        .chars()
        .zip(theirs.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let around = |text: &str| {
        text.chars()
            .skip(same.saturating_sub(30))
            .take(80)
            .collect::<String>()
    };
    Err(format!(
        "shown differs:\n ours   {}\n theirs {}",
        around(&ours),
        around(&theirs)
    ))
}

/// Spans lead back into the source: where text and span have the same length they are the same
/// bytes, up to white space.
fn check_spans(policy: &Policy) -> Result<(), String> {
    for run in &policy.runs {
        let (text, source) = (run.text.of(&policy.text), run.span.of(&policy.source));
        let alike = text.split_whitespace().eq(source.split_whitespace());
        let mended = text.contains(['\u{fffd}', '\u{2421}']) || source.contains('*');
        if run.text.len() == run.span.len() && !alike && !mended {
            return Err(format!("“{text}” is said to stand at “{source}”"));
        }
    }
    for clause in &policy.clauses {
        let (text, source) = (clause.text.of(&policy.text), clause.span.of(&policy.source));
        let first = text.chars().next().unwrap_or(' ');
        if first.is_ascii_alphanumeric() && !source.contains(first) {
            return Err(format!("clause “{text}” is said to stand at “{source}”"));
        }
    }
    Ok(())
}

#[test]
fn the_samples() {
    for found in samples() {
        let document = Sources::default().read(&found, u64::MAX).unwrap();
        let source = String::from_utf8(document.bytes.clone()).unwrap();
        let policy = Parser::new().parse(document).unwrap();
        check(&policy, &rendered(body(&source))).unwrap();
        check_spans(&policy).unwrap();
        assert!(!policy.text.contains("**"), "{}", policy.provenance.site);
    }
}

#[test]
fn real_archives() {
    let bundles = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    for name in ["ota-dating.bundle", "ota-contrib.bundle"] {
        let bundle = bundles.join(name);
        if !bundle.exists() {
            eprintln!("SKIPPED: {} is not here", bundle.display());
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        let clone = std::process::Command::new("git")
            .args([
                "-c",
                "advice.detachedHead=false",
                "-c",
                "init.defaultBranch=main",
            ])
            .args(["clone", "-q"])
            .arg(&bundle)
            .arg(folder.path())
            .status();
        if !clone.is_ok_and(|status| status.success()) {
            eprintln!("SKIPPED: git could not clone {}", bundle.display());
            continue;
        }
        let mut files = Vec::new();
        markdown_files(folder.path(), &mut files);
        assert!(files.len() > 10);
        for file in files {
            let Ok(source) = std::fs::read_to_string(&file) else {
                continue;
            };
            let Some(policy) = parse("policy.md", &source) else {
                continue;
            };
            let result =
                check(&policy, &rendered(body(&source))).and_then(|()| check_spans(&policy));
            assert!(
                result.is_ok(),
                "{}: {}",
                file.display(),
                result.unwrap_err()
            );
        }
    }
}

fn markdown_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            markdown_files(&path, files);
        } else if path.extension().is_some_and(|e| e == "md") {
            files.push(path);
        }
    }
}

/// Pieces that documents are made of, tidy and not.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z][a-z ]{0,30}[.!?]",
        Just("We share data, e.g. with Acme Inc. in the U.S. for a fee.".to_owned()),
        "# [A-Z][a-z ]{1,20}",
        "#{2,6} [A-Z][a-z ]{1,20}",
        "\\*\\*[A-Z0-9][a-z) ]{1,20}\\*\\*",
        Just("**7) Officer  \n**\n".to_owned()),
        Just("**Cookies**  \nWe use cookies. They are small.".to_owned()),
        "[0-9]\\. [A-Z][a-z ]{1,20}",
        "(- [a-z ]{1,20}\n){1,4}",
        "(\\* [a-z]{1,9}\n    \\* [a-z]{1,9}\n){1,3}",
        "> [a-z ]{1,30}",
        Just("| a | b |\n|---|---|\n| c |  |\n| d *e* | `f` |".to_owned()),
        Just("<p>We sell <b>no</b> data.</p>".to_owned()),
        Just("<http://example.com/?a=b> [link](http://x.org \"title\") ![alt](y.png)".to_owned()),
        Just("    code  here\n    and here".to_owned()),
        Just("```\n  fenced\n```".to_owned()),
        Just("A\u{202e}B\u{200b}C\u{1b}[31mD\u{7}".to_owned()),
        Just("“Quoted. Twice.” (In brackets. Twice.) 漢字です。はい。".to_owned()),
        Just("&amp; &lt;b&gt; &copy; \\* ~~gone~~ a<br>b".to_owned()),
        "[ -~]{0,40}",
        "\\PC{0,20}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_documents(
        pieces in prop::collection::vec((piece(), prop_oneof![Just("\n"), Just("\n\n"), Just("\r\n\r\n")]), 1..12),
    ) {
        let source: String = pieces.into_iter().flat_map(|(piece, end)| [piece, end.to_owned()]).collect();
        // Front matter is not text; a generated rule at the top could be taken for it.
        prop_assume!(!source.starts_with("---"));
        if let Some(policy) = parse("generated.md", &source) {
            let result = check(&policy, &rendered(&source)).and_then(|()| check_spans(&policy));
            prop_assert!(result.is_ok(), "{}", result.unwrap_err());
        }
    }

    #[test]
    fn generated_plain_text(lines in prop::collection::vec("[ -~]{0,60}|• [a-z ]{1,20}|\\PC{0,20}", 1..12)) {
        let source = lines.join("\n");
        if let Some(policy) = parse("generated.txt", &source)
            && !source.contains("# ")
        {
            // Bullets and rules are drawn, not text.
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            let bullets = |line: &str| {
                let rest = line.trim_start().strip_prefix('o');
                rest.is_some_and(|rest| rest.starts_with(char::is_whitespace))
            };
            prop_assume!(!source.lines().any(bullets) && !source.starts_with("---"));
            let blocks: String = policy.blocks.iter().map(|block| block.text.of(&policy.text)).collect();
            prop_assert_eq!(letters(&blocks), letters(&source));
        }
    }
}
