//! What a person would see of changed words, in the notation of `tests.rs`: marks at the edges of
//! phrases, names and figures whole, figures apart from words, lists and sentences as one.

use crate::compare::testing::{by_text, row, rows};

#[test]
fn a_counter_that_went_on_is_numbers_and_another_unit_elsewhere_is_not() {
    assert_eq!(
        row(
            "Answered 15 hours ago by Ann.",
            "Answered 1 day ago by Ann."
        ),
        "~ numbers Answered [-15 hours-] {+1 day+} ago by Ann."
    );
    assert_eq!(
        row("Answered 6 days ago by Ann.", "Answered 1 week ago by Ann."),
        "~ numbers Answered [-6 days-] {+1 week+} ago by Ann."
    );
    assert_eq!(
        row("We deleted it weeks ago.", "We deleted it for you ago."),
        "~ We deleted it [-weeks-] {+for you+} ago."
    );
}

#[test]
fn a_moment_seen_from_another_day_is_numbers_and_a_promise_is_not() {
    for (left, right) in [
        ("Updated this week", "Updated over a week ago"),
        ("Updated yesterday by Ann", "Updated 2 days ago by Ann"),
        ("Edited about an hour ago", "Edited today"),
    ] {
        let shown = row(left, right);
        assert!(shown.starts_with("~ numbers "), "{shown}");
    }
    for (left, right) in [
        ("Deleted this week", "Deleted over a week ago"),
        ("Updated this week", "Updated when we like"),
        ("Updated this week by Ann", "Updated over a week ago by us"),
    ] {
        let shown = row(left, right);
        assert!(!shown.contains("numbers"), "{shown}");
    }
}

#[test]
fn figures_at_the_same_places_are_numbers_whatever_stands_between() {
    for (left, right, shown) in [
        (
            "See sections 2 to 6 above.",
            "See sections 6 to 1 above.",
            "~ numbers See sections [-2-] {+6+} to [-6-] {+1+} above.",
        ),
        (
            "We answer within thirty (30) days.",
            "We answer within sixty (60) days.",
            "~ numbers We answer within [-thirty-] {+sixty+} ( [-30-] {+60+} ) days.",
        ),
        (
            "We keep it for 30 days.",
            "We keep it for thirty days.",
            "~ numbers We keep it for [-30-] {+thirty+} days.",
        ),
        (
            "Version 3.0, effective July 7, 2020",
            "Version 3.1, effective March 4, 2022",
            "~ numbers Version [-3.0-] {+3.1+} , effective [-July 7, 2020-] {+March 4, 2022+}",
        ),
        (
            "Last updated: 2020-05-01",
            "Last updated: June 3rd, 2021",
            "~ numbers Last updated: [-2020-05-01-] {+June 3rd, 2021+}",
        ),
        (
            "Policy Version 3 (v2.1)",
            "Policy Version 4 (v3.0)",
            "~ numbers Policy Version [-3-] {+4+} ( [-v2.1-] {+v3.0+} )",
        ),
        (
            "The fee is $100 or 5% of the sum.",
            "The fee is $120 or 7.5% of the sum.",
            "~ numbers The fee is $ [-100-] {+120+} or [-5-] {+7.5+} % of the sum.",
        ),
    ] {
        assert_eq!(row(left, right), shown);
    }
}

#[test]
fn a_date_in_another_form_is_numbers_and_is_shown_whole() {
    for (left, right, shown) in [
        (
            "Last updated: March 1, 2020",
            "Last updated: 1 March 2020",
            "~ numbers Last updated: [-March 1, 2020-] {+1 March 2020+}",
        ),
        (
            "Effective March 1, 2020 for all.",
            "Effective Monday, March 2, 2020 for all.",
            "~ numbers Effective [-March 1, 2020-] {+Monday, March 2, 2020+} for all.",
        ),
        (
            "From 1st of May 2020 until 01.03.2021 it holds.",
            "From May 1, 2020 until 01.03.2021 it holds.",
            "~ numbers From [-1st of May 2020-] {+May 1, 2020+} until 01.03.2021 it holds.",
        ),
    ] {
        assert_eq!(row(left, right), shown);
    }
}

#[test]
fn another_unit_is_another_promise() {
    assert_eq!(
        row("We keep it for 30 days.", "We keep it for 12 months."),
        "~ We keep it for [-30 days-] {+12 months+} ."
    );
    assert_eq!(
        row("Effective on 1 May 2020.", "Effective from 2 May 2021."),
        "~ Effective [-on 1 May 2020-] {+from 2 May 2021+} ."
    );
}

/// A comma can decide a case (O'Connor v. Oakhurst Dairy turned on the one before "or"), and so can
/// a bracket: punctuation inside a sentence is wording.
#[test]
fn punctuation_inside_a_sentence_is_wording() {
    for (left, right, shown) in [
        (
            "We share data with partners who pay us.",
            "We share data with partners, who pay us.",
            "~ We share data with partners {+,+} who pay us.",
        ),
        (
            "We share names, emails and phones.",
            "We share names, emails, and phones.",
            "~ We share names, emails {+,+} and phones.",
        ),
    ] {
        assert_eq!(row(left, right), shown);
    }
}

/// "Don't" says what "do not" says; "it's" may be "it is" or "it has".
#[test]
fn contractions_are_form_where_they_stand_for_one_thing() {
    assert_eq!(
        row(
            "We do not sell data, and we will not.",
            "We don’t sell data, and we won't."
        ),
        "~ formatting We [-do not-] {+don’t+} sell data, and we [-will not-] {+won't+} ."
    );
    assert_eq!(
        row("It is our data.", "It's our data."),
        "~ [-It is-] {+It's+} our data."
    );
}

#[test]
fn letters_in_one_piece_or_two_are_the_same() {
    assert_eq!(
        row("Cookies können das.", "Cookies ko\u{308}nnen das."),
        "~ formatting Cookies [-können-] {+ko\u{308}nnen+} das."
    );
}

#[test]
fn a_space_left_out_between_sentences_is_form() {
    let shown = row(
        "We share your data with partners. In addition we keep logs.",
        "We share your data with partners.In addition we keep logs.",
    );
    assert!(shown.starts_with("~ formatting "), "{shown}");
}

#[test]
fn addresses_change_whole() {
    assert_eq!(
        row(
            "See blog.example.com/terms for more.",
            "See corp.example.com/terms for more."
        ),
        "~ See [-blog.example.com/terms-] {+corp.example.com/terms+} for more."
    );
}

#[test]
fn an_aside_is_marked_with_its_brackets() {
    assert_eq!(
        row(
            "Contact the office (ICO) now.",
            "Contact the office (opens a new window) (ICO) now."
        ),
        "~ Contact the office {+(opens a new window)+} (ICO) now."
    );
}

#[test]
fn quotes_and_bullets_beside_changed_words_are_not_marked() {
    assert_eq!(
        row(
            "We call the “Service” and the “App” ours.",
            "We call the Example Service and the App ours."
        ),
        "~ We call the {+Example+} Service and the App ours."
    );
    assert_eq!(
        row(
            "We share: • names; • emails with partners.",
            "We share: names; emails with friends."
        ),
        "~ We share: names; emails with [-partners-] {+friends+} ."
    );
}

#[test]
fn a_list_that_became_a_sentence_is_one_row() {
    let list = "We collect:\n\n- your name\n\n- your email address\n\n- your postal address\n\n- your payment details";
    let sentence =
        "We collect your name, your email address, your postal address and your payment details.";
    assert_eq!(
        rows(list, sentence),
        [
            "~ We collect [-:-] your name {+,+} your email address {+,+} your postal address {+and+} \
             your payment details {+.+}"
        ]
    );
    assert_eq!(rows(sentence, list).len(), 1);
}

#[test]
fn a_heading_that_was_renamed_is_one_row() {
    assert_eq!(
        rows(
            "# Sharing\n\nWe share with partners of ours.",
            "# Who gets it\n\nWe share with partners of ours."
        ),
        [
            "~ [-Sharing-] {+Who gets it+}",
            "= We share with partners of ours."
        ]
    );
}

#[test]
fn a_heading_is_not_taken_for_a_sentence_of_like_words() {
    let shown = rows(
        "We recognize that both Privacy Shield Frameworks no longer allow transfers to the US.\n\nLast words.",
        "# Privacy Framework of the US\n\nLast words.",
    );
    assert_eq!(
        shown,
        [
            "- We recognize that both Privacy Shield Frameworks no longer allow transfers to the US.",
            "+ Privacy Framework of the US",
            "= Last words."
        ]
    );
}

#[test]
fn a_paragraph_that_moved_past_edited_ones_is_the_one_that_moved() {
    let kept = |n: usize, word: &str| {
        format!(
            "Rule {n} stays for the {n} guests of this house. The {word} of rule {n} may change."
        )
    };
    let moved = "You have the right to access the data that we hold. You have the right to correct it as well.";
    let before = [
        moved.to_owned(),
        kept(1, "words"),
        kept(2, "words"),
        kept(3, "words"),
    ];
    let after = [
        kept(1, "terms"),
        kept(2, "terms"),
        kept(3, "terms"),
        moved.to_owned(),
    ];
    let shown = rows(&before.join("\n\n"), &after.join("\n\n"));
    let gone: Vec<&String> = shown
        .iter()
        .filter(|row| row.starts_with("⇄ away"))
        .collect();
    assert_eq!(
        gone,
        [
            "⇄ away You have the right to access the data that we hold.",
            "⇄ away You have the right to correct it as well.",
        ]
    );
    assert!(
        shown.contains(&"= Rule 1 stays for the 1 guests of this house.".to_owned()),
        "{shown:?}"
    );
}

#[test]
fn a_moved_paragraph_that_was_split_and_edited_is_found() {
    let rest = "We keep server logs for a month. We delete them after that month is over. We never sell them to anyone.";
    let shown = rows(
        &format!(
            "You may access your data. You may correct it whenever it is wrong. We answer every request within a month.\n\n{rest}"
        ),
        &format!(
            "{rest}\n\nYou may access your data. You may correct it whenever it is incomplete.\n\nWe answer every request within a month."
        ),
    );
    let away: Vec<&String> = shown.iter().filter(|row| row.contains(" away ")).collect();
    assert_eq!(
        away,
        [
            "⇄ away You may access your data.",
            "⇄~ away You may correct it whenever it is [-wrong-] {+incomplete+} .",
            "⇄ away We answer every request within a month.",
        ]
    );
}

#[test]
fn a_text_that_looks_cut_short_is_named() {
    let long = "We share data with partners abroad. We keep logs for a month. ".repeat(8);
    let (_, comparison) = by_text("We share data with partners abroad.", &long);
    assert_eq!(
        comparison.notes,
        [
            "The left text has only 8 % of the length of the right one: it may be cut short, or a page that did not load."
        ]
    );
}
