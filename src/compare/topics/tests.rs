//! What a person would see, by topic, with all clauses under one topic.

use crate::compare::testing::{compare, labels, policy, show};
use crate::compare::{By, Input, Verdict};
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
        (
            "We do not sell your personal data.",
            "Your personal data may be sold to advertisers.",
        ),
        (
            "We do not collect personal information when you browse.",
            "When you browse, we collect personal information.",
        ),
        (
            "We do not store personal data in cookies.",
            "Personal data is stored in cookies.",
        ),
        (
            "Nobody here sells your data, and we never will sell it; we do not sell personal data.",
            "We sell personal data.",
        ),
        (
            "Please note that we do not sell your personal data.",
            "We reserve the right to sell your personal data.",
        ),
        (
            "We no longer share your personal data with third parties.",
            "We share your email address with our advertising partners.",
        ),
        (
            "We do not respond to Do Not Track signals.",
            "We honor DNT signals.",
        ),
        (
            "You can opt out of our newsletter.",
            "You cannot opt out of our newsletter.",
        ),
        (
            "We are not responsible for the practices of linked sites.",
            "We are responsible for the practices of linked sites.",
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
            "We don't share any information that identifies you.",
            "Please minimize the personal information you choose to share on these forums.",
        ),
        (
            "We do not share your personal information.",
            "Users may share personal information with each other.",
        ),
        (
            "We never store passwords or similarly sensitive data in cookies.",
            "Session cookies are used to keep track of the state, to hold details about the user being logged in.",
        ),
        (
            "We have never sold any personal information.",
            "Devices sold by our partners include phones that hold personal information.",
        ),
        (
            "We do not collect personal information when you browse.",
            "We may collect personal information when you enter a contest.",
        ),
        (
            "Our programs do not collect personal information.",
            "Our website collects personal information.",
        ),
        (
            "We do not store personal data in cookies.",
            "We store personal data in a secure database.",
        ),
        (
            "We do not use your user content for marketing purposes.",
            "We may use cookies for the purposes of marketing our content.",
        ),
        (
            "We do not use this information for any other purpose.",
            "We use your data to improve our service.",
        ),
        // Not only, no longer than, not without: no plain denials.
        (
            "We do not only share your data with advertisers.",
            "We share your data with advertisers.",
        ),
        (
            "We keep your data no longer than we need it, and store it in Norway.",
            "We store your data in Norway.",
        ),
        (
            "We never refuse to delete your data.",
            "We delete your data.",
        ),
        // Who hosts the site, a court or a buyer is no third party to a denial that leaves them out.
        (
            "We do not share your data with third parties.",
            "We share your data with our service providers.",
        ),
        (
            "We do not share your data with third parties.",
            "We may disclose your data to third parties when our company is acquired in a merger.",
        ),
        // Not stated: a condition, a noun, what others do, what "they" stands for.
        (
            "We do not share your data with third parties.",
            "When we share your data with third parties, they protect it.",
        ),
        (
            "We do not share your data with third parties.",
            "You may ask for a list of third parties to which we share your data.",
        ),
        (
            "We do not collect your data.",
            "Your data may be collected by advertisers.",
        ),
        (
            "They are not used for marketing purposes.",
            "We use your data for marketing purposes.",
        ),
        // For themselves, by mistake, a word explained, a heading, those they share with.
        (
            "We do not share your data with third parties for their own marketing purposes.",
            "We share your data with third parties that help our marketing.",
        ),
        (
            "We do not knowingly collect data from children under 13.",
            "If we inadvertently collected data from children under 13, it is erased.",
        ),
        (
            "We do not sell your data.",
            "Your data is “sold” when provided to a third party for money.",
        ),
        (
            "We do not share your data with advertisers.",
            "We share your data with third parties that host our site.",
        ),
        (
            "We do not collect biometric data.",
            "We collect data about your race.",
        ),
        (
            "We do not collect data from children.",
            "We collect data from teen users.",
        ),
        // Another purpose.
        (
            "We do not share your data with third parties for marketing purposes.",
            "We share your data with third parties to analyse usage.",
        ),
    ] {
        let sign = sign(left, right);
        assert!(!sign.contains('≠'), "{left} / {right}: {sign}");
    }
}

#[test]
fn a_denial_that_its_own_policy_takes_back_opposes_nobody() {
    let (_, signs) = rows(
        "When you browse, we do not ask for your data. We collect your data when you register.",
        "We collect your personal data in several ways.",
    );
    assert!(!signs.concat().contains('≠'), "{signs:?}");
    let (_, signs) = rows(
        "We do not sell your data. We may sell the company.",
        "We may sell your data.",
    );
    assert!(signs.concat().contains('≠'), "{signs:?}");
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
            "You can object to the use of your data that rests on our legitimate interests.",
            "If we use your data on our legitimate interests, you can object to this use.",
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
        (
            "We may revise this privacy policy from time to time.",
            "This notice is subject to change.",
        ),
        (
            "Your data may be transferred in a merger.",
            "We may disclose information in connection with a sale of assets.",
        ),
        (
            "No method of transmission over the Internet is 100% secure.",
            "We cannot guarantee perfect security.",
        ),
        (
            "Logs are kept for twelve months.",
            "We retain logs for a year.",
        ),
        (
            "We do not rent or sell your Personal Information to third parties.",
            "We Do Not Sell Your Personal Information.",
        ),
        (
            "We will contact you by e-mail.",
            "We write to you at your email address.",
        ),
    ] {
        assert_eq!(sign(left, right), "~", "{left} / {right}");
    }
}

#[test]
fn the_same_words_of_something_else_are_not_similar() {
    for (left, right) in [
        (
            "The types of information that we may collect include your name and phone number.",
            "We do not use the service to collect your name or phone number.",
        ),
        (
            "We shall delete your account information on request.",
            "We retain your account information even on request.",
        ),
        (
            "We collect your approximate location.",
            "We collect your precise location.",
        ),
        (
            "We collect your precise location.",
            "We collect your precise location only with your consent.",
        ),
        (
            "We share your personal data with third parties without your consent.",
            "We share your personal data with third parties only with your consent.",
        ),
        (
            "We share your personal data with third parties.",
            "Unless you object, we share your personal data with third parties.",
        ),
        (
            "We will notify you by email before any change of this policy.",
            "We will notify you by email after any change of this policy.",
        ),
        (
            "We collect your data from advertisers.",
            "We share your data with advertisers.",
        ),
        (
            "We are not responsible for the practices of linked sites.",
            "We are responsible for the practices of linked sites.",
        ),
        (
            "Cross-Border Data Transfers",
            "We transfer your data across borders to other countries.",
        ),
    ] {
        let sign = sign(left, right);
        assert!(!sign.contains('~'), "{left} / {right}: {sign}");
    }
}

#[test]
fn what_both_say_is_told_of_neither_alone() {
    let policies = Pair::new(
        policy("We sell no data. You may write to us."),
        policy("You may write to us. We keep no data. We sell no data."),
    );
    let topics = Pair::new(Topic::Sharing, Topic::Choice);
    let labels = Pair::SIDES.map(|side| labels(&policies[side], topics[side]));
    let pair = Pair::SIDES.map(|side| Input {
        policy: &policies[side],
        labels: &labels[side],
    });
    let comparison = crate::compare::compare(pair, By::Topic);
    let equal = ["= We sell no data.", "= You may write to us."];
    let both = [equal[0], equal[1], "+ We keep no data.", equal[0], equal[1]];
    assert_eq!(show(&policies, &comparison), both);
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

#[test]
fn another_figure_is_another_rule() {
    for (left, right) in [
        (
            "We do not knowingly collect data from children under 13.",
            "We do not knowingly collect data from children under 16.",
        ),
        (
            "Server logs are deleted after thirty days.",
            "We delete server logs after 90 days.",
        ),
        (
            "Your data is kept for 30 days.",
            "Your data is kept for 12 months.",
        ),
    ] {
        assert_eq!(sign(left, right), "/", "{left} / {right}");
        assert_eq!(rows(left, right).0, Verdict::Different, "{left} / {right}");
    }
    let (verdict, _) = rows(
        "Server logs are deleted after thirty days.",
        "We delete server logs after 30 days.",
    );
    assert_ne!(verdict, Verdict::Different);
}

#[test]
fn of_two_versions_only_equal_clauses_make_a_topic_the_same() {
    let kept = "We share your data with advertisers. We never sell it to anyone else. \
                We disclose personal information when a court orders us to do so.";
    let verdict = |left: &str, right: &str| {
        let there = rows(left, right).0;
        let back = rows(right, left).0;
        (there, back)
    };
    assert_eq!(verdict(kept, kept).0, Verdict::Same);
    let longer = format!("{kept} Our partners in Norway see your photographs.");
    assert_eq!(
        verdict(kept, &longer),
        (Verdict::Different, Verdict::Different)
    );
    let reworded = kept.replace("share your data", "share personal information");
    assert_eq!(
        verdict(kept, &reworded),
        (Verdict::Similar, Verdict::Similar)
    );
    let (old, new) = (
        format!("{kept} You must be over 13 to share data with us."),
        format!("{kept} You must be over 18 to share data with us."),
    );
    assert_eq!(verdict(&old, &new).0, Verdict::Different);
    let without = old.replace("over 13", "of age");
    assert_eq!(verdict(&old, &without).0, Verdict::Different);
}

#[test]
fn clauses_that_share_only_a_gist_are_not_put_side_by_side() {
    for (left, right) in [
        (
            "Your IP address is also used to help identify you and to gather broad demographic information.",
            "We may also use your personal information to contact you to participate in a market research survey.",
        ),
        (
            "By indicating how visitors use a website, cookies aid us in finding out which areas are popular.",
            "In some of our email to you, we may use a click-through URL.",
        ),
        (
            "You can refuse to receive the messages at any time.",
            "Here you can block cookies or set up a prompt.",
        ),
    ] {
        assert_eq!(sign(left, right), "-+", "{left} / {right}");
    }
    let (_, signs) = rows(
        "Cookies are used on most larger websites. By indicating how and when visitors use a \
         website, cookies aid us in finding out which areas are popular and which are not.",
        "In some of our email to you, we may use a click-through URL. Cookies help us understand \
         which parts of our website are the most popular.",
    );
    let signs = signs.concat();
    assert!(["~-+", "/-+"].contains(&signs.as_str()), "{signs}");
}

#[test]
fn a_common_recipient_alone_is_no_common_matter() {
    let (_, signs) = rows(
        "Without your consent, we and our affiliates do not share your personal information with any third party.",
        "Cookies are used to track which affiliates and partners have sent us visitors. \
         We will never disclose any data about any individual user to any third party.",
    );
    assert_eq!(signs.len(), 2, "{signs:?}");
    assert_eq!(signs[1], "+", "{signs:?}");
}

#[test]
fn a_topic_agrees_when_the_same_is_said_in_fewer_sentences() {
    let two = "We share your personal data with advertisers.\n\n\
               We may share personal data with our advertisers too.";
    let one = "We share personal data with advertisers.";
    let verdict = |left, right| rows(left, right).0;
    assert_ne!(verdict(two, one), Verdict::Different);
    // What only one of them refuses is a difference.
    let refusal = format!("{two}\n\nWe do not sell your photos.");
    assert_eq!(verdict(&refusal, one), Verdict::Different);
}

#[test]
fn clauses_that_share_little_stay_on_their_side() {
    let cookies = "We use cookies to keep you logged in and to record your preferences.";
    let account = "We may collect information about the account signed in on your phone.";
    assert_eq!(sign(cookies, account), "-+");
}

/// What the one topic comes to that both sides speak of.
fn verdict_of(topic: Topic, left: &str, right: &str) -> Verdict {
    let policies = Pair::new(policy(left), policy(right));
    let comparison = compare(&policies, By::Topic);
    let mut topics = comparison.topics.iter();
    topics
        .find(|found| found.topic == topic)
        .map(|found| found.verdict)
        .unwrap()
}

#[test]
fn a_denial_beside_an_assertion_is_never_the_same() {
    for (left, right) in [
        (
            "We do not share your email address with advertisers.",
            "Your e-mail address may be given to marketing partners.",
        ),
        (
            "We do not share your personal data with advertisers.",
            "We share your personal data with advertisers.",
        ),
    ] {
        let verdict = verdict_of(Topic::Sharing, left, right);
        assert!(
            matches!(verdict, Verdict::Different | Verdict::Opposed),
            "{left}: {verdict:?}"
        );
    }
}

#[test]
fn a_question_is_not_put_beside_a_statement_that_another_matches() {
    let left = "We may update this Privacy Policy from time to time.";
    let right = "Will there be updates to this Privacy Policy?\n\nAcme may update this Privacy Notice from time to time.";
    let policies = Pair::new(policy(left), policy(right));
    let comparison = compare(&policies, By::Topic);
    let paired = comparison
        .rows
        .iter()
        .find(|row| !row.clauses.left.is_empty() && !row.clauses.right.is_empty());
    let right = paired.and_then(|row| row.clauses.right.first()).unwrap();
    assert!(
        policies
            .right
            .clause_text(*right)
            .starts_with("Acme may update")
    );
}
