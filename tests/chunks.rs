//! A policy whose chunks are looked up is, field for field, the policy that is read in one piece; a
//! version that is told by its parts says, clause by clause, what the version says.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

mod archive;

use archive::Archive;
use policy_tui::classify::Classifier;
use policy_tui::model::{ClauseId, ClauseKind, Document, Labels, Origin, Policy, Stance, Topic};
use policy_tui::parse::{ChunkMemo, Composer, Parser};
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

/// What a clause says and is labelled as.
type Said = (String, ClauseKind, Vec<Topic>, Stance);

fn said(policy: &Policy, labels: &Labels) -> Vec<Said> {
    let clauses = policy.clauses.iter().enumerate();
    clauses
        .map(|(at, clause)| {
            let id = ClauseId::new(at);
            let labels = labels.of(id);
            let topics = labels.topics.iter().map(|topic| topic.topic).collect();
            let text = policy.clause_text(id).to_owned();
            (text, clause.kind, topics, labels.stance)
        })
        .collect()
}

/// Versions as a composer tells them, held against the same versions read whole.
struct Composing<'a> {
    parser: &'a Parser,
    classifier: Classifier,
    composer: Composer<'a>,
    parts: Vec<Vec<Said>>,
    /// Versions that were told by their parts, and parts among them that were told before.
    composed: usize,
    known: usize,
}

impl<'a> Composing<'a> {
    fn new(parser: &'a Parser, memo: &'a ChunkMemo) -> Self {
        Self {
            parser,
            classifier: Classifier::builtin(),
            composer: parser.composer(memo),
            parts: Vec::new(),
            composed: 0,
            known: 0,
        }
    }

    fn check(&mut self, text: &str) -> Result<(), String> {
        let document = document(text);
        let Some(version) = self.composer.compose(&document) else {
            return Ok(());
        };
        self.composed += 1;
        self.known += version.parts.len();
        if let Some(excerpt) = version.fresh {
            let labels = self.classifier.classify(&excerpt.policy);
            let all = said(&excerpt.policy, &labels);
            self.known -= excerpt.parts.len();
            let parts = excerpt.parts.into_iter().map(|part| all[part].to_vec());
            self.parts.extend(parts);
        }
        let policy = self.parser.parse(document).map_err(|issue| issue.message)?;
        let whole = said(&policy, &self.classifier.classify(&policy));
        let parts = version.parts.iter();
        let told: Vec<Said> = parts
            .flat_map(|&part| self.parts[part as usize].clone())
            .collect();
        if let Some(at) = (0..whole.len().max(told.len())).find(|&at| whole.get(at) != told.get(at))
        {
            return Err(format!(
                "clause {at}: {:?} became {:?}",
                whole.get(at),
                told.get(at)
            ));
        }
        let facts = (
            version.title,
            version.revised,
            version.words,
            version.sections,
            version.clauses,
        );
        let revised = policy.revised.as_ref().map(|revised| revised.date);
        let (words, sections) = (policy.words(), policy.sections.len());
        let wanted = (policy.title, revised, words, sections, policy.clauses.len());
        if facts == wanted {
            Ok(())
        } else {
            Err(format!("{wanted:?} became {facts:?}"))
        }
    }
}

#[test]
fn real_versions_told_by_their_parts() {
    let parser = Parser::new();
    for name in ["ota-dating.bundle", "ota-contrib.bundle"] {
        let Some(archive) = Archive::open(name) else {
            continue;
        };
        let memo = ChunkMemo::new(ROOM);
        let mut composing = Composing::new(&parser, &memo);
        let mut history = archive.history();
        // Document by document, so that versions follow each other.
        history.sort_by(|one, other| one.path.cmp(&other.path));
        let wanted = archive::size("CHUNKS_VERSIONS", VERSIONS);
        let stretch = wanted / 6;
        let step = (history.len() / 6).max(1);
        let near = history
            .chunks(step)
            .flat_map(|all| all.iter().take(stretch.max(1)));
        let mut versions = 0;
        for version in near {
            let Some(text) = archive.text(version) else {
                continue;
            };
            versions += 1;
            let result = composing.check(&text);
            assert!(result.is_ok(), "{}: {}", version.path, result.unwrap_err());
        }
        let Composing {
            composed,
            known,
            parts,
            ..
        } = &composing;
        eprintln!(
            "{name}: {composed} of {versions} versions, {} parts, {known} known",
            parts.len()
        );
        assert!(composed * 10 > versions * 9, "{composed} of {versions}");
        assert!(*known > parts.len(), "{known} known, {} new", parts.len());
    }
}

#[test]
fn parts_are_other_parts_under_other_headings() {
    let (parser, memo) = (Parser::new(), ChunkMemo::new(ROOM));
    let mut composing = Composing::new(&parser, &memo);
    let text = "# Policy\n\n## Cookies\n\nWe use them.\n\n### Choices\n\nYou may refuse.\n\n## Other\n\nEnd.\n";
    for version in [
        text.to_owned(),
        text.to_owned(),
        text.replace("## Cookies", "## Beacons"),
        text.replace("## Other", "### Other"),
        text.replace("# Policy\n\n", ""),
        text.replace("You may refuse.", "You may refuse.\n\nOther words."),
        // Bold lines and short lines, the last of them over nothing.
        text.replace("## ", "").replace("# ", ""),
        "**One**\n\nText.\n\n**Two**\n\nMore text.\n\n**Three**\n".to_owned(),
        // What is struck through is not said.
        "# A\n\nWe collect ~~and sell~~ data.\n\n~~Write to us: a@b.org~~\n\n<del>Cookies\n"
            .to_owned(),
        // Tables with and without a head, new ones far from what they stand behind.
        "# A\n\n| We share with | Why |\n|---|---|\n| Ads | Sale |\n\n# B\n\nKept.\n".to_owned(),
        "# A\n\n| We sell to | Why |\n|---|---|\n| Ads | Sale |\n\n# B\n\nKept.\n\n\
         | | |\n|---|---|\n| Names | Six years |\n"
            .to_owned(),
        "**One**\n\nText.\n\n**Two**\n\nMore text.\n\n**Three**\n\nEnd.\n".to_owned(),
        "Last updated: May 1, 2020\n\n## A\n\nOne.\n\n## Updated May 2, 2021\n\nTwo.\n".to_owned(),
    ] {
        composing.check(&version).unwrap();
    }
    assert_eq!(composing.composed, 13);
    assert!(composing.known >= 20, "{}", composing.known);
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
        Just("| | |\n|---|---|\n| i | j |".to_owned()),
        // A paragraph that leaves no block: what follows it begins a stretch.
        Just("[](x)".to_owned()),
        "(We [a-z]{1,9}:|Names:|[-*] [-*] [a-z]{1,9}|[-*] [a-z]{1,9}:)",
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

/// Lines of lists that are mostly as they should be.
fn line_of_list() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => "\\* [a-z]{1,9}[.:]?",
        4 => "\\*   [a-z]{1,9}( [a-z]{1,9})?",
        2 => "\\* \\*\\*[a-z]{1,9}\\*\\*( [a-z]{1,9})?",
        // Marks that are mended, or would be if they were not tangled with others.
        1 => "\\* \\*\\* ?[a-z]{1,9}[:.]? ?(\\*\\*[a-z]{0,3}|[a-z]{1,3})",
        1 => "\\* #{1,3} [a-z]{1,9}(\n    [a-z]{1,9})?",
        1 => Just("    ---".to_owned()),
        // Where it shows whether the items of a list are parted by blank lines.
        2 => "\\* [a-z]{1,9}\n    \\* \\* \\*\n    [a-z]{1,9}",
        2 => "\\* <del>[a-z]{1,9}\n    - [a-z]{1,9}",
        1 => "\\* (\\* [a-z]{1,9}|\\[\\]\\(x\\)|# [a-z]{1,9}|> [a-z]{1,9}|_[a-z]{1,9}_)",
        3 => "    [a-z]{1,9}[.:]?",
        3 => "    [-*] [a-z]{1,9}[.:]?",
        1 => " {0,5}([-*+]|[1-3][.)])? {0,5}[a-z]{0,9}",
        1 => Just("1. one\n\n2. two\n\n3. three\n\n    more".to_owned()),
        1 => Just("* * *".to_owned()),
        1 => "[A-Z][a-z]{1,9}[.:]?",
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

    #[test]
    fn generated_lists(
        lines in prop::collection::vec((line_of_list(), prop_oneof![4 => Just("\n\n"), 1 => Just("\n")], any::<[bool; 4]>()), 2..14),
        long in 0..14usize,
        is_tight in any::<bool>(),
    ) {
        let (parser, memo) = (Parser::new(), ChunkMemo::new(ROOM));
        let mut composing = Composing::new(&parser, &memo);
        for version in 0..4 {
            let held = lines.iter().enumerate().filter(|(at, (.., held))| held[version] || *at == long % lines.len());
            let mut source = "We collect:\n\n".to_owned();
            for (at, (line, end, _)) in held {
                source.push_str(line);
                // So long that it is worth looking for items to cut it at.
                if at == long % lines.len() {
                    source.push_str(&" words".repeat(400));
                }
                // What is a line break among blank lines is a blank line in a list without them.
                source.push_str(if is_tight && *end == "\n\n" { "\n" } else if is_tight && version == 0 { "\n\n" } else { end });
            }
            let result = composing.check(&source);
            prop_assert!(result.is_ok(), "{:?}: {}", source, result.unwrap_err());
        }
    }

    #[test]
    fn generated_versions(
        pieces in prop::collection::vec((piece(), any::<[bool; 4]>()), 1..14),
        last in prop_oneof![Just("\n"), Just("\n\n"), Just("")],
    ) {
        let (parser, memo) = (Parser::new(), ChunkMemo::new(ROOM));
        let mut composing = Composing::new(&parser, &memo);
        for version in 0..4 {
            let held = pieces.iter().filter(|(_, held)| held[version]);
            let held: Vec<&str> = held.map(|(piece, _)| piece.as_str()).collect();
            let source = held.join("\n\n") + last;
            let result = composing.check(&source);
            prop_assert!(result.is_ok(), "{:?}: {}", source, result.unwrap_err());
        }
    }
}
