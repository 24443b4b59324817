//! Saved pages, read by the program itself: what is kept, what is left out, where it came from, and
//! that a page compares as equal to the same text as Markdown.

#![allow(clippy::unwrap_used, clippy::panic)]

use assert_cmd::Command;
use policy_tui::model::{Document, Origin, Policy};
use policy_tui::parse::Parser;
use policy_tui::source::{Sources, samples};
use serde_json::Value;
use std::path::{Path, PathBuf};

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/html")
        .join(name)
}

fn policy(name: &str) -> Policy {
    let document = Document::new(
        Origin::File(PathBuf::from(name)),
        std::fs::read(data(name)).unwrap(),
    );
    Parser::new().parse(document).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    let output = Command::cargo_bin("policy-tui")
        .unwrap()
        .args(arguments)
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

/// The page, the first words and the last words of its text, its headings, and words of its menus.
type Expected = (
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const PAGES: &[Expected] = &[
    (
        "wordpress.html",
        "Privacy Policy",
        "Questions are deleted after 90\u{a0}days.",
        &[
            "Who we are",
            "What we collect",
            "Cookies",
            "Who we share your data with",
            "How long we keep it",
        ],
        &[
            "Trails",
            "Alps",
            "Share this",
            "Recent Posts",
            "WordPress",
            "best experience",
            "Skip",
        ],
    ),
    (
        "shop.html",
        "Privacy policy",
        "If you live in Europe you may ask for a copy of your data.",
        &[
            "Information we collect",
            "Your rights",
            "People in California",
            "People in Europe",
        ],
        &[
            "Rope",
            "Kitchen",
            "Japan",
            "Quick links",
            "Subscribe",
            "partners",
            "Free shipping",
            "2024",
        ],
    ),
    (
        "tables1999.htm",
        "Privacy at PixelPost",
        "No advertisers",
        &["What we ask for", "Whom we tell"],
        &["Home", "Downloads", "Site map"],
    ),
    (
        "wayback.html",
        "Privacy Policy",
        "or write to the station.",
        &[],
        &["captures", "Shows", "ARCHIVE"],
    ),
    (
        "divs.html",
        "Orbit Privacy Policy",
        "employees who need it.",
        &["Why Orbit collects data", "Keeping your information secure"],
        &["Overview", "Sign in", "Help"],
    ),
    (
        "singlefile.html",
        "Privacy notice",
        "We answer within 30 days.",
        &[
            "1. Terms we use",
            "Personal data",
            "Processor",
            "2. Your questions",
        ],
        &["Loans", "Careers", "Registered"],
    ),
];

#[test]
fn the_text_of_a_page_is_kept_and_its_furniture_is_not() {
    for (name, first, last, headings, menus) in PAGES {
        let policy = policy(name);
        assert!(policy.text.starts_with(first), "{name}: {}", policy.text);
        assert!(
            policy.text.ends_with(&last.replace('\u{a0}', " ")),
            "{name}: {}",
            policy.text
        );
        let found: Vec<&str> = policy
            .sections
            .iter()
            .map(|s| s.heading.of(&policy.text))
            .collect();
        assert_eq!(&found, headings, "{name}");
        for word in *menus {
            assert!(!policy.text.contains(word), "{name} still has “{word}”");
        }
    }
}

#[test]
fn every_clause_of_a_page_points_at_its_words_in_the_file() {
    for (name, ..) in PAGES {
        let policy = policy(name);
        for run in &policy.runs {
            let written = policy.source.get(run.span.range()).unwrap();
            let plain = html_escape::decode_html_entities(written);
            let fold = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(
                fold(&plain),
                fold(run.text.of(&policy.text)),
                "{name}: {written:?}"
            );
        }
    }
}

#[test]
fn pages_say_where_they_came_from() {
    let of = |name: &str| policy(name).provenance;
    assert_eq!(of("wordpress.html").site, "lanternmaps.example");
    assert_eq!(of("tables1999.htm").site, "tables1999");
    assert_eq!(of("tables1999.htm").encoding, "windows-1252");
    let wayback = of("wayback.html");
    assert_eq!(wayback.site, "fernwoodradio.example");
    assert_eq!(
        wayback.archived.unwrap().to_string(),
        "2015-12-29T13:13:57Z"
    );
    let url = "http://www.fernwoodradio.example/privacy.html";
    assert_eq!(wayback.original_url.as_deref(), Some(url));
    assert_eq!(
        of("divs.html").host.as_deref(),
        Some("policies.orbit.example")
    );
    assert_eq!(
        of("singlefile.html").archived.unwrap().to_string(),
        "2024-03-05T09:11:12Z"
    );
}

/// A page with a menu, a banner and a footer around a text.
fn around(text: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><title>Privacy</title></head><body>\
         <div class=top><ul><li><a href=/a>Zzhome</a></li><li><a href=/b>Zzshop</a></li></ul></div>\
         <div class=wrap><div class=inner>{text}</div></div>\
         <div class='cookie-banner'><p>Zzcookies are used here.</p><button>Zzaccept</button></div>\
         <div class=bottom><a href=/t>Zzterms</a> <a href=/c>Zzcontact</a> <a href=/d>Zzjobs</a></div>\
         </body></html>"
    )
}

#[test]
fn a_page_compares_as_equal_to_its_markdown() {
    for sample in samples() {
        let document = Sources::default().read(&sample, 1 << 20).unwrap();
        let markdown = String::from_utf8_lossy(&document.bytes).into_owned();
        // Where the text came from stands above it and is no part of the page.
        let text = markdown.split_once('\n').unwrap().1;
        let mut html = String::new();
        let options = pulldown_cmark::Options::ENABLE_TABLES;
        pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(text, options));
        let folder = tempfile::tempdir().unwrap();
        let (left, right) = (folder.path().join("l.md"), folder.path().join("r.html"));
        std::fs::write(&left, text).unwrap();
        std::fs::write(&right, around(&html)).unwrap();
        let (left, right) = (left.to_str().unwrap(), right.to_str().unwrap());
        let compared = json(&["compare", left, right, "--by", "text", "--format", "json"]);
        let summary = &compared["summary"];
        for kind in ["wording", "numbers", "added", "removed", "moved"] {
            assert_eq!(summary[kind], 0, "{}: {summary}", sample.origin);
        }
        assert_ne!(summary["same"], 0, "{}: {summary}", sample.origin);
    }
}

#[test]
fn what_belongs_to_a_page_is_no_policy_and_its_text_is_read_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let text =
        "We keep what you tell us for thirty days, and we share it with nobody at all. ".repeat(6);
    write("page.html", &format!("<main><p>{text}</p></main>"));
    write("page_files/frame.html", "<p>An advertisement.");
    write("both.html", &format!("<p>{text}</p>"));
    write("both.md", &text);
    write("alone_files/policy.md", &text);
    let path = folder.path().to_str().unwrap();
    let listed = json(&["list", path, "--format", "json"]);
    let mut paths: Vec<String> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["path"].as_str().unwrap().replace(path, ""))
        .collect();
    paths.sort();
    assert_eq!(paths, ["/alone_files/policy.md", "/both.md", "/page.html"]);
    let told = Command::cargo_bin("policy-tui")
        .unwrap()
        .args(["check", path])
        .assert()
        .success();
    let told = String::from_utf8_lossy(&told.get_output().stdout).into_owned();
    assert!(
        told.contains("1 file is left out, for one of the same name"),
        "{told}"
    );
}

#[test]
fn a_page_on_standard_input_is_known_by_how_it_starts() {
    let page = std::fs::read(data("wordpress.html")).unwrap();
    let shown = Command::cargo_bin("policy-tui")
        .unwrap()
        .args(["show", "-"])
        .write_stdin(page)
        .assert()
        .success();
    let shown = String::from_utf8_lossy(&shown.get_output().stdout).into_owned();
    assert!(
        shown.contains("We draw walking maps & sell them."),
        "{shown}"
    );
    assert!(!shown.contains("<p>"), "{shown}");
}

/// What soup is made of: tags that open, close and break, in any order, and characters that may be
/// taken for markup. No `<main>`: what stands outside it is left out on purpose.
const SOUP: &[&str] = &[
    "<div>",
    "</div>",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<font size=5>",
    "</font>",
    "<ul>",
    "</ul>",
    "<ol>",
    "<li>",
    "</li>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "</td>",
    "<th>",
    "<blockquote>",
    "</blockquote>",
    "<h2>",
    "</h2>",
    "<pre>",
    "</pre>",
    "<br>",
    "<dl><dt>",
    "<dd>",
    "</dl>",
    "<span>",
    "</span>",
    "<!-- x -->",
    "\n",
    " ",
    "<details><summary>",
    "</summary>",
    "</details>",
    "<a name=x>",
    "</a>",
    "\r\n",
    "</",
    "<",
    "&",
    "&amp;",
    "&nbsp;",
    "é",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(400))]

    #[test]
    fn no_word_of_tag_soup_is_lost(picks in proptest::collection::vec(0..SOUP.len(), 1..120)) {
        let mut html = "<body>".to_owned();
        for (at, pick) in picks.iter().enumerate() {
            html.push_str(SOUP[*pick]);
            html.push_str(&format!(" word{at}x "));
        }
        let document = Document::new(Origin::File(PathBuf::from("soup.html")), html.clone().into_bytes());
        // What stands between "<" and ">" is a tag or a comment, and no word.
        let tags = regex::Regex::new(r"</?[A-Za-z][^>]*>|<!--.*?-->|</[^A-Za-z][^>]*>?").unwrap();
        let outside = tags.replace_all(&html, " ").into_owned();
        let Ok(policy) = Parser::new().parse(document) else {
            proptest::prop_assert!(!outside.contains("word"), "{html}");
            return Ok(());
        };
        for word in outside.split_whitespace().filter(|word| word.starts_with("word")) {
            proptest::prop_assert!(policy.text.contains(word), "{word} of {html}");
            let run = policy.runs.iter().find(|run| run.text.of(&policy.text).contains(word)).unwrap();
            let written = policy.source.get(run.span.range()).unwrap_or("");
            proptest::prop_assert!(written.contains(word), "{word} at {written:?} of {html}");
        }
    }
}
