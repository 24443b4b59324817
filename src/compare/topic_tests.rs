//! What a person would see, by topic, with all clauses under one topic.

use super::testing::{compare, policy, show};
use super::{By, Verdict};
use crate::model::{Pair, Topic};

fn rows(left: &str, right: &str) -> (Verdict, Vec<String>) {
    let policies = Pair::new(policy(left), policy(right));
    let comparison = compare(&policies, By::Topic);
    let verdict = comparison
        .topics
        .iter()
        .find(|topic| topic.topic == Topic::Sharing)
        .map(|topic| topic.verdict)
        .unwrap();
    let signs = show(&policies, &comparison)
        .iter()
        .map(|row| row.chars().next().unwrap().to_string())
        .collect();
    (verdict, signs)
}

/// The sign of the row of two clauses held against each other.
fn sign(left: &str, right: &str) -> String {
    let there = rows(left, right).1.concat();
    let back = rows(right, left).1.concat();
    let mirrored: String = back
        .chars()
        .map(|c| match c {
            '+' => '-',
            '-' => '+',
            c => c,
        })
        .collect();
    let sorted = |text: &str| {
        let mut chars: Vec<char> = text.chars().collect();
        chars.sort_unstable();
        chars
    };
    assert_eq!(sorted(&there), sorted(&mirrored), "{left} / {right}");
    there
}

#[test]
fn a_denial_against_what_it_denies_is_opposed() {
    for (left, right) in [
        ("We do not sell your data.", "We may sell your data."),
        (
            "We never sell or rent personal information.",
            "We sell your personal data to advertisers.",
        ),
        (
            "We do not share your personal information with third parties.",
            "We may disclose your data to our partners.",
        ),
        ("We do not use cookies.", "Our website uses cookies."),
        (
            "Our programs do not collect any kind of personal information.",
            "We collect information about you in several ways.",
        ),
        (
            "We do not knowingly collect data from children.",
            "We collect data from children.",
        ),
    ] {
        assert_eq!(sign(left, right), "≠", "{left} / {right}");
    }
}

#[test]
fn a_denial_of_something_else_is_not_opposed() {
    for (left, right) in [
        (
            "We do not sell your data.",
            "We may share your data with partners.",
        ),
        (
            "We do not knowingly collect data from children.",
            "We collect your data when you order.",
        ),
        (
            "We never store passwords in cookies.",
            "We store your address.",
        ),
        ("We do not sell your data.", "We may sell anonymous data."),
        (
            "We do not share your data without your consent.",
            "We may share your data with partners.",
        ),
        (
            "We do not store credit card numbers that are collected at checkout.",
            "We collect your name and address.",
        ),
        (
            "We do not use this information for any other purpose.",
            "We use your data to improve our service.",
        ),
    ] {
        let sign = sign(left, right);
        assert!(!sign.contains('≠'), "{left} / {right}: {sign}");
    }
}

#[test]
fn other_words_for_the_same_thing_are_similar() {
    for (left, right) in [
        (
            "We share your data with advertisers.",
            "We disclose personal information to marketing partners.",
        ),
        (
            "We use your IP address only to diagnose faults.",
            "Your IP address helps diagnose problems with our server.",
        ),
        (
            "You may unsubscribe from our newsletter.",
            "You can opt out of marketing e-mails.",
        ),
        (
            "This site contains links to other sites.",
            "Our website may contain links to third party websites.",
        ),
        (
            "We disclose data when required by law.",
            "We may share your information in response to a court order.",
        ),
        ("We ask for your e-mail address.", "We collect your email."),
    ] {
        assert_eq!(sign(left, right), "~", "{left} / {right}");
    }
}

#[test]
fn what_only_one_says_stands_alone() {
    assert_eq!(
        sign(
            "We encrypt payments with SSL.",
            "Your data is kept on a private server."
        ),
        "-+"
    );
    assert_eq!(rows("We share your data.", "").0, Verdict::OnlyLeft);
    assert_eq!(rows("", "").0, Verdict::Neither);
}

#[test]
fn pairs_come_first_and_oppositions_before_all() {
    let (verdict, signs) = rows(
        "We share your data with advertisers. Our staff is trained every year. We never sell your data.",
        "We may sell your data. We disclose personal information to marketing partners. Backups lie in Norway.",
    );
    assert_eq!(verdict, Verdict::Opposed);
    assert_eq!(signs.concat(), "≠~-+");
}

#[test]
fn a_version_that_turns_a_promise_round_is_opposed() {
    let policies = Pair::new(
        policy("We do not sell your personal data to anyone."),
        policy("We may sell your personal data to anyone."),
    );
    let comparison = compare(&policies, By::Text);
    assert_eq!(comparison.topics[0].verdict, Verdict::Opposed);
}
