//! What made-up policies answer, where a sentence says more than its words: denials in other words,
//! lists that go on from their lead-in, sentences that the layout broke, statements that disagree.

#![allow(clippy::unwrap_used)]

use policy_tui::classify::Classifier;
use policy_tui::library::{Library, Loader, Request};
use policy_tui::model::{Answer, ClauseKind, IssueKind, PracticeAnswer, Stance};
use std::sync::Arc;

/// A library of one policy that says this.
fn library(says: &str) -> Library {
    library_of("made-up", says)
}

/// A library of the policy of one site.
fn library_of(site: &str, says: &str) -> Library {
    let folder = tempfile::tempdir().unwrap();
    let head = "# Privacy Policy\n\nThis policy explains how we handle your personal data.\n\n";
    std::fs::write(
        folder.path().join(format!("{site}.md")),
        format!("{head}{says}\n"),
    )
    .unwrap();
    let loader = Loader::new(Arc::new(Classifier::builtin()));
    loader.load(&Request::new(vec![folder.path().to_owned()]))
}

/// What it answers to a question, and the first sentence that says so behind what that goes on from.
fn asked(question: &str, says: &str) -> (PracticeAnswer, String) {
    answered(&library(says), question)
}

/// What the only policy of a library answers, and the sentence.
fn answered(library: &Library, question: &str) -> (PracticeAnswer, String) {
    let place = library.questions().iter().position(|q| q.id == question);
    let id = library.ids().next().unwrap();
    let answer = library.answers(id).of(place.unwrap()).clone();
    let policy = Arc::clone(library.get(id).unwrap().policy());
    let shown = answer.evidence.first().map(|proof| {
        let clauses = proof.lead_in.into_iter().chain([proof.clause]);
        let texts = clauses.map(|clause| policy.clause_text(clause).to_owned());
        texts.collect::<Vec<_>>().join(" + ")
    });
    (answer, shown.unwrap_or_default())
}

#[track_caller]
fn proves(question: &str, says: &str, answer: Answer, shown: &str) {
    let (got, sentence) = asked(question, says);
    assert_eq!((got.answer, sentence.as_str()), (answer, shown));
}

#[test]
fn items_go_on_from_their_lead_in() {
    let rights = "You may:\n\n- delete your data\n- access your data\n- export your data";
    let yes = Answer::Yes;
    proves("delete-data", rights, yes, "You may: + delete your data");
    proves(
        "access-or-correct",
        rights,
        yes,
        "You may: + access your data",
    );
    proves("export-data", rights, yes, "You may: + export your data");
    let never = "We do not:\n\n- sell your personal data\n- use cookies";
    proves(
        "uses-cookies",
        never,
        Answer::No,
        "We do not: + use cookies",
    );
    proves(
        "personal-data-sold",
        never,
        Answer::No,
        "We do not: + sell your personal data",
    );
    let ban = "We will never:\n\n- rent or sell your data;\n- read your mail.";
    let shown = "We will never: + rent or sell your data;";
    proves("personal-data-sold", ban, Answer::No, shown);
}

#[test]
fn what_introduces_a_list_below_a_numbered_heading_leads_in_all_its_items() {
    let never = "1.  #### What we never do\n\n    We do not:\n\n    \
        *   Use cookies on our website.\n    *   Sell your personal information to third parties.\n\n\
        2.  #### Contact\n\n    Write to us.";
    let lead_in = "We do not: + ";
    let cookies = format!("{lead_in}Use cookies on our website.");
    proves("uses-cookies", never, Answer::No, &cookies);
    let sold = format!("{lead_in}Sell your personal information to third parties.");
    proves("personal-data-sold", never, Answer::No, &sold);
}

#[test]
fn sentences_of_their_own_stand_alone() {
    let item = "We use cookies to:\n\n- We sell your personal data.\n- Remember you. We log your IP address.";
    proves(
        "personal-data-sold",
        item,
        Answer::Yes,
        "We sell your personal data.",
    );
    proves(
        "ip-address-recorded",
        item,
        Answer::Yes,
        "We log your IP address.",
    );
    let when = "We log your IP address when:\n\n- You sell your personal data on our market.";
    proves("personal-data-sold", when, Answer::NotStated, "");
}

#[test]
fn a_sentence_that_was_broken_is_read_whole() {
    let broken = "Our site and our apps do not currently\n\nsupport Do Not Track requests.";
    let shown = "Our site and our apps do not currently + support Do Not Track requests.";
    proves("do-not-track", broken, Answer::No, shown);
    let named = "Our site honours your wishes.\n\nacme supports Do Not Track requests.";
    let shown = "acme supports Do Not Track requests.";
    proves("do-not-track", named, Answer::Yes, shown);
}

#[test]
fn a_heading_proves_what_it_states() {
    let silent = Answer::NotStated;
    proves("breach-notice", "## Data breach notification", silent, "");
    proves("uses-cookies", "## Use of cookies", silent, "");
    let states = "## We do not sell your personal data";
    let shown = "We do not sell your personal data";
    proves("personal-data-sold", states, Answer::No, shown);
    proves(
        "last-updated-shown",
        "## Last updated 3 May 2024",
        Answer::Yes,
        "Last updated 3 May 2024",
    );
}

#[test]
fn a_denial_of_a_part_does_not_deny_the_whole() {
    let part = "We sell your personal information. We will not rent your e-mail address to anyone.";
    let (answer, sentence) = asked("personal-data-sold", part);
    assert_eq!((answer.answer, answer.contradicted), (Answer::Yes, false));
    assert_eq!(sentence, "We sell your personal information.");
    let purpose =
        "We sell personal data. We do not sell personal data for the purpose of training models.";
    let (answer, _) = asked("personal-data-sold", purpose);
    assert_eq!((answer.answer, answer.contradicted), (Answer::Yes, false));
    let whole = "We sell personal data. We do not sell personal data.";
    assert!(asked("personal-data-sold", whole).0.contradicted);
}

#[test]
fn a_sale_that_is_affirmed_outweighs_what_is_not_sold_for_money() {
    let narrow = "We do not sell your personal data for money.";
    let (answer, _) = asked("personal-data-sold", narrow);
    assert_eq!(answer.answer, Answer::Conditional);
    let affirmed = "We do sell your personal data for other valuable consideration.";
    proves(
        "personal-data-sold",
        &format!("{narrow} {affirmed}"),
        Answer::Yes,
        affirmed,
    );
    let one =
        "Although we do not sell your personal data for money, we do sell your personal data.";
    proves("personal-data-sold", one, Answer::Yes, one);
    let flat = "We do not sell your personal data.";
    let (answer, shown) = asked("personal-data-sold", &format!("{flat}\n\n{affirmed}"));
    assert_eq!((answer.answer, answer.contradicted), (Answer::Yes, true));
    assert_eq!(shown, affirmed);
    // What a law calls a sale is no statement, and a denial of the whole stays one.
    let defined = "California law defines a sale to include making the information we have about you available.";
    proves(
        "personal-data-sold",
        &format!("{flat} {defined}"),
        Answer::No,
        flat,
    );
    proves(
        "personal-data-sold",
        &format!("{flat} {narrow}"),
        Answer::No,
        flat,
    );
}

#[test]
fn a_denial_beside_what_holds_for_some_is_no_flat_one() {
    let no = "We do not sell, rent or trade your personal data.";
    let some = "Our use of cookies may be considered a sale of your personal information.";
    let yes = "Acme may sell your personal data to the third parties in the following list.";
    let (answer, _) = asked("personal-data-sold", &format!("{no}\n\n{yes}"));
    assert!(answer.contradicted);
    let (answer, _) = asked("personal-data-sold", &format!("{no}\n\n{yes}\n\n{some}"));
    assert_eq!(
        (answer.answer, answer.contradicted),
        (Answer::Conditional, true)
    );
}

#[test]
fn who_is_no_third_party_is_left_open_by_a_general_denial() {
    let general = "We do not share your personal data with any third parties.";
    proves("shared-with-affiliates", general, Answer::NotStated, "");
    let anyone = "We do not share your personal data with anyone.";
    proves("shared-with-affiliates", anyone, Answer::No, anyone);
    let both = format!("{anyone} We share your personal data with our subsidiaries.");
    let (answer, _) = asked("shared-with-affiliates", &both);
    assert_eq!(answer.answer, Answer::Yes);
}

#[test]
fn an_address_that_identifies_you_disagrees_with_one_that_is_linked_to_nothing() {
    let denied = "We do not link IP addresses to anything personally identifiable.";
    let used = "Your IP address is also used to help identify you.";
    let (answer, _) = asked("ip-linked-to-identity", &format!("{used} {denied}"));
    assert_eq!((answer.contradicted, answer.evidence.len()), (true, 2));
    let other = "Your IP address is also used to help count our visitors.";
    let (answer, _) = asked("ip-linked-to-identity", &format!("{other} {denied}"));
    assert_eq!((answer.answer, answer.contradicted), (Answer::No, false));
}

#[test]
fn sentences_on_other_matters_do_not_disagree() {
    let shared = "We share your personal data with partners.";
    let flat = "We do not share your personal data with anyone.";
    let apart = [
        "We collect notes that are not shared with any third party.",
        "The survey tool is our own. It does not share your personal data with anyone.",
        "We do not otherwise share your personal data with third parties.",
    ];
    for other in apart {
        let (answer, _) = asked("personal-data-shared", &format!("{shared} {other}"));
        assert!(!answer.contradicted, "{other}");
    }
    let (answer, _) = asked("personal-data-shared", &format!("{shared} {flat}"));
    assert!(answer.contradicted);
    // Deep in an outline a denial speaks of what the nearest heading names.
    let deep = format!("# A\n\n{shared}\n\n## B\n\n### C\n\n#### Surveys\n\n{flat}");
    let (answer, _) = asked("personal-data-shared", &deep);
    assert_eq!((answer.answer, answer.contradicted), (Answer::Yes, false));
}

#[test]
fn a_list_that_is_only_asked_for_denies_nothing() {
    let asked_for = "If you ask us not to share your data, we may close your account, such as with:\n\n- law enforcement agencies.";
    let (answer, _) = asked("disclosed-when-law-requires", asked_for);
    assert_ne!(answer.answer, Answer::No);
    let never = "We will not share your data with:\n\n- law enforcement agencies.";
    let shown = "We will not share your data with: + law enforcement agencies.";
    proves("disclosed-when-law-requires", never, Answer::No, shown);
}

#[test]
fn an_entry_of_contents_proves_less_than_a_sentence() {
    let entry = "Data that may be shared with affiliates, service providers and business partners";
    let sentence = "We may share your data with business partners.";
    let both = format!("{entry}\n\n{sentence}");
    proves("personal-data-shared", &both, Answer::Yes, sentence);
    proves("personal-data-shared", entry, Answer::Yes, entry);
}

#[test]
fn what_is_said_twice_is_shown_once() {
    let twice = "We sell your personal data.\n\nWe sell your personal data.";
    let (answer, shown) = asked("personal-data-sold", twice);
    assert_eq!(
        (answer.evidence.len(), shown.as_str()),
        (1, "We sell your personal data.")
    );
    let lists = "We sell:\n\n- your data\n\nWe rent:\n\n- your data";
    let (answer, _) = asked("personal-data-sold", lists);
    assert_eq!(
        answer.evidence.len(),
        2,
        "each goes on from a lead-in of its own"
    );
}

/// What is said to contradict itself.
fn contradictions(says: &str) -> Vec<[String; 2]> {
    let library = library(says);
    let findings = library.findings(library.ids().next().unwrap());
    let found = findings
        .into_iter()
        .filter(|issue| issue.kind == IssueKind::Contradiction);
    found
        .map(|issue| issue.quotes.try_into().unwrap())
        .collect()
}

#[test]
fn plain_contradictions_are_found() {
    for (denies, asserts) in [
        (
            "We never sell your data.",
            "We sell your data to advertisers.",
        ),
        (
            "We do not use cookies.",
            "We use cookies to know you again.",
        ),
        ("We do not log IP addresses.", "We log your IP address."),
        (
            "We do not collect your location.",
            "We collect your precise location.",
        ),
        (
            "We will never share your personal information with anyone.",
            "We share your personal data with advertisers.",
        ),
    ] {
        let text = format!("{denies} This helps.\n\n## More\n\n{asserts}");
        assert_eq!(
            contradictions(&text),
            [[denies, asserts].map(str::to_owned)]
        );
    }
}

#[test]
fn statements_about_other_things_do_not_contradict() {
    for innocent in [
        "We do not sell your personal data. We sell aggregated data to advertisers.",
        "We do not sell your sensitive personal data. We sell personal data.",
        "We do not sell personal data as that term is defined by law. We sell your personal data.",
        "We do not sell your data, nor do we sell data of children.",
        "We use cookies. We do not store passwords in cookies.",
        "We do not use cookies to track you. We use cookies.",
        "We do not use third-party cookies. Our site uses cookies.",
        "We do not store card numbers. We ask for your card number.",
        "We log your IP address. We do not store IP addresses together with your name.",
        "We take measures to protect your data. We cannot guarantee its security.",
    ] {
        assert!(contradictions(innocent).is_empty(), "{innocent}");
    }
}

#[test]
fn examples_of_what_is_denied_are_denied() {
    let says = "## What we collect\n\nWe DO NOT ask for or collect information such as your name, address, phone number, age, gender or health information.";
    let (answer, _) = asked("contact-data-collected", says);
    assert_eq!(answer.answer, Answer::No);
}

/// The first word of a question's answer for a policy of one sentence.
#[track_caller]
fn answers(question: &str, cases: &[(&str, Answer)]) {
    for (says, answer) in cases {
        let (got, _) = asked(question, says);
        assert_eq!(got.answer, *answer, "{question}: {says}");
    }
}

#[test]
fn none_behind_a_verb_denies_it() {
    answers(
        "uses-cookies",
        &[
            ("We use no cookies.", Answer::No),
            ("This website uses absolutely no cookies.", Answer::No),
            ("We use cookies, no matter where you live.", Answer::Yes),
            ("We use cookies for no longer than a year.", Answer::Yes),
        ],
    );
    answers(
        "personal-data-shared",
        &[
            (
                "We share no personal information with third parties.",
                Answer::No,
            ),
            ("We share your personal data with nobody.", Answer::No),
            ("We share your data with no third parties.", Answer::No),
            (
                "We disclose personal information to no other company.",
                Answer::No,
            ),
            (
                "We may share personal data with partners at no cost to you.",
                Answer::Yes,
            ),
            (
                "We share personal information with partners, with no exception.",
                Answer::Yes,
            ),
        ],
    );
    answers(
        "personal-data-sold",
        &[
            ("We sell no personal data.", Answer::No),
            ("We sell none of your personal information.", Answer::No),
        ],
    );
}

#[test]
fn a_statement_ends_where_another_begins() {
    answers(
        "personal-data-sold",
        &[
            (
                "We sell shoes and we collect your personal data.",
                Answer::NotStated,
            ),
            (
                "We collect your personal data and we sell it to advertisers.",
                Answer::Yes,
            ),
            ("We do not hesitate to sell your data.", Answer::Yes),
        ],
    );
}

#[test]
fn what_is_done_without_asking_depends_on_nothing() {
    answers(
        "personal-data-shared",
        &[
            (
                "We share your personal data without your consent.",
                Answer::Yes,
            ),
            (
                "We share your personal data only with your consent.",
                Answer::Conditional,
            ),
            (
                "We never share your personal data without your consent.",
                Answer::Conditional,
            ),
        ],
    );
}

#[test]
fn not_longer_than_is_a_limit_and_no_denial() {
    answers(
        "retention-limited",
        &[
            (
                "We will not keep your personal data for longer than is necessary.",
                Answer::Yes,
            ),
            (
                "We do not retain personal information longer than two years.",
                Answer::Yes,
            ),
        ],
    );
    answers(
        "personal-data-sold",
        &[(
            "We do not sell the personal data of those who are less than 16 years old.",
            Answer::NotStated,
        )],
    );
}

/// Questions that a heading asks, with the short answers below them.
const QUESTIONS: [(&str, &str, &str, Answer); 9] = [
    (
        "personal-data-sold",
        "Do you sell my data?",
        "No, never.",
        Answer::No,
    ),
    (
        "personal-data-shared",
        "Is my personal data shared with third parties?",
        "We don't.",
        Answer::No,
    ),
    (
        "uses-cookies",
        "Q: Does Acme use cookies?",
        "A: Yes.",
        Answer::Yes,
    ),
    (
        "delete-data",
        "Can I delete my data?",
        "Of course!",
        Answer::Yes,
    ),
    (
        "location-collected",
        "Do we collect your location?",
        "Yes, if you agree.",
        Answer::Conditional,
    ),
    (
        "personal-data-shared",
        "Do you share my personal data with anyone?",
        "Only with your consent.",
        Answer::Conditional,
    ),
    (
        "personal-data-sold",
        "Will you ever sell my data?",
        "Not without your consent.",
        Answer::Conditional,
    ),
    (
        "do-not-track",
        "Do you respond to Do Not Track signals?",
        "No, not at this time.",
        Answer::No,
    ),
    (
        "data-required-for-service",
        "Do I have to register?",
        "No.",
        Answer::No,
    ),
];

#[test]
fn a_short_answer_goes_on_from_the_question_above_it() {
    for (question, asks, says, answer) in QUESTIONS {
        let shown = format!("{asks} + {says}");
        for policy in [
            format!("## {asks}\n\n{says} You can read more below."),
            format!("**{asks}** {says}"),
            format!("Questions\n\n- {asks} {says}"),
        ] {
            proves(question, &policy, answer, &shown);
        }
    }
}

#[test]
fn what_is_no_short_answer_leaves_the_question_open() {
    let question = "personal-data-sold";
    for policy in [
        "## Do you sell my data?\n\nWe think about this every day.",
        "## Do you sell my data?\n\nNo one knows better than you.",
        "## Do you sell my data?\n\nYes and no.",
        "## Do you sell my data?\n\nWe do think about this.",
        "## Why do you not sell my data?\n\nNo.",
        "## Don't you sell my data?\n\nNo.",
        "## Who buys my data?\n\nNever mind.",
        "## Do you sell my data?\n\n## Contact\n\nNo.",
        "## Do you sell my data?\n\nDo you like this page?\n\nNo.",
    ] {
        proves(question, policy, Answer::NotStated, "");
    }
}

#[test]
fn a_company_that_names_itself_names_no_recipient() {
    let named = |site: &str, says: &str| {
        let (answer, sentence) = answered(&library_of(site, says), "third-parties-named");
        (answer.answer, sentence)
    };
    let own = "You share your data with Google. We use Google Maps.";
    assert_eq!(named("google.com", own), (Answer::NotStated, String::new()));
    assert_eq!(named("maps.example", own).0, Answer::Yes);
    let both = "You share your data with Google. We share it with Stripe.";
    let stripe = "We share it with Stripe.".to_owned();
    assert_eq!(named("Google Maps", both), (Answer::Yes, stripe));
}

#[test]
fn a_denial_for_one_recipient_does_not_deny_all() {
    let shared = "personal-data-shared";
    for one in [
        "Acme",
        "Facebook",
        "the police",
        "your employer",
        "our affiliates",
    ] {
        let denied = format!("We do not share your personal data with {one}.");
        proves(shared, &denied, Answer::NotStated, "");
        proves("personal-data-sold", &denied, Answer::NotStated, "");
        let all =
            format!("We do not share your personal data with {one} or any other third party.");
        proves(shared, &all, Answer::No, &all);
    }
    let defined = "We do not share Your Personal Data with Third Parties.";
    proves(shared, defined, Answer::No, defined);
}

#[test]
fn items_are_denied_by_a_lead_in_that_denies_them_all() {
    let items = "- use cookies on our website\n- collect your location\n- sell your personal data";
    for lead in [
        "We never do any of the following:",
        "We do not do any of the following things:",
        "We do not do the following:",
        "We do none of the following:",
        "We will not, under any circumstances:",
        "The following is not done by us:",
        "None of the following is done by us:",
    ] {
        let says = format!("{lead}\n\n{items}");
        for question in ["uses-cookies", "location-collected", "personal-data-sold"] {
            assert_eq!(
                asked(question, &says).0.answer,
                Answer::No,
                "{question}: {lead}"
            );
        }
    }
    for lead in [
        "We may do any of the following:",
        "We do all of the following:",
    ] {
        let says = format!("{lead}\n\n{items}");
        assert_eq!(asked("uses-cookies", &says).0.answer, Answer::Yes, "{lead}");
    }
    let inline = "We never do any of the following: use cookies, sell your personal data.";
    for question in ["uses-cookies", "personal-data-sold"] {
        assert_eq!(asked(question, inline).0.answer, Answer::No, "{question}");
    }
}

#[test]
fn items_are_denied_by_a_heading_that_denies_them() {
    for heading in [
        "What we do not do",
        "What we don’t do with your data",
        "Things we will never do",
        "3. What we never do",
        "We never:",
        "What Acme does not do",
    ] {
        let list =
            format!("## {heading}\n\n- Sell your personal data\n- Use cookies on our website");
        let shown = format!("{heading} + Sell your personal data");
        proves("personal-data-sold", &list, Answer::No, &shown);
        assert_eq!(answer("uses-cookies", &list), Answer::No, "{heading}");
    }
    let collect = "## Information we do not collect\n\n- Your IP address\n- Your precise location";
    assert_eq!(answer("ip-address-recorded", collect), Answer::No);
    let lead_in = "What we do not do:\n\n- Sell your personal data\n- Use cookies on our website";
    assert_eq!(answer("personal-data-sold", lead_in), Answer::No);
}

#[test]
fn what_leads_a_list_in_by_what_says_it_of_the_items() {
    let lists = "What we collect:\n\n- Your e-mail address\n\nWhat we don’t collect:\n\n- Your precise location";
    let shown = "What we collect: + Your e-mail address";
    proves("contact-data-collected", lists, Answer::Yes, shown);
    assert_eq!(answer("location-collected", lists), Answer::No);
    let ours = "Here is what we do:\n\n- Use cookies on our website";
    assert_eq!(answer("uses-cookies", ours), Answer::Yes);
    let yours = "What you may do:\n\n- Use cookies on our website";
    assert_ne!(answer("uses-cookies", yours), Answer::No);
}

#[test]
fn other_headings_leave_their_lists_what_they_are() {
    for heading in [
        "What we do",
        "What we do not do without your consent",
        "Why we do not do more",
        "What you may not do",
        "What our partners do not do",
        "What this policy does not apply to",
        "We do not sell your data",
        "Do Not Track",
    ] {
        let list = format!(
            "## {heading}\n\n- We use cookies on our website.\n- Use of cookies on our website"
        );
        assert_eq!(answer("uses-cookies", &list), Answer::Yes, "{heading}");
        let list = format!("## {heading}\n\n- Use cookies on our website");
        assert_eq!(answer("uses-cookies", &list), Answer::Yes, "{heading}");
    }
    // A paragraph between them takes the list over.
    let taken = "## What we do not do\n\nIn return, we:\n\n- Use cookies on our website";
    assert_eq!(answer("uses-cookies", taken), Answer::Yes);
    let paragraph = "## What we do not collect\n\nWe use cookies on our website.";
    assert_eq!(answer("uses-cookies", paragraph), Answer::Yes);
}

#[test]
fn what_is_done_for_those_who_ask_is_no_denial() {
    let ask =
        "You may ask us not to:\n\n- use your data for targeted advertising\n- sell your data";
    for question in ["targeted-ads", "personal-data-sold"] {
        let (answer, _) = asked(question, ask);
        assert_eq!(answer.answer, Answer::NotStated, "{question}");
    }
    let asked_for = "If you ask us to, we will not:\n\n- use cookies\n- sell your personal data";
    for question in ["uses-cookies", "personal-data-sold"] {
        let (answer, _) = asked(question, asked_for);
        assert_eq!(answer.answer, Answer::Conditional, "{question}");
    }
}

#[test]
fn a_heading_above_turns_no_denial_round() {
    let under = |says: &str| format!("## Data we collect\n\n{says}");
    let none = under("None of our apps will ever access or track location-based information.");
    let (answer, _) = asked("location-collected", &none);
    assert_eq!(answer.answer, Answer::No);
    for (question, says) in [
        ("location-collected", "Location data: none."),
        ("location-collected", "Location data: not collected."),
        (
            "device-data-collected",
            "Nothing about your device, such as browser type, reaches us.",
        ),
    ] {
        let (answer, _) = asked(question, &under(says));
        assert_ne!(answer.answer, Answer::Yes, "{says}");
    }
    let listed = under("Location data: your city and country.");
    let (answer, _) = asked("location-collected", &listed);
    assert_eq!(answer.answer, Answer::Yes);
}

#[test]
fn what_the_law_requires_disagrees_with_no_denial() {
    let flat = "We do not share your data with third parties.";
    for (says, disagrees) in [
        (
            "We disclose your data to the police when required by law.",
            false,
        ),
        (
            "Where legally required to, we disclose your data to third parties.",
            false,
        ),
        ("We share your data with advertisers.", true),
    ] {
        let (answer, _) = asked("personal-data-shared", &format!("{flat}\n\n{says}"));
        assert_eq!(answer.contradicted, disagrees, "{says}");
    }
    let cookies = "We use cookies.\n\nNo passwords are stored in cookies.";
    assert!(!asked("uses-cookies", cookies).0.contradicted);
}

/// What a policy of one sentence answers to a question.
fn answer(question: &str, says: &str) -> Answer {
    asked(question, says).0.answer
}

#[test]
fn a_not_reaches_its_verb_over_an_aside() {
    for (question, says, expected) in [
        (
            "uses-cookies",
            "We do not, in any way, use cookies.",
            Answer::No,
        ),
        (
            "personal-data-sold",
            "We will never, now or in the future, sell your personal data.",
            Answer::No,
        ),
        (
            "personal-data-shared",
            "We will not, without your consent, share your personal data with third parties.",
            Answer::Conditional,
        ),
        (
            "uses-cookies",
            "If you do not, as is your right, disable them, we use cookies.",
            Answer::Yes,
        ),
        (
            "uses-cookies",
            "We may, in any case, use cookies.",
            Answer::Yes,
        ),
        (
            "personal-data-shared",
            "We share, but do not in any way sell, your personal data with third parties.",
            Answer::Yes,
        ),
    ] {
        assert_eq!(answer(question, says), expected, "{question}: {says}");
    }
}

#[test]
fn one_not_denies_every_verb_of_its_list() {
    let list = "We do not use cookies, sell your data or collect your location.";
    let long = "We never sell your personal data, share it with third parties, or use it for ads.";
    for (question, says) in [
        ("uses-cookies", list),
        ("personal-data-sold", list),
        ("location-collected", list),
        ("personal-data-sold", long),
        ("personal-data-shared", long),
    ] {
        assert_eq!(answer(question, says), Answer::No, "{question}: {says}");
    }
    for (question, says) in [
        (
            "uses-cookies",
            "We do not sell your data, but use cookies or similar technologies.",
        ),
        ("uses-cookies", "We do not sell your data, we use cookies."),
        (
            "uses-cookies",
            "We do not sell your data and use cookies only for your login.",
        ),
    ] {
        assert_ne!(answer(question, says), Answer::No, "{question}: {says}");
    }
    let number = "We will not save your number, share it, sell it or show it to anyone.";
    let both = format!("We share your personal data with partners.\n\n{number}");
    let (shared, _) = asked("personal-data-shared", &both);
    assert_eq!((shared.answer, shared.contradicted), (Answer::Yes, false));
    assert_eq!(answer("personal-data-sold", number), Answer::NotStated);
}

/// The stances of the items of a list.
fn stances_of_items(lead_in: &str, items: &[&str]) -> Vec<Stance> {
    let library = library(&format!("{lead_in}\n\n- {}", items.join("\n- ")));
    let id = library.ids().next().unwrap();
    let labels = library.labels(id);
    let policy = Arc::clone(library.get(id).unwrap().policy());
    let clauses = policy.clauses.iter().zip(&labels.clauses);
    let items = clauses.filter(|(clause, _)| clause.lead_in.is_some());
    items.map(|(_, labels)| labels.stance).collect()
}

#[test]
fn items_take_their_stance_from_a_lead_in_that_denies_them() {
    let verbs = [
        "use cookies",
        "sell your personal data",
        "share your data with advertisers",
    ];
    for lead_in in [
        "We do not:",
        "We will never knowingly:",
        "We never do any of the following:",
        "None of the following is done by us:",
        "The following is not done by us:",
    ] {
        assert_eq!(
            stances_of_items(lead_in, &verbs),
            [Stance::Denies; 3],
            "{lead_in}"
        );
    }
    let nouns = ["Your name and email address", "Your IP address"];
    for lead_in in [
        "We do not collect the following personal data:",
        "We do not share with anyone:",
    ] {
        assert_eq!(
            stances_of_items(lead_in, &nouns),
            [Stance::Denies; 2],
            "{lead_in}"
        );
    }
    let mixed = [
        "sell your personal data without your consent",
        "We may share your data with advertisers",
    ];
    assert_eq!(
        stances_of_items("We do not:", &mixed),
        [Stance::Limits, Stance::Permits]
    );
}

#[test]
fn items_take_their_stance_from_a_heading_that_denies_them() {
    for (heading, denied) in [
        ("What we do not do", true),
        ("We never:", true),
        ("What we do", false),
        ("We do not sell your data", false),
    ] {
        let list = format!(
            "## {heading}\n\n- Sell your personal data to partners\n- Use cookies to track you"
        );
        let library = library(&list);
        let id = library.ids().next().unwrap();
        let policy = Arc::clone(library.get(id).unwrap().policy());
        let labels = library.labels(id);
        let items = policy.clauses.iter().zip(&labels.clauses);
        let items = items.filter(|(clause, _)| clause.kind == ClauseKind::Item);
        let stances: Vec<_> = items.map(|(_, labels)| labels.stance).collect();
        let all = stances.iter().all(|stance| *stance == Stance::Denies);
        assert!(
            all == denied && stances.len() == 2,
            "{heading}: {stances:?}"
        );
    }
}

#[test]
fn other_lead_ins_leave_the_stance_of_items_what_it_is() {
    let verbs = ["use cookies", "share your data with advertisers"];
    for lead_in in [
        "We do the following:",
        "We not only:",
        "If you ask us to, we will not:",
        "You may ask us not to:",
        "We do not sell your personal data, but we:",
        "We do not use your data except in order to:",
        "Your data never leaves our servers.",
        "We do not sell your data for the following reasons:",
        "We are not responsible for:",
    ] {
        let stances = stances_of_items(lead_in, &verbs);
        assert!(!stances.contains(&Stance::Denies), "{lead_in}: {stances:?}");
    }
    let cases = ["the law requires it", "you have given your consent"];
    let stances = stances_of_items("We do not share your data unless:", &cases);
    assert!(!stances.contains(&Stance::Denies), "{stances:?}");
}
