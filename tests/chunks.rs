//! A policy whose chunks are looked up is, field for field, the policy that is read in one piece.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

mod archive;

use archive::Archive;
use policy_tui::model::{Document, Origin};
use policy_tui::parse::{ChunkMemo, Parser};
use proptest::prelude::*;
use std::path::PathBuf;

/// Room enough for every chunk of a test; bytes.
const ROOM: usize = 1 << 28;

/// Versions of the large archive that are read, unless `CHUNKS_VERSIONS` says otherwise.
const VERSIONS: usize = 150;

fn document(text: &str) -> Document {
    Document::new(
        Origin::File(PathBuf::from("policy.md")),
        text.as_bytes().to_vec(),
    )
}

/// Reads a text both ways; where they differ, says so with the first lines that do.
fn check(parser: &Parser, text: &str, memo: &ChunkMemo) -> Result<(), String> {
    let whole = format!("{:#?}", parser.parse(document(text)));
    let chunked = format!("{:#?}", parser.parse_with(document(text), memo));
    let differs = whole.lines().zip(chunked.lines()).position(|(a, b)| a != b);
    if whole == chunked {
        return Ok(());
    }
    let from = differs.unwrap_or(0).saturating_sub(12);
    let near = |shown: &str| {
        shown
            .lines()
            .skip(from)
            .take(24)
            .collect::<Vec<_>>()
            .join("\n")
    };
    Err(format!(
        "in one piece:\n{}\nin chunks:\n{}",
        near(&whole),
        near(&chunked)
    ))
}

#[test]
fn real_versions() {
    let parser = Parser::new();
    for name in ["ota-dating.bundle", "ota-contrib.bundle"] {
        let Some(archive) = Archive::open(name) else {
            continue;
        };
        let memo = ChunkMemo::new(ROOM);
        let history = archive.history();
        let wanted = archive::size("CHUNKS_VERSIONS", VERSIONS);
        let step = (history.len() / wanted).max(1);
        for version in history.iter().step_by(step) {
            let Some(text) = archive.text(version) else {
                continue;
            };
            let result = check(&parser, &text, &memo);
            assert!(result.is_ok(), "{}: {}", version.path, result.unwrap_err());
        }
    }
}

#[test]
fn a_chunk_is_read_once_however_many_threads_and_documents_hold_it() {
    let parser = Parser::new();
    let memo = ChunkMemo::new(ROOM);
    let text = "# Privacy\n\nWe collect:\n\n- names\n- ages\n\nWe keep them.\n\n";
    let texts: Vec<String> = (0..40)
        .map(|n| format!("{text}Version {n}.\n\nThe end.\n"))
        .collect();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for text in &texts {
                    check(&parser, text, &memo).unwrap();
                }
            });
        }
    });
    // The heading, the list with what leads it in apart, two paragraphs; and one for each version.
    assert_eq!(memo.chunks_read(), 4 + 40);
}

#[test]
fn a_memory_that_is_too_small_forgets_and_is_right() {
    let parser = Parser::new();
    let memo = ChunkMemo::new(64 * 1024);
    for round in 0..3 {
        for number in 0..200 {
            let text = format!("# Policy {number}\n\nWe sell {number} things.\n\nNothing else.");
            check(&parser, &text, &memo).unwrap_or_else(|why| panic!("round {round}: {why}"));
        }
    }
    assert!(memo.chunks_read() > 402);
}

/// Pieces that documents are made of, tidy and not: whatever may go on over a blank line.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z][a-z ]{0,30}[.!?:]",
        "#{1,6} [A-Z][a-z ]{1,20}",
        "[A-Z][a-z]{1,9}\n(===|---|--)",
        "\\*\\*[ ]{0,2}[A-Z0-9][a-z) ]{1,20}[ ]{0,2}\n?\\*\\*",
        Just("**Cookies**  \nWe use cookies. Last updated: May 1, 2020.".to_owned()),
        "[0-9]{1,2}[.)] {1,4}[A-Z][a-z ]{1,20}",
        "[-+*] {1,5}[a-z ]{1,9}\n?( {0,6}[-+*]? ?[a-z]{1,9}\n?){0,2}",
        " {1,8}[a-z`>*-]{1,9}",
        "[-+*][ \t]?",
        "> ?[a-z>` ]{1,30}",
        Just("| a | b |\n|---|---|\n| c |  |\n| d *e* | `f` |".to_owned()),
        Just("| g | h |".to_owned()),
        "</?(p|div|td|b|pre|script|style|textarea)>[a-z ]{0,9}(</p>|</pre>|</script>)?",
        "(<!--|-->|<\\?|\\?>|<!A|\\]\\]>|<!\\[CDATA\\[)[a-z ]{0,9}",
        Just("[terms]: http://a.b/c\n".to_owned()),
        Just("See [terms] and [our terms][terms], [](x) or [more](http://x.org \"t\").".to_owned()),
        "(```|~~~)[a-z]{0,3}\n?",
        "\t[a-z]{1,9}",
        Just("A\u{202e}B\u{200b}C\u{1b}[31mD\u{7}".to_owned()),
        Just("“Quoted. Twice.” *open **marks_ `and ~~more".to_owned()),
        Just("---".to_owned()),
        Just("&amp; a<br>b\\".to_owned()),
        "[ -~]{0,40}",
        "\\PC{0,20}",
    ]
}

/// Generated documents, unless `CHUNKS_CASES` says otherwise.
fn cases() -> u32 {
    u32::try_from(archive::size("CHUNKS_CASES", 800)).unwrap_or(u32::MAX)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_documents(
        pieces in prop::collection::vec(
            (piece(), prop_oneof![
                2 => Just("\n"), 6 => Just("\n\n"), 1 => Just("\n\n\n"), 1 => Just("\r\n\r\n"),
                1 => Just("\n \n"), 1 => Just("\n\u{a0}\n\n"), 1 => Just("\r\r"),
            ]),
            1..14,
        ),
    ) {
        let source: String = pieces.into_iter().flat_map(|(piece, end)| [piece, end.to_owned()]).collect();
        let memo = ChunkMemo::new(ROOM);
        let parser = Parser::new();
        let result = check(&parser, &source, &memo);
        prop_assert!(result.is_ok(), "{:?}: {}", source, result.unwrap_err());
        // Once more, with every chunk known.
        let result = check(&parser, &source, &memo);
        prop_assert!(result.is_ok(), "{:?}: {}", source, result.unwrap_err());
    }
}
