//! Tables, counted lists and struck text, from the file to what people and programs are told.

#![allow(clippy::unwrap_used)]

use policy_tui::classify::Classifier;
use policy_tui::model::{ClauseKind, Document, Origin, Policy, Stance, Topic};
use policy_tui::parse::Parser;
use std::path::PathBuf;

fn policy(name: &str, text: &str) -> Policy {
    let origin = Origin::File(PathBuf::from(name));
    let document = Document::new(origin, text.as_bytes().to_vec());
    Parser::new().parse(document).unwrap()
}

/// Each clause behind the first words of what leads it in.
fn clauses(policy: &Policy) -> Vec<String> {
    let text = |at: usize| policy.clauses[at].text.of(&policy.text);
    let line = |at: usize| match policy.clauses[at].lead_in {
        Some(lead) => format!("[{}] {}", text(lead.index()), text(at)),
        None => text(at).to_owned(),
    };
    (1..policy.clauses.len())
        .map(|at| line(at).replace('\t', " | "))
        .collect()
}

const MARKDOWN: &str = "# Privacy Policy

| Cookie | Purpose | Kept |
|---|---|---|
| `_ga` | Tells visitors apart. By Google. | 2 years |
| sid | | session |

We set no others.

| alone |
|---|
| One. Two. |
";

const HTML: &str = "<h1>Privacy Policy</h1><table>
    <tr><th>Cookie<th>Purpose<th>Kept</tr>
    <tr><td><code>_ga</code><td>Tells visitors apart. By Google.<td>2 years</tr>
    <tr><td>sid<td><td>session</tr></table>
    <p>We set no others.</p>";

#[test]
fn a_row_is_a_clause_and_its_head_leads_it_in() {
    let rows = [
        "Cookie | Purpose | Kept",
        "[Cookie | Purpose | Kept] _ga | Tells visitors apart. By Google. | 2 years",
        "[Cookie | Purpose | Kept] sid |  | session",
        "We set no others.",
    ];
    let page = policy("page.html", HTML);
    assert_eq!(clauses(&page), rows);
    let markdown = policy("policy.md", MARKDOWN);
    let found = clauses(&markdown);
    assert_eq!(found[..4], rows);
    // A table of one column is a list of sentences.
    assert_eq!(found[4..], ["alone", "[alone] One.", "[One.] Two."]);
    for policy in [page, markdown] {
        let row = &policy.clauses[2];
        assert_eq!(row.kind, ClauseKind::Cell);
        let source = &policy.source[row.span.range()];
        assert!(
            source.starts_with("_ga") && source.ends_with("2 years"),
            "{source}"
        );
    }
}

#[test]
fn a_table_without_a_head_is_not_led_in_by_that_of_another() {
    let markdown = "# Privacy Policy\n\n| Cookie | Kept |\n|---|---|\n| sid | session |\n\n\
                    | | |\n|---|---|\n| Invoices | 6 years |\n| Calls | 2 years |\n";
    let page = "<h1>Privacy Policy</h1><table><tr><th>Cookie<th>Kept</tr><tr><td>sid<td>session</tr>\
                </table><table><tr><td>Invoices<td>6 years</tr><tr><td>Calls<td>2 years</tr></table>";
    for (name, text) in [("policy.md", markdown), ("page.html", page)] {
        let rows = [
            "Cookie | Kept",
            "[Cookie | Kept] sid | session",
            "Invoices | 6 years",
            "Calls | 2 years",
        ];
        assert_eq!(clauses(&policy(name, text)), rows, "{name}");
    }
}

#[test]
fn a_row_of_prose_is_cut_and_its_first_cell_leads_the_others_in() {
    let long = "We share this with companies that deliver orders. They may not use it otherwise. ";
    let text = format!(
        "# Privacy Policy\n\n| Data | Use |\n|---|---|\n| Address | {} |\n",
        long.repeat(3)
    );
    let found = clauses(&policy("policy.md", &text));
    assert_eq!(found.len(), 8);
    assert_eq!(found[1], "[Data | Use] Address");
    assert_eq!(found[3], "[Address] They may not use it otherwise.");
}

#[test]
fn what_is_struck_through_is_shown_and_not_said() {
    let markdown = "# Privacy Policy\n\nWe ~~sell your data to advertisers~~ use cookies.\n\n\
                    ~~We sell your data to advertisers.~~\n\n<del>We sell your data.\n\n\
                    We sell your data to advertisers.\n";
    let page = "<h1>Privacy Policy</h1><p>We <s>sell your data to advertisers</s> use cookies.</p>\
                <p><del>We sell your data to advertisers.</del></p><p><strike>We sell your data.\
                </strike></p><p>We sell your data to advertisers.</p>";
    for (name, text) in [("policy.md", markdown), ("page.html", page)] {
        let policy = policy(name, text);
        let labels = Classifier::builtin().classify(&policy);
        let said: Vec<(bool, Stance)> = labels.clauses[1..]
            .iter()
            .map(|labels| (labels.has(Topic::Sharing), labels.stance))
            .collect();
        let nothing = (false, Stance::None);
        assert_eq!(
            said,
            [
                (false, Stance::Asserts),
                nothing,
                nothing,
                (true, Stance::Asserts)
            ],
            "{name}"
        );
        let shown = |at: usize| policy.with_strikes(policy.clauses[at].text);
        assert_eq!(
            shown(1),
            "We ~~sell your data to advertisers~~ use cookies."
        );
        assert_eq!(shown(4), "We sell your data to advertisers.");
    }
}
