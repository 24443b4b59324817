//! What a user would notice of stances: sentences and short texts, and the stance they get.

use super::Classifier;
use crate::model::Stance::{self, Asserts, Denies, Limits, Permits};

fn stance_of(text: &str) -> Stance {
    Classifier::builtin().classify_segment(text).stance
}

#[test]
fn stances() {
    for (stance, text) in [
        (Asserts, "We share your data with partners."),
        (Asserts, "You may ask us to delete your personal data."),
        (
            Denies,
            "We do not sell, rent or otherwise disclose your personal data.",
        ),
        (Denies, "We'll never sell your personal information."),
        (Denies, "No personal information is collected."),
        (
            Denies,
            "We are not in the business of selling our customers' personal information to others.",
        ),
        (
            Asserts,
            "We are in the business of selling personal information.",
        ),
        (
            Denies,
            "Neither we nor our partners rent your personal information to anyone.",
        ),
        (
            Denies,
            "Neither we, nor our affiliates, sell your personal information.",
        ),
        (
            Denies,
            "We are not responsible for the content of other sites.",
        ),
        (Denies, "We don’t knowingly collect data from children."),
        (Permits, "We may share your data with partners."),
        (Permits, "We reserve the right to change this policy."),
        (
            Limits,
            "We do not share your data with third parties without your consent.",
        ),
        (
            Limits,
            "We only share your data with third parties if you consent.",
        ),
        (Stance::None, "Welcome to our privacy policy."),
    ] {
        assert_eq!(stance_of(text), stance, "{text}");
    }
}

#[test]
fn a_refusal_of_the_reader_is_no_denial_of_the_company() {
    for text in [
        "If you do not want to receive e-mail, you can unsubscribe.",
        "You do not have to provide personal data.",
    ] {
        assert_ne!(stance_of(text), Denies, "{text}");
    }
}

#[test]
fn the_stance_of_a_sentence_is_that_of_its_main_verb() {
    for (stance, text) in [
        (
            Permits,
            "We may need to share your data with partners or provide it to affiliates.",
        ),
        (
            Denies,
            "No personal data whatsoever remains on our servers.",
        ),
        (
            Asserts,
            "You may object to decisions based solely on automated processing of personal data.",
        ),
        (
            Limits,
            "We collect personal data for the sole purpose of delivery.",
        ),
        (
            Limits,
            "Your right to deletion of personal data is not absolute.",
        ),
        (
            Asserts,
            "Cookies are deleted after a period, which may vary depending on the cookie.",
        ),
        (
            Asserts,
            "You can withdraw consent to cookies, or decline, by not allowing cookies.",
        ),
        (
            Stance::None,
            "We ask that you not send us sensitive personal data by email.",
        ),
        (
            Stance::None,
            "If you have any questions about how we collect personal data, we will help.",
        ),
        (
            Stance::None,
            "Personal data is any information that we collect about you.",
        ),
    ] {
        assert_eq!(stance_of(text), stance, "{text}");
    }
}

#[test]
fn stances_are_read_from_grammar() {
    for (stance, text) in [
        // A capital within a sentence, or one noun before it, makes a noun of a verb.
        (
            Permits,
            "Data Transfers: we may share personal data with partners.",
        ),
        (
            Permits,
            "For tax record keeping we may keep your personal data.",
        ),
        // What is put between commas, and who acts.
        (Denies, "We do not, in any event, sell your personal data."),
        (
            Permits,
            "We may, from time to time, share your personal data.",
        ),
        (
            Permits,
            "Your personal data could become known to advertisers.",
        ),
        (Asserts, "Ohio residents may delete their personal data."),
        (
            Asserts,
            "If you want to, you can delete your personal data.",
        ),
        // Names of links and advice deny nothing.
        (
            Asserts,
            "Use the “Do Not Sell My Personal Information” link to opt out.",
        ),
        (
            Stance::None,
            "If you share data of a friend, you should tell this friend.",
        ),
        (
            Asserts,
            "We share personal data with sites not controlled by us.",
        ),
        // What limits, and what only seems to.
        (
            Limits,
            "If you opt in, we share your personal data with partners.",
        ),
        (Limits, "If you have agreed, we sell personal data."),
        (
            Limits,
            "We keep chats with drivers only until the ride ends, as personal data.",
        ),
        (
            Limits,
            "Delete personal data, subject to some legal exceptions.",
        ),
        (
            Limits,
            "We may not be able to delete all your personal data.",
        ),
        (
            Asserts,
            "Depending on your settings, we share personal data.",
        ),
        (
            Asserts,
            "We share personal data with partners who use it only for delivery.",
        ),
        (
            Asserts,
            "We delete personal data no later than 30 days after a visit.",
        ),
        (Asserts, "We use cookies to save your choices."),
        (
            Asserts,
            "Personal data we share includes, but is not limited to, your name.",
        ),
    ] {
        assert_eq!(stance_of(text), stance, "{text}");
    }
}

#[test]
fn readers_are_known_by_any_name() {
    for (stance, text) in [
        (Asserts, "The member may lodge a complaint."),
        (Permits, "The company may lodge a complaint."),
        (
            Asserts,
            "You have full control and can disable cookies at any time.",
        ),
        (
            Permits,
            "The provider has full control and can disable cookies at any time.",
        ),
        (
            Asserts,
            "Residents of the state may request a copy of their personal data.",
        ),
        (
            Permits,
            "Data about residents of the state may be shared with partners.",
        ),
        (Permits, "Data you give us may be shared and may be sold."),
    ] {
        let said = format!("Concerning your personal data: {text}");
        assert_eq!(stance_of(&said), stance, "{text}");
    }
}

#[test]
fn what_frames_a_statement_is_not_the_statement() {
    for (stance, text) in [
        (Denies, "We inform you that we do not sell personal data."),
        (
            Asserts,
            "We inform you about the personal data that we do not sell.",
        ),
        (
            Stance::None,
            "For details of the personal data that we collect, please see our other notice.",
        ),
        (Asserts, "Please note that we collect personal data."),
        (
            Permits,
            "If you write to us on paper we may keep personal data.",
        ),
        (
            Asserts,
            "If you use the apps that we may offer, personal data is collected.",
        ),
        (
            Stance::None,
            "We strongly encourage you to read the privacy policies of linked websites.",
        ),
        (Asserts, "We ask you to provide your personal data."),
        (
            Asserts,
            "If you visit us with the Global Privacy Control enabled, cookies are turned off.",
        ),
        (Stance::None, "To learn more, visit our cookie page."),
    ] {
        assert_eq!(stance_of(text), stance, "{text}");
    }
}

#[test]
fn what_is_not_had_is_denied_and_what_few_may_is_limited() {
    for (stance, text) in [
        (
            Denies,
            "We do not have knowledge that we sell personal data of minors.",
        ),
        (
            Asserts,
            "We may not have knowledge that we sell personal data of minors.",
        ),
        (
            Asserts,
            "If you do not have an account, we collect your personal data.",
        ),
        (
            Denies,
            "Unless otherwise indicated, our services are not intended for children.",
        ),
        (
            Limits,
            "Unless otherwise indicated, we do not share personal data, except with partners.",
        ),
        (
            Limits,
            "Only partners of our network can see your personal data.",
        ),
        (Permits, "Our partners can view your personal data."),
        (Limits, "You may be entitled to access your personal data."),
        (Asserts, "You are entitled to access your personal data."),
    ] {
        assert_eq!(stance_of(text), stance, "{text}");
    }
}

#[test]
fn of_several_sentences_the_first_on_the_main_topic_counts() {
    for (stance, text) in [
        (
            Asserts,
            "We share your personal data with partners. We may also disclose your data to affiliates.",
        ),
        (
            Permits,
            "We may share your personal data with partners. These partners process your data.",
        ),
        // What a text on children, links or signals comes down to is what it denies.
        (
            Denies,
            "Our site contains links to other websites. We are not responsible for linked websites.",
        ),
    ] {
        assert_eq!(stance_of(text), stance, "{text}");
    }
}

#[test]
fn refusals_rules_and_promises_deny() {
    for text in [
        "We refuse to sell your personal data.",
        "It is not our practice to share your personal data.",
        "It is our policy not to sell your personal data.",
        "Our policy is never to sell your personal data.",
        "We promise not to sell your personal data.",
        "This does not mean that we sell your personal data.",
    ] {
        assert_eq!(stance_of(text), Denies, "{text}");
    }
    for text in [
        "You may refuse to share your personal data.",
        "We may refuse to delete your personal data.",
        "Refusing to share your location means that we use your personal data less.",
        "We do not refuse to delete your personal data.",
        "It is our practice to share your personal data.",
        "You may ask us not to sell your personal data.",
        "This does not mean that we never share your personal data.",
        "If this is not the case, we may share your personal data.",
    ] {
        assert_ne!(stance_of(text), Denies, "{text}");
    }
}

#[test]
fn anyone_but_leaves_somebody_out() {
    for text in [
        "We do not disclose your personal data to anyone but our host.",
        "We do not share your personal data with any third party other than our host.",
    ] {
        assert_eq!(stance_of(text), Limits, "{text}");
    }
    for text in [
        "We do not disclose your personal data to anyone but keep it safe.",
        "We do not share your personal data with anyone, but the law may say more.",
    ] {
        assert_eq!(stance_of(text), Denies, "{text}");
    }
}
