//! `clauses`: what policies say, sentence by sentence.

use super::{PLACE, Place, columns, row, with_place};
use crate::model::{Clause, ClauseId, ClauseKind, ClauseLabels, Labels, Policy, TopicScore};
use crate::report::export::{Row, Table};
use crate::report::show::round;

/// The table of clauses.
pub const CLAUSES: Table = Table {
    name: "clauses",
    about: "a clause (a sentence, list item, heading or row of a table) of a policy",
    columns: &with_place::<{ PLACE.len() + OWN.len() }>(OWN),
};

struct ClauseRow<'a> {
    policy: &'a Policy,
    id: u32,
    clause: &'a Clause,
    labels: &'a ClauseLabels,
}

columns! {
    OWN, fn cells(row: &ClauseRow<'a>);
    "clause" Count required "Its number in the policy, from 0 in reading order" => row.id;
    "section" Text nullable "The heading it stands under; nothing above the first heading" => row.clause.section.map(|section| row.policy.heading(section));
    "kind" Text required "`sentence`, `item`, `heading` or `cell`" => kind(row.clause.kind);
    "text" Text required "Its words as a reader sees them" => row.clause.text.of(&row.policy.text);
    "lead_in" Count nullable "For a list item: the number of the clause that leads its list in; for a row of a table, of the head" => row.clause.lead_in.map(|lead| lead.0);
    "start" Count required "Its first byte in the file; in files that are not UTF-8, in their text decoded to UTF-8" => row.clause.span.start;
    "end" Count required "One past its last byte" => row.clause.span.end;
    "stance" Text required "`asserts`, `denies`, `permits`, `limits` or `none`" => row.labels.stance.id();
    "topic" Text nullable "The topic it is most about; nothing where none was found" => row.labels.main().map(|topic| topic.id());
    "score" Number nullable "How strongly it is about that topic, from 0 to 1; not a probability" => row.labels.topics.first().map(|scored| round(scored.score));
    "topics" Names required "All topics it is about, the strongest first" => row.labels.topics.iter().map(topic).collect::<Vec<_>>();
}

fn topic(scored: &TopicScore) -> &'static str {
    scored.topic.id()
}

fn kind(kind: ClauseKind) -> &'static str {
    match kind {
        ClauseKind::Sentence => "sentence",
        ClauseKind::Item => "item",
        ClauseKind::Heading => "heading",
        ClauseKind::Cell => "cell",
    }
}

/// The rows of a policy in the table of clauses.
pub fn clauses<'a>(
    place: Place<'a>,
    policy: &'a Policy,
    labels: &'a Labels,
) -> impl Iterator<Item = Row<'a>> {
    (0..).zip(&policy.clauses).map(move |(id, clause)| {
        let labels = labels.of(ClauseId(id));
        let own = ClauseRow {
            policy,
            id,
            clause,
            labels,
        };
        row(&place, cells(&own))
    })
}
