//! What each topic's clauses come to: one verdict a topic, differences first.

use super::topics::opposed;
use super::{Class, Input, Row, RowKind, TopicVerdict, Verdict};
use crate::model::{ClauseId, ClauseKind, ClauseLabels, Margin, Pair, Side, Topic, TopicScore};

/// A topic counts for a clause when its score is at least this share of the clause's best.
const STRONG: f32 = 0.7;
/// A clause stands under at most this many topics.
const TOPICS: usize = 2;

/// The clauses of each side under each topic, by [`Topic::index`]: those for which it is the
/// main topic or a clear second, headings left out. Where a side has none of these, those that
/// touch on the topic: a side that speaks of a thing in passing is not silent.
pub(super) fn clauses_by_topic(pair: Pair<Input<'_>>) -> Vec<Pair<Vec<ClauseId>>> {
    let mut topics = vec![Pair::new(Vec::new(), Vec::new()); Topic::ALL.len()];
    for side in Side::BOTH {
        let mut in_passing = vec![Vec::new(); Topic::ALL.len()];
        for (index, clause) in pair[side].policy.clauses.iter().enumerate() {
            if clause.kind == ClauseKind::Heading {
                continue;
            }
            let id = ClauseId::new(index);
            for (place, scored) in pair[side].labels.of(id).topics.iter().enumerate() {
                if place == 0 || is_strong(scored, pair[side].labels.of(id)) {
                    topics[scored.topic.index()][side].push(id);
                } else if is_plain(scored) {
                    in_passing[scored.topic.index()].push(id);
                }
            }
        }
        for (topic, touching) in topics.iter_mut().zip(in_passing) {
            if topic[side].is_empty() {
                topic[side] = touching;
            }
        }
    }
    topics
}

/// The clauses of each side under none of the topics, headings left out.
pub(super) fn clauses_on_none(
    pair: Pair<Input<'_>>,
    topics: &[Pair<Vec<ClauseId>>],
) -> Pair<Vec<ClauseId>> {
    Pair::SIDES.map(|side| {
        let policy = pair[side].policy;
        let mut shown = vec![false; policy.clauses.len()];
        for id in topics.iter().flat_map(|topic| &topic[side]) {
            if let Some(slot) = shown.get_mut(id.index()) {
                *slot = true;
            }
        }
        let clauses = policy.clauses.iter().enumerate();
        clauses
            .filter(|(at, clause)| !shown[*at] && clause.kind != ClauseKind::Heading)
            .map(|(at, _)| ClauseId::new(at))
            .collect()
    })
}

/// Whether a topic that is not the main one is worth showing the clause under.
fn is_strong(scored: &TopicScore, labels: &ClauseLabels) -> bool {
    let best = labels.topics.first().map_or(0.0, |topic| topic.score);
    let second = labels
        .topics
        .iter()
        .skip(1)
        .take(TOPICS - 1)
        .any(|topic| topic.topic == scored.topic);
    second
        && scored.topic != Topic::General
        && scored.margin > Margin::Faint
        && scored.score >= STRONG * best
}

/// Whether a topic that is only touched on is named so plainly that its side is not silent on it.
fn is_plain(scored: &TopicScore) -> bool {
    scored.topic != Topic::General && scored.plain
}

/// The verdict where a side or both have nothing to say.
pub(super) fn one_sided<T>(clauses: &Pair<Vec<T>>) -> Option<Verdict> {
    match (clauses.left.is_empty(), clauses.right.is_empty()) {
        (true, true) => Some(Verdict::Neither),
        (true, false) => Some(Verdict::OnlyRight),
        (false, true) => Some(Verdict::OnlyLeft),
        (false, false) => None,
    }
}

/// Sorts by verdict, then in the order of [`Topic::ALL`]; the two one-sided verdicts rank alike.
pub(super) fn order(topics: &mut [TopicVerdict]) {
    topics.sort_by_key(|topic| (rank(topic.verdict), topic.topic.index()));
}

fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Opposed => 0,
        Verdict::Different => 1,
        Verdict::OnlyLeft | Verdict::OnlyRight => 2,
        Verdict::Similar => 3,
        Verdict::Same => 4,
        Verdict::Neither => 5,
    }
}

/// Verdicts for two versions of one text. A topic is the same when no wording on it changed,
/// different when a clause on it came or went or one was turned into its opposite, similar when
/// clauses were only edited.
pub(super) fn by_text(pair: Pair<Input<'_>>, rows: &[Row]) -> Vec<TopicVerdict> {
    let row_of = rows_of(pair, rows);
    let mut topics: Vec<TopicVerdict> = Topic::ALL
        .into_iter()
        .zip(clauses_by_topic(pair))
        .map(|(topic, clauses)| {
            let verdict = one_sided(&clauses).unwrap_or_else(|| {
                Side::BOTH
                    .into_iter()
                    .flat_map(|side| clauses[side].iter().map(move |id| (side, id)))
                    .filter_map(|(side, id)| rows.get(*row_of[side].get(id.index())?))
                    .map(|row| of_row(pair, row))
                    .min()
                    .unwrap_or(Verdict::Same)
            });
            TopicVerdict {
                topic,
                verdict,
                clauses,
                rows: 0..0,
            }
        })
        .collect();
    order(&mut topics);
    topics
}

/// What a changed row makes of its topic; the smallest verdict of the rows counts.
fn of_row(pair: Pair<Input<'_>>, row: &Row) -> Verdict {
    match row.kind {
        RowKind::Added | RowKind::Removed => Verdict::Different,
        _ if row.class < Class::Numbers => Verdict::Same,
        RowKind::Changed if is_reversal(pair, row) => Verdict::Opposed,
        _ => Verdict::Similar,
    }
}

fn is_reversal(pair: Pair<Input<'_>>, row: &Row) -> bool {
    match (&row.clauses.left[..], &row.clauses.right[..]) {
        ([left], [right]) => opposed::is_reversal(pair, Pair::new(*left, *right)),
        _ => false,
    }
}

/// The row of each clause.
fn rows_of(pair: Pair<Input<'_>>, rows: &[Row]) -> Pair<Vec<usize>> {
    let mut of = pair.map(|input| vec![usize::MAX; input.policy.clauses.len()]);
    for (number, row) in rows.iter().enumerate() {
        for side in Side::BOTH {
            for id in &row.clauses[side] {
                if let Some(place) = of[side].get_mut(id.index()) {
                    *place = number;
                }
            }
        }
    }
    of
}
