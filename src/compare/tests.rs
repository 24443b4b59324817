//! What a person would see, by text. Each row is its sign, its class where that is not wording,
//! and the words: `[-gone-]`, `{+come+}`.

use super::By;
use super::testing::{by_text, compare, policy, row, rows};
use crate::model::Pair;

#[test]
fn a_changed_promise_shows_its_words() {
    assert_eq!(
        row(
            "We may share your data with partners.",
            "We will never share your data with partners."
        ),
        "~ We [-may-] {+will never+} share your data with partners."
    );
}

#[test]
fn a_rewritten_sentence_is_replaced_not_sprinkled() {
    assert_eq!(
        row(
            "Feel free to grab your beverage of choice, and let's dive into the world of personal data together.",
            "Feel free to grab your favorite drink, and let's make privacy make sense together.",
        ),
        "~ Feel free to grab your [-beverage of choice, and let's dive into the world of personal data-] \
         {+favorite drink, and let's make privacy make sense+} together."
    );
}

#[test]
fn dates_and_figures_are_numbers() {
    for (left, right, shown) in [
        (
            "Last updated June 3, 2015.",
            "Last updated July 10, 2016.",
            "~ numbers Last updated [-June 3, 2015-] {+July 10, 2016+} .",
        ),
        (
            "We keep logs for 30 days.",
            "We keep logs for 90 days.",
            "~ numbers We keep logs for [-30-] {+90+} days.",
        ),
        (
            "This is version 2.0 of the policy.",
            "This is version 2.1 of the policy.",
            "~ numbers This is version [-2.0-] {+2.1+} of the policy.",
        ),
        (
            "Revised 06-19-2013",
            "Revised 07-01-2014",
            "~ numbers Revised [-06-19-2013-] {+07-01-2014+}",
        ),
        (
            "Fri 19 Aug 2022 09.24 BST",
            "Fri 9 Feb 2024 10.33 GMT",
            "~ numbers Fri [-19 Aug 2022 09.24 BST-] {+9 Feb 2024 10.33 GMT+}",
        ),
        (
            "We keep logs for 30 days.",
            "We keep logs for 30 months.",
            "~ We keep logs for 30 [-days-] {+months+} .",
        ),
        (
            "We keep one of our logs for long.",
            "We keep our logs for long.",
            "~ We keep [-one of-] our logs for long.",
        ),
    ] {
        assert_eq!(row(left, right), shown);
    }
}

#[test]
fn form_is_not_wording() {
    for (left, right) in [
        (
            "We use \"cookies\" on our site.",
            "We use “cookies” on our site.",
        ),
        ("We use data - as you do.", "We use data – as you do."),
        (
            "We use e-mail on our web site.",
            "We use email on our website.",
        ),
        ("1. We use cookies here.", "2. We use cookies here."),
        ("(a) We use cookies here.", "We use cookies here."),
        (
            "See our <site|http://a.example/> now.",
            "See our <site|http://b.example/> now.",
        ),
        ("See **our** site now.", "See our site now."),
        ("We store (…) and more.", "We store (...) and more."),
        (
            "See this policy... We collect data.",
            "See this policy… We collect data.",
        ),
        (
            "We share with (a) banks, (b) carriers and (c) courts.",
            "We share with (i) banks, (ii) carriers and (iii) courts.",
        ),
        (
            "We share with 1) banks and 2) courts.",
            "We share with a) banks and b) courts.",
        ),
        (
            "Your infor\u{fffd}mation is kept.",
            "Your information is kept.",
        ),
        ("- We use cookies here;", "- We use cookies here."),
        ("# Your Rights", "# 3. YOUR RIGHTS"),
        ("# Your rights here", "**Your rights here**"),
        (
            "We use cookies. We use logs.",
            "We use cookies.\n\nWe use logs.",
        ),
    ] {
        for (left, right) in [(left, right), (right, left)] {
            let shown = rows(left, right);
            assert!(
                shown
                    .iter()
                    .all(|row| row.starts_with("~ formatting") || row.starts_with("= "))
                    && shown.iter().any(|row| row.starts_with("~ formatting")),
                "{left} → {right}: {shown:?}"
            );
        }
    }
}

#[test]
fn letters_in_brackets_that_are_no_marks_of_a_list_are_words() {
    for (left, right) in [
        (
            "We share with (a) banks and courts.",
            "We share with (b) banks and courts.",
        ),
        ("Plans (a) and (b) are free.", "Plans (a) and (c) are free."),
        ("See 6(a) and 6(b) of it.", "See 6(i) and 6(ii) of it."),
        (
            "We share with (a) banks and (b) courts.",
            "We share with (i) banks and (ii) clinics.",
        ),
    ] {
        let shown = row(left, right);
        assert!(!shown.starts_with("~ formatting"), "{shown}");
        assert!(!shown.starts_with("= "), "{shown}");
    }
}

#[test]
fn form_beside_wording_does_not_hide_it() {
    assert_eq!(
        row(
            "1. We **may** use “cookies” here.",
            "2. We will use \"cookies\" here."
        ),
        "~ [-1-] {+2+} . We [-may-] {+will+} use \"cookies\" here."
    );
}

#[test]
fn a_moved_paragraph_is_linked_at_both_ends() {
    let shown = rows(
        "We value your privacy very much.\n\nYou have the right to access your data at any time.\n\nWe keep logs for a month. We delete them after that month.",
        "We value your privacy very much.\n\nWe keep logs for a month. We delete them after that month.\n\nYou have the right to access your data at any time.",
    );
    assert_eq!(
        shown,
        [
            "= We value your privacy very much.",
            "⇄ away You have the right to access your data at any time.",
            "= We keep logs for a month.",
            "= We delete them after that month.",
            "⇄ here You have the right to access your data at any time.",
        ]
    );
}

#[test]
fn a_moved_and_edited_paragraph_shows_its_words_at_both_ends() {
    let shown = rows(
        "You have the right to access and correct your personal data at any time.\n\nWe keep server logs for a month. We delete them after that month is over. We never sell them to anyone at all.",
        "We keep server logs for a month. We delete them after that month is over. We never sell them to anyone at all.\n\nYou have the right to access and export your personal data at any time.",
    );
    assert_eq!(
        shown,
        [
            "⇄~ away You have the right to access and [-correct-] {+export+} your personal data at any time.",
            "= We keep server logs for a month.",
            "= We delete them after that month is over.",
            "= We never sell them to anyone at all.",
            "⇄~ here You have the right to access and [-correct-] {+export+} your personal data at any time.",
        ]
    );
}

#[test]
fn ambiguous_repeats_stay_plain() {
    let shown = rows(
        "Read more about this.\n\nWe keep logs for a month and then delete them.\n\nRead more about this.\n\nWe sell nothing to anyone anywhere.",
        "We keep logs for a month and then delete them.\n\nWe sell nothing to anyone anywhere.\n\nRead more about this.",
    );
    assert!(shown.iter().all(|row| !row.starts_with('⇄')), "{shown:?}");
}

#[test]
fn a_sentence_split_in_two_is_one_row() {
    assert_eq!(
        rows(
            "We collect your name, and we share your address with our partners abroad.",
            "We collect your name. We share your address with our partners abroad.",
        ),
        ["~ We collect your name [-, and-] {+.+} We share your address with our partners abroad."]
    );
}

#[test]
fn an_insertion_stands_at_the_edge_of_its_phrase() {
    assert_eq!(
        row(
            "We collect your name, phone and address.",
            "We collect your name, email, phone and address."
        ),
        "~ We collect your name, {+email,+} phone and address."
    );
}

#[test]
fn country_names_are_not_pronouns() {
    assert_eq!(
        row("Data sent to us stays here.", "Data sent to US stays here."),
        "~ Data sent to [-us-] {+US+} stays here."
    );
}

#[test]
fn bad_input_is_named() {
    let notes = |left: &str, right: &str| by_text(left, right).1.notes;
    assert_eq!(
        notes("We share.", "We share."),
        ["The two texts are identical."]
    );
    let one = policy("We share.");
    let itself = compare(&Pair::new(one.clone(), one), By::Text);
    assert_eq!(itself.notes, ["Both sides are one and the same version."]);
    assert_eq!(notes("", "We share."), ["The left side holds no text."]);
    assert_eq!(notes("", ""), ["Neither side holds any text."]);
    let english = "We collect the data that you give to us and we use it for the purposes that are described in this policy and on our site.";
    let german = "Wir verarbeiten die Daten, die Sie uns mit der Anmeldung geben, und wir nutzen sie nur für die Zwecke, die in dieser Erklärung und auf der Seite beschrieben sind.";
    assert_eq!(
        notes(english, german),
        [
            "The left text seems to be in English, the right one in German: their words cannot be compared."
        ]
    );
}

#[test]
fn a_newer_left_version_is_named() {
    let version = |text: &str, day: &str| {
        let mut policy = policy(text);
        policy.provenance.archived = Some(format!("{day}T12:00:00Z").parse().unwrap());
        policy
    };
    let notes = |left: (&str, &str), right: (&str, &str), by| {
        let pair = Pair::new(version(left.0, left.1), version(right.0, right.1));
        compare(&pair, by).notes
    };
    let (old, new) = (("We share.", "2019-05-01"), ("We sell.", "2022-02-10"));
    for by in [By::Text, By::Topic, By::Practice] {
        let told = "The left version is the newer one (2022-02-10 against 2019-05-01): \
                    what came since then stands as gone.";
        assert!(notes(new, old, by).iter().any(|note| note == told));
        let forwards = notes(old, new, by);
        assert!(!forwards.iter().any(|note| note.contains("newer")));
        let unchanged = notes(("We sell.", "2023-01-01"), new, by);
        assert!(!unchanged.iter().any(|note| note.contains("newer")));
    }
}

#[test]
fn huge_inputs_stay_cheap_and_right() {
    let many = "We may share data. ".repeat(20_000);
    let one = format!(
        "{}We never do so. {}",
        "We may share data. ".repeat(9_000),
        "We may share data. ".repeat(11_000)
    );
    let (_, comparison) = by_text(&many, &one);
    assert_eq!(
        (comparison.summary.same, comparison.summary.added),
        (20_000, 1)
    );

    let paragraphs: Vec<String> = (0..1_000)
        .map(|n| format!("Paragraph {n} speaks of matter {n} and of nothing else."))
        .collect();
    let there = paragraphs.join("\n\n");
    let back = paragraphs
        .iter()
        .rev()
        .cloned()
        .collect::<Vec<_>>()
        .join("\n\n");
    let (_, comparison) = by_text(&there, &back);
    assert_eq!(
        (comparison.summary.same, comparison.summary.moved),
        (1, 999)
    );

    let block: Vec<String> = (0..5_000).map(|n| format!("word{}", n % 700)).collect();
    let mut edited = block.clone();
    for at in (0..edited.len()).step_by(100) {
        edited[at] = "changed".into();
    }
    let (_, comparison) = by_text(&block.join(" "), &edited.join(" "));
    assert_eq!((comparison.rows.len(), comparison.summary.wording), (1, 1));
}

#[test]
fn a_whole_rewrite_is_said_in_one_line() {
    let text = |word: &str| -> String {
        (0..12)
            .map(|n| format!("{word}a{n} {word}b{n} {word}c{n} {word}d{n}. "))
            .collect()
    };
    let (_, comparison) = by_text(&text("x"), &text("y"));
    assert_eq!(
        comparison.notes,
        [
            "Rewritten as a whole: hardly anything (0 %) of the shorter text stands in the other. Comparing by topic says more."
        ]
    );
}
