//! What must come out for the five sample policies: structure, provenance, dates, topics, verdicts.

#![allow(clippy::unwrap_used, clippy::panic)]

use policy_tui::classify::Classifier;
use policy_tui::compare::{By, Input, Verdict, compare};
use policy_tui::library::{Library, Loader, PolicyId, Request};
use policy_tui::model::{BlockKind, ClauseKind, Pair, Policy, Topic};
use std::sync::Arc;

fn library() -> Library {
    Loader::new(Arc::new(Classifier::builtin())).load(&Request::new(Vec::new()))
}

fn find(library: &Library, name: &str) -> (PolicyId, Arc<Policy>) {
    let id = library.find(name).unwrap();
    (id, Arc::clone(library.get(id).unwrap().policy()))
}

#[test]
fn titles_sites_hosts_dates_and_headings() {
    let library = library();
    let row = |id| {
        let entry = library.get(id).unwrap();
        let policy = entry.policy();
        let provenance = &policy.provenance;
        let day = provenance.archived.unwrap().strftime("%Y-%m-%d");
        let revised = policy
            .revised
            .as_ref()
            .map(|r| r.date.to_string())
            .unwrap_or_default();
        let host = provenance.host.clone().unwrap();
        format!(
            "{} | {host} | {day} | {revised} | {} | {}",
            entry.name,
            policy.sections.len(),
            policy.title
        )
    };
    let rows: Vec<String> = library.ids().map(row).collect();
    assert_eq!(
        rows,
        [
            "detectmobilebrowsers.com | officialmp3s.com | 2011-06-07 |  | 8 | Privacy Policy | Legal Mp3 Downloads | Official Mp3s",
            "mp3mixx.com | www.mp3mixx.com | 2017-11-30 |  | 1 | Privacy Policy",
            "mp3rocket.me | www.mp3rocket.me | 2015-12-29 | 2013-06-19 | 4 | Privacy Policy",
            "rocketv.org | rocketv.org | 2019-05-07 |  | 10 | Privacy – Rocket VPN",
            "soundspectrum.com | www.soundspectrum.com | 2010-12-29 |  | 6 | SoundSpectrum -- Privacy Policy",
        ]
    );
    let (_, policy) = find(&library, "mp3rocket.me");
    assert_eq!(
        policy.provenance.original_url.as_deref(),
        Some("http://www.mp3rocket.me/privacy.htm")
    );
    assert!(
        policy
            .provenance
            .snapshot_url
            .as_deref()
            .unwrap()
            .starts_with("https://web.archive.org/web/2015")
    );
    assert_eq!(
        policy.revised.as_ref().unwrap().quote.of(&policy.text),
        "Revised 06-19-2013"
    );
}

#[test]
fn outlines_are_those_a_person_sees() {
    let library = library();
    let outline = |name: &str| -> Vec<String> {
        let (_, policy) = find(&library, name);
        let line = |s: &policy_tui::model::Section| {
            format!(
                "{} {}",
                "#".repeat(s.level.into()),
                s.heading.of(&policy.text)
            )
        };
        policy.sections.iter().map(line).collect()
    };
    assert_eq!(outline("mp3mixx.com"), ["## Information page"]);
    assert_eq!(
        outline("detectmobilebrowsers.com"),
        [
            "## 1) Cookies",
            "## 2) Personal Data",
            "## 3) Disclosure to third parties",
            "## 4) Opt Out Right",
            "## 5) Collecting data from minors",
            "## 6) Our right to contact you",
            "## 7) Information Officer",
            "## 8) Data stored in the UK",
        ]
    );
    assert_eq!(
        outline("soundspectrum.com")[0],
        "## Why collect information?"
    );
    assert_eq!(
        outline("rocketv.org")[2..4],
        [
            "### The information you provide",
            "### We get your information"
        ]
    );
}

#[test]
fn sentences_and_items_come_whole() {
    let library = library();
    let (_, sound) = find(&library, "soundspectrum.com");
    let texts: Vec<&str> = sound
        .clauses
        .iter()
        .map(|c| c.text.of(&sound.text))
        .collect();
    assert!(
        texts.contains(
            &"Protecting your privacy is important to SoundSpectrum, Inc. (SoundSpectrum)."
        )
    );
    assert!(
        texts
            .iter()
            .any(|t| t.contains("(e.g. PayPal, Verisign, etc.) may ask you"))
    );
    let (_, rocket) = find(&library, "rocketv.org");
    let item = rocket
        .clauses
        .iter()
        .find(|c| c.text.of(&rocket.text).starts_with("Comply with court"))
        .unwrap();
    assert_eq!(item.kind, ClauseKind::Item);
    let lead = rocket.clause_text(item.lead_in.unwrap());
    assert!(
        lead.starts_with("We or our affiliates may also retain"),
        "{lead}"
    );
    let (_, detect) = find(&library, "detectmobilebrowsers.com");
    assert!(!detect.text.contains("**"));
    let quoted = detect
        .clauses
        .iter()
        .find(|c| c.text.of(&detect.text).starts_with("Both PayPal"))
        .unwrap();
    assert!(
        quoted
            .span
            .of(&detect.source)
            .starts_with("Both [PayPal](http")
    );
    assert!(
        detect
            .blocks
            .iter()
            .filter(|b| b.kind == BlockKind::Title)
            .count()
            == 1
    );
}

#[test]
fn topics_are_found_where_they_stand() {
    let library = library();
    let topics = |name: &str, start: &str| -> Vec<Topic> {
        let (id, policy) = find(&library, name);
        let labels = library.labels(id);
        let at = policy
            .clauses
            .iter()
            .position(|c| c.text.of(&policy.text).starts_with(start));
        labels.clauses[at.unwrap_or_else(|| panic!("{name}: {start}"))]
            .topics
            .iter()
            .map(|t| t.topic)
            .collect()
    };
    let cases = [
        (
            "mp3rocket.me",
            "During your visit to our website",
            Topic::Cookies,
        ),
        ("mp3rocket.me", "MP3 Rocket will not share", Topic::Sharing),
        (
            "mp3rocket.me",
            "The user are able to unsubscribe",
            Topic::Choice,
        ),
        ("mp3rocket.me", "When a user submits", Topic::Security),
        ("mp3rocket.me", "This site contains links", Topic::Links),
        ("mp3rocket.me", "Revised 06-19-2013", Topic::Change),
        (
            "soundspectrum.com",
            "SoundSpectrum does not knowingly solicit",
            Topic::Children,
        ),
        (
            "soundspectrum.com",
            "SoundSpectrum uses industry-standard",
            Topic::Security,
        ),
        (
            "soundspectrum.com",
            "At times we may be required by law",
            Topic::Legal,
        ),
        (
            "soundspectrum.com",
            "If you do not want to receive",
            Topic::Choice,
        ),
        (
            "soundspectrum.com",
            "The SoundSpectrum Privacy Policy is subject",
            Topic::Change,
        ),
        (
            "rocketv.org",
            "We reserve your personal information only",
            Topic::Retention,
        ),
        ("rocketv.org", "If you have any questions", Topic::Contact),
        ("rocketv.org", "We encourage parents", Topic::Children),
        ("rocketv.org", "We may revise the terms", Topic::Change),
        ("rocketv.org", "Comply with court orders", Topic::Legal),
        (
            "detectmobilebrowsers.com",
            "Cookies are used to track which",
            Topic::Cookies,
        ),
        (
            "detectmobilebrowsers.com",
            "We do not sell customer data",
            Topic::Sharing,
        ),
        (
            "detectmobilebrowsers.com",
            "You have the right to opt out",
            Topic::Choice,
        ),
        (
            "detectmobilebrowsers.com",
            "We assume anyone using",
            Topic::Children,
        ),
        (
            "detectmobilebrowsers.com",
            "Our Information Officer is",
            Topic::Contact,
        ),
        (
            "mp3mixx.com",
            "mp3mixx.com takes great care",
            Topic::Security,
        ),
    ];
    for (site, start, topic) in cases {
        let found = topics(site, start);
        assert!(
            found.contains(&topic),
            "{site}: “{start}…” has {found:?}, not {topic}"
        );
    }
}

#[test]
fn silence_is_told_apart_from_speech() {
    let library = library();
    let speaks = |name: &str, topic: Topic| {
        let (id, policy) = find(&library, name);
        let heading = |id: &policy_tui::model::ClauseId| {
            policy.clauses[id.index()].kind == ClauseKind::Heading
        };
        library.labels(id).clauses_on(topic).any(|id| !heading(&id))
    };
    for topic in [
        Topic::Children,
        Topic::Contact,
        Topic::Retention,
        Topic::Location,
    ] {
        assert!(
            !speaks("mp3rocket.me", topic),
            "mp3rocket.me says nothing of {topic}"
        );
    }
    for topic in [Topic::Location, Topic::Retention] {
        assert!(
            !speaks("soundspectrum.com", topic),
            "soundspectrum.com says nothing of {topic}"
        );
    }
    for topic in [Topic::Retention, Topic::Change] {
        assert!(!speaks("detectmobilebrowsers.com", topic));
    }
}

#[test]
fn verdicts() {
    let library = library();
    let verdicts = |left: &str, right: &str| {
        let (l, r) = (find(&library, left), find(&library, right));
        let labels = Pair::new(library.labels(l.0), library.labels(r.0));
        let input = Pair::new(
            Input {
                policy: &l.1,
                labels: &labels.left,
            },
            Input {
                policy: &r.1,
                labels: &labels.right,
            },
        );
        let topics = compare(input, By::Topic).topics;
        move |topic: Topic| topics.iter().find(|t| t.topic == topic).unwrap().verdict
    };
    let of = verdicts("mp3rocket.me", "soundspectrum.com");
    assert_eq!(of(Topic::Sharing), Verdict::Different);
    assert!(matches!(
        of(Topic::Choice),
        Verdict::Same | Verdict::Similar
    ));
    assert_eq!(of(Topic::Security), Verdict::Different);
    assert_eq!(of(Topic::Children), Verdict::OnlyRight);
    assert_eq!(of(Topic::Change), Verdict::Different);
    // "Contact us to update your preferences" is how to choose, not how to reach the company.
    assert_eq!(of(Topic::Contact), Verdict::Neither);
    assert_eq!(of(Topic::Links), Verdict::Same);
    assert_eq!(of(Topic::Retention), Verdict::Neither);
    let of = verdicts("rocketv.org", "detectmobilebrowsers.com");
    assert_eq!(of(Topic::Retention), Verdict::OnlyLeft);
    assert_eq!(of(Topic::Location), Verdict::OnlyRight);
    assert_eq!(of(Topic::Cookies), Verdict::Different);
    assert_eq!(of(Topic::Children), Verdict::Different);
    assert_eq!(of(Topic::Change), Verdict::OnlyLeft);
}

/// "policy: issue: first quote, second quote" for what does not hold together in the samples.
#[test]
fn the_samples_contradict_themselves_where_a_reader_says_so() {
    let library = library();
    let mut told = Vec::new();
    for id in library.ids() {
        for issue in library.findings(id) {
            let starts: Vec<String> = issue
                .quotes
                .iter()
                .map(|quote| {
                    quote
                        .split_whitespace()
                        .take(6)
                        .collect::<Vec<_>>()
                        .join(" ")
                })
                .collect();
            let policy = issue.policy.unwrap();
            told.push(format!("{policy}: {}: {}", issue.kind, starts.join(" / ")));
        }
    }
    told.sort();
    assert_eq!(
        told,
        [
            "detectmobilebrowsers.com: contradiction: We do not store any data / We only store your mobile phone",
            "mp3rocket.me: contradiction: Our programs do not collect any / When you enter a contest or",
            "mp3rocket.me: contradiction: We do not link IP addresses / Your IP address is also used",
            "rocketv.org: dangling-reference: In addition to the following circumstances,",
        ]
    );
}
