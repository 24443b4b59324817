//! What a user would notice: sentences and small policies, and the labels they get.

use super::*;
use crate::model::{
    Answer, Block, BlockKind, Clause, ClauseId, ClauseKind, Marker, Origin, Provenance, Section,
    Span, Stance, TextRange, Topic,
};
use Stance::{Asserts, Denies, Limits};
use Topic::{
    Access, Change, Children, Collection, Contact, Cookies, DoNotTrack, General, Legal, Links,
    Location, Retention, Security, Sharing, Use,
};

fn labels(text: &str) -> ClauseLabels {
    Classifier::builtin().classify_segment(text)
}

fn topics(text: &str) -> Vec<Topic> {
    labels(text)
        .topics
        .iter()
        .map(|score| score.topic)
        .collect()
}

#[test]
fn plain_sentences_get_the_topic_a_reader_expects() {
    for (topic, text) in [
        (Cookies, "Our website uses cookies and web beacons."),
        (Sharing, "We may share your data with third parties."),
        (
            Legal,
            "We disclose data where required by law or court order.",
        ),
        (
            Topic::Choice,
            "You can unsubscribe from our mailing list at any time.",
        ),
        (
            Access,
            "You have the right to access and correct your personal data.",
        ),
        (Retention, "We keep your data only as long as necessary."),
        (Security, "All payments are encrypted with SSL."),
        (
            Children,
            "We do not knowingly solicit information from children.",
        ),
        (Change, "Revised 06-19-2013"),
        (
            Change,
            "We may update this privacy policy from time to time.",
        ),
        (
            Contact,
            "If you have any questions, write to us at privacy@example.org.",
        ),
        (
            Location,
            "Your data is stored on servers in the United States.",
        ),
        (
            Links,
            "We are not responsible for the content of other sites.",
        ),
        (
            DoNotTrack,
            "Our site does not respond to Do Not Track signals.",
        ),
        (
            Collection,
            "We collect your name, e-mail address and phone number.",
        ),
        (Use, "We use your information to improve our services."),
    ] {
        assert!(
            topics(text).contains(&topic),
            "{topic}: {text} {:?}",
            topics(text)
        );
    }
}

#[test]
fn nothing_is_found_where_there_is_nothing() {
    for text in [
        "",
        " ",
        "?!",
        "Hello there.",
        "The quick brown fox.",
        "\u{fffd}\u{fffd}",
    ] {
        assert_eq!(labels(text), ClauseLabels::default(), "{text:?}");
    }
}

#[test]
fn contact_data_is_not_contact() {
    for text in [
        "We ask for your name, address, telephone number and e-mail address.",
        "We need information that allows us to contact you.",
        "We may use it to contact the user for clarification on inaccurate information.",
    ] {
        assert!(!topics(text).contains(&Contact), "{text}");
    }
}

#[test]
fn evidence_is_words_of_the_text() {
    let text = "Über uns: “Cookies” help.";
    let found = labels(text);
    let words: Vec<&str> = found.topics[0]
        .evidence
        .iter()
        .map(|e| e.text.of(text))
        .collect();
    assert_eq!(words[0], "Cookies");
}

#[test]
fn scores_fall_and_stay_between_0_and_1() {
    let text =
        "We use cookies to collect your e-mail address and share it with partners. ".repeat(30);
    let scores: Vec<f32> = labels(&text)
        .topics
        .iter()
        .map(|score| score.score)
        .collect();
    assert!(scores.is_sorted_by(|a, b| a >= b));
    assert!(scores.iter().all(|score| (0.5..=1.0).contains(score)));
}

#[test]
fn time_is_linear_in_the_length_of_a_line() {
    let classifier = Classifier::builtin();
    for unit in [
        "a",
        "cookie ",
        "we may share with ",
        "not ",
        "opt opt out, ",
        "’",
        "if , ",
    ] {
        let line = unit.repeat(1_000_000 / unit.len());
        let started = std::time::Instant::now();
        classifier.classify_segment(&line);
        assert!(started.elapsed().as_secs() < 20, "{unit:?}");
    }
}

/// A policy of lines: `# heading`, `- item` of the list that the line before leads in, and
/// paragraphs whose sentences are parted by `|`.
fn policy(lines: &[&str]) -> Policy {
    let mut text = String::new();
    let (mut blocks, mut clauses, mut sections) = (Vec::new(), Vec::<Clause>::new(), Vec::new());
    let mut lead_in = None;
    for line in lines {
        let (kind, clause_kind, content) = match line.split_at(2) {
            ("# ", rest) => (BlockKind::Heading, ClauseKind::Heading, rest),
            ("- ", rest) => (BlockKind::Item, ClauseKind::Item, rest),
            _ => (BlockKind::Paragraph, ClauseKind::Sentence, *line),
        };
        let block = u32::try_from(blocks.len()).unwrap();
        let (start, first) = (text.len(), clauses.len());
        for sentence in content.split('|') {
            let from = text.len();
            text.push_str(sentence);
            clauses.push(Clause {
                kind: clause_kind,
                block,
                section: None,
                text: TextRange::new(from, text.len()),
                span: Span::default(),
                lead_in: lead_in.filter(|_| kind == BlockKind::Item),
            });
            text.push(' ');
        }
        if kind == BlockKind::Heading {
            sections.push(Section {
                heading: TextRange::new(start, text.len()),
                level: 2,
                block,
                end_block: u32::MAX,
                span: Span::default(),
                parent: None,
            });
        }
        if kind != BlockKind::Item {
            lead_in = Some(ClauseId::new(clauses.len() - 1));
        }
        blocks.push(Block {
            kind,
            text: TextRange::new(start, text.len()),
            span: Span::default(),
            section: u32::try_from(sections.len()).unwrap().checked_sub(1),
            clauses: (
                u32::try_from(first).unwrap(),
                u32::try_from(clauses.len()).unwrap(),
            ),
            depth: 0,
            marker: Marker::None,
        });
        text.push('\n');
    }
    Policy {
        provenance: Provenance {
            site: "example.org".to_owned(),
            terms: None,
            host: None,
            origin: Origin::Stdin,
            archived: None,
            removed: None,
            modified: None,
            snapshot_url: None,
            original_url: None,
            bytes: 0,
            encoding: "UTF-8",
        },
        title: String::new(),
        revised: None,
        source: String::new(),
        text,
        blocks,
        sections,
        clauses,
        runs: Vec::new(),
        links: Vec::new(),
        issues: Vec::new(),
    }
}

/// "text → topics" for every clause.
fn shown(lines: &[&str]) -> Vec<String> {
    let policy = policy(lines);
    let labels = Classifier::builtin().classify(&policy);
    let ids = (0..policy.clauses.len()).map(ClauseId::new);
    ids.map(|id| {
        let topics: Vec<&str> = labels
            .of(id)
            .topics
            .iter()
            .map(|score| score.topic.id())
            .collect();
        format!("{} → {}", policy.clause_text(id), topics.join(" "))
    })
    .collect()
}

#[test]
fn an_item_is_read_with_the_sentence_that_leads_its_list_in() {
    let labels = shown(&[
        "We collect the following information:",
        "- your shoe size;",
        "Blue.",
    ]);
    assert_eq!(labels[1], "your shoe size; → collection");
    assert_eq!(labels[2], "Blue. → ");
}

#[test]
fn a_heading_helps_but_does_not_decide() {
    let labels = shown(&[
        "# Cookies",
        "They help.",
        "Block them in your browser.",
        "# Other",
        "They help.",
    ]);
    assert_eq!(labels[0], "Cookies → cookies");
    assert_eq!(labels[1], "They help. → ");
    assert!(labels[2].contains("cookies"), "{labels:?}");
}

#[test]
fn each_sentence_gets_its_own_part_of_the_paragraph() {
    let labels =
        shown(&["We use cookies.|We never sell your data to third parties.|The sky is blue."]);
    assert!(
        labels[0].contains("cookies") && !labels[0].contains("sharing"),
        "{labels:?}"
    );
    assert!(
        labels[1].contains("sharing") && !labels[1].contains("cookies"),
        "{labels:?}"
    );
    assert_eq!(labels[2], "The sky is blue. → ");
}

#[test]
fn evidence_of_a_policy_counts_in_its_text() {
    let policy = policy(&["# Über uns", "We use cookies.|We encrypt your data."]);
    let labels = Classifier::builtin().classify(&policy);
    let evidence = &labels.clauses[2].topics[0].evidence[0];
    assert_eq!(evidence.text.of(&policy.text), "encrypt");
}

#[test]
fn a_broken_policy_does_no_harm() {
    let mut policy = policy(&["# Cookies", "We use cookies."]);
    policy.sections[0].parent = Some(0);
    policy.blocks[1].section = Some(9);
    policy.blocks[1].clauses = (1, 99);
    policy.clauses[1].lead_in = Some(ClauseId(77));
    policy.clauses[1].text = TextRange { start: 5, end: 3 };
    assert_eq!(Classifier::builtin().classify(&policy).clauses.len(), 2);
}

#[test]
fn words_of_another_matter_do_not_make_a_topic() {
    for (topic, text) in [
        (Children, "Guardian readers use our website every day."),
        (
            Sharing,
            "We sell children's products for purchase by adults.",
        ),
        (
            Sharing,
            "Cookies are not used for the acquisition of any personal data.",
        ),
        (
            Access,
            "We will not make any reduction in your rights under this Privacy Policy.",
        ),
    ] {
        assert!(!topics(text).contains(&topic), "{topic}: {text}");
    }
    for text in [
        "We ask for the guardian's consent.",
        "A legal guardian may write to us.",
        "Parents and guardians should watch over what is sent.",
    ] {
        assert!(topics(text).contains(&Children), "{text}");
    }
}

#[test]
fn promises_and_refusals_count_however_they_are_put() {
    for (topic, stance, text) in [
        (Sharing, Denies, "Your data will never be sold."),
        (Topic::Choice, Denies, "You cannot opt out."),
        (Topic::Choice, Asserts, "You can opt out."),
        (
            Use,
            Limits,
            "We do not use this information for any other purposes.",
        ),
    ] {
        assert!(topics(text).contains(&topic), "{topic}: {text}");
        assert_eq!(labels(text).stance, stance, "{text}");
    }
}

#[test]
fn a_sure_phrase_gives_its_topic_whatever_else_is_said() {
    for (sure, topic, text) in [
        (
            true,
            Contact,
            "Requests to delete your personal data shall be sent to help@example.org.",
        ),
        (
            false,
            Contact,
            "Requests to delete your personal data shall be sent to the help desk.",
        ),
        (
            true,
            DoNotTrack,
            "If you visit us with the Global Privacy Control enabled, cookies for targeted advertising are turned off.",
        ),
        (
            false,
            DoNotTrack,
            "If you visit us with your privacy controls enabled, cookies for targeted advertising are turned off.",
        ),
    ] {
        let found = topics(text);
        assert_eq!(found.contains(&topic), sure, "{text}: {found:?}");
        assert_ne!(found[0], topic, "{text}: it does not become the main topic");
    }
}

#[test]
fn an_introduction_only_announces_practices() {
    let announced = "This privacy policy outlines what information we collect, how we secure it, and how we use it.";
    assert_eq!(topics(announced), [General]);
    let stated = "We use the information we collect to improve our services.";
    assert_eq!(topics(stated), [Use]);
}

#[test]
fn why_data_is_kept_is_about_keeping_alone() {
    for text in [
        "We retain your personal data for as long as needed to comply with legal requirements.",
        "We keep your personal data for as long as necessary for the purposes of processing.",
    ] {
        assert_eq!(topics(text), [Retention], "{text}");
    }
    let disclosed = topics("We disclose your personal data to comply with legal requirements.");
    assert!(disclosed.contains(&Legal), "{disclosed:?}");
    let used = "We use your personal data to provide our services, to improve them and to send you newsletters. We keep it for 30 days.";
    assert_eq!(topics(used), [Use, Retention]);
}

#[test]
fn a_heading_that_stands_as_text_is_general_and_states_nothing() {
    for (topic, text) in [
        (Sharing, "How we share your information with third parties"),
        (Collection, "Information We Collect When You Visit Us"),
    ] {
        assert_eq!(topics(text), [topic, General], "{text}");
        assert_eq!(labels(text).stance, Stance::None, "{text}");
    }
    for (stance, text) in [
        (Asserts, "We share your information with third parties"),
        (
            Asserts,
            "Information we collect when you visit us is stored.",
        ),
        (Denies, "WE DO NOT SELL YOUR PERSONAL DATA"),
        (Asserts, "Name of Parent or Guardian"),
    ] {
        assert!(!topics(text).contains(&General), "{text}");
        assert_eq!(labels(text).stance, stance, "{text}");
    }
}

#[test]
fn two_versions_get_the_labels_that_each_gets_alone() {
    let classifier = Classifier::builtin();
    let sample = include_str!("../../assets/policies/soundspectrum.com.md");
    let (first, last) = sample.split_at(sample.find("\n\n").unwrap());
    let versions = [
        sample.to_owned(),
        // The same blocks at other places and under other headings.
        format!("{first}\n\n# Cookies\n\nA new line.{last}"),
        format!("{last}\n\n## Who gets your data\n{first}{last}"),
    ];
    let policies = versions.map(|text| sample_policy("version.md", &text));
    for left in &policies {
        for right in &policies {
            let memo = LabelMemo::default();
            for (policy, side) in [(left, Side::Left), (right, Side::Right)] {
                let labels = classifier.classify_side(policy, side, &memo);
                assert_eq!(labels, classifier.classify(policy));
            }
        }
    }
}

fn sample_policy(name: &str, text: &str) -> Policy {
    let document = crate::model::Document::new(Origin::File(name.into()), text.as_bytes().to_vec());
    crate::parse::Parser::new().parse(document).unwrap()
}

#[test]
fn one_reading_gives_the_labels_and_answers_that_two_give() {
    let classifier = Classifier::builtin();
    for (name, text) in [
        (
            "soundspectrum.com.md",
            include_str!("../../assets/policies/soundspectrum.com.md"),
        ),
        (
            "mp3rocket.me.md",
            include_str!("../../assets/policies/mp3rocket.me.md"),
        ),
    ] {
        let policy = sample_policy(name, text);
        let all = Parts {
            labels: true,
            evidence: true,
            answers: true,
            findings: true,
        };
        let Told {
            labels,
            answers,
            findings,
        } = classifier.tell(&policy, all);
        // Asked of others, so that nothing is left over from the reading above.
        assert_eq!(labels, Classifier::builtin().classify(&policy));
        assert_eq!(answers, Classifier::builtin().answer(&policy));
        assert_eq!(findings, Classifier::builtin().findings(&policy));
        assert!(answers.answers.iter().any(|a| a.answer == Answer::Yes));
        assert_eq!(answers, classifier.answer(&policy));
        assert_eq!(labels, classifier.classify(&policy));
    }
}

#[test]
fn labels_without_evidence_differ_in_nothing_else() {
    let text = include_str!("../../assets/policies/mp3rocket.me.md");
    let policy = sample_policy("mp3rocket.me.md", text);
    let classifier = Classifier::builtin();
    let parts = Parts {
        labels: true,
        ..Parts::default()
    };
    let bare = classifier.tell(&policy, parts).labels;
    let mut full = classifier.classify(&policy);
    let scores = full
        .clauses
        .iter_mut()
        .flat_map(|labels| &mut labels.topics);
    for score in scores {
        assert!(!score.evidence.is_empty() || score.from_context > 0.0);
        score.evidence.clear();
        score.from_rest = 0.0;
    }
    assert_eq!(bare, full);
}

#[test]
fn words_that_were_looked_up_are_looked_up_anew_for_other_practices() {
    let dir = tempfile::tempdir().unwrap();
    let question = "[[question]]\nid = \"zebras\"\ntopic = \"use\"\nquestion = \"Zebras?\"\nyes = [\"zebra*\"]\n";
    std::fs::write(dir.path().join("own.toml"), question).unwrap();
    let policy = policy(&["We keep zebras."]);
    let mut classifier = Classifier::builtin();
    assert_eq!(classifier.answer(&policy).answers.len(), 66);
    assert_eq!(classifier.read_practices(dir.path()), []);
    let answers = classifier.answer(&policy);
    assert_eq!(answers.of(66).answer, Answer::Yes);
}

#[test]
fn a_bare_memory_changes_no_topic_and_no_stance() {
    let classifier = Classifier::builtin();
    let memo = LabelMemo::bare();
    let parser = crate::parse::Parser::new();
    // Twice: once when nothing is remembered, once when everything is.
    for found in crate::source::samples().iter().cycle().take(10) {
        let document = crate::source::Sources::default()
            .read(found, u64::MAX)
            .unwrap();
        let policy = parser.parse(document).unwrap();
        let without_grounds = |mut labels: Labels| {
            let clauses = labels.clauses.iter_mut();
            for topic in clauses.flat_map(|labels| &mut labels.topics) {
                topic.evidence.clear();
                topic.from_rest = 0.0;
            }
            labels
        };
        let bare = classifier.classify_with(&policy, &memo);
        let full = classifier.classify(&policy);
        assert!(bare.clauses.iter().any(|labels| !labels.topics.is_empty()));
        assert_eq!(without_grounds(bare), without_grounds(full));
    }
}
